/* SPDX-License-Identifier: Apache-2.0 */
#include "talk_fixture.h"

/* What is said, and what came of the last message. NULL: not looked at; "": must be absent. */
static const struct {
	const char *messages[MESSAGES];
	const char *level, *rule, *reveals, *part, *stage, *state, *feedback;
} conversations[] = {
	/* levels */
	{{"What do you want?"}, "state", "welcome", "", "over, this year", "goal", "listening", NULL},
	{{"Go on.", "What do you want?"}, "built_in", "fallback", "", NULL, "goal", "arriving", NULL},
	{{"What is happening now?", "How are your evenings?", "So you are worn out."}, "stage", "followed", "", NULL,
		"reality", "telling", "picked_up"},
	{{"May I say something?"}, "dialogue", "may", "", NULL, "goal", NULL, "permission_question"},
	{{"You should rest."}, "temperament", "yes_but", "", "Yes, but", "goal", NULL, "advice_direct"},
	/* disclosures: named, next on the open topic, needs, opened_by, short, again */
	{{"How is your work?"}, "temperament", "named", "late_again", "timetable", NULL, NULL, "open_question"},
	{{"How are your evenings?"}, "temperament", "named", "quiet_evenings", NULL, NULL, NULL, NULL},
	{{"How are things?"}, "built_in", "fallback", "", NULL, NULL, NULL, NULL},
	{{"How is work?", "How is work?"}, "temperament", "again", "", "the station", NULL, NULL, NULL},
	{{"So you are late."}, "temperament", "heard", "late_again", NULL, NULL, NULL, NULL},
	{{"How is work?", "So you are late.", "So you are tired."}, "temperament", "heard", "platform", "I shouted",
		NULL, NULL, NULL},
	{{"Do you like your work?"}, "temperament", "short", "", NULL, NULL, NULL, "closed_question"},
	{{"Do you like it?"}, "built_in", "fallback", "", NULL, NULL, NULL, NULL},
	{{"How is work?", "Do you like it?"}, "temperament", "short", "", NULL, NULL, NULL, NULL},
	/* focus moves the conversation when the stage is ready, else it is premature */
	{{"What is happening now?"}, NULL, NULL, NULL, NULL, "reality", "telling", NULL},
	{{"What could you do?"}, "dialogue", "too_soon", "", NULL, "goal", "arriving", "not_yet"},
	{{"How is work?", "How are your evenings?", "What could you do?"}, NULL, NULL, NULL, NULL, "options",
		"weighing", NULL},
	{{"What do you want?", "What is happening now?", "What do you want?"}, NULL, NULL, NULL, NULL, "goal",
		"listening", NULL},
	{{"What is happening now?", "What do you want?", "What is happening now?"}, NULL, NULL, NULL, NULL, "reality",
		NULL, NULL},
	{{"How is work?", "How are your evenings?", "What will you do?"}, "state", "step", "", NULL, "options",
		"resolved", NULL},
	/* once, guarded, permission, safety, the guide */
	{{"That was wrong.", "How is work?"}, "temperament", "shut", "", NULL, NULL, NULL, NULL},
	{{"That was wrong.", "Go on.", "How is work?"}, "temperament", "shut", "", NULL, NULL, NULL, NULL},
	{{"That was wrong.", "Go on.", "Go on.", "How is work?"}, "temperament", "named", "late_again", NULL, NULL,
		NULL, NULL},
	{{"May I say something?", "You should rest."}, "temperament", "told_with_leave", "", NULL, NULL, NULL, ""},
	{{"May I say something?", "Go on.", "You should rest."}, "temperament", "yes_but", "", NULL, NULL, NULL,
		"advice_direct"},
	{{"I can't go on."}, "built_in", "distress", "", "pause", "goal", "arriving", ""},
	{{"Are you a robot?"}, "dialogue", "robot", "", "scripted character", NULL, NULL, ""},
	{{"Marmalade."}, "built_in", "fallback", "", NULL, NULL, NULL, NULL},
	/* memory in lines */
	{{"How is work?", "Go on.", "Go on.", "Go on.", "Go on."}, "dialogue", "remembers", "", NULL, NULL, NULL, NULL},
};

static void check_text(size_t row, const char *what, const char *expected, const char *found)
{
	if (expected == NULL)
		return;
	if (strcmp(expected, found != NULL ? found : "") != 0)
		fail_msg("conversation %zu: expected %s \"%s\", found \"%s\"", row, what, expected,
			found != NULL ? found : "");
}

static void rules_answer_as_written(void **state)
{
	const struct fixture *f = *state;
	for (size_t i = 0; i < COUNT(conversations); i++) {
		struct talk talk = talk_open(f, f->dialogue, 11);
		for (size_t j = 0; j < MESSAGES && conversations[i].messages[j] != NULL; j++)
			say(&talk, conversations[i].messages[j]);
		const struct engine_reply *reply = &talk.reply;
		check_text(i, "level", conversations[i].level, engine_level_name(reply->level));
		check_text(i, "rule", conversations[i].rule, reply->rule);
		check_text(i, "reveals", conversations[i].reveals, reply->disclosure);
		check_text(
			i, "stage", conversations[i].stage, dialogue_info(f->dialogue)->stages[reply->stage_after].id);
		check_text(i, "state", conversations[i].state, reply->state);
		check_text(
			i, "feedback", conversations[i].feedback, reply->feedback != NULL ? reply->feedback->id : NULL);
		if (conversations[i].part != NULL && !says(&talk, conversations[i].part))
			fail_msg("conversation %zu: \"%s\" is not said", i, conversations[i].part);
		assert_true(reply->line_count > 0);
		assert_non_null(reply->because);
		talk_close(&talk);
	}
}

/* "next" may change the subject; "deeper" stays with it. */
static void deeper_stays_with_the_open_topic(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *deeper = NULL;
	struct dialogue_source edited = fixture_edit(f->arena, &f->temperament, "\"next\"", "\"deeper\"");
	assert_int_equal(fixture_compile(&f->script, &f->model, &edited, f->pack, true, findings, &deeper), STATUS_OK);
	struct talk next = talk_open(f, f->dialogue, 2), stay = talk_open(f, deeper, 2);
	say(&stay, "So you are late.");
	assert_string_equal(stay.reply.rule, "fallback");
	say(&next, "How is work?");
	say(&stay, "How is work?");
	say(&next, "So you are late.");
	say(&stay, "So you are late.");
	assert_string_equal(next.reply.disclosure, "quiet_evenings");
	assert_null(stay.reply.disclosure);
	talk_close(&next);
	talk_close(&stay);
	dialogue_release(deeper);
	findings_free(findings);
}

static void variables_stay_in_range_and_changes_are_told(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 1);
	say(&talk, "That was wrong.");
	assert_int_equal(variable(&talk, "trust"), 0);
	assert_int_equal(variable(&talk, "guarded"), 2);
	assert_int_equal(talk.reply.change_count, 2);
	assert_int_equal(talk.reply.changes[0].before, 2);
	assert_int_equal(talk.reply.changes[0].after, 0);
	say(&talk, "That was wrong.");
	assert_int_equal(variable(&talk, "trust"), 0);
	assert_int_equal(variable(&talk, "guarded"), 2);
	assert_int_equal(talk.reply.change_count, 0);
	say(&talk, "Go on.");
	assert_int_equal(variable(&talk, "guarded"), 1);
	talk_close(&talk);
}

static void bookkeeping_is_kept_and_not_told(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *quiet = NULL;
	struct dialogue_source edited = fixture_edit(f->arena, &f->script, "\"guarded\": { \"label\": \"Guarded\",",
		"\"guarded\": { \"label\": \"Guarded\", \"bookkeeping\": true,");
	assert_int_equal(
		fixture_compile(&edited, &f->model, &f->temperament, f->pack, true, findings, &quiet), STATUS_OK);
	struct talk talk = talk_open(f, quiet, 1);
	say(&talk, "That was wrong.");
	assert_int_equal(engine_variable(talk.run, 3), 2);
	assert_int_equal(talk.reply.change_count, 1);
	assert_string_equal(dialogue_info(quiet)->variables[talk.reply.changes[0].variable].id, "trust");
	talk_close(&talk);
	dialogue_release(quiet);
	findings_free(findings);
}

static void the_run_before_stays_as_it_was(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 5);
	struct engine_run *kept = engine_copy(talk.run);
	struct engine_run *before = talk.run, *after = NULL;
	struct technique_context context;
	engine_context(f->dialogue, before, f->arena, &context);
	assert_int_equal(technique_analyse(f->pack, f->scratch, "How is work?", 12, &context, f->arena, &talk.analysis),
		STATUS_OK);
	assert_int_equal(engine_step(f->dialogue, before, &talk.analysis, "How is work?", 12, f->scratch, f->arena,
				 &after, &talk.reply),
		STATUS_OK);
	assert_true(engine_equal(before, kept));
	assert_false(engine_equal(before, after));
	assert_true(engine_size(after) <= 1536);
	engine_free(after);
	engine_free(kept);
	talk_close(&talk);
}

static void safety_does_not_move_the_run(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 5);
	say(&talk, "How is work?");
	struct engine_run *before = engine_copy(talk.run);
	say(&talk, "I can't go on.");
	assert_true(engine_equal(before, talk.run));
	assert_int_equal(talk.reply.lines[0].voice, ENGINE_GUIDE);
	assert_null(talk.reply.feedback);
	engine_free(before);
	talk_close(&talk);
}

static void no_variant_comes_back_before_all_were_used(void **state)
{
	const struct fixture *f = *state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct talk talk = talk_open(f, f->dialogue, seed);
		char said[7][128];
		for (size_t i = 0; i < COUNT(said); i++) {
			say(&talk, "You should rest.");
			snprintf(said[i], sizeof said[i], "%s", talk.reply.lines[0].text);
			for (size_t j = i / 3 * 3; j < i; j++)
				assert_string_not_equal(said[i], said[j]);
			if (i > 0)
				assert_string_not_equal(said[i], said[i - 1]);
		}
		talk_close(&talk);
	}
}

static void the_seed_decides(void **state)
{
	const struct fixture *f = *state;
	static const char *const texts[] = {
		"How is work?", "You should rest.", "Go on.", "So you are late.", "Marmalade."};
	unsigned different = 0;
	for (uint64_t seed = 1; seed < 10; seed++) {
		struct talk a = talk_open(f, f->dialogue, seed), b = talk_open(f, f->dialogue, seed);
		struct talk c = talk_open(f, f->dialogue, seed + 100);
		for (size_t i = 0; i < COUNT(texts); i++) {
			say(&a, texts[i]);
			say(&b, texts[i]);
			say(&c, texts[i]);
			assert_true(engine_equal(a.run, b.run));
			assert_string_equal(a.reply.lines[0].text, b.reply.lines[0].text);
			different += strcmp(a.reply.lines[0].text, c.reply.lines[0].text) != 0;
		}
		talk_close(&a);
		talk_close(&b);
		talk_close(&c);
	}
	assert_true(different > 0);
}

static void the_opening_can_be_told_again_at_any_time(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 3);
	struct engine_reply first, later;
	engine_opening(f->dialogue, talk.run, f->arena, &first);
	assert_int_equal(first.line_count, 1);
	assert_int_equal(first.ending, -1);
	say(&talk, "How is work?");
	say(&talk, "You should rest.");
	engine_opening(f->dialogue, talk.run, f->arena, &later);
	assert_string_equal(first.lines[0].text, later.lines[0].text);
	assert_string_equal(later.state, "arriving");
	talk_close(&talk);
}

static struct talk talk_until_opening(const struct fixture *f, const char *part)
{
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct talk talk = talk_open(f, f->dialogue, seed);
		struct engine_reply opening;
		engine_opening(f->dialogue, talk.run, f->arena, &opening);
		if (strstr(opening.lines[0].text, part) != NULL)
			return talk;
		talk_close(&talk);
	}
	fail_msg("no seed opens with %s", part);
	return (struct talk){0};
}

static void cues_are_offered_and_followed_within_four_messages(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *messages[5];
		size_t followed;
	} cases[] = {
		{{"So you are worn out."}, 1},
		{{"Go on.", "So you are worn out."}, 1},
		{{"Go on.", "Go on.", "Go on.", "So you are worn out."}, 1},
		{{"Go on.", "Go on.", "Go on.", "Go on.", "So you are worn out."}, 0},
		{{"So you are worn out.", "So you are worn out."}, 0},
		{{"So you are late."}, 0},
		{{"So you are EXHAUSTED."}, 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct talk talk = talk_until_opening(f, "worn out");
		struct engine_reply opening;
		engine_opening(f->dialogue, talk.run, f->arena, &opening);
		assert_int_equal(opening.cues_offered_count, 1);
		for (size_t j = 0; j < 5 && cases[i].messages[j] != NULL; j++)
			say(&talk, cases[i].messages[j]);
		if (talk.reply.cues_followed_count != cases[i].followed)
			fail_msg("case %zu: %zu followed", i, talk.reply.cues_followed_count);
		talk_close(&talk);
	}
}

static void a_feeling_passed_over_is_noted(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *message;
		bool ignored;
	} cases[] = {
		{"Is it far?", true},
		{"Is it a worn out feeling?", false},
		{"What is it like?", false},
		{"That sounds hard. Is it far?", false},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct talk talk = talk_until_opening(f, "worn out");
		say(&talk, cases[i].message);
		assert_int_equal(flagged(&talk, TECHNIQUE_FLAG_IGNORED_FEELING), cases[i].ignored);
		if (cases[i].ignored) {
			assert_string_equal(talk.reply.feedback->id, "ignored_feeling");
			assert_non_null(talk.reply.flags[0].reason);
		}
		talk_close(&talk);
	}
}

static void the_context_is_what_was_said_last(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 2);
	struct technique_context context;
	struct engine_reply opening;
	engine_opening(f->dialogue, talk.run, f->arena, &opening);
	engine_context(f->dialogue, talk.run, f->arena, &context);
	assert_string_equal(context.coachee, opening.lines[0].text);
	assert_int_equal(context.coachee_length, strlen(context.coachee));
	assert_null(context.previous);
	say(&talk, "How is work?");
	say(&talk, "So you are late.");
	say(&talk, "So you are tired.");
	engine_context(f->dialogue, talk.run, f->arena, &context);
	assert_string_equal(context.coachee, "There was a day on platform four. I shouted at a boy.");
	assert_string_equal(context.previous, "So you are tired.");
	assert_false(context.permission_open);
	assert_int_equal(context.question_streak, 0);
	say(&talk, "May I say something?");
	engine_context(f->dialogue, talk.run, f->arena, &context);
	assert_true(context.permission_open);
	assert_int_equal(context.question_streak, 1);
	say(&talk, "Are you a robot?");
	engine_context(f->dialogue, talk.run, f->arena, &context);
	assert_false(context.permission_open);
	assert_string_not_equal(context.coachee, "This is a scripted character.");
	talk_close(&talk);
}

static void what_is_kept_of_the_message_before_ends_at_a_character(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 2);
	struct technique_context context;
	char text[303];
	memset(text, 'a', sizeof text);
	for (size_t i = 1; i + 1 < 301; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[301] = '\0';
	say(&talk, text);
	engine_context(f->dialogue, talk.run, f->arena, &context);
	assert_int_equal(context.previous_length, 199);
	talk_close(&talk);
}

static void feedback_is_filled_in(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 2);
	say(&talk, "What could you do?");
	assert_string_equal(talk.reply.feedback->what, "That came early for Ines.");
	assert_string_equal(talk.reply.feedback->criterion, "icf.7");
	assert_null(talk.reply.feedback->alternative);
	say(&talk, "You should rest.");
	assert_string_equal(talk.reply.feedback->what, "Advice direct, said to Ines.");
	assert_string_equal(talk.reply.feedback->alternative, "What is a good day at the station?");
	say(&talk, "How is work?");
	say(&talk, "You should rest.");
	assert_string_equal(talk.reply.feedback->alternative, "What would you have said, had they asked?");
	say(&talk, "Don't worry.");
	assert_string_equal(talk.reply.feedback->alternative, "You were never asked.");
	say(&talk, "That sounds hard.");
	assert_true(talk.reply.feedback->strength);
	assert_string_equal(talk.reply.feedback->alternative, "Say more about the station.");
	talk_close(&talk);
}

static void what_was_just_said_is_no_other_way_to_put_it(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 2);
	say(&talk, "What could you do?");
	say(&talk, "You should rest. what is a GOOD day, at the station");
	assert_string_equal(talk.reply.feedback->what, "Advice direct, said to Ines.");
	assert_null(talk.reply.feedback->alternative);
	talk_close(&talk);
}

static void praise_comes_once_and_then_every_third_time(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *text;
		bool due;
	} cases[] = {{"So you are late.", true}, {"So you are here.", false}, {"So you are tired.", false},
		{"So you are away.", true}, {"So you are alone.", false}};
	struct talk talk = talk_open(f, f->dialogue, 2);
	for (size_t i = 0; i < COUNT(cases); i++) {
		say(&talk, cases[i].text);
		assert_int_equal(talk.reply.feedback != NULL, cases[i].due);
	}
	talk_close(&talk);
}

static void stacked_questions_come_before_praise(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 2);
	say(&talk, "What is it? What else? What now?");
	assert_string_equal(talk.reply.feedback->id, "stacked");
	assert_string_equal(talk.reply.feedback->what, "3 at once for Ines.");
	talk_close(&talk);
}

static void mentoring_has_its_own_feedback(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *mentoring = NULL;
	struct dialogue_source edited =
		fixture_edit(f->arena, &f->script, "\"mode\": \"coaching\"", "\"mode\": \"mentoring\"");
	assert_int_equal(
		fixture_compile(&edited, &f->model, &f->temperament, f->pack, true, findings, &mentoring), STATUS_OK);
	struct talk coach = talk_open(f, f->dialogue, 2), mentor = talk_open(f, mentoring, 2);
	say(&coach, "When I was new I was tired.");
	say(&mentor, "When I was new I was tired.");
	assert_false(coach.reply.feedback->strength);
	assert_true(mentor.reply.feedback->strength);
	talk_close(&coach);
	talk_close(&mentor);
	dialogue_release(mentoring);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_answer_as_written),
		cmocka_unit_test(deeper_stays_with_the_open_topic),
		cmocka_unit_test(variables_stay_in_range_and_changes_are_told),
		cmocka_unit_test(bookkeeping_is_kept_and_not_told),
		cmocka_unit_test(the_run_before_stays_as_it_was),
		cmocka_unit_test(safety_does_not_move_the_run),
		cmocka_unit_test(no_variant_comes_back_before_all_were_used),
		cmocka_unit_test(the_seed_decides),
		cmocka_unit_test(the_opening_can_be_told_again_at_any_time),
		cmocka_unit_test(cues_are_offered_and_followed_within_four_messages),
		cmocka_unit_test(a_feeling_passed_over_is_noted),
		cmocka_unit_test(the_context_is_what_was_said_last),
		cmocka_unit_test(what_is_kept_of_the_message_before_ends_at_a_character),
		cmocka_unit_test(feedback_is_filled_in),
		cmocka_unit_test(what_was_just_said_is_no_other_way_to_put_it),
		cmocka_unit_test(praise_comes_once_and_then_every_third_time),
		cmocka_unit_test(stacked_questions_come_before_praise),
		cmocka_unit_test(mentoring_has_its_own_feedback),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
