/* SPDX-License-Identifier: Apache-2.0 */
#include "migration.h"

#include "sql.h"

#include "askwell/clock.h"
#include "askwell/log.h"

#include <stdio.h>
#include <string.h>

#define APPLICATION_ID 0x41736b77 /* "Askw" */
#define INSPECT_US 100000

/* Rows are found by their UUID and joined by short integer keys: a 16-byte key in each turn and index entry would
 * double what a commit has to write.
 *
 * Turns are kept in order of arrival, so that a commit of many sessions' turns fills the same few pages. The key that
 * decides races is UNIQUE (number, session) in this order for the same reason: sessions get rising keys, so the entries
 * for one number grow at their end, and a thousand conversations touch as many index pages as there are different
 * numbers in play, not one each. Numbers have no gaps, so one session's turns are found by asking for 1, 2, 3 ... */
static const char *const migrations[] = {
	"CREATE TABLE organisation ("
	"  key INTEGER PRIMARY KEY,"
	"  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16)) STRICT;"

	"CREATE TABLE person ("
	"  key INTEGER PRIMARY KEY,"
	"  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
	"  organisation INTEGER NOT NULL REFERENCES organisation,"
	"  created_ms INTEGER NOT NULL,"
	"  UNIQUE (key, organisation)) STRICT;"

	"CREATE TABLE sign_in ("
	"  token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),"
	"  person INTEGER NOT NULL,"
	"  organisation INTEGER NOT NULL,"
	"  created_ms INTEGER NOT NULL,"
	"  expires_ms INTEGER NOT NULL,"
	"  FOREIGN KEY (person, organisation) REFERENCES person (key, organisation) ON DELETE CASCADE"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX sign_in_person ON sign_in (person);"
	"CREATE INDEX sign_in_expiry ON sign_in (expires_ms);"

	"CREATE TABLE version ("
	"  key INTEGER PRIMARY KEY,"
	"  hash TEXT NOT NULL,"
	"  organisation INTEGER NOT NULL REFERENCES organisation,"
	"  kind TEXT NOT NULL CHECK (kind IN ('dialogue', 'pack')),"
	"  id TEXT NOT NULL,"
	"  body BLOB NOT NULL,"
	"  UNIQUE (hash, organisation)) STRICT;"

	"CREATE TABLE session ("
	"  key INTEGER PRIMARY KEY,"
	"  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
	"  organisation INTEGER NOT NULL,"
	"  person INTEGER NOT NULL,"
	"  script TEXT NOT NULL,"
	"  script_hash TEXT NOT NULL,"
	"  pack_hash TEXT NOT NULL,"
	"  seed INTEGER NOT NULL," /* the 64 bits, read as signed */
	"  started_ms INTEGER NOT NULL,"
	"  ended_ms INTEGER,"
	"  ending TEXT,"
	"  UNIQUE (key, organisation),"
	"  FOREIGN KEY (person, organisation) REFERENCES person (key, organisation),"
	"  FOREIGN KEY (script_hash, organisation) REFERENCES version (hash, organisation),"
	"  FOREIGN KEY (pack_hash, organisation) REFERENCES version (hash, organisation)) STRICT;"
	"CREATE INDEX session_person ON session (person, started_ms);"

	"CREATE TABLE turn ("
	"  key INTEGER PRIMARY KEY,"
	"  session INTEGER NOT NULL,"
	"  organisation INTEGER NOT NULL,"
	"  number INTEGER NOT NULL CHECK (number > 0),"
	"  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3)," /* say, retake, hint, end */
	"  at_ms INTEGER NOT NULL,"
	"  retakes INTEGER NOT NULL," /* the turn that a retake goes back to, or 0 */
	"  text TEXT NOT NULL,"
	"  answer TEXT NOT NULL,"
	"  UNIQUE (number, session),"
	"  FOREIGN KEY (session, organisation) REFERENCES session (key, organisation)) STRICT;",

	/* A dispute that was taken back can be raised again, so it keeps its row: one for each label. */
	"CREATE TABLE dispute ("
	"  key INTEGER PRIMARY KEY,"
	"  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
	"  session INTEGER NOT NULL,"
	"  organisation INTEGER NOT NULL,"
	"  turn INTEGER NOT NULL CHECK (turn > 0),"
	"  label INTEGER NOT NULL CHECK (label >= 0),"
	"  span_start INTEGER NOT NULL CHECK (span_start >= 0),"
	"  span_end INTEGER NOT NULL CHECK (span_end >= span_start),"
	"  technique TEXT NOT NULL,"
	"  proposed TEXT,"
	"  note TEXT NOT NULL,"
	"  at_ms INTEGER NOT NULL,"
	"  withdrawn_ms INTEGER,"
	"  ruling TEXT,"
	"  form TEXT CHECK (form IN ('open', 'closed', 'none')),"
	"  why TEXT,"
	"  ruled_by TEXT,"
	"  ruled_ms INTEGER,"
	"  CHECK ((ruled_ms IS NULL) = (ruling IS NULL) AND (ruled_ms IS NULL) = (why IS NULL)),"
	"  CHECK (ruled_ms IS NULL OR withdrawn_ms IS NULL),"
	"  UNIQUE (session, turn, label),"
	"  FOREIGN KEY (session, organisation) REFERENCES session (key, organisation),"
	"  FOREIGN KEY (turn, session) REFERENCES turn (number, session)) STRICT;"
	"CREATE INDEX dispute_open ON dispute (at_ms) WHERE ruled_ms IS NULL AND withdrawn_ms IS NULL;",

	/* The other side of a contrast, when it was met first. */
	"ALTER TABLE session ADD COLUMN pair BLOB CHECK (pair IS NULL OR length(pair) = 16);"
	"CREATE TABLE note ("
	"  key INTEGER PRIMARY KEY,"
	"  session INTEGER NOT NULL,"
	"  organisation INTEGER NOT NULL,"
	"  about TEXT NOT NULL,"
	"  text TEXT NOT NULL,"
	"  at_ms INTEGER NOT NULL,"
	"  UNIQUE (session, about),"
	"  FOREIGN KEY (session, organisation) REFERENCES session (key, organisation)) STRICT;",
};

#define NEWEST ((sqlite3_int64)(sizeof migrations / sizeof *migrations))

static const char not_ours[] =
	"The file askwell.db belongs to another program. Move it away, or choose another data folder.";

/* 0 for an empty file. */
static enum status version_of(sqlite3 *db, sqlite3_int64 *version, struct error *error)
{
	sqlite3_int64 application = 0, tables = 0;
	enum status status = sql_integer(db, "PRAGMA application_id", &application, error);

	*version = 0;
	if (!status)
		status = sql_integer(db, "SELECT count(*) FROM sqlite_schema", &tables, error);
	if (status || (tables == 0 && application == 0))
		return status;
	if (application != APPLICATION_ID)
		return error_set(error, STATUS_CORRUPT, "store_foreign", "%s", not_ours);
	status = sql_integer(db, "SELECT max(version) FROM schema_version", version, error);
	if (!status && *version > NEWEST)
		status = error_set(error, STATUS_CONFLICT, "store_too_new",
			"The database was written by a newer Askwell (format %lld; this one knows %lld). Start that "
			"newer version, or "
			"restore a backup made before it.",
			(long long)*version, (long long)NEWEST);
	return status;
}

enum status migration_check(sqlite3 *db, struct error *error)
{
	sqlite3_int64 version = 0;
	enum status status = version_of(db, &version, error);

	if (!status && version == 0)
		status = error_set(error, STATUS_NOT_FOUND, "store_missing",
			"There is nothing in this data folder yet. Start the server with it once, or name another "
			"folder.");
	else if (!status && version < NEWEST)
		status = error_set(error, STATUS_CONFLICT, "store_too_old",
			"The database is from an older Askwell. Start the server of this version once, and it will be "
			"brought up to date.");
	return status;
}

static enum status apply(sqlite3 *db, sqlite3_int64 version, struct error *error)
{
	char note[128];
	enum status status = sql_run(db, migrations[version - 1], error);

	(void)snprintf(note, sizeof note, "INSERT INTO schema_version (version, applied_ms) VALUES (%lld, %lld)",
		(long long)version, (long long)clock_now_ms());
	return status ? status : sql_run(db, note, error);
}

enum status migration_run(sqlite3 *db, struct error *error)
{
	char setup[256];
	sqlite3_int64 version = 0;
	enum status status = version_of(db, &version, error);

	if (status || version == NEWEST)
		return status;
	status = sql_run(db, "BEGIN IMMEDIATE", error);
	if (status)
		return status;
	(void)snprintf(setup, sizeof setup,
		"PRAGMA application_id = %d; CREATE TABLE IF NOT EXISTS schema_version ("
		"version INTEGER PRIMARY KEY, applied_ms INTEGER NOT NULL) STRICT",
		APPLICATION_ID);
	status = sql_run(db, setup, error);
	while (!status && version < NEWEST)
		status = apply(db, ++version, error);
	if (!status)
		status = sql_run(db, "COMMIT", error);
	if (status && !sqlite3_get_autocommit(db))
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return status;
}

static int time_is_up(void *until)
{
	return clock_monotonic_us() > *(const int64_t *)until;
}

enum status migration_inspect(sqlite3 *db, struct error *error)
{
	int64_t until = clock_monotonic_us() + INSPECT_US;
	sqlite3_stmt *statement = NULL;
	const unsigned char *found = NULL;
	enum status status = STATUS_OK;
	int code = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);

	sqlite3_progress_handler(db, 10000, time_is_up, &until);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		found = sqlite3_column_text(statement, 0);
	if (code == SQLITE_INTERRUPT)
		log_event(LOG_INFO_LEVEL, "store_check_cut_short", NULL);
	else if (code != SQLITE_ROW)
		status = sql_failed(db, code, error);
	else if (!found || strcmp((const char *)found, "ok") != 0)
		status = sql_failed(db, SQLITE_CORRUPT, error);
	sqlite3_finalize(statement);
	sqlite3_progress_handler(db, 0, NULL, NULL);
	return status;
}
