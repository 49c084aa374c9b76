/* SPDX-License-Identifier: Apache-2.0 */
#include "versions.h"

#include "askwell/json_out.h"
#include "askwell/memory.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CAP = 256, DESCRIBED = 16 };

static const char *const part_names[3] = {"script", "model", "temperament"};

/* Only versions that are no longer in the library; few, and bounded all the same. */
struct versions {
	pthread_mutex_t lock;
	const struct dialogue *kept[CAP];
	size_t count, next; /* overwritten in turn when full */

	/* Bodies ready to be stored, so that starting a conversation does not write one out each time. Owner's thread. */
	struct {
		const struct dialogue *dialogue;
		struct buffer body;
	} described[DESCRIBED];
	size_t described_next;
};

struct versions *versions_new(void)
{
	struct versions *versions = memory_new(sizeof *versions);

	pthread_mutex_init(&versions->lock, NULL);
	return versions;
}

void versions_free(struct versions *versions)
{
	if (!versions)
		return;
	for (size_t i = 0; i < versions->count; i++)
		dialogue_release(versions->kept[i]);
	for (size_t i = 0; i < DESCRIBED; i++) {
		dialogue_release(versions->described[i].dialogue);
		buffer_clear(&versions->described[i].body);
	}
	pthread_mutex_destroy(&versions->lock);
	free(versions);
}

static bool is_version(const struct dialogue *dialogue, const struct store_session *session)
{
	return strcmp(dialogue_hash(dialogue), session->script_hash) == 0 &&
	       strcmp(technique_pack_version(dialogue_pack(dialogue)), session->pack_hash) == 0;
}

static const struct dialogue *kept(struct versions *versions, const struct store_session *session)
{
	const struct dialogue *found = NULL;

	pthread_mutex_lock(&versions->lock);
	for (size_t i = 0; i < versions->count && !found; i++)
		if (is_version(versions->kept[i], session))
			found = dialogue_hold(versions->kept[i]);
	pthread_mutex_unlock(&versions->lock);
	return found;
}

static void keep(struct versions *versions, const struct dialogue *dialogue)
{
	pthread_mutex_lock(&versions->lock);
	if (versions->count < CAP) {
		versions->kept[versions->count++] = dialogue_hold(dialogue);
	} else {
		dialogue_release(versions->kept[versions->next]);
		versions->kept[versions->next] = dialogue_hold(dialogue);
		versions->next = (versions->next + 1) % CAP;
	}
	pthread_mutex_unlock(&versions->lock);
}

static enum status corrupt(const struct store_session *session, struct error *error)
{
	return error_set(error, STATUS_CORRUPT, "version_unusable",
		"The stored version of \"%s\" that this conversation began with cannot be used. Its turns are safe; "
		"ask whoever runs this server to look at the log.",
		session->script);
}

static enum status compile_parts(const json_t *parts, const struct technique_pack *pack,
	const struct store_session *session, const struct dialogue **out, struct error *error)
{
	struct dialogue_source sources[3] = {{0}};
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	enum status status;

	for (size_t i = 0; i < 3; i++) {
		const json_t *text = json_object_get(parts, part_names[i]);

		sources[i] = (struct dialogue_source){part_names[i], json_string_value(text), json_string_length(text)};
	}
	if (sources[0].text && sources[1].text && sources[2].text &&
		dialogue_compile(&sources[0], &sources[1], &sources[2], pack, false, findings, &dialogue) ==
			STATUS_OK) {
		*out = dialogue;
		status = STATUS_OK;
	} else {
		status = corrupt(session, error);
	}
	findings_free(findings);
	return status;
}

static enum status compile_stored(const struct store_version *script, const struct store_version *pack_version,
	const struct store_session *session, const struct dialogue **out, struct error *error)
{
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL;
	json_t *parts = json_loadb(script->body, script->body_length, 0, NULL);
	enum status status;

	if (parts && technique_pack_compile(pack_version->id, pack_version->body, pack_version->body_length, false,
			     findings, &pack) == STATUS_OK)
		status = compile_parts(parts, pack, session, out, error);
	else
		status = corrupt(session, error);
	json_decref(parts);
	technique_pack_release(pack);
	findings_free(findings);
	return status;
}

enum status versions_get(struct versions *versions, const struct library *library, struct store_reader *reader,
	const struct store_session *session, const struct dialogue **out, struct error *error)
{
	const struct dialogue *current = library_find(library, session->script);
	struct store_version script, pack;
	struct arena *arena;
	enum status status;

	if (current && is_version(current, session)) {
		*out = dialogue_hold(current);
		return STATUS_OK;
	}
	*out = kept(versions, session);
	if (*out)
		return STATUS_OK;
	arena = arena_new(64 * 1024);
	status = store_read_version(reader, session->script_hash, arena, &script, error);
	if (status == STATUS_OK)
		status = store_read_version(reader, session->pack_hash, arena, &pack, error);
	if (status == STATUS_OK)
		status = compile_stored(&script, &pack, session, out, error);
	if (status == STATUS_OK)
		keep(versions, *out);
	arena_free(arena);
	return status;
}

static void write_body(const struct dialogue *dialogue, struct buffer *body)
{
	struct json_out json;

	json_out_init(&json, body);
	json_out_object(&json);
	for (unsigned i = 0; i < 3; i++) {
		const struct dialogue_source *source = dialogue_source_at(dialogue, i);

		json_out_key(&json, part_names[i]);
		json_out_bytes(&json, source->text, source->length);
	}
	json_out_object_end(&json);
}

static const struct buffer *body_of(struct versions *versions, const struct dialogue *dialogue)
{
	size_t at = versions->described_next;

	for (size_t i = 0; i < DESCRIBED; i++)
		if (versions->described[i].dialogue == dialogue)
			return &versions->described[i].body;
	versions->described_next = (at + 1) % DESCRIBED;
	dialogue_release(versions->described[at].dialogue);
	versions->described[at].dialogue = dialogue_hold(dialogue);
	buffer_reset(&versions->described[at].body);
	write_body(dialogue, &versions->described[at].body);
	return &versions->described[at].body;
}

void versions_describe(struct versions *versions, const struct dialogue *dialogue, struct store_version *script,
	struct store_version *pack)
{
	const struct technique_pack *language = dialogue_pack(dialogue);
	const struct buffer *body = body_of(versions, dialogue);

	*script = (struct store_version){
		dialogue_hash(dialogue), "dialogue", dialogue_info(dialogue)->id, body->data, body->length};
	*pack = (struct store_version){
		.hash = technique_pack_version(language), .kind = "pack", .id = technique_pack_language(language)};
	pack->body = technique_pack_source(language, &pack->body_length);
}
