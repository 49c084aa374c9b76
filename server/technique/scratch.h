/* SPDX-License-Identifier: Apache-2.0 */
/* Working memory of one thread. */
#ifndef ASKWELL_TECHNIQUE_SCRATCH_H
#define ASKWELL_TECHNIQUE_SCRATCH_H

#include "keys.h"
#include "normal.h"
#include "pattern.h"
#include "stemmer.h"

#define SCRATCH_TEXTS 4
#define SEGMENT_MAX 96

/* A text that script word lists were looked up in before; the next list of the same turn finds it ready. */
struct scratch_text {
	char *copy;
	size_t length, capacity;
	const struct word_table *spelling;
	struct normal normal;
	uint64_t used; /* when, counted in uses; 0: empty */
};

/* One sentence, or one clause where the pack splits it. Positions in the normalised text. */
struct segment {
	uint32_t start, end; /* with its closing marks */
	uint32_t core;       /* after the openers */
	uint32_t core_end;   /* before the closing marks */
	uint32_t token, token_end;
	uint32_t word_count;      /* of the core */
	uint32_t content, shared; /* content words, and those in common with the coachee's lines */
	bool mark;
};

/* What a sentence has in common with examples; all zeros between two sentences, so that only what was set is cleared. */
struct scratch_sharing {
	uint64_t *holds;    /* a bit for each place of a word without content that is said */
	uint16_t *shares;   /* of each example, the weight of what is said: words of content, if there are any */
	uint32_t *examples; /* that share something */
	size_t hold_capacity, capacity;
};

struct technique_scratch {
	struct pattern_workspace workspace;
	struct stemmer *stemmer;
	struct normal message, coachee, previous, sentence;
	struct text_keys keys;             /* of the message */
	const struct technique_pack *pack; /* only compared: what the cached coachee text was read with */
	struct segment segments[SEGMENT_MAX];
	size_t segment_count;
	struct scratch_text texts[SCRATCH_TEXTS];
	uint64_t uses;
	struct scratch_sharing sharing;
};

/* `text` normalised with the words of a pack or of none (NULL), from the cache where it is there. */
const struct normal *scratch_text(
	struct technique_scratch *scratch, const char *text, size_t length, const struct word_table *spelling);

/* Makes room for so many elements of `holds`, and for so many examples. */
void scratch_sharing_reserve(struct scratch_sharing *sharing, size_t holds, size_t examples);

#endif
