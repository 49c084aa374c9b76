/* SPDX-License-Identifier: Apache-2.0 */
/* What is said and done once a rule was found to answer. */
#include "step.h"

/* What is told however often one asks. */
static struct script_lines told_before(const struct step *step, const struct opening *opening)
{
	switch (opening->kind) {
	case DISCLOSE_SHORT:
		return step->dialogue->disclosures[opening->disclosure].brief;
	case DISCLOSE_AGAIN:
		return step->dialogue->topics[opening->topic].again;
	default:
		return (struct script_lines){0, 0};
	}
}

static void disclose(struct step *step, unsigned index)
{
	const struct script_disclosure *disclosure = &step->dialogue->disclosures[index];
	say(step, disclosure->client, ENGINE_CHARACTER);
	step->run->disclosed |= SCRIPT_BIT(index);
	step->run->disclosure = (int16_t)index;
	step->reply->disclosure = disclosure->id;
	step_change(step, &disclosure->set);
}

/* An apology is taken, and the question after it is asked of somebody who has taken it. */
void step_lead(struct step *step, const struct script_rule *rule)
{
	step->reply->lead_number = rule->number + 1;
	if (say_news(step, rule->client) == SAY_NEWS)
		say(step, rule->client, ENGINE_CHARACTER);
	say(step, rule->guide, ENGINE_GUIDE);
	step_change(step, &rule->set);
	if (rule->once)
		run_set_bit(run_fired(step->run), rule->number, true);
}

/* Lines that do not become what the next message is held against. */
static void say_aside(struct step *step, struct script_lines lines, enum engine_voice voice)
{
	const struct dialogue *d = step->dialogue;
	int chosen = say_choose(step->run, &step->moment, lines);
	if (chosen == SCRIPT_NONE)
		return;
	const struct script_variant *variant = &d->variants[chosen];
	for (unsigned i = 0; i < variant->line_count; i++)
		say_text(step, run_line(d, variant->first_line + i, step->run->topic, step->arena), voice);
}

/* A question may open what it did not ask for. Then a line joins it on, as people do who answer beside the point. What
 * follows is chosen as it would be without, and it alone is what the next message is held against. */
static void join_on(struct step *step, const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	const struct dialogue *d = step->dialogue;
	const uint64_t random = step->run->random;
	const int16_t last_variant = step->run->last_variant;
	bool by_topic = rule->disclose == DISCLOSE_NAMED || rule->disclose == DISCLOSE_DEEPER ||
			rule->disclose == DISCLOSE_NEXT;
	if (!by_topic || rule->client.count > 0 || step->moment.primary->family != TECHNIQUE_QUESTION ||
		condition_check(d->bridge.when, &step->moment) != VERDICT_YES ||
		say_news(step, d->bridge.client) != SAY_NEWS)
		return;
	say_aside(step, d->bridge.client, ENGINE_CHARACTER);
	step->run->random = random;
	step->run->last_variant = last_variant;
	step->reply->because = arena_format(step->arena, "%s It was not quite what was asked.", step->reply->because);
}

/* A follow-up or an answer by example without changes of its own changes what the character's temperament would have changed. */
static const struct script_changes *changes_of(const struct step *step, const struct answer *answer)
{
	const struct script_rule *rule;
	struct opening opening;
	bool asked_on = answer->level == ENGINE_FOLLOW_UP || answer->level == ENGINE_ANSWER;
	if (!asked_on || answer->rule->set.count > 0)
		return &answer->rule->set;
	rule = match_first(step, &step->dialogue->temperament_rules, false, &opening);
	return rule != NULL ? &rule->set : &answer->rule->set;
}

/* What can be said to this message in place of an answer that was given of late, or none. Where the answer knew nothing of
 * this message in particular, whatever leaves the door open will do. */
static struct script_lines other_words(const struct step *step, const struct answer *answer)
{
	const struct dialogue *d = step->dialogue;
	bool general = answer->rule == NULL || answer->level == ENGINE_TEMPERAMENT;
	if (general && !d->info.drill && say_news(step, d->fallback) == SAY_NEWS)
		return d->fallback;
	for (size_t i = 0; i < d->said_already_count; i++)
		if (condition_check(d->said_already[i].when, &step->moment) == VERDICT_YES &&
			say_news(step, d->said_already[i].client) == SAY_NEWS)
			return d->said_already[i].client;
	return (struct script_lines){0, 0};
}

/* Nobody says the same thing over and over: they say that they said it. What they said is what the next message is held
 * against all the same. */
static void say_already(struct step *step, const struct answer *answer, struct script_lines words)
{
	struct script_lines other = other_words(step, answer);
	if (other.count == 0) {
		say(step, words, answer->rule == NULL ? step_teller(step) : ENGINE_CHARACTER);
		return;
	}
	say_aside(step, other, ENGINE_CHARACTER);
	say_stands(step, words);
	step->reply->because =
		arena_format(step->arena, "%s All that there is to say to it was said in the last %d turns.",
			step->reply->because, ENGINE_REPEAT_WINDOW);
}

/* The words of a rule and what it tells. */
static void say_words(struct step *step, const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	struct script_lines told = told_before(step, &answer->opening);
	enum say_news own = say_news(step, rule->client), before = say_news(step, told);
	bool news = answer->opening.kind == DISCLOSE_ID || own == SAY_NEWS || before == SAY_NEWS;
	if (!news && (own == SAY_AGAIN || before == SAY_AGAIN)) {
		say_already(step, answer, own == SAY_AGAIN ? rule->client : told);
		step_calm_down(step);
		return;
	}
	if (own == SAY_NEWS)
		say(step, rule->client, ENGINE_CHARACTER);
	step_calm_down(step);
	join_on(step, answer);
	if (before == SAY_NEWS)
		say(step, told, ENGINE_CHARACTER);
	if (answer->opening.kind == DISCLOSE_ID)
		disclose(step, answer->opening.disclosure);
}

static void give_reason(struct step *step, const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	struct engine_reply *reply = step->reply;
	reply->rule = rule->id;
	reply->rule_number = rule->number + 1;
	reply->because = rule->because;
	if (answer->level == ENGINE_ANSWER)
		reply->because = arena_format(step->arena, "%s It is near to \"%s\" (%d of %d).", rule->because,
			answer->nearest.example, answer->nearest.nearness, answer->nearest.needed);
	if (answer->lead != NULL)
		reply->because = arena_format(step->arena, "%s Then: %s", answer->lead->because, reply->because);
}

static void fall_back(struct step *step, const struct answer *answer)
{
	const struct script_lines fallback = step->dialogue->fallback;
	step->reply->rule = ENGINE_FALLBACK;
	step->reply->because = "No rule fits this message, so the character says something that leaves the door open.";
	if (say_news(step, fallback) == SAY_AGAIN)
		say_already(step, answer, fallback);
	else
		say(step, fallback, step_teller(step));
	step_calm_down(step);
}

/* Words first, then changes: the conditions of a rule's variants see the run as the rule did. */
void step_speak(struct step *step, const struct answer *answer)
{
	const struct script_rule *rule = answer->rule;
	step->reply->level = answer->level;
	if (rule == NULL) {
		fall_back(step, answer);
		return;
	}
	give_reason(step, answer);
	if (answer->opening.kind != DISCLOSE_NOTHING)
		step->run->topic = (int16_t)answer->opening.topic;
	if (rule->go_on) {
		if (step->line_count == 0)
			say_already(step, answer, rule->client);
		step_calm_down(step);
		return;
	}
	const struct script_changes *changes = changes_of(step, answer);
	say_words(step, answer);
	say(step, rule->guide, ENGINE_GUIDE);
	step_change(step, changes);
	if (rule->once)
		run_set_bit(run_fired(step->run), rule->number, true);
	step_go(step, rule);
}
