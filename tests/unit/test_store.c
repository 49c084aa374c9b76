/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/arena.h"
#include "askwell/memory.h"
#include "askwell/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define FOLDER_SIZE 256

static const struct store_version dialogue_version = {"d0", "dialogue", "plateau", "{\"script\":\"{}\"}", 15};
static const struct store_version pack_version = {"p0", "pack", "en", "{\"pack\":1}", 10};

/* What completions left behind. */
struct outcome {
	unsigned calls;
	enum status status;
	char key[48];
};

static void note(void *user, enum status status, const struct error *error)
{
	struct outcome *outcome = user;

	outcome->calls++;
	outcome->status = status;
	assert_true((status == STATUS_OK) == (error == NULL));
	(void)snprintf(outcome->key, sizeof outcome->key, "%s", error ? error->key : "");
	if (error)
		assert_true(strlen(error->text) > 10);
}

struct fixture {
	char folder[FOLDER_SIZE];
	struct store *store;
	struct id organisation, person;
};

static void make_folder(char out[FOLDER_SIZE])
{
	(void)snprintf(out, FOLDER_SIZE, "/tmp/askwell_store.XXXXXX");
	assert_non_null(mkdtemp(out));
}

static void remove_folder(const char *folder)
{
	static const char *const names[] = {"askwell.db", "askwell.db-wal", "askwell.db-shm", "askwell.lock", "big"};
	char path[FOLDER_SIZE + 320];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

static struct store *open_store(const char *folder, bool ephemeral)
{
	struct store_options options = {.folder = folder, .ephemeral_sync = ephemeral};
	struct store *store = NULL;
	struct error error = {0};

	if (store_open(&options, &store, &error))
		fail_msg("store_open: %s: %s", error.key, error.text);
	return store;
}

static void settle(struct store *store)
{
	while (store_wait(store))
		;
	assert_int_equal(store_pending(store), 0);
}

static struct store_person make_person(struct id id, struct id organisation, uint8_t token, int64_t expires)
{
	struct store_person person = {
		.id = id, .organisation = organisation, .created_ms = 1000, .expires_ms = expires};

	memset(person.token_hash, token, sizeof person.token_hash);
	return person;
}

static int set_up(void **state)
{
	struct fixture *fixture = memory_new(sizeof *fixture);
	struct outcome outcome = {0};
	struct store_person person;

	make_folder(fixture->folder);
	fixture->store = open_store(fixture->folder, true);
	fixture->organisation = id_new();
	fixture->person = id_new();
	person = make_person(fixture->person, fixture->organisation, 1, 2000);
	assert_true(store_put_person(fixture->store, &person, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	assert_int_equal(outcome.status, STATUS_OK);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	store_close(fixture->store);
	remove_folder(fixture->folder);
	free(fixture);
	return 0;
}

static struct store_session make_session(const struct fixture *fixture)
{
	struct store_session session = {
		.id = id_new(), .organisation = fixture->organisation, .person = fixture->person};

	session.script = "plateau";
	session.script_hash = dialogue_version.hash;
	session.pack_hash = pack_version.hash;
	session.seed = UINT64_MAX - 5;
	session.started_ms = 5000;
	return session;
}

static struct outcome put_session(struct fixture *fixture, const struct store_session *session)
{
	struct outcome outcome = {0};

	assert_true(store_put_session(fixture->store, session, &dialogue_version, &pack_version, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

static struct turn make_turn(uint32_t number, const char *text)
{
	struct turn turn = {.number = number, .kind = TURN_SAY, .at_ms = 6000 + number, .text = text};

	turn.text_length = strlen(text);
	return turn;
}

static struct outcome put_turn(
	struct fixture *fixture, const struct id *session, uint32_t number, const char *text, const char *ending)
{
	struct outcome outcome = {0};
	struct turn turn = make_turn(number, text);

	assert_true(store_put_turn(fixture->store, session, &turn, "{}", 2, ending, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

static struct store_reader *open_reader(const char *folder)
{
	struct store_reader *reader = NULL;
	struct error error = {0};

	if (store_reader_open(folder, &reader, &error))
		fail_msg("store_reader_open: %s: %s", error.key, error.text);
	return reader;
}

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

struct people {
	struct store_person seen[8];
	unsigned count;
};

static void visit(void *user, const struct store_person *person)
{
	struct people *people = user;

	assert_true(people->count < 8);
	people->seen[people->count++] = *person;
}

static void people_sign_in_until_they_expire(void **state)
{
	struct fixture *fixture = *state; /* its person: token 1, until 2000 */
	struct store_person again = make_person(fixture->person, fixture->organisation, 2, 4000);
	struct store_person stranger = make_person(fixture->person, id_new(), 3, 4000);
	struct store_person late = make_person(id_new(), id_new(), 4, 9000);
	struct outcome outcomes[4] = {{0}};
	struct people people = {0};
	struct store_reader *reader = open_reader(fixture->folder);

	assert_true(store_put_person(fixture->store, &again, note, &outcomes[0]));
	assert_true(store_put_person(fixture->store, &again, note, &outcomes[1]));
	assert_true(store_put_person(fixture->store, &stranger, note, &outcomes[2]));
	settle(fixture->store);
	assert_int_equal(outcomes[0].status, STATUS_OK);
	assert_string_equal(outcomes[1].key, "token_taken");
	assert_string_equal(outcomes[2].key, "person_taken");

	assert_int_equal(store_read_people(reader, 1999, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 2);
	people.count = 0;
	assert_int_equal(store_read_people(reader, 2000, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 1);
	assert_memory_equal(people.seen[0].token_hash, again.token_hash, STORE_TOKEN_HASH_SIZE);
	assert_true(id_equal(&people.seen[0].id, &fixture->person));
	assert_true(id_equal(&people.seen[0].organisation, &fixture->organisation));
	assert_int_equal(people.seen[0].expires_ms, 4000);

	/* A sign-in that is over is forgotten when somebody signs in later. */
	late.created_ms = 3000;
	assert_true(store_put_person(fixture->store, &late, note, &outcomes[3]));
	settle(fixture->store);
	people.count = 0;
	assert_int_equal(store_read_people(reader, 0, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 2);
	store_reader_close(reader);
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
	/* 60,000 answers are 240 MB. */
	assert_in_range(largest, 1, 160 * 1000 * 1000);
	free(answer);
	free(places);
}

/* The child tells each turn that was completed; after kill -9 all of them must be there. */
static void child_writes(const char *folder, const struct id *session, int told)
{
	struct store *store = open_store(folder, false);

	for (uint32_t number = 1;; number++) {
		struct outcome outcome = {0};
		struct turn turn = make_turn(number, "kept");

		if (!store_put_turn(store, session, &turn, "{}", 2, NULL, note, &outcome))
			_exit(1);
		while (!outcome.calls)
			(void)store_wait(store);
		if (outcome.status || write(told, &number, sizeof number) != (ssize_t)sizeof number)
			_exit(1);
	}
}

static uint32_t write_until_killed(const char *folder, const struct id *session, useconds_t after)
{
	int ends[2];
	uint32_t number = 0, last = 0;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		child_writes(folder, session, ends[1]);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &last, sizeof last), sizeof last);
	usleep(after);
	kill(child, SIGKILL);
	while (read(ends[0], &number, sizeof number) == (ssize_t)sizeof number)
		last = number;
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return last;
}

static void nothing_acknowledged_is_lost_when_killed(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned round = 0; round < 8; round++) {
		struct store_session session = make_session(fixture), back;
		struct arena *arena = arena_new(0);
		struct store_reader *reader;
		uint32_t told;

		assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
		store_close(fixture->store);
		told = write_until_killed(fixture->folder, &session.id, 3000 + round * 4700);
		fixture->store = open_store(fixture->folder, true);
		reader = open_reader(fixture->folder);
		assert_int_equal(store_read_session(reader, &session.id, arena, &back, NULL), STATUS_OK);
		assert_in_range(back.last_turn, told, told + 1);
		assert_int_equal(put_turn(fixture, &session.id, back.last_turn + 1, "on", NULL).status, STATUS_OK);
		store_reader_close(reader);
		arena_free(arena);
	}
}

static unsigned fill_until_refused(struct fixture *fixture, const struct id *session, struct outcome *outcome)
{
	char *answer = memory_new(30001);
	unsigned kept = 0;

	memset(answer, 'a', 30000);
	for (uint32_t number = 1; number <= 2000; number++) {
		struct turn turn = make_turn(number, "x");

		*outcome = (struct outcome){0};
		assert_true(store_put_turn(fixture->store, session, &turn, answer, 30000, NULL, note, outcome));
		settle(fixture->store);
		if (outcome->status)
			break;
		kept++;
	}
	free(answer);
	return kept;
}

static void check_kept(struct fixture *fixture, const struct id *session, unsigned kept)
{
	struct arena *arena = arena_new(0);
	struct store_reader *reader = open_reader(fixture->folder);
	struct store_session back;

	assert_int_equal(store_read_session(reader, session, arena, &back, NULL), STATUS_OK);
	assert_int_equal(back.last_turn, kept);
	store_reader_close(reader);
	arena_free(arena);
}

/* A limit on the size of files stands for a full disk where nothing can be mounted. */
static void goes_on_after_a_full_disk(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct outcome outcome = {0};
	struct rlimit before, low;
	struct store_figures figures;
	unsigned kept;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	low = before;
	low.rlim_cur = 2000000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	kept = fill_until_refused(fixture, &session.id, &outcome);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_in_range(kept, 5, 1999);
	assert_int_equal(outcome.status, STATUS_UNAVAILABLE);
	assert_string_equal(outcome.key, "disk_full");
	store_figures(fixture->store, &figures);
	assert_true(figures.failures > 0);
	check_kept(fixture, &session.id, kept);
	assert_int_equal(put_turn(fixture, &session.id, kept + 1, "well again", NULL).status, STATUS_OK);
	check_kept(fixture, &session.id, kept + 1);
}

/* The real thing, where the test may mount: a small disk that fills up and is freed again. */
static void goes_on_after_a_small_disk_was_full(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session;
	struct store_person person = make_person(fixture->person, fixture->organisation, 1, 2000);
	struct outcome outcome = {0};
	char disk[FOLDER_SIZE], folder[FOLDER_SIZE + 8], big[FOLDER_SIZE + 8];
	FILE *file;
	unsigned kept;

	make_folder(disk);
	if (mount("askwell", disk, "tmpfs", 0, "size=8m")) {
		(void)rmdir(disk);
		skip();
	}
	(void)snprintf(folder, sizeof folder, "%s/data", disk);
	(void)snprintf(big, sizeof big, "%s/big", disk);
	file = fopen(big, "w");
	assert_non_null(file);
	for (unsigned i = 0; i < 5000; i++)
		assert_int_equal(fprintf(file, "%1000s", "x"), 1000);
	assert_int_equal(fclose(file), 0);
	store_close(fixture->store);
	fixture->store = open_store(folder, false);
	assert_true(store_put_person(fixture->store, &person, note, &outcome));
	session = make_session(fixture);
	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	kept = fill_until_refused(fixture, &session.id, &outcome);
	assert_string_equal(outcome.key, "disk_full");
	assert_int_equal(unlink(big), 0);
	assert_int_equal(put_turn(fixture, &session.id, kept + 1, "well again", NULL).status, STATUS_OK);
	store_close(fixture->store);
	fixture->store = open_store(folder, true);
	assert_int_equal(put_turn(fixture, &session.id, kept + 2, "and after", NULL).status, STATUS_OK);
	store_close(fixture->store);
	fixture->store = open_store(fixture->folder, true);
	assert_int_equal(umount(disk), 0);
	assert_int_equal(rmdir(disk), 0);
}

/* Writing to a file without a name would be forgetting. */
static void notices_that_the_database_is_gone(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct outcome outcome;
	char path[FOLDER_SIZE + 32], aside[FOLDER_SIZE + 32];

	(void)snprintf(path, sizeof path, "%s/askwell.db", fixture->folder);
	(void)snprintf(aside, sizeof aside, "%s/big", fixture->folder);
	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(rename(path, aside), 0);
	outcome = put_turn(fixture, &session.id, 1, "one", NULL);
	assert_int_equal(outcome.status, STATUS_UNAVAILABLE);
	assert_string_equal(outcome.key, "store_failed");
	assert_int_equal(rename(aside, path), 0);
	assert_int_equal(put_turn(fixture, &session.id, 1, "one", NULL).status, STATUS_OK);
}

static void write_file(const char *folder, const char *name, const void *data, size_t length, long offset)
{
	char path[FOLDER_SIZE + 32];
	FILE *file;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, offset ? "r+" : "w");
	assert_non_null(file);
	assert_int_equal(fseek(file, offset, SEEK_SET), 0);
	assert_int_equal(fwrite(data, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void refuses_to_open(const char *folder, enum status status, const char *key)
{
	struct store_options options = {.folder = folder, .ephemeral_sync = true};
	struct store *store = NULL;
	struct error error = {0};

	assert_int_equal(store_open(&options, &store, &error), status);
	assert_string_equal(error.key, key);
	assert_true(strlen(error.text) > 20);
	assert_null(store);
}

static void folders_that_cannot_be_used(void **state)
{
	struct fixture *fixture = *state;
	char path[FOLDER_SIZE + 64];

	refuses_to_open(fixture->folder, STATUS_CONFLICT, "folder_in_use");
	(void)snprintf(path, sizeof path, "%s/askwell.lock", fixture->folder);
	refuses_to_open(path, STATUS_INVALID, "not_a_folder");
	(void)snprintf(path, sizeof path, "%s/askwell.lock/inside", fixture->folder);
	refuses_to_open(path, STATUS_INVALID, "not_a_folder");
	(void)snprintf(path, sizeof path, "%s/not/there", fixture->folder);
	refuses_to_open(path, STATUS_UNAVAILABLE, "folder_missing");
}

static void a_folder_without_write_access(void **state)
{
	char folder[FOLDER_SIZE];
	int result = 0;
	pid_t child;

	(void)state;
	make_folder(folder);
	assert_int_equal(chmod(folder, 0555), 0);
	child = fork();
	if (child == 0) {
		struct store_options options = {.folder = folder};
		struct store *store = NULL;
		struct error error = {0};

		if (geteuid() == 0 && setuid(65534))
			_exit(2);
		_exit(store_open(&options, &store, &error) == STATUS_UNAVAILABLE &&
					strcmp(error.key, "folder_read_only") == 0
				? 0
				: 1);
	}
	assert_int_equal(waitpid(child, &result, 0), child);
	assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
	assert_int_equal(chmod(folder, 0700), 0);
	remove_folder(folder);
}

static void its_files_are_private(void **state)
{
	static const char *const names[] = {"askwell.db", "askwell.db-wal", "askwell.db-shm", "askwell.lock"};
	struct fixture *fixture = *state;
	char path[FOLDER_SIZE + 64];
	struct stat info;
	struct store *store;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", fixture->folder, names[i]);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
	}
	(void)snprintf(path, sizeof path, "%s/new", fixture->folder);
	store = open_store(path, true);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	store_close(store);
	remove_folder(path);
}

static void databases_that_cannot_be_used(void **state)
{
	/* The header of an SQLite file of another program, and one whose pages say nothing. */
	struct fixture *fixture = *state;
	char garbage[8192];
	struct store_reader *reader = NULL;
	struct error error = {0};

	memset(garbage, 0x5a, sizeof garbage);
	store_close(fixture->store);
	fixture->store = NULL;
	write_file(fixture->folder, "askwell.db", garbage, 4, 68); /* the application's id in the header */
	refuses_to_open(fixture->folder, STATUS_CORRUPT, "store_foreign");
	write_file(fixture->folder, "askwell.db", garbage, 60, 100); /* the first page's tree */
	refuses_to_open(fixture->folder, STATUS_CORRUPT, "store_corrupt");
	write_file(fixture->folder, "askwell.db", garbage, sizeof garbage, 0);
	refuses_to_open(fixture->folder, STATUS_CORRUPT, "store_corrupt");
	assert_int_equal(store_reader_open(fixture->folder, &reader, &error), STATUS_CORRUPT);
	assert_string_equal(error.key, "store_corrupt");
}

static void a_newer_format_is_left_alone(void **state)
{
	struct fixture *fixture = *state;
	struct store_reader *reader = NULL;
	struct error error = {0};
	char path[FOLDER_SIZE + 32];
	sqlite3 *db = NULL;

	store_close(fixture->store);
	fixture->store = NULL;
	(void)snprintf(path, sizeof path, "%s/askwell.db", fixture->folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO schema_version VALUES (99, 0)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	refuses_to_open(fixture->folder, STATUS_CONFLICT, "store_too_new");
	assert_int_equal(store_reader_open(fixture->folder, &reader, &error), STATUS_CONFLICT);
	assert_string_equal(error.key, "store_too_new");
}

/* Another program that holds the database for long: refused after a while, and taken again when it lets go. */
static void another_program_holds_the_database(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	struct outcome outcome;
	char path[FOLDER_SIZE + 32];
	sqlite3 *db = NULL;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	(void)snprintf(path, sizeof path, "%s/askwell.db", fixture->folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	outcome = put_turn(fixture, &session.id, 1, "one", NULL);
	assert_int_equal(outcome.status, STATUS_UNAVAILABLE);
	assert_string_equal(outcome.key, "store_failed");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(put_turn(fixture, &session.id, 1, "one", NULL).status, STATUS_OK);
}

/* Damage inside shows when the last stop was not clean. */
static void damage_is_looked_for_after_a_kill(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture);
	char garbage[4096];

	memset(garbage, 0x5a, sizeof garbage);
	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	store_close(fixture->store);
	fixture->store = NULL;
	(void)write_until_killed(fixture->folder, &session.id, 1000);
	write_file(fixture->folder, "askwell.db", garbage, sizeof garbage, 4096L * 6);
	refuses_to_open(fixture->folder, STATUS_CORRUPT, "store_corrupt");
}

static void readers_need_a_store(void **state)
{
	char folder[FOLDER_SIZE];
	struct store_reader *reader = NULL;
	struct error error = {0};

	(void)state;
	make_folder(folder);
	assert_int_equal(store_reader_open(folder, &reader, &error), STATUS_NOT_FOUND);
	assert_string_equal(error.key, "store_missing");
	write_file(folder, "askwell.db", "", 0, 0);
	error_clear(&error);
	assert_int_equal(store_reader_open(folder, &reader, &error), STATUS_NOT_FOUND);
	assert_null(reader);
	remove_folder(folder);
	store_reader_close(NULL);
	store_close(NULL);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

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
		WITH_STORE(people_sign_in_until_they_expire),
		WITH_STORE(lists_the_newest_sessions_first),
		WITH_STORE(reads_while_writing),
		WITH_STORE(the_log_does_not_grow_without_bound),
		WITH_STORE(nothing_acknowledged_is_lost_when_killed),
		WITH_STORE(goes_on_after_a_full_disk),
		WITH_STORE(goes_on_after_a_small_disk_was_full),
		WITH_STORE(notices_that_the_database_is_gone),
		WITH_STORE(folders_that_cannot_be_used),
		cmocka_unit_test(a_folder_without_write_access),
		WITH_STORE(its_files_are_private),
		WITH_STORE(databases_that_cannot_be_used),
		WITH_STORE(a_newer_format_is_left_alone),
		WITH_STORE(another_program_holds_the_database),
		WITH_STORE(damage_is_looked_for_after_a_kill),
		cmocka_unit_test(readers_need_a_store),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
