/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns under limits, and what a text must hold for one to match. The only part that knows PCRE2. */
#ifndef ASKWELL_TECHNIQUE_PATTERN_H
#define ASKWELL_TECHNIQUE_PATTERN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include "normal.h"

#include "askwell/arena.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PATTERN_MATCH_LIMIT 100000
#define PATTERN_DEPTH_LIMIT 250
#define PATTERN_HEAP_LIMIT 1024 /* KiB */
#define PATTERN_LENGTH_MAX 512

/* Most patterns of a pack are not asked anything for days, and machine code takes longer to make than all else of them. So
 * it is made when a pattern is first asked, by whichever thread does. */
enum pattern_speed { PATTERN_NEW, PATTERN_FAST, PATTERN_SLOW };

struct pattern {
	pcre2_code *code; /* NULL: what it looks for is all in the phrase index */
	_Atomic(enum pattern_speed) speed;
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

/* Compiles for normalised text; `any_case` for original text. On failure fills `message` and `offset`. */
bool pattern_compile(struct pattern *pattern, const char *source, bool any_case, char message[128], size_t *offset);
/* The same with alternatives factored, which is faster; what PCRE2 says of that is of no use to authors. Returns what was
 * compiled, NULL on failure; it lives in `passing`. */
const char *pattern_compile_factored(struct pattern *pattern, const char *source, bool any_case, struct arena *passing);
void pattern_clear(struct pattern *pattern);
/* Looks from byte `from` on; `match` may be NULL. Any thread, with a workspace of its own. */
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

/* Splits a pattern into its alternatives, also those inside a group that is all of it but its edges: "\\b(?:a|b)\\b" into
 * "\\ba\\b" and "\\bb\\b". Returns how many; they live in `arena`. */
size_t pattern_split(const char *source, struct arena *arena, const char ***alternatives);

/* The same pattern with alternatives that begin alike put together: "ask|add|tell" becomes "a(?:sk|dd)|tell". It matches
 * the same texts; which of two alternatives is preferred may differ. Lives in `arena`. */
const char *pattern_factored(const char *source, struct arena *arena);

/* When `source` stands for nothing but a list of words and phrases: how many, else 0. They live in `arena`, words one
 * space apart. Quadratic in their number. */
size_t pattern_phrases(const char *source, struct arena *arena, const char ***phrases);

#endif
