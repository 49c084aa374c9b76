/* SPDX-License-Identifier: Apache-2.0 */
/* Where in a JSON text something stands, so that a finding can name line and column. jansson keeps no positions; this
 * looks a JSON Pointer (RFC 6901) up in the text again, which is only done for findings. Pure. Any thread. */
#ifndef ASKWELL_JSON_PLACE_H
#define ASKWELL_JSON_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Sets the line and the column (both from 1; columns count characters) of what `pointer` names: a member of an object is
 * where its name begins, an element of an array where the value begins, "" the first value of the text. When the text
 * does not hold it, returns false and gives the place of the innermost part of the pointer that it does hold. */
bool json_place(const char *text, size_t length, const char *pointer, unsigned *line, unsigned *column);

/* The line and column of the byte at `offset`. */
void json_place_of_offset(const char *text, size_t length, size_t offset, unsigned *line, unsigned *column);

#endif
