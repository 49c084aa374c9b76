/* SPDX-License-Identifier: Apache-2.0 */
#include "stemmer.h"

#include "normal.h"

#include "askwell/memory.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#define MEMO_SLOTS 1024 /* a power of two */
#define ALGORITHM_MAX 24
#define WORD_MAX 64

struct memo {
	uint64_t word; /* 0: free */
	uint64_t stem;
};

struct stemmer {
	struct sb_stemmer *snowball;
	char algorithm[ALGORITHM_MAX];
	struct memo memos[MEMO_SLOTS];
};

bool stemmer_knows(const char *algorithm)
{
	struct sb_stemmer *snowball = strlen(algorithm) < ALGORITHM_MAX ? sb_stemmer_new(algorithm, NULL) : NULL;
	sb_stemmer_delete(snowball);
	return snowball != NULL;
}

struct stemmer *stemmer_new(void)
{
	return memory_new(sizeof(struct stemmer));
}

void stemmer_free(struct stemmer *stemmer)
{
	if (stemmer == NULL)
		return;
	sb_stemmer_delete(stemmer->snowball);
	free(stemmer);
}

static void change_to(struct stemmer *stemmer, const char *algorithm)
{
	sb_stemmer_delete(stemmer->snowball);
	stemmer->snowball = sb_stemmer_new(algorithm, NULL);
	if (stemmer->snowball == NULL)
		abort(); /* only out of memory: the pack was refused otherwise */
	memset(stemmer->memos, 0, sizeof stemmer->memos);
	(void)strncpy(stemmer->algorithm, algorithm, ALGORITHM_MAX - 1);
}

uint64_t stemmer_stem(struct stemmer *stemmer, const char *algorithm, const char *word, size_t length)
{
	uint64_t hash = word_hash(word, length);
	if (algorithm == NULL || length > WORD_MAX)
		return hash;
	if (strcmp(stemmer->algorithm, algorithm) != 0)
		change_to(stemmer, algorithm);
	struct memo *memo = &stemmer->memos[hash & (MEMO_SLOTS - 1)];
	if (memo->word != hash) {
		const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word, (int)length);
		if (stem == NULL)
			return hash;
		memo->word = hash;
		memo->stem = word_hash((const char *)stem, (size_t)sb_stemmer_length(stemmer->snowball));
	}
	return memo->stem;
}
