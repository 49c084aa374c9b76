/* SPDX-License-Identifier: Apache-2.0 */
/* Derives a conversation from its turns: steps each again with the labels that were kept with it, follows retakes. A
 * message without sound stored labels is analysed. Pure; used when a session is resumed, for the debrief, the exports, the
 * plans and to see what other rules would make of it. */
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
	bool recalled; /* TURN_SAY: the analysis is the one that was kept with the turn */
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

/* The same, and shows each message, labelled and not yet stepped, with what was known before it. `visit` may be NULL;
 * what it is given is valid until it returns. */
typedef void replay_visit(void *user, const struct replay_step *step, const struct technique_context *context);
enum status replay_each(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, replay_visit *visit, void *user, struct arena *arena,
	struct replay *out, struct error *error) CHECKED;

/* The same from a run of engine_start() or engine_start_at(), which stays as it is. */
enum status replay_from(const struct dialogue *dialogue, struct technique_scratch *scratch,
	const struct engine_run *start, const struct turn *turns, size_t count, struct arena *arena, struct replay *out,
	struct error *error) CHECKED;

/* The run just before turn `number` on the active path among `turns`, for a retake or a look back: steps only what it
 * needs. STATUS_INVALID when `number` is not a TURN_SAY on the active path. */
enum status replay_before(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, uint32_t number, struct engine_run **out, struct error *error) CHECKED;

#endif
