/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/worker.h"

#include "askwell/memory.h"

#include <pthread.h>
#include <stdlib.h>

enum { QUEUE_CAP = 65536 };

struct task {
	struct task *next;
	worker_work *work;
	worker_done *done;
	void *job;
};

struct queue {
	struct task *first, **last;
};

struct worker_thread {
	struct worker_pool *pool;
	pthread_t handle;
	unsigned number;
};

struct worker_pool {
	void (*wake)(void *user);
	void *wake_user;
	unsigned thread_count;
	struct worker_thread *threads;
	size_t pending; /* owner's thread only */

	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t work_there, result_there;
	struct queue waiting, finished;
	bool closing;
};

static void queue_init(struct queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

static void queue_put(struct queue *queue, struct task *task)
{
	task->next = NULL;
	*queue->last = task;
	queue->last = &task->next;
}

static struct task *queue_take(struct queue *queue)
{
	struct task *task = queue->first;

	if (task) {
		queue->first = task->next;
		if (!queue->first)
			queue->last = &queue->first;
	}
	return task;
}

static void *run(void *argument)
{
	struct worker_thread *thread = argument;
	struct worker_pool *pool = thread->pool;

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		struct task *task = queue_take(&pool->waiting);

		if (!task && pool->closing)
			break;
		if (!task) {
			pthread_cond_wait(&pool->work_there, &pool->lock);
			continue;
		}
		pthread_mutex_unlock(&pool->lock);
		task->work(task->job, thread->number);
		pthread_mutex_lock(&pool->lock);
		queue_put(&pool->finished, task);
		pthread_cond_signal(&pool->result_there);
		if (pool->wake)
			pool->wake(pool->wake_user);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

struct worker_pool *worker_open(unsigned threads, void (*wake)(void *user), void *user)
{
	struct worker_pool *pool = memory_new(sizeof *pool);

	pool->wake = wake;
	pool->wake_user = user;
	pool->thread_count = threads ? threads : 1;
	pool->threads = memory_array(pool->thread_count, sizeof *pool->threads);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->work_there, NULL);
	pthread_cond_init(&pool->result_there, NULL);
	queue_init(&pool->waiting);
	queue_init(&pool->finished);
	for (unsigned i = 0; i < pool->thread_count; i++) {
		pool->threads[i] = (struct worker_thread){.pool = pool, .number = i};
		if (pthread_create(&pool->threads[i].handle, NULL, run, &pool->threads[i]) != 0)
			abort();
	}
	return pool;
}

bool worker_submit(struct worker_pool *pool, worker_work *work, worker_done *done, void *job)
{
	struct task *task;

	if (pool->pending >= QUEUE_CAP)
		return false;
	task = memory_new(sizeof *task);
	*task = (struct task){.work = work, .done = done, .job = job};
	pool->pending++;
	pthread_mutex_lock(&pool->lock);
	queue_put(&pool->waiting, task);
	pthread_cond_signal(&pool->work_there);
	pthread_mutex_unlock(&pool->lock);
	return true;
}

static size_t complete(struct worker_pool *pool, struct task *task)
{
	size_t count = 0;

	while (task) {
		struct task *next = task->next;

		pool->pending--;
		task->done(task->job);
		free(task);
		task = next;
		count++;
	}
	return count;
}

static size_t drain(struct worker_pool *pool, bool block)
{
	struct task *finished;

	pthread_mutex_lock(&pool->lock);
	while (block && pool->pending && !pool->finished.first)
		pthread_cond_wait(&pool->result_there, &pool->lock);
	finished = pool->finished.first;
	queue_init(&pool->finished);
	pthread_mutex_unlock(&pool->lock);
	return complete(pool, finished);
}

size_t worker_drain(struct worker_pool *pool)
{
	return drain(pool, false);
}

size_t worker_wait(struct worker_pool *pool)
{
	return drain(pool, true);
}

size_t worker_pending(const struct worker_pool *pool)
{
	return pool->pending;
}

void worker_close(struct worker_pool *pool)
{
	if (!pool)
		return;
	while (pool->pending)
		worker_wait(pool);
	pthread_mutex_lock(&pool->lock);
	pool->closing = true;
	pthread_cond_broadcast(&pool->work_there);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->thread_count; i++)
		pthread_join(pool->threads[i].handle, NULL);
	pthread_cond_destroy(&pool->work_there);
	pthread_cond_destroy(&pool->result_there);
	pthread_mutex_destroy(&pool->lock);
	free(pool->threads);
	free(pool);
}
