/* SPDX-License-Identifier: Apache-2.0 */
#include "sql.h"

#include "askwell/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUSY_MS 5000

static const struct cause {
	int code;
	enum status status;
	const char *key;
	const char *text;
} causes[] = {
	{SQLITE_FULL, STATUS_UNAVAILABLE, "disk_full",
		"The disk that holds the data folder is full, so this was not kept. Free some space, then send it "
		"again."},
	{SQLITE_READONLY, STATUS_UNAVAILABLE, "read_only",
		"The data folder cannot be written to, so this was not kept. Give the server write access to it, "
		"then try again."},
	{SQLITE_CORRUPT, STATUS_CORRUPT, "store_corrupt",
		"The database askwell.db is damaged. Stop the server, set the data folder aside and put a backup in "
		"its place."},
	{SQLITE_NOTADB, STATUS_CORRUPT, "store_corrupt",
		"The file askwell.db is not a database of Askwell. Move it away, or choose another data folder."},
	{SQLITE_CANTOPEN, STATUS_UNAVAILABLE, "store_failed",
		"The database askwell.db could not be opened. Check that the data folder is there and may be read "
		"and written."},
	{SQLITE_BUSY, STATUS_UNAVAILABLE, "store_failed",
		"Another program holds the database askwell.db, so this was not kept. Close that program, then try "
		"again."},
};

static const struct cause unnamed_cause = {SQLITE_ERROR, STATUS_UNAVAILABLE, "store_failed",
	"The disk refused, so this was not kept. Check the disk that holds the data folder, then try again."};

/* The system's own number for what last went wrong with one of the files; 0 when nothing did. */
static int file_errno(sqlite3 *db, int pointer)
{
	sqlite3_file *file = NULL;
	int number = 0;

	if (sqlite3_file_control(db, "main", pointer, &file) != SQLITE_OK || !file || !file->pMethods)
		return 0;
	(void)file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
	return number;
}

/* SQLite reports a quota, a limit on file sizes or lost rights as plain I/O errors. */
static int plain_code(sqlite3 *db, int code)
{
	static const int pointers[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
	int numbers[] = {0, 0, 0};

	if (!db || ((code & 0xff) != SQLITE_IOERR && (code & 0xff) != SQLITE_CANTOPEN))
		return code & 0xff;
	numbers[0] = sqlite3_system_errno(db);
	for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++)
		numbers[i + 1] = file_errno(db, pointers[i]);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (numbers[i] == ENOSPC || numbers[i] == EDQUOT || numbers[i] == EFBIG)
			return SQLITE_FULL;
		if (numbers[i] == EROFS || numbers[i] == EACCES || numbers[i] == EPERM)
			return SQLITE_READONLY;
	}
	return code & 0xff;
}

enum status sql_failed(sqlite3 *db, int code, struct error *error)
{
	int plain = plain_code(db, code);
	const struct cause *cause = &unnamed_cause;

	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
		if (causes[i].code == plain)
			cause = &causes[i];
	}
	return error_set(
		error, cause->status, cause->key, "%s (SQLite %d: %s)", cause->text, code, sqlite3_errstr(code));
}

enum status sql_run(sqlite3 *db, const char *sql, struct error *error)
{
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? STATUS_OK : sql_failed(db, sqlite3_extended_errcode(db), error);
}

enum status sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *error)
{
	int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);

	return code == SQLITE_OK ? STATUS_OK : sql_failed(db, sqlite3_extended_errcode(db), error);
}

enum status sql_integer(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *error)
{
	sqlite3_stmt *statement = NULL;
	enum status status = sql_prepare(db, sql, &statement, error);
	int code = SQLITE_OK;

	*out = 0;
	if (status)
		goto out;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	else if (code != SQLITE_DONE)
		status = sql_failed(db, code, error);
out:
	sqlite3_finalize(statement);
	return status;
}

/* The WAL is checkpointed by one thread of the server and nobody else: no automatic checkpoints, none on close. */
static enum status configure(sqlite3 *db, enum sql_role role, bool ephemeral_sync, struct error *error)
{
	enum status status;

	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_MS);
	sqlite3_wal_autocheckpoint(db, 0);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (role == SQL_READER)
		return sql_run(db, "PRAGMA query_only = ON", error);
	status = sql_run(db, ephemeral_sync ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL", error);
	if (!status && role == SQL_WRITER)
		status = sql_run(db, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -8192", error);
	return status;
}

enum status sql_open(const char *folder, enum sql_role role, bool ephemeral_sync, sqlite3 **out, struct error *error)
{
	size_t size = strlen(folder) + sizeof "/" SQL_FILE;
	char *path = memory_new(size);
	sqlite3 *db = NULL;
	enum status status = STATUS_OK;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == SQL_WRITER ? SQLITE_OPEN_CREATE : 0);
	int code;

	(void)snprintf(path, size, "%s/%s", folder, SQL_FILE);
	code = sqlite3_open_v2(path, &db, flags, NULL);
	status = code == SQLITE_OK ? configure(db, role, ephemeral_sync, error) : sql_failed(db, code, error);
	if (status) {
		sqlite3_close(db);
		db = NULL;
	}
	*out = db;
	free(path);
	return status;
}

void sql_bind_id(sqlite3_stmt *statement, int index, const struct id *id)
{
	sqlite3_bind_blob(statement, index, id->bytes, (int)sizeof id->bytes, SQLITE_STATIC);
}

void sql_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	if (text)
		sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(statement, index);
}

bool sql_column_id(sqlite3_stmt *statement, int column, struct id *out)
{
	const void *bytes = sqlite3_column_blob(statement, column);

	if (!bytes || sqlite3_column_bytes(statement, column) != (int)sizeof out->bytes)
		return false;
	memcpy(out->bytes, bytes, sizeof out->bytes);
	return true;
}
