/* SPDX-License-Identifier: Apache-2.0 */
#include "cache.h"

#include "askwell/memory.h"

#include <stdlib.h>

struct entry {
	const char *text;
	json_t *json;
	bool clean;
};

/* As many as there are files. */
struct dialogue_cache {
	struct entry *entries;
	size_t count, capacity;
	struct schema_tree *schemas;
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
	schema_tree_free(cache->schemas);
	free(cache->entries);
	free(cache);
}

static struct entry *entry_of(const struct dialogue_cache *cache, const char *text)
{
	for (size_t i = 0; cache != NULL && i < cache->count; i++)
		if (cache->entries[i].text == text)
			return &cache->entries[i];
	return NULL;
}

json_t *cache_find(const struct dialogue_cache *cache, const char *text)
{
	const struct entry *entry = entry_of(cache, text);
	return entry != NULL ? json_incref(entry->json) : NULL;
}

bool cache_is_clean(const struct dialogue_cache *cache, const char *text)
{
	const struct entry *entry = entry_of(cache, text);
	return entry != NULL && entry->clean;
}

void cache_set_clean(struct dialogue_cache *cache, const char *text)
{
	struct entry *entry = entry_of(cache, text);
	if (entry != NULL)
		entry->clean = true;
}

void cache_put(struct dialogue_cache *cache, const char *text, json_t *json)
{
	if (cache == NULL)
		return;
	if (cache->count == cache->capacity) {
		cache->capacity = cache->capacity == 0 ? 32 : cache->capacity * 2;
		cache->entries = memory_grow(cache->entries, cache->capacity, sizeof *cache->entries);
	}
	cache->entries[cache->count++] = (struct entry){text, json_incref(json), false};
}

const struct schema_tree *cache_schemas(struct dialogue_cache *cache)
{
	if (cache->schemas == NULL)
		cache->schemas = schema_tree_new();
	return cache->schemas;
}
