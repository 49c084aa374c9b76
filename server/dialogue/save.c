/* SPDX-License-Identifier: Apache-2.0 */
/* A run as JSON and back. A stored run is only a cache, so anything that does not fit its dialogue exactly is refused
 * and the turns are replayed instead. */
#include "run.h"

#include "askwell/json_out.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SAVE_VERSION 4
#define SAVE_MAX (64 * 1024)

/* The single numbers of a run. Widths differ, so each row says how wide; `least` and `most` are what can be. */
enum bound {
	BOUND_ANY,
	BOUND_TOPIC,
	BOUND_DISCLOSURE,
	BOUND_VARIANT,
	BOUND_ENDING,
	BOUND_STATE,
	BOUND_STAGE,
	BOUND_TECHNIQUE,
	BOUND_FAMILY,
	BOUND_BOOLEAN,
	BOUND_SAID,
	BOUND_STAGES,
	BOUND_PROMPTS,
	BOUND_OWNER,
	BOUND_RECENT
};

#define FIELD(name, bound, none)                                                                                       \
	{                                                                                                              \
#name, offsetof(struct engine_run, name), sizeof(((struct engine_run *)0)->name), bound, none          \
	}
static const struct field {
	const char *name;
	size_t offset, size;
	enum bound bound;
	bool none; /* SCRIPT_NONE is a value too */
} fields[] = {
	FIELD(turns, BOUND_ANY, false),
	FIELD(ending, BOUND_ENDING, true),
	FIELD(topic, BOUND_TOPIC, true),
	FIELD(disclosure, BOUND_DISCLOSURE, true),
	FIELD(said_topic, BOUND_TOPIC, true),
	FIELD(last_variant, BOUND_VARIANT, true),
	FIELD(opening, BOUND_VARIANT, false),
	FIELD(stages_visited, BOUND_STAGES, false),
	FIELD(stages_done, BOUND_STAGES, false),
	FIELD(prompts, BOUND_PROMPTS, false),
	FIELD(prompted, BOUND_ANY, false),
	FIELD(first_state, BOUND_STATE, false),
	FIELD(tries, BOUND_ANY, false),
	FIELD(streak, BOUND_ANY, false),
	FIELD(family_streak, BOUND_ANY, false),
	FIELD(question_streak, BOUND_ANY, false),
	FIELD(stage, BOUND_STAGE, false),
	FIELD(state, BOUND_STATE, false),
	FIELD(last_technique, BOUND_TECHNIQUE, false),
	FIELD(last_family, BOUND_FAMILY, false),
	FIELD(ended, BOUND_BOOLEAN, false),
	FIELD(permission, BOUND_BOOLEAN, false),
	FIELD(just_said, BOUND_OWNER, false),
	FIELD(story, BOUND_OWNER, false),
	FIELD(next_recent, BOUND_RECENT, false),
};

static int64_t bound_of(const struct dialogue *d, enum bound bound)
{
	switch (bound) {
	case BOUND_ANY:
		return 60000;
	case BOUND_TOPIC:
		return (int64_t)d->topic_count - 1;
	case BOUND_DISCLOSURE:
		return (int64_t)d->info.disclosure_count - 1;
	case BOUND_VARIANT:
		return (int64_t)d->variant_count - 1;
	case BOUND_ENDING:
		return (int64_t)d->info.ending_count - 1;
	case BOUND_STATE:
		return (int64_t)d->state_count - 1;
	case BOUND_STAGE:
		return (int64_t)d->info.stage_count - 1;
	case BOUND_TECHNIQUE:
		return TECHNIQUE_COUNT - 1;
	case BOUND_FAMILY:
		return TECHNIQUE_FAMILY_COUNT - 1;
	case BOUND_BOOLEAN:
		return 1;
	case BOUND_SAID:
		return RUN_SAID_MAX;
	case BOUND_STAGES:
		return ((int64_t)1 << d->info.stage_count) - 1;
	case BOUND_PROMPTS:
		return ((int64_t)1 << d->prompt_count) - 1;
	case BOUND_OWNER:
		return (int64_t)d->owner_count;
	case BOUND_RECENT:
		return RUN_RECENT_MAX - 1;
	}
	return 0;
}

static int64_t read_field(const struct engine_run *run, const struct field *field)
{
	const char *at = (const char *)run + field->offset;
	int16_t narrow;
	uint16_t wide;
	uint32_t widest;
	switch (field->size) {
	case 1:
		return (unsigned char)*at;
	case 2:
		memcpy(&narrow, at, sizeof narrow);
		memcpy(&wide, at, sizeof wide);
		return field->none ? (int64_t)narrow : (int64_t)wide;
	default:
		memcpy(&widest, at, sizeof widest);
		return widest;
	}
}

static void write_field(struct engine_run *run, const struct field *field, int64_t value)
{
	char *at = (char *)run + field->offset;
	uint8_t narrow = (uint8_t)value;
	uint16_t wide = (uint16_t)value;
	uint32_t widest = (uint32_t)value;
	if (field->size == 1)
		memcpy(at, &narrow, 1);
	else if (field->size == 2)
		memcpy(at, &wide, 2);
	else
		memcpy(at, &widest, 4);
}

/* The lists of a run: numbers of one or two bytes. */
enum list_type { LIST_BYTES, LIST_WORDS, LIST_SIGNED };
struct list {
	const char *name;
	void *data;
	size_t count;
	enum list_type type;
	int64_t most;
};
#define LISTS 14

static void lists_of(const struct dialogue *d, struct engine_run *run, struct list out[LISTS])
{
	int64_t lines = (int64_t)d->line_count - 1, states = (int64_t)d->state_count - 1;
	const struct list lists[LISTS] = {
		{"variables", run->variables, run->variable_count, LIST_SIGNED, 0},
		{"since", run_since(run), run->variable_count, LIST_WORDS, 60000},
		{"offered", run_offered(run), run->cue_count, LIST_WORDS, 60001},
		{"visits", run_visits(run), run->state_count, LIST_WORDS, UINT16_MAX},
		{"history", run_history(run), run->stage_count, LIST_BYTES, states},
		{"fired", run_fired(run), run->fired_bytes, LIST_BYTES, UINT8_MAX},
		{"used", run_used(run), run->used_bytes, LIST_BYTES, UINT8_MAX},
		{"entries", run_entries(run), run->entry_count, LIST_BYTES, UINT8_MAX},
		{"asked", run->asked, TECHNIQUE_COUNT, LIST_WORDS, UINT16_MAX},
		{"praised", run->praised, TECHNIQUE_COUNT, LIST_BYTES, UINT8_MAX},
		{"said", run->said, RUN_SAID_MAX, LIST_WORDS, lines},
		{"earlier", run->earlier, RUN_EARLIER_MAX, LIST_WORDS, (int64_t)d->owner_count},
		{"recent", run->recent, RUN_RECENT_MAX, LIST_WORDS, lines + 1},
		{"recent_turn", run->recent_turn, RUN_RECENT_MAX, LIST_WORDS, 60000},
	};
	memcpy(out, lists, sizeof lists);
}

static int64_t list_at(const struct list *list, size_t i)
{
	switch (list->type) {
	case LIST_BYTES:
		return ((const uint8_t *)list->data)[i];
	case LIST_WORDS:
		return ((const uint16_t *)list->data)[i];
	case LIST_SIGNED:
		return ((const int16_t *)list->data)[i];
	}
	return 0;
}

static void list_put(const struct list *list, size_t i, int64_t value)
{
	if (list->type == LIST_BYTES)
		((uint8_t *)list->data)[i] = (uint8_t)value;
	else if (list->type == LIST_WORDS)
		((uint16_t *)list->data)[i] = (uint16_t)value;
	else
		((int16_t *)list->data)[i] = (int16_t)value;
}

/* 64 bits do not fit into every JSON reader's numbers. */
static void put_bits(struct json_out *json, const char *key, uint64_t value)
{
	char text[17];
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++)
		text[i] = digits[value >> (60 - 4 * i) & 15];
	text[16] = '\0';
	json_out_put_text(json, key, text);
}

void engine_save(const struct dialogue *dialogue, const struct engine_run *run, struct buffer *out)
{
	struct json_out json;
	struct list lists[LISTS];
	json_out_init(&json, out);
	json_out_object(&json);
	json_out_put_integer(&json, "version", SAVE_VERSION);
	json_out_put_text(&json, "dialogue", dialogue->hash);
	put_bits(&json, "random", run->random);
	put_bits(&json, "disclosed", run->disclosed);
	put_bits(&json, "cues", run->cues);
	put_bits(&json, "exercises", run->exercises);
	put_bits(&json, "exercises_done", run->exercises_done);
	put_bits(&json, "exercises_right", run->exercises_right);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		json_out_put_integer(&json, fields[i].name, read_field(run, &fields[i]));
	json_out_put_integer(&json, "said_count", run->said_count);
	json_out_key(&json, "previous");
	json_out_bytes(&json, run->previous, run->previous_length);
	lists_of(dialogue, (struct engine_run *)run, lists);
	for (size_t l = 0; l < LISTS; l++) {
		json_out_key(&json, lists[l].name);
		json_out_array(&json);
		for (size_t i = 0; i < lists[l].count; i++)
			json_out_integer(&json, list_at(&lists[l], i));
		json_out_array_end(&json);
	}
	json_out_object_end(&json);
}

static bool load_bits(const json_t *json, const char *key, size_t count, uint64_t *out)
{
	const json_t *value = json_object_get(json, key);
	char *end = NULL;
	if (!json_is_string(value) || json_string_length(value) != 16 ||
		strspn(json_string_value(value), "0123456789abcdef") != 16)
		return false;
	*out = strtoull(json_string_value(value), &end, 16);
	return count >= 64 || *out >> count == 0;
}

static bool load_fields(const struct dialogue *d, const json_t *json, struct engine_run *run)
{
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		const json_t *value = json_object_get(json, fields[i].name);
		int64_t least = fields[i].none ? SCRIPT_NONE : 0;
		if (!json_is_integer(value) || json_integer_value(value) < least ||
			json_integer_value(value) > bound_of(d, fields[i].bound))
			return false;
		write_field(run, &fields[i], json_integer_value(value));
	}
	return d->states[run->state].stage == run->stage;
}

static bool in_range(const struct dialogue *d, const struct list *list, size_t i, int64_t value)
{
	if (list->type == LIST_SIGNED)
		return value >= d->info.variables[i].least && value <= d->info.variables[i].most;
	if (strcmp(list->name, "history") == 0 && value != RUN_NEVER)
		return value >= 0 && value <= list->most && d->states[value].stage == i;
	return value >= 0 && (value <= list->most || (strcmp(list->name, "history") == 0 && value == RUN_NEVER));
}

static bool load_lists(const struct dialogue *d, const json_t *json, struct engine_run *run)
{
	struct list lists[LISTS];
	lists_of(d, run, lists);
	for (size_t l = 0; l < LISTS; l++) {
		const json_t *array = json_object_get(json, lists[l].name);
		if (!json_is_array(array) || json_array_size(array) != lists[l].count)
			return false;
		for (size_t i = 0; i < lists[l].count; i++) {
			const json_t *value = json_array_get(array, i);
			if (!json_is_integer(value) || !in_range(d, &lists[l], i, json_integer_value(value)))
				return false;
			list_put(&lists[l], i, json_integer_value(value));
		}
	}
	return true;
}

static bool load_previous(const json_t *json, struct engine_run *run)
{
	const json_t *previous = json_object_get(json, "previous");
	const json_t *said = json_object_get(json, "said_count");
	if (!json_is_string(previous) || json_string_length(previous) > RUN_PREVIOUS_MAX || !json_is_integer(said) ||
		json_integer_value(said) < 0 || json_integer_value(said) > RUN_SAID_MAX)
		return false;
	memcpy(run->previous, json_string_value(previous), json_string_length(previous));
	run->previous_length = (uint8_t)json_string_length(previous);
	run->said_count = (uint8_t)json_integer_value(said);
	return true;
}

static bool load(const struct dialogue *d, const json_t *json, struct engine_run *run)
{
	return load_bits(json, "random", 64, &run->random) &&
	       load_bits(json, "disclosed", d->info.disclosure_count, &run->disclosed) &&
	       load_bits(json, "cues", d->info.cue_count, &run->cues) &&
	       load_bits(json, "exercises", d->info.exercise_count, &run->exercises) &&
	       load_bits(json, "exercises_done", d->info.exercise_count, &run->exercises_done) &&
	       load_bits(json, "exercises_right", d->info.exercise_count, &run->exercises_right) &&
	       load_fields(d, json, run) && load_lists(d, json, run) && load_previous(json, run);
}

enum status engine_load(
	const struct dialogue *dialogue, const char *text, size_t length, struct engine_run **out, struct error *error)
{
	enum status status = STATUS_OK;
	json_t *json =
		length <= SAVE_MAX ? json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL) : NULL;
	const char *hash = json_string_value(json_object_get(json, "dialogue"));
	*out = run_new(dialogue);
	if (json == NULL || json_integer_value(json_object_get(json, "version")) != SAVE_VERSION)
		status = error_set(error, STATUS_CORRUPT, "run_unreadable",
			"The saved run cannot be read; it is made again from its turns.");
	else if (hash == NULL || strcmp(hash, dialogue->hash) != 0)
		status = error_set(error, STATUS_CORRUPT, "run_of_other_script",
			"The saved run belongs to another version of the script.");
	else if (!load(dialogue, json, *out))
		status = error_set(
			error, STATUS_CORRUPT, "run_out_of_range", "The saved run holds values that cannot be.");
	json_decref(json);
	if (status != STATUS_OK) {
		engine_free(*out);
		*out = NULL;
	}
	return status;
}
