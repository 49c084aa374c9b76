/* SPDX-License-Identifier: Apache-2.0 */
#include "vote.h"
#include "wordings.h"

#include <limits.h>
#include <string.h>

#define EVIDENCE_MAX 4
#define CONFIDENCE_TIE 50
#define CONFIDENCE_MOST 95

static void cast(struct vote *vote, const struct pack_rule *rule, const struct pattern_match *match)
{
	for (int id = 0; id < TECHNIQUE_COUNT; id++)
		vote->points[id] += rule->points[id];
	if (vote->cast_count < VOTE_CASTS_MAX)
		vote->casts[vote->cast_count++] = (struct vote_cast){rule, *match};
}

static void cast_cues(const struct analysis *analysis, struct label_view *view, struct vote *vote)
{
	const struct pack_rules *cues = &analysis->pack->cues;
	struct pattern_match match;
	uint32_t from = cues->from;
	const struct pack_rule *cue;
	while ((cue = label_next(analysis, view, cues, &from, &match)) != NULL)
		cast(vote, cue, &match);
	for (size_t i = 0; i < analysis->pack->bare_count; i++) {
		cue = analysis->pack->bare[i];
		if (label_try(analysis, view, cue, &match) == RULE_FITS)
			cast(vote, cue, &match);
	}
}

static bool cast_before(const struct vote *vote, const struct pack_rule *rule)
{
	for (size_t i = 0; i < vote->cast_count; i++) {
		if (vote->casts[i].rule == rule)
			return true;
	}
	return false;
}

/* Every one to three words in a row of the sentence; like a cue, a wording counts once, however often it is there. */
static void cast_wordings(const struct analysis *analysis, const struct label_view *view, struct vote *vote)
{
	const struct pack_wordings *wordings = &analysis->pack->wordings;
	const struct normal *message = &analysis->scratch->message;
	const struct segment *segment = view->segment;
	for (uint32_t token = view->token; token < segment->token_end; token++) {
		for (uint32_t words = 1; words <= WORDING_WORDS_MAX && token + words <= segment->token_end; words++) {
			const struct pattern_match match = {.cue_start = message->tokens[token].start - segment->core,
				.cue_end = message->tokens[token + words - 1].end - segment->core};
			for (int first = token == view->token; first >= 0; first--) {
				const struct pack_rule *wording =
					wording_at(wordings, message, token, words, first == 1);
				if (wording != NULL && !cast_before(vote, wording))
					cast(vote, wording, &match);
			}
		}
	}
}

/* The best of those that something speaks for, but `beside`, or TECHNIQUE_COUNT; without `spoilers` only of what nobody is blamed for. */
static enum technique_id best(const struct vote *vote, enum technique_id beside, bool spoilers)
{
	enum technique_id found = TECHNIQUE_COUNT;
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		enum technique_id id = (enum technique_id)i;
		if (id == beside || id == TECHNIQUE_MULTIPLE_QUESTIONS || !vote->supported[id] ||
			(!spoilers && technique_is_spoiler(id, TECHNIQUE_MENTORING)))
			continue;
		if (found == TECHNIQUE_COUNT || vote->points[id] > vote->points[found])
			found = id;
	}
	return found;
}

/* Listening or asking: what the coachee's words can be taken up for. */
static bool takes_up(enum technique_id id)
{
	enum technique_family family = technique_family_of(id);
	return family == TECHNIQUE_REFLECTION || family == TECHNIQUE_QUESTION;
}

/* Words of its own, or the coachee's taken up; a question mark or a length alone says too little. */
static bool supports(const struct pack_vote *rules, const struct pack_rule *rule, enum technique_id id)
{
	bool words = rule->wording || rule->group.count > 0 || rule->group.also_count > 0;
	bool taken_up = rule->shared_least > 0 || rule->echo_least > 0;
	return rule->points[id] >= rules->support && (words || (taken_up && takes_up(id)));
}

static void find_support(const struct pack_vote *rules, struct vote *vote)
{
	memset(vote->supported, 0, sizeof vote->supported);
	vote->supported[TECHNIQUE_UNCLASSIFIED] = true;
	for (size_t i = 0; i < vote->cast_count; i++) {
		const struct pack_rule *rule = vote->casts[i].rule;
		if (rule == vote->by_default && rule->points[rule->technique] > 0)
			vote->supported[rule->technique] = true;
		for (int id = 0; id < TECHNIQUE_COUNT && rule != vote->by_default; id++)
			vote->supported[id] |= supports(rules, rule, (enum technique_id)id);
	}
}

static bool listens(enum technique_id id)
{
	return technique_family_of(id) == TECHNIQUE_REFLECTION || id == TECHNIQUE_AFFIRMATION;
}

/* Kinds of question that a message is said to hold only when more than its plain shape speaks for it: in talk, nearly all
 * questions are plain. */
static bool is_special(enum technique_id id)
{
	return id == TECHNIQUE_SCALING_QUESTION || id == TECHNIQUE_COMMITMENT_QUESTION ||
	       id == TECHNIQUE_LEARNING_QUESTION;
}

/* Open or closed, whichever more speaks for; TECHNIQUE_COUNT when nothing does. */
static enum technique_id plain_question(const struct vote *vote)
{
	const enum technique_id open = TECHNIQUE_OPEN_QUESTION, closed = TECHNIQUE_CLOSED_QUESTION;
	if (!vote->supported[open] && !vote->supported[closed])
		return TECHNIQUE_COUNT;
	if (vote->supported[open] && vote->supported[closed])
		return vote->points[open] > vote->points[closed] ? open : closed;
	return vote->supported[open] ? open : closed;
}

static void decide(const struct pack_vote *rules, struct vote *vote)
{
	find_support(rules, vote);
	enum technique_id first = best(vote, TECHNIQUE_COUNT, true);
	enum technique_id second = best(vote, first, true);
	int lead = second != TECHNIQUE_COUNT ? vote->points[first] - vote->points[second] : INT_MAX;
	enum technique_id plain = plain_question(vote);
	if (is_special(first) && plain != TECHNIQUE_COUNT && lead < rules->lead_special) {
		second = first;
		first = plain;
		lead = rules->lead;
	}
	/* A false accusation costs more than ten misses. */
	if (technique_is_spoiler(first, TECHNIQUE_MENTORING) && lead < rules->lead_spoiler) {
		second = first;
		first = best(vote, TECHNIQUE_COUNT, false);
		lead = rules->lead;
		/* Nor is what may be an accusation praised as listening. */
		if (listens(first))
			first = TECHNIQUE_UNCLASSIFIED;
	}
	if (vote->points[first] < rules->least || lead < rules->lead) {
		second = first != TECHNIQUE_UNCLASSIFIED ? first : second;
		first = TECHNIQUE_UNCLASSIFIED;
	}
	vote->winner = first;
	vote->runner_up = second != TECHNIQUE_COUNT ? second : TECHNIQUE_UNCLASSIFIED;
}

void vote_count(const struct analysis *analysis, struct label_view *view, const struct pack_rule *by_default,
	const struct pattern_match *match, struct vote *vote)
{
	const struct pack_vote *rules = &analysis->pack->vote;
	vote->cast_count = 0;
	vote->by_default = by_default;
	for (int id = 0; id < TECHNIQUE_COUNT; id++)
		vote->points[id] = rules->start[id];
	if (by_default != NULL)
		cast(vote, by_default, match);
	cast_cues(analysis, view, vote);
	cast_wordings(analysis, view, vote);
	decide(rules, vote);
}

enum technique_id vote_without(const struct pack_vote *rules, const struct vote *vote, size_t cast)
{
	struct vote without = *vote;
	for (int id = 0; id < TECHNIQUE_COUNT; id++)
		without.points[id] -= vote->casts[cast].rule->points[id];
	without.cast_count--;
	without.casts[cast] = vote->casts[vote->cast_count - 1];
	decide(rules, &without);
	return without.winner;
}

const struct vote_cast *vote_leading(const struct vote *vote)
{
	const struct vote_cast *leading = &vote->casts[0];
	for (size_t i = 1; i < vote->cast_count; i++) {
		const struct pack_rule *rule = vote->casts[i].rule;
		int points = rule->points[vote->winner], most = leading->rule->points[vote->winner];
		bool knows = !rule->wording && points > 0, known = !leading->rule->wording && most > 0;
		if (knows != known ? knows : points > most)
			leading = &vote->casts[i];
	}
	return leading;
}

int vote_confidence(const struct vote *vote)
{
	enum technique_id next = best(vote, vote->winner, true);
	int lead = vote->points[vote->winner] - vote->points[next];
	int confidence = CONFIDENCE_TIE + (lead > 0 ? lead : 0);
	return confidence < CONFIDENCE_MOST ? confidence : CONFIDENCE_MOST;
}

static void insert(struct technique_evidence *list, size_t *count, const struct technique_evidence *one)
{
	size_t at = *count < EVIDENCE_MAX ? (*count)++ : EVIDENCE_MAX - 1;
	if (at == EVIDENCE_MAX - 1 && *count == EVIDENCE_MAX && list[at].cue != NULL && list[at].points >= one->points)
		return;
	for (; at > 0 && list[at - 1].points < one->points; at--)
		list[at] = list[at - 1];
	list[at] = *one;
}

void vote_evidence(const struct analysis *analysis, const struct segment *segment, const struct vote *vote,
	struct technique_label *label)
{
	const struct normal *message = &analysis->scratch->message;
	struct technique_evidence *list = arena_array(analysis->arena, EVIDENCE_MAX, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < vote->cast_count; i++) {
		const struct vote_cast *one = &vote->casts[i];
		struct technique_evidence evidence = {one->rule->id, one->rule->reason,
			normal_span(message, segment->core + one->match.cue_start, segment->core + one->match.cue_end),
			one->rule->points[vote->winner]};
		if (evidence.span.start >= evidence.span.end)
			evidence.span = label->span;
		if (evidence.points > 0)
			insert(list, &count, &evidence);
	}
	label->evidence = list;
	label->evidence_count = count;
}
