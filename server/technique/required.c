/* SPDX-License-Identifier: Apache-2.0 */
/* Which words a text must hold for a pattern to match: the idea of a literal prefilter, on words and their beginnings. A pattern is read
 * as a small set of strings in which OPEN stands for "anything"; where a set grows too large it is cut, and the best cut
 * gives the words. Whatever is not understood counts as anything, so a wrong guess costs time and never a match. */
#include "pattern.h"

#include <string.h>

#define OPEN "\x01"
#define EDGE ' ' /* no word goes on across it */
#define APOSTROPHE '\''
#define BOUND "\x05" /* in a strict reading: an edge that takes no letter, as \b */
#define STRINGS_MAX 160
#define PHRASES_MAX 40
#define NESTING_MAX 24
#define FEW_STRINGS 16
#define CLASS_MAX 6
#define STOP_COST 12
#define BEGINNING_COST 4
#define PAIR_COST 2   /* of two words in a row */
#define FIRST_COST 4  /* of a stop word that the sentence has to begin with */
#define BEGINNING '*' /* after a word of a need: only its beginning is known */
#define FIRST '^'     /* before a word of a need: the sentence begins with it */
#define START "\x02"
#define DIGIT "\x03"
#define NUMBER "#" /* a need: any word that begins with a digit */
#define NUMBER_COST 2

struct strings {
	const char **items;
	size_t count;
};

struct need {
	const char **words;
	size_t count;
	size_t cost; /* 0: no need known */
};

/* All of them hold: the cheapest first. */
struct needs {
	struct need items[PATTERN_NEEDS];
	size_t count;
};

struct node {
	struct strings exact; /* count 0: not a small set */
	struct needs needs;
};

struct required {
	const char *at;
	const struct word_table *words;
	struct arena *arena;
	unsigned nesting;
	size_t most;      /* strings that a set may have */
	bool left, right; /* the group that is being read stands between edges */
	bool strict;      /* what the strings do not say may not be there: the end of the text, a look around, a cue */
	bool failed;
};

static struct strings one(struct required *required, const char *text)
{
	struct strings strings = {arena_array(required->arena, 1, sizeof *strings.items), 1};
	strings.items[0] = text;
	return strings;
}

/* Repeated strings only cost time, and looking for them in long lists costs more. */
static struct strings both(struct required *required, struct strings a, struct strings b)
{
	struct strings strings = {arena_array(required->arena, a.count + b.count, sizeof *strings.items), a.count};
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

static const char *concatenated(struct required *required, const char *a, size_t a_length, const char *b)
{
	size_t b_length = strlen(b);
	char *text = arena_array(required->arena, a_length + b_length + 1, 1);
	memcpy(text, a, a_length);
	memcpy(text + a_length, b, b_length + 1);
	return text;
}

static struct strings joined(struct required *required, struct strings a, struct strings b)
{
	struct strings strings = {arena_array(required->arena, a.count * b.count, sizeof *strings.items), 0};
	for (size_t i = 0; i < a.count; i++) {
		size_t length = strlen(a.items[i]);
		bool edge = !required->strict && length > 0 && a.items[i][length - 1] == EDGE;
		for (size_t j = 0; j < b.count; j++)
			strings.items[strings.count++] = concatenated(
				required, a.items[i], length, b.items[j] + (edge && b.items[j][0] == EDGE));
	}
	return strings;
}

static bool same(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

static bool word_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* An apostrophe ends a word for a pattern and is kept, since phrases hold it. */
static bool is_edge(char c)
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
static const char *marked(struct required *required, const char *text, size_t length, char mark)
{
	char *word = arena_array(required->arena, length + 2, 1);
	memcpy(word + (mark == FIRST), text, length);
	if (mark != '\0')
		word[mark == FIRST ? 0 : length] = mark;
	return word;
}

/* Two words in a row, with the edge between them as a space. */
static const char *pair(struct required *required, const char *text, size_t start, size_t edge, size_t end)
{
	char *words = arena_array(required->arena, end - start + 1, 1);
	memcpy(words, text + start, end - start);
	words[edge - start] = ' ';
	return words;
}

/* The cheapest whole words of one string, those that are bounded on both sides. */
static size_t cheapest_words(struct required *required, const char *text, struct priced words[PATTERN_NEEDS])
{
	size_t length = strlen(text), count = 0;
	for (size_t i = 0; i < length;) {
		size_t start = i;
		while (i < length && word_character(text[i]))
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
			struct priced beginning = {marked(required, text + start, kept, BEGINNING), BEGINNING_COST};
			keep_cheapest(words, &count, beginning);
		}
		if (i == length || !is_edge(text[i]))
			continue;
		const struct word_entry *entry = word_table_find(required->words, word_hash(text + start, i - start));
		bool stop = entry != NULL && (entry->traits & WORD_STOP) != 0;
		struct priced found = {
			marked(required, text + start, i - start, first ? FIRST : '\0'), !stop   ? 1
											 : first ? FIRST_COST
												 : STOP_COST};
		keep_cheapest(words, &count, found);
		size_t next = i + 1;
		while (next < length && word_character(text[next]))
			next++;
		if (next > i + 1 && next < length && is_edge(text[next]))
			keep_cheapest(words, &count, (struct priced){pair(required, text, start, i, next), PAIR_COST});
	}
	return count;
}

static void add_need(struct needs *needs, struct need need)
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

/* Each string needs all its words, so the cheapest of each make one need, the second cheapest another. */
static void add_needs(struct required *required, struct needs *needs, struct strings strings)
{
	struct need ranks[PATTERN_NEEDS];
	size_t common = PATTERN_NEEDS;
	for (size_t rank = 0; rank < PATTERN_NEEDS; rank++)
		ranks[rank] =
			(struct need){arena_array(required->arena, strings.count, sizeof *ranks[rank].words), 0, 0};
	for (size_t i = 0; i < strings.count && common > 0; i++) {
		struct priced words[PATTERN_NEEDS];
		size_t count = cheapest_words(required, strings.items[i], words);
		common = count < common ? count : common;
		for (size_t rank = 0; rank < common; rank++)
			need_word(&ranks[rank], words[rank]);
	}
	for (size_t rank = 0; rank < common; rank++)
		add_need(needs, ranks[rank]);
}

static bool all_edges(struct strings strings, bool at_end)
{
	for (size_t i = 0; i < strings.count; i++) {
		size_t length = strlen(strings.items[i]);
		char end = length > 0 ? strings.items[i][at_end ? length - 1 : 0] : OPEN[0];
		if (!is_edge(end) && (!at_end || end != START[0]))
			return false;
	}
	return strings.count > 0;
}

/* Anything, that keeps the edges which every string of the set has. */
static const char *opened(struct strings strings)
{
	static const char *const shapes[2][2] = {{"\x01", "\x01 "}, {" \x01", " \x01 "}};
	return shapes[all_edges(strings, false)][all_edges(strings, true)];
}

static struct node open_node(struct required *required)
{
	return (struct node){.exact = one(required, OPEN)};
}

static struct node edge_node(struct required *required)
{
	return (struct node){.exact = one(required, " ")};
}

static struct node alternatives(struct required *required);

/* Reads "[...]"; a class of non-word characters is an edge, a few letters are tried one by one. */
static struct node read_class(struct required *required)
{
	bool negated = *required->at == '^', first = true, simple = true;
	char members[64];
	size_t count = 0;
	if (negated)
		required->at++;
	for (; *required->at != '\0' && (*required->at != ']' || first); required->at++, first = false) {
		char c = *required->at;
		if (c == '\\' && required->at[1] != '\0') {
			c = *++required->at;
			simple =
				simple && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
			if (c == 's') {
				simple = true;
				c = ' ';
			}
		} else if (c == '[' || (c == '-' && !first && required->at[1] != ']') || (unsigned char)c >= 0x80) {
			simple = false;
		}
		if (count < sizeof members)
			members[count++] = c;
		else
			simple = false;
	}
	if (*required->at == '\0') {
		required->failed = true;
		return open_node(required);
	}
	required->at++;
	size_t letters = 0;
	for (size_t i = 0; i < count; i++)
		letters += word_character(members[i]);
	if (negated || !simple || (letters > 0 && count > CLASS_MAX))
		return open_node(required);
	if (letters == 0)
		return edge_node(required);
	struct strings strings = {arena_array(required->arena, count, sizeof *strings.items), count};
	for (size_t i = 0; i < count; i++)
		strings.items[i] = word_character(members[i]) ? arena_copy(required->arena, &members[i], 1) : " ";
	return (struct node){.exact = strings};
}

/* Whether an edge follows the group whose inside begins at `at`. */
static bool edge_after_group(const char *at)
{
	int depth = 1;
	bool class = false;
	for (; *at != '\0' && depth > 0; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (class)
			class = *at != ']';
		else if (*at == '[')
			class = true;
		else
			depth += (*at == '(') - (*at == ')');
	}
	return depth == 0 && (*at == ' ' || *at == '$' || (at[0] == '\\' && at[1] == 'b'));
}

/* After "(": the group's kind decides whether its text is consumed. `before`: it stands after an edge. */
static struct node read_group(struct required *required, bool before)
{
	bool looks = false;
	if (required->strict && (required->at[0] != '?' || required->at[1] != ':'))
		required->failed = true;
	if (required->at[0] == '?') {
		const char *kind = required->at + 1;
		if (kind[0] == ':') {
			required->at += 2;
		} else if (kind[0] == '=' || kind[0] == '!') {
			looks = true;
			required->at += 2;
		} else if (kind[0] == '<' && (kind[1] == '=' || kind[1] == '!')) {
			looks = true;
			required->at += 3;
		} else if (kind[0] == '<' || kind[0] == '>') {
			required->at += 2;
			while (kind[0] == '<' && *required->at != '>' && *required->at != '\0')
				required->at++;
			required->at += kind[0] == '<' && *required->at != '\0';
		} else {
			required->failed = true;
			return open_node(required);
		}
	} else if (required->at[0] == '*') {
		required->failed = true;
		return open_node(required);
	}
	struct node inner = {0};
	bool left = required->left, right = required->right;
	required->left = !required->strict && before && !looks;
	required->right = !required->strict && !looks && edge_after_group(required->at);
	if (++required->nesting > NESTING_MAX)
		required->failed = true;
	else
		inner = alternatives(required);
	required->nesting--;
	required->left = left;
	required->right = right;
	if (required->failed || *required->at != ')') {
		required->failed = true;
		return open_node(required);
	}
	required->at++;
	return looks ? (struct node){.exact = one(required, "")} : inner;
}

static struct node read_escape(struct required *required)
{
	char c = *required->at++;
	if (required->strict) {
		required->failed |= c != 'b';
		return (struct node){.exact = one(required, BOUND)};
	}
	if (c == 'b' || c == 's' || c == 'A' || c == 'z' || c == 'Z' || c == 'W')
		return edge_node(required);
	if (c == 'd')
		return (struct node){.exact = one(required, DIGIT)};
	if (c == 'K')
		return (struct node){.exact = one(required, "")};
	if (c == 'Q' || c == 'E' || c == '\0')
		required->failed = true;
	if (word_character(c) || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
		return open_node(required);
	return edge_node(required);
}

static struct node read_atom(struct required *required, bool before)
{
	char c = *required->at++;
	if (required->strict && c == '$')
		required->failed = true;
	if (c == '(')
		return read_group(required, before);
	if (c == '[')
		return read_class(required);
	if (c == '\\')
		return read_escape(required);
	if (c == '^')
		return (struct node){.exact = one(required, START)};
	if (c == '.' || (unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z'))
		return open_node(required);
	if (word_character(c) || c == APOSTROPHE)
		return (struct node){.exact = one(required, arena_copy(required->arena, &c, 1))};
	return edge_node(required);
}

/* Reads the least count of a quantifier; false when none follows. */
static bool read_quantifier(struct required *required, unsigned *least, bool *once)
{
	const char *at = required->at;
	*once = false;
	if (*at == '?' || *at == '*') {
		*least = 0;
		*once = *at == '?';
		at++;
	} else if (*at == '+') {
		*least = 1;
		at++;
	} else if (*at == '{' && at[1] >= '0' && at[1] <= '9') {
		*least = at[1] == '0' ? 0 : 1;
		while (*at != '}' && *at != '\0')
			at++;
		if (*at == '\0') {
			required->failed = true;
			return false;
		}
		at++;
	} else {
		return false;
	}
	if (*at == '?' || *at == '+')
		at++;
	required->at = at;
	return true;
}

static struct node quantified(struct required *required, struct node atom)
{
	unsigned least;
	bool once;
	if (!read_quantifier(required, &least, &once))
		return atom;
	if (atom.exact.count == 0)
		return least > 0 ? atom : open_node(required);
	if (least > 0) {
		bool edges = atom.exact.count == 1 && strcmp(atom.exact.items[0], " ") == 0;
		return edges ? atom
			     : (struct node){
				       .exact = joined(required, atom.exact,
					       both(required, one(required, ""), one(required, opened(atom.exact))))};
	}
	struct strings more = once ? atom.exact : one(required, opened(atom.exact));
	return (struct node){.exact = both(required, one(required, ""), more)};
}

static struct node sequence(struct required *required)
{
	struct strings run = one(required, required->left ? " " : "");
	struct needs needs = {0};
	bool exact = true, right = required->right;
	while (*required->at != '\0' && *required->at != '|' && *required->at != ')' && !required->failed) {
		struct node next = quantified(required, read_atom(required, all_edges(run, true)));
		if (next.exact.count > 0 && run.count * next.exact.count <= required->most) {
			run = joined(required, run, next.exact);
			continue;
		}
		exact = false;
		add_needs(required, &needs, run);
		for (size_t i = 0; i < next.needs.count; i++)
			add_need(&needs, next.needs.items[i]);
		const char *gap = all_edges(run, true) ? " " : OPEN;
		if (next.exact.count > 0 && next.exact.count <= required->most)
			run = joined(required, one(required, gap), next.exact);
		else
			run = one(required, OPEN);
	}
	if (right)
		run = joined(required, run, one(required, " "));
	if (exact)
		return (struct node){.exact = run};
	add_needs(required, &needs, run);
	return (struct node){.needs = needs};
}

static struct need merged(struct required *required, struct need a, struct need b)
{
	struct need need = {arena_array(required->arena, a.count + b.count, sizeof *need.words), 0, a.cost + b.cost};
	for (size_t i = 0; i < a.count + b.count; i++)
		need.words[need.count++] = i < a.count ? a.words[i] : b.words[i - a.count];
	return need;
}

static struct needs needs_of(struct required *required, struct node node)
{
	if (node.exact.count > 0)
		add_needs(required, &node.needs, node.exact);
	return node.needs;
}

static struct node alternatives(struct required *required)
{
	struct node all = sequence(required);
	while (*required->at == '|' && !required->failed) {
		required->at++;
		struct node next = sequence(required);
		if (all.exact.count > 0 && next.exact.count > 0 &&
			all.exact.count + next.exact.count <= required->most) {
			all.exact = both(required, all.exact, next.exact);
			continue;
		}
		struct needs a = needs_of(required, all), b = needs_of(required, next);
		all = (struct node){0};
		for (size_t i = 0; i < a.count && i < b.count; i++)
			add_need(&all.needs, merged(required, a.items[i], b.items[i]));
	}
	return all;
}

static uint64_t need_hash(const char *word)
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

/* Words one space apart, bounded on both sides; NULL when it is anything else. */
static const char *as_phrase(struct arena *arena, const char *text)
{
	size_t length = strlen(text), kept = 0;
	char *phrase = arena_array(arena, length + 1, 1);
	if (length < 3 || text[0] != BOUND[0] || text[length - 1] != BOUND[0])
		return NULL;
	for (size_t i = 1; i + 1 < length; i++) {
		if (text[i] == BOUND[0])
			continue;
		bool space = text[i] == EDGE;
		if (space ? kept == 0 || phrase[kept - 1] == ' ' : !word_character(text[i]) && text[i] != APOSTROPHE)
			return NULL;
		phrase[kept++] = text[i];
	}
	return kept > 0 && phrase[kept - 1] != ' ' ? phrase : NULL;
}

size_t pattern_phrases(const char *source, struct arena *arena, const char ***phrases)
{
	struct required required = {.at = source, .arena = arena, .most = PHRASES_MAX, .strict = true};
	struct node node = alternatives(&required);
	if (required.failed || *required.at != '\0')
		return 0;
	for (size_t i = 0; i < node.exact.count; i++) {
		node.exact.items[i] = as_phrase(arena, node.exact.items[i]);
		if (node.exact.items[i] == NULL)
			return 0;
	}
	*phrases = node.exact.items;
	return node.exact.count;
}

size_t pattern_required(const char *source, const struct word_table *words, struct arena *arena,
	struct pattern_need needs[PATTERN_NEEDS])
{
	struct required required = {.at = source, .words = words, .arena = arena, .most = STRINGS_MAX};
	struct node node = alternatives(&required);
	if (required.failed || *required.at != '\0')
		return 0;
	/* A match may begin and end inside a word. */
	if (node.exact.count > 0) {
		node.exact =
			joined(&required, joined(&required, one(&required, OPEN), node.exact), one(&required, OPEN));
		node.needs = needs_of(&required, node);
	}
	for (size_t i = 0; i < node.needs.count; i++) {
		const struct need *need = &node.needs.items[i];
		needs[i] = (struct pattern_need){arena_array(arena, need->count, sizeof *needs[i].hashes), need->count};
		for (size_t j = 0; j < need->count; j++)
			needs[i].hashes[j] = need_hash(need->words[j]);
	}
	return node.needs.count;
}
