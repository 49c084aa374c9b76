/* SPDX-License-Identifier: Apache-2.0 */
#include "rpc.h"

#include "askwell/json_out.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* Whole numbers up to here are the same in every program that reads JSON (RFC 8259, section 6). */
#define EXACT ((json_int_t)1 << 53)

static const char result_head[] = "{\"jsonrpc\":\"2.0\",\"id\":";
static const char result_middle[] = ",\"result\":";

/* Before parsing: the parser goes down one call a level. */
static bool too_deep(const char *bytes, size_t length)
{
	unsigned depth = 0;
	bool in_text = false;

	for (size_t i = 0; i < length; i++) {
		const char c = bytes[i];

		if (in_text) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_text = false;
		} else if (c == '"') {
			in_text = true;
		} else if (c == '{' || c == '[') {
			if (++depth > RPC_DEPTH)
				return true;
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return false;
}

static bool numbers_exact(json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;

	switch (json_typeof(value)) {
	case JSON_INTEGER:
		return json_integer_value(value) <= EXACT && json_integer_value(value) >= -EXACT;
	case JSON_REAL:
		return json_real_value(value) <= (double)EXACT && json_real_value(value) >= -(double)EXACT;
	case JSON_OBJECT:
		json_object_foreach(value, key, member)
		{
			if (!numbers_exact(member))
				return false;
		}
		return true;
	case JSON_ARRAY:
		json_array_foreach(value, i, member)
		{
			if (!numbers_exact(member))
				return false;
		}
		return true;
	default:
		return true;
	}
}

static enum status parse(const char *bytes, size_t length, struct rpc_request *out, struct error *error)
{
	json_error_t why;

	if (too_deep(bytes, length))
		return error_set(
			error, STATUS_INVALID, "too_deep", "The message is nested deeper than %d levels.", RPC_DEPTH);
	json_t *tree = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &why);

	if (!tree)
		/* The parser's own words may quote what was typed, and this text may reach a log. */
		return error_set(error, STATUS_INVALID, "not_json",
			"The message is not valid JSON (line %d, column %d).", why.line, why.column);
	out->tree = tree;
	if (json_is_array(tree))
		return error_set(error, STATUS_INVALID, "batch_not_supported",
			"Batches are not supported: send one request a message.");
	if (!json_is_object(tree))
		return error_set(error, STATUS_INVALID, "not_a_request", "A request is a JSON object.");
	return STATUS_OK;
}

static enum status read_id(json_t *tree, struct rpc_request *out, struct error *error)
{
	json_t *id = json_object_get(tree, "id");

	if (!id)
		return error_set(error, STATUS_INVALID, "id_missing",
			"A request must carry an id; nothing here is done without an answer.");
	if (json_is_integer(id) && numbers_exact(id)) {
		out->id_length = (size_t)snprintf(out->id, sizeof(out->id), "%lld", (long long)json_integer_value(id));
		return STATUS_OK;
	}
	if (!json_is_string(id) || json_string_length(id) > RPC_ID_BYTES)
		return error_set(error, STATUS_INVALID, "id_invalid",
			"The id must be a whole number or a text of at most %d bytes.", RPC_ID_BYTES);
	struct buffer buffer;
	struct json_out json;

	buffer_init(&buffer);
	json_out_init(&json, &buffer);
	json_out_bytes(&json, json_string_value(id), json_string_length(id));
	if (buffer.length < sizeof(out->id)) {
		memcpy(out->id, buffer.data, buffer.length + 1);
		out->id_length = buffer.length;
	}
	buffer_clear(&buffer);
	return STATUS_OK;
}

static enum status read_envelope(json_t *tree, struct error *error)
{
	static const char *const members[] = {"jsonrpc", "id", "method", "params"};
	const char *version = json_string_value(json_object_get(tree, "jsonrpc"));
	const char *key;
	json_t *value;

	if (!version || strcmp(version, "2.0") != 0)
		return error_set(error, STATUS_INVALID, "not_a_request", "A request must carry \"jsonrpc\": \"2.0\".");
	json_object_foreach(tree, key, value)
	{
		bool known = false;

		for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
			known = known || strcmp(key, members[i]) == 0;
		if (!known)
			return error_set(error, STATUS_INVALID, "not_a_request",
				"A request has the members jsonrpc, id, method and params, and no others.");
	}
	if (!json_is_string(json_object_get(tree, "method")))
		return error_set(error, STATUS_INVALID, "not_a_request", "The method must be a text.");
	return STATUS_OK;
}

static const struct rpc_method *find_method(const char *name)
{
	for (const struct rpc_method *method = rpc_methods; method->name; method++) {
		if (strcmp(method->name, name) == 0)
			return method;
	}
	return NULL;
}

static bool read_number(const json_t *given, json_int_t least, json_int_t most, struct rpc_value *out)
{
	if (!json_is_integer(given) || json_integer_value(given) < least || json_integer_value(given) > most)
		return false;
	out->number = (uint64_t)json_integer_value(given);
	return true;
}

static bool read_text(const json_t *given, struct rpc_value *out)
{
	if (!json_is_string(given))
		return false;
	out->text = json_string_value(given);
	out->length = json_string_length(given);
	return true;
}

static enum status read_value(
	const struct rpc_param *param, const json_t *given, struct rpc_value *out, struct error *error)
{
	bool fits = false;
	const char *wanted = "";

	switch (param->type) {
	case RPC_TEXT:
		fits = read_text(given, out);
		wanted = "a text";
		break;
	case RPC_UUID:
		fits = read_text(given, out) && id_parse(out->text, out->length, &out->id);
		wanted = "a UUID";
		break;
	case RPC_TURN:
		fits = read_number(given, 1, UINT32_MAX, out);
		wanted = "a whole number from 1 to 4294967295";
		break;
	case RPC_LABEL:
		fits = read_number(given, 0, UINT16_MAX, out);
		wanted = "a whole number from 0 to 65535";
		break;
	case RPC_SEED:
		fits = read_number(given, 0, EXACT, out);
		wanted = "a whole number from 0 to 9007199254740992";
		break;
	}
	if (fits)
		return STATUS_OK;
	return error_set(
		error, STATUS_INVALID, "parameter_type", "The parameter \"%s\" must be %s.", param->name, wanted);
}

static enum status read_params(json_t *params, struct rpc_request *out, struct error *error)
{
	size_t found = 0;

	if (params && !json_is_object(params))
		return error_set(
			error, STATUS_INVALID, "parameters_by_name", "The parameters must be an object, by name.");
	for (size_t i = 0; i < RPC_PARAMS && out->method->params[i].name; i++) {
		const struct rpc_param *param = &out->method->params[i];
		const json_t *given = json_object_get(params, param->name);

		if (!given && param->optional)
			continue;
		if (!given)
			return error_set(error, STATUS_INVALID, "parameter_missing", "The parameter \"%s\" is missing.",
				param->name);
		enum status status = read_value(param, given, &out->values[i], error);

		if (status != STATUS_OK)
			return status;
		found++;
	}
	if (json_object_size(params) > found)
		return error_set(error, STATUS_INVALID, "parameter_unknown",
			"%s does not take one of the parameters sent.", out->method->name);
	return STATUS_OK;
}

enum status rpc_read(const char *bytes, size_t length, struct rpc_request *out, struct error *error)
{
	enum status status;

	memset(out->values, 0, sizeof(out->values));
	out->method = NULL;
	out->tree = NULL;
	memcpy(out->id, "null", sizeof("null"));
	out->id_length = 4;

	status = parse(bytes, length, out, error);
	if (status != STATUS_OK)
		return status;
	/* First the id, so that every later complaint can be told apart by the sender. */
	status = read_id(out->tree, out, error);
	if (status != STATUS_OK)
		return status;
	if (!numbers_exact(out->tree))
		return error_set(error, STATUS_INVALID, "number_too_large",
			"Numbers must lie between -9007199254740992 and 9007199254740992.");
	status = read_envelope(out->tree, error);
	if (status != STATUS_OK)
		return status;
	out->method = find_method(json_string_value(json_object_get(out->tree, "method")));
	if (!out->method)
		return error_set(error, STATUS_INVALID, "method_unknown", "There is no such method.");
	return read_params(json_object_get(out->tree, "params"), out, error);
}

void rpc_request_clear(struct rpc_request *request)
{
	json_decref(request->tree);
	request->tree = NULL;
}

size_t rpc_result_length(size_t id_length, size_t result_length)
{
	return sizeof(result_head) - 1 + id_length + sizeof(result_middle) - 1 + result_length + 1;
}

void rpc_result_write(char *out, const char *id, size_t id_length, const char *result, size_t result_length)
{
	memcpy(out, result_head, sizeof(result_head) - 1);
	out += sizeof(result_head) - 1;
	memcpy(out, id, id_length);
	out += id_length;
	memcpy(out, result_middle, sizeof(result_middle) - 1);
	out += sizeof(result_middle) - 1;
	memcpy(out, result, result_length);
	out[result_length] = '}';
}

void rpc_error_write(struct buffer *out, const char *id, const struct error *error)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_put_text(&json, "jsonrpc", "2.0");
	json_out_key(&json, "id");
	json_out_raw(&json, id, strlen(id));
	json_out_key(&json, "error");
	json_out_object(&json);
	json_out_put_integer(&json, "code", rpc_error_code(error));
	json_out_put_text(&json, "message", error->text);
	json_out_key(&json, "data");
	json_out_object(&json);
	json_out_put_text(&json, "key", error->key);
	json_out_put_text(&json, "status", status_name(error->status));
	json_out_object_end(&json);
	json_out_object_end(&json);
	json_out_object_end(&json);
}
