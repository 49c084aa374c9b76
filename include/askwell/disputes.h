/* SPDX-License-Identifier: Apache-2.0 */
/* The trainer's side of disputes, straight from a data folder and also beside a running server: what is waiting, a ruling,
 * and rulings as labelled test lines. For the terminal. Blocks; one thread at a time. The dialogues folder may be missing
 * as long as the store has every version that is needed. */
#ifndef ASKWELL_DISPUTES_H
#define ASKWELL_DISPUTES_H

#include "askwell/buffer.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the disputes that wait, oldest first; `all`: also those that were ruled on. For people, or (`json`) one JSON
 * object a line. */
enum status disputes_list(const char *data_folder, const char *dialogues_folder, bool all, bool json,
	struct buffer *out, struct error *error) CHECKED;

struct disputes_ruling {
	const char *id;        /* the dispute's id or as much of its end or beginning as is unique */
	const char *technique; /* an id, or a name as the conversation's language pack has it, in any case */
	const char *form;      /* "open", "closed", "none"; NULL: what goes with the technique */
	const char *why;
	const char *by; /* may be NULL */
};
/* Appends a line that says what was kept. STATUS_INVALID for what cannot be, STATUS_NOT_FOUND, STATUS_CONFLICT. */
enum status disputes_rule(const char *data_folder, const char *dialogues_folder, const struct disputes_ruling *ruling,
	struct buffer *out, struct error *error) CHECKED;

/* Appends each message that was ruled on as a test line: {"text", "coachee", "mode", "before", "labels", "primary",
 * "form", "why"}. `lines` is how many. */
enum status disputes_export(const char *data_folder, const char *dialogues_folder, struct buffer *out, size_t *lines,
	struct error *error) CHECKED;

#endif
