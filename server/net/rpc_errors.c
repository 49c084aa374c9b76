/* SPDX-License-Identifier: Apache-2.0 */
#include "rpc.h"

#include <string.h>

/* What JSON-RPC itself has numbers for. */
static const struct {
	const char *key;
	int code;
} protocol_errors[] = {
	{"not_json", -32700},
	{"too_deep", -32600},
	{"number_too_large", -32600},
	{"batch_not_supported", -32600},
	{"not_a_request", -32600},
	{"id_missing", -32600},
	{"id_invalid", -32600},
	{"method_unknown", -32601},
};

static const struct {
	int code;
	unsigned http;
} translations[] = {
	[STATUS_OK] = {0, 200},
	[STATUS_INVALID] = {-32602, 400},
	[STATUS_NOT_FOUND] = {-32001, 404},
	[STATUS_CONFLICT] = {-32002, 409},
	[STATUS_ENDED] = {-32003, 409},
	[STATUS_TOO_LARGE] = {-32004, 413},
	[STATUS_LIMIT] = {-32005, 429},
	[STATUS_DENIED] = {-32006, 403},
	[STATUS_UNAVAILABLE] = {-32007, 503},
	[STATUS_CORRUPT] = {-32008, 500},
	[STATUS_INTERNAL] = {-32603, 500},
};

int rpc_error_code(const struct error *error)
{
	for (size_t i = 0; i < sizeof(protocol_errors) / sizeof(protocol_errors[0]); i++) {
		if (strcmp(protocol_errors[i].key, error->key) == 0)
			return protocol_errors[i].code;
	}
	return translations[error->status].code;
}

unsigned rpc_http_status(enum status status)
{
	return translations[status].http;
}
