/* SPDX-License-Identifier: Apache-2.0 */
/* A trainee's other view of one label, and what a trainer makes of it. It stands beside the label and never changes it:
 * not the label that was kept, not the conversation, not the figures of the debrief. Plain data, known to store, practice
 * and portfolio. */
#ifndef ASKWELL_DISPUTE_H
#define ASKWELL_DISPUTE_H

#include "askwell/id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISPUTE_NOTE_CHARACTERS 1000

enum dispute_state { DISPUTE_OPEN, DISPUTE_WITHDRAWN, DISPUTE_RULED };

/* One for each label at most: saying it again changes it, until it is ruled on. Technique ids as in files. */
struct dispute {
	struct id id;
	struct id session;
	uint32_t turn;
	unsigned label;        /* index into the labels of the turn */
	uint32_t start, end;   /* the label's sentence, in characters */
	const char *technique; /* what the label says */
	const char *proposed;  /* what the trainee calls it; NULL: something else, or not sure */
	const char *note;      /* the trainee's words, masked; "" for none */
	int64_t at_ms;         /* when it was last said */
	int64_t withdrawn_ms;  /* 0: it stands */
	const char *ruling;    /* the trainer's label, or NULL */
	const char *form;      /* "open", "closed", "none": the form that goes with the ruling */
	const char *why;       /* the trainer's reason */
	const char *by;        /* who ruled, or NULL */
	int64_t ruled_ms;
};

static inline enum dispute_state dispute_state(const struct dispute *dispute)
{
	if (dispute->ruled_ms)
		return DISPUTE_RULED;
	return dispute->withdrawn_ms ? DISPUTE_WITHDRAWN : DISPUTE_OPEN;
}

#endif
