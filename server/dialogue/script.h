/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled form of a case: everything by index, nothing by name, so that a step compares no strings.
 * compile*.c build it, check*.c look it over, engine*.c walk it. Immutable once built. */
#ifndef ASKWELL_DIALOGUE_SCRIPT_H
#define ASKWELL_DIALOGUE_SCRIPT_H

#include "askwell/dialogue.h"
#include "askwell/engine.h"
#include "askwell/hash.h"

#include <stdatomic.h>
#include <stdint.h>

/* Caps that the run's masks and small integers rest on; the schema enforces the ones for lists. */
#define SCRIPT_STATES_MAX 64
#define SCRIPT_VARIABLES_MAX 32
#define SCRIPT_VARIANTS_MAX 16384
#define SCRIPT_LINES_MAX 32768
#define SCRIPT_RULES_MAX 8192
#define SCRIPT_OWNERS_MAX 8192
#define SCRIPT_SOURCES_MAX (4 + DIALOGUE_FRAGMENTS_MAX)
#define SCRIPT_PROMPTS_MAX 32
#define SCRIPT_LIST_MAX 64
#define SCRIPT_PHRASES_MAX 512
#define SCRIPT_NO_PHRASE SCRIPT_PHRASES_MAX /* what every message says */
#define SCRIPT_NONE (-1)

#define SCRIPT_BIT(index) ((uint64_t)1 << (index))
#define SCRIPT_ALL UINT64_MAX

enum condition_kind {
	CONDITION_TECHNIQUE,
	CONDITION_FAMILY,
	CONDITION_FORM,
	CONDITION_HAS,
	CONDITION_HAS_NOT,
	CONDITION_FLAG,
	CONDITION_TOPIC,
	CONDITION_FOLLOWS,
	CONDITION_PHRASE,
	CONDITION_FOCUS,
	CONDITION_ASKS,
	CONDITION_PREMATURE,
	CONDITION_PERMISSION,
	CONDITION_VARIABLE,
	CONDITION_COUNTER,
	CONDITION_DISCLOSED,
	CONDITION_NOT_DISCLOSED,
	CONDITION_LAST_DISCLOSED,
	CONDITION_OPEN_TOPIC,
	CONDITION_READY,
	CONDITION_STAGE,
	CONDITION_STATE,
	CONDITION_ALL,
	CONDITION_ANY,
	CONDITION_NOT
};

enum counter_kind {
	COUNTER_TURNS,
	COUNTER_DISCLOSED,
	COUNTER_ASKED,         /* index: technique */
	COUNTER_STREAK,        /* index: technique */
	COUNTER_STREAK_FAMILY, /* index: family */
	COUNTER_VISITS,        /* index: state */
	COUNTER_SINCE,         /* index: variable */
	COUNTER_RIGHT,
	COUNTER_SHOWN,
	COUNTER_TRIES,
	COUNTER_WORDS,
	COUNTER_QUESTIONS
};

struct condition {
	enum condition_kind kind;
	enum counter_kind counter;
	unsigned index;
	int least, most;
	unsigned count; /* of children */
	union {
		const struct condition *children;
		uint64_t mask; /* without any: bits of ids; PREMATURE and PERMISSION: 0 or 1 */
	};
};

struct script_line {
	const char *text;
	uint64_t cues; /* cues that it offers */
	uint16_t same; /* the first line of the dialogue with this text */
	bool template; /* holds {concern} */
};

struct script_variant {
	const struct condition *when; /* NULL: always */
	unsigned first_line, line_count;
	bool otherwise; /* only when no variant with a condition fits */
};

/* A range of dialogue.variants. */
struct script_lines {
	unsigned first, count;
};

struct script_change {
	unsigned variable;
	int amount;
	bool absolute;
};

struct script_changes {
	const struct script_change *changes;
	size_t count;
};

enum disclose {
	DISCLOSE_NOTHING,
	DISCLOSE_NAMED,
	DISCLOSE_DEEPER,
	DISCLOSE_NEXT,
	DISCLOSE_SHORT,
	DISCLOSE_AGAIN,
	DISCLOSE_ID,
	DISCLOSE_TOPIC
};
enum go { GO_NOWHERE, GO_STATE, GO_STAGE, GO_HISTORY };

#define FEEDBACK_OF_PACK (-1)
#define FEEDBACK_NONE (-2)

/* Where a part is written: it may come from a fragment. */
struct script_written {
	const char *file;
	const char *pointer;
};

/* What most messages fail by, looked at before a rule. */
struct script_gate {
	uint64_t topics;         /* 0, or a message that names none of them cannot match; likewise */
	uint64_t follows, flags; /* cues and flags */
	uint64_t told, untold;   /* disclosures without which, or with any of which, it cannot match */
	uint64_t phrases;        /* a message that says nothing of these lists cannot match: bits, the lowest for */
	uint16_t first_phrase;   /* this list */
	uint16_t variable;       /* this one has to lie */
	int16_t least, most;     /* between these */
};

struct script_rule {
	const struct condition *when;
	uint64_t topics; /* of which a message has to name one; 0: none in particular */
	struct script_lines client, guide;
	enum disclose disclose;
	unsigned disclosure; /* DISCLOSE_ID; DISCLOSE_TOPIC: the topic */
	unsigned number;     /* across all levels: the bit that `once` uses */
	bool once, grant;
	bool loose; /* knows the kind of message, and not much of what it says or when: a follow-up comes before it */
	bool go_on; /* its lines come first, and the rules after it answer the rest */
	bool right; /* the exercise is done well */
	bool free;  /* does not count as a try */
	enum go go;
	unsigned target; /* state or stage */
	int feedback;    /* index, FEEDBACK_OF_PACK or FEEDBACK_NONE */
	struct script_changes set;
	const char *id;
	const char *because;
	const char *pointer; /* where it stands once fragments are merged */
	struct script_written written;
	const char *const *samples;
	size_t sample_count;
	const char *const *near;
	size_t near_count;
};

struct script_rules {
	struct script_rule *rules;
	size_t count;
	/* Of each, side by side: most rules are passed by without a look at them. A message of a kind outside this mask
	 * (moment_kinds) cannot match, nor one that the gate keeps out. */
	uint64_t *kinds;
	struct script_gate *gates;
};

/* What an answer by example has to come after: owners of lines, none: anything. */
struct script_after {
	const uint16_t *owners;
	size_t count;
};

struct script_topic {
	const char *id, *name, *ask;
	struct technique_words *words;
	const char *const *word_texts; /* as written */
	size_t word_count;
	struct script_lines again;
	bool aside; /* whoever names it is not yet asking about something else */
};

/* What a trainee may say, as a condition names it: by an id, or written into the condition itself. */
struct script_phrases {
	const char *id; /* NULL: written into a condition */
	struct technique_words *words;
	const char *const *word_texts;
	size_t word_count;
};

struct script_cue {
	struct technique_words *words;
	bool feeling;
};

/* What opens a disclosure, as a question to the primary label. */
struct script_opener {
	uint32_t techniques;
	unsigned families;
	bool open_questions;
};

struct script_disclosure {
	const char *id;
	struct script_written written;
	unsigned topic;
	int depth;
	const struct condition *needs;
	struct script_opener opened_by;
	struct script_lines client, brief;
	struct script_changes set;
	const char *reflect, *ask;
};

/* What a state of a drill asks for. Both are one variant, because an exercise comes once in a conversation. */
struct script_exercise {
	struct script_lines task, line;
	const char *answer; /* one way to do it well */
	unsigned tries;
};

/* A question of the guide's about the conversation, for the trainee to think about. */
struct script_prompt {
	const char *id, *ask;
	const struct condition *when;
};

struct script_state {
	const char *id;
	const char *pointer;
	struct script_written written;
	unsigned stage;
	struct script_lines enter;
	struct script_rules rules;
	bool final;
};

struct script_stage {
	unsigned order;      /* in the model */
	unsigned focus;      /* bits of enum technique_focus */
	uint32_t techniques; /* that aim at this stage, whatever their focus */
	struct technique_words *words;
	const struct condition *ready, *done;
	struct script_lines late;
	struct script_rules rules;
	unsigned first_state, state_count;
	const char *listen_for, *move, *example;
};

struct script_ending {
	struct script_written written;
	const struct condition *when;
	bool automatic;
	struct script_lines client;
};

/* What a temperament says in some turns of a talk, whichever rule answers. */
struct script_aside {
	const struct condition *when;
	struct script_lines client;
};

struct dialogue {
	struct arena *arena;
	unsigned references; /* atomic */
	struct dialogue
		*single; /* of a side: the case that it was made from and has most things in common with, or NULL */
	struct technique_pack *pack;
	char hash[HASH_TEXT_SIZE]; /* once it was asked for */
	atomic_bool hashed;
	struct dialogue_source sources[SCRIPT_SOURCES_MAX];
	unsigned source_count;
	struct dialogue_info info;
	struct script_line *lines;
	size_t line_count, line_capacity;
	struct script_variant *variants;
	size_t variant_count, variant_capacity;
	struct script_topic *topics;
	size_t topic_count;
	struct script_cue *cues;        /* as many as info.cue_count */
	struct script_phrases *phrases; /* those with an id first */
	size_t phrase_count, phrase_capacity;
	struct technique_words_index *word_index; /* topics, and from SCRIPT_LIST_MAX on phrases */
	struct technique_words_index *cue_index;
	uint64_t feeling_cues;
	struct script_disclosure *disclosures; /* as many as info.disclosure_count */
	unsigned *disclosure_order;            /* by depth, then as written */
	struct script_state *states;
	size_t state_count;
	struct script_stage *stages;               /* as many as info.stage_count */
	struct technique_words_index *stage_index; /* NULL: no stage has words */
	struct script_exercise *exercises;         /* one for each state; as many as info.exercise_count */
	const char *const *shown_texts;            /* said with the answer when the tries are over */
	size_t shown_text_count;
	bool in_order;
	struct script_prompt *prompts;
	size_t prompt_count;
	struct script_rules rules, temperament_rules;
	size_t rule_count;              /* of all levels */
	struct script_rules follow_ups; /* all of them; each group is a part of it */
	const struct script_rules *follow_up_groups;
	size_t follow_up_group_count;
	const uint16_t *line_follow_ups; /* for each line: the group that asks on about it, plus one; 0: none */
	size_t line_follow_up_count;
	/* Answers by example: rules that wait for a sentence near to one of their examples. */
	struct script_rules answers;
	const struct script_after *afters; /* of each answer */
	struct technique_examples *examples;
	const uint16_t *example_answers; /* of each example: index of its answer */
	const char *const *example_texts;
	size_t example_count;
	/* Of each line: who says it, as far as some answer asks: an index from 1; 0: nobody in particular. And whose story it
	 * is: a follow-up tells on what its lines belong to. */
	const uint16_t *line_owners, *line_stories;
	size_t owner_count;
	uint64_t told_topics;          /* that some disclosure belongs to, but asides */
	struct script_ending *endings; /* as many as info.ending_count */
	struct engine_feedback *feedback;
	size_t feedback_count;
	struct script_lines opening, fallback;
	struct script_aside bridge;              /* before telling something that the question did not quite ask for */
	const struct script_aside *said_already; /* in place of lines that were all said of late */
	size_t said_already_count;
	unsigned start;
	int guarded; /* variable that counts down by itself, or SCRIPT_NONE */
};

#endif
