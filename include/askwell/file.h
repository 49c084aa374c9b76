/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files and folders, capped. Called by the outer layers and the terminal verbs, never by the heart. Blocks. */
#ifndef ASKWELL_FILE_H
#define ASKWELL_FILE_H

#include "askwell/buffer.h"
#include "askwell/status.h"

/* Appends the file's bytes to `out`; STATUS_TOO_LARGE over `cap`, STATUS_NOT_FOUND, STATUS_UNAVAILABLE. Regular files only. */
enum status file_read(const char *path, size_t cap, struct buffer *out, struct error *error) CHECKED;

/* Calls `visit` for each regular file below `folder` in byte order of path, with the path relative to it; skips names
 * that start with a dot. Stops at the first status other than STATUS_OK and returns it. Links are not followed out. */
enum status file_walk(const char *folder, enum status (*visit)(void *user, const char *path, const char *relative),
	void *user, struct error *error) CHECKED;

/* Puts `data` in the place of the file at once: it is written beside it, brought to disk and renamed, with the mode of the
 * file that was there (0644 for a new one). A link is followed, so that it stays one. STATUS_UNAVAILABLE, and the old file
 * untouched, when that fails. */
enum status file_replace(const char *path, const char *data, size_t length, struct error *error) CHECKED;

#endif
