/* SPDX-License-Identifier: Apache-2.0 */
/* Many word lists at once: a script's topics and cues are looked up at every turn, so each word of the text leads
 * straight to the few phrases that begin with it. */
#include "scratch.h"
#include "words.h"

#include "askwell/memory.h"
#include "askwell/technique.h"

#include <stdlib.h>

enum { LETTERS = 256 };

struct entry {
	const struct phrase *phrase;
	size_t list;
	size_t next; /* 1 + index of the next one in its bucket; 0: none */
};

struct technique_words_index {
	struct entry *entries;
	size_t count;
	const struct word_table *spelling;
	size_t *by_hash; /* 1 + index; a power of two of buckets */
	size_t bucket_mask;
	size_t by_letter[LETTERS]; /* phrases that start with a beginning ("tire*") */
};

static void add(struct technique_words_index *index, const struct phrase *phrase, size_t list)
{
	const struct word_form *first = &phrase->words[0];
	const bool by_letter = first->beginning && first->length > 0;
	size_t *bucket = by_letter ? &index->by_letter[(unsigned char)first->text[0]]
				   : &index->by_hash[first->hash & index->bucket_mask];

	index->entries[index->count] = (struct entry){phrase, list, *bucket};
	*bucket = ++index->count;
}

struct technique_words_index *technique_words_index_new(const struct technique_words *const *lists, size_t count)
{
	struct technique_words_index *index = memory_new(sizeof *index);
	size_t phrases = 0, buckets = 16;

	for (size_t i = 0; i < count; i++) {
		phrases += lists[i] ? lists[i]->count : 0;
		index->spelling = lists[i] ? lists[i]->spelling : index->spelling;
	}
	while (buckets < phrases * 2)
		buckets *= 2;
	index->entries = memory_array(phrases, sizeof *index->entries);
	index->by_hash = memory_array(buckets, sizeof *index->by_hash);
	index->bucket_mask = buckets - 1;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; lists[i] && j < lists[i]->count; j++)
			add(index, &lists[i]->phrases[j], i);
	return index;
}

void technique_words_index_free(struct technique_words_index *index)
{
	if (!index)
		return;
	free(index->entries);
	free(index->by_hash);
	free(index);
}

static void look(const struct technique_words_index *index, size_t bucket, const struct normal *normal, size_t token,
	uint64_t *found)
{
	for (size_t at = bucket; at; at = index->entries[at - 1].next) {
		const struct entry *entry = &index->entries[at - 1];
		const uint64_t bit = UINT64_C(1) << entry->list % 64;
		uint64_t *bits = &found[entry->list / 64];

		if (!(*bits & bit) && words_at(entry->phrase->words, entry->phrase->count, normal, token))
			*bits |= bit;
	}
}

void technique_words_index_find(const struct technique_words_index *index, struct technique_scratch *scratch,
	const char *text, size_t length, uint64_t *found)
{
	const struct normal *normal;

	if (!index || index->count == 0 || length == 0)
		return;
	normal = scratch_text(scratch, text, length, index->spelling);
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];
		const unsigned char letter = (unsigned char)normal->text[token->start];

		look(index, index->by_hash[token->hash & index->bucket_mask], normal, i, found);
		if (token->base != token->hash) {
			look(index, index->by_hash[token->base & index->bucket_mask], normal, i, found);
			look(index, index->by_hash[token->tail & index->bucket_mask], normal, i, found);
		}
		look(index, index->by_letter[letter], normal, i, found);
	}
}
