/* SPDX-License-Identifier: Apache-2.0 */
#include "walk_findings.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define REASON_SIZE 512

static const struct dialogue_diagnostic diagnostics[WALK_DIAGNOSTIC_COUNT] = {
	[WALK_SAID_AGAIN] = {"W001", FINDING_WARNING, "The character says the same line twice within 25 turns.",
		"Add variants, or let the rule answer less often."},
	[WALK_SILENT] = {"W002", FINDING_ERROR, "An answer is empty.",
		"Give the rule lines without a condition, or lines for this case as well."},
	[WALK_NO_ENDING] = {"W003", FINDING_ERROR, "A conversation ends without an ending, or the ending says nothing.",
		"Give the last ending no condition, and each ending closing lines and a debrief."},
	[WALK_DEAD] = {"W004", FINDING_ERROR, "Nothing that is typed changes anything any more.",
		"Let some rule lead on from here: with \"go\", with \"set\", or by telling something."},
	[WALK_REFUSED] = {"W005", FINDING_ERROR, "A message is refused although the conversation goes on.",
		"This is a fault of Askwell, not of the script: please report it."},
	[WALK_UNSEEN_ENDING] = {"W006", FINDING_WARNING, "No walk came to an ending.",
		"See whether its condition can hold; hold more walks."},
	[WALK_UNTOLD] = {"W007", FINDING_WARNING, "No walk was told something that can be told.",
		"See what it needs and what opens it; hold more walks."},
	[WALK_UNFIRED] = {"W008", FINDING_WARNING, "A rule of the case answered nobody.",
		"See whether a rule before it takes its messages; give it samples; hold more walks."},
	[WALK_STILL] = {"W009", FINDING_WARNING, "One rule answers whatever is typed for a while.",
		"Add rules for what is typed there, or let something change."},
};

const struct dialogue_diagnostic *walk_diagnostic_at(size_t index)
{
	return index < WALK_DIAGNOSTIC_COUNT ? &diagnostics[index] : NULL;
}

void walk_troubles_make(const struct dialogue *dialogue, struct arena *arena, struct walk_troubles *out)
{
	size_t rows = inventory_rule_count(dialogue) + 1;
	*out = (struct walk_troubles){
		.again = arena_array(arena, rows, sizeof *out->again),
		.silent = arena_array(arena, rows, sizeof *out->silent),
		.dead = arena_array(arena, rows, sizeof *out->dead),
		.still = arena_array(arena, rows, sizeof *out->still),
	};
}

void walk_trouble_count(struct walk_trouble *trouble, enum walk_kind kind, size_t walk, const char *example)
{
	trouble->kinds[kind]++;
	if (trouble->count++ > 0)
		return;
	trouble->walk = walk;
	trouble->example = example;
}

/* Where findings go, and what they are about. */
struct report {
	const struct dialogue *dialogue;
	const struct walk_options *options;
	struct findings *findings;
};

static void report(const struct report *r, enum walk_diagnostic diagnostic, const struct inventory_place *place,
	const char *format, ...) PRINTF_LIKE(4, 5);

static void report(const struct report *r, enum walk_diagnostic diagnostic, const struct inventory_place *place,
	const char *format, ...)
{
	char reason[REASON_SIZE];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	findings_add(r->findings, &(struct finding){
					  .code = diagnostics[diagnostic].code,
					  .severity = diagnostics[diagnostic].severity,
					  .file = place->source->file,
					  .line = inventory_line(place),
					  .column = 1,
					  .path = place->pointer,
					  .reason = reason,
					  .remedy = diagnostics[diagnostic].remedy,
				  });
}

static struct inventory_place place_in_script(const struct report *r, const char *pointer)
{
	return (struct inventory_place){dialogue_source_at(r->dialogue, 0), pointer};
}

/* Rule 0 is the fallback. */
static const char *name_rule(const struct report *r, unsigned number, struct inventory_place *place)
{
	struct inventory_rule rule;
	if (number == 0) {
		*place = place_in_script(r, "/fallback");
		return ENGINE_FALLBACK;
	}
	inventory_rule(r->dialogue, number, &rule);
	*place = rule.place;
	return rule.id;
}

static void report_rule(const struct report *r, const struct walk_troubles *troubles, unsigned number)
{
	struct inventory_place place;
	const char *name = name_rule(r, number, &place);
	const struct walk_trouble *again = &troubles->again[number], *silent = &troubles->silent[number];
	const struct walk_trouble *dead = &troubles->dead[number], *still = &troubles->still[number];
	if (again->count > 0)
		report(r, WALK_SAID_AGAIN, &place,
			"\"%s\" said a line again within %d turns %" PRIu64 " time%s (random %" PRIu64
			", adversarial %" PRIu64 ", coach %" PRIu64 "), first in walk %zu.",
			name, ENGINE_REPEAT_WINDOW, again->count, again->count == 1 ? "" : "s",
			again->kinds[WALK_RANDOM], again->kinds[WALK_ADVERSARIAL], again->kinds[WALK_COACH],
			again->walk);
	if (silent->count > 0)
		report(r, WALK_SILENT, &place, "\"%s\" answered without a word %" PRIu64 " time%s, first in walk %zu.",
			name, silent->count, silent->count == 1 ? "" : "s", silent->walk);
	if (dead->count > 0)
		report(r, WALK_DEAD, &place,
			"In the state \"%s\" nothing leads on: \"%s\" answers everything and nothing changes, in "
			"%" PRIu64 " walk%s, the first of them walk %zu.",
			dead->example, name, dead->count, dead->count == 1 ? "" : "s", dead->walk);
	if (still->count > 0)
		report(r, WALK_STILL, &place,
			"In the state \"%s\", \"%s\" answered %d different messages in a row and nothing changed: "
			"%" PRIu64 " time%s, first in walk %zu.",
			still->example, name, WALK_DEAD_END, still->count, still->count == 1 ? "" : "s", still->walk);
}

static void report_unreached(const struct report *r, const struct coverage *coverage)
{
	struct coverage_item item;
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		coverage_item(coverage, i, &item);
		if (item.count > 0)
			continue;
		if (item.group == COVERAGE_ENDINGS)
			report(r, WALK_UNSEEN_ENDING, &item.place, "None of %zu walks came to \"%s\".",
				r->options->count, item.id);
		else if (item.group == COVERAGE_DISCLOSURES)
			report(r, WALK_UNTOLD, &item.place, "None of %zu walks was told \"%s\".", r->options->count,
				item.id);
		else if (item.group == COVERAGE_STATE_RULES || item.group == COVERAGE_STAGE_RULES ||
			 item.group == COVERAGE_DIALOGUE_RULES)
			report(r, WALK_UNFIRED, &item.place, "\"%s\" answered in none of %zu walks.", item.id,
				r->options->count);
	}
}

void walk_report_troubles(const struct dialogue *dialogue, const struct walk_options *options,
	const struct walk_troubles *troubles, const struct coverage *coverage, struct findings *findings)
{
	const struct report r = {dialogue, options, findings};
	struct inventory_place endings = place_in_script(&r, "/endings"), whole = place_in_script(&r, "");
	for (unsigned i = 0; i <= inventory_rule_count(dialogue); i++)
		report_rule(&r, troubles, i);
	if (troubles->no_ending.count > 0)
		report(&r, WALK_NO_ENDING, &endings, "%" PRIu64 " walk%s, the first of them walk %zu, ended %s.",
			troubles->no_ending.count, troubles->no_ending.count == 1 ? "" : "s", troubles->no_ending.walk,
			troubles->no_ending.example);
	if (troubles->refused.count > 0)
		report(&r, WALK_REFUSED, &whole, "%" PRIu64 " message%s could not be taken, the first in walk %zu.",
			troubles->refused.count, troubles->refused.count == 1 ? "" : "s", troubles->refused.walk);
	report_unreached(&r, coverage);
}
