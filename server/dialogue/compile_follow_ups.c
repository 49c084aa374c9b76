/* SPDX-License-Identifier: Apache-2.0 */
/* "then": what is answered when the next message asks on about a line. Follow-ups are rules that only the lines they
 * belong to bring into play; what an author leaves unsaid about when they hold is added here, as conditions. */
#include "compile_case.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define BIT(id) ((uint32_t)1 << TECHNIQUE_##id)

/* Moves that ask on, give back or stay with what was said. Whoever advises, comforts, asks for a plan or for the end of the
 * talk does something else, and the levels answer it. */
#define ASKS_ON                                                                                                        \
	(BIT(OPEN_QUESTION) | BIT(CLOSED_QUESTION) | BIT(WHY_QUESTION) | BIT(HYPOTHETICAL_QUESTION) |                  \
		BIT(FUTURE_QUESTION) | BIT(CLARIFYING_QUESTION) | BIT(SIMPLE_REFLECTION) | BIT(COMPLEX_REFLECTION) |   \
		BIT(EMPATHY) | BIT(UNCLASSIFIED))

#define GUARDS_MAX 4

static void add_group(struct compiler *c, struct compile_follow_up group)
{
	struct compile_follow_ups *f = &c->follow_ups;
	if (f->group_count == f->group_capacity) {
		f->group_capacity = f->group_capacity == 0 ? 64 : f->group_capacity * 2;
		f->groups = memory_grow(f->groups, f->group_capacity, sizeof *f->groups);
	}
	f->groups[f->group_count++] = group;
}

static struct script_rule *add_rule(struct compiler *c)
{
	struct compile_follow_ups *f = &c->follow_ups;
	if (f->rule_count == f->rule_capacity) {
		f->rule_capacity = f->rule_capacity == 0 ? 128 : f->rule_capacity * 2;
		f->rules = memory_grow(f->rules, f->rule_capacity, sizeof *f->rules);
	}
	f->rules[f->rule_count] = (struct script_rule){0};
	return &f->rules[f->rule_count++];
}

void compile_follow_ups(struct compiler *c, const json_t *object, const struct place *up, const char *owner,
	struct script_lines lines, uint64_t topics)
{
	const json_t *list = json_object_get(object, "then");
	struct place place = place_member(up, "then");
	size_t count = json_array_size(list);
	if (count == 0)
		return;
	if (c->dialogue->info.drill) {
		report(&c->reporter, DIAGNOSTIC_VALUE, &place, "Take \"then\" out.",
			"In a drill nobody asks on about a line: each message is one try.");
		return;
	}
	if (lines.count == 0) {
		report(&c->reporter, DIAGNOSTIC_VALUE, &place, "Write \"then\" at the disclosure that is told.",
			"Nobody can ask on about \"%s\": it has no lines of its own.", owner);
		return;
	}
	struct compile_follow_up group = {lines, topics, c->follow_ups.rule_count, count};
	for (size_t i = 0; i < count; i++) {
		struct place element = place_item(&place, i);
		struct script_rule *rule = add_rule(c);
		rule->id = arena_format(c->arena, "%s_then_%zu", owner, i + 1);
		compile_follow_up_rule(c, json_array_get(list, i), &element, rule);
	}
	add_group(c, group);
}

static void number_lines(struct dialogue *d, uint16_t *line_groups, struct script_lines lines, size_t group)
{
	for (unsigned v = lines.first; v < lines.first + lines.count; v++)
		for (unsigned i = 0; i < d->variants[v].line_count; i++)
			line_groups[d->variants[v].first_line + i] = (uint16_t)(group + 1);
}

void compile_follow_ups_number(struct compiler *c)
{
	struct dialogue *d = c->dialogue;
	struct compile_follow_ups *f = &c->follow_ups;
	struct script_rule *rules = arena_array(c->arena, f->rule_count, sizeof *rules);
	struct script_gate *gates = arena_array(c->arena, f->rule_count, sizeof *gates);
	uint64_t *kinds = arena_array(c->arena, f->rule_count, sizeof *kinds);
	uint16_t *line_groups = arena_array(c->arena, d->line_count, sizeof *line_groups);
	struct script_rules *groups = arena_array(c->arena, f->group_count, sizeof *groups);
	memset(line_groups, 0, d->line_count * sizeof *line_groups);
	for (size_t i = 0; i < f->rule_count; i++) {
		rules[i] = f->rules[i];
		rules[i].number = (unsigned)d->rule_count++;
	}
	for (size_t g = 0; g < f->group_count; g++) {
		const struct compile_follow_up *group = &f->groups[g];
		groups[g] = (struct script_rules){
			rules + group->first, group->count, kinds + group->first, gates + group->first};
		number_lines(d, line_groups, group->lines, g);
		/* Asking on may go on: what a follow-up says leaves the others open. */
		for (size_t i = 0; i < group->count; i++)
			number_lines(d, line_groups, groups[g].rules[i].client, g);
	}
	if (d->rule_count > SCRIPT_RULES_MAX)
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, NULL, NULL, "There are more than %d rules and follow-ups.",
			SCRIPT_RULES_MAX);
	d->follow_ups = (struct script_rules){rules, f->rule_count, kinds, gates};
	d->follow_up_groups = groups;
	d->follow_up_group_count = f->group_count;
	d->line_follow_ups = line_groups;
	d->line_follow_up_count = d->line_count;
}

/* Topics that somebody who asks on may name: those of the lines themselves, and whatever no story belongs to. */
static uint64_t topics_nearby(struct compiler *c, const struct compile_follow_up *group)
{
	const struct dialogue *d = c->dialogue;
	uint64_t topics = group->topics;
	for (unsigned v = group->lines.first; v < group->lines.first + group->lines.count; v++)
		for (unsigned i = 0; i < d->variants[v].line_count; i++)
			topics |= c->follow_ups.line_topics[d->variants[v].first_line + i];
	return topics | ~d->told_topics;
}

static bool asks_for_variable(const struct condition *condition, int variable)
{
	if (condition == NULL)
		return false;
	if (condition->kind == CONDITION_VARIABLE)
		return (int)condition->index == variable;
	for (size_t i = 0; i < condition->count; i++)
		if (asks_for_variable(&condition->children[i], variable))
			return true;
	return false;
}

static void add_guards(struct compiler *c, struct script_rule *rule, uint64_t nearby)
{
	const struct dialogue *d = c->dialogue;
	struct condition *all = arena_array(c->arena, GUARDS_MAX, sizeof *all);
	struct condition *elsewhere = arena_array(c->arena, 1, sizeof *elsewhere);
	struct condition *whole = arena_array(c->arena, 1, sizeof *whole);
	unsigned count = 0;
	if (rule->when != NULL)
		all[count++] = *rule->when;
	if (condition_techniques(rule->when, true) == UINT32_MAX)
		all[count++] = (struct condition){.kind = CONDITION_TECHNIQUE, .mask = ASKS_ON};
	if (rule->topics == 0 && !condition_says(rule->when) && ~nearby != 0) {
		*elsewhere = (struct condition){.kind = CONDITION_TOPIC, .mask = ~nearby};
		all[count++] = (struct condition){.kind = CONDITION_NOT, .children = elsewhere, .count = 1};
	}
	if (d->guarded != SCRIPT_NONE && !asks_for_variable(rule->when, d->guarded))
		all[count++] = (struct condition){.kind = CONDITION_VARIABLE,
			.index = (unsigned)d->guarded,
			.least = d->info.variables[d->guarded].least,
			.most = 0};
	*whole = (struct condition){.kind = CONDITION_ALL, .children = all, .count = count};
	rule->when = whole;
}

void compile_follow_ups_finish(struct compiler *c)
{
	struct dialogue *d = c->dialogue;
	for (size_t i = 0; i < d->info.disclosure_count; i++)
		if (!d->topics[d->disclosures[i].topic].aside)
			d->told_topics |= SCRIPT_BIT(d->disclosures[i].topic);
	for (size_t g = 0; g < c->follow_ups.group_count; g++) {
		uint64_t nearby = topics_nearby(c, &c->follow_ups.groups[g]);
		const struct script_rules *group = &d->follow_up_groups[g];
		for (size_t i = 0; i < group->count; i++) {
			add_guards(c, &group->rules[i], nearby);
			compile_gate(group, i);
		}
	}
	free(c->follow_ups.groups);
	free(c->follow_ups.rules);
	free(c->follow_ups.line_topics);
	c->follow_ups = (struct compile_follow_ups){0};
}
