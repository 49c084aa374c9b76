/* SPDX-License-Identifier: Apache-2.0 */
/* What a debrief is drawn from: the messages that count. A message counts when it is on the active path (no retake took
 * it out) and is practice (nobody's safety is at stake in it). Internal to portfolio. Pure. */
#ifndef ASKWELL_PORTFOLIO_EVIDENCE_H
#define ASKWELL_PORTFOLIO_EVIDENCE_H

#include "askwell/arena.h"
#include "askwell/debrief.h"

#include <stdbool.h>
#include <stddef.h>

struct evidence {
	const struct dialogue *dialogue;
	const struct dialogue_info *info;
	const struct replay *replay;
	struct arena *arena;
	const struct replay_step **messages; /* in order */
	size_t count;
};

/* Borrows everything; the list lives in the arena. */
void evidence_gather(
	const struct dialogue *dialogue, const struct replay *replay, struct arena *arena, struct evidence *out);

/* Whether the step is on the active path and is practice. */
bool evidence_counts(const struct replay_step *step);

bool evidence_flagged(const struct replay_step *step, enum technique_flag_id flag);

/* The template with {character}, {n} and {times} ("once", "3 times") filled in; lives in the arena. NULL stays NULL. */
const char *evidence_fill(const struct evidence *evidence, const char *template, unsigned n);

/* The moment that was worth most, and why: fills best_turn, best_text, best_reason. */
void evidence_best(const struct evidence *evidence, struct debrief *out);

/* One thing to try next: fills next_what, next_why, next_example. Needs everything else in `out`. */
void evidence_next(const struct evidence *evidence, struct debrief *out);

#endif
