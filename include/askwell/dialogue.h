/* SPDX-License-Identifier: Apache-2.0 */
/* A dialogue script, compiled: immutable, checked, identified by the hash of everything it was made of.
 *
 * A script names a model (its stages), a temperament (its default reactions) and the fragments that it extends (what it
 * shares with other scripts: a persona, everyday reactions); all of them compile into one dialogue. Pure: texts in, dialogue or findings out; reading folders is practice/library.c. A dialogue may be shared by
 * threads. The format is dialogues/README.md, the schemas are in dialogues/schema. */
#ifndef ASKWELL_DIALOGUE_H
#define ASKWELL_DIALOGUE_H

#include "askwell/findings.h"
#include "askwell/status.h"
#include "askwell/technique.h"

#include <stdbool.h>
#include <stddef.h>

#define DIALOGUE_SOURCE_MAX (1024 * 1024) /* bytes of one file */

struct dialogue;

enum dialogue_kind {
	DIALOGUE_KIND_UNKNOWN,
	DIALOGUE_KIND_SCRIPT, /* a case or a drill */
	DIALOGUE_KIND_MODEL,
	DIALOGUE_KIND_TEMPERAMENT,
	DIALOGUE_KIND_FRAGMENT,
	DIALOGUE_KIND_CONTRAST,
	DIALOGUE_KIND_PACK
};

/* One file's text. Borrowed; `file` is named in findings and may be relative. */
struct dialogue_source {
	const char *file;
	const char *text;
	size_t length;
};

#define DIALOGUE_FRAGMENTS_MAX 8

/* Files that were parsed, and what many cases share parsed and checked: models, temperaments, fragments. For as
 * long as their texts stay where they are. Any thread. */
struct dialogue_cache;
struct dialogue_cache *dialogue_cache_new(void);
void dialogue_cache_free(struct dialogue_cache *cache); /* NULL is allowed */

/* The files that one case is made of. Borrowed. A part that was not found is NULL: that is a finding. */
struct dialogue_sources {
	const struct dialogue_source *script, *model, *temperament;
	const struct dialogue_source
		*fragments[DIALOGUE_FRAGMENTS_MAX]; /* those that the script extends, in its order */
	size_t fragment_count;
	const struct dialogue_source *contrast; /* NULL: the case by itself; else as one side of this */
	struct dialogue_cache *cache;           /* NULL: everything is read anew */
};

/* What has to be known before compiling: which kind of file this is and what it needs. Strings live in `arena`; absent
 * ones are NULL. A file that does not parse gives STATUS_INVALID and findings; one that does is kept in the cache, which may
 * be NULL here and in dialogue_check_part(). */
struct dialogue_head {
	enum dialogue_kind kind;
	bool drill; /* a script of exercises */
	const char *id;
	const char *language;
	const char *model;
	const char *temperament;
	const char *const *extends;       /* ids of fragments, in order */
	size_t extend_count;              /* at most DIALOGUE_FRAGMENTS_MAX */
	const char *coaching, *mentoring; /* a contrast's two cases */
};
enum status dialogue_head(const struct dialogue_source *source, struct arena *arena, struct findings *findings,
	struct dialogue_cache *cache, struct dialogue_head *out) CHECKED;

/* The same as far as the first level of the file says it, without reading, or judging, what else is in it: for a file that
 * was checked before, or a guess at one that will be. False when it does not say kind and id. */
bool dialogue_glance(const struct dialogue_source *source, struct arena *arena, struct dialogue_head *out);

/* Compiles and checks. Any finding of severity error: STATUS_INVALID and no dialogue; warnings do not stop it. `thorough`
 * also runs the samples, near-misses and hostile inputs. Holds a reference on the pack. Returns one reference, owned. */
enum status dialogue_compile(const struct dialogue_sources *sources, const struct technique_pack *pack, bool thorough,
	struct findings *findings, struct dialogue **out) CHECKED;

/* Compiles a side of a contrast from the case by itself, which was compiled from the same parts and has not been shown to
 * anybody yet; it has in common with the case whatever the contrast does not change, and holds a reference on it. */
enum status dialogue_compile_side(const struct dialogue_sources *sources, const struct dialogue *single,
	struct findings *findings, struct dialogue **out) CHECKED;

/* Checks a model, temperament or fragment file by itself. */
void dialogue_check_part(const struct dialogue_source *source, const struct dialogue_head *head,
	const struct technique_pack *pack, struct findings *findings, struct dialogue_cache *cache);

/* What the checker can find, for explanations and for the test that each has a failing script. NULL past the last. */
struct dialogue_diagnostic {
	const char *code; /* stable: "D014" */
	enum finding_severity severity;
	const char *meaning;
	const char *remedy;
};
const struct dialogue_diagnostic *dialogue_diagnostic_at(size_t index);

struct dialogue *dialogue_hold(const struct dialogue *dialogue); /* thread-safe */
void dialogue_release(const struct dialogue *dialogue);          /* NULL is allowed; thread-safe */

const struct technique_pack *dialogue_pack(const struct dialogue *dialogue);
const char *dialogue_hash(const struct dialogue *dialogue); /* over all its sources (not the pack); any thread */

/* What it was compiled from, for keeping beside the sessions that use it: 0 script, 1 model, 2 temperament, then the
 * fragments in order, then the contrast that it is a side of (dialogue_info.contrast); NULL past the last. */
const struct dialogue_source *dialogue_source_at(const struct dialogue *dialogue, unsigned index);

struct dialogue_stage_info {
	const char *id;
	const char *name;
	const char *purpose;
};

struct dialogue_variable_info {
	const char *id;
	const char *label;
	int start, least, most;
	bool bookkeeping; /* the script's own; trainees are not shown how it changes */
};

struct dialogue_cue_info {
	const char *id;
	const char *why; /* why it was worth picking up */
};

struct dialogue_ending_info {
	const char *id;
	const char *title;
	const char *debrief;
};

/* A question for the trainee to answer in writing. */
struct dialogue_question {
	const char *id;
	const char *ask;
};

/* One line of a comparison that the trainee fills in, for coaching and for mentoring. */
struct dialogue_row {
	const char *id;
	const char *dimension;
	const char *hint; /* or NULL */
};

/* The same person met twice: what a case is a side of. */
struct dialogue_contrast {
	const char *id, *title, *about;
	const char *other; /* id of the dialogue that is the other side */
	const struct dialogue_question *between, *end;
	size_t between_count, end_count;
	const struct dialogue_row *rows;
	size_t row_count;
};

/* Everything a person is told before starting, and the names that a debrief needs. Borrowed from the dialogue. */
struct dialogue_info {
	const char *id, *title, *language, *level, *content_note;
	enum technique_mode mode;
	bool drill;      /* exercises, one after the other */
	bool tutorial;   /* for somebody's first minutes here */
	int reading_age; /* years; of what the character and the brief say; 0: not known for the language */
	int minutes;
	const char *model_id, *model_name, *temperament_id;
	const char *character_name, *character_role;
	int character_age;         /* 0: not said */
	const char *about;         /* what the case is about, in one line */
	const char *situation;     /* who the coachee is and what brings them */
	const char *your_role;     /* what the trainee is here for */
	const char *aim;           /* what this case is good for practising */
	const char *const *skills; /* technique ids */
	size_t skill_count;
	const char *const *programmes; /* criterion ids */
	size_t programme_count;
	const struct dialogue_stage_info *stages;
	size_t stage_count;
	const struct dialogue_variable_info *variables;
	size_t variable_count;
	const struct dialogue_cue_info *cues;
	size_t cue_count;
	const struct dialogue_ending_info *endings;
	size_t ending_count;
	size_t disclosure_count;
	const char *const *exercises; /* ids; a drill's */
	size_t exercise_count;
	unsigned asked;                          /* exercises of one conversation */
	const struct dialogue_question *prompts; /* that the guide may ask on the way */
	size_t prompt_count;
	const struct dialogue_contrast *contrast; /* or NULL */
};
const char *dialogue_mode_name(const struct dialogue_info *info); /* "coaching", "mentoring", "drill" */
const struct dialogue_info *dialogue_info(const struct dialogue *dialogue);

/* How deep a disclosure lies, from 1 (surface) to 4 (core); 0 for an unknown id. */
int dialogue_disclosure_depth(const struct dialogue *dialogue, const char *disclosure);

#endif
