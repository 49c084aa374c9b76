/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

static uint16_t take(size_t *at, size_t bytes)
{
	size_t start = *at;
	*at = (start + bytes + 1) & ~(size_t)1;
	return (uint16_t)start;
}

struct engine_run *run_new(const struct dialogue *d)
{
	size_t variables = d->info.variable_count, cues = d->info.cue_count;
	size_t fired = (d->rule_count + 7) / 8, used = (d->variant_count + 7) / 8;
	struct engine_run layout = {0};
	size_t at = sizeof layout + variables * sizeof(int16_t);
	layout.at_since = take(&at, variables * sizeof(uint16_t));
	layout.at_offered = take(&at, cues * sizeof(uint16_t));
	layout.at_visits = take(&at, d->state_count * sizeof(uint16_t));
	layout.at_history = take(&at, d->info.stage_count);
	layout.at_fired = take(&at, fired);
	layout.at_used = take(&at, used);
	layout.at_entries = take(&at, d->feedback_count);
	struct engine_run *run = memory_new(at);
	run->at_since = layout.at_since;
	run->at_offered = layout.at_offered;
	run->at_visits = layout.at_visits;
	run->at_history = layout.at_history;
	run->at_fired = layout.at_fired;
	run->at_used = layout.at_used;
	run->at_entries = layout.at_entries;
	run->size = (uint32_t)at;
	run->variable_count = (uint16_t)variables;
	run->cue_count = (uint16_t)cues;
	run->state_count = (uint16_t)d->state_count;
	run->stage_count = (uint16_t)d->info.stage_count;
	run->fired_bytes = (uint16_t)fired;
	run->used_bytes = (uint16_t)used;
	run->entry_count = (uint16_t)d->feedback_count;
	run->ending = run->topic = run->disclosure = run->said_topic = run->last_variant = SCRIPT_NONE;
	memset(run_history(run), RUN_NEVER, run->stage_count);
	return run;
}

void run_enter(struct engine_run *run, const struct dialogue *dialogue, unsigned state)
{
	unsigned stage = dialogue->states[state].stage;
	run->state = (uint8_t)state;
	run->stage = (uint8_t)stage;
	run->stages_visited = (uint16_t)(run->stages_visited | 1U << stage);
	run_history(run)[stage] = (uint8_t)state;
	if (run_visits(run)[state] < UINT16_MAX)
		run_visits(run)[state]++;
}

const char *run_concern(const struct dialogue *dialogue, int topic)
{
	if (dialogue->topic_count == 0)
		return "";
	return dialogue->topics[topic == SCRIPT_NONE ? 0 : topic].name;
}

static const struct fill *fill_at(const char *text, const struct fill *fills, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, fills[i].name, strlen(fills[i].name)) == 0)
			return &fills[i];
	return NULL;
}

/* Writes to `out` unless it is NULL; returns the length either way, so that one allocation is enough. */
static size_t fill_into(char *out, const char *text, const struct fill *fills, size_t count)
{
	size_t length = 0;
	while (*text != '\0') {
		const struct fill *fill = *text == '{' ? fill_at(text, fills, count) : NULL;
		size_t part = fill != NULL ? strlen(fill->value) : 1;
		if (out != NULL)
			memcpy(out + length, fill != NULL ? fill->value : text, part);
		length += part;
		text += fill != NULL ? strlen(fill->name) : 1;
	}
	return length;
}

const char *run_fill(struct arena *arena, const char *text, const struct fill *fills, size_t count)
{
	if (text == NULL || strchr(text, '{') == NULL)
		return text;
	char *out = arena_alloc(arena, fill_into(NULL, text, fills, count) + 1);
	fill_into(out, text, fills, count);
	return out;
}

const char *run_line(const struct dialogue *dialogue, unsigned line, int topic, struct arena *arena)
{
	const struct script_line *script = &dialogue->lines[line];
	const struct fill concern = {"{concern}", run_concern(dialogue, topic)};
	return script->template ? run_fill(arena, script->text, &concern, 1) : script->text;
}

struct engine_run *engine_copy(const struct engine_run *run)
{
	struct engine_run *copy = memory_new(run->size);
	memcpy(copy, run, run->size);
	return copy;
}

void engine_free(struct engine_run *run)
{
	free(run);
}

size_t engine_size(const struct engine_run *run)
{
	return run->size;
}

bool engine_equal(const struct engine_run *a, const struct engine_run *b)
{
	return a->size == b->size && memcmp(a, b, a->size) == 0;
}

bool engine_ended(const struct engine_run *run)
{
	return run->ended != 0;
}

int engine_ending(const struct engine_run *run)
{
	return run->ending;
}

unsigned engine_stage(const struct dialogue *dialogue, const struct engine_run *run)
{
	(void)dialogue;
	return run->stage;
}

const char *engine_state(const struct dialogue *dialogue, const struct engine_run *run)
{
	return dialogue->states[run->state].id;
}

int engine_variable(const struct engine_run *run, unsigned variable)
{
	return variable < run->variable_count ? run->variables[variable] : 0;
}

bool engine_disclosed(const struct dialogue *dialogue, const struct engine_run *run, const char *disclosure)
{
	for (size_t i = 0; i < dialogue->info.disclosure_count; i++)
		if (strcmp(dialogue->disclosures[i].id, disclosure) == 0)
			return (run->disclosed & SCRIPT_BIT(i)) != 0;
	return false;
}
