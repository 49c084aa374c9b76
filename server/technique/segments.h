/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts a message into sentences and clauses, and counts what each shares with the coachee's lines. */
#ifndef ASKWELL_TECHNIQUE_SEGMENTS_H
#define ASKWELL_TECHNIQUE_SEGMENTS_H

#include "pack.h"
#include "scratch.h"

/* Fills in the stems of content words. */
void segments_stem(const struct technique_pack *pack, struct stemmer *stemmer, struct normal *normal);

/* scratch->message and scratch->coachee are read and stemmed; `candidates` are the message's. */
void segments_find(
	const struct technique_pack *pack, struct technique_scratch *scratch, const struct pattern_set *candidates);

bool stem_in(const struct normal *normal, uint64_t stem);

/* True when a pattern of the group matches and no counter-pattern does; only patterns in `candidates` are tried. */
bool group_matches(const struct technique_pack *pack, const struct pattern_workspace *workspace,
	const struct pack_group *group, const struct pattern_set *candidates, const char *text, size_t length,
	struct pattern_match *match);

#endif
