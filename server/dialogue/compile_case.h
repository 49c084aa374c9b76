/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a case and of its model, one by one. */
#ifndef ASKWELL_DIALOGUE_COMPILE_CASE_H
#define ASKWELL_DIALOGUE_COMPILE_CASE_H

#include "compile.h"

/* Variables that a temperament may use and a case must declare. */
#define COMPILE_SHARED_VARIABLES 4
extern const char *const compile_shared_variables[COMPILE_SHARED_VARIABLES];

void compile_case(struct compiler *c, const json_t *script, const json_t *model);

/* Its stages with their states, from the model and the script, and what a drill has in them; the states' names are known. */
void compile_stages(struct compiler *c, const json_t *script, const json_t *model);

/* The member "words" of the object. */
struct technique_words *compile_words_of(struct compiler *c, const json_t *object, const struct place *up);

/* What the case is a side of; after compile_case(). */
void compile_contrast(struct compiler *c, const json_t *contrast);

/* The same for a dialogue that has all of the case already but its prompts. `script` is the case merged with them. */
void compile_side(struct compiler *c, const json_t *script, const json_t *contrast);

/* Findings in a model by itself. */
void compile_check_model(struct compiler *c, const json_t *model);

/* Reports rule ids that are used twice in a file. */
void compile_rule_ids(struct compiler *c, const struct script_rules *lists, size_t count);

#endif
