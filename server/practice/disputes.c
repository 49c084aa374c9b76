/* SPDX-License-Identifier: Apache-2.0 */
/* A trainee sees a label differently, or takes that back: looked up and masked on a worker thread, kept by the store,
 * and only then shown. The conversation itself does not move. */
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct looking {
	struct request *request;
	const struct dialogue *dialogue;
	struct arena *arena;
	struct dispute dispute;
	enum status status;
	struct error error;
};

static void looking_free(struct looking *looking)
{
	dialogue_release(looking->dialogue);
	arena_free(looking->arena);
	free(looking);
}

/* The label as it was shown: the answer that was kept is the truth. */
static enum status read_label(
	const struct store_turn *turn, struct arena *arena, struct dispute *dispute, struct error *error)
{
	json_t *answer = json_loadb(turn->answer, turn->answer_length, 0, NULL);
	const json_t *labels = json_object_get(answer, "labels");
	const json_t *label = json_array_get(labels, dispute->label);
	const char *technique = json_string_value(json_object_get(label, "technique"));
	enum status status = STATUS_OK;

	if (json_array_size(labels) == 0)
		status = error_set(error, STATUS_INVALID, "label_none",
			"There is no label on this turn that could be seen differently.");
	else if (!technique)
		status = error_set(error, STATUS_INVALID, "label_not_found",
			"This turn has %zu labels, numbered from 0; there is no label %u.", json_array_size(labels),
			dispute->label);
	if (status == STATUS_OK) {
		dispute->technique = arena_text(arena, technique);
		dispute->start = (uint32_t)json_integer_value(json_object_get(label, "start"));
		dispute->end = (uint32_t)json_integer_value(json_object_get(label, "end"));
	}
	if (status == STATUS_OK && dispute->proposed && strcmp(dispute->proposed, dispute->technique) == 0)
		status = error_set(error, STATUS_INVALID, "same_label",
			"That is what the label says already. Choose another one, or leave it as it is.");
	json_decref(answer);
	return status;
}

/* What was said about this label before, if anything. */
static enum status read_earlier(struct looking *looking, struct store_reader *reader, struct dispute *earlier)
{
	struct dispute *disputes = NULL;
	size_t count = 0;
	enum status status = store_read_session_disputes(
		reader, &looking->request->session, looking->arena, &disputes, &count, &looking->error);

	*earlier = (struct dispute){0};
	for (size_t i = 0; i < count; i++)
		if (disputes[i].turn == looking->dispute.turn && disputes[i].label == looking->dispute.label)
			*earlier = disputes[i];
	if (status == STATUS_OK && earlier->ruled_ms)
		status = error_set(&looking->error, STATUS_CONFLICT, "dispute_ruled",
			"A trainer has ruled on this label already. Open the conversation again to see it.");
	return status;
}

static void mask_note(struct looking *looking, struct technique_scratch *scratch)
{
	const struct turn *said = &looking->request->turn;
	struct buffer masked = {0};

	(void)technique_mask(dialogue_pack(looking->dialogue), scratch, said->text, said->text_length, &masked);
	looking->dispute.note =
		masked.length ? arena_copy(looking->arena, masked.data, masked.length) : arena_text(looking->arena, "");
	buffer_clear(&masked);
}

static void raise_work(void *job, unsigned thread)
{
	struct looking *looking = job;
	struct practice *practice = looking->request->practice;
	struct store_reader *reader = practice->readers[thread];
	struct dispute *dispute = &looking->dispute, earlier = {0};
	struct store_turn turn;

	dispute->proposed = looking->request->proposed;
	looking->status = store_read_turn(
		reader, &looking->request->session, dispute->turn, looking->arena, &turn, &looking->error);
	if (looking->status == STATUS_OK)
		looking->status = read_label(&turn, looking->arena, dispute, &looking->error);
	if (looking->status == STATUS_OK)
		looking->status = read_earlier(looking, reader, &earlier);
	if (looking->status != STATUS_OK)
		return;
	dispute->id = earlier.at_ms ? earlier.id : id_new();
	dispute->at_ms = clock_now_ms();
	mask_note(looking, practice->scratches[thread]);
}

static void withdraw_work(void *job, unsigned thread)
{
	struct looking *looking = job;
	struct dispute earlier;

	looking->status = read_earlier(looking, looking->request->practice->readers[thread], &earlier);
	if (looking->status == STATUS_OK && !earlier.at_ms)
		looking->status = error_set(&looking->error, STATUS_NOT_FOUND, "dispute_not_found",
			"There is nothing here to take back: this label was not seen differently.");
	if (looking->status != STATUS_OK)
		return;
	looking->dispute = earlier;
	if (!earlier.withdrawn_ms)
		looking->dispute.withdrawn_ms = clock_now_ms();
}

static void go_on(struct practice *practice, const struct id *id)
{
	struct session *session = sessions_find(practice->sessions, id);

	session->busy = false;
	room_go_on(practice, session);
}

static void committed(void *user, enum status status, const struct error *error)
{
	struct looking *looking = user;
	struct request *request = looking->request;
	struct practice *practice = request->practice;
	struct id session = request->session;
	struct buffer out = {0};

	if (status == STATUS_OK) {
		answer_dispute(dialogue_pack(looking->dialogue), &looking->dispute, &out);
		request_answer(request, out.data, out.length);
	} else {
		request_refuse(request, error);
	}
	buffer_clear(&out);
	looking_free(looking);
	go_on(practice, &session);
}

static void looked(void *job)
{
	struct looking *looking = job;
	struct request *request = looking->request;
	struct practice *practice = request->practice;
	struct id session = request->session;

	if (looking->status != STATUS_OK)
		request_refuse(request, &looking->error);
	else if (store_put_dispute(practice->store, &looking->dispute, committed, looking))
		return;
	else
		request_busy(request);
	looking_free(looking);
	go_on(practice, &session);
}

void dispute_take(struct request *request, struct session *session)
{
	struct looking *looking;
	worker_work *work = request->kind == REQUEST_WITHDRAW ? withdraw_work : raise_work;

	if (request->turn.number == 0 || request->turn.number > session->last_turn) {
		request_fail(
			request, STATUS_NOT_FOUND, "turn_not_found", "There is no such turn in this conversation.");
		return;
	}
	looking = memory_new(sizeof *looking);
	looking->request = request;
	looking->dialogue = dialogue_hold(session->dialogue);
	looking->arena = arena_new(0);
	looking->dispute.session = session->id;
	looking->dispute.turn = request->turn.number;
	looking->dispute.label = request->label;
	/* In order with what else is asked about this conversation: a view that is asked for next has it. */
	session->busy = true;
	if (worker_submit(request->practice->workers, work, looked, looking))
		return;
	session->busy = false;
	request_busy(request);
	looking_free(looking);
}

static enum status check_note(const char *note, size_t length, struct error *error)
{
	if (!utf8_valid(note, length))
		return error_set(error, STATUS_INVALID, "text_not_utf8", "The note is not valid text (UTF-8).");
	if (utf8_count(note, length) > DISPUTE_NOTE_CHARACTERS)
		return error_set(error, STATUS_TOO_LARGE, "note_too_long",
			"The note has more than %d characters. Shorten it and send it again.", DISPUTE_NOTE_CHARACTERS);
	if (utf8_has_control(note, length))
		return error_set(error, STATUS_INVALID, "text_has_control",
			"The note holds control characters that cannot be shown. Remove them, or type it afresh.");
	return STATUS_OK;
}

/* Modifiers are flags, and "unclassified" is what the label itself says when nothing was recognised. */
static enum status check_technique(const char *name, const char **proposed, struct error *error)
{
	enum technique_id technique;

	*proposed = NULL;
	if (!name)
		return STATUS_OK;
	if (!technique_parse(name, &technique) || !answer_may_propose(technique))
		return error_set(error, STATUS_INVALID, "technique_unknown",
			"There is no technique \"%.48s\" to choose. Choose one from the list, or leave it open.", name);
	*proposed = technique_name(technique);
	return STATUS_OK;
}

void practice_dispute(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, unsigned label, const char *technique, const char *note, size_t length, practice_answer *done,
	void *user)
{
	char *plain = memory_copy(note ? note : "", length);
	size_t kept = room_plain_lines(plain, length);
	const char *proposed = NULL;
	struct error error = {0};
	struct request *request;

	if (check_technique(technique, &proposed, &error) != STATUS_OK ||
		check_note(plain, kept, &error) != STATUS_OK) {
		done(user, error.status, &error, NULL, 0);
		free(plain);
		return;
	}
	if (utf8_blank(plain, kept))
		kept = 0;
	request = request_new(practice, REQUEST_DISPUTE, person, session, plain, kept);
	free(plain);
	request->turn.number = number;
	request->label = label;
	request->proposed = proposed;
	request->done = done;
	request->user = user;
	room_enter(request);
}

void practice_withdraw_dispute(struct practice *practice, const struct practice_person *person,
	const struct id *session, uint32_t number, unsigned label, practice_answer *done, void *user)
{
	struct request *request = request_new(practice, REQUEST_WITHDRAW, person, session, "", 0);

	request->turn.number = number;
	request->label = label;
	request->done = done;
	request->user = user;
	room_enter(request);
}
