/* SPDX-License-Identifier: Apache-2.0 */
/* One step in the making: shared by engine.c, speak.c, match.c, say.c, feedback.c and explain.c. */
#ifndef ASKWELL_DIALOGUE_STEP_H
#define ASKWELL_DIALOGUE_STEP_H

#include "moment.h"

#define STEP_LINES_MAX 48

struct step {
	const struct dialogue *dialogue;
	const struct engine_run *before;
	struct engine_run *run;                    /* the one being made */
	const struct technique_analysis *analysis; /* NULL at the opening and the end */
	const char *text;                          /* the message */
	struct technique_scratch *scratch;
	struct arena *arena;
	struct moment moment;
	struct engine_line *lines;
	size_t line_count;
	uint16_t said[RUN_SAID_MAX];
	uint8_t said_count;
	uint64_t cues_offered;
	uint64_t cues_late;                 /* named after they could still be picked up */
	uint64_t named;                     /* topics anywhere in the message */
	uint64_t stage_words;               /* stages that the message names in their own words */
	const struct technique_flag *flags; /* the analysis's and the engine's own */
	size_t flag_count;
	struct engine_reply *reply;
};

/* What a rule's `disclose` found. */
struct opening {
	enum disclose kind; /* DISCLOSE_ID: reveal; DISCLOSE_SHORT, DISCLOSE_AGAIN; DISCLOSE_NOTHING */
	unsigned disclosure, topic;
};

/* nearest.c: an answer by example, the example that the message is near to, how near, and how near it has to be. */
struct nearest {
	const struct script_rule *rule; /* NULL: none */
	const char *example;
	int nearness, needed;
};

struct answer {
	const struct script_rule *rule; /* NULL: the fallback */
	const struct script_rule *lead; /* answers before it, or NULL */
	enum engine_level level;
	struct opening opening;
	struct nearest nearest; /* ENGINE_ANSWER */
};

/* engine.c: a step before anything happened, and what of its message the rules ask for. The run being made is owned by
 * the caller. */
void step_begin(struct step *step, const struct dialogue *dialogue, const struct engine_run *before,
	struct arena *arena, struct engine_reply *out);
void step_hear(struct step *step, struct technique_scratch *scratch, const char *text, size_t length);

/* engine.c: what a rule does besides speaking. In a drill the guide tells whatever is not an exercise's own line. */
void step_change(struct step *step, const struct script_changes *changes);
void step_calm_down(struct step *step);
void step_go(struct step *step, const struct script_rule *rule);
enum engine_voice step_teller(const struct step *step);

/* speak.c: what comes first when a rule lets the rest of the message through; and what the answer says and does. */
void step_lead(struct step *step, const struct script_rule *rule);
void step_speak(struct step *step, const struct answer *answer);

/* match.c: whether a rule fits, and if not, for want of what. */
enum fit { FIT_YES, FIT_SPENT, FIT_CONDITION, FIT_NOTHING_TO_TELL };
enum fit match_rule(const struct step *step, const struct script_rule *rule, struct opening *opening);

/* The first that fits, or NULL; `leads`: one of those that let the rest of the message through may be it. */
const struct script_rule *match_first(
	const struct step *step, const struct script_rules *rules, bool leads, struct opening *opening);

/* The rules that are asked: those of each level, and the follow-ups to what was told last. */
#define MATCH_TOLD ((unsigned)ENGINE_BUILT_IN)
#define MATCH_LISTS (MATCH_TOLD + 1)
void match_lists(const struct step *step, const struct script_rules *out[MATCH_LISTS]);
enum engine_level match_level_of(unsigned list);

/* The first that fits, a follow-up where that one gives way; after a `lead`, the first that does not lead itself. */
void match_answer(const struct step *step, const struct script_rule *lead, struct answer *out);

/* nearest.c: the answer whose example some sentence of the message that asks is nearest to, if it is near enough to speak
 * in place of a rule that knows little, of one that knows this message, or of a story (then one that comes after what
 * was said, or nearly word for word); or the nearest that there is. */
enum nearest_than { NEAREST_THAN_LITTLE, NEAREST_THAN_KNOWN, NEAREST_THAN_STORY, NEAREST_AT_ALL };
bool nearest_find(const struct step *step, enum nearest_than than, struct nearest *out);

/* nearest.c: whose lines were said, for the next message. */
void nearest_remember(struct step *step);

/* say.c: chooses a variant by the seed, none twice before all were used; false when there is nothing to say. */
bool say(struct step *step, struct script_lines lines, enum engine_voice voice);
int say_choose(struct engine_run *run, const struct moment *moment, struct script_lines lines);
/* What of these lines could be said: something new, or only what was said within ENGINE_REPEAT_WINDOW turns, or nothing. */
enum say_news { SAY_NOTHING, SAY_AGAIN, SAY_NEWS };
enum say_news say_news(const struct step *step, struct script_lines lines);
/* The lines of these that were said last are what the next message is held against, though they are not said now. */
void say_stands(struct step *step, struct script_lines lines);
/* Nothing could be said of these lines but what was said last: nobody says the same thing twice in a row. */
bool say_would_repeat(const struct engine_run *run, const struct moment *moment, struct script_lines lines);
void say_variant(struct step *step, unsigned variant, enum engine_voice voice);
void say_text(struct step *step, const char *text, enum engine_voice voice);

/* Puts lines and cues into the reply and the run. */
void say_finish(struct step *step);

/* exercise.c: the first exercise of a drill; what a message did to the one at hand; whether all were done. */
unsigned exercise_begin(const struct dialogue *dialogue, struct engine_run *run, uint64_t seed);
void exercise_present(struct step *step, unsigned state);
void exercise_step(struct step *step, const struct script_rule *rule);
bool exercise_over(const struct engine_run *run);

/* feedback.c: the one point worth making about this message, or NULL. */
const struct engine_feedback *feedback_choose(struct step *step, const char *text, const struct script_rule *rule);

#endif
