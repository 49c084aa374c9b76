/* SPDX-License-Identifier: Apache-2.0 */
#include "walk_lines.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 1024 /* a power of two */

struct entry {
	char *text; /* NULL: free */
	const char *rule;
	uint64_t hash;
	uint64_t again;
	uint64_t walk; /* in which it was said last, from 1 */
	unsigned turn; /* of that walk */
};

/* A hash table of every line ever said; few thousand, said hundreds of thousands of times. */
struct walk_lines {
	struct entry *entries;
	size_t size, count;
	uint64_t walk;
};

struct walk_lines *walk_lines_new(void)
{
	struct walk_lines *lines = memory_new(sizeof *lines);
	lines->size = FIRST_SIZE;
	lines->entries = memory_array(lines->size, sizeof *lines->entries);
	return lines;
}

void walk_lines_free(struct walk_lines *lines)
{
	for (size_t i = 0; i < lines->size; i++)
		free(lines->entries[i].text);
	free(lines->entries);
	free(lines);
}

void walk_lines_begin(struct walk_lines *lines)
{
	lines->walk++;
}

/* FNV-1a: texts are compared as well. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325U;
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3U;
	return hash;
}

static struct entry *find(const struct walk_lines *lines, const char *text, uint64_t hash)
{
	size_t at = hash & (lines->size - 1);
	while (lines->entries[at].text != NULL &&
		(lines->entries[at].hash != hash || strcmp(lines->entries[at].text, text) != 0))
		at = (at + 1) & (lines->size - 1);
	return &lines->entries[at];
}

static void grow(struct walk_lines *lines)
{
	struct walk_lines larger = {.size = lines->size * 2, .count = lines->count, .walk = lines->walk};
	larger.entries = memory_array(larger.size, sizeof *larger.entries);
	for (size_t i = 0; i < lines->size; i++)
		if (lines->entries[i].text != NULL)
			*find(&larger, lines->entries[i].text, lines->entries[i].hash) = lines->entries[i];
	free(lines->entries);
	*lines = larger;
}

bool walk_lines_said(struct walk_lines *lines, const char *text, unsigned turn, const char *rule)
{
	uint64_t hash = hash_of(text);
	struct entry *entry = find(lines, text, hash);
	if (entry->text == NULL) {
		if (lines->count * 2 >= lines->size) {
			grow(lines);
			entry = find(lines, text, hash);
		}
		lines->count++;
		entry->text = memory_text(text);
		entry->hash = hash;
	}
	bool again = entry->walk == lines->walk && entry->turn < turn && turn - entry->turn <= ENGINE_REPEAT_WINDOW;
	if (again) {
		entry->again++;
		entry->rule = rule;
	}
	entry->walk = lines->walk;
	entry->turn = turn;
	return again;
}

struct walk_line walk_lines_most(const struct walk_lines *lines, struct arena *arena)
{
	const struct entry *most = NULL;
	for (size_t i = 0; i < lines->size; i++) {
		const struct entry *entry = &lines->entries[i];
		/* Where two are level, the text decides: the table's order is nobody's business. */
		if (entry->again > 0 && (most == NULL || entry->again > most->again ||
						(entry->again == most->again && strcmp(entry->text, most->text) < 0)))
			most = entry;
	}
	if (most == NULL)
		return (struct walk_line){0};
	return (struct walk_line){arena_text(arena, most->text), most->rule, most->again};
}
