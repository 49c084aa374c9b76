/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: what cannot be read has its code and line, what fails is data, and what is written down passes. */
#include "dialogue_fixture.h"

#include "askwell/plan.h"

static struct dialogue_source source_of(const char *text)
{
	return (struct dialogue_source){"a.plan", text, strlen(text)};
}

static struct plan read_good(const struct fixture *f, const char *text)
{
	struct findings *findings = findings_new();
	struct dialogue_source source = source_of(text);
	struct plan plan;
	enum status status = plan_read(&source, f->arena, findings, &plan);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	findings_free(findings);
	return plan;
}

static struct plan_result run(const struct fixture *f, const struct plan *plan, struct findings *findings)
{
	struct plan_result result;
	plan_run(plan, f->dialogue, f->scratch, f->arena, findings, &result);
	return result;
}

static void read_what_is_typed(void **state)
{
	struct plan plan = read_good(*state,
		"# a remark\ncase: late_trains  the trains\nseed: 9\nfrom: telling\nset: trust=4, hope=1\n"
		"told: late_again\n\n> What else?  Two spaces are text.\n  label: open_question   a remark\n"
		"  var: trust >= 3\n! hint\n! retake 1\n! end\r\n  ended: closed\n");
	assert_string_equal(plan.dialogue, "late_trains");
	assert_int_equal(plan.dialogue_line, 2);
	assert_int_equal(plan.seed, 9);
	assert_string_equal(plan.scene.state, "telling");
	assert_int_equal(plan.scene.setting_count, 2);
	assert_string_equal(plan.scene.settings[1].variable, "hope");
	assert_int_equal(plan.scene.settings[0].value, 4);
	assert_string_equal(plan.scene.told[0], "late_again");
	assert_int_equal(plan.count, 4);
	assert_string_equal(plan.turns[0].turn.text, "What else?  Two spaces are text.");
	assert_int_equal(plan.turns[0].count, 2);
	assert_string_equal(plan.turns[0].expectations[0].value, "open_question");
	assert_int_equal(plan.turns[0].expectations[1].line, 10);
	assert_int_equal(plan.turns[1].turn.kind, TURN_HINT);
	assert_int_equal(plan.turns[2].turn.to, 1);
	assert_int_equal(plan.turns[3].turn.kind, TURN_END);
	assert_string_equal(plan.turns[3].expectations[0].value, "closed");
}

#define TOP "case: late_trains\n"

static const struct {
	const char *code;
	unsigned line;
	const char *text, *reason;
} wrong[] = {
	{"G001", 2, TOP "nonsense\n> Hello", "\"nonsense\""},
	{"G001", 3, TOP "> Hello\nlabel: open_question", "not indented"},
	{"G002", 1, "> Hello", "which case"},
	{"G003", 2, TOP "seed: seven\n> Hello", "\"seven\""},
	{"G003", 2, TOP "set: trust\n> Hello", "trust=4"},
	{"G003", 2, TOP "told: one,, two\n> Hello", "one_id, another"},
	{"G003", 3, TOP "> Hello\n  var: trust is 3", "\"trust is 3\""},
	{"G003", 3, TOP "> Hello\n  label:", "no value"},
	{"G004", 3, TOP "> Hello\n  labl: open_question", "\"labl\""},
	{"G005", 3, TOP "> Hello\n! rewind", "\"rewind\""},
	{"G005", 3, TOP "> Hello\n! retake 2", "no earlier message"},
	{"G006", 1, TOP, "no message"},
	{"G007", 2, TOP "  label: open_question\n> Hello", "before the first"},
	{"G008", 2, TOP ">  \n", "empty"},
	{"G008", 2, TOP "> bell \x07", "control"},
	{"G008", 2, TOP "> caf\xe9", "UTF-8"},
	{"G010", 2, TOP "case: late_trains\n> Hello", "twice"},
	{"G011", 2, TOP "from: nowhere\n> Hello", "no state \"nowhere\""},
	{"G011", 2, TOP "from: resolved\n> Hello", "ends in the state"},
	{"G011", 2, TOP "set: trust=9\n> Hello", "from 0 to 5"},
	{"G011", 2, TOP "set: luck=1\n> Hello", "no variable \"luck\""},
	{"G011", 2, TOP "told: all\n> Hello", "no disclosure \"all\""},
	{"G020", 3, TOP "> How is work?\n  label: closed_question", "found open_question"},
	{"G021", 3, TOP "! end\n> Hello", "cannot be taken"},
	{"G021", 5, TOP "> Hello\n> Hello\n! retake 1\n! retake 2", "cannot be taken"},
};

static void check_wrong(const struct fixture *f, size_t row)
{
	struct findings *findings = findings_new();
	struct dialogue_source source = source_of(wrong[row].text);
	struct plan plan;
	if (plan_read(&source, f->arena, findings, &plan) == STATUS_OK)
		run(f, &plan, findings);
	if (findings_count(findings) == 0)
		fail_msg("row %zu: nothing was found", row);
	const struct finding *finding = findings_at(findings, 0);
	if (strcmp(finding->code, wrong[row].code) != 0 || finding->line != wrong[row].line ||
		strstr(finding->reason, wrong[row].reason) == NULL)
		fail_msg("row %zu: %s line %u: %s", row, finding->code, finding->line, finding->reason);
	findings_free(findings);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	for (size_t i = 0; i < COUNT(wrong); i++)
		check_wrong(*state, i);
}

static void too_long_and_of_no_case(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source source = {"a.plan", arena_alloc(f->arena, PLAN_SIZE_MAX + 1), PLAN_SIZE_MAX + 1};
	struct plan plan;
	memset((char *)(size_t)source.text, '\n', source.length);
	assert_int_equal(plan_read(&source, f->arena, findings, &plan), STATUS_INVALID);
	assert_string_equal(findings_at(findings, 0)->code, "G012");
	plan = read_good(f, "case: another\n> Hello");
	plan_without_case(&plan, findings);
	assert_string_equal(findings_at(findings, 1)->code, "G009");
	assert_non_null(strstr(findings_at(findings, 1)->reason, "another"));
	findings_free(findings);
}

/* Those two say that Askwell itself is at fault. */
static bool is_our_fault(const char *code)
{
	return strcmp(code, "G022") == 0 || strcmp(code, "G023") == 0;
}

static void every_code_has_an_example(void **state)
{
	(void)state;
	for (size_t i = 0; plan_diagnostic_at(i) != NULL; i++) {
		const struct dialogue_diagnostic *diagnostic = plan_diagnostic_at(i);
		bool found = is_our_fault(diagnostic->code) || strcmp(diagnostic->code, "G009") == 0 ||
			     strcmp(diagnostic->code, "G012") == 0;
		assert_true(*diagnostic->meaning != '\0' && *diagnostic->remedy != '\0');
		for (size_t j = 0; j < COUNT(wrong); j++)
			found = found || strcmp(wrong[j].code, diagnostic->code) == 0;
		if (!found)
			fail_msg("%s has no example", diagnostic->code);
	}
}

static const char failing[] =
	TOP "> How is work?\n  label: closed_question  a remark\n  rule: dialogue nothing\n"
	    "  has: open_question\n  var: trust >= 5\n  silent: timetable\n  says: the moon\n! end\n"
	    "  ended: unlocked\n";

static void run_gives_what_came(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct plan plan = read_good(f, failing);
	struct plan_result result = run(f, &plan, findings);
	assert_false(result.passed);
	assert_int_equal(result.count, 2);
	assert_int_equal(result.miss_count, 6);
	assert_int_equal(findings_count(findings), 6);
	assert_string_equal(result.turns[0].reply.disclosure, "late_again");
	assert_string_equal(result.misses[0].found, "open_question");
	assert_int_equal(result.misses[0].expectation, 0);
	assert_null(result.misses[3].value);
	assert_int_equal(result.turns[1].ending, 2);
	findings_free(findings);
}

static void update_writes_values_and_keeps_remarks(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source source = source_of(failing);
	struct plan plan = read_good(f, failing);
	struct plan_result result = run(f, &plan, findings);
	struct buffer text = {0}, diff = {0};
	assert_int_equal(plan_update(&source, &plan, &result, &text), 5);
	assert_non_null(strstr(text.data, "  label: open_question  a remark\n"));
	assert_non_null(strstr(text.data, "  rule: temperament named\n"));
	assert_non_null(strstr(text.data, "  var: trust >= 2\n"));
	assert_non_null(strstr(text.data, "  silent: timetable\n"));
	assert_non_null(strstr(text.data, "  says: The timetable changed and nobody asked us.\n"));
	assert_non_null(strstr(text.data, "  ended: closed\n"));
	plan_diff("a.plan", failing, text.data, &diff);
	assert_memory_equal(diff.data, "--- a.plan\n+++ a.plan\n@@ -1,10 +1,10 @@\n case: late_trains\n", 59);
	assert_non_null(strstr(diff.data, "-  ended: unlocked\n+  ended: closed\n"));
	findings_free(findings);
	findings = findings_new();
	plan = read_good(f, arena_text(f->arena, text.data));
	result = run(f, &plan, findings);
	assert_int_equal(result.miss_count, 1);
	findings_free(findings);
	buffer_clear(&text);
	buffer_clear(&diff);
}

static void diff_keeps_far_changes_apart(void **state)
{
	struct buffer diff = {0};
	(void)state;
	plan_diff("p", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n", &diff);
	assert_string_equal(diff.data, "--- p\n+++ p\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n"
				       "@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n");
	buffer_clear(&diff);
}

static const char *const typed[] = {"What would you like from today?", "How is work?", "So you are worn out.",
	"What are your evenings like?", "What could you do?"};

/* A conversation of messages, a hint, a retake and the end, replayed. */
static struct replay converse(const struct fixture *f, const struct engine_run *start)
{
	size_t count = COUNT(typed) + 3;
	struct turn *turns = arena_array(f->arena, count, sizeof *turns);
	struct replay replayed;
	for (uint32_t i = 0; i < COUNT(typed); i++)
		turns[i] = (struct turn){.kind = TURN_SAY, .text = typed[i], .text_length = strlen(typed[i])};
	turns[5] = (struct turn){.kind = TURN_HINT, .text = ""};
	turns[6] = (struct turn){.kind = TURN_RETAKE, .to = 3, .text = ""};
	turns[7] = (struct turn){.kind = TURN_END, .text = ""};
	for (uint32_t i = 0; i < count; i++)
		turns[i].number = i + 1;
	assert_int_equal(
		replay_from(f->dialogue, f->scratch, start, turns, count, f->arena, &replayed, NULL), STATUS_OK);
	return replayed;
}

static void check_written(const struct fixture *f, uint64_t seed, const struct engine_scene *scene)
{
	struct engine_run *start = NULL;
	struct findings *findings = findings_new();
	struct buffer text = {0};
	assert_int_equal(engine_start_at(f->dialogue, seed, scene, &start, NULL), STATUS_OK);
	struct replay replayed = converse(f, start);
	plan_write(f->dialogue, seed, scene, &replayed, &text);
	struct plan plan = read_good(f, arena_text(f->arena, text.data));
	struct plan_result result = run(f, &plan, findings);
	fixture_print(findings);
	assert_true(result.passed);
	assert_int_equal(result.count, replayed.count);
	engine_free(replayed.run);
	engine_free(start);
	findings_free(findings);
	buffer_clear(&text);
}

static void what_is_written_down_passes(void **state)
{
	const struct engine_setting settings[] = {{"trust", 4}, {"hope", 0}};
	const char *const told[] = {"late_again", "quiet_evenings"};
	const struct engine_scene start = {0};
	const struct engine_scene later = {"telling", settings, COUNT(settings), told, COUNT(told)};
	for (uint64_t seed = 1; seed <= 20; seed++) {
		check_written(*state, seed, &start);
		check_written(*state, seed, &later);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_what_is_typed),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
		cmocka_unit_test(too_long_and_of_no_case),
		cmocka_unit_test(every_code_has_an_example),
		cmocka_unit_test(run_gives_what_came),
		cmocka_unit_test(update_writes_values_and_keeps_remarks),
		cmocka_unit_test(diff_keeps_far_changes_apart),
		cmocka_unit_test(what_is_written_down_passes),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
