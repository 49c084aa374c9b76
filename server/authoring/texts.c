/* SPDX-License-Identifier: Apache-2.0 */
#include "texts.h"

#include "askwell/hash.h"
#include "askwell/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char client[] = "client", guide[] = "guide", trainee[] = "trainee", reader[] = "reader";
static const char prompt[] = "prompt";

/* Members that hold language, and whose it is. */
static const struct {
	const char *name, *voice;
} parts[] = {
	{"client", client},
	{"guide", guide},
	{"again", client},
	{"short", client},
	{"enter", client},
	{"late", client},
	{"opening", client},
	{"samples", trainee},
	{"asked", trainee},
	{"near", trainee},
	{"words", trainee},
	{"ask", trainee},
	{"reflect", trainee},
	{"alternative", trainee},
	{"questions", trainee},
	{"answer", trainee},
	{"line", client},
	{"task", guide},
	{"shown", guide},
	{"example", trainee},
	{"title", reader},
	{"name", reader},
	{"description", reader},
	{"content_note", reader},
	{"role", reader},
	{"situation", reader},
	{"your_role", reader},
	{"aim", reader},
	{"label", reader},
	{"why", reader},
	{"what", reader},
	{"because", reader},
	{"debrief", reader},
	{"purpose", reader},
	{"done", reader},
	{"listen_for", reader},
	{"move", reader},
	{"about", reader},
	{"dimension", reader},
	{"hint", reader},
};

/* Lists and objects, and what one of their members is called. */
static const struct {
	const char *name, *kind;
} kinds[] = {
	{"rules", "rule"},
	{"answers", "answer"},
	{"disclosures", "disclosure"},
	{"topics", "topic"},
	{"cues", "cue"},
	{"stages", "stage"},
	{"states", "state"},
	{"endings", "ending"},
	{"feedback", "feedback"},
	{"variables", "variable"},
	{"brief", "brief"},
	{"character", "character"},
	{"fallback", "fallback"},
	{"hint", "hint"},
	{"exercises", "exercise"},
	{"prompts", prompt},
	{"between", prompt},
	{"end", prompt},
	{"rows", "row"},
};

/* Conditions and remarks hold nothing that anybody is shown. */
static const char *const passed_over[] = {"when", "needs", "ready", "set", "note", "opened_by", "disclose"};

struct walk {
	const char *text;
	struct arena *arena;
	struct text_places *found;
	size_t capacity;
};

/* What is known on the way down. */
struct way {
	const char *pointer, *kind, *id, *part, *voice, *variant;
	bool each_is_one; /* the members at hand are named things themselves: variables */
};

void text_check(const char *text, char out[TEXT_CHECK_SIZE])
{
	const struct hash_part part = {text, strlen(text)};
	char hash[HASH_TEXT_SIZE];

	hash_parts(&part, 1, hash);
	/* The letter keeps spreadsheet programs from reading a number. */
	snprintf(out, TEXT_CHECK_SIZE, "x%.8s", hash);
}

static void found(struct walk *walk, const struct json_node *node, const struct way *way)
{
	struct text_places *list = walk->found;
	struct text_place *place;

	if (list->count == walk->capacity) {
		walk->capacity = walk->capacity ? walk->capacity * 2 : 256;
		list->places = memory_grow(list->places, walk->capacity, sizeof *list->places);
	}
	place = &list->places[list->count++];
	*place = (struct text_place){way->pointer, way->kind, way->id, way->part, way->variant, way->voice, NULL, node};
	place->text = json_tree_decode(walk->text, node->start, node->end, walk->arena, NULL);
}

static const char *escaped(const char *name, struct arena *arena)
{
	struct buffer out = {0};
	const char *text;

	for (; *name; name++)
		if (*name == '~' || *name == '/')
			buffer_text(&out, *name == '~' ? "~0" : "~1");
		else
			buffer_char(&out, *name);
	text = arena_text(arena, out.data ? out.data : "");
	buffer_clear(&out);
	return text;
}

static const char *own_id(const struct walk *walk, const struct json_node *object)
{
	const struct json_node *id = json_tree_member(walk->text, object, "id");

	if (!id)
		id = json_tree_member(walk->text, object, "stage");
	return id && id->kind == JSON_KIND_TEXT ? json_tree_decode(walk->text, id->start, id->end, walk->arena, NULL)
						: NULL;
}

static void visit(struct walk *walk, const struct json_node *node, struct way way);

static bool is_passed_over(const char *name)
{
	for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
		if (strcmp(name, passed_over[i]) == 0)
			return true;
	return false;
}

static void visit_member(struct walk *walk, const struct json_node *node, struct way way)
{
	const char *name = json_tree_decode(walk->text, node->name, node->name_end, walk->arena, NULL);
	bool is_kind = false;

	way.pointer = arena_format(walk->arena, "%s/%s", way.pointer, escaped(name, walk->arena));
	if (way.each_is_one) {
		way.id = name;
		way.each_is_one = false;
		visit(walk, node, way);
		return;
	}
	/* A model's stage says in words when it is done, a case's in a condition. */
	if (is_passed_over(name) || (strcmp(name, "done") == 0 && node->kind == JSON_KIND_OBJECT))
		return;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (node->kind != JSON_KIND_TEXT && strcmp(kinds[i].name, name) == 0) {
			way.kind = kinds[i].kind;
			is_kind = true;
		}
	way.each_is_one = strcmp(name, "variables") == 0;
	for (size_t i = 0; !way.part && !is_kind && i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].name, name) == 0) {
			way.part = parts[i].name;
			way.voice = way.kind == prompt ? guide : parts[i].voice;
		}
	/* Inside a variant only what is said counts. */
	if (way.variant && strcmp(name, "say") != 0)
		return;
	visit(walk, node, way);
}

static void visit_element(struct walk *walk, const struct json_node *node, struct way way, size_t index)
{
	way.pointer = arena_format(walk->arena, "%s/%zu", way.pointer, index);
	if (way.part)
		way.variant = way.variant ? arena_format(walk->arena, "%s.%zu", way.variant, index + 1)
					  : arena_format(walk->arena, "%zu", index + 1);
	visit(walk, node, way);
}

static void visit(struct walk *walk, const struct json_node *node, struct way way)
{
	const char *id = node->kind == JSON_KIND_OBJECT && node->up ? own_id(walk, node) : NULL;
	size_t index = 0;

	if (id)
		way.id = id;
	if (node->kind == JSON_KIND_TEXT && way.part)
		found(walk, node, &way);
	for (const struct json_node *part = node->first; part; part = part->next)
		if (node->kind == JSON_KIND_OBJECT)
			visit_member(walk, part, way);
		else
			visit_element(walk, part, way, index++);
}

struct text_places texts_of(const char *text, const struct json_node *root, struct arena *arena)
{
	struct text_places list = {NULL, 0};
	struct walk walk = {text, arena, &list, 0};
	const struct json_node *kind = json_tree_member(text, root, "kind");
	struct way way = {.pointer = "", .kind = "", .id = ""};
	struct text_place *places;

	if (kind && kind->kind == JSON_KIND_TEXT)
		way.kind = json_tree_decode(text, kind->start, kind->end, arena, NULL);
	visit(&walk, root, way);
	places = arena_array(arena, list.count, sizeof *places);
	if (list.count)
		memcpy(places, list.places, list.count * sizeof *places);
	free(list.places);
	list.places = places;
	return list;
}
