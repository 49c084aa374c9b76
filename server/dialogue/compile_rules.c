/* SPDX-License-Identifier: Apache-2.0 */
#include "compile_case.h"
#include "ids.h"

#include <limits.h>
#include <string.h>

#define VARIANTS_WANTED 3

static const struct {
	const char *name;
	enum disclose disclose;
	const char *because;
} discloses[] = {
	{"named", DISCLOSE_NAMED, "opens what comes next on the topic that the message names"},
	{"deeper", DISCLOSE_DEEPER, "opens what comes next on the topic that is open"},
	{"next", DISCLOSE_NEXT, "opens what comes next"},
	{"short", DISCLOSE_SHORT, "gives a short answer and reveals nothing"},
	{"again", DISCLOSE_AGAIN, "has nothing more to open on this topic"},
};

struct script_changes compile_changes(struct compiler *c, const json_t *object, const struct place *up)
{
	const json_t *set = json_object_get(object, "set");
	struct place place = place_member(up, "set");
	struct script_change *changes = arena_array(c->arena, json_object_size(set), sizeof *changes);
	size_t count = 0;
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)set, name, value)
	{
		struct place at = place_member(&place, name);
		if (strcmp(name, "note") == 0)
			continue;
		int index = compile_find(c, &c->variables, name, DIAGNOSTIC_UNKNOWN_VARIABLE, "variables", &at);
		if (index == SCRIPT_NONE)
			continue;
		bool absolute = json_is_object(value);
		const json_t *amount = absolute ? json_object_get(value, "to") : value;
		changes[count++] = (struct script_change){(unsigned)index, (int)json_integer_value(amount), absolute};
	}
	return (struct script_changes){changes, count};
}

static void compile_disclose(struct compiler *c, const json_t *object, const struct place *up, struct script_rule *rule)
{
	const json_t *value = json_object_get(object, "disclose");
	struct place place = place_member(up, "disclose");
	if (json_object_get(value, "topic") != NULL) {
		int index = compile_find(c, &c->topics, json_string_value(json_object_get(value, "topic")),
			DIAGNOSTIC_UNKNOWN_TOPIC, "topics", &place);
		rule->disclose = index == SCRIPT_NONE ? DISCLOSE_NOTHING : DISCLOSE_TOPIC;
		rule->disclosure = index == SCRIPT_NONE ? 0 : (unsigned)index;
	} else if (json_is_object(value)) {
		int index = compile_find(c, &c->disclosures, json_string_value(json_object_get(value, "id")),
			DIAGNOSTIC_UNKNOWN_DISCLOSURE, "disclosures", &place);
		rule->disclose = index == SCRIPT_NONE ? DISCLOSE_NOTHING : DISCLOSE_ID;
		rule->disclosure = index == SCRIPT_NONE ? 0 : (unsigned)index;
	}
	for (size_t i = 0; json_is_string(value) && i < sizeof discloses / sizeof discloses[0]; i++)
		if (strcmp(json_string_value(value), discloses[i].name) == 0)
			rule->disclose = discloses[i].disclose;
}

/* "STATE", "STAGE" or "STAGE.history"; a state wins where a stage has the same id. */
static void compile_go(struct compiler *c, const json_t *object, const struct place *up, struct script_rule *rule)
{
	const char *target = json_string_value(json_object_get(object, "go"));
	if (target == NULL)
		return;
	struct place place = place_member(up, "go");
	for (size_t i = 0; i < c->states.count; i++)
		if (strcmp(c->states.names[i], target) == 0) {
			rule->go = GO_STATE;
			rule->target = (unsigned)i;
			return;
		}
	const char *dot = strchr(target, '.');
	const char *stage = dot == NULL ? target : arena_copy(c->arena, target, (size_t)(dot - target));
	for (size_t i = 0; i < c->stages.count; i++)
		if (strcmp(c->stages.names[i], stage) == 0) {
			rule->go = dot != NULL ? GO_HISTORY : GO_STAGE;
			rule->target = (unsigned)i;
			return;
		}
	compile_find(c, dot != NULL ? &c->stages : &c->states, stage,
		dot != NULL ? DIAGNOSTIC_UNKNOWN_STAGE : DIAGNOSTIC_UNKNOWN_STATE, dot != NULL ? "stages" : "states",
		&place);
}

static void compile_feedback(struct compiler *c, const json_t *object, const struct place *up, struct script_rule *rule)
{
	const json_t *value = json_object_get(object, "feedback");
	struct place place = place_member(up, "feedback");
	bool silent = json_is_false(value) || c->dialogue->info.drill; /* an exercise is its own feedback */
	rule->feedback = silent ? FEEDBACK_NONE : FEEDBACK_OF_PACK;
	if (!json_is_string(value) || c->alone)
		return;
	int index = compile_find(
		c, &c->feedback, json_string_value(value), DIAGNOSTIC_UNKNOWN_FEEDBACK, "feedback entries", &place);
	if (index == SCRIPT_NONE)
		return;
	rule->feedback = index;
	c->fed |= SCRIPT_BIT(index);
}

/* The rule in plain words, from what it reacts to and what it does, when its author wrote none. */
static const char *because_of(struct compiler *c, const struct script_rule *rule)
{
	struct buffer text = {0};
	unsigned named = 0;
	uint32_t techniques = condition_techniques(rule->when, false);
	if (techniques != UINT32_MAX)
		for (unsigned id = 0; id < TECHNIQUE_COUNT; id++) {
			const char *name = technique_pack_name(c->dialogue->pack, (enum technique_id)id);
			if ((techniques & (uint32_t)SCRIPT_BIT(id)) != 0 && name != NULL)
				buffer_format(&text, "%s%s", named++ == 0 ? "Reacts to: " : ", ", name);
		}
	if (named == 0)
		buffer_text(&text, rule->when == NULL ? "Reacts to any message" : "Reacts to this kind of message");
	for (size_t i = 0; i < sizeof discloses / sizeof discloses[0]; i++)
		if (discloses[i].disclose == rule->disclose)
			buffer_format(&text, "; %s", discloses[i].because);
	buffer_char(&text, '.');
	const char *because = arena_copy(c->arena, text.data, text.length);
	buffer_clear(&text);
	return because;
}

static void check_rule(struct compiler *c, const struct script_rule *rule, const struct place *place)
{
	if (rule->client.count == 0 && rule->guide.count == 0 && rule->disclose == DISCLOSE_NOTHING)
		report(&c->reporter, DIAGNOSTIC_SILENT_RULE, place, NULL, "The rule \"%s\" says nothing.", rule->id);
	struct place right = place_member(place, rule->right ? "right" : "free");
	if ((rule->right || rule->free) && !c->dialogue->info.drill && !c->temperament)
		report(&c->reporter, DIAGNOSTIC_VALUE, &right, "Remove it; exercises are for drills.",
			"Only a drill has exercises.");
	if (rule->disclose != DISCLOSE_NOTHING) {
		struct place disclose = place_member(place, "disclose");
		if (rule->go_on)
			report(&c->reporter, DIAGNOSTIC_VALUE, &disclose, "Take it out, or take \"go_on\" out.",
				"A rule that lets the rest of the message through cannot disclose anything.");
		return;
	}
	struct place go_on = place_member(place, "go_on");
	if (rule->go_on && rule->go != GO_NOWHERE)
		report(&c->reporter, DIAGNOSTIC_VALUE, &go_on, "Let the rule that answers the rest go there.",
			"A rule that lets the rest of the message through cannot go anywhere.");
	struct place grant = place_member(place, "grant");
	if (rule->go_on && rule->grant)
		report(&c->reporter, DIAGNOSTIC_VALUE, &grant, "Let the rule that answers the rest agree to it.",
			"A rule that lets the rest of the message through cannot agree to be told something.");
	compile_needs_plain(c, rule->client, place, "client");
	if (rule->client.count == 0)
		compile_needs_plain(c, rule->guide, place, "guide");
	struct place client = place_member(place, "client");
	if (rule->client.count > 0 && rule->client.count < VARIANTS_WANTED && !rule->once && !rule->right)
		report(&c->reporter, DIAGNOSTIC_FEW_VARIANTS, &client, NULL, "The rule \"%s\" has %u variant%s.",
			rule->id, rule->client.count, rule->client.count == 1 ? "" : "s");
}

/* Conditions that tie a rule to words or to a moment of the conversation. The guard is no moment: it comes and goes. */
static bool knows_more(const struct compiler *c, const struct condition *condition)
{
	if (condition == NULL)
		return false;
	switch (condition->kind) {
	case CONDITION_COUNTER:
		return condition->counter != COUNTER_WORDS && condition->counter != COUNTER_SINCE &&
		       (condition->counter != COUNTER_TURNS || condition->most < INT_MAX);
	case CONDITION_PREMATURE:
		return condition->mask != 0;
	case CONDITION_DISCLOSED:
	case CONDITION_LAST_DISCLOSED:
	case CONDITION_FOLLOWS:
	case CONDITION_FLAG:
	case CONDITION_PERMISSION:
	case CONDITION_PHRASE:
		return true;
	case CONDITION_NOT:
		return false;
	case CONDITION_VARIABLE:
		return (int)condition->index != c->dialogue->guarded;
	default:
		for (size_t i = 0; i < condition->count; i++)
			if (knows_more(c, &condition->children[i]))
				return true;
		return false;
	}
}

#define ASKS_FEW 4

static bool is_loose(const struct compiler *c, const struct script_rule *rule)
{
	bool narrow = rule->topics != 0 && __builtin_popcount(condition_asks(rule->when)) <= ASKS_FEW;
	bool leads_on = rule->disclose == DISCLOSE_ID || rule->disclose == DISCLOSE_TOPIC || rule->go != GO_NOWHERE;
	return !rule->go_on && !rule->once && !narrow && !leads_on && !knows_more(c, rule->when);
}

/* All but its number, which says where it stands in its list. */
static void read_rule(struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule)
{
	struct place when = place_member(place, "when");
	if (json_object_get(object, "id") != NULL)
		rule->id = compile_text(c, object, "id");
	rule->pointer = place_pointer(place, c->arena);
	rule->written = compile_written(c, rule->pointer);
	rule->when = compile_condition(c, json_object_get(object, "when"), &when);
	rule->topics = condition_topics(rule->when);
	rule->client = compile_lines(c, object, place, "client");
	rule->guide = compile_lines(c, object, place, "guide");
	compile_disclose(c, object, place, rule);
	rule->set = compile_changes(c, object, place);
	compile_go(c, object, place, rule);
	compile_feedback(c, object, place, rule);
	rule->once = rule->once || json_is_true(json_object_get(object, "once"));
	rule->go_on = json_is_true(json_object_get(object, "go_on"));
	rule->grant = json_is_true(json_object_get(object, "grant"));
	rule->right = json_is_true(json_object_get(object, "right"));
	rule->free = json_is_true(json_object_get(object, "free"));
	if (json_object_get(object, "because") != NULL)
		rule->because = compile_text(c, object, "because");
	if (rule->because == NULL)
		rule->because = because_of(c, rule);
	rule->samples = compile_texts(c, json_object_get(object, "samples"), &rule->sample_count);
	rule->near = compile_texts(c, json_object_get(object, "near"), &rule->near_count);
	rule->loose = is_loose(c, rule);
	check_rule(c, rule, place);
}

void compile_follow_up_rule(
	struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule)
{
	rule->once = true;
	rule->because = "Asked on about what was just said.";
	read_rule(c, object, place, rule);
}

void compile_answer_rule(struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule)
{
	rule->once = true;
	rule->because = "Asked much the same as an example.";
	read_rule(c, object, place, rule);
	rule->number = (unsigned)c->dialogue->rule_count++;
	if (rule->number == SCRIPT_RULES_MAX)
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, place, NULL, "There are more than %d rules and answers.",
			SCRIPT_RULES_MAX);
}

static void compile_rule(struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule)
{
	read_rule(c, object, place, rule);
	rule->number = (unsigned)c->dialogue->rule_count++;
	if (rule->number == SCRIPT_RULES_MAX)
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, place, NULL, "There are more than %d rules.",
			SCRIPT_RULES_MAX);
	compile_follow_ups(c, object, place, rule->id, rule->client, 0);
}

/* A rule after one that always answers is dead. */
static void check_shadows(struct compiler *c, const struct script_rules *rules, const struct place *place)
{
	for (size_t i = 0; i + 1 < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		if (rule->when != NULL || rule->once || rule->go_on || rule->disclose != DISCLOSE_NOTHING)
			continue;
		for (size_t j = i + 1; j < rules->count; j++) {
			struct place later = place_item(place, j);
			report(&c->reporter, DIAGNOSTIC_SHADOWED_RULE, &later, NULL,
				"\"%s\" can never answer: \"%s\" before it always does.", rules->rules[j].id, rule->id);
		}
		return;
	}
}

struct script_rules compile_rules(struct compiler *c, const json_t *object, const struct place *up)
{
	const json_t *list = json_object_get(object, "rules");
	struct place place = place_member(up, "rules");
	size_t count = json_array_size(list);
	struct script_rules rules = {arena_array(c->arena, count, sizeof *rules.rules), count,
		arena_array(c->arena, count, sizeof *rules.kinds), arena_array(c->arena, count, sizeof *rules.gates)};
	for (size_t i = 0; i < count; i++) {
		struct place element = place_item(&place, i);
		compile_rule(c, json_array_get(list, i), &element, &rules.rules[i]);
		compile_gate(&rules, i);
	}
	check_shadows(c, &rules, &place);
	return rules;
}

void compile_rule_ids(struct compiler *c, const struct script_rules *lists, size_t count)
{
	struct ids ids;
	size_t rules = 0;
	for (size_t l = 0; l < count; l++)
		rules += lists[l].count;
	ids_init(&ids, rules);
	for (size_t l = 0; l < count; l++)
		for (size_t r = 0; r < lists[l].count; r++)
			if (!ids_add(&ids, lists[l].rules[r].id))
				report_at(&c->reporter, DIAGNOSTIC_DUPLICATE_ID, lists[l].rules[r].pointer, NULL,
					"A rule \"%s\" is there already.", lists[l].rules[r].id);
	ids_clear(&ids);
}
