/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON (RFC 8259) straight into a buffer, with no tree in between: the reply path calls it for each turn.
 * Commas are its business, nesting is the caller's (at most 64 levels; deeper aborts). Text must be valid UTF-8.
 * json_in reads it back; JSON from outside is jansson's job. One thread at a time. */
#ifndef ASKWELL_JSON_OUT_H
#define ASKWELL_JSON_OUT_H

#include "askwell/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_out {
	struct buffer *buffer; /* borrowed */
	uint64_t started;      /* bit n: level n already holds a value */
	unsigned depth;
	bool after_key;
};

void json_out_init(struct json_out *out, struct buffer *buffer);
void json_out_object(struct json_out *out);
void json_out_object_end(struct json_out *out);
void json_out_array(struct json_out *out);
void json_out_array_end(struct json_out *out);
void json_out_key(struct json_out *out, const char *key);   /* a literal: plain letters, not escaped */
void json_out_text(struct json_out *out, const char *text); /* NULL writes null */
void json_out_bytes(struct json_out *out, const char *text, size_t length);
void json_out_integer(struct json_out *out, int64_t value);
void json_out_number(struct json_out *out, double value, int decimals);
void json_out_boolean(struct json_out *out, bool value);
void json_out_null(struct json_out *out);
void json_out_raw(struct json_out *out, const char *json, size_t length); /* a complete JSON value */

/* Key and value in one call. */
void json_out_put_text(struct json_out *out, const char *key, const char *text);
void json_out_put_integer(struct json_out *out, const char *key, int64_t value);
void json_out_put_boolean(struct json_out *out, const char *key, bool value);

#endif
