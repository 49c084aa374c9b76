/* SPDX-License-Identifier: Apache-2.0 */
/* What of a language pack counts on real messages: how often each rule, default and cue held and won. */
#ifndef ASKWELL_SERVER_LINT_MESSAGES_H
#define ASKWELL_SERVER_LINT_MESSAGES_H

#include <stdbool.h>

/* `messages` is a file of JSON lines; a NULL `pack` is the English one of the dialogues. Prints a table, or one JSON
 * object a line. Returns the exit status. */
int lint_messages(const char *messages, const char *pack, bool json);

#endif
