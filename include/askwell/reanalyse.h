/* SPDX-License-Identifier: Apache-2.0 */
/* What other rules would make of stored conversations: every message is analysed once more with another language pack, in
 * the context that it had under the labels that were shown. Reads only, also beside a running server; keeps one
 * conversation in memory at a time. For the terminal; blocks. */
#ifndef ASKWELL_REANALYSE_H
#define ASKWELL_REANALYSE_H

#include "askwell/library.h"
#include "askwell/store.h"
#include "askwell/technique.h"

/* How the labels before and after differ. Places, rules, reasons and confidence alone are no difference. */
enum reanalyse_difference {
	REANALYSE_PRIMARY = 1, /* the label that the coachee reacts to, or safety */
	REANALYSE_FORM = 2,    /* of the primary label */
	REANALYSE_LABELS = 4,  /* technique, family, form or focus of any */
	REANALYSE_FLAGS = 8    /* those that the analysis finds */
};

/* One message. Borrowed until the callback returns. */
struct reanalyse_turn {
	const struct store_session *session;
	const struct turn *turn;
	const struct technique_analysis *before, *after;
	bool recalled;        /* `before` is what was shown; else it was worked out again with the pinned rules */
	unsigned differences; /* enum reanalyse_difference; never 0 */
};

/* Counts, with what was made of what: a technique, or REANALYSE_SAFETY for a message that is about someone's safety. */
#define REANALYSE_SAFETY TECHNIQUE_COUNT
#define REANALYSE_KINDS (TECHNIQUE_COUNT + 1)
struct reanalyse_counts {
	size_t sessions;       /* read */
	size_t other_language; /* left out: no pack of theirs was given */
	size_t unreadable;
	size_t turns, changed;                          /* messages */
	size_t moves[REANALYSE_KINDS][REANALYSE_KINDS]; /* changed messages: [before][after] */
};

struct reanalyse_options {
	const char *data_folder;
	const struct technique_pack *pack; /* NULL: the library's of each conversation's language */
	const struct library *library;     /* may be NULL when there is a pack */
	const struct id *session;          /* NULL: all */
	void (*changed)(void *user, const struct reanalyse_turn *turn);
	void (*unreadable)(void *user, const struct store_session *session, const struct error *error);
	void *user;
};

/* STATUS_NOT_FOUND when there is no store or no such conversation. One that cannot be read is reported and passed over. */
enum status reanalyse(
	const struct reanalyse_options *options, struct reanalyse_counts *out, struct error *error) CHECKED;

#endif
