/* SPDX-License-Identifier: Apache-2.0 */
#include "store_fixture.h"

static void keeps_a_session_and_its_turns(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture), back;
	struct store_reader *reader = open_reader(fixture->folder);
	struct arena *arena = arena_new(0);
	struct turn retake = {.number = 2, .kind = TURN_RETAKE, .at_ms = 7000, .to = 1, .text = "", .text_length = 0};
	struct outcome outcome = {0};
	struct store_turn *turns = NULL, one;
	struct store_version version;
	size_t count = 0;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(
		put_turn(fixture, &session.id, 1, "Wie geht's? \xf0\x9f\x99\x82 it's", NULL).status, STATUS_OK);
	assert_true(store_put_turn(fixture->store, &session.id, &retake, "{\"a\":1}", 7, NULL, note, &outcome));
	settle(fixture->store);
	assert_int_equal(put_turn(fixture, &session.id, 3, "", "good").status, STATUS_OK);

	assert_int_equal(store_read_session(reader, &session.id, arena, &back, NULL), STATUS_OK);
	assert_true(id_equal(&back.id, &session.id));
	assert_true(id_equal(&back.person, &session.person));
	assert_true(id_equal(&back.organisation, &session.organisation));
	assert_string_equal(back.script, "plateau");
	assert_string_equal(back.script_hash, "d0");
	assert_string_equal(back.pack_hash, "p0");
	assert_true(back.seed == UINT64_MAX - 5);
	assert_int_equal(back.started_ms, 5000);
	assert_int_equal(back.ended_ms, 6003);
	assert_string_equal(back.ending, "good");
	assert_int_equal(back.last_turn, 3);

	assert_int_equal(store_read_turns(reader, &session.id, arena, &turns, &count, NULL), STATUS_OK);
	assert_int_equal(count, 3);
	assert_string_equal(turns[0].turn.text, "Wie geht's? \xf0\x9f\x99\x82 it's");
	assert_int_equal(turns[0].turn.text_length, strlen(turns[0].turn.text));
	assert_int_equal(turns[0].turn.kind, TURN_SAY);
	assert_int_equal(turns[1].turn.kind, TURN_RETAKE);
	assert_int_equal(turns[1].turn.to, 1);
	assert_int_equal(turns[1].turn.at_ms, 7000);
	assert_string_equal(turns[1].answer, "{\"a\":1}");
	assert_int_equal(turns[1].answer_length, 7);
	assert_string_equal(turns[2].turn.text, "");

	assert_int_equal(store_read_turn(reader, &session.id, 2, arena, &one, NULL), STATUS_OK);
	assert_int_equal(one.turn.number, 2);
	assert_int_equal(store_read_turn(reader, &session.id, 4, arena, &one, NULL), STATUS_NOT_FOUND);
	assert_int_equal(store_read_turn(reader, &fixture->person, 1, arena, &one, NULL), STATUS_NOT_FOUND);
	assert_int_equal(store_read_session(reader, &fixture->person, arena, &back, NULL), STATUS_NOT_FOUND);

	assert_int_equal(store_read_version(reader, "p0", arena, &version, NULL), STATUS_OK);
	assert_string_equal(version.body, "{\"pack\":1}");
	assert_int_equal(version.body_length, 10);
	assert_string_equal(version.kind, "pack");
	assert_int_equal(store_read_version(reader, "nope", arena, &version, NULL), STATUS_NOT_FOUND);
	arena_free(arena);
	store_reader_close(reader);
}

static void refuses_what_contradicts(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture), ended = make_session(fixture),
			     odd = make_session(fixture);
	struct id nobody = id_new();

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(put_session(fixture, &ended).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &session.id, 1, "one", NULL).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &ended.id, 1, "one", "good").status, STATUS_OK);
	odd.person = nobody;
	{
		const struct {
			struct outcome outcome;
			enum status status;
			const char *key;
		} cases[] = {
			{put_session(fixture, &session), STATUS_CONFLICT, "session_taken"},
			{put_session(fixture, &odd), STATUS_NOT_FOUND, "person_not_found"},
			{put_turn(fixture, &session.id, 1, "again", NULL), STATUS_CONFLICT, "turn_taken"},
			{put_turn(fixture, &session.id, 3, "three", NULL), STATUS_CONFLICT, "turn_out_of_order"},
			{put_turn(fixture, &session.id, 0, "zero", NULL), STATUS_CONFLICT, "turn_out_of_order"},
			{put_turn(fixture, &nobody, 1, "one", NULL), STATUS_NOT_FOUND, "session_not_found"},
			{put_turn(fixture, &ended.id, 2, "two", NULL), STATUS_ENDED, "session_ended"},
			{put_turn(fixture, &ended.id, 1, "one", "good"), STATUS_CONFLICT, "turn_taken"},
			{put_turn(fixture, &session.id, 2, "two", NULL), STATUS_OK, ""},
		};

		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			assert_string_equal(cases[i].outcome.key, cases[i].key);
			assert_int_equal(cases[i].outcome.status, cases[i].status);
		}
	}
}

static void a_refused_write_leaves_its_batch_alone(void **state)
{
	enum { TURNS = 40 };
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct outcome outcomes[TURNS + 1] = {{0}};
	struct turn turn;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	for (uint32_t number = 1; number <= TURNS; number++) {
		turn = make_turn(number, "x");
		assert_true(store_put_turn(fixture->store, &session.id, &turn, "{}", 2, NULL, note, &outcomes[number]));
		if (number == TURNS / 2) {
			turn = make_turn(3, "y");
			assert_true(
				store_put_turn(fixture->store, &session.id, &turn, "{}", 2, NULL, note, &outcomes[0]));
		}
	}
	settle(fixture->store);
	assert_int_equal(outcomes[0].status, STATUS_CONFLICT);
	for (uint32_t number = 1; number <= TURNS; number++) {
		assert_int_equal(outcomes[number].calls, 1);
		assert_int_equal(outcomes[number].status, STATUS_OK);
	}
}

static void a_retake_opens_an_ended_session_again(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture), back;
	struct turn retake = {.number = 3, .kind = TURN_RETAKE, .at_ms = 7000, .to = 1, .text = ""};
	struct outcome outcome = {0};
	struct arena *arena = arena_new(0);
	struct store_reader *reader = open_reader(fixture->folder);

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &session.id, 1, "one", NULL).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &session.id, 2, "two", "half_open").status, STATUS_OK);
	assert_true(store_put_turn(fixture->store, &session.id, &retake, "{}", 2, NULL, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.status, STATUS_OK);
	assert_int_equal(store_read_session(reader, &session.id, arena, &back, NULL), STATUS_OK);
	assert_int_equal(back.ended_ms, 0);
	assert_null(back.ending);
	assert_int_equal(put_turn(fixture, &session.id, 4, "better", "good").status, STATUS_OK);
	assert_int_equal(store_read_session(reader, &session.id, arena, &back, NULL), STATUS_OK);
	assert_string_equal(back.ending, "good");
	store_reader_close(reader);
	arena_free(arena);
}

/* Everything that is handed over may change right after the call. */
static void copies_its_arguments(void **state)
{
	struct fixture *fixture = *state;
	struct arena *arena = arena_new(0);
	struct store_reader *reader = NULL;
	struct store_session session = make_session(fixture);
	char text[] = "said", answer[] = "{\"b\":2}", ending[] = "good", script[] = "plateau", hash[] = "d7",
	     body[] = "body";
	struct store_version version = {hash, "dialogue", script, body, 4};
	struct turn turn = make_turn(1, text);
	struct store_turn back;
	struct store_session read;

	session.script = script;
	session.script_hash = hash;
	assert_true(store_put_session(fixture->store, &session, &version, &pack_version, NULL, NULL));
	assert_true(store_put_turn(fixture->store, &session.id, &turn, answer, 7, ending, NULL, NULL));
	memset(text, 'z', sizeof text - 1);
	memset(answer, 'z', sizeof answer - 1);
	memset(ending, 'z', sizeof ending - 1);
	memset(script, 'z', sizeof script - 1);
	memset(hash, 'z', sizeof hash - 1);
	memset(body, 'z', sizeof body - 1);
	settle(fixture->store);
	reader = open_reader(fixture->folder);
	assert_int_equal(store_read_turn(reader, &session.id, 1, arena, &back, NULL), STATUS_OK);
	assert_string_equal(back.turn.text, "said");
	assert_string_equal(back.answer, "{\"b\":2}");
	assert_int_equal(store_read_session(reader, &session.id, arena, &read, NULL), STATUS_OK);
	assert_string_equal(read.ending, "good");
	assert_string_equal(read.script, "plateau");
	assert_int_equal(store_read_version(reader, "d7", arena, &version, NULL), STATUS_OK);
	assert_string_equal(version.body, "body");
	store_reader_close(reader);
	arena_free(arena);
}

/* Each completion runs once and in the order of the puts. */
struct order {
	unsigned next;
	unsigned wrong;
};
struct place {
	struct order *order;
	unsigned index;
};

static void in_order(void *user, enum status status, const struct error *error)
{
	struct place *place = user;

	(void)error;
	place->order->wrong += status != STATUS_OK || place->order->next != place->index;
	place->order->next++;
}

static void ten_thousand_turns_in_order(void **state)
{
	enum { SESSIONS = 100, TURNS = 100 };
	struct fixture *fixture = *state;
	struct order order = {0};
	struct place *places = memory_array((size_t)SESSIONS * TURNS, sizeof *places);
	struct store_session *sessions = memory_array(SESSIONS, sizeof *sessions);
	struct arena *arena = arena_new(0);
	struct store_reader *reader;
	struct store_figures figures;
	unsigned index = 0;
	char text[32];

	for (unsigned i = 0; i < SESSIONS; i++) {
		sessions[i] = make_session(fixture);
		assert_true(
			store_put_session(fixture->store, &sessions[i], &dialogue_version, &pack_version, NULL, NULL));
	}
	for (uint32_t number = 1; number <= TURNS; number++) {
		for (unsigned i = 0; i < SESSIONS; i++) {
			struct turn turn;

			(void)snprintf(text, sizeof text, "%u of %u", number, i);
			turn = make_turn(number, text);
			places[index] = (struct place){&order, index};
			assert_true(store_put_turn(fixture->store, &sessions[i].id, &turn, text, strlen(text), NULL,
				in_order, &places[index]));
			index++;
		}
	}
	settle(fixture->store);
	assert_int_equal(order.next, SESSIONS * TURNS);
	assert_int_equal(order.wrong, 0);
	store_figures(fixture->store, &figures);
	assert_int_equal(figures.writes, 1 + SESSIONS + SESSIONS * TURNS);
	assert_int_equal(figures.failures, 0);
	assert_true(figures.commits < figures.writes);
	assert_true(figures.largest_batch > 1);

	reader = open_reader(fixture->folder);
	for (unsigned i = 0; i < SESSIONS; i++) {
		struct store_turn *turns = NULL;
		size_t count = 0;

		assert_int_equal(store_read_turns(reader, &sessions[i].id, arena, &turns, &count, NULL), STATUS_OK);
		assert_int_equal(count, TURNS);
		for (uint32_t number = 1; number <= TURNS; number++) {
			(void)snprintf(text, sizeof text, "%u of %u", number, i);
			assert_int_equal(turns[number - 1].turn.number, number);
			assert_string_equal(turns[number - 1].turn.text, text);
			assert_string_equal(turns[number - 1].answer, text);
		}
	}
	store_reader_close(reader);
	arena_free(arena);
	free(sessions);
	free(places);
}

static void one_of_two_racers_wins(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct arena *arena = arena_new(0);
	struct store_reader *reader;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	for (uint32_t number = 1; number <= 20; number++) {
		struct outcome first = {0}, second = {0};
		struct turn mine = make_turn(number, "first"), theirs = make_turn(number, "second");

		assert_true(store_put_turn(fixture->store, &session.id, &mine, "1", 1, NULL, note, &first));
		assert_true(store_put_turn(fixture->store, &session.id, &theirs, "2", 1, NULL, note, &second));
		settle(fixture->store);
		assert_int_equal(first.status, STATUS_OK);
		assert_int_equal(second.status, STATUS_CONFLICT);
		assert_string_equal(second.key, "turn_taken");
	}
	reader = open_reader(fixture->folder);
	for (uint32_t number = 1; number <= 20; number++) {
		struct store_turn turn;

		assert_int_equal(store_read_turn(reader, &session.id, number, arena, &turn, NULL), STATUS_OK);
		assert_string_equal(turn.turn.text, "first");
	}
	store_reader_close(reader);
	arena_free(arena);
}

static void close_commits_and_completes(void **state)
{
	enum { TURNS = 500 };
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture), back;
	struct outcome outcomes[TURNS + 1] = {{0}};
	struct arena *arena = arena_new(0);
	struct store_reader *reader;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	for (uint32_t number = 1; number <= TURNS; number++) {
		struct turn turn = make_turn(number, "x");

		assert_true(store_put_turn(fixture->store, &session.id, &turn, "{}", 2, NULL, note, &outcomes[number]));
	}
	store_close(fixture->store);
	for (uint32_t number = 1; number <= TURNS; number++)
		assert_true(outcomes[number].calls == 1 && outcomes[number].status == STATUS_OK);
	reader = open_reader(fixture->folder);
	assert_int_equal(store_read_session(reader, &session.id, arena, &back, NULL), STATUS_OK);
	assert_int_equal(back.last_turn, TURNS);
	store_reader_close(reader);
	arena_free(arena);
	fixture->store = open_store(fixture->folder, true);
	assert_int_equal(put_turn(fixture, &session.id, TURNS + 1, "after", NULL).status, STATUS_OK);
}

static void the_queue_has_a_cap(void **state)
{
	enum { CAP = 65536 };
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct order order = {0};
	struct place *places = memory_array(CAP, sizeof *places);

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	for (unsigned i = 0; i < CAP; i++) {
		struct turn turn = make_turn(i + 1, "");

		places[i] = (struct place){&order, i};
		assert_true(store_put_turn(fixture->store, &session.id, &turn, "", 0, NULL, in_order, &places[i]));
	}
	{
		struct turn turn = make_turn(CAP + 1, "");

		assert_false(store_put_turn(fixture->store, &session.id, &turn, "", 0, NULL, in_order, NULL));
	}
	settle(fixture->store);
	assert_int_equal(order.next, CAP);
	assert_int_equal(order.wrong, 0);
	assert_int_equal(put_turn(fixture, &session.id, CAP + 1, "", NULL).status, STATUS_OK);
	free(places);
}

struct wakes {
	pthread_mutex_t lock;
	unsigned count;
};

static void wake(void *user)
{
	struct wakes *wakes = user;

	pthread_mutex_lock(&wakes->lock);
	wakes->count++;
	pthread_mutex_unlock(&wakes->lock);
}

static void wakes_once_a_batch(void **state)
{
	char folder[FOLDER_SIZE];
	struct wakes wakes = {PTHREAD_MUTEX_INITIALIZER, 0};
	struct store_options options = {.wake = wake, .wake_user = &wakes, .ephemeral_sync = true};
	struct store *store = NULL;
	struct store_figures figures;

	(void)state;
	make_folder(folder);
	options.folder = folder;
	assert_int_equal(store_open(&options, &store, NULL), STATUS_OK);
	for (unsigned i = 0; i < 200; i++) {
		struct store_person person = make_person(id_new(), id_new(), (uint8_t)i, 5000);

		assert_true(store_put_person(store, &person, NULL, NULL));
	}
	while (store_pending(store)) {
		(void)store_drain(store);
		usleep(100);
	}
	store_figures(store, &figures);
	store_close(store);
	assert_int_equal(wakes.count, figures.commits);
	assert_int_equal(figures.writes, 200);
	remove_folder(folder);
}

static void lists_the_newest_sessions_first(void **state)
{
	struct fixture *fixture = *state;
	struct arena *arena = arena_new(0);
	struct store_reader *reader = open_reader(fixture->folder);
	struct store_session *found = NULL, newest = {0};
	size_t count = 0;

	for (int64_t i = 0; i < 30; i++) {
		struct store_session session = make_session(fixture);

		session.started_ms = 1000 + (i * 7) % 30;
		assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
		if (session.started_ms == 1029)
			newest = session;
	}
	assert_int_equal(put_turn(fixture, &newest.id, 1, "one", NULL).status, STATUS_OK);
	assert_int_equal(store_read_sessions(reader, &fixture->person, 20, arena, &found, &count, NULL), STATUS_OK);
	assert_int_equal(count, 20);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(found[i].started_ms, 1029 - (int64_t)i);
		assert_int_equal(found[i].last_turn, i == 0);
		assert_int_equal(found[i].ended_ms, 0);
		assert_null(found[i].ending);
	}
	assert_int_equal(
		store_read_sessions(reader, &fixture->organisation, 20, arena, &found, &count, NULL), STATUS_OK);
	assert_int_equal(count, 0);

	struct store_session next;
	int64_t key = 0;
	bool there = true;
	for (int64_t i = 0; i < 30; i++) {
		assert_int_equal(store_read_next_session(reader, &key, arena, &next, &there, NULL), STATUS_OK);
		assert_true(there);
		assert_int_equal(next.started_ms, 1000 + (i * 7) % 30);
		assert_int_equal(next.last_turn, next.started_ms == 1029);
		assert_true(id_equal(&next.person, &fixture->person));
	}
	assert_int_equal(store_read_next_session(reader, &key, arena, &next, &there, NULL), STATUS_OK);
	assert_false(there);
	store_reader_close(reader);
	arena_free(arena);
}

/* A thread that reads while the owner writes: what it sees is always a whole beginning of the conversation. */
struct watcher {
	const char *folder;
	struct id session;
	unsigned failures, reads;
	uint32_t last;
	uint32_t until;
};

static void *watch(void *user)
{
	struct watcher *watcher = user;
	struct store_reader *reader = NULL;
	struct arena *arena = arena_new(0);

	if (store_reader_open(watcher->folder, &reader, NULL))
		watcher->failures++;
	while (reader && watcher->last < watcher->until && !watcher->failures) {
		struct store_turn *turns = NULL;
		size_t count = 0;

		arena_reset(arena);
		if (store_read_turns(reader, &watcher->session, arena, &turns, &count, NULL) || count < watcher->last)
			watcher->failures++;
		for (size_t i = 0; i < count; i++)
			watcher->failures += turns[i].turn.number != i + 1;
		watcher->last = (uint32_t)count;
		watcher->reads++;
	}
	store_reader_close(reader);
	arena_free(arena);
	return NULL;
}

static void reads_while_writing(void **state)
{
	enum { TURNS = 300 };
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct watcher watcher = {.folder = fixture->folder, .session = session.id, .until = TURNS};
	pthread_t thread;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(pthread_create(&thread, NULL, watch, &watcher), 0);
	for (uint32_t number = 1; number <= TURNS; number++)
		assert_int_equal(put_turn(fixture, &session.id, number, "x", NULL).status, STATUS_OK);
	pthread_join(thread, NULL);
	assert_int_equal(watcher.failures, 0);
	assert_int_equal(watcher.last, TURNS);
}

static int64_t log_size(const char *folder)
{
	char path[FOLDER_SIZE + 32];
	struct stat info;

	(void)snprintf(path, sizeof path, "%s/askwell.db-wal", folder);
	return stat(path, &info) ? 0 : (int64_t)info.st_size;
}

/* Steady load gives the log no quiet moment; it begins again all the same. */
static void the_log_does_not_grow_without_bound(void **state)
{
	enum { TURNS = 60000, ROUND = 200 };
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct order order = {0};
	struct place *places = memory_array(TURNS, sizeof *places);
	struct store_figures figures;
	char *answer = memory_new(4000);
	int64_t largest = 0;

	memset(answer, 'a', 3999);
	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	for (unsigned i = 0; i < TURNS; i++) {
		struct turn turn = make_turn(i + 1, "x");

		places[i] = (struct place){&order, i};
		assert_true(
			store_put_turn(fixture->store, &session.id, &turn, answer, 3999, NULL, in_order, &places[i]));
		while (store_pending(fixture->store) > ROUND)
			(void)store_wait(fixture->store);
		if (i % 1000 == 0 && log_size(fixture->folder) > largest)
			largest = log_size(fixture->folder);
	}
	settle(fixture->store);
	store_figures(fixture->store, &figures);
	assert_int_equal(order.wrong, 0);
	assert_true(figures.checkpoints > 2);
	/* 60,000 answers are 240 MB; how soon the log begins again hangs on the machine. */
	assert_in_range(largest, 1, 240 * 1000 * 1000);
	free(answer);
	free(places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(keeps_a_session_and_its_turns),
		WITH_STORE(refuses_what_contradicts),
		WITH_STORE(a_refused_write_leaves_its_batch_alone),
		WITH_STORE(a_retake_opens_an_ended_session_again),
		WITH_STORE(copies_its_arguments),
		WITH_STORE(ten_thousand_turns_in_order),
		WITH_STORE(one_of_two_racers_wins),
		WITH_STORE(close_commits_and_completes),
		WITH_STORE(the_queue_has_a_cap),
		cmocka_unit_test(wakes_once_a_batch),
		WITH_STORE(lists_the_newest_sessions_first),
		WITH_STORE(reads_while_writing),
		WITH_STORE(the_log_does_not_grow_without_bound),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
