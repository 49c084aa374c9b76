/* SPDX-License-Identifier: Apache-2.0 */
/* The matching of a step, told to an author. */
#include "describe.h"
#include "step.h"

static void want(struct engine_trial *trial, const char **wanting, const char *words)
{
	wanting[trial->wanting_count++] = words;
}

/* Each part of an `all` by itself, so that what is missing is named and nothing else. */
static void try_condition(
	const struct step *step, const struct condition *condition, struct engine_trial *trial, const char **wanting)
{
	if (condition->kind == CONDITION_ALL) {
		for (size_t i = 0; i < condition->count; i++)
			try_condition(step, &condition->children[i], trial, wanting);
	} else if (condition_check(condition, &step->moment) == VERDICT_YES) {
		trial->held++;
	} else {
		want(trial, wanting, describe_want(condition, &step->moment, step->arena));
		trial->wants_technique = trial->wants_technique || condition->kind == CONDITION_TECHNIQUE ||
					 condition->kind == CONDITION_FAMILY;
	}
}

static size_t parts_of(const struct condition *condition)
{
	size_t parts = 0;
	if (condition == NULL || condition->kind != CONDITION_ALL)
		return 1;
	for (size_t i = 0; i < condition->count; i++)
		parts += parts_of(&condition->children[i]);
	return parts;
}

static void try_rule(const struct step *step, const struct script_rule *rule, const struct script_rule *lead,
	struct engine_trial *trial)
{
	struct opening opening;
	const char **wanting = arena_array(step->arena, parts_of(rule->when) + 1, sizeof *wanting);
	enum fit fit = match_rule(step, rule, &opening);
	if (fit == FIT_YES || rule == lead)
		return;
	trial->fit = ENGINE_UNFIT;
	trial->wanting = wanting;
	if (rule->when != NULL)
		try_condition(step, rule->when, trial, wanting);
	if (fit == FIT_SPENT)
		want(trial, wanting,
			rule->once ? "it answers once and has done so"
				   : "it could only say again what was said just before");
	else if (fit == FIT_NOTHING_TO_TELL)
		want(trial, wanting, describe_disclose(rule, &step->moment, step->arena));
}

/* The rule that leads, if one does; what it sets holds for the others. */
static const struct script_rule *try_lead(struct step *step)
{
	struct answer first;
	match_answer(step, NULL, &first);
	if (first.rule == NULL || !first.rule->go_on)
		return NULL;
	step_lead(step, first.rule);
	return first.rule;
}

/* The answer by example that speaks; else the one whose example comes nearest, be it near enough or not. */
static void try_nearest(const struct step *step, const struct answer *answer, struct engine_trial *trial, size_t *count)
{
	const char **wanting = arena_array(step->arena, 1, sizeof *wanting);
	struct nearest nearest = answer->nearest;
	bool answers = answer->level == ENGINE_ANSWER;
	if (!answers && !nearest_find(step, NEAREST_AT_ALL, &nearest))
		return;
	bool near_enough = nearest.nearness >= nearest.needed;
	*trial = (struct engine_trial){
		.rule_number = nearest.rule->number + 1,
		.rule = nearest.rule->id,
		.level = ENGINE_ANSWER,
		.fit = answers       ? ENGINE_ANSWERED
		       : near_enough ? ENGINE_LATE
				     : ENGINE_UNFIT,
		.held = 1,
		.wanting = wanting,
	};
	if (trial->fit == ENGINE_UNFIT)
		want(trial, wanting,
			arena_format(step->arena, "it is %d near to \"%s\", wanted: %d", nearest.nearness,
				nearest.example, nearest.needed));
	*count += 1;
}

static void try_lists(struct step *step, struct engine_explanation *out)
{
	const struct script_rules *lists[MATCH_LISTS];
	size_t count = 0;
	struct answer answer;
	const struct script_rule *lead = try_lead(step);
	match_answer(step, lead, &answer);
	match_lists(step, lists);
	for (unsigned list = 0; list < MATCH_LISTS; list++)
		count += lists[list]->count;
	struct engine_trial *trials = arena_array(step->arena, count + 1, sizeof *trials);
	try_nearest(step, &answer, &trials[out->count], &out->count);
	for (unsigned list = 0; list < MATCH_LISTS; list++)
		for (size_t i = 0; i < lists[list]->count; i++) {
			const struct script_rule *rule = &lists[list]->rules[i];
			struct engine_trial *trial = &trials[out->count++];
			*trial = (struct engine_trial){
				.rule_number = rule->number + 1,
				.rule = rule->id,
				.level = match_level_of(list),
				.fit = rule == answer.rule ? ENGINE_ANSWERED : ENGINE_LATE,
			};
			try_rule(step, rule, lead, trial);
			if (rule->go_on && trial->fit != ENGINE_UNFIT)
				trial->fit = rule == lead ? ENGINE_ANSWERED : ENGINE_LATE;
		}
	out->trials = trials;
}

enum status engine_explain(const struct dialogue *dialogue, const struct engine_run *before,
	const struct technique_analysis *analysis, const char *text, size_t length, struct technique_scratch *scratch,
	struct arena *arena, struct engine_explanation *out)
{
	struct step step;
	struct engine_reply reply;
	*out = (struct engine_explanation){0};
	if (before->ended)
		return STATUS_ENDED;
	if (analysis->safety != NULL)
		return STATUS_OK;
	step_begin(&step, dialogue, before, arena, &reply);
	step.analysis = analysis;
	step_hear(&step, scratch, text, length);
	try_lists(&step, out);
	engine_free(step.run);
	return STATUS_OK;
}

bool engine_nearly(const struct engine_trial *trial)
{
	return trial->fit == ENGINE_UNFIT && trial->wanting_count == 1 && trial->held > 0;
}
