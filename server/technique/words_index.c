/* SPDX-License-Identifier: Apache-2.0 */
/* Many word lists at once: a script's topics and cues are looked up at every turn, so each word of the text leads
 * straight to the few phrases that begin with it. */
#include "scratch.h"
#include "words.h"

#include "askwell/memory.h"
#include "askwell/technique.h"

#include <stdlib.h>

/* Letters that phrases which start with a beginning ("tire*") are looked up by. */
enum { LETTERS = 2 };

struct entry {
	const struct phrase *phrase;
	uint64_t key; /* of its first word */
	uint32_t list;
	uint32_t next; /* 1 + index of the next one in its bucket; 0: none */
};

struct technique_words_index {
	struct entry *entries;
	size_t count;
	const struct word_table *spelling;
	uint32_t *buckets; /* by key: 1 + index; a power of two of them */
	size_t bucket_mask;
	bool single; /* there are beginnings of one letter */
};

/* Of the first letters, apostrophes left out. */
static uint64_t beginning_key(const char *text, size_t length, size_t letters)
{
	uint64_t key = 0;

	for (size_t i = 0; i < length && letters; i++) {
		if (text[i] == '\'')
			continue;
		key = key << 8 | (unsigned char)text[i];
		letters--;
	}
	return key * 0x9e3779b97f4a7c15ULL >> 24;
}

static void add(struct technique_words_index *index, const struct phrase *phrase, size_t list)
{
	const struct word_form *first = &phrase->words[0];
	const bool beginning = first->beginning && first->length > 0;
	const uint64_t key = beginning ? beginning_key(first->text, first->length, LETTERS) : first->hash;
	uint32_t *bucket = &index->buckets[key & index->bucket_mask];

	index->single = index->single || (beginning && first->length < LETTERS);
	index->entries[index->count] = (struct entry){phrase, key, (uint32_t)list, *bucket};
	*bucket = (uint32_t)++index->count;
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
	index->buckets = memory_array(buckets, sizeof *index->buckets);
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
	free(index->buckets);
	free(index);
}

static void look(const struct technique_words_index *index, uint64_t key, const struct normal *normal, size_t token,
	uint64_t *found)
{
	for (size_t at = index->buckets[key & index->bucket_mask]; at; at = index->entries[at - 1].next) {
		const struct entry *entry = &index->entries[at - 1];
		const uint64_t bit = UINT64_C(1) << entry->list % 64;
		uint64_t *bits = &found[entry->list / 64];

		if (entry->key == key && !(*bits & bit) &&
			words_at(entry->phrase->words, entry->phrase->count, normal, token))
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
		const char *word = normal->text + token->start;
		const size_t letters = token->end - token->start;

		look(index, token->hash, normal, i, found);
		if (token->base != token->hash) {
			look(index, token->base, normal, i, found);
			look(index, token->tail, normal, i, found);
		}
		look(index, beginning_key(word, letters, LETTERS), normal, i, found);
		if (index->single)
			look(index, beginning_key(word, letters, 1), normal, i, found);
	}
}
