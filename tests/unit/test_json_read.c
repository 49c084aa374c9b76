/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/json_read.h"

#include <string.h>

static void reads_what_jansson_reads(void **state)
{
	static const char *const texts[] = {"{}", "[]",
		" \t\r\n{ \"a\" : [ 1 , -2 , 0 , -0 , true , false , null ] , \"b\" : { } } \n",
		"[\"\", \"caf\u00e9 \U0001F642\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\ud83d\\ude42\", \"\x7f\"]",
		"{\"\\u0061\":1,\"\":2,\"z\":3,\"b\":4}",
		"[999999999999999999, 100000000000000000, -999999999999999999]"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		json_t *json = json_read(texts[i], strlen(texts[i]));
		json_t *expected = json_loadb(texts[i], strlen(texts[i]), JSON_REJECT_DUPLICATES, NULL);
		char *written = json_dumps(json, 0), *expected_written = json_dumps(expected, 0);

		assert_string_equal(written, expected_written);
		json_decref(json);
		json_decref(expected);
		free(written);
		free(expected_written);
	}
}

static void reads_nothing_that_jansson_does_not_read(void **state)
{
	static const char *const texts[] = {"", " ", "1", "\"text\"", "null", "{", "[", "[1", "[1,", "[1,]", "[,1]",
		"[1 2]", "[1]]", "[1] x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}",
		"{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}", "[01]", "[-]", "[-01]", "[1a]",
		"[+1]", "[.5]", "[1.]", "[truex]", "[tru", "[nul]", "[9223372036854775808]", "[\"a]", "[\"\\x\"]",
		"[\"\\", "[\"\\u12\"]", "[\"\\u0000\"]", "{\"\\u0000\":1}", "[\"\\ud83d\"]", "[\"\\ude42\"]",
		"[\"\n\"]", "[\"\x01\"]", "[\"\xc3\"]", "[\"\xc3\xc3\"]", "[\"\xc0\x80\"]", "[\"\xed\xa0\x80\"]",
		"[\"\xf4\x90\x80\x80\"]", "[\"\\\xc3\xa9\"]", "\xef\xbb\xbf[]", "{\"a\":[1,{\"b\":[\"c\",}]}"};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_null(json_loadb(texts[i], strlen(texts[i]), JSON_REJECT_DUPLICATES, NULL));
		assert_null(json_read(texts[i], strlen(texts[i])));
	}
	assert_null(json_read("[\"a\0b\"]", 7));
	assert_null(json_read("[1]\0", 4));
	assert_null(json_read("[\0]", 3));
}

static void leaves_to_jansson_what_is_out_of_the_ordinary(void **state)
{
	static const char end[] = "\":1}";
	static const char *const texts[] = {"[1.5]", "[1e3]", "[9223372036854775807]"};
	char text[600] = "{\"";
	json_t *deep;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_null(json_read(texts[i], strlen(texts[i])));
	memset(text + 2, 'k', 500);
	memcpy(text + 502, end, sizeof end);
	assert_null(json_read(text, strlen(text)));
	memset(text, '[', 100);
	memset(text + 100, ']', 100);
	assert_null(json_read(text, 200));
	assert_null(json_read(text + 100 - JSON_READ_DEPTH - 1, 2 * (JSON_READ_DEPTH + 1)));
	deep = json_read(text + 100 - JSON_READ_DEPTH, (size_t)2 * JSON_READ_DEPTH);
	assert_non_null(deep);
	json_decref(deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_jansson_reads),
		cmocka_unit_test(reads_nothing_that_jansson_does_not_read),
		cmocka_unit_test(leaves_to_jansson_what_is_out_of_the_ordinary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
