/* SPDX-License-Identifier: Apache-2.0 */
/* How easily a script reads. */
#ifndef ASKWELL_DIALOGUE_READING_H
#define ASKWELL_DIALOGUE_READING_H

#include <stdbool.h>
#include <stddef.h>

/* What a text is made of, added up over many. Letters of the Latin alphabet only. */
struct reading {
	size_t words, sentences, syllables;
};

/* Adds a text; its end is the end of a sentence. */
void reading_add(struct reading *reading, const char *text);

/* The age in years at which English of this kind is read with ease: Flesch-Kincaid grade plus five (Kincaid, Fishburne,
 * Rogers and Chissom, Derivation of new readability formulas, 1975), at least 6. 0 for fewer than a hundred words. */
int reading_age(const struct reading *reading);

#endif
