/* SPDX-License-Identifier: Apache-2.0 */
#include "phrases.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

/* Many phrases begin with "you": where it can be, two words are looked up at once. */
static uint64_t key_of(const struct phrase_entry *entry)
{
	const struct word_form *words = entry->words;
	if (words[0].beginning)
		return word_beginning_hash(words[0].text, WORD_BEGINNING);
	return entry->count > 1 && !words[1].beginning ? word_pair_hash(words[0].hash, words[1].hash) : words[0].hash;
}

static void free_words(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->count; i++)
		free(phrase->words[i].text);
}

static bool usable(const struct phrase *phrase)
{
	return phrase->count > 0 && (!phrase->words[0].beginning || phrase->words[0].length >= WORD_BEGINNING);
}

bool phrase_index_add(struct phrase_index *index, size_t pattern, const char *text, struct arena *arena)
{
	struct phrase phrase = {0};
	struct normal normal = {0};
	bool good = words_read_phrase(&phrase, &normal, text) && usable(&phrase);
	if (good) {
		struct word_form *words = arena_array(arena, phrase.count, sizeof *words);
		for (size_t i = 0; i < phrase.count; i++) {
			words[i] = phrase.words[i];
			words[i].text = words[i].beginning ? arena_copy(arena, words[i].text, words[i].length) : NULL;
		}
		if (index->count == index->capacity) {
			index->capacity = index->capacity * 2 + 256;
			index->entries = memory_grow(index->entries, index->capacity, sizeof *index->entries);
		}
		index->entries[index->count++] =
			(struct phrase_entry){words, (uint16_t)phrase.count, (uint16_t)pattern, 0};
	}
	free_words(&phrase);
	normal_clear(&normal);
	return good;
}

void phrase_index_finish(struct phrase_index *index)
{
	size_t size = 16;
	while (size < index->count * 2)
		size *= 2;
	index->buckets = memory_array(size, sizeof *index->buckets);
	index->mask = size - 1;
	for (size_t i = index->count; i-- > 0;) {
		struct phrase_entry *entry = &index->entries[i];
		uint32_t *bucket = &index->buckets[key_of(entry) & index->mask];
		word_filter_add(&index->filter, key_of(entry));
		entry->next = *bucket;
		*bucket = (uint32_t)i + 1;
	}
}

void phrase_index_clear(struct phrase_index *index)
{
	free(index->entries);
	free(index->buckets);
	*index = (struct phrase_index){0};
}

static void look(const struct phrase_index *index, uint64_t key, const struct normal *normal, size_t token, size_t to,
	uint64_t candidates[PATTERN_WORDS], struct phrase_hits *hits)
{
	if (!word_filter_may(&index->filter, key))
		return;
	for (size_t at = index->buckets[key & index->mask]; at != 0; at = index->entries[at - 1].next) {
		const struct phrase_entry *entry = &index->entries[at - 1];
		uint64_t *word = &hits->patterns[entry->pattern / 64];
		uint64_t bit = 1ULL << (entry->pattern % 64);
		if ((*word & bit) != 0 || token + entry->count > to || hits->count == PHRASE_HITS_MAX ||
			!words_at(entry->words, entry->count, normal, token))
			continue;
		*word |= bit;
		candidates[entry->pattern / 64] |= bit;
		hits->list[hits->count++] =
			(struct phrase_hit){(uint32_t)token, (uint32_t)(token + entry->count), entry->pattern};
	}
}

void phrase_index_look(const struct phrase_index *index, const struct normal *normal, size_t from, size_t to,
	uint64_t candidates[PATTERN_WORDS], struct phrase_hits *hits)
{
	hits->count = 0;
	memset(hits->patterns, 0, sizeof hits->patterns);
	if (index->count == 0)
		return;
	for (size_t i = from; i < to; i++) {
		const struct normal_token *token = &normal->tokens[i];
		look(index, token->hash, normal, i, to, candidates, hits);
		if (i + 1 < to)
			look(index, word_pair_hash(token->hash, token[1].hash), normal, i, to, candidates, hits);
		if (token->base != token->hash) {
			look(index, token->base, normal, i, to, candidates, hits);
			look(index, token->tail, normal, i, to, candidates, hits);
		}
		if (token->end - token->start >= WORD_BEGINNING)
			look(index, word_beginning_hash(normal->text + token->start, WORD_BEGINNING), normal, i, to,
				candidates, hits);
	}
}
