/* SPDX-License-Identifier: Apache-2.0 */
#include "drill.h"

#include "merge.h"

#include <string.h>

#define TRIES 3

bool drill_is(const json_t *json)
{
	const char *kind = json_string_value(json_object_get(json, "kind"));
	return kind != NULL && strcmp(kind, "drill") == 0;
}

static void move(json_t *from, const char *member, json_t *to)
{
	json_t *value = json_object_get(from, member);
	if (value != NULL)
		(void)json_object_set(to, member, value);
}

static json_t *state_of(json_t *exercise)
{
	json_t *state = json_object(), *task = json_object();
	(void)json_object_set_new(task, "tries", json_integer(TRIES));
	move(exercise, "task", task);
	move(exercise, "line", task);
	move(exercise, "answer", task);
	move(exercise, "tries", task);
	move(exercise, "id", state);
	move(exercise, "rules", state);
	(void)json_object_set_new(state, "exercise", task);
	return state;
}

void drill_unfold(json_t *drill, const struct dialogue_source *source, struct arena *arena, struct origins *origins)
{
	const json_t *exercises = json_object_get(drill, "exercises");
	json_t *states = json_array();
	for (size_t i = 0; i < json_array_size(exercises); i++) {
		const char *state = arena_format(arena, "/stages/0/states/%zu", i);
		const char *written = arena_format(arena, "/exercises/%zu", i);
		origins_add(origins, arena, state, source, written);
		origins_add(origins, arena, arena_format(arena, "%s/exercise", state), source, written);
		(void)json_array_append_new(states, state_of(json_array_get(exercises, i)));
	}
	const json_t *first = json_array_get(states, 0);
	(void)json_object_set(drill, "start", json_object_get(first, "id"));
	(void)json_object_set_new(drill, "stages", json_pack("[{s:s, s:o}]", "stage", "practice", "states", states));
	(void)json_object_set_new(drill, "model", json_string(DRILL_MODEL));
	(void)json_object_set_new(drill, "temperament", json_string(DRILL_TEMPERAMENT));
}
