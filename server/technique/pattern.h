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
#define PATTERN_MAX 1024
#define PATTERN_WORDS (PATTERN_MAX / 64)

struct pattern {
	pcre2_code *code;
	bool jit;
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
void pattern_workspace_clear(struct pattern_workspace *workspace);

/* Compiles for normalised text; `any_case` for original text. On failure fills `message` and `offset`. */
bool pattern_compile(struct pattern *pattern, const char *source, bool any_case, char message[128], size_t *offset);
void pattern_clear(struct pattern *pattern);
/* Looks from byte `from` on; `match` may be NULL. */
enum pattern_result pattern_match(const struct pattern *pattern, const struct pattern_workspace *workspace,
	const char *text, size_t length, size_t from, struct pattern_match *match);

#define PATTERN_NEEDS 3

/* Words of which a text must hold one. */
struct pattern_need {
	uint64_t *hashes;
	size_t count;
};

/* What a text must hold for `source` to match: every need of those returned; 0 when nothing is known. Words that are in
 * every text ("stop" words) are avoided. Hashes live in `arena`. */
size_t pattern_required(const char *source, const struct word_table *words, struct arena *arena,
	struct pattern_need needs[PATTERN_NEEDS]);

/* "A text with this word meets need number `need` of pattern number `pattern`." */
struct pattern_entry {
	uint64_t hash;
	uint16_t need;
	uint16_t pattern;
};

/* The entries of one word. */
struct pattern_slot {
	uint64_t hash; /* 0: free */
	uint32_t first, count;
};

/* Which patterns can match, by the words of a text. */
struct pattern_index {
	struct pattern_entry *entries; /* sorted by hash once finished */
	size_t count, capacity;
	struct pattern_slot *slots;
	size_t mask;
	uint64_t always[PATTERN_WORDS];
	uint64_t met[PATTERN_NEEDS][PATTERN_WORDS]; /* patterns that have no such need */
};

/* No needs: the pattern is tried on every text. */
void pattern_index_add(struct pattern_index *index, size_t pattern, const struct pattern_need *needs, size_t count);
/* After the last was added, before the first look. */
void pattern_index_finish(struct pattern_index *index);
void pattern_index_clear(struct pattern_index *index);

/* Adds to `candidates` what the words of `text` allow. The caller starts with `always`. */
void pattern_index_look(const struct pattern_index *index, const char *text, const struct normal_token *tokens,
	size_t count, uint64_t candidates[PATTERN_WORDS]);

#endif
