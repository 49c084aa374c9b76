/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/history.h"

#include "askwell/memory.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_LEAST = 4 };

struct collected {
	struct history_version *versions;
	size_t count, capacity;
};

static struct history_version *version_of(
	struct collected *all, const struct store_session *session, const struct library *library, struct arena *arena)
{
	const struct dialogue *now = library ? library_find(library, session->script) : NULL;

	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->versions[i].hash, session->script_hash) == 0)
			return &all->versions[i];
	if (all->count == all->capacity) {
		all->capacity = all->capacity ? all->capacity * 2 : 64;
		all->versions = memory_grow(all->versions, all->capacity, sizeof *all->versions);
	}
	all->versions[all->count] = (struct history_version){
		.script = arena_text(arena, session->script),
		.hash = arena_text(arena, session->script_hash),
		.first_ms = session->started_ms,
		.current = now && strcmp(dialogue_hash(now), session->script_hash) == 0,
		.file = now ? arena_text(arena, dialogue_source_at(now, 0)->file) : NULL,
	};
	return &all->versions[all->count++];
}

static int by_script(const void *left, const void *right)
{
	const struct history_version *a = left, *b = right;
	int order = strcmp(a->script, b->script);

	if (order)
		return order;
	return a->last_ms < b->last_ms ? 1 : a->last_ms > b->last_ms ? -1 : strcmp(a->hash, b->hash);
}

enum status history_read(struct store_reader *reader, const struct library *library, struct arena *arena,
	struct history *out, struct error *error)
{
	struct collected all = {0};
	struct history_version *kept;
	int64_t key = 0;
	bool found = true;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && found) {
		struct arena *one = arena_new(0);
		struct store_session session;

		status = store_read_next_session(reader, &key, one, &session, &found, error);
		if (status == STATUS_OK && found) {
			struct history_version *version = version_of(&all, &session, library, arena);

			version->conversations++;
			version->open += session.ended_ms == 0;
			if (session.started_ms < version->first_ms)
				version->first_ms = session.started_ms;
			if (session.started_ms > version->last_ms)
				version->last_ms = session.started_ms;
		}
		arena_free(one);
	}
	if (all.count)
		qsort(all.versions, all.count, sizeof *all.versions, by_script);
	kept = arena_array(arena, all.count, sizeof *kept);
	if (all.count)
		memcpy(kept, all.versions, all.count * sizeof *kept);
	*out = (struct history){kept, all.count};
	free(all.versions);
	return status;
}

static enum status find_version(
	const struct history *history, const char *hash, const struct history_version **out, struct error *error)
{
	size_t length = strlen(hash), matches = 0;

	for (size_t i = 0; length >= HASH_LEAST && i < history->count; i++)
		if (strncmp(history->versions[i].hash, hash, length) == 0) {
			*out = &history->versions[i];
			matches++;
		}
	if (matches == 1)
		return STATUS_OK;
	if (matches > 1)
		return error_set(error, STATUS_INVALID, "version_ambiguous",
			"More than one version begins with \"%.64s\". Give more digits of it.", hash);
	return error_set(error, STATUS_NOT_FOUND, "version_not_found",
		"No conversation was held with a version \"%.64s\". \"askwell versions\" lists those that are kept; "
		"give at least %d digits.",
		hash, HASH_LEAST);
}

/* The file of the library that has exactly this text. */
static const char *file_with(const struct library *library, const char *text, size_t length)
{
	for (size_t i = 0; library && i < library_count(library); i++) {
		const struct dialogue *dialogue = library_at(library, i);
		const struct dialogue_source *source;

		for (unsigned n = 0; (source = dialogue_source_at(dialogue, n)); n++)
			if (source->length == length && memcmp(source->text, text, length) == 0)
				return source->file;
	}
	return NULL;
}

struct parts {
	const struct library *library;
	struct arena *arena;
	struct history_part *list;
	size_t count;
};

static void add_part(struct parts *parts, const char *name, const json_t *text)
{
	size_t length = json_string_length(text);
	const char *now;

	if (!json_is_string(text))
		return;
	now = file_with(parts->library, json_string_value(text), length);
	parts->list[parts->count++] = (struct history_part){
		.name = name,
		.text = arena_copy(parts->arena, json_string_value(text), length),
		.length = length,
		.now = now ? arena_text(parts->arena, now) : NULL,
	};
}

enum status history_parts(struct store_reader *reader, const struct library *library, const struct history *history,
	const char *hash, struct arena *arena, struct history_part **out, size_t *count, struct error *error)
{
	const struct history_version *version = NULL;
	struct store_version stored = {0};
	const json_t *fragments;
	json_t *body = NULL;
	struct parts parts = {library, arena, NULL, 0};
	enum status status = find_version(history, hash, &version, error);

	*count = 0;
	if (status == STATUS_OK && version != NULL)
		status = store_read_version(reader, version->hash, arena, &stored, error);
	if (status != STATUS_OK)
		return status;
	body = json_loadb(stored.body, stored.body_length, 0, NULL);
	fragments = json_object_get(body, "fragments");
	parts.list = arena_array(arena, 4 + json_array_size(fragments), sizeof *parts.list);
	add_part(&parts, "script", json_object_get(body, "script"));
	add_part(&parts, "model", json_object_get(body, "model"));
	add_part(&parts, "temperament", json_object_get(body, "temperament"));
	for (size_t i = 0; i < json_array_size(fragments); i++)
		add_part(&parts, arena_format(arena, "fragment %zu", i + 1), json_array_get(fragments, i));
	add_part(&parts, "contrast", json_object_get(body, "contrast"));
	json_decref(body);
	*out = parts.list;
	*count = parts.count;
	if (parts.count > 0 && strcmp(parts.list[0].name, "script") == 0)
		return STATUS_OK;
	return error_set(error, STATUS_CORRUPT, "version_unusable", "What is kept of this version cannot be read.");
}
