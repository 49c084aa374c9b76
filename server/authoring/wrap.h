/* SPDX-License-Identifier: Apache-2.0 */
/* How wide words will be in a picture whose fonts nobody knows yet, and where to break them into lines. Pure. */
#ifndef ASKWELL_AUTHORING_WRAP_H
#define ASKWELL_AUTHORING_WRAP_H

#include "askwell/arena.h"

#include <stddef.h>

/* Generous for the usual sans-serif fonts, `size` in points. */
double wrap_width(const char *text, size_t length, double size);

struct wrap {
	const char *const *lines; /* at least one */
	size_t count;
	double width; /* of the widest */
};

/* Breaks at spaces and, where there are none, behind underscores or in the middle of a word. */
struct wrap wrap_text(const char *text, double width, double size, struct arena *arena);

#endif
