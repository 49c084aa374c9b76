/* SPDX-License-Identifier: Apache-2.0 */
/* Names one sentence: by the first rule that is sure, else by a vote of the cues on top of the first default. */
#ifndef ASKWELL_TECHNIQUE_LABEL_H
#define ASKWELL_TECHNIQUE_LABEL_H

#include "analyse.h"

/* Adds the label of `segment`, or remembers that it has none. */
void label_segment(struct analysis *analysis, const struct segment *segment);

/* A sentence and what of the pack its words allow. */
struct label_view {
	const struct segment *segment;
	uint32_t token;                /* the first of the core */
	struct pattern_set candidates; /* what is still worth a try */
	struct phrase_hits hits;
};
void label_look(const struct analysis *analysis, const struct segment *segment, struct label_view *view);

enum rule_outcome {
	RULE_FITS,
	RULE_OUT_OF_PLACE, /* a condition of its "where" does not hold */
	RULE_NO_MATCH,
	RULE_SILENCED, /* a "not" matches */
};

/* How one rule does on one sentence; `match` is set when its words are there. */
enum rule_outcome label_try(const struct analysis *analysis, struct label_view *view, const struct pack_rule *rule,
	struct pattern_match *match);

/* Whether phrases of the pattern stand in the sentence; fills in where, as long as that was kept. */
bool label_phrase(
	const struct analysis *analysis, const struct label_view *view, size_t pattern, struct pattern_match *match);

/* The next rule of `rules` from pattern *from on that fits, or NULL; moves *from on. Rules without patterns are passed
 * over. */
const struct pack_rule *label_next(const struct analysis *analysis, struct label_view *view,
	const struct pack_rules *rules, uint32_t *from, struct pattern_match *match);

#endif
