/* SPDX-License-Identifier: Apache-2.0 */
/* What people type when they practise, by what it is meant to be: for imagined trainees. */
#ifndef ASKWELL_AUTHORING_WALK_MESSAGES_H
#define ASKWELL_AUTHORING_WALK_MESSAGES_H

#include "askwell/technique.h"

struct walk_message {
	enum technique_id technique;
	enum technique_focus focus;
	const char *text;
};

/* The list of a language, empty for one that has none. */
const struct walk_message *walk_messages(const char *language, size_t *count);

/* Sentences around a topic word, with one "%s". */
const char *const *walk_topic_messages(const char *language, size_t *count);

/* What is hardly a message, and what is hard to read. */
const char *const *walk_odd_messages(size_t *count);

#endif
