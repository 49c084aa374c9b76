/* SPDX-License-Identifier: Apache-2.0 */
/* A compiled dialogue as authors think of it, to read and to draw: stages and states, what moves between them, endings,
 * disclosures, and any condition in plain English words. Says nothing of how the engine runs it. Pure. Any thread. */
#ifndef ASKWELL_OUTLINE_H
#define ASKWELL_OUTLINE_H

#include "askwell/buffer.h"
#include "askwell/dialogue.h"

#include <stdbool.h>
#include <stddef.h>

/* A condition of the dialogue; only handed on to outline_condition(). NULL always holds. */
struct condition;

struct outline_stage {
	const char *id, *name, *purpose;
	const char *aims;              /* what leads here: "questions about reality or feeling"; NULL: only rules do */
	const struct condition *ready; /* when that is followed */
	const struct condition *done;  /* when it goes on to the next stage by itself; NULL: never */
	size_t first_state, state_count;
};

struct outline_state {
	const char *id;
	size_t stage;
	bool final; /* the conversation ends here */
};

enum outline_level { OUTLINE_STATE, OUTLINE_STAGE, OUTLINE_CASE, OUTLINE_TEMPERAMENT, OUTLINE_LEVELS };

struct outline_rule {
	const char *id, *because;
	enum outline_level level;
	size_t at; /* the state or stage that it belongs to */
	const struct condition *when;
	const char *tells; /* what it opens: "tells tired", and it only answers if that may be told; NULL: nothing */
	bool once;
	bool moves;   /* it leads to the state `target` ... */
	bool history; /* ... or, if the stage of `target` was left before, to where it was left */
	size_t target;
};

struct outline_ending {
	const char *id, *title;
	const struct condition *when;
	bool automatic; /* as soon as its condition holds */
};

struct outline_topic {
	const char *id, *name;
};

struct outline_disclosure {
	const char *id;
	size_t topic;
	int depth; /* 1 to 4 */
	const struct condition *needs;
	const char *opened_by; /* "any question, summary or empathy" */
};

struct outline {
	const struct dialogue *dialogue;
	const struct outline_stage *stages; /* in the order of the script */
	size_t stage_count;
	const struct outline_state *states; /* by stage */
	size_t state_count;
	size_t start;
	const struct outline_rule
		*rules; /* of states, then stages, the case, the temperament; each in the order they are tried */
	size_t rule_count;
	const struct outline_ending *endings; /* in the order they are tried */
	size_t ending_count;
	const struct outline_topic *topics;
	size_t topic_count;
	const struct outline_disclosure *disclosures; /* in the order of the script */
	size_t disclosure_count;
};

/* Everything lives in `arena` and in the dialogue, which must outlive it. */
const struct outline *outline_new(const struct dialogue *dialogue, struct arena *arena);

/* Appends when the rule answers and what it tells: its condition, "; once", "; tells ...". */
void outline_rule_words(const struct dialogue *dialogue, const struct outline_rule *rule, struct buffer *out);

/* Appends what must hold, as one sentence part without a full stop: "told: tired; Trust at least 3; about less". For NULL
 * "always". Ids stand as the author wrote them, variables by their label. */
void outline_condition(const struct dialogue *dialogue, const struct condition *condition, struct buffer *out);

/* "state", "stage", "case", "temperament". */
const char *outline_level_name(enum outline_level level);

#endif
