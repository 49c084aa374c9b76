/* SPDX-License-Identifier: Apache-2.0 */
/* What a condition is asked about: one message in one run. Without a run (samples are tried that way) whatever depends on
 * the run is neither true nor false. */
#ifndef ASKWELL_DIALOGUE_MOMENT_H
#define ASKWELL_DIALOGUE_MOMENT_H

#include "run.h"

/* Ordered, so that `all` is the least and `any` the greatest of its parts. */
enum verdict { VERDICT_NO, VERDICT_MAYBE, VERDICT_YES };

struct moment {
	const struct dialogue *dialogue;
	const struct engine_run *run;          /* NULL: any */
	const struct technique_label *primary; /* NULL: no message, as at the opening and the end */
	uint64_t techniques;                   /* labels anywhere in the message */
	uint64_t flags;
	uint64_t topics;      /* named */
	uint64_t asked_about; /* topics of the sentence that is reacted to; a disclosure is chosen among these */
	uint64_t follows;     /* cues picked up */
	uint64_t phrases[SCRIPT_PHRASES_MAX / 64 + 2]; /* the last but one for SCRIPT_NO_PHRASE */
	uint64_t kinds;                                /* of the primary label: moment_kinds() */
	int words;                                     /* how many were typed */
	int questions;
	bool premature;
	bool permission;
	bool any_case; /* topics and cues are not known either: a temperament by itself */
};

/* Where the bits of a label's members stand: one of each is set. */
enum { KINDS_TECHNIQUE = 0, KINDS_ASKS = 32, KINDS_FAMILY = 52, KINDS_FORM = 60 };

/* What a message is, as far as a label says it. */
uint64_t moment_kinds(const struct technique_label *label);

/* Labels, flags and length of an analysis; topics, cues and phrases are the caller's. */
void moment_read(struct moment *moment, const struct technique_analysis *analysis);

/* Topics and phrases that the text names. */
void moment_find_words(struct moment *moment, struct technique_scratch *scratch, const char *text, size_t length);

enum verdict condition_check(const struct condition *condition, const struct moment *moment);

/* The value that a CONDITION_COUNTER looks at; the moment has a run. */
int condition_counter(const struct condition *condition, const struct moment *moment);

/* Whether a label opens a disclosure. */
bool opener_fits(const struct script_opener *opener, const struct technique_label *label);

#endif
