/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of the scripts conversations were held with: what an edit leaves open conversations on, and what can be gone
 * back to. A version is kept from the first conversation on that begins with it. Reads only, also beside a running server. For
 * the terminal; blocks. */
#ifndef ASKWELL_HISTORY_H
#define ASKWELL_HISTORY_H

#include "askwell/library.h"
#include "askwell/store.h"

struct history_version {
	const char *script; /* dialogue id */
	const char *hash;
	size_t conversations, open; /* of everybody; nobody is named */
	int64_t first_ms, last_ms;  /* when the first and the last of them began, UTC */
	bool current;               /* what the library would begin with now */
	const char *file; /* of the current version, relative to the folder; NULL when the library lacks the script */
};

struct history {
	const struct history_version *versions; /* by script, then newest first */
	size_t count;
};

/* `library` may be NULL. Everything lives in `arena`. */
enum status history_read(struct store_reader *reader, const struct library *library, struct arena *arena,
	struct history *out, struct error *error) CHECKED;

/* One file of a kept version. */
struct history_part {
	const char *name; /* "script", "model", "temperament", "fragment 1" ..., "contrast" */
	const char *text;
	size_t length;
	const char *now; /* the file that has this text today, relative to the folder; NULL: none has */
};

/* The parts of the version whose hash begins with `hash` (at least four digits). STATUS_NOT_FOUND "version_not_found";
 * STATUS_INVALID "version_ambiguous". */
enum status history_parts(struct store_reader *reader, const struct library *library, const struct history *history,
	const char *hash, struct arena *arena, struct history_part **out, size_t *count, struct error *error) CHECKED;

#endif
