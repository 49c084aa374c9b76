/* SPDX-License-Identifier: Apache-2.0 */
/* Steps a conversation: one analysed utterance in, the coachee's answer and the next state out.
 *
 * Pure. A run is a small flat value (position, variables, counters, what was disclosed, which variants were used, the
 * generator's state); stepping makes a new one and leaves the old one as it was, so that nothing has to be undone when
 * a turn cannot be stored. Chosen by seed: the same dialogue, seed and turns give the same run everywhere.
 * Semantics follow W3C SCXML where they apply; the levels are state, stage, dialogue, temperament,
 * with follow-ups to what was just said before whatever knows only the kind of message, and answers by example where a
 * question is near enough to one that an author wrote down. */
#ifndef ASKWELL_ENGINE_H
#define ASKWELL_ENGINE_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/dialogue.h"
#include "askwell/status.h"
#include "askwell/technique.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct engine_run;

/* Messages within which a word of the coachee counts as picked up: coming back to it a little later is listening too. */
#define ENGINE_CUE_WINDOW 4

/* Turns within which a line said again is heard as such. */
#define ENGINE_REPEAT_WINDOW 25

enum engine_voice { ENGINE_CHARACTER, ENGINE_GUIDE };
enum engine_level {
	ENGINE_STATE,
	ENGINE_STAGE,
	ENGINE_DIALOGUE,
	ENGINE_FOLLOW_UP,
	ENGINE_ANSWER,
	ENGINE_TEMPERAMENT,
	ENGINE_BUILT_IN
};
const char *engine_level_name(
	enum engine_level level); /* "state", "stage", "dialogue", "follow_up", "answer", "temperament", "built_in" */

struct engine_line {
	enum engine_voice voice;
	const char *text; /* valid UTF-8, templates filled in */
};

struct engine_change {
	unsigned variable; /* index into dialogue_info.variables */
	int before, after;
};

/* One point of feedback, filled in: quote-ready sentences. */
struct engine_feedback {
	const char *id; /* feedback entry id of the script, or the technique's or flag's id */
	const char *what;
	const char *why;
	const char *alternative; /* one other way to put it, or NULL */
	const char *criterion;   /* competency or criterion id, or NULL */
	bool strength;
};

/* What became of the exercise that a message of a drill was meant for. */
enum engine_outcome { ENGINE_ASIDE, ENGINE_AGAIN, ENGINE_RIGHT, ENGINE_SHOWN };
const char *engine_outcome_name(enum engine_outcome outcome); /* "aside", "again", "right", "shown" */

struct engine_exercise {
	const char *id;
	enum engine_outcome outcome;
	unsigned right, done, of; /* of this conversation's exercises, this one included */
};

/* The name that stands for a rule where none fits. */
#define ENGINE_FALLBACK "fallback"

/* Everything that one step did, and why. Lives in the arena and the dialogue. Indices point into dialogue_info. */
struct engine_reply {
	const struct engine_line *lines;
	size_t line_count;
	const char *rule;     /* id of the rule that chose the lines */
	unsigned rule_number; /* for inventory_rule(); 0: nothing of the script's (fallback, opening, end, safety) */
	unsigned lead_number; /* the rule whose lines come first and that lets the rest through; 0: none */
	enum engine_level level;
	const char *because;       /* the rule in plain words */
	const char *disclosure;    /* id of what was revealed, or NULL */
	const char *const *topics; /* topics the trainee named */
	size_t topic_count;
	const unsigned *cues_offered; /* cues in the new lines */
	size_t cues_offered_count;
	const unsigned *cues_followed; /* cues picked up by this message */
	size_t cues_followed_count;
	const unsigned *cues_late; /* cues come back to after ENGINE_CUE_WINDOW; the coachee no longer reacts to that */
	size_t cues_late_count;
	const struct technique_flag *flags; /* the analysis's flags and the engine's own */
	size_t flag_count;
	const struct engine_change *changes; /* of the variables that trainees are shown */
	size_t change_count;
	const struct engine_feedback *feedback; /* NULL: nothing worth saying */
	unsigned stage_before, stage_after;
	const char *state;                      /* id of the state afterwards */
	int ending;                             /* index of the ending reached, or -1 */
	const struct engine_exercise *exercise; /* a drill's; else NULL */
	const char *prompt;                     /* id of the prompt that the guide's last line is, or NULL */
};

/* The seed of a drill carries which exercises are asked (a bit for each index of dialogue_info.exercises), so that a
 * conversation that repeats what was not right the last time is replayed from its seed like any other. None: the seed
 * chooses. */
#define ENGINE_EXERCISES_MAX 48
uint64_t engine_drill_seed(uint64_t exercises, uint64_t random);

/* A new run before the first turn. Returns owned; release with engine_free(). */
struct engine_run *engine_start(const struct dialogue *dialogue, uint64_t seed);

/* Where a rehearsal begins: a moment further on, as if the conversation had come there. What was told changes no variable:
 * they are set by themselves. */
struct engine_setting {
	const char *variable;
	int value;
};
struct engine_scene {
	const char *state; /* NULL: where the case begins */
	const struct engine_setting *settings;
	size_t setting_count;
	const char *const *told; /* ids of disclosures */
	size_t told_count;
};
/* STATUS_INVALID with a sentence when the case has no such state, variable or disclosure, or a value is out of range. */
enum status engine_start_at(const struct dialogue *dialogue, uint64_t seed, const struct engine_scene *scene,
	struct engine_run **out, struct error *error) CHECKED;

struct engine_run *engine_copy(const struct engine_run *run);
void engine_free(struct engine_run *run);
size_t engine_size(const struct engine_run *run); /* bytes, for measurement */
bool engine_equal(const struct engine_run *a, const struct engine_run *b);

/* The coachee's opening lines (no state changes). */
void engine_opening(
	const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena, struct engine_reply *out);

/* What the analyser needs to know about the conversation so far. Borrows from dialogue, run and arena. */
void engine_context(const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena,
	struct technique_context *out);

/* One utterance. `*after` is owned by the caller. Never fails on any analysed text: there is always a fallback.
 * STATUS_ENDED when the run has ended. `analysis->safety` set: the guide answers, the run does not move. */
enum status engine_step(const struct dialogue *dialogue, const struct engine_run *before,
	const struct technique_analysis *analysis, const char *text, size_t length, struct technique_scratch *scratch,
	struct arena *arena, struct engine_run **after, struct engine_reply *out) CHECKED;

/* How one rule of the four levels that are asked fared with one utterance. */
enum engine_fit {
	ENGINE_ANSWERED, /* the first that fits */
	ENGINE_LATE,     /* fits too; another came first */
	ENGINE_UNFIT
};
struct engine_trial {
	unsigned rule_number; /* for inventory_rule() */
	const char *rule;
	enum engine_level level;
	enum engine_fit fit;
	unsigned held;              /* its conditions that hold */
	const char *const *wanting; /* those that do not, in words: "trust is 2, wanted: at least 4" */
	unsigned wanting_count;
	bool wants_technique; /* one of those is the kind of message */
};
struct engine_explanation {
	const struct engine_trial *trials; /* in the order in which rules are asked */
	size_t count;
};

/* Why the rule that answers is that one, for authors: the matching of engine_step(), with every rule of the levels that
 * apply. Arguments and errors are the same; changes nothing. No trials where `analysis->safety` is set. */
enum status engine_explain(const struct dialogue *dialogue, const struct engine_run *before,
	const struct technique_analysis *analysis, const char *text, size_t length, struct technique_scratch *scratch,
	struct arena *arena, struct engine_explanation *out) CHECKED;

/* Unfit for want of one condition alone, while at least one other holds. */
bool engine_nearly(const struct engine_trial *trial);

/* Flags that need the character, so that an analysis never has them. */
bool engine_finds_flag(enum technique_flag_id id);

/* The trainee ends the conversation: the first ending whose condition holds says its closing lines. */
enum status engine_end(const struct dialogue *dialogue, const struct engine_run *before, struct arena *arena,
	struct engine_run **after, struct engine_reply *out) CHECKED;

/* A nudge without giving the answer away: what to listen for, the kind of move, the beginning of a sentence. `step` from
 * 0 to 2; the texts come from the current stage and the topic that is open. Does not change the run. */
struct engine_hint {
	const char *listen_for;
	const char *move;
	const char *example;
};
void engine_hint(
	const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena, struct engine_hint *out);

bool engine_ended(const struct engine_run *run);
int engine_ending(const struct engine_run *run); /* index or -1 */
unsigned engine_stage(const struct dialogue *dialogue, const struct engine_run *run);
const char *engine_state(const struct dialogue *dialogue, const struct engine_run *run);
int engine_variable(const struct engine_run *run, unsigned variable);
struct engine_exercise engine_exercises(const struct dialogue *dialogue, const struct engine_run *run); /* at hand */
bool engine_disclosed(const struct dialogue *dialogue, const struct engine_run *run, const char *disclosure);

/* A run as JSON (with a format version and the dialogue's hash) and back. A run saved under another hash or version, or
 * with values out of range, gives STATUS_CORRUPT. */
void engine_save(const struct dialogue *dialogue, const struct engine_run *run, struct buffer *out);
enum status engine_load(const struct dialogue *dialogue, const char *text, size_t length, struct engine_run **out,
	struct error *error) CHECKED;

#endif
