/* SPDX-License-Identifier: Apache-2.0 */
/* Samples and near-misses, tried in every moment that the case offers: after its opening and after each disclosure,
 * because a reflection is only one in the light of what was said. Whatever hangs on the run is taken as met. */
#include "compile.h"

#include "moment.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

struct trial {
	const struct dialogue *dialogue;
	struct technique_scratch *scratch;
	struct arena *arena;
	const struct script_rules *rules;
	const struct script_variant *said; /* what these rules are follow-ups to, or NULL */
	bool temperament;
};

/* Whether `disclose` could find something in some run. */
static bool may_disclose(const struct trial *trial, const struct script_rule *rule, const struct moment *m)
{
	const struct dialogue *d = trial->dialogue;
	if (trial->temperament || rule->disclose == DISCLOSE_NOTHING || rule->disclose == DISCLOSE_SHORT ||
		rule->disclose == DISCLOSE_AGAIN)
		return true;
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		bool meant =
			rule->disclose == DISCLOSE_NEXT || rule->disclose == DISCLOSE_DEEPER ||
			(rule->disclose == DISCLOSE_ID && rule->disclosure == i) ||
			(rule->disclose == DISCLOSE_TOPIC && rule->disclosure == d->disclosures[i].topic) ||
			(rule->disclose == DISCLOSE_NAMED && (m->topics & SCRIPT_BIT(d->disclosures[i].topic)) != 0);
		if (meant && opener_fits(&d->disclosures[i].opened_by, m->primary))
			return true;
	}
	return false;
}

static bool may_answer(const struct trial *trial, const struct script_rule *rule, const struct moment *m)
{
	return condition_check(rule->when, m) != VERDICT_NO && may_disclose(trial, rule, m);
}

/* Whatever the run is like: then no later rule of the level gets the message. */
static bool must_answer(const struct script_rule *rule, const struct moment *m)
{
	return condition_check(rule->when, m) == VERDICT_YES && rule->disclose == DISCLOSE_NOTHING && !rule->once &&
	       !rule->go_on;
}

static const struct script_rule *taken_by(
	const struct trial *trial, const struct script_rule *rule, const struct moment *m)
{
	for (const struct script_rule *earlier = trial->rules->rules; earlier < rule; earlier++)
		if (must_answer(earlier, m))
			return earlier;
	return NULL;
}

static bool wants_permission(const struct condition *condition)
{
	if (condition == NULL)
		return false;
	if (condition->kind == CONDITION_PERMISSION || condition->kind == CONDITION_FLAG)
		return condition->kind == CONDITION_PERMISSION
			       ? condition->mask != 0
			       : (condition->mask & SCRIPT_BIT(TECHNIQUE_FLAG_PERMITTED)) != 0;
	for (size_t i = 0; condition->kind == CONDITION_ALL && i < condition->count; i++)
		if (wants_permission(&condition->children[i]))
			return true;
	return false;
}

static bool read_moment(const struct trial *trial, const struct script_rule *rule, const char *text, const char *said,
	struct moment *out, struct technique_analysis *analysis)
{
	const struct dialogue *d = trial->dialogue;
	size_t length = strlen(text);
	struct technique_context context = {
		.mode = d->info.mode,
		.coachee = said,
		.coachee_length = said != NULL ? strlen(said) : 0,
		.permission_open = wants_permission(rule->when),
	};
	*out = (struct moment){.dialogue = d, .any_case = trial->temperament};
	if (technique_analyse(d->pack, trial->scratch, text, length, &context, trial->arena, analysis) != STATUS_OK ||
		analysis->safety != NULL || analysis->primary == NULL)
		return false;
	moment_read(out, analysis);
	moment_find_words(out, trial->scratch, text, length);
	technique_words_index_find(d->cue_index, trial->scratch, text, length, &out->follows);
	return true;
}

static const char *text_of(const struct trial *trial, const struct script_variant *variant)
{
	struct buffer text = {0};
	for (unsigned i = 0; i < variant->line_count; i++)
		buffer_format(&text, "%s%s", i == 0 ? "" : " ", trial->dialogue->lines[variant->first_line + i].text);
	const char *said = arena_copy(trial->arena, text.data, text.length);
	buffer_clear(&text);
	return said;
}

/* What the character may have said last: nothing, the opening, each disclosure; in a drill nothing, or the line of each
 * exercise; before a follow-up what it follows. NULL past the last. */
static const char *said_at(const struct trial *trial, size_t index)
{
	const struct dialogue *d = trial->dialogue;
	struct script_lines lines;
	if (trial->said != NULL)
		return index == 0 ? text_of(trial, trial->said) : NULL;
	if (index == 0 || trial->temperament)
		return index == 0 ? "" : NULL;
	if (index > (d->info.drill ? d->info.exercise_count : d->info.disclosure_count + 1))
		return NULL;
	if (d->info.drill)
		lines = d->exercises[index - 1].line;
	else
		lines = index == 1 ? d->opening : d->disclosures[index - 2].client;
	if (lines.count == 0)
		return "";
	return text_of(trial, &d->variants[lines.first]);
}

static void try_sample(
	const struct reporter *reporter, const struct trial *trial, const struct script_rule *rule, size_t number)
{
	const char *text = rule->samples[number];
	const struct script_rule *taken = NULL;
	struct technique_analysis analysis;
	const char *label = "nothing at all", *said;
	for (size_t i = 0; (said = said_at(trial, i)) != NULL; i++) {
		struct moment moment;
		if (!read_moment(trial, rule, text, *said != '\0' ? said : NULL, &moment, &analysis))
			continue;
		if (i == 0)
			label = technique_name(moment.primary->technique);
		if (!may_answer(trial, rule, &moment))
			continue;
		taken = taken_by(trial, rule, &moment);
		if (taken == NULL)
			return;
	}
	char *pointer = arena_format(trial->arena, "%s/samples/%zu", rule->pointer, number);
	if (taken != NULL)
		report_at(reporter, DIAGNOSTIC_SAMPLE_TAKEN, pointer, NULL,
			"\"%s\" is answered by \"%s\" before \"%s\".", text, taken->id, rule->id);
	else
		report_at(reporter, DIAGNOSTIC_SAMPLE_MISSED, pointer, NULL,
			"\"%s\" is not answered by \"%s\"; it was recognised as %s.", text, rule->id, label);
}

static void try_near(
	const struct reporter *reporter, const struct trial *trial, const struct script_rule *rule, size_t number)
{
	const char *text = rule->near[number];
	struct technique_analysis analysis;
	struct moment moment;
	if (!read_moment(trial, rule, text, trial->said != NULL ? said_at(trial, 0) : NULL, &moment, &analysis) ||
		!may_answer(trial, rule, &moment) || taken_by(trial, rule, &moment) != NULL)
		return;
	char *pointer = arena_format(trial->arena, "%s/near/%zu", rule->pointer, number);
	report_at(reporter, DIAGNOSTIC_NEAR_MATCHED, pointer, NULL,
		"\"%s\" is answered by \"%s\"; it was recognised as %s.", text, rule->id,
		technique_name(moment.primary->technique));
}

static void try_all(const struct reporter *reporter, struct trial *trial)
{
	trial->arena = arena_new(0);
	for (size_t i = 0; i < trial->rules->count; i++) {
		const struct script_rule *rule = &trial->rules->rules[i];
		for (size_t j = 0; j < rule->sample_count; j++, arena_reset(trial->arena))
			try_sample(reporter, trial, rule, j);
		for (size_t j = 0; j < rule->near_count; j++, arena_reset(trial->arena))
			try_near(reporter, trial, rule, j);
	}
	arena_free(trial->arena);
}

void check_samples(const struct reporter *reporter, const struct dialogue *dialogue, struct technique_scratch *scratch,
	const struct script_rules *rules, bool temperament)
{
	struct trial trial = {.dialogue = dialogue, .scratch = scratch, .rules = rules, .temperament = temperament};
	try_all(reporter, &trial);
}

/* The first variant that a group of follow-ups belongs to is the one of the lines themselves. */
static void check_follow_ups(
	const struct reporter *reporter, const struct dialogue *dialogue, struct technique_scratch *scratch)
{
	bool *tried = memory_array(dialogue->follow_up_group_count + 1, sizeof *tried);
	tried[0] = true;
	for (size_t i = 0; i < dialogue->variant_count; i++) {
		const struct script_variant *variant = &dialogue->variants[i];
		size_t line = variant->first_line;
		size_t group = line < dialogue->line_follow_up_count ? dialogue->line_follow_ups[line] : 0;
		if (tried[group])
			continue;
		struct trial trial = {.dialogue = dialogue,
			.scratch = scratch,
			.rules = &dialogue->follow_up_groups[group - 1],
			.said = variant};
		try_all(reporter, &trial);
		tried[group] = true;
	}
	free(tried);
}

static bool may_meet(const struct script_after *a, const struct script_after *b)
{
	bool meet = a->count == 0 && b->count == 0;
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			meet = meet || a->owners[i] == b->owners[j];
	return meet;
}

static void report_example(
	const struct reporter *reporter, const struct dialogue *d, size_t example, const char *remedy, const char *what)
{
	const struct script_rule *rule = &d->answers.rules[d->example_answers[example]];
	struct arena *arena = arena_new(0);
	size_t first = example;
	while (first > 0 && d->example_answers[first - 1] == d->example_answers[example])
		first--;
	report_at(reporter, DIAGNOSTIC_EXAMPLE_TAKEN,
		arena_format(arena, "%s/asked/%zu", rule->pointer, example - first), remedy, "\"%s\" %s.",
		d->example_texts[example], what);
	arena_free(arena);
}

/* An example is nearest to itself, so only one of the same words can come before it. Most are alone. */
static void check_examples(const struct reporter *reporter, const struct dialogue *d)
{
	if (d->example_count == 0)
		return;
	uint32_t *alike = memory_array(d->example_count, sizeof *alike);
	uint32_t *before = memory_array(d->example_count, sizeof *before); /* the last one of the same words */
	struct arena *arena = arena_new(0);
	technique_examples_alike(d->examples, alike);
	for (size_t i = 0; i < d->example_count; i++) {
		const struct script_after *after = &d->afters[d->example_answers[i]];
		before[i] = TECHNIQUE_NO_WORDS;
		if (alike[i] == TECHNIQUE_NO_WORDS) {
			report_example(reporter, d, i, "Write it with words.", "holds nothing to know it by");
			continue;
		}
		size_t last = alike[i];
		for (; last != i && last != TECHNIQUE_NO_WORDS; last = before[last]) {
			unsigned other = d->example_answers[last];
			if (other != d->example_answers[i] && may_meet(after, &d->afters[other])) {
				report_example(reporter, d, i, NULL,
					arena_format(arena, "is as near to \"%s\" of the answer \"%s\"",
						d->example_texts[last], d->answers.rules[other].id));
				break;
			}
		}
		/* A chain from the first to the latest and so on back. */
		if (alike[i] != i) {
			before[i] = before[alike[i]];
			before[alike[i]] = (uint32_t)i;
		}
	}
	arena_free(arena);
	free(before);
	free(alike);
}

void check_all_samples(
	const struct reporter *reporter, const struct dialogue *dialogue, struct technique_scratch *scratch)
{
	for (size_t i = 0; i < dialogue->state_count; i++)
		check_samples(reporter, dialogue, scratch, &dialogue->states[i].rules, false);
	for (size_t i = 0; i < dialogue->info.stage_count; i++)
		check_samples(reporter, dialogue, scratch, &dialogue->stages[i].rules, false);
	check_samples(reporter, dialogue, scratch, &dialogue->rules, false);
	check_follow_ups(reporter, dialogue, scratch);
	check_examples(reporter, dialogue);
}
