/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "../../server/net/rpc.h"

#include "askwell/file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSION "\"session\":\"01890a5d-ac96-774b-bcce-b302099a8057\""
#define OPEN "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.open\",\"params\":{" SESSION "}}"

static void refuses_with_the_right_number(void **state)
{
	static const struct {
		const char *text;
		const char *id;
		int code;
		const char *key;
	} rows[] = {
		{"", "null", -32700, "not_json"},
		{"{", "null", -32700, "not_json"},
		{"{} {}", "null", -32700, "not_json"},
		{"\xef\xbb\xbf{}", "null", -32700, "not_json"},
		{"{\"id\":1,\"id\":1}", "null", -32700, "not_json"},
		{"{\"id\":\"\\u0000\"}", "null", -32700, "not_json"},
		{"{\"id\":\"\xff\"}", "null", -32700, "not_json"},
		{"{\"id\":1e999}", "null", -32700, "not_json"},
		{"{\"id\":99999999999999999999}", "null", -32700, "not_json"},
		{"[]", "null", -32600, "batch_not_supported"},
		{"[" OPEN "]", "null", -32600, "batch_not_supported"},
		{"null", "null", -32700, "not_json"},
		{"{}", "null", -32600, "id_missing"},
		{"{\"id\":null}", "null", -32600, "id_invalid"},
		{"{\"id\":1.0}", "null", -32600, "id_invalid"},
		{"{\"id\":9007199254740993}", "null", -32600, "id_invalid"},
		{"{\"id\":{}}", "null", -32600, "id_invalid"},
		{"{\"id\":-9007199254740992}", "-9007199254740992", -32600, "not_a_request"},
		{"{\"id\":\"a\\\"b\",\"jsonrpc\":\"1.0\"}", "\"a\\\"b\"", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":2}", "1", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\"}", "1", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":5}", "1", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{}}", "1", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"x\",\"y\":1}", "1", -32600, "not_a_request"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"\"}", "1", -32601, "method_unknown"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Turn.say\"}", "1", -32601, "method_unknown"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"session.open\"}", "1", -32602, "parameter_missing"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"session.open\",\"params\":null}", "1", -32602,
			"parameters_by_name"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"session.open\",\"params\":{\"session\":\"x\"}}", "1",
			-32602, "parameter_type"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"session.open\",\"params\":{" SESSION ",\"x\":1}}", "1",
			-32602, "parameter_unknown"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.hint\",\"params\":{" SESSION ",\"turn\":0}}", "1",
			-32602, "parameter_type"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.hint\",\"params\":{" SESSION ",\"turn\":1.5}}", "1",
			-32602, "parameter_type"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.hint\",\"params\":{" SESSION ",\"turn\":4294967296}}",
			"1", -32602, "parameter_type"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.hint\",\"params\":{" SESSION
		 ",\"turn\":9007199254740993}}",
			"1", -32600, "number_too_large"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.hint\",\"params\":{\"x\":[{\"y\":1e300}]}}", "1",
			-32600, "number_too_large"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"turn.say\",\"params\":{" SESSION
		 ",\"turn\":1,\"text\":5}}",
			"1", -32602, "parameter_type"},
		{"{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"session.start\",\"params\":{" SESSION
		 ",\"script\":\"x\",\"seed\":-1}}",
			"1", -32602, "parameter_type"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct rpc_request request;
		struct error error = {0};

		if (rpc_read(rows[i].text, strlen(rows[i].text), &request, &error) == STATUS_OK)
			fail_msg("accepted: %s", rows[i].text);
		if (strcmp(error.key, rows[i].key) != 0 || strcmp(request.id, rows[i].id) != 0)
			fail_msg("%s: %s, id %s", rows[i].text, error.key, request.id);
		assert_int_equal(rpc_error_code(&error), rows[i].code);
		assert_int_equal(strlen(request.id), request.id_length);
		rpc_request_clear(&request);
	}
}

static void reads_what_fits(void **state)
{
	static const char say[] = "{\"params\":{\"text\":\"What \\u00e9lse?\",\"turn\":7," SESSION
				  "},\"method\":\"turn.say\",\"id\":\"a/1\",\"jsonrpc\":\"2.0\"}";
	static const char start[] = "{\"jsonrpc\":\"2.0\",\"id\":-1,\"method\":\"session.start\",\"params\":{" SESSION
				    ",\"script\":\"career_plateau\",\"seed\":9007199254740992}}";
	struct rpc_request request;
	struct error error = {0};

	(void)state;
	assert_int_equal(rpc_read(say, sizeof say - 1, &request, &error), STATUS_OK);
	assert_string_equal(request.method->name, "turn.say");
	assert_string_equal(request.id, "\"a/1\"");
	assert_int_equal(request.values[0].id.bytes[0], 0x01);
	assert_int_equal(request.values[0].id.bytes[15], 0x57);
	assert_int_equal(request.values[1].number, 7);
	assert_int_equal(request.values[2].length, 11);
	assert_string_equal(request.values[2].text, "What \xc3\xa9lse?");
	rpc_request_clear(&request);

	assert_int_equal(rpc_read(start, sizeof start - 1, &request, &error), STATUS_OK);
	assert_string_equal(request.values[1].text, "career_plateau");
	assert_true(request.values[2].number == UINT64_C(9007199254740992));
	rpc_request_clear(&request);
}

static void depth_stops_before_parsing(void **state)
{
	struct rpc_request request;
	char text[200];

	(void)state;
	for (size_t depth = 1; depth < 90; depth++) {
		struct error error = {0};

		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		assert_int_not_equal(rpc_read(text, 2 * depth, &request, &error), STATUS_OK);
		assert_string_equal(error.key, depth > RPC_DEPTH ? "too_deep" : "batch_not_supported");
		rpc_request_clear(&request);
	}
	/* Brackets in texts do not nest. */
	struct error error = {0};
	static const char quoted[] = "\"\\\\\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"";

	assert_int_not_equal(rpc_read(quoted, sizeof quoted - 1, &request, &error), STATUS_OK);
	assert_string_not_equal(error.key, "too_deep");
	rpc_request_clear(&request);
}

static void ids_come_back_as_they_were(void **state)
{
	static const char escaped[] = "\\u0001";
	char text[700], id[RPC_ID_BYTES * 6 + 1] = "";

	(void)state;
	for (size_t i = 0; i < RPC_ID_BYTES; i++)
		memcpy(id + i * 6, escaped, 7);
	for (int over = 0; over < 2; over++) {
		struct rpc_request request;
		struct error error = {0};

		snprintf(text, sizeof text, "{\"jsonrpc\":\"2.0\",\"id\":\"%s%s\",\"method\":\"library.list\"}", id,
			over ? "x" : "");
		enum status status = rpc_read(text, strlen(text), &request, &error);

		assert_int_equal(status, over ? STATUS_INVALID : STATUS_OK);
		if (over) {
			assert_string_equal(error.key, "id_invalid");
			assert_string_equal(request.id, "null");
		} else {
			json_t *back = json_loads(request.id, JSON_DECODE_ANY, NULL);

			assert_int_equal(json_string_length(back), RPC_ID_BYTES);
			assert_int_equal(json_string_value(back)[RPC_ID_BYTES - 1], 1);
			json_decref(back);
		}
		rpc_request_clear(&request);
	}
}

static void answers_are_json(void **state)
{
	static const char result[] = "{\"cases\":[]}";
	const size_t length = rpc_result_length(4, sizeof result - 1);
	char *text = malloc(length + 1);
	struct buffer buffer;
	struct error error = {0};

	(void)state;
	rpc_result_write(text, "\"id\"", 4, result, sizeof result - 1);
	text[length] = '\0';
	assert_string_equal(text, "{\"jsonrpc\":\"2.0\",\"id\":\"id\",\"result\":{\"cases\":[]}}");
	free(text);

	buffer_init(&buffer);
	error_set(&error, STATUS_CONFLICT, "turn_out_of_order", "Say \"that\" again.");
	rpc_error_write(&buffer, "5", &error);
	assert_string_equal(buffer.data,
		"{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":{\"code\":-32002,\"message\":\"Say \\\"that\\\" again.\","
		"\"data\":{\"key\":\"turn_out_of_order\",\"status\":\"conflict\"}}}");
	buffer_clear(&buffer);
}

static void every_status_has_its_own_number(void **state)
{
	int codes[STATUS_INTERNAL + 1] = {0};

	(void)state;
	for (int i = STATUS_INVALID; i <= STATUS_INTERNAL; i++) {
		struct error error = {.status = (enum status)i, .key = "some_key"};

		codes[i] = rpc_error_code(&error);
		assert_true(codes[i] < -32000 && codes[i] >= -32700);
		assert_in_range(rpc_http_status((enum status)i), 400, 599);
		for (int j = STATUS_INVALID; j < i; j++)
			assert_int_not_equal(codes[i], codes[j]);
	}
}

static json_t *read_description(void)
{
	struct buffer text;
	struct error error = {0};

	buffer_init(&text);
	assert_int_equal(file_read(SOURCE_DIR "/server/net/openrpc.json", 1 << 20, &text, &error), STATUS_OK);
	json_t *root = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(root);
	buffer_clear(&text);
	return root;
}

/* openrpc.json against the table: methods, their parameters in order, and which of them are required. */
static void the_description_fits_the_table(void **state)
{
	size_t described = 0, i, j;
	json_t *method, *param;

	(void)state;
	json_t *root = read_description();

	for (const struct rpc_method *row = rpc_methods; row->name; row++) {
		const json_t *found = NULL;

		json_array_foreach(json_object_get(root, "methods"), i, method)
		{
			if (strcmp(json_string_value(json_object_get(method, "name")), row->name) == 0)
				found = method;
		}
		if (!found)
			fail_msg("%s is not described", row->name);
		described++;
		size_t count = 0;

		while (count < RPC_PARAMS && row->params[count].name)
			count++;
		assert_int_equal(json_array_size(json_object_get(found, "params")), count);
		json_array_foreach(json_object_get(found, "params"), j, param)
		{
			assert_string_equal(json_string_value(json_object_get(param, "name")), row->params[j].name);
			assert_int_equal(json_is_true(json_object_get(param, "required")), !row->params[j].optional);
		}
	}
	assert_int_equal(json_array_size(json_object_get(root, "methods")), described);
	json_decref(root);
}

static bool describes_code(json_t *errors, int code)
{
	const char *name;
	json_t *error;

	json_object_foreach(errors, name, error)
	{
		if (json_integer_value(json_object_get(error, "code")) == code)
			return true;
	}
	return false;
}

/* Which statuses an error's data can name and which codes it can carry: all of them, and no others. */
static void the_description_fits_the_errors(void **state)
{
	static const char *const protocol_keys[] = {"not_json", "not_a_request", "method_unknown"};
	size_t statuses = 0, codes = sizeof(protocol_keys) / sizeof(protocol_keys[0]);
	json_t *names, *status, *described;
	size_t i;

	(void)state;
	json_t *root = read_description();

	assert_int_equal(json_unpack(root, "{s:{s:{s:{s:{s:{s:o}}}}, s:o}}", "components", "schemas", "ErrorData",
				 "properties", "status", "enum", &names, "errors", &described),
		0);
	for (int known = STATUS_INVALID; known <= STATUS_INTERNAL; known++) {
		const struct error error = {.status = (enum status)known, .key = "some_key"};
		bool named = false;

		json_array_foreach(names, i, status)
		{
			named = named || strcmp(json_string_value(status), status_name(error.status)) == 0;
		}
		if (!named)
			fail_msg("%s is not described", status_name(error.status));
		assert_true(describes_code(described, rpc_error_code(&error)));
		statuses++;
		codes++;
	}
	for (i = 0; i < sizeof(protocol_keys) / sizeof(protocol_keys[0]); i++) {
		struct error error = {.status = STATUS_INVALID};

		snprintf(error.key, sizeof(error.key), "%s", protocol_keys[i]);
		assert_true(describes_code(described, rpc_error_code(&error)));
	}
	assert_int_equal(json_array_size(names), statuses);
	assert_int_equal(json_object_size(described), codes);
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_the_right_number),
		cmocka_unit_test(reads_what_fits),
		cmocka_unit_test(depth_stops_before_parsing),
		cmocka_unit_test(ids_come_back_as_they_were),
		cmocka_unit_test(answers_are_json),
		cmocka_unit_test(every_status_has_its_own_number),
		cmocka_unit_test(the_description_fits_the_table),
		cmocka_unit_test(the_description_fits_the_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
