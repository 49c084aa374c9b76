/* SPDX-License-Identifier: Apache-2.0 */
/* Stems of words, by libstemmer (the Snowball algorithms, Porter 2001). One a thread; remembers what it has stemmed. */
#ifndef ASKWELL_TECHNIQUE_STEMMER_H
#define ASKWELL_TECHNIQUE_STEMMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stemmer;

bool stemmer_knows(const char *algorithm);

struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/* Hash of the stem, never 0. A NULL algorithm leaves the word as it is. */
uint64_t stemmer_stem(struct stemmer *stemmer, const char *algorithm, const char *word, size_t length);

#endif
