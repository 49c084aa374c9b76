/* SPDX-License-Identifier: Apache-2.0 */
/* What the walks of one case met, counted by the rule that answered, and the findings that this makes. */
#ifndef ASKWELL_AUTHORING_WALK_FINDINGS_H
#define ASKWELL_AUTHORING_WALK_FINDINGS_H

#include "askwell/walk.h"

enum walk_diagnostic {
	WALK_SAID_AGAIN,
	WALK_SILENT,
	WALK_NO_ENDING,
	WALK_DEAD,
	WALK_REFUSED,
	WALK_UNSEEN_ENDING,
	WALK_UNTOLD,
	WALK_UNFIRED,
	WALK_STILL,
	WALK_DIAGNOSTIC_COUNT
};

/* How often, and the walk in which it was met first. */
struct walk_trouble {
	uint64_t count, kinds[WALK_KINDS];
	size_t walk;
	const char *example;
};

/* Rows by rule number; 0 is the fallback. `once` rows are not about a rule. */
struct walk_troubles {
	struct walk_trouble *again, *silent, *dead, *still;
	struct walk_trouble no_ending, refused;
};

/* Lives in the arena. */
void walk_troubles_make(const struct dialogue *dialogue, struct arena *arena, struct walk_troubles *out);

/* `example` is NULL or lives as long as the troubles. */
void walk_trouble_count(struct walk_trouble *trouble, enum walk_kind kind, size_t walk, const char *example);

void walk_report_troubles(const struct dialogue *dialogue, const struct walk_options *options,
	const struct walk_troubles *troubles, const struct coverage *coverage, struct findings *findings);

#endif
