/* SPDX-License-Identifier: Apache-2.0 */
/* What a call came to, and a sentence for the person who has to act on it.
 * Everyone calls it; it knows nothing of wire codes (net/rpc_errors.c translates). Any thread. */
#ifndef ASKWELL_STATUS_H
#define ASKWELL_STATUS_H

#include <stdbool.h>

enum status {
	STATUS_OK = 0,
	STATUS_INVALID,     /* the input is not acceptable as it is */
	STATUS_NOT_FOUND,   /* no such thing, or it belongs to somebody else */
	STATUS_CONFLICT,    /* a turn out of order, or said before with other words */
	STATUS_ENDED,       /* the conversation is over */
	STATUS_TOO_LARGE,   /* over a cap; the text names the cap */
	STATUS_LIMIT,       /* too many, too fast; try again later */
	STATUS_DENIED,      /* not allowed for this person */
	STATUS_UNAVAILABLE, /* the disk or the server cannot take it now; nothing was kept */
	STATUS_CORRUPT,     /* stored data contradicts itself */
	STATUS_INTERNAL     /* our mistake */
};

/* Marks functions whose result must be looked at. */
#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

struct error {
	enum status status;
	char key[48];   /* stable, snake_case, for programs: "turn_out_of_order" */
	char text[464]; /* for people: what is wrong and what to do */
};

/* Fills `error` unless it is NULL or already filled (the first cause wins). Returns `status`, so
 * that a function can end in `return error_set(...)`. */
enum status error_set(struct error *error, enum status status, const char *key, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Empties `error` for another use. NULL is allowed. */
void error_clear(struct error *error);

/* The name of a status for logs: "not_found". Never NULL. */
const char *status_name(enum status status);

#endif
