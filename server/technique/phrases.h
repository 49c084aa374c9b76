/* SPDX-License-Identifier: Apache-2.0 */
/* All phrase lists of a pack's rules, looked up together: one look at each word of a text finds what stands there. A
 * phrase belongs to a pattern number, like a pattern of PCRE2, and marks it as a candidate when it is there. */
#ifndef ASKWELL_TECHNIQUE_PHRASES_H
#define ASKWELL_TECHNIQUE_PHRASES_H

#include "pattern.h"
#include "words.h"

#include "askwell/arena.h"

#define PHRASE_HITS_MAX 64

struct phrase_entry {
	const struct word_form *words;
	uint16_t count;
	uint16_t pattern;
	uint32_t next; /* 1 + index of the next one that begins alike; 0: none */
};

struct phrase_index {
	struct phrase_entry *entries;
	size_t count, capacity;
	struct word_filter filter;
	uint32_t *buckets; /* by the hash of the first word, or of its first letters: 1 + index into entries */
	size_t mask;
};

/* One phrase that was found; tokens [from, to). */
struct phrase_hit {
	uint32_t from, to;
	uint16_t pattern;
};

struct phrase_hits {
	struct phrase_hit list[PHRASE_HITS_MAX];
	size_t count;
	uint64_t patterns[PATTERN_WORDS]; /* those in the list */
};

/* False when `text` is no phrase: no words, too many, or begins with fewer letters than WORD_BEGINNING and a star. Its words live in `arena`. */
bool phrase_index_add(struct phrase_index *index, size_t pattern, const char *text, struct arena *arena);
/* After the last was added, before the first look. */
void phrase_index_finish(struct phrase_index *index);
void phrase_index_clear(struct phrase_index *index);

/* Adds the patterns whose phrases stand in tokens [from, to) to `candidates`, and each one's first place to `hits`. */
void phrase_index_look(const struct phrase_index *index, const struct normal *normal, size_t from, size_t to,
	uint64_t candidates[PATTERN_WORDS], struct phrase_hits *hits);

#endif
