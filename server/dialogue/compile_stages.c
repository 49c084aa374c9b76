/* SPDX-License-Identifier: Apache-2.0 */
#include "compile_case.h"

#include <string.h>

static const json_t *model_stage(const json_t *model, const char *id, unsigned *order)
{
	const json_t *stages = json_object_get(model, "stages");
	for (size_t i = 0; i < json_array_size(stages); i++) {
		const json_t *stage = json_array_get(stages, i);
		if (strcmp(json_string_value(json_object_get(stage, "id")), id) == 0) {
			*order = (unsigned)i;
			return stage;
		}
	}
	return NULL;
}

static uint32_t read_techniques(const json_t *list)
{
	uint32_t mask = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		enum technique_id id;
		if (technique_parse(json_string_value(json_array_get(list, i)), &id))
			mask |= (uint32_t)1 << id;
	}
	return mask;
}

static void read_model_stage(struct compiler *c, const json_t *model, const char *id, const struct place *place,
	struct script_stage *stage, struct dialogue_stage_info *info)
{
	const json_t *found = model_stage(model, id, &stage->order);
	const json_t *hint = json_object_get(found, "hint");
	const json_t *focus = json_object_get(found, "focus");
	info->id = id;
	info->name = compile_text(c, found, "name");
	info->purpose = compile_text(c, found, "purpose");
	stage->listen_for = compile_text(c, hint, "listen_for");
	stage->move = compile_text(c, hint, "move");
	stage->example = compile_text(c, hint, "example");
	for (size_t i = 0; i < json_array_size(focus); i++) {
		enum technique_focus parsed;
		if (technique_focus_parse(json_string_value(json_array_get(focus, i)), &parsed))
			stage->focus |= 1U << parsed;
	}
	stage->techniques = read_techniques(json_object_get(found, "techniques"));
	if (json_object_get(found, "words") != NULL)
		stage->words = compile_words_of(c, found, place);
	struct place at = place_member(place, "stage");
	if (found == NULL)
		report(&c->reporter, DIAGNOSTIC_UNKNOWN_STAGE, &at, NULL, "The model \"%s\" has no stage \"%s\".",
			c->dialogue->info.model_id, id);
}

/* A text or a list of texts, as the one variant that there is. */
static struct script_lines read_bubbles(
	struct compiler *c, const json_t *exercise, const struct place *up, const char *member)
{
	json_t *value = json_object_get(exercise, member);
	json_t *lines = value != NULL ? json_pack("{s:[O]}", member, value) : NULL;
	struct script_lines out = compile_lines(c, lines, up, member);
	json_decref(lines);
	return out;
}

static void read_exercise(struct compiler *c, const json_t *exercise, const struct place *up, size_t index)
{
	if (exercise == NULL || !c->dialogue->info.drill)
		return;
	struct place place = place_member(up, "exercise");
	struct script_exercise *out = &c->dialogue->exercises[index];
	out->task = read_bubbles(c, exercise, &place, "task");
	out->line = read_bubbles(c, exercise, &place, "line");
	out->answer = compile_text(c, exercise, "answer");
	out->tries = (unsigned)json_integer_value(json_object_get(exercise, "tries"));
}

static void read_drill(struct compiler *c, const json_t *script)
{
	struct dialogue *d = c->dialogue;
	const json_t *ask = json_object_get(script, "ask");
	if (!d->info.drill)
		return;
	d->info.exercises = c->states.names;
	d->info.exercise_count = c->states.count;
	d->exercises = arena_array(c->arena, c->states.count, sizeof *d->exercises);
	d->shown_texts = compile_texts(c, json_object_get(script, "shown"), &d->shown_text_count);
	d->info.asked = ask != NULL ? (unsigned)json_integer_value(ask) : (unsigned)c->states.count;
	d->in_order = json_is_true(json_object_get(script, "in_order"));
}

/* In the place of the model's, which holds for every drill. */
static void read_drill_hint(struct compiler *c, const json_t *hint)
{
	struct script_stage *stage = c->dialogue->stages;
	if (hint == NULL || !c->dialogue->info.drill)
		return;
	stage->listen_for = compile_text(c, hint, "listen_for");
	stage->move = compile_text(c, hint, "move");
	stage->example = compile_text(c, hint, "example");
}

static void read_states(struct compiler *c, const json_t *list, const struct place *up, unsigned stage)
{
	struct place place = place_member(up, "states");
	for (size_t i = 0; i < json_array_size(list) && c->dialogue->state_count < c->states.count; i++) {
		const json_t *object = json_array_get(list, i);
		struct place at = place_item(&place, i);
		struct script_state *state = &c->dialogue->states[c->dialogue->state_count++];
		state->id = compile_text(c, object, "id");
		state->pointer = place_pointer(&at, c->arena);
		state->written = compile_written(c, state->pointer);
		state->stage = stage;
		state->enter = compile_lines(c, object, &at, "enter");
		state->final = json_is_true(json_object_get(object, "final"));
		read_exercise(c, json_object_get(object, "exercise"), &at, c->dialogue->state_count - 1);
		state->rules = compile_rules(c, object, &at);
	}
}

static void read_stages(struct compiler *c, const json_t *list, const json_t *model)
{
	struct place place = place_member(NULL, "stages");
	struct dialogue *d = c->dialogue;
	size_t count = json_array_size(list);
	struct dialogue_stage_info *info = arena_array(c->arena, count, sizeof *info);
	d->stages = arena_array(c->arena, count, sizeof *d->stages);
	d->states = arena_array(c->arena, c->states.count, sizeof *d->states);
	d->info.stages = info;
	d->info.stage_count = count;
	for (size_t i = 0; i < count; i++) {
		const json_t *object = json_array_get(list, i);
		const json_t *states = json_object_get(object, "states");
		struct place at = place_item(&place, i);
		struct place ready = place_member(&at, "ready"), done = place_member(&at, "done");
		struct script_stage *stage = &d->stages[i];
		read_model_stage(c, model, c->stages.names[i], &at, stage, &info[i]);
		c->readiness = true;
		stage->ready = compile_condition(c, json_object_get(object, "ready"), &ready);
		c->readiness = false;
		stage->done = compile_condition(c, json_object_get(object, "done"), &done);
		stage->late = compile_lines(c, object, &at, "late");
		stage->rules = compile_rules(c, object, &at);
		stage->first_state = (unsigned)d->state_count;
		read_states(c, states, &at, (unsigned)i);
		stage->state_count = (unsigned)d->state_count - stage->first_state;
	}
}

void compile_stages(struct compiler *c, const json_t *script, const json_t *model)
{
	read_drill(c, script);
	read_stages(c, json_object_get(script, "stages"), model);
	read_drill_hint(c, json_object_get(script, "hint"));
}

void compile_check_model(struct compiler *c, const json_t *model)
{
	const json_t *stages = json_object_get(model, "stages");
	struct place place = place_member(NULL, "stages");
	uint64_t taken = 0;
	compile_names(c, stages, "id", &place);
	for (size_t i = 0; i < json_array_size(stages); i++) {
		const json_t *list = json_object_get(json_array_get(stages, i), "focus");
		struct place stage = place_item(&place, i);
		struct place at = place_member(&stage, "focus");
		for (size_t j = 0; j < json_array_size(list); j++) {
			const char *name = json_string_value(json_array_get(list, j));
			struct place element = place_item(&at, j);
			enum technique_focus focus;
			if (!technique_focus_parse(name, &focus))
				continue;
			if ((taken & SCRIPT_BIT(focus)) != 0)
				report(&c->reporter, DIAGNOSTIC_FOCUS_TWICE, &element, NULL,
					"\"%s\" belongs to an earlier stage.", name);
			taken |= SCRIPT_BIT(focus);
		}
	}
}
