/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as CSV (RFC 4180) for people with spreadsheet programs. What begins like a formula is written with an apostrophe
 * before it, so that no such program runs what somebody typed, and read back without. Pure. Any thread. */
#ifndef ASKWELL_CSV_H
#define ASKWELL_CSV_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/status.h"

#include <stddef.h>

#define CSV_MAX ((size_t)8 * 1024 * 1024) /* bytes */
#define CSV_FIELDS_MAX 64                 /* in one row */

struct csv_row {
	const char *const *fields;
	size_t count;
	unsigned line; /* where it begins, from 1 */
};

struct csv_table {
	const struct csv_row *rows; /* empty lines are none */
	size_t count;
};

/* UTF-8, with or without a byte order mark; commas, semicolons or tabs, whichever stand in the first line (or as a line
 * "sep=;" before it says); any line ends. Everything lives in `arena`. STATUS_INVALID with "LINE: " before the text for a
 * quote without its end, something behind a closing quote, no UTF-8 or a NUL; STATUS_TOO_LARGE over the caps. */
enum status csv_read(
	const char *text, size_t length, struct arena *arena, struct csv_table *out, struct error *error) CHECKED;

/* Appends one row with commas between its fields and CR LF behind it. */
void csv_write_row(struct buffer *out, const char *const *fields, size_t count);

#endif
