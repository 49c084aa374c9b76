/* SPDX-License-Identifier: Apache-2.0 */
/* A drill file as the case that it is short for: one stage, a state for each exercise. */
#ifndef ASKWELL_DIALOGUE_DRILL_H
#define ASKWELL_DIALOGUE_DRILL_H

#include "diagnostic.h"

#include <jansson.h>

/* Model and temperament of every drill. */
#define DRILL_MODEL "exercise"
#define DRILL_TEMPERAMENT "exercise_guide"

bool drill_is(const json_t *json);

/* Changes a valid drill into a case, and notes where its parts are written. */
void drill_unfold(json_t *drill, const struct dialogue_source *source, struct arena *arena, struct origins *origins);

#endif
