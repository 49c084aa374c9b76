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

/* What people still have in their ears: a bit that a line which was not said of late seldom has. */
#define EARS_BITS 1024U
struct ears {
	uint64_t bits[EARS_BITS / 64];
};

static void listen(const struct engine_run *run, struct ears *ears)
{
	*ears = (struct ears){{0}};
	for (unsigned i = 0; i < RUN_RECENT_MAX; i++)
		if (is_recent(run, i))
			ears->bits[run->recent[i] % EARS_BITS / 64] |= SCRIPT_BIT(run->recent[i] % 64);
}

static bool line_was_heard(const struct engine_run *run, const struct ears *ears, unsigned same)
{
	if ((ears->bits[(same + 1) % EARS_BITS / 64] & SCRIPT_BIT((same + 1) % 64)) == 0)
		return false;
	for (unsigned i = 0; i < RUN_RECENT_MAX; i++)
		if (run->recent[i] == same + 1 && is_recent(run, i))
			return true;
	return false;
}

static bool was_heard(const struct moment *moment, const struct ears *ears, unsigned variant)
{
	const struct script_variant *said = &moment->dialogue->variants[variant];
	for (unsigned i = 0; i < said->line_count; i++)
		if (line_was_heard(moment->run, ears, moment->dialogue->lines[said->first_line + i].same))
			return true;
	return false;
}

enum say_news say_news(const struct step *step, struct script_lines lines)
{
	struct ears ears;
	unsigned fit[CANDIDATES_MAX];
	unsigned count = fitting(&step->moment, lines, fit);
	if (count == 0)
		return SAY_NOTHING;
	listen(step->run, &ears);
	for (unsigned i = 0; i < count; i++)
		if (!was_heard(&step->moment, &ears, fit[i]))
			return SAY_NEWS;
	return SAY_AGAIN;
}

/* How long ago something of this was said, in lines; more than there are when nothing was. */
static unsigned lines_ago(const struct engine_run *run, const struct dialogue *d, unsigned variant)
{
	const struct script_variant *said = &d->variants[variant];
	for (unsigned i = 0; i < RUN_RECENT_MAX; i++) {
		unsigned line = run->recent[(run->next_recent + RUN_RECENT_MAX - 1U - i) % RUN_RECENT_MAX];
		for (unsigned k = 0; k < said->line_count; k++)
			if (line == d->lines[said->first_line + k].same + 1U)
				return i;
	}
	return RUN_RECENT_MAX;
}

static unsigned longest_ago(const struct moment *moment, const unsigned *list, unsigned count)
{
	unsigned found = list[0], most = 0;
	for (unsigned i = 0; i < count; i++) {
		unsigned ago = lines_ago(moment->run, moment->dialogue, list[i]);
		if (ago > most) {
			most = ago;
			found = list[i];
		}
	}
	return found;
}

/* Those that were never said, or once all were said those not said of late, or the one that may be forgotten soonest. */
static unsigned collect(
	struct engine_run *run, const struct moment *moment, struct script_lines lines, unsigned fresh[CANDIDATES_MAX])
{
	struct ears ears;
	unsigned fit[CANDIDATES_MAX];
	unsigned fit_count = fitting(moment, lines, fit), fresh_count = 0;
	listen(run, &ears);
	for (int used = 0; used < 2 && fresh_count == 0; used++) {
		for (unsigned i = 0; used == 1 && i < fit_count; i++)
			run_set_bit(run_used(run), fit[i], false);
		for (unsigned i = 0; i < fit_count; i++)
			if (!run_bit(run_used(run), fit[i]) && !was_heard(moment, &ears, fit[i]))
				fresh[fresh_count++] = fit[i];
	}
	if (fresh_count == 0 && fit_count > 0)
		fresh[fresh_count++] = longest_ago(moment, fit, fit_count);
	return fresh_count;
}

static void remember(struct engine_run *run, const struct dialogue *d, unsigned variant)
{
	run_set_bit(run_used(run), variant, true);
	run->last_variant = (int16_t)variant;
	for (unsigned i = 0; i < d->variants[variant].line_count; i++) {
		run->recent[run->next_recent] = (uint16_t)(d->lines[d->variants[variant].first_line + i].same + 1);
		run->recent_turn[run->next_recent] = (uint16_t)run->turns;
		run->next_recent = (uint16_t)((run->next_recent + 1) % RUN_RECENT_MAX);
	}
}

int say_choose(struct engine_run *run, const struct moment *moment, struct script_lines lines)
{
	unsigned fresh[CANDIDATES_MAX];
	unsigned count = collect(run, moment, lines, fresh);
	if (count == 0)
		return SCRIPT_NONE;
	unsigned chosen = fresh[count == 1 ? 0 : random_below(&run->random, count)];
	remember(run, moment->dialogue, chosen);
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
	const struct dialogue *d = step->dialogue;
	unsigned found = lines.first, least = RUN_RECENT_MAX;
	for (unsigned i = lines.first; i < lines.first + lines.count; i++) {
		unsigned ago = lines_ago(step->run, d, i);
		if (ago < least) {
			least = ago;
			found = i;
		}
	}
	for (unsigned i = 0; least < RUN_RECENT_MAX && i < d->variants[found].line_count; i++)
		hold_against(step, d->variants[found].first_line + i);
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
