/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include <jansson.h>

/* Compiles the case with one place changed and returns its findings. */
static struct findings *findings_of(const struct fixture *f, const char *from, const char *to)
{
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source edited = fixture_edit(f->arena, &f->script, from, to);
	enum status status = fixture_compile(&edited, &f->model, &f->temperament, f->pack, false, findings, &dialogue);
	assert_int_equal(status, findings_errors(findings) > 0 ? STATUS_INVALID : STATUS_OK);
	dialogue_release(dialogue);
	return findings;
}

static void a_violation_has_its_code_place_and_remedy(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *from, *to, *code, *path, *reason, *remedy;
	} cases[] = {
		{"\"minutes\": 10", "\"minuts\": 10", "D003", "/minuts", "\"minuts\"", "Did you mean \"minutes\"?"},
		{"\"minutes\": 10,", "", "D004", "", "\"minutes\" is missing", "How long"},
		{"\"minutes\": 10", "\"minutes\": \"10\"", "D005", "/minutes", "Expected a whole number, found a text",
			NULL},
		{"\"minutes\": 10", "\"minutes\": 0", "D006", "/minutes", "0 is outside the range from 1 to 240", NULL},
		{"\"minutes\": 10", "\"minutes\": 1.5", "D005", "/minutes", "found a number", NULL},
		{"\"mode\": \"coaching\"", "\"mode\": \"choaching\"", "D006", "/mode", "not one of",
			"Did you mean \"coaching\"?"},
		{"\"id\": \"late_trains\"", "\"id\": \"Late trains\"", "D006", "/id", "right form", "Lower case"},
		{"\"format\": 1", "\"format\": 2", "D006", "/format", "Expected 1, found 2", NULL},
		{"\"title\": \"The late trains\"", "\"title\": \" \"", "D006", "/title", "empty", NULL},
		{"\"language\": \"en\"", "\"language\": true", "D005", "/language", "found true or false", NULL},
		{"\"depth\": 3", "\"depth\": 5", "D006", "/disclosures/3/depth", "outside the range", "1 (surface)"},
		{"\"technique\": \"commitment_question\"", "\"technique\": \"comitment_question\"", "D006",
			"/stages/2/states/0/rules/0/when/technique", "comitment_question",
			"Did you mean \"commitment_question\"?"},
		{"\"technique\": \"commitment_question\"", "\"technique\": [\"open_question\", \"opn_question\"]",
			"D006", "/stages/2/states/0/rules/0/when/technique/1", "opn_question",
			"Did you mean \"open_question\"?"},
		{"\"technique\": \"commitment_question\"", "\"tecnique\": \"commitment_question\"", "D003",
			"/stages/2/states/0/rules/0/when/tecnique", "tecnique", "Did you mean \"technique\"?"},
		{"\"feedback\": \"not_yet\"", "\"feedback\": true", "D006", "/rules/0/feedback", "Expected false",
			NULL},
		{"\"feedback\": \"not_yet\"", "\"feedback\": 7", "D005", "/rules/0/feedback", "whole number", NULL},
		{"\"set\": { \"hope\": 2 }", "\"set\": { \"hope\": \"2\" }", "D005",
			"/stages/2/states/0/rules/0/set/hope", "a text", NULL},
		{"{ \"say\": \"As I said, {concern}.\"", "{ \"says\": \"As I said, {concern}.\"", "D004",
			"/rules/2/client/0", "\"say\" is missing", NULL},
		{"\"fallback\": { \"client\": [\"It is {concern}, mostly.\",", "\"fallback\": { \"client\": [", "D006",
			"/fallback/client", "2 elements", "At least three"},
		{"\"fallback\":", "\"fall\":", "D004", "", "\"fallback\" is missing", NULL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings *findings = findings_of(f, cases[i].from, cases[i].to);
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			found = found ||
				(strcmp(finding->code, cases[i].code) == 0 &&
					strcmp(finding->path, cases[i].path) == 0 &&
					strstr(finding->reason, cases[i].reason) != NULL && finding->line > 0 &&
					(cases[i].remedy == NULL || strstr(finding->remedy, cases[i].remedy) != NULL));
		}
		if (!found) {
			fixture_print(findings);
			fail_msg("no %s at %s for %s", cases[i].code, cases[i].path, cases[i].to);
		}
		findings_free(findings);
	}
}

static void everything_is_found_at_once_where_it_stands(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "\"minutes\": 10", "\"minuts\": 10");
	script = fixture_edit(f->arena, &script, "\"level\": \"first steps\"", "\"level\": \"easy\"");
	script = fixture_edit(f->arena, &script, "\"age\": 41", "\"age\": \"41\"");
	struct dialogue_source model = fixture_edit(f->arena, &f->model, "\"source\": \"Made for the tests\",", "");
	struct dialogue_source temperament =
		fixture_edit(f->arena, &f->temperament, "\"disclose\": \"short\"", "\"disclose\": \"brief\"");
	assert_int_equal(
		fixture_compile(&script, &model, &temperament, f->pack, true, findings, &dialogue), STATUS_INVALID);
	assert_null(dialogue);
	static const struct {
		const char *file, *code, *path;
		unsigned line;
	} expected[] = {
		{"case.json", "D003", "/minuts", 11},
		{"case.json", "D004", "", 1},
		{"case.json", "D005", "/character/age", 16},
		{"case.json", "D006", "/level", 12},
		{"model.json", "D004", "", 1},
		{"temperament.json", "D006", "/rules/5/disclose", 19},
	};
	assert_int_equal(findings_count(findings), COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			found = found || (strcmp(finding->file, expected[i].file) == 0 &&
						 strcmp(finding->code, expected[i].code) == 0 &&
						 strcmp(finding->path, expected[i].path) == 0 &&
						 finding->line == expected[i].line);
		}
		if (!found)
			fixture_print(findings);
		assert_true(found);
	}
	findings_free(findings);
}

static void what_is_no_json_is_found_with_its_place(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *text, *code;
		unsigned line, column;
	} cases[] = {
		{"", "D001", 1, 0},
		{"{\n  \"a\": 1\n  \"b\": 2\n}", "D001", 3, 0},
		{"{\"a\": 1, \"a\": 2}", "D001", 1, 0},
		{"{\"a\": 1} x", "D001", 1, 0},
		{"{\"a\": \"\xff\"}", "D001", 1, 0},
		{"{\"a\": 1e999}", "D001", 1, 0},
		{"\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "D002", 2, 33},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings *findings = findings_new();
		struct dialogue *dialogue = NULL;
		struct dialogue_source script = {"x.json", cases[i].text, strlen(cases[i].text)};
		assert_int_equal(
			fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
			STATUS_INVALID);
		assert_int_equal(findings_count(findings), 1);
		assert_string_equal(findings_at(findings, 0)->code, cases[i].code);
		assert_int_equal(findings_at(findings, 0)->line, cases[i].line);
		if (cases[i].column > 0)
			assert_int_equal(findings_at(findings, 0)->column, cases[i].column);
		findings_free(findings);
	}
}

/* jansson reads on after it. */
static void a_nul_byte_is_no_json(void **state)
{
	const struct fixture *f = *state;
	static const char text[] = "{\"kind\": 1\0, \"x\": [2]}";
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source script = {"x.json", text, sizeof text - 1};
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
		STATUS_INVALID);
	assert_int_equal(findings_count(findings), 1);
	assert_string_equal(findings_at(findings, 0)->code, "D001");
	assert_int_equal(findings_at(findings, 0)->column, 11);
	findings_free(findings);
}

static void brackets_in_texts_do_not_count_as_depth(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings =
		findings_of(f, "\"The late trains\"", "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ \\\" [\"");
	assert_int_equal(findings_errors(findings), 0);
	findings_free(findings);
}

static void a_file_over_the_cap_is_refused(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	size_t length = DIALOGUE_SOURCE_MAX + 1;
	char *text = malloc(length);
	memset(text, ' ', length);
	struct dialogue_source script = {"x.json", text, length};
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
		STATUS_INVALID);
	assert_string_equal(findings_at(findings, 0)->code, "D002");
	free(text);
	findings_free(findings);
}

/* Otherwise a small file could keep the loader busy for minutes. */
static void a_file_that_is_wrong_all_over_ends_the_list(void **state)
{
	const struct fixture *f = *state;
	struct buffer text = {0};
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	buffer_text(&text, "{\"topics\": [");
	for (int i = 0; i < 20000; i++)
		buffer_text(&text, "{\"x\":1},");
	buffer_text(&text, "1]}");
	struct dialogue_source script = {"x.json", text.data, text.length};
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
		STATUS_INVALID);
	assert_int_equal(findings_count(findings), 200);
	buffer_clear(&text);
	findings_free(findings);
}

/* The lists of ids that editors offer are the ones that the analyser knows. */
static void the_schema_knows_every_id_of_the_taxonomy(void **state)
{
	const struct fixture *f = *state;
	static const char *const files[] = {"dialogue", "temperament"};
	for (size_t i = 0; i < COUNT(files); i++) {
		struct buffer text = {0};
		char *path = arena_format(f->arena, "%s/dialogues/schema/%s.schema.json", SOURCE_DIR, files[i]);
		assert_int_equal(file_read(path, DIALOGUE_SOURCE_MAX, &text, NULL), STATUS_OK);
		json_t *schema = json_loadb(text.data, text.length, 0, NULL);
		json_t *definitions = json_object_get(schema, "$defs");
		json_t *techniques = json_object_get(json_object_get(definitions, "technique"), "enum");
		json_t *flags = json_object_get(json_object_get(definitions, "flag"), "enum");
		json_t *focuses = json_object_get(json_object_get(definitions, "focus"), "enum");
		assert_int_equal(json_array_size(techniques), TECHNIQUE_COUNT);
		for (size_t j = 0; j < TECHNIQUE_COUNT; j++)
			assert_string_equal(
				json_string_value(json_array_get(techniques, j)), technique_name((enum technique_id)j));
		assert_int_equal(json_array_size(flags), TECHNIQUE_FLAG_COUNT);
		for (size_t j = 0; j < TECHNIQUE_FLAG_COUNT; j++)
			assert_string_equal(json_string_value(json_array_get(flags, j)),
				technique_flag_name((enum technique_flag_id)j));
		assert_int_equal(json_array_size(focuses), TECHNIQUE_FOCUS_COUNT - 1);
		for (size_t j = 1; j < TECHNIQUE_FOCUS_COUNT; j++)
			assert_string_equal(json_string_value(json_array_get(focuses, j - 1)),
				technique_focus_name((enum technique_focus)j));
		json_decref(schema);
		buffer_clear(&text);
	}
}

static void a_note_is_welcome_on_every_object(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"\"format\": 1,", "\"format\": 1, \"note\": \"mine\","},
		{"\"say\": ", "\"note\": [1], \"say\": "},
		{"\"trust\": { \"label\"", "\"note\": \"x\", \"trust\": { \"note\": \"x\", \"label\""},
		{"\"set\": { \"hope\": 2 }", "\"set\": { \"note\": \"x\", \"hope\": 2 }"},
		{"\"counters\": { \"disclosed\"", "\"note\": \"x\", \"counters\": { \"note\": \"x\", \"disclosed\""},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings *findings = findings_of(f, cases[i].from, cases[i].to);
		fixture_print(findings);
		assert_int_equal(findings_errors(findings), 0);
		findings_free(findings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_violation_has_its_code_place_and_remedy),
		cmocka_unit_test(everything_is_found_at_once_where_it_stands),
		cmocka_unit_test(what_is_no_json_is_found_with_its_place),
		cmocka_unit_test(a_nul_byte_is_no_json),
		cmocka_unit_test(brackets_in_texts_do_not_count_as_depth),
		cmocka_unit_test(a_file_over_the_cap_is_refused),
		cmocka_unit_test(a_file_that_is_wrong_all_over_ends_the_list),
		cmocka_unit_test(the_schema_knows_every_id_of_the_taxonomy),
		cmocka_unit_test(a_note_is_welcome_on_every_object),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
