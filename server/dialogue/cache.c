/* SPDX-License-Identifier: Apache-2.0 */
#include "cache.h"

#include "askwell/memory.h"

#include <stdlib.h>

struct entry {
	const char *text;
	json_t *json;
};

/* A few dozen at most: models, temperaments, fragments and five schemas. */
struct dialogue_cache {
	struct entry *entries;
	size_t count, capacity;
};

struct dialogue_cache *dialogue_cache_new(void)
{
	return memory_new(sizeof(struct dialogue_cache));
}

void dialogue_cache_free(struct dialogue_cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < cache->count; i++)
		json_decref(cache->entries[i].json);
	free(cache->entries);
	free(cache);
}

json_t *cache_find(const struct dialogue_cache *cache, const char *text)
{
	for (size_t i = 0; cache != NULL && i < cache->count; i++)
		if (cache->entries[i].text == text)
			return json_incref(cache->entries[i].json);
	return NULL;
}

void cache_put(struct dialogue_cache *cache, const char *text, json_t *json)
{
	if (cache == NULL)
		return;
	if (cache->count == cache->capacity) {
		cache->capacity = cache->capacity == 0 ? 32 : cache->capacity * 2;
		cache->entries = memory_grow(cache->entries, cache->capacity, sizeof *cache->entries);
	}
	cache->entries[cache->count++] = (struct entry){text, json_incref(json)};
}
