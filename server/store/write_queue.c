/* SPDX-License-Identifier: Apache-2.0 */
#include "write_queue.h"

#include "askwell/memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* How long the writer, woken from sleep under load, lets the owner's thread put the rest of its round on the queue. */
#define GATHER_NS 50000

struct list {
	struct write *first, *last;
};

/* `lock` guards everything below it. */
struct write_queue {
	pthread_mutex_t lock;
	pthread_cond_t work;     /* the writer waits: writes, closing, or the end of a pause */
	pthread_cond_t finished; /* the owner waits */
	pthread_cond_t idle;     /* the checkpointer waits for the writer to come to rest */
	struct list waiting, done;
	size_t waiting_count, last_count;
	uint64_t batch;
	bool asleep, writing, paused, closed;

	atomic_size_t pending; /* the owner's, readable by all */
};

struct write_queue *write_queue_new(void)
{
	struct write_queue *queue = memory_new(sizeof *queue);

	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->work, NULL);
	pthread_cond_init(&queue->finished, NULL);
	pthread_cond_init(&queue->idle, NULL);
	return queue;
}

void write_queue_free(struct write_queue *queue)
{
	if (!queue)
		return;
	pthread_cond_destroy(&queue->idle);
	pthread_cond_destroy(&queue->finished);
	pthread_cond_destroy(&queue->work);
	pthread_mutex_destroy(&queue->lock);
	free(queue);
}

static void list_append(struct list *list, struct write *first, struct write *last)
{
	if (list->last)
		list->last->next = first;
	else
		list->first = first;
	list->last = last;
}

bool write_queue_put(struct write_queue *queue, struct write *write)
{
	bool taken = false, wake = false;

	pthread_mutex_lock(&queue->lock);
	if (atomic_load(&queue->pending) < WRITE_QUEUE_CAP && !queue->closed) {
		write->next = NULL;
		list_append(&queue->waiting, write, write);
		atomic_fetch_add(&queue->pending, 1);
		queue->waiting_count++;
		taken = true;
		wake = queue->asleep;
		queue->asleep = false;
	}
	pthread_mutex_unlock(&queue->lock);
	if (wake)
		pthread_cond_signal(&queue->work);
	return taken;
}

struct write *write_queue_collect(struct write_queue *queue, bool block)
{
	struct write *first;

	pthread_mutex_lock(&queue->lock);
	while (block && !queue->done.first && atomic_load(&queue->pending) > 0)
		pthread_cond_wait(&queue->finished, &queue->lock);
	first = queue->done.first;
	queue->done = (struct list){NULL, NULL};
	pthread_mutex_unlock(&queue->lock);
	return first;
}

void write_queue_completed(struct write_queue *queue, size_t count)
{
	atomic_fetch_sub(&queue->pending, count);
}

size_t write_queue_pending(struct write_queue *queue)
{
	return atomic_load(&queue->pending);
}

void write_queue_close(struct write_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_signal(&queue->work);
	pthread_mutex_unlock(&queue->lock);
}

/* A round of the owner's puts one write after the other; the first one wakes the writer. Under load it is better to
 * commit the round whole than its first write and then the rest; with one person alone nothing is waited for. */
static void gather(struct write_queue *queue)
{
	const struct timespec moment = {.tv_sec = 0, .tv_nsec = GATHER_NS};

	if (queue->last_count < 2 || queue->waiting_count >= queue->last_count || queue->closed)
		return;
	pthread_mutex_unlock(&queue->lock);
	(void)nanosleep(&moment, NULL);
	pthread_mutex_lock(&queue->lock);
}

struct write *write_queue_take(struct write_queue *queue, uint64_t *batch)
{
	struct write *first;

	pthread_mutex_lock(&queue->lock);
	for (;;) {
		bool slept = false;

		while (queue->paused || (!queue->waiting.first && !queue->closed)) {
			queue->asleep = slept = true;
			pthread_cond_wait(&queue->work, &queue->lock);
		}
		queue->asleep = false;
		if (!slept || queue->closed)
			break;
		gather(queue);
		if (!queue->paused)
			break;
	}
	first = queue->waiting.first;
	queue->last_count = queue->waiting_count;
	queue->waiting = (struct list){NULL, NULL};
	queue->waiting_count = 0;
	queue->writing = first != NULL;
	*batch = queue->batch += first != NULL;
	pthread_mutex_unlock(&queue->lock);
	return first;
}

void write_queue_finish(struct write_queue *queue, struct write *first, struct write *last)
{
	pthread_mutex_lock(&queue->lock);
	list_append(&queue->done, first, last);
	queue->writing = false;
	pthread_cond_signal(&queue->finished);
	pthread_cond_signal(&queue->idle);
	pthread_mutex_unlock(&queue->lock);
}

void write_queue_pause(struct write_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->paused = true;
	while (queue->writing)
		pthread_cond_wait(&queue->idle, &queue->lock);
	pthread_mutex_unlock(&queue->lock);
}

void write_queue_resume(struct write_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->paused = false;
	pthread_cond_signal(&queue->work);
	pthread_mutex_unlock(&queue->lock);
}

uint64_t write_queue_batch(struct write_queue *queue)
{
	uint64_t batch;

	pthread_mutex_lock(&queue->lock);
	batch = queue->batch;
	pthread_mutex_unlock(&queue->lock);
	return batch;
}
