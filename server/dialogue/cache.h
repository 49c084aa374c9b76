/* SPDX-License-Identifier: Apache-2.0 */
/* Parsed parts by where their text lies, that are shared. Any thread. */
#ifndef ASKWELL_DIALOGUE_CACHE_H
#define ASKWELL_DIALOGUE_CACHE_H

#include "askwell/dialogue.h"

#include <jansson.h>

/* A new reference to what was put for this text, or NULL. It must not be changed. */
json_t *cache_find(struct dialogue_cache *cache, const char *text);

/* Whether this text was found to be without mistakes of form. */
bool cache_is_clean(struct dialogue_cache *cache, const char *text);
void cache_set_clean(struct dialogue_cache *cache, const char *text);

/* Keeps a reference. A NULL cache keeps nothing. */
void cache_put(struct dialogue_cache *cache, const char *text, json_t *json);

#endif
