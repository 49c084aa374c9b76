/* SPDX-License-Identifier: Apache-2.0 */
/* What the store does when the world is against it: kill -9, full disks, folders and databases that cannot be used. */
#include "store_fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
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

	return cmocka_run_group_tests_name("store_trouble", tests, NULL, NULL);
}
