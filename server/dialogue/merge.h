/* SPDX-License-Identifier: Apache-2.0 */
/* What a script takes over from the fragments that it extends. */
#ifndef ASKWELL_DIALOGUE_MERGE_H
#define ASKWELL_DIALOGUE_MERGE_H

#include "diagnostic.h"

#include <jansson.h>

/* A script that can be merged into while its parsed file stays as it is. Takes the reference; NULL stays NULL. */
json_t *merge_own(json_t *json);

/* Adds to `script` what it lacks of `fragment`, and notes in `origins` (in `arena`) where that is written. The script's own
 * comes first and wins: of topics, cues, disclosures, rules and feedback those with other ids are added behind its own; of
 * variables those with other names; of a stage that it treats the rules; whatever else only when it has nothing of that
 * name. */
void merge_fragment(json_t *script, const json_t *fragment, const struct dialogue_source *source, struct arena *arena,
	struct origins *origins);

/* Adds to `script` the prompts of `contrast` that are for its mode. */
void merge_contrast(json_t *script, const json_t *contrast, const struct dialogue_source *source, struct arena *arena,
	struct origins *origins);

#endif
