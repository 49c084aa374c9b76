/* SPDX-License-Identifier: Apache-2.0 */
/* Writes on their way from the owner's thread to the writer thread and back, in order. Each function says which thread
 * calls it. Internal to store. */
#ifndef ASKWELL_STORE_WRITE_QUEUE_H
#define ASKWELL_STORE_WRITE_QUEUE_H

#include "write.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WRITE_QUEUE_CAP 65536

struct write_queue;

struct write_queue *write_queue_new(void);
void write_queue_free(struct write_queue *queue); /* must be empty; NULL is allowed */

/* Owner: takes `write`; false (and not taken) when the queue is full or closed. */
bool write_queue_put(struct write_queue *queue, struct write *write);
/* Owner: everything that was finished since the last call, oldest first. `block`: waits for some, unless nothing is
 * under way. The caller frees each write and then calls write_queue_completed(). */
struct write *write_queue_collect(struct write_queue *queue, bool block);
void write_queue_completed(struct write_queue *queue, size_t count);
size_t write_queue_pending(struct write_queue *queue); /* taken and not yet completed */
void write_queue_close(struct write_queue *queue);     /* write_queue_take() gives NULL once all is taken */

/* Writer: waits for writes and takes all of them; NULL when closed and empty. `*batch` numbers the batches from 1. */
struct write *write_queue_take(struct write_queue *queue, uint64_t *batch);
void write_queue_finish(struct write_queue *queue, struct write *first, struct write *last);

/* Checkpointer: holds the writer between two batches. */
void write_queue_pause(struct write_queue *queue);
void write_queue_resume(struct write_queue *queue);
/* The number of the last batch taken. */
uint64_t write_queue_batch(struct write_queue *queue);

#endif
