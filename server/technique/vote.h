/* SPDX-License-Identifier: Apache-2.0 */
/* The vote on a sentence that no rule is sure of: each cue that holds gives its points. */
#ifndef ASKWELL_TECHNIQUE_VOTE_H
#define ASKWELL_TECHNIQUE_VOTE_H

#include "label.h"

/* Casts beyond these count, and are not named afterwards. */
#define VOTE_CASTS_MAX 96

struct vote_cast {
	const struct pack_rule *rule;
	struct pattern_match match;
};

struct vote {
	int points[TECHNIQUE_COUNT];
	struct vote_cast casts[VOTE_CASTS_MAX];
	size_t cast_count;
	bool supported[TECHNIQUE_COUNT];    /* more than conditions and points to begin with speak for it */
	const struct pack_rule *by_default; /* the default that fits, or NULL */
	enum technique_id winner;           /* TECHNIQUE_UNCLASSIFIED: nothing has enough */
	enum technique_id runner_up;        /* TECHNIQUE_UNCLASSIFIED: none in sight */
};

/* `by_default` with its `match` may be NULL. */
void vote_count(const struct analysis *analysis, struct label_view *view, const struct pack_rule *by_default,
	const struct pattern_match *match, struct vote *vote);

/* Who would have won without one of the casts. */
enum technique_id vote_without(const struct pack_vote *rules, const struct vote *vote, size_t cast);

/* What gave the winner most, of what knows why if there is any; there is always one. */
const struct vote_cast *vote_leading(const struct vote *vote);

/* 50 for a tie to 95 for a clear lead. */
int vote_confidence(const struct vote *vote);

/* Fills in the evidence of a label: what spoke for it, the strongest first. */
void vote_evidence(const struct analysis *analysis, const struct segment *segment, const struct vote *vote,
	struct technique_label *label);

#endif
