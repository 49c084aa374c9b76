/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions on the words themselves and on their number, and rules that answer a part of a message and let the rest
 * through. */
#include "talk_fixture.h"

/* The good case with rules of its own before the others. */
static struct dialogue *with_rules(const struct fixture *f, const char *phrases, const char *rules)
{
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	char *topics = arena_format(f->arena, "\"phrases\": [%s],\n  \"topics\": [", phrases);
	char *first = arena_format(f->arena, "\"rules\": [\n    %s,\n    { \"id\": \"too_soon\"", rules);
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "\"topics\": [", topics);
	script = fixture_edit(f->arena, &script, "\"rules\": [\n    { \"id\": \"too_soon\"", first);
	enum status status = fixture_compile(&script, &f->model, &f->temperament, f->pack, true, findings, &dialogue);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	findings_free(findings);
	return dialogue;
}

#define THREE(a) "[\"" a " one.\", \"" a " two.\", \"" a " three.\"]"

static void words_and_phrases_decide(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f,
		"{ \"id\": \"who\", \"words\": [\"who is\", \"who was\", \"whose\"] },"
		"{ \"id\": \"since_when\", \"words\": [\"how long\", \"since when\"] }",
		"{ \"id\": \"person\", \"when\": { \"phrase\": \"who\" }, \"client\": " THREE(
			"Somebody") "},"
				    "{ \"id\": \"either\", \"when\": { \"phrase\": [\"who\", \"since_when\"] }, "
				    "\"client\": " THREE(
					    "A while") "},"
						       "{ \"id\": \"late\", \"when\": { \"family\": \"question\", "
						       "\"words\": [\"tomorrow*\"] }, \"client\": " THREE("Then") "}");
	static const struct {
		const char *typed, *rule;
	} rows[] = {
		{"Who was on the platform?", "person"},
		{"WHOSE train is it?", "person"},
		{"How long has work been so?", "either"},
		{"How is tomorrow's work?", "late"},
		{"So you are late tomorrow.", "heard"},
		{"How is work? The person who left.", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct talk talk = talk_open(f, d, 5);
		say(&talk, rows[i].typed);
		if (rows[i].rule != NULL)
			assert_string_equal(talk.reply.rule, rows[i].rule);
		else
			assert_string_not_equal(talk.reply.rule, "person");
		talk_close(&talk);
	}
	dialogue_release(d);
}

static void the_number_of_words_is_a_counter(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f, "",
		"{ \"id\": \"curt\", \"when\": { \"counters\": { \"words\": { \"at_most\": 2 } } }, \"client\": " THREE(
			"Oh") ","
			      "  \"samples\": [\"At work?\"], \"near\": [\"How is it at work?\"] }");
	struct talk talk = talk_open(f, d, 5);
	say(&talk, "At work?");
	assert_string_equal(talk.reply.rule, "curt");
	say(&talk, "And at work?");
	assert_string_not_equal(talk.reply.rule, "curt");
	talk_close(&talk);
	dialogue_release(d);
}

static void the_number_of_questions_is_a_counter(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f, "",
		"{ \"id\": \"many\", \"when\": { \"counters\": { \"questions\": { \"at_least\": 3 } } }, "
		"\"client\": " THREE("Oh") ","
					   "  \"near\": [\"How is it at work? Where are you?\"] }");
	struct talk talk = talk_open(f, d, 5);
	say(&talk, "How is work? What do you want?");
	assert_string_not_equal(talk.reply.rule, "many");
	say(&talk, "How is work? What do you want? How are your evenings?");
	assert_string_equal(talk.reply.rule, "many");
	talk_close(&talk);
	dialogue_release(d);
}

static void a_part_is_answered_and_then_the_rest(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f, "{ \"id\": \"sorry\", \"words\": [\"sorry\"] }",
		"{ \"id\": \"taken\", \"when\": { \"phrase\": \"sorry\" }, \"go_on\": true, \"client\": [\"That's all "
		"right.\"], "
		"\"set\": { \"hope\": 1 }, \"once\": true, \"because\": \"An apology is taken.\" },"
		"{ \"id\": \"taken_too\", \"when\": { \"phrase\": \"sorry\" }, \"go_on\": true, \"client\": " THREE(
			"Never mind") "},"
				      "{ \"id\": \"tomorrow\", \"when\": { \"words\": [\"tomorrow\"] }, "
				      "\"client\": " THREE("Tomorrow") "}");
	struct talk talk = talk_open(f, d, 5);
	say(&talk, "Sorry. How is tomorrow?");
	assert_string_equal(talk.reply.rule, "tomorrow");
	assert_true(talk.reply.lead_number > 0 && talk.reply.lead_number != talk.reply.rule_number);
	assert_string_equal(talk.reply.lines[0].text, "That's all right.");
	assert_true(says(&talk, "Tomorrow"));
	assert_false(says(&talk, "Never mind"));
	assert_non_null(strstr(talk.reply.because, "An apology is taken."));
	assert_int_equal(talk.reply.change_count, 1);
	say(&talk, "Sorry. How is tomorrow?");
	assert_true(says(&talk, "Never mind"));
	assert_int_equal(talk.reply.change_count, 0);
	talk_close(&talk);
	dialogue_release(d);
}

/* The trial tells an author which rule led and which answered. */
static void the_trial_of_rules_names_both(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f, "",
		"{ \"id\": \"taken\", \"when\": { \"words\": [\"sorry\"] }, \"go_on\": true, \"client\": " THREE(
			"Fine") "},"
				"{ \"id\": \"taken_too\", \"when\": { \"words\": [\"sorry\"] }, \"go_on\": true, "
				"\"client\": " THREE("Never mind") "},"
								   "{ \"id\": \"tomorrow\", \"when\": { \"words\": "
								   "[\"tomorrow\"] }, \"client\": " THREE(
									   "Tomorrow") "}");
	static const char text[] = "Sorry. How is tomorrow?";
	struct talk talk = talk_open(f, d, 5);
	struct technique_analysis analysis;
	struct technique_context context = {0};
	struct engine_explanation explanation;
	unsigned answered = 0;
	assert_int_equal(
		technique_analyse(f->pack, f->scratch, text, strlen(text), &context, f->arena, &analysis), STATUS_OK);
	assert_int_equal(engine_explain(d, talk.run, &analysis, text, strlen(text), f->scratch, f->arena, &explanation),
		STATUS_OK);
	for (size_t i = 0; i < explanation.count; i++) {
		const struct engine_trial *trial = &explanation.trials[i];
		if (trial->fit != ENGINE_ANSWERED)
			continue;
		assert_string_equal(trial->rule, answered++ == 0 ? "taken" : "tomorrow");
	}
	assert_int_equal(answered, 2);
	talk_close(&talk);
	dialogue_release(d);
}

/* Words that were given back say what was heard, and the question after them what is asked. */
static void a_question_is_about_what_it_asks(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *typed, *disclosure;
		size_t topics;
	} rows[] = {
		{"So you are worn out by the trains. What is it like at home?", "quiet_evenings", 2},
		{"So you come home late. What is work like?", "late_again", 2},
		{"So you are worn out by the trains. What is that like?", "late_again", 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct talk talk = talk_open(f, f->dialogue, 5);
		say(&talk, rows[i].typed);
		assert_non_null(talk.reply.disclosure);
		assert_string_equal(talk.reply.disclosure, rows[i].disclosure);
		assert_int_equal(talk.reply.topic_count, rows[i].topics);
		talk_close(&talk);
	}
}

/* A rule whose one line was said last leaves the message to the next rule. */
static void nothing_is_said_twice_in_a_row(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = with_rules(f, "",
		"{ \"id\": \"one\", \"when\": { \"words\": [\"tomorrow\"] }, \"client\": [{ \"say\": \"Once.\", "
		"\"when\": { "
		"\"family\": \"question\" } }, { \"say\": \"Otherwise.\", \"otherwise\": true }, { \"say\": "
		"\"Never.\", \"when\": { "
		"\"technique\": \"summary\" } }] }");
	struct talk talk = talk_open(f, d, 5);
	say(&talk, "How is tomorrow?");
	assert_string_equal(talk.reply.rule, "one");
	assert_string_equal(talk.reply.lines[0].text, "Once.");
	say(&talk, "And how is tomorrow then?");
	assert_string_not_equal(talk.reply.rule, "one");
	say(&talk, "How will tomorrow be?");
	assert_string_equal(talk.reply.rule, "one");
	talk_close(&talk);
	dialogue_release(d);
}

/* 290 rules with two lists of words each: those of the last rule, or of every rule, have words of their own. */
static struct dialogue_source with_lists_of_words(const struct fixture *f, bool of_their_own)
{
	struct buffer rules = {0};
	for (int i = 0; i < 290; i++)
		buffer_format(&rules,
			"{ \"id\": \"r%d\", \"when\": { \"any\": [{ \"words\": [\"a\", \"x%d\"] }, { \"words\": "
			"[\"b\", \"y%d\"] "
			"}] }, \"client\": [\"A.\", \"B.\", \"C.\"] },",
			i, of_their_own ? i : i / 289, of_their_own ? i : i / 289);
	char *first = arena_format(f->arena, "\"rules\": [\n    %s { \"id\": \"too_soon\"", rules.data);
	buffer_clear(&rules);
	return fixture_edit(f->arena, &f->script, "\"rules\": [\n    { \"id\": \"too_soon\"", first);
}

static void lists_of_words_have_an_end(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source script = with_lists_of_words(f, true);
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
		STATUS_INVALID);
	assert_string_equal(findings_at(findings, 0)->code, "D034");
	findings_free(findings);
}

static void a_list_of_words_written_twice_is_kept_once(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	struct dialogue_source script = with_lists_of_words(f, false);
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &d), STATUS_OK);
	struct talk talk = talk_open(f, d, 1);
	say(&talk, "What of y0?");
	assert_string_equal(talk.reply.rule, "r0");
	say(&talk, "What of y1?");
	assert_string_equal(talk.reply.rule, "r289");
	talk_close(&talk);
	dialogue_release(d);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_phrases_decide),
		cmocka_unit_test(the_number_of_words_is_a_counter),
		cmocka_unit_test(the_number_of_questions_is_a_counter),
		cmocka_unit_test(a_part_is_answered_and_then_the_rest),
		cmocka_unit_test(the_trial_of_rules_names_both),
		cmocka_unit_test(a_question_is_about_what_it_asks),
		cmocka_unit_test(nothing_is_said_twice_in_a_row),
		cmocka_unit_test(lists_of_words_have_an_end),
		cmocka_unit_test(a_list_of_words_written_twice_is_kept_once),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
