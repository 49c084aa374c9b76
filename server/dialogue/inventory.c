/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/inventory.h"

#include "script.h"

#include "askwell/json_place.h"

#include <string.h>

unsigned inventory_line(const struct inventory_place *place)
{
	unsigned line = 1, column = 1;
	(void)json_place(place->source->text, place->source->length, place->pointer, &line, &column);
	return line;
}

static struct inventory_place place_of(const struct dialogue *dialogue, const struct script_written *written)
{
	unsigned i = 0;
	while (i + 1 < dialogue->source_count && strcmp(dialogue->sources[i].file, written->file) != 0)
		i++;
	return (struct inventory_place){&dialogue->sources[i], written->pointer};
}

size_t inventory_rule_count(const struct dialogue *dialogue)
{
	return dialogue->rule_count;
}

/* A list's numbers follow one another. */
static const struct script_rule *in_list(const struct script_rules *list, unsigned index)
{
	return list->count > 0 && index >= list->rules[0].number && index - list->rules[0].number < list->count
		       ? &list->rules[index - list->rules[0].number]
		       : NULL;
}

static const struct script_rule *find_rule(
	const struct dialogue *d, unsigned index, enum engine_level *level, const char **owner)
{
	const struct script_rule *rule = NULL;
	*owner = NULL;
	for (size_t i = 0; i < d->state_count && rule == NULL; i++) {
		rule = in_list(&d->states[i].rules, index);
		*owner = d->states[i].id;
		*level = ENGINE_STATE;
	}
	for (size_t i = 0; i < d->info.stage_count && rule == NULL; i++) {
		rule = in_list(&d->stages[i].rules, index);
		*owner = d->info.stages[i].id;
		*level = ENGINE_STAGE;
	}
	if (rule != NULL)
		return rule;
	*owner = NULL;
	*level = ENGINE_FOLLOW_UP;
	rule = in_list(&d->follow_ups, index);
	if (rule != NULL)
		return rule;
	*level = ENGINE_ANSWER;
	rule = in_list(&d->answers, index);
	if (rule != NULL)
		return rule;
	rule = in_list(&d->rules, index);
	*level = rule != NULL ? ENGINE_DIALOGUE : ENGINE_TEMPERAMENT;
	return rule != NULL ? rule : in_list(&d->temperament_rules, index);
}

static bool is_stopgap(const struct script_rule *rule)
{
	const struct condition *when = rule->when;
	return rule->disclose == DISCLOSE_NOTHING &&
	       (when == NULL ||
		       (when->kind == CONDITION_TECHNIQUE && when->mask == SCRIPT_BIT(TECHNIQUE_UNCLASSIFIED)));
}

void inventory_rule(const struct dialogue *dialogue, unsigned number, struct inventory_rule *out)
{
	enum engine_level level;
	const char *owner;
	const struct script_rule *rule = find_rule(dialogue, number - 1, &level, &owner);
	*out = (struct inventory_rule){
		.id = rule->id,
		.because = rule->because,
		.level = level,
		.owner = owner,
		.place = place_of(dialogue, &rule->written),
		.samples = rule->samples,
		.sample_count = rule->sample_count,
		.near = rule->near,
		.near_count = rule->near_count,
		.stopgap = level == ENGINE_TEMPERAMENT && is_stopgap(rule),
	};
}

bool inventory_answered_anyhow(const struct dialogue *dialogue, const struct engine_reply *reply)
{
	const struct script_rules *last = &dialogue->temperament_rules;
	if (reply->rule_number == 0)
		return reply->rule != NULL && strcmp(reply->rule, ENGINE_FALLBACK) == 0;
	const struct script_rule *rule = in_list(last, reply->rule_number - 1);
	return rule != NULL && is_stopgap(rule);
}

size_t inventory_state_count(const struct dialogue *dialogue)
{
	return dialogue->state_count;
}

void inventory_state(const struct dialogue *dialogue, size_t index, struct inventory_state *out)
{
	const struct script_state *state = &dialogue->states[index];
	*out = (struct inventory_state){
		.id = state->id,
		.stage = state->stage,
		.final = state->final,
		.place = place_of(dialogue, &state->written),
	};
}

size_t inventory_state_find(const struct dialogue *dialogue, const char *id)
{
	size_t i = 0;
	while (i < dialogue->state_count && strcmp(dialogue->states[i].id, id) != 0)
		i++;
	return i;
}

void inventory_ending(const struct dialogue *dialogue, size_t index, struct inventory_place *out)
{
	*out = place_of(dialogue, &dialogue->endings[index].written);
}

void inventory_disclosure(const struct dialogue *dialogue, size_t index, struct inventory_disclosure *out)
{
	const struct script_disclosure *disclosure = &dialogue->disclosures[index];
	*out = (struct inventory_disclosure){
		.id = disclosure->id,
		.topic = dialogue->topics[disclosure->topic].id,
		.depth = disclosure->depth,
		.place = place_of(dialogue, &disclosure->written),
		.reflect = disclosure->reflect,
		.ask = disclosure->ask,
	};
}

size_t inventory_disclosure_find(const struct dialogue *dialogue, const char *id)
{
	size_t i = 0;
	while (i < dialogue->info.disclosure_count && strcmp(dialogue->disclosures[i].id, id) != 0)
		i++;
	return i;
}

size_t inventory_topic_count(const struct dialogue *dialogue)
{
	return dialogue->topic_count;
}

void inventory_topic(const struct dialogue *dialogue, size_t index, struct inventory_topic *out)
{
	const struct script_topic *topic = &dialogue->topics[index];
	*out = (struct inventory_topic){
		.id = topic->id,
		.name = topic->name,
		.ask = topic->ask,
		.words = topic->word_texts,
		.word_count = topic->word_count,
	};
}
