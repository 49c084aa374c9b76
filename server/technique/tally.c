/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include "label.h"
#include "vote.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

struct technique_tally {
	const struct technique_pack *pack;
	struct technique_tally_row *rows;
	size_t count;
	size_t first[TECHNIQUE_PART_COUNT]; /* row of each part's first entry */
	bool brief;
};

/* One sentence that is being counted. */
struct counting {
	struct technique_tally *tally;
	const struct analysis *analysis;
	struct label_view view;
};

static const struct pack_rules *rules_of(const struct technique_pack *pack, enum technique_part part)
{
	const struct pack_rules *const lists[] = {[TECHNIQUE_PART_RULE] = &pack->rules,
		[TECHNIQUE_PART_DEFAULT] = &pack->defaults,
		[TECHNIQUE_PART_CUE] = &pack->cues};
	return lists[part];
}

struct technique_tally *technique_tally_new(const struct technique_pack *pack)
{
	struct technique_tally *tally = memory_new(sizeof *tally);
	tally->pack = pack;
	tally->rows =
		memory_grow(NULL, pack->rules.count + pack->defaults.count + pack->cues.count + 1, sizeof *tally->rows);
	for (int part = 0; part < TECHNIQUE_PART_COUNT; part++) {
		const struct pack_rules *rules = rules_of(pack, (enum technique_part)part);
		tally->first[part] = tally->count;
		for (size_t i = 0; i < rules->count; i++)
			tally->rows[tally->count++] = (struct technique_tally_row){
				.part = (enum technique_part)part, .id = rules->list[i].id};
	}
	return tally;
}

void technique_tally_free(struct technique_tally *tally)
{
	if (tally == NULL)
		return;
	free(tally->rows);
	free(tally);
}

void tally_briefly(struct technique_tally *tally)
{
	tally->brief = true;
}

const struct technique_tally_row *technique_tally_rows(const struct technique_tally *tally, size_t *count)
{
	*count = tally->count;
	return tally->rows;
}

void tally_merge(struct technique_tally *tally, const struct technique_tally *other)
{
	for (size_t i = 0; i < tally->count; i++) {
		tally->rows[i].held += other->rows[i].held;
		tally->rows[i].won += other->rows[i].won;
		tally->rows[i].decided += other->rows[i].decided;
	}
}

const struct technique_tally_row *tally_row(
	const struct technique_tally *tally, enum technique_part part, const char *id)
{
	for (size_t i = 0; i < tally->count; i++) {
		if (tally->rows[i].part == part && strcmp(tally->rows[i].id, id) == 0)
			return &tally->rows[i];
	}
	return NULL;
}

struct analysis analysis_again(const struct technique_pack *pack, struct technique_scratch *scratch,
	const struct technique_context *context, struct arena *arena)
{
	return (struct analysis){.pack = pack,
		.scratch = scratch,
		.context = context,
		.arena = arena,
		.asked = scratch->coachee.length > 0 && scratch->coachee.text[scratch->coachee.length - 1] == '?'};
}

static struct technique_tally_row *row_of(
	const struct counting *counting, enum technique_part part, const struct pack_rule *rule)
{
	const struct pack_rules *rules = rules_of(counting->tally->pack, part);
	return &counting->tally->rows[counting->tally->first[part] + (size_t)(rule - rules->list)];
}

/* Counts what fits; the first two that do are kept. */
static void count_held(struct counting *counting, enum technique_part part, const struct pack_rule *fitting[2],
	struct pattern_match matches[2])
{
	const struct pack_rules *rules = rules_of(counting->tally->pack, part);
	const struct pack_rule *rule;
	struct pattern_match match;
	uint32_t from = rules->from;
	size_t found = 0;
	while ((rule = label_next(counting->analysis, &counting->view, rules, &from, &match)) != NULL) {
		row_of(counting, part, rule)->held++;
		if (found == 2 || fitting == NULL)
			continue;
		matches[found] = match;
		fitting[found++] = rule;
	}
}

/* Those without words of their own are among no candidates. */
static void count_bare(struct counting *counting)
{
	const struct technique_pack *pack = counting->tally->pack;
	struct pattern_match match;
	for (size_t i = 0; i < pack->bare_count; i++)
		row_of(counting, TECHNIQUE_PART_CUE, pack->bare[i])->held +=
			label_try(counting->analysis, &counting->view, pack->bare[i], &match) == RULE_FITS;
}

static void count_vote(struct counting *counting, const struct vote *vote, enum technique_id without_default)
{
	const struct technique_pack *pack = counting->tally->pack;
	for (size_t i = 0; i < vote->cast_count; i++) {
		const struct pack_rule *rule = vote->casts[i].rule;
		if (rule->wording)
			continue;
		bool by_default = rule == vote->by_default;
		struct technique_tally_row *row =
			row_of(counting, by_default ? TECHNIQUE_PART_DEFAULT : TECHNIQUE_PART_CUE, rule);
		row->won += vote->winner != TECHNIQUE_UNCLASSIFIED && rule->points[vote->winner] > 0;
		row->decided += (by_default ? without_default : vote_without(&pack->vote, vote, i)) != vote->winner;
	}
}

static void count_sentence(struct counting *counting)
{
	const struct pack_rule *rules[2] = {NULL, NULL}, *defaults[2] = {NULL, NULL};
	struct pattern_match matches[2] = {{0}, {0}};
	struct vote vote, other;
	count_held(counting, TECHNIQUE_PART_RULE, rules, matches);
	count_held(counting, TECHNIQUE_PART_DEFAULT, defaults, matches);
	count_held(counting, TECHNIQUE_PART_CUE, NULL, NULL);
	count_bare(counting);
	if (counting->tally->brief && (rules[0] != NULL || counting->tally->pack->cues.count > 0)) {
		if (rules[0] != NULL)
			row_of(counting, TECHNIQUE_PART_RULE, rules[0])->won++;
		return;
	}
	vote_count(counting->analysis, &counting->view, defaults[0], &matches[0], &vote);
	if (rules[0] != NULL) {
		struct technique_tally_row *row = row_of(counting, TECHNIQUE_PART_RULE, rules[0]);
		row->won++;
		row->decided += rules[0]->technique != (rules[1] != NULL ? rules[1]->technique : vote.winner);
		return;
	}
	vote_count(counting->analysis, &counting->view, defaults[1], &matches[1], &other);
	count_vote(counting, &vote, other.winner);
}

void tally_sentences(
	struct technique_tally *tally, struct technique_scratch *scratch, const struct technique_context *context)
{
	const struct analysis analysis = analysis_again(tally->pack, scratch, context, NULL);
	struct counting counting = {.tally = tally, .analysis = &analysis};
	for (size_t i = 0; i < scratch->segment_count; i++) {
		label_look(&analysis, &scratch->segments[i], &counting.view);
		count_sentence(&counting);
	}
}

enum status technique_tally_add(struct technique_tally *tally, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context)
{
	struct arena *arena = arena_new(0);
	struct technique_analysis analysis;
	enum status status = technique_analyse(tally->pack, scratch, text, length, context, arena, &analysis);
	if (status == STATUS_OK && analysis.safety == NULL)
		tally_sentences(tally, scratch, context);
	arena_free(arena);
	return status;
}
