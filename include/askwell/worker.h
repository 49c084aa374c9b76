/* SPDX-License-Identifier: Apache-2.0 */
/* A few threads for what the event loop must not wait for: reading and replaying a stored conversation, building an
 * export, loading the dialogue folder. Work runs on a worker thread, `done` on the owner's thread inside worker_drain(). */
#ifndef ASKWELL_WORKER_H
#define ASKWELL_WORKER_H

#include <stdbool.h>
#include <stddef.h>

struct worker_pool;

typedef void worker_work(void *job, unsigned thread); /* on worker thread number 0 .. threads-1 */
typedef void worker_done(void *job);                  /* on the owner's thread */

/* `wake(user)` is called from worker threads when there is something to drain; it must be thread-safe (uv_async_send)
 * and may be NULL (then use worker_wait). Returns owned. */
struct worker_pool *worker_open(unsigned threads, void (*wake)(void *user), void *user);

/* Refuses (false) when `queue_cap` jobs wait already. Takes nothing: `job` stays the caller's until `done`. */
bool worker_submit(struct worker_pool *pool, worker_work *work, worker_done *done, void *job);

/* Owner's thread: runs the completions that are there; returns how many. */
size_t worker_drain(struct worker_pool *pool);

/* Owner's thread: blocks until something can be drained, then drains. For terminal verbs and tests. */
size_t worker_wait(struct worker_pool *pool);

/* Jobs submitted and not yet drained. */
size_t worker_pending(const struct worker_pool *pool);

/* Finishes the running jobs and completes (drains) everything, then joins. Owner's thread. */
void worker_close(struct worker_pool *pool);

#endif
