/* SPDX-License-Identifier: Apache-2.0 */
#include "checkpoint.h"

#include "askwell/log.h"
#include "askwell/memory.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define STEP_PAGES 1000    /* copy this much at a time */
#define RESTART_PAGES 8000 /* then let the log begin again at its start */
#define REST_SECONDS 2     /* a log that is shorter is copied after this time */

/* `lock` guards everything below it; the connection is the thread's own. */
struct checkpoint {
	sqlite3 *db;
	struct write_queue *queue;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	uint64_t batch;  /* the last one committed */
	uint64_t beyond; /* a checkpoint is due for batches after this one */
	int pages;       /* in the log */
	int copied;      /* of these */
	int restart_at;
	bool stopping;
	uint64_t count;
};

/* Copies what is committed and not read by anyone; never waits for a lock. */
static bool copy(struct checkpoint *checkpoint, int *pages, int *copied)
{
	int code = sqlite3_wal_checkpoint_v2(checkpoint->db, NULL, SQLITE_CHECKPOINT_PASSIVE, pages, copied);
	char number[16];

	if (code == SQLITE_OK)
		return true;
	(void)snprintf(number, sizeof number, "%d", code);
	log_event(LOG_WARN_LEVEL, "checkpoint_failed", "sqlite", number, "means", sqlite3_errstr(code), NULL);
	return false;
}

/* SQLite syncs the database only in a checkpoint that reaches the end of the log. While others write that is the one for
 * which they are held, and it would have to wait for everything that was copied before. */
static void sync_database(const struct checkpoint *checkpoint)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(checkpoint->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file &&
		file->pMethods)
		(void)file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

/* Under steady load new pages arrive while old ones are copied, so the log would never be empty and never begin again.
 * Once it is long, and all but the last few pages are copied, the writer is held between two batches for these few. */
static void work(struct checkpoint *checkpoint, int restart_at)
{
	int pages = 0, copied = 0;
	uint64_t beyond;
	bool good = copy(checkpoint, &pages, &copied);

	if (good)
		sync_database(checkpoint);
	if (good && pages >= restart_at) {
		write_queue_pause(checkpoint->queue);
		good = copy(checkpoint, &pages, &copied);
		write_queue_resume(checkpoint->queue);
		/* Somebody still reads the beginning of the log: try again when it has grown by as much. */
		restart_at = good && copied == pages ? RESTART_PAGES : pages + RESTART_PAGES;
	}
	beyond = write_queue_batch(checkpoint->queue);
	pthread_mutex_lock(&checkpoint->lock);
	checkpoint->beyond = beyond;
	checkpoint->copied = copied;
	checkpoint->restart_at = restart_at;
	checkpoint->count += good;
	pthread_mutex_unlock(&checkpoint->lock);
}

/* SQLite before 3.51.3 may damage the database when a checkpoint begins at the moment in which a commit starts the log
 * again, which the first commit after a complete checkpoint does. So the next checkpoint waits until a batch that was
 * taken after the last one is on the disk. */
static bool due(const struct checkpoint *checkpoint)
{
	return checkpoint->batch > checkpoint->beyond;
}

static bool pressing(const struct checkpoint *checkpoint)
{
	int old = checkpoint->pages < checkpoint->copied ? 0 : checkpoint->copied;

	return due(checkpoint) && checkpoint->pages - old >= STEP_PAGES;
}

static void *run(void *user)
{
	struct checkpoint *checkpoint = user;

	pthread_mutex_lock(&checkpoint->lock);
	while (!checkpoint->stopping) {
		struct timespec until;
		int restart_at = checkpoint->restart_at, waited = 0;

		(void)clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += REST_SECONDS;
		while (!checkpoint->stopping && !pressing(checkpoint) && !waited)
			waited = pthread_cond_timedwait(&checkpoint->change, &checkpoint->lock, &until);
		if (checkpoint->stopping || !due(checkpoint))
			continue;
		pthread_mutex_unlock(&checkpoint->lock);
		work(checkpoint, restart_at);
		pthread_mutex_lock(&checkpoint->lock);
	}
	pthread_mutex_unlock(&checkpoint->lock);
	return NULL;
}

struct checkpoint *checkpoint_start(sqlite3 *db, struct write_queue *queue)
{
	struct checkpoint *checkpoint = memory_new(sizeof *checkpoint);
	pthread_condattr_t monotonic;

	checkpoint->db = db;
	checkpoint->queue = queue;
	checkpoint->restart_at = RESTART_PAGES;
	pthread_mutex_init(&checkpoint->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&checkpoint->change, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&checkpoint->thread, NULL, run, checkpoint)) {
		fputs("askwell: no thread for checkpoints\n", stderr);
		abort();
	}
	(void)pthread_setname_np(checkpoint->thread, "store-checkpt");
	return checkpoint;
}

void checkpoint_stop(struct checkpoint *checkpoint)
{
	if (!checkpoint)
		return;
	pthread_mutex_lock(&checkpoint->lock);
	checkpoint->stopping = true;
	pthread_cond_signal(&checkpoint->change);
	pthread_mutex_unlock(&checkpoint->lock);
	pthread_join(checkpoint->thread, NULL);
	sqlite3_close(checkpoint->db);
	pthread_cond_destroy(&checkpoint->change);
	pthread_mutex_destroy(&checkpoint->lock);
	free(checkpoint);
}

void checkpoint_note(struct checkpoint *checkpoint, uint64_t batch, int pages)
{
	bool wake;

	pthread_mutex_lock(&checkpoint->lock);
	checkpoint->batch = batch;
	checkpoint->pages = pages;
	wake = pressing(checkpoint);
	pthread_mutex_unlock(&checkpoint->lock);
	if (wake)
		pthread_cond_signal(&checkpoint->change);
}

uint64_t checkpoint_count(struct checkpoint *checkpoint)
{
	uint64_t count;

	pthread_mutex_lock(&checkpoint->lock);
	count = checkpoint->count;
	pthread_mutex_unlock(&checkpoint->lock);
	return count;
}
