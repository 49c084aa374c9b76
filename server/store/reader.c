/* SPDX-License-Identifier: Apache-2.0 */
#include "sql.h"

#include "migration.h"

#include "askwell/memory.h"
#include "askwell/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum statement {
	PEOPLE,
	SESSION,
	SESSIONS,
	NEXT_SESSION,
	SESSION_KEY,
	HAS_TURN,
	TURN,
	VERSION,
	SESSION_DISPUTES,
	DISPUTES,
	OPEN_DISPUTES,
	NOTES,
	STATEMENTS
};

#define SESSION_COLUMNS                                                                                                \
	"s.id, o.id, p.id, s.script, s.script_hash, s.pack_hash, s.seed, s.started_ms, s.ended_ms, s.ending, s.key, "  \
	"s.pair, (SELECT text FROM note n WHERE n.session = s.key AND n.about = 'self.feedback'),"                     \
	" (SELECT n.about || ' ' || n.text FROM note n WHERE n.session = s.key AND n.about >= 'self.went'"             \
	" AND n.about < 'self.went/' ORDER BY length(n.about) DESC, n.about DESC LIMIT 1)"                             \
	" FROM session s JOIN organisation o ON o.key = s.organisation JOIN person p ON p.key = s.person"

#define DISPUTE_COLUMNS                                                                                                \
	"d.id, s.id, d.turn, d.label, d.span_start, d.span_end, d.technique, d.proposed, d.note, d.at_ms,"             \
	" d.withdrawn_ms, d.ruling, d.form, d.why, d.ruled_by, d.ruled_ms"                                             \
	" FROM dispute d JOIN session s ON s.key = d.session"

static const char *const statements[STATEMENTS] = {
	[PEOPLE] = "SELECT p.id, o.id, i.token_hash, i.created_ms, i.expires_ms FROM sign_in i"
		   " JOIN person p ON p.key = i.person JOIN organisation o ON o.key = i.organisation WHERE "
		   "i.expires_ms > ?1",
	[SESSION] = "SELECT " SESSION_COLUMNS " WHERE s.id = ?1",
	[SESSIONS] = "SELECT " SESSION_COLUMNS " WHERE s.person = (SELECT key FROM person WHERE id = ?1)"
		     " ORDER BY s.started_ms DESC, s.key DESC LIMIT ?2",
	[NEXT_SESSION] = "SELECT " SESSION_COLUMNS " WHERE s.key > ?1 ORDER BY s.key LIMIT 1",
	[SESSION_KEY] = "SELECT key FROM session WHERE id = ?1",
	[HAS_TURN] = "SELECT 1 FROM turn WHERE number = ?2 AND session = ?1",
	[TURN] = "SELECT number, kind, at_ms, retakes, text, answer FROM turn WHERE number = ?2 AND session = ?1",
	[VERSION] = "SELECT hash, kind, id, body FROM version WHERE hash = ?1 LIMIT 1",
	[SESSION_DISPUTES] = "SELECT " DISPUTE_COLUMNS " WHERE s.id = ?1 ORDER BY d.turn, d.label",
	[DISPUTES] = "SELECT " DISPUTE_COLUMNS " WHERE d.withdrawn_ms IS NULL ORDER BY d.at_ms, d.key",
	[OPEN_DISPUTES] = "SELECT " DISPUTE_COLUMNS
			  " WHERE d.ruled_ms IS NULL AND d.withdrawn_ms IS NULL ORDER BY d.at_ms, d.key",
	[NOTES] = "SELECT n.about, n.text, n.at_ms FROM note n JOIN session s ON s.key = n.session WHERE s.id = ?1"
		  " ORDER BY n.key",
};

struct store_reader {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
};

static enum status look(const char *folder, struct error *error)
{
	size_t size = strlen(folder) + sizeof "/" SQL_FILE;
	char *path = memory_new(size);
	struct stat info;
	enum status status = STATUS_OK;

	(void)snprintf(path, size, "%s/%s", folder, SQL_FILE);
	if (stat(path, &info))
		status = error_set(error, errno == EACCES ? STATUS_DENIED : STATUS_NOT_FOUND,
			errno == EACCES ? "folder_denied" : "store_missing",
			"There is no database of Askwell that can be read in %s. Name the server's data folder.",
			folder);
	free(path);
	return status;
}

enum status store_reader_open(const char *folder, struct store_reader **out, struct error *error)
{
	struct store_reader *reader = memory_new(sizeof *reader);
	enum status status = look(folder, error);

	if (!status)
		status = sql_open(folder, SQL_READER, false, &reader->db, error);
	if (!status)
		status = migration_check(reader->db, error);
	for (size_t i = 0; i < STATEMENTS && !status; i++)
		status = sql_prepare(reader->db, statements[i], &reader->statements[i], error);
	if (status) {
		store_reader_close(reader);
		reader = NULL;
	}
	*out = reader;
	return status;
}

void store_reader_close(struct store_reader *reader)
{
	if (!reader)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(reader->statements[i]);
	sqlite3_close(reader->db);
	free(reader);
}

/* Several statements of one read see the same moment. */
static enum status begin(struct store_reader *reader, struct error *error)
{
	return sql_run(reader->db, "BEGIN", error);
}

static void finish(struct store_reader *reader)
{
	if (!sqlite3_get_autocommit(reader->db))
		(void)sqlite3_exec(reader->db, "COMMIT", NULL, NULL, NULL);
}

static enum status damaged(struct store_reader *reader, struct error *error)
{
	return sql_failed(reader->db, SQLITE_CORRUPT, error);
}

static char *column_text(sqlite3_stmt *statement, int column, struct arena *arena, size_t *length)
{
	const void *text = sqlite3_column_blob(statement, column);
	size_t bytes = (size_t)sqlite3_column_bytes(statement, column);

	if (length)
		*length = bytes;
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return NULL;
	return arena_copy(arena, text ? text : "", bytes);
}

enum status store_read_people(struct store_reader *reader, int64_t now_ms,
	void (*visit)(void *user, const struct store_person *person), void *user, struct error *error)
{
	sqlite3_stmt *people = reader->statements[PEOPLE];
	enum status status = STATUS_OK;
	int code;

	sqlite3_bind_int64(people, 1, now_ms);
	while ((code = sqlite3_step(people)) == SQLITE_ROW) {
		struct store_person person = {0};
		const void *hash = sqlite3_column_blob(people, 2);

		if (!sql_column_id(people, 0, &person.id) || !sql_column_id(people, 1, &person.organisation) || !hash ||
			sqlite3_column_bytes(people, 2) != (int)sizeof person.token_hash) {
			status = damaged(reader, error);
			break;
		}
		memcpy(person.token_hash, hash, sizeof person.token_hash);
		person.created_ms = sqlite3_column_int64(people, 3);
		person.expires_ms = sqlite3_column_int64(people, 4);
		visit(user, &person);
	}
	if (!status && code != SQLITE_DONE)
		status = sql_failed(reader->db, code, error);
	(void)sqlite3_reset(people);
	return status;
}

static enum status has_turn(
	struct store_reader *reader, sqlite3_int64 session, uint32_t number, bool *out, struct error *error)
{
	sqlite3_stmt *has = reader->statements[HAS_TURN];
	int code;

	sqlite3_bind_int64(has, 1, session);
	sqlite3_bind_int64(has, 2, number);
	code = sqlite3_step(has);
	*out = code == SQLITE_ROW;
	(void)sqlite3_reset(has);
	return code == SQLITE_ROW || code == SQLITE_DONE ? STATUS_OK : sql_failed(reader->db, code, error);
}

/* Numbers have no gaps, so the last one is found by doubling and halving. */
static enum status last_turn(struct store_reader *reader, sqlite3_int64 session, uint32_t *last, struct error *error)
{
	uint32_t there = 0, beyond = 1;
	bool found = true;
	enum status status = STATUS_OK;

	while (!status && found && beyond < UINT32_MAX / 2) {
		status = has_turn(reader, session, beyond, &found, error);
		if (found) {
			there = beyond;
			beyond *= 2;
		}
	}
	while (!status && beyond - there > 1) {
		uint32_t middle = there + (beyond - there) / 2;

		status = has_turn(reader, session, middle, &found, error);
		if (found)
			there = middle;
		else
			beyond = middle;
	}
	*last = there;
	return status;
}

/* "self.went.17 4": the estimate of what turn 17 ended, which is out of date once somebody went back behind that. Without a turn
 * it was made before there could be two. */
static unsigned went_of(const char *newest, uint32_t last_turn)
{
	static const char about[] = "self.went";
	const char *text = newest ? strchr(newest, ' ') : NULL;

	if (!text)
		return 0;
	if (newest[sizeof about - 1] == '.' && strtoul(newest + sizeof about, NULL, 10) != last_turn)
		return 0;
	return (unsigned)strtoul(text, NULL, 10);
}

static enum status session_row(struct store_reader *reader, sqlite3_stmt *row, struct arena *arena,
	struct store_session *out, struct error *error)
{
	sqlite3_int64 seed = sqlite3_column_int64(row, 6);
	enum status status;

	*out = (struct store_session){0};
	if (!sql_column_id(row, 0, &out->id) || !sql_column_id(row, 1, &out->organisation) ||
		!sql_column_id(row, 2, &out->person))
		return damaged(reader, error);
	out->script = column_text(row, 3, arena, NULL);
	out->script_hash = column_text(row, 4, arena, NULL);
	out->pack_hash = column_text(row, 5, arena, NULL);
	memcpy(&out->seed, &seed, sizeof out->seed);
	out->started_ms = sqlite3_column_int64(row, 7);
	out->ended_ms = sqlite3_column_int64(row, 8);
	out->ending = column_text(row, 9, arena, NULL);
	if (!sql_column_id(row, 11, &out->pair))
		out->pair = (struct id){0};
	out->feedback = (unsigned)sqlite3_column_int(row, 12);
	status = last_turn(reader, sqlite3_column_int64(row, 10), &out->last_turn, error);
	out->went = went_of((const char *)sqlite3_column_text(row, 13), out->last_turn);
	return status;
}

static enum status session_missing(struct error *error)
{
	return error_set(error, STATUS_NOT_FOUND, "session_not_found", "There is no such conversation.");
}

enum status store_read_session(struct store_reader *reader, const struct id *id, struct arena *arena,
	struct store_session *out, struct error *error)
{
	sqlite3_stmt *row = reader->statements[SESSION];
	enum status status = begin(reader, error);
	int code;

	if (status)
		return status;
	sql_bind_id(row, 1, id);
	code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		status = session_row(reader, row, arena, out, error);
	else
		status = code == SQLITE_DONE ? session_missing(error) : sql_failed(reader->db, code, error);
	(void)sqlite3_reset(row);
	finish(reader);
	return status;
}

enum status store_read_next_session(struct store_reader *reader, int64_t *key, struct arena *arena,
	struct store_session *out, bool *found, struct error *error)
{
	sqlite3_stmt *row = reader->statements[NEXT_SESSION];
	enum status status = begin(reader, error);
	int code;

	*found = false;
	if (status)
		return status;
	sqlite3_bind_int64(row, 1, *key);
	code = sqlite3_step(row);
	if (code == SQLITE_ROW) {
		status = session_row(reader, row, arena, out, error);
		*found = !status;
		*key = sqlite3_column_int64(row, 10);
	} else if (code != SQLITE_DONE) {
		status = sql_failed(reader->db, code, error);
	}
	(void)sqlite3_reset(row);
	finish(reader);
	return status;
}

enum status store_read_sessions(struct store_reader *reader, const struct id *person, size_t cap, struct arena *arena,
	struct store_session **out, size_t *count, struct error *error)
{
	sqlite3_stmt *row = reader->statements[SESSIONS];
	struct store_session *sessions = NULL;
	size_t capacity = 0;
	enum status status = begin(reader, error);
	int code = SQLITE_DONE;

	*out = NULL;
	*count = 0;
	if (status)
		return status;
	sql_bind_id(row, 1, person);
	sqlite3_bind_int64(row, 2, cap > INT64_MAX ? INT64_MAX : (sqlite3_int64)cap);
	while (!status && (code = sqlite3_step(row)) == SQLITE_ROW) {
		if (*count == capacity) {
			capacity = capacity ? capacity * 2 : 16;
			sessions = memory_grow(sessions, capacity, sizeof *sessions);
		}
		status = session_row(reader, row, arena, &sessions[*count], error);
		*count += status == STATUS_OK;
	}
	if (!status && code != SQLITE_DONE)
		status = sql_failed(reader->db, code, error);
	(void)sqlite3_reset(row);
	finish(reader);
	*out = arena_array(arena, *count, sizeof **out);
	if (*count)
		memcpy(*out, sessions, *count * sizeof *sessions);
	free(sessions);
	return status;
}

static enum status session_key(
	struct store_reader *reader, const struct id *session, sqlite3_int64 *key, struct error *error)
{
	sqlite3_stmt *find = reader->statements[SESSION_KEY];
	enum status status = STATUS_OK;
	int code;

	sql_bind_id(find, 1, session);
	code = sqlite3_step(find);
	if (code == SQLITE_ROW)
		*key = sqlite3_column_int64(find, 0);
	else
		status = code == SQLITE_DONE ? session_missing(error) : sql_failed(reader->db, code, error);
	(void)sqlite3_reset(find);
	return status;
}

static enum status turn_row(struct store_reader *reader, sqlite3_int64 session, uint32_t number, struct arena *arena,
	struct store_turn *out, struct error *error)
{
	sqlite3_stmt *row = reader->statements[TURN];
	enum status status = STATUS_OK;
	int code;

	*out = (struct store_turn){0};
	sqlite3_bind_int64(row, 1, session);
	sqlite3_bind_int64(row, 2, number);
	code = sqlite3_step(row);
	if (code == SQLITE_ROW) {
		out->turn.number = (uint32_t)sqlite3_column_int64(row, 0);
		out->turn.kind = (enum turn_kind)sqlite3_column_int(row, 1);
		out->turn.at_ms = sqlite3_column_int64(row, 2);
		out->turn.to = (uint32_t)sqlite3_column_int64(row, 3);
		out->turn.text = column_text(row, 4, arena, &out->turn.text_length);
		out->answer = column_text(row, 5, arena, &out->answer_length);
	} else {
		status = code == SQLITE_DONE ? error_set(error, STATUS_NOT_FOUND, "turn_not_found",
						       "There is no turn %u in this conversation.", number)
					     : sql_failed(reader->db, code, error);
	}
	(void)sqlite3_reset(row);
	return status;
}

enum status store_read_turns(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct store_turn **out, size_t *count, struct error *error)
{
	sqlite3_int64 key = 0;
	uint32_t last = 0;
	enum status status = begin(reader, error);

	*out = NULL;
	*count = 0;
	if (status)
		return status;
	status = session_key(reader, session, &key, error);
	if (!status)
		status = last_turn(reader, key, &last, error);
	*out = arena_array(arena, last, sizeof **out);
	for (uint32_t number = 1; number <= last && !status; number++)
		status = turn_row(reader, key, number, arena, &(*out)[number - 1], error);
	*count = status ? 0 : last;
	finish(reader);
	return status;
}

enum status store_read_turn(struct store_reader *reader, const struct id *session, uint32_t number, struct arena *arena,
	struct store_turn *out, struct error *error)
{
	sqlite3_int64 key = 0;
	enum status status = begin(reader, error);

	if (status)
		return status;
	status = session_key(reader, session, &key, error);
	if (!status)
		status = turn_row(reader, key, number, arena, out, error);
	finish(reader);
	return status;
}

enum status store_read_version(struct store_reader *reader, const char *hash, struct arena *arena,
	struct store_version *out, struct error *error)
{
	sqlite3_stmt *row = reader->statements[VERSION];
	enum status status = STATUS_OK;
	int code;

	*out = (struct store_version){0};
	sql_bind_text(row, 1, hash);
	code = sqlite3_step(row);
	if (code == SQLITE_ROW) {
		out->hash = column_text(row, 0, arena, NULL);
		out->kind = column_text(row, 1, arena, NULL);
		out->id = column_text(row, 2, arena, NULL);
		out->body = column_text(row, 3, arena, &out->body_length);
	} else {
		status = code == SQLITE_DONE ? error_set(error, STATUS_NOT_FOUND, "version_not_found",
						       "This version of the script is not kept here.")
					     : sql_failed(reader->db, code, error);
	}
	(void)sqlite3_reset(row);
	return status;
}

static enum status dispute_row(
	struct store_reader *reader, sqlite3_stmt *row, struct arena *arena, struct dispute *out, struct error *error)
{
	*out = (struct dispute){0};
	if (!sql_column_id(row, 0, &out->id) || !sql_column_id(row, 1, &out->session))
		return damaged(reader, error);
	out->turn = (uint32_t)sqlite3_column_int64(row, 2);
	out->label = (unsigned)sqlite3_column_int64(row, 3);
	out->start = (uint32_t)sqlite3_column_int64(row, 4);
	out->end = (uint32_t)sqlite3_column_int64(row, 5);
	out->technique = column_text(row, 6, arena, NULL);
	out->proposed = column_text(row, 7, arena, NULL);
	out->note = column_text(row, 8, arena, NULL);
	out->at_ms = sqlite3_column_int64(row, 9);
	out->withdrawn_ms = sqlite3_column_int64(row, 10);
	out->ruling = column_text(row, 11, arena, NULL);
	out->form = column_text(row, 12, arena, NULL);
	out->why = column_text(row, 13, arena, NULL);
	out->by = column_text(row, 14, arena, NULL);
	out->ruled_ms = sqlite3_column_int64(row, 15);
	return STATUS_OK;
}

/* `row` is bound; one statement sees one moment. */
static enum status read_disputes(struct store_reader *reader, sqlite3_stmt *row, struct arena *arena,
	struct dispute **out, size_t *count, struct error *error)
{
	struct dispute *disputes = NULL;
	size_t capacity = 0;
	enum status status = STATUS_OK;
	int code = SQLITE_DONE;

	*count = 0;
	while (!status && (code = sqlite3_step(row)) == SQLITE_ROW) {
		if (*count == capacity) {
			capacity = capacity ? capacity * 2 : 16;
			disputes = memory_grow(disputes, capacity, sizeof *disputes);
		}
		status = dispute_row(reader, row, arena, &disputes[*count], error);
		*count += status == STATUS_OK;
	}
	if (!status && code != SQLITE_DONE)
		status = sql_failed(reader->db, code, error);
	(void)sqlite3_reset(row);
	*out = arena_array(arena, *count, sizeof **out);
	if (*count)
		memcpy(*out, disputes, *count * sizeof *disputes);
	free(disputes);
	return status;
}

enum status store_read_session_disputes(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct dispute **out, size_t *count, struct error *error)
{
	sqlite3_stmt *row = reader->statements[SESSION_DISPUTES];

	sql_bind_id(row, 1, session);
	return read_disputes(reader, row, arena, out, count, error);
}

enum status store_read_disputes(struct store_reader *reader, bool open_only, struct arena *arena, struct dispute **out,
	size_t *count, struct error *error)
{
	return read_disputes(
		reader, reader->statements[open_only ? OPEN_DISPUTES : DISPUTES], arena, out, count, error);
}

enum status store_read_notes(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct note **out, size_t *count, struct error *error)
{
	sqlite3_stmt *row = reader->statements[NOTES];
	struct note *notes = NULL;
	size_t capacity = 0;
	int code;

	*count = 0;
	sql_bind_id(row, 1, session);
	while ((code = sqlite3_step(row)) == SQLITE_ROW) {
		if (*count == capacity) {
			capacity = capacity ? capacity * 2 : 16;
			notes = memory_grow(notes, capacity, sizeof *notes);
		}
		notes[(*count)++] = (struct note){
			.session = *session,
			.about = column_text(row, 0, arena, NULL),
			.text = column_text(row, 1, arena, NULL),
			.at_ms = sqlite3_column_int64(row, 2),
		};
	}
	(void)sqlite3_reset(row);
	*out = arena_array(arena, *count, sizeof **out);
	if (*count)
		memcpy(*out, notes, *count * sizeof *notes);
	free(notes);
	return code == SQLITE_DONE ? STATUS_OK : sql_failed(reader->db, code, error);
}
