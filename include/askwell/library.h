/* SPDX-License-Identifier: Apache-2.0 */
/* The dialogues folder in memory: every case that is in service, and what was refused and why.
 *
 * A library is immutable; a change on disk gives a new one that keeps from the previous what did not change, and the
 * previous version of what is now broken. Loading reads files and compiles: worker threads and terminal verbs. */
#ifndef ASKWELL_LIBRARY_H
#define ASKWELL_LIBRARY_H

#include "askwell/dialogue.h"
#include "askwell/findings.h"
#include "askwell/hash.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

struct library;

struct library_options {
	bool thorough;     /* run samples, near-misses and hostile inputs */
	bool unusable_too; /* for lint: a library without any usable pack is not a failure */
	bool every_pack;   /* those of languages that no script is in as well */
	bool on_demand;    /* each case is compiled, and checked, when it is first asked for, and packs too */
	const char *draft; /* a file to load as well, instead of the one in the folder with its id; or NULL */
};

/* Names, sizes and times of the folder's files in one hash, to see cheaply whether anything changed. */
enum status library_signature(const char *folder, char out[HASH_TEXT_SIZE], struct error *error) CHECKED;

/* `previous` may be NULL. Broken files are findings, not failures; STATUS_NOT_FOUND or STATUS_UNAVAILABLE when the folder
 * cannot be read, STATUS_INVALID with key "no_language_pack" when no pack is usable: then keep the previous library.
 * Returns one reference, owned. */
enum status library_load(const char *folder, const struct library_options *options, const struct library *previous,
	struct library **out, struct error *error) CHECKED;
struct library *library_hold(const struct library *library); /* thread-safe */
void library_release(const struct library *library);         /* NULL is allowed; thread-safe */

/* Of a library on demand, the first of these to ask for a case takes as long as it takes to compile; NULL is then also one
 * that cannot be used. */
size_t library_count(const struct library *library);
const struct dialogue *library_at(const struct library *library, size_t index);     /* in order of id */
const struct dialogue *library_find(const struct library *library, const char *id); /* NULL when unknown */

/* These take no time. Ready: library_find() has its answer at hand. */
bool library_is_ready(const struct library *library, const char *id);
bool library_is_drill(const struct library *library, size_t index);
const char *library_id_at(const struct library *library, size_t index);
const struct technique_pack *library_pack(
	const struct library *library, const char *language); /* NULL when no script needs it */
const struct technique_pack *library_pack_version(const struct library *library, const char *version); /* by its hash */
/* Returns one reference, owned, or NULL: a pack that no script needs is compiled for the occasion. */
struct technique_pack *library_pack_take(const struct library *library, const char *language);

/* One checked file that has something to say. `in_service`: a version of its id is being served all the same. */
struct library_file {
	const char *file; /* relative to the folder */
	const char *id;   /* NULL when it could not be read */
	enum dialogue_kind kind;
	bool refused;
	bool in_service;
	const struct findings *findings;
};
size_t library_file_count(const struct library *library);
void library_file_at(const struct library *library, size_t index, struct library_file *out);

#endif
