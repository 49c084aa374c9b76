/* SPDX-License-Identifier: Apache-2.0 */
/* One text made comparable: lower case, Latin letters without their accents, plain quotes, single spaces, spelling of
 * hurried typing put right, and for each byte the place in the original that it came from. Buffers grow and are kept for
 * the next text. */
#ifndef ASKWELL_TECHNIQUE_NORMAL_H
#define ASKWELL_TECHNIQUE_NORMAL_H

#include "askwell/technique.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_trait {
	WORD_STOP = 1,         /* carries no content of its own */
	WORD_FILLER = 2,       /* left out, as "um" in a transcript */
	WORD_ABBREVIATION = 4, /* a full stop after it does not end the sentence */
	WORD_REAL = 8,         /* nobody's misspelling */
	WORD_YES_NO = 16       /* begins a question that asks for yes or no */
};

/* What the pack says of one word. */
struct word_entry {
	uint64_t hash; /* 0: free slot */
	unsigned traits;
	const char *spelling; /* what it is written as, or NULL */
	uint64_t stem;        /* hash of its irregular stem, or 0 */
};

struct word_table {
	struct word_entry *entries;
	size_t mask; /* size - 1, a power of two; 0 with no entries: empty */
};

struct normal_token {
	uint32_t start, end; /* bytes of the normalised text */
	uint64_t hash;       /* of the word without its apostrophes */
	uint64_t base;       /* of the part before the first apostrophe; equal to hash without one */
	uint64_t tail;       /* of the part after it; equal to hash without one */
	uint64_t stem;       /* 0: not a content word */
	uint32_t same;       /* 1 + the index of the token before with the same stem; 0: none */
	unsigned traits;
};

struct stem_slot {
	uint64_t stem; /* 0: free */
	uint32_t last; /* 1 + index of the last token with it */
};

struct normal {
	char *text;            /* NUL-terminated */
	uint32_t *begin, *end; /* original bytes of each byte, end exclusive */
	size_t length, capacity;
	struct normal_token *tokens;
	size_t token_count, token_capacity;
	struct stem_slot *stems; /* filled in by segments_stem() */
	size_t stem_mask, stem_capacity;
};

uint64_t word_hash(const char *word, size_t length); /* skips apostrophes; never 0 */

/* Of the first letters of a word, and of a word that a sentence begins with: apart from the hashes of words. */
#define WORD_BEGINNING 3
#define WORD_BEGINNING_MOST 6
uint64_t word_beginning_hash(const char *word, size_t letters);
uint64_t word_first_hash(const char *word, size_t length);
uint64_t word_pair_hash(uint64_t first, uint64_t second); /* of two words in a row */
#define WORD_NUMBER_HASH 0xa0761d6478bd642fULL            /* stands for every word that begins with a digit */

const struct word_entry *word_table_find(const struct word_table *table, uint64_t hash);

/* Says of most hashes that were never added that they were not, without a look into a large table. */
#define WORD_FILTER_BITS 131072
struct word_filter {
	uint64_t bits[WORD_FILTER_BITS / 64];
};

static inline void word_filter_add(struct word_filter *filter, uint64_t hash)
{
	size_t bit = (hash >> 24) % WORD_FILTER_BITS;
	filter->bits[bit / 64] |= 1ULL << (bit % 64);
}

static inline bool word_filter_may(const struct word_filter *filter, uint64_t hash)
{
	size_t bit = (hash >> 24) % WORD_FILTER_BITS;
	return (filter->bits[bit / 64] >> (bit % 64) & 1) != 0;
}

/* Without a table nothing is respelled or left out. Stems are not filled in. `text` is valid UTF-8. */
void normal_read(struct normal *normal, const char *text, size_t length, const struct word_table *words);
void normal_clear(struct normal *normal);

struct technique_span normal_span(const struct normal *normal, size_t start, size_t end);

#endif
