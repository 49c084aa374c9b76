/* SPDX-License-Identifier: Apache-2.0 */
#include "merge.h"
#include "ids.h"

#include <string.h>

struct merge {
	const struct dialogue_source *source;
	struct arena *arena;
	struct origins *origins;
};

/* What is a fragment's own, and no script's business. */
static const char *const own[] = {"$schema", "kind", "format", "id", "language", "note"};

static const char *const lists[] = {"topics", "phrases", "cues", "disclosures", "rules", "answers", "feedback"};

static bool is_among(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void note_origin(struct merge *merge, const char *pointer, const char *original)
{
	origins_add(merge->origins, merge->arena, pointer, merge->source, original);
}

static const char *id_of(const json_t *element)
{
	return json_string_value(json_object_get(element, "id"));
}

/* What hangs below stays shared: members that are merged into become the script's own first. */
json_t *merge_own(json_t *json)
{
	json_t *own_json = json_is_object(json) ? json_copy(json) : json_incref(json);
	json_decref(json);
	return own_json;
}

static json_t *own_member(json_t *object, const char *member)
{
	json_t *own_json = json_copy(json_object_get(object, member));
	if (own_json != NULL)
		(void)json_object_set_new(object, member, own_json);
	return own_json;
}

/* `to` and `from` are the objects that hold the list; `at` and `origin` where these stand. */
static void merge_list(
	struct merge *merge, json_t *to, const char *at, const json_t *from, const char *origin, const char *member)
{
	const json_t *added = json_object_get(from, member);
	json_t *list = own_member(to, member);
	if (list == NULL && json_is_array(added)) {
		list = json_array();
		(void)json_object_set_new(to, member, list);
	}
	struct ids own_ids;
	ids_init(&own_ids, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++)
		if (id_of(json_array_get(list, i)) != NULL)
			(void)ids_add(&own_ids, id_of(json_array_get(list, i)));
	for (size_t i = 0; json_is_array(list) && i < json_array_size(added); i++) {
		json_t *element = json_array_get(added, i);
		if (id_of(element) != NULL && ids_has(&own_ids, id_of(element)))
			continue;
		note_origin(merge, arena_format(merge->arena, "%s/%s/%zu", at, member, json_array_size(list)),
			arena_format(merge->arena, "%s/%s/%zu", origin, member, i));
		(void)json_array_append(list, element);
	}
	ids_clear(&own_ids);
}

static void merge_variables(struct merge *merge, json_t *script, const json_t *variables)
{
	json_t *to = own_member(script, "variables");
	const char *name;
	json_t *value;
	if (to == NULL && json_is_object(variables)) {
		to = json_object();
		(void)json_object_set_new(script, "variables", to);
	}
	if (!json_is_object(to))
		return;
	json_object_foreach((json_t *)variables, name, value)
	{
		if (json_object_get(to, name) != NULL || strcmp(name, "note") == 0)
			continue;
		const char *pointer = arena_format(merge->arena, "/variables/%s", name);
		note_origin(merge, pointer, pointer);
		(void)json_object_set(to, name, value);
	}
}

/* A fragment may answer in a stage; which stages are treated, the script says. */
static void merge_stages(struct merge *merge, json_t *script, const json_t *stages)
{
	json_t *to = own_member(script, "stages");
	for (size_t i = 0; i < json_array_size(stages); i++) {
		const json_t *from = json_array_get(stages, i);
		const char *id = json_string_value(json_object_get(from, "stage"));
		for (size_t j = 0; id != NULL && j < json_array_size(to); j++) {
			const char *name = json_string_value(json_object_get(json_array_get(to, j), "stage"));
			if (name == NULL || strcmp(name, id) != 0)
				continue;
			json_t *stage = json_copy(json_array_get(to, j));
			(void)json_array_set_new(to, j, stage);
			merge_list(merge, stage, arena_format(merge->arena, "/stages/%zu", j), from,
				arena_format(merge->arena, "/stages/%zu", i), "rules");
		}
	}
}

void merge_fragment(json_t *script, const json_t *fragment, const struct dialogue_source *source, struct arena *arena,
	struct origins *origins)
{
	struct merge merge = {source, arena, origins};
	const char *member;
	json_t *value;
	if (!json_is_object(script))
		return;
	json_object_foreach((json_t *)fragment, member, value)
	{
		if (is_among(own, sizeof own / sizeof own[0], member))
			continue;
		if (is_among(lists, sizeof lists / sizeof lists[0], member)) {
			merge_list(&merge, script, "", fragment, "", member);
		} else if (strcmp(member, "variables") == 0) {
			merge_variables(&merge, script, value);
		} else if (strcmp(member, "stages") == 0) {
			merge_stages(&merge, script, value);
		} else if (json_object_get(script, member) == NULL) {
			const char *pointer = arena_format(arena, "/%s", member);
			note_origin(&merge, pointer, pointer);
			(void)json_object_set(script, member, value);
		}
	}
}

void merge_contrast(json_t *script, const json_t *contrast, const struct dialogue_source *source, struct arena *arena,
	struct origins *origins)
{
	const char *mode = json_string_value(json_object_get(script, "mode"));
	const json_t *prompts = json_object_get(contrast, "prompts");
	/* What the script took over from a fragment is the fragment's still. */
	json_t *own_prompts = json_object_get(script, "prompts");
	json_t *to = json_is_array(own_prompts) ? json_copy(own_prompts) : json_array();
	(void)json_object_set_new(script, "prompts", to);
	for (size_t i = 0; i < json_array_size(prompts); i++) {
		const json_t *prompt = json_array_get(prompts, i);
		const char *during = json_string_value(json_object_get(prompt, "during"));
		if (mode == NULL || during == NULL || (strcmp(during, mode) != 0 && strcmp(during, "both") != 0))
			continue;
		origins_add(origins, arena, arena_format(arena, "/prompts/%zu", json_array_size(to)), source,
			arena_format(arena, "/prompts/%zu", i));
		json_t *copy = json_copy((json_t *)prompt);
		(void)json_object_del(copy, "during");
		(void)json_array_append_new(to, copy);
	}
}
