/* SPDX-License-Identifier: Apache-2.0 */
/* Dialogues by content hash: a conversation keeps the version it began with, also after the file has changed or gone.
 * Called from worker threads; locked inside. */
#ifndef ASKWELL_PRACTICE_VERSIONS_H
#define ASKWELL_PRACTICE_VERSIONS_H

#include "askwell/library.h"
#include "askwell/store.h"

struct versions;

struct versions *versions_new(void);
void versions_free(struct versions *versions);

/* The dialogue of a stored session: from the library (which may be NULL), from memory, or compiled from the store.
 * Returns one reference. */
enum status versions_get(struct versions *versions, const struct library *library, struct store_reader *reader,
	const struct store_session *session, const struct dialogue **out, struct error *error) CHECKED;

/* Wanted where the library has no pack of that language: names and feedback for a pinned pack that cannot be used any
 * more. Before the first versions_get(). */
void versions_stand_in(struct versions *versions, const struct technique_pack *pack);

/* What store_put_session() keeps. Borrowed until the next call; the owner's thread. */
void versions_describe(struct versions *versions, const struct dialogue *dialogue, struct store_version *script,
	struct store_version *pack);

#endif
