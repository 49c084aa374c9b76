/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include <string.h>

#define GROUP_MEMBERS                                                                                                  \
	{"patterns", MEMBER_TEXTS, false}, {"phrases", MEMBER_TEXTS, false}, {"whole", MEMBER_TEXTS, false},           \
	{                                                                                                              \
		"not", MEMBER_TEXTS, false                                                                             \
	}

static const struct member rule_members[] = {
	GROUP_MEMBERS,
	{"also", MEMBER_TEXTS, false},
	{"id", MEMBER_TEXT, true},
	{"technique", MEMBER_TEXT, true},
	{"family", MEMBER_TEXT, false},
	{"form", MEMBER_TEXT, false},
	{"focus", MEMBER_TEXT, false},
	{"where", MEMBER_OBJECT, false},
	{"reason", MEMBER_TEXT, true},
	{"confidence", MEMBER_NUMBER, true},
	{"points", MEMBER_OBJECT, false},
	{"samples", MEMBER_LIST, false},
	{"near", MEMBER_LIST, false},
	{0},
};

/* What only votes names no technique of its own: its points do. */
static const struct member cue_members[] = {
	GROUP_MEMBERS,
	{"also", MEMBER_TEXTS, false},
	{"id", MEMBER_TEXT, true},
	{"points", MEMBER_OBJECT, true},
	{"where", MEMBER_OBJECT, false},
	{"because", MEMBER_TEXT, true},
	{"focus", MEMBER_TEXT, false},
	{"samples", MEMBER_LIST, false},
	{"near", MEMBER_LIST, false},
	{0},
};

static const struct member where_members[] = {
	{"mark", MEMBER_BOOLEAN, false},
	{"asked", MEMBER_BOOLEAN, false},
	{"alone", MEMBER_BOOLEAN, false},
	{"check", MEMBER_BOOLEAN, false},
	{"first", MEMBER_BOOLEAN, false},
	{"mode", MEMBER_TEXT, false},
	{"words_at_least", MEMBER_NUMBER, false},
	{"words_at_most", MEMBER_NUMBER, false},
	{"shared_at_least", MEMBER_NUMBER, false},
	{"shared_at_most", MEMBER_NUMBER, false},
	{"echo_at_least", MEMBER_NUMBER, false},
	{"after", MEMBER_TEXT, false},
	{0},
};

static const struct member focus_members[] = {GROUP_MEMBERS, {"id", MEMBER_TEXT, true}, {0}};
static const struct member list_members[] = {GROUP_MEMBERS, {0}};
static const struct member safety_members[] = {
	GROUP_MEMBERS,
	{"id", MEMBER_TEXT, true},
	{"guide", MEMBER_TEXT, true},
	{"samples", MEMBER_LIST, false},
	{"near", MEMBER_LIST, false},
	{0},
};
static const struct member privacy_members[] = {
	{"id", MEMBER_TEXT, true},
	{"pattern", MEMBER_TEXT, true},
	{"has", MEMBER_TEXT, false},
	{"check", MEMBER_TEXT, false},
	{"mask", MEMBER_TEXT, true},
	{"samples", MEMBER_TEXTS, false},
	{"near", MEMBER_TEXTS, false},
	{0},
};

static void unknown(struct pack_reading *reading, const char *member, const char *value)
{
	size_t before = read_enter(reading, member);
	read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", value);
	read_leave(reading, before);
}

static void read_where(struct pack_reading *reading, const json_t *where, struct pack_rule *rule)
{
	static const char *const modes[] = {"coaching", "mentoring"};
	size_t before = read_enter(reading, "where");
	rule->mark = rule->asked = rule->alone = rule->mode = rule->first = -1;
	if (where != NULL && read_members(reading, where, where_members)) {
		rule->mark = (int8_t)read_choice(where, "mark");
		rule->asked = (int8_t)read_choice(where, "asked");
		rule->alone = (int8_t)read_choice(where, "alone");
		rule->check = read_choice(where, "check") == 1;
		rule->first = (int8_t)read_choice(where, "first");
		rule->words_least = (uint16_t)read_number(reading, where, "words_at_least", 0, 0, 1000);
		rule->words_most = (uint16_t)read_number(reading, where, "words_at_most", 0, 1, 1000);
		rule->shared_least = (uint16_t)read_number(reading, where, "shared_at_least", 0, 0, 100);
		rule->shared_most = (uint16_t)read_number(reading, where, "shared_at_most", UINT16_MAX, 0, 100);
		rule->echo_least = (uint8_t)read_number(reading, where, "echo_at_least", 0, 0, 100);
		const char *mode = read_text(reading, where, "mode");
		for (int8_t i = 0; mode != NULL && i < 2; i++)
			rule->mode = strcmp(mode, modes[i]) == 0 ? i : rule->mode;
		if (mode != NULL && rule->mode < 0)
			unknown(reading, "mode", mode);
		const char *after = read_text(reading, where, "after");
		size_t inside = read_enter(reading, "after");
		if (after != NULL)
			rule->after = read_pattern(reading, after, false);
		read_leave(reading, inside);
	} else {
		rule->shared_most = UINT16_MAX;
	}
	read_leave(reading, before);
}

static void read_ids(struct pack_reading *reading, const json_t *object, struct pack_rule *rule)
{
	const char *technique = read_text(reading, object, "technique");
	const char *family = read_text(reading, object, "family");
	const char *form = read_text(reading, object, "form");
	const char *focus = read_text(reading, object, "focus");
	if (technique != NULL &&
		(!technique_parse(technique, &rule->technique) || rule->technique == TECHNIQUE_UNCLASSIFIED ||
			rule->technique == TECHNIQUE_MULTIPLE_QUESTIONS))
		unknown(reading, "technique", technique);
	rule->family = technique_family_of(rule->technique);
	if (family != NULL && !technique_family_parse(family, &rule->family))
		unknown(reading, "family", family);
	rule->form_by_words = rule->family == TECHNIQUE_QUESTION;
	if (form != NULL) {
		rule->form_by_words = strcmp(form, "words") == 0;
		if (!rule->form_by_words && !technique_form_parse(form, &rule->form))
			unknown(reading, "form", form);
	}
	if (focus != NULL && !technique_focus_parse(focus, &rule->focus))
		unknown(reading, "focus", focus);
}

void read_points(struct pack_reading *reading, const json_t *object, int16_t points[TECHNIQUE_COUNT])
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)object, name, value)
	{
		enum technique_id id;
		size_t before = read_enter(reading, name);
		if (!technique_parse(name, &id) || id == TECHNIQUE_MULTIPLE_QUESTIONS)
			read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", name);
		else if (!json_is_integer(value) || json_integer_value(value) < -POINTS_MAX ||
			 json_integer_value(value) > POINTS_MAX)
			read_problem(reading, PACK_WRONG_VALUE, "a whole number from -%d to %d is expected", POINTS_MAX,
				POINTS_MAX);
		else
			points[id] = (int16_t)json_integer_value(value);
		read_leave(reading, before);
	}
}

/* A default without points gives its own technique its confidence. */
static const int16_t *read_own_points(struct pack_reading *reading, const json_t *object, const struct pack_rule *rule)
{
	int16_t *points = arena_array(reading->pack->arena, TECHNIQUE_COUNT, sizeof *points);
	size_t before = read_enter(reading, "points");
	if (rule != NULL && json_object_get(object, "points") == NULL)
		points[rule->technique] = (int16_t)rule->confidence;
	read_points(reading, json_object_get(object, "points"), points);
	read_leave(reading, before);
	return points;
}

static void report_duplicate(struct pack_reading *reading, const struct pack_rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->count; i++) {
		if (strcmp(rules->list[i].id, id) == 0)
			read_problem(reading, PACK_DUPLICATE_ID, "\"%s\"", id);
	}
}

/* The id is there and nobody else's, and there are samples. */
static bool read_own_id(struct pack_reading *reading, const json_t *object, struct pack_rule *rule, const char *reason)
{
	const struct technique_pack *pack = reading->pack;
	rule->id = read_text(reading, object, "id");
	rule->reason = read_text(reading, object, reason);
	if (rule->id == NULL || rule->reason == NULL)
		return false;
	report_duplicate(reading, &pack->rules, rule->id);
	report_duplicate(reading, &pack->defaults, rule->id);
	report_duplicate(reading, &pack->cues, rule->id);
	return true;
}

static bool has_samples(const json_t *object)
{
	return json_array_size(json_object_get(object, "samples")) > 0 &&
	       json_array_size(json_object_get(object, "near")) > 0;
}

static void read_rule(struct pack_reading *reading, const json_t *object, struct pack_rules *rules, bool votes)
{
	struct pack_rule *rule = &rules->list[rules->count];
	if (!read_members(reading, object, rule_members) || !read_own_id(reading, object, rule, "reason"))
		return;
	if (!has_samples(object))
		read_problem(reading, PACK_NO_SAMPLES, "\"%s\"", rule->id);
	rule->confidence = (int)read_number(reading, object, "confidence", 50, 0, 100);
	read_ids(reading, object, rule);
	read_where(reading, json_object_get(object, "where"), rule);
	rule->points = votes ? read_own_points(reading, object, rule) : NULL;
	rule->group = read_group(reading, object, (uint32_t)rules->count, GROUP_OF_RULE);
	if (rule->group.count == 0)
		read_problem(reading, PACK_MISSING_MEMBER, "\"patterns\", \"phrases\" or \"whole\"");
	rules->count++;
}

static void read_sure_rule(struct pack_reading *reading, const json_t *object)
{
	read_rule(reading, object, &reading->pack->rules, false);
}

static void read_default(struct pack_reading *reading, const json_t *object)
{
	read_rule(reading, object, &reading->pack->defaults, true);
}

static void read_cue(struct pack_reading *reading, const json_t *object)
{
	struct pack_rules *cues = &reading->pack->cues;
	struct pack_rule *cue = &cues->list[cues->count];
	if (!read_members(reading, object, cue_members) || !read_own_id(reading, object, cue, "because"))
		return;
	const char *focus = read_text(reading, object, "focus");
	if (focus != NULL && !technique_focus_parse(focus, &cue->focus))
		unknown(reading, "focus", focus);
	read_where(reading, json_object_get(object, "where"), cue);
	cue->points = read_own_points(reading, object, NULL);
	cue->group = read_group(reading, object, (uint32_t)cues->count, GROUP_OF_RULE);
	if (cue->group.count > 0 && !has_samples(object))
		read_problem(reading, PACK_NO_SAMPLES, "\"%s\"", cue->id);
	if (cue->group.count == 0 && json_object_get(object, "where") == NULL)
		read_problem(reading, PACK_MISSING_MEMBER, "\"patterns\", \"phrases\", \"whole\" or \"where\"");
	if (cue->group.count == 0)
		reading->pack->bare[reading->pack->bare_count++] = cue;
	cues->count++;
}

typedef void read_item(struct pack_reading *reading, const json_t *object);

static void each(struct pack_reading *reading, const json_t *root, const char *name, read_item *read)
{
	size_t index;
	const json_t *item;
	size_t before = read_enter(reading, name);
	json_array_foreach(json_object_get(root, name), index, item)
	{
		size_t inside = read_enter_index(reading, index);
		read(reading, item);
		read_leave(reading, inside);
	}
	read_leave(reading, before);
}

static void read_focus(struct pack_reading *reading, const json_t *object)
{
	struct technique_pack *pack = reading->pack;
	if (!read_members(reading, object, focus_members))
		return;
	struct pack_focus *focus = &pack->focuses[pack->focus_count];
	const char *id = read_text(reading, object, "id");
	if (id != NULL && !technique_focus_parse(id, &focus->focus))
		unknown(reading, "id", id);
	focus->group = read_group(reading, object, (uint32_t)pack->focus_count, GROUP_IN_SENTENCE);
	pack->focus_count++;
}

static void read_asks(struct pack_reading *reading, const json_t *object)
{
	struct technique_pack *pack = reading->pack;
	if (!read_members(reading, object, focus_members))
		return;
	struct pack_asks *asks = &pack->asks[pack->asks_count];
	const char *id = read_text(reading, object, "id");
	if (id != NULL && !technique_asks_parse(id, &asks->asks))
		unknown(reading, "id", id);
	asks->group = read_group(reading, object, (uint32_t)pack->asks_count, GROUP_IN_SENTENCE);
	pack->asks_count++;
}

static void read_safety(struct pack_reading *reading, const json_t *object)
{
	struct technique_pack *pack = reading->pack;
	if (!read_members(reading, object, safety_members))
		return;
	struct pack_safety *safety = &pack->safeties[pack->safety_count];
	safety->id = read_text(reading, object, "id");
	safety->guide = read_text(reading, object, "guide");
	if (safety->id == NULL || safety->guide == NULL)
		return;
	safety->group = read_group(reading, object, (uint32_t)pack->safety_count, GROUP_IN_MESSAGE);
	pack->safety_count++;
}

static void read_privacy(struct pack_reading *reading, const json_t *object)
{
	struct technique_pack *pack = reading->pack;
	if (!read_members(reading, object, privacy_members))
		return;
	if (pack->privacy_count == PRIVACY_MAX) {
		read_problem(reading, PACK_TOO_MANY, "%d privacy rules", PRIVACY_MAX);
		return;
	}
	struct pack_privacy *privacy = &pack->privacies[pack->privacy_count];
	const char *pattern = read_text(reading, object, "pattern");
	const char *check = read_text(reading, object, "check");
	privacy->id = read_text(reading, object, "id");
	privacy->has = read_text(reading, object, "has");
	privacy->mask = read_text(reading, object, "mask");
	privacy->mod11 = check != NULL && strcmp(check, "mod11") == 0;
	if (check != NULL && !privacy->mod11)
		unknown(reading, "check", check);
	if (privacy->id == NULL || privacy->mask == NULL || pattern == NULL)
		return;
	size_t before = read_enter(reading, "pattern");
	privacy->pattern = read_pattern(reading, pattern, true);
	read_leave(reading, before);
	if (privacy->pattern.code != NULL)
		pack->privacy_count++;
}

static struct pack_group read_named_group(
	struct pack_reading *reading, const json_t *root, const char *name, enum group_use use)
{
	struct pack_group group = {0};
	const json_t *object = json_object_get(root, name);
	size_t before = read_enter(reading, name);
	if (object != NULL && read_members(reading, object, list_members))
		group = read_group(reading, object, 0, use);
	read_leave(reading, before);
	return group;
}

static size_t size_of(const json_t *root, const char *name)
{
	return json_array_size(json_object_get(root, name)) + 1;
}

static void read_rule_list(
	struct pack_reading *reading, const json_t *root, const char *name, struct pack_rules *rules, read_item *read)
{
	struct technique_pack *pack = reading->pack;
	rules->list = arena_array(pack->arena, size_of(root, name), sizeof *rules->list);
	rules->from = pack->pattern_count;
	each(reading, root, name, read);
	rules->to = pack->pattern_count;
}

void read_rules(struct pack_reading *reading, const json_t *root)
{
	struct technique_pack *pack = reading->pack;
	struct arena *arena = pack->arena;
	pack->focuses = arena_array(arena, size_of(root, "focus"), sizeof *pack->focuses);
	pack->asks = arena_array(arena, size_of(root, "asks"), sizeof *pack->asks);
	pack->safeties = arena_array(arena, size_of(root, "safety"), sizeof *pack->safeties);
	pack->privacies = arena_array(arena, size_of(root, "privacy"), sizeof *pack->privacies);
	/* First what is looked for in whole messages, so that those keys have the low numbers. */
	each(reading, root, "safety", read_safety);
	pack->jargon = read_named_group(reading, root, "jargon", GROUP_IN_MESSAGE);
	pack->clauses = read_named_group(reading, root, "clauses", GROUP_IN_MESSAGE);
	prepare_rules(reading, root);
	read_rule_list(reading, root, "rules", &pack->rules, read_sure_rule);
	read_rule_list(reading, root, "defaults", &pack->defaults, read_default);
	pack->bare = arena_array(arena, size_of(root, "cues"), sizeof *pack->bare);
	read_rule_list(reading, root, "cues", &pack->cues, read_cue);
	size_t before = read_enter(reading, "start");
	read_points(reading, json_object_get(root, "start"), pack->vote.start);
	read_leave(reading, before);
	each(reading, root, "focus", read_focus);
	each(reading, root, "asks", read_asks);
	pack->open_form = read_named_group(reading, root, "open_form", GROUP_IN_SENTENCE);
	each(reading, root, "privacy", read_privacy);

	before = read_enter(reading, "openers");
	const char *openers = read_text(reading, root, "openers");
	if (openers != NULL)
		pack->openers = read_pattern(reading, openers, false);
	read_leave(reading, before);
}
