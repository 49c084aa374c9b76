/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by compile*.c: what is known while the three sources become one dialogue. */
#ifndef ASKWELL_DIALOGUE_COMPILE_H
#define ASKWELL_DIALOGUE_COMPILE_H

#include "diagnostic.h"
#include "script.h"

#include <jansson.h>

/* What is answered when somebody asks on about the lines: some of the follow-ups in the making. */
struct compile_follow_up {
	struct script_lines lines;
	uint64_t topics; /* that the lines belong to, besides those that they name */
	size_t first, count;
};

struct compile_follow_ups {
	struct script_rule *rules;
	size_t rule_count, rule_capacity;
	struct compile_follow_up *groups;
	size_t group_count, group_capacity;
	uint64_t *line_topics; /* named by each line of d->lines that somebody may ask on about */
};

/* Ids that answers come after, in order, and whether anything of that id speaks. */
struct compile_answers {
	const char **owners;
	bool *owner_found;
	size_t owner_count;
};

struct compiler {
	struct dialogue *dialogue;
	struct arena *arena; /* the dialogue's */
	struct reporter reporter;
	struct technique_scratch *scratch;
	struct names topics, cues, phrases, variables, disclosures, states, stages, feedback;
	bool temperament;   /* the file at hand is a temperament: stages that the case lacks are no error */
	bool alone;         /* a temperament checked without a case: only its own variables are known */
	unsigned negations; /* `not` around the condition at hand */
	bool readiness;     /* a stage's `ready` is at hand, which must not ask for itself */
	uint32_t read;      /* variables that some condition reads */
	uint64_t fed;       /* feedback entries that some rule uses */
	struct compile_follow_ups follow_ups;
	struct compile_answers answers;
	/* The source that something was last written in, and its file's name in the arena. */
	const struct dialogue_source *written_in;
	const char *written_file;
};

/* Ids of a list of objects, in order; reports duplicates. */
struct names compile_names(struct compiler *c, const json_t *list, const char *member, const struct place *place);

/* Index of `id`, or SCRIPT_NONE and a finding. */
int compile_find(struct compiler *c, const struct names *names, const char *id, enum diagnostic diagnostic,
	const char *what, const struct place *place);

/* Adds a list of words that a condition asks for and gives its index; `id` is NULL for one that stands in the condition. */
unsigned compile_phrases(struct compiler *c, const char *id, const json_t *list, const struct place *place);

/* The list of words at `place`; NULL and a finding when it cannot be used. */
struct technique_words *compile_words(struct compiler *c, const json_t *list, const struct place *place);

/* NULL for an absent condition. */
const struct condition *compile_condition(struct compiler *c, const json_t *value, const struct place *place);

/* Primary techniques that the condition could hold for. A label's family may differ from the taxonomy's, so the engine
 * does not go `by_family`; the checker does. */
uint32_t condition_techniques(const struct condition *condition, bool by_family);

/* Topics of which a message has to name one for the condition to hold; 0: none in particular. */
uint64_t condition_topics(const struct condition *condition);

/* Kinds of answer that a message may ask for when the condition is to hold. */
uint32_t condition_asks(const struct condition *condition);

/* Whether a message has to say something of one certain list of phrases for the condition to hold. */
bool condition_says(const struct condition *condition);

/* The gate of the rule with this index: what can be told at once of messages that it does not answer. */
void compile_gate(const struct script_rules *rules, size_t index);

/* `up` is the object that holds the list under `key`; an absent list gives no lines. */
struct script_lines compile_lines(struct compiler *c, const json_t *object, const struct place *up, const char *key);

/* Reports lines that may all be left out by their conditions. */
void compile_needs_plain(struct compiler *c, struct script_lines lines, const struct place *up, const char *key);

/* Finds lines of the same text, once all are there. */
void compile_same_lines(struct dialogue *d);

/* The members "set" and "rules" of `object`. */
struct script_changes compile_changes(struct compiler *c, const json_t *object, const struct place *up);
struct script_rules compile_rules(struct compiler *c, const json_t *object, const struct place *up);

/* compile_follow_ups.c: the member "then" of `object`, which says `lines`; when all rules of the case are there, the numbers
 * of the follow-ups; and when words are indexed, what an author leaves unsaid. */
void compile_follow_ups(struct compiler *c, const json_t *object, const struct place *up, const char *owner,
	struct script_lines lines, uint64_t topics);
void compile_follow_ups_number(struct compiler *c);
void compile_follow_ups_finish(struct compiler *c);
void compile_follow_up_rule(
	struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule);

/* compile_answers.c: the member "answers" of the script; when all lines are there, who says them. */
void compile_answers(struct compiler *c, const json_t *script);
void compile_answers_finish(struct compiler *c, const json_t *script);
void compile_answer_rule(struct compiler *c, const json_t *object, const struct place *place, struct script_rule *rule);

/* Where the part at `pointer` is written; lives in the dialogue. */
struct script_written compile_written(struct compiler *c, const char *pointer);

const char *compile_text(struct compiler *c, const json_t *object, const char *member);
const char *const *compile_texts(struct compiler *c, const json_t *list, size_t *count);

/* check.c: what only shows in the whole. check_samples.c: samples and near-misses. */
void check_script(struct compiler *c);
void check_samples(const struct reporter *reporter, const struct dialogue *dialogue, struct technique_scratch *scratch,
	const struct script_rules *rules, bool temperament);
void check_all_samples(
	const struct reporter *reporter, const struct dialogue *dialogue, struct technique_scratch *scratch);

#endif
