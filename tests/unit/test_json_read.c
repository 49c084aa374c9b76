/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/json_read.h"
#include "askwell/parallel.h"

#include <stdio.h>
#include <string.h>

/* jansson's texts are freed in jansson's way. */
static void given_back(char *text)
{
	json_free_t give_back;

	json_get_alloc_funcs(NULL, &give_back);
	give_back(text);
}

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
		given_back(written);
		given_back(expected_written);
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

enum { KEPT = 4000 };

static void let_go(void *user, size_t index)
{
	json_decref(((json_t **)user)[index]);
}

/* Values share blocks of memory: one that is kept outlives the rest, may be changed, and may go on any thread. */
static void a_value_outlives_the_text_it_came_with(void **state)
{
	static json_t *kept[KEPT];
	char text[2 * KEPT * 16];
	size_t length = 1;
	json_t *whole;

	(void)state;
	text[0] = '[';
	for (int i = 0; i < KEPT; i++)
		length += (size_t)sprintf(text + length, "%s{\"n\":\"value %d\"}", i ? "," : "", i);
	text[length++] = ']';
	whole = json_read(text, length);
	for (size_t i = 0; i < KEPT; i++)
		kept[i] = json_incref(json_array_get(whole, i));
	json_decref(whole);
	for (size_t i = 0; i < KEPT; i++) {
		assert_int_equal(json_object_set_new(kept[i], "more", json_string("added later")), 0);
		assert_int_equal(json_object_del(kept[i], "n"), 0);
		assert_int_equal(json_object_set_new(kept[i], "n", json_integer((json_int_t)i)), 0);
	}
	for (size_t i = 0; i < KEPT; i++)
		assert_int_equal(json_integer_value(json_object_get(kept[i], "n")), i);
	parallel_run(KEPT, let_go, kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_jansson_reads),
		cmocka_unit_test(reads_nothing_that_jansson_does_not_read),
		cmocka_unit_test(leaves_to_jansson_what_is_out_of_the_ordinary),
		cmocka_unit_test(a_value_outlives_the_text_it_came_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
