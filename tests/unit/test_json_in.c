/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/json_in.h"
#include "askwell/json_out.h"

#include <string.h>

static void what_was_written_is_read_back(void **state)
{
	static const char *const texts[] = {
		"", "plain", "\"quoted\"", "back\\slash", "\x01\n\t\x1f", "caf\u00e9 \U0001F642", "\\"};
	struct buffer buffer = {0};
	struct json_out out;
	struct json_in in;
	struct arena *arena = arena_new(0);
	const char *key, *text;
	size_t length;
	int64_t number;

	(void)state;
	json_out_init(&out, &buffer);
	json_out_object(&out);
	json_out_key(&out, "texts");
	json_out_array(&out);
	for (size_t i = 0; i < COUNT(texts); i++)
		json_out_text(&out, texts[i]);
	json_out_array_end(&out);
	json_out_put_integer(&out, "number", -120);
	json_out_put_text(&out, "none", NULL);
	json_out_key(&out, "skipped");
	json_out_raw(&out, "{\"a\":[1.5e3,\"]}\",{}],\"b\":true}", 30);
	json_out_object_end(&out);

	json_in_init(&in, buffer.data, buffer.length);
	assert_true(json_in_object(&in));
	assert_true(json_in_key(&in, &key, &length));
	assert_memory_equal(key, "texts", length);
	assert_true(json_in_array(&in));
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_true(json_in_item(&in));
		assert_true(json_in_text(&in, arena, &text, &length));
		assert_string_equal(text, texts[i]);
		assert_int_equal(length, strlen(texts[i]));
	}
	assert_false(json_in_item(&in));
	assert_true(json_in_key(&in, &key, &length));
	assert_false(json_in_null(&in));
	assert_true(json_in_integer(&in, &number));
	assert_int_equal(number, -120);
	assert_true(json_in_key(&in, &key, &length));
	assert_true(json_in_null(&in));
	assert_true(json_in_key(&in, &key, &length));
	json_in_skip(&in);
	assert_false(json_in_key(&in, &key, &length));
	assert_true(json_in_end(&in));
	arena_free(arena);
	buffer_clear(&buffer);
}

static const struct {
	const char *json, *text; /* NULL: refused */
} texts[] = {
	{" \"a\" ", "a"},
	{"\"\\u00e9\\uD83D\\ude42\\/\\b\\f\\r\"", "\u00e9\U0001F642/\b\f\r"},
	{"\"\\u0041\\u07ff\\uFFFD\"", "A\u07ff\uFFFD"},
	{"\"a", NULL},
	{"\"a\\\"", NULL},
	{"\"\\", NULL},
	{"\"\\x\"", NULL},
	{"\"\\u12\"", NULL},
	{"\"\\u12g4\"", NULL},
	{"\"\\u0000\"", NULL},
	{"\"\\ud83d\"", NULL},
	{"\"\\ud83d\\u0041\"", NULL},
	{"\"\\ude42\"", NULL},
	{"\"\xff\"", NULL},
	{"\"\xc3\"", NULL},
	{"a", NULL},
	{"", NULL},
	{"\"a\" b", NULL},
};

static void texts_are_checked(void **state)
{
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct json_in in;
		const char *text = NULL;
		size_t length;
		bool good;

		json_in_init(&in, texts[i].json, strlen(texts[i].json));
		good = json_in_text(&in, arena, &text, &length) && json_in_end(&in);
		if (good != (texts[i].text != NULL))
			fail_msg("%s", texts[i].json);
		if (good)
			assert_string_equal(text, texts[i].text);
	}
	arena_free(arena);
}

/* Objects of integers and lists of them. */
static bool whole(struct json_in *in)
{
	const char *key;
	size_t length;
	int64_t number;

	if (!json_in_object(in))
		return false;
	while (json_in_key(in, &key, &length)) {
		if (*key == 's') {
			json_in_skip(in);
		} else if (*key == 'l') {
			if (!json_in_array(in))
				return false;
			while (json_in_item(in))
				if (!json_in_integer(in, &number))
					return false;
		} else if (!json_in_integer(in, &number)) {
			return false;
		}
	}
	return json_in_end(in);
}

static const struct {
	const char *json;
	bool good;
} shapes[] = {
	{"{}", true},
	{" { \"a\" : 1 ,\n\"b\":-2,\"l\":[ ],\"l\":[1 , 2]}\t", true},
	{"{\"s\":[[],{\"]\":\"}\"},-1.5e9,null],\"a\":1}", true},
	{"{\"s\":false,\"s\":\"\\\"\"}", true},
	{"{\"a\":999999999999999999}", true},
	{"{\"a\":9999999999999999999}", false},
	{"{\"a\":1.5}", false},
	{"{\"a\":1e3}", false},
	{"{\"a\":-}", false},
	{"{\"a\":}", false},
	{"{\"a\"}", false},
	{"{\"a\":1,}", false},
	{"{\"a\":1 \"b\":2}", false},
	{"{\"l\":[1,]}", false},
	{"{\"l\":[1 2]}", false},
	{"{\"l\":[1}", false},
	{"{\"l\":[", false},
	{"{\"s\":}", false},
	{"{\"s\":[", false},
	{"{\"s\":{\"x\":[1,2}", false},
	{"{\"a\":1", false},
	{"{\"a\":1}}", false},
	{"{a:1}", false},
	{"[]", false},
	{"", false},
};

static void shapes_are_checked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct json_in in;

		json_in_init(&in, shapes[i].json, strlen(shapes[i].json));
		if (whole(&in) != shapes[i].good)
			fail_msg("%s", shapes[i].json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(texts_are_checked),
		cmocka_unit_test(shapes_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
