/* SPDX-License-Identifier: Apache-2.0 */
#include "cache.h"
#include "drill.h"
#include "schema.h"
#include "script.h"

#include "askwell/json_in.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum dialogue_kind kind;
} kinds[] = {
	{"dialogue", DIALOGUE_KIND_SCRIPT},
	{"model", DIALOGUE_KIND_MODEL},
	{"temperament", DIALOGUE_KIND_TEMPERAMENT},
	{"drill", DIALOGUE_KIND_SCRIPT},
	{"fragment", DIALOGUE_KIND_FRAGMENT},
	{"contrast", DIALOGUE_KIND_CONTRAST},
	{"pack", DIALOGUE_KIND_PACK},
};

static const char *head_text(const json_t *json, const char *member, struct arena *arena)
{
	return arena_text(arena, json_string_value(json_object_get(json, member)));
}

static void head_extends(const json_t *json, struct arena *arena, struct dialogue_head *out)
{
	const json_t *list = json_object_get(json, "extends");
	size_t count = json_array_size(list) < DIALOGUE_FRAGMENTS_MAX ? json_array_size(list) : DIALOGUE_FRAGMENTS_MAX;
	const char **ids = arena_array(arena, count, sizeof *ids);
	for (size_t i = 0; i < count; i++)
		if (json_is_string(json_array_get(list, i)))
			ids[out->extend_count++] = arena_text(arena, json_string_value(json_array_get(list, i)));
	out->extends = ids;
}

static void head_kind(const char *name, struct dialogue_head *out)
{
	for (size_t i = 0; name != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].name, name) == 0)
			out->kind = kinds[i].kind;
	out->drill = name != NULL && strcmp(name, "drill") == 0;
}

static void head_drill(struct dialogue_head *out)
{
	if (!out->drill)
		return;
	out->model = DRILL_MODEL;
	out->temperament = DRILL_TEMPERAMENT;
}

static bool is_key(const char *key, size_t length, const char *name)
{
	return length == strlen(name) && memcmp(key, name, length) == 0;
}

static const char **glance_member(struct dialogue_head *head, const char **kind, const char *key, size_t length)
{
	const struct {
		const char *name;
		const char **value;
	} members[] = {
		{"kind", kind},
		{"id", &head->id},
		{"language", &head->language},
		{"model", &head->model},
		{"temperament", &head->temperament},
		{"coaching", &head->coaching},
		{"mentoring", &head->mentoring},
	};
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		if (is_key(key, length, members[i].name))
			return members[i].value;
	return NULL;
}

static void glance_extends(struct json_in *in, struct arena *arena, struct dialogue_head *out)
{
	const char **ids = arena_array(arena, DIALOGUE_FRAGMENTS_MAX, sizeof *ids);
	size_t length;
	out->extends = ids;
	if (!json_in_array(in))
		return;
	while (json_in_item(in))
		if (out->extend_count == DIALOGUE_FRAGMENTS_MAX)
			json_in_skip(in);
		else if (json_in_text(in, arena, &ids[out->extend_count], &length))
			out->extend_count++;
		else
			return;
}

/* The rest of a file of its kind has nothing to add, and takes time. */
static bool glance_is_enough(const struct dialogue_head *head)
{
	if (head->id == NULL || head->language == NULL)
		return false;
	if (head->kind == DIALOGUE_KIND_SCRIPT)
		return head->extends != NULL && (head->drill || (head->model != NULL && head->temperament != NULL));
	if (head->kind == DIALOGUE_KIND_CONTRAST)
		return head->coaching != NULL && head->mentoring != NULL;
	return head->kind != DIALOGUE_KIND_UNKNOWN;
}

bool dialogue_glance(const struct dialogue_source *source, struct arena *arena, struct dialogue_head *out)
{
	struct json_in in;
	const char *key, *kind = NULL;
	size_t length, ignored;
	*out = (struct dialogue_head){0};
	json_in_init(&in, source->text, source->length);
	if (!json_in_object(&in))
		return false;
	while (!glance_is_enough(out) && json_in_key(&in, &key, &length)) {
		const char **value = glance_member(out, &kind, key, length);
		if (is_key(key, length, "extends"))
			glance_extends(&in, arena, out);
		else if (value != NULL)
			(void)json_in_text(&in, arena, value, &ignored);
		else
			json_in_skip(&in);
		head_kind(kind, out);
	}
	head_drill(out);
	return !in.bad && out->kind != DIALOGUE_KIND_UNKNOWN && out->id != NULL;
}

enum status dialogue_head(const struct dialogue_source *source, struct arena *arena, struct findings *findings,
	struct dialogue_cache *cache, struct dialogue_head *out)
{
	memset(out, 0, sizeof *out);
	struct reporter reporter = {findings, source, NULL};
	json_t *json = schema_parse(&reporter);
	if (json == NULL)
		return STATUS_INVALID;
	head_kind(json_string_value(json_object_get(json, "kind")), out);
	out->id = head_text(json, "id", arena);
	out->language = head_text(json, "language", arena);
	out->model = head_text(json, "model", arena);
	out->temperament = head_text(json, "temperament", arena);
	head_drill(out);
	out->coaching = head_text(json, "coaching", arena);
	out->mentoring = head_text(json, "mentoring", arena);
	head_extends(json, arena, out);
	if (out->kind != DIALOGUE_KIND_PACK)
		cache_put(cache, source->text, json);
	json_decref(json);
	return STATUS_OK;
}

struct dialogue *dialogue_hold(const struct dialogue *dialogue)
{
	struct dialogue *held = (struct dialogue *)dialogue;
	__atomic_add_fetch(&held->references, 1, __ATOMIC_RELAXED);
	return held;
}

static void release_case(struct dialogue *d)
{
	technique_words_index_free(d->cue_index);
	technique_words_index_free(d->stage_index);
	technique_examples_free(d->examples);
	for (size_t i = 0; i < d->info.stage_count; i++)
		technique_words_free(d->stages[i].words);
	for (size_t i = 0; i < d->topic_count; i++)
		technique_words_free(d->topics[i].words);
	for (size_t i = 0; i < d->info.cue_count; i++)
		technique_words_free(d->cues[i].words);
	for (size_t i = 0; i < d->phrase_count; i++)
		technique_words_free(d->phrases[i].words);
	free(d->phrases);
	free(d->lines);
	free(d->variants);
}

/* What it has of its own are the phrases that its prompts ask for. */
static void release_side(struct dialogue *d)
{
	for (size_t i = d->single->phrase_count; i < d->phrase_count; i++)
		technique_words_free(d->phrases[i].words);
	free(d->phrases);
	dialogue_release(d->single);
}

void dialogue_release(const struct dialogue *dialogue)
{
	struct dialogue *held = (struct dialogue *)dialogue;
	if (held == NULL || __atomic_sub_fetch(&held->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	technique_words_index_free(held->word_index);
	if (held->single != NULL)
		release_side(held);
	else
		release_case(held);
	technique_pack_release(held->pack);
	arena_free(held->arena);
}

const struct technique_pack *dialogue_pack(const struct dialogue *dialogue)
{
	return dialogue->pack;
}

/* Asked of the few scripts that somebody practises with, so it is not made when a library is loaded. */
const char *dialogue_hash(const struct dialogue *dialogue)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct dialogue *d = (struct dialogue *)dialogue;
	struct hash_part parts[SCRIPT_SOURCES_MAX];
	if (atomic_load_explicit(&d->hashed, memory_order_acquire))
		return d->hash;
	for (unsigned i = 0; i < d->source_count; i++)
		parts[i] = (struct hash_part){d->sources[i].text, d->sources[i].length};
	(void)pthread_mutex_lock(&lock);
	if (!atomic_load_explicit(&d->hashed, memory_order_relaxed))
		hash_parts(parts, d->source_count, d->hash);
	atomic_store_explicit(&d->hashed, true, memory_order_release);
	(void)pthread_mutex_unlock(&lock);
	return d->hash;
}

const struct dialogue_source *dialogue_source_at(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->source_count ? &dialogue->sources[index] : NULL;
}

const char *dialogue_mode_name(const struct dialogue_info *info)
{
	if (info->drill)
		return "drill";
	return info->mode == TECHNIQUE_MENTORING ? "mentoring" : "coaching";
}

const struct dialogue_info *dialogue_info(const struct dialogue *dialogue)
{
	return &dialogue->info;
}

int dialogue_disclosure_depth(const struct dialogue *dialogue, const char *disclosure)
{
	for (size_t i = 0; i < dialogue->info.disclosure_count; i++)
		if (strcmp(dialogue->disclosures[i].id, disclosure) == 0)
			return dialogue->disclosures[i].depth;
	return 0;
}
