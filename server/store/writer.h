/* SPDX-License-Identifier: Apache-2.0 */
/* Puts a batch of writes on the disk in one transaction. No threads and no locks in here: the writer thread owns it.
 * Internal to store. */
#ifndef ASKWELL_STORE_WRITER_H
#define ASKWELL_STORE_WRITER_H

#include "write.h"

#include <sqlite3.h>

struct writer;

/* Borrows `db`, which must outlive the writer. */
enum status writer_open(sqlite3 *db, struct writer **out, struct error *error) CHECKED;
void writer_close(struct writer *writer); /* NULL is allowed */

/* All of `first` and what follows it, in order. A write that contradicts what is there fails alone; when the disk
 * refuses, all fail and nothing is kept. Returns what the transaction came to. */
enum status writer_commit(struct writer *writer, struct write *first, struct error *error) CHECKED;

#endif
