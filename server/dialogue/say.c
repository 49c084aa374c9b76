/* SPDX-License-Identifier: Apache-2.0 */
#include "step.h"

#include "askwell/random.h"

#include <string.h>

#define CANDIDATES_MAX 64

static unsigned without_otherwise(const struct script_variant *variants, unsigned *list, unsigned count)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < count; i++)
		if (!variants[list[i]].otherwise)
			list[kept++] = list[i];
	return kept;
}

/* Candidates whose condition holds. */
static unsigned fitting(const struct moment *moment, struct script_lines lines, unsigned fit[CANDIDATES_MAX])
{
	const struct script_variant *variants = moment->dialogue->variants;
	unsigned fit_count = 0;
	bool conditional = false;
	for (unsigned i = lines.first; i < lines.first + lines.count && fit_count < CANDIDATES_MAX; i++)
		if (condition_check(variants[i].when, moment) == VERDICT_YES) {
			fit[fit_count++] = i;
			conditional = conditional || variants[i].when != NULL;
		}
	return conditional ? without_otherwise(variants, fit, fit_count) : fit_count;
}

bool say_would_repeat(const struct engine_run *run, const struct moment *moment, struct script_lines lines)
{
	unsigned fit[CANDIDATES_MAX];
	if (run->last_variant == SCRIPT_NONE || lines.first > (unsigned)run->last_variant ||
		(unsigned)run->last_variant >= lines.first + lines.count)
		return false;
	return fitting(moment, lines, fit) == 1 && (int)fit[0] == run->last_variant;
}

static bool is_recent(const struct engine_run *run, unsigned slot)
{
	return run->recent[slot] != 0 && run->turns - run->recent_turn[slot] <= ENGINE_REPEAT_WINDOW;
}

/* Which of these lines people still have in their ears: a bit for each variant. */
static uint64_t recent_of(const struct engine_run *run, struct script_lines lines)
{
	uint64_t recent = 0;
	for (unsigned i = 0; i < RUN_RECENT_MAX; i++) {
		unsigned at = run->recent[i] - 1U - lines.first;
		if (at < lines.count && at < CANDIDATES_MAX && is_recent(run, i))
			recent |= SCRIPT_BIT(at);
	}
	return recent;
}

enum say_news say_news(const struct step *step, struct script_lines lines)
{
	unsigned fit[CANDIDATES_MAX];
	unsigned count = fitting(&step->moment, lines, fit);
	uint64_t recent = recent_of(step->run, lines);
	for (unsigned i = 0; i < count; i++)
		if ((recent & SCRIPT_BIT(fit[i] - lines.first)) == 0)
			return SAY_NEWS;
	return count > 0 ? SAY_AGAIN : SAY_NOTHING;
}

/* The one of these whose last saying is longest ago. */
static unsigned oldest(const struct engine_run *run, const unsigned *list, unsigned count)
{
	uint64_t seen = 0;
	unsigned found = list[0];
	for (unsigned i = RUN_RECENT_MAX; i-- > 0;) {
		unsigned said = run->recent[(run->next_recent + i) % RUN_RECENT_MAX];
		for (unsigned k = 0; k < count; k++)
			if (list[k] + 1 == said && (seen & SCRIPT_BIT(k)) == 0) {
				seen |= SCRIPT_BIT(k);
				found = list[k];
			}
	}
	return found;
}

/* Of these, those not said of late; else the one that may be forgotten soonest. */
static unsigned without_recent(const struct engine_run *run, struct script_lines lines, unsigned *list, unsigned count)
{
	uint64_t recent = recent_of(run, lines);
	unsigned kept = 0, longest_ago = count > 0 ? oldest(run, list, count) : 0;
	for (unsigned i = 0; i < count; i++)
		if ((recent & SCRIPT_BIT(list[i] - lines.first)) == 0)
			list[kept++] = list[i];
	if (kept == 0 && count > 0)
		list[kept++] = longest_ago;
	return kept;
}

/* Once all were used they begin anew. */
static unsigned collect(
	struct engine_run *run, const struct moment *moment, struct script_lines lines, unsigned fresh[CANDIDATES_MAX])
{
	uint8_t *used = run_used(run);
	unsigned fit[CANDIDATES_MAX];
	unsigned fit_count = fitting(moment, lines, fit), fresh_count = 0;
	for (unsigned i = 0; i < fit_count; i++)
		if (!run_bit(used, fit[i]))
			fresh[fresh_count++] = fit[i];
	for (unsigned i = 0; fresh_count == 0 && i < fit_count; i++)
		run_set_bit(used, fit[i], false);
	if (fresh_count == 0) {
		memcpy(fresh, fit, fit_count * sizeof fit[0]);
		fresh_count = fit_count;
	}
	return without_recent(run, lines, fresh, fresh_count);
}

static void remember(struct engine_run *run, unsigned variant)
{
	run_set_bit(run_used(run), variant, true);
	run->last_variant = (int16_t)variant;
	run->recent[run->next_recent] = (uint16_t)(variant + 1);
	run->recent_turn[run->next_recent] = (uint16_t)run->turns;
	run->next_recent = (uint16_t)((run->next_recent + 1) % RUN_RECENT_MAX);
}

int say_choose(struct engine_run *run, const struct moment *moment, struct script_lines lines)
{
	unsigned fresh[CANDIDATES_MAX];
	unsigned count = collect(run, moment, lines, fresh);
	if (count == 0)
		return SCRIPT_NONE;
	unsigned chosen = fresh[count == 1 ? 0 : random_below(&run->random, count)];
	remember(run, chosen);
	return (int)chosen;
}

void say_text(struct step *step, const char *text, enum engine_voice voice)
{
	if (step->lines == NULL)
		step->lines = arena_array(step->arena, STEP_LINES_MAX, sizeof *step->lines);
	if (step->line_count < STEP_LINES_MAX)
		step->lines[step->line_count++] = (struct engine_line){voice, text};
}

static void hold_against(struct step *step, unsigned line)
{
	if (step->said_count < RUN_SAID_MAX)
		step->said[step->said_count++] = (uint16_t)line;
}

void say_variant(struct step *step, unsigned variant, enum engine_voice voice)
{
	const struct dialogue *d = step->dialogue;
	for (unsigned i = 0; i < d->variants[variant].line_count; i++) {
		unsigned line = d->variants[variant].first_line + i;
		say_text(step, run_line(d, line, step->run->topic, step->arena), voice);
		if (voice != ENGINE_CHARACTER)
			continue;
		step->cues_offered |= d->lines[line].cues;
		hold_against(step, line);
	}
}

void say_stands(struct step *step, struct script_lines lines)
{
	const struct engine_run *run = step->run;
	for (unsigned i = RUN_RECENT_MAX; i-- > 0;) {
		unsigned variant = run->recent[(run->next_recent + i) % RUN_RECENT_MAX] - 1U;
		if (variant - lines.first >= lines.count)
			continue;
		const struct script_variant *said = &step->dialogue->variants[variant];
		for (unsigned k = 0; k < said->line_count; k++)
			hold_against(step, said->first_line + k);
		return;
	}
}

bool say(struct step *step, struct script_lines lines, enum engine_voice voice)
{
	int variant = say_choose(step->run, &step->moment, lines);
	if (variant == SCRIPT_NONE)
		return false;
	say_variant(step, (unsigned)variant, voice);
	return true;
}

static const unsigned *cue_list(const struct step *step, uint64_t mask, size_t *count)
{
	*count = (size_t)__builtin_popcountll(mask);
	unsigned *list = arena_array(step->arena, *count, sizeof *list);
	size_t n = 0;
	for (unsigned i = 0; i < step->dialogue->info.cue_count; i++)
		if ((mask & SCRIPT_BIT(i)) != 0)
			list[n++] = i;
	return list;
}

void say_finish(struct step *step)
{
	struct engine_run *run = step->run;
	struct engine_reply *reply = step->reply;
	reply->lines = step->lines;
	reply->line_count = step->line_count;
	reply->cues_offered = cue_list(step, step->cues_offered, &reply->cues_offered_count);
	reply->cues_followed = cue_list(step, step->moment.follows, &reply->cues_followed_count);
	reply->cues_late = cue_list(step, step->cues_late, &reply->cues_late_count);
	/* What the guide says leaves the character's last lines standing. */
	if (step->said_count == 0)
		return;
	memset(run->said, 0, sizeof run->said);
	memcpy(run->said, step->said, step->said_count * sizeof step->said[0]);
	run->said_count = step->said_count;
	run->said_topic = run->topic;
	nearest_remember(step);
	run->cues = step->cues_offered;
	for (unsigned i = 0; i < run->cue_count; i++)
		if ((step->cues_offered & SCRIPT_BIT(i)) != 0)
			run_offered(run)[i] = (uint16_t)(run->turns + 1);
}
