/* SPDX-License-Identifier: Apache-2.0 */
#include "phrases.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

/* Many phrases begin with "you": where it can be, two words are looked up at once. */
static uint64_t hash_of(const struct phrase *phrase)
{
	const struct word_form *words = phrase->words;
	if (words[0].beginning)
		return word_beginning_hash(words[0].text, WORD_BEGINNING);
	return phrase->count > 1 && !words[1].beginning ? word_pair_hash(words[0].hash, words[1].hash) : words[0].hash;
}

/* Whether the key says all: one word, or two. */
static bool all_in_key(const struct phrase *phrase)
{
	return phrase->count <= 2 && !phrase->words[0].beginning && !phrase->words[phrase->count - 1].beginning;
}

static bool usable(const struct phrase *phrase)
{
	return !phrase->words[0].beginning || phrase->words[0].length >= WORD_BEGINNING;
}

static struct word_form *copied(const struct word_form *words, size_t count, struct arena *arena)
{
	struct word_form *copy = arena_array(arena, count, sizeof *copy);
	for (size_t i = 0; i < count; i++) {
		copy[i] = words[i];
		copy[i].text = words[i].beginning ? arena_copy(arena, words[i].text, words[i].length) : NULL;
	}
	return copy;
}

bool phrase_read(struct phrase *phrase, struct arena *arena, struct normal *normal, const char *text)
{
	return words_read_phrase(phrase, arena, normal, text, NULL) && usable(phrase);
}

void phrase_index_add(struct phrase_index *index, struct key_table *keys, size_t pattern, const struct phrase *phrase)
{
	if (index->count == index->capacity) {
		index->capacity = index->capacity * 2 + 256;
		index->entries = memory_grow(index->entries, index->capacity, sizeof *index->entries);
	}
	index->entries[index->count++] = (struct phrase_entry){.words = phrase->words,
		.key = key_table_add(keys, hash_of(phrase)),
		.count = (uint16_t)phrase->count,
		.by_key = all_in_key(phrase),
		.pattern = (uint16_t)pattern};
}

static int compare_forms(const struct word_form *one, const struct word_form *other)
{
	if (one->beginning != other->beginning)
		return one->beginning ? 1 : -1;
	return one->hash == other->hash ? 0 : one->hash > other->hash ? 1 : -1;
}

static int compare_words(const struct phrase_entry *one, const struct phrase_entry *other)
{
	int order = (one->count > other->count) - (one->count < other->count);
	for (size_t i = 0; i < one->count && order == 0; i++)
		order = compare_forms(&one->words[i], &other->words[i]);
	return order;
}

static int in_order(const void *a, const void *b)
{
	const struct phrase_entry *one = a, *other = b;
	int order = (one->key > other->key) - (one->key < other->key);
	if (order == 0)
		order = compare_words(one, other);
	return order != 0 ? order : (one->pattern > other->pattern) - (one->pattern < other->pattern);
}

/* What the same words stand for becomes one entry. */
static void merge(struct phrase_index *index)
{
	size_t kept = 0, masks = 0;
	index->masks = memory_array(index->count, sizeof *index->masks);
	for (size_t i = 0; i < index->count; i++) {
		struct phrase_entry *entry = kept > 0 ? &index->entries[kept - 1] : NULL;
		const struct phrase_entry one = index->entries[i];
		uint32_t word = one.pattern / 64;
		if (entry == NULL || entry->key != one.key || compare_words(entry, &one) != 0) {
			entry = &index->entries[kept++];
			*entry = one;
			entry->mask = (uint32_t)masks;
		}
		if (entry->masks == 0 || index->masks[masks - 1].word != word) {
			index->masks[masks++] = (struct phrase_mask){0, word};
			entry->masks++;
		}
		index->masks[masks - 1].bits |= 1ULL << (one.pattern % 64);
	}
	index->count = kept;
	index->entries = memory_grow(index->entries, kept, sizeof *index->entries);
	index->masks = memory_grow(index->masks, masks, sizeof *index->masks);
}

void phrase_index_finish(struct phrase_index *index, struct arena *arena)
{
	size_t entry = 0;
	if (index->count == 0)
		return;
	qsort(index->entries, index->count, sizeof *index->entries, in_order);
	merge(index);
	index->keys = index->entries[index->count - 1].key + 1;
	index->from = memory_array(index->keys + 1, sizeof *index->from);
	for (uint32_t key = 0; key < index->keys; key++) {
		index->from[key] = (uint32_t)entry;
		while (entry < index->count && index->entries[entry].key == key)
			entry++;
	}
	index->from[index->keys] = (uint32_t)entry;
	for (size_t i = 0; i < index->count; i++) {
		struct phrase_entry *one = &index->entries[i];
		one->words = one->by_key ? NULL : copied(one->words, one->count, arena);
	}
}

void phrase_index_clear(struct phrase_index *index)
{
	free(index->entries);
	free(index->masks);
	free(index->from);
	*index = (struct phrase_index){0};
}

/* Whether the phrase stands for a pattern that was not found yet; they are found then. */
static bool adds(const struct phrase_index *index, const struct phrase_entry *entry, struct pattern_set *found)
{
	uint64_t fresh = 0;
	for (size_t i = entry->mask; i < entry->mask + entry->masks; i++) {
		const struct phrase_mask *mask = &index->masks[i];
		fresh |= mask->bits & ~found->bits[mask->word];
		found->bits[mask->word] |= mask->bits;
	}
	return fresh != 0;
}

void phrase_index_look(const struct phrase_index *index, const struct text_keys *keys, const struct normal *normal,
	size_t from, size_t to, struct phrase_hits *hits)
{
	hits->count = 0;
	memset(&hits->patterns, 0, sizeof hits->patterns);
	for (size_t token = from; token < to; token++) {
		for (size_t i = keys->from[token]; i < keys->from[token + 1]; i++) {
			uint32_t key = keys->list[i].key;
			if (key >= index->keys)
				continue;
			for (size_t e = index->from[key]; e < index->from[key + 1]; e++) {
				const struct phrase_entry *entry = &index->entries[e];
				if (token + entry->count <= to &&
					(entry->by_key || words_at(entry->words, entry->count, normal, token)) &&
					adds(index, entry, &hits->patterns) && hits->count < PHRASE_HITS_MAX)
					hits->list[hits->count++] = (struct phrase_hit){
						entry, (uint32_t)token, (uint32_t)(token + entry->count)};
			}
		}
	}
}

const struct phrase_hit *phrase_hits_find(
	const struct phrase_index *index, const struct phrase_hits *hits, size_t pattern)
{
	if (!pattern_set_has(&hits->patterns, pattern))
		return NULL;
	for (size_t i = 0; i < hits->count; i++) {
		const struct phrase_entry *entry = hits->list[i].entry;
		for (size_t m = entry->mask; m < entry->mask + entry->masks; m++) {
			if (index->masks[m].word == pattern / 64 && (index->masks[m].bits >> (pattern % 64) & 1) != 0)
				return &hits->list[i];
		}
	}
	return NULL;
}
