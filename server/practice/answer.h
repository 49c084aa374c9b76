/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of server/net/openrpc.json as JSON text. Pure: what is shown is what is stored. */
#ifndef ASKWELL_PRACTICE_ANSWER_H
#define ASKWELL_PRACTICE_ANSWER_H

#include "askwell/dispute.h"
#include "askwell/engine.h"
#include "askwell/id.h"
#include "askwell/json_out.h"
#include "askwell/library.h"
#include "askwell/store.h"
#include "askwell/turn.h"

/* One turn, with everything that it did. `analysis` only for TURN_SAY, `hint` only for TURN_HINT; `reply` may be NULL
 * (then `run` tells the stage). */
struct answer_turn {
	const struct dialogue *dialogue;
	const struct id *session;
	const struct turn *turn;
	unsigned masked;
	const struct technique_analysis *analysis;
	const struct engine_reply *reply;
	const struct engine_hint *hint;
	const struct engine_run *run; /* afterwards */
};
void answer_turn(const struct answer_turn *answer, struct buffer *out);

/* answer_cases.c */
void answer_library(const struct library *library, struct buffer *out);
void answer_case(const struct dialogue *dialogue, struct buffer *out);
void answer_put_case(struct json_out *json, const struct dialogue *dialogue);
void answer_put_questions(
	struct json_out *json, const char *key, const struct dialogue_question *questions, size_t count);
void answer_findings(const struct library *library, struct buffer *out);

/* What a SessionView is made of. */
struct answer_view {
	const struct dialogue *dialogue;
	const struct id *session;
	int64_t started_ms, ended_ms; /* ended 0: open */
	const struct engine_reply *opening;
	const struct store_turn *turns;
	size_t turn_count;
	const struct dispute *disputes;
	size_t dispute_count;
	const struct note *notes;
	size_t note_count;
	const struct id *pair; /* all zero: none */
	const struct engine_run *run;
};
void answer_view(const struct answer_view *view, struct buffer *out);

/* A Dispute. The pack names the techniques. */
void answer_dispute(const struct technique_pack *pack, const struct dispute *dispute, struct buffer *out);
void answer_note(const struct note *note, struct buffer *out);
/* Whether it can be chosen for a label. */
bool answer_may_propose(enum technique_id technique);

/* What a label can be called. */
void answer_techniques(const struct technique_pack *pack, struct buffer *out);

/* 0: null. */
void answer_put_number(struct json_out *json, const char *key, int64_t number);

/* One entry of SessionList; `dialogue` may be NULL when its version cannot be read. */
void answer_summary(struct json_out *json, const struct store_session *session, const struct dialogue *dialogue);

#endif
