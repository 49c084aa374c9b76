/* SPDX-License-Identifier: Apache-2.0 */
/* Imagined trainees: what they find has its code, and the same seed finds the same. */
#include "dialogue_fixture.h"

#include "askwell/walk.h"

#define WALKS 300

struct walked {
	struct findings *findings;
	struct walk_report report;
};

static struct walked walk(const struct fixture *f, const struct dialogue *dialogue, uint64_t seed)
{
	const struct walk_options options = {WALKS, seed};
	struct walked walked = {.findings = findings_new()};
	walk_run(dialogue, &options, f->arena, walked.findings, &walked.report);
	return walked;
}

static void walked_clear(struct walked *walked)
{
	coverage_free(walked->report.coverage);
	findings_free(walked->findings);
}

static const struct finding *find(const struct walked *walked, const char *code)
{
	for (size_t i = 0; i < findings_count(walked->findings); i++)
		if (strcmp(findings_at(walked->findings, i)->code, code) == 0)
			return findings_at(walked->findings, i);
	return NULL;
}

/* The good case with one change, and what the walks make of it. */
static const struct {
	const char *code, *from, *to, *path, *reason;
	const char *also_from, *also_to; /* NULL: one change is enough */
} table[] = {
	{"W001", "Mm.", "Mm.", NULL, "said a line again within 25 turns", NULL, NULL},
	{"W004", "\"premature\": true", "\"counters\": { \"turns\": { \"at_least\": 1 } }", "/rules/0",
		"nothing leads on", "\"stage\": \"reality\",",
		"\"stage\": \"reality\", \"ready\": { \"disclosed\": \"the_boy\" },"},
	{"W009", "Mm.", "Mm.", "/fallback", "in a row and nothing changed", NULL, NULL},
	{"W006", "\"when\": { \"disclosed\": \"the_boy\" }",
		"\"when\": { \"counters\": { \"turns\": { \"at_least\": 900 } } }", "/endings/0", "\"unlocked\"", NULL,
		NULL},
	{"W007", "\"trust\": { \"at_least\": 3 }",
		"\"trust\": { \"at_least\": 3, \"at_most\": 5 }, \"hope\": { \"at_least\": 3 }", "/disclosures/2",
		"\"platform\"", NULL, NULL},
	{"W008", "\"technique\": \"off_topic\"",
		"\"technique\": \"challenge\", \"counters\": { \"turns\": { \"at_least\": 900 } }", "/rules/3",
		"\"robot\" answered in none", NULL, NULL},
};

static void check_row(const struct fixture *f, size_t row)
{
	struct dialogue_source edited = fixture_edit(f->arena, &f->script, table[row].from, table[row].to);
	if (table[row].also_from != NULL)
		edited = fixture_edit(f->arena, &edited, table[row].also_from, table[row].also_to);
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	if (fixture_compile(&edited, &f->model, &f->temperament, f->pack, false, findings, &dialogue) != STATUS_OK) {
		fixture_print(findings);
		fail_msg("row %zu does not compile", row);
	}
	struct walked walked = walk(f, dialogue, 1);
	const struct finding *found = find(&walked, table[row].code);
	if (found == NULL)
		fail_msg("%s was not found", table[row].code);
	else if (strstr(found->reason, table[row].reason) == NULL)
		fail_msg("%s: %s", table[row].code, found->reason);
	if (found != NULL && table[row].path != NULL)
		assert_string_equal(found->path, table[row].path);
	walked_clear(&walked);
	dialogue_release(dialogue);
	findings_free(findings);
}

/* The compiler refuses scripts that could be silent, and a message that is refused is a fault of Askwell itself: these are
 * watched for all the same. */
static bool cannot_be(const char *code)
{
	return strcmp(code, "W002") == 0 || strcmp(code, "W003") == 0 || strcmp(code, "W005") == 0;
}

static void each_code_has_a_case(void **state)
{
	for (size_t i = 0; i < COUNT(table); i++)
		check_row(*state, i);
	for (size_t i = 0; walk_diagnostic_at(i) != NULL; i++) {
		bool found = cannot_be(walk_diagnostic_at(i)->code);
		for (size_t j = 0; j < COUNT(table); j++)
			found = found || strcmp(table[j].code, walk_diagnostic_at(i)->code) == 0;
		if (!found)
			fail_msg("%s has no example", walk_diagnostic_at(i)->code);
	}
}

static void a_good_case_has_no_errors(void **state)
{
	const struct fixture *f = *state;
	struct walked walked = walk(f, f->dialogue, 1);
	uint64_t ended = 0;
	fixture_print(walked.findings);
	assert_int_equal(findings_errors(walked.findings), 0);
	for (unsigned kind = 0; kind < WALK_KINDS; kind++) {
		assert_int_equal(walked.report.walks[kind], WALKS / WALK_KINDS);
		assert_true(walked.report.messages[kind] > walked.report.walks[kind]);
		for (size_t i = 0; i < dialogue_info(f->dialogue)->ending_count; i++)
			ended += walked.report.endings[kind][i];
	}
	assert_int_equal(ended, WALKS);
	walked_clear(&walked);
}

static bool same_findings(const struct walked *a, const struct walked *b)
{
	if (findings_count(a->findings) != findings_count(b->findings))
		return false;
	for (size_t i = 0; i < findings_count(a->findings); i++)
		if (strcmp(findings_at(a->findings, i)->reason, findings_at(b->findings, i)->reason) != 0)
			return false;
	return a->report.messages[0] == b->report.messages[0];
}

static void the_seed_decides(void **state)
{
	const struct fixture *f = *state;
	struct walked a = walk(f, f->dialogue, 5), b = walk(f, f->dialogue, 5), c = walk(f, f->dialogue, 6);
	assert_true(same_findings(&a, &b));
	assert_false(same_findings(&a, &c));
	walked_clear(&a);
	walked_clear(&b);
	walked_clear(&c);
}

static void one_walk_can_be_held_again(void **state)
{
	const struct fixture *f = *state;
	const struct walk_options options = {WALKS, 5};
	for (size_t number = 1; number <= 30; number++) {
		const struct turn *turns = NULL;
		size_t count = 0;
		uint64_t seed = 0;
		struct replay replayed;
		walk_turns(f->dialogue, &options, number, f->arena, &turns, &count, &seed);
		assert_in_range(count, 1, WALK_MESSAGES_MAX + 1);
		assert_int_equal(
			replay(f->dialogue, f->scratch, seed, turns, count, f->arena, &replayed, NULL), STATUS_OK);
		assert_true(engine_ended(replayed.run));
		engine_free(replayed.run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_code_has_a_case),
		cmocka_unit_test(a_good_case_has_no_errors),
		cmocka_unit_test(the_seed_decides),
		cmocka_unit_test(one_walk_can_be_held_again),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
