/* SPDX-License-Identifier: Apache-2.0 */
/* One turn, from what was said to the answer: analyse, step, store, and only then show. */
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/replay.h"

#include <stdlib.h>
#include <string.h>

/* Each view, debrief and export reads the whole conversation, so it may not grow without end. People stop at some 200. */
enum { MOST_TURNS = 2000 };

static void turn_committed(void *user, enum status status, const struct error *error);

static void release_turn(struct session *session)
{
	engine_free(session->next);
	session->next = NULL;
	session->busy = false;
}

/* Hands the turn to the store; `after` (owned; NULL when the run does not move) becomes the session's run once it is on
 * disk. */
static void commit(struct request *request, struct session *session, struct engine_run *after)
{
	struct practice *practice = request->practice;
	const struct dialogue_info *info = dialogue_info(session->dialogue);
	const char *ending = request->ending >= 0 ? info->endings[request->ending].id : NULL;

	session->busy = true;
	session->next = after;
	if (store_put_turn(practice->store, &session->id, &request->turn, request->answer, request->answer_length,
		    ending, turn_committed, request))
		return;
	release_turn(session);
	request_fail(
		request, STATUS_LIMIT, "server_busy", "The server is busy. Your message was not kept; send it again.");
}

/* Another server, or another process on the same folder, took this number: what we hold in memory is out of date. */
static void start_afresh(struct practice *practice, struct session *session)
{
	struct request *request = session->waiting;

	session->waiting = NULL;
	sessions_remove(practice->sessions, session);
	while (request) {
		struct request *next = request->next;

		request->next = NULL;
		room_enter(request);
		request = next;
	}
}

static void turn_committed(void *user, enum status status, const struct error *error)
{
	struct request *request = user;
	struct practice *practice = request->practice;
	struct session *session = sessions_find(practice->sessions, &request->session);

	if (status != STATUS_OK) {
		release_turn(session);
		request_refuse(request, error);
		if (status == STATUS_CONFLICT)
			start_afresh(practice, session);
		else
			room_go_on(practice, session);
		return;
	}
	if (session->next) {
		engine_free(session->run);
		session->run = session->next;
		session->next = NULL;
	}
	session->last_turn = request->turn.number;
	session->ended = engine_ended(session->run);
	session->busy = false;
	request_answer(request, request->answer, request->answer_length);
	room_go_on(practice, session);
}

static void write_answer(struct request *request, struct answer_turn *answer)
{
	struct buffer out = {0};

	buffer_reserve(&out, 2047);
	answer->turn = &request->turn;
	answer->session = &request->session;
	answer->masked = request->masked;
	answer_turn(answer, &out);
	request->answer_length = out.length;
	request->answer = buffer_take(&out);
}

static void take_say(struct request *request, struct session *session)
{
	struct practice *practice = request->practice;
	const struct dialogue *dialogue = session->dialogue;
	struct turn *turn = &request->turn;
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_reply reply;
	struct engine_run *after = NULL;
	enum status status;

	arena_reset(practice->arena);
	engine_context(dialogue, session->run, practice->arena, &context);
	status = technique_analyse(dialogue_pack(dialogue), practice->scratch, turn->text, turn->text_length, &context,
		practice->arena, &analysis);
	if (status == STATUS_OK)
		status = engine_step(dialogue, session->run, &analysis, turn->text, turn->text_length,
			practice->scratch, practice->arena, &after, &reply);
	if (status != STATUS_OK) {
		request_fail(request, status, "text_unusable", "This message cannot be read. Put it in other words.");
		return;
	}
	request->ending = reply.ending;
	write_answer(request,
		&(struct answer_turn){.dialogue = dialogue, .analysis = &analysis, .reply = &reply, .run = after});
	commit(request, session, after);
}

static void take_end(struct request *request, struct session *session)
{
	struct practice *practice = request->practice;
	struct engine_reply reply;
	struct engine_run *after = NULL;

	arena_reset(practice->arena);
	if (engine_end(session->dialogue, session->run, practice->arena, &after, &reply) != STATUS_OK) {
		request_fail(request, STATUS_ENDED, "session_ended", "This conversation has ended already.");
		return;
	}
	request->ending = reply.ending;
	write_answer(request, &(struct answer_turn){.dialogue = session->dialogue, .reply = &reply, .run = after});
	commit(request, session, after);
}

static void take_hint(struct request *request, struct session *session)
{
	struct practice *practice = request->practice;
	struct engine_hint hint;

	arena_reset(practice->arena);
	engine_hint(session->dialogue, session->run, practice->arena, &hint);
	write_answer(request, &(struct answer_turn){.dialogue = session->dialogue, .hint = &hint, .run = session->run});
	commit(request, session, NULL);
}

/* Work on a worker thread for one turn: going back needs the turns before it, a repeated turn its stored answer. */
struct look_back {
	struct request *request;
	const struct dialogue *dialogue;
	uint64_t seed;
	struct arena *arena;
	struct engine_run *run;
	struct store_turn stored;
	enum status status;
	struct error error;
};

static struct look_back *look_back_new(struct request *request, const struct session *session)
{
	struct look_back *look = memory_new(sizeof *look);

	look->request = request;
	look->dialogue = dialogue_hold(session->dialogue);
	look->seed = session->seed;
	look->arena = arena_new(0);
	return look;
}

static void look_back_free(struct look_back *look)
{
	dialogue_release(look->dialogue);
	arena_free(look->arena);
	free(look);
}

static void look_back_submit(struct look_back *look, struct session *session, worker_work *work, worker_done *done)
{
	if (worker_submit(look->request->practice->workers, work, done, look))
		return;
	session->busy = false;
	request_fail(look->request, STATUS_LIMIT, "server_busy", "The server is busy. Try again in a moment.");
	look_back_free(look);
}

static void retake_work(void *job, unsigned thread)
{
	struct look_back *look = job;
	struct practice *practice = look->request->practice;
	struct store_turn *turns = NULL;
	size_t count = 0;

	look->status = store_read_turns(
		practice->readers[thread], &look->request->session, look->arena, &turns, &count, &look->error);
	if (look->status == STATUS_OK)
		look->status = replay_before(look->dialogue, practice->scratches[thread], look->seed,
			room_turns(turns, count, look->arena), count, look->request->turn.to, &look->run, &look->error);
}

static void retake_done(void *job)
{
	struct look_back *look = job;
	struct request *request = look->request;
	struct practice *practice = request->practice;
	struct session *session = sessions_find(practice->sessions, &request->session);

	if (look->status == STATUS_OK) {
		write_answer(request, &(struct answer_turn){.dialogue = look->dialogue, .run = look->run});
		commit(request, session, look->run);
	} else {
		session->busy = false;
		request_refuse(request, &look->error);
	}
	/* Also when the store took nothing: then nobody else comes to wake those who wait. */
	room_go_on(practice, session);
	look_back_free(look);
}

static void take_retake(struct request *request, struct session *session)
{
	session->busy = true;
	look_back_submit(look_back_new(request, session), session, retake_work, retake_done);
}

static void (*const takes[])(struct request *request, struct session *session) = {
	[TURN_SAY] = take_say,
	[TURN_RETAKE] = take_retake,
	[TURN_HINT] = take_hint,
	[TURN_END] = take_end,
};

static void repeat_work(void *job, unsigned thread)
{
	struct look_back *look = job;
	struct request *request = look->request;

	look->status = store_read_turn(request->practice->readers[thread], &request->session, request->turn.number,
		look->arena, &look->stored, &look->error);
}

static bool same_turn(const struct turn *a, const struct turn *b)
{
	return a->kind == b->kind && (a->kind != TURN_RETAKE || a->to == b->to) && a->text_length == b->text_length &&
	       memcmp(a->text, b->text, a->text_length) == 0;
}

static void repeat_done(void *job)
{
	struct look_back *look = job;
	struct request *request = look->request;

	if (look->status != STATUS_OK)
		request_refuse(request, &look->error);
	else if (same_turn(&look->stored.turn, &request->turn))
		request_answer(request, look->stored.answer, look->stored.answer_length);
	else
		request_fail(request, STATUS_CONFLICT, "turn_taken",
			"Something else was said at this point, perhaps in another window. Open the conversation again "
			"to see "
			"it; your text was not lost, but not sent either.");
	look_back_free(look);
}

static void refuse_order(struct request *request, const struct session *session)
{
	struct error error = {0};

	(void)error_set(&error, STATUS_CONFLICT, "turn_out_of_order",
		"This message is numbered %u, but number %u comes next. Open the conversation again and send it then.",
		request->turn.number, session->last_turn + 1);
	request_refuse(request, &error);
}

static void mask_text(struct request *request, const struct session *session)
{
	struct practice *practice = request->practice;
	struct turn *turn = &request->turn;

	buffer_reset(&practice->mask);
	request->masked = technique_mask(
		dialogue_pack(session->dialogue), practice->scratch, turn->text, turn->text_length, &practice->mask);
	if (!request->masked)
		return;
	request->masked_text = memory_copy(practice->mask.data, practice->mask.length);
	turn->text = request->masked_text;
	turn->text_length = practice->mask.length;
}

void turn_take(struct request *request, struct session *session)
{
	struct turn *turn = &request->turn;

	if (turn->number == 0 || turn->number > session->last_turn + 1) {
		refuse_order(request, session);
		return;
	}
	if (turn->kind == TURN_SAY)
		mask_text(request, session);
	if (turn->number <= session->last_turn) {
		look_back_submit(look_back_new(request, session), session, repeat_work, repeat_done);
		return;
	}
	if (session->ended && turn->kind != TURN_RETAKE) {
		request_fail(request, STATUS_ENDED, "session_ended",
			"This conversation has ended. Look at the debrief, try a moment again, or start a new one.");
		return;
	}
	if (turn->number > MOST_TURNS && turn->kind != TURN_END) {
		request_fail(request, STATUS_LIMIT, "conversation_full",
			"This conversation has as many turns as one may have. End it, look at the debrief, and start a "
			"new one.");
		return;
	}
	turn->at_ms = clock_now_ms();
	takes[turn->kind](request, session);
}
