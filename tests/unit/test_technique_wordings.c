/* SPDX-License-Identifier: Apache-2.0 */
/* Turns of phrase that vote beside the cues. */
#include "cue_fixture.h"

#define WORDINGS(points) "\"wordings\": {\"because\": \"Often comes with it.\", \"points\": {" points "}}"

static void test_what_counts(void **state)
{
	static const struct {
		const char *what, *points, *text;
		int empathy;
	} rows[] = {
		{"one word", "\"plum\": {\"empathy\": 20}", "A plum.", 20},
		{"two in a row", "\"plum fig\": {\"empathy\": 20}", "A plum fig.", 20},
		{"three in a row", "\"a plum fig\": {\"empathy\": 20}", "Take a plum, fig.", 20},
		{"not in another order", "\"plum fig\": {\"empathy\": 20}", "A fig plum.", 0},
		{"not with a word between", "\"plum fig\": {\"empathy\": 20}", "A plum or fig.", 0},
		{"not over the end of a sentence", "\"plum fig\": {\"empathy\": 20}", "A plum. Figs, a fig.", 0},
		{"not a part of a word", "\"plum\": {\"empathy\": 20}", "A plumber.", 0},
		{"every one that is there", "\"plum\": {\"empathy\": 20}, \"a plum\": {\"empathy\": 7}", "A plum.", 27},
		{"once, however often it is there", "\"plum\": {\"empathy\": 20}", "A plum, a fig, a plum.", 20},
		{"first of all", "\"^ plum fig\": {\"empathy\": 20}", "Plum fig.", 20},
		{"first of all only", "\"^ plum fig\": {\"empathy\": 20}", "A plum fig.", 0},
		{"anywhere, and so first as well", "\"plum fig\": {\"empathy\": 20}", "Plum fig.", 20},
		{"both of them where a sentence begins", "\"^ plum\": {\"empathy\": 20}, \"plum\": {\"empathy\": 3}",
			"Plum fig.", 23},
		{"accents and capitals aside", "\"caf\u00e9\": {\"empathy\": 20}", "CAFE.", 20},
	};
	const struct world *world = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct technique_analysis analysis;
		const char *members = arena_format(world->arena, WORDINGS("%s"), rows[i].points);
		struct technique_pack *pack = good_pack(world, members, FAIR);
		struct technique_explanation explanation = explained(world, pack, rows[i].text, NULL, &analysis);
		int points = explanation.sentences[0].points[TECHNIQUE_EMPATHY];
		if (points != rows[i].empathy) {
			print_error("%s: %d points\n", rows[i].what, points);
			wrong++;
		}
		technique_pack_release(pack);
		arena_reset(world->arena);
	}
	assert_int_equal(wrong, 0);
}

static void assert_words(const char *text, const struct technique_span *span, const char *words)
{
	assert_int_equal(span->end - span->start, strlen(words));
	assert_memory_equal(text + span->start, words, strlen(words));
}

static void test_a_wording_alone_names_the_sentence(void **state)
{
	static const char text[] = "A ripe PLUM, fig.";
	const struct world *world = *state;
	struct technique_analysis analysis;
	struct technique_pack *pack = good_pack(world, WORDINGS("\"plum fig\": {\"empathy\": 20}"), FAIR);
	(void)explained(world, pack, text, NULL, &analysis);
	const struct technique_label *label = analysis.primary;
	assert_int_equal(label->technique, TECHNIQUE_EMPATHY);
	assert_int_equal(label->evidence_count, 1);
	assert_string_equal(label->evidence[0].because, "Often comes with it.");
	assert_int_equal(label->evidence[0].points, 20);
	assert_words(text, &label->evidence[0].span, "PLUM, fig");
	assert_words(text, &label->cue, "PLUM, fig");
	technique_pack_release(pack);
}

static void test_what_knows_why_leads(void **state)
{
	const struct world *world = *state;
	struct technique_analysis analysis;
	struct technique_pack *pack = good_pack(world,
		"\"cues\": [" CUE("fruit", "fig", "\"empathy\": 4") "," CUE("against", "ripe",
			"\"empathy\": -3, \"summary\": 2") "], " WORDINGS("\"plum\": {\"empathy\": 20}"),
		FAIR);
	(void)explained(world, pack, "A ripe plum, fig.", NULL, &analysis);
	assert_int_equal(analysis.primary->technique, TECHNIQUE_EMPATHY);
	assert_string_equal(analysis.primary->rule, "fruit");
	assert_string_equal(analysis.primary->reason, "Because of fruit.");
	(void)explained(world, pack, "A ripe plum.", NULL, &analysis);
	assert_string_equal(analysis.primary->rule, "wording");
	technique_pack_release(pack);
}

static void test_explained(void **state)
{
	static const char text[] = "Plum fig.";
	const struct world *world = *state;
	struct technique_analysis analysis;
	struct technique_pack *pack = good_pack(world,
		WORDINGS("\"^ plum\": {\"empathy\": 20}, \"fig\": {\"summary\": 3}, \"pear\": {\"summary\": 9}"), FAIR);
	struct technique_explanation explanation = explained(world, pack, text, NULL, &analysis);
	const struct technique_sentence *sentence = &explanation.sentences[0];
	static const char *const words[] = {"Plum", "fig"};
	size_t count = 0;
	for (size_t i = 0; i < sentence->trial_count; i++) {
		const struct technique_trial *trial = &sentence->trials[i];
		if (strcmp(trial->id, "wording") != 0)
			continue;
		assert_true(count < COUNT(words));
		assert_words(text, &trial->words, words[count]);
		assert_string_equal(trial->reason, "Often comes with it.");
		count++;
	}
	assert_int_equal(count, COUNT(words));
	assert_string_equal(sentence->words, "plum fig");
	technique_pack_release(pack);
}

static void test_bad_wordings(void **state)
{
	static const struct {
		const char *members, *code, *path;
	} rows[] = {
		{WORDINGS("\"one of the plums\": {\"empathy\": 1}"), "P004", "/wordings/points/one of the plums"},
		{WORDINGS("\"^ one of the plums\": {\"empathy\": 1}"), "P004", "/wordings/points/^ one of the plums"},
		{WORDINGS("\"plum*\": {\"empathy\": 1}"), "P004", "/wordings/points/plum*"},
		{WORDINGS("\"\": {\"empathy\": 1}"), "P004", "/wordings/points/"},
		{WORDINGS("\"plum\": {\"empathy\": 1}, \"PLUM\": {\"empathy\": 1}"), "P006", "/wordings/points/PLUM"},
		{WORDINGS("\"plum\": {\"emphaty\": 1}"), "P005", "/wordings/points/plum/emphaty"},
		{WORDINGS("\"plum\": {\"empathy\": 1001}"), "P004", "/wordings/points/plum/empathy"},
		{"\"wordings\": {\"points\": {}}", "P003", "/wordings"},
		{"\"wordings\": {\"because\": \"x\"}", "P003", "/wordings"},
		{"\"wordings\": {\"because\": \"x\", \"points\": {}, \"point\": {}}", "P002", "/wordings/point"},
	};
	const struct world *world = *state;
	unsigned missed = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct findings *findings = findings_new();
		struct technique_pack *pack = compile(world, rows[i].members, FAIR, findings);
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			found |= strcmp(finding->code, rows[i].code) == 0 && strcmp(finding->path, rows[i].path) == 0 &&
				 finding->severity == FINDING_ERROR && finding->line > 0;
		}
		if (pack != NULL || !found) {
			print_error("%s %s is not found\n", rows[i].code, rows[i].path);
			for (size_t j = 0; j < findings_count(findings); j++)
				print_error("  but %s %s\n", findings_at(findings, j)->code,
					findings_at(findings, j)->path);
			missed++;
		}
		technique_pack_release(pack);
		findings_free(findings);
	}
	assert_int_equal(missed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_counts),
		cmocka_unit_test(test_a_wording_alone_names_the_sentence),
		cmocka_unit_test(test_what_knows_why_leads),
		cmocka_unit_test(test_explained),
		cmocka_unit_test(test_bad_wordings),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
