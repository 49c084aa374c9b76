/* SPDX-License-Identifier: Apache-2.0 */
/* What trainees write beside conversations, and conversations that belong together. */
#include "store_fixture.h"

static struct outcome put_note(
	struct fixture *fixture, const struct id *session, const char *about, const char *text, int64_t at_ms)
{
	struct outcome outcome = {0};
	struct note written = {.session = *session, .about = about, .text = text, .at_ms = at_ms};

	assert_true(store_put_note(fixture->store, &written, note, &outcome));
	settle(fixture->store);
	assert_int_equal(outcome.calls, 1);
	return outcome;
}

static void test_notes_are_kept_and_replaced(void **state)
{
	struct fixture *fixture = *state;
	struct store_session session = make_session(fixture), other = make_session(fixture);
	struct store_reader *reader = open_reader(fixture->folder);
	struct arena *arena = arena_new(0);
	struct error error = {0};
	struct note *notes = NULL;
	size_t count = 7;

	assert_int_equal(put_session(fixture, &session).status, STATUS_OK);
	assert_int_equal(put_session(fixture, &other).status, STATUS_OK);
	assert_int_equal(store_read_notes(reader, &session.id, arena, &notes, &count, &error), STATUS_OK);
	assert_int_equal(count, 0);
	assert_int_equal(put_note(fixture, &session.id, "whose_idea", "Mine.", 10).status, STATUS_OK);
	assert_int_equal(put_note(fixture, &session.id, "goals.coaching", "Hers: caf\xc3\xa9.", 11).status, STATUS_OK);
	assert_int_equal(put_note(fixture, &other.id, "whose_idea", "Elsewhere.", 12).status, STATUS_OK);
	assert_int_equal(put_note(fixture, &session.id, "whose_idea", "Mine, mostly.", 13).status, STATUS_OK);
	assert_int_equal(store_read_notes(reader, &session.id, arena, &notes, &count, &error), STATUS_OK);
	assert_int_equal(count, 2);
	assert_string_equal(notes[0].about, "whose_idea");
	assert_string_equal(notes[0].text, "Mine, mostly.");
	assert_int_equal(notes[0].at_ms, 13);
	assert_string_equal(notes[1].text, "Hers: caf\xc3\xa9.");
	assert_true(id_equal(&notes[1].session, &session.id));
	store_reader_close(reader);
	arena_free(arena);
}

static void test_a_note_of_no_conversation_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct id nobody = id_new();
	struct outcome outcome = put_note(fixture, &nobody, "whose_idea", "Mine.", 10);

	assert_int_equal(outcome.status, STATUS_NOT_FOUND);
	assert_string_equal(outcome.key, "session_not_found");
}

static void test_a_pair_is_kept(void **state)
{
	struct fixture *fixture = *state;
	struct store_session first = make_session(fixture), second = make_session(fixture), read;
	struct store_reader *reader = open_reader(fixture->folder);
	struct arena *arena = arena_new(0);
	struct error error = {0};

	second.pair = first.id;
	assert_int_equal(put_session(fixture, &first).status, STATUS_OK);
	assert_int_equal(put_session(fixture, &second).status, STATUS_OK);
	assert_int_equal(store_read_session(reader, &second.id, arena, &read, &error), STATUS_OK);
	assert_true(id_equal(&read.pair, &first.id));
	assert_int_equal(store_read_session(reader, &first.id, arena, &read, &error), STATUS_OK);
	assert_true(id_is_zero(&read.pair));
	store_reader_close(reader);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(test_notes_are_kept_and_replaced),
		WITH_STORE(test_a_note_of_no_conversation_is_refused),
		WITH_STORE(test_a_pair_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
