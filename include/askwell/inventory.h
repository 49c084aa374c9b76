/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a compiled case, one by one: for the authors' tools, which count what was reached and name what was not.
 * Knows nothing of runs. Everything is borrowed from the dialogue. Pure. Any thread. */
#ifndef ASKWELL_INVENTORY_H
#define ASKWELL_INVENTORY_H

#include "askwell/dialogue.h"
#include "askwell/engine.h"

#include <stdbool.h>
#include <stddef.h>

/* The file that a part is written in, and where in it. inventory_line() gives the line. */
struct inventory_place {
	const struct dialogue_source *source;
	const char *pointer; /* JSON Pointer */
};
unsigned inventory_line(const struct inventory_place *place); /* from 1 */

struct inventory_rule {
	const char *id, *because;
	enum engine_level level;
	const char *owner; /* id of the state or stage; NULL at the other levels */
	struct inventory_place place;
	const char *const *samples;
	size_t sample_count;
	const char *const *near;
	size_t near_count;
	/* Of the temperament: answers just anything, or whatever was not understood, and has nothing to tell. */
	bool stopgap;
};
/* Numbers go from 1 to inventory_rule_count(), as in engine_reply. */
size_t inventory_rule_count(const struct dialogue *dialogue);
void inventory_rule(const struct dialogue *dialogue, unsigned number, struct inventory_rule *out);

/* Whether an answer is the fallback or that of a stopgap: the case had nothing better. */
bool inventory_answered_anyhow(const struct dialogue *dialogue, const struct engine_reply *reply);

struct inventory_state {
	const char *id;
	unsigned stage; /* index into dialogue_info.stages */
	bool final;
	struct inventory_place place;
};
size_t inventory_state_count(const struct dialogue *dialogue);
void inventory_state(const struct dialogue *dialogue, size_t index, struct inventory_state *out);
/* The index of a state, or inventory_state_count() for an unknown one. */
size_t inventory_state_find(const struct dialogue *dialogue, const char *id);

struct inventory_disclosure {
	const char *id, *topic;
	int depth;
	struct inventory_place place;
	const char *reflect, *ask; /* may be NULL */
};
/* As many as dialogue_info.disclosure_count. */
void inventory_disclosure(const struct dialogue *dialogue, size_t index, struct inventory_disclosure *out);
/* The index of a disclosure, or the count for an unknown one. */
size_t inventory_disclosure_find(const struct dialogue *dialogue, const char *id);

/* Where an ending is written. As many as dialogue_info.ending_count. */
void inventory_ending(const struct dialogue *dialogue, size_t index, struct inventory_place *out);

struct inventory_topic {
	const char *id, *name;
	const char *ask; /* may be NULL */
	const char *const *words;
	size_t word_count;
};
size_t inventory_topic_count(const struct dialogue *dialogue);
void inventory_topic(const struct dialogue *dialogue, size_t index, struct inventory_topic *out);

#endif
