/* SPDX-License-Identifier: Apache-2.0 */
/* Which script and pack versions are known to be on the disk already. The owner's thread. Internal to store. */
#ifndef ASKWELL_STORE_KNOWN_VERSIONS_H
#define ASKWELL_STORE_KNOWN_VERSIONS_H

#include "askwell/id.h"
#include "askwell/status.h"

#include <sqlite3.h>
#include <stdbool.h>

struct known_versions;

/* `*out` is owned; reads the newest ones and does not hold on to `db`. */
enum status known_versions_open(sqlite3 *db, struct known_versions **out, struct error *error) CHECKED;
void known_versions_free(struct known_versions *versions); /* NULL is allowed */

bool known_versions_hold(const struct known_versions *versions, const struct id *organisation, const char *hash);
void known_versions_add(struct known_versions *versions, const struct id *organisation, const char *hash);

#endif
