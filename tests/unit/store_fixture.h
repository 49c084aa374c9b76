/* SPDX-License-Identifier: Apache-2.0 */
/* A store in a folder of its own, with one person who has begun a conversation. */
#ifndef ASKWELL_TESTS_STORE_FIXTURE_H
#define ASKWELL_TESTS_STORE_FIXTURE_H

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

static inline void note(void *user, enum status status, const struct error *error)
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

static inline void make_folder(char out[FOLDER_SIZE])
{
	(void)snprintf(out, FOLDER_SIZE, "/tmp/askwell_store.XXXXXX");
	assert_non_null(mkdtemp(out));
}

static inline void remove_folder(const char *folder)
{
	static const char *const names[] = {"askwell.db", "askwell.db-wal", "askwell.db-shm", "askwell.lock", "big"};
	char path[FOLDER_SIZE + 320];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

static inline struct store *open_store(const char *folder, bool ephemeral)
{
	struct store_options options = {.folder = folder, .ephemeral_sync = ephemeral};
	struct store *store = NULL;
	struct error error = {0};

	if (store_open(&options, &store, &error))
		fail_msg("store_open: %s: %s", error.key, error.text);
	return store;
}

static inline void settle(struct store *store)
{
	while (store_wait(store))
		;
	assert_int_equal(store_pending(store), 0);
}

static inline struct store_person make_person(struct id id, struct id organisation, uint8_t token, int64_t expires)
{
	struct store_person person = {
		.id = id, .organisation = organisation, .created_ms = 1000, .expires_ms = expires};

	memset(person.token_hash, token, sizeof person.token_hash);
	return person;
}

static inline int set_up(void **state)
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

static inline int tear_down(void **state)
{
	struct fixture *fixture = *state;

	store_close(fixture->store);
	remove_folder(fixture->folder);
	free(fixture);
	return 0;
}

static inline struct store_session make_session(const struct fixture *fixture)
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

static inline struct outcome put_session(struct fixture *fixture, const struct store_session *session)
{
	struct outcome outcome = {0};

	assert_true(store_put_session(fixture->store, session, &dialogue_version, &pack_version, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

static inline struct turn make_turn(uint32_t number, const char *text)
{
	struct turn turn = {.number = number, .kind = TURN_SAY, .at_ms = 6000 + number, .text = text};

	turn.text_length = strlen(text);
	return turn;
}

static inline struct outcome put_turn(
	struct fixture *fixture, const struct id *session, uint32_t number, const char *text, const char *ending)
{
	struct outcome outcome = {0};
	struct turn turn = make_turn(number, text);

	assert_true(store_put_turn(fixture->store, session, &turn, "{}", 2, ending, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

static inline struct store_reader *open_reader(const char *folder)
{
	struct store_reader *reader = NULL;
	struct error error = {0};

	if (store_reader_open(folder, &reader, &error))
		fail_msg("store_reader_open: %s: %s", error.key, error.text);
	return reader;
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
