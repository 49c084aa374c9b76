/* SPDX-License-Identifier: Apache-2.0 */
/* What moves a conversation, gathered for reading: all rules that lead from the same place to the same state are one
 * arrow. Shared by the list and the picture. */
#ifndef ASKWELL_AUTHORING_ARROWS_H
#define ASKWELL_AUTHORING_ARROWS_H

#include "askwell/arena.h"
#include "askwell/outline.h"

struct arrow {
	enum outline_level level; /* from a state, from anywhere in a stage, or from anywhere in the case */
	size_t at;
	size_t target;
	const struct outline_rule **rules; /* in the order they are tried */
	size_t count;
};

struct arrows {
	struct arrow *arrows; /* by where they start, then in order of their first rules */
	size_t count;
};

struct arrows arrows_of(const struct outline *outline, struct arena *arena);

/* "telling", "anywhere in Options", "anywhere". */
const char *arrow_from(const struct outline *outline, const struct arrow *arrow, struct arena *arena);

#endif
