/* SPDX-License-Identifier: Apache-2.0 */
/* JSON-RPC 2.0, one object a message: bytes in, a method with checked parameters out, or an error that says what is
 * wrong. Strict: duplicate keys, unknown members, deep nesting and numbers that other programs would round are refused.
 * Pure but for the methods, which call practice. Loop thread. */
#ifndef ASKWELL_NET_RPC_H
#define ASKWELL_NET_RPC_H

#include "askwell/buffer.h"
#include "askwell/id.h"
#include "askwell/practice.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RPC_DEPTH 32
#define RPC_ID_BYTES 64
#define RPC_ID_SIZE (RPC_ID_BYTES * 6 + 3) /* every byte escaped, quotes, NUL */
#define RPC_PARAMS 5

enum rpc_type { RPC_TEXT, RPC_UUID, RPC_TURN, RPC_LABEL, RPC_SEED };

struct rpc_param {
	const char *name; /* NULL ends the list */
	enum rpc_type type;
	bool optional;
};

struct rpc_value {
	const char *text;
	size_t length;
	uint64_t number;
	struct id id;
};

/* One call on its way into practice. */
struct rpc_call {
	struct practice *practice;
	const struct practice_person *person;
	const struct rpc_value *values; /* in the order of the method's params */
	practice_answer *done;
	void *user;
};

struct rpc_method {
	const char *name;
	struct rpc_param params[RPC_PARAMS];
	void (*run)(const struct rpc_call *call);
};

/* The methods, ended by one without a name (rpc_methods.c). */
extern const struct rpc_method rpc_methods[];

struct rpc_request {
	const struct rpc_method *method;
	struct rpc_value values[RPC_PARAMS];
	char id[RPC_ID_SIZE]; /* as JSON; "null" until it is known */
	size_t id_length;
	void *tree; /* holds what the values point to */
};

/* Fills `out` in any case, so that an error can name the request. */
enum status rpc_read(const char *bytes, size_t length, struct rpc_request *out, struct error *error) CHECKED;
void rpc_request_clear(struct rpc_request *request);

/* How many bytes rpc_result_write() writes, and writing them. `id` and `result` are JSON. */
size_t rpc_result_length(size_t id_length, size_t result_length);
void rpc_result_write(char *out, const char *id, size_t id_length, const char *result, size_t result_length);

/* Appends a complete error answer; `id` is JSON. */
void rpc_error_write(struct buffer *out, const char *id, const struct error *error);

/* The one translation of what went wrong (rpc_errors.c). */
int rpc_error_code(const struct error *error);
unsigned rpc_http_status(enum status status);

#endif
