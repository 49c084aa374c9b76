/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite as this folder uses it: connections, statements, and what its refusals mean for a person. One thread a
 * connection. Internal to store. */
#ifndef ASKWELL_STORE_SQL_H
#define ASKWELL_STORE_SQL_H

#include "askwell/id.h"
#include "askwell/status.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#define SQL_FILE "askwell.db"

enum sql_role {
	SQL_WRITER, /* creates the file when missing */
	SQL_CHECKPOINTER,
	SQL_READER /* may not change anything; never checkpoints */
};

/* Opens askwell.db in `folder`. `*out` is owned; close with sqlite3_close(). */
enum status sql_open(
	const char *folder, enum sql_role role, bool ephemeral_sync, sqlite3 **out, struct error *error) CHECKED;

/* One or more statements without results. */
enum status sql_run(sqlite3 *db, const char *sql, struct error *error) CHECKED;

/* `*out` is owned; release with sqlite3_finalize(). */
enum status sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *error) CHECKED;

/* The first column of the first row; 0 when there is no row. */
enum status sql_integer(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *error) CHECKED;

/* What a result code (other than OK, ROW, DONE) comes to. */
enum status sql_failed(sqlite3 *db, int code, struct error *error);

void sql_bind_id(sqlite3_stmt *statement, int index, const struct id *id);
/* NULL binds NULL. The text must stay as it is until the statement is reset. */
void sql_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* False when the column is not 16 bytes. */
bool sql_column_id(sqlite3_stmt *statement, int column, struct id *out);

#endif
