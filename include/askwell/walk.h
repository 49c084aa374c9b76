/* SPDX-License-Identifier: Apache-2.0 */
/* Imagined trainees who talk to a case, thousands of them, to find what no author would think of typing: empty answers,
 * lines said twice, dead ends, endings that are missing, parts that nobody reaches. Called by the authors' tools; knows
 * nothing of files, stores or clocks. Pure: the same case, options and seed give the same report. One thread a call. */
#ifndef ASKWELL_WALK_H
#define ASKWELL_WALK_H

#include "askwell/arena.h"
#include "askwell/coverage.h"
#include "askwell/dialogue.h"
#include "askwell/findings.h"
#include "askwell/replay.h"

#include <stddef.h>
#include <stdint.h>

#define WALK_MESSAGES_MAX 40 /* after so many the trainee ends the conversation */
#define WALK_DEAD_END                                                                                                  \
	8 /* different messages in a row with one rule's answer and no change; a dead end is where,
			      * besides, nothing that the case is made for changes anything or gets another answer */

/* How a trainee chooses what to type. Walks take turns: the first is random, the second adversarial, and so on. */
enum walk_kind {
	WALK_RANDOM,      /* the case's own samples, near-misses, questions and topics, and what people usually type */
	WALK_ADVERSARIAL, /* one bad habit from beginning to end */
	WALK_COACH,       /* follows the hints, gives back what was said, goes through the stages */
	WALK_KINDS
};
const char *walk_kind_name(enum walk_kind kind); /* "random", "adversarial", "coach" */

struct walk_options {
	size_t count;
	uint64_t seed;
};

struct walk_line {
	const char *text; /* NULL: no line was said again */
	const char *rule;
	uint64_t count; /* how often it was said again within ENGINE_REPEAT_WINDOW turns */
};

/* Indexed by kind where there is an index. Lives in the arena, but for the coverage. */
struct walk_report {
	size_t walks[WALK_KINDS];
	uint64_t messages[WALK_KINDS];
	uint64_t fallbacks[WALK_KINDS]; /* answers of no rule, or of a rule that answers anything at the last level */
	uint64_t *endings[WALK_KINDS];  /* one count an ending of the case */
	uint64_t ended[WALK_KINDS];     /* walks that ended before the trainee ended them */
	struct walk_line most_repeated;
	struct coverage *coverage; /* over all walks; owned by the caller: coverage_free() */
};

/* What walks can find: stable codes "W001" and on. NULL past the last. */
const struct dialogue_diagnostic *walk_diagnostic_at(size_t index);

/* Holds `options->count` conversations. */
void walk_run(const struct dialogue *dialogue, const struct walk_options *options, struct arena *arena,
	struct findings *findings, struct walk_report *out);

/* One of these conversations, numbered from 1, as turns that can be replayed from `*run_seed`: findings name them. Texts
 * live in `arena`. */
void walk_turns(const struct dialogue *dialogue, const struct walk_options *options, size_t number, struct arena *arena,
	const struct turn **turns, size_t *count, uint64_t *run_seed);

#endif
