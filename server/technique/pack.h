/* SPDX-License-Identifier: Apache-2.0 */
/* A language pack as the analyser uses it. Immutable once compiled; strings live in its arena. */
#ifndef ASKWELL_TECHNIQUE_PACK_H
#define ASKWELL_TECHNIQUE_PACK_H

#include "normal.h"
#include "pattern.h"

#include "askwell/hash.h"
#include "askwell/technique.h"

#include <stdatomic.h>

#define PACK_SIZE_MAX (1024 * 1024)
#define PRIVACY_MAX 32

/* Patterns that mean one thing together: any of `first`, none of `not_first`. */
struct pack_group {
	uint32_t first, count;         /* in pack->patterns */
	uint32_t not_first, not_count; /* in pack->counters */
};

/* -1 or 0 in a limit: not asked for. */
struct pack_rule {
	struct pack_group group;
	const char *id;
	enum technique_id technique;
	enum technique_family family;
	enum technique_form form;
	bool form_by_words;
	enum technique_focus focus;
	const char *reason;
	int confidence;
	int mark;  /* 1: ends with a question mark, 0: does not, -1: either */
	int asked; /* 1: the coachee's last line ends with a question mark */
	int alone; /* 1: nothing else in the message says anything */
	int mode;  /* of enum technique_mode */
	unsigned words_least, words_most;
	unsigned shared_least, shared_most; /* content words in common with the coachee's last lines */
	unsigned echo_least;                /* per cent of the sentence's content words in common */
	bool check;                         /* belongs to the reflection before it */
	struct pattern after;               /* what stands before, among the openers */
};

struct pack_safety {
	struct pack_group group;
	const char *id;
	const char *guide;
};

struct pack_privacy {
	const char *id;
	struct pattern pattern;
	const char *has; /* one of these characters has to be there */
	bool mod11;
	const char *mask;
};

struct pack_focus {
	struct pack_group group;
	enum technique_focus focus;
};

struct pack_ending {
	const char *ending;
	size_t length;
	const char *becomes;
	size_t least; /* letters that must be left */
};

struct pack_technique {
	const char *name;
	struct technique_feedback feedback[2]; /* by mode */
};

struct pack_flag {
	const char *name;
	const char *reason;
	struct technique_feedback feedback;
};

struct technique_pack {
	atomic_uint references;
	struct arena *arena;
	const char *source;
	size_t source_length;
	char version[HASH_TEXT_SIZE];
	const char *language;

	struct word_table words;
	struct pack_ending *endings;
	size_t ending_count;
	const char *doubled; /* letters that an ending doubles */

	struct pattern *patterns;
	uint32_t pattern_count;
	uint32_t *owners; /* by pattern: index into the rules, safety or focus list that it belongs to */
	struct pattern *counters;
	uint32_t counter_count;
	struct pattern_index index;

	/* Rules come first in the pattern order, so that the order of the pack is the order of precedence. */
	struct pack_rule *rules;
	size_t rule_count;
	uint32_t rule_patterns; /* patterns [0, rule_patterns) are of rules */
	struct pack_focus *focuses;
	size_t focus_count;
	uint32_t focus_patterns; /* patterns [rule_patterns, focus_patterns) */
	struct pack_safety *safeties;
	size_t safety_count;
	uint32_t safety_patterns;
	struct pack_group jargon;
	struct pack_group clauses;
	struct pack_group open_form;
	struct pattern openers;

	struct pack_privacy *privacies;
	size_t privacy_count;
	struct pack_technique techniques[TECHNIQUE_COUNT];
	struct pack_flag flags[TECHNIQUE_FLAG_COUNT];
	unsigned long_message_words;
	unsigned streak_messages;
};

uint64_t pack_stem(const struct technique_pack *pack, const char *word, size_t length);

#endif
