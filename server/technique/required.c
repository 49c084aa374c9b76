/* SPDX-License-Identifier: Apache-2.0 */
/* Which words a text must hold for a pattern to match: the idea of a literal prefilter, on words and their beginnings. A
 * pattern is read as a small set of strings in which OPEN stands for "anything"; where a set grows too large it is cut, and
 * the best cut gives the words. Whatever is not understood counts as anything, so a wrong guess costs time and never a
 * match. */
#include "needs.h"

#include <string.h>

#define STRINGS_MAX 160
#define PHRASES_MAX 40
#define NESTING_MAX 24
#define CLASS_MAX 6

struct node {
	struct strings exact; /* count 0: not a small set */
	struct needs needs;
};

struct required {
	struct needs_reading sets;
	const char *at;
	unsigned nesting;
	size_t most;      /* strings that a set may have */
	bool left, right; /* the group that is being read stands between edges */
	bool failed;
};

static struct node open_node(struct required *required)
{
	return (struct node){.exact = strings_one(&required->sets, OPEN)};
}

static struct node edge_node(struct required *required)
{
	return (struct node){.exact = strings_one(&required->sets, " ")};
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
		letters += is_word_character(members[i]);
	if (negated || !simple || (letters > 0 && count > CLASS_MAX))
		return open_node(required);
	if (letters == 0)
		return edge_node(required);
	struct strings strings = {arena_array(required->sets.arena, count, sizeof *strings.items), count};
	for (size_t i = 0; i < count; i++)
		strings.items[i] =
			is_word_character(members[i]) ? arena_copy(required->sets.arena, &members[i], 1) : " ";
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
	bool looks = false, ahead = false;
	if (required->sets.strict && (required->at[0] != '?' || required->at[1] != ':'))
		required->failed = true;
	if (required->at[0] == '?') {
		const char *kind = required->at + 1;
		if (kind[0] == ':') {
			required->at += 2;
		} else if (kind[0] == '=' || kind[0] == '!') {
			looks = true;
			ahead = kind[0] == '=';
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
	required->left = !required->sets.strict && before && !looks;
	required->right = !required->sets.strict && !looks && edge_after_group(required->at);
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
	if (!looks)
		return inner;
	/* What is looked for ahead is needed, and takes no room. */
	struct node nothing = {.exact = strings_one(&required->sets, "")};
	if (ahead && inner.exact.count > 0)
		needs_of_strings(&required->sets, &inner.needs, strings_surrounded(&required->sets, inner.exact));
	if (ahead)
		nothing.needs = inner.needs;
	return nothing;
}

static struct node read_escape(struct required *required)
{
	char c = *required->at++;
	if (required->sets.strict) {
		required->failed |= c != 'b';
		return (struct node){.exact = strings_one(&required->sets, BOUND)};
	}
	if (c == 'b' || c == 's' || c == 'A' || c == 'z' || c == 'Z' || c == 'W')
		return edge_node(required);
	if (c == 'd')
		return (struct node){.exact = strings_one(&required->sets, DIGIT)};
	if (c == 'K')
		return (struct node){.exact = strings_one(&required->sets, "")};
	if (c == 'Q' || c == 'E' || c == '\0')
		required->failed = true;
	if (is_word_character(c) || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
		return open_node(required);
	return edge_node(required);
}

static bool is_quantifier(char c)
{
	return c == '?' || c == '*' || c == '+' || c == '{';
}

/* The letter before the place, and those after it that belong to no quantifier. */
static const char *rest_of_letters(struct required *required)
{
	const char *start = required->at - 1;
	while (is_word_character(*required->at) && !is_quantifier(required->at[1]))
		required->at++;
	return arena_copy(required->sets.arena, start, (size_t)(required->at - start));
}

static struct node read_atom(struct required *required, bool before)
{
	char c = *required->at++;
	if (required->sets.strict && c == '$')
		required->failed = true;
	if (c == '(')
		return read_group(required, before);
	if (c == '[')
		return read_class(required);
	if (c == '\\')
		return read_escape(required);
	if (c == '^')
		return (struct node){.exact = strings_one(&required->sets, START)};
	if (c == '.' || (unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z'))
		return open_node(required);
	if (is_word_character(c) || c == APOSTROPHE)
		return (struct node){.exact = strings_one(&required->sets, rest_of_letters(required))};
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
				       .exact = strings_joined(&required->sets, atom.exact,
					       strings_both(&required->sets, strings_one(&required->sets, ""),
						       strings_one(&required->sets, strings_opened(atom.exact))))};
	}
	struct strings more = once ? atom.exact : strings_one(&required->sets, strings_opened(atom.exact));
	return (struct node){.exact = strings_both(&required->sets, strings_one(&required->sets, ""), more)};
}

static struct node sequence(struct required *required)
{
	struct strings run = strings_one(&required->sets, required->left ? " " : "");
	struct needs needs = {0};
	bool exact = true, right = required->right;
	while (*required->at != '\0' && *required->at != '|' && *required->at != ')' && !required->failed) {
		struct node next = quantified(required, read_atom(required, strings_all_edges(run, true)));
		for (size_t i = 0; i < next.needs.count; i++)
			needs_add(&needs, next.needs.items[i]);
		if (next.exact.count > 0 && run.count * next.exact.count <= required->most) {
			run = strings_joined(&required->sets, run, next.exact);
			continue;
		}
		exact = false;
		needs_of_strings(&required->sets, &needs, run);
		const char *gap = strings_all_edges(run, true) ? " " : OPEN;
		if (next.exact.count > 0 && next.exact.count <= required->most)
			run = strings_joined(&required->sets, strings_one(&required->sets, gap), next.exact);
		else
			run = strings_one(&required->sets, OPEN);
	}
	if (right)
		run = strings_joined(&required->sets, run, strings_one(&required->sets, " "));
	if (exact)
		return (struct node){.exact = run, .needs = needs};
	needs_of_strings(&required->sets, &needs, run);
	return (struct node){.needs = needs};
}

static struct needs needs_of(struct required *required, struct node node)
{
	if (node.exact.count > 0)
		needs_of_strings(&required->sets, &node.needs, node.exact);
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
			all = (struct node){.exact = strings_both(&required->sets, all.exact, next.exact)};
			continue;
		}
		struct needs a = needs_of(required, all), b = needs_of(required, next);
		all = (struct node){0};
		for (size_t i = 0; i < a.count && i < b.count; i++)
			needs_add(&all.needs, need_either(&required->sets, a.items[i], b.items[i]));
	}
	return all;
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
		if (space ? kept == 0 || phrase[kept - 1] == ' ' : !is_word_character(text[i]) && text[i] != APOSTROPHE)
			return NULL;
		phrase[kept++] = text[i];
	}
	return kept > 0 && phrase[kept - 1] != ' ' ? phrase : NULL;
}

size_t pattern_phrases(const char *source, struct arena *arena, const char ***phrases)
{
	struct required required = {.sets = {.arena = arena, .strict = true}, .at = source, .most = PHRASES_MAX};
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
	struct required required = {.sets = {arena, words, false}, .at = source, .most = STRINGS_MAX};
	struct node node = alternatives(&required);
	if (required.failed || *required.at != '\0')
		return 0;
	/* A match may begin and end inside a word. */
	if (node.exact.count > 0) {
		node.exact = strings_surrounded(&required.sets, node.exact);
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
