/* SPDX-License-Identifier: Apache-2.0 */
/* A plan as text: what is typed and what must come of it. */
#ifndef ASKWELL_TESTS_PLAN_H
#define ASKWELL_TESTS_PLAN_H

#include "askwell/arena.h"
#include "askwell/turn.h"

#include <stddef.h>

struct plan_expectation {
	const char *key, *value;
	unsigned line;
};

struct plan_turn {
	struct turn turn;
	unsigned line;
	struct plan_expectation *expectations;
	size_t count;
};

struct plan {
	const char *file;
	const char *dialogue; /* the case's id */
	uint64_t seed;
	struct plan_turn *turns;
	size_t count;
};

/* Prints file:line of what cannot be read and returns false. Everything lives in `arena`. */
bool plan_read(const char *file, struct arena *arena, struct plan *out);

#endif
