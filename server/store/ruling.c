/* SPDX-License-Identifier: Apache-2.0 */
/* The one write that does not come from the server: a trainer rules from the terminal. */
#include "sql.h"

#include "askwell/store.h"

#include <stddef.h>

static const char rule[] = "UPDATE dispute SET ruling = ?2, form = ?3, why = ?4, ruled_by = ?5, ruled_ms = ?6"
			   " WHERE id = ?1 AND withdrawn_ms IS NULL AND ruled_ms IS NULL";
static const char find[] = "SELECT ruled_ms IS NOT NULL FROM dispute WHERE id = ?1";

/* Nothing was changed: why not? */
static enum status refused(sqlite3 *db, const struct id *id, struct error *error)
{
	sqlite3_stmt *row = NULL;
	enum status status = sql_prepare(db, find, &row, error);
	int code = SQLITE_DONE;

	if (!status) {
		sql_bind_id(row, 1, id);
		code = sqlite3_step(row);
	}
	if (!status && code == SQLITE_ROW && sqlite3_column_int(row, 0))
		status = error_set(error, STATUS_CONFLICT, "dispute_ruled",
			"This dispute has been ruled on already, and a ruling stays as it was given.");
	else if (!status && code == SQLITE_ROW)
		status = error_set(error, STATUS_CONFLICT, "dispute_withdrawn",
			"The trainee has taken this dispute back, so there is nothing to rule on.");
	else if (!status)
		status = code == SQLITE_DONE
				 ? error_set(error, STATUS_NOT_FOUND, "dispute_not_found", "There is no such dispute.")
				 : sql_failed(db, code, error);
	sqlite3_finalize(row);
	return status;
}

static enum status write_ruling(sqlite3 *db, const struct dispute *ruling, struct error *error)
{
	sqlite3_stmt *put = NULL;
	enum status status = sql_prepare(db, rule, &put, error);
	int code;

	if (status)
		return status;
	sql_bind_id(put, 1, &ruling->id);
	sql_bind_text(put, 2, ruling->ruling);
	sql_bind_text(put, 3, ruling->form);
	sql_bind_text(put, 4, ruling->why);
	sql_bind_text(put, 5, ruling->by);
	sqlite3_bind_int64(put, 6, ruling->ruled_ms);
	code = sqlite3_step(put);
	if (code != SQLITE_DONE)
		status = sql_failed(db, code, error);
	sqlite3_finalize(put);
	if (!status && sqlite3_changes(db) == 0)
		status = refused(db, &ruling->id, error);
	return status;
}

/* Takes no lock of the folder: the server that may be running holds it, and SQLite's own locks order the two writers.
 * Leaves checkpoints to the server. */
enum status store_rule_dispute(const char *folder, const struct dispute *ruling, struct error *error)
{
	struct store_reader *reader = NULL;
	sqlite3 *db = NULL;
	/* Says in good words when there is no database here, or not one of this version. */
	enum status status = store_reader_open(folder, &reader, error);

	store_reader_close(reader);
	if (!status)
		status = sql_open(folder, SQL_CHECKPOINTER, false, &db, error);
	if (!status)
		status = sql_run(db, "BEGIN IMMEDIATE", error);
	if (!status)
		status = write_ruling(db, ruling, error);
	if (!status)
		status = sql_run(db, "COMMIT", error);
	/* Closing rolls back what was not committed. */
	sqlite3_close(db);
	return status;
}
