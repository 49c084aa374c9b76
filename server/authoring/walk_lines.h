/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that the character said, to notice what is said again. */
#ifndef ASKWELL_AUTHORING_WALK_LINES_H
#define ASKWELL_AUTHORING_WALK_LINES_H

#include "askwell/walk.h"

struct walk_lines;

struct walk_lines *walk_lines_new(void);
void walk_lines_free(struct walk_lines *lines);

/* Another conversation begins. */
void walk_lines_begin(struct walk_lines *lines);

/* A line said in this turn, answered by this rule; whether it was said within ENGINE_REPEAT_WINDOW turns before. Within one turn
 * nothing counts as said again. */
bool walk_lines_said(struct walk_lines *lines, const char *text, unsigned turn, const char *rule);

/* The line that was said again most often; its text lives in `arena`. */
struct walk_line walk_lines_most(const struct walk_lines *lines, struct arena *arena);

#endif
