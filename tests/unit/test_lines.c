/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/csv.h"
#include "askwell/lines.h"

#include <string.h>

static const char script[] =
	"{\n"
	"  \"kind\": \"dialogue\", \"id\": \"c\", \"title\": \"Title\",\n"
	"  \"variables\": { \"trust\": { \"label\": \"Trust\", \"start\": 2 } },\n"
	"  \"topics\": [{ \"id\": \"work\", \"name\": \"the work\", \"words\": [\"job*\", \"desk\"] }],\n"
	"  \"rules\": [\n"
	"    { \"id\": \"one\", \"when\": { \"topic\": \"work\" }, \"client\": [\"A.\", [\"B.\", \"C.\"],\n"
	"      { \"say\": \"D \\u00e9 \\/.\", \"when\": { \"note\": \"no\" } }], \"note\": \"not this\" },\n"
	"    { \"id\": \"two\", \"client\": [\"A.\", \"Same.\", \"Same.\"], \"samples\": [\"=1+1\"] }\n"
	"  ]\n"
	"}\n";

static struct dialogue_source source_of(const char *text)
{
	return (struct dialogue_source){"coaching/c.json", text, strlen(text)};
}

static char *table_of(const char *text, struct arena *arena)
{
	struct dialogue_source source = source_of(text);
	struct buffer out = {0};
	char *table;

	lines_export_head(&out);
	assert_int_equal(lines_export(&source, &out, NULL), STATUS_OK);
	table = arena_text(arena, out.data);
	buffer_clear(&out);
	return table;
}

static char *replaced(struct arena *arena, const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (!at)
		fail_msg("\"%s\" is not in\n%s", from, text);
	return arena_format(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void every_text_has_a_row_and_nothing_else(void **state)
{
	static const char *const wanted[][7] = {
		{"/title", "dialogue", "", "title", "", "reader", "Title"},
		{"/variables/trust/label", "variable", "trust", "label", "", "reader", "Trust"},
		{"/topics/0/name", "topic", "work", "name", "", "reader", "the work"},
		{"/topics/0/words/0", "topic", "work", "words", "1", "trainee", "job*"},
		{"/topics/0/words/1", "topic", "work", "words", "2", "trainee", "desk"},
		{"/rules/0/client/0", "rule", "one", "client", "1", "client", "A."},
		{"/rules/0/client/1/0", "rule", "one", "client", "2.1", "client", "B."},
		{"/rules/0/client/1/1", "rule", "one", "client", "2.2", "client", "C."},
		{"/rules/0/client/2/say", "rule", "one", "client", "3", "client", "D \u00e9 /."},
		{"/rules/1/client/0", "rule", "two", "client", "1", "client", "A."},
		{"/rules/1/client/1", "rule", "two", "client", "2", "client", "Same."},
		{"/rules/1/client/2", "rule", "two", "client", "3", "client", "Same."},
		{"/rules/1/samples/0", "rule", "two", "samples", "1", "trainee", "=1+1"},
	};
	struct arena *arena = arena_new(0);
	char *text = table_of(script, arena);
	struct csv_table table;

	(void)state;
	assert_non_null(strstr(text, ",'=1+1,"));
	assert_int_equal(csv_read(text, strlen(text), arena, &table, NULL), STATUS_OK);
	assert_int_equal(table.count, COUNT(wanted) + 1);
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_string_equal(table.rows[i + 1].fields[0], "coaching/c.json");
		for (size_t j = 0; j < COUNT(wanted[i]); j++)
			assert_string_equal(table.rows[i + 1].fields[j + 1], wanted[i][j]);
	}
	arena_free(arena);
}

struct outcome {
	struct lines_result result;
	const char *code; /* of the only finding, or NULL */
	unsigned line;
	const char *diff;
};

static struct outcome import(struct arena *arena, const char *table, const char *text)
{
	struct dialogue_source source = source_of(text);
	struct findings *findings = findings_new();
	struct lines_sheet *sheet = NULL;
	struct outcome outcome = {0};
	struct error error = {0};
	struct buffer diff = {0};
	size_t files = 0;

	assert_int_equal(lines_read("t.csv", table, strlen(table), arena, &sheet, &error), STATUS_OK);
	assert_string_equal(lines_files(sheet, &files)[0], "coaching/c.json");
	assert_int_equal(files, 1);
	assert_int_equal(lines_apply(sheet, &source, arena, findings, &outcome.result, &error), STATUS_OK);
	assert_true(findings_count(findings) <= 1);
	if (findings_count(findings) == 1) {
		outcome.code = arena_text(arena, findings_at(findings, 0)->code);
		outcome.line = findings_at(findings, 0)->line;
		assert_string_equal(findings_at(findings, 0)->file, "t.csv");
	}
	lines_diff(&source, &outcome.result, &diff);
	outcome.diff = arena_text(arena, diff.data ? diff.data : "");
	buffer_clear(&diff);
	findings_free(findings);
	return outcome;
}

static void a_round_trip_changes_nothing(void **state)
{
	struct arena *arena = arena_new(0);
	struct outcome outcome = import(arena, table_of(script, arena), script);

	(void)state;
	assert_int_equal(outcome.result.count, 0);
	assert_string_equal(outcome.result.text, script);
	assert_string_equal(outcome.diff, "");
	/* Not even what was written after the export. */
	const char *later = replaced(arena, script, "\"B.\"", "\"B, later.\"");
	outcome = import(arena, table_of(script, arena), later);
	assert_string_equal(outcome.result.text, later);
	assert_null(outcome.code);
	arena_free(arena);
}

static void an_edit_changes_its_text_alone(void **state)
{
	struct arena *arena = arena_new(0);
	const char *table = replaced(arena, table_of(script, arena), ",C.,", ",\"C \"\"\u00e9\"\", \\.\",");
	struct outcome outcome = import(arena, table, script);

	(void)state;
	assert_int_equal(outcome.result.count, 1);
	assert_string_equal(outcome.result.text, replaced(arena, script, "\"C.\"", "\"C \\\"\u00e9\\\", \\\\.\""));
	assert_string_equal(outcome.result.changes[0].before, "C.");
	assert_string_equal(outcome.result.changes[0].pointer, "/rules/0/client/1/1");
	assert_int_equal(outcome.result.changes[0].line, 6);
	assert_string_equal(outcome.diff,
		"--- coaching/c.json\n+++ coaching/c.json\n@@ -6,1 +6,1 @@\n"
		"-    { \"id\": \"one\", \"when\": { \"topic\": \"work\" }, \"client\": [\"A.\", [\"B.\", \"C.\"],\n"
		"+    { \"id\": \"one\", \"when\": { \"topic\": \"work\" }, \"client\": [\"A.\", [\"B.\", "
		"\"C \\\"\u00e9\\\", \\\\.\"],\n");
	arena_free(arena);
}

/* Rules changed places after the export, and a line was put before another. */
static void a_text_that_moved_is_followed_by_its_id(void **state)
{
	struct arena *arena = arena_new(0);
	const char *table = replaced(arena, table_of(script, arena), ",B.,", ",B new.,");
	const char *moved =
		replaced(arena, script, "\"rules\": [", "\"rules\": [ { \"id\": \"zero\", \"client\": [\"B.\"] },");
	struct outcome outcome;

	(void)state;
	moved = replaced(arena, moved, "[\"A.\", [", "[\"First.\", \"A.\", [");
	outcome = import(arena, table, moved);
	assert_null(outcome.code);
	assert_int_equal(outcome.result.count, 1);
	assert_true(outcome.result.changes[0].moved);
	assert_string_equal(outcome.result.changes[0].pointer, "/rules/1/client/2/0");
	assert_string_equal(outcome.result.text, replaced(arena, moved, "[\"B.\", \"C.\"]", "[\"B new.\", \"C.\"]"));
	/* A second import finds its work done. */
	const char *done = arena_text(arena, outcome.result.text);
	outcome = import(arena, table, done);
	assert_null(outcome.code);
	assert_int_equal(outcome.result.count, 0);
	arena_free(arena);
}

static void rows_that_cannot_be_followed_are_findings(void **state)
{
	static const struct {
		const char *code, *from, *to;    /* in the table */
		const char *file_from, *file_to; /* in the file, since */
	} cases[] = {
		{"C002", ",B.,", ",New.,", "\"id\": \"one\"", "\"id\": \"uno\""},
		{"C003", ",B.,", ",New.,", "\"B.\"", "\"B changed.\""},
		{"C004", "/rules/1/client/1,rule,two,client,2,client,Same.",
			"/rules/1/client/1,rule,two,client,2,client,New.", "[\"A.\", \"Same.\", \"Same.\"]",
			"[\"Same.\", \"A.\", \"Same.\"]"},
		{"C005", ",B.,", ",\u00a0,", "\"B.\"", "\"B.\""},
		{"C006", ",B.,", ",B\x01.,", "\"B.\"", "\"B.\""},
		{"C007", ",C.,", ",C new.,", "\"B.\"", "\"B.\""},
	};
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *table = replaced(arena, table_of(script, arena), cases[i].from, cases[i].to);
		const char *file = replaced(arena, script, cases[i].file_from, cases[i].file_to);
		struct outcome outcome;

		if (strcmp(cases[i].code, "C007") == 0) {
			const char *row = strstr(table, "coaching/c.json,/rules/0/client/1/1");

			row = arena_format(arena, "%.*s", (int)strcspn(row, "\r"), row);
			table = arena_format(arena, "%s%s\r\n", table, replaced(arena, row, "C new.", "C other."));
		}
		outcome = import(arena, table, file);
		if (!outcome.code || strcmp(outcome.code, cases[i].code) != 0)
			fail_msg("%s: %s", cases[i].code, outcome.code ? outcome.code : "nothing");
		assert_true(outcome.line > 1);
		if (strcmp(cases[i].code, "C007") != 0)
			assert_string_equal(outcome.result.text, file);
	}
	arena_free(arena);
}

static void files_that_are_not_there_and_tables_without_columns(void **state)
{
	struct arena *arena = arena_new(0);
	struct findings *findings = findings_new();
	struct lines_sheet *sheet = NULL;
	struct error error = {0};
	const char *table = table_of(script, arena), *bare = "a,b\r\n",
		   *few = "file,pointer,id,text\r\ncoaching/c.json,/title,,New\r\n";

	(void)state;
	assert_int_equal(lines_read("t.csv", table, strlen(table), arena, &sheet, &error), STATUS_OK);
	lines_refuse_file(sheet, "coaching/c.json", "There is no such file.", findings);
	assert_int_equal(findings_count(findings), 1);
	assert_string_equal(findings_at(findings, 0)->code, "C001");
	assert_int_equal(lines_read("t.csv", bare, strlen(bare), arena, &sheet, &error), STATUS_INVALID);
	assert_int_equal(strncmp(error.text, "1: ", 3), 0);
	/* Place and id are enough. */
	assert_string_equal(import(arena, few, script).result.text, replaced(arena, script, "\"Title\"", "\"New\""));
	findings_free(findings);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_has_a_row_and_nothing_else),
		cmocka_unit_test(a_round_trip_changes_nothing),
		cmocka_unit_test(an_edit_changes_its_text_alone),
		cmocka_unit_test(a_text_that_moved_is_followed_by_its_id),
		cmocka_unit_test(rows_that_cannot_be_followed_are_findings),
		cmocka_unit_test(files_that_are_not_there_and_tables_without_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
