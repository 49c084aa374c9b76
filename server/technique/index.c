/* SPDX-License-Identifier: Apache-2.0 */
#include "index.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define WIDE_LEAST 96 /* marks that take longer one by one */

_Static_assert(PATTERN_NEEDS *ALTERNATIVES_MAX <= UINT16_MAX + 1, "a mark has 16 bits");

static void add_need(struct pattern_index *index, struct key_table *keys, size_t alternative, size_t number,
	const struct pattern_need *need)
{
	for (size_t i = 0; i < need->count; i++) {
		if (index->count == index->capacity) {
			index->capacity = index->capacity * 2 + 1024;
			index->entries = memory_grow(index->entries, index->capacity, sizeof *index->entries);
		}
		index->entries[index->count++] = (struct pattern_entry){
			key_table_add(keys, need->hashes[i]), (uint16_t)number, (uint16_t)alternative};
	}
}

void pattern_index_add(struct pattern_index *index, struct key_table *keys, size_t pattern,
	const struct pattern_need *needs, size_t count)
{
	if (count == 0 || index->alternatives == ALTERNATIVES_MAX) {
		pattern_set_add(&index->always, pattern);
		return;
	}
	if (index->patterns == NULL)
		index->patterns = memory_array(ALTERNATIVES_MAX, sizeof *index->patterns);
	size_t alternative = index->alternatives++;
	index->patterns[alternative] = (uint16_t)pattern;
	for (size_t i = 0; i < count; i++)
		add_need(index, keys, alternative, i, &needs[i]);
	for (size_t i = count; i < PATTERN_NEEDS; i++)
		index->met[i][alternative / 64] |= 1ULL << (alternative % 64);
}

static int in_order(const void *a, const void *b)
{
	const struct pattern_entry *one = a, *other = b;
	if (one->key != other->key)
		return one->key > other->key ? 1 : -1;
	if (one->need != other->need)
		return one->need > other->need ? 1 : -1;
	return (one->alternative > other->alternative) - (one->alternative < other->alternative);
}

static void spread(struct pattern_index *index, struct pattern_marks *of, size_t *wide)
{
	size_t size = PATTERN_NEEDS * index->used;
	index->wide = memory_grow(index->wide, (*wide + 1) * size, sizeof *index->wide);
	uint64_t *bits = index->wide + *wide * size;
	memset(bits, 0, size * sizeof *bits);
	for (size_t i = 0; i < of->count; i++) {
		uint16_t mark = index->marks[of->first + i];
		bits[mark / 64] |= 1ULL << (mark % 64);
	}
	*of = (struct pattern_marks){(uint32_t)(*wide * size), of->count, true};
	++*wide;
}

void pattern_index_finish(struct pattern_index *index)
{
	size_t marks = 0, entry = 0, wide = 0;
	if (index->count == 0)
		return;
	qsort(index->entries, index->count, sizeof *index->entries, in_order);
	index->used = (index->alternatives + 63) / 64;
	index->keys = index->entries[index->count - 1].key + 1;
	index->of = memory_array(index->keys, sizeof *index->of);
	index->marks = memory_array(index->count, sizeof *index->marks);
	for (uint32_t key = 0; key < index->keys; key++) {
		struct pattern_marks *of = &index->of[key];
		*of = (struct pattern_marks){.first = (uint32_t)marks};
		for (; entry < index->count && index->entries[entry].key == key; entry++) {
			const struct pattern_entry *one = &index->entries[entry];
			uint16_t mark = (uint16_t)(one->need * index->used * 64 + one->alternative);
			if (of->count > 0 && index->marks[marks - 1] == mark)
				continue;
			index->marks[marks++] = mark;
			of->count++;
		}
		if (of->count >= WIDE_LEAST) {
			marks = of->first;
			spread(index, of, &wide);
		}
	}
	index->marks = memory_grow(index->marks, marks + 1, sizeof *index->marks);
	free(index->entries);
	index->entries = NULL;
}

void pattern_index_clear(struct pattern_index *index)
{
	free(index->entries);
	free(index->of);
	free(index->marks);
	free(index->wide);
	free(index->patterns);
	*index = (struct pattern_index){0};
}

static void meet(const struct pattern_index *index, uint32_t key, uint64_t *met)
{
	if (key >= index->keys)
		return;
	const struct pattern_marks *of = &index->of[key];
	if (of->wide) {
		const uint64_t *bits = index->wide + of->first;
		for (size_t i = 0; i < PATTERN_NEEDS * index->used; i++)
			met[i] |= bits[i];
		return;
	}
	const uint16_t *mark = index->marks + of->first;
	for (const uint16_t *end = mark + of->count; mark < end; mark++)
		met[*mark / 64] |= 1ULL << (*mark % 64);
}

void pattern_index_look(const struct pattern_index *index, const struct text_keys *keys, size_t from, size_t to,
	bool anywhere, struct pattern_set *candidates)
{
	uint64_t met[PATTERN_NEEDS * ALTERNATIVE_WORDS];
	*candidates = index->always;
	for (size_t need = 0; need < PATTERN_NEEDS; need++)
		memcpy(met + need * index->used, index->met[need], index->used * sizeof *met);
	for (size_t token = from; token < to; token++) {
		for (size_t i = keys->from[token]; i < keys->from[token + 1]; i++) {
			const struct text_key *one = &keys->list[i];
			if ((one->kind == KEY_FIRST && token != from && !anywhere) ||
				(one->kind == KEY_PAIR && token + 1 == to))
				continue;
			meet(index, one->key, met);
		}
	}
	for (size_t i = 0; i < index->used; i++) {
		uint64_t all = met[i];
		for (size_t need = 1; need < PATTERN_NEEDS; need++)
			all &= met[need * index->used + i];
		for (; all != 0; all &= all - 1)
			pattern_set_add(candidates, index->patterns[i * 64 + (size_t)__builtin_ctzll(all)]);
	}
}
