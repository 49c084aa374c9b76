/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/file.h"
#include "askwell/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEN "0123456789"
#define FORTY TEN TEN TEN TEN

static void is_laid_out_in_one_way(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"1", "1\n"},
		{" \r\n\"a\" \t", "\"a\"\n"},
		{"\xef\xbb\xbf{}", "{}\n"},
		{"{ }", "{}\n"},
		{"[\n]", "[]\n"},
		{"{\"a\":1,\"b\":[1,2],\"c\":{}}", "{ \"a\": 1, \"b\": [1, 2], \"c\": {} }\n"},
		/* A line break after the bracket is the author's wish, here or further inside. */
		{"{\n\n\"a\":1,\"b\":[]}", "{\n  \"a\": 1,\n  \"b\": []\n}\n"},
		{"[{\n\"a\":true}]", "[\n  {\n    \"a\": true\n  }\n]\n"},
		{"{\"a\":1,\n\"b\":2}", "{ \"a\": 1, \"b\": 2 }\n"},
		{"{\"b\": 1.50, \"a\": -0e+7}", "{ \"b\": 1.50, \"a\": -0e+7 }\n"},
		/* Simple parts share lines where their author let them. */
		{"[\n1,2,\n3]", "[\n  1, 2, 3\n]\n"},
		{"[\n1,\n2]", "[\n  1,\n  2\n]\n"},
		{"{\n\"a\":1,\"b\":2}", "{\n  \"a\": 1, \"b\": 2\n}\n"},
		/* Too wide: short words are packed, longer texts have a line each. */
		{"[\"" FORTY "\",\"" FORTY "\",\"" FORTY "\"]",
			"[\n  \"" FORTY "\",\n  \"" FORTY "\",\n  \"" FORTY "\"\n]\n"},
		{"[\"" TEN TEN TEN "\",\"" TEN TEN TEN "\",\"" TEN TEN TEN "\",\"" TEN TEN TEN "\"]",
			"[\n  \"" TEN TEN TEN "\", \"" TEN TEN TEN "\", \"" TEN TEN TEN "\",\n  \"" TEN TEN TEN
			"\"\n]\n"},
		/* Needless escapes become what they mean; what could not be seen keeps its escape. */
		{"\"caf\\u00e9 \\/ \\ud83d\\ude42 \\u0020\\u0041\"", "\"caf\u00e9 / \U0001F642  A\"\n"},
		{"\"\\u00a0 \\u200b \\u0000 \\u001b \\u2028\"", "\"\\u00a0 \\u200b \\u0000 \\u001b \\u2028\"\n"},
		{"\"\\u0022 \\u005c \\u000a \\u0009 \\b\\f\\r\"", "\"\\\" \\\\ \\n \\t \\b\\f\\r\"\n"},
		{"{\"\\u0061\": \"\u200b\"}", "{ \"a\": \"\u200b\" }\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer once = {0}, twice = {0};
		struct error error = {0};

		assert_int_equal(format_json(cases[i].text, strlen(cases[i].text), &once, &error), STATUS_OK);
		assert_string_equal(once.data, cases[i].wanted);
		assert_int_equal(format_json(once.data, once.length, &twice, &error), STATUS_OK);
		assert_string_equal(twice.data, cases[i].wanted);
		buffer_clear(&once);
		buffer_clear(&twice);
	}
}

/* Columns are characters, and the comma behind a value counts. */
static void the_line_ends_at_column_120(void **state)
{
	char text[256], wide[256];
	struct buffer out = {0};

	(void)state;
	/* 2 + {"a": [" ... "]} */
	snprintf(text, sizeof text, "{\n\"a\": [\"%0*d\"],\n\"b\": 0}", 120 - 2 - 5 - 4 - 1, 0);
	snprintf(wide, sizeof wide, "{\n\"a\": [\"%0*d\"],\n\"b\": 0}", 120 - 2 - 5 - 4, 0);
	assert_int_equal(format_json(text, strlen(text), &out, NULL), STATUS_OK);
	assert_non_null(strstr(out.data, "\"a\": [\"0"));
	assert_int_equal(strcspn(strchr(out.data, '\n') + 1, "\n"), 120);
	buffer_reset(&out);
	assert_int_equal(format_json(wide, strlen(wide), &out, NULL), STATUS_OK);
	assert_non_null(strstr(out.data, "\"a\": [\n"));
	buffer_clear(&out);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *text, *place;
		size_t length;
	} cases[] = {
		{"", "1:1: ", 0},
		{"{", "1:2: ", 0},
		{"{\"a\": 1,\n }", "2:2: ", 0},
		{"[1 2]", "1:4: ", 0},
		{"[1] 2", "1:5: ", 0},
		{"{\"a\" 1}", "1:6: ", 0},
		{"{a: 1}", "1:2: ", 0},
		{"\n\"a\nb\"", "2:3: ", 0},
		{"\"a", "1:1: ", 0},
		{"\"\\x\"", "1:2: ", 0},
		{"\"\\u12g4\"", "1:2: ", 0},
		{"\"\\ud800\"", "1:2: ", 0},
		{"\"\\udc00\"", "1:2: ", 0},
		{"\"\\ud800\\u0041\"", "1:2: ", 0},
		{"\"a\001\"", "1:3: ", 0},
		{"01", "1:1: ", 0},
		{"-", "1:1: ", 0},
		{"1.", "1:1: ", 0},
		{"1e", "1:1: ", 0},
		{".5", "1:1: ", 0},
		{"tru", "1:1: ", 0},
		{"'a'", "1:1: ", 0},
		{"[1]\0", "1:4: ", 4},
		{"\"\xc3\xa9\xff\"", "1:3: ", 0},
		{"{\"a\": 1,\n \"b\": 2,\n \"\\u0061\": 3, \"b\": 4}", "3:2: ", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer out = {0};
		struct error error = {0};
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text);

		assert_int_equal(format_json(cases[i].text, length, &out, &error), STATUS_INVALID);
		if (strncmp(error.text, cases[i].place, strlen(cases[i].place)) != 0)
			fail_msg("%s: %s", cases[i].text, error.text);
		assert_int_equal(out.length, 0);
	}
}

static void nesting_and_size_are_capped(void **state)
{
	static char deep[256];
	struct buffer out = {0}, large = {0};
	struct error error = {0};

	(void)state;
	memset(deep, '[', 64);
	memset(deep + 64, ']', 64);
	assert_int_equal(format_json(deep, 128, &out, &error), STATUS_OK);
	memset(deep, '[', 65);
	memset(deep + 65, ']', 65);
	assert_int_equal(format_json(deep, 130, &out, &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "64 deep"));
	error_clear(&error);
	for (size_t i = 0; i <= (size_t)4 * 1024 * 1024; i++)
		buffer_char(&large, ' ');
	assert_int_equal(format_json(large.data, large.length, &out, &error), STATUS_TOO_LARGE);
	buffer_clear(&large);
	buffer_clear(&out);
}

static void a_file_is_replaced_at_once_and_keeps_its_mode(void **state)
{
	char folder[] = "/tmp/askwell-format-XXXXXX", file[64], link[64];
	struct buffer text = {0};
	struct error error = {0};
	struct stat about;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof file, "%s/a.json", folder);
	snprintf(link, sizeof link, "%s/b.json", folder);
	assert_int_equal(file_replace(file, "1\n", 2, &error), STATUS_OK);
	assert_int_equal(chmod(file, 0600), 0);
	assert_int_equal(symlink("a.json", link), 0);
	assert_int_equal(file_replace(link, "22\n", 3, &error), STATUS_OK);
	assert_int_equal(file_read(file, 100, &text, &error), STATUS_OK);
	assert_string_equal(text.data, "22\n");
	assert_int_equal(stat(file, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(lstat(link, &about), 0);
	assert_true(S_ISLNK(about.st_mode));
	assert_int_equal(file_replace("/tmp/askwell-no-such-folder/a", "", 0, &error), STATUS_UNAVAILABLE);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(folder), 0); /* nothing was left beside it */
	buffer_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_laid_out_in_one_way),
		cmocka_unit_test(the_line_ends_at_column_120),
		cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
		cmocka_unit_test(nesting_and_size_are_capped),
		cmocka_unit_test(a_file_is_replaced_at_once_and_keeps_its_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
