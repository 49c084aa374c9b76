/* SPDX-License-Identifier: Apache-2.0 */
/* What a pattern of a rule becomes. This takes most of the time that a pack takes, but needs to know nothing of the other
 * patterns, so that many are made at once. */
#ifndef ASKWELL_TECHNIQUE_PREPARED_H
#define ASKWELL_TECHNIQUE_PREPARED_H

#include "pattern.h"
#include "words.h"

struct prepared_alternative {
	struct pattern_need needs[PATTERN_NEEDS];
	size_t count;
};

struct prepared {
	char *source;        /* owned */
	struct arena *arena; /* of what follows */
	/* Alternatives that are words and phrases in disguise. */
	struct phrase *phrases;
	size_t phrase_count;
	/* The others. */
	const char *rest;       /* NULL: there are none */
	struct pattern pattern; /* its code is NULL where PCRE2 refuses `rest` */
	bool slow;              /* found on trial */
	bool well_written;      /* PCRE2 takes all of the source; known where it was made thoroughly */
	struct prepared_alternative *alternatives;
	size_t alternative_count;
	bool taken; /* the pattern is somebody's */
};

/* Fills in all but the source. `thorough`: with a trial. Many threads may do this at once. */
void prepared_make(struct prepared *prepared, const struct word_table *words, bool thorough);
void prepared_clear(struct prepared *prepared);

#endif
