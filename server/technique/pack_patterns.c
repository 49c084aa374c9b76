/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include "askwell/buffer.h"
#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define EXPANDED_MAX 16384
#define HOSTILE_LENGTH 4000
#define HOSTILE_GLANCE 1000
#define HOSTILE_OWN_LENGTH 300
#define HOSTILE_WORD_MAX 24
#define TAIL_MAX 128 /* the printable signs of ASCII fit */

/* A pattern on trial. */
struct hardship {
	const struct pattern *pattern;
	const struct pattern_workspace *workspace;
	char tail[TAIL_MAX];
	size_t tail_length;
};

/* What a pattern has to stand: a whole message of one thing that nearly matches for ever. */
static const char *const hostile[] = {"a", " ", "you ", "what ", "and ", "the ", "you said you ", "to be ", "1",
	"don't ", "what if you could have been ", "x, ", "so you feel that you ", "'", "-", "is it that you ", "a@a.",
	"07 ", "0-"};

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

/* Repeats `word` over the whole text, doubling what is there. */
static void fill(char *text, size_t length, const char *word, size_t word_length)
{
	size_t done = word_length;

	memcpy(text, word, done);
	while (done < length) {
		size_t more = done < length - done ? done : length - done;

		memcpy(text + done, text, more);
		done += more;
	}
}

/* One thing over and over, and then what spoils the match at last. */
static bool stands_at(const struct hardship *hardship, const char *word, size_t word_length, size_t length)
{
	char text[HOSTILE_LENGTH + TAIL_MAX];
	fill(text, length, word, word_length);
	memcpy(text + length, hardship->tail, hardship->tail_length);
	return pattern_match(hardship->pattern, hardship->workspace, text, length + hardship->tail_length, 0, NULL) !=
	       PATTERN_LIMIT;
}

/* Steps grow with the square of the length at least before they matter. So a text of a quarter of the length, with a
 * sixteenth of the steps, clears nearly every pattern, and only what stumbles there takes the long way. */
static bool stands(const struct hardship *hardship, const char *word, size_t word_length)
{
	const uint32_t shorter = HOSTILE_LENGTH / HOSTILE_GLANCE;
	pattern_workspace_limit(hardship->workspace, PATTERN_MATCH_LIMIT / (shorter * shorter));
	bool good = stands_at(hardship, word, word_length, HOSTILE_GLANCE);
	pattern_workspace_limit(hardship->workspace, PATTERN_MATCH_LIMIT);
	return good || stands_at(hardship, word, word_length, HOSTILE_LENGTH);
}

/* A sign that few patterns can take, then each sign of the pattern once: a pattern that needs a certain letter is not
 * let off for its absence. */
static void make_tail(struct hardship *hardship, const char *source)
{
	hardship->tail[hardship->tail_length++] = '~';
	for (; *source != '\0'; source++) {
		if (*source >= ' ' && *source < 0x7F && memchr(hardship->tail, *source, hardship->tail_length) == NULL)
			hardship->tail[hardship->tail_length++] = *source;
	}
}

/* The pattern's own letters and words, which it is most likely to trip over. */
static bool stands_its_own_words(const struct hardship *hardship, const char *source)
{
	for (size_t i = 1; i < hardship->tail_length; i++) {
		if (!stands_at(hardship, hardship->tail + i, 1, HOSTILE_OWN_LENGTH))
			return false;
	}
	while (*source != '\0') {
		char word[HOSTILE_WORD_MAX + 1];
		size_t length = strspn(source, "abcdefghijklmnopqrstuvwxyz'");
		if (length > 1 && length < sizeof word) {
			memcpy(word, source, length);
			word[length] = ' ';
			if (!stands_at(hardship, word, length, HOSTILE_OWN_LENGTH) ||
				!stands_at(hardship, word, length + 1, HOSTILE_OWN_LENGTH))
				return false;
		}
		source += length > 0 ? length : 1;
	}
	return true;
}

/* `pattern` is fast. */
static bool survives(const struct pack_reading *reading, const char *source, const struct pattern *pattern)
{
	struct hardship hardship = {.pattern = pattern, .workspace = &reading->workspace};
	bool good = true;
	make_tail(&hardship, source);
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0] && good; i++)
		good = stands(&hardship, hostile[i], strlen(hostile[i]));
	return good && stands_its_own_words(&hardship, source);
}

static bool judge(struct pack_reading *reading, const char *source, struct pattern *pattern)
{
	if (!reading->thorough || survives(reading, source, pattern))
		return true;
	read_problem(reading, PACK_SLOW_PATTERN, "it was stopped at %d steps", PATTERN_MATCH_LIMIT);
	pattern_clear(pattern);
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
	char message[128];
	size_t offset = 0;
	struct arena *passing = arena_new(0);
	bool good = pattern_compile(pattern, pattern_factored(source, passing), any_case, message, &offset);
	arena_free(passing);
	/* A mistake is told of in the words that were written. */
	if (!good && !compile_plain(reading, source, any_case, pattern))
		return false;
	return judge(reading, source, pattern);
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
	if (!compile_plain(reading, expanded, false, &pattern) || !judge(reading, expanded, &pattern)) {
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

static bool add_as_phrases(
	const struct pack_reading *reading, size_t number, const char *alternative, struct arena *passing)
{
	struct technique_pack *pack = reading->pack;
	const char **phrases;
	size_t count = pattern_phrases(alternative, passing, &phrases);
	bool good = count > 0;
	for (size_t i = 0; i < count && good; i++)
		good = phrase_index_add(&pack->phrases, &pack->keys, number, phrases[i], reading->passing);
	return good;
}

/* Alternatives that are words and phrases in disguise are looked up like those; a pattern is made of the rest. */
static struct pattern read_alternatives(struct pack_reading *reading, size_t number, const char *source)
{
	struct pattern pattern = {0};
	struct arena *passing = arena_new(0);
	struct buffer rest = {0};
	const char **alternatives;
	size_t count = pattern_split(source, passing, &alternatives);
	for (size_t i = 0; i < count; i++) {
		if (add_as_phrases(reading, number, alternatives[i], passing))
			continue;
		buffer_text(&rest, rest.length > 0 ? "|" : "");
		buffer_text(&rest, alternatives[i]);
	}
	if (rest.length > 0 && compile(reading, rest.data, false, &pattern))
		index_pattern(reading->pack, &reading->pack->index, number, rest.data);
	buffer_clear(&rest);
	arena_free(passing);
	return pattern;
}

static void add_positive(
	struct pack_reading *reading, struct pack_group *group, uint32_t owner, const char *source, enum group_use use)
{
	struct pattern whole = {0};
	uint32_t number;
	/* What a rule looks for is judged by the parts that are left of it as patterns; a fault in its writing is told of
	 * the whole. Nobody waits for a verdict on a pattern that was judged before. */
	if (use == GROUP_OF_RULE ? reading->thorough && !compile_plain(reading, source, false, &whole)
				 : !compile(reading, source, false, &whole))
		return;
	number = next_pattern(reading, group, owner);
	if (number == PATTERN_MAX) {
		pattern_clear(&whole);
	} else if (use == GROUP_OF_RULE) {
		pattern_clear(&whole);
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
		if (phrase != NULL && !phrase_index_add(&pack->phrases, &pack->keys, number, phrase, reading->passing))
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
	if (use == GROUP_OF_RULE ? reading->thorough && !compile_plain(reading, source, false, &whole)
				 : !compile(reading, source, false, &whole))
		return PATTERN_MAX;
	if (pack->aside_count == reading->aside_capacity) {
		reading->aside_capacity = reading->aside_capacity * 2 + 64;
		pack->asides = memory_grow(pack->asides, reading->aside_capacity, sizeof *pack->asides);
	}
	uint32_t number = pack->aside_count++;
	if (use == GROUP_OF_RULE) {
		pattern_clear(&whole);
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
