/* SPDX-License-Identifier: Apache-2.0 */
#include "step.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PRAISE_EVERY 3

#define FILLS 3

/* The character's words that are worth picking up: what the trainee took up, else a cue that was on offer, else the topic. */
static const char *words_of(const struct step *step, const char *text)
{
	const struct technique_analysis *analysis = step->analysis;
	const struct technique_span *longest = NULL;
	for (size_t i = 0; i < analysis->picked_up_count; i++)
		if (longest == NULL ||
			analysis->picked_up[i].end - analysis->picked_up[i].start > longest->end - longest->start)
			longest = &analysis->picked_up[i];
	if (longest != NULL)
		return arena_copy(step->arena, text + longest->start, longest->end - longest->start);
	return run_concern(step->dialogue, step->before->topic);
}

static unsigned number_of(const struct step *step, enum technique_flag_id flag)
{
	if (flag == TECHNIQUE_FLAG_INTERROGATION_STREAK)
		return (unsigned)step->before->question_streak + 1;
	if (flag == TECHNIQUE_FLAG_LONG_MESSAGE)
		return step->analysis->word_count;
	return step->analysis->question_count;
}

static const char *offered_ask(const struct step *step)
{
	const struct dialogue *d = step->dialogue;
	const struct script_disclosure *last =
		step->before->disclosure == SCRIPT_NONE ? NULL : &d->disclosures[step->before->disclosure];
	unsigned topic = step->before->topic == SCRIPT_NONE ? 0 : (unsigned)step->before->topic;
	if (last != NULL && last->topic == topic && last->ask != NULL)
		return last->ask;
	if (d->topics[topic].ask != NULL)
		return d->topics[topic].ask;
	return last != NULL ? last->ask : NULL;
}

static const char *offered_reflection(const struct step *step)
{
	return step->before->disclosure == SCRIPT_NONE ? NULL
						       : step->dialogue->disclosures[step->before->disclosure].reflect;
}

/* The script's own wording fits the case better than the pack's. */
static const char *alternative_of(const struct step *step, const struct technique_feedback *feedback)
{
	const char *offer = NULL;
	if (feedback->offer != NULL && strcmp(feedback->offer, "ask") == 0)
		offer = offered_ask(step);
	else if (feedback->offer != NULL && strcmp(feedback->offer, "reflect") == 0)
		offer = offered_reflection(step);
	return offer != NULL ? offer : feedback->alternative;
}

/* The letters and digits of a text, in lower case as far as that is plain. */
static char *bare(const struct step *step, const char *text)
{
	char *out = arena_array(step->arena, strlen(text) + 1, 1);
	size_t length = 0;
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80 || isalnum((unsigned char)*text))
			out[length++] = (char)tolower((unsigned char)*text);
	return out;
}

/* What was just said is no other way to put it. */
static const char *other_way(const struct step *step, const char *said, const char *alternative)
{
	return alternative != NULL && strstr(bare(step, said), bare(step, alternative)) != NULL ? NULL : alternative;
}

/* Praise is worth hearing once, and again after a while. */
static bool praise_due(uint8_t *counter)
{
	bool due = *counter % PRAISE_EVERY == 0;
	*counter = (uint8_t)((*counter + 1) % PRAISE_EVERY);
	return due;
}

static const struct technique_feedback *flag_feedback(const struct step *step, enum technique_flag_id *flag)
{
	static const enum technique_flag_id order[] = {TECHNIQUE_FLAG_STACKED, TECHNIQUE_FLAG_PREMATURE_STAGE,
		TECHNIQUE_FLAG_IGNORED_FEELING, TECHNIQUE_FLAG_INTERROGATION_STREAK, TECHNIQUE_FLAG_LONG_MESSAGE,
		TECHNIQUE_FLAG_PARROTING, TECHNIQUE_FLAG_JARGON};
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		const struct technique_feedback *feedback =
			technique_pack_flag_feedback(step->dialogue->pack, order[i]);
		if ((step->moment.flags & SCRIPT_BIT(order[i])) != 0 && feedback != NULL) {
			*flag = order[i];
			return feedback;
		}
	}
	return NULL;
}

/* Telling that the character agreed to costs nothing, so nothing is held against it. */
static bool is_permitted(const struct step *step)
{
	static const uint64_t telling = SCRIPT_BIT(TECHNIQUE_INFORMATION) | SCRIPT_BIT(TECHNIQUE_SELF_DISCLOSURE) |
					SCRIPT_BIT(TECHNIQUE_ADVICE_DIRECT) | SCRIPT_BIT(TECHNIQUE_ADVICE_IN_QUESTION) |
					SCRIPT_BIT(TECHNIQUE_CHALLENGE);
	return (step->moment.flags & SCRIPT_BIT(TECHNIQUE_FLAG_PERMITTED)) != 0 &&
	       (telling & SCRIPT_BIT(step->moment.primary->technique)) != 0;
}

static const struct engine_feedback *from_pack(struct step *step, const char *text)
{
	const struct dialogue *d = step->dialogue;
	enum technique_id technique = step->moment.primary->technique;
	enum technique_flag_id flag = TECHNIQUE_FLAG_COUNT;
	const struct technique_feedback *feedback = technique_pack_feedback(d->pack, technique, d->info.mode);
	if (!technique_is_spoiler(technique, d->info.mode) || feedback == NULL) {
		const struct technique_feedback *flagged = flag_feedback(step, &flag);
		if (flagged != NULL)
			feedback = flagged;
	}
	if (feedback == NULL || feedback->what == NULL ||
		(!feedback->strength && flag == TECHNIQUE_FLAG_COUNT && is_permitted(step)))
		return NULL;
	if (feedback->strength && !praise_due(&step->run->praised[technique]))
		return NULL;
	char number[16];
	snprintf(number, sizeof number, "%u", number_of(step, flag));
	const struct fill fills[FILLS] = {
		{"{character}", d->info.character_name}, {"{words}", words_of(step, text)}, {"{n}", number}};
	struct engine_feedback *filled = arena_alloc(step->arena, sizeof *filled);
	*filled = (struct engine_feedback){
		.id = flag == TECHNIQUE_FLAG_COUNT ? technique_name(technique) : technique_flag_name(flag),
		.what = run_fill(step->arena, feedback->what, fills, FILLS),
		.why = run_fill(step->arena, feedback->why, fills, FILLS),
		.alternative =
			other_way(step, text, run_fill(step->arena, alternative_of(step, feedback), fills, FILLS)),
		.strength = feedback->strength,
	};
	return filled;
}

static const struct engine_feedback *from_script(struct step *step, const char *text, unsigned index)
{
	const struct dialogue *d = step->dialogue;
	const struct engine_feedback *entry = &d->feedback[index];
	if (entry->strength && !praise_due(&run_entries(step->run)[index]))
		return NULL;
	char number[16];
	snprintf(number, sizeof number, "%u", step->analysis->question_count);
	const struct fill fills[FILLS] = {
		{"{character}", d->info.character_name}, {"{words}", words_of(step, text)}, {"{n}", number}};
	struct engine_feedback *filled = arena_alloc(step->arena, sizeof *filled);
	*filled = *entry;
	filled->what = run_fill(step->arena, entry->what, fills, FILLS);
	filled->why = run_fill(step->arena, entry->why, fills, FILLS);
	filled->alternative = other_way(step, text, run_fill(step->arena, entry->alternative, fills, FILLS));
	return filled;
}

const struct engine_feedback *feedback_choose(struct step *step, const char *text, const struct script_rule *rule)
{
	int feedback = rule != NULL ? rule->feedback : step->dialogue->info.drill ? FEEDBACK_NONE : FEEDBACK_OF_PACK;
	if (feedback == FEEDBACK_NONE)
		return NULL;
	if (feedback >= 0 && (step->dialogue->feedback[feedback].strength || !is_permitted(step)))
		return from_script(step, text, (unsigned)feedback);
	return from_pack(step, text);
}
