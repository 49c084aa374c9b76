/* SPDX-License-Identifier: Apache-2.0 */
#include "needs.h"

#include <string.h>

#define FEW_STRINGS 16
#define STOP_COST 12
#define BEGINNING_COST 4
#define PAIR_COST 2   /* of two words in a row */
#define FIRST_COST 4  /* of a stop word that the sentence has to begin with */
#define BEGINNING '*' /* after a word of a need: only its beginning is known */
#define FIRST '^'     /* before a word of a need: the sentence begins with it */
#define NUMBER "#"    /* a need: any word that begins with a digit */
#define NUMBER_COST 2

struct strings strings_one(const struct needs_reading *reading, const char *text)
{
	struct strings strings = {arena_array(reading->arena, 1, sizeof *strings.items), 1};
	strings.items[0] = text;
	return strings;
}

/* Repeated strings only cost time, and looking for them in long lists costs more. */
struct strings strings_both(const struct needs_reading *reading, struct strings a, struct strings b)
{
	struct strings strings = {arena_array(reading->arena, a.count + b.count, sizeof *strings.items), a.count};
	memcpy(strings.items, a.items, a.count * sizeof *a.items);
	for (size_t i = 0; i < b.count; i++) {
		bool known = false;
		for (size_t j = 0; j < strings.count && strings.count < FEW_STRINGS && !known; j++)
			known = strcmp(strings.items[j], b.items[i]) == 0;
		if (!known)
			strings.items[strings.count++] = b.items[i];
	}
	return strings;
}

static const char *concatenated(const struct needs_reading *reading, const char *a, size_t a_length, const char *b)
{
	size_t b_length = strlen(b);
	char *text = arena_array(reading->arena, a_length + b_length + 1, 1);
	memcpy(text, a, a_length);
	memcpy(text + a_length, b, b_length + 1);
	return text;
}

struct strings strings_joined(const struct needs_reading *reading, struct strings a, struct strings b)
{
	struct strings strings = {arena_array(reading->arena, a.count * b.count, sizeof *strings.items), 0};
	for (size_t i = 0; i < a.count; i++) {
		size_t length = strlen(a.items[i]);
		bool edge = !reading->strict && length > 0 && a.items[i][length - 1] == EDGE;
		for (size_t j = 0; j < b.count; j++)
			strings.items[strings.count++] =
				concatenated(reading, a.items[i], length, b.items[j] + (edge && b.items[j][0] == EDGE));
	}
	return strings;
}

static bool same(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

bool is_word_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_edge(char c)
{
	return c == EDGE || c == APOSTROPHE || c == BOUND[0];
}

struct priced {
	const char *word;
	size_t price;
};

static void keep_cheapest(struct priced words[PATTERN_NEEDS], size_t *count, struct priced found)
{
	size_t at = *count;
	for (size_t i = 0; i < *count; i++)
		if (same(words[i].word, found.word))
			return;
	if (at == PATTERN_NEEDS && words[--at].price <= found.price)
		return;
	if (*count < PATTERN_NEEDS)
		++*count;
	for (; at > 0 && words[at - 1].price > found.price; at--)
		words[at] = words[at - 1];
	words[at] = found;
}

/* A word of a need: `mark` says what is known of it. */
static const char *marked(const struct needs_reading *reading, const char *text, size_t length, char mark)
{
	char *word = arena_array(reading->arena, length + 2, 1);
	memcpy(word + (mark == FIRST), text, length);
	if (mark != '\0')
		word[mark == FIRST ? 0 : length] = mark;
	return word;
}

/* Two words in a row, with the edge between them as a space. */
static const char *pair(const struct needs_reading *reading, const char *text, size_t start, size_t edge, size_t end)
{
	char *words = arena_array(reading->arena, end - start + 1, 1);
	memcpy(words, text + start, end - start);
	words[edge - start] = ' ';
	return words;
}

/* The cheapest whole words of one string, those that are bounded on both sides. */
static size_t cheapest_words(const struct needs_reading *reading, const char *text, struct priced words[PATTERN_NEEDS])
{
	size_t length = strlen(text), count = 0;
	for (size_t i = 0; i < length;) {
		size_t start = i;
		while (i < length && is_word_character(text[i]))
			i++;
		if (i == start) {
			bool edge = start > 0 && (is_edge(text[start - 1]) || text[start - 1] == START[0]);
			if (text[i] == DIGIT[0] && edge)
				keep_cheapest(words, &count, (struct priced){NUMBER, NUMBER_COST});
			i++;
			continue;
		}
		bool first = start > 0 && text[start - 1] == START[0];
		if (start == 0 || (!is_edge(text[start - 1]) && !first))
			continue;
		if ((i == length || text[i] == OPEN[0]) && i - start >= WORD_BEGINNING) {
			size_t kept = i - start < WORD_BEGINNING_MOST ? i - start : WORD_BEGINNING_MOST;
			struct priced beginning = {marked(reading, text + start, kept, BEGINNING), BEGINNING_COST};
			keep_cheapest(words, &count, beginning);
		}
		if (i == length || !is_edge(text[i]))
			continue;
		const struct word_entry *entry = word_table_find(reading->words, word_hash(text + start, i - start));
		bool stop = entry != NULL && (entry->traits & WORD_STOP) != 0;
		struct priced found = {
			marked(reading, text + start, i - start, first ? FIRST : '\0'), !stop   ? 1
											: first ? FIRST_COST
												: STOP_COST};
		keep_cheapest(words, &count, found);
		size_t next = i + 1;
		while (next < length && is_word_character(text[next]))
			next++;
		if (next > i + 1 && next < length && is_edge(text[next]))
			keep_cheapest(words, &count, (struct priced){pair(reading, text, start, i, next), PAIR_COST});
	}
	return count;
}

void needs_add(struct needs *needs, struct need need)
{
	size_t at = needs->count;
	if (need.cost == 0 || (at == PATTERN_NEEDS && needs->items[at - 1].cost <= need.cost))
		return;
	if (at == PATTERN_NEEDS)
		at--;
	else
		needs->count++;
	for (; at > 0 && needs->items[at - 1].cost > need.cost; at--)
		needs->items[at] = needs->items[at - 1];
	needs->items[at] = need;
}

static void need_word(struct need *need, struct priced word)
{
	for (size_t i = 0; i < need->count; i++)
		if (same(need->words[i], word.word))
			return;
	need->words[need->count++] = word.word;
	need->cost += word.price;
}

void needs_of_strings(const struct needs_reading *reading, struct needs *needs, struct strings strings)
{
	struct need ranks[PATTERN_NEEDS];
	size_t common = PATTERN_NEEDS;
	for (size_t rank = 0; rank < PATTERN_NEEDS; rank++)
		ranks[rank] =
			(struct need){arena_array(reading->arena, strings.count, sizeof *ranks[rank].words), 0, 0};
	for (size_t i = 0; i < strings.count && common > 0; i++) {
		struct priced words[PATTERN_NEEDS];
		size_t count = cheapest_words(reading, strings.items[i], words);
		common = count < common ? count : common;
		for (size_t rank = 0; rank < common; rank++)
			need_word(&ranks[rank], words[rank]);
	}
	for (size_t rank = 0; rank < common; rank++)
		needs_add(needs, ranks[rank]);
}

bool strings_all_edges(struct strings strings, bool at_end)
{
	for (size_t i = 0; i < strings.count; i++) {
		size_t length = strlen(strings.items[i]);
		char end = length > 0 ? strings.items[i][at_end ? length - 1 : 0] : OPEN[0];
		if (!is_edge(end) && (!at_end || end != START[0]))
			return false;
	}
	return strings.count > 0;
}

const char *strings_opened(struct strings strings)
{
	static const char *const shapes[2][2] = {{"\x01", "\x01 "}, {" \x01", " \x01 "}};
	return shapes[strings_all_edges(strings, false)][strings_all_edges(strings, true)];
}

struct strings strings_surrounded(const struct needs_reading *reading, struct strings strings)
{
	return strings_joined(
		reading, strings_joined(reading, strings_one(reading, OPEN), strings), strings_one(reading, OPEN));
}
struct need need_either(const struct needs_reading *reading, struct need a, struct need b)
{
	struct need need = {arena_array(reading->arena, a.count + b.count, sizeof *need.words), 0, a.cost + b.cost};
	for (size_t i = 0; i < a.count + b.count; i++)
		need.words[need.count++] = i < a.count ? a.words[i] : b.words[i - a.count];
	return need;
}

uint64_t need_hash(const char *word)
{
	size_t length = strlen(word);
	const char *space = strchr(word, ' ');
	if (space != NULL)
		return word_pair_hash(word_hash(word, (size_t)(space - word)),
			word_hash(space + 1, length - (size_t)(space + 1 - word)));
	if (word[0] == NUMBER[0])
		return WORD_NUMBER_HASH;
	if (word[0] == FIRST)
		return word_first_hash(word + 1, length - 1);
	return word[length - 1] == BEGINNING ? word_beginning_hash(word, length - 1) : word_hash(word, length);
}
