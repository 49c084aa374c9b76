/* SPDX-License-Identifier: Apache-2.0 */
/* Each diagnostic has a failing script: the good case with one small change. */
#include "dialogue_fixture.h"

enum edited { CASE, MODEL, TEMPERAMENT };

#define X60 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Twenty words without an end. */
#define HARD                                                                                                           \
	"organisational responsibilities necessitate considerable interdepartmental communication notwithstanding "    \
	"administrative difficulties and unanticipated reorganisations concerning professional accountability "        \
	"regarding implementation of technological infrastructures "

static const struct failing {
	const char *code;
	enum edited file;
	const char *from, *to; /* from NULL: the whole file is `to` */
	const char *path;
	const char *reason; /* part of it */
	bool part;          /* the file is checked by itself, not with a case */
} table[] = {
	{"D001", CASE, "\"minutes\": 10,", "\"minutes\": 10", "", "not valid JSON", false},
	{"D002", CASE, "\"late_trains\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "", "nested more than 32", false},
	{"D003", CASE, "\"role\": \"station", "\"rolle\": 1, \"role\": \"station", "/character/rolle", "not a member",
		false},
	{"D004", CASE, "\"aim\": \"Listening.\"", "\"note\": 1", "/brief", "\"aim\" is missing", false},
	{"D005", CASE, "\"minutes\": 10", "\"minutes\": \"ten\"", "/minutes", "found a text", false},
	{"D006", CASE, "\"minutes\": 10", "\"minutes\": 999", "/minutes", "outside the range", false},
	{"D006", CASE, "\"title\": \"Not yet\", \"client\"", "\"title\": \"Not yet\", \"auto\": true, \"client\"",
		"/endings/2", "after its first turn", false},
	{"D007", CASE, "x", NULL, "/model", "no model \"three_steps\"", false},
	{"D008", CASE, "\"language\": \"en\"", "\"language\": \"fr\"", "/language", "\"fr\"", false},
	{"D009", CASE, "\"id\": \"platform_four\"", "\"id\": \"worn_out\"", "/cues/1/id", "used twice", false},
	{"D009", CASE, "\"id\": \"resolved\"", "\"id\": \"telling\"", "/stages/2/states/1", "\"telling\"", false},
	{"D009", CASE, "\"id\": \"robot\"", "\"id\": \"welcome\"", "/rules/3", "\"welcome\"", false},
	{"D009", TEMPERAMENT, "\"id\": \"heard\"", "\"id\": \"named\"", "/rules/7", "\"named\"", true},
	{"D010", CASE, "\"topic\": \"home\", \"depth\": 1", "\"topic\": \"house\", \"depth\": 1",
		"/disclosures/1/topic", "\"house\"", false},
	{"D010", CASE, "\"premature\": true }", "\"topic\": [\"work\", \"wrok\"] }", "/rules/0/when/topic/1",
		"\"wrok\"", false},
	{"D011", CASE, "\"follows\": true", "\"follows\": \"worn\"", "/stages/1/rules/0/when/follows", "\"worn\"",
		false},
	{"D012", CASE, "\"set\": { \"hope\": 2 }", "\"set\": { \"hopes\": 2 }", "/stages/2/states/0/rules/0/set/hopes",
		"\"hopes\"", false},
	{"D012", TEMPERAMENT, "\"guarded\": { \"at_least\": 1 }", "\"hope\": { \"at_least\": 1 }",
		"/rules/1/when/variables/hope", "\"hope\"", true},
	{"D013", CASE, "\"turns\": { \"at_most\": 1 }", "\"turn\": { \"at_most\": 1 }",
		"/stages/0/states/0/rules/0/when/counters/turn", "\"turn\"", false},
	{"D013", CASE, "\"turns\": { \"at_most\": 1 }", "\"asked.nothing\": { \"at_most\": 1 }",
		"/stages/0/states/0/rules/0/when/counters/asked.nothing", "asked.nothing", false},
	{"D014", CASE, "\"disclosed\": \"late_again\"", "\"disclosed\": \"late\"", "/rules/2/client/0/when/disclosed",
		"\"late\"", false},
	{"D015", CASE, "\"go\": \"listening\"", "\"go\": \"listning\"", "/stages/0/states/0/rules/0/go", "\"listning\"",
		false},
	{"D015", CASE, "\"start\": \"arriving\"", "\"start\": \"arrived\"", "/start", "\"arrived\"", false},
	{"D016", CASE, "\"feedback\": \"not_yet\"", "\"feedback\": \"not_now\"", "/rules/0/feedback", "\"not_now\"",
		false},
	{"D017", CASE, "\"stage\": \"options\"", "\"stage\": \"will\"", "/stages/2/stage", "no stage \"will\"", false},
	{"D017", CASE, "\"go\": \"listening\"", "\"go\": \"will.history\"", "/stages/0/states/0/rules/0/go", "\"will\"",
		false},
	{"D018", CASE, "\"start\": 0, \"min\": 0, \"max\": 3", "\"start\": 4, \"min\": 0, \"max\": 3",
		"/variables/hope", "starts at 4", false},
	{"D019", CASE, "\"trust\": { \"at_least\": 3 }", "\"trust\": { \"at_least\": 6 }",
		"/disclosures/2/needs/variables/trust", "from 0 to 5", false},
	{"D019", CASE, "\"turns\": { \"at_most\": 1 }", "\"turns\": { \"at_least\": 2, \"at_most\": 1 }",
		"/stages/0/states/0/rules/0/when/counters/turns", "never hold", false},
	{"D019", CASE, "\"disclosed\": { \"at_least\": 2 }", "\"disclosed\": { \"at_least\": 5 }", "/stages/2/ready",
		"Nothing that the case sets", false},
	{"D019", CASE, "\"needs\": { \"variables\": { \"trust\": { \"at_least\": 3 } } }",
		"\"needs\": { \"disclosed\": \"the_boy\" }", "/disclosures/2/needs",
		"\"platform\" has to be told before itself", false},
	{"D019", CASE, "\"needs\": { \"variables\": { \"trust\": { \"at_least\": 3 } } }",
		"\"needs\": { \"variables\": { \"ownership\": { \"at_least\": 2 } } }", "/disclosures/2/needs",
		"Nothing that the case sets", false},
	{"D020", CASE, "\"go\": \"listening\"", "\"go\": \"goal\"", "/stages/0/states/1", "\"listening\"", false},
	{"D021", CASE, "\"title\": \"A step\", \"when\": { \"variables\": { \"hope\": { \"at_least\": 1 } } }",
		"\"title\": \"A step\"", "/endings/2", "\"closed\"", false},
	{"D022", CASE, "\"title\": \"Not yet\",",
		"\"title\": \"Not yet\", \"when\": { \"disclosed\": \"late_again\" },", "/endings", "Every ending",
		false},
	{"D023", CASE, "\"opened_by\": [\"complex_reflection\", \"empathy\"]",
		"\"opened_by\": [\"reassurance\"], \"short\": [\"No.\"]", "/disclosures/3", "\"the_boy\"", false},
	{"D024", CASE, "\"when\": { \"premature\": true }, ", "", "/rules/3", "\"robot\" can never answer", false},
	{"D025", CASE, "\"Well.\", \"Mm.\", \"Yes.\"", "{ \"say\": \"Well.\", \"when\": { \"state\": \"telling\" } }",
		"/rules/2/client", "Every variant", false},
	{"D026", CASE, "\"May I say something?\"", "\"That was wrong.\"", "/rules/1/samples/0",
		"recognised as judgement", false},
	{"D026", TEMPERAMENT, "\"samples\": [\"That was wrong.\"]", "\"samples\": [\"So you are tired.\"]",
		"/rules/0/samples/0", "not answered by \"verdict\"", true},
	{"D027", CASE, "{ \"id\": \"may\", \"when\"",
		"{ \"id\": \"ask\", \"when\": { \"family\": \"question\" }, \"client\": [\"A\", \"B\", \"C\"] },\n{ "
		"\"id\": \"may\", \"when\"",
		"/rules/2/samples/0", "answered by \"ask\" before \"may\"", false},
	{"D028", CASE, "\"near\": [\"So you are late.\"]", "\"near\": [\"So you are exhausted.\"]",
		"/stages/1/rules/0/near/0", "answered by \"followed\"", false},
	{"D029", CASE, "\"my son\"", "\"*\"", "/topics/1/words", "", false},
	{"D030", CASE, "\"Another late train.", "\"Another late train for {name}.", "/opening/1", "{name}", false},
	{"D031", CASE, "\"ownership\": {", "\"owner\": {", "/variables", "\"ownership\"", false},
	{"D032", CASE, "\"guide\": [\"This is a scripted character.\"], ", "", "/rules/3", "says nothing", false},
	{"D033", MODEL, "\"focus\": [\"options\", \"will\"]", "\"focus\": [\"options\", \"goal\"]", "/stages/2/focus/1",
		"\"goal\"", true},
	{"D035", CASE, "\"technique\": \"off_topic\"", "\"phrase\": \"machine\"", "/rules/3/when/phrase", "\"machine\"",
		false},
	{"D036", CASE, "\"start\": \"arriving\",",
		"\"start\": \"arriving\", \"answers\": [ { \"id\": \"a\", \"asked\": [\"Why?\"], \"after\": "
		"[\"late_agin\"], \"client\": [\"Why not.\"] } ],",
		"/answers/0/after/0", "\"late_agin\"", false},
	{"D006", CASE, "\"go\": \"listening\"", "\"go\": \"listening\", \"go_on\": true",
		"/stages/0/states/0/rules/0/go_on", "cannot go anywhere", false},
	{"D006", CASE, "\"grant\": true", "\"grant\": true, \"go_on\": true", "/rules/1/grant", "cannot agree", false},
	{"D006", CASE, "\"id\": \"remembers\"", "\"id\": \"remembers\", \"go_on\": true, \"disclose\": \"next\"",
		"/rules/2/disclose", "cannot disclose", false},
	{"D029", CASE, "\"technique\": \"off_topic\"", "\"words\": [\"robot\", \"*\"]", "/rules/3/when/words", "",
		false},
	{"D040", CASE, "\"Not yet.\", \"Wait a moment.\"", "\"Not yet.\"", "/rules/0/client", "2 variants", false},
	{"D041", CASE, "\"Another late train.", "\"" X60 X60 X60 X60 X60 X60, "/opening/1", "characters", false},
	{"D042", CASE, "\"hope\": {",
		"\"doubt\": { \"label\": \"Doubt\", \"start\": 0, \"min\": 0, \"max\": 1 }, \"hope\": {",
		"/variables/doubt", "\"doubt\"", false},
	{"D043", CASE, "\"skills\": [\"open_question\"", "\"skills\": [\"challenge\", \"open_question\"", "/skills/0",
		"\"challenge\"", false},
	{"D044", CASE, "\"feedback\": \"not_yet\"", "\"feedback\": false", "/feedback/1", "\"not_yet\"", false},
	{"D045", CASE, "\"words\": [\"platform four\"]", "\"words\": [\"platform five\"]", "/cues/1",
		"\"platform_four\"", false},
	{"D046", CASE, "Thank you. I had not said that aloud.", HARD HARD HARD HARD HARD HARD, "", "the age of", false},
	{"D047", CASE, "\"rules\": [\n    { \"id\": \"too_soon\"",
		"\"rules\": [\n    { \"id\": \"low\", \"when\": { \"technique\": \"summary\", \"variables\": { "
		"\"trust\": "
		"{ \"at_most\": 1 } } }, \"client\": [\"A.\", \"B.\", \"C.\"] },\n    { \"id\": \"high\", \"when\": { "
		"\"technique\": \"summary\", \"variables\": { \"trust\": { \"at_least\": 4 } } }, \"client\": [\"A.\", "
		"\"B.\", \"C.\"] },\n    { \"id\": \"too_soon\"",
		"/rules/0", "\"trust\"", false},
	{"D048", CASE, "\"rules\": [\n    { \"id\": \"too_soon\"",
		"\"rules\": [\n    { \"id\": \"bought\", \"when\": { \"technique\": \"advice_direct\" }, \"disclose\": "
		"\"next\" },\n    { \"id\": \"too_soon\"",
		"/rules/0", "\"bought\"", false},
	{"D049", CASE, "\"start\": \"arriving\",",
		"\"start\": \"arriving\", \"answers\": [ { \"id\": \"a\", \"asked\": [\"Who is Jo?\"], \"client\": "
		"[\"A friend.\"] }, { \"id\": \"b\", \"asked\": [\"Jo is who?\"], \"client\": [\"A dog.\"] } ],",
		"/answers/1/asked/0", "answer \"a\"", false},
};

/* Too many to be written down: made. */
static struct dialogue_source with_many_states(const struct fixture *f)
{
	struct buffer states = {0};
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 30; j++)
			buffer_format(&states, "%s{ \"id\": \"s%d_%d\" }%s",
				j == 0 && i > 0 ? "] }, { \"stage\": \"reality\", \"states\": [" : "", i, j,
				j < 29 ? "," : "");
	buffer_text(&states, ", { \"id\": \"telling\" }");
	struct dialogue_source source = fixture_edit(f->arena, &f->script, "{ \"id\": \"telling\" }", states.data);
	buffer_clear(&states);
	return source;
}

static struct findings *findings_of(const struct fixture *f, const struct failing *row)
{
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source sources[] = {f->script, f->model, f->temperament};
	bool without_model = row->to == NULL;
	if (!without_model)
		sources[row->file] = fixture_edit(f->arena, &sources[row->file], row->from, row->to);
	if (row->part && row->file != CASE) {
		struct dialogue_head head;
		assert_int_equal(dialogue_head(&sources[row->file], f->arena, findings, NULL, &head), STATUS_OK);
		dialogue_check_part(&sources[row->file], &head, f->pack, findings, NULL);
		return findings;
	}
	enum status status = fixture_compile(&sources[CASE], without_model ? NULL : &sources[MODEL],
		&sources[TEMPERAMENT], f->pack, true, findings, &dialogue);
	assert_int_equal(status, findings_errors(findings) > 0 ? STATUS_INVALID : STATUS_OK);
	assert_true((dialogue != NULL) == (status == STATUS_OK));
	dialogue_release(dialogue);
	return findings;
}

static bool has(const struct findings *findings, const char *code, const char *path, const char *reason)
{
	for (size_t i = 0; i < findings_count(findings); i++) {
		const struct finding *finding = findings_at(findings, i);
		if (strcmp(finding->code, code) == 0 && strcmp(finding->path, path) == 0 &&
			strstr(finding->reason, reason) != NULL && finding->remedy[0] != '\0')
			return true;
	}
	return false;
}

static void each_failing_script_is_found_out(void **state)
{
	const struct fixture *f = *state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct findings *findings = findings_of(f, &table[i]);
		if (!has(findings, table[i].code, table[i].path, table[i].reason)) {
			for (size_t j = 0; j < findings_count(findings); j++)
				print_message("%s %s %s\n", findings_at(findings, j)->code,
					findings_at(findings, j)->path, findings_at(findings, j)->reason);
			fail_msg("%s is not found at %s", table[i].code, table[i].path);
		}
		findings_free(findings);
	}
}

/* A slip of the pen does not hide what else is wrong. */
static void mistakes_of_form_and_of_meaning_come_together(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source source = fixture_edit(f->arena, &f->script, "\"minutes\": 10", "\"minuts\": 10");

	source = fixture_edit(
		f->arena, &source, "\"topic\": \"home\", \"depth\": 1", "\"topic\": \"house\", \"depth\": 1");
	assert_int_equal(fixture_compile(&source, &f->model, &f->temperament, f->pack, true, findings, &dialogue),
		STATUS_INVALID);
	assert_null(dialogue);
	assert_true(has(findings, "D003", "/minuts", "\"minuts\""));
	assert_true(has(findings, "D004", "", "\"minutes\" is missing"));
	assert_true(has(findings, "D010", "/disclosures/1/topic", "\"house\""));
	findings_free(findings);
}

static void more_than_a_run_can_hold_is_refused(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source many = with_many_states(f);
	assert_int_equal(
		fixture_compile(&many, &f->model, &f->temperament, f->pack, true, findings, &dialogue), STATUS_INVALID);
	bool found = false;
	for (size_t i = 0; i < findings_count(findings); i++)
		found = found || strcmp(findings_at(findings, i)->code, "D034") == 0;
	assert_true(found);
	findings_free(findings);
}

static void every_code_has_a_failing_script(void **state)
{
	(void)state;
	for (size_t i = 0; dialogue_diagnostic_at(i) != NULL; i++) {
		const struct dialogue_diagnostic *diagnostic = dialogue_diagnostic_at(i);
		bool found = strcmp(diagnostic->code, "D034") == 0;
		for (size_t j = 0; j < COUNT(table); j++)
			found = found || strcmp(table[j].code, diagnostic->code) == 0;
		if (!found)
			fail_msg("%s has no failing script", diagnostic->code);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(dialogue_diagnostic_at(j)->code, diagnostic->code);
	}
}

static void the_good_files_have_no_findings(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_head head;
	const struct dialogue_source *const parts[] = {&f->model, &f->temperament};
	assert_int_equal(
		fixture_compile(&f->script, &f->model, &f->temperament, f->pack, true, findings, &dialogue), STATUS_OK);
	for (size_t i = 0; i < COUNT(parts); i++) {
		assert_int_equal(dialogue_head(parts[i], f->arena, findings, NULL, &head), STATUS_OK);
		dialogue_check_part(parts[i], &head, f->pack, findings, NULL);
	}
	fixture_print(findings);
	assert_int_equal(findings_count(findings), 0);
	dialogue_release(dialogue);
	findings_free(findings);
}

/* Without `thorough` nothing is tried, so a change of the pack cannot take a stored version out of service. */
static void samples_are_tried_only_when_asked_for(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source edited =
		fixture_edit(f->arena, &f->script, "\"May I say something?\"", "\"That was wrong.\"");
	assert_int_equal(
		fixture_compile(&edited, &f->model, &f->temperament, f->pack, false, findings, &dialogue), STATUS_OK);
	assert_int_equal(findings_count(findings), 0);
	dialogue_release(dialogue);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_failing_script_is_found_out),
		cmocka_unit_test(mistakes_of_form_and_of_meaning_come_together),
		cmocka_unit_test(more_than_a_run_can_hold_is_refused),
		cmocka_unit_test(every_code_has_a_failing_script),
		cmocka_unit_test(the_good_files_have_no_findings),
		cmocka_unit_test(samples_are_tried_only_when_asked_for),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
