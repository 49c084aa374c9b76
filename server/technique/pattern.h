/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns under limits, and the index that says which of them can match a text at all. The only part that knows PCRE2. */
#ifndef ASKWELL_TECHNIQUE_PATTERN_H
#define ASKWELL_TECHNIQUE_PATTERN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include "normal.h"

#include "askwell/arena.h"

#include <pcre2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PATTERN_MATCH_LIMIT 100000
#define PATTERN_DEPTH_LIMIT 250
#define PATTERN_HEAP_LIMIT 1024 /* KiB */
#define PATTERN_LENGTH_MAX 512
#define PATTERN_MAX 2048
#define PATTERN_WORDS (PATTERN_MAX / 64)

struct pattern {
	pcre2_code *code; /* NULL: only phrases */
	bool jit;
	bool phrases; /* some of its alternatives are in the phrase index */
};

/* Match data and JIT stack of one thread. */
struct pattern_workspace {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

struct pattern_match {
	size_t start, end;         /* the whole match */
	size_t cue_start, cue_end; /* the first group where it took part, otherwise the whole match */
};

enum pattern_result { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT };

void pattern_workspace_init(struct pattern_workspace *workspace);
/* At most so many steps from each place of a text; PATTERN_MATCH_LIMIT unless told. */
void pattern_workspace_limit(const struct pattern_workspace *workspace, uint32_t steps);
void pattern_workspace_clear(struct pattern_workspace *workspace);

/* Compiles for normalised text; `any_case` for original text. On failure fills `message` and `offset`. Slow until
 * pattern_speed(). */
bool pattern_compile(struct pattern *pattern, const char *source, bool any_case, char message[128], size_t *offset);
void pattern_speed(struct pattern *pattern);
void pattern_clear(struct pattern *pattern);
/* Looks from byte `from` on; `match` may be NULL. */
enum pattern_result pattern_match(const struct pattern *pattern, const struct pattern_workspace *workspace,
	const char *text, size_t length, size_t from, struct pattern_match *match);

#define PATTERN_NEEDS 3

/* Words, or beginnings of words, of which a text must hold one. */
struct pattern_need {
	uint64_t *hashes;
	size_t count;
};

/* What a text must hold for `source` to match: every need of those returned; 0 when nothing is known. Words that are in
 * every text ("stop" words) are avoided. Hashes live in `arena`. */
size_t pattern_required(const char *source, const struct word_table *words, struct arena *arena,
	struct pattern_need needs[PATTERN_NEEDS]);

#define ALTERNATIVES_MAX 4096
#define ALTERNATIVE_WORDS (ALTERNATIVES_MAX / 64)

/* "A text with this word meets need number `need` of alternative number `alternative`." */
struct pattern_entry {
	uint64_t hash;
	uint16_t need;
	uint16_t alternative;
};

/* Entries of one word, 64 alternatives at a time. */
struct pattern_mask {
	uint64_t bits;
	uint16_t need;
	uint16_t word;
};

/* The masks of one word. */
struct pattern_slot {
	uint64_t hash; /* 0: free */
	uint32_t first, count;
};

/* Which patterns can match, by the words of a text: those of which all needs of one alternative are met. */
struct pattern_index {
	struct pattern_entry *entries; /* only until finished */
	size_t count, capacity;
	struct pattern_mask *masks;
	struct pattern_slot *slots;
	size_t mask;
	struct word_filter filter;
	uint16_t *patterns; /* by alternative */
	size_t alternatives;
	uint64_t always[PATTERN_WORDS];
	uint64_t met[PATTERN_NEEDS][ALTERNATIVE_WORDS]; /* alternatives that have no such need */
};

/* Splits a pattern into its alternatives, also those inside a group that is all of it but its edges: "\\b(?:a|b)\\b" into
 * "\\ba\\b" and "\\bb\\b". Returns how many; they live in `arena`. */
size_t pattern_split(const char *source, struct arena *arena, const char ***alternatives);

/* When `source` stands for nothing but a list of words and phrases: how many, else 0. They live in `arena`, words one
 * space apart. Quadratic in their number. */
size_t pattern_phrases(const char *source, struct arena *arena, const char ***phrases);

/* One alternative of a pattern. No needs, or no room: the pattern is tried on every text. */
void pattern_index_add(struct pattern_index *index, size_t pattern, const struct pattern_need *needs, size_t count);
/* After the last was added, before the first look. */
void pattern_index_finish(struct pattern_index *index);
void pattern_index_clear(struct pattern_index *index);

/* Adds to `candidates` what the words of `text` allow. The caller starts with `always`. Patterns that are anchored at the
 * beginning see `text` from byte `core` on; PATTERN_ANYWHERE: from any word on. */
#define PATTERN_ANYWHERE SIZE_MAX
void pattern_index_look(const struct pattern_index *index, const char *text, size_t core,
	const struct normal_token *tokens, size_t count, uint64_t candidates[PATTERN_WORDS]);

#endif
