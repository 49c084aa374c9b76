/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/json_read.h"

#include <string.h>

static void reads_what_jansson_reads(void **state)
{
	static const char *const texts[] = {/* good */
		"{}", "[]", " \t\r\n{ \"a\" : [ 1 , -2 , 0 , -0 , true , false , null ] , \"b\" : { } } \n",
		"[\"\", \"caf\u00e9 \U0001F642\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\ud83d\\ude42\", \"\x7f\"]",
		"{\"\\u0061\":1,\"\":2,\"z\":3,\"b\":4}", "[999999999999999999, 9223372036854775807, 1.5, 1e3, -0.0]",
		/* bad */
		"", " ", "1", "\"text\"", "null", "{", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[1] x",
		"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":1}",
		"{\"a\":1,\"\\u0061\":1}", "[01]", "[-]", "[-01]", "[1a]", "[+1]", "[.5]", "[1.]", "[truex]", "[tru",
		"[nul]", "[9223372036854775808]", "[\"a]", "[\"\\x\"]", "[\"\\", "[\"\\u12\"]", "[\"\\u0000\"]",
		"{\"\\u0000\":1}", "[\"\\ud83d\"]", "[\"\\ude42\"]", "[\"\n\"]", "[\"\x01\"]", "[\"\xc3\"]",
		"[\"\xc3\xc3\"]", "[\"\xc0\x80\"]", "[\"\xed\xa0\x80\"]", "[\"\xf4\x90\x80\x80\"]", "[\"\\\xc3\xa9\"]",
		"\xef\xbb\xbf[]", "{\"a\":[1,{\"b\":[\"c\",}]}"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		json_error_t error = {0}, expected_error = {0};
		json_t *json = json_read(texts[i], strlen(texts[i]), &error);
		json_t *expected = json_loadb(texts[i], strlen(texts[i]), JSON_REJECT_DUPLICATES, &expected_error);
		char *written = json ? json_dumps(json, 0) : NULL;
		char *expected_written = expected ? json_dumps(expected, 0) : NULL;

		assert_int_equal(json == NULL, expected == NULL);
		if (json) {
			assert_string_equal(written, expected_written);
		} else {
			assert_string_equal(error.text, expected_error.text);
			assert_int_equal(error.line, expected_error.line);
			assert_int_equal(error.column, expected_error.column);
		}
		json_decref(json);
		json_decref(expected);
		free(written);
		free(expected_written);
	}
}

static void a_zero_byte_is_no_json(void **state)
{
	json_error_t error;

	(void)state;
	assert_null(json_read("[\"a\0b\"]", 7, &error));
	assert_null(json_read("[1]\0", 4, &error));
	assert_null(json_read("[\0]", 3, &error));
}

/* Long keys and deep nesting are read as well, only not as fast. */
static void long_keys_and_deep_lists_are_read(void **state)
{
	static const char end[] = "\":1}";
	char text[600] = "{\"";
	json_error_t error;
	json_t *json;

	(void)state;
	memset(text + 2, 'k', 500);
	memcpy(text + 502, end, sizeof end);
	json = json_read(text, strlen(text), &error);
	assert_int_equal(json_object_size(json), 1);
	json_decref(json);
	memset(text, '[', 100);
	memset(text + 100, ']', 100);
	json = json_read(text, 200, &error);
	assert_int_equal(json_array_size(json), 1);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_jansson_reads),
		cmocka_unit_test(a_zero_byte_is_no_json),
		cmocka_unit_test(long_keys_and_deep_lists_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
