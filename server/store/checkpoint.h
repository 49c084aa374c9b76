/* SPDX-License-Identifier: Apache-2.0 */
/* Moves what was committed from the write-ahead log into the database, on a thread of its own, so that no answer waits
 * for it. Internal to store. */
#ifndef ASKWELL_STORE_CHECKPOINT_H
#define ASKWELL_STORE_CHECKPOINT_H

#include "write_queue.h"

#include <sqlite3.h>

struct checkpoint;

/* Takes `db`, a connection of its own. Borrows `queue`, which must outlive it. */
struct checkpoint *checkpoint_start(sqlite3 *db, struct write_queue *queue);
void checkpoint_stop(struct checkpoint *checkpoint); /* joins; NULL is allowed */

/* Writer thread: batch number `batch` is committed and the log now holds `pages`. */
void checkpoint_note(struct checkpoint *checkpoint, uint64_t batch, int pages);

uint64_t checkpoint_count(struct checkpoint *checkpoint); /* any thread */

#endif
