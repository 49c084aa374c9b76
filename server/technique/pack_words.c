/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

static const struct member word_members[] = {
	{"spelling", MEMBER_OBJECT, true},
	{"fillers", MEMBER_TEXTS, true},
	{"stop", MEMBER_TEXTS, true},
	{"abbreviations", MEMBER_TEXTS, true},
	{"stems", MEMBER_OBJECT, true},
	{"endings", MEMBER_LIST, true},
	{"doubled", MEMBER_TEXT, true},
	{0},
};

static const struct member ending_members[] = {
	{"ending", MEMBER_TEXT, true},
	{"becomes", MEMBER_TEXT, true},
	{"least", MEMBER_NUMBER, true},
	{0},
};

struct table_builder {
	struct word_table *table;
	size_t used;
};

static struct word_entry *place(const struct word_table *table, uint64_t hash)
{
	size_t i = hash & table->mask;
	while (table->entries[i].hash != 0 && table->entries[i].hash != hash)
		i = (i + 1) & table->mask;
	return &table->entries[i];
}

static struct word_entry *entry_for(struct table_builder *builder, const char *word)
{
	struct word_table *table = builder->table;
	if (table->entries == NULL || builder->used * 3 >= table->mask) {
		struct word_table bigger = {.mask = table->entries == NULL ? 1023 : table->mask * 2 + 1};
		bigger.entries = memory_array(bigger.mask + 1, sizeof *bigger.entries);
		for (size_t i = 0; table->entries != NULL && i <= table->mask; i++) {
			if (table->entries[i].hash != 0)
				*place(&bigger, table->entries[i].hash) = table->entries[i];
		}
		free(table->entries);
		*table = bigger;
	}
	struct word_entry *entry = place(table, word_hash(word, strlen(word)));
	builder->used += entry->hash == 0;
	entry->hash = word_hash(word, strlen(word));
	return entry;
}

static void read_trait(struct table_builder *builder, const json_t *words, const char *name, unsigned trait)
{
	size_t index;
	const json_t *item;
	json_array_foreach(json_object_get(words, name), index, item)
	{
		if (json_is_string(item))
			entry_for(builder, json_string_value(item))->traits |= trait;
	}
}

static void read_endings(struct pack_reading *reading, const json_t *list)
{
	struct technique_pack *pack = reading->pack;
	size_t index;
	const json_t *item;
	pack->endings = arena_array(pack->arena, json_array_size(list) + 1, sizeof *pack->endings);
	json_array_foreach(list, index, item)
	{
		size_t before = read_enter_index(reading, index);
		if (read_members(reading, item, ending_members) && read_text(reading, item, "ending") != NULL &&
			read_text(reading, item, "becomes") != NULL) {
			struct pack_ending *ending = &pack->endings[pack->ending_count++];
			ending->ending = read_text(reading, item, "ending");
			ending->length = strlen(ending->ending);
			ending->becomes = read_text(reading, item, "becomes");
			ending->least = (size_t)read_number(reading, item, "least", 3, 1, 20);
		}
		read_leave(reading, before);
	}
}

void read_words(struct pack_reading *reading, const json_t *root)
{
	struct technique_pack *pack = reading->pack;
	struct table_builder builder = {&pack->words, 0};
	const json_t *words = json_object_get(root, "words");
	const char *word;
	json_t *value;
	size_t before = read_enter(reading, "words");
	pack->doubled = "";
	if (words != NULL && read_members(reading, words, word_members)) {
		read_trait(&builder, words, "stop", WORD_STOP);
		read_trait(&builder, words, "fillers", WORD_FILLER);
		read_trait(&builder, words, "abbreviations", WORD_ABBREVIATION);
		json_object_foreach(json_object_get(words, "spelling"), word, value)
		{
			if (json_is_string(value))
				entry_for(&builder, word)->spelling = arena_text(pack->arena, json_string_value(value));
		}
		json_object_foreach(json_object_get(words, "stems"), word, value)
		{
			if (json_is_string(value))
				entry_for(&builder, word)->stem =
					word_hash(json_string_value(value), json_string_length(value));
		}
		size_t inside = read_enter(reading, "endings");
		read_endings(reading, json_object_get(words, "endings"));
		read_leave(reading, inside);
		const char *doubled = read_text(reading, words, "doubled");
		pack->doubled = doubled != NULL ? doubled : "";
	}
	read_leave(reading, before);
}

void read_blocks(struct pack_reading *reading, const json_t *root)
{
	const json_t *blocks = json_object_get(root, "blocks");
	const char *name;
	json_t *value;
	size_t before = read_enter(reading, "blocks");
	reading->blocks = arena_array(reading->pack->arena, json_object_size(blocks) + 1, sizeof *reading->blocks);
	json_object_foreach((json_t *)blocks, name, value)
	{
		struct buffer joined = {0};
		size_t index;
		const json_t *item;
		size_t inside = read_enter(reading, name);
		if (json_is_string(value))
			buffer_text(&joined, json_string_value(value));
		json_array_foreach(value, index, item)
		{
			buffer_text(&joined, index > 0 ? "|" : "");
			buffer_text(&joined, json_is_string(item) ? json_string_value(item) : "");
		}
		if (joined.length == 0) {
			read_problem(reading, PACK_WRONG_VALUE, "a pattern or a list of patterns is expected");
		} else {
			char *whole = read_block(reading, joined.data);
			if (whole != NULL) {
				struct pack_block *block = &reading->blocks[reading->block_count++];
				block->name = arena_text(reading->pack->arena, name);
				block->pattern = arena_text(reading->pack->arena, whole);
			}
			free(whole);
		}
		buffer_clear(&joined);
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}

uint64_t pack_stem(const struct technique_pack *pack, const char *word, size_t length)
{
	const struct word_entry *entry = word_table_find(&pack->words, word_hash(word, length));
	char stem[64];
	if (entry != NULL && entry->stem != 0)
		return entry->stem;
	if (length >= sizeof stem - 8)
		return word_hash(word, length);
	memcpy(stem, word, length);
	for (size_t i = 0; i < pack->ending_count; i++) {
		const struct pack_ending *ending = &pack->endings[i];
		if (length < ending->length + ending->least ||
			memcmp(stem + length - ending->length, ending->ending, ending->length) != 0)
			continue;
		length -= ending->length;
		size_t more = strlen(ending->becomes);
		if (more > 8)
			more = 8;
		memcpy(stem + length, ending->becomes, more);
		length += more;
		if (more == 0 && length > 3 && stem[length - 1] == stem[length - 2] &&
			strchr(pack->doubled, stem[length - 1]) != NULL)
			length--;
		break;
	}
	return word_hash(stem, length);
}
