/* SPDX-License-Identifier: Apache-2.0 */
/* Wires the parts: the owner's thread puts and drains, the writer thread commits, the checkpoint thread copies. */
#include "askwell/store.h"

#include "checkpoint.h"
#include "data_folder.h"
#include "known_versions.h"
#include "migration.h"
#include "sql.h"
#include "write_queue.h"
#include "writer.h"

#include "askwell/log.h"
#include "askwell/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct store {
	/* Set before the threads start, then only read. */
	void (*wake)(void *user);
	void *wake_user;
	int lock; /* file descriptor */
	struct write_queue *queue;
	struct checkpoint *checkpoint;
	pthread_t thread;
	bool running;

	/* The owner's thread. */
	struct known_versions *versions; /* known to be on the disk */

	/* The writer thread, once it runs. */
	sqlite3 *db;
	struct writer *writer;
	int log_pages;
	bool failing;

	pthread_mutex_t figures_lock;
	struct store_figures figures;
};

static int log_grew(void *user, sqlite3 *db, const char *name, int pages)
{
	struct store *store = user;

	(void)db;
	(void)name;
	store->log_pages = pages;
	return SQLITE_OK;
}

/* One line when the disk begins to refuse and one when it is well again, not one a batch. */
static void report(struct store *store, enum status status, const struct error *error)
{
	if (status && !store->failing)
		log_event(LOG_ERROR_LEVEL, "store_failing", "key", error->key, "text", error->text, NULL);
	else if (!status && store->failing)
		log_event(LOG_INFO_LEVEL, "store_recovered", NULL);
	store->failing = status != STATUS_OK;
}

static struct write *count(struct store *store, struct write *first, enum status status)
{
	struct write *last = first;
	uint64_t writes = 0, failures = 0;

	for (struct write *write = first; write; write = write->next) {
		last = write;
		writes++;
		failures += write->status != STATUS_OK;
	}
	pthread_mutex_lock(&store->figures_lock);
	store->figures.commits += status == STATUS_OK;
	store->figures.writes += writes;
	store->figures.failures += failures;
	if (writes > store->figures.largest_batch)
		store->figures.largest_batch = writes;
	pthread_mutex_unlock(&store->figures_lock);
	return last;
}

static void *write_batches(void *user)
{
	struct store *store = user;
	struct write *first;
	uint64_t batch = 0;

	while ((first = write_queue_take(store->queue, &batch))) {
		struct error error = {0};
		enum status status = writer_commit(store->writer, first, &error);
		struct write *last = count(store, first, status);

		write_queue_finish(store->queue, first, last);
		if (store->wake)
			store->wake(store->wake_user);
		report(store, status, &error);
		if (!status)
			checkpoint_note(store->checkpoint, batch, store->log_pages);
	}
	return NULL;
}

static enum status prepare(struct store *store, const struct store_options *options, struct error *error)
{
	bool unclean = false;
	sqlite3 *db = NULL;
	enum status status = data_folder_take(options->folder, &store->lock, &unclean, error);

	if (!status)
		status = sql_open(options->folder, SQL_WRITER, options->ephemeral_sync, &store->db, error);
	if (!status && unclean)
		status = migration_inspect(store->db, error);
	if (!status)
		status = migration_run(store->db, error);
	if (!status)
		status = writer_open(store->db, &store->writer, error);
	if (!status)
		status = known_versions_open(store->db, &store->versions, error);
	if (!status)
		status = sql_open(options->folder, SQL_CHECKPOINTER, options->ephemeral_sync, &db, error);
	if (status)
		return status;
	sqlite3_wal_hook(store->db, log_grew, store);
	store->queue = write_queue_new();
	store->checkpoint = checkpoint_start(db, store->queue);
	return STATUS_OK;
}

enum status store_open(const struct store_options *options, struct store **out, struct error *error)
{
	struct store *store = memory_new(sizeof *store);
	enum status status;

	/* SQLite would count its memory under one lock for all threads. Refused, harmlessly, once SQLite is in use. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	store->lock = -1;
	store->wake = options->wake;
	store->wake_user = options->wake_user;
	pthread_mutex_init(&store->figures_lock, NULL);
	status = prepare(store, options, error);
	if (!status && pthread_create(&store->thread, NULL, write_batches, store))
		status = error_set(error, STATUS_UNAVAILABLE, "store_failed",
			"The system gave no thread to write with. Stop other programs, or raise the limit on threads.");
	store->running = status == STATUS_OK;
	if (store->running)
		(void)pthread_setname_np(store->thread, "store-writer");
	if (status) {
		store_close(store);
		store = NULL;
	}
	*out = store;
	return status;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->running) {
		write_queue_close(store->queue);
		pthread_join(store->thread, NULL);
		(void)store_drain(store);
	}
	checkpoint_stop(store->checkpoint);
	writer_close(store->writer);
	/* Leaves no log behind, which is how the next start knows that this stop was clean. */
	if (store->running &&
		sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
		log_event(LOG_WARN_LEVEL, "store_log_left", NULL);
	sqlite3_close(store->db);
	known_versions_free(store->versions);
	write_queue_free(store->queue);
	pthread_mutex_destroy(&store->figures_lock);
	if (store->lock >= 0)
		close(store->lock);
	free(store);
}

static bool put(struct store *store, struct write *write, store_done *done, void *user)
{
	write->done = done;
	write->user = user;
	if (write_queue_put(store->queue, write))
		return true;
	write_free(write);
	return false;
}

bool store_put_person(struct store *store, const struct store_person *person, store_done *done, void *user)
{
	return put(store, write_person(person), done, user);
}

bool store_end_sign_ins(struct store *store, const struct id *person, store_done *done, void *user)
{
	return put(store, write_sign_out(person), done, user);
}

bool store_put_session(struct store *store, const struct store_session *session, const struct store_version *dialogue,
	const struct store_version *pack, store_done *done, void *user)
{
	/* A pack is some hundred kilobytes: only what is not on the disk yet is copied. */
	static const struct store_version there = {0};

	if (known_versions_hold(store->versions, &session->organisation, dialogue->hash))
		dialogue = &there;
	if (known_versions_hold(store->versions, &session->organisation, pack->hash))
		pack = &there;
	return put(store, write_session(session, dialogue, pack), done, user);
}

bool store_put_turn(struct store *store, const struct id *session, const struct turn *turn, const char *answer,
	size_t answer_length, const char *ending, store_done *done, void *user)
{
	return put(store, write_turn(session, turn, answer, answer_length, ending), done, user);
}

bool store_put_dispute(struct store *store, const struct dispute *dispute, store_done *done, void *user)
{
	return put(store, write_dispute(dispute), done, user);
}

bool store_put_note(struct store *store, const struct note *note, store_done *done, void *user)
{
	return put(store, write_note(note), done, user);
}

static void remember_versions(struct store *store, const struct write *write)
{
	const struct write_session *session = &write->session;

	if (write->kind != WRITE_SESSION || write->status)
		return;
	if (session->dialogue.body)
		known_versions_add(store->versions, &session->row.organisation, session->dialogue.hash);
	if (session->pack.body)
		known_versions_add(store->versions, &session->row.organisation, session->pack.hash);
}

static size_t complete(struct store *store, struct write *write)
{
	size_t completed = 0;

	while (write) {
		struct write *next = write->next;

		remember_versions(store, write);
		write_queue_completed(store->queue, 1);
		if (write->done)
			write->done(write->user, write->status, write->error);
		write_free(write);
		write = next;
		completed++;
	}
	return completed;
}

size_t store_drain(struct store *store)
{
	return complete(store, write_queue_collect(store->queue, false));
}

size_t store_wait(struct store *store)
{
	return complete(store, write_queue_collect(store->queue, true));
}

size_t store_pending(const struct store *store)
{
	return write_queue_pending(store->queue);
}

void store_figures(const struct store *store, struct store_figures *out)
{
	/* The caller sees a store that does not change; its lock does. */
	pthread_mutex_t *lock = (pthread_mutex_t *)&store->figures_lock;

	pthread_mutex_lock(lock);
	*out = store->figures;
	pthread_mutex_unlock(lock);
	out->checkpoints = checkpoint_count(store->checkpoint);
}
