/* SPDX-License-Identifier: Apache-2.0 */
#include "sessions.h"

#include "askwell/memory.h"

#include <stdlib.h>

enum { FIRST_BUCKETS = 256 };

struct sessions {
	struct session **buckets;
	size_t bucket_count; /* a power of two */
	size_t count, cap;
	struct session *newest, *oldest;
};

struct sessions *sessions_new(size_t cap)
{
	struct sessions *sessions = memory_new(sizeof *sessions);

	sessions->cap = cap;
	sessions->bucket_count = FIRST_BUCKETS;
	sessions->buckets = memory_array(sessions->bucket_count, sizeof *sessions->buckets);
	return sessions;
}

static void session_free(struct session *session)
{
	dialogue_release(session->dialogue);
	engine_free(session->run);
	engine_free(session->next);
	free(session);
}

void sessions_free(struct sessions *sessions)
{
	if (!sessions)
		return;
	while (sessions->newest)
		sessions_remove(sessions, sessions->newest);
	free(sessions->buckets);
	free(sessions);
}

static struct session **bucket_of(const struct sessions *sessions, const struct id *id)
{
	return &sessions->buckets[id_hash(id) & (sessions->bucket_count - 1)];
}

static void unlink_use(struct sessions *sessions, struct session *session)
{
	*(session->newer ? &session->newer->older : &sessions->newest) = session->older;
	*(session->older ? &session->older->newer : &sessions->oldest) = session->newer;
	session->newer = session->older = NULL;
}

static void link_newest(struct sessions *sessions, struct session *session)
{
	session->older = sessions->newest;
	session->newer = NULL;
	*(sessions->newest ? &sessions->newest->newer : &sessions->oldest) = session;
	sessions->newest = session;
}

struct session *sessions_find(struct sessions *sessions, const struct id *id)
{
	struct session *session = *bucket_of(sessions, id);

	while (session && !id_equal(&session->id, id))
		session = session->chain;
	if (session && session != sessions->newest) {
		unlink_use(sessions, session);
		link_newest(sessions, session);
	}
	return session;
}

static void grow(struct sessions *sessions)
{
	struct session **old = sessions->buckets;
	size_t count = sessions->bucket_count;

	sessions->bucket_count *= 2;
	sessions->buckets = memory_array(sessions->bucket_count, sizeof *sessions->buckets);
	for (size_t i = 0; i < count; i++) {
		struct session *next;

		for (struct session *session = old[i]; session; session = next) {
			struct session **bucket = bucket_of(sessions, &session->id);

			next = session->chain;
			session->chain = *bucket;
			*bucket = session;
		}
	}
	free(old);
}

static bool idle(const struct session *session)
{
	return !session->busy && !session->loading && !session->waiting;
}

static void forget_oldest(struct sessions *sessions)
{
	struct session *session = sessions->oldest;

	while (session && !idle(session))
		session = session->newer;
	if (session)
		sessions_remove(sessions, session);
}

struct session *sessions_add(struct sessions *sessions, const struct id *id)
{
	struct session *session;
	struct session **bucket;

	if (sessions->count >= sessions->cap)
		forget_oldest(sessions);
	if (sessions->count >= sessions->bucket_count)
		grow(sessions);
	session = memory_new(sizeof *session);
	session->id = *id;
	session->waiting_end = &session->waiting;
	bucket = bucket_of(sessions, id);
	session->chain = *bucket;
	*bucket = session;
	link_newest(sessions, session);
	sessions->count++;
	return session;
}

void sessions_remove(struct sessions *sessions, struct session *session)
{
	struct session **place = bucket_of(sessions, &session->id);

	while (*place != session)
		place = &(*place)->chain;
	*place = session->chain;
	unlink_use(sessions, session);
	sessions->count--;
	session_free(session);
}

size_t sessions_count(const struct sessions *sessions)
{
	return sessions->count;
}
