/* SPDX-License-Identifier: Apache-2.0 */
/* How often each part of a case was reached: over plans, over walks, over what trainees did. Pure; one thread at a time. */
#ifndef ASKWELL_COVERAGE_H
#define ASKWELL_COVERAGE_H

#include "askwell/engine.h"
#include "askwell/inventory.h"

#include <stddef.h>
#include <stdint.h>

/* What the case shares with others (fragments, temperament) is counted apart: it is not for one case to reach all of it. */
enum coverage_group {
	COVERAGE_STATES,
	COVERAGE_STATE_RULES,
	COVERAGE_STAGE_RULES,
	COVERAGE_DIALOGUE_RULES,
	COVERAGE_FOLLOW_UPS,
	COVERAGE_ANSWERS,
	COVERAGE_FRAGMENT_RULES,
	COVERAGE_TEMPERAMENT_RULES,
	COVERAGE_DISCLOSURES,
	COVERAGE_ENDINGS,
	COVERAGE_GROUPS
};
const char *coverage_group_name(enum coverage_group group);  /* for programs: "dialogue_rules" */
const char *coverage_group_words(enum coverage_group group); /* for people: "rules of the dialogue" */

struct coverage;

/* Borrows the dialogue. Returns owned. */
struct coverage *coverage_new(const struct dialogue *dialogue);
void coverage_free(struct coverage *coverage);

/* A conversation begins in this state. */
void coverage_begin(struct coverage *coverage, const char *state);
/* One answer of the engine. Positions without an answer (a retake, a hint) are not for adding. */
void coverage_add(struct coverage *coverage, const struct engine_reply *reply);
/* Adds what the other counted, of the same dialogue. */
void coverage_merge(struct coverage *to, const struct coverage *from);

/* One part. Borrowed from the dialogue. */
struct coverage_item {
	enum coverage_group group;
	const char *id;
	const char *owner; /* of a rule: its state or stage, or NULL */
	struct inventory_place place;
	uint64_t count; /* conversations begun in it or answers that came to it */
};
size_t coverage_count(const struct coverage *coverage);
void coverage_item(const struct coverage *coverage, size_t index, struct coverage_item *out);

struct coverage_sum {
	size_t reached, all;
};
void coverage_sums(const struct coverage *coverage, struct coverage_sum out[COVERAGE_GROUPS]);

#endif
