/* SPDX-License-Identifier: Apache-2.0 */
/* What of a text the pack's indexes know: each word, its beginnings, the pair that it makes with the next, turned into
 * small numbers. A message is read into keys once; every index is then looked up by number. */
#ifndef ASKWELL_TECHNIQUE_KEYS_H
#define ASKWELL_TECHNIQUE_KEYS_H

#include "normal.h"

#define KEY_NONE UINT32_MAX

struct key_slot {
	uint64_t hash; /* 0: free */
	uint32_t key;
};

struct key_table {
	struct key_slot *slots;
	size_t mask; /* size - 1, a power of two */
	uint32_t count;
	struct word_filter filter;
};

enum key_kind {
	KEY_WORD,  /* the word, a part of it, or how it begins */
	KEY_PAIR,  /* needs the next word too */
	KEY_FIRST, /* counts where a sentence begins with this word */
};

struct text_key {
	uint32_t key;
	enum key_kind kind;
};

/* The keys of token i are list[from[i]] up to list[from[i + 1]]. */
struct text_keys {
	struct text_key *list;
	size_t count, capacity;
	uint32_t *from;
	size_t from_capacity;
};

/* The number of `hash`, new or known. */
uint32_t key_table_add(struct key_table *table, uint64_t hash);
void key_table_clear(struct key_table *table);

/* After the last was added. */
void text_keys_read(struct text_keys *keys, const struct key_table *table, const struct normal *normal);
void text_keys_clear(struct text_keys *keys);

#endif
