/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan can expect: one row a key, how it is read and how it is looked up in what came. */
#ifndef ASKWELL_AUTHORING_PLAN_CHECKS_H
#define ASKWELL_AUTHORING_PLAN_CHECKS_H

#include "askwell/plan.h"

/* What came of a turn. */
struct plan_moment {
	const struct dialogue *dialogue;
	const struct engine_run *run;              /* after the turn */
	const struct technique_analysis *analysis; /* NULL: nothing was said */
	const struct engine_reply *reply;
	struct arena *arena;
};

/* Whether it holds; says in `found` what is there, for people, and in `*value` (NULL: no one value) what would hold. */
typedef bool plan_check_call(
	const struct plan_moment *moment, const char *expected, struct buffer *found, const char **value);

struct plan_check {
	const char *key;
	plan_check_call *check;
	bool (*readable)(const char *value); /* NULL: any text is */
};

/* NULL for an unknown key. */
const struct plan_check *plan_check_find(const char *key);

#endif
