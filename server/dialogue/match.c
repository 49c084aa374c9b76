/* SPDX-License-Identifier: Apache-2.0 */
/* Which rule answers: the first that fits, from the most particular level to the most general. */
#include "step.h"

static bool may_open(const struct step *step, unsigned index)
{
	const struct script_disclosure *disclosure = &step->dialogue->disclosures[index];
	return (step->run->disclosed & SCRIPT_BIT(index)) == 0 &&
	       opener_fits(&disclosure->opened_by, step->moment.primary) &&
	       condition_check(disclosure->needs, &step->moment) == VERDICT_YES;
}

static bool open_first(const struct step *step, uint64_t topics, struct opening *out)
{
	const struct dialogue *d = step->dialogue;
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		unsigned index = d->disclosure_order[i];
		unsigned topic = d->disclosures[index].topic;
		if ((topics & SCRIPT_BIT(topic)) != 0 && may_open(step, index)) {
			*out = (struct opening){DISCLOSE_ID, index, topic};
			return true;
		}
	}
	return false;
}

static uint64_t open_topic(const struct step *step)
{
	return step->run->topic == SCRIPT_NONE ? 0 : SCRIPT_BIT(step->run->topic);
}

/* What is not told yet first: the short answer stands in for it. */
static bool answer_short(const struct step *step, uint64_t topics, struct opening *out)
{
	const struct dialogue *d = step->dialogue;
	for (int told = 0; told < 2; told++)
		for (size_t i = 0; i < d->info.disclosure_count; i++) {
			unsigned index = d->disclosure_order[i];
			const struct script_disclosure *disclosure = &d->disclosures[index];
			bool is_told = (step->run->disclosed & SCRIPT_BIT(index)) != 0;
			if (is_told == (told == 1) && disclosure->brief.count > 0 &&
				(topics & SCRIPT_BIT(disclosure->topic)) != 0) {
				*out = (struct opening){DISCLOSE_SHORT, index, disclosure->topic};
				return true;
			}
		}
	return false;
}

static bool answer_again(const struct step *step, uint64_t topics, struct opening *out)
{
	for (unsigned i = 0; i < step->dialogue->topic_count; i++)
		if ((topics & SCRIPT_BIT(i)) != 0 && step->dialogue->topics[i].again.count > 0) {
			*out = (struct opening){DISCLOSE_AGAIN, 0, i};
			return true;
		}
	return false;
}

static bool find_opening(const struct step *step, const struct script_rule *rule, struct opening *out)
{
	uint64_t named = step->moment.asked_about;
	switch (rule->disclose) {
	case DISCLOSE_NOTHING:
		out->kind = DISCLOSE_NOTHING;
		return true;
	case DISCLOSE_NAMED:
		return open_first(step, named, out);
	case DISCLOSE_DEEPER:
		return open_first(step, open_topic(step), out);
	case DISCLOSE_NEXT:
		return open_first(step, open_topic(step), out) || open_first(step, SCRIPT_ALL, out);
	case DISCLOSE_SHORT:
		return answer_short(step, named != 0 ? named : open_topic(step), out);
	case DISCLOSE_AGAIN:
		return answer_again(step, named != 0 ? named : open_topic(step), out);
	case DISCLOSE_TOPIC:
		return open_first(step, SCRIPT_BIT(rule->disclosure), out);
	case DISCLOSE_ID:
		*out = (struct opening){
			DISCLOSE_ID, rule->disclosure, step->dialogue->disclosures[rule->disclosure].topic};
		return may_open(step, rule->disclosure);
	}
	return false;
}

enum fit match_rule(const struct step *step, const struct script_rule *rule, struct opening *opening)
{
	uint32_t primary = (uint32_t)1 << step->moment.primary->technique;
	uint32_t asks = (uint32_t)1 << step->moment.primary->asks;
	if ((rule->techniques & primary) == 0 || (rule->asks & asks) == 0 ||
		(rule->topics != 0 && (rule->topics & step->moment.topics) == 0) ||
		(rule->phrase != NULL && condition_check(rule->phrase, &step->moment) != VERDICT_YES))
		return FIT_CONDITION;
	if (rule->once && run_bit(run_fired(step->run), rule->number))
		return FIT_SPENT;
	if (condition_check(rule->when, &step->moment) != VERDICT_YES)
		return FIT_CONDITION;
	if (rule->disclose == DISCLOSE_NOTHING && say_would_repeat(step->run, &step->moment, rule->client))
		return FIT_SPENT;
	return find_opening(step, rule, opening) ? FIT_YES : FIT_NOTHING_TO_TELL;
}

void match_levels(const struct step *step, const struct script_rules *out[MATCH_LEVELS])
{
	const struct dialogue *d = step->dialogue;
	out[ENGINE_STATE] = &d->states[step->run->state].rules;
	out[ENGINE_STAGE] = &d->stages[step->run->stage].rules;
	out[ENGINE_DIALOGUE] = &d->rules;
	out[ENGINE_TEMPERAMENT] = &d->temperament_rules;
}

void match_answer(const struct step *step, const struct script_rule *lead, struct answer *out)
{
	const struct script_rules *levels[MATCH_LEVELS];
	*out = (struct answer){.lead = lead, .level = ENGINE_BUILT_IN};
	match_levels(step, levels);
	for (unsigned level = 0; level < MATCH_LEVELS; level++)
		for (size_t i = 0; i < levels[level]->count; i++) {
			const struct script_rule *rule = &levels[level]->rules[i];
			if ((rule->go_on && lead != NULL) || match_rule(step, rule, &out->opening) != FIT_YES)
				continue;
			out->rule = rule;
			out->level = (enum engine_level)level;
			return;
		}
}
