/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of practice/ share: the room itself and a request on its way through it. */
#ifndef ASKWELL_PRACTICE_ROOM_H
#define ASKWELL_PRACTICE_ROOM_H

#include "answer.h"
#include "sessions.h"
#include "versions.h"

#include "askwell/library.h"
#include "askwell/people.h"
#include "askwell/practice.h"
#include "askwell/store.h"
#include "askwell/worker.h"

enum { ROOM_WORKERS = 2 };

struct practice {
	struct practice_options options;
	char *dialogues_folder;
	struct store *store;
	struct worker_pool *workers;
	struct sessions *sessions;
	struct people *people;
	struct technique_scratch *scratch; /* owner's thread */
	struct arena *arena;               /* owner's thread, one turn */
	struct buffer mask;
	size_t pending;

	const struct library *library;
	struct buffer listed; /* the library as a list, in JSON */
	char signature[HASH_TEXT_SIZE];
	bool library_checking;   /* a worker is looking at the folder */
	bool library_remembered; /* the data folder has it as it is */
	bool folder_missing;     /* said so in the log already */

	/* Worker threads: index is the thread's number. */
	struct versions *versions;
	struct store_reader *readers[ROOM_WORKERS];
	struct technique_scratch *scratches[ROOM_WORKERS];
};

/* sign_in.c: everyone whose sign-in still holds, before anybody knocks. */
enum status room_remember_people(struct practice *practice, struct error *error);

enum request_kind {
	REQUEST_SAY = TURN_SAY,
	REQUEST_RETAKE = TURN_RETAKE,
	REQUEST_HINT = TURN_HINT,
	REQUEST_END = TURN_END,
	REQUEST_DISPUTE,
	REQUEST_WITHDRAW,
	REQUEST_NOTE,
	REQUEST_TECHNIQUES,
	REQUEST_VIEW,
	REQUEST_DEBRIEF,
	REQUEST_EXPORT
};

struct request {
	struct practice *practice;
	struct request *next; /* in the session's queue */
	enum request_kind kind;
	struct id session;
	struct practice_person person;
	struct turn turn;
	bool stored;          /* its session is known to be on the disk: reading that once more will find it */
	unsigned masked;      /* places that were hidden */
	char *masked_text;    /* then turn.text points here */
	unsigned label;       /* of a dispute */
	const char *proposed; /* of a dispute: a technique id, or NULL */
	char about[136];      /* of a note: two ids and a dot */
	const struct transcript_format *format;
	practice_answer *done;       /* all but exports */
	practice_exported *exported; /* exports */
	void *user;
	char *answer; /* a turn's answer, shown once it is committed */
	size_t answer_length;
	int ending;  /* index of the ending that this turn reached, or -1 */
	char text[]; /* what was said; turn.text points here */
};

/* Room for `length` bytes of text behind the request. */
struct request *request_new(struct practice *practice, enum request_kind kind, const struct practice_person *person,
	const struct id *session, const char *text, size_t length);

/* Answer and free. */
void request_answer(struct request *request, const char *json, size_t length);
void request_done(struct request *request); /* only frees: it has been answered */
void request_refuse(struct request *request, const struct error *error);
void request_fail(struct request *request, enum status status, const char *key, const char *text);

/* More work waits than can be taken on. */
enum status error_busy(struct error *error);
void request_busy(struct request *request);

/* Puts the request in the queue of its session, reading that first if need be. */
void room_enter(struct request *request);
/* Takes the requests that can go on now. */
void room_go_on(struct practice *practice, struct session *session);

/* turns.c: works on one turn of a session that is neither loading nor busy. */
void turn_take(struct request *request, struct session *session);

/* disputes.c: a dispute of a session that is neither loading nor busy. */
void dispute_take(struct request *request, struct session *session);

/* notes.c: a note of a session that is neither loading nor busy. */
void note_take(struct request *request, struct session *session);

/* views.c: reads on a worker thread what a view, a debrief or an export needs. */
void view_take(struct request *request, const struct session *session);
/* The view of a conversation that has just begun: nothing to read. */
void view_answer_fresh(struct request *request, const struct session *session, const struct id *pair);

/* cases.c: NULL and an error when there is none of that name in service. Borrowed until the library changes. */
const struct dialogue *room_case(const struct practice *practice, const char *script, struct error *error);

/* cases.c: asks again, once the case was compiled, on the owner's thread. False: it is ready, or there is none. */
struct case_asked {
	const char *script;
	practice_answer *done;
	void *user;
	const struct practice_person *person; /* NULL: asked what it is about; else to begin a conversation */
	const struct id *session, *pair;      /* a pair may be NULL */
	uint64_t seed;
};
bool room_await_case(struct practice *practice, const struct case_asked *asked);

/* library_watch.c */
enum status library_watch_start(struct practice *practice, struct error *error) CHECKED;
void library_watch_tick(struct practice *practice);
/* Once the data folder is there: the library as it is now has been checked. */
void library_watch_remember(const struct practice *practice);

/* Windows line ends become plain ones; returns the new length. */
size_t room_plain_lines(char *text, size_t length);

/* Turns as replay wants them. */
const struct turn *room_turns(const struct store_turn *stored, size_t count, struct arena *arena);

#endif
