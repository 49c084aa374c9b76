/* SPDX-License-Identifier: Apache-2.0 */
#include "compile_case.h"
#include "reading.h"

#include <string.h>

/* Calls `visit` for the rules of each level of the case; the temperament's come last. */
typedef void visit_rules(void *user, const struct script_rules *rules);

static void each_rules(const struct dialogue *d, visit_rules *visit, void *user)
{
	for (size_t i = 0; i < d->state_count; i++)
		visit(user, &d->states[i].rules);
	for (size_t i = 0; i < d->info.stage_count; i++)
		visit(user, &d->stages[i].rules);
	visit(user, &d->rules);
	visit(user, &d->follow_ups);
	visit(user, &d->answers);
	visit(user, &d->temperament_rules);
}

/* States that can be entered: the start, the first of each stage that a question can lead to, and what `go` names. */
struct reach {
	const struct dialogue *dialogue;
	uint64_t states;
	bool grown;
};

static void reach_state(struct reach *reach, unsigned state)
{
	if (state >= reach->dialogue->state_count || (reach->states & SCRIPT_BIT(state)) != 0)
		return;
	reach->states |= SCRIPT_BIT(state);
	reach->grown = true;
}

static void reach_rules(void *user, const struct script_rules *rules)
{
	struct reach *reach = user;
	for (size_t i = 0; i < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		if (rule->go == GO_STATE)
			reach_state(reach, rule->target);
		else if (rule->go != GO_NOWHERE)
			reach_state(reach, reach->dialogue->stages[rule->target].first_state);
	}
}

static void check_states(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct reach reach = {.dialogue = d};
	if (d->state_count == 0 || d->info.drill)
		return;
	reach_state(&reach, d->start);
	for (size_t i = 0; i < d->info.stage_count; i++)
		if (d->stages[i].focus != 0)
			reach_state(&reach, d->stages[i].first_state);
	reach_rules(&reach, &d->rules);
	for (size_t i = 0; i < d->info.stage_count; i++)
		reach_rules(&reach, &d->stages[i].rules);
	do {
		reach.grown = false;
		for (size_t i = 0; i < d->state_count; i++)
			if ((reach.states & SCRIPT_BIT(i)) != 0)
				reach_rules(&reach, &d->states[i].rules);
	} while (reach.grown);
	for (size_t i = 0; i < d->state_count; i++)
		if ((reach.states & SCRIPT_BIT(i)) == 0)
			report_at(&c->reporter, DIAGNOSTIC_UNREACHABLE_STATE, d->states[i].pointer, NULL,
				"Nothing leads to the state \"%s\".", d->states[i].id);
}

static void check_endings(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "endings");
	size_t count = d->info.ending_count;
	if (d->endings[count - 1].when != NULL)
		report(&c->reporter, DIAGNOSTIC_NO_ENDING, &place, NULL, "Every ending has a condition.");
	bool always = false;
	for (size_t i = 0; i < count; i++) {
		struct place at = place_item(&place, i);
		if (always)
			report(&c->reporter, DIAGNOSTIC_UNREACHABLE_ENDING, &at, NULL,
				"\"%s\" can never be reached: an ending before it has no condition.",
				d->info.endings[i].id);
		if (d->endings[i].when == NULL && d->endings[i].automatic)
			report(&c->reporter, DIAGNOSTIC_VALUE, &at, "Give the ending a \"when\", or remove \"auto\".",
				"\"%s\" would end the conversation after its first turn.", d->info.endings[i].id);
		always = always || d->endings[i].when == NULL;
	}
}

static uint32_t opener_techniques(const struct script_opener *opener)
{
	uint32_t mask = opener->techniques;
	for (unsigned id = 0; id < TECHNIQUE_COUNT; id++) {
		enum technique_family family = technique_family_of((enum technique_id)id);
		if ((opener->families & (1U << family)) != 0 ||
			(opener->open_questions && family == TECHNIQUE_QUESTION))
			mask |= (uint32_t)1 << id;
	}
	return mask;
}

struct openings {
	const struct dialogue *dialogue;
	const uint32_t *openers; /* by disclosure: techniques that open it */
	uint64_t opened;
};

static void open_by_rules(void *user, const struct script_rules *rules)
{
	struct openings *openings = user;
	for (size_t i = 0; i < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		bool any = rule->disclose == DISCLOSE_NAMED || rule->disclose == DISCLOSE_DEEPER ||
			   rule->disclose == DISCLOSE_NEXT;
		const struct script_disclosure *disclosures = openings->dialogue->disclosures;
		uint32_t techniques = condition_techniques(rule->when, true);
		for (size_t j = 0; j < openings->dialogue->info.disclosure_count; j++)
			if ((any || (rule->disclose == DISCLOSE_ID && rule->disclosure == j) ||
				    (rule->disclose == DISCLOSE_TOPIC && rule->disclosure == disclosures[j].topic)) &&
				(techniques & openings->openers[j]) != 0)
				openings->opened |= SCRIPT_BIT(j);
	}
}

static void check_disclosures(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "disclosures");
	uint32_t *openers = arena_array(c->arena, d->info.disclosure_count, sizeof *openers);
	struct openings openings = {.dialogue = d, .openers = openers};
	for (size_t i = 0; i < d->info.disclosure_count; i++)
		openers[i] = opener_techniques(&d->disclosures[i].opened_by);
	each_rules(d, open_by_rules, &openings);
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		struct place at = place_item(&place, i);
		if ((openings.opened & SCRIPT_BIT(i)) == 0)
			report(&c->reporter, DIAGNOSTIC_CLOSED_DISCLOSURE, &at, NULL, "No rule can open \"%s\".",
				d->disclosures[i].id);
	}
}

/* How far `set` can carry each variable, whatever happens. */
struct bounds {
	const struct dialogue *dialogue;
	int least[SCRIPT_VARIABLES_MAX], most[SCRIPT_VARIABLES_MAX];
};

static void widen(struct bounds *bounds, const struct script_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct script_change *change = &changes->changes[i];
		const struct dialogue_variable_info *variable = &bounds->dialogue->info.variables[change->variable];
		int *least = &bounds->least[change->variable], *most = &bounds->most[change->variable];
		if (change->absolute) {
			*least = change->amount < *least ? change->amount : *least;
			*most = change->amount > *most ? change->amount : *most;
		} else if (change->amount > 0) {
			*most = variable->most;
		} else if (change->amount < 0) {
			*least = variable->least;
		}
	}
}

static void widen_by_rules(void *user, const struct script_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		widen(user, &rules->rules[i].set);
}

static bool out_of_reach(const struct bounds *bounds, const struct condition *condition)
{
	if (condition == NULL)
		return false;
	if (condition->kind == CONDITION_VARIABLE)
		return condition->least > bounds->most[condition->index] ||
		       condition->most < bounds->least[condition->index];
	if (condition->kind == CONDITION_COUNTER && condition->counter == COUNTER_DISCLOSED)
		return condition->least > (int)bounds->dialogue->info.disclosure_count;
	for (size_t i = 0; condition->kind == CONDITION_ALL && i < condition->count; i++)
		if (out_of_reach(bounds, &condition->children[i]))
			return true;
	return false;
}

static void check_reach(struct compiler *c, const struct bounds *bounds, const struct condition *condition,
	const char *list, size_t index, const char *member)
{
	struct place place = place_member(NULL, list);
	struct place element = place_item(&place, index);
	struct place at = place_member(&element, member);
	if (out_of_reach(bounds, condition))
		report(&c->reporter, DIAGNOSTIC_NEVER_HOLDS, &at,
			"Let a rule or a disclosure \"set\" what is needed, or ask for less.",
			"Nothing that the case sets can make this hold.");
}

/* Disclosures that must have been made before this one, as far as plain conditions say. */
static uint64_t needed_before(const struct condition *needs)
{
	uint64_t mask = 0;
	if (needs == NULL)
		return 0;
	if (needs->kind == CONDITION_DISCLOSED)
		return needs->mask;
	for (size_t i = 0; needs->kind == CONDITION_ALL && i < needs->count; i++)
		mask |= needed_before(&needs->children[i]);
	return mask;
}

static void check_circles(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "disclosures");
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		uint64_t before = needed_before(d->disclosures[i].needs), seen = 0;
		while (before != seen) {
			seen = before;
			for (size_t j = 0; j < d->info.disclosure_count; j++)
				if ((seen & SCRIPT_BIT(j)) != 0)
					before |= needed_before(d->disclosures[j].needs);
		}
		struct place element = place_item(&place, i);
		struct place at = place_member(&element, "needs");
		if ((before & SCRIPT_BIT(i)) != 0)
			report(&c->reporter, DIAGNOSTIC_NEVER_HOLDS, &at, "Break the circle.",
				"\"%s\" has to be told before itself.", d->disclosures[i].id);
	}
}

static void check_bounds(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct bounds bounds = {.dialogue = d};
	for (size_t i = 0; i < d->info.variable_count; i++)
		bounds.least[i] = bounds.most[i] = d->info.variables[i].start;
	if (d->guarded != SCRIPT_NONE)
		bounds.least[d->guarded] = d->info.variables[d->guarded].least;
	each_rules(d, widen_by_rules, &bounds);
	for (size_t i = 0; i < d->info.disclosure_count; i++)
		widen(&bounds, &d->disclosures[i].set);
	for (size_t i = 0; i < d->info.disclosure_count; i++)
		check_reach(c, &bounds, d->disclosures[i].needs, "disclosures", i, "needs");
	for (size_t i = 0; i < d->info.stage_count; i++)
		check_reach(c, &bounds, d->stages[i].ready, "stages", i, "ready");
	for (size_t i = 0; i < d->info.ending_count; i++)
		check_reach(c, &bounds, d->endings[i].when, "endings", i, "when");
}

static bool is_shared(const char *variable)
{
	for (size_t i = 0; i < COMPILE_SHARED_VARIABLES; i++)
		if (strcmp(variable, compile_shared_variables[i]) == 0)
			return true;
	return false;
}

static void check_variables(struct compiler *c)
{
	const struct dialogue_info *info = &c->dialogue->info;
	struct place place = place_member(NULL, "variables");
	for (size_t i = 0; i < info->variable_count; i++) {
		struct place at = place_member(&place, info->variables[i].id);
		if ((c->read & SCRIPT_BIT(i)) == 0 && !is_shared(info->variables[i].id))
			report(&c->reporter, DIAGNOSTIC_UNREAD_VARIABLE, &at, NULL, "No condition reads \"%s\".",
				info->variables[i].id);
	}
}

/* Techniques that something in the case answers in particular: a rule, or a disclosure that they open. */
struct reactions {
	uint32_t techniques;
};

static void react_by_rules(void *user, const struct script_rules *rules)
{
	struct reactions *reactions = user;
	for (size_t i = 0; i < rules->count; i++) {
		uint32_t techniques = condition_techniques(rules->rules[i].when, false);
		reactions->techniques |= techniques != UINT32_MAX ? techniques : 0;
	}
}

static void check_skills(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "skills");
	struct reactions reactions = {0};
	if (d->info.drill) /* its rules may say what they want by form, family or topic */
		return;
	each_rules(d, react_by_rules, &reactions);
	for (size_t i = 0; i < d->info.disclosure_count; i++)
		reactions.techniques |= opener_techniques(&d->disclosures[i].opened_by);
	for (size_t i = 0; i < d->info.skill_count; i++) {
		enum technique_id id;
		struct place at = place_item(&place, i);
		if (technique_parse(d->info.skills[i], &id) && (reactions.techniques & ((uint32_t)1 << id)) == 0)
			report(&c->reporter, DIAGNOSTIC_UNANSWERED_SKILL, &at, NULL,
				"Nothing in the case reacts to \"%s\" in particular.", d->info.skills[i]);
	}
}

static void check_feedback(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "feedback");
	for (size_t i = 0; i < d->feedback_count; i++) {
		struct place at = place_item(&place, i);
		if ((c->fed & SCRIPT_BIT(i)) == 0)
			report(&c->reporter, DIAGNOSTIC_UNUSED_FEEDBACK, &at, NULL, "No rule uses \"%s\".",
				d->feedback[i].id);
	}
}

static void check_cues(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	struct place place = place_member(NULL, "cues");
	uint64_t offered = 0;
	for (size_t i = 0; i < d->line_count; i++)
		offered |= d->lines[i].cues;
	for (size_t i = 0; i < d->info.cue_count; i++) {
		struct place at = place_item(&place, i);
		if ((offered & SCRIPT_BIT(i)) == 0)
			report(&c->reporter, DIAGNOSTIC_UNOFFERED_CUE, &at, NULL, "No line offers \"%s\".",
				d->info.cues[i].id);
	}
}

static void check_rule_ids(struct compiler *c)
{
	const struct dialogue *d = c->dialogue;
	size_t count = 0;
	struct script_rules *lists = arena_array(c->arena, d->state_count + d->info.stage_count + 3, sizeof *lists);
	for (size_t i = 0; i < d->info.stage_count; i++) {
		lists[count++] = d->stages[i].rules;
		for (unsigned j = 0; j < d->stages[i].state_count; j++)
			lists[count++] = d->states[d->stages[i].first_state + j].rules;
	}
	lists[count++] = d->rules;
	lists[count++] = d->follow_ups;
	lists[count++] = d->answers;
	compile_rule_ids(c, lists, count);
}

#define READING_AGE_MOST 13

static void check_reading(struct compiler *c)
{
	struct dialogue *d = c->dialogue;
	struct reading reading = {0};
	if (strcmp(d->info.language, "en") != 0)
		return;
	for (size_t i = 0; i < d->line_count; i++)
		reading_add(&reading, d->lines[i].text);
	d->info.reading_age = reading_age(&reading);
	if (d->info.reading_age > READING_AGE_MOST)
		report(&c->reporter, DIAGNOSTIC_READING_AGE, NULL, NULL,
			"What the character says reads like a text for the age of %d.", d->info.reading_age);
}

/* The one range that two rules' conditions differ in, when they are alike in all else: then they share a variable out. */
static const struct condition *only_range(const struct condition *when)
{
	const struct condition *range = NULL;
	if (when == NULL)
		return NULL;
	if (when->kind == CONDITION_VARIABLE)
		return when;
	for (size_t i = 0; when->kind == CONDITION_ALL && i < when->count; i++) {
		const struct condition *found = only_range(&when->children[i]);
		if (found != NULL && range != NULL)
			return NULL;
		range = found != NULL ? found : range;
	}
	return range;
}

static bool same_but(const struct condition *a, const struct condition *b, const struct condition *except)
{
	if (a == except)
		return b->kind == CONDITION_VARIABLE && b->index == except->index;
	if (a->kind != b->kind || a->counter != b->counter || a->index != b->index || a->least != b->least ||
		a->most != b->most || a->count != b->count || (a->count == 0 && a->mask != b->mask))
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!same_but(&a->children[i], &b->children[i], except))
			return false;
	return true;
}

/* The values of the variable that rules alike in all else answer, as bits from its least; 0 when there are no others. */
static uint64_t shared_values(const struct script_rules *rules, size_t rule, const struct condition *range, int least)
{
	const struct condition *when = rules->rules[rule].when;
	uint64_t values = 0;
	size_t alike = 0;
	for (size_t i = 0; i < rules->count; i++) {
		const struct condition *other = rules->rules[i].when;
		if (other == NULL || rules->rules[i].disclose != DISCLOSE_NOTHING || !same_but(when, other, range))
			continue;
		const struct condition *shared = only_range(other);
		alike++;
		for (int v = 0; v < 64; v++)
			if (least + v >= shared->least && least + v <= shared->most)
				values |= SCRIPT_BIT(v);
	}
	return alike > 1 ? values : 0;
}

static void check_gaps(void *user, const struct script_rules *rules)
{
	struct compiler *c = user;
	for (size_t i = 0; i < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		const struct condition *range = rule->disclose == DISCLOSE_NOTHING ? only_range(rule->when) : NULL;
		if (range == NULL)
			continue;
		const struct dialogue_variable_info *variable = &c->dialogue->info.variables[range->index];
		uint64_t values = shared_values(rules, i, range, variable->least);
		/* A gap lies between values that are answered; below and above them silence may be meant. */
		uint64_t upward = values >> __builtin_ctzll(values | SCRIPT_BIT(63));
		if (values == 0 || (upward & (upward + 1)) == 0)
			continue;
		report_at(&c->reporter, DIAGNOSTIC_GUARD_GAP, rule->pointer, NULL,
			"Between the values of \"%s\" that this rule and those like it answer, some are not answered.",
			variable->id);
		return;
	}
}

static void check_rewards(void *user, const struct script_rules *rules)
{
	static const uint32_t advice = (uint32_t)1 << TECHNIQUE_ADVICE_DIRECT | (uint32_t)1
											<< TECHNIQUE_ADVICE_IN_QUESTION;
	struct compiler *c = user;
	if (c->dialogue->info.mode != TECHNIQUE_COACHING || c->dialogue->info.drill)
		return;
	for (size_t i = 0; i < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		bool opens = rule->disclose == DISCLOSE_NAMED || rule->disclose == DISCLOSE_DEEPER ||
			     rule->disclose == DISCLOSE_NEXT || rule->disclose == DISCLOSE_ID ||
			     rule->disclose == DISCLOSE_TOPIC;
		uint32_t techniques = condition_techniques(rule->when, false);
		if (opens && techniques != 0 && (techniques & ~advice) == 0)
			report_at(&c->reporter, DIAGNOSTIC_ADVICE_REWARDED, rule->pointer, NULL,
				"The rule \"%s\" opens something for advice.", rule->id);
	}
}

static void each_own_rules(const struct dialogue *d, visit_rules *visit, void *user)
{
	for (size_t i = 0; i < d->state_count; i++)
		visit(user, &d->states[i].rules);
	for (size_t i = 0; i < d->info.stage_count; i++)
		visit(user, &d->stages[i].rules);
	visit(user, &d->rules);
}

void check_script(struct compiler *c)
{
	check_reading(c);
	each_own_rules(c->dialogue, check_gaps, c);
	each_own_rules(c->dialogue, check_rewards, c);
	check_rewards(c, &c->dialogue->follow_ups);
	check_rule_ids(c);
	check_states(c);
	check_endings(c);
	check_disclosures(c);
	check_circles(c);
	check_bounds(c);
	check_variables(c);
	check_skills(c);
	check_feedback(c);
	check_cues(c);
}
