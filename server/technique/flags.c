/* SPDX-License-Identifier: Apache-2.0 */
#include "analyse.h"

#include "askwell/utf8.h"

#include <string.h>

#define PARROT_LEAST 3     /* content words */
#define PARROT_PER_CENT 80 /* of them said before */

struct flagging {
	const struct analysis *analysis;
	const struct pattern_set *candidates;
	const struct technique_analysis *result;
	struct technique_span span;
};

/* Sets `span` to what shows it. */
typedef bool flag_holds(struct flagging *flagging);

static struct technique_span whole(const struct analysis *analysis)
{
	return normal_span(&analysis->scratch->message, 0, analysis->scratch->message.length);
}

static const struct technique_label *find_label(const struct technique_analysis *result, enum technique_id id)
{
	for (size_t i = 0; i < result->label_count; i++) {
		if (result->labels[i].technique == id)
			return &result->labels[i];
	}
	return NULL;
}

static bool stacked(struct flagging *flagging)
{
	const struct technique_analysis *result = flagging->result;
	const struct technique_label *first = NULL, *last = NULL;
	for (size_t i = 0; i < result->label_count; i++) {
		const struct technique_label *label = &result->labels[i];
		if (!asking_surely(flagging->analysis, label) || label->technique == TECHNIQUE_PERMISSION_QUESTION ||
			label->technique == TECHNIQUE_SMALL_TALK || label->technique == TECHNIQUE_OFF_TOPIC)
			continue;
		if (first == NULL)
			first = label;
		last = label;
	}
	if (first == last)
		return false;
	flagging->span = (struct technique_span){first->span.start, last->span.end};
	return true;
}

static bool jargon(struct flagging *flagging)
{
	const struct analysis *analysis = flagging->analysis;
	const struct normal *message = &analysis->scratch->message;
	const struct normal *coachee = &analysis->scratch->coachee;
	struct pattern_match match;
	if (!group_matches(analysis->pack, &analysis->scratch->workspace, &analysis->pack->jargon, flagging->candidates,
		    message->text, message->length, &match))
		return false;
	flagging->span = normal_span(message, match.start, match.end);
	return memmem(coachee->text, coachee->length, message->text + match.start, match.end - match.start) == NULL;
}

static bool long_message(struct flagging *flagging)
{
	flagging->span = whole(flagging->analysis);
	return flagging->result->word_count > flagging->analysis->pack->long_message_words &&
	       find_label(flagging->result, TECHNIQUE_SUMMARY) == NULL;
}

/* Only what reflects can parrot, so the message before is read for that alone. */
static const struct normal *read_previous(const struct analysis *analysis)
{
	const struct technique_context *context = analysis->context;
	struct technique_scratch *scratch = analysis->scratch;
	bool good = context->previous != NULL && utf8_valid(context->previous, context->previous_length);
	normal_read(&scratch->previous, good ? context->previous : "", good ? context->previous_length : 0,
		&analysis->pack->words);
	segments_stem(analysis->pack, scratch->stemmer, &scratch->previous);
	return &scratch->previous;
}

static bool parroting(struct flagging *flagging)
{
	const struct normal *message = &flagging->analysis->scratch->message;
	size_t content = 0, again = 0;
	if (find_label(flagging->result, TECHNIQUE_SIMPLE_REFLECTION) == NULL &&
		find_label(flagging->result, TECHNIQUE_COMPLEX_REFLECTION) == NULL)
		return false;
	const struct normal *previous = read_previous(flagging->analysis);
	for (size_t i = 0; i < message->token_count; i++) {
		if (message->tokens[i].stem == 0)
			continue;
		content++;
		again += stem_in(previous, message->tokens[i].stem);
	}
	flagging->span = whole(flagging->analysis);
	return content >= PARROT_LEAST && again * 100 >= content * PARROT_PER_CENT;
}

static bool interrogation_streak(struct flagging *flagging)
{
	const struct technique_analysis *result = flagging->result;
	for (size_t i = 0; i < result->label_count; i++) {
		enum technique_id id = result->labels[i].technique;
		if (result->labels[i].family == TECHNIQUE_REFLECTION || id == TECHNIQUE_AFFIRMATION)
			return false;
	}
	flagging->span = whole(flagging->analysis);
	return result->question_count > 0 &&
	       flagging->analysis->context->question_streak + 1 >= flagging->analysis->pack->streak_messages;
}

static bool permitted(struct flagging *flagging)
{
	if (!flagging->analysis->context->permission_open)
		return false;
	for (size_t i = 0; i < flagging->result->label_count; i++) {
		if (flagging->result->labels[i].family == TECHNIQUE_INPUT &&
			flagging->result->labels[i].technique != TECHNIQUE_JUDGEMENT) {
			flagging->span = flagging->result->labels[i].span;
			return true;
		}
	}
	return false;
}

/* What needs the character is found by the engine. */
static flag_holds *const flags[TECHNIQUE_FLAG_COUNT] = {
	[TECHNIQUE_FLAG_STACKED] = stacked,
	[TECHNIQUE_FLAG_JARGON] = jargon,
	[TECHNIQUE_FLAG_LONG_MESSAGE] = long_message,
	[TECHNIQUE_FLAG_PARROTING] = parroting,
	[TECHNIQUE_FLAG_INTERROGATION_STREAK] = interrogation_streak,
	[TECHNIQUE_FLAG_PERMITTED] = permitted,
};

void analysis_flags(
	const struct analysis *analysis, const struct pattern_set *candidates, struct technique_analysis *out)
{
	struct flagging flagging = {.analysis = analysis, .candidates = candidates, .result = out};
	struct technique_flag found[TECHNIQUE_FLAG_COUNT];
	size_t count = 0;
	for (size_t i = 0; i < out->label_count; i++)
		out->question_count += asking(&out->labels[i]);
	for (int id = 0; id < TECHNIQUE_FLAG_COUNT && out->safety == NULL; id++) {
		if (flags[id] == NULL || !flags[id](&flagging))
			continue;
		found[count++] = (struct technique_flag){
			(enum technique_flag_id)id, analysis->pack->flags[id].reason, flagging.span};
	}
	struct technique_flag *kept = arena_array(analysis->arena, count, sizeof *kept);
	memcpy(kept, found, count * sizeof *kept);
	out->flags = kept;
	out->flag_count = count;
}

void analysis_pick_up(const struct analysis *analysis, struct technique_analysis *out)
{
	const struct normal *message = &analysis->scratch->message;
	struct technique_span *spans = NULL;
	size_t count = 0, last = SIZE_MAX;
	if (analysis->scratch->coachee.token_count == 0 || out->safety != NULL)
		return;
	for (size_t i = 0; i < message->token_count; i++) {
		const struct normal_token *token = &message->tokens[i];
		if (token->stem == 0 || !stem_in(&analysis->scratch->coachee, token->stem))
			continue;
		struct technique_span span = normal_span(message, token->start, token->end);
		if (spans == NULL)
			spans = arena_array(analysis->arena, message->token_count - i, sizeof *spans);
		if (last != SIZE_MAX && last + 1 == i && token->start == message->tokens[last].end + 1)
			spans[count - 1].end = span.end;
		else
			spans[count++] = span;
		last = i;
	}
	out->picked_up = spans;
	out->picked_up_count = count;
}
