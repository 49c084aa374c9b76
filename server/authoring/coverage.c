/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/coverage.h"

#include "askwell/memory.h"

#include <stdlib.h>

/* One row of counts: states, rules, disclosures, endings. */
struct coverage {
	const struct dialogue *dialogue;
	size_t states, rules, disclosures, endings;
	uint64_t *counts;
};

static const struct {
	const char *name, *words;
} groups[COVERAGE_GROUPS] = {
	[COVERAGE_STATES] = {"states", "states"},
	[COVERAGE_STATE_RULES] = {"state_rules", "rules of states"},
	[COVERAGE_STAGE_RULES] = {"stage_rules", "rules of stages"},
	[COVERAGE_DIALOGUE_RULES] = {"dialogue_rules", "rules of the case"},
	[COVERAGE_FOLLOW_UPS] = {"follow_ups", "follow-ups"},
	[COVERAGE_ANSWERS] = {"answers", "answers by example"},
	[COVERAGE_FRAGMENT_RULES] = {"fragment_rules", "rules of fragments"},
	[COVERAGE_TEMPERAMENT_RULES] = {"temperament_rules", "rules of the temperament"},
	[COVERAGE_DISCLOSURES] = {"disclosures", "disclosures"},
	[COVERAGE_ENDINGS] = {"endings", "endings"},
};

const char *coverage_group_name(enum coverage_group group)
{
	return groups[group].name;
}

const char *coverage_group_words(enum coverage_group group)
{
	return groups[group].words;
}

struct coverage *coverage_new(const struct dialogue *dialogue)
{
	struct coverage *coverage = memory_new(sizeof *coverage);
	coverage->dialogue = dialogue;
	coverage->states = inventory_state_count(dialogue);
	coverage->rules = inventory_rule_count(dialogue);
	coverage->disclosures = dialogue_info(dialogue)->disclosure_count;
	coverage->endings = dialogue_info(dialogue)->ending_count;
	coverage->counts = memory_array(coverage_count(coverage), sizeof *coverage->counts);
	return coverage;
}

void coverage_free(struct coverage *coverage)
{
	if (coverage == NULL)
		return;
	free(coverage->counts);
	free(coverage);
}

void coverage_begin(struct coverage *coverage, const char *state)
{
	size_t index = inventory_state_find(coverage->dialogue, state);
	if (index < coverage->states)
		coverage->counts[index]++;
}

void coverage_add(struct coverage *coverage, const struct engine_reply *reply)
{
	uint64_t *rules = coverage->counts + coverage->states;
	uint64_t *disclosures = rules + coverage->rules;
	uint64_t *endings = disclosures + coverage->disclosures;
	coverage_begin(coverage, reply->state);
	if (reply->rule_number > 0)
		rules[reply->rule_number - 1]++;
	if (reply->lead_number > 0)
		rules[reply->lead_number - 1]++;
	if (reply->disclosure != NULL) {
		size_t index = inventory_disclosure_find(coverage->dialogue, reply->disclosure);
		if (index < coverage->disclosures)
			disclosures[index]++;
	}
	if (reply->ending >= 0)
		endings[reply->ending]++;
}

void coverage_merge(struct coverage *to, const struct coverage *from)
{
	for (size_t i = 0; i < coverage_count(to); i++)
		to->counts[i] += from->counts[i];
}

size_t coverage_count(const struct coverage *coverage)
{
	return coverage->states + coverage->rules + coverage->disclosures + coverage->endings;
}

static enum coverage_group group_of(const struct coverage *coverage, const struct inventory_rule *rule)
{
	if (rule->level == ENGINE_TEMPERAMENT)
		return COVERAGE_TEMPERAMENT_RULES;
	if (rule->level == ENGINE_FOLLOW_UP)
		return COVERAGE_FOLLOW_UPS;
	if (rule->level == ENGINE_ANSWER)
		return COVERAGE_ANSWERS;
	if (rule->place.source != dialogue_source_at(coverage->dialogue, 0))
		return COVERAGE_FRAGMENT_RULES;
	if (rule->level == ENGINE_DIALOGUE)
		return COVERAGE_DIALOGUE_RULES;
	return rule->level == ENGINE_STATE ? COVERAGE_STATE_RULES : COVERAGE_STAGE_RULES;
}

static void state_item(const struct coverage *coverage, size_t index, struct coverage_item *out)
{
	struct inventory_state state;
	inventory_state(coverage->dialogue, index, &state);
	out->group = COVERAGE_STATES;
	out->id = state.id;
	out->place = state.place;
}

static void rule_item(const struct coverage *coverage, size_t index, struct coverage_item *out)
{
	struct inventory_rule rule;
	inventory_rule(coverage->dialogue, (unsigned)index + 1, &rule);
	out->group = group_of(coverage, &rule);
	out->id = rule.id;
	out->owner = rule.owner;
	out->place = rule.place;
}

static void disclosure_item(const struct coverage *coverage, size_t index, struct coverage_item *out)
{
	struct inventory_disclosure disclosure;
	inventory_disclosure(coverage->dialogue, index, &disclosure);
	out->group = COVERAGE_DISCLOSURES;
	out->id = disclosure.id;
	out->place = disclosure.place;
}

static void ending_item(const struct coverage *coverage, size_t index, struct coverage_item *out)
{
	out->group = COVERAGE_ENDINGS;
	out->id = dialogue_info(coverage->dialogue)->endings[index].id;
	inventory_ending(coverage->dialogue, index, &out->place);
}

void coverage_item(const struct coverage *coverage, size_t index, struct coverage_item *out)
{
	const struct {
		size_t count;
		void (*fill)(const struct coverage *coverage, size_t index, struct coverage_item *out);
	} parts[] = {
		{coverage->states, state_item},
		{coverage->rules, rule_item},
		{coverage->disclosures, disclosure_item},
		{coverage->endings, ending_item},
	};
	size_t part = 0, within = index;
	*out = (struct coverage_item){.count = coverage->counts[index]};
	while (within >= parts[part].count)
		within -= parts[part++].count;
	parts[part].fill(coverage, within, out);
}

void coverage_sums(const struct coverage *coverage, struct coverage_sum out[COVERAGE_GROUPS])
{
	struct coverage_item item;
	for (unsigned i = 0; i < COVERAGE_GROUPS; i++)
		out[i] = (struct coverage_sum){0, 0};
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		coverage_item(coverage, i, &item);
		out[item.group].all++;
		out[item.group].reached += item.count > 0;
	}
}
