/* SPDX-License-Identifier: Apache-2.0 */
/* What is derived from a conversation: its view, the debrief, an export. Read and replayed on a worker thread. */
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/transcript.h"
#include "askwell/turn_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct view {
	struct request *request;
	const struct dialogue *dialogue;
	struct buffer out;
	char name[64]; /* of an exported file */
	enum status status;
	struct error error;
};

/* A stored conversation and everything that follows from it. */
struct scene {
	struct store_session stored;
	struct store_turn *turns;
	const struct turn *plain_turns;
	size_t turn_count;
	struct replay replay;
	struct debrief debrief;
	struct debrief *earlier; /* of the ends that were set aside */
	size_t earlier_count;
	struct dispute *disputes;
	size_t dispute_count;
	struct note *notes;
	size_t note_count;
	int64_t active_ms;
};

static enum status no_such_end(struct error *error)
{
	return error_set(error, STATUS_NOT_FOUND, "end_not_found",
		"This conversation did not end there. Open its debrief as it stands.");
}

/* Everything in `arena` but the replay's run, which scene_clear() frees. Up to the turn `ended`, which ended it; 0: all. */
static enum status scene_read(struct scene *scene, struct store_reader *reader, struct technique_scratch *scratch,
	const struct dialogue *dialogue, const struct id *session, uint32_t ended, struct arena *arena,
	struct error *error)
{
	enum status status = store_read_turns(reader, session, arena, &scene->turns, &scene->turn_count, error);

	if (status == STATUS_OK && ended > scene->turn_count)
		status = no_such_end(error);
	if (ended)
		scene->turn_count = ended;

	if (status == STATUS_OK)
		status = store_read_session_disputes(
			reader, session, arena, &scene->disputes, &scene->dispute_count, error);
	if (status == STATUS_OK)
		status = store_read_notes(reader, session, arena, &scene->notes, &scene->note_count, error);
	if (status != STATUS_OK)
		return status;
	scene->plain_turns = room_turns(scene->turns, scene->turn_count, arena);
	scene->active_ms = transcript_active_ms(scene->stored.started_ms, scene->plain_turns, scene->turn_count);
	status = replay(dialogue, scratch, scene->stored.seed, scene->plain_turns, scene->turn_count, arena,
		&scene->replay, error);
	if (status == STATUS_OK && ended && engine_ending(scene->replay.run) < 0)
		status = no_such_end(error);
	return status;
}

/* What the trainee saw at each end that they went back behind: a debrief of the turns until then. */
static enum status scene_look_back(struct scene *scene, struct technique_scratch *scratch,
	const struct dialogue *dialogue, struct arena *arena, struct error *error)
{
	enum status status = STATUS_OK;

	scene->earlier = arena_array(arena, scene->turn_count, sizeof *scene->earlier);
	for (size_t i = 0; status == STATUS_OK && i < scene->turn_count; i++) {
		const struct replay_step *step = &scene->replay.steps[i];
		struct replay then;

		if (!step->set_aside || step->reply.ending < 0)
			continue;
		status = replay(dialogue, scratch, scene->stored.seed, scene->plain_turns, i + 1, arena, &then, error);
		if (status != STATUS_OK)
			break;
		debrief_make(dialogue, &then, arena, &scene->earlier[scene->earlier_count++]);
		engine_free(then.run);
	}
	return status;
}

static void scene_clear(struct scene *scene)
{
	engine_free(scene->replay.run);
}

static void write_view(const struct view *view, const struct scene *scene, struct buffer *out)
{
	answer_view(&(struct answer_view){.dialogue = view->dialogue,
			    .session = &view->request->session,
			    .started_ms = scene->stored.started_ms,
			    .ended_ms = scene->stored.ended_ms,
			    .opening = &scene->replay.opening,
			    .turns = scene->turns,
			    .turn_count = scene->turn_count,
			    .disputes = scene->disputes,
			    .dispute_count = scene->dispute_count,
			    .notes = scene->notes,
			    .note_count = scene->note_count,
			    .pair = &scene->stored.pair,
			    .run = scene->replay.run},
		out);
}

static void write_debrief(const struct view *view, const struct scene *scene, struct buffer *out)
{
	char session[ID_TEXT_SIZE];

	id_format(&view->request->session, session);
	debrief_json(view->dialogue, &scene->debrief, session, scene->active_ms, out);
}

static void write_transcript(const struct dialogue *dialogue, const struct scene *scene,
	const struct transcript_format *format, struct buffer *out)
{
	struct transcript transcript = {.dialogue = dialogue,
		.replay = &scene->replay,
		.disputes = scene->disputes,
		.dispute_count = scene->dispute_count,
		.notes = scene->notes,
		.note_count = scene->note_count,
		.pair = scene->stored.pair,
		.debrief = &scene->debrief,
		.earlier = scene->earlier,
		.earlier_count = scene->earlier_count,
		.session = scene->stored.id,
		.rules_version = scene->stored.pack_hash,
		.started_ms = scene->stored.started_ms,
		.ended_ms = scene->stored.ended_ms,
		.made_ms = clock_now_ms(),
		.active_ms = scene->active_ms};

	format->write(&transcript, out);
}

static void view_work(void *job, unsigned thread)
{
	struct view *view = job;
	struct request *request = view->request;
	struct store_reader *reader = request->practice->readers[thread];
	struct arena *arena = arena_new(256 * 1024);
	struct scene scene = {0};

	view->status = store_read_session(reader, &request->session, arena, &scene.stored, &view->error);
	if (view->status == STATUS_OK)
		view->status = scene_read(&scene, reader, request->practice->scratches[thread], view->dialogue,
			&request->session, request->kind == REQUEST_DEBRIEF ? request->turn.number : 0, arena,
			&view->error);
	if (view->status == STATUS_OK && request->kind == REQUEST_EXPORT)
		view->status = scene_look_back(
			&scene, request->practice->scratches[thread], view->dialogue, arena, &view->error);
	if (view->status == STATUS_OK && request->kind == REQUEST_VIEW) {
		write_view(view, &scene, &view->out);
	} else if (view->status == STATUS_OK) {
		debrief_make(view->dialogue, &scene.replay, arena, &scene.debrief);
		if (request->kind == REQUEST_DEBRIEF)
			write_debrief(view, &scene, &view->out);
		else
			write_transcript(view->dialogue, &scene, request->format, &view->out);
	}
	scene_clear(&scene);
	arena_free(arena);
}

static void name_file(struct view *view)
{
	char session[ID_TEXT_SIZE];

	id_format(&view->request->session, session);
	snprintf(view->name, sizeof view->name, "askwell-%.24s-%.8s.%s", dialogue_info(view->dialogue)->id,
		session + 28, view->request->format->extension);
}

static void view_done(void *job)
{
	struct view *view = job;
	struct request *request = view->request;

	if (view->status != STATUS_OK) {
		request_refuse(request, &view->error);
	} else if (request->kind == REQUEST_EXPORT) {
		name_file(view);
		request->exported(request->user, STATUS_OK, NULL, view->name, request->format->type, view->out.data,
			view->out.length);
		request_done(request);
	} else {
		request_answer(request, view->out.data, view->out.length);
	}
	dialogue_release(view->dialogue);
	buffer_clear(&view->out);
	free(view);
}

void view_take(struct request *request, const struct session *session)
{
	struct view *view = memory_new(sizeof *view);

	view->request = request;
	view->dialogue = dialogue_hold(session->dialogue);
	if (worker_submit(request->practice->workers, view_work, view_done, view))
		return;
	request_busy(request);
	dialogue_release(view->dialogue);
	free(view);
}

void view_answer_fresh(struct request *request, const struct session *session, const struct id *pair)
{
	struct practice *practice = request->practice;
	struct engine_reply opening;
	struct buffer out = {0};

	arena_reset(practice->arena);
	engine_opening(session->dialogue, session->run, practice->arena, &opening);
	answer_view(&(struct answer_view){.dialogue = session->dialogue,
			    .session = &session->id,
			    .started_ms = session->started_ms,
			    .opening = &opening,
			    .pair = pair,
			    .run = session->run},
		&out);
	request_answer(request, out.data, out.length);
	buffer_clear(&out);
}

struct listing {
	struct practice *practice;
	struct practice_person person;
	const struct library *library;
	practice_answer *done;
	void *user;
	struct buffer out;
	enum status status;
	struct error error;
};

enum { LISTED = 200 };

static void listing_work(void *job, unsigned thread)
{
	struct listing *listing = job;
	struct practice *practice = listing->practice;
	struct arena *arena = arena_new(64 * 1024);
	struct store_session *sessions = NULL;
	struct json_out json;
	size_t count = 0;

	listing->status = store_read_sessions(
		practice->readers[thread], &listing->person.id, LISTED, arena, &sessions, &count, &listing->error);
	json_out_init(&json, &listing->out);
	json_out_object(&json);
	turn_json_time(&json, "now", clock_now_ms());
	json_out_key(&json, "sessions");
	json_out_array(&json);
	for (size_t i = 0; listing->status == STATUS_OK && i < count; i++) {
		const struct dialogue *dialogue = NULL;
		struct error ignored = {0};

		if (versions_get(practice->versions, listing->library, practice->readers[thread], &sessions[i],
			    &dialogue, &ignored) != STATUS_OK)
			dialogue = NULL;
		answer_summary(&json, &sessions[i], dialogue);
		dialogue_release(dialogue);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
	arena_free(arena);
}

static void listing_done(void *job)
{
	struct listing *listing = job;

	listing->practice->pending--;
	if (listing->status == STATUS_OK)
		listing->done(listing->user, STATUS_OK, NULL, listing->out.data, listing->out.length);
	else
		listing->done(listing->user, listing->status, &listing->error, NULL, 0);
	library_release(listing->library);
	buffer_clear(&listing->out);
	free(listing);
}

void practice_sessions(
	struct practice *practice, const struct practice_person *person, practice_answer *done, void *user)
{
	struct listing *listing = memory_new(sizeof *listing);

	*listing = (struct listing){.practice = practice,
		.person = *person,
		.library = library_hold(practice->library),
		.done = done,
		.user = user};
	practice->pending++;
	if (worker_submit(practice->workers, listing_work, listing_done, listing))
		return;
	listing->status = error_busy(&listing->error);
	listing_done(listing);
}

static enum status read_transcript(struct store_reader *reader, const struct library *library, const struct id *session,
	const struct transcript_format *format, struct buffer *out, struct error *error)
{
	struct technique_scratch *scratch = technique_scratch_new();
	struct versions *versions = versions_new();
	struct arena *arena = arena_new(256 * 1024);
	const struct dialogue *dialogue = NULL;
	struct scene scene = {0};
	enum status status = store_read_session(reader, session, arena, &scene.stored, error);

	if (status == STATUS_OK)
		status = versions_get(versions, library, reader, &scene.stored, &dialogue, error);
	if (status == STATUS_OK)
		status = scene_read(&scene, reader, scratch, dialogue, session, 0, arena, error);
	if (status == STATUS_OK)
		status = scene_look_back(&scene, scratch, dialogue, arena, error);
	if (status == STATUS_OK) {
		debrief_make(dialogue, &scene.replay, arena, &scene.debrief);
		write_transcript(dialogue, &scene, format, out);
	}
	scene_clear(&scene);
	dialogue_release(dialogue);
	arena_free(arena);
	versions_free(versions);
	technique_scratch_free(scratch);
	return status;
}

enum status practice_read_transcript(const char *data_folder, const char *dialogues_folder, const struct id *session,
	const char *format, struct buffer *out, struct error *error)
{
	const struct library_options options = {.on_demand = true};
	const struct transcript_format *found = transcript_format_find(format);
	struct store_reader *reader = NULL;
	struct library *library = NULL;
	enum status status;

	if (!found)
		return error_set(error, STATUS_NOT_FOUND, "format_unknown",
			"There is no export format \"%.16s\". Use markdown, html or json.", format);
	status = store_reader_open(data_folder, &reader, error);
	/* The store has what the conversation began with; the folder only helps when that cannot be used any more. */
	if (status == STATUS_OK && library_load(dialogues_folder, &options, NULL, &library, NULL) != STATUS_OK)
		library = NULL;
	if (status == STATUS_OK)
		status = read_transcript(reader, library, session, found, out, error);
	store_reader_close(reader);
	library_release(library);
	return status;
}
