/* SPDX-License-Identifier: Apache-2.0 */
/* Many word lists at once: a script's topics and cues are looked up at every turn, so each word of the text, and each two
 * in a row, lead straight to the few phrases that begin with them. */
#include "scratch.h"
#include "words.h"

#include "askwell/memory.h"
#include "askwell/technique.h"

#include <stdlib.h>

/* Letters that phrases which start with a beginning ("tire*") are looked up by, as far as they have them. */
enum { LETTERS = 3 };

/* A phrase, and the lists that have it. */
struct entry {
	uint64_t key; /* of its first word, or of its first two */
	const struct phrase *phrase;
	uint32_t first, end; /* of `lists` */
};

struct technique_words_index {
	struct entry *entries; /* those of a bucket side by side */
	uint16_t *lists;       /* numbers of lists, entry after entry */
	uint32_t *buckets;     /* by key: where it begins; the next one begins where it ends. A power of two of them */
	size_t bucket_mask;
	const struct word_table *spelling;
	bool letters[LETTERS + 1]; /* some beginnings are looked up by so many */
};

/* One phrase of one list, on the way into the index. */
struct listed {
	uint64_t key;
	const struct phrase *phrase; /* NULL: has an entry */
	uint16_t list;
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

static bool is_beginning(const struct word_form *word)
{
	return word->beginning && word->length > 0;
}

static uint64_t phrase_key(struct technique_words_index *index, const struct phrase *phrase)
{
	const struct word_form *words = phrase->words;
	size_t letters = words->length < LETTERS ? words->length : LETTERS;

	if (is_beginning(words)) {
		index->letters[letters] = true;
		return beginning_key(words->text, words->length, letters);
	}
	if (phrase->count == 1 || words[1].beginning)
		return words->hash;
	return word_pair_hash(words->hash, words[1].hash);
}

static bool same_word(const struct word_form *a, const struct word_form *b)
{
	return a->hash == b->hash && a->length == b->length && a->beginning == b->beginning &&
	       a->begins_sentence == b->begins_sentence;
}

static bool same_phrase(const struct phrase *a, const struct phrase *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!same_word(&a->words[i], &b->words[i]))
			return false;
	return true;
}

/* All phrases, those of a bucket side by side; `buckets` says where each begins. */
static struct listed *sort_phrases(
	struct technique_words_index *index, const struct technique_words *const *lists, size_t count, size_t phrases)
{
	struct listed *unsorted = memory_array(phrases, sizeof *unsorted);
	struct listed *sorted = memory_array(phrases, sizeof *sorted);
	size_t known = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; lists[i] && j < lists[i]->count; j++) {
			const struct phrase *phrase = &lists[i]->phrases[j];
			const uint64_t key = phrase_key(index, phrase);

			unsorted[known++] = (struct listed){key, phrase, (uint16_t)i};
			index->buckets[key & index->bucket_mask]++;
		}
	}
	for (size_t b = 1; b <= index->bucket_mask + 1; b++)
		index->buckets[b] += index->buckets[b - 1];
	while (known > 0) {
		known--;
		sorted[--index->buckets[unsorted[known].key & index->bucket_mask]] = unsorted[known];
	}
	free(unsorted);
	return sorted;
}

/* One entry for the phrase at `from` and for those like it in the rest of the bucket. */
static struct entry gather(
	struct technique_words_index *index, struct listed *sorted, size_t from, size_t end, size_t *known)
{
	const struct phrase *phrase = sorted[from].phrase;
	struct entry entry = {sorted[from].key, phrase, (uint32_t)*known, 0};

	for (size_t i = from; i < end; i++) {
		if (!sorted[i].phrase || sorted[i].key != entry.key || !same_phrase(sorted[i].phrase, phrase))
			continue;
		index->lists[(*known)++] = sorted[i].list;
		sorted[i].phrase = NULL;
	}
	entry.end = (uint32_t)*known;
	return entry;
}

static void fill(struct technique_words_index *index, struct listed *sorted)
{
	size_t entries = 0, known = 0, end;

	for (size_t b = 0, i = 0; b <= index->bucket_mask; b++) {
		end = index->buckets[b + 1];
		index->buckets[b] = (uint32_t)entries;
		for (; i < end; i++)
			if (sorted[i].phrase)
				index->entries[entries++] = gather(index, sorted, i, end, &known);
	}
	index->buckets[index->bucket_mask + 1] = (uint32_t)entries;
}

struct technique_words_index *technique_words_index_new(const struct technique_words *const *lists, size_t count)
{
	struct technique_words_index *index = memory_new(sizeof *index);
	size_t phrases = 0, buckets = 16;
	struct listed *sorted;

	for (size_t i = 0; i < count; i++) {
		phrases += lists[i] ? lists[i]->count : 0;
		index->spelling = lists[i] ? lists[i]->spelling : index->spelling;
	}
	while (buckets < phrases * 2)
		buckets *= 2;
	index->entries = memory_array(phrases, sizeof *index->entries);
	index->lists = memory_array(phrases, sizeof *index->lists);
	index->buckets = memory_array(buckets + 1, sizeof *index->buckets);
	index->bucket_mask = buckets - 1;
	sorted = sort_phrases(index, lists, count, phrases);
	fill(index, sorted);
	free(sorted);
	return index;
}

void technique_words_index_free(struct technique_words_index *index)
{
	if (!index)
		return;
	free(index->entries);
	free(index->lists);
	free(index->buckets);
	free(index);
}

static void look(const struct technique_words_index *index, uint64_t key, const struct normal *normal, size_t token,
	uint64_t *found)
{
	const uint32_t *bucket = &index->buckets[key & index->bucket_mask];

	for (uint32_t i = bucket[0]; i < bucket[1]; i++) {
		const struct entry *entry = &index->entries[i];

		if (entry->key != key || !words_at(entry->phrase->words, entry->phrase->count, normal, token))
			continue;
		for (uint32_t l = entry->first; l < entry->end; l++)
			found[index->lists[l] / 64] |= UINT64_C(1) << index->lists[l] % 64;
	}
}

/* A word taken as `first`, by itself and with the next one, however that is taken. */
static void look_on(const struct technique_words_index *index, uint64_t first, const struct normal *normal,
	size_t token, uint64_t *found)
{
	const struct normal_token *next = &normal->tokens[token + 1];

	look(index, first, normal, token, found);
	if (token + 1 == normal->token_count)
		return;
	look(index, word_pair_hash(first, next->hash), normal, token, found);
	if (next->base == next->hash)
		return;
	look(index, word_pair_hash(first, next->base), normal, token, found);
	look(index, word_pair_hash(first, next->tail), normal, token, found);
}

void technique_words_index_find(const struct technique_words_index *index, struct technique_scratch *scratch,
	const char *text, size_t length, uint64_t *found)
{
	const struct normal *normal;

	if (!index || index->buckets[index->bucket_mask + 1] == 0 || length == 0)
		return;
	normal = scratch_text(scratch, text, length, index->spelling);
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];

		look_on(index, token->hash, normal, i, found);
		if (token->base != token->hash) {
			look_on(index, token->base, normal, i, found);
			look_on(index, token->tail, normal, i, found);
		}
		for (size_t letters = 1; letters <= LETTERS; letters++)
			if (index->letters[letters])
				look(index,
					beginning_key(normal->text + token->start, token->end - token->start, letters),
					normal, i, found);
	}
}
