/* SPDX-License-Identifier: Apache-2.0 */
#include "cache.h"

#include "askwell/memory.h"
#include "askwell/parallel.h"

#include <pthread.h>
#include <stdlib.h>

struct entry {
	const char *text;
	json_t *json;
	bool clean;
};

/* As many as there are files. */
struct dialogue_cache {
	pthread_mutex_t lock; /* guards what follows */
	struct entry *entries;
	size_t count, capacity;
};

struct dialogue_cache *dialogue_cache_new(void)
{
	struct dialogue_cache *cache = memory_new(sizeof *cache);
	(void)pthread_mutex_init(&cache->lock, NULL);
	return cache;
}

static void forget(void *user, size_t index)
{
	struct dialogue_cache *cache = user;
	json_decref(cache->entries[index].json);
}

void dialogue_cache_free(struct dialogue_cache *cache)
{
	if (cache == NULL)
		return;
	parallel_run(cache->count, forget, cache);
	(void)pthread_mutex_destroy(&cache->lock);
	free(cache->entries);
	free(cache);
}

static struct entry *entry_of(struct dialogue_cache *cache, const char *text)
{
	for (size_t i = 0; i < cache->count; i++)
		if (cache->entries[i].text == text)
			return &cache->entries[i];
	return NULL;
}

json_t *cache_find(struct dialogue_cache *cache, const char *text)
{
	if (cache == NULL)
		return NULL;
	(void)pthread_mutex_lock(&cache->lock);
	const struct entry *entry = entry_of(cache, text);
	json_t *json = entry != NULL ? json_incref(entry->json) : NULL;
	(void)pthread_mutex_unlock(&cache->lock);
	return json;
}

bool cache_is_clean(struct dialogue_cache *cache, const char *text)
{
	if (cache == NULL)
		return false;
	(void)pthread_mutex_lock(&cache->lock);
	const struct entry *entry = entry_of(cache, text);
	const bool clean = entry != NULL && entry->clean;
	(void)pthread_mutex_unlock(&cache->lock);
	return clean;
}

void cache_set_clean(struct dialogue_cache *cache, const char *text)
{
	if (cache == NULL)
		return;
	(void)pthread_mutex_lock(&cache->lock);
	struct entry *entry = entry_of(cache, text);
	if (entry != NULL)
		entry->clean = true;
	(void)pthread_mutex_unlock(&cache->lock);
}

void cache_put(struct dialogue_cache *cache, const char *text, json_t *json)
{
	if (cache == NULL)
		return;
	(void)pthread_mutex_lock(&cache->lock);
	if (cache->count == cache->capacity) {
		cache->capacity = cache->capacity == 0 ? 32 : cache->capacity * 2;
		cache->entries = memory_grow(cache->entries, cache->capacity, sizeof *cache->entries);
	}
	cache->entries[cache->count++] = (struct entry){text, json_incref(json), false};
	(void)pthread_mutex_unlock(&cache->lock);
}
