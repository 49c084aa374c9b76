/* SPDX-License-Identifier: Apache-2.0 */
/* Recognises what a trainee just did, and says by which words and which rule.
 *
 * Pure: text and context in, labels out; no clock, no I/O, no hidden state. The ids of the taxonomy are below because
 * they are ours in every language; everything else (rules, names, reasons, feedback) is data in a language pack
 * (dialogues/techniques/LANGUAGE.json). A pack is immutable and may be shared by threads; each thread brings its own
 * scratch. Knows nothing of scripts, stores or sockets. Taxonomy, cues and precedence: README of dialogues. */
#ifndef ASKWELL_TECHNIQUE_H
#define ASKWELL_TECHNIQUE_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/findings.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TECHNIQUE_TEXT_MAX 16384 /* bytes: 4,000 characters of UTF-8 at most */

enum technique_id {
	TECHNIQUE_UNCLASSIFIED,
	TECHNIQUE_OPEN_QUESTION,
	TECHNIQUE_CLOSED_QUESTION,
	TECHNIQUE_LEADING_QUESTION,
	TECHNIQUE_MULTIPLE_QUESTIONS, /* a modifier: appears as a flag, never as primary */
	TECHNIQUE_WHY_QUESTION,
	TECHNIQUE_SCALING_QUESTION,
	TECHNIQUE_HYPOTHETICAL_QUESTION,
	TECHNIQUE_FUTURE_QUESTION,
	TECHNIQUE_CLARIFYING_QUESTION,
	TECHNIQUE_COMMITMENT_QUESTION,
	TECHNIQUE_LEARNING_QUESTION,
	TECHNIQUE_PERMISSION_QUESTION,
	TECHNIQUE_ADVICE_IN_QUESTION,
	TECHNIQUE_SIMPLE_REFLECTION,
	TECHNIQUE_COMPLEX_REFLECTION,
	TECHNIQUE_SUMMARY,
	TECHNIQUE_AFFIRMATION,
	TECHNIQUE_EMPATHY,
	TECHNIQUE_MINIMAL_ENCOURAGER,
	TECHNIQUE_CHALLENGE,
	TECHNIQUE_INFORMATION,
	TECHNIQUE_SELF_DISCLOSURE,
	TECHNIQUE_ADVICE_DIRECT,
	TECHNIQUE_REASSURANCE,
	TECHNIQUE_JUDGEMENT,
	TECHNIQUE_CONTRACTING,
	TECHNIQUE_STRUCTURING,
	TECHNIQUE_SMALL_TALK,
	TECHNIQUE_OFF_TOPIC,
	TECHNIQUE_COUNT
};

enum technique_family {
	TECHNIQUE_OTHER,
	TECHNIQUE_QUESTION,
	TECHNIQUE_REFLECTION,
	TECHNIQUE_INPUT,
	TECHNIQUE_FAMILY_COUNT
};
enum technique_form { TECHNIQUE_FORM_NONE, TECHNIQUE_FORM_OPEN, TECHNIQUE_FORM_CLOSED, TECHNIQUE_FORM_COUNT };
enum technique_mode { TECHNIQUE_COACHING, TECHNIQUE_MENTORING };

/* Things about the message as a whole. The first four and the last are found here, from one message and its context;
 * premature_stage and ignored_feeling by the engine, which knows the character. */
enum technique_flag_id {
	TECHNIQUE_FLAG_STACKED, /* = multiple_questions */
	TECHNIQUE_FLAG_JARGON,
	TECHNIQUE_FLAG_LONG_MESSAGE,
	TECHNIQUE_FLAG_PARROTING,
	TECHNIQUE_FLAG_INTERROGATION_STREAK,
	TECHNIQUE_FLAG_PREMATURE_STAGE,
	TECHNIQUE_FLAG_IGNORED_FEELING,
	TECHNIQUE_FLAG_PERMITTED, /* telling inside a window that the trainee asked for */
	TECHNIQUE_FLAG_COUNT
};

/* The function that a question serves, the second axis beside the technique (model files map these to stages). */
enum technique_focus {
	TECHNIQUE_FOCUS_NONE,
	TECHNIQUE_FOCUS_GOAL,
	TECHNIQUE_FOCUS_REALITY,
	TECHNIQUE_FOCUS_FEELING,
	TECHNIQUE_FOCUS_STRENGTHS,
	TECHNIQUE_FOCUS_OPTIONS,
	TECHNIQUE_FOCUS_OBSTACLES,
	TECHNIQUE_FOCUS_WILL,
	TECHNIQUE_FOCUS_LEARNING,
	TECHNIQUE_FOCUS_COUNT
};

/* What kind of answer a question asks for, by its words. */
enum technique_asks {
	TECHNIQUE_ASKS_NONE,   /* it asks nothing */
	TECHNIQUE_ASKS_MORE,   /* to go on, to be told about it */
	TECHNIQUE_ASKS_CHOICE, /* which, this or that */
	TECHNIQUE_ASKS_YES_NO,
	TECHNIQUE_ASKS_WHO,
	TECHNIQUE_ASKS_WHEN,
	TECHNIQUE_ASKS_WHERE,
	TECHNIQUE_ASKS_HOW_LONG, /* how long, since when */
	TECHNIQUE_ASKS_HOW_MANY, /* a number, an amount, how often, how sure */
	TECHNIQUE_ASKS_WHY,      /* a reason, a cause, what stops them */
	TECHNIQUE_ASKS_FEELING,  /* how it feels, what it is like for them */
	TECHNIQUE_ASKS_WISH,     /* what they want, hope for, need */
	TECHNIQUE_ASKS_STEP,     /* what they will, could or would do */
	TECHNIQUE_ASKS_EVENT,    /* what happened, what somebody did or said */
	TECHNIQUE_ASKS_MEANING,  /* what they think, make of it, mean, notice, take from it */
	TECHNIQUE_ASKS_HOW,      /* the way in which */
	TECHNIQUE_ASKS_WHAT,     /* any other what */
	TECHNIQUE_ASKS_COUNT
};

/* Stable ids as written in files and on the wire: "open_question", "question", "open", "stacked", "goal".
 * The form's name is "none" when there is none. The *_parse functions return false for an unknown id. */
const char *technique_name(enum technique_id id);
const char *technique_family_name(enum technique_family family);
const char *technique_form_name(enum technique_form form);
const char *technique_flag_name(enum technique_flag_id id);
const char *technique_focus_name(enum technique_focus focus);
const char *technique_asks_name(enum technique_asks asks);
bool technique_parse(const char *name, enum technique_id *id);
bool technique_family_parse(const char *name, enum technique_family *family);
bool technique_form_parse(const char *name, enum technique_form *form);
bool technique_flag_parse(const char *name, enum technique_flag_id *id);
bool technique_focus_parse(const char *name, enum technique_focus *focus);
bool technique_asks_parse(const char *name, enum technique_asks *asks);

/* The family that the taxonomy gives an id. A label may differ where the words do: "Shall we look at options?" is
 * structuring put as a closed question. */
enum technique_family technique_family_of(enum technique_id id);

/* judgement, advice_direct, reassurance, advice_in_question, leading_question, and self_disclosure in coaching. */
bool technique_is_spoiler(enum technique_id id, enum technique_mode mode);

struct technique_span {
	size_t start, end; /* bytes of the original text, end exclusive */
};

/* One observation that spoke for a label. */
struct technique_evidence {
	const char *cue;     /* cue or rule id in the pack */
	const char *because; /* plain language, from the pack */
	struct technique_span span;
	int points;
};

/* Either one rule was sure, or the sentence was voted on: every cue of the pack that holds gives points, and the
 * technique with the most names it. Then `evidence` lists what spoke for it, the strongest first. */
struct technique_label {
	enum technique_id technique;
	enum technique_family family;
	enum technique_form form;
	enum technique_focus focus;
	enum technique_asks asks;
	struct technique_span span; /* the segment (sentence) */
	struct technique_span cue;  /* the words that showed it; inside span */
	const char *rule;           /* rule or strongest cue id in the pack, "" for unclassified */
	const char *reason;         /* plain language, from the pack */
	int confidence;             /* 0 to 100 */
	/* The next likely one after a vote; of an unclassified label, what came nearest. TECHNIQUE_UNCLASSIFIED: none. */
	enum technique_id runner_up;
	const struct technique_evidence *evidence;
	size_t evidence_count;
};

struct technique_flag {
	enum technique_flag_id id;
	const char *reason;
	struct technique_span span;
};

struct technique_analysis {
	const struct technique_label *labels; /* in order of the text; at least one for any non-blank text */
	size_t label_count;
	const struct technique_label *primary; /* one of labels: what the coachee reacts to */
	const struct technique_flag *flags;
	size_t flag_count;
	const struct technique_span *picked_up; /* the coachee's own words in the trainee's text */
	size_t picked_up_count;
	unsigned question_count;
	unsigned word_count;
	const char
		*safety; /* safety rule id ("distress", "safeguarding") or NULL; then nothing else should be scored */
};

/* What went before. Zeroed is a valid, empty context. Everything is borrowed. */
struct technique_context {
	enum technique_mode mode;
	const char *coachee; /* the coachee's last lines, joined by spaces; NULL at the start */
	size_t coachee_length;
	const char *previous; /* the trainee's message before, or NULL */
	size_t previous_length;
	bool permission_open;     /* the coachee just said yes to being told something */
	unsigned question_streak; /* messages in a row with a question and no listening, before this one */
};

struct technique_pack;
struct technique_scratch;

/* Compiles a language pack. `file` is only named in findings. With any finding of severity error, returns
 * STATUS_INVALID and no pack. Returns one reference, owned. With `samples` it also runs every sample and near-miss of the
 * pack, and hostile input against every pattern: wanted for content that nobody has checked yet. */
enum status technique_pack_compile(const char *file, const char *text, size_t length, bool samples,
	struct findings *findings, struct technique_pack **out) CHECKED;
struct technique_pack *technique_pack_hold(const struct technique_pack *pack); /* one more reference; thread-safe */
void technique_pack_release(const struct technique_pack *pack);                /* NULL is allowed; thread-safe */

const char *technique_pack_language(const struct technique_pack *pack); /* "en" */
const char *technique_pack_version(const struct technique_pack *pack);  /* content hash */
const char *technique_pack_source(
	const struct technique_pack *pack, size_t *length); /* the text it was compiled from */

/* Words for people, from the pack. */
const char *technique_pack_name(const struct technique_pack *pack, enum technique_id id);    /* "Open question" */
const char *technique_pack_meaning(const struct technique_pack *pack, enum technique_id id); /* one line, or NULL */
const char *technique_pack_flag_name(const struct technique_pack *pack, enum technique_flag_id id);
const char *technique_pack_flag_reason(const struct technique_pack *pack, enum technique_flag_id id);
const char *technique_pack_safety_text(const struct technique_pack *pack, const char *safety); /* what the guide says */

/* Default feedback, templates with {character}, {words} (the coachee's words worth picking up) and {n}. */
struct technique_feedback {
	const char *what;        /* what happened */
	const char *why;         /* why it matters */
	const char *alternative; /* one other way to put it, used when the script offers none; may be NULL */
	bool strength;           /* something that worked */
	/* What would help more from the script: "ask" an open question, "reflect", or NULL. */
	const char *offer;
};
const struct technique_feedback *technique_pack_feedback(
	const struct technique_pack *pack, enum technique_id id, enum technique_mode mode);
const struct technique_feedback *technique_pack_flag_feedback(
	const struct technique_pack *pack, enum technique_flag_id id);

/* Working memory of one thread (match data, JIT stack, normalised text). Returns owned. */
struct technique_scratch *technique_scratch_new(void);
void technique_scratch_free(struct technique_scratch *scratch);

/* Analyses one message of valid UTF-8. Results live in `arena` and, for names and reasons, in the pack. Deterministic;
 * a pattern that runs into its match limit counts as not matching, and lint refuses such patterns.
 * Errors: STATUS_INVALID for blank text, STATUS_TOO_LARGE over TECHNIQUE_TEXT_MAX bytes. */
enum status technique_analyse(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context, struct arena *arena,
	struct technique_analysis *out) CHECKED;

/* Why a sentence is named as it is, for a person who asks: everything in the pack whose words stand in it, and how each
 * fared. What does not match is left out. */
enum technique_part { TECHNIQUE_PART_RULE, TECHNIQUE_PART_DEFAULT, TECHNIQUE_PART_CUE, TECHNIQUE_PART_COUNT };
enum technique_outcome {
	TECHNIQUE_WON,          /* the rule that named it, or a default or cue that gave points to what did */
	TECHNIQUE_LOST,         /* fits, and another came first or had more points */
	TECHNIQUE_OUT_OF_PLACE, /* the words are there, a condition does not hold */
	TECHNIQUE_SILENCED,     /* the words are there, and so are words of its "not" */
	TECHNIQUE_OUTCOME_COUNT
};
struct technique_trial {
	enum technique_part part;
	enum technique_outcome outcome;
	const char *id;
	const char *reason;
	enum technique_id technique; /* of a cue: TECHNIQUE_UNCLASSIFIED, its points say which */
	const int16_t *points;       /* TECHNIQUE_COUNT of them, or NULL: sure by itself */
	struct technique_span words; /* what matched; empty for a cue without words */
	const char *detail;          /* lost: to which rule or technique; out of place: why; silenced: by which words */
};
struct technique_sentence {
	struct technique_span span;
	const char *words;                   /* normalised, without its opening words, one space apart */
	const struct technique_label *label; /* the one that covers it, or NULL */
	const struct technique_trial *trials;
	size_t trial_count;
	const char *rule; /* the sure rule that named it, or NULL: the vote decided */
	/* The vote, counted even where a rule was sure. TECHNIQUE_UNCLASSIFIED: nothing had enough. */
	enum technique_id winner, runner_up;
	int points[TECHNIQUE_COUNT];
};
struct technique_explanation {
	const struct technique_sentence *sentences;
	size_t sentence_count;
	const int16_t *start;          /* the points that each technique begins with */
	int least, lead, lead_spoiler; /* what the winner of a vote needs, and before the next */
};

/* Analyses as technique_analyse() does and explains the outcome; the same errors, the same lifetimes. No sentences
 * where `safety` is set. Several times slower. */
enum status technique_explain(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context, struct arena *arena,
	struct technique_analysis *analysis, struct technique_explanation *out) CHECKED;

/* How often each rule, default and cue of a pack counts, over many messages. */
struct technique_tally_row {
	enum technique_part part;
	const char *id;
	size_t held;    /* sentences that it fits */
	size_t won;     /* of these, that it named; of what votes, that got a name to which it gave points */
	size_t decided; /* of these, that would have another name without it */
};
struct technique_tally;
struct technique_tally *technique_tally_new(const struct technique_pack *pack); /* borrows the pack; returns owned */
void technique_tally_free(struct technique_tally *tally);
/* Errors as of technique_analyse(). */
enum status technique_tally_add(struct technique_tally *tally, struct technique_scratch *scratch, const char *text,
	size_t length, const struct technique_context *context) CHECKED;
/* Rules, defaults, cues, in the order of the pack. */
const struct technique_tally_row *technique_tally_rows(const struct technique_tally *tally, size_t *count);

/* Warnings on what the pack could do without, judged by its own samples and near-misses: cues that change nothing,
 * patterns that no sample needs. Much of it is a matter of more samples. */
void technique_pack_review(const struct technique_pack *pack, const char *file, struct findings *findings);

/* Copies `text` to `out` with what looks like real people's data (e-mail, phone, postcode, NHS and NI numbers) replaced
 * by the pack's masks, before anything is stored. Returns how many were replaced. */
unsigned technique_mask(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, struct buffer *out);

/* Word lists of scripts (topics, cues). Words match whole words, case-insensitively, in the normalised text; "tire*"
 * matches by prefix, several words match as a phrase, over the end of a sentence only where the phrase is written so. With
 * a pack, which has to outlive the list, hurried spelling is put right first on both sides ("u" is "you"), except where a
 * prefix stands. */
struct technique_words;
enum status technique_words_compile(const char *const *words, size_t count, const struct technique_pack *pack,
	struct technique_words **out, struct error *error) CHECKED;
void technique_words_free(struct technique_words *words);
/* The first match in `text`. Thread-safe given separate scratches. */
bool technique_words_find(const struct technique_words *words, struct technique_scratch *scratch, const char *text,
	size_t length, struct technique_span *span);

/* Example messages of a script, and which of them a sentence is nearest to by its words. Borrows the pack. Returns owned. */
struct technique_examples;
struct technique_near {
	uint32_t example; /* index into the texts */
	int nearness;     /* 1 to 100; 100: the same words, in any order */
};
struct technique_examples *technique_examples_new(
	const char *const *texts, size_t count, const struct technique_pack *pack, struct technique_scratch *scratch);
void technique_examples_free(struct technique_examples *examples); /* NULL is allowed */
/* For each example the first that is made of the same words, be it itself; TECHNIQUE_NO_WORDS: it has none. */
#define TECHNIQUE_NO_WORDS UINT32_MAX
void technique_examples_alike(const struct technique_examples *examples, uint32_t *out);
/* Those that are `least` of 100 near to the sentence or nearer and share a word of content with it, or any word where it
 * has none, in no order; their number. In the arena. NULL examples: none. Thread-safe given separate scratches. */
size_t technique_examples_find(const struct technique_examples *examples, struct technique_scratch *scratch,
	const char *text, size_t length, int least, struct arena *arena, const struct technique_near **out);

/* Many lists looked up at once. Borrows the lists (NULL: an empty one), all compiled with the same pack. Returns owned. */
struct technique_words_index;
struct technique_words_index *technique_words_index_new(const struct technique_words *const *lists, size_t count);
void technique_words_index_free(struct technique_words_index *index);
/* Sets bit n % 64 of found[n / 64] for every list n that has a match, and clears none. A NULL index finds nothing. */
void technique_words_index_find(const struct technique_words_index *index, struct technique_scratch *scratch,
	const char *text, size_t length, uint64_t *found);

#endif
