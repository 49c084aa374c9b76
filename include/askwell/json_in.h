/* SPDX-License-Identifier: Apache-2.0 */
/* Reads back JSON that json_out wrote, straight from the text with no tree in between: a conversation that is taken up
 * again reads an answer for each of its turns. What is asked for is checked, what is passed over is not; JSON from outside
 * is jansson's job. After the first thing that does not fit, everything fails. One thread at a time. */
#ifndef ASKWELL_JSON_IN_H
#define ASKWELL_JSON_IN_H

#include "askwell/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_in {
	const char *at, *end; /* borrowed */
	bool first;           /* nothing was read yet of the object or array just begun */
	bool bad;
};

void json_in_init(struct json_in *in, const char *text, size_t length);

/* Begins an object; then each member's key, false after the last. A key is the text between its quotes, as it stands. */
bool json_in_object(struct json_in *in);
bool json_in_key(struct json_in *in, const char **key, size_t *length);

/* Begins an array; then, before each item, true; false after the last. */
bool json_in_array(struct json_in *in);
bool json_in_item(struct json_in *in);

/* Each moves past the value when it is of that kind. A text lives in `arena`, is valid UTF-8 without NUL, and ends in one. */
bool json_in_text(struct json_in *in, struct arena *arena, const char **text, size_t *length);
bool json_in_integer(struct json_in *in, int64_t *value);
void json_in_skip(struct json_in *in);

/* Takes the escapes out of what stood between quotes; -1 when one is none, or a NUL. What is left is never longer. */
ptrdiff_t json_in_unescape(const char *text, size_t length, char *out);

/* True, and past it, when a null comes next; another value is no failure. */
bool json_in_null(struct json_in *in);

/* Everything fitted, and nothing is left but white space. */
bool json_in_end(struct json_in *in);

#endif
