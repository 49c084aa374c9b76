/* SPDX-License-Identifier: Apache-2.0 */
#include "hardship.h"
#include "pack_read.h"

#include "askwell/buffer.h"
#include "askwell/memory.h"
#include "askwell/parallel.h"

#include <stdlib.h>
#include <string.h>

#define EXPANDED_MAX 16384

static const char *block_of(const struct pack_reading *reading, const char *name, size_t length)
{
	for (size_t i = 0; i < reading->block_count; i++) {
		if (strlen(reading->blocks[i].name) == length && memcmp(reading->blocks[i].name, name, length) == 0)
			return reading->blocks[i].pattern;
	}
	return NULL;
}

/* Puts building blocks in place of {name}. Returns owned, or NULL after a report. */
static char *expand(struct pack_reading *reading, const char *source)
{
	struct buffer out = {0};
	bool good = true;
	while (*source != '\0' && good) {
		size_t length = *source == '{' ? strspn(source + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;
		if (length == 0 || source[1 + length] != '}') {
			buffer_char(&out, *source++);
			continue;
		}
		const char *block = block_of(reading, source + 1, length);
		if (block == NULL) {
			read_problem(reading, PACK_UNKNOWN_BLOCK, "{%.*s}", (int)length, source + 1);
			good = false;
		} else {
			buffer_format(&out, "(?:%s)", block);
		}
		source += length + 2;
		if (out.length > EXPANDED_MAX) {
			read_problem(reading, PACK_LONG_PATTERN, "with its building blocks");
			good = false;
		}
	}
	if (good)
		return buffer_take(&out);
	buffer_clear(&out);
	return NULL;
}

static void read_slow(struct pack_reading *reading, struct pattern *pattern)
{
	read_problem(reading, PACK_SLOW_PATTERN, "it was stopped at %d steps", PATTERN_MATCH_LIMIT);
	pattern_clear(pattern);
}

static bool judge(struct pack_reading *reading, const char *source, const char *compiled, struct pattern *pattern)
{
	if (!reading->thorough || pattern_survives(pattern, &reading->workspace, source, compiled))
		return true;
	read_slow(reading, pattern);
	return false;
}

/* `source` is complete: blocks are in place. Neither fast nor judged. */
static bool compile_plain(struct pack_reading *reading, const char *source, bool any_case, struct pattern *pattern)
{
	char message[128];
	size_t offset = 0;
	if (pattern_compile(pattern, source, any_case, message, &offset))
		return true;
	size_t shown = offset > 30 ? offset - 30 : 0;
	read_problem(reading, PACK_BAD_PATTERN, "%s after \"%.*s\"", message, (int)(offset - shown), source + shown);
	return false;
}

static bool compile(struct pack_reading *reading, const char *source, bool any_case, struct pattern *pattern)
{
	struct arena *passing = arena_new(0);
	const char *compiled = pattern_compile_factored(pattern, source, any_case, passing);
	/* A mistake is told of in the words that were written. */
	bool good = compiled != NULL || compile_plain(reading, source, any_case, pattern);
	good = good && judge(reading, source, compiled != NULL ? compiled : source, pattern);
	arena_free(passing);
	return good;
}

struct pattern read_pattern(struct pack_reading *reading, const char *source, bool any_case)
{
	struct pattern pattern = {0};
	char *expanded = NULL;
	if (strlen(source) > PATTERN_LENGTH_MAX)
		read_problem(reading, PACK_LONG_PATTERN, "it has %zu", strlen(source));
	else
		expanded = expand(reading, source);
	if (expanded != NULL)
		(void)compile(reading, expanded, any_case, &pattern);
	free(expanded);
	return pattern;
}

char *read_block(struct pack_reading *reading, const char *source)
{
	struct pattern pattern;
	char *expanded = expand(reading, source);
	if (expanded == NULL)
		return NULL;
	if (!compile_plain(reading, expanded, false, &pattern) || !judge(reading, expanded, expanded, &pattern)) {
		free(expanded);
		return NULL;
	}
	pattern_clear(&pattern);
	return expanded;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void add_phrase(struct buffer *out, const char *phrase, bool whole)
{
	size_t length = strlen(phrase);
	bool beginning = length > 1 && phrase[length - 1] == '*';
	length -= beginning;
	if (!whole && is_word_byte(phrase[0]))
		buffer_text(out, "\\b");
	for (size_t i = 0; i < length; i++) {
		if (strchr("\\^$.[]|()?*+{}", phrase[i]) != NULL)
			buffer_char(out, '\\');
		buffer_char(out, phrase[i]);
	}
	if (beginning)
		buffer_text(out, "\\w*");
	if (!whole && length > 0 && is_word_byte(phrase[length - 1]))
		buffer_text(out, "\\b");
}

const char *read_phrases(const struct pack_reading *reading, const json_t *list, bool whole)
{
	struct buffer out = {0};
	size_t index;
	const json_t *item;
	buffer_text(&out, whole ? "^(?:" : "(?:");
	json_array_foreach(list, index, item)
	{
		const char *phrase = json_string_value(item);
		if (phrase == NULL || *phrase == '\0')
			continue;
		if (out.data[out.length - 1] != ':')
			buffer_char(&out, '|');
		add_phrase(&out, phrase, whole);
	}
	buffer_text(&out, whole ? ")$" : ")");
	const char *pattern = arena_copy(reading->pack->arena, out.data, out.length);
	buffer_clear(&out);
	return pattern;
}

/* Every alternative by what it needs. */
static void index_pattern(struct technique_pack *pack, struct pattern_index *index, size_t number, const char *source)
{
	struct pattern_need needs[PATTERN_NEEDS];
	struct arena *passing = arena_new(0);
	const char **alternatives;
	size_t count = pattern_split(source, passing, &alternatives);
	for (size_t i = 0; i < count; i++)
		pattern_index_add(index, &pack->keys, number, needs,
			pattern_required(alternatives[i], &pack->words, passing, needs));
	arena_free(passing);
}

/* Room for one more pattern of `group`; its number, or PATTERN_MAX after a report. */
static uint32_t next_pattern(struct pack_reading *reading, struct pack_group *group, uint32_t owner)
{
	struct technique_pack *pack = reading->pack;
	if (pack->pattern_count == PATTERN_MAX) {
		read_problem(reading, PACK_TOO_MANY, "%d patterns", PATTERN_MAX);
		return PATTERN_MAX;
	}
	if (pack->pattern_count == reading->pattern_capacity) {
		reading->pattern_capacity = reading->pattern_capacity * 2 + 64;
		pack->patterns = memory_grow(pack->patterns, reading->pattern_capacity, sizeof *pack->patterns);
		pack->owners = memory_grow(pack->owners, reading->pattern_capacity, sizeof *pack->owners);
	}
	if (group->count++ == 0)
		group->first = pack->pattern_count;
	pack->owners[pack->pattern_count] = owner;
	return pack->pattern_count++;
}

static void make_one(void *user, size_t index)
{
	const struct pack_reading *reading = user;
	prepared_make(&reading->prepared[index], &reading->pack->words, reading->thorough);
}

/* Room for what `source` becomes. Takes the source. */
static struct prepared *add_prepared(struct pack_reading *reading, char *source)
{
	if (reading->prepared_count == reading->prepared_capacity) {
		reading->prepared_capacity = reading->prepared_capacity * 2 + 256;
		reading->prepared =
			memory_grow(reading->prepared, reading->prepared_capacity, sizeof *reading->prepared);
	}
	struct prepared *prepared = &reading->prepared[reading->prepared_count++];
	*prepared = (struct prepared){.source = source};
	return prepared;
}

/* Each different pattern once. */
static void collect_list(struct pack_reading *reading, struct pack_reading *quiet, const json_t *list)
{
	size_t index;
	const json_t *item;
	json_array_foreach(list, index, item)
	{
		/* Reading says that there are too many. */
		if (reading->prepared_count >= PATTERN_MAX)
			return;
		const char *source = json_string_value(item);
		char *expanded = source != NULL && strlen(source) <= PATTERN_LENGTH_MAX ? expand(quiet, source) : NULL;
		if (expanded == NULL || json_object_get(reading->prepared_numbers, expanded) != NULL) {
			free(expanded);
			continue;
		}
		json_t *number = json_integer((json_int_t)reading->prepared_count);
		if (json_object_set_new(reading->prepared_numbers, expanded, number) != 0)
			abort();
		(void)add_prepared(reading, expanded);
	}
}

void prepare_rules(struct pack_reading *reading, const json_t *root)
{
	static const char *const lists[] = {"rules", "defaults", "cues"}, *const members[] = {
										  "patterns", "also", "not"};
	/* What is wrong with a pattern is said where it is read. */
	struct pack_reading quiet = *reading;
	quiet.report.findings = findings_new();
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		size_t index;
		const json_t *rule;
		json_array_foreach(json_object_get(root, lists[i]), index, rule)
		{
			for (size_t j = 0; j < sizeof members / sizeof members[0]; j++)
				collect_list(reading, &quiet, json_object_get(rule, members[j]));
		}
	}
	findings_free(quiet.report.findings);
	parallel_run(reading->prepared_count, make_one, reading);
}

/* What was prepared of a pattern serves one rule; for the next one with the same pattern it is made again. */
static struct prepared *prepared_of(struct pack_reading *reading, const char *source)
{
	const json_t *number = json_object_get(reading->prepared_numbers, source);
	struct prepared *prepared = number != NULL ? &reading->prepared[json_integer_value(number)] : NULL;
	if (prepared == NULL || prepared->taken) {
		prepared = add_prepared(reading, memory_text(source));
		prepared_make(prepared, &reading->pack->words, reading->thorough);
	}
	prepared->taken = true;
	return prepared;
}

/* Alternatives that are words and phrases in disguise are looked up like those; a pattern is made of the rest. */
static struct pattern read_alternatives(struct pack_reading *reading, size_t number, const char *source)
{
	struct technique_pack *pack = reading->pack;
	const struct prepared *prepared = prepared_of(reading, source);
	struct pattern pattern = prepared->pattern;
	for (size_t i = 0; i < prepared->phrase_count; i++)
		phrase_index_add(&pack->phrases, &pack->keys, number, &prepared->phrases[i]);
	if (prepared->rest == NULL)
		return pattern;
	if (pattern.code == NULL) {
		(void)compile_plain(reading, prepared->rest, false, &pattern);
	} else if (prepared->slow) {
		read_slow(reading, &pattern);
	} else {
		for (size_t i = 0; i < prepared->alternative_count; i++)
			pattern_index_add(&pack->index, &pack->keys, number, prepared->alternatives[i].needs,
				prepared->alternatives[i].count);
	}
	return pattern;
}

/* What a rule looks for is judged by the parts that are left of it as patterns; a fault in its writing is told of the
 * whole. Nobody waits for a verdict on a pattern that was judged before. */
static bool is_good_for_rule(struct pack_reading *reading, const char *source)
{
	const json_t *number = json_object_get(reading->prepared_numbers, source);
	struct pattern whole = {0};
	bool good = !reading->thorough ||
		    (number != NULL && reading->prepared[json_integer_value(number)].well_written) ||
		    compile_plain(reading, source, false, &whole);
	pattern_clear(&whole);
	return good;
}

static void add_positive(
	struct pack_reading *reading, struct pack_group *group, uint32_t owner, const char *source, enum group_use use)
{
	struct pattern whole = {0};
	uint32_t number;
	if (use == GROUP_OF_RULE ? !is_good_for_rule(reading, source) : !compile(reading, source, false, &whole))
		return;
	number = next_pattern(reading, group, owner);
	if (number == PATTERN_MAX) {
		pattern_clear(&whole);
	} else if (use == GROUP_OF_RULE) {
		reading->pack->patterns[number] = read_alternatives(reading, number, source);
	} else {
		reading->pack->patterns[number] = whole;
		index_pattern(reading->pack,
			use == GROUP_IN_MESSAGE ? &reading->pack->message_index : &reading->pack->index, number,
			source);
	}
}

/* Phrases are found by their words, all lists at once, without a pattern. */
static void add_phrases(struct pack_reading *reading, struct pack_group *group, uint32_t owner, const json_t *list)
{
	struct technique_pack *pack = reading->pack;
	uint32_t number = next_pattern(reading, group, owner);
	size_t index;
	const json_t *item;
	if (number == PATTERN_MAX)
		return;
	pack->patterns[number] = (struct pattern){0};
	json_array_foreach(list, index, item)
	{
		const char *phrase = json_string_value(item);
		size_t inside = read_enter_index(reading, index);
		struct phrase read;
		if (phrase != NULL && phrase_read(&read, reading->passing, &reading->normal, phrase))
			phrase_index_add(&pack->phrases, &pack->keys, number, &read);
		else if (phrase != NULL)
			read_problem(reading, PACK_WRONG_VALUE,
				"1 to %d words are expected, and %d letters before a star", PHRASE_WORDS_MAX,
				WORD_BEGINNING);
		read_leave(reading, inside);
	}
}

/* The number of an aside, or PATTERN_MAX after a report. Rules share what they write alike. */
static uint32_t aside_of(struct pack_reading *reading, const char *source, enum group_use use)
{
	struct technique_pack *pack = reading->pack;
	struct pattern whole = {0};
	const json_t *known = use == GROUP_OF_RULE ? json_object_get(reading->asides, source) : NULL;
	if (known != NULL)
		return (uint32_t)json_integer_value(known);
	if (pack->aside_count == PATTERN_MAX) {
		read_problem(reading, PACK_TOO_MANY, "%d different patterns in \"also\" and \"not\"", PATTERN_MAX);
		return PATTERN_MAX;
	}
	if (use == GROUP_OF_RULE ? !is_good_for_rule(reading, source) : !compile(reading, source, false, &whole))
		return PATTERN_MAX;
	if (pack->aside_count == reading->aside_capacity) {
		reading->aside_capacity = reading->aside_capacity * 2 + 64;
		pack->asides = memory_grow(pack->asides, reading->aside_capacity, sizeof *pack->asides);
	}
	uint32_t number = pack->aside_count++;
	if (use == GROUP_OF_RULE) {
		whole = read_alternatives(reading, ASIDE_FIRST + number, source);
		if (json_object_set_new(reading->asides, source, json_integer(number)) != 0)
			abort();
	}
	pack->asides[number] = whole;
	return number;
}

static void add_aside(
	struct pack_reading *reading, uint32_t *first, uint32_t *count, const char *source, enum group_use use)
{
	struct technique_pack *pack = reading->pack;
	uint32_t number = aside_of(reading, source, use);
	if (number == PATTERN_MAX)
		return;
	if (pack->aside_ref_count == reading->aside_ref_capacity) {
		reading->aside_ref_capacity = reading->aside_ref_capacity * 2 + 64;
		pack->aside_refs = memory_grow(pack->aside_refs, reading->aside_ref_capacity, sizeof *pack->aside_refs);
	}
	if (++*count == 1)
		*first = pack->aside_ref_count;
	pack->aside_refs[pack->aside_ref_count++] = number;
}

static void read_list(struct pack_reading *reading, const json_t *object, const char *name, enum group_use use,
	struct pack_group *group, uint32_t owner)
{
	size_t index;
	const json_t *item;
	size_t before = read_enter(reading, name);
	json_array_foreach(json_object_get(object, name), index, item)
	{
		const char *source = json_string_value(item);
		size_t element = read_enter_index(reading, index);
		char *expanded = NULL;
		if (source != NULL && strlen(source) > PATTERN_LENGTH_MAX)
			read_problem(reading, PACK_LONG_PATTERN, "it has %zu", strlen(source));
		else if (source != NULL)
			expanded = expand(reading, source);
		if (expanded != NULL && strcmp(name, "not") == 0)
			add_aside(reading, &group->not_first, &group->not_count, expanded, use);
		else if (expanded != NULL && strcmp(name, "also") == 0)
			add_aside(reading, &group->also_first, &group->also_count, expanded, use);
		else if (expanded != NULL)
			add_positive(reading, group, owner, expanded, use);
		free(expanded);
		read_leave(reading, element);
	}
	read_leave(reading, before);
}

struct pack_group read_group(struct pack_reading *reading, const json_t *object, uint32_t owner, enum group_use use)
{
	struct pack_group group = {0};
	const json_t *phrases = json_object_get(object, "phrases");
	const json_t *whole = json_object_get(object, "whole");
	size_t before = read_enter(reading, "phrases");
	if (json_array_size(phrases) > 0 && use == GROUP_OF_RULE)
		add_phrases(reading, &group, owner, phrases);
	else if (json_array_size(phrases) > 0)
		add_positive(reading, &group, owner, read_phrases(reading, phrases, false),
			use == GROUP_IN_MESSAGE ? use : GROUP_IN_SENTENCE);
	read_leave(reading, before);
	before = read_enter(reading, "whole");
	if (json_array_size(whole) > 0)
		add_positive(reading, &group, owner, read_phrases(reading, whole, true),
			use == GROUP_IN_MESSAGE ? use : GROUP_IN_SENTENCE);
	read_leave(reading, before);
	read_list(reading, object, "patterns", use, &group, owner);
	if (use == GROUP_OF_RULE)
		read_list(reading, object, "also", use, &group, owner);
	read_list(reading, object, "not", use, &group, owner);
	return group;
}
