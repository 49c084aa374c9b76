/* SPDX-License-Identifier: Apache-2.0 */
#include "analyse.h"
#include "label.h"

#include "askwell/utf8.h"

#include <limits.h>
#include <string.h>

/* Precedence 3 of the taxonomy: what hurts most is what the coachee reacts to. */
static const enum technique_id spoilers[] = {TECHNIQUE_JUDGEMENT, TECHNIQUE_ADVICE_DIRECT, TECHNIQUE_REASSURANCE,
	TECHNIQUE_ADVICE_IN_QUESTION, TECHNIQUE_LEADING_QUESTION, TECHNIQUE_SELF_DISCLOSURE};

/* Precedence 5: the most telling of the questions; and 6, without any. */
static const enum technique_id questions[] = {TECHNIQUE_COMMITMENT_QUESTION, TECHNIQUE_SCALING_QUESTION,
	TECHNIQUE_HYPOTHETICAL_QUESTION, TECHNIQUE_LEARNING_QUESTION, TECHNIQUE_FUTURE_QUESTION,
	TECHNIQUE_PERMISSION_QUESTION, TECHNIQUE_CONTRACTING, TECHNIQUE_CHALLENGE, TECHNIQUE_CLARIFYING_QUESTION,
	TECHNIQUE_WHY_QUESTION, TECHNIQUE_OPEN_QUESTION, TECHNIQUE_STRUCTURING, TECHNIQUE_CLOSED_QUESTION,
	TECHNIQUE_SMALL_TALK};
static const enum technique_id statements[] = {TECHNIQUE_CONTRACTING, TECHNIQUE_SUMMARY, TECHNIQUE_CHALLENGE,
	TECHNIQUE_COMPLEX_REFLECTION, TECHNIQUE_EMPATHY, TECHNIQUE_AFFIRMATION, TECHNIQUE_SIMPLE_REFLECTION,
	TECHNIQUE_SELF_DISCLOSURE, TECHNIQUE_INFORMATION, TECHNIQUE_STRUCTURING, TECHNIQUE_MINIMAL_ENCOURAGER,
	TECHNIQUE_SMALL_TALK, TECHNIQUE_OFF_TOPIC};

#define SCENE_SURE 60
#define SCALE_SURE 85

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

enum wanted { WANTED_ANY, WANTED_ASKING, WANTED_ASKING_SURELY };

/* "Suppose it is a year from now. What has changed?" asks with both sentences, as "Scale of 0 to 10. Where are you?" does;
 * "You said three. Why three?" asks with the second. */
static bool sets_scene(const struct analysis *analysis, const struct technique_label *label)
{
	enum technique_id last = analysis->labels[analysis->label_count - 1].technique;
	if (label->technique == TECHNIQUE_SCALING_QUESTION)
		return label->confidence >= SCALE_SURE &&
		       (last == TECHNIQUE_OPEN_QUESTION || last == TECHNIQUE_CLOSED_QUESTION);
	return label->technique == TECHNIQUE_HYPOTHETICAL_QUESTION && label->confidence >= SCENE_SURE;
}

static unsigned words_of(const struct analysis *analysis, const struct technique_label *label)
{
	const struct normal *message = &analysis->scratch->message;
	unsigned count = 0;
	for (size_t i = 0; i < message->token_count; i++) {
		struct technique_span span = normal_span(message, message->tokens[i].start, message->tokens[i].end);
		count += span.start >= label->span.start && span.end <= label->span.end;
	}
	return count;
}

#define HANDED_BACK_WORDS 3

/* "Nineteen hours? How do you cope?": the few words handed back leave the floor to the open question at the end. */
static bool hands_back(const struct analysis *analysis, const struct technique_label *label)
{
	const struct technique_label *last = &analysis->labels[analysis->label_count - 1];
	return label->technique == TECHNIQUE_CLARIFYING_QUESTION && label->evidence_count > 0 &&
	       label->form != TECHNIQUE_FORM_OPEN && last->technique == TECHNIQUE_OPEN_QUESTION &&
	       words_of(analysis, label) <= HANDED_BACK_WORDS;
}

static bool is_wanted(const struct analysis *analysis, const struct technique_label *label, enum wanted wanted)
{
	if (wanted == WANTED_ASKING_SURELY && !sets_scene(analysis, label))
		return label->technique != TECHNIQUE_SMALL_TALK && !hands_back(analysis, label) &&
		       asking_surely(analysis, label);
	if (wanted == WANTED_ANY)
		return true;
	return label->form != TECHNIQUE_FORM_NONE && !hands_back(analysis, label);
}

/* The first of its kind; of questions the last, which holds the floor. */
static const struct technique_label *of_technique(
	const struct analysis *analysis, enum technique_id id, enum wanted wanted)
{
	const struct technique_label *found = NULL;
	for (size_t i = 0; i < analysis->label_count && (found == NULL || wanted != WANTED_ANY); i++) {
		const struct technique_label *label = &analysis->labels[i];
		if (label->technique == id && is_wanted(analysis, label, wanted))
			found = label;
	}
	return found;
}

static const struct technique_label *first_of(
	const struct analysis *analysis, const enum technique_id *order, size_t count, enum wanted wanted)
{
	const struct technique_label *label = NULL;
	for (size_t i = 0; i < count && label == NULL; i++)
		label = of_technique(analysis, order[i], wanted);
	return label;
}

/* Asked and delivered in one message: what was delivered leads. */
static const struct technique_label *delivered(const struct analysis *analysis)
{
	bool asked = false;
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];
		if (asked && label->family == TECHNIQUE_INPUT)
			return label;
		asked |= label->technique == TECHNIQUE_PERMISSION_QUESTION;
	}
	return NULL;
}

static size_t length_of(const struct analysis *analysis, enum technique_family family)
{
	size_t length = 0;
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];
		length += label->family == family ? label->span.end - label->span.start : 0;
	}
	return length;
}

/* A message that mostly tells is led by what it tells, also when a word of listening stands beside it. */
static const struct technique_label *told(const struct analysis *analysis)
{
	const struct technique_label *label = NULL;
	if (length_of(analysis, TECHNIQUE_INPUT) <= length_of(analysis, TECHNIQUE_REFLECTION))
		return NULL;
	for (size_t i = 0; i < COUNT(statements) && label == NULL; i++) {
		if (technique_family_of(statements[i]) == TECHNIQUE_INPUT)
			label = of_technique(analysis, statements[i], WANTED_ANY);
	}
	return label;
}

/* A few words in passing that only may be held against the trainee leave the floor to the question that follows:
 * "Pick one of them. What did you say back?" What a rule is sure of does not. */
struct passing {
	enum technique_id technique;
	unsigned words; /* fewer pass ... */
	int sure;       /* ... when less sure than this */
};
static const struct passing passings[] = {
	{TECHNIQUE_ADVICE_DIRECT, 6, 90},
	{TECHNIQUE_ADVICE_DIRECT, 10, 80},
	{TECHNIQUE_REASSURANCE, 6, 85},
	{TECHNIQUE_SELF_DISCLOSURE, 10, 90},
	{TECHNIQUE_SELF_DISCLOSURE, UINT_MAX, 70},
};

static bool only_passes(const struct analysis *analysis, const struct technique_label *label)
{
	bool voted = label->evidence_count > 0;
	for (size_t i = 0; i < COUNT(passings) && voted; i++) {
		const struct passing *passing = &passings[i];
		if (passing->technique == label->technique && label->confidence < passing->sure &&
			words_of(analysis, label) < passing->words)
			return true;
	}
	return false;
}

static bool question_follows(const struct analysis *analysis, const struct technique_label *label)
{
	const struct technique_label *last = &analysis->labels[analysis->label_count - 1];
	for (const struct technique_label *next = label + 1; next <= last; next++) {
		if (next->form != TECHNIQUE_FORM_NONE)
			return true;
	}
	return false;
}

static const struct technique_label *spoiled(const struct analysis *analysis)
{
	const struct technique_label *label = NULL;
	for (size_t i = 0; i < COUNT(spoilers) && label == NULL; i++) {
		if (!technique_is_spoiler(spoilers[i], analysis->context->mode))
			continue;
		label = of_technique(analysis, spoilers[i], WANTED_ANY);
		if (label != NULL && question_follows(analysis, label) && only_passes(analysis, label))
			label = NULL;
	}
	return label;
}

static const struct technique_label *primary_of(const struct analysis *analysis)
{
	const struct technique_label *last = &analysis->labels[analysis->label_count - 1];
	const struct technique_label *label = spoiled(analysis);
	if (label == NULL)
		label = delivered(analysis);
	if (label == NULL && last->technique == TECHNIQUE_OFF_TOPIC)
		label = last;
	if (label == NULL)
		label = first_of(analysis, questions, COUNT(questions), WANTED_ASKING_SURELY);
	if (label == NULL)
		label = first_of(analysis, questions, COUNT(questions), WANTED_ASKING);
	if (label == NULL)
		label = of_technique(analysis, TECHNIQUE_UNCLASSIFIED, WANTED_ANY);
	if (label == NULL)
		label = told(analysis);
	if (label == NULL)
		label = first_of(analysis, statements, COUNT(statements), WANTED_ANY);
	return label != NULL ? label : last;
}

static const char *safety_of(const struct analysis *analysis, const struct pattern_set *candidates)
{
	const struct technique_pack *pack = analysis->pack;
	const struct normal *message = &analysis->scratch->message;
	for (size_t i = 0; i < pack->safety_count; i++) {
		if (group_matches(pack, &analysis->scratch->workspace, &pack->safeties[i].group, candidates,
			    message->text, message->length, NULL))
			return pack->safeties[i].id;
	}
	return NULL;
}

static void read_coachee(struct analysis *analysis)
{
	const struct technique_context *context = analysis->context;
	struct technique_scratch *scratch = analysis->scratch;
	bool good = context->coachee != NULL && utf8_valid(context->coachee, context->coachee_length);
	normal_read(&scratch->coachee, good ? context->coachee : "", good ? context->coachee_length : 0,
		&analysis->pack->words);
	segments_stem(analysis->pack, scratch->stemmer, &scratch->coachee);
	analysis->asked = scratch->coachee.length > 0 && scratch->coachee.text[scratch->coachee.length - 1] == '?';
}

static void add_unclassified(struct analysis *analysis, struct technique_span span)
{
	const struct technique_pack *pack = analysis->pack;
	size_t at = analysis->label_count++;
	for (; at > 0 && analysis->labels[at - 1].span.start > span.start; at--)
		analysis->labels[at] = analysis->labels[at - 1];
	analysis->labels[at] = (struct technique_label){.technique = TECHNIQUE_UNCLASSIFIED,
		.family = TECHNIQUE_OTHER,
		.span = span,
		.cue = span,
		.runner_up = analysis->nearest,
		.rule = "",
		.reason = pack->techniques[TECHNIQUE_UNCLASSIFIED].feedback[0].what};
}

/* "Okay. The thing with the rota." leaves no floor: an encourager is one only when it stands alone. */
static bool only_encouragers(const struct analysis *analysis)
{
	for (size_t i = 0; i < analysis->label_count; i++) {
		if (analysis->labels[i].technique != TECHNIQUE_MINIMAL_ENCOURAGER)
			return false;
	}
	return true;
}

static void label_message(struct analysis *analysis, size_t length, bool safe)
{
	const struct technique_scratch *scratch = analysis->scratch;
	for (size_t i = 0; i < scratch->segment_count && safe; i++)
		label_segment(analysis, &scratch->segments[i]);
	if (analysis->label_count == 0)
		add_unclassified(analysis, (struct technique_span){0, length});
	else if (analysis->unlabelled != NULL && only_encouragers(analysis))
		add_unclassified(analysis,
			normal_span(&scratch->message, analysis->unlabelled->start, analysis->unlabelled->end));
}

enum status technique_analyse(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context, struct arena *arena, struct technique_analysis *out)
{
	struct analysis analysis = {.pack = pack, .scratch = scratch, .context = context, .arena = arena};
	struct pattern_set candidates;
	*out = (struct technique_analysis){0};
	if (length > TECHNIQUE_TEXT_MAX)
		return STATUS_TOO_LARGE;
	if (!utf8_valid(text, length) || utf8_blank(text, length))
		return STATUS_INVALID;
	normal_read(&scratch->message, text, length, &pack->words);
	segments_stem(pack, scratch->stemmer, &scratch->message);
	read_coachee(&analysis);
	text_keys_read(&scratch->keys, &pack->keys, &scratch->message);
	pattern_index_look(&pack->message_index, &scratch->keys, 0, scratch->message.token_count, true, &candidates);
	out->safety = safety_of(&analysis, &candidates);
	segments_find(pack, scratch, &candidates);
	analysis.labels = arena_array(arena, scratch->segment_count + 1, sizeof *analysis.labels);
	label_message(&analysis, length, out->safety == NULL);
	out->labels = analysis.labels;
	out->label_count = analysis.label_count;
	out->primary = primary_of(&analysis);
	out->word_count = (unsigned)scratch->message.token_count;
	analysis_flags(&analysis, &candidates, out);
	analysis_pick_up(&analysis, out);
	return STATUS_OK;
}
