/* SPDX-License-Identifier: Apache-2.0 */
/* The turn: what a trainee does in a conversation, in order, numbered from 1 by the client. The list of turns, with the
 * pinned script, the seed and the labels that were shown, is the truth; everything else is replayed from it. Plain data, known to dialogue
 * (replay), store and practice. */
#ifndef ASKWELL_TURN_H
#define ASKWELL_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum turn_kind {
	TURN_SAY,    /* text */
	TURN_RETAKE, /* go back to just before turn `to` (a TURN_SAY that is not set aside) and try again */
	TURN_HINT,   /* the trainee asked for a hint; the run does not move */
	TURN_END     /* the trainee ends the conversation */
};

const char *turn_kind_name(enum turn_kind kind); /* "say", "retake", "hint", "end" */
bool turn_kind_parse(const char *name, enum turn_kind *kind);

struct turn {
	uint32_t number; /* from 1, no gaps */
	enum turn_kind kind;
	int64_t at_ms;    /* when the server took it, UTC */
	uint32_t to;      /* TURN_RETAKE only */
	const char *text; /* TURN_SAY: what the trainee typed (masked); else "" */
	size_t text_length;
	/* TURN_SAY of a stored conversation: the answer that was kept with it, with the labels that were shown. NULL: there is
	 * none yet, and the text is analysed. Borrowed. */
	const char *answer;
	size_t answer_length;
};

#endif
