/* SPDX-License-Identifier: Apache-2.0 */
/* One analysis while it is being made. */
#ifndef ASKWELL_TECHNIQUE_ANALYSE_H
#define ASKWELL_TECHNIQUE_ANALYSE_H

#include "pack.h"
#include "scratch.h"
#include "segments.h"

struct analysis {
	const struct technique_pack *pack;
	struct technique_scratch *scratch;
	const struct technique_context *context;
	struct arena *arena;
	struct technique_label *labels;
	size_t label_count;
	const struct segment *unlabelled; /* the first that no rule recognises */
	enum technique_id nearest;        /* what that one came nearest to */
	bool asked;                       /* the coachee's last line is a question */
};

/* A label that asks: a reflection with a rising tone takes the form of a question and is none. And one that does so
 * beyond doubt: "When people say it. What do you want?" asks once. */
bool asking(const struct technique_label *label);
bool asking_surely(const struct analysis *analysis, const struct technique_label *label);

/* Flags, and the count of questions, once the labels are there. */
void analysis_flags(
	const struct analysis *analysis, const struct pattern_set *candidates, struct technique_analysis *out);

/* The coachee's own words in the message. */
void analysis_pick_up(const struct analysis *analysis, struct technique_analysis *out);

#endif
