/* SPDX-License-Identifier: Apache-2.0 */
/* Which patterns of a pack can match a text at all, by the keys of its words. Patterns have numbers; those that a rule
 * looks for come before PATTERN_MAX, what it looks at besides after. */
#ifndef ASKWELL_TECHNIQUE_INDEX_H
#define ASKWELL_TECHNIQUE_INDEX_H

#include "keys.h"
#include "pattern.h"

#define PATTERN_MAX 2048 /* of each of the two kinds */
#define ASIDE_FIRST PATTERN_MAX
#define PATTERN_WORDS (2 * PATTERN_MAX / 64)

#define ALTERNATIVES_MAX 8192
#define ALTERNATIVE_WORDS (ALTERNATIVES_MAX / 64)

/* Patterns by number. */
struct pattern_set {
	uint64_t bits[PATTERN_WORDS];
};

static inline bool pattern_set_has(const struct pattern_set *set, size_t number)
{
	return (set->bits[number / 64] >> (number % 64) & 1) != 0;
}

static inline void pattern_set_add(struct pattern_set *set, size_t number)
{
	set->bits[number / 64] |= 1ULL << (number % 64);
}

static inline void pattern_set_remove(struct pattern_set *set, size_t number)
{
	set->bits[number / 64] &= ~(1ULL << (number % 64));
}

/* "A text with this key meets need number `need` of alternative number `alternative`." */
struct pattern_entry {
	uint32_t key;
	uint16_t need;
	uint16_t alternative;
};

/* The marks of one key, each the number of a bit (all alternatives for the first need, then all for the second, ...): a
 * list, or for a key that many patterns need all bits at once. */
struct pattern_marks {
	uint32_t first; /* in `marks`, or in `wide` */
	uint16_t count;
	bool wide;
};

/* A pattern can match when all needs of one of its alternatives are met. */
struct pattern_index {
	struct pattern_entry *entries; /* only until finished */
	size_t count, capacity;
	struct pattern_marks *of; /* by key */
	uint32_t keys;
	uint16_t *marks;
	uint64_t *wide;            /* PATTERN_NEEDS * used words for each */
	uint16_t *patterns;        /* by alternative */
	size_t alternatives, used; /* used: words of 64 alternatives */
	struct pattern_set always;
	uint64_t met[PATTERN_NEEDS][ALTERNATIVE_WORDS]; /* alternatives that have no such need */
};

/* One alternative of a pattern. No needs, or no room: the pattern is tried on every text. */
void pattern_index_add(struct pattern_index *index, struct key_table *keys, size_t pattern,
	const struct pattern_need *needs, size_t count);
/* After the last was added, before the first look. */
void pattern_index_finish(struct pattern_index *index);
void pattern_index_clear(struct pattern_index *index);

/* What tokens [from, to) allow, and what is always allowed. Patterns that are anchored at the beginning see the text from
 * token `from` on; `anywhere`: from any word on. */
void pattern_index_look(const struct pattern_index *index, const struct text_keys *keys, size_t from, size_t to,
	bool anywhere, struct pattern_set *candidates);

#endif
