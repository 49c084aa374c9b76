/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"
#include "tally.h"
#include "vote.h"

#include <stdint.h>
#include <string.h>

/* One condition of "where", looked at by itself. */
struct condition {
	/* Copies the condition from `rule` to `probe`, which has none; false when the rule does not ask for it. */
	bool (*take)(const struct pack_rule *rule, struct pack_rule *probe);
	/* Why it does not hold. */
	const char *(*tell)(
		const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule);
};

/* What is explained at the moment. */
struct explaining {
	const struct analysis *analysis;
	const struct segment *segment;
	struct label_view *view;
	struct technique_trial *trials;
	size_t count;
};

static struct pack_rule without_conditions(const struct pack_rule *rule)
{
	return (struct pack_rule){.group = rule->group,
		.mark = -1,
		.asked = -1,
		.alone = -1,
		.mode = -1,
		.first = -1,
		.shared_most = UINT16_MAX};
}

static bool take_mark(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->mark = rule->mark;
	return rule->mark >= 0;
}

static bool take_words(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->words_least = rule->words_least;
	probe->words_most = rule->words_most;
	return rule->words_least > 0 || rule->words_most > 0;
}

static bool take_shared(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->shared_least = rule->shared_least;
	probe->shared_most = rule->shared_most;
	return rule->shared_least > 0 || rule->shared_most != UINT16_MAX;
}

static bool take_echo(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->echo_least = rule->echo_least;
	return rule->echo_least > 0;
}

static bool take_mode(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->mode = rule->mode;
	return rule->mode >= 0;
}

static bool take_asked(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->asked = rule->asked;
	return rule->asked >= 0;
}

static bool take_first(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->first = rule->first;
	return rule->first >= 0;
}

static bool take_alone(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->alone = rule->alone;
	return rule->alone >= 0;
}

static bool take_after(const struct pack_rule *rule, struct pack_rule *probe)
{
	probe->after = rule->after;
	return rule->after.code != NULL;
}

static const char *tell_mark(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	return rule->mark == 1 ? "only with a question mark" : "only without a question mark";
}

static const char *tell_words(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	bool few = rule->words_least > segment->word_count;
	return arena_format(analysis->arena, "only with %u words or %s, and here are %u",
		few ? rule->words_least : rule->words_most, few ? "more" : "fewer", segment->word_count);
}

static const char *tell_shared(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	if (rule->shared_least > segment->shared)
		return arena_format(analysis->arena,
			"only with %u or more of the coachee's content words taken up, and here %s %u",
			rule->shared_least, segment->shared == 1 ? "is" : "are", segment->shared);
	return arena_format(analysis->arena,
		"only with %u or fewer of the coachee's content words taken up, and here %s %u", rule->shared_most,
		segment->shared == 1 ? "is" : "are", segment->shared);
}

static const char *tell_echo(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	return arena_format(analysis->arena,
		"only where %u in 100 content words are the coachee's, and here %u of %u are", rule->echo_least,
		segment->shared, segment->content);
}

static const char *tell_mode(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	return rule->mode == TECHNIQUE_MENTORING ? "only in mentoring" : "only in coaching";
}

static const char *tell_asked(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	return rule->asked == 1 ? "only when the coachee has just asked something"
				: "only when the coachee has not just asked something";
}

static const char *tell_first(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	return rule->first == 1 ? "only before the coachee has said anything"
				: "only once the coachee has said something";
}

static const char *tell_alone(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	return rule->alone == 1 ? "only when nothing else is in the message"
				: "only when something else is in the message";
}

static const char *tell_after(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	(void)analysis;
	(void)segment;
	(void)rule;
	return "only after certain opening words, which are not here";
}

static const struct condition conditions[] = {
	{take_mark, tell_mark},
	{take_words, tell_words},
	{take_shared, tell_shared},
	{take_echo, tell_echo},
	{take_mode, tell_mode},
	{take_asked, tell_asked},
	{take_first, tell_first},
	{take_alone, tell_alone},
	{take_after, tell_after},
};

/* Every condition that does not hold, in plain words. */
static const char *why_out_of_place(const struct explaining *explaining, const struct pack_rule *rule)
{
	const struct analysis *analysis = explaining->analysis;
	const char *told = NULL;
	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
		struct pack_rule probe = without_conditions(rule);
		struct pattern_match match;
		if (!conditions[i].take(rule, &probe) ||
			label_try(analysis, explaining->view, &probe, &match) != RULE_OUT_OF_PLACE)
			continue;
		const char *one = conditions[i].tell(analysis, explaining->segment, rule);
		told = told == NULL ? one : arena_format(analysis->arena, "%s; %s", told, one);
	}
	return told;
}

static struct technique_span words_of(const struct explaining *explaining, const struct pattern_match *match)
{
	uint32_t core = explaining->segment->core;
	if (match->cue_start >= match->cue_end)
		return (struct technique_span){0};
	return normal_span(&explaining->analysis->scratch->message, core + match->cue_start, core + match->cue_end);
}

static const char *silencing_words(const struct explaining *explaining, const struct pack_rule *rule)
{
	const struct analysis *analysis = explaining->analysis;
	const struct technique_pack *pack = analysis->pack;
	const char *text = analysis->scratch->message.text + explaining->segment->core;
	size_t length = explaining->segment->core_end - explaining->segment->core;
	for (uint32_t i = 0; i < rule->group.not_count; i++) {
		uint32_t aside = pack->aside_refs[rule->group.not_first + i];
		struct pattern_match match = {0};
		if (label_phrase(analysis, explaining->view, ASIDE_FIRST + aside, &match) && match.end > 0)
			return arena_copy(analysis->arena, text + match.start, match.end - match.start);
		if (pack->asides[aside].code != NULL &&
			pattern_match(&pack->asides[aside], &analysis->scratch->workspace, text, length, 0, &match) ==
				PATTERN_YES)
			return arena_copy(analysis->arena, text + match.start, match.end - match.start);
	}
	return "";
}

/* Adds how `rule` does, unless its words are not there. A rule that fits is left as lost; who won is known later. */
static void try_rule(struct explaining *explaining, enum technique_part part, const struct pack_rule *rule)
{
	struct technique_trial trial = {.part = part,
		.outcome = TECHNIQUE_LOST,
		.id = rule->id,
		.reason = rule->reason,
		.technique = rule->technique,
		.points = rule->points};
	struct pattern_match match;
	enum rule_outcome outcome = label_try(explaining->analysis, explaining->view, rule, &match);
	if (outcome == RULE_OUT_OF_PLACE && rule->group.count > 0) {
		struct pack_rule probe = without_conditions(rule);
		trial.detail = why_out_of_place(explaining, rule);
		trial.outcome = TECHNIQUE_OUT_OF_PLACE;
		outcome = label_try(explaining->analysis, explaining->view, &probe, &match);
		if (outcome != RULE_FITS)
			return;
	} else if (outcome == RULE_SILENCED) {
		trial.outcome = TECHNIQUE_SILENCED;
		trial.detail = silencing_words(explaining, rule);
	} else if (outcome != RULE_FITS) {
		return;
	}
	trial.words = words_of(explaining, &match);
	explaining->trials[explaining->count++] = trial;
}

static void try_all(struct explaining *explaining, enum technique_part part, const struct pack_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		try_rule(explaining, part, &rules->list[i]);
}

static struct technique_trial *first_fitting(const struct explaining *explaining, enum technique_part part)
{
	for (size_t i = 0; i < explaining->count; i++) {
		if (explaining->trials[i].part == part && explaining->trials[i].outcome == TECHNIQUE_LOST)
			return &explaining->trials[i];
	}
	return NULL;
}

/* Turns of phrase that are there, as cues that fit. */
static void add_wordings(struct explaining *explaining, const struct vote *vote)
{
	for (size_t i = 0; i < vote->cast_count; i++) {
		const struct pack_rule *rule = vote->casts[i].rule;
		if (rule->wording)
			explaining->trials[explaining->count++] = (struct technique_trial){.part = TECHNIQUE_PART_CUE,
				.outcome = TECHNIQUE_LOST,
				.id = rule->id,
				.reason = rule->reason,
				.technique = rule->technique,
				.points = rule->points,
				.words = words_of(explaining, &vote->casts[i].match)};
	}
}

/* The sentence as wordings see it. */
static const char *words_in_a_row(const struct explaining *explaining)
{
	const struct normal *message = &explaining->analysis->scratch->message;
	struct arena *arena = explaining->analysis->arena;
	const char *words = "";
	for (uint32_t i = explaining->view->token; i < explaining->segment->token_end; i++) {
		const struct normal_token *token = &message->tokens[i];
		words = arena_format(arena, "%s%s%.*s", words, *words != '\0' ? " " : "",
			(int)(token->end - token->start), message->text + token->start);
	}
	return words;
}

/* The vote as label_segment() would hold it. */
static void count_vote(struct explaining *explaining, struct technique_sentence *sentence)
{
	const struct analysis *analysis = explaining->analysis;
	const struct pack_rules *defaults = &analysis->pack->defaults;
	struct pattern_match match = {0};
	struct vote vote;
	uint32_t from = defaults->from;
	const struct pack_rule *by_default = label_next(analysis, explaining->view, defaults, &from, &match);
	vote_count(analysis, explaining->view, by_default, &match, &vote);
	add_wordings(explaining, &vote);
	memcpy(sentence->points, vote.points, sizeof sentence->points);
	sentence->winner = vote.winner;
	sentence->runner_up = vote.runner_up;
}

static void judge_trials(struct explaining *explaining, struct technique_sentence *sentence)
{
	struct technique_trial *sure = first_fitting(explaining, TECHNIQUE_PART_RULE);
	const struct technique_trial *standing = first_fitting(explaining, TECHNIQUE_PART_DEFAULT);
	sentence->rule = sure != NULL ? sure->id : NULL;
	for (size_t i = 0; i < explaining->count; i++) {
		struct technique_trial *trial = &explaining->trials[i];
		if (trial->outcome != TECHNIQUE_LOST)
			continue;
		bool behind = trial->part == TECHNIQUE_PART_DEFAULT && trial != standing;
		trial->detail = sure != NULL ? sure->id : behind ? standing->id : technique_name(sentence->winner);
		if (trial == sure || (sure == NULL && !behind && sentence->winner != TECHNIQUE_UNCLASSIFIED &&
					     trial->points != NULL && trial->points[sentence->winner] > 0)) {
			trial->outcome = TECHNIQUE_WON;
			trial->detail = NULL;
		}
	}
}

static const struct technique_label *label_over(
	const struct technique_analysis *analysis, const struct technique_span *span)
{
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];
		if (label->span.start <= span->start && span->end <= label->span.end)
			return label;
	}
	return NULL;
}

static void explain_segment(const struct analysis *analysis, const struct segment *segment,
	const struct technique_analysis *outcome, struct technique_sentence *sentence)
{
	const struct technique_pack *pack = analysis->pack;
	struct label_view view;
	struct explaining explaining = {.analysis = analysis, .segment = segment, .view = &view};
	explaining.trials = arena_array(analysis->arena,
		pack->rules.count + pack->defaults.count + pack->cues.count + VOTE_CASTS_MAX,
		sizeof *explaining.trials);
	label_look(analysis, segment, &view);
	try_all(&explaining, TECHNIQUE_PART_RULE, &pack->rules);
	try_all(&explaining, TECHNIQUE_PART_DEFAULT, &pack->defaults);
	try_all(&explaining, TECHNIQUE_PART_CUE, &pack->cues);
	count_vote(&explaining, sentence);
	judge_trials(&explaining, sentence);
	sentence->span = normal_span(&analysis->scratch->message, segment->start, segment->end);
	sentence->label = label_over(outcome, &sentence->span);
	sentence->words = words_in_a_row(&explaining);
	sentence->trials = explaining.trials;
	sentence->trial_count = explaining.count;
}

enum status technique_explain(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context, struct arena *arena,
	struct technique_analysis *analysis, struct technique_explanation *out)
{
	enum status status = technique_analyse(pack, scratch, text, length, context, arena, analysis);
	*out = (struct technique_explanation){.start = pack->vote.start,
		.least = pack->vote.least,
		.lead = pack->vote.lead,
		.lead_spoiler = pack->vote.lead_spoiler};
	/* Where the guide speaks, nothing is labelled. */
	if (status != STATUS_OK || analysis->safety != NULL)
		return status;
	const struct analysis again = analysis_again(pack, scratch, context, arena);
	struct technique_sentence *sentences = arena_array(arena, scratch->segment_count, sizeof *sentences);
	for (size_t i = 0; i < scratch->segment_count; i++)
		explain_segment(&again, &scratch->segments[i], analysis, &sentences[i]);
	out->sentences = sentences;
	out->sentence_count = scratch->segment_count;
	return STATUS_OK;
}
