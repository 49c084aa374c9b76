/* SPDX-License-Identifier: Apache-2.0 */
/* The one way to write the JSON files of a dialogues folder down, so that people and programs who edit the same file
 * differ in what they say and not in how it is laid out. Works on the text: order, numbers and words stay as written.
 * `askwell fmt` calls it, and so may an editor. Pure. Any thread.
 *
 * Two spaces a level, at most 120 columns where that is possible. An object or list stays on one line when it fits and
 * its author did not begin a new line after its bracket. Otherwise each part has a line of its own; short words
 * share lines when they did so before. An escape that is not needed becomes its character; a byte order mark, trailing
 * spaces and blank lines go. What was formatted once does not change again. */
#ifndef ASKWELL_FORMAT_H
#define ASKWELL_FORMAT_H

#include "askwell/buffer.h"
#include "askwell/status.h"

#include <stddef.h>

/* Appends the canonical form of `text` to `out`. STATUS_INVALID, and nothing appended, for what is not JSON in UTF-8, holds
 * a member twice or is nested too deeply: the error's text then begins with "LINE:COLUMN: ". STATUS_TOO_LARGE over
 * 4 MiB. */
enum status format_json(const char *text, size_t length, struct buffer *out, struct error *error) CHECKED;

#endif
