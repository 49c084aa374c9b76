/* SPDX-License-Identifier: Apache-2.0 */
/* What a script takes over from the fragments that it extends, and where findings in them are said to be. */
#include "dialogue_fixture.h"

#include "askwell/engine.h"

static const char fragment_text[] =
	"{\n"
	"  \"kind\": \"fragment\", \"format\": 1, \"id\": \"shared\", \"language\": \"en\",\n"
	"  \"variables\": { \"trust\": { \"label\": \"Other\", \"start\": 5, \"min\": 0, \"max\": 5 },\n"
	"    \"pace\": { \"label\": \"Pace\", \"start\": 1, \"min\": 0, \"max\": 3 } },\n"
	"  \"topics\": [\n"
	"    { \"id\": \"work\", \"name\": \"other work\", \"words\": [\"factory\"] },\n"
	"    { \"id\": \"greeting\", \"name\": \"hello\", \"words\": [\"good day\"] } ],\n"
	"  \"stages\": [ { \"stage\": \"options\", \"rules\": [\n"
	"      { \"id\": \"paced\", \"when\": { \"technique\": \"structuring\" },\n"
	"        \"client\": [\"One.\", \"Two.\", \"Three.\"] } ] } ],\n"
	"  \"rules\": [\n"
	"    { \"id\": \"may\", \"when\": { \"technique\": \"permission_question\" },\n"
	"      \"client\": [\"Other.\", \"Another.\", \"One more.\"] },\n"
	"    { \"id\": \"greeted\", \"when\": { \"topic\": \"greeting\",\n"
	"        \"variables\": { \"pace\": { \"at_least\": 1 } } },\n"
	"      \"client\": [\"Hello from {character}.\", \"Good day.\", \"Yes, hello.\"],\n"
	"      \"samples\": [\"Good day.\"], \"near\": [\"What is a good week?\"] } ]\n"
	"}\n";

static struct dialogue_source extending(const struct fixture *f, const char *list)
{
	return fixture_edit(f->arena, &f->script, "\"temperament\": \"wary\",",
		arena_format(f->arena, "\"temperament\": \"wary\", \"extends\": [%s],", list));
}

static enum status compile_with(const struct fixture *f, const struct dialogue_source *script,
	const struct dialogue_source *fragment, struct findings *findings, struct dialogue **out)
{
	struct dialogue_sources sources = {script, &f->model, &f->temperament, {fragment}, 1, NULL, NULL};
	return dialogue_compile(&sources, f->pack, true, findings, out);
}

static struct dialogue_source source_of(const char *text)
{
	return (struct dialogue_source){"fragments/shared.json", text, strlen(text)};
}

static void a_script_has_what_its_fragment_adds_and_keeps_its_own(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = extending(f, "\"shared\""), fragment = source_of(fragment_text);
	struct dialogue *dialogue = NULL;
	enum status status = compile_with(f, &script, &fragment, findings, &dialogue);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	const struct dialogue_info *info = dialogue_info(dialogue), *before = dialogue_info(f->dialogue);
	assert_int_equal(info->variable_count, before->variable_count + 1);
	assert_string_equal(info->variables[0].label, "Trust");
	assert_string_equal(info->variables[info->variable_count - 1].id, "pace");
	assert_string_equal(dialogue_source_at(dialogue, 3)->file, "fragments/shared.json");
	assert_null(dialogue_source_at(dialogue, 4));
	assert_string_not_equal(dialogue_hash(dialogue), dialogue_hash(f->dialogue));
	dialogue_release(dialogue);
	findings_free(findings);
}

static void say(const struct fixture *f, const struct dialogue *dialogue, const char *text, struct engine_reply *reply)
{
	struct engine_run *run = engine_start(dialogue, 1), *after = NULL;
	struct technique_context context;
	struct technique_analysis analysis;
	engine_context(dialogue, run, f->arena, &context);
	assert_int_equal(
		technique_analyse(f->pack, f->scratch, text, strlen(text), &context, f->arena, &analysis), STATUS_OK);
	assert_int_equal(engine_step(dialogue, run, &analysis, text, strlen(text), f->scratch, f->arena, &after, reply),
		STATUS_OK);
	engine_free(run);
	engine_free(after);
}

static void its_rules_answer_after_the_scripts_own(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = extending(f, "\"shared\""), fragment = source_of(fragment_text);
	struct dialogue *dialogue = NULL;
	struct engine_reply reply;
	assert_int_equal(compile_with(f, &script, &fragment, findings, &dialogue), STATUS_OK);
	say(f, dialogue, "Good day.", &reply);
	assert_string_equal(reply.rule, "greeted");
	assert_int_equal(reply.level, ENGINE_DIALOGUE);
	for (size_t i = 0; i < reply.line_count; i++)
		assert_null(strchr(reply.lines[i].text, '{'));
	say(f, dialogue, "May I say something?", &reply);
	assert_string_equal(reply.rule, "may");
	assert_null(strstr(reply.lines[0].text, "ther."));
	dialogue_release(dialogue);
	findings_free(findings);
}

static void what_is_wrong_in_a_fragment_is_found_there(void **state)
{
	static const struct {
		const char *from, *to, *code, *path;
		unsigned line;
	} table[] = {
		{"\"topic\": \"greeting\"", "\"topic\": \"greting\"", "D010", "/rules/1/when/topic", 14},
		{"\"technique\": \"structuring\"", "\"technique\": \"open_question\", \"variables\": { \"joy\": {} }",
			"D012", "/stages/0/rules/0/when/variables/joy", 9},
		{"\"samples\": [\"Good day.\"]", "\"samples\": [\"Good night.\"]", "D026", "/rules/1/samples/0", 17},
		{"\"words\": [\"good day\"]", "\"words\": [\"*\"]", "D029", "/topics/1/words", 7},
		{"\"variables\": {", "\"variabels\": {}, \"variables\": {", "D003", "/variabels", 3},
	};
	const struct fixture *f = *state;
	struct dialogue_source script = extending(f, "\"shared\""), fragment = source_of(fragment_text);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct findings *findings = findings_new();
		struct dialogue *dialogue = NULL;
		struct dialogue_source edited = fixture_edit(f->arena, &fragment, table[i].from, table[i].to);
		assert_int_equal(compile_with(f, &script, &edited, findings, &dialogue), STATUS_INVALID);
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			found = found ||
				(strcmp(finding->code, table[i].code) == 0 &&
					strcmp(finding->path, table[i].path) == 0 &&
					strcmp(finding->file, fragment.file) == 0 && finding->line == table[i].line);
		}
		if (!found) {
			for (size_t j = 0; j < findings_count(findings); j++)
				print_message("%s:%u %s %s\n", findings_at(findings, j)->file,
					findings_at(findings, j)->line, findings_at(findings, j)->code,
					findings_at(findings, j)->path);
			fail_msg("%s is not found at %s", table[i].code, table[i].path);
		}
		findings_free(findings);
	}
}

static void a_fragment_that_is_not_there_is_said_where_it_is_named(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = extending(f, "\"shared\"");
	struct dialogue *dialogue = NULL;
	assert_int_equal(compile_with(f, &script, NULL, findings, &dialogue), STATUS_INVALID);
	assert_int_equal(findings_count(findings), 1);
	assert_string_equal(findings_at(findings, 0)->code, "D007");
	assert_string_equal(findings_at(findings, 0)->path, "/extends/0");
	findings_free(findings);
}

static void the_head_names_what_a_script_extends(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = extending(f, "\"shared\", 7, \"more\"");
	struct dialogue_head head;
	assert_int_equal(dialogue_head(&script, f->arena, findings, NULL, &head), STATUS_OK);
	assert_int_equal(head.extend_count, 2);
	assert_string_equal(head.extends[1], "more");
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_script_has_what_its_fragment_adds_and_keeps_its_own),
		cmocka_unit_test(its_rules_answer_after_the_scripts_own),
		cmocka_unit_test(what_is_wrong_in_a_fragment_is_found_there),
		cmocka_unit_test(a_fragment_that_is_not_there_is_said_where_it_is_named),
		cmocka_unit_test(the_head_names_what_a_script_extends),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
