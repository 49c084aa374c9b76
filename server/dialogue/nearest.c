/* SPDX-License-Identifier: Apache-2.0 */
/* Answers by example: which one a message is near enough to. How near that is depends on what was said before: right after
 * the lines that an answer belongs to a few common words tell what is meant, out of the blue it takes nearly all of them. */
#include "step.h"

#include <string.h>

/* Of 100. Chosen on messages of people who had not seen the examples: with 50 and 66, about four in five of the answers
 * fitted; under 45 it was one in three. */
#define NEED_JUST_SAID 45
#define NEED_EARLIER 60
#define NEED_ANY_TIME 64
#define NEED_TO_TELL 20 /* an author of what was not near enough */
#define NEED_KNOWN 10   /* more, to answer before a rule that knows the message */
#define NEED_WORDED 75  /* out of the blue and with NEED_KNOWN more, to answer before a story that the message names */

/* Whoever advises, judges or comforts is answered by the rules, and so is what has a way of its own. */
#define NOT_ASKING                                                                                                     \
	(1U << TECHNIQUE_ADVICE_DIRECT | 1U << TECHNIQUE_ADVICE_IN_QUESTION | 1U << TECHNIQUE_LEADING_QUESTION |       \
		1U << TECHNIQUE_JUDGEMENT | 1U << TECHNIQUE_REASSURANCE | 1U << TECHNIQUE_PERMISSION_QUESTION |        \
		1U << TECHNIQUE_SCALING_QUESTION)

static bool listens(const struct step *step)
{
	int guarded = step->dialogue->guarded;
	return step->dialogue->examples != NULL && step->text != NULL &&
	       (NOT_ASKING & 1U << step->moment.primary->technique) == 0 &&
	       (guarded == SCRIPT_NONE || step->run->variables[guarded] <= 0);
}

static bool has_mark(const struct step *step, const struct technique_label *label)
{
	return label->span.end > label->span.start && step->text[label->span.end - 1] == '?';
}

/* Who puts question marks means those sentences. */
static bool any_mark(const struct step *step)
{
	for (size_t i = 0; i < step->analysis->label_count; i++)
		if (has_mark(step, &step->analysis->labels[i]))
			return true;
	return false;
}

static bool asks(const struct step *step, const struct technique_label *label, bool marks)
{
	return has_mark(step, label) || label->asks == TECHNIQUE_ASKS_MORE ||
	       (!marks && label->family == TECHNIQUE_QUESTION);
}

/* What counts as near. */
struct search {
	const struct step *step;
	enum nearest_than than;
	int more;  /* than is needed otherwise */
	int least; /* to be looked at */
};

static bool is_among(const struct script_after *after, uint16_t owner)
{
	for (size_t i = 0; owner != 0 && i < after->count; i++)
		if (after->owners[i] == owner)
			return true;
	return false;
}

/* 0: it does not count now. */
static int needed(const struct search *search, const struct script_after *after)
{
	const struct engine_run *run = search->step->before;
	if (after->count == 0)
		return search->than == NEAREST_THAN_STORY ? NEED_WORDED : NEED_ANY_TIME;
	if (is_among(after, run->just_said) || is_among(after, run->story))
		return NEED_JUST_SAID;
	for (size_t i = 0; i < RUN_EARLIER_MAX; i++)
		if (is_among(after, run->earlier[i]))
			return NEED_EARLIER;
	return 0;
}

static bool may_speak(const struct step *step, const struct script_rule *rule)
{
	return !run_bit(run_fired(step->run), rule->number) &&
	       condition_check(rule->when, &step->moment) == VERDICT_YES;
}

static bool is_better(const struct nearest *a, const struct nearest *b)
{
	int by = (a->nearness - a->needed) - (b->nearness - b->needed);
	return b->rule == NULL || by > 0 || (by == 0 && a->rule < b->rule);
}

static void find_nearest(const struct search *search, const char *text, size_t length, struct nearest *best)
{
	const struct dialogue *d = search->step->dialogue;
	const struct technique_near *near;
	size_t count = technique_examples_find(
		d->examples, search->step->scratch, text, length, search->least, search->step->arena, &near);
	for (size_t i = 0; i < count; i++) {
		unsigned index = d->example_answers[near[i].example];
		int need = needed(search, &d->afters[index]);
		struct nearest one = {&d->answers.rules[index], d->example_texts[near[i].example], near[i].nearness,
			need + search->more};
		if (need != 0 && (search->than == NEAREST_AT_ALL || one.nearness >= one.needed) &&
			is_better(&one, best) && may_speak(search->step, one.rule))
			*best = one;
	}
}

bool nearest_find(const struct step *step, enum nearest_than than, struct nearest *out)
{
	bool known = than == NEAREST_THAN_KNOWN || than == NEAREST_THAN_STORY;
	struct search search = {
		.step = step,
		.than = than,
		.more = known ? NEED_KNOWN : 0,
		.least = than == NEAREST_AT_ALL ? NEED_TO_TELL : NEED_JUST_SAID,
	};
	*out = (struct nearest){0};
	if (!listens(step))
		return false;
	bool marks = any_mark(step);
	for (size_t i = 0; i < step->analysis->label_count; i++) {
		const struct technique_label *label = &step->analysis->labels[i];
		if (asks(step, label, marks))
			find_nearest(&search, step->text + label->span.start, label->span.end - label->span.start, out);
	}
	return out->rule != NULL;
}

static void remember_earlier(struct engine_run *run, uint16_t owner)
{
	if (owner == 0 || owner == run->story || owner == run->just_said || owner == run->earlier[0])
		return;
	memmove(run->earlier + 1, run->earlier, (RUN_EARLIER_MAX - 1) * sizeof run->earlier[0]);
	run->earlier[0] = owner;
}

/* Who is asked on goes on with the same story, whatever the answer was. */
void nearest_remember(struct step *step)
{
	const struct dialogue *d = step->dialogue;
	struct engine_run *run = step->run;
	uint16_t said_before = run->just_said, story_before = run->story, owner = 0, story = 0;
	if (d->owner_count == 0)
		return;
	for (unsigned i = step->said_count; i-- > 0 && owner == 0;) {
		owner = d->line_owners[step->said[i]];
		story = d->line_stories[step->said[i]];
	}
	bool asked_on = step->reply->level == ENGINE_ANSWER || (step->reply->level == ENGINE_FOLLOW_UP && story == 0);
	run->just_said = owner;
	run->story = asked_on ? story_before : story;
	remember_earlier(run, story_before);
	remember_earlier(run, said_before);
}
