/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a library, once it is loaded. */
#include "library_load.h"

#include <string.h>

size_t library_count(const struct library *library)
{
	return library->demand ? demand_count(library) : library->dialogue_count;
}

const struct dialogue *library_at(const struct library *library, size_t index)
{
	return library->demand ? demand_at(library, index) : library->dialogues[index];
}

const struct dialogue *library_find(const struct library *library, const char *id)
{
	if (library->demand)
		return demand_find(library, id);
	for (size_t i = 0; i < library->dialogue_count; i++)
		if (strcmp(dialogue_info(library->dialogues[i])->id, id) == 0)
			return library->dialogues[i];
	return NULL;
}

bool library_is_ready(const struct library *library, const char *id)
{
	return !library->demand || demand_is_ready(library, id);
}

bool library_is_drill(const struct library *library, size_t index)
{
	return library->demand ? demand_is_drill(library, index) : dialogue_info(library->dialogues[index])->drill;
}

const char *library_id_at(const struct library *library, size_t index)
{
	return library->demand ? demand_id(library, index) : dialogue_info(library->dialogues[index])->id;
}

const struct technique_pack *library_pack(const struct library *library, const char *language)
{
	if (library && library->demand)
		return demand_pack(library, language);
	for (size_t i = 0; library && i < library->pack_count; i++)
		if (strcmp(technique_pack_language(library->packs[i]), language) == 0)
			return library->packs[i];
	return NULL;
}

const struct technique_pack *library_pack_version(const struct library *library, const char *version)
{
	if (library && library->demand)
		return demand_pack_version(library, version);
	for (size_t i = 0; library && i < library->pack_count; i++)
		if (strcmp(technique_pack_version(library->packs[i]), version) == 0)
			return library->packs[i];
	return NULL;
}

struct technique_pack *library_pack_take(const struct library *library, const char *language)
{
	const struct technique_pack *spoken = library_pack(library, language);
	const struct loaded_file *file = spoken ? NULL : find_pack_file((struct library *)library, language);
	struct technique_pack *pack = spoken ? technique_pack_hold(spoken) : NULL;
	struct findings *findings = findings_new();

	if (file && technique_pack_compile(file->source.file, file->source.text, file->source.length, false, findings,
			    &pack) != STATUS_OK)
		pack = NULL;
	findings_free(findings);
	return pack;
}

size_t library_file_count(const struct library *library)
{
	return library->file_count;
}

static bool contrast_served(const struct library *library, const char *id)
{
	for (size_t i = 0; i < library->dialogue_count; i++) {
		const struct dialogue_contrast *contrast = dialogue_info(library->dialogues[i])->contrast;

		if (contrast && strcmp(contrast->id, id) == 0)
			return true;
	}
	return false;
}

/* A file that no longer parses has no id; what it gave before is known by its name. */
static bool serves(const struct library *library, const struct loaded_file *file)
{
	if (file->head.kind == DIALOGUE_KIND_PACK)
		return library_pack(library, language_of(file)) != NULL;
	if (file->head.id && file->head.kind == DIALOGUE_KIND_CONTRAST)
		return contrast_served(library, file->head.id);
	if (file->head.id)
		return library_find(library, file->head.id) != NULL;
	for (size_t i = 0; i < library->dialogue_count; i++)
		if (strcmp(dialogue_source_at(library->dialogues[i], 0)->file, file->source.file) == 0)
			return true;
	return false;
}

void library_file_at(const struct library *library, size_t index, struct library_file *out)
{
	const struct loaded_file *file = &library->files[index];

	*out = (struct library_file){
		.file = file->source.file,
		.id = file->head.id,
		.kind = file->head.kind,
		.refused = findings_errors(file->findings) > 0,
		.in_service = library->demand || serves(library, file),
		.findings = file->findings,
	};
}
