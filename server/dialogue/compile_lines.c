/* SPDX-License-Identifier: Apache-2.0 */
#include "compile.h"
#include "run.h"

#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LINE_LONG 320
#define CONCERN "{concern}"
#define CHARACTER "{character}"

static bool check_template(struct compiler *c, const char *text, const struct place *place)
{
	bool template = false;
	for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
		if (strncmp(at, CONCERN, strlen(CONCERN)) == 0)
			template = true;
		else if (strncmp(at, CHARACTER, strlen(CHARACTER)) != 0)
			report(&c->reporter, DIAGNOSTIC_TEMPLATE, place, NULL, "\"%.24s\" is not a template.", at);
	}
	return template;
}

/* The character's name never changes, so it is filled in once; a temperament by itself has none yet. */
static const char *with_name(struct compiler *c, const char *text)
{
	const struct fill name = {CHARACTER, c->dialogue->info.character_name};
	return name.value != NULL ? run_fill(c->arena, text, &name, 1) : text;
}

static void add_line(struct compiler *c, const json_t *value, const struct place *place)
{
	struct dialogue *d = c->dialogue;
	if (d->line_count == SCRIPT_LINES_MAX) {
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, place, NULL, "There are more than %d lines.",
			SCRIPT_LINES_MAX);
		return;
	}
	if (d->line_count == d->line_capacity) {
		d->line_capacity = d->line_capacity == 0 ? 256 : d->line_capacity * 2;
		d->lines = memory_grow(d->lines, d->line_capacity, sizeof *d->lines);
	}
	const char *text = json_string_value(value);
	size_t characters = utf8_count(text, json_string_length(value));
	if (characters > LINE_LONG)
		report(&c->reporter, DIAGNOSTIC_LONG_LINE, place, NULL, "The line has %zu characters.", characters);
	d->lines[d->line_count++] = (struct script_line){
		.text = with_name(c, arena_copy(c->arena, text, json_string_length(value))),
		.template = check_template(c, text, place),
	};
}

static void add_bubbles(struct compiler *c, const json_t *value, const struct place *place)
{
	if (json_is_string(value))
		add_line(c, value, place);
	for (size_t i = 0; i < json_array_size(value); i++) {
		struct place element = place_item(place, i);
		add_line(c, json_array_get(value, i), &element);
	}
}

static void add_variant(struct compiler *c, const json_t *value, const struct place *place)
{
	struct dialogue *d = c->dialogue;
	if (d->variant_count == SCRIPT_VARIANTS_MAX) {
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, place, NULL, "There are more than %d variants.",
			SCRIPT_VARIANTS_MAX);
		return;
	}
	if (d->variant_count == d->variant_capacity) {
		d->variant_capacity = d->variant_capacity == 0 ? 256 : d->variant_capacity * 2;
		d->variants = memory_grow(d->variants, d->variant_capacity, sizeof *d->variants);
	}
	struct script_variant variant = {.first_line = (unsigned)d->line_count};
	if (json_is_object(value)) {
		struct place say = place_member(place, "say"), when = place_member(place, "when");
		add_bubbles(c, json_object_get(value, "say"), &say);
		variant.when = compile_condition(c, json_object_get(value, "when"), &when);
		variant.otherwise = json_is_true(json_object_get(value, "otherwise"));
	} else {
		add_bubbles(c, value, place);
	}
	variant.line_count = (unsigned)d->line_count - variant.first_line;
	d->variants[d->variant_count++] = variant;
}

struct script_lines compile_lines(struct compiler *c, const json_t *object, const struct place *up, const char *key)
{
	const json_t *list = json_object_get(object, key);
	struct place place = place_member(up, key);
	struct script_lines lines = {.first = (unsigned)c->dialogue->variant_count};
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct place element = place_item(&place, i);
		add_variant(c, json_array_get(list, i), &element);
	}
	lines.count = (unsigned)c->dialogue->variant_count - lines.first;
	return lines;
}

void compile_needs_plain(struct compiler *c, struct script_lines lines, const struct place *up, const char *key)
{
	for (unsigned i = 0; i < lines.count; i++)
		if (c->dialogue->variants[lines.first + i].when == NULL)
			return;
	struct place place = place_member(up, key);
	if (lines.count > 0)
		report(&c->reporter, DIAGNOSTIC_NO_PLAIN_VARIANT, &place, NULL, "Every variant here has a condition.");
}

static size_t spread(const char *text)
{
	size_t sum = 0;
	for (; *text != '\0'; text++)
		sum = sum * 31 + (unsigned char)*text;
	return sum ^ sum >> 17;
}

/* Whoever hears a line does not ask which rule it comes from. */
void compile_same_lines(struct dialogue *d)
{
	size_t size = 64;
	while (size < 2 * d->line_count)
		size *= 2;
	uint32_t *table = memory_array(size, sizeof *table);
	for (size_t i = 0; i < d->line_count; i++) {
		size_t at = spread(d->lines[i].text) & (size - 1);
		while (table[at] != 0 && strcmp(d->lines[table[at] - 1].text, d->lines[i].text) != 0)
			at = (at + 1) & (size - 1);
		if (table[at] == 0)
			table[at] = (uint32_t)i + 1;
		d->lines[i].same = (uint16_t)(table[at] - 1);
	}
	free(table);
}
