/* SPDX-License-Identifier: Apache-2.0 */
/* Everything in a content file that is language, as a table for reviewers and translators, and back. `askwell lines` calls
 * it, and so may an editor. What is written back is put into the text by position: everything else stays byte for
 * byte. Pure. One thread at a time.
 *
 * One row a text. Columns: file, pointer (JSON Pointer), kind (rule, disclosure, topic, ...), id (of that rule, disclosure,
 * ...), part (client, samples, ...), variant (from 1; "2.1" is the first bubble of the second), voice (client,
 * guide, trainee, reader), text, check (of the text as it was exported). Only `text` is meant to be changed. */
#ifndef ASKWELL_LINES_H
#define ASKWELL_LINES_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/dialogue.h"
#include "askwell/findings.h"
#include "askwell/status.h"

#include <stddef.h>

/* Appends the table's first row, with a byte order mark before it, so that spreadsheet programs see the UTF-8. */
void lines_export_head(struct buffer *out);

/* Appends the rows of a case, fragment, temperament or model. STATUS_INVALID for what is not JSON. */
enum status lines_export(const struct dialogue_source *source, struct buffer *out, struct error *error) CHECKED;

/* A table that came back. */
struct lines_sheet;

/* Columns are found by their names; others may stand among them, and rows in any order. Lives in `arena`. STATUS_INVALID when
 * it is no CSV or lacks one of file, pointer, id and text; with "LINE: " before the text. `name` is used in findings. */
enum status lines_read(const char *name, const char *text, size_t length, struct arena *arena, struct lines_sheet **out,
	struct error *error) CHECKED;

/* The files that its rows name, each once, in order. */
const char *const *lines_files(const struct lines_sheet *sheet, size_t *count);

struct lines_change {
	const char *id, *pointer, *before, *after;
	unsigned line; /* of the content file */
	bool moved;    /* the row was for another place, where its text no longer is */
};

struct lines_result {
	const struct lines_change *changes; /* in the order of the file */
	size_t count;
	const char *text; /* the whole file with the changes */
	size_t length;
};

/* What the sheet's rows make of the file: a row whose text was not changed since its export asks for nothing, so an old
 * table does not undo what was written meanwhile. Rows that cannot be followed are left out and reported:
 *   C002 nothing with this id and part is there any more
 *   C003 the text was changed in the file and in the table
 *   C004 the same text is there several times, and the row's place is none of them
 *   C005 the text is empty
 *   C006 the text holds control characters
 *   C007 another row gives the same place another text
 * Results live in `arena`. STATUS_INVALID when the source is not JSON. */
enum status lines_apply(const struct lines_sheet *sheet, const struct dialogue_source *source, struct arena *arena,
	struct findings *findings, struct lines_result *out, struct error *error) CHECKED;

/* Reports the rows of a file that is not there, or not in the folder that was meant (C001). */
void lines_refuse_file(
	const struct lines_sheet *sheet, const char *file, const char *reason, struct findings *findings);

/* Appends a unified diff without context; changed texts never change the number of lines. */
void lines_diff(const struct dialogue_source *before, const struct lines_result *after, struct buffer *out);

#endif
