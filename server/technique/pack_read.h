/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a pack's JSON with every mistake reported at its place. Used by the pack_*.c files only. */
#ifndef ASKWELL_TECHNIQUE_PACK_READ_H
#define ASKWELL_TECHNIQUE_PACK_READ_H

#include "pack.h"
#include "pack_findings.h"
#include "prepared.h"

#include <jansson.h>

#define PACK_POINTER_MAX 400
#define POINTS_MAX 1000

struct pack_block {
	const char *name;
	const char *pattern;
};

struct pack_reading {
	struct technique_pack *pack;
	struct pack_report report;
	char pointer[PACK_POINTER_MAX];
	size_t pointer_length;
	struct arena *passing; /* what nobody needs afterwards */
	struct pack_block *blocks;
	size_t block_count;
	struct pattern_workspace workspace;
	bool thorough; /* somebody waits for a verdict, not for the server to start */
	size_t pattern_capacity, aside_capacity, aside_ref_capacity;
	json_t *asides; /* numbers by source */
	struct prepared *prepared;
	size_t prepared_count, prepared_capacity;
	json_t *prepared_numbers; /* by source, blocks in place */
	struct normal normal;     /* working memory */
};

enum member_kind { MEMBER_TEXT, MEMBER_TEXTS, MEMBER_NUMBER, MEMBER_BOOLEAN, MEMBER_OBJECT, MEMBER_LIST, MEMBER_ANY };

struct member {
	const char *name;
	enum member_kind kind;
	bool needed;
};

/* Reports unknown, missing and wrong members of `object`; false when it is no object at all. The table ends with a row
 * without a name. */
bool read_members(struct pack_reading *reading, const json_t *object, const struct member *members);

/* The pointer goes into a member or element and comes back. */
size_t read_enter(struct pack_reading *reading, const char *name);
size_t read_enter_index(struct pack_reading *reading, size_t index);
void read_leave(struct pack_reading *reading, size_t before);

/* A member's text, kept in the pack's arena; NULL when absent or of another kind. */
const char *read_text(const struct pack_reading *reading, const json_t *object, const char *name);
long read_number(
	struct pack_reading *reading, const json_t *object, const char *name, long absent, long least, long most);
int read_choice(const json_t *object, const char *name); /* -1 absent, 0 false, 1 true */

void read_problem(struct pack_reading *reading, enum pack_problem problem, const char *format, ...) PRINTF_LIKE(3, 4);

enum group_use {
	GROUP_OF_RULE,     /* looked for in a sentence by label_try() */
	GROUP_IN_SENTENCE, /* by group_matches() in a sentence */
	GROUP_IN_MESSAGE   /* by group_matches() in the whole message */
};

/* Makes what the patterns of the rules become, on all processors, before the rules are read. */
void prepare_rules(struct pack_reading *reading, const json_t *root);

/* Compiles the members "patterns", "phrases", "whole", "also" and "not" of `object` into a group. */
struct pack_group read_group(struct pack_reading *reading, const json_t *object, uint32_t owner, enum group_use use);
/* One pattern by itself; its code is NULL after a mistake. */
struct pattern read_pattern(struct pack_reading *reading, const char *source, bool any_case);
/* A building block with the blocks in it put in place, after a trial compile. Returns owned, or NULL after a report. */
char *read_block(struct pack_reading *reading, const char *source);
/* A pattern for phrases: anywhere between word edges, or the whole text. */
const char *read_phrases(const struct pack_reading *reading, const json_t *list, bool whole);

void read_words(struct pack_reading *reading, const json_t *root);
void read_blocks(struct pack_reading *reading, const json_t *root);
void read_rules(struct pack_reading *reading, const json_t *root);
void read_wordings(struct pack_reading *reading, const json_t *root);
/* Points by technique; what is not named keeps what it has. */
void read_points(struct pack_reading *reading, const json_t *object, int16_t points[TECHNIQUE_COUNT]);
void read_people(struct pack_reading *reading, const json_t *root); /* names, reasons, feedback */

/* Runs every sample and near-miss. */
void pack_check(struct pack_reading *reading, const json_t *root);

#endif
