/* SPDX-License-Identifier: Apache-2.0 */
#include "wordings.h"
#include "pack_read.h"
#include "words.h"

#include <string.h>

/* Before a wording: a sentence begins with it. */
#define FIRST "^ "
#define FIRST_HASH 0x8ebc6af09c88c6e3ULL

static const struct member wordings_members[] = {
	{"because", MEMBER_TEXT, true},
	{"points", MEMBER_OBJECT, true},
	{0},
};

static struct wording_slot *slot_of(const struct pack_wordings *wordings, uint64_t hash)
{
	size_t at = hash & wordings->mask;
	while (wordings->slots[at].hash != 0 && wordings->slots[at].hash != hash)
		at = (at + 1) & wordings->mask;
	return &wordings->slots[at];
}

const struct pack_rule *wording_at(
	const struct pack_wordings *wordings, const struct normal *normal, size_t token, size_t words, bool first)
{
	uint64_t hash = first ? FIRST_HASH : 0;
	if (wordings->count == 0)
		return NULL;
	for (size_t i = 0; i < words; i++)
		hash = word_pair_hash(hash, normal->tokens[token + i].hash);
	const struct wording_slot *slot = slot_of(wordings, hash);
	return slot->hash != 0 ? &wordings->list[slot->index] : NULL;
}

static void read_wording(struct pack_reading *reading, const char *because, const char *text, const json_t *points)
{
	struct pack_wordings *wordings = &reading->pack->wordings;
	bool first = strncmp(text, FIRST, strlen(FIRST)) == 0;
	uint64_t hash = first ? FIRST_HASH : 0;
	struct phrase phrase;
	if (!words_read_phrase(&phrase, reading->passing, &reading->normal, first ? text + strlen(FIRST) : text,
		    &reading->pack->words) ||
		phrase.count > WORDING_WORDS_MAX || strchr(text, '*') != NULL) {
		read_problem(reading, PACK_WRONG_VALUE, "one to %d words are expected", WORDING_WORDS_MAX);
		return;
	}
	for (size_t i = 0; i < phrase.count; i++)
		hash = word_pair_hash(hash, phrase.words[i].hash);
	struct wording_slot *slot = slot_of(wordings, hash);
	if (slot->hash != 0) {
		read_problem(reading, PACK_DUPLICATE_ID, "\"%.60s\"", text);
		return;
	}
	*slot = (struct wording_slot){hash, (uint32_t)wordings->count};
	int16_t *own = arena_array(reading->pack->arena, TECHNIQUE_COUNT, sizeof *own);
	read_points(reading, points, own);
	wordings->list[wordings->count++] = (struct pack_rule){.wording = true,
		.id = "wording",
		.reason = because,
		.points = own,
		.technique = TECHNIQUE_UNCLASSIFIED};
}

void read_wordings(struct pack_reading *reading, const json_t *root)
{
	struct pack_wordings *wordings = &reading->pack->wordings;
	const json_t *object = json_object_get(root, "wordings");
	size_t before = read_enter(reading, "wordings"), mask = 15;
	if (object != NULL && read_members(reading, object, wordings_members)) {
		const char *because = read_text(reading, object, "because"), *text;
		json_t *points, *list = json_object_get(object, "points");
		size_t inside = read_enter(reading, "points");
		while (mask < 2 * json_object_size(list))
			mask = 2 * mask + 1;
		wordings->mask = mask;
		wordings->slots = arena_array(reading->pack->arena, mask + 1, sizeof *wordings->slots);
		wordings->list = arena_array(reading->pack->arena, json_object_size(list), sizeof *wordings->list);
		json_object_foreach(list, text, points)
		{
			size_t deeper = read_enter(reading, text);
			read_wording(reading, because, text, points);
			read_leave(reading, deeper);
		}
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}
