/* SPDX-License-Identifier: Apache-2.0 */
/* Word lists as words.c compiles them and words_index.c looks them up. Internal to technique. */
#ifndef ASKWELL_TECHNIQUE_WORDS_H
#define ASKWELL_TECHNIQUE_WORDS_H

#include "normal.h"

#include "askwell/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHRASE_WORDS_MAX 12

struct word_form {
	const char *text; /* of a beginning, without apostrophes; NULL for whole words, whose hash says all */
	size_t length;
	uint64_t hash;
	bool beginning;       /* "tire*" */
	bool begins_sentence; /* inside a phrase: "Yes. I think" */
};

struct phrase {
	const struct word_form *words;
	size_t count;
};

struct technique_words {
	struct arena *arena; /* of all that belongs to it, and itself */
	struct phrase *phrases;
	size_t count;
	const struct word_table *spelling; /* the pack's; NULL: texts are read as they are written */
};

/* Splits `entry` into words by the same rules that texts are split by; `normal` is working memory. False when it holds
 * no word or more than PHRASE_WORDS_MAX. The words live in `arena`. */
bool words_read_phrase(struct phrase *phrase, struct arena *arena, struct normal *normal, const char *entry,
	const struct word_table *spelling);

/* Whether the words stand at token number `token`. */
bool words_at(const struct word_form *words, size_t count, const struct normal *normal, size_t token);

#endif
