/* SPDX-License-Identifier: Apache-2.0 */
/* What the checker can find: one table of stable codes, and one way to report them with their place. */
#ifndef ASKWELL_DIALOGUE_DIAGNOSTIC_H
#define ASKWELL_DIALOGUE_DIAGNOSTIC_H

#include "askwell/arena.h"
#include "askwell/dialogue.h"

enum diagnostic {
	DIAGNOSTIC_SYNTAX,
	DIAGNOSTIC_TOO_LARGE,
	DIAGNOSTIC_UNKNOWN_MEMBER,
	DIAGNOSTIC_MISSING_MEMBER,
	DIAGNOSTIC_WRONG_TYPE,
	DIAGNOSTIC_VALUE,
	DIAGNOSTIC_PART_MISSING,
	DIAGNOSTIC_LANGUAGE,
	DIAGNOSTIC_DUPLICATE_ID,
	DIAGNOSTIC_UNKNOWN_TOPIC,
	DIAGNOSTIC_UNKNOWN_CUE,
	DIAGNOSTIC_UNKNOWN_VARIABLE,
	DIAGNOSTIC_UNKNOWN_COUNTER,
	DIAGNOSTIC_UNKNOWN_DISCLOSURE,
	DIAGNOSTIC_UNKNOWN_STATE,
	DIAGNOSTIC_UNKNOWN_FEEDBACK,
	DIAGNOSTIC_UNKNOWN_STAGE,
	DIAGNOSTIC_VARIABLE_RANGE,
	DIAGNOSTIC_NEVER_HOLDS,
	DIAGNOSTIC_UNREACHABLE_STATE,
	DIAGNOSTIC_UNREACHABLE_ENDING,
	DIAGNOSTIC_NO_ENDING,
	DIAGNOSTIC_CLOSED_DISCLOSURE,
	DIAGNOSTIC_SHADOWED_RULE,
	DIAGNOSTIC_NO_PLAIN_VARIANT,
	DIAGNOSTIC_SAMPLE_MISSED,
	DIAGNOSTIC_SAMPLE_TAKEN,
	DIAGNOSTIC_NEAR_MATCHED,
	DIAGNOSTIC_WORDS,
	DIAGNOSTIC_TEMPLATE,
	DIAGNOSTIC_TEMPERAMENT_VARIABLE,
	DIAGNOSTIC_SILENT_RULE,
	DIAGNOSTIC_FOCUS_TWICE,
	DIAGNOSTIC_TOO_MANY,
	DIAGNOSTIC_UNKNOWN_PHRASE,
	DIAGNOSTIC_UNKNOWN_OWNER,
	DIAGNOSTIC_FEW_VARIANTS,
	DIAGNOSTIC_LONG_LINE,
	DIAGNOSTIC_UNREAD_VARIABLE,
	DIAGNOSTIC_UNANSWERED_SKILL,
	DIAGNOSTIC_UNUSED_FEEDBACK,
	DIAGNOSTIC_UNOFFERED_CUE,
	DIAGNOSTIC_READING_AGE,
	DIAGNOSTIC_GUARD_GAP,
	DIAGNOSTIC_ADVICE_REWARDED,
	DIAGNOSTIC_EXAMPLE_TAKEN,
	DIAGNOSTIC_COUNT
};

/* Where in a file: a chain of members and elements on the stack, written out as a JSON Pointer only for a finding. */
struct place {
	const struct place *up;
	const char *key; /* NULL: an element */
	size_t index;
};

struct place place_member(const struct place *up, const char *key);
struct place place_item(const struct place *up, size_t index);
char *place_pointer(const struct place *place, struct arena *arena);

/* A part of the script that was taken from another file: where it stands now, and where it is written. */
struct origin {
	const char *pointer;
	const struct dialogue_source *source;
	const char *original;
	size_t length; /* of the pointer */
	uint32_t hash; /* of the pointer */
	uint32_t next; /* 1 + index of the next one in its bucket; 0: none */
};

struct origins {
	struct origin *list;
	uint32_t *buckets;      /* by hash: 1 + index; `capacity` of them */
	size_t count, capacity; /* a power of two */
};

void origins_add(struct origins *origins, struct arena *arena, const char *pointer,
	const struct dialogue_source *source, const char *original);

/* Where findings go, and the file that they are about. */
struct reporter {
	struct findings *findings;
	const struct dialogue_source *source;
	const struct origins *origins; /* NULL: everything stands in `source` */
};

/* The file that the part at `pointer` is written in, and where in it; lives in the sources and `arena`. */
const struct dialogue_source *origin_written(
	const struct reporter *reporter, const char *pointer, struct arena *arena, const char **written);

/* Whether what stands at `place` was taken over from another file. */
bool reporter_is_elsewhere(const struct reporter *reporter, const struct place *place);

/* `remedy` NULL: the table's. `place` NULL: the whole file. */
void report(const struct reporter *reporter, enum diagnostic diagnostic, const struct place *place, const char *remedy,
	const char *format, ...) PRINTF_LIKE(5, 6);
void report_at(const struct reporter *reporter, enum diagnostic diagnostic, const char *pointer, const char *remedy,
	const char *format, ...) PRINTF_LIKE(5, 6);

/* At a line and column that are known, for text that is not JSON. */
void report_position(const struct reporter *reporter, enum diagnostic diagnostic, unsigned line, unsigned column,
	const char *format, ...) PRINTF_LIKE(5, 6);

/* Names that a misspelt one may have meant. */
struct names {
	const char *const *names;
	size_t count;
};

/* 'Did you mean "x"?', or a list of what there is, in the arena. */
const char *names_remedy(const struct names *names, const char *wrong, const char *what, struct arena *arena);

#endif
