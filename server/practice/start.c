/* SPDX-License-Identifier: Apache-2.0 */
/* A conversation begins: what its seed should be, whether it belongs to another, and its first row in the store. */
#include "drills.h"
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/turn_json.h"

#include <stdlib.h>
#include <string.h>

struct start {
	struct request *request;
	const struct dialogue *dialogue;
	uint64_t seed;
	struct id pair;
	int64_t started_ms;
	enum status status;
	struct error error;
};

static void start_free(struct start *start)
{
	dialogue_release(start->dialogue);
	free(start);
}

static void refuse_busy(struct start *start)
{
	request_busy(start->request);
	start_free(start);
}

static void started(void *user, enum status status, const struct error *error)
{
	struct start *start = user;
	struct request *request = start->request;
	struct practice *practice = request->practice;
	struct session *session = sessions_find(practice->sessions, &request->session);

	if (status == STATUS_OK && !session) {
		session = sessions_add(practice->sessions, &request->session);
		session->person = request->person;
		session->dialogue = start->dialogue;
		session->run = engine_start(start->dialogue, start->seed);
		session->seed = start->seed;
		session->started_ms = start->started_ms;
		start->dialogue = NULL;
		view_answer_fresh(request, session, &start->pair);
	} else if (status == STATUS_OK || status == STATUS_CONFLICT) {
		request->stored = true;
		room_enter(request); /* asked for before: show it as it is */
	} else {
		request_refuse(request, error);
	}
	start_free(start);
}

static void store_start(struct start *start)
{
	struct request *request = start->request;
	struct practice *practice = request->practice;
	struct store_version script, pack;
	struct store_session stored = {.id = request->session,
		.organisation = request->person.organisation,
		.person = request->person.id,
		.script = dialogue_info(start->dialogue)->id,
		.script_hash = dialogue_hash(start->dialogue),
		.pack_hash = technique_pack_version(dialogue_pack(start->dialogue)),
		.seed = start->seed,
		.pair = start->pair,
		.started_ms = start->started_ms};

	versions_describe(practice->versions, start->dialogue, &script, &pack);
	if (!store_put_session(practice->store, &stored, &script, &pack, started, start))
		refuse_busy(start);
}

/* The person's own conversation with the other side; anybody else's is not there. */
static enum status check_pair(struct start *start, struct store_reader *reader, struct arena *arena)
{
	const struct dialogue_contrast *contrast = dialogue_info(start->dialogue)->contrast;
	struct store_session pair;
	struct error missing = {0};
	enum status status = store_read_session(reader, &start->pair, arena, &pair, &missing);

	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		start->error = missing;
		return status;
	}
	if (status == STATUS_OK && contrast && id_equal(&pair.person, &start->request->person.id) &&
		strcmp(pair.script, contrast->other) == 0)
		return STATUS_OK;
	return error_set(&start->error, STATUS_INVALID, "pair_not_found",
		"The conversation to compare with is not here. Start with the first side of the comparison again.");
}

static void prepare_work(void *job, unsigned thread)
{
	struct start *start = job;
	struct store_reader *reader = start->request->practice->readers[thread];
	const struct dialogue_info *info = dialogue_info(start->dialogue);
	struct arena *arena = arena_new(0);
	struct drill_deck deck;

	if (!id_is_zero(&start->pair))
		start->status = check_pair(start, reader, arena);
	if (start->status == STATUS_OK && info->drill)
		start->status = drills_read(reader, &start->request->person.id, start->dialogue, &deck, &start->error);
	if (start->status == STATUS_OK && info->drill)
		start->seed = engine_drill_seed(drills_choose(&deck, info->asked, start->started_ms), start->seed);
	arena_free(arena);
}

static void prepare_done(void *job)
{
	struct start *start = job;

	if (start->status == STATUS_OK) {
		store_start(start);
		return;
	}
	request_refuse(start->request, &start->error);
	start_free(start);
}

void practice_start(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *script, uint64_t seed, const struct id *pair, practice_answer *done, void *user)
{
	struct error error = {0};
	const struct dialogue *dialogue;
	const struct session *known = sessions_find(practice->sessions, session);
	struct start *start;
	struct id random = id_new();

	if (room_await_case(
		    practice, &(struct case_asked){script, done, user, person, session, .pair = pair, .seed = seed}))
		return;
	dialogue = room_case(practice, script, &error);
	if (!dialogue) {
		done(user, error.status, &error, NULL, 0);
		return;
	}
	start = memory_new(sizeof *start);
	start->request = request_new(practice, REQUEST_VIEW, person, session, "", 0);
	start->request->done = done;
	start->request->user = user;
	start->dialogue = dialogue_hold(dialogue);
	start->started_ms = clock_now_ms();
	start->seed = seed;
	if (pair)
		start->pair = *pair;
	if (!seed)
		memcpy(&start->seed, random.bytes + 8, sizeof start->seed);
	/* One that is only being looked for may not exist yet. */
	if (known && !known->loading) {
		room_enter(start->request);
		start_free(start);
	} else if (!pair && (seed || !dialogue_info(dialogue)->drill)) {
		store_start(start);
	} else if (!worker_submit(practice->workers, prepare_work, prepare_done, start)) {
		refuse_busy(start);
	}
}

struct standing {
	struct practice *practice;
	struct practice_person person;
	const struct library *library;
	practice_answer *done;
	void *user;
	struct buffer out;
	enum status status;
	struct error error;
};

static void put_drill(struct json_out *json, const struct dialogue *drill, const struct drill_deck *deck)
{
	struct drill_counts counts = drills_count(deck, clock_now_ms());

	json_out_object(json);
	json_out_put_text(json, "script", dialogue_info(drill)->id);
	json_out_put_integer(json, "exercises", (int64_t)deck->count);
	json_out_put_integer(json, "due", counts.due);
	json_out_put_integer(json, "new", counts.fresh);
	json_out_put_integer(json, "firm", counts.firm);
	turn_json_time(json, "next", counts.next_ms);
	json_out_object_end(json);
}

static void standing_work(void *job, unsigned thread)
{
	struct standing *standing = job;
	struct json_out json;

	json_out_init(&json, &standing->out);
	json_out_object(&json);
	json_out_key(&json, "drills");
	json_out_array(&json);
	for (size_t i = 0; standing->status == STATUS_OK && i < library_count(standing->library); i++) {
		const struct dialogue *drill =
			library_is_drill(standing->library, i) ? library_at(standing->library, i) : NULL;
		struct drill_deck deck;

		if (!drill)
			continue;
		standing->status = drills_read(
			standing->practice->readers[thread], &standing->person.id, drill, &deck, &standing->error);
		if (standing->status == STATUS_OK)
			put_drill(&json, drill, &deck);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
}

static void standing_done(void *job)
{
	struct standing *standing = job;

	standing->practice->pending--;
	if (standing->status == STATUS_OK)
		standing->done(standing->user, STATUS_OK, NULL, standing->out.data, standing->out.length);
	else
		standing->done(standing->user, standing->status, &standing->error, NULL, 0);
	library_release(standing->library);
	buffer_clear(&standing->out);
	free(standing);
}

void practice_drills(struct practice *practice, const struct practice_person *person, practice_answer *done, void *user)
{
	struct standing *standing = memory_new(sizeof *standing);

	*standing = (struct standing){.practice = practice,
		.person = *person,
		.library = library_hold(practice->library),
		.done = done,
		.user = user};
	practice->pending++;
	if (worker_submit(practice->workers, standing_work, standing_done, standing))
		return;
	standing->status = error_busy(&standing->error);
	standing_done(standing);
}
