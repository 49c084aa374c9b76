/* SPDX-License-Identifier: Apache-2.0 */
/* A language pack as the analyser uses it. Immutable once compiled; strings live in its arena. */
#ifndef ASKWELL_TECHNIQUE_PACK_H
#define ASKWELL_TECHNIQUE_PACK_H

#include "index.h"
#include "keys.h"
#include "normal.h"
#include "phrases.h"

#include "askwell/hash.h"
#include "askwell/technique.h"

#include <stdatomic.h>

#define PACK_SIZE_MAX (1024 * 1024)
#define PRIVACY_MAX 32

/* Patterns that mean one thing together: any of `first`, one of `also_first` where there are such, none of `not_first`. */
struct pack_group {
	uint32_t first, count;           /* in pack->patterns */
	uint32_t also_first, also_count; /* in pack->aside_refs */
	uint32_t not_first, not_count;
};

/* -1 or 0 in a limit: not asked for. */
/* What is asked of every candidate stands together in front. */
struct pack_rule {
	struct pack_group group;
	int8_t mark;  /* 1: ends with a question mark, 0: does not, -1: either */
	int8_t asked; /* 1: the coachee's last line ends with a question mark */
	int8_t alone; /* 1: nothing else in the message says anything */
	int8_t mode;  /* of enum technique_mode */
	int8_t first; /* 1: the coachee has not said anything yet */
	bool check;   /* belongs to the reflection before it */
	bool form_by_words;
	uint8_t echo_least; /* per cent of the sentence's content words in common */
	uint16_t words_least, words_most;
	uint16_t shared_least, shared_most; /* content words in common with the coachee's last lines */
	struct pattern after;               /* what stands before, among the openers */
	const int16_t *points;              /* by technique, of what votes; NULL: the rule is sure by itself */
	bool wording;                       /* one of pack->wordings: its words are all there is to it */
	const char *id;
	const char *reason;
	enum technique_id technique;
	enum technique_family family;
	enum technique_form form;
	enum technique_focus focus;
	int confidence;
};

/* Rules whose patterns are [from, to) of the pack's. */
struct pack_rules {
	struct pack_rule *list;
	size_t count;
	uint32_t from, to;
};

#define WORDING_WORDS_MAX 3

struct wording_slot {
	uint64_t hash; /* 0: free */
	uint32_t index;
};

/* wordings.h; found by the hashes of their words. */
struct pack_wordings {
	struct pack_rule *list;
	size_t count;
	struct wording_slot *slots;
	size_t mask; /* size - 1, a power of two */
};

/* A word or two that a question begins with; of one kind are those that ask for much the same. */
struct pack_question {
	uint64_t first, second; /* second: 0, or the word that comes next */
	uint8_t kind;           /* from 1 */
};

/* When a vote counts. */
struct pack_vote {
	int16_t start[TECHNIQUE_COUNT]; /* what each technique begins with */
	int least;                      /* points that the winner needs */
	int lead;                       /* points before the next */
	int support;                    /* points that a cue with words of its own must give to the winner */
	int lead_special; /* of a special kind of question over the next; with less it counts as a plain one */
	int lead_spoiler; /* the same for what would be held against the trainee */
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

struct pack_asks {
	struct pack_group group;
	enum technique_asks asks;
};

struct pack_technique {
	const char *name;
	const char *meaning;        /* one plain line, or NULL */
	enum technique_form form;   /* of its questions after a vote, whatever their words; none: by the words */
	enum technique_focus focus; /* of its questions, whatever their words; none: by the words */
	struct technique_feedback feedback[2]; /* by mode */
};

struct pack_flag {
	const char *name;
	const char *reason;
	struct technique_feedback feedback;
};

struct technique_pack {
	atomic_uint references;
	uint32_t pattern_count, aside_count, aside_ref_count;
	struct arena *arena;
	const char *source;
	size_t source_length;
	const char *language;

	struct word_table words;
	struct pack_question *questions;
	size_t question_count;
	const char *stemmer; /* libstemmer's name, or NULL: words are compared as they are */

	struct pattern *patterns;
	uint32_t *owners;       /* by pattern: index into the list that it belongs to */
	struct pattern *asides; /* what rules look at besides: many share one */
	uint32_t *aside_refs;   /* numbers of asides, group after group */
	struct key_table keys;
	struct pattern_index index;         /* what is looked for in a sentence */
	struct pattern_index message_index; /* in the whole message */
	struct phrase_index phrases;        /* in a sentence */

	/* The order of a list is the order of precedence: the first that fits. */
	struct pack_rules rules;       /* sure by themselves */
	struct pack_rules defaults;    /* what a sentence is when nothing speaks against it */
	struct pack_rules cues;        /* vote */
	const struct pack_rule **bare; /* cues without patterns, only conditions */
	size_t bare_count;
	struct pack_wordings wordings;
	struct pack_vote vote;
	struct pack_focus *focuses;
	size_t focus_count;
	struct pack_asks *asks;
	size_t asks_count;
	struct pack_safety *safeties;
	size_t safety_count;
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
	bool tail_carries; /* of "l'equipe" the part after the apostrophe is the word */
	char version[HASH_TEXT_SIZE];
};

#endif
