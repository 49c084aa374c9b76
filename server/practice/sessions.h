/* SPDX-License-Identifier: Apache-2.0 */
/* The conversations in memory: a cache over the store, least recently used out first. Owner's thread. */
#ifndef ASKWELL_PRACTICE_SESSIONS_H
#define ASKWELL_PRACTICE_SESSIONS_H

#include "askwell/engine.h"
#include "askwell/id.h"
#include "askwell/practice.h"

struct request;

struct session {
	struct id id;
	struct practice_person person;
	const struct dialogue *dialogue; /* one reference */
	struct engine_run *run;          /* as of last_turn, which is on disk */
	struct engine_run *next;         /* while a turn is on its way to the disk */
	uint64_t seed;
	int64_t started_ms;
	uint32_t last_turn;
	bool ended;
	bool loading; /* a worker is reading it */
	bool busy;    /* a turn is being worked on; others wait their turn */
	struct request *waiting, **waiting_end;
	unsigned waiting_count;
	struct session *chain;         /* in its bucket */
	struct session *newer, *older; /* by use */
};

struct sessions;

struct sessions *sessions_new(size_t cap);
void sessions_free(struct sessions *sessions);

/* Marks it as used; NULL when it is not in memory. */
struct session *sessions_find(struct sessions *sessions, const struct id *id);
/* A new, empty entry for an id that is not there. May forget another that nobody waits for. */
struct session *sessions_add(struct sessions *sessions, const struct id *id);
void sessions_remove(struct sessions *sessions, struct session *session);
size_t sessions_count(const struct sessions *sessions);

#endif
