/* SPDX-License-Identifier: Apache-2.0 */
/* A run's memory: one flat block, so that a copy is a memcpy and equality a memcmp. The tail's arrays are as long as the
 * case needs; their offsets travel in the block. */
#ifndef ASKWELL_DIALOGUE_RUN_H
#define ASKWELL_DIALOGUE_RUN_H

#include "script.h"

#define RUN_PREVIOUS_MAX 200 /* bytes of the message before that are kept to notice parroting */
#define RUN_SAID_MAX 12
#define RUN_EARLIER_MAX 4  /* owners of lines before the last that are still remembered */
#define RUN_NEVER 0xff     /* no state yet in a stage's history */
#define RUN_RECENT_MAX 128 /* lines said last; more than people hear within ENGINE_REPEAT_WINDOW */

struct engine_run {
	uint64_t random;
	uint64_t disclosed;
	uint64_t cues; /* offered by the character's last lines */
	uint64_t exercises, exercises_done, exercises_right;
	uint32_t size;
	uint32_t turns;
	uint32_t prompts; /* asked already */
	int16_t ending;
	int16_t topic;      /* open topic, or SCRIPT_NONE */
	int16_t disclosure; /* the last one made, or SCRIPT_NONE */
	int16_t said_topic; /* what {concern} was in the last lines */
	int16_t last_variant;
	uint16_t opening; /* the variant that the conversation opened with */
	uint16_t stages_visited, stages_done;
	uint16_t prompted; /* turn of the last prompt */
	uint16_t streak, family_streak, question_streak;
	uint8_t stage, state;
	uint8_t first_state;
	uint8_t tries; /* at the exercise at hand */
	uint8_t last_technique, last_family;
	uint8_t ended, permission;
	uint8_t said_count;
	uint8_t previous_length;
	uint16_t said[RUN_SAID_MAX]; /* lines of the character's last answer */
	/* Owners (script.h) of the last line, of the story that it tells on, and of what was said before; 0: none. */
	uint16_t just_said, story, earlier[RUN_EARLIER_MAX];
	/* The lines said last (the first of the same text, plus one) and the turn of each; a ring, of which `next_recent` is
	 * the oldest. 0: none. */
	uint16_t recent[RUN_RECENT_MAX], recent_turn[RUN_RECENT_MAX];
	uint16_t next_recent;
	uint16_t asked[TECHNIQUE_COUNT];
	uint8_t praised[TECHNIQUE_COUNT]; /* how often the pack's praise was due */
	char previous[RUN_PREVIOUS_MAX];
	uint16_t variable_count, cue_count, state_count, stage_count, fired_bytes, used_bytes, entry_count;
	uint16_t at_since, at_offered, at_visits, at_history, at_fired, at_used, at_entries;
	int16_t variables[];
};

static inline uint16_t *run_words(struct engine_run *run, uint16_t at)
{
	return (uint16_t *)(void *)((char *)run + at);
}

static inline uint8_t *run_bytes(struct engine_run *run, uint16_t at)
{
	return (uint8_t *)run + at;
}

/* Turn in which a rule last changed a variable; 0: never. */
static inline uint16_t *run_since(const struct engine_run *run)
{
	return run_words((struct engine_run *)run, run->at_since);
}

/* Turn after which a cue was last offered, plus one; 0: not, or followed already. */
static inline uint16_t *run_offered(const struct engine_run *run)
{
	return run_words((struct engine_run *)run, run->at_offered);
}

static inline uint16_t *run_visits(const struct engine_run *run)
{
	return run_words((struct engine_run *)run, run->at_visits);
}

static inline uint8_t *run_history(const struct engine_run *run)
{
	return run_bytes((struct engine_run *)run, run->at_history);
}

/* One bit a rule: a rule with `once` has answered. */
static inline uint8_t *run_fired(const struct engine_run *run)
{
	return run_bytes((struct engine_run *)run, run->at_fired);
}

/* One bit a variant: said already. */
static inline uint8_t *run_used(const struct engine_run *run)
{
	return run_bytes((struct engine_run *)run, run->at_used);
}

/* How often a feedback entry that praises was due. */
static inline uint8_t *run_entries(const struct engine_run *run)
{
	return run_bytes((struct engine_run *)run, run->at_entries);
}

static inline bool run_bit(const uint8_t *bits, unsigned index)
{
	return (bits[index / 8] >> (index % 8) & 1) != 0;
}

static inline void run_set_bit(uint8_t *bits, unsigned index, bool value)
{
	uint8_t bit = (uint8_t)(1U << (index % 8));
	bits[index / 8] = value ? (uint8_t)(bits[index / 8] | bit) : (uint8_t)(bits[index / 8] & ~bit);
}

/* A zeroed run with its arrays laid out, before anything happened. */
struct engine_run *run_new(const struct dialogue *dialogue);

/* Moves the run into a state and its stage. */
void run_enter(struct engine_run *run, const struct dialogue *dialogue, unsigned state);

/* Name of the topic that {concern} stands for; before any was opened, the case's first. */
const char *run_concern(const struct dialogue *dialogue, int topic);

/* What a template stands for. */
struct fill {
	const char *name; /* with its braces */
	const char *value;
};

/* `text` with its templates filled in; `text` itself when it has none. */
const char *run_fill(struct arena *arena, const char *text, const struct fill *fills, size_t count);

/* A line with its template filled in; the line's own text when it has none. */
const char *run_line(const struct dialogue *dialogue, unsigned line, int topic, struct arena *arena);

#endif
