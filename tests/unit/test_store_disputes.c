/* SPDX-License-Identifier: Apache-2.0 */
/* Disputes as rows: one for each label, kept in order, ruled on from beside the store; and the step from a database of
 * before there were any. */
#include "store_fixture.h"

static struct dispute make_dispute(const struct id *session, uint32_t turn, unsigned label, const char *proposed)
{
	return (struct dispute){.id = id_new(),
		.session = *session,
		.turn = turn,
		.label = label,
		.start = 2,
		.end = 9,
		.technique = "advice_direct",
		.proposed = proposed,
		.note = "Ich meinte es als Frage. \xf0\x9f\x99\x82",
		.at_ms = 7000 + turn};
}

static struct outcome put_dispute(struct fixture *fixture, const struct dispute *dispute)
{
	struct outcome outcome = {0};

	assert_true(store_put_dispute(fixture->store, dispute, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

/* A conversation of two turns. */
static struct id begin(struct fixture *fixture)
{
	struct store_session session = make_session(fixture);

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &session.id, 1, "You should rest.", NULL).status, STATUS_OK);
	assert_int_equal(put_turn(fixture, &session.id, 2, "What else?", NULL).status, STATUS_OK);
	return session.id;
}

static struct dispute *read_all(
	struct fixture *fixture, const struct id *session, bool open_only, struct arena *arena, size_t *count)
{
	struct store_reader *reader = open_reader(fixture->folder);
	struct dispute *disputes = NULL;

	assert_int_equal(session ? store_read_session_disputes(reader, session, arena, &disputes, count, NULL)
				 : store_read_disputes(reader, open_only, arena, &disputes, count, NULL),
		STATUS_OK);
	store_reader_close(reader);
	return disputes;
}

static enum status rule(struct fixture *fixture, const struct id *id, struct error *error)
{
	struct dispute ruling = {
		.id = *id, .ruling = "open_question", .form = "open", .why = "It asks.", .by = "Jo", .ruled_ms = 9000};

	return store_rule_dispute(fixture->folder, &ruling, error);
}

static void test_raised_replaced_withdrawn(void **state)
{
	struct fixture *fixture = *state;
	struct id session = begin(fixture);
	struct dispute dispute = make_dispute(&session, 1, 0, "open_question"),
		       again = make_dispute(&session, 1, 0, NULL);
	struct arena *arena = arena_new(0);
	struct dispute *found;
	size_t count = 0;

	assert_int_equal(put_dispute(fixture, &dispute).status, STATUS_OK);
	found = read_all(fixture, &session, false, arena, &count);
	assert_int_equal(count, 1);
	assert_true(id_equal(&found->id, &dispute.id));
	assert_true(id_equal(&found->session, &session));
	assert_int_equal(found->turn, 1);
	assert_int_equal(found->start, 2);
	assert_int_equal(found->end, 9);
	assert_string_equal(found->technique, "advice_direct");
	assert_string_equal(found->proposed, "open_question");
	assert_string_equal(found->note, dispute.note);
	assert_int_equal(found->at_ms, 7001);
	assert_int_equal(dispute_state(found), DISPUTE_OPEN);
	assert_null(found->ruling);

	again.at_ms = 8000;
	again.note = "";
	assert_int_equal(put_dispute(fixture, &again).status, STATUS_OK);
	found = read_all(fixture, NULL, true, arena, &count);
	assert_int_equal(count, 1);
	assert_true(id_equal(&found->id, &dispute.id));
	assert_null(found->proposed);
	assert_string_equal(found->note, "");
	assert_int_equal(found->at_ms, 8000);

	again.withdrawn_ms = 8100;
	assert_int_equal(put_dispute(fixture, &again).status, STATUS_OK);
	again.withdrawn_ms = 8200;
	assert_int_equal(put_dispute(fixture, &again).status, STATUS_OK);
	found = read_all(fixture, &session, false, arena, &count);
	assert_int_equal(count, 1);
	assert_int_equal(dispute_state(found), DISPUTE_WITHDRAWN);
	assert_int_equal(found->withdrawn_ms, 8100);
	(void)read_all(fixture, NULL, false, arena, &count);
	assert_int_equal(count, 0);

	assert_int_equal(put_dispute(fixture, &dispute).status, STATUS_OK);
	found = read_all(fixture, NULL, true, arena, &count);
	assert_int_equal(count, 1);
	assert_int_equal(dispute_state(found), DISPUTE_OPEN);
	arena_free(arena);
}

static void test_refused(void **state)
{
	struct fixture *fixture = *state;
	struct id session = begin(fixture), nobody = id_new();
	struct dispute cases[] = {make_dispute(&nobody, 1, 0, NULL), make_dispute(&session, 3, 0, NULL),
		make_dispute(&session, 1, 0, NULL)};
	const char *const keys[] = {"turn_not_found", "turn_not_found", "dispute_not_found"};

	cases[2].withdrawn_ms = 8000;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct outcome outcome = put_dispute(fixture, &cases[i]);

		assert_int_equal(outcome.status, STATUS_NOT_FOUND);
		assert_string_equal(outcome.key, keys[i]);
	}
	cases[1].turn = 1;
	cases[1].end = 1;
	assert_string_equal(put_dispute(fixture, &cases[1]).key, "dispute_invalid");
}

static void test_ruled_beside_the_server(void **state)
{
	struct fixture *fixture = *state;
	struct id session = begin(fixture), unknown = id_new();
	struct dispute dispute = make_dispute(&session, 1, 0, "open_question"),
		       other = make_dispute(&session, 2, 1, NULL);
	struct arena *arena = arena_new(0);
	struct error error = {0};
	struct dispute *found;
	size_t count = 0;

	assert_int_equal(put_dispute(fixture, &other).status, STATUS_OK);
	assert_int_equal(put_dispute(fixture, &dispute).status, STATUS_OK);
	found = read_all(fixture, NULL, true, arena, &count);
	assert_int_equal(count, 2);
	assert_true(id_equal(&found[0].id, &dispute.id)); /* said earlier, though put later */

	assert_int_equal(rule(fixture, &dispute.id, &error), STATUS_OK);
	found = read_all(fixture, &session, false, arena, &count);
	assert_int_equal(count, 2);
	assert_int_equal(dispute_state(&found[0]), DISPUTE_RULED);
	assert_string_equal(found[0].ruling, "open_question");
	assert_string_equal(found[0].form, "open");
	assert_string_equal(found[0].why, "It asks.");
	assert_string_equal(found[0].by, "Jo");
	assert_int_equal(found[0].ruled_ms, 9000);
	(void)read_all(fixture, NULL, true, arena, &count);
	assert_int_equal(count, 1);
	(void)read_all(fixture, NULL, false, arena, &count);
	assert_int_equal(count, 2);

	assert_int_equal(rule(fixture, &dispute.id, &error), STATUS_CONFLICT);
	assert_string_equal(error.key, "dispute_ruled");
	error_clear(&error);
	assert_int_equal(rule(fixture, &unknown, &error), STATUS_NOT_FOUND);
	assert_string_equal(error.key, "dispute_not_found");
	error_clear(&error);
	other.withdrawn_ms = 8000;
	assert_int_equal(put_dispute(fixture, &other).status, STATUS_OK);
	assert_int_equal(rule(fixture, &other.id, &error), STATUS_CONFLICT);
	assert_string_equal(error.key, "dispute_withdrawn");

	assert_string_equal(put_dispute(fixture, &dispute).key, "dispute_ruled");
	dispute.withdrawn_ms = 9999;
	assert_string_equal(put_dispute(fixture, &dispute).key, "dispute_ruled");
	assert_int_equal(put_turn(fixture, &session, 3, "And now?", NULL).status, STATUS_OK);
	arena_free(arena);
}

static void test_ruling_without_a_store(void **state)
{
	struct dispute ruling = {.ruling = "summary", .form = "none", .why = "w", .ruled_ms = 1};
	struct error error = {0};

	(void)state;
	assert_int_equal(store_rule_dispute("/nowhere/at/all", &ruling, &error), STATUS_NOT_FOUND);
	assert_string_equal(error.key, "store_missing");
}

/* What a database of format 1 is: the same without the table. */
static void make_old(const char *folder)
{
	char path[FOLDER_SIZE + 16];
	sqlite3 *db = NULL;

	(void)snprintf(path, sizeof path, "%s/askwell.db", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				 "DROP TABLE note; ALTER TABLE session DROP COLUMN pair; DROP TABLE dispute; DELETE "
				 "FROM schema_version WHERE version > 1",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
}

static void test_old_database_is_brought_up_to_date(void **state)
{
	struct fixture *fixture = *state;
	struct id session = begin(fixture);
	struct dispute dispute = make_dispute(&session, 2, 0, "summary");
	struct arena *arena = arena_new(0);
	struct store_reader *reader = NULL;
	struct store_turn turn;
	struct error error = {0};
	size_t count = 0;

	store_close(fixture->store);
	make_old(fixture->folder);
	assert_int_equal(store_reader_open(fixture->folder, &reader, &error), STATUS_CONFLICT);
	assert_string_equal(error.key, "store_too_old");
	error_clear(&error);
	assert_int_equal(rule(fixture, &dispute.id, &error), STATUS_CONFLICT);

	fixture->store = open_store(fixture->folder, true);
	reader = open_reader(fixture->folder);
	assert_int_equal(store_read_turn(reader, &session, 2, arena, &turn, NULL), STATUS_OK);
	assert_string_equal(turn.turn.text, "What else?");
	store_reader_close(reader);
	assert_int_equal(put_dispute(fixture, &dispute).status, STATUS_OK);
	(void)read_all(fixture, &session, false, arena, &count);
	assert_int_equal(count, 1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(test_raised_replaced_withdrawn),
		WITH_STORE(test_refused),
		WITH_STORE(test_ruled_beside_the_server),
		cmocka_unit_test(test_ruling_without_a_store),
		WITH_STORE(test_old_database_is_brought_up_to_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
