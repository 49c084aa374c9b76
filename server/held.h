/* SPDX-License-Identifier: Apache-2.0 */
/* What of a language pack held on each sentence of a message, for programs: points are fitted over it. Used by the verb
 * classify. */
#ifndef ASKWELL_SERVER_HELD_H
#define ASKWELL_SERVER_HELD_H

#include "askwell/json_out.h"
#include "askwell/technique.h"

/* Adds the member "sentences" to the object that is open in `json`: of each sentence its place in characters, the rule
 * that is sure of it, the default that stands, and the ids of the cues that held. */
void held_write(struct json_out *json, const char *text, const struct technique_explanation *explanation);

#endif
