/* SPDX-License-Identifier: Apache-2.0 */
/* The data folder: made when missing, held by one server at a time. Internal to store. */
#ifndef ASKWELL_STORE_DATA_FOLDER_H
#define ASKWELL_STORE_DATA_FOLDER_H

#include "askwell/status.h"

#include <stdbool.h>

/* Creates the folder (0700) and the empty database file (0600) when missing and locks askwell.lock until `*lock`, a file
 * descriptor, is closed. `*unclean`: the last server that wrote here did not come to a proper stop. */
enum status data_folder_take(const char *folder, int *lock, bool *unclean, struct error *error) CHECKED;

#endif
