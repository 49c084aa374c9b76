/* SPDX-License-Identifier: Apache-2.0 */
/* The use cases on a small library and a real store in temporary folders. */
#include "practice_fixture.h"

static void a_conversation_is_held_and_read_back(void **state)
{
	struct room *room = *state;
	json_t *began = start(room, "late_trains");
	json_t *turn = say(room, 1, "What would you like to get from our time today?"), *seen;

	assert_true(json_array_size(json_object_get(began, "opening")) > 0);
	assert_int_equal(number_of(began, "next"), 1);
	assert_int_equal(number_of(turn, "turn"), 1);
	assert_string_equal(text_of(turn, "kind"), "say");
	assert_true(json_array_size(json_object_get(turn, "reply")) > 0);
	assert_true(json_array_size(json_object_get(turn, "labels")) > 0);
	seen = view(room);
	assert_int_equal(number_of(seen, "next"), 2);
	assert_true(json_equal(json_array_get(json_object_get(seen, "turns"), 0), turn));
	assert_true(json_equal(json_object_get(seen, "opening"), json_object_get(began, "opening")));
	json_decref(began);
	json_decref(turn);
	json_decref(seen);
}

static void the_same_turn_twice_gives_the_stored_answer(void **state)
{
	struct room *room = *state;
	json_t *first, *again;

	json_decref(start(room, "late_trains"));
	first = say(room, 1, "How has this year been for you?");
	again = say(room, 1, "How has this year been for you?");
	assert_true(json_equal(first, again));
	refuse_say(room, 1, "Something else.", 15, STATUS_CONFLICT, "turn_taken");
	refuse_say(room, 3, "Too far ahead.", 14, STATUS_CONFLICT, "turn_out_of_order");
	refuse_say(room, 0, "None.", 5, STATUS_CONFLICT, "turn_out_of_order");
	json_decref(first);
	json_decref(again);
}

static void the_same_turn_at_once_is_kept_once(void **state)
{
	struct room *room = *state;
	static const char text[] = "What is this really about?";
	struct answer first = {0}, second = {0};
	json_t *seen;

	json_decref(start(room, "late_trains"));
	practice_say(room->practice, &room->person, &room->session, 1, text, sizeof text - 1, keep_answer, &first);
	practice_say(room->practice, &room->person, &room->session, 1, text, sizeof text - 1, keep_answer, &second);
	finish(room);
	assert_true(json_equal(first.json, second.json));
	seen = view(room);
	assert_int_equal(json_array_size(json_object_get(seen, "turns")), 1);
	json_decref(first.json);
	json_decref(second.json);
	json_decref(seen);
}

static void what_cannot_be_said_is_refused(void **state)
{
	struct room *room = *state;
	char *longest = memory_new(4002);

	json_decref(start(room, "late_trains"));
	memset(longest, 'a', 4001);
	refuse_say(room, 1, "", 0, STATUS_INVALID, "text_empty");
	refuse_say(room, 1, " \n\t", 3, STATUS_INVALID, "text_empty");
	refuse_say(room, 1, "a\0b", 3, STATUS_INVALID, "text_has_control");
	refuse_say(room, 1, "a\xff", 2, STATUS_INVALID, "text_not_utf8");
	refuse_say(room, 1, longest, 4001, STATUS_TOO_LARGE, "text_too_long");
	longest[4000] = '\0';
	json_decref(say(room, 1, longest));
	free(longest);
}

static void other_peoples_conversations_do_not_exist(void **state)
{
	struct room *room = *state;
	struct practice_person other;
	struct answer answers[4] = {0};
	struct id unknown = id_new();

	json_decref(start(room, "late_trains"));
	sign_in(room, &other);
	practice_open_session(room->practice, &other, &room->session, keep_answer, &answers[0]);
	expect_error(room, &answers[0], STATUS_NOT_FOUND, "session_not_found");
	practice_open_session(room->practice, &other, &unknown, keep_answer, &answers[1]);
	expect_error(room, &answers[1], STATUS_NOT_FOUND, "session_not_found");
	assert_string_equal(answers[0].error.text, answers[1].error.text);
	practice_say(room->practice, &other, &room->session, 1, "Hello", 5, keep_answer, &answers[2]);
	expect_error(room, &answers[2], STATUS_NOT_FOUND, "session_not_found");
	practice_start(room->practice, &other, &room->session, "late_trains", 1, NULL, keep_answer, &answers[3]);
	expect_error(room, &answers[3], STATUS_NOT_FOUND, "session_not_found");
}

static void a_retake_goes_back_and_keeps_both_attempts(void **state)
{
	struct room *room = *state;
	struct answer retaken = {0}, wrong = {0};
	json_t *first, *second, *seen, *turns;

	json_decref(start(room, "late_trains"));
	first = say(room, 1, "You should just resign.");
	practice_retake(room->practice, &room->person, &room->session, 2, 9, keep_answer, &wrong);
	expect_error(room, &wrong, STATUS_INVALID, wrong.error.key);
	practice_retake(room->practice, &room->person, &room->session, 2, 1, keep_answer, &retaken);
	assert_int_equal(number_of(expect_ok(room, &retaken), "to"), 1);
	second = say(room, 3, "What would you like to be different by the summer?");
	seen = view(room);
	turns = json_object_get(seen, "turns");
	assert_int_equal(json_array_size(turns), 3);
	assert_true(json_is_true(json_object_get(json_array_get(turns, 0), "set_aside")));
	assert_null(json_object_get(json_array_get(turns, 1), "set_aside"));
	assert_true(json_equal(json_array_get(turns, 2), second));
	json_decref(first);
	json_decref(retaken.json);
	json_decref(second);
	json_decref(seen);
}

static void an_end_is_final_until_a_retake(void **state)
{
	struct room *room = *state;
	struct answer ended = {0}, retaken = {0}, debrief = {0};
	json_t *seen;

	json_decref(start(room, "late_trains"));
	json_decref(say(room, 1, "What brings you here?"));
	practice_end(room->practice, &room->person, &room->session, 2, keep_answer, &ended);
	assert_true(json_is_object(json_object_get(expect_ok(room, &ended), "ended")));
	refuse_say(room, 3, "One more thing.", 15, STATUS_ENDED, "session_ended");
	practice_debrief(room->practice, &room->person, &room->session, 0, keep_answer, &debrief);
	assert_int_equal(number_of(expect_ok(room, &debrief), "messages"), 1);
	seen = view(room);
	assert_true(json_is_string(json_object_get(seen, "ended")));
	json_decref(seen);
	practice_retake(room->practice, &room->person, &room->session, 3, 1, keep_answer, &retaken);
	json_decref(expect_ok(room, &retaken));
	json_decref(say(room, 4, "How are you today?"));
	seen = view(room);
	assert_true(json_is_null(json_object_get(seen, "ended")));
	json_decref(seen);
	json_decref(ended.json);
	json_decref(debrief.json);
}

static void a_restart_goes_on_where_it_was(void **state)
{
	struct room *room = *state;
	struct practice_person person = room->person;
	json_t *before, *after, *next;

	json_decref(start(room, "late_trains"));
	json_decref(say(room, 1, "What would be most useful to talk about?"));
	json_decref(say(room, 2, "It sounds like the commute wears you out."));
	before = view(room);
	practice_close(room->practice);
	open_room(room);
	room->person = person;
	after = view(room);
	assert_true(json_equal(before, after));
	next = say(room, 3, "What else is part of this?");
	assert_int_equal(number_of(next, "turn"), 3);
	json_decref(before);
	json_decref(after);
	json_decref(next);
}

/* Private details never reach the disk. */
static void what_looks_like_a_real_person_is_masked(void **state)
{
	struct room *room = *state;
	json_t *turn;

	json_decref(start(room, "late_trains"));
	turn = say(room, 1, "Can I write to you at marian.real@example.org or at real@example.net?");
	assert_null(strstr(text_of(turn, "text"), "example.org"));
	assert_null(strstr(text_of(turn, "text"), "example.net"));
	assert_int_equal(number_of(turn, "masked"), 2);
	json_decref(turn);
}

struct exported {
	int count;
	enum status status;
	char name[96];
	char *body;
};

static void keep_export(void *user, enum status status, const struct error *error, const char *name, const char *type,
	const char *body, size_t length)
{
	struct exported *exported = user;

	(void)error;
	(void)type;
	exported->count++;
	exported->status = status;
	snprintf(exported->name, sizeof exported->name, "%s", name ? name : "");
	exported->body = body ? memory_copy(body, length) : NULL;
}

static void exports_say_what_they_are(void **state)
{
	struct room *room = *state;
	static const char *const formats[] = {"md", "html", "json"};

	json_decref(start(room, "late_trains"));
	json_decref(say(room, 1, "What matters <b>most</b> to you in this?"));
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct exported exported = {0};

		practice_export(room->practice, &room->person, &room->session, formats[i], keep_export, &exported);
		finish(room);
		assert_int_equal(exported.count, 1);
		assert_int_equal(exported.status, STATUS_OK);
		assert_non_null(
			strstr(exported.body, "Simulated practice with a scripted character; not coaching hours."));
		assert_non_null(strstr(exported.name, formats[i]));
		if (strcmp(formats[i], "json") != 0)
			assert_null(strstr(exported.body, "<b>most</b>"));
		free(exported.body);
	}
}

static void many_sessions_share_the_writer(void **state)
{
	struct room *room = *state;
	enum { SESSIONS = 50, TURNS = 10 };
	static struct answer answers[SESSIONS][TURNS];
	struct id sessions[SESSIONS];
	struct practice_figures figures;

	for (int s = 0; s < SESSIONS; s++) {
		sessions[s] = id_new();
		room->session = sessions[s];
		json_decref(start(room, "late_trains"));
	}
	for (int t = 0; t < TURNS; t++)
		for (int s = 0; s < SESSIONS; s++)
			practice_say(room->practice, &room->person, &sessions[s], (uint32_t)t + 1, "What else?", 10,
				keep_answer, &answers[s][t]);
	finish(room);
	for (int s = 0; s < SESSIONS; s++)
		for (int t = 0; t < TURNS; t++) {
			assert_int_equal(answers[s][t].status, STATUS_OK);
			assert_int_equal(number_of(answers[s][t].json, "turn"), t + 1);
			json_decref(answers[s][t].json);
		}
	practice_figures(room->practice, &figures);
	assert_int_equal(figures.store_failures, 0);
	assert_int_equal(
		figures.writes, 1 + SESSIONS + SESSIONS * TURNS); /* writes: the person, the sessions, the turns */
}

/* Two windows: one begins the conversation, the other one looks for it already. */
static void a_start_is_not_lost_to_a_look(void **state)
{
	struct room *room = *state;

	for (int i = 0; i < 40; i++) {
		struct answer looked = {0}, began = {0};

		room->session = id_new();
		if (i % 2)
			practice_open_session(room->practice, &room->person, &room->session, keep_answer, &looked);
		practice_start(
			room->practice, &room->person, &room->session, "late_trains", 7, NULL, keep_answer, &began);
		if (i % 2 == 0)
			practice_open_session(room->practice, &room->person, &room->session, keep_answer, &looked);
		json_decref(expect_ok(room, &began));
		assert_int_equal(looked.count, 1);
		json_decref(looked.json);
		json_decref(say(room, 1, "What matters most to you?"));
	}
}

static void put_unusable(struct room *room, const struct id *session)
{
	const struct store_options options = {.folder = room->folder};
	const struct store_version script = {"hash of a script", "dialogue", "gone", "{\"script\":\"{}\"}", 15};
	const struct store_version pack = {"hash of a pack", "pack", "en", "{}", 2};
	const struct store_session row = {.id = *session,
		.organisation = room->person.organisation,
		.person = room->person.id,
		.script = "gone",
		.script_hash = script.hash,
		.pack_hash = pack.hash,
		.seed = 1,
		.started_ms = 1795300000000};
	struct error error = {0};
	struct store *store = NULL;

	if (store_open(&options, &store, &error) != STATUS_OK)
		fail_msg("%s", error.text);
	assert_true(store_put_session(store, &row, &script, &pack, NULL, NULL));
	store_close(store);
}

/* After years, a stored version may be one that this program no longer understands. */
static void an_unusable_version_fails_alone(void **state)
{
	struct room *room = *state;
	struct id lost = id_new();

	json_decref(start(room, "late_trains"));
	practice_close(room->practice);
	put_unusable(room, &lost);
	open_room(room);
	for (int again = 0; again < 2; again++) {
		struct answer opened = {0}, said = {0}, listed = {0};

		practice_open_session(room->practice, &room->person, &lost, keep_answer, &opened);
		expect_error(room, &opened, STATUS_CORRUPT, "version_unusable");
		practice_say(room->practice, &room->person, &lost, 1, "Hello?", 6, keep_answer, &said);
		expect_error(room, &said, STATUS_CORRUPT, "version_unusable");
		practice_sessions(room->practice, &room->person, keep_answer, &listed);
		assert_int_equal(json_array_size(json_object_get(expect_ok(room, &listed), "sessions")), 2);
		json_decref(listed.json);
	}
	json_decref(say(room, 1, "What matters most to you?"));
}

struct flood {
	struct practice *practice;
	bool rising;
};

static void flood_again(void *user, enum status status, const struct error *error, const char *token)
{
	struct flood *flood = user;

	(void)error;
	(void)token;
	if (flood->rising && status == STATUS_OK)
		practice_sign_in_local(flood->practice, flood_again, flood);
}

/* The store takes nothing more while a retake is on its way to it: it is refused, and so is what waits behind it. */
static void a_full_store_leaves_nobody_waiting(void **state)
{
	enum { WRITES = 65536 };
	struct room *room = *state;
	struct flood flood = {room->practice, true};
	struct answer retake = {0}, behind = {0};

	json_decref(start(room, "late_trains"));
	json_decref(say(room, 1, "What matters most to you?"));
	practice_retake(room->practice, &room->person, &room->session, 2, 1, keep_answer, &retake);
	practice_hint(room->practice, &room->person, &room->session, 2, keep_answer, &behind);
	for (int i = 0; i < WRITES; i++)
		practice_sign_in_local(room->practice, flood_again, &flood);
	while (!retake.count)
		practice_drain(room->practice);
	flood.rising = false;
	assert_int_equal(behind.count, 1);
	expect_error(room, &retake, STATUS_LIMIT, "server_busy");
	assert_int_equal(behind.status, STATUS_LIMIT);
	json_decref(say(room, 2, "What else?"));
}

static json_t *list(struct room *room)
{
	struct answer answer = {0};

	practice_library(room->practice, keep_answer, &answer);
	return expect_ok(room, &answer);
}

/* Content that was checked is not checked again at each start, and is listed as it was; any change of it is. */
static void checked_content_is_remembered(void **state)
{
	struct room *room = *state;
	struct practice_person person = room->person;
	char mark[MARK_SIZE] = "", again[MARK_SIZE] = "", damaged[MARK_SIZE] = "";
	json_t *first = list(room), *other, *brief;
	struct answer asked = {0};

	read_mark(room->folder, mark);
	assert_non_null(strstr(mark, "\n{\"cases\":["));
	memcpy(damaged, mark, sizeof mark);
	memcpy(strstr(damaged, "\"title\":\""), "\"title\":\"?", 10);
	damaged[strlen(damaged) - 3] = '?';
	for (const char *const *text = (const char *const[]){"of another day\n", damaged, "", mark, NULL}; *text;
		text++) {
		write_mark(room->folder, *text);
		practice_close(room->practice);
		open_room(room);
		room->person = person;
		other = list(room);
		assert_true(json_equal(first, other));
		json_decref(other);
		read_mark(room->folder, again);
		assert_string_equal(mark, again);
	}
	/* A case is compiled when it is asked for, and so is one that a conversation begins with. */
	practice_case(
		room->practice, text_of(json_array_get(json_object_get(first, "cases"), 0), "id"), keep_answer, &asked);
	assert_int_equal(asked.count, 0);
	brief = expect_ok(room, &asked);
	assert_string_equal(
		text_of(brief, "title"), text_of(json_array_get(json_object_get(first, "cases"), 0), "title"));
	json_decref(brief);
	json_decref(first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_conversation_is_held_and_read_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_same_turn_twice_gives_the_stored_answer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_same_turn_at_once_is_kept_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_said_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_peoples_conversations_do_not_exist, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_retake_goes_back_and_keeps_both_attempts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_end_is_final_until_a_retake, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_restart_goes_on_where_it_was, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_looks_like_a_real_person_is_masked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(exports_say_what_they_are, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_sessions_share_the_writer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(checked_content_is_remembered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_start_is_not_lost_to_a_look, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_unusable_version_fails_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_store_leaves_nobody_waiting, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, make_content, remove_content);
}
