/* SPDX-License-Identifier: Apache-2.0 */
#include "room.h"

#include "askwell/memory.h"
#include "askwell/transcript.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_CHARACTERS = 4000, SESSIONS_CACHED = 20000, WAITING_CAP = 64 };

static enum status open_readers(struct practice *practice, struct error *error)
{
	enum status status = STATUS_OK;

	for (unsigned i = 0; status == STATUS_OK && i < ROOM_WORKERS; i++) {
		practice->scratches[i] = technique_scratch_new();
		status = store_reader_open(practice->options.data_folder, &practice->readers[i], error);
	}
	if (status == STATUS_OK)
		status = room_remember_people(practice, error);
	return status;
}

enum status practice_open(const struct practice_options *options, struct practice **out, struct error *error)
{
	struct practice *practice = memory_new(sizeof *practice);
	struct store_options store = {.folder = options->data_folder,
		.wake = options->wake,
		.wake_user = options->wake_user,
		.ephemeral_sync = options->ephemeral_sync};
	enum status status;

	practice->options = *options;
	if (!practice->options.text_characters)
		practice->options.text_characters = TEXT_CHARACTERS;
	practice->dialogues_folder = memory_text(options->dialogues_folder);
	practice->scratch = technique_scratch_new();
	practice->arena = arena_new(16 * 1024);
	practice->people = people_new();
	practice->sessions = sessions_new(options->sessions_cached ? options->sessions_cached : SESSIONS_CACHED);
	practice->versions = versions_new();
	status = library_watch_start(practice, error);
	if (status == STATUS_OK)
		status = store_open(&store, &practice->store, error);
	if (status == STATUS_OK)
		status = open_readers(practice, error);
	if (status == STATUS_OK)
		library_watch_remember(practice);
	if (status == STATUS_OK)
		practice->workers = worker_open(ROOM_WORKERS, options->wake, options->wake_user);
	if (status != STATUS_OK) {
		practice_close(practice);
		return status;
	}
	*out = practice;
	return STATUS_OK;
}

void practice_close(struct practice *practice)
{
	if (!practice)
		return;
	while (practice->workers && practice->pending)
		practice_wait(practice);
	worker_close(practice->workers);
	store_close(practice->store);
	sessions_free(practice->sessions);
	for (unsigned i = 0; i < ROOM_WORKERS; i++) {
		store_reader_close(practice->readers[i]);
		technique_scratch_free(practice->scratches[i]);
	}
	versions_free(practice->versions);
	library_release(practice->library);
	people_free(practice->people);
	technique_scratch_free(practice->scratch);
	arena_free(practice->arena);
	buffer_clear(&practice->mask);
	buffer_clear(&practice->listed);
	free(practice->dialogues_folder);
	free(practice);
}

void practice_drain(struct practice *practice)
{
	store_drain(practice->store);
	worker_drain(practice->workers);
}

void practice_wait(struct practice *practice)
{
	/* A worker's result may lead to a write and a write to nothing more, so each in turn until there is quiet. */
	worker_wait(practice->workers);
	store_wait(practice->store);
}

size_t practice_pending(const struct practice *practice)
{
	return practice->pending;
}

void practice_tick(struct practice *practice)
{
	library_watch_tick(practice);
}

struct request *request_new(struct practice *practice, enum request_kind kind, const struct practice_person *person,
	const struct id *session, const char *text, size_t length)
{
	struct request *request = memory_new(sizeof *request + length + 1);

	request->practice = practice;
	request->kind = kind;
	request->person = *person;
	request->session = *session;
	request->ending = -1;
	if (length)
		memcpy(request->text, text, length);
	request->turn.text = request->text;
	request->turn.text_length = length;
	practice->pending++;
	return request;
}

void request_done(struct request *request)
{
	request->practice->pending--;
	free(request->answer);
	free(request->masked_text);
	free(request);
}

void request_answer(struct request *request, const char *json, size_t length)
{
	request->done(request->user, STATUS_OK, NULL, json, length);
	request_done(request);
}

void request_refuse(struct request *request, const struct error *error)
{
	if (request->kind == REQUEST_EXPORT)
		request->exported(request->user, error->status, error, NULL, NULL, NULL, 0);
	else
		request->done(request->user, error->status, error, NULL, 0);
	request_done(request);
}

void request_fail(struct request *request, enum status status, const char *key, const char *text)
{
	struct error error = {0};

	(void)error_set(&error, status, key, "%s", text);
	request_refuse(request, &error);
}

enum status error_busy(struct error *error)
{
	return error_set(error, STATUS_LIMIT, "server_busy", "The server is busy. Try again in a moment.");
}

void request_busy(struct request *request)
{
	struct error error = {0};

	(void)error_busy(&error);
	request_refuse(request, &error);
}

/* Someone else's conversation answers exactly as one that does not exist. */
static void refuse_unknown(struct request *request)
{
	request_fail(request, STATUS_NOT_FOUND, "session_not_found",
		"There is no such conversation here. Go back to the start page and choose one.");
}

struct load {
	struct practice *practice;
	struct id id;
	const struct library *library;
	struct store_session stored;
	const struct dialogue *dialogue;
	struct engine_run *run;
	size_t turn_count;
	enum status status;
	struct error error;
};

const struct turn *room_turns(const struct store_turn *stored, size_t count, struct arena *arena)
{
	struct turn *turns = arena_array(arena, count, sizeof *turns);

	for (size_t i = 0; i < count; i++) {
		turns[i] = stored[i].turn;
		turns[i].answer = stored[i].answer;
		turns[i].answer_length = stored[i].answer_length;
	}
	return turns;
}

static void load_work(void *job, unsigned thread)
{
	struct load *load = job;
	struct practice *practice = load->practice;
	struct store_reader *reader = practice->readers[thread];
	struct arena *arena = arena_new(64 * 1024);
	struct store_turn *turns = NULL;
	struct replay replayed;

	load->status = store_read_session(reader, &load->id, arena, &load->stored, &load->error);
	if (load->status == STATUS_OK)
		load->status = versions_get(
			practice->versions, load->library, reader, &load->stored, &load->dialogue, &load->error);
	if (load->status == STATUS_OK)
		load->status = store_read_turns(reader, &load->id, arena, &turns, &load->turn_count, &load->error);
	if (load->status == STATUS_OK)
		load->status = replay(load->dialogue, practice->scratches[thread], load->stored.seed,
			room_turns(turns, load->turn_count, arena), load->turn_count, arena, &replayed, &load->error);
	if (load->status == STATUS_OK)
		load->run = replayed.run;
	arena_free(arena);
}

static void fail_waiting(struct practice *practice, struct session *session, const struct error *error)
{
	struct request *request = session->waiting;

	session->waiting = NULL;
	sessions_remove(practice->sessions, session);
	while (request) {
		struct request *next = request->next;

		request->next = NULL;
		if (error->status == STATUS_NOT_FOUND && request->stored)
			room_enter(request); /* what was read is from before it began */
		else if (error->status == STATUS_NOT_FOUND)
			refuse_unknown(request);
		else
			request_refuse(request, error);
		request = next;
	}
}

static void load_done(void *job)
{
	struct load *load = job;
	struct session *session = sessions_find(load->practice->sessions, &load->id);

	library_release(load->library);
	session->loading = false;
	if (load->status != STATUS_OK) {
		dialogue_release(load->dialogue);
		fail_waiting(load->practice, session, &load->error);
	} else {
		session->person =
			(struct practice_person){.id = load->stored.person, .organisation = load->stored.organisation};
		session->dialogue = load->dialogue;
		session->run = load->run;
		session->seed = load->stored.seed;
		session->started_ms = load->stored.started_ms;
		session->last_turn = (uint32_t)load->turn_count;
		session->ended = engine_ended(load->run);
		room_go_on(load->practice, session);
	}
	free(load);
}

static bool load_session(struct practice *practice, const struct id *id)
{
	struct load *load = memory_new(sizeof *load);

	load->practice = practice;
	load->id = *id;
	load->library = library_hold(practice->library);
	if (worker_submit(practice->workers, load_work, load_done, load))
		return true;
	library_release(load->library);
	free(load);
	return false;
}

static void tell_techniques(struct request *request, const struct session *session)
{
	struct buffer answer = {0};

	answer_techniques(dialogue_pack(session->dialogue), &answer);
	request_answer(request, answer.data, answer.length);
	buffer_clear(&answer);
}

static void dispatch(struct request *request, struct session *session)
{
	if (!id_equal(&session->person.id, &request->person.id))
		refuse_unknown(request);
	else if (request->kind <= REQUEST_END)
		turn_take(request, session);
	else if (request->kind == REQUEST_DISPUTE || request->kind == REQUEST_WITHDRAW)
		dispute_take(request, session);
	else if (request->kind == REQUEST_NOTE)
		note_take(request, session);
	else if (request->kind == REQUEST_TECHNIQUES)
		tell_techniques(request, session);
	else
		view_take(request, session);
}

static void wait_in_line(struct request *request, struct session *session)
{
	if (session->waiting_count >= WAITING_CAP) {
		request_fail(request, STATUS_LIMIT, "too_many_waiting",
			"Too many messages of this conversation are still being worked on. Wait for an answer first.");
		return;
	}
	*session->waiting_end = request;
	session->waiting_end = &request->next;
	session->waiting_count++;
}

void room_enter(struct request *request)
{
	struct practice *practice = request->practice;
	struct session *session = sessions_find(practice->sessions, &request->session);

	if (!session) {
		if (!load_session(practice, &request->session)) {
			request_busy(request);
			return;
		}
		session = sessions_add(practice->sessions, &request->session);
		session->loading = true;
	}
	if (session->loading || session->busy || session->waiting)
		wait_in_line(request, session);
	else
		dispatch(request, session);
}

void room_go_on(struct practice *practice, struct session *session)
{
	struct id id = session->id;

	/* A request may remove the session (its turn lost a race), so look it up again each time. */
	while (session && !session->loading && !session->busy && session->waiting) {
		struct request *request = session->waiting;

		session->waiting = request->next;
		if (!session->waiting)
			session->waiting_end = &session->waiting;
		session->waiting_count--;
		request->next = NULL;
		dispatch(request, session);
		session = sessions_find(practice->sessions, &id);
	}
}

static struct request *request_for(struct practice *practice, enum request_kind kind,
	const struct practice_person *person, const struct id *session, uint32_t number, practice_answer *done,
	void *user)
{
	struct request *request = request_new(practice, kind, person, session, "", 0);

	request->turn.kind = (enum turn_kind)kind;
	request->turn.number = number;
	request->done = done;
	request->user = user;
	return request;
}

/* What may not be said at all; the same for every conversation. */
static enum status check_text(const struct practice *practice, const char *text, size_t length, struct error *error)
{
	unsigned most = practice->options.text_characters;

	if (!utf8_valid(text, length))
		return error_set(error, STATUS_INVALID, "text_not_utf8", "The message is not valid text (UTF-8).");
	if (utf8_count(text, length) > most || length > TECHNIQUE_TEXT_MAX)
		return error_set(error, STATUS_TOO_LARGE, "text_too_long",
			"The message has more than %u characters. Shorten it and send it again.", most);
	if (utf8_has_control(text, length))
		return error_set(error, STATUS_INVALID, "text_has_control",
			"The message holds control characters that cannot be shown. Remove them, or type it afresh.");
	if (utf8_blank(text, length))
		return error_set(error, STATUS_INVALID, "text_empty",
			"Type something first. To leave a silence, type three dots.");
	return STATUS_OK;
}

size_t room_plain_lines(char *text, size_t length)
{
	size_t kept = 0;

	for (size_t i = 0; i < length; i++)
		if (!(text[i] == '\r' && i + 1 < length && text[i + 1] == '\n'))
			text[kept++] = text[i];
	return kept;
}

void practice_say(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, const char *text, size_t length, practice_answer *done, void *user)
{
	struct error error = {0};
	struct request *request;
	char *plain = NULL;

	if (memchr(text, '\r', length)) {
		plain = memory_copy(text, length);
		length = room_plain_lines(plain, length);
		text = plain;
	}
	if (check_text(practice, text, length, &error) != STATUS_OK) {
		free(plain);
		done(user, error.status, &error, NULL, 0);
		return;
	}
	request = request_new(practice, REQUEST_SAY, person, session, text, length);
	free(plain);
	request->turn.kind = TURN_SAY;
	request->turn.number = number;
	request->done = done;
	request->user = user;
	room_enter(request);
}

void practice_retake(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, uint32_t to, practice_answer *done, void *user)
{
	struct request *request = request_for(practice, REQUEST_RETAKE, person, session, number, done, user);

	request->turn.to = to;
	room_enter(request);
}

void practice_hint(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, practice_answer *done, void *user)
{
	room_enter(request_for(practice, REQUEST_HINT, person, session, number, done, user));
}

void practice_end(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, practice_answer *done, void *user)
{
	room_enter(request_for(practice, REQUEST_END, person, session, number, done, user));
}

void practice_open_session(struct practice *practice, const struct practice_person *person, const struct id *session,
	practice_answer *done, void *user)
{
	room_enter(request_for(practice, REQUEST_VIEW, person, session, 0, done, user));
}

void practice_techniques(struct practice *practice, const struct practice_person *person, const struct id *session,
	practice_answer *done, void *user)
{
	room_enter(request_for(practice, REQUEST_TECHNIQUES, person, session, 0, done, user));
}

void practice_debrief(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t ended_turn, practice_answer *done, void *user)
{
	room_enter(request_for(practice, REQUEST_DEBRIEF, person, session, ended_turn, done, user));
}

void practice_export(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *format, practice_exported *done, void *user)
{
	const struct transcript_format *found = transcript_format_find(format);
	struct error error = {0};
	struct request *request;

	if (!found) {
		(void)error_set(&error, STATUS_NOT_FOUND, "format_unknown",
			"There is no export format \"%.16s\". Use md, html or json.", format);
		done(user, error.status, &error, NULL, NULL, NULL, 0);
		return;
	}
	request = request_new(practice, REQUEST_EXPORT, person, session, "", 0);
	request->format = found;
	request->exported = done;
	request->user = user;
	room_enter(request);
}

void practice_figures(const struct practice *practice, struct practice_figures *out)
{
	struct store_figures store;

	store_figures(practice->store, &store);
	*out = (struct practice_figures){
		.writes = store.writes,
		.sessions_cached = sessions_count(practice->sessions),
		.commits = store.commits,
		.largest_batch = store.largest_batch,
		.store_failures = store.failures,
		.dialogues = library_count(practice->library),
	};
}
