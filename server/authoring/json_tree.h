/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON text as a tree of places: what jansson does not keep (where each value stands, how its author broke the lines) is
 * all that the formatter and the edits by position need. Values stay in the text; nothing is decoded here but names, to
 * see that none is there twice. One thread at a time. */
#ifndef ASKWELL_AUTHORING_JSON_TREE_H
#define ASKWELL_AUTHORING_JSON_TREE_H

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

#define JSON_TREE_DEPTH 64
#define JSON_TREE_MAX ((size_t)4 * 1024 * 1024) /* bytes of text */

enum json_kind { JSON_KIND_OBJECT, JSON_KIND_LIST, JSON_KIND_TEXT, JSON_KIND_PLAIN };

struct json_node {
	enum json_kind kind;    /* JSON_KIND_PLAIN: a number, true, false or null */
	size_t start, end;      /* bytes of the text; of a text with its quotes */
	size_t name, name_end;  /* of a member's name with its quotes; both 0 elsewhere */
	struct json_node *up;   /* what it is a member or element of */
	struct json_node *next; /* the next in the same object or list */
	struct json_node *first;
	size_t count; /* members or elements */
	size_t width; /* the formatter's: columns on one line */
	bool broken;  /* the formatter's: its author began a new line after the bracket, here or further inside */
};

/* Strict JSON (RFC 8259) in UTF-8 and nothing else, at most JSON_TREE_MAX bytes and JSON_TREE_DEPTH deep, no member twice,
 * no half of a surrogate pair. The nodes live in `arena`. STATUS_INVALID with a text that begins with "LINE:COLUMN: ". */
enum status json_tree_parse(
	const char *text, size_t length, struct arena *arena, struct json_node **out, struct error *error) CHECKED;

/* What a quoted text between `start` and `end` says, in `arena`; its escapes have been checked. `length` may be NULL. */
char *json_tree_decode(const char *text, size_t start, size_t end, struct arena *arena, size_t *length);

/* Four hexadecimal digits. */
unsigned json_tree_unit(const char *digits);

/* The member of that name, or NULL: of anything but an object as well. */
struct json_node *json_tree_member(const char *text, const struct json_node *object, const char *name);

/* The value that a JSON Pointer names, or NULL. */
struct json_node *json_tree_find(const char *text, struct json_node *root, const char *pointer, struct arena *arena);

#endif
