/* SPDX-License-Identifier: Apache-2.0 */
/* The published schemas, read once into a form that a file of thousands of values is quickly held against: references are
 * followed, names are found by hash, patterns are compiled. Immutable once made; any thread. */
#ifndef ASKWELL_DIALOGUE_SCHEMA_TREE_H
#define ASKWELL_DIALOGUE_SCHEMA_TREE_H

#include "askwell/dialogue.h"

#include <jansson.h>

/* What kinds of value there are, as bits; a whole number is a number, too. */
enum schema_type {
	SCHEMA_OBJECT = 1,
	SCHEMA_ARRAY = 2,
	SCHEMA_STRING = 4,
	SCHEMA_INTEGER = 8,
	SCHEMA_NUMBER = 16,
	SCHEMA_BOOLEAN = 32,
	SCHEMA_NULL = 64
};

struct schema_node;

/* Names by hash; `nodes` runs along with `names`, or is NULL. */
struct schema_names {
	const char **names;
	const struct schema_node **nodes;
	size_t count;
	uint16_t *slots; /* 1 + index; a power of two of them */
	uint32_t mask;
};

struct schema_node {
	const struct schema_node *target; /* of a reference; all else but `description` is the target's */
	const char *description;
	unsigned types;         /* bits; 0: any */
	const json_t *constant; /* NULL: none */
	struct schema_names choices, members;
	bool has_choices, closed; /* no members but `members` */
	const char **required;
	size_t required_count;
	const struct schema_node *items, *additional;
	const struct schema_node **branches;
	size_t branch_count;
	void *pattern; /* pcre2_code */
	/* Counts of characters or items, or NULL. */
	const json_t *least_length, *most_length, *least_items, *most_items;
	const json_t *minimum, *maximum;
};

/* The schema of a whole file. All of them are read when the first is asked for, and stay. */
const struct schema_node *schema_tree_root(enum dialogue_kind kind, bool drill);

/* Index in `names`, or -1. */
int schema_names_find(const struct schema_names *names, const char *name);

bool schema_matches(const struct schema_node *node, const char *text, size_t length);

#endif
