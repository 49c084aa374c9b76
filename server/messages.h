/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as lines of JSON, and the pack to read them with: shared by the verbs classify and lint. */
#ifndef ASKWELL_SERVER_MESSAGES_H
#define ASKWELL_SERVER_MESSAGES_H

#include "askwell/technique.h"

#include <jansson.h>
#include <stdio.h>

/* Compiles the pack in the file; a NULL `path` is techniques/en.json of the dialogues. Returns owned, or NULL after saying
 * on standard error what is wrong. */
struct technique_pack *messages_pack(const char *path);

/* "coaching" or "mentoring". */
bool messages_mode(const char *name, enum technique_mode *mode);

/* Fills in what the line says of `context` ("coachee" or "previous", "before", "mode") and leaves the rest. Borrows from
 * `object`, which may be NULL. Returns NULL, or what is wrong with the line. */
const char *messages_line(const json_t *object, struct technique_context *context);

/* What is done with one line. Returns NULL, or what is wrong with it. */
typedef const char *messages_visit(void *to, const json_t *object);

/* Each line that is not blank; those that cannot be used are named on standard error by `name` and number. Returns the
 * exit status: 0, 1 when there were such lines, 3 when reading or writing stopped. */
int messages_each(FILE *from, const char *name, messages_visit *visit, void *to);

#endif
