/* SPDX-License-Identifier: Apache-2.0 */
/* An imagined trainee: what one types next. Shared by the walks of one case: the pool, from the case's own texts. */
#ifndef ASKWELL_AUTHORING_WALK_TRAINEE_H
#define ASKWELL_AUTHORING_WALK_TRAINEE_H

#include "walk_messages.h"

#include "askwell/engine.h"
#include "askwell/walk.h"

struct walk_texts {
	const char **texts;
	size_t count;
};

/* Everything that trainees of a case draw from. Lives in an arena. */
struct walk_pool {
	const struct dialogue *dialogue;
	struct walk_texts samples, near, asks, reflects, words;
	const struct walk_message *messages;
	size_t message_count;
};
void walk_pool_make(const struct dialogue *dialogue, struct arena *arena, struct walk_pool *out);

struct trainee {
	const struct walk_pool *pool;
	uint64_t random;
	enum walk_kind kind;
	unsigned habit; /* of an adversarial one */
	unsigned said;
	unsigned patience; /* messages after which this one ends the conversation */
	size_t disclosure; /* the last one heard, or its count */
	const char *again; /* of the habit that repeats itself */
};

void trainee_init(struct trainee *trainee, const struct walk_pool *pool, enum walk_kind kind, uint64_t seed);

/* Not blank and not too long for the analyser. Lives in `arena` or the pool. `heard` is the answer to the message before,
 * NULL at the start. */
const char *trainee_say(
	struct trainee *trainee, const struct engine_run *run, const struct engine_reply *heard, struct arena *arena);

#endif
