/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

#include "sql.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

enum statement {
	BEGIN,
	COMMIT,
	PUT_ORGANISATION,
	PUT_PERSON,
	FORGET_SIGN_INS,
	PUT_SIGN_IN,
	END_SIGN_INS,
	PUT_VERSION,
	PUT_SESSION,
	FIND_SESSION,
	PUT_TURN,
	FIND_TURN,
	END_SESSION,
	PUT_DISPUTE,
	WITHDRAW_DISPUTE,
	FIND_DISPUTE,
	PUT_NOTE,
	STATEMENTS
};

static const char *const statements[STATEMENTS] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[PUT_ORGANISATION] = "INSERT INTO organisation (id) VALUES (?1) ON CONFLICT DO NOTHING",
	[PUT_PERSON] =
		"INSERT INTO person (id, organisation, created_ms) SELECT ?1, key, ?3 FROM organisation WHERE id = ?2"
		" ON CONFLICT DO NOTHING",
	[FORGET_SIGN_INS] = "DELETE FROM sign_in WHERE expires_ms <= ?1",
	[PUT_SIGN_IN] =
		"INSERT INTO sign_in (token_hash, person, organisation, created_ms, expires_ms)"
		" SELECT ?1, p.key, p.organisation, ?4, ?5 FROM person p JOIN organisation o ON o.key = p.organisation"
		" WHERE p.id = ?2 AND o.id = ?3",
	[END_SIGN_INS] = "DELETE FROM sign_in WHERE person = (SELECT key FROM person WHERE id = ?1)",
	[PUT_VERSION] = "INSERT INTO version (hash, organisation, kind, id, body)"
			" SELECT ?1, key, ?3, ?4, ?5 FROM organisation WHERE id = ?2 ON CONFLICT DO NOTHING",
	[PUT_SESSION] =
		"INSERT INTO session (id, organisation, person, script, script_hash, pack_hash, seed, started_ms,"
		" ended_ms, ending, pair) SELECT ?1, o.key, p.key, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
		" FROM person p JOIN organisation o ON o.key = p.organisation WHERE p.id = ?3 AND o.id = ?2",
	[FIND_SESSION] = "SELECT key, organisation, ended_ms IS NOT NULL,"
			 " ?2 = 1 OR EXISTS (SELECT 1 FROM turn WHERE number = ?2 - 1 AND session = s.key)"
			 " FROM session s WHERE id = ?1",
	[PUT_TURN] = "INSERT INTO turn (session, organisation, number, kind, at_ms, retakes, text, answer)"
		     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[FIND_TURN] = "SELECT 1 FROM turn WHERE number = ?2 AND session = ?1",
	[END_SESSION] = "UPDATE session SET ended_ms = ?2, ending = ?3 WHERE key = ?1",
	[PUT_DISPUTE] =
		"INSERT INTO dispute (id, session, organisation, turn, label, span_start, span_end, technique,"
		" proposed, note, at_ms) SELECT ?1, s.key, s.organisation, t.number, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
		" FROM session s JOIN turn t ON t.number = ?3 AND t.session = s.key WHERE s.id = ?2"
		" ON CONFLICT (session, turn, label) DO UPDATE SET proposed = excluded.proposed,"
		" note = excluded.note, at_ms = excluded.at_ms, withdrawn_ms = NULL WHERE ruled_ms IS NULL",
	[WITHDRAW_DISPUTE] = "UPDATE dispute SET withdrawn_ms = coalesce(withdrawn_ms, ?4)"
			     " WHERE session = (SELECT key FROM session WHERE id = ?1) AND turn = ?2 AND label = ?3"
			     " AND ruled_ms IS NULL",
	[FIND_DISPUTE] = "SELECT 1 FROM dispute WHERE session = (SELECT key FROM session WHERE id = ?1)"
			 " AND turn = ?2 AND label = ?3",
	[PUT_NOTE] = "INSERT INTO note (session, organisation, about, text, at_ms)"
		     " SELECT key, organisation, ?2, ?3, ?4 FROM session WHERE id = ?1"
		     " ON CONFLICT (session, about) DO UPDATE SET text = excluded.text, at_ms = excluded.at_ms",
};

struct writer {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
};

enum status writer_open(sqlite3 *db, struct writer **out, struct error *error)
{
	struct writer *writer = memory_new(sizeof *writer);
	enum status status = STATUS_OK;

	writer->db = db;
	for (size_t i = 0; i < STATEMENTS && !status; i++)
		status = sql_prepare(db, statements[i], &writer->statements[i], error);
	if (status) {
		writer_close(writer);
		writer = NULL;
	}
	*out = writer;
	return status;
}

void writer_close(struct writer *writer)
{
	if (!writer)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(writer->statements[i]);
	free(writer);
}

/* For statements without rows. Reset gives the same code once more and lets go of what was bound. */
static int run(sqlite3_stmt *statement)
{
	int code = sqlite3_step(statement);

	(void)sqlite3_reset(statement);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int refuse(struct write *write, enum status status, const char *key, const char *text)
{
	struct error error = {0};

	(void)error_set(&error, status, key, "%s", text);
	write_fail(write, &error);
	return SQLITE_OK;
}

/* What follows returns SQLITE_OK also when the write alone was refused; any other code ends the transaction. */

static int put_organisation(struct writer *writer, const struct id *organisation)
{
	sql_bind_id(writer->statements[PUT_ORGANISATION], 1, organisation);
	return run(writer->statements[PUT_ORGANISATION]);
}

static int put_person(struct writer *writer, struct write *write)
{
	const struct store_person *person = &write->person;
	sqlite3_stmt *put = writer->statements[PUT_PERSON];
	sqlite3_stmt *forget = writer->statements[FORGET_SIGN_INS];
	sqlite3_stmt *sign_in = writer->statements[PUT_SIGN_IN];
	int code = put_organisation(writer, &person->organisation);

	if (code)
		return code;
	sql_bind_id(put, 1, &person->id);
	sql_bind_id(put, 2, &person->organisation);
	sqlite3_bind_int64(put, 3, person->created_ms);
	code = run(put);
	if (code)
		return code;
	sqlite3_bind_int64(forget, 1, person->created_ms);
	code = run(forget);
	if (code)
		return code;
	sqlite3_bind_blob(sign_in, 1, person->token_hash, (int)sizeof person->token_hash, SQLITE_STATIC);
	sql_bind_id(sign_in, 2, &person->id);
	sql_bind_id(sign_in, 3, &person->organisation);
	sqlite3_bind_int64(sign_in, 4, person->created_ms);
	sqlite3_bind_int64(sign_in, 5, person->expires_ms);
	code = run(sign_in);
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return refuse(write, STATUS_CONFLICT, "token_taken", "This sign-in exists already. Sign in again.");
	if (!code && sqlite3_changes(writer->db) == 0)
		return refuse(write, STATUS_CONFLICT, "person_taken", "This person belongs to another organisation.");
	return code;
}

static int end_sign_ins(struct writer *writer, struct write *write)
{
	sql_bind_id(writer->statements[END_SIGN_INS], 1, &write->signed_out);
	return run(writer->statements[END_SIGN_INS]);
}

static int put_version(struct writer *writer, const struct id *organisation, const struct store_version *version)
{
	sqlite3_stmt *put = writer->statements[PUT_VERSION];

	if (!version->body)
		return SQLITE_OK;
	sql_bind_text(put, 1, version->hash);
	sql_bind_id(put, 2, organisation);
	sql_bind_text(put, 3, version->kind);
	sql_bind_text(put, 4, version->id);
	sqlite3_bind_blob64(put, 5, version->body, version->body_length, SQLITE_STATIC);
	return run(put);
}

static int put_session(struct writer *writer, struct write *write)
{
	const struct store_session *row = &write->session.row;
	sqlite3_stmt *put = writer->statements[PUT_SESSION];
	int code = put_version(writer, &row->organisation, &write->session.dialogue);
	int64_t seed = 0;

	if (!code)
		code = put_version(writer, &row->organisation, &write->session.pack);
	if (code)
		return code;
	memcpy(&seed, &row->seed, sizeof seed);
	sql_bind_id(put, 1, &row->id);
	sql_bind_id(put, 2, &row->organisation);
	sql_bind_id(put, 3, &row->person);
	sql_bind_text(put, 4, row->script);
	sql_bind_text(put, 5, row->script_hash);
	sql_bind_text(put, 6, row->pack_hash);
	sqlite3_bind_int64(put, 7, seed);
	sqlite3_bind_int64(put, 8, row->started_ms);
	if (row->ended_ms)
		sqlite3_bind_int64(put, 9, row->ended_ms);
	else
		sqlite3_bind_null(put, 9);
	sql_bind_text(put, 10, row->ending);
	if (id_is_zero(&row->pair))
		sqlite3_bind_null(put, 11);
	else
		sql_bind_id(put, 11, &row->pair);
	code = run(put);
	if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
		return refuse(write, STATUS_INVALID, "version_missing",
			"The session names a script version that was not given.");
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return refuse(write, STATUS_CONFLICT, "session_taken", "There is a conversation with this id already.");
	if (!code && sqlite3_changes(writer->db) == 0)
		return refuse(write, STATUS_NOT_FOUND, "person_not_found",
			"Nobody with this id is known in this organisation.");
	return code;
}

struct found_session {
	sqlite3_int64 key, organisation;
	bool there, ended, in_order;
};

static int find_session(struct writer *writer, const struct id *id, uint32_t number, struct found_session *out)
{
	sqlite3_stmt *find = writer->statements[FIND_SESSION];
	int code;

	*out = (struct found_session){0};
	sql_bind_id(find, 1, id);
	sqlite3_bind_int64(find, 2, number);
	code = sqlite3_step(find);
	if (code == SQLITE_ROW) {
		out->there = true;
		out->key = sqlite3_column_int64(find, 0);
		out->organisation = sqlite3_column_int64(find, 1);
		out->ended = sqlite3_column_int(find, 2);
		out->in_order = sqlite3_column_int(find, 3);
	}
	(void)sqlite3_reset(find);
	return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int refuse_taken(struct write *write)
{
	return refuse(write, STATUS_CONFLICT, "turn_taken", "A turn with this number has been kept already.");
}

/* An ended conversation takes no more turns but a retake. One that was kept before is called taken, so that it can be
 * answered again. */
static int refuse_ended(struct writer *writer, struct write *write, sqlite3_int64 session)
{
	sqlite3_stmt *find = writer->statements[FIND_TURN];
	int code;

	sqlite3_bind_int64(find, 1, session);
	sqlite3_bind_int64(find, 2, write->turn.row.number);
	code = sqlite3_step(find);
	(void)sqlite3_reset(find);
	if (code == SQLITE_ROW)
		return refuse_taken(write);
	if (code == SQLITE_DONE)
		return refuse(write, STATUS_ENDED, "session_ended", "This conversation has ended. Start a new one.");
	return code;
}

/* Ends the conversation, or opens it again when a retake went back to before its end. */
static int end_session(struct writer *writer, const struct write_turn *turn, sqlite3_int64 session)
{
	sqlite3_stmt *end = writer->statements[END_SESSION];

	sqlite3_bind_int64(end, 1, session);
	if (turn->ending) {
		sqlite3_bind_int64(end, 2, turn->row.at_ms);
		sqlite3_bind_text64(end, 3, turn->ending, turn->ending_length, SQLITE_STATIC, SQLITE_UTF8);
	} else {
		sqlite3_bind_null(end, 2);
		sqlite3_bind_null(end, 3);
	}
	return run(end);
}

static int put_turn(struct writer *writer, struct write *write)
{
	const struct write_turn *turn = &write->turn;
	sqlite3_stmt *put = writer->statements[PUT_TURN];
	struct found_session session;
	int code = find_session(writer, &turn->session, turn->row.number, &session);

	if (code)
		return code;
	if (!session.there)
		return refuse(write, STATUS_NOT_FOUND, "session_not_found", "There is no such conversation.");
	if (session.ended && turn->row.kind != TURN_RETAKE)
		return refuse_ended(writer, write, session.key);
	if (!session.in_order)
		return refuse(
			write, STATUS_CONFLICT, "turn_out_of_order", "The turn before this one has not been kept.");
	sqlite3_bind_int64(put, 1, session.key);
	sqlite3_bind_int64(put, 2, session.organisation);
	sqlite3_bind_int64(put, 3, turn->row.number);
	sqlite3_bind_int(put, 4, (int)turn->row.kind);
	sqlite3_bind_int64(put, 5, turn->row.at_ms);
	sqlite3_bind_int64(put, 6, turn->row.kind == TURN_RETAKE ? turn->row.to : 0);
	sqlite3_bind_text64(put, 7, turn->row.text, turn->row.text_length, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_text64(put, 8, turn->answer, turn->answer_length, SQLITE_STATIC, SQLITE_UTF8);
	code = run(put);
	if (code == SQLITE_CONSTRAINT_UNIQUE)
		return refuse_taken(write);
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return refuse(write, STATUS_INVALID, "turn_invalid", "This turn is not one that can be kept.");
	if (!code && (turn->ending || session.ended))
		code = end_session(writer, turn, session.key);
	return code;
}

/* Nothing was changed: because it has been ruled on, or because there is nothing to change. */
static int refuse_dispute(struct writer *writer, struct write *write)
{
	const struct dispute *dispute = &write->dispute;
	sqlite3_stmt *find = writer->statements[FIND_DISPUTE];
	int code;

	sql_bind_id(find, 1, &dispute->session);
	sqlite3_bind_int64(find, 2, dispute->turn);
	sqlite3_bind_int64(find, 3, dispute->label);
	code = sqlite3_step(find);
	(void)sqlite3_reset(find);
	if (code == SQLITE_ROW)
		return refuse(write, STATUS_CONFLICT, "dispute_ruled",
			"A trainer has ruled on this label already. Open the conversation again to see it.");
	if (code != SQLITE_DONE)
		return code;
	if (dispute->withdrawn_ms)
		return refuse(write, STATUS_NOT_FOUND, "dispute_not_found", "There is nothing here to take back.");
	return refuse(write, STATUS_NOT_FOUND, "turn_not_found", "There is no such turn in this conversation.");
}

static int put_dispute(struct writer *writer, struct write *write)
{
	const struct dispute *dispute = &write->dispute;
	sqlite3_stmt *put = writer->statements[dispute->withdrawn_ms ? WITHDRAW_DISPUTE : PUT_DISPUTE];
	int code;

	if (dispute->withdrawn_ms) {
		sql_bind_id(put, 1, &dispute->session);
		sqlite3_bind_int64(put, 2, dispute->turn);
		sqlite3_bind_int64(put, 3, dispute->label);
		sqlite3_bind_int64(put, 4, dispute->withdrawn_ms);
	} else {
		sql_bind_id(put, 1, &dispute->id);
		sql_bind_id(put, 2, &dispute->session);
		sqlite3_bind_int64(put, 3, dispute->turn);
		sqlite3_bind_int64(put, 4, dispute->label);
		sqlite3_bind_int64(put, 5, dispute->start);
		sqlite3_bind_int64(put, 6, dispute->end);
		sql_bind_text(put, 7, dispute->technique);
		sql_bind_text(put, 8, dispute->proposed);
		sql_bind_text(put, 9, dispute->note);
		sqlite3_bind_int64(put, 10, dispute->at_ms);
	}
	code = run(put);
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return refuse(write, STATUS_INVALID, "dispute_invalid", "This dispute is not one that can be kept.");
	if (!code && sqlite3_changes(writer->db) == 0)
		return refuse_dispute(writer, write);
	return code;
}

static int put_note(struct writer *writer, struct write *write)
{
	sqlite3_stmt *put = writer->statements[PUT_NOTE];
	int code;

	sql_bind_id(put, 1, &write->note.session);
	sql_bind_text(put, 2, write->note.about);
	sql_bind_text(put, 3, write->note.text);
	sqlite3_bind_int64(put, 4, write->note.at_ms);
	code = run(put);
	if (!code && sqlite3_changes(writer->db) == 0)
		return refuse(write, STATUS_NOT_FOUND, "session_not_found", "There is no such conversation.");
	return code;
}

static int (*const put_functions[WRITE_KINDS])(struct writer *writer, struct write *write) = {
	[WRITE_PERSON] = put_person,
	[WRITE_SIGN_OUT] = end_sign_ins,
	[WRITE_SESSION] = put_session,
	[WRITE_TURN] = put_turn,
	[WRITE_DISPUTE] = put_dispute,
	[WRITE_NOTE] = put_note,
};

/* A database that was deleted or replaced can still be written to, and all of it would be gone at the next start. */
static bool file_is_gone(struct writer *writer)
{
	int moved = 0;

	return sqlite3_file_control(writer->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

static void fail_all(struct write *first, const struct error *error)
{
	for (struct write *write = first; write; write = write->next)
		write_fail(write, error);
}

enum status writer_commit(struct writer *writer, struct write *first, struct error *error)
{
	enum status status = STATUS_OK;
	int code;

	if (file_is_gone(writer)) {
		status = error_set(error, STATUS_UNAVAILABLE, "store_failed",
			"The file askwell.db was moved or deleted while the server was running, so this was not kept. "
			"Put it back, or restart the server.");
		fail_all(first, error);
		return status;
	}
	code = run(writer->statements[BEGIN]);
	for (struct write *write = first; write && !code; write = write->next)
		code = put_functions[write->kind](writer, write);
	if (!code)
		code = run(writer->statements[COMMIT]);
	if (!code)
		return STATUS_OK;
	status = sql_failed(writer->db, code, error);
	if (!sqlite3_get_autocommit(writer->db))
		(void)sqlite3_exec(writer->db, "ROLLBACK", NULL, NULL, NULL);
	fail_all(first, error);
	return status;
}
