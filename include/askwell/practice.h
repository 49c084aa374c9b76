/* SPDX-License-Identifier: Apache-2.0 */
/* The use cases: start, open, say, retake, hint, end, debrief, export. Sits between the wire (or the terminal) and the
 * heart: finds the session, steps the engine, hands the turn to the store, and answers only when it is committed.
 *
 * All calls and callbacks on one thread, the owner's; reading and replaying happen on worker threads inside. Answers are
 * JSON text (shapes: server/net/openrpc.json). Knows nothing of sockets or HTTP. */
#ifndef ASKWELL_PRACTICE_H
#define ASKWELL_PRACTICE_H

#include "askwell/buffer.h"
#include "askwell/findings.h"
#include "askwell/id.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct practice;

struct practice_options {
	const char *data_folder;
	const char *dialogues_folder;
	unsigned text_characters; /* longest message, in characters; 0: 4,000 */
	unsigned sessions_cached; /* runs kept in memory; 0: 20,000 */
	/* Called from other threads when practice_drain() has something to do. */
	void (*wake)(void *user);
	void *wake_user;
	/* Owner's thread: the set of cases changed, or a script was refused. May be NULL. */
	void (*library_changed)(void *user);
	bool ephemeral_sync; /* tests and benches only */
};

/* Opens the store, loads the library (broken scripts are refused one by one and logged), reads the signed-in people. */
enum status practice_open(const struct practice_options *options, struct practice **out, struct error *error) CHECKED;
/* Commits and answers everything that was taken. NULL is allowed. */
void practice_close(struct practice *practice);

/* Runs what is ready; call it after each wake. */
void practice_drain(struct practice *practice);
/* Blocks until something was drained; for the terminal. */
void practice_wait(struct practice *practice);
/* Requests taken and not yet answered. */
size_t practice_pending(const struct practice *practice);
/* Once a second or so, and whenever something is known to have changed: looks for changed files in the dialogues folder (on a worker thread). */
void practice_tick(struct practice *practice);

/* The answer to one request; `json` (when STATUS_OK) is borrowed for the call. Called exactly once for each request,
 * possibly before the request function returns. */
typedef void practice_answer(
	void *user, enum status status, const struct error *error, const char *json, size_t length);

/* People. A local trainee is made on first sight; the token goes into an HttpOnly cookie and is never kept, only its
 * hash. */
#define PRACTICE_TOKEN_SIZE 44 /* 43 characters of base64url and NUL: 256 bits */
struct practice_person {
	struct id id;
	struct id organisation;
	int64_t expires_ms; /* when the sign-in ends; whoever holds on to a person must look at it */
};
typedef void practice_signed_in(void *user, enum status status, const struct error *error, const char *token);
void practice_sign_in_local(struct practice *practice, practice_signed_in *done, void *user);
/* The same person with a fresh token, good for a year from now; borrows `person`. The token that they came with stays good
 * until it ends. Due once less than eleven months are left: whoever keeps coming is never forgotten. */
void practice_sign_in_again(
	struct practice *practice, const struct practice_person *person, practice_signed_in *done, void *user);
bool practice_sign_in_due(const struct practice_person *person);
/* Ends all sign-ins of this person; borrows `person`. Nobody is let in as them again; what they said stays. */
typedef void practice_signed_out(void *user, enum status status, const struct error *error);
void practice_sign_out(
	struct practice *practice, const struct practice_person *person, practice_signed_out *done, void *user);
/* At once, from memory: who holds this token? False when nobody does or it has expired. */
bool practice_who(const struct practice *practice, const char *token, size_t length, struct practice_person *out);

/* The cases, one case with its brief and, for trainers, what was refused and why. Answer: LibraryList, Case,
 * LibraryFindings. */
void practice_library(struct practice *practice, practice_answer *done, void *user);
void practice_case(struct practice *practice, const char *script, practice_answer *done, void *user);
void practice_library_findings(struct practice *practice, practice_answer *done, void *user);

/* A new conversation. `session` is chosen by the client (a UUID), so that asking twice gives the same one. `seed` 0: one
 * is drawn, for a drill so that what is due is asked. `pair` (or NULL): the person's conversation with the other side of the
 * same contrast. Answer: SessionView. */
void practice_start(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *script, uint64_t seed, const struct id *pair, practice_answer *done, void *user);
/* How the person stands with each drill. Answer: DrillList. */
void practice_drills(
	struct practice *practice, const struct practice_person *person, practice_answer *done, void *user);
/* Everything needed to go on where one was. Answer: SessionView. */
void practice_open_session(struct practice *practice, const struct practice_person *person, const struct id *session,
	practice_answer *done, void *user);
/* What a label can be called there. Answer: TechniqueList. */
void practice_techniques(struct practice *practice, const struct practice_person *person, const struct id *session,
	practice_answer *done, void *user);
/* The person's conversations, newest first. Answer: SessionList. */
void practice_sessions(
	struct practice *practice, const struct practice_person *person, practice_answer *done, void *user);

/* Turns. `number` must be the session's last turn + 1; a number that was taken gives the stored answer when the turn is
 * the same, else STATUS_CONFLICT. Answer: Turn. */
void practice_say(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, const char *text, size_t length, practice_answer *done, void *user);
void practice_retake(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, uint32_t to, practice_answer *done, void *user);
void practice_hint(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, practice_answer *done, void *user);
void practice_end(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, practice_answer *done, void *user);

/* The trainee sees a label of a turn differently: `technique` is what they call it (NULL: something else, or not sure),
 * `note` why (at most 1,000 characters; may be empty). Changes what they said about that label before, until a trainer
 * has ruled; then STATUS_CONFLICT. Nothing else changes. Answer: Dispute. */
void practice_dispute(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t number, unsigned label, const char *technique, const char *note, size_t length, practice_answer *done,
	void *user);
/* Takes it back. Answer: Dispute. */
void practice_withdraw_dispute(struct practice *practice, const struct practice_person *person,
	const struct id *session, uint32_t number, unsigned label, practice_answer *done, void *user);

/* What the trainee writes about one of the guide's questions, or into a cell of a comparison; at most 2,000 characters, empty
 * takes it back. Answer: Note. */
void practice_note(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *about, const char *text, size_t length, practice_answer *done, void *user);

/* As the conversation stands; with `ended_turn` (else 0) as it stood when that turn ended it, before somebody went back. Answer:
 * Debrief. */
void practice_debrief(struct practice *practice, const struct practice_person *person, const struct id *session,
	uint32_t ended_turn, practice_answer *done, void *user);

/* A transcript in one of the formats of transcript.h; `body` is the file, not JSON. `name` is a safe file name. */
typedef void practice_exported(void *user, enum status status, const struct error *error, const char *name,
	const char *type, const char *body, size_t length);
void practice_export(struct practice *practice, const struct practice_person *person, const struct id *session,
	const char *format, practice_exported *done, void *user);

/* The same without a room: straight from a data folder, also beside a running server, for the terminal. The dialogues
 * folder may be missing as long as the store has every version that is needed. Blocks. */
enum status practice_read_transcript(const char *data_folder, const char *dialogues_folder, const struct id *session,
	const char *format, struct buffer *out, struct error *error) CHECKED;

struct practice_figures {
	uint64_t writes; /* people, sessions and turns that were kept */
	uint64_t sessions_cached;
	uint64_t commits, largest_batch, store_failures;
	uint64_t dialogues;
};
void practice_figures(const struct practice *practice, struct practice_figures *out);

#endif
