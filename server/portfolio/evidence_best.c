/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include "askwell/buffer.h"

#include <ctype.h>
#include <string.h>

/* What a moment is worth beside what it opened; only used to choose between moments, never shown. */
static const int worth[TECHNIQUE_COUNT] = {
	[TECHNIQUE_COMPLEX_REFLECTION] = 6,
	[TECHNIQUE_SUMMARY] = 5,
	[TECHNIQUE_HYPOTHETICAL_QUESTION] = 5,
	[TECHNIQUE_CHALLENGE] = 5,
	[TECHNIQUE_EMPATHY] = 4,
	[TECHNIQUE_SIMPLE_REFLECTION] = 4,
	[TECHNIQUE_OPEN_QUESTION] = 4,
	[TECHNIQUE_FUTURE_QUESTION] = 4,
	[TECHNIQUE_CLARIFYING_QUESTION] = 4,
	[TECHNIQUE_SCALING_QUESTION] = 4,
	[TECHNIQUE_LEARNING_QUESTION] = 4,
	[TECHNIQUE_COMMITMENT_QUESTION] = 4,
	[TECHNIQUE_AFFIRMATION] = 3,
	[TECHNIQUE_CONTRACTING] = 3,
	[TECHNIQUE_PERMISSION_QUESTION] = 2,
	[TECHNIQUE_MINIMAL_ENCOURAGER] = 2,
	[TECHNIQUE_WHY_QUESTION] = 1,
};

#define OPENED_WORTH 100 /* a level of depth */
#define LED_TO_WORTH 95  /* the message before the one that opened it */
#define CHANGE_WORTH 5
#define STACKED_COST 10

struct moment {
	const struct replay_step *step;
	const struct replay_step *effect; /* whose answer shows what it did: `step` or the message after it */
	int worth;
};

static int change_worth(const struct evidence *evidence, const struct engine_reply *reply)
{
	int sum = 0;

	for (size_t i = 0; i < reply->change_count; i++) {
		const struct engine_change *change = &reply->changes[i];
		const char *id = evidence->info->variables[change->variable].id;

		if (strcmp(id, "depth") == 0 || strcmp(id, "trust") == 0 || strcmp(id, "ownership") == 0)
			sum += (change->after - change->before) * CHANGE_WORTH;
	}
	return sum;
}

static int depth_opened(const struct evidence *evidence, const struct replay_step *step)
{
	return step->reply.disclosure ? dialogue_disclosure_depth(evidence->dialogue, step->reply.disclosure) : 0;
}

/* Worth saying only when there is something to compare with. */
static bool went_deepest(const struct evidence *evidence, const struct replay_step *step)
{
	int depth = depth_opened(evidence, step);
	bool compared = false;

	for (size_t i = 0; i < evidence->count; i++) {
		int other = depth_opened(evidence, evidence->messages[i]);

		if (other > depth)
			return false;
		compared = compared || (other > 0 && other < depth);
	}
	return compared;
}

static bool listens(enum technique_id technique)
{
	return technique == TECHNIQUE_COMPLEX_REFLECTION || technique == TECHNIQUE_SUMMARY;
}

static struct moment weigh(const struct evidence *evidence, size_t index)
{
	const struct replay_step *step = evidence->messages[index];
	const struct replay_step *next = index + 1 < evidence->count ? evidence->messages[index + 1] : NULL;
	enum technique_id technique = step->analysis.primary->technique;
	struct moment moment = {.step = step, .effect = step};

	if (worth[technique] == 0 || technique_is_spoiler(technique, evidence->info->mode))
		return moment;
	moment.worth = change_worth(evidence, &step->reply);
	if (step->reply.disclosure) {
		moment.worth += OPENED_WORTH * depth_opened(evidence, step);
	} else if (listens(technique) && next && next->reply.disclosure) {
		moment.worth += LED_TO_WORTH * depth_opened(evidence, next) + change_worth(evidence, &next->reply);
		moment.effect = next;
	}
	/* Nothing came of it: however good the form, it is not the best moment. */
	if (moment.worth <= 0)
		return moment;
	moment.worth += worth[technique];
	if (evidence_flagged(step, TECHNIQUE_FLAG_STACKED))
		moment.worth -= STACKED_COST;
	return moment;
}

/* The change that shows best what the moment did. */
static const struct engine_change *telling_change(const struct evidence *evidence, const struct engine_reply *reply)
{
	static const char *const shown[] = {"depth", "trust", "ownership"};

	for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
		for (size_t i = 0; i < reply->change_count; i++) {
			const struct engine_change *change = &reply->changes[i];

			if (change->after > change->before &&
				strcmp(evidence->info->variables[change->variable].id, shown[k]) == 0)
				return change;
		}
	}
	return NULL;
}

/* "Open question" inside a sentence. */
static void add_name(struct buffer *out, const char *name)
{
	bool capital = name[0] && isupper((unsigned char)name[0]) && !isupper((unsigned char)name[1]);

	buffer_char(out, capital ? (char)tolower((unsigned char)name[0]) : name[0]);
	buffer_text(out, name + (name[0] != '\0'));
}

enum deed { LED_ON, MOVED_ON, LEFT_ROOM, FELT_HEARD, USED_ROOM };

static const struct {
	const char *id, *worded;
} deeds[] = {
	[LED_ON] = {"led_on", "It asked for nothing, and with your next message {character} told you something new."},
	[MOVED_ON] = {"moved_on", "{character} stayed with you, and the conversation moved on."},
	[LEFT_ROOM] = {"left_room",
		"It left {character} room, and the answer was something you had not been told before."},
	[FELT_HEARD] = {"felt_heard", "{character} felt heard, and went on to something you had not been told before."},
	[USED_ROOM] = {"used_room", "{character} used the room that you left, and told you something new."},
};

static enum deed what_it_did(const struct moment *moment)
{
	enum technique_family family = moment->step->analysis.primary->family;

	if (moment->effect != moment->step)
		return LED_ON;
	if (!moment->step->reply.disclosure)
		return MOVED_ON;
	return family == TECHNIQUE_QUESTION ? LEFT_ROOM : family == TECHNIQUE_REFLECTION ? FELT_HEARD : USED_ROOM;
}

static void find_reason(const struct evidence *evidence, const struct moment *moment, struct debrief_reason *out)
{
	const struct technique_analysis *analysis = &moment->step->analysis;
	const struct engine_change *change = telling_change(evidence, &moment->effect->reply);

	out->technique = technique_pack_name(dialogue_pack(evidence->dialogue), analysis->primary->technique);
	out->deepest = went_deepest(evidence, moment->effect);
	if (analysis->picked_up_count > 0) {
		const struct technique_span *words = &analysis->picked_up[0];

		out->taken_up =
			arena_copy(evidence->arena, moment->step->turn->text + words->start, words->end - words->start);
	}
	if (change) {
		out->moved = evidence->info->variables[change->variable].label;
		out->before = change->before;
		out->after = change->after;
	}
}

static const char *reason(const struct evidence *evidence, const struct moment *moment, struct debrief_reason *because)
{
	const enum deed deed = what_it_did(moment);
	struct buffer text;
	const char *kept;

	find_reason(evidence, moment, because);
	because->did = deeds[deed].id;
	buffer_init(&text);
	buffer_text(&text, "Recognised as: ");
	add_name(&text, because->technique);
	buffer_format(&text, ". %s", evidence_fill(evidence, deeds[deed].worded, 0));
	if (because->deepest)
		buffer_text(&text, " Nothing else you were told goes deeper.");
	if (because->taken_up)
		buffer_format(&text, " You took up words from the line before (\xe2\x80\x9c%s\xe2\x80\x9d).",
			because->taken_up);
	if (because->moved)
		buffer_format(&text, " %s went from %d to %d.", because->moved, because->before, because->after);
	kept = arena_copy(evidence->arena, text.data, text.length);
	buffer_clear(&text);
	return kept;
}

void evidence_best(const struct evidence *evidence, struct debrief *out)
{
	struct moment best = {0};

	/* Later ones win a tie: what opens late was harder to reach. */
	for (size_t i = 0; i < evidence->count; i++) {
		struct moment moment = weigh(evidence, i);

		if (moment.worth > 0 && moment.worth >= best.worth)
			best = moment;
	}
	if (!best.step)
		return;
	out->best_turn = best.step->turn->number;
	out->best_text = arena_copy(evidence->arena, best.step->turn->text, best.step->turn->text_length);
	out->best_reason = reason(evidence, &best, &out->best_because);
}
