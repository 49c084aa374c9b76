/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"

#include "vote.h"

#include <string.h>

static bool alone(const struct technique_scratch *scratch, const struct segment *segment)
{
	return scratch->segment_count == 1 && segment->core == segment->start;
}

static bool conditions_hold(
	const struct analysis *analysis, const struct segment *segment, const struct pack_rule *rule)
{
	if (rule->mark >= 0 && rule->mark != (int)segment->mark)
		return false;
	if (rule->words_least > segment->word_count || (rule->words_most > 0 && rule->words_most < segment->word_count))
		return false;
	if (rule->shared_least > segment->shared || rule->shared_most < segment->shared)
		return false;
	if (rule->echo_least > 0 &&
		(segment->content == 0 || segment->shared * 100 < rule->echo_least * segment->content))
		return false;
	if (rule->mode >= 0 && rule->mode != (int)analysis->context->mode)
		return false;
	if (rule->asked >= 0 && rule->asked != (int)analysis->asked)
		return false;
	if (rule->first >= 0 && rule->first != (int)(analysis->context->coachee_length == 0))
		return false;
	if (rule->alone >= 0 && rule->alone != (int)alone(analysis->scratch, segment))
		return false;
	if (rule->after.code == NULL)
		return true;
	return pattern_match(&rule->after, &analysis->scratch->workspace,
		       analysis->scratch->message.text + segment->start, segment->core - segment->start, 0,
		       NULL) == PATTERN_YES;
}

/* Many rules look at the same besides their own words, so what one of them found out is kept for the others. */
static bool aside_found(const struct analysis *analysis, struct label_view *view, uint32_t aside)
{
	const struct segment *segment = view->segment;
	if (pattern_set_has(&view->hits.patterns, ASIDE_FIRST + aside))
		return true;
	if (!pattern_set_has(&view->candidates, ASIDE_FIRST + aside))
		return false;
	/* One that hits its limit counts as found, and silences: doubt is never an accusation. */
	if (pattern_match(&analysis->pack->asides[aside], &analysis->scratch->workspace,
		    analysis->scratch->message.text + segment->core, segment->core_end - segment->core, 0,
		    NULL) == PATTERN_NO) {
		pattern_set_remove(&view->candidates, ASIDE_FIRST + aside);
		return false;
	}
	pattern_set_add(&view->hits.patterns, ASIDE_FIRST + aside);
	return true;
}

static bool any_aside(const struct analysis *analysis, struct label_view *view, uint32_t first, uint32_t count)
{
	bool found = false;
	for (uint32_t i = first; i < first + count && !found; i++)
		found = aside_found(analysis, view, analysis->pack->aside_refs[i]);
	return found;
}

bool label_phrase(
	const struct analysis *analysis, const struct label_view *view, size_t pattern, struct pattern_match *match)
{
	const struct normal_token *tokens = analysis->scratch->message.tokens;
	const struct phrase_hit *hit = phrase_hits_find(&analysis->pack->phrases, &view->hits, pattern);
	if (hit != NULL) {
		match->start = match->cue_start = tokens[hit->from].start - view->segment->core;
		match->end = match->cue_end = tokens[hit->to - 1].end - view->segment->core;
	}
	return pattern_set_has(&view->hits.patterns, pattern);
}

enum rule_outcome label_try(const struct analysis *analysis, struct label_view *view, const struct pack_rule *rule,
	struct pattern_match *match)
{
	const struct pack_group *group = &rule->group;
	const struct segment *segment = view->segment;
	const char *text = analysis->scratch->message.text + segment->core;
	bool found = group->count == 0;
	*match = (struct pattern_match){0};
	if (!conditions_hold(analysis, segment, rule))
		return RULE_OUT_OF_PLACE;
	for (uint32_t i = group->first; i < group->first + group->count && !found; i++) {
		const struct pattern *pattern = &analysis->pack->patterns[i];
		found = label_phrase(analysis, view, i, match) ||
			(pattern_set_has(&view->candidates, i) &&
				pattern_match(pattern, &analysis->scratch->workspace, text,
					segment->core_end - segment->core, 0, match) == PATTERN_YES);
	}
	if (!found || (group->also_count > 0 && !any_aside(analysis, view, group->also_first, group->also_count)))
		return RULE_NO_MATCH;
	return any_aside(analysis, view, group->not_first, group->not_count) ? RULE_SILENCED : RULE_FITS;
}

void label_look(const struct analysis *analysis, const struct segment *segment, struct label_view *view)
{
	const struct technique_pack *pack = analysis->pack;
	const struct normal *message = &analysis->scratch->message;
	const struct text_keys *keys = &analysis->scratch->keys;
	view->segment = segment;
	view->token = segment->token;
	while (view->token < segment->token_end && message->tokens[view->token].start < segment->core)
		view->token++;
	pattern_index_look(&pack->index, keys, view->token, segment->token_end, false, &view->candidates);
	phrase_index_look(&pack->phrases, keys, message, view->token, segment->token_end, &view->hits);
}

const struct pack_rule *label_next(const struct analysis *analysis, struct label_view *view,
	const struct pack_rules *rules, uint32_t *from, struct pattern_match *match)
{
	uint32_t i = *from;
	while (i < rules->to) {
		uint64_t bits = (view->candidates.bits[i / 64] | view->hits.patterns.bits[i / 64]) >> (i % 64);
		if (bits == 0) {
			i = (i / 64 + 1) * 64;
			continue;
		}
		i += (uint32_t)__builtin_ctzll(bits);
		if (i >= rules->to)
			break;
		const struct pack_rule *rule = &rules->list[analysis->pack->owners[i]];
		*from = rule->group.first + rule->group.count;
		if (label_try(analysis, view, rule, match) == RULE_FITS)
			return rule;
		i = *from;
	}
	*from = rules->to;
	return NULL;
}

static const struct pack_rule *first_rule(const struct analysis *analysis, struct label_view *view,
	const struct pack_rules *rules, struct pattern_match *match)
{
	uint32_t from = rules->from;
	return label_next(analysis, view, rules, &from, match);
}

static enum technique_form form_by_words(const struct analysis *analysis, const struct label_view *view)
{
	const struct segment *segment = view->segment;
	bool open = group_matches(analysis->pack, &analysis->scratch->workspace, &analysis->pack->open_form,
		&view->candidates, analysis->scratch->message.text + segment->core, segment->core_end - segment->core,
		NULL);
	return open ? TECHNIQUE_FORM_OPEN : TECHNIQUE_FORM_CLOSED;
}

static bool has_focus(const struct technique_label *label)
{
	return label->family == TECHNIQUE_QUESTION || label->technique == TECHNIQUE_STRUCTURING ||
	       label->technique == TECHNIQUE_CHALLENGE;
}

static enum technique_focus focus_by_words(
	const struct analysis *analysis, const struct label_view *view, const struct technique_label *label)
{
	const struct technique_pack *pack = analysis->pack;
	const struct segment *segment = view->segment;
	if (!has_focus(label))
		return TECHNIQUE_FOCUS_NONE;
	if (pack->techniques[label->technique].focus != TECHNIQUE_FOCUS_NONE)
		return pack->techniques[label->technique].focus;
	for (size_t i = 0; i < pack->focus_count; i++) {
		if (group_matches(pack, &analysis->scratch->workspace, &pack->focuses[i].group, &view->candidates,
			    analysis->scratch->message.text + segment->core, segment->core_end - segment->core, NULL))
			return pack->focuses[i].focus;
	}
	return TECHNIQUE_FOCUS_NONE;
}

/* A question that no words give away is answered by yes or no when it is closed. */
static enum technique_asks asks_by_words(
	const struct analysis *analysis, const struct label_view *view, const struct technique_label *label)
{
	const struct technique_pack *pack = analysis->pack;
	const struct segment *segment = view->segment;
	if (!asking(label))
		return TECHNIQUE_ASKS_NONE;
	for (size_t i = 0; i < pack->asks_count; i++)
		if (group_matches(pack, &analysis->scratch->workspace, &pack->asks[i].group, &view->candidates,
			    analysis->scratch->message.text + segment->core, segment->core_end - segment->core, NULL))
			return pack->asks[i].asks;
	return label->form == TECHNIQUE_FORM_CLOSED ? TECHNIQUE_ASKS_YES_NO : TECHNIQUE_ASKS_WHAT;
}

/* "Is that right?" belongs to what was given back, "Is that all right with you?" to what was agreed. */
static bool takes_check(const struct technique_label *label)
{
	return label->family == TECHNIQUE_REFLECTION || label->technique == TECHNIQUE_CONTRACTING;
}

static struct technique_label *add_label(
	struct analysis *analysis, const struct segment *segment, const struct pattern_match *match)
{
	const struct normal *message = &analysis->scratch->message;
	struct technique_label *label = &analysis->labels[analysis->label_count++];
	*label = (struct technique_label){.span = normal_span(message, segment->start, segment->end)};
	label->cue = normal_span(message, segment->core + match->cue_start, segment->core + match->cue_end);
	if (label->cue.start >= label->cue.end)
		label->cue = label->span;
	return label;
}

static void label_by_rule(struct analysis *analysis, const struct label_view *view, const struct pack_rule *rule,
	const struct pattern_match *match)
{
	const struct segment *segment = view->segment;
	if (rule->check && analysis->label_count > 0) {
		struct technique_label *before = &analysis->labels[analysis->label_count - 1];
		if (takes_check(before)) {
			before->span.end = normal_span(&analysis->scratch->message, segment->start, segment->end).end;
			return;
		}
	}
	struct technique_label *label = add_label(analysis, segment, match);
	label->technique = rule->technique;
	label->family = rule->family;
	label->form = rule->form_by_words ? form_by_words(analysis, view) : rule->form;
	label->focus = rule->focus != TECHNIQUE_FOCUS_NONE ? rule->focus : focus_by_words(analysis, view, label);
	label->asks = asks_by_words(analysis, view, label);
	label->rule = rule->id;
	label->reason = rule->reason;
	label->confidence = rule->confidence;
}

/* The form of a question that was voted on; the default knows whether it asks at all. */
static enum technique_form voted_form(const struct analysis *analysis, const struct label_view *view,
	const struct vote *vote, const struct technique_label *label)
{
	const struct pack_rule *rule = vote->by_default;
	bool asks = rule != NULL ? rule->form_by_words || rule->form != TECHNIQUE_FORM_NONE : view->segment->mark;
	enum technique_form form = analysis->pack->techniques[label->technique].form;
	if (label->family == TECHNIQUE_REFLECTION || (!asks && label->family != TECHNIQUE_QUESTION))
		return TECHNIQUE_FORM_NONE;
	if (form != TECHNIQUE_FORM_NONE)
		return form;
	if (rule != NULL && rule->technique == label->technique && !rule->form_by_words)
		return rule->form;
	return form_by_words(analysis, view);
}

static void label_by_vote(struct analysis *analysis, const struct label_view *view, const struct vote *vote)
{
	const struct segment *segment = view->segment;
	const struct vote_cast *leading = vote_leading(vote);
	struct technique_label *label = add_label(analysis, segment, &leading->match);
	label->technique = vote->winner;
	label->family = vote->by_default != NULL && vote->by_default->technique == vote->winner
				? vote->by_default->family
				: technique_family_of(vote->winner);
	label->form = voted_form(analysis, view, vote, label);
	label->focus = leading->rule->focus != TECHNIQUE_FOCUS_NONE ? leading->rule->focus
								    : focus_by_words(analysis, view, label);
	label->asks = asks_by_words(analysis, view, label);
	label->rule = leading->rule->id;
	label->reason = leading->rule->reason;
	label->confidence = vote_confidence(vote);
	label->runner_up = vote->runner_up;
	vote_evidence(analysis, segment, vote, label);
}

void label_segment(struct analysis *analysis, const struct segment *segment)
{
	struct label_view view;
	struct pattern_match match;
	struct vote vote;
	label_look(analysis, segment, &view);
	const struct pack_rule *rule = first_rule(analysis, &view, &analysis->pack->rules, &match);
	if (rule != NULL) {
		label_by_rule(analysis, &view, rule, &match);
		return;
	}
	rule = first_rule(analysis, &view, &analysis->pack->defaults, &match);
	vote_count(analysis, &view, rule, &match, &vote);
	if (vote.winner != TECHNIQUE_UNCLASSIFIED) {
		label_by_vote(analysis, &view, &vote);
	} else if (analysis->unlabelled == NULL && segment->word_count > 0) {
		analysis->unlabelled = segment;
		analysis->nearest = vote.runner_up;
	}
}
