/* SPDX-License-Identifier: Apache-2.0 */
#include "known_versions.h"

#include "sql.h"

#include "askwell/hash.h"
#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

/* Not knowing one only costs a copy, so old ones may be forgotten. */
#define KEPT 256

struct known_versions {
	size_t count; /* ever added; the newest KEPT are there */
	struct {
		struct id organisation;
		char hash[HASH_TEXT_SIZE];
	} kept[KEPT];
};

enum status known_versions_open(sqlite3 *db, struct known_versions **out, struct error *error)
{
	struct known_versions *versions = memory_new(sizeof *versions);
	sqlite3_stmt *statement = NULL;
	int code = SQLITE_DONE;
	enum status status = sql_prepare(db,
		"SELECT o.id, v.hash FROM version v JOIN organisation o ON o.key = v.organisation ORDER BY v.key DESC "
		"LIMIT 256",
		&statement, error);

	while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		struct id organisation;

		if (sql_column_id(statement, 0, &organisation))
			known_versions_add(versions, &organisation, (const char *)sqlite3_column_text(statement, 1));
	}
	if (!status && code != SQLITE_DONE)
		status = sql_failed(db, code, error);
	sqlite3_finalize(statement);
	if (status) {
		known_versions_free(versions);
		versions = NULL;
	}
	*out = versions;
	return status;
}

void known_versions_free(struct known_versions *versions)
{
	free(versions);
}

bool known_versions_hold(const struct known_versions *versions, const struct id *organisation, const char *hash)
{
	size_t held = versions->count < KEPT ? versions->count : KEPT;

	for (size_t i = 0; i < held; i++) {
		if (strcmp(versions->kept[i].hash, hash) == 0 &&
			id_equal(&versions->kept[i].organisation, organisation))
			return true;
	}
	return false;
}

void known_versions_add(struct known_versions *versions, const struct id *organisation, const char *hash)
{
	size_t length = hash ? strlen(hash) : 0;
	size_t slot = versions->count % KEPT;

	if (length == 0 || length >= HASH_TEXT_SIZE || known_versions_hold(versions, organisation, hash))
		return;
	versions->kept[slot].organisation = *organisation;
	memcpy(versions->kept[slot].hash, hash, length + 1);
	versions->count++;
}
