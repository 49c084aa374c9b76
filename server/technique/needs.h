/* SPDX-License-Identifier: Apache-2.0 */
/* Small sets of strings that a pattern may stand for, and the words that a text must hold for one of them to be in it. */
#ifndef ASKWELL_TECHNIQUE_NEEDS_H
#define ASKWELL_TECHNIQUE_NEEDS_H

#include "pattern.h"

/* Signs in a string of a set. */
#define OPEN "\x01" /* anything */
#define EDGE ' '    /* no word goes on across it */
#define APOSTROPHE '\''
#define BOUND "\x05" /* in a strict reading: an edge that takes no letter, as \b */
#define START "\x02"
#define DIGIT "\x03"

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

struct needs_reading {
	struct arena *arena;
	const struct word_table *words;
	bool strict; /* what the strings do not say may not be there: the end of the text, a look around, a cue */
};

bool is_word_character(char c);
/* An apostrophe ends a word for a pattern and is kept, since phrases hold it. */
bool is_edge(char c);

struct strings strings_one(const struct needs_reading *reading, const char *text);
struct strings strings_both(const struct needs_reading *reading, struct strings a, struct strings b);
/* Each of `a` with each of `b` behind it. */
struct strings strings_joined(const struct needs_reading *reading, struct strings a, struct strings b);
/* A set that stands by itself somewhere. */
struct strings strings_surrounded(const struct needs_reading *reading, struct strings strings);
/* Whether all begin, or end, with an edge. */
bool strings_all_edges(struct strings strings, bool at_end);
/* Anything, that keeps the edges which every string of the set has. */
const char *strings_opened(struct strings strings);

void needs_add(struct needs *needs, struct need need);
/* Each string needs all its words, so the cheapest of each make one need, the second cheapest another. */
void needs_of_strings(const struct needs_reading *reading, struct needs *needs, struct strings strings);
struct need need_either(const struct needs_reading *reading, struct need a, struct need b);
/* The key that a text with this word of a need has. */
uint64_t need_hash(const char *word);

#endif
