/* SPDX-License-Identifier: Apache-2.0 */
/* Derives a conversation from its turns: analyses and steps each again, follows retakes. Pure; used when a session is
 * resumed, for the debrief, the exports, the plans and to prove that stored answers can be trusted. */
#ifndef ASKWELL_REPLAY_H
#define ASKWELL_REPLAY_H

#include "askwell/engine.h"
#include "askwell/turn.h"

/* One turn, replayed. `set_aside` marks what a later retake took out of the active path (both attempts stay).
 * `attempt` counts from 1 the tries at the same moment. */
struct replay_step {
	const struct turn *turn;
	struct technique_analysis analysis; /* TURN_SAY only */
	struct engine_reply reply;
	struct engine_hint hint; /* TURN_HINT only */
	unsigned attempt;
	bool set_aside;
};

struct replay {
	struct replay_step *steps; /* one a turn, in the arena */
	size_t count;
	struct engine_reply opening;
	struct engine_run *run; /* after the last turn; owned by the caller: engine_free() */
};

/* `turns` must be numbered 1..count and stay alive as long as `out`. STATUS_CORRUPT when they cannot have happened (a
 * gap, a retake of a turn that is not there, a turn after the end). */
enum status replay(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, struct arena *arena, struct replay *out, struct error *error) CHECKED;

/* The run just before turn `number` on the active path among `turns`, for a retake or a look back: analyses only what it
 * needs. STATUS_INVALID when `number` is not a TURN_SAY on the active path. */
enum status replay_before(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, uint32_t number, struct engine_run **out, struct error *error) CHECKED;

#endif
