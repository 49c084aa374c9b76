/* SPDX-License-Identifier: Apache-2.0 */
/* A story as Twee 3 tells it. story_read.c cuts the text into passages, story_text.c finds links and plain words in them,
 * twee.c makes a case of it. Everything lives in one arena. */
#ifndef ASKWELL_AUTHORING_STORY_H
#define ASKWELL_AUTHORING_STORY_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/findings.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

enum twee_code {
	TWEE_TWICE,
	TWEE_NO_TARGET,
	TWEE_NO_DATA,
	TWEE_NO_START,
	TWEE_NO_TEXT,
	TWEE_NO_SAMPLES,
	TWEE_NO_WORDS,
	TWEE_TAKEN,
	TWEE_ENDING,
	TWEE_NO_LINK,
	TWEE_MACRO,
	TWEE_SPECIAL,
	TWEE_NO_FALLBACK,
	TWEE_ONE_WORDING,
	TWEE_UNWRITTEN,
	TWEE_TOO_MANY,
	TWEE_LONG,
	TWEE_HEADER,
	TWEE_VARIABLE,
	TWEE_CODES
};

struct story_link {
	const char *text, *target;
	unsigned line;
};

struct story_passage {
	const char *name;
	const char *const *tags;
	size_t tag_count;
	unsigned line;           /* of its header */
	const char *source;      /* as written */
	const char **paragraphs; /* plain words, without links */
	size_t paragraph_count;
	struct story_link *links;
	size_t link_count;
	const char **left_out; /* macros and the like, as written */
	size_t left_out_count;
};

struct story {
	const char *file;
	struct arena *arena;
	struct findings *findings;
	const char *title, *start; /* NULL: not said */
	struct story_passage *passages;
	size_t count;
};

/* `line` 0: the whole file. */
void story_report(const struct story *story, enum twee_code code, unsigned line, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Cuts `text`, which must be valid UTF-8 without a byte order mark, into the passages that are to be told. STATUS_INVALID
 * when there are none. */
enum status story_read(struct story *story, const char *text, size_t length, struct error *error) CHECKED;

/* Fills the second half of the passage. */
void story_passage_text(const struct story *story, struct story_passage *passage);

bool story_has_tag(const struct story_passage *passage, const char *tag);

#endif
