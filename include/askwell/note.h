/* SPDX-License-Identifier: Apache-2.0 */
/* What a trainee writes beside a conversation: an answer to one of the guide's prompts, or a cell of a comparison. Not a turn:
 * the conversation does not move, and it can be changed for as long as the conversation is kept. Plain data, known to store,
 * portfolio and practice. */
#ifndef ASKWELL_NOTE_H
#define ASKWELL_NOTE_H

#include "askwell/id.h"

#include <stdint.h>

#define NOTE_CHARACTERS 2000 /* longest text */

/* One for each `about` of a conversation: the id of a prompt or question, or ROW.coaching, ROW.mentoring for a cell. */
struct note {
	struct id session;
	const char *about;
	const char *text; /* masked; "" takes it back */
	int64_t at_ms;    /* when it was last written */
};

#endif
