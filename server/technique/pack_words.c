/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"
#include "stemmer.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

/* Letters of a word whose slips are forgiven; of short words none is left out, what remains would be another word. */
#define FORGIVEN_MAX 24
#define FORGIVEN_LEAST 5

static const struct member word_members[] = {
	{"spelling", MEMBER_OBJECT, true},
	{"forgive", MEMBER_TEXTS, false},
	{"real", MEMBER_TEXTS, false},
	{"fillers", MEMBER_TEXTS, true},
	{"stop", MEMBER_TEXTS, true},
	{"questions", MEMBER_LIST, false},
	{"yes_no", MEMBER_TEXTS, false},
	{"abbreviations", MEMBER_TEXTS, true},
	{"stemmer", MEMBER_TEXT, false},
	{"stems", MEMBER_OBJECT, true},
	{"apostrophe", MEMBER_TEXT, false},
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

/* A misspelling, unless the word is one in its own right. */
static void forgive(struct table_builder *builder, const char *typed, const char *meant)
{
	size_t length = strlen(typed);
	const struct word_entry *known = word_table_find(builder->table, word_hash(typed, length));
	if (known == NULL && strcmp(typed, meant) != 0)
		entry_for(builder, typed)->spelling = meant;
}

/* One slip each: a letter left out, two swapped, one typed twice. */
static void forgive_slips(struct table_builder *builder, const char *word)
{
	char typed[FORGIVEN_MAX + 2];
	size_t length = strlen(word);
	for (size_t i = 1; i < length && length >= FORGIVEN_LEAST; i++) {
		memcpy(typed, word, i);
		memcpy(typed + i, word + i + 1, length - i);
		forgive(builder, typed, word);
	}
	for (size_t i = 0; i + 1 < length; i++) {
		memcpy(typed, word, length + 1);
		typed[i] = word[i + 1];
		typed[i + 1] = word[i];
		forgive(builder, typed, word);
	}
	for (size_t i = 0; i < length; i++) {
		memcpy(typed, word, i + 1);
		memcpy(typed + i + 1, word + i, length - i + 1);
		forgive(builder, typed, word);
	}
}

static void read_forgiven(struct pack_reading *reading, struct table_builder *builder, const json_t *words)
{
	size_t index;
	const json_t *item;
	size_t before = read_enter(reading, "forgive");
	json_array_foreach(json_object_get(words, "forgive"), index, item)
	{
		const char *word = json_string_value(item);
		size_t inside = read_enter_index(reading, index);
		if (word == NULL || strlen(word) < 4 || strlen(word) > FORGIVEN_MAX)
			read_problem(reading, PACK_WRONG_VALUE, "a word of 4 to %d letters is expected", FORGIVEN_MAX);
		else
			forgive_slips(builder, arena_text(reading->pack->arena, word));
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}

static void read_stems(struct pack_reading *reading, struct table_builder *builder, const json_t *words)
{
	struct stemmer *stemmer = stemmer_new();
	const char *name = read_text(reading, words, "stemmer");
	const char *word;
	json_t *value;
	reading->pack->stemmer = name;
	if (name != NULL && !stemmer_knows(name)) {
		size_t before = read_enter(reading, "stemmer");
		read_problem(reading, PACK_UNKNOWN_ID, "\"%.40s\"; one of libstemmer's, such as \"english\"", name);
		read_leave(reading, before);
		reading->pack->stemmer = NULL;
	}
	json_object_foreach(json_object_get(words, "stems"), word, value)
	{
		if (json_is_string(value))
			entry_for(builder, word)->stem = stemmer_stem(
				stemmer, reading->pack->stemmer, json_string_value(value), json_string_length(value));
	}
	stemmer_free(stemmer);
}

#define QUESTION_KINDS_MAX 32

static size_t count_questions(const json_t *kinds)
{
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(kinds); i++)
		count += json_array_size(json_array_get(kinds, i));
	return count;
}

static void read_question(struct pack_reading *reading, const json_t *words, uint8_t kind)
{
	struct technique_pack *pack = reading->pack;
	const struct normal *normal = &reading->normal;
	const char *text = json_is_string(words) ? json_string_value(words) : "";
	normal_read(&reading->normal, text, strlen(text), NULL);
	if (normal->token_count != 1 && normal->token_count != 2) {
		read_problem(reading, PACK_WRONG_VALUE, "one or two words are expected, not \"%.40s\"", text);
		return;
	}
	pack->questions[pack->question_count++] = (struct pack_question){
		normal->tokens[0].hash, normal->token_count == 2 ? normal->tokens[1].hash : 0, kind};
}

static void read_questions(struct pack_reading *reading, const json_t *words)
{
	const json_t *kinds = json_object_get(words, "questions");
	size_t count = json_array_size(kinds);
	size_t before = read_enter(reading, "questions");
	reading->pack->questions =
		arena_array(reading->pack->arena, count_questions(kinds), sizeof *reading->pack->questions);
	if (count > QUESTION_KINDS_MAX)
		read_problem(reading, PACK_TOO_MANY, "%d kinds at most", QUESTION_KINDS_MAX);
	for (size_t i = 0; i < count && i < QUESTION_KINDS_MAX; i++) {
		const json_t *kind = json_array_get(kinds, i);
		size_t inside = read_enter_index(reading, i);
		if (!json_is_array(kind))
			read_problem(reading, PACK_WRONG_VALUE, "a list of words is expected");
		for (size_t j = 0; j < json_array_size(kind); j++)
			read_question(reading, json_array_get(kind, j), (uint8_t)(i + 1));
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}

void read_words(struct pack_reading *reading, const json_t *root)
{
	struct technique_pack *pack = reading->pack;
	struct table_builder builder = {&pack->words, 0};
	const json_t *words = json_object_get(root, "words");
	const char *word;
	json_t *value;
	size_t before = read_enter(reading, "words");
	if (words != NULL && read_members(reading, words, word_members)) {
		read_trait(&builder, words, "stop", WORD_STOP);
		read_trait(&builder, words, "fillers", WORD_FILLER);
		read_trait(&builder, words, "abbreviations", WORD_ABBREVIATION);
		read_trait(&builder, words, "real", WORD_REAL);
		read_trait(&builder, words, "forgive", WORD_REAL);
		read_trait(&builder, words, "yes_no", WORD_YES_NO);
		json_object_foreach(json_object_get(words, "spelling"), word, value)
		{
			if (json_is_string(value))
				entry_for(&builder, word)->spelling = arena_text(pack->arena, json_string_value(value));
		}
		read_stems(reading, &builder, words);
		read_questions(reading, words);
		read_forgiven(reading, &builder, words);
		const char *apostrophe = read_text(reading, words, "apostrophe");
		pack->tail_carries = apostrophe != NULL && strcmp(apostrophe, "after") == 0;
		if (apostrophe != NULL && !pack->tail_carries && strcmp(apostrophe, "before") != 0) {
			size_t inside = read_enter(reading, "apostrophe");
			read_problem(reading, PACK_WRONG_VALUE, "\"before\" or \"after\" is expected");
			read_leave(reading, inside);
		}
	}
	read_leave(reading, before);
}

void read_blocks(struct pack_reading *reading, const json_t *root)
{
	const json_t *blocks = json_object_get(root, "blocks");
	const char *name;
	json_t *value;
	size_t before = read_enter(reading, "blocks");
	reading->blocks = arena_array(reading->passing, json_object_size(blocks) + 1, sizeof *reading->blocks);
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
				block->name = arena_text(reading->passing, name);
				block->pattern = arena_text(reading->passing, whole);
			}
			free(whole);
		}
		buffer_clear(&joined);
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}
