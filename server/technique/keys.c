/* SPDX-License-Identifier: Apache-2.0 */
#include "keys.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 1024

static struct key_slot *slot_of(const struct key_table *table, uint64_t hash)
{
	size_t i = hash & table->mask;
	while (table->slots[i].hash != 0 && table->slots[i].hash != hash)
		i = (i + 1) & table->mask;
	return &table->slots[i];
}

static void grow(struct key_table *table)
{
	struct key_table before = *table;
	size_t size = before.slots == NULL ? FIRST_SIZE : (before.mask + 1) * 2;
	table->slots = memory_array(size, sizeof *table->slots);
	table->mask = size - 1;
	for (size_t i = 0; before.slots != NULL && i <= before.mask; i++) {
		if (before.slots[i].hash != 0)
			*slot_of(table, before.slots[i].hash) = before.slots[i];
	}
	free(before.slots);
}

uint32_t key_table_add(struct key_table *table, uint64_t hash)
{
	/* Most keys that are asked for and are not there stop at the filter, so a full table costs little. */
	if (table->slots == NULL || (size_t)table->count * 4 > table->mask * 3)
		grow(table);
	struct key_slot *slot = slot_of(table, hash);
	if (slot->hash == 0) {
		*slot = (struct key_slot){hash, table->count++};
		word_filter_add(&table->filter, hash);
	}
	return slot->key;
}

void key_table_clear(struct key_table *table)
{
	free(table->slots);
	*table = (struct key_table){0};
}

static void add(struct text_keys *keys, const struct key_table *table, uint64_t hash, enum key_kind kind)
{
	if (!word_filter_may(&table->filter, hash))
		return;
	const struct key_slot *slot = slot_of(table, hash);
	if (slot->hash == 0)
		return;
	if (keys->count == keys->capacity) {
		keys->capacity = keys->capacity * 2 + 256;
		keys->list = memory_grow(keys->list, keys->capacity, sizeof *keys->list);
	}
	keys->list[keys->count++] = (struct text_key){slot->key, kind};
}

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next run of plain letters in [at, end): patterns see a boundary at an apostrophe and at letters beyond ASCII, so
 * each of them counts as a word. False when there is none. */
static bool next_run(const char *text, size_t *at, size_t end, size_t *start)
{
	while (*at < end && !plain(text[*at]))
		++*at;
	*start = *at;
	while (*at < end && plain(text[*at]))
		++*at;
	return *at > *start;
}

static void add_beginnings(struct text_keys *keys, const struct key_table *table, const char *word, size_t length)
{
	size_t most = length < WORD_BEGINNING_MOST ? length : WORD_BEGINNING_MOST;
	for (size_t letters = WORD_BEGINNING; letters <= most; letters++)
		add(keys, table, word_beginning_hash(word, letters), KEY_WORD);
}

/* Hash of the first run of the next token, or of all of it; 0 without one. */
static uint64_t run_after(const struct normal *normal, size_t token)
{
	const struct normal_token *next = &normal->tokens[token + 1];
	size_t at, start;
	if (token + 1 == normal->token_count)
		return 0;
	at = next->start;
	return next_run(normal->text, &at, next->end, &start) ? word_hash(normal->text + start, at - start) : 0;
}

/* Phrases take a word as a whole, or one of the two parts beside its apostrophe. */
static void add_whole(struct text_keys *keys, const struct key_table *table, const struct normal *normal,
	const struct normal_token *token)
{
	add(keys, table, token->hash, KEY_WORD);
	if (token->base != token->hash) {
		add(keys, table, token->base, KEY_WORD);
		add(keys, table, token->tail, KEY_WORD);
	}
	if (token->end - token->start >= WORD_BEGINNING)
		add(keys, table, word_beginning_hash(normal->text + token->start, WORD_BEGINNING), KEY_WORD);
}

/* Patterns take a word with an apostrophe run by run. */
static void add_token(struct text_keys *keys, const struct key_table *table, const struct normal *normal, size_t number)
{
	const struct normal_token *token = &normal->tokens[number];
	size_t at = token->start, start;
	uint64_t before = 0, after = run_after(normal, number);
	bool whole = false;
	while (next_run(normal->text, &at, token->end, &start)) {
		const char *run = normal->text + start;
		whole = start == token->start && at == token->end;
		uint64_t hash = whole ? token->hash : word_hash(run, at - start);
		add(keys, table, hash, KEY_WORD);
		add_beginnings(keys, table, run, at - start);
		if (*run >= '0' && *run <= '9')
			add(keys, table, WORD_NUMBER_HASH, KEY_WORD);
		if (start == token->start)
			add(keys, table, word_first_hash(run, at - start), KEY_FIRST);
		if (before != 0)
			add(keys, table, word_pair_hash(before, hash), KEY_WORD);
		before = hash;
	}
	if (before != 0 && after != 0)
		add(keys, table, word_pair_hash(before, after), KEY_PAIR);
	if (number + 1 < normal->token_count && (!whole || after != token[1].hash))
		add(keys, table, word_pair_hash(token->hash, token[1].hash), KEY_PAIR);
	if (!whole)
		add_whole(keys, table, normal, token);
}

void text_keys_read(struct text_keys *keys, const struct key_table *table, const struct normal *normal)
{
	if (keys->from_capacity < normal->token_count + 1) {
		keys->from_capacity = normal->token_count * 2 + 64;
		keys->from = memory_grow(keys->from, keys->from_capacity, sizeof *keys->from);
	}
	keys->count = 0;
	for (size_t i = 0; i < normal->token_count; i++) {
		keys->from[i] = (uint32_t)keys->count;
		if (table->count == 0)
			continue;
		add_token(keys, table, normal, i);
	}
	keys->from[normal->token_count] = (uint32_t)keys->count;
}

void text_keys_clear(struct text_keys *keys)
{
	free(keys->list);
	free(keys->from);
	*keys = (struct text_keys){0};
}
