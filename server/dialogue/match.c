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

static bool has_any(uint64_t wanted, uint64_t there)
{
	return (wanted == 0) | ((wanted & there) != 0);
}

/* Beside the kinds, which were looked at before. Without a branch, as there is no telling from one rule what the next one
 * wants. */
static bool is_open(const struct script_gate *gate, const struct moment *moment)
{
	const uint64_t *phrases = moment->phrases + gate->first_phrase / 64;
	unsigned shift = gate->first_phrase % 64;
	uint64_t said = (phrases[0] >> shift | phrases[1] << 1 << (63 - shift)) & gate->phrases;
	const struct engine_run *run = moment->run;
	int16_t value = run->variables[gate->variable];
	return (said != 0) & has_any(gate->topics, moment->topics) & has_any(gate->follows, moment->follows) &
	       has_any(gate->flags, moment->flags) & ((gate->told & ~run->disclosed) == 0) &
	       ((gate->untold & run->disclosed) == 0) & (value >= gate->least) & (value <= gate->most);
}

enum fit match_rule(const struct step *step, const struct script_rule *rule, struct opening *opening)
{
	if (rule->once && run_bit(run_fired(step->run), rule->number))
		return FIT_SPENT;
	if (condition_check(rule->when, &step->moment) != VERDICT_YES)
		return FIT_CONDITION;
	if (rule->disclose == DISCLOSE_NOTHING && say_would_repeat(step->run, &step->moment, rule->client))
		return FIT_SPENT;
	return find_opening(step, rule, opening) ? FIT_YES : FIT_NOTHING_TO_TELL;
}

static const struct script_rules no_rules = {NULL, 0, NULL, NULL};

static const struct script_rules *follow_ups_of(const struct dialogue *d, unsigned line)
{
	bool some = line < d->line_follow_up_count && d->line_follow_ups[line] != 0;
	return some ? &d->follow_up_groups[d->line_follow_ups[line] - 1] : &no_rules;
}

/* Of what was said last: a disclosure comes after the words that lead to it. */
static const struct script_rules *follow_ups_of_said(const struct step *step)
{
	const struct script_rules *found = &no_rules;
	for (unsigned i = step->before->said_count; i-- > 0 && found == &no_rules;)
		found = follow_ups_of(step->dialogue, step->before->said[i]);
	return found;
}

#define ASKS_BACK                                                                                                      \
	(1U << TECHNIQUE_ASKS_NONE | 1U << TECHNIQUE_ASKS_MORE | 1U << TECHNIQUE_ASKS_WHY |                            \
		1U << TECHNIQUE_ASKS_FEELING | 1U << TECHNIQUE_ASKS_MEANING)

/* Of what was told last, though something else was said since: for what people ask of a story rather than of a line. */
static const struct script_rules *follow_ups_of_told(const struct step *step)
{
	const struct dialogue *d = step->dialogue;
	if ((ASKS_BACK & 1U << step->moment.primary->asks) == 0)
		return &no_rules;
	int told = step->before->disclosure;
	struct script_lines lines = {0, 0};
	if (told != SCRIPT_NONE)
		lines = d->disclosures[told].client;
	return lines.count > 0 ? follow_ups_of(d, d->variants[lines.first].first_line) : &no_rules;
}

enum engine_level match_level_of(unsigned list)
{
	return list == MATCH_TOLD ? ENGINE_FOLLOW_UP : (enum engine_level)list;
}

void match_lists(const struct step *step, const struct script_rules *out[MATCH_LISTS])
{
	const struct dialogue *d = step->dialogue;
	const struct script_rules *told = follow_ups_of_told(step);
	out[ENGINE_STATE] = &d->states[step->run->state].rules;
	out[ENGINE_STAGE] = &d->stages[step->run->stage].rules;
	out[ENGINE_DIALOGUE] = &d->rules;
	out[ENGINE_FOLLOW_UP] = follow_ups_of_said(step);
	out[ENGINE_ANSWER] = &no_rules;
	out[ENGINE_TEMPERAMENT] = &d->temperament_rules;
	out[MATCH_TOLD] = told != out[ENGINE_FOLLOW_UP] ? told : &no_rules;
}

/* So many rules at a time, from `first` on; which of those have their gates open, counted from there. */
enum { GATES = 64 };
static size_t open_gates(
	const struct script_rules *rules, const struct moment *moment, size_t first, uint8_t open[GATES])
{
	size_t end = rules->count - first < GATES ? rules->count - first : GATES, likely = 0, count = 0;
	for (size_t i = 0; i < end; i++) {
		open[likely] = (uint8_t)i;
		likely += (moment->kinds & ~rules->kinds[first + i]) == 0;
	}
	for (size_t i = 0; i < likely; i++) {
		open[count] = open[i];
		count += is_open(&rules->gates[first + open[i]], moment);
	}
	return count;
}

const struct script_rule *match_first(
	const struct step *step, const struct script_rules *rules, bool leads, struct opening *opening)
{
	uint8_t open[GATES] = {0};
	for (size_t first = 0; first < rules->count; first += GATES) {
		size_t count = open_gates(rules, &step->moment, first, open);
		for (size_t i = 0; i < count; i++) {
			const struct script_rule *rule = &rules->rules[first + open[i]];
			*opening = (struct opening){.kind = DISCLOSE_NOTHING};
			if ((leads || !rule->go_on) && match_rule(step, rule, opening) == FIT_YES)
				return rule;
		}
	}
	return NULL;
}

static bool first_that_fits(const struct step *step, const struct script_rules *rules, const struct script_rule *lead,
	enum engine_level level, struct answer *out)
{
	struct opening opening;
	const struct script_rule *rule = match_first(step, rules, lead == NULL, &opening);
	if (rule == NULL)
		return false;
	out->opening = opening;
	out->rule = rule;
	out->level = level;
	return true;
}

static bool is_general(const struct answer *answer)
{
	return answer->rule == NULL || (answer->level == ENGINE_TEMPERAMENT && !answer->rule->go_on);
}

/* A rule of the case that knows little more than the kind of message. What no story belongs to is named for its own sake. */
static bool knows_little(const struct step *step, const struct script_rule *rule)
{
	uint64_t names = rule->topics == SCRIPT_ALL ? 0 : rule->topics;
	return rule->loose && (names & step->moment.topics & ~step->dialogue->told_topics) == 0;
}

/* Another story was asked for by its name, and there is some of it to tell. */
static bool turns_to_another(const struct step *step, const struct answer *answer)
{
	return answer->rule->disclose == DISCLOSE_NAMED && (int)answer->opening.topic != step->run->topic;
}

/* Whoever asks on is answered there, unless a rule knows this very message, another story is asked for, or the character,
 * given back what was said, goes on by telling more. */
static bool gives_way(const struct step *step, const struct answer *answer)
{
	bool listened = step->moment.primary->family == TECHNIQUE_REFLECTION;
	if (!is_general(answer) && !knows_little(step, answer->rule))
		return false;
	return answer->opening.kind != DISCLOSE_ID || (!listened && !turns_to_another(step, answer));
}

/* A story that the message names, or that the rule tells to just this message; not the one that happens to come next. */
static bool tells_what_was_asked(const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	return answer->opening.kind == DISCLOSE_ID && rule->disclose != DISCLOSE_NEXT &&
	       rule->disclose != DISCLOSE_DEEPER;
}

/* A moment of the conversation has its own answer, and so has whatever leads somewhere, what the case teaches something
 * about, and a story that the case tells to this very message. */
static bool keeps(const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	bool story = rule != NULL && answer->level == ENGINE_DIALOGUE && tells_what_was_asked(answer);
	return rule != NULL && (answer->level == ENGINE_STATE || answer->level == ENGINE_STAGE || story ||
				       rule->feedback >= 0 || rule->go != GO_NOWHERE || rule->go_on || rule->grant);
}

static void answer_by_example(const struct step *step, struct answer *out)
{
	const struct script_rule *rule = out->rule;
	bool little = is_general(out) || out->level == ENGINE_FOLLOW_UP || knows_little(step, rule) ||
		      out->opening.kind == DISCLOSE_ID;
	enum nearest_than than = rule != NULL && tells_what_was_asked(out) ? NEAREST_THAN_STORY
				 : little                                  ? NEAREST_THAN_LITTLE
									   : NEAREST_THAN_KNOWN;
	struct nearest nearest;
	if (keeps(out) || !nearest_find(step, than, &nearest))
		return;
	out->rule = nearest.rule;
	out->level = ENGINE_ANSWER;
	out->opening = (struct opening){.kind = DISCLOSE_NOTHING};
	out->nearest = nearest;
}

void match_answer(const struct step *step, const struct script_rule *lead, struct answer *out)
{
	static const enum engine_level in_order[] = {ENGINE_STATE, ENGINE_STAGE, ENGINE_DIALOGUE, ENGINE_TEMPERAMENT};
	const struct script_rules *lists[MATCH_LISTS];
	struct answer asked_on = {.lead = lead};
	*out = (struct answer){.lead = lead, .level = ENGINE_BUILT_IN};
	match_lists(step, lists);
	for (size_t i = 0; i < sizeof in_order / sizeof in_order[0] && out->rule == NULL; i++)
		(void)first_that_fits(step, lists[in_order[i]], lead, in_order[i], out);
	if (gives_way(step, out) &&
		(first_that_fits(step, lists[ENGINE_FOLLOW_UP], lead, ENGINE_FOLLOW_UP, &asked_on) ||
			(is_general(out) &&
				first_that_fits(step, lists[MATCH_TOLD], lead, ENGINE_FOLLOW_UP, &asked_on))))
		*out = asked_on;
	answer_by_example(step, out);
}
