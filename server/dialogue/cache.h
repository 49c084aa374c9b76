/* SPDX-License-Identifier: Apache-2.0 */
/* Parsed parts by where their text lies, and parsed schemas. */
#ifndef ASKWELL_DIALOGUE_CACHE_H
#define ASKWELL_DIALOGUE_CACHE_H

#include "askwell/dialogue.h"

#include <jansson.h>

/* A new reference to what was put for this text, or NULL. It must not be changed. */
json_t *cache_find(const struct dialogue_cache *cache, const char *text);

/* Keeps a reference. A NULL cache keeps nothing. */
void cache_put(struct dialogue_cache *cache, const char *text, json_t *json);

#endif
