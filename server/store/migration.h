/* SPDX-License-Identifier: Apache-2.0 */
/* The tables, as numbered migrations. Internal to store. */
#ifndef ASKWELL_STORE_MIGRATION_H
#define ASKWELL_STORE_MIGRATION_H

#include "askwell/status.h"

#include <sqlite3.h>

/* Refuses a database that is not ours or newer than this program, then brings it up to date in one transaction. */
enum status migration_run(sqlite3 *db, struct error *error) CHECKED;

/* For readers: STATUS_NOT_FOUND when no server has made the tables yet. */
enum status migration_check(sqlite3 *db, struct error *error) CHECKED;

/* Looks for damage after a stop that was not clean, for as long as a quick start allows. */
enum status migration_inspect(sqlite3 *db, struct error *error) CHECKED;

#endif
