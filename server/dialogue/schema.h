/* SPDX-License-Identifier: Apache-2.0 */
/* Validates a file against the published schemas (dialogues/schema, compiled in) and reports everything at once. A subset
 * of JSON Schema 2020-12: type, properties, required, additionalProperties, items, enum, const, pattern, minimum,
 * maximum, minItems, maxItems, minLength, maxLength, anyOf, oneOf, $ref into the same schema or the script's. */
#ifndef ASKWELL_DIALOGUE_SCHEMA_H
#define ASKWELL_DIALOGUE_SCHEMA_H

#include "diagnostic.h"

#include <jansson.h>

/* Checks syntax, size and depth. Returns a new reference, or NULL and findings. */
json_t *schema_parse(const struct reporter *reporter);

/* Adds a finding for each violation; returns how many. */
size_t schema_validate(enum dialogue_kind kind, const json_t *instance, const struct reporter *reporter);

#endif
