/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers: UUID version 7 (RFC 9562), 16 bytes inside, 36 characters outside. Any thread. */
#ifndef ASKWELL_ID_H
#define ASKWELL_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ID_TEXT_SIZE 37

struct id {
	uint8_t bytes[16];
};

struct id id_new(void); /* reads the clock and the system's random source */
void id_format(const struct id *id, char out[ID_TEXT_SIZE]);
/* Accepts exactly the 36-character form, either case. */
bool id_parse(const char *text, size_t length, struct id *out);
bool id_equal(const struct id *a, const struct id *b);
bool id_is_zero(const struct id *id);
bool id_is_nil(const struct id *id);
uint64_t id_hash(const struct id *id); /* for tables, not for secrets */

#endif
