/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of a WebSocket message: whatever they are, either a method with parameters of the right types, or an error
 * that is itself valid JSON and names the request. */
#include "../../server/net/rpc.h"

#include "askwell/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
	if (!condition)
		abort();
}

static void check_error(const struct rpc_request *request, const struct error *error)
{
	struct buffer text;

	buffer_init(&text);
	rpc_error_write(&text, request->id, error);
	json_t *answer = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);

	must(answer != NULL);
	must(json_integer_value(json_object_get(json_object_get(answer, "error"), "code")) < 0);
	json_decref(answer);
	buffer_clear(&text);
}

static void check_request(const struct rpc_request *request)
{
	char *answer = malloc(rpc_result_length(request->id_length, 2) + 1);

	for (size_t i = 0; i < RPC_PARAMS && request->method->params[i].name; i++) {
		const struct rpc_param *param = &request->method->params[i];
		const struct rpc_value *value = &request->values[i];

		if (param->type == RPC_TEXT && !param->optional)
			must(value->text && strlen(value->text) == value->length &&
				utf8_valid(value->text, value->length));
		if (param->type == RPC_TURN)
			must(value->number >= 1 && value->number <= UINT32_MAX);
	}
	rpc_result_write(answer, request->id, request->id_length, "{}", 2);
	json_t *tree = json_loadb(answer, rpc_result_length(request->id_length, 2), JSON_REJECT_DUPLICATES, NULL);

	must(json_object_size(tree) == 3);
	json_decref(tree);
	free(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rpc_request request;
	struct error error = {0};

	if (rpc_read((const char *)data, size, &request, &error) == STATUS_OK)
		check_request(&request);
	else
		check_error(&request, &error);
	rpc_request_clear(&request);
	return 0;
}
