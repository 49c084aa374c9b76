/* SPDX-License-Identifier: Apache-2.0 */
/* "answers": what is said to a question that is near enough to one of the examples of an author's. An answer is a rule that
 * speaks once; it may ask for what has to have been said just before, by the id of who says it. */
#include "compile_case.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every id that some answer comes after, once each and in order; numbers are positions from 1. */
static void collect_owners(struct compiler *c, const json_t *list)
{
	struct compile_answers *answers = &c->answers;
	size_t capacity = 0, kept = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		capacity += json_array_size(json_object_get(json_array_get(list, i), "after"));
	answers->owners = memory_array(capacity, sizeof *answers->owners);
	answers->owner_found = memory_array(capacity, sizeof *answers->owner_found);
	memset(answers->owner_found, 0, capacity * sizeof *answers->owner_found);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *after = json_object_get(json_array_get(list, i), "after");
		for (size_t j = 0; j < json_array_size(after); j++)
			answers->owners[answers->owner_count++] = json_string_value(json_array_get(after, j));
	}
	if (answers->owner_count > 0)
		qsort(answers->owners, answers->owner_count, sizeof *answers->owners, by_name);
	for (size_t i = 0; i < answers->owner_count; i++)
		if (kept == 0 || strcmp(answers->owners[kept - 1], answers->owners[i]) != 0)
			answers->owners[kept++] = answers->owners[i];
	answers->owner_count = kept;
	struct place place = place_member(NULL, "answers");
	if (kept <= SCRIPT_OWNERS_MAX)
		return;
	report(&c->reporter, DIAGNOSTIC_TOO_MANY, &place, NULL, "The answers come after more than %d different ids.",
		SCRIPT_OWNERS_MAX);
	answers->owner_count = 0;
}

static uint16_t owner_of(const struct compile_answers *answers, const char *id)
{
	const char **found =
		id == NULL || answers->owner_count == 0
			? NULL
			: bsearch(&id, answers->owners, answers->owner_count, sizeof *answers->owners, by_name);
	return found == NULL ? 0 : (uint16_t)(found - answers->owners + 1);
}

static struct script_after read_after(struct compiler *c, const json_t *object)
{
	const json_t *list = json_object_get(object, "after");
	uint16_t *owners = arena_array(c->arena, json_array_size(list), sizeof *owners);
	for (size_t i = 0; i < json_array_size(list); i++)
		owners[i] = owner_of(&c->answers, json_string_value(json_array_get(list, i)));
	return (struct script_after){owners, json_array_size(list)};
}

static size_t count_examples(const json_t *list)
{
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		count += json_array_size(json_object_get(json_array_get(list, i), "asked"));
	return count;
}

void compile_answers(struct compiler *c, const json_t *script)
{
	struct dialogue *d = c->dialogue;
	const json_t *list = json_object_get(script, "answers");
	struct place place = place_member(NULL, "answers");
	size_t count = json_array_size(list), examples = count_examples(list);
	struct script_rule *rules = arena_array(c->arena, count, sizeof *rules);
	struct script_after *afters = arena_array(c->arena, count, sizeof *afters);
	const char **texts = arena_array(c->arena, examples, sizeof *texts);
	uint16_t *of = arena_array(c->arena, examples, sizeof *of);
	if (count > 0 && d->info.drill)
		report(&c->reporter, DIAGNOSTIC_VALUE, &place, "Take \"answers\" out.",
			"In a drill nobody asks on: each message is one try.");
	collect_owners(c, list);
	d->owner_count = c->answers.owner_count;
	for (size_t i = 0; i < count; i++) {
		const json_t *object = json_array_get(list, i), *asked = json_object_get(object, "asked");
		struct place element = place_item(&place, i);
		afters[i] = read_after(c, object);
		compile_answer_rule(c, object, &element, &rules[i]);
		for (size_t j = 0; j < json_array_size(asked); j++) {
			of[d->example_count] = (uint16_t)i;
			texts[d->example_count++] = arena_text(c->arena, json_string_value(json_array_get(asked, j)));
		}
	}
	d->answers = (struct script_rules){rules, count, NULL, NULL};
	d->afters = afters;
	d->example_answers = of;
	d->example_texts = texts;
}

static void own_lines(struct dialogue *d, uint16_t *of_lines, struct script_lines lines, uint16_t owner)
{
	for (unsigned v = lines.first; owner != 0 && v < lines.first + lines.count; v++)
		for (unsigned i = 0; i < d->variants[v].line_count; i++)
			of_lines[d->variants[v].first_line + i] = owner;
}

struct owning {
	struct compiler *c;
	uint16_t *owners;
};

static void own(const struct owning *owning, const char *id, struct script_lines lines)
{
	uint16_t owner = owner_of(&owning->c->answers, id);
	if (owner == 0)
		return;
	owning->c->answers.owner_found[owner - 1] = true;
	own_lines(owning->c->dialogue, owning->owners, lines, owner);
}

static void own_rules(const struct owning *owning, const struct script_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		own(owning, rules->rules[i].id, rules->rules[i].client);
}

static void own_all(const struct owning *owning)
{
	const struct dialogue *d = owning->c->dialogue;
	own(owning, "opening", d->opening);
	own_rules(owning, &d->temperament_rules);
	own_rules(owning, &d->answers);
	own_rules(owning, &d->follow_ups);
	own_rules(owning, &d->rules);
	for (size_t i = 0; i < d->info.stage_count; i++)
		own_rules(owning, &d->stages[i].rules);
	for (size_t i = 0; i < d->state_count; i++)
		own_rules(owning, &d->states[i].rules);
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		own(owning, d->disclosures[i].id, d->disclosures[i].brief);
		own(owning, d->disclosures[i].id, d->disclosures[i].client);
	}
}

/* A follow-up tells on what its group's own lines began. */
static void find_stories(
	struct dialogue *d, const struct compile_follow_ups *follow_ups, uint16_t *stories, const uint16_t *owners)
{
	for (size_t g = 0; g < follow_ups->group_count; g++) {
		const struct script_lines lines = follow_ups->groups[g].lines;
		const struct script_rules *group = &d->follow_up_groups[g];
		uint16_t owner = owners[d->variants[lines.first].first_line];
		for (size_t i = 0; i < group->count; i++)
			own_lines(d, stories, group->rules[i].client, owner);
	}
}

static void check_afters(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "answers");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *after = json_object_get(json_array_get(list, i), "after");
		struct place element = place_item(&place, i), member = place_member(&element, "after");
		for (size_t j = 0; j < json_array_size(after); j++) {
			const char *id = json_string_value(json_array_get(after, j));
			struct place at = place_item(&member, j);
			uint16_t owner = owner_of(&c->answers, id);
			if (owner != 0 && !c->answers.owner_found[owner - 1])
				report(&c->reporter, DIAGNOSTIC_UNKNOWN_OWNER, &at, NULL,
					"Nothing with the id \"%s\" says anything.", id);
		}
	}
}

void compile_answers_finish(struct compiler *c, const json_t *script)
{
	struct dialogue *d = c->dialogue;
	uint16_t *owners = arena_array(c->arena, d->line_count, sizeof *owners);
	uint16_t *stories = arena_array(c->arena, d->line_count, sizeof *stories);
	struct owning owning = {c, owners};
	memset(owners, 0, d->line_count * sizeof *owners);
	memset(stories, 0, d->line_count * sizeof *stories);
	own_all(&owning);
	find_stories(d, &c->follow_ups, stories, owners);
	for (size_t i = 0; i < d->line_count; i++)
		if (stories[i] == 0)
			stories[i] = owners[i];
	d->line_owners = owners;
	d->line_stories = stories;
	check_afters(c, json_object_get(script, "answers"));
	if (d->example_count > 0)
		d->examples = technique_examples_new(d->example_texts, d->example_count, d->pack, c->scratch);
	free(c->answers.owners);
	free(c->answers.owner_found);
	c->answers = (struct compile_answers){0};
}
