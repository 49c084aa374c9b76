/* SPDX-License-Identifier: Apache-2.0 */
#include "conversation_fixture.h"

#include <jansson.h>

#define SAID(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The counts of one conversation, in the order of the columns below. */
struct counts {
	unsigned messages, telling, permitted, advice, reflections, questions, open, closed, stacked, own_words;
};

static void counts_what_the_definitions_say(void **state)
{
	const struct fixture *f = *state;
	const struct {
		const char *name;
		const char *const *typed;
		struct counts expected;
	} cases[] = {
		{"nothing typed", SAID(NULL), {0}},
		{"an open question", SAID("What matters to you?"), {1, 0, 0, 0, 0, 1, 1, 0, 0, 0}},
		{"a closed question", SAID("Do you like it?"), {1, 0, 0, 0, 0, 1, 0, 1, 0, 0}},
		{"direct advice", SAID("You should rest."), {1, 1, 0, 1, 0, 0, 0, 0, 0, 0}},
		{"advice in a question counts as closed", SAID("Have you tried resting?"),
			{1, 1, 0, 1, 0, 0, 0, 1, 0, 0}},
		{"information is telling, not advice", SAID("There is a course."), {1, 1, 0, 0, 0, 0, 0, 0, 0, 0}},
		{"a story is telling, not advice", SAID("When I was new I was tired."), {1, 1, 0, 0, 0, 0, 0, 0, 0, 0}},
		{"two pieces of advice in one message", SAID("You should rest. You should leave."),
			{1, 1, 0, 2, 0, 0, 0, 0, 0, 0}},
		{"telling that was asked for is counted apart", SAID("May I say something?", "You should rest."),
			{2, 0, 1, 0, 0, 1, 0, 0, 0, 0}},
		{"scaling and commitment are exempt", SAID("Out of ten?", "What will you do?"),
			{2, 0, 0, 0, 0, 2, 0, 0, 0, 0}},
		{"both kinds of reflection", SAID("So you left.", "Part of you wants to stay."),
			{2, 0, 0, 0, 2, 0, 0, 0, 0, 0}},
		{"sentences of one reflection", SAID("So you left. So you went."), {1, 0, 0, 0, 1, 0, 0, 0, 0, 0}},
		{"a reflection before a question", SAID("So you left. What matters to you?"),
			{1, 0, 0, 0, 1, 1, 1, 0, 0, 0}},
		{"two questions are stacked", SAID("What matters to you? Do you like it?"),
			{1, 0, 0, 0, 0, 2, 1, 1, 1, 0}},
		{"a hint and the end are not messages", SAID("What matters to you?", "/hint", "/end"),
			{1, 0, 0, 0, 0, 1, 1, 0, 0, 0}},
		{"what a retake set aside does not count",
			SAID("You should rest.", "/retake 1", "What matters to you?"), {1, 0, 0, 0, 0, 1, 1, 0, 0, 0}},
		{"a message about safety does not count", SAID("I can't go on.", "What matters to you?"),
			{1, 0, 0, 0, 0, 1, 1, 0, 0, 0}},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;
		const struct debrief *got = &talk.debrief;

		conversation_hold(f, f->dialogue, cases[i].typed, &talk);
		{
			const struct counts counts = {got->messages, got->telling, got->telling_permitted, got->advice,
				got->reflections, got->questions, got->open_questions, got->closed_questions,
				got->stacked, cases[i].expected.own_words};

			if (memcmp(&counts, &cases[i].expected, sizeof counts) != 0)
				fail_msg("%s: messages %u telling %u permitted %u advice %u reflections %u questions "
					 "%u open %u "
					 "closed %u stacked %u",
					cases[i].name, counts.messages, counts.telling, counts.permitted, counts.advice,
					counts.reflections, counts.questions, counts.open, counts.closed,
					counts.stacked);
		}
		conversation_clear(&talk);
	}
}

static void words_and_what_was_taken_up(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;

	/* Every opening speaks of something late; the second message takes up nothing. */
	conversation_hold(f, f->dialogue, SAID("So you are late again.", "Marmalade is nice."), &talk);
	assert_int_equal(talk.debrief.words, 8);
	assert_int_equal(talk.debrief.own_words, 1);
	assert_int_equal(talk.debrief.mix[TECHNIQUE_SIMPLE_REFLECTION], 1);
	assert_int_equal(talk.debrief.mix[TECHNIQUE_OPEN_QUESTION], 0);
	conversation_clear(&talk);
}

static void the_path_follows_the_stages(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	const struct debrief_stage *path;

	conversation_hold(f, f->dialogue,
		SAID("What matters to you?", "What is happening now?", "/hint", "Tell me more.", "What do you want?"),
		&talk);
	path = talk.debrief.path;
	assert_int_equal(talk.debrief.path_count, 3);
	assert_int_equal(path[0].stage, 0);
	assert_int_equal(path[0].from_turn, 1);
	assert_int_equal(path[0].to_turn, 1);
	assert_int_equal(path[1].stage, 1);
	assert_int_equal(path[1].from_turn, 2);
	assert_int_equal(path[1].to_turn, 4);
	assert_int_equal(path[2].stage, 0);
	assert_int_equal(path[2].from_turn, 5);
	conversation_clear(&talk);
}

/* The answer about the evenings offers a word; the opening, without its own, does not. */
static void cues_are_followed_within_four_messages_and_after_that_late(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script =
		fixture_edit(f->arena, &f->script, "Another late train. I am worn out.", "Another late train.");
	struct dialogue *quiet = NULL;
	const struct {
		const char *const *typed;
		uint32_t followed, late, heard;
	} cases[] = {
		{SAID("What about the evening?"), 0, 0, 0},
		{SAID("What about the evening?", "So you left."), 0, 0, 2},
		{SAID("What about the evening?", "Marmalade.", "So you left."), 0, 0, 0},
		{SAID("What about the evening?", "So you left.", "So you are exhausted."), 3, 0, 0},
		{SAID("What about the evening?", "So you are exhausted."), 2, 0, 0},
		{SAID("What about the evening?", "Marmalade.", "So you are exhausted."), 3, 0, 0},
		{SAID("What about the evening?", "Marmalade.", "Marmalade.", "Marmalade.", "So you are exhausted."), 5,
			0, 0},
		{SAID("What about the evening?", "Marmalade.", "Marmalade.", "Marmalade.", "Marmalade.",
			 "So you are exhausted."),
			0, 6, 0},
		{SAID("What about the evening?", "Marmalade.", "Marmalade.", "Marmalade.", "Marmalade.",
			 "So you are exhausted.", "You were exhausted."),
			0, 6, 0},
		{SAID("What about the evening?", "Marmalade.", "Marmalade.", "Marmalade.", "Marmalade.",
			 "So you are exhausted.", "/retake 6", "Marmalade."),
			0, 0, 0},
		{SAID("What about the evening?", "So you are exhausted.", "Marmalade.", "Marmalade.",
			 "You were exhausted."),
			2, 0, 0},
		{SAID("What about the evening?", "Marmalade.", "/retake 2", "So you are exhausted."), 4, 0, 0},
		{SAID("What about the evening?", "So you are exhausted.", "/retake 2", "Marmalade."), 0, 0, 0},
	};

	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &quiet), STATUS_OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;

		conversation_hold(f, quiet, cases[i].typed, &talk);
		assert_true(talk.debrief.cue_count > 0);
		assert_int_equal(talk.debrief.cues[0].cue, 0);
		assert_int_equal(talk.debrief.cues[0].offered_turn, 1);
		assert_int_equal(talk.debrief.cues[0].followed_turn, cases[i].followed);
		assert_int_equal(talk.debrief.cues[0].late_turn, cases[i].late);
		assert_int_equal(talk.debrief.cues[0].heard_turn, cases[i].heard);
		assert_int_equal(talk.debrief.cues[0].open, i == 0);
		assert_non_null(strstr(talk.debrief.cues[0].line, "I sit"));
		conversation_clear(&talk);
	}
	dialogue_release(quiet);
	findings_free(findings);
}

/* The word comes up in the opening and again: it counts once, and picking it up once is enough. */
static void a_cue_that_comes_again_is_one_cue(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = fixture_edit(f->arena, &f->script,
		"[\"The trains are late and so am I.\", \"Another late train. I am worn out.\", \"It is late again, "
		"all of it.\"]",
		"[\"Another late train. I am worn out.\", \"Late, and I am worn out.\", \"I am worn out.\"]");
	struct dialogue *other = NULL;
	struct conversation talk;

	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &other), STATUS_OK);
	conversation_hold(f, other,
		SAID("Marmalade.", "Marmalade.", "Marmalade.", "Marmalade.", "What about the evening?",
			"So you are exhausted."),
		&talk);
	assert_int_equal(talk.debrief.cue_count, 1);
	assert_int_equal(talk.debrief.cues[0].offered_turn, 5);
	assert_int_equal(talk.debrief.cues[0].followed_turn, 6);
	conversation_clear(&talk);
	conversation_hold(
		f, other, SAID("So you are worn out.", "Marmalade.", "What about the evening?", "Marmalade."), &talk);
	assert_int_equal(talk.debrief.cue_count, 1);
	assert_int_equal(talk.debrief.cues[0].offered_turn, 0);
	assert_int_equal(talk.debrief.cues[0].followed_turn, 1);
	conversation_clear(&talk);
	dialogue_release(other);
	findings_free(findings);
}

static void the_best_moment_has_its_reason(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;

	conversation_hold(
		f, f->dialogue, SAID("You should rest.", "What happens at the station?", "Marmalade."), &talk);
	assert_int_equal(talk.debrief.best_turn, 2);
	assert_string_equal(talk.debrief.best_text, "What happens at the station?");
	assert_non_null(strstr(talk.debrief.best_reason, "open question"));
	assert_non_null(strstr(talk.debrief.best_reason, "Depth went from 0 to 1"));
	assert_non_null(strstr(talk.debrief.best_reason, "It left Ines room"));
	assert_string_equal(talk.debrief.best_because.technique, "Open question");
	assert_string_equal(talk.debrief.best_because.did, "left_room");
	assert_false(talk.debrief.best_because.deepest);
	assert_null(talk.debrief.best_because.taken_up);
	assert_string_equal(talk.debrief.best_because.moved, "Depth");
	assert_int_equal(talk.debrief.best_because.before, 0);
	assert_int_equal(talk.debrief.best_because.after, 1);
	conversation_clear(&talk);

	/* What lies at depth 2 is worth more than what lies at depth 1, though it came first. */
	conversation_hold(f, f->dialogue,
		SAID("So you are late.", "So you are still late.", "What about the station?",
			"What about the evening?"),
		&talk);
	assert_int_equal(dialogue_disclosure_depth(f->dialogue, "platform"), 2);
	assert_int_equal(dialogue_disclosure_depth(f->dialogue, "nothing"), 0);
	for (size_t i = 0; i < 4; i++) {
		const char *disclosure = talk.replay.steps[i].reply.disclosure;

		if (disclosure && strcmp(disclosure, "platform") == 0)
			assert_int_equal(talk.debrief.best_turn, i + 1);
	}
	assert_non_null(strstr(talk.debrief.best_reason, "Nothing else you were told goes deeper."));
	assert_true(talk.debrief.best_because.deepest);
	conversation_clear(&talk);

	conversation_hold(f, f->dialogue, SAID("You should rest.", "That was wrong."), &talk);
	assert_int_equal(talk.debrief.best_turn, 0);
	assert_null(talk.debrief.best_text);
	conversation_clear(&talk);
}

static void one_thing_next_from_the_evidence(void **state)
{
	const struct fixture *f = *state;
	const struct {
		const char *const *typed;
		const char *what, *id;
		unsigned count;
	} cases[] = {
		{SAID(NULL), "first thing", "nothing_said", 1},
		{SAID("What matters to you?", "You should rest.", "Have you tried resting?"), "ask for theirs",
			"advised", 2},
		{SAID("What matters to you?", "What is happening now?", "Out of ten?"), "Give back one thing",
			"never_reflected", 1},
		{SAID("So you left.", "What matters to you? Do you like it?", "What is it? Do you like it?"),
			"one question", "stacked", 2},
		{SAID("So you left.", "Do you like it?", "Did you go?"), "what or how", "mostly_closed", 2},
		{SAID("Marmalade.", "So you left.", "What about the evening?", "Marmalade."), "Pick up a word",
			"missed_cues", 1},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;

		conversation_hold(f, f->dialogue, cases[i].typed, &talk);
		if (!strstr(talk.debrief.next_what, cases[i].what))
			fail_msg("case %zu: %s", i, talk.debrief.next_what);
		assert_string_equal(talk.debrief.next_id, cases[i].id);
		assert_int_equal(talk.debrief.next_count, cases[i].count);
		assert_int_equal(talk.debrief.next_general, i == 0);
		assert_true(strlen(talk.debrief.next_why) > 20);
		assert_null(strstr(talk.debrief.next_why, "{"));
		assert_null(strstr(talk.debrief.next_what, "{"));
		conversation_clear(&talk);
	}
}

static void the_example_fits_the_case(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	const struct engine_feedback *feedback;

	conversation_hold(
		f, f->dialogue, SAID("What matters to you?", "You should rest.", "What matters to you?"), &talk);
	feedback = talk.replay.steps[1].reply.feedback;
	assert_non_null(feedback);
	assert_string_equal(talk.debrief.next_example, feedback->alternative);
	assert_int_equal(talk.debrief.next_turn, 2);
	assert_non_null(strstr(talk.debrief.next_why, "advice once without asking"));
	conversation_clear(&talk);
}

static void a_missed_opening_is_what_to_try_again(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;

	conversation_hold(
		f, f->dialogue, SAID("Marmalade.", "So you left.", "What about the evening?", "Marmalade."), &talk);
	assert_string_equal(talk.debrief.next_id, "missed_cues");
	assert_int_equal(talk.debrief.cues[0].offered_turn, 0);
	assert_int_equal(talk.debrief.next_turn, 1);
	conversation_clear(&talk);
	/* Who gave something back right after it passed nothing by. */
	conversation_hold(
		f, f->dialogue, SAID("So you left.", "What about the evening?", "Marmalade.", "Marmalade."), &talk);
	assert_int_equal(talk.debrief.cues[0].heard_turn, 1);
	assert_string_not_equal(talk.debrief.next_id, "missed_cues");
	conversation_clear(&talk);
}

/* A mentor may tell: the same words, another meaning. */
static void telling_is_no_fault_in_mentoring(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script =
		fixture_edit(f->arena, &f->script, "\"mode\": \"coaching\"", "\"mode\": \"mentoring\"");
	struct dialogue *mentoring = NULL;
	const char *const *typed = SAID("What would help?", "There is a course.", "So you left.");
	struct conversation talk;
	struct buffer out = {0};

	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &mentoring), STATUS_OK);
	conversation_hold(f, mentoring, typed, &talk);
	assert_int_equal(talk.debrief.telling, 1);
	debrief_json(mentoring, &talk.debrief, "s", 0, &out);
	assert_non_null(strstr(out.data, "A mentor may tell"));
	assert_null(strstr(out.data, "In coaching the aim is none"));
	assert_non_null(strstr(out.data, "No threshold is known for mentoring"));
	conversation_clear(&talk);
	buffer_reset(&out);
	conversation_hold(f, f->dialogue, typed, &talk);
	debrief_json(f->dialogue, &talk.debrief, "s", 0, &out);
	assert_non_null(strstr(out.data, "In coaching the aim is none"));
	conversation_clear(&talk);
	buffer_clear(&out);
	dialogue_release(mentoring);
	findings_free(findings);
}

static void the_ending_is_the_one_that_was_reached(void **state)
{
	const struct fixture *f = *state;
	const struct {
		const char *const *typed;
		int ending;
	} cases[] = {
		{SAID("What matters to you?"), -1},
		{SAID("What matters to you?", "/end"), 2},
		{SAID("What matters to you?", "/end", "/retake 1", "Do you like it?"), -1},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;

		conversation_hold(f, f->dialogue, cases[i].typed, &talk);
		assert_int_equal(talk.debrief.ending, cases[i].ending);
		conversation_clear(&talk);
	}
}

static json_t *as_json(const struct fixture *f, const struct conversation *talk, int64_t active_ms)
{
	struct buffer out = {0};
	json_error_t error;
	json_t *root;

	debrief_json(f->dialogue, &talk->debrief, "0000", active_ms, &out);
	root = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		fail_msg("%s in %s", error.text, out.data);
	buffer_clear(&out);
	return root;
}

static json_t *measure(const json_t *root, const char *id)
{
	json_t *measure;
	size_t index;

	json_array_foreach(json_object_get(root, "measures"), index, measure)
	{
		if (strcmp(json_string_value(json_object_get(measure, "id")), id) == 0)
			return measure;
	}
	fail_msg("no measure %s", id);
	return NULL;
}

static void the_wire_shape(void **state)
{
	static const char *const ids[] = {"telling_share", "reflections", "advice", "reflection_to_question",
		"words_per_message", "open_share", "stacked", "own_words"};
	static const char *const members[] = {"session", "notice", "case", "ending", "ended_turn", "earlier_ends",
		"minutes", "messages", "enough_for_shares", "measures", "mix", "path", "stages", "cues", "best",
		"next"};
	const struct fixture *f = *state;
	struct conversation talk;
	json_t *root;

	conversation_hold(
		f, f->dialogue, SAID("So you left.", "What matters to you?", "You should rest.", "/end"), &talk);
	root = as_json(f, &talk, 89999);
	assert_int_equal(json_object_size(root), COUNT(members));
	for (size_t i = 0; i < COUNT(members); i++)
		assert_non_null(json_object_get(root, members[i]));
	assert_string_equal(json_string_value(json_object_get(root, "notice")), TRANSCRIPT_NOTICE);
	assert_int_equal(json_integer_value(json_object_get(root, "minutes")), 1);
	assert_int_equal(json_integer_value(json_object_get(root, "messages")), 3);
	assert_true(json_is_false(json_object_get(root, "enough_for_shares")));
	for (size_t i = 0; i < COUNT(ids); i++) {
		assert_non_null(json_object_get(measure(root, ids[i]), "source"));
		assert_int_equal(json_is_true(json_object_get(measure(root, ids[i]), "headline")), i < 3);
	}
	assert_int_equal(json_integer_value(json_object_get(measure(root, "telling_share"), "count")), 1);
	assert_int_equal(json_integer_value(json_object_get(measure(root, "telling_share"), "of")), 3);
	assert_true(json_is_null(json_object_get(measure(root, "advice"), "of")));
	assert_float_equal(json_number_value(json_object_get(measure(root, "words_per_message"), "count")), 3.3, 0.01);
	assert_string_equal(json_string_value(json_object_get(json_object_get(root, "ending"), "id")), "closed");
	assert_int_equal(json_integer_value(json_object_get(root, "ended_turn")), 4);
	json_decref(root);
	conversation_clear(&talk);
}

static void telling_after_asking_is_told_apart(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	json_t *root;

	conversation_hold(f, f->dialogue, SAID("May I say something?", "You should rest."), &talk);
	root = as_json(f, &talk, 0);
	assert_int_equal(json_integer_value(json_object_get(measure(root, "telling_share"), "permitted")), 1);
	assert_true(json_is_null(json_object_get(measure(root, "reflections"), "permitted")));
	json_decref(root);
	conversation_clear(&talk);
}

/* Below ten messages there are counts; from ten on the meaning adds a band, which is a word and not a number. */
static void bands_need_ten_messages(void **state)
{
	const struct fixture *f = *state;
	const char *typed[12] = {NULL};

	for (size_t messages = 9; messages <= 10; messages++) {
		struct conversation talk;
		const char *meaning;
		json_t *root;

		for (size_t i = 0; i < messages; i++)
			typed[i] = i % 2 ? "What matters to you?" : "So you left.";
		conversation_hold(f, f->dialogue, typed, &talk);
		root = as_json(f, &talk, 0);
		meaning = json_string_value(json_object_get(measure(root, "reflections"), "meaning"));
		assert_int_equal(json_is_true(json_object_get(root, "enough_for_shares")), messages == 10);
		assert_int_equal(
			strstr(meaning, "This time it is where the good sessions were.") != NULL, messages == 10);
		if (messages == 10)
			assert_string_equal(
				json_string_value(json_object_get(measure(root, "reflections"), "band")), "steady");
		else
			assert_true(json_is_null(json_object_get(measure(root, "reflections"), "band")));
		json_decref(root);
		conversation_clear(&talk);
	}
}

#define WITH_DIALOGUE(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DIALOGUE(counts_what_the_definitions_say),
		WITH_DIALOGUE(words_and_what_was_taken_up),
		WITH_DIALOGUE(the_path_follows_the_stages),
		WITH_DIALOGUE(cues_are_followed_within_four_messages_and_after_that_late),
		WITH_DIALOGUE(a_cue_that_comes_again_is_one_cue),
		WITH_DIALOGUE(the_best_moment_has_its_reason),
		WITH_DIALOGUE(one_thing_next_from_the_evidence),
		WITH_DIALOGUE(the_example_fits_the_case),
		WITH_DIALOGUE(a_missed_opening_is_what_to_try_again),
		WITH_DIALOGUE(telling_is_no_fault_in_mentoring),
		WITH_DIALOGUE(the_ending_is_the_one_that_was_reached),
		WITH_DIALOGUE(the_wire_shape),
		WITH_DIALOGUE(telling_after_asking_is_told_apart),
		WITH_DIALOGUE(bands_need_ten_messages),
	};

	return cmocka_run_group_tests_name("debrief", tests, NULL, NULL);
}
