/* SPDX-License-Identifier: Apache-2.0 */
/* What a condition asks of a message at the least: for the gates of rules, and for the checks. */
#include "compile.h"
#include "moment.h"

/* What belongs to no family in the taxonomy may be put as a question or as a statement. */
static uint32_t techniques_of_families(uint64_t families)
{
	uint32_t mask = 0;
	for (unsigned id = 0; id < TECHNIQUE_COUNT; id++) {
		enum technique_family family = technique_family_of((enum technique_id)id);
		if (family == TECHNIQUE_OTHER || (families & SCRIPT_BIT(family)) != 0)
			mask |= (uint32_t)1 << id;
	}
	return mask;
}

uint32_t condition_techniques(const struct condition *condition, bool by_family)
{
	uint32_t mask = UINT32_MAX;
	if (condition == NULL)
		return mask;
	switch (condition->kind) {
	case CONDITION_TECHNIQUE:
		return (uint32_t)condition->mask;
	case CONDITION_FAMILY:
		return by_family ? techniques_of_families(condition->mask) : mask;
	case CONDITION_ALL:
		for (size_t i = 0; i < condition->count; i++)
			mask &= condition_techniques(&condition->children[i], by_family);
		return mask;
	case CONDITION_ANY:
		mask = 0;
		for (size_t i = 0; i < condition->count; i++)
			mask |= condition_techniques(&condition->children[i], by_family);
		return mask;
	default:
		return mask;
	}
}

uint64_t condition_topics(const struct condition *condition)
{
	uint64_t mask = 0;
	if (condition == NULL)
		return 0;
	switch (condition->kind) {
	case CONDITION_TOPIC:
		return condition->mask;
	case CONDITION_ALL:
		for (size_t i = 0; i < condition->count && mask == 0; i++)
			mask = condition_topics(&condition->children[i]);
		return mask;
	case CONDITION_ANY:
		for (size_t i = 0; i < condition->count; i++) {
			uint64_t one = condition_topics(&condition->children[i]);
			if (one == 0)
				return 0;
			mask |= one;
		}
		return mask;
	default:
		return 0;
	}
}

uint32_t condition_asks(const struct condition *condition)
{
	uint32_t mask = UINT32_MAX;
	if (condition != NULL && condition->kind == CONDITION_ASKS)
		return (uint32_t)condition->mask;
	for (size_t i = 0; condition != NULL && condition->kind == CONDITION_ALL && i < condition->count; i++)
		mask &= condition_asks(&condition->children[i]);
	return mask;
}

bool condition_says(const struct condition *condition)
{
	if (condition != NULL && condition->kind == CONDITION_PHRASE)
		return true;
	for (size_t i = 0; condition != NULL && condition->kind == CONDITION_ALL && i < condition->count; i++)
		if (condition_says(&condition->children[i]))
			return true;
	return false;
}

/* The bits of one member of what a message is (moment_kinds), or all of it where the condition is about something else. */
static uint64_t kinds_of(const struct condition *condition)
{
	static const struct {
		enum condition_kind kind;
		unsigned from, count;
	} members[] = {
		{CONDITION_TECHNIQUE, KINDS_TECHNIQUE, TECHNIQUE_COUNT},
		{CONDITION_ASKS, KINDS_ASKS, TECHNIQUE_ASKS_COUNT},
		{CONDITION_FAMILY, KINDS_FAMILY, TECHNIQUE_FAMILY_COUNT},
		{CONDITION_FORM, KINDS_FORM, TECHNIQUE_FORM_COUNT},
	};
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		if (members[i].kind == condition->kind) {
			uint64_t whole = (SCRIPT_BIT(members[i].count) - 1) << members[i].from;
			return ~whole | (condition->mask << members[i].from & whole);
		}
	return SCRIPT_ALL;
}

/* A message of a kind that is missing here cannot make the condition hold. */
static uint64_t condition_kinds(const struct condition *condition)
{
	uint64_t kinds = condition->kind == CONDITION_ANY ? 0 : SCRIPT_ALL;
	if (condition->kind != CONDITION_ALL && condition->kind != CONDITION_ANY)
		return kinds_of(condition);
	for (size_t i = 0; i < condition->count; i++) {
		uint64_t one = condition_kinds(&condition->children[i]);
		kinds = condition->kind == CONDITION_ALL ? kinds & one : kinds | one;
	}
	return kinds;
}

/* Lists of phrases within a stretch of 64. */
struct stretch {
	unsigned first;
	uint64_t lists; /* counted from the first; 0: none in particular */
};

static struct stretch both(struct stretch a, struct stretch b)
{
	struct stretch none = {0, 0}, joined = a.first <= b.first ? a : b, other = a.first <= b.first ? b : a;
	unsigned apart = other.first - joined.first;
	if (apart >= 64 || (apart > 0 && other.lists >> (64 - apart) != 0))
		return none;
	joined.lists |= other.lists << apart;
	return joined;
}

/* Lists of which a message has to say one for the condition to hold. */
static struct stretch condition_stretch(const struct condition *condition)
{
	struct stretch found = {0, 0};
	if (condition->kind == CONDITION_PHRASE)
		return (struct stretch){condition->index, 1};
	for (size_t i = 0; condition->kind == CONDITION_ALL && i < condition->count && found.lists == 0; i++)
		found = condition_stretch(&condition->children[i]);
	for (size_t i = 0; condition->kind == CONDITION_ANY && i < condition->count; i++) {
		struct stretch one = condition_stretch(&condition->children[i]);
		found = i == 0 || one.lists == 0 ? one : both(found, one);
		if (found.lists == 0)
			break;
	}
	return found;
}

static int16_t within(int value)
{
	return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

/* What a condition that has to hold asks of the conversation so far. */
static void close_gate(struct script_gate *gate, const struct condition *condition)
{
	switch (condition->kind) {
	case CONDITION_ALL:
		for (size_t i = 0; i < condition->count; i++)
			close_gate(gate, &condition->children[i]);
		break;
	case CONDITION_FOLLOWS:
		gate->follows = condition->mask;
		break;
	case CONDITION_FLAG:
		gate->flags = condition->mask;
		break;
	case CONDITION_DISCLOSED:
		gate->told |= condition->mask;
		break;
	case CONDITION_NOT_DISCLOSED:
		gate->untold |= condition->mask;
		break;
	case CONDITION_VARIABLE:
		gate->variable = (uint16_t)condition->index;
		gate->least = within(condition->least);
		gate->most = within(condition->most);
		break;
	default:
		break;
	}
}

void compile_gate(const struct script_rules *rules, size_t index)
{
	const struct condition *condition = rules->rules[index].when;
	struct script_gate *gate = &rules->gates[index];
	*gate = (struct script_gate){
		.phrases = 1, .first_phrase = SCRIPT_NO_PHRASE, .least = INT16_MIN, .most = INT16_MAX};
	if (condition != NULL) {
		struct stretch stretch = condition_stretch(condition);
		gate->topics = condition_topics(condition);
		if (stretch.lists != 0) {
			gate->first_phrase = (uint16_t)stretch.first;
			gate->phrases = stretch.lists;
		}
		close_gate(gate, condition);
	}
	rules->kinds[index] = condition != NULL ? condition_kinds(condition) : SCRIPT_ALL;
}
