/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/csv.h"

#include <string.h>

/* Fields joined by '|', rows by '/'. */
static char *shown(const struct csv_table *table, struct arena *arena)
{
	struct buffer out = {0};
	char *text;

	for (size_t i = 0; i < table->count; i++) {
		buffer_text(&out, i ? "/" : "");
		for (size_t j = 0; j < table->rows[i].count; j++)
			buffer_format(&out, "%s%s", j ? "|" : "", table->rows[i].fields[j]);
	}
	text = arena_text(arena, out.data ? out.data : "");
	buffer_clear(&out);
	return text;
}

static void tables_are_read_however_they_were_saved(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", ""},
		{"a", "a"},
		{"a,b\r\nc,d\r\n", "a|b/c|d"},
		{"a,b\nc,d", "a|b/c|d"},
		{"a,b\rc,d\r", "a|b/c|d"},
		{"\xef\xbb\xbf"
		 "a,b\n",
			"a|b"},
		{"a;b\nc;d,e\n", "a|b/c|d,e"},
		{"a\tb\nc\td\n", "a|b/c|d"},
		{"sep=;\r\na;b,c,d\r\n", "a|b,c,d"},
		{"\"a;;;\",b\nc,d\n", "a;;;|b/c|d"},
		{"a,\n,\n", "a|/|"},
		{"a,b\n\n\r\nc,d\n", "a|b/c|d"},
		{"\"a \"\"b\"\"\",\"c,d\"\n", "a \"b\"|c,d"},
		{"\"one\r\ntwo\",x\n", "one\r\ntwo|x"},
		{"a\"b,c\n", "a\"b|c"},
		{"\"\",\"\"\n", "|"},
		/* What was guarded against formulas. */
		{"'=1+1,'-x,'+y,'@z,'\tq\n", "=1+1|-x|+y|@z|\tq"},
		{"''=1,'Tis so,'\n", "'=1|'Tis so|'"},
		{"\xc3\xa9,\xf0\x9f\x99\x82\n", "\u00e9|\U0001F642"},
	};
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct csv_table table;
		struct error error = {0};

		assert_int_equal(csv_read(cases[i].text, strlen(cases[i].text), arena, &table, &error), STATUS_OK);
		assert_string_equal(shown(&table, arena), cases[i].wanted);
	}
	arena_free(arena);
}

static void broken_tables_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *text, *wanted;
		size_t length;
		enum status status;
	} cases[] = {
		{"a,b\n\"c,d\n\n", "2: ", 0, STATUS_INVALID},
		{"a\n\"b\nc\"d\n", "3: ", 0, STATUS_INVALID},
		{"a\0b", "1: ", 3, STATUS_INVALID},
		{"a,\xff\n", "1: ", 0, STATUS_INVALID},
		{"a\n,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "2: ", 0, STATUS_TOO_LARGE},
	};
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct csv_table table;
		struct error error = {0};
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text);

		assert_int_equal(csv_read(cases[i].text, length, arena, &table, &error), cases[i].status);
		if (strncmp(error.text, cases[i].wanted, strlen(cases[i].wanted)) != 0)
			fail_msg("%zu: %s", i, error.text);
	}
	arena_free(arena);
}

static void what_is_written_runs_nowhere_and_reads_back(void **state)
{
	static const struct {
		const char *field, *written;
	} cases[] = {
		{"plain", "plain,\r\n"},
		{"a,b", "\"a,b\",\r\n"},
		{"a;b", "\"a;b\",\r\n"},
		{"say \"x\"", "\"say \"\"x\"\"\",\r\n"},
		{"one\ntwo", "\"one\ntwo\",\r\n"},
		{" led", "\" led\",\r\n"},
		{"=cmd()", "'=cmd(),\r\n"},
		{"+1", "'+1,\r\n"},
		{"-1", "'-1,\r\n"},
		{"@x", "'@x,\r\n"},
		{"\t=x", "\"'\t=x\",\r\n"},
		{"'=x", "''=x,\r\n"},
		{"'Tis", "'Tis,\r\n"},
		{"'", "',\r\n"},
		{"sep=;", "\"sep=;\",\r\n"},
	};
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const fields[] = {cases[i].field, ""};
		struct buffer out = {0};
		struct csv_table table;

		csv_write_row(&out, fields, 2);
		assert_string_equal(out.data, cases[i].written);
		assert_int_equal(csv_read(out.data, out.length, arena, &table, NULL), STATUS_OK);
		assert_int_equal(table.count, 1);
		assert_string_equal(table.rows[0].fields[0], cases[i].field);
		buffer_clear(&out);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_read_however_they_were_saved),
		cmocka_unit_test(broken_tables_are_refused_with_their_line),
		cmocka_unit_test(what_is_written_runs_nowhere_and_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
