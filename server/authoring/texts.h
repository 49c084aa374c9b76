/* SPDX-License-Identifier: Apache-2.0 */
/* Which values of a content file are language: found by the names of members, so that export and import agree. */
#ifndef ASKWELL_AUTHORING_TEXTS_H
#define ASKWELL_AUTHORING_TEXTS_H

#include "json_tree.h"

struct text_place {
	const char *pointer, *kind, *id, *part, *variant, *voice;
	const char *text; /* decoded */
	const struct json_node *node;
};

struct text_places {
	struct text_place *places; /* in the order of the file */
	size_t count;
};

/* Everything lives in `arena`, nodes in the tree. */
struct text_places texts_of(const char *text, const struct json_node *root, struct arena *arena);

/* "x" and eight digits of the text's hash: enough to tell whether somebody changed it. */
#define TEXT_CHECK_SIZE 10 /* with the NUL */
void text_check(const char *text, char out[TEXT_CHECK_SIZE]);

#endif
