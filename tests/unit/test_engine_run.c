/* SPDX-License-Identifier: Apache-2.0 */
/* How a run ends, what it tells those who are stuck, and how it is saved. */
#include "talk_fixture.h"

#include "askwell/random.h"

static void the_trainee_ends_with_the_first_ending_that_fits(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *messages[MESSAGES];
		const char *ending;
	} cases[] = {
		{{NULL}, "closed"},
		{{"How is work?"}, "closed"},
		{{"How is work?", "So you are late.", "So you are tired."}, "hopeful"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct talk talk = talk_open(f, f->dialogue, 4);
		struct engine_run *after = NULL, *never = NULL;
		for (size_t j = 0; j < MESSAGES && cases[i].messages[j] != NULL; j++)
			say(&talk, cases[i].messages[j]);
		assert_int_equal(engine_end(f->dialogue, talk.run, f->arena, &after, &talk.reply), STATUS_OK);
		assert_true(engine_ended(after));
		assert_false(engine_ended(talk.run));
		assert_string_equal(dialogue_info(f->dialogue)->endings[engine_ending(after)].id, cases[i].ending);
		assert_int_equal(talk.reply.ending, engine_ending(after));
		assert_true(talk.reply.line_count > 0);
		assert_int_equal(engine_end(f->dialogue, after, f->arena, &never, &talk.reply), STATUS_ENDED);
		assert_int_equal(engine_step(f->dialogue, after, &talk.analysis, "x", 1, f->scratch, f->arena, &never,
					 &talk.reply),
			STATUS_ENDED);
		assert_null(never);
		engine_free(after);
		talk_close(&talk);
	}
}

static void some_endings_come_by_themselves(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 4);
	static const char *const to_the_core[] = {"How is work?", "So you are late.", "So you are tired."};
	for (size_t i = 0; i < COUNT(to_the_core); i++)
		say(&talk, to_the_core[i]);
	assert_false(engine_ended(talk.run));
	assert_true(engine_disclosed(f->dialogue, talk.run, "platform"));
	say(&talk, "Part of you wants to stay.");
	assert_string_equal(talk.reply.disclosure, "the_boy");
	assert_true(engine_ended(talk.run));
	assert_int_equal(talk.reply.ending, 0);
	assert_true(says(&talk, "He looked like my son."));
	assert_string_equal(talk.reply.lines[talk.reply.line_count - 1].text, "Thank you. I had not said that aloud.");
	talk_close(&talk);
}

static void a_final_state_ends_the_conversation(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 4);
	say(&talk, "How is work?");
	say(&talk, "How are your evenings?");
	say(&talk, "What will you do?");
	assert_string_equal(engine_state(f->dialogue, talk.run), "resolved");
	assert_true(engine_ended(talk.run));
	assert_string_equal(dialogue_info(f->dialogue)->endings[engine_ending(talk.run)].id, "hopeful");
	assert_int_equal(talk.reply.line_count, 3); /* the rule's line, the state's enter, the ending's */
	talk_close(&talk);
}

static void coming_back_to_a_stage_is_late(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 4);
	say(&talk, "What is happening now?");
	assert_false(says(&talk, "how it is") || says(&talk, "That again") || says(&talk, "as I said"));
	say(&talk, "What do you want?");
	say(&talk, "What is happening now?");
	assert_true(says(&talk, "how it is") || says(&talk, "That again") || says(&talk, "as I said"));
	assert_int_equal(talk.reply.stage_before, 0);
	assert_int_equal(talk.reply.stage_after, 1);
	talk_close(&talk);
}

static void a_hint_gives_a_beginning_only(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 4);
	struct engine_hint hint;
	engine_hint(f->dialogue, talk.run, f->arena, &hint);
	assert_string_equal(hint.listen_for, "A wish.");
	assert_string_equal(hint.move, "Ask what they want.");
	assert_string_equal(hint.example, "What would you like ...");
	say(&talk, "How is work?");
	say(&talk, "What is happening now?");
	engine_hint(f->dialogue, talk.run, f->arena, &hint);
	assert_string_equal(hint.listen_for, "A feeling.");
	assert_string_equal(hint.example, "What would you have ...");
	talk_close(&talk);
}

static void topics_named_are_told(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 4);
	say(&talk, "How are the trains and your evenings?");
	assert_int_equal(talk.reply.topic_count, 2);
	assert_string_equal(talk.reply.topics[0], "work");
	assert_string_equal(talk.reply.topics[1], "home");
	say(&talk, "How is the training?");
	assert_int_equal(talk.reply.topic_count, 1);
	say(&talk, "How is homework?");
	assert_int_equal(talk.reply.topic_count, 0);
	talk_close(&talk);
}

/* What was not quite asked for is joined on, and is what would have been said without. */
static void a_line_joins_on_what_was_not_asked(void **state)
{
	const struct fixture *f = *state;
	struct talk plain = talk_open(f, f->dialogue, 4), joined = talk_open(f, f->dialogue, 4);
	say(&plain, "How are your evenings?");
	say(&joined, "How exactly are your evenings?");
	assert_int_equal(plain.reply.line_count, 1);
	assert_int_equal(joined.reply.line_count, 2);
	assert_string_equal(joined.reply.lines[0].text, "Hm. Like this.");
	assert_string_equal(joined.reply.lines[1].text, plain.reply.lines[0].text);
	assert_non_null(strstr(joined.reply.because, "It was not quite what was asked."));
	say(&joined, "You sit in the kitchen, exactly.");
	assert_false(says(&joined, "Like this"));
	talk_close(&plain);
	talk_close(&joined);
}

/* Leave is given each time, and what people say who gave it before are words that nobody has heard yet. */
static void who_said_it_all_says_that_they_said_it(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source edited = fixture_edit(f->arena, &f->temperament, "\"rules\": [",
		"\"said_already\": [{ \"when\": { \"family\": \"question\" }, \"client\": [\"You asked me that.\"] },"
		"{ \"client\": [\"As before.\", \"Still so.\"] }], \"rules\": [");
	edited = fixture_edit(
		f->arena, &edited, "[\"I see.\", \"Right.\", \"If you say so.\"]", "[\"Yes, but not here.\"]");
	assert_int_equal(
		fixture_compile(&f->script, &f->model, &edited, f->pack, true, findings, &dialogue), STATUS_OK);
	struct talk talk = talk_open(f, dialogue, 5);
	const char *first = NULL;
	for (int i = 0; i < 3; i++) {
		say(&talk, "May I say something?");
		assert_false(says(&talk, "You asked me that."));
		first = first != NULL ? first : talk.reply.lines[0].text;
	}
	say(&talk, "May I say something?");
	assert_string_equal(talk.reply.rule, "may");
	assert_string_equal(talk.reply.lines[0].text, "You asked me that.");
	assert_non_null(strstr(talk.reply.because, "was said in the last 25 turns"));
	say(&talk, "You should rest.");
	assert_string_equal(talk.reply.rule, "told_with_leave");
	say(&talk, "May I say something?");
	say(&talk, "May I say something?");
	assert_true(says(&talk, "As before.") || says(&talk, "Still so."));
	/* Nothing is left to say: what was said longest ago. */
	say(&talk, "May I say something?");
	assert_string_equal(talk.reply.lines[0].text, first);
	talk_close(&talk);

	/* Of what the temperament says to anybody: one line is heard already, from another rule; then the case leaves the door
	 * open, and then what it does not know is said in so many words. */
	talk = talk_open(f, dialogue, 5);
	say(&talk, "That was wrong.");
	assert_true(says(&talk, "Yes, but not here."));
	for (int i = 0; i < 2; i++) {
		say(&talk, "You should rest.");
		assert_true(says(&talk, "Yes, but"));
		assert_false(says(&talk, "not here"));
	}
	for (int i = 0; i < 3; i++) {
		say(&talk, "You should rest.");
		assert_string_equal(talk.reply.rule, "yes_but");
		assert_true(says(&talk, "mostly") || says(&talk, "not sure") || says(&talk, "Hm."));
	}
	say(&talk, "You should rest.");
	assert_true(says(&talk, "As before.") || says(&talk, "Still so."));
	talk_close(&talk);
	dialogue_release(dialogue);
	findings_free(findings);
}

/* After a while nobody remembers. */
static void what_was_said_long_ago_may_be_said_again(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 5);
	char last[64] = "";
	for (int i = 0; i < 3; i++)
		say(&talk, "May I say something?");
	for (int i = 0; i < ENGINE_REPEAT_WINDOW + 1; i++)
		say(&talk, "Are you a robot?");
	say(&talk, "May I say something?");
	assert_null(strstr(talk.reply.because, "was said in the last"));
	snprintf(last, sizeof last, "%s", talk.reply.lines[0].text);
	say(&talk, "May I say something?");
	assert_string_not_equal(talk.reply.lines[0].text, last);
	talk_close(&talk);
}

static void a_run_comes_back_from_its_save(void **state)
{
	const struct fixture *f = *state;
	static const char *const texts[] = {"How is work?", "That was wrong.",
		"What is happening now? \xf0\x9f\x9a\x82", "May I say something?", "You should rest.",
		"So you are worn out.", "What could you do?"};
	struct talk talk = talk_open(f, f->dialogue, UINT64_MAX - 7);
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buffer saved = {0};
		struct engine_run *loaded = NULL;
		struct error error = {0};
		say(&talk, texts[i]);
		engine_save(f->dialogue, talk.run, &saved);
		assert_int_equal(engine_load(f->dialogue, saved.data, saved.length, &loaded, &error), STATUS_OK);
		assert_true(engine_equal(talk.run, loaded));
		engine_free(talk.run);
		talk.run = loaded;
		buffer_clear(&saved);
	}
	talk_close(&talk);
}

/* Random conversations, odd texts among them: there is an answer to everything, nothing is told twice, nothing leaves its
 * range. */
static void whatever_is_typed_is_answered(void **state)
{
	const struct fixture *f = *state;
	char endless[4001];
	memset(endless, 'a', sizeof endless - 1);
	endless[sizeof endless - 1] = '\0';
	const char *const texts[] = {"How is work?", "How are your evenings?", "You should rest.", "That was wrong.",
		"Go on.", "So you are worn out.", "Part of you wants to stay.", "What could you do?",
		"What will you do?", "What do you want?", "May I say something?", "Do you like your work?",
		"What is happening now?", "Marmalade.", "<script>alert(1)</script>",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae abc", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
		"{concern} {words} %s %n", ".", endless};
	uint64_t random = 42;
	for (uint64_t seed = 0; seed < 150; seed++) {
		struct talk talk = talk_open(f, f->dialogue, seed);
		char told[8][32];
		size_t told_count = 0;
		for (int i = 0; i < 20 && !engine_ended(talk.run); i++) {
			say(&talk, texts[random_below(&random, COUNT(texts))]);
			assert_true(talk.reply.line_count > 0);
			assert_non_null(talk.reply.rule);
			const struct dialogue_info *info = dialogue_info(f->dialogue);
			for (unsigned v = 0; v < info->variable_count; v++)
				assert_in_range(engine_variable(talk.run, v) - info->variables[v].least, 0,
					info->variables[v].most - info->variables[v].least);
			for (size_t j = 0; j < talk.reply.line_count; j++)
				assert_null(strchr(talk.reply.lines[j].text, '{'));
			if (talk.reply.disclosure == NULL)
				continue;
			assert_true(engine_disclosed(f->dialogue, talk.run, talk.reply.disclosure));
			for (size_t j = 0; j < told_count; j++)
				assert_string_not_equal(told[j], talk.reply.disclosure);
			snprintf(told[told_count++], sizeof told[0], "%s", talk.reply.disclosure);
		}
		talk_close(&talk);
	}
}

static void a_save_that_does_not_fit_is_refused(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"\"version\":4", "\"version\":1"},
		{"\"version\":4", "\"version\":\"2\""},
		{"\"dialogue\":\"", "\"dialogue\":\"0"},
		{"\"state\":0", "\"state\":5"},
		{"\"state\":0", "\"state\":-1"},
		{"\"state\":0", "\"state\":2"},
		{"\"stage\":0", "\"stage\":3"},
		{"\"topic\":0", "\"topic\":2"},
		{"\"ending\":-1", "\"ending\":3"},
		{"\"ended\":0", "\"ended\":2"},
		{"\"variables\":[2", "\"variables\":[6"},
		{"\"variables\":[2,", "\"variables\":["},
		{"\"disclosed\":\"0", "\"disclosed\":\"f"},
		{"\"random\":\"", "\"random\":\"x"},
		{"\"said_count\":1", "\"said_count\":13"},
		{"\"history\":[0", "\"history\":[2"},
		{"\"said\":[", "\"said\":[9999,"},
		{"{", "["},
	};
	struct talk talk = talk_open(f, f->dialogue, 9);
	struct buffer saved = {0};
	say(&talk, "How is work?");
	engine_save(f->dialogue, talk.run, &saved);
	struct dialogue_source source = {"save", saved.data, saved.length};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct dialogue_source edited = fixture_edit(f->arena, &source, cases[i].from, cases[i].to);
		struct engine_run *loaded = NULL;
		struct error error = {0};
		if (engine_load(f->dialogue, edited.text, edited.length, &loaded, &error) != STATUS_CORRUPT)
			fail_msg("%s is loaded", cases[i].to);
		assert_null(loaded);
		assert_string_not_equal(error.text, "");
	}
	for (size_t length = 0; length < saved.length; length += 7) {
		struct engine_run *loaded = NULL;
		assert_int_equal(engine_load(f->dialogue, saved.data, length, &loaded, NULL), STATUS_CORRUPT);
	}
	buffer_clear(&saved);
	talk_close(&talk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_trainee_ends_with_the_first_ending_that_fits),
		cmocka_unit_test(some_endings_come_by_themselves),
		cmocka_unit_test(a_final_state_ends_the_conversation),
		cmocka_unit_test(coming_back_to_a_stage_is_late),
		cmocka_unit_test(a_hint_gives_a_beginning_only),
		cmocka_unit_test(topics_named_are_told),
		cmocka_unit_test(a_line_joins_on_what_was_not_asked),
		cmocka_unit_test(who_said_it_all_says_that_they_said_it),
		cmocka_unit_test(what_was_said_long_ago_may_be_said_again),
		cmocka_unit_test(a_run_comes_back_from_its_save),
		cmocka_unit_test(whatever_is_typed_is_answered),
		cmocka_unit_test(a_save_that_does_not_fit_is_refused),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
