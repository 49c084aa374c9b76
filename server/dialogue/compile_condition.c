/* SPDX-License-Identifier: Apache-2.0 */
#include "compile.h"

#include <limits.h>
#include <string.h>

/* Index of an id in one of the taxonomy's axes. */
typedef bool parse_index(const char *name, unsigned *index);

static bool parse_technique(const char *name, unsigned *index)
{
	enum technique_id id;
	if (!technique_parse(name, &id))
		return false;
	*index = (unsigned)id;
	return true;
}

static bool parse_family(const char *name, unsigned *index)
{
	enum technique_family family;
	if (!technique_family_parse(name, &family))
		return false;
	*index = (unsigned)family;
	return true;
}

static bool parse_form(const char *name, unsigned *index)
{
	enum technique_form form;
	if (!technique_form_parse(name, &form))
		return false;
	*index = (unsigned)form;
	return true;
}

static bool parse_flag(const char *name, unsigned *index)
{
	enum technique_flag_id flag;
	if (!technique_flag_parse(name, &flag))
		return false;
	*index = (unsigned)flag;
	return true;
}

static bool parse_focus(const char *name, unsigned *index)
{
	enum technique_focus focus;
	if (!technique_focus_parse(name, &focus))
		return false;
	*index = (unsigned)focus;
	return true;
}

static bool parse_asks(const char *name, unsigned *index)
{
	enum technique_asks asks;
	if (!technique_asks_parse(name, &asks))
		return false;
	*index = (unsigned)asks;
	return true;
}

enum member_type {
	MEMBER_AXIS,
	MEMBER_IDS,
	MEMBER_TOPIC,
	MEMBER_PHRASE,
	MEMBER_WORDS,
	MEMBER_FLAG,
	MEMBER_RANGES,
	MEMBER_LIST,
	MEMBER_NOT
};

/* One row for each member of a condition. `names` is the offset of the table of ids in struct compiler. */
static const struct member {
	const char *name;
	enum condition_kind kind;
	enum member_type type;
	parse_index *parse;
	size_t names;
	enum diagnostic unknown;
	const char *what;
} members[] = {
	{"technique", CONDITION_TECHNIQUE, MEMBER_AXIS, parse_technique, 0, 0, NULL},
	{"family", CONDITION_FAMILY, MEMBER_AXIS, parse_family, 0, 0, NULL},
	{"form", CONDITION_FORM, MEMBER_AXIS, parse_form, 0, 0, NULL},
	{"has", CONDITION_HAS, MEMBER_AXIS, parse_technique, 0, 0, NULL},
	{"has_not", CONDITION_HAS_NOT, MEMBER_AXIS, parse_technique, 0, 0, NULL},
	{"flag", CONDITION_FLAG, MEMBER_AXIS, parse_flag, 0, 0, NULL},
	{"focus", CONDITION_FOCUS, MEMBER_AXIS, parse_focus, 0, 0, NULL},
	{"asks", CONDITION_ASKS, MEMBER_AXIS, parse_asks, 0, 0, NULL},
	{"topic", CONDITION_TOPIC, MEMBER_TOPIC, NULL, offsetof(struct compiler, topics), DIAGNOSTIC_UNKNOWN_TOPIC,
		"topics"},
	{"follows", CONDITION_FOLLOWS, MEMBER_IDS, NULL, offsetof(struct compiler, cues), DIAGNOSTIC_UNKNOWN_CUE,
		"cues"},
	{"phrase", CONDITION_PHRASE, MEMBER_PHRASE, NULL, offsetof(struct compiler, phrases), DIAGNOSTIC_UNKNOWN_PHRASE,
		"phrases"},
	{"words", CONDITION_PHRASE, MEMBER_WORDS, NULL, 0, 0, NULL},
	{"disclosed", CONDITION_DISCLOSED, MEMBER_IDS, NULL, offsetof(struct compiler, disclosures),
		DIAGNOSTIC_UNKNOWN_DISCLOSURE, "disclosures"},
	{"not_disclosed", CONDITION_NOT_DISCLOSED, MEMBER_IDS, NULL, offsetof(struct compiler, disclosures),
		DIAGNOSTIC_UNKNOWN_DISCLOSURE, "disclosures"},
	{"last_disclosed", CONDITION_LAST_DISCLOSED, MEMBER_IDS, NULL, offsetof(struct compiler, disclosures),
		DIAGNOSTIC_UNKNOWN_DISCLOSURE, "disclosures"},
	{"open_topic", CONDITION_OPEN_TOPIC, MEMBER_IDS, NULL, offsetof(struct compiler, topics),
		DIAGNOSTIC_UNKNOWN_TOPIC, "topics"},
	{"ready", CONDITION_READY, MEMBER_IDS, NULL, offsetof(struct compiler, stages), DIAGNOSTIC_UNKNOWN_STAGE,
		"stages"},
	{"stage", CONDITION_STAGE, MEMBER_IDS, NULL, offsetof(struct compiler, stages), DIAGNOSTIC_UNKNOWN_STAGE,
		"stages"},
	{"state", CONDITION_STATE, MEMBER_IDS, NULL, offsetof(struct compiler, states), DIAGNOSTIC_UNKNOWN_STATE,
		"states"},
	{"premature", CONDITION_PREMATURE, MEMBER_FLAG, NULL, 0, 0, NULL},
	{"permission", CONDITION_PERMISSION, MEMBER_FLAG, NULL, 0, 0, NULL},
	{"variables", CONDITION_VARIABLE, MEMBER_RANGES, NULL, 0, 0, NULL},
	{"counters", CONDITION_COUNTER, MEMBER_RANGES, NULL, 0, 0, NULL},
	{"all", CONDITION_ALL, MEMBER_LIST, NULL, 0, 0, NULL},
	{"any", CONDITION_ANY, MEMBER_LIST, NULL, 0, 0, NULL},
	{"not", CONDITION_NOT, MEMBER_NOT, NULL, 0, 0, NULL},
};

#define MEMBER_COUNT (sizeof members / sizeof members[0])

static uint64_t axis_bit(
	struct compiler *c, const struct member *member, const json_t *value, const struct place *place)
{
	unsigned index;
	if (member->parse(json_string_value(value), &index))
		return SCRIPT_BIT(index);
	report(&c->reporter, DIAGNOSTIC_VALUE, place, NULL, "\"%s\" is not known.", json_string_value(value));
	return 0;
}

static uint64_t id_bit(struct compiler *c, const struct member *member, const json_t *value, const struct place *place)
{
	const struct names *names = (const struct names *)(const void *)((const char *)c + member->names);
	/* A temperament or a fragment serves cases with other models, so a stage that this case lacks never matches. */
	if (member->kind == CONDITION_STAGE || member->kind == CONDITION_READY) {
		for (size_t i = 0; i < names->count; i++)
			if (strcmp(names->names[i], json_string_value(value)) == 0)
				return SCRIPT_BIT(i);
		if (c->temperament || reporter_is_elsewhere(&c->reporter, place))
			return 0;
	}
	int index = compile_find(c, names, json_string_value(value), member->unknown, member->what, place);
	return index == SCRIPT_NONE ? 0 : SCRIPT_BIT(index);
}

static void compile_mask(struct compiler *c, const struct member *member, const json_t *value,
	const struct place *place, struct condition *out)
{
	uint64_t (*bit)(struct compiler *, const struct member *, const json_t *, const struct place *) =
		member->type == MEMBER_AXIS ? axis_bit : id_bit;
	if (json_is_true(value))
		out->mask = SCRIPT_ALL;
	else if (json_is_string(value))
		out->mask = bit(c, member, value, place);
	for (size_t i = 0; i < json_array_size(value); i++) {
		struct place element = place_item(place, i);
		out->mask |= bit(c, member, json_array_get(value, i), &element);
	}
}

static void compile_variable(struct compiler *c, const char *name, const struct place *place, struct condition *out)
{
	int index = compile_find(c, &c->variables, name, DIAGNOSTIC_UNKNOWN_VARIABLE, "variables", place);
	if (index == SCRIPT_NONE)
		return;
	out->index = (unsigned)index;
	c->read |= (uint32_t)SCRIPT_BIT(index);
	const struct dialogue_variable_info *variable = &c->dialogue->info.variables[index];
	if (c->temperament || c->negations > 0)
		return;
	if (out->least > variable->most || out->most < variable->least || out->least > out->most)
		report(&c->reporter, DIAGNOSTIC_NEVER_HOLDS, place, NULL,
			"\"%s\" runs from %d to %d, so this condition can never hold.", name, variable->least,
			variable->most);
}

struct counter_name {
	const char *prefix;
	enum counter_kind kind;
};
static const struct counter_name plain_counters[] = {{"turns", COUNTER_TURNS}, {"disclosed", COUNTER_DISCLOSED},
	{"right", COUNTER_RIGHT}, {"shown", COUNTER_SHOWN}, {"tries", COUNTER_TRIES}, {"words", COUNTER_WORDS},
	{"questions", COUNTER_QUESTIONS}};
static const struct counter_name indexed_counters[] = {
	{"asked.", COUNTER_ASKED}, {"streak.", COUNTER_STREAK}, {"visits.", COUNTER_VISITS}, {"since.", COUNTER_SINCE}};

static bool counter_index(struct compiler *c, const char *rest, const struct place *place, struct condition *out)
{
	int index;
	switch (out->counter) {
	case COUNTER_STREAK:
		if (parse_family(rest, &out->index)) {
			out->counter = COUNTER_STREAK_FAMILY;
			return true;
		}
		return parse_technique(rest, &out->index);
	case COUNTER_ASKED:
		return parse_technique(rest, &out->index);
	case COUNTER_VISITS:
		index = compile_find(c, &c->states, rest, DIAGNOSTIC_UNKNOWN_STATE, "states", place);
		break;
	default:
		index = compile_find(c, &c->variables, rest, DIAGNOSTIC_UNKNOWN_VARIABLE, "variables", place);
		if (index != SCRIPT_NONE)
			c->read |= (uint32_t)SCRIPT_BIT(index);
		break;
	}
	out->index = index == SCRIPT_NONE ? 0 : (unsigned)index;
	return true;
}

static void compile_counter(struct compiler *c, const char *name, const struct place *place, struct condition *out)
{
	if (c->negations == 0 && (out->least > out->most || out->most < 0))
		report(&c->reporter, DIAGNOSTIC_NEVER_HOLDS, place, NULL,
			"A counter is never below 0 nor both over and under its bounds, so this can never hold.");
	for (size_t i = 0; i < sizeof plain_counters / sizeof plain_counters[0]; i++)
		if (strcmp(name, plain_counters[i].prefix) == 0) {
			out->counter = plain_counters[i].kind;
			return;
		}
	for (size_t i = 0; i < sizeof indexed_counters / sizeof indexed_counters[0]; i++) {
		size_t length = strlen(indexed_counters[i].prefix);
		if (strncmp(name, indexed_counters[i].prefix, length) != 0)
			continue;
		out->counter = indexed_counters[i].kind;
		if (counter_index(c, name + length, place, out))
			return;
	}
	report(&c->reporter, DIAGNOSTIC_UNKNOWN_COUNTER, place, NULL, "There is no counter \"%s\".", name);
}

static void compile_range(struct compiler *c, const struct member *member, const char *name, const json_t *range,
	const struct place *place, struct condition *out)
{
	const json_t *least = json_object_get(range, "at_least");
	const json_t *most = json_object_get(range, "at_most");
	out->kind = member->kind;
	out->least = least != NULL ? (int)json_integer_value(least) : INT_MIN;
	out->most = most != NULL ? (int)json_integer_value(most) : INT_MAX;
	if (member->kind == CONDITION_VARIABLE)
		compile_variable(c, name, place, out);
	else
		compile_counter(c, name, place, out);
}

static void compile_ranges(struct compiler *c, const struct member *member, const json_t *object,
	const struct place *place, struct condition *out)
{
	struct condition *children = arena_array(c->arena, json_object_size(object), sizeof *children);
	unsigned count = 0;
	const char *name;
	json_t *range;
	json_object_foreach((json_t *)object, name, range)
	{
		struct place at = place_member(place, name);
		if (strcmp(name, "note") != 0)
			compile_range(c, member, name, range, &at, &children[count++]);
	}
	out->kind = CONDITION_ALL;
	out->children = children;
	out->count = count;
}

static void compile_object(struct compiler *c, const json_t *object, const struct place *place, struct condition *out);

static void compile_list(struct compiler *c, const json_t *list, const struct place *place, struct condition *out)
{
	struct condition *children = arena_array(c->arena, json_array_size(list), sizeof *children);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct place element = place_item(place, i);
		compile_object(c, json_array_get(list, i), &element, &children[i]);
	}
	out->children = children;
	out->count = (unsigned)json_array_size(list);
}

static void compile_not(struct compiler *c, const json_t *object, const struct place *place, struct condition *out)
{
	struct condition *child = arena_alloc(c->arena, sizeof *child);
	c->negations++;
	compile_object(c, object, place, child);
	c->negations--;
	out->children = child;
	out->count = 1;
}

/* One id, or any of several. */
static void compile_phrase(struct compiler *c, const struct member *member, const json_t *value,
	const struct place *place, struct condition *out)
{
	unsigned count = json_is_string(value) ? 1 : (unsigned)json_array_size(value);
	struct condition *children = arena_array(c->arena, count, sizeof *children);
	for (unsigned i = 0; i < count; i++) {
		struct place element = place_item(place, i);
		bool list = json_is_array(value);
		const char *id = json_string_value(list ? json_array_get(value, i) : value);
		int index = compile_find(c, &c->phrases, id, member->unknown, member->what, list ? &element : place);
		children[i].kind = CONDITION_PHRASE;
		children[i].index = index == SCRIPT_NONE ? 0 : (unsigned)index;
	}
	*out = (struct condition){.kind = CONDITION_ANY, .children = children, .count = count};
	if (count == 1)
		*out = children[0];
}

static int name_index(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->names[i], name) == 0)
			return (int)i;
	return SCRIPT_NONE;
}

/* What a message is about: topics, and lists of phrases that are none. */
static void compile_topic(struct compiler *c, const struct member *member, const json_t *value,
	const struct place *place, struct condition *out)
{
	const bool list = json_is_array(value);
	size_t count = list ? json_array_size(value) : 1;
	unsigned phrases = 0;
	struct condition *children = arena_array(c->arena, count + 1, sizeof *children);
	for (size_t i = 0; i < count && !json_is_true(value); i++) {
		const json_t *element = list ? json_array_get(value, i) : value;
		struct place item = place_item(place, i);
		const char *id = json_string_value(element);
		int phrase = name_index(&c->topics, id) == SCRIPT_NONE ? name_index(&c->phrases, id) : SCRIPT_NONE;
		if (phrase == SCRIPT_NONE)
			out->mask |= id_bit(c, member, element, list ? &item : place);
		else
			children[++phrases] = (struct condition){.kind = CONDITION_PHRASE, .index = (unsigned)phrase};
	}
	if (json_is_true(value))
		out->mask = SCRIPT_ALL;
	children[0] = *out;
	if (phrases > 0)
		*out = (struct condition){.kind = CONDITION_ANY,
			.children = out->mask != 0 ? children : children + 1,
			.count = out->mask != 0 ? phrases + 1 : phrases};
}

static void compile_member(struct compiler *c, const struct member *member, const json_t *value,
	const struct place *place, struct condition *out)
{
	out->kind = member->kind;
	if (member->kind == CONDITION_READY && c->readiness)
		report(&c->reporter, DIAGNOSTIC_VALUE, place, "Say what has to hold instead.",
			"Whether a stage is ready cannot hang on whether a stage is ready.");
	switch (member->type) {
	case MEMBER_AXIS:
	case MEMBER_IDS:
		compile_mask(c, member, value, place, out);
		break;
	case MEMBER_TOPIC:
		compile_topic(c, member, value, place, out);
		break;
	case MEMBER_PHRASE:
		compile_phrase(c, member, value, place, out);
		break;
	case MEMBER_WORDS:
		out->index = compile_phrases(c, NULL, value, place);
		break;
	case MEMBER_FLAG:
		out->mask = json_is_true(value) ? 1 : 0;
		break;
	case MEMBER_RANGES:
		compile_ranges(c, member, value, place, out);
		break;
	case MEMBER_LIST:
		compile_list(c, value, place, out);
		break;
	case MEMBER_NOT:
		compile_not(c, value, place, out);
		break;
	}
}

/* The values of an object by the rows of the table. There are many rows and seldom more than two values. */
static void find_members(const json_t *object, const json_t *values[MEMBER_COUNT])
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)object, name, value)
	{
		for (size_t i = 0; i < MEMBER_COUNT; i++)
			if (members[i].name[0] == name[0] && strcmp(members[i].name, name) == 0)
				values[i] = value;
	}
}

static bool has_children(const struct condition *condition)
{
	return condition->kind == CONDITION_ALL || condition->kind == CONDITION_ANY || condition->kind == CONDITION_NOT;
}

/* All of several conditions, side by side: what takes one look first, as most do not hold. */
static void join(struct compiler *c, const struct condition *parts, unsigned part_count, struct condition *out)
{
	unsigned most = 0, count = 0;
	for (unsigned i = 0; i < part_count; i++)
		most += parts[i].kind == CONDITION_ALL ? parts[i].count : 1;
	struct condition *children = arena_array(c->arena, most, sizeof *children);
	for (int later = 0; later < 2; later++)
		for (unsigned i = 0; i < part_count; i++) {
			bool whole = parts[i].kind != CONDITION_ALL;
			const struct condition *of = whole ? &parts[i] : parts[i].children;
			for (unsigned k = 0; k < (whole ? 1 : parts[i].count); k++)
				if (has_children(&of[k]) == (later == 1))
					children[count++] = of[k];
		}
	*out = (struct condition){.kind = CONDITION_ALL, .children = children, .count = count};
}

static void compile_object(struct compiler *c, const json_t *object, const struct place *place, struct condition *out)
{
	const json_t *values[MEMBER_COUNT] = {NULL};
	struct condition parts[MEMBER_COUNT];
	unsigned count = 0;
	find_members(object, values);
	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		struct place at = place_member(place, members[i].name);
		if (values[i] == NULL)
			continue;
		parts[count] = (struct condition){0};
		compile_member(c, &members[i], values[i], &at, &parts[count++]);
	}
	if (count == 1)
		*out = parts[0];
	else
		join(c, parts, count, out);
}

const struct condition *compile_condition(struct compiler *c, const json_t *value, const struct place *place)
{
	if (value == NULL)
		return NULL;
	struct condition *condition = arena_alloc(c->arena, sizeof *condition);
	compile_object(c, value, place, condition);
	return condition->kind == CONDITION_ALL && condition->count == 0 ? NULL : condition;
}
