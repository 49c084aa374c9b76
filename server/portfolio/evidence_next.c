/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include <string.h>

enum wording { ANY_WORDING, AS_QUESTION, AS_STATEMENT };

/* What one step of advice to the trainee is about; also where its example is looked for. */
struct point {
	const char *id;
	/* How many times the evidence shows it; 0: does not apply. */
	unsigned (*shown)(const struct evidence *evidence, const struct debrief *debrief);
	bool (*at)(const struct replay_step *step); /* the messages whose feedback holds a fitting example; NULL: any */
	enum wording wording;                       /* of the example */
	const char *what;
	const char *why;
	const char *example; /* when the conversation holds none; may be NULL */
};

static unsigned flagged(const struct evidence *evidence, enum technique_flag_id flag)
{
	unsigned count = 0;

	for (size_t i = 0; i < evidence->count; i++)
		count += evidence_flagged(evidence->messages[i], flag);
	return count;
}

static unsigned nothing_said(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)evidence;
	return debrief->messages == 0;
}

static unsigned advised(const struct evidence *evidence, const struct debrief *debrief)
{
	return evidence->info->mode == TECHNIQUE_COACHING ? debrief->advice : 0;
}

static unsigned told_unasked(const struct evidence *evidence, const struct debrief *debrief)
{
	return evidence->info->mode == TECHNIQUE_MENTORING ? debrief->telling : 0;
}

static unsigned never_reflected(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)evidence;
	return debrief->messages >= 3 && debrief->reflections == 0;
}

static unsigned streaks(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)debrief;
	return flagged(evidence, TECHNIQUE_FLAG_INTERROGATION_STREAK);
}

static unsigned stacked(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)evidence;
	return debrief->stacked >= 2 ? debrief->stacked : 0;
}

static unsigned mostly_closed(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)evidence;
	return debrief->closed_questions >= 2 && debrief->closed_questions > debrief->open_questions
		       ? debrief->closed_questions
		       : 0;
}

static unsigned passed_feelings(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)debrief;
	return flagged(evidence, TECHNIQUE_FLAG_IGNORED_FEELING);
}

static bool was_missed(const struct debrief_cue *cue)
{
	return !cue->followed_turn && !cue->late_turn && !cue->heard_turn && !cue->open;
}

static unsigned missed_cues(const struct evidence *evidence, const struct debrief *debrief)
{
	unsigned missed = 0;

	(void)evidence;
	for (size_t i = 0; i < debrief->cue_count; i++)
		missed += was_missed(&debrief->cues[i]);
	return missed;
}

static unsigned always(const struct evidence *evidence, const struct debrief *debrief)
{
	(void)evidence;
	(void)debrief;
	return 1;
}

static bool at_advice(const struct replay_step *step)
{
	enum technique_id technique = step->analysis.primary->technique;

	return technique == TECHNIQUE_ADVICE_DIRECT || technique == TECHNIQUE_ADVICE_IN_QUESTION;
}

static bool at_telling(const struct replay_step *step)
{
	enum technique_id technique = step->analysis.primary->technique;

	return at_advice(step) || technique == TECHNIQUE_INFORMATION || technique == TECHNIQUE_SELF_DISCLOSURE;
}

static bool at_stacked(const struct replay_step *step)
{
	return evidence_flagged(step, TECHNIQUE_FLAG_STACKED);
}

static bool at_closed(const struct replay_step *step)
{
	return step->analysis.primary->technique == TECHNIQUE_CLOSED_QUESTION;
}

static bool at_feeling(const struct replay_step *step)
{
	return evidence_flagged(step, TECHNIQUE_FLAG_IGNORED_FEELING);
}

/* The most useful first: what closes a conversation before what makes it a little less open. */
/* What worked best is not what to try again. */
static bool is_best(const struct debrief *debrief, const struct replay_step *step)
{
	return debrief->best_turn != 0 && step->turn->number == debrief->best_turn;
}

/* The message that passed by the last opening that was missed. */
static const struct replay_step *passed_by(const struct evidence *evidence, const struct debrief *debrief)
{
	for (size_t i = debrief->cue_count; i > 0; i--) {
		const struct debrief_cue *cue = &debrief->cues[i - 1];

		if (!was_missed(cue))
			continue;
		for (size_t j = 0; j < evidence->count; j++) {
			if (evidence->messages[j]->turn->number <= cue->offered_turn)
				continue;
			if (!is_best(debrief, evidence->messages[j]))
				return evidence->messages[j];
			break;
		}
	}
	return NULL;
}

static const struct point points[] = {
	{"nothing_said", nothing_said, NULL, ANY_WORDING, "Say a first thing: a greeting, or one open question.",
		"There is nothing to look at yet. {character} answers whatever you type, so the first try costs "
		"nothing.",
		"What would be useful to talk about?"},
	{"advised", advised, at_advice, ANY_WORDING, "When a solution comes to your mind, ask for theirs first.",
		"You gave advice {times} without asking. {character} can only carry a plan that is {character}'s "
		"own; an idea of yours is easy to turn down, or to agree to and forget.",
		"What have you already thought of?"},
	{"told_unasked", told_unasked, at_telling, ANY_WORDING,
		"Ask what would help before you tell, keep it short, and hand it back.",
		"You told something {times} without asking. A mentor's experience is welcome; it lands better when "
		"{character} has said which part of it to hear.",
		"Which part of it would be useful to hear about?"},
	{"never_reflected", never_reflected, NULL, AS_STATEMENT,
		"Give back one thing that {character} said before your next question.",
		"There was no reflection yet. In recorded practice that experts judged good there were about three "
		"in ten messages; they show that you listened, and they often open more than a question does.",
		NULL},
	{"questions_in_a_row", streaks, NULL, AS_STATEMENT, "After two questions, stop and give back what you heard.",
		"Questions came in a row without anything given back. That can begin to feel like an interview, and "
		"{character} starts to answer instead of thinking.",
		NULL},
	{"stacked", stacked, at_stacked, AS_QUESTION, "Send one question and leave it alone.",
		"{n} messages held more than one question. {character} answers the easiest one, and the best one is "
		"lost.",
		NULL},
	{"mostly_closed", mostly_closed, at_closed, AS_QUESTION, "Begin with what or how.",
		"{n} of your questions could be answered in one word, more than could not. The same question with "
		"what or how in front gives {character} room to think.",
		NULL},
	{"passed_feelings", passed_feelings, at_feeling, AS_STATEMENT,
		"When a feeling shows, stay with it for one message.",
		"{character} showed a feeling and the next message asked for a fact. Meeting the feeling first is "
		"often the shortest way forward.",
		NULL},
	{"missed_cues", missed_cues, NULL, ANY_WORDING,
		"Pick up a word that {character} gives you, and wonder about it aloud.",
		"{character} gave openings that were passed by ({n}). The list of openings below shows where they "
		"were; "
		"one of them would have been enough.",
		NULL},
	{"go_deeper", always, NULL, AS_STATEMENT,
		"Go one step deeper: after a reflection, wait, and let {character} go on.",
		"The basics held. What comes next is trusting the pause: say what you heard and what may lie under "
		"it, and ask nothing for once.",
		NULL},
};

static bool worded(const char *text, enum wording wording)
{
	return wording == ANY_WORDING || (strchr(text, '?') != NULL) == (wording == AS_QUESTION);
}

static bool offers(const struct replay_step *step, enum wording wording)
{
	const struct engine_feedback *feedback = step->reply.feedback;

	return feedback && feedback->alternative && worded(feedback->alternative, wording);
}

/* The moment to try again: the last of this kind whose feedback offered a fitting example, or NULL. */
static const struct replay_step *moment_of(
	const struct evidence *evidence, const struct debrief *debrief, const struct point *point)
{
	if (point->shown == missed_cues)
		return passed_by(evidence, debrief);
	for (size_t i = evidence->count; i > 0; i--) {
		const struct replay_step *step = evidence->messages[i - 1];

		if (offers(step, point->wording) && (!point->at || point->at(step)) && !is_best(debrief, step))
			return step;
	}
	return NULL;
}

static const char *hinted(const struct evidence *evidence, enum wording wording)
{
	struct engine_hint hint = {0};

	if (engine_ended(evidence->replay->run))
		return NULL;
	engine_hint(evidence->dialogue, evidence->replay->run, evidence->arena, &hint);
	return hint.example && worded(hint.example, wording) ? hint.example : NULL;
}

void evidence_next(const struct evidence *evidence, struct debrief *out)
{
	const struct point *point = points;
	const struct replay_step *moment;
	unsigned shown = 0;

	while (!(shown = point->shown(evidence, out)))
		point++;
	out->next_id = point->id;
	out->next_count = shown;
	out->next_what = evidence_fill(evidence, point->what, shown);
	out->next_why = evidence_fill(evidence, point->why, shown);
	moment = moment_of(evidence, out, point);
	out->next_turn = moment ? moment->turn->number : 0;
	out->next_example = moment && offers(moment, point->wording) ? moment->reply.feedback->alternative : NULL;
	out->next_general = !out->next_example && point->example;
	if (!out->next_example)
		out->next_example = point->example ? point->example : hinted(evidence, point->wording);
}
