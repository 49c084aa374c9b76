/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/debrief.h"

#include "evidence.h"

static const bool telling[TECHNIQUE_COUNT] = {
	[TECHNIQUE_ADVICE_DIRECT] = true,
	[TECHNIQUE_ADVICE_IN_QUESTION] = true,
	[TECHNIQUE_INFORMATION] = true,
	[TECHNIQUE_SELF_DISCLOSURE] = true,
};

static const bool advice[TECHNIQUE_COUNT] = {
	[TECHNIQUE_ADVICE_DIRECT] = true,
	[TECHNIQUE_ADVICE_IN_QUESTION] = true,
};

static const bool reflection[TECHNIQUE_COUNT] = {
	[TECHNIQUE_SIMPLE_REFLECTION] = true,
	[TECHNIQUE_COMPLEX_REFLECTION] = true,
	[TECHNIQUE_SUMMARY] = true,
};

/* What counts as open or closed for the share of open questions; scaling, commitment and permission questions,
 * contracting, structuring and checks are left out, because closed is right for them. */
static const enum technique_form counted_form[TECHNIQUE_COUNT] = {
	[TECHNIQUE_OPEN_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_CLARIFYING_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_WHY_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_HYPOTHETICAL_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_FUTURE_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_LEARNING_QUESTION] = TECHNIQUE_FORM_OPEN,
	[TECHNIQUE_CLOSED_QUESTION] = TECHNIQUE_FORM_CLOSED,
	[TECHNIQUE_LEADING_QUESTION] = TECHNIQUE_FORM_CLOSED,
	[TECHNIQUE_ADVICE_IN_QUESTION] = TECHNIQUE_FORM_CLOSED,
};

/* Several reflecting sentences in a row are one reflection. */
static unsigned count_reflections(const struct technique_analysis *analysis)
{
	unsigned count = 0;
	bool going_on = false;

	for (size_t i = 0; i < analysis->label_count; i++) {
		bool now = reflection[analysis->labels[i].technique];

		count += now && !going_on;
		going_on = now;
	}
	return count;
}

static void count_message(const struct replay_step *step, struct debrief *out)
{
	const struct technique_analysis *analysis = &step->analysis;
	bool permitted = evidence_flagged(step, TECHNIQUE_FLAG_PERMITTED), told = false;

	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];

		out->mix[label->technique]++;
		told = told || telling[label->technique];
		out->advice += advice[label->technique] && !permitted;
		out->questions += label->family == TECHNIQUE_QUESTION;
		out->open_questions += counted_form[label->technique] == TECHNIQUE_FORM_OPEN;
		out->closed_questions += counted_form[label->technique] == TECHNIQUE_FORM_CLOSED;
	}
	out->messages++;
	out->telling += told && !permitted;
	out->telling_permitted += told && permitted;
	out->reflections += count_reflections(analysis);
	out->stacked += evidence_flagged(step, TECHNIQUE_FLAG_STACKED);
	out->words += analysis->word_count;
	out->own_words += analysis->picked_up_count > 0;
}

static void trace_path(const struct evidence *evidence, struct debrief *out)
{
	struct debrief_stage *path = arena_array(evidence->arena, evidence->count, sizeof *path);
	size_t count = 0;

	for (size_t i = 0; i < evidence->count; i++) {
		const struct replay_step *step = evidence->messages[i];

		if (count == 0 || path[count - 1].stage != step->reply.stage_after)
			path[count++] = (struct debrief_stage){
				.stage = step->reply.stage_after, .from_turn = step->turn->number};
		path[count - 1].to_turn = step->turn->number;
	}
	out->path = path;
	out->path_count = count;
}

static const char *spoken_lines(const struct evidence *evidence, const struct engine_reply *reply)
{
	const char *spoken = NULL;

	for (size_t i = 0; i < reply->line_count; i++) {
		if (reply->lines[i].voice != ENGINE_CHARACTER)
			continue;
		spoken = spoken ? arena_format(evidence->arena, "%s %s", spoken, reply->lines[i].text)
				: reply->lines[i].text;
	}
	return spoken ? spoken : "";
}

static bool holds(const unsigned *cues, size_t count, unsigned cue)
{
	for (size_t i = 0; i < count; i++)
		if (cues[i] == cue)
			return true;
	return false;
}

/* The turn, among the messages from `next` on that are still in time, that picked the cue up; 0 when none did. */
static uint32_t follower(const struct evidence *evidence, size_t next, unsigned cue)
{
	for (size_t i = next; i < evidence->count && i < next + ENGINE_CUE_WINDOW; i++) {
		const struct engine_reply *reply = &evidence->messages[i]->reply;

		if (holds(reply->cues_followed, reply->cues_followed_count, cue))
			return evidence->messages[i]->turn->number;
	}
	return 0;
}

/* The turn, among the messages from `next` on, that came back to the cue when its time was over; 0 when none did. */
static uint32_t latecomer(const struct evidence *evidence, size_t next, unsigned cue)
{
	for (size_t i = next; i < evidence->count; i++) {
		const struct engine_reply *reply = &evidence->messages[i]->reply;

		if (holds(reply->cues_late, reply->cues_late_count, cue))
			return evidence->messages[i]->turn->number;
	}
	return 0;
}

/* The message right after the cue, if it gave back something of what was said, in whatever words; 0 when it did not. */
static uint32_t listener(const struct evidence *evidence, size_t next)
{
	if (next >= evidence->count)
		return 0;
	const struct technique_analysis *analysis = &evidence->messages[next]->analysis;
	for (size_t i = 0; i < analysis->label_count; i++) {
		enum technique_id technique = analysis->labels[i].technique;

		if (technique == TECHNIQUE_SIMPLE_REFLECTION || technique == TECHNIQUE_COMPLEX_REFLECTION ||
			technique == TECHNIQUE_SUMMARY || technique == TECHNIQUE_EMPATHY)
			return evidence->messages[next]->turn->number;
	}
	return 0;
}

/* A cue that comes up again is the same cue: it counts as picked up when it was picked up once. */
static void offer_cues(const struct evidence *evidence, const struct engine_reply *reply, uint32_t turn, size_t next,
	struct debrief_cue *cues, size_t *count)
{
	for (size_t i = 0; i < reply->cues_offered_count; i++) {
		unsigned cue = reply->cues_offered[i];
		uint32_t followed = follower(evidence, next, cue);
		size_t at = 0;

		while (at < *count && cues[at].cue != cue)
			at++;
		if (at < *count && !followed && !cues[at].followed_turn && !cues[at].late_turn && !cues[at].heard_turn)
			cues[at].heard_turn = listener(evidence, next);
		if (at < *count && (cues[at].followed_turn || !followed))
			continue;
		cues[at] = (struct debrief_cue){.cue = cue,
			.line = spoken_lines(evidence, reply),
			.offered_turn = turn,
			.followed_turn = followed,
			.late_turn = followed ? 0 : latecomer(evidence, next, cue),
			.open = next >= evidence->count};
		if (!followed && !cues[at].late_turn)
			cues[at].heard_turn = listener(evidence, next);
		if (at == *count)
			(*count)++;
	}
}

static void trace_cues(const struct evidence *evidence, struct debrief *out)
{
	struct debrief_cue *cues = arena_array(evidence->arena, evidence->info->cue_count, sizeof *cues);
	size_t count = 0;

	offer_cues(evidence, &evidence->replay->opening, 0, 0, cues, &count);
	for (size_t i = 0; i < evidence->count; i++)
		offer_cues(evidence, &evidence->messages[i]->reply, evidence->messages[i]->turn->number, i + 1, cues,
			&count);
	out->cues = cues;
	out->cue_count = count;
}

static void trace_earlier_ends(const struct replay *replay, struct arena *arena, struct debrief *out)
{
	uint32_t *ends = arena_array(arena, replay->count, sizeof *ends);

	for (size_t i = 0; i < replay->count; i++)
		if (replay->steps[i].set_aside && replay->steps[i].reply.ending >= 0)
			ends[out->earlier_end_count++] = replay->steps[i].turn->number;
	out->earlier_ends = ends;
}

void debrief_make(
	const struct dialogue *dialogue, const struct replay *replay, struct arena *arena, struct debrief *out)
{
	struct evidence evidence;

	*out = (struct debrief){.ending = engine_ending(replay->run)};
	/* Nothing comes after an end but going back behind it. */
	out->ended_turn = out->ending >= 0 ? (uint32_t)replay->count : 0;
	trace_earlier_ends(replay, arena, out);
	evidence_gather(dialogue, replay, arena, &evidence);
	for (size_t i = 0; i < evidence.count; i++)
		count_message(evidence.messages[i], out);
	trace_path(&evidence, out);
	trace_cues(&evidence, out);
	evidence_best(&evidence, out);
	evidence_next(&evidence, out);
}
