/* SPDX-License-Identifier: Apache-2.0 */
#include "versions.h"

#include "askwell/hash.h"
#include "askwell/json_out.h"
#include "askwell/log.h"
#include "askwell/memory.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAP = 256, DESCRIBED = 16, REPLACED = 16 };

static const char *const part_names[3] = {"script", "model", "temperament"};

/* A version that was compiled for a stored conversation, or could not be: then it is not tried again. */
struct kept_version {
	const struct dialogue *dialogue; /* NULL: it cannot be used */
	char script_hash[HASH_TEXT_SIZE];
	char pack_hash[HASH_TEXT_SIZE];
};

/* Only versions that are no longer in the library; few, and bounded all the same. */
struct versions {
	pthread_mutex_t lock;
	struct kept_version kept[CAP];
	size_t count, next; /* overwritten in turn when full */
	struct technique_pack *stand_in;
	char replaced[REPLACED][HASH_TEXT_SIZE]; /* packs that another stands in for; said so in the log */
	size_t replaced_count;

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
		dialogue_release(versions->kept[i].dialogue);
	for (size_t i = 0; i < DESCRIBED; i++) {
		dialogue_release(versions->described[i].dialogue);
		buffer_clear(&versions->described[i].body);
	}
	technique_pack_release(versions->stand_in);
	pthread_mutex_destroy(&versions->lock);
	free(versions);
}

void versions_stand_in(struct versions *versions, const struct technique_pack *pack)
{
	technique_pack_release(versions->stand_in);
	versions->stand_in = technique_pack_hold(pack);
}

static bool is_version(const struct dialogue *dialogue, const struct store_session *session)
{
	return strcmp(dialogue_hash(dialogue), session->script_hash) == 0 &&
	       strcmp(technique_pack_version(dialogue_pack(dialogue)), session->pack_hash) == 0;
}

/* `*out` is NULL for a version that is known to be unusable. */
static bool find_kept(struct versions *versions, const struct store_session *session, const struct dialogue **out)
{
	bool found = false;

	pthread_mutex_lock(&versions->lock);
	for (size_t i = 0; i < versions->count && !found; i++) {
		const struct kept_version *kept = &versions->kept[i];

		found = strcmp(kept->script_hash, session->script_hash) == 0 &&
			strcmp(kept->pack_hash, session->pack_hash) == 0;
		if (found)
			*out = kept->dialogue ? dialogue_hold(kept->dialogue) : NULL;
	}
	pthread_mutex_unlock(&versions->lock);
	return found;
}

static void keep(struct versions *versions, const struct store_session *session, const struct dialogue *dialogue)
{
	struct kept_version *kept;

	pthread_mutex_lock(&versions->lock);
	if (versions->count < CAP) {
		kept = &versions->kept[versions->count++];
	} else {
		kept = &versions->kept[versions->next];
		versions->next = (versions->next + 1) % CAP;
	}
	dialogue_release(kept->dialogue);
	kept->dialogue = dialogue ? dialogue_hold(dialogue) : NULL;
	(void)snprintf(kept->script_hash, sizeof kept->script_hash, "%s", session->script_hash);
	(void)snprintf(kept->pack_hash, sizeof kept->pack_hash, "%s", session->pack_hash);
	pthread_mutex_unlock(&versions->lock);
}

/* A pack takes longer to compile, and more memory, than all else: the scripts of one time share theirs. */
static struct technique_pack *find_pack(struct versions *versions, const struct library *library, const char *hash)
{
	const struct technique_pack *found = library_pack_version(library, hash);
	struct technique_pack *held;

	pthread_mutex_lock(&versions->lock);
	for (size_t i = 0; i < versions->count && !found; i++)
		if (versions->kept[i].dialogue && strcmp(versions->kept[i].pack_hash, hash) == 0)
			found = dialogue_pack(versions->kept[i].dialogue);
	held = found ? technique_pack_hold(found) : NULL;
	pthread_mutex_unlock(&versions->lock);
	return held;
}

static enum status corrupt(const struct store_session *session, struct error *error)
{
	return error_set(error, STATUS_CORRUPT, "version_unusable",
		"The stored version of \"%s\" that this conversation began with cannot be used. Its turns are safe; "
		"ask whoever runs this server to look at the log.",
		session->script);
}

/* The first error, for whoever is sent to the log; borrows from `line`. */
static const char *why_not(const struct findings *findings, struct buffer *line)
{
	for (size_t i = 0; i < findings_count(findings) && !line->length; i++)
		if (findings_at(findings, i)->severity == FINDING_ERROR)
			finding_print(findings_at(findings, i), line);
	if (!line->length)
		return "the stored text does not parse";
	line->data[line->length - 1] = '\0'; /* its newline */
	return line->data;
}

static void log_unusable(const struct store_session *session, const struct findings *findings)
{
	struct buffer line = {0};

	log_event(LOG_ERROR_LEVEL, "version_unusable", "script", session->script, "script_version",
		session->script_hash, "rules_version", session->pack_hash, "finding", why_not(findings, &line), NULL);
	buffer_clear(&line);
}

/* True for the first of the threads that ask. Of more packs than there is room for, some are named again. */
static bool first_replaced(struct versions *versions, const char *hash)
{
	bool first = true;

	pthread_mutex_lock(&versions->lock);
	for (size_t i = 0; i < versions->replaced_count && i < REPLACED && first; i++)
		first = strcmp(versions->replaced[i], hash) != 0;
	if (first)
		(void)snprintf(versions->replaced[versions->replaced_count++ % REPLACED], HASH_TEXT_SIZE, "%s", hash);
	pthread_mutex_unlock(&versions->lock);
	return first;
}

/* The labels are stored, so a pack is wanted for names and feedback only: when the pinned one is of a form that this
 * program no longer takes, today's pack of the language does. Said once. */
static struct technique_pack *replace_pack(struct versions *versions, const struct library *library,
	const struct store_version *stored, const struct findings *findings)
{
	struct technique_pack *today = library ? library_pack_take(library, stored->id) : NULL;
	struct buffer line = {0};

	if (!today && versions->stand_in && strcmp(technique_pack_language(versions->stand_in), stored->id) == 0)
		today = technique_pack_hold(versions->stand_in);
	if (!today)
		return NULL;
	if (first_replaced(versions, stored->hash))
		log_event(LOG_WARN_LEVEL, "rules_replaced", "language", stored->id, "rules_version", stored->hash,
			"instead", technique_pack_version(today), "finding", why_not(findings, &line), NULL);
	buffer_clear(&line);
	return today;
}

static struct dialogue_source stored_part(const char *name, const json_t *text)
{
	return (struct dialogue_source){name, json_string_value(text), json_string_length(text)};
}

static void compile_parts(
	const json_t *parts, const struct technique_pack *pack, struct findings *findings, const struct dialogue **out)
{
	struct dialogue_source texts[3 + DIALOGUE_FRAGMENTS_MAX], contrast;
	struct dialogue_sources sources = {&texts[0], &texts[1], &texts[2], {NULL}, 0, NULL, NULL};
	const json_t *fragments = json_object_get(parts, "fragments");
	struct dialogue *dialogue = NULL;
	bool whole = true;

	for (size_t i = 0; i < 3; i++)
		texts[i] = stored_part(part_names[i], json_object_get(parts, part_names[i]));
	for (size_t i = 0; i < json_array_size(fragments) && i < DIALOGUE_FRAGMENTS_MAX; i++) {
		texts[3 + i] = stored_part("fragment", json_array_get(fragments, i));
		sources.fragments[sources.fragment_count++] = &texts[3 + i];
	}
	for (size_t i = 0; i < 3 + sources.fragment_count; i++)
		whole = whole && texts[i].text;
	contrast = stored_part("contrast", json_object_get(parts, "contrast"));
	if (contrast.text)
		sources.contrast = &contrast;
	if (whole && dialogue_compile(&sources, pack, false, findings, &dialogue) == STATUS_OK)
		*out = dialogue;
}

static struct technique_pack *compile_pack(struct versions *versions, const struct library *library,
	const struct store_version *stored, struct findings *findings)
{
	struct findings *of_pack = findings_new();
	struct technique_pack *pack = NULL;

	if (technique_pack_compile(stored->id, stored->body, stored->body_length, false, of_pack, &pack) != STATUS_OK)
		pack = replace_pack(versions, library, stored, of_pack);
	if (!pack)
		findings_append(findings, of_pack);
	findings_free(of_pack);
	return pack;
}

static enum status compile_stored(struct versions *versions, const struct library *library, struct store_reader *reader,
	const struct store_session *session, const struct dialogue **out, struct error *error)
{
	struct arena *arena = arena_new(64 * 1024);
	struct findings *findings = findings_new();
	struct technique_pack *pack = find_pack(versions, library, session->pack_hash);
	struct store_version script, stored_pack;
	json_t *parts = NULL;
	enum status status = store_read_version(reader, session->script_hash, arena, &script, error);

	if (status == STATUS_OK && !pack)
		status = store_read_version(reader, session->pack_hash, arena, &stored_pack, error);
	if (status != STATUS_OK)
		goto out;
	if (!pack)
		pack = compile_pack(versions, library, &stored_pack, findings);
	parts = json_loadb(script.body, script.body_length, 0, NULL);
	if (parts && pack)
		compile_parts(parts, pack, findings, out);
	if (!*out)
		log_unusable(session, findings);
	keep(versions, session, *out);
out:
	json_decref(parts);
	technique_pack_release(pack);
	findings_free(findings);
	arena_free(arena);
	/* What is missing here is not the conversation, so it must not be reported as not found. */
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status versions_get(struct versions *versions, const struct library *library, struct store_reader *reader,
	const struct store_session *session, const struct dialogue **out, struct error *error)
{
	const struct dialogue *current = library ? library_find(library, session->script) : NULL;
	enum status status = STATUS_OK;

	*out = NULL;
	if (current && is_version(current, session)) {
		*out = dialogue_hold(current);
		return STATUS_OK;
	}
	if (!find_kept(versions, session, out)) {
		struct error missing = {0};

		status = compile_stored(versions, library, reader, session, out, &missing);
		if (status != STATUS_OK)
			*error = missing;
	}
	if (status == STATUS_OK && !*out)
		status = corrupt(session, error);
	return status;
}

static void put_source(struct json_out *json, const struct dialogue_source *source)
{
	json_out_bytes(json, source->text, source->length);
}

/* {"script", "model", "temperament", "fragments"?: [...], "contrast"?}: what was not used is not there, so that the bodies of
 * older versions are as they were. */
static void write_body(const struct dialogue *dialogue, struct buffer *body)
{
	struct json_out json;
	unsigned count = 3, end = 3;

	while (dialogue_source_at(dialogue, end))
		end++;
	if (dialogue_info(dialogue)->contrast)
		end--;
	json_out_init(&json, body);
	json_out_object(&json);
	for (unsigned i = 0; i < 3; i++) {
		json_out_key(&json, part_names[i]);
		put_source(&json, dialogue_source_at(dialogue, i));
	}
	if (end > 3) {
		json_out_key(&json, "fragments");
		json_out_array(&json);
		while (count < end)
			put_source(&json, dialogue_source_at(dialogue, count++));
		json_out_array_end(&json);
	}
	if (dialogue_info(dialogue)->contrast) {
		json_out_key(&json, "contrast");
		put_source(&json, dialogue_source_at(dialogue, end));
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
