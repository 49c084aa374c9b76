/* SPDX-License-Identifier: Apache-2.0 */
/* Golden conversations: a plan is what a coach types, line by line, and what must come of it (tests/plans/README.md). This
 * reads plans, runs them, rewrites what they expect and writes a conversation down as a plan. Called by the authors' tools;
 * knows nothing of files, stores or terminals. Pure. A plan that is read may be shared by threads; each run brings its own
 * scratch and arena. */
#ifndef ASKWELL_PLAN_H
#define ASKWELL_PLAN_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/dialogue.h"
#include "askwell/engine.h"
#include "askwell/findings.h"
#include "askwell/replay.h"
#include "askwell/turn.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_SIZE_MAX (256 * 1024) /* bytes of one file */

struct plan_expectation {
	const char *key, *value;
	unsigned line;
	size_t start, end; /* bytes of the value in the file */
};

struct plan_turn {
	struct turn turn;
	unsigned line;
	const struct plan_expectation *expectations;
	size_t count;
};

/* Everything lives in the arena that it was read into. */
struct plan {
	const char *file;
	const char *dialogue; /* the case's id */
	unsigned dialogue_line;
	uint64_t seed;
	struct engine_scene scene; /* where it begins; zeroed: at the beginning */
	unsigned scene_line;
	struct plan_turn *turns;
	size_t count;
};

/* What reading and running can find: stable codes "G001" and on. NULL past the last. */
const struct dialogue_diagnostic *plan_diagnostic_at(size_t index);

/* Anything at all may be in the file. Everything that is wrong with it is a finding; then STATUS_INVALID. The case is not
 * looked up. */
enum status plan_read(
	const struct dialogue_source *source, struct arena *arena, struct findings *findings, struct plan *out) CHECKED;

/* "trust=4, depth=1" and "late_again, platform", as a plan has them under "set" and "told", into a scene. The lists live in
 * `arena`. False when one cannot be read. */
bool plan_read_settings(const char *list, struct arena *arena, struct engine_scene *out);
bool plan_read_told(const char *list, struct arena *arena, struct engine_scene *out);

/* What one turn came to. */
struct plan_came {
	struct technique_analysis analysis; /* messages only */
	struct engine_reply reply;
	struct engine_hint hint; /* hints only */
	unsigned stage;          /* afterwards, as all that follow; index into dialogue_info.stages */
	const char *state;
	int ending;
};

/* An expectation that did not hold. */
struct plan_miss {
	size_t turn, expectation; /* indices */
	const char *found;        /* for people */
	const char *value;        /* what would have held, or NULL when no one value is it */
	bool only_saved;          /* it held straight and not with the run saved and loaded between turns */
};

struct plan_result {
	struct plan_came *turns; /* those that could be taken, in the straight run */
	size_t count;
	struct plan_miss *misses;
	size_t miss_count;
	bool passed;
};

/* Runs a plan straight, again with the run saved and loaded between turns, and compares with a replay of the same turns.
 * What fails is a finding as well. Results live in `arena` and `dialogue`. */
void plan_run(const struct plan *plan, const struct dialogue *dialogue, struct technique_scratch *scratch,
	struct arena *arena, struct findings *findings, struct plan_result *out);

/* There is no such case: the finding for it. */
void plan_without_case(const struct plan *plan, struct findings *findings);

/* The file's text with the values that failed replaced by what came; remarks and everything else stay. Returns how many
 * were replaced: those that no one value would satisfy are left. */
size_t plan_update(const struct dialogue_source *source, const struct plan *plan, const struct plan_result *result,
	struct buffer *out);

/* What changed between two texts with as many lines, as a unified diff. */
void plan_diff(const char *file, const char *before, const char *after, struct buffer *out);

/* A conversation as a plan that passes: label, rule, what was revealed, the stage where it changed, the ending. `scene`
 * is where it began, or NULL. */
void plan_write(const struct dialogue *dialogue, uint64_t seed, const struct engine_scene *scene,
	const struct replay *replay, struct buffer *out);

#endif
