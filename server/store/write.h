/* SPDX-License-Identifier: Apache-2.0 */
/* One write on its way to the disk: a copy of everything it needs in a single block, and how it went. Internal to
 * store. */
#ifndef ASKWELL_STORE_WRITE_H
#define ASKWELL_STORE_WRITE_H

#include "askwell/store.h"

enum write_kind { WRITE_PERSON, WRITE_SIGN_OUT, WRITE_SESSION, WRITE_TURN, WRITE_DISPUTE, WRITE_NOTE, WRITE_KINDS };

struct write_session {
	struct store_session row;
	struct store_version dialogue, pack; /* `body` NULL: known to be there already */
};

struct write_turn {
	struct id session;
	struct turn row;
	const char *answer;
	size_t answer_length;
	const char *ending;
	size_t ending_length;
};

struct write {
	struct write *next;
	store_done *done;
	void *user;
	enum status status;
	struct error *error; /* owned; NULL when all went well */
	enum write_kind kind;
	union {
		struct store_person person;
		struct id signed_out;
		struct write_session session;
		struct write_turn turn;
		struct dispute dispute;
		struct note note;
	};
};

/* Copies; return owned. A body of NULL is left out. */
struct write *write_person(const struct store_person *person);
struct write *write_sign_out(const struct id *person);
struct write *write_session(
	const struct store_session *session, const struct store_version *dialogue, const struct store_version *pack);
struct write *write_turn(const struct id *session, const struct turn *turn, const char *answer, size_t answer_length,
	const char *ending);
struct write *write_dispute(const struct dispute *dispute); /* the trainee's part of it */
struct write *write_note(const struct note *note);
void write_free(struct write *write);

/* Records that it failed. */
void write_fail(struct write *write, const struct error *error);

#endif
