/* SPDX-License-Identifier: Apache-2.0 */
/* All words and phrases that a pack's rules look for, found together: one look at each word of a text finds what begins
 * there. A phrase belongs to the numbers of the patterns that it stands for. */
#ifndef ASKWELL_TECHNIQUE_PHRASES_H
#define ASKWELL_TECHNIQUE_PHRASES_H

#include "index.h"
#include "words.h"

#include "askwell/arena.h"

#define PHRASE_HITS_MAX 128

/* 64 patterns at a time. */
struct phrase_mask {
	uint64_t bits;
	uint32_t word;
};

struct phrase_entry {
	const struct word_form *words; /* NULL when finished and by_key */
	uint32_t key;
	uint16_t count;
	uint16_t pattern; /* only until finished */
	uint32_t mask;    /* the patterns that it stands for: masks from here */
	uint16_t masks;
	bool by_key; /* where its key is, it is */
};

struct phrase_index {
	struct phrase_entry *entries; /* by key */
	size_t count, capacity;
	struct phrase_mask *masks;
	uint32_t *from; /* by key: its entries are [from[key], from[key + 1]) */
	uint32_t keys;
};

/* One phrase that was found; tokens [from, to). */
struct phrase_hit {
	const struct phrase_entry *entry;
	uint32_t from, to;
};

struct phrase_hits {
	struct phrase_hit list[PHRASE_HITS_MAX];
	size_t count;
	struct pattern_set patterns; /* those that phrases stand for */
};

/* False when `text` is no phrase: no words, too many, or begins with fewer letters than WORD_BEGINNING and a star. Its words
 * live in `arena`; `normal` is working memory. */
bool phrase_read(struct phrase *phrase, struct arena *arena, struct normal *normal, const char *text);

/* Borrows the words of the phrase until the index is finished. */
void phrase_index_add(struct phrase_index *index, struct key_table *keys, size_t pattern, const struct phrase *phrase);
/* After the last was added, before the first look. What is still needed moves to `arena`. */
void phrase_index_finish(struct phrase_index *index, struct arena *arena);
void phrase_index_clear(struct phrase_index *index);

/* Which phrases stand in tokens [from, to); of each pattern the first is kept, as long as there is room. */
void phrase_index_look(const struct phrase_index *index, const struct text_keys *keys, const struct normal *normal,
	size_t from, size_t to, struct phrase_hits *hits);

/* Where the phrase of a pattern stands, or NULL: the pattern is not there, or there was no room. */
const struct phrase_hit *phrase_hits_find(
	const struct phrase_index *index, const struct phrase_hits *hits, size_t pattern);

#endif
