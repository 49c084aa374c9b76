/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include "askwell/outline.h"

/* The condition, put on the fixture's rule "yes_but" (see fixtures/case.json), in words. */
static char *words_of(struct fixture *f, const char *condition)
{
	char *rule = arena_format(f->arena,
		"\"rules\": [\n    { \"id\": \"probe\", \"once\": true, \"when\": %s, \"client\": [\"a\", \"b\", "
		"\"c\"] },",
		condition);
	struct dialogue_source script =
		fixture_edit(f->arena, &f->script, "\n  \"rules\": [", arena_format(f->arena, "\n  %s", rule));
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct buffer out = {0};
	char *words = NULL;

	if (fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue) != STATUS_OK) {
		fixture_print(findings);
		fail_msg("%s", condition);
	}
	const struct outline *outline = outline_new(dialogue, f->arena);
	for (size_t i = 0; i < outline->rule_count; i++)
		if (strcmp(outline->rules[i].id, "probe") == 0)
			outline_condition(dialogue, outline->rules[i].when, &out);
	words = arena_text(f->arena, out.data);
	buffer_clear(&out);
	dialogue_release(dialogue);
	findings_free(findings);
	return words;
}

static void conditions_are_said_in_words(void **state)
{
	static const struct {
		const char *condition, *words;
	} cases[] = {
		{"{}", "always"},
		{"{\"technique\": \"open_question\"}", "open question"},
		{"{\"technique\": [\"open_question\", \"summary\", \"empathy\"]}", "open question, summary or empathy"},
		{"{\"family\": [\"question\", \"reflection\"], \"form\": \"open\"}",
			"any question or any listening; form open"},
		{"{\"family\": [\"input\", \"other\"]}", "any other remark or any telling"},
		{"{\"has\": \"advice_direct\", \"has_not\": [\"summary\", \"empathy\"]}",
			"somewhere in it advice direct; nowhere in it summary or empathy"},
		{"{\"flag\": \"long_message\"}", "marked long message"},
		{"{\"topic\": true, \"follows\": true}", "about any topic; picks up any cue"},
		{"{\"topic\": [\"work\", \"home\"], \"follows\": \"worn_out\"}",
			"about work or home; picks up worn_out"},
		{"{\"focus\": \"goal\", \"premature\": true, \"permission\": false}",
			"aims at goal; aims at a stage that is not ready; without leave just given"},
		{"{\"premature\": false, \"permission\": true}",
			"does not aim at a stage that is not ready; after asking leave and getting it"},
		{"{\"variables\": {\"trust\": {\"at_least\": 3}, \"hope\": {\"at_most\": 1}}}",
			"Trust at least 3; Hope at most 1"},
		{"{\"variables\": {\"trust\": {\"at_least\": 3, \"at_most\": 3}, \"hope\": {\"at_least\": 1, "
		 "\"at_most\": 2}}}",
			"Trust exactly 3; Hope 1 to 2"},
		{"{\"counters\": {\"turns\": {\"at_least\": 4}}}", "messages so far: at least 4"},
		{"{\"counters\": {\"disclosed\": {\"at_most\": 4}}}", "things told so far: at most 4"},
		{"{\"counters\": {\"asked.why_question\": {\"at_least\": 1}}}", "times of why question: at least 1"},
		{"{\"counters\": {\"streak.why_question\": {\"at_least\": 2}}}", "why question in a row: at least 2"},
		{"{\"counters\": {\"streak.question\": {\"at_least\": 2}}}", "question in a row: at least 2"},
		{"{\"counters\": {\"visits.arriving\": {\"at_least\": 2}}}", "visits to arriving: at least 2"},
		{"{\"counters\": {\"since.trust\": {\"at_most\": 2}}}", "messages since Trust changed: at most 2"},
		{"{\"disclosed\": [\"platform\", \"late_again\"]}", "told: late_again and platform"},
		{"{\"not_disclosed\": [\"platform\", \"late_again\"]}", "not told yet: late_again, platform"},
		{"{\"last_disclosed\": \"platform\", \"open_topic\": [\"work\", \"home\"]}",
			"just told: platform; open topic: work or home"},
		{"{\"ready\": \"goal\"}", "ready for stage goal"},
		{"{\"counters\": {\"right\": {\"at_least\": 1}, \"shown\": {\"at_most\": 0}}}",
			"exercises done well so far: at least 1; answers shown so far: at most 0"},
		{"{\"counters\": {\"tries\": {\"at_least\": 2}}}", "tries at this exercise: at least 2"},
		{"{\"stage\": \"goal\", \"state\": \"arriving\"}", "in stage goal; in state arriving"},
		{"{\"any\": [{\"topic\": \"work\"}, {\"family\": [\"question\", \"reflection\"]}]}",
			"about work or (any question or any listening)"},
		{"{\"any\": [{\"topic\": \"work\", \"focus\": \"goal\"}, {\"topic\": \"home\"}]}",
			"(aims at goal and about work) or about home"},
		{"{\"topic\": \"home\", \"all\": [{\"focus\": \"goal\"}, {\"permission\": true}]}",
			"about home; aims at goal; after asking leave and getting it"},
		{"{\"not\": {\"topic\": [\"work\", \"home\"]}}", "not (about work or home)"},
		{"{\"not\": {\"any\": [{\"topic\": \"work\"}, {\"focus\": \"goal\"}]}}",
			"not (about work or aims at goal)"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(words_of(f, cases[i].condition), cases[i].words);
}

static void stages_states_rules_and_endings_are_there(void **state)
{
	struct fixture *f = *state;
	const struct outline *outline = outline_new(f->dialogue, f->arena);
	const struct dialogue_info *info = dialogue_info(f->dialogue);
	size_t states = 0, moves = 0, temperament = 0;
	enum outline_level level = OUTLINE_STATE;

	assert_int_equal(outline->stage_count, info->stage_count);
	assert_int_equal(outline->ending_count, info->ending_count);
	assert_int_equal(outline->disclosure_count, info->disclosure_count);
	assert_string_equal(outline->states[outline->start].id, "arriving");
	for (size_t i = 0; i < outline->stage_count; i++) {
		assert_string_equal(outline->stages[i].id, info->stages[i].id);
		states += outline->stages[i].state_count;
	}
	assert_int_equal(states, outline->state_count);
	for (size_t i = 0; i < outline->rule_count; i++) {
		const struct outline_rule *rule = &outline->rules[i];

		assert_true(rule->level >= level); /* in this order */
		level = rule->level;
		assert_true(rule->target < outline->state_count);
		moves += rule->moves;
		temperament += rule->level == OUTLINE_TEMPERAMENT;
	}
	assert_true(moves > 0 && temperament > 0);
	assert_string_equal(outline->stages[0].aims, "questions about goal");
	assert_null(outline->endings[outline->ending_count - 1].when);
	assert_string_equal(outline->disclosures[0].opened_by, "open questions, any listening, summary or empathy");
	assert_string_equal(outline->disclosures[3].opened_by, "complex reflection or empathy");
	assert_string_equal(outline_level_name(OUTLINE_CASE), "case");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_are_said_in_words),
		cmocka_unit_test(stages_states_rules_and_endings_are_there),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
