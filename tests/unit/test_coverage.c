/* SPDX-License-Identifier: Apache-2.0 */
/* What was reached and what was not, with what a case shares counted apart. */
#include "talk_fixture.h"

#include "askwell/coverage.h"

static const char fragment_text[] =
	"{ \"kind\": \"fragment\", \"format\": 1, \"id\": \"shared\", \"language\": \"en\",\n"
	"  \"rules\": [\n"
	"    { \"id\": \"paced\", \"when\": { \"technique\": \"structuring\" },\n"
	"      \"client\": [\"One.\", \"Two.\", \"Three.\"] } ] }\n";

static uint64_t count_of(const struct coverage *coverage, enum coverage_group group, const char *id)
{
	struct coverage_item item;
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		coverage_item(coverage, i, &item);
		if (item.group == group && strcmp(item.id, id) == 0)
			return item.count;
	}
	fail_msg("%s is not among the %s", id, coverage_group_words(group));
	return 0;
}

static void answers_are_counted_by_what_they_came_to(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 7);
	struct coverage *coverage = coverage_new(f->dialogue), *more = coverage_new(f->dialogue);
	struct coverage_sum sums[COVERAGE_GROUPS];
	struct engine_run *after = NULL;
	coverage_begin(coverage, engine_state(f->dialogue, talk.run));
	say(&talk, "How is work?");
	coverage_add(coverage, &talk.reply);
	say(&talk, "You should rest.");
	coverage_add(more, &talk.reply);
	assert_int_equal(engine_end(f->dialogue, talk.run, f->arena, &after, &talk.reply), STATUS_OK);
	coverage_add(more, &talk.reply);
	coverage_merge(coverage, more);
	assert_true(count_of(coverage, COVERAGE_STATES, "arriving") >= 1);
	assert_int_equal(count_of(coverage, COVERAGE_TEMPERAMENT_RULES, "named"), 1);
	assert_int_equal(count_of(coverage, COVERAGE_TEMPERAMENT_RULES, "yes_but"), 1);
	assert_int_equal(count_of(coverage, COVERAGE_DISCLOSURES, "late_again"), 1);
	assert_int_equal(count_of(coverage, COVERAGE_ENDINGS, "closed"), 1);
	assert_int_equal(count_of(coverage, COVERAGE_DIALOGUE_RULES, "robot"), 0);
	coverage_sums(coverage, sums);
	assert_int_equal(sums[COVERAGE_ENDINGS].reached, 1);
	assert_int_equal(sums[COVERAGE_ENDINGS].all, 3);
	assert_int_equal(sums[COVERAGE_TEMPERAMENT_RULES].reached, 2);
	assert_int_equal(sums[COVERAGE_FRAGMENT_RULES].all, 0);
	coverage_free(coverage);
	coverage_free(more);
	engine_free(after);
	talk_close(&talk);
}

static void what_a_fragment_brings_is_counted_apart(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "\"temperament\": \"wary\",",
		"\"temperament\": \"wary\", \"extends\": [\"shared\"],");
	const struct dialogue_source fragment = {"fragments/shared.json", fragment_text, sizeof fragment_text - 1};
	struct dialogue_sources sources = {&script, &f->model, &f->temperament, {&fragment}, 1, NULL, NULL};
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	enum status status = dialogue_compile(&sources, f->pack, false, findings, &dialogue);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	struct coverage *coverage = coverage_new(dialogue);
	struct coverage_item item;
	assert_int_equal(count_of(coverage, COVERAGE_FRAGMENT_RULES, "paced"), 0);
	assert_int_equal(count_of(coverage, COVERAGE_DIALOGUE_RULES, "robot"), 0);
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		coverage_item(coverage, i, &item);
		if (item.group != COVERAGE_FRAGMENT_RULES)
			continue;
		assert_string_equal(item.place.source->file, "fragments/shared.json");
		assert_string_equal(item.place.pointer, "/rules/0");
		assert_int_equal(inventory_line(&item.place), 3);
	}
	coverage_free(coverage);
	dialogue_release(dialogue);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_counted_by_what_they_came_to),
		cmocka_unit_test(what_a_fragment_brings_is_counted_apart),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
