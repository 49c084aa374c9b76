/* SPDX-License-Identifier: Apache-2.0 */
/* Where conversations are kept. Writes go through one writer thread that commits many of them in one transaction and
 * only then completes them: said is saved. Reads are plain calls on a reader, one reader a thread (worker threads,
 * terminal verbs); the event loop never reads.
 *
 * The store knows people, sessions, turns and script versions as rows, not what they mean. SQL lives only in
 * server/store. Completions run on the owner's thread inside store_drain(). Errors: STATUS_CONFLICT for a turn number
 * that is taken (the primary key decides races), STATUS_UNAVAILABLE with key "disk_full", "read_only" or "store_failed"
 * when the disk refuses (nothing of that turn was kept), STATUS_CORRUPT with key "store_corrupt". */
#ifndef ASKWELL_STORE_H
#define ASKWELL_STORE_H

#include "askwell/arena.h"
#include "askwell/dispute.h"
#include "askwell/id.h"
#include "askwell/note.h"
#include "askwell/status.h"
#include "askwell/turn.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct store_reader;

#define STORE_TOKEN_HASH_SIZE 32

struct store_options {
	const char *folder; /* data folder; created (0700) when missing; holds askwell.db */
	/* Called from the writer thread when completions wait; thread-safe; may be NULL (then store_wait). */
	void (*wake)(void *user);
	void *wake_user;
	bool ephemeral_sync; /* tests and benches only: synchronous=OFF */
};

/* Opens, locks the folder against a second server (STATUS_CONFLICT "folder_in_use"), checks, migrates, starts the
 * writer. Errors carry a sentence that says what to do. */
enum status store_open(const struct store_options *options, struct store **out, struct error *error) CHECKED;
/* Commits and completes everything that is queued, checkpoints, joins. NULL is allowed. */
void store_close(struct store *store);

typedef void store_done(void *user, enum status status, const struct error *error);

struct store_session {
	struct id id;
	struct id organisation;
	struct id person;
	const char *script;      /* dialogue id */
	const char *script_hash; /* pinned version */
	const char *pack_hash;   /* pinned language pack version */
	uint64_t seed;
	int64_t started_ms;
	int64_t ended_ms;   /* 0: open */
	const char *ending; /* ending id, or NULL */
	struct id pair;     /* the conversation with the other side of a contrast; all zero: none */
	/* Filled by reads. */
	uint32_t last_turn;
	unsigned feedback; /* how much the trainee had, 1 (most) to 4; 0: not known */
	unsigned went;     /* of the end that stands, in the trainee's own view, 1 to 5; 0: not said */
};

/* A script, model, temperament or pack text, kept by hash for as long as sessions use it. */
struct store_version {
	const char *hash;
	const char *kind; /* "dialogue" or "pack" */
	const char *id;   /* dialogue id or language */
	const char *
		body; /* dialogue: JSON {"script":text,"model":text,"temperament":text,"fragments"?:[text],"contrast"?:text};
			   * pack: the text itself */
	size_t body_length;
};

struct store_person {
	struct id id;
	struct id organisation;
	uint8_t token_hash[STORE_TOKEN_HASH_SIZE]; /* SHA-256 of the cookie's token */
	int64_t created_ms;
	int64_t expires_ms; /* of the sign-in */
};

/* Writes. All arguments are copied before the call returns. `done` is called exactly once from store_drain(). Order is
 * kept. False when the queue is full (65,536 writes): nothing was taken, `done` will not be called. */
bool store_put_person(struct store *store, const struct store_person *person, store_done *done, void *user);
/* Ends all sign-ins of a person, if there are any; what they said stays. */
bool store_end_sign_ins(struct store *store, const struct id *person, store_done *done, void *user);
/* Also makes sure that both versions are there (insert or ignore). */
bool store_put_session(struct store *store, const struct store_session *session, const struct store_version *dialogue,
	const struct store_version *pack, store_done *done, void *user);
/* `answer` is the JSON that was shown for this turn, kept as shown. `ending` non-NULL also closes the session; a
 * TURN_RETAKE opens it again. */
bool store_put_turn(struct store *store, const struct id *session, const struct turn *turn, const char *answer,
	size_t answer_length, const char *ending, store_done *done, void *user);

/* The trainee's part of a dispute; `withdrawn_ms` set: takes it back. One for each label: a new one replaces what was
 * said before and keeps its id. STATUS_CONFLICT "dispute_ruled" once a trainer has ruled, STATUS_NOT_FOUND
 * "turn_not_found", "dispute_not_found" (taking back what is not there). */
bool store_put_dispute(struct store *store, const struct dispute *dispute, store_done *done, void *user);

/* What the trainee writes beside the conversation; replaces what was written about the same before. STATUS_NOT_FOUND
 * "session_not_found". */
bool store_put_note(struct store *store, const struct note *note, store_done *done, void *user);

size_t store_drain(struct store *store); /* owner's thread; how many completions ran */
size_t store_wait(struct store *store);  /* blocks until there is one, then drains; 0 at once when nothing is queued */
size_t store_pending(const struct store *store); /* writes taken and not yet completed */

struct store_figures {
	uint64_t commits, writes, failures;
	uint64_t largest_batch;
	uint64_t checkpoints;
};
void store_figures(const struct store *store, struct store_figures *out); /* any thread */

/* Reads. One reader a thread. Works beside a running server. `folder` as above; STATUS_NOT_FOUND when there is no store. */
enum status store_reader_open(const char *folder, struct store_reader **out, struct error *error) CHECKED;
void store_reader_close(struct store_reader *reader);

enum status store_read_people(struct store_reader *reader, int64_t now_ms,
	void (*visit)(void *user, const struct store_person *person), void *user,
	struct error *error) CHECKED; /* unexpired */
enum status store_read_session(struct store_reader *reader, const struct id *id, struct arena *arena,
	struct store_session *out, struct error *error) CHECKED;
/* Newest first, at most `cap`. */
enum status store_read_sessions(struct store_reader *reader, const struct id *person, size_t cap, struct arena *arena,
	struct store_session **out, size_t *count, struct error *error) CHECKED;

/* Everybody's conversations one by one, in the order in which they were first kept, so that no more than one needs to be
 * in memory: the next after `*key` (0: the first), which then becomes its key. `*found` is false after the last. */
enum status store_read_next_session(struct store_reader *reader, int64_t *key, struct arena *arena,
	struct store_session *out, bool *found, struct error *error) CHECKED;

struct store_turn {
	struct turn turn;
	const char *answer;
	size_t answer_length;
};
/* In order of number. */
enum status store_read_turns(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct store_turn **out, size_t *count, struct error *error) CHECKED;
enum status store_read_turn(struct store_reader *reader, const struct id *session, uint32_t number, struct arena *arena,
	struct store_turn *out, struct error *error) CHECKED;
enum status store_read_version(struct store_reader *reader, const char *hash, struct arena *arena,
	struct store_version *out, struct error *error) CHECKED;

/* Disputes of one conversation, by turn and label, those that were withdrawn included. */
enum status store_read_session_disputes(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct dispute **out, size_t *count, struct error *error) CHECKED;
/* Of everybody, oldest first; those that were withdrawn are left out. */
enum status store_read_disputes(struct store_reader *reader, bool open_only, struct arena *arena, struct dispute **out,
	size_t *count, struct error *error) CHECKED;

/* Notes of one conversation, in the order in which they were first written. */
enum status store_read_notes(struct store_reader *reader, const struct id *session, struct arena *arena,
	struct note **out, size_t *count, struct error *error) CHECKED;

/* The trainer's part: `id`, `ruling`, `form`, `why`, `by`, `ruled_ms`. For the terminal: one short transaction of its own,
 * also beside a running server, which shows it the next time somebody looks. Blocks. STATUS_CONFLICT "dispute_ruled",
 * "dispute_withdrawn", STATUS_NOT_FOUND "dispute_not_found". */
enum status store_rule_dispute(const char *folder, const struct dispute *ruling, struct error *error) CHECKED;

#endif
