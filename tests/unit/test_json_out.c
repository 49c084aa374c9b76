/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/json_out.h"

static void written_values_are_json(void **state)
{
	struct buffer buffer = {0};
	struct json_out json;

	(void)state;
	json_out_init(&json, &buffer);
	json_out_object(&json);
	json_out_put_text(&json, "text", "a \"b\" \\ \n \x01 caf\xc3\xa9 </script>");
	json_out_put_text(&json, "none", NULL);
	json_out_key(&json, "list");
	json_out_array(&json);
	json_out_integer(&json, -9007199254740993);
	json_out_number(&json, 0.125, 2);
	json_out_number(&json, 1.0 / 0.0, 2);
	json_out_array(&json);
	json_out_array_end(&json);
	json_out_object(&json);
	json_out_object_end(&json);
	json_out_raw(&json, "{\"x\":1}", 7);
	json_out_array_end(&json);
	json_out_put_boolean(&json, "yes", true);
	json_out_key(&json, "cut");
	json_out_bytes(&json, "abcdef", 3);
	json_out_object_end(&json);
	assert_string_equal(buffer.data,
		"{\"text\":\"a \\\"b\\\" \\\\ \\n \\u0001 caf\xc3\xa9 </script>\",\"none\":null,"
		"\"list\":[-9007199254740993,0.12,null,[],{},{\"x\":1}],\"yes\":true,\"cut\":\"abc\"}");
	buffer_clear(&buffer);
}

static void siblings_after_nesting_are_separated(void **state)
{
	struct buffer buffer = {0};
	struct json_out json;

	(void)state;
	json_out_init(&json, &buffer);
	json_out_array(&json);
	for (int i = 0; i < 3; i++) {
		json_out_object(&json);
		json_out_put_integer(&json, "n", i);
		json_out_key(&json, "deeper");
		json_out_array(&json);
		json_out_null(&json);
		json_out_array_end(&json);
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	assert_string_equal(
		buffer.data, "[{\"n\":0,\"deeper\":[null]},{\"n\":1,\"deeper\":[null]},{\"n\":2,\"deeper\":[null]}]");
	buffer_clear(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_values_are_json),
		cmocka_unit_test(siblings_after_nesting_are_separated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
