/* SPDX-License-Identifier: Apache-2.0 */
/* A library in which each case is compiled when it is first asked for. */
#include "library_load.h"

#include "askwell/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct place {
	const char *id;
	const struct loaded_file *script, *contrast; /* NULL: the case by itself */
	_Atomic(const struct dialogue *) dialogue;
	atomic_bool tried;
};

struct demand {
	pthread_mutex_t lock; /* of what is compiled meanwhile */
	bool closed;          /* all was compiled: nothing is added any more */
	struct place *places; /* in order of id */
	size_t count;
};

static int by_id(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return strcmp(a->id, b->id);
}

static void add_sides(struct library *library, struct demand *demand, const struct loaded_file *contrast)
{
	const char *const cases[2] = {contrast->head.coaching, contrast->head.mentoring};
	static const char *const modes[2] = {"coaching", "mentoring"};

	for (size_t i = 0; i < 2; i++) {
		struct place *place = &demand->places[demand->count];

		place->script = find_file(library, DIALOGUE_KIND_SCRIPT, cases[i]);
		place->contrast = contrast;
		place->id = arena_format(library->arena, "%s.%s", contrast->head.id, modes[i]);
		demand->count += place->script != NULL;
	}
}

void demand_make(struct library *library)
{
	struct demand *demand = memory_new(sizeof *demand);

	pthread_mutex_init(&demand->lock, NULL);
	demand->places = memory_array(2 * library->file_count + 1, sizeof *demand->places);
	for (size_t i = 0; i < library->file_count; i++) {
		const struct loaded_file *file = &library->files[i];

		if (file->readable && file->head.kind == DIALOGUE_KIND_CONTRAST)
			add_sides(library, demand, file);
		else if (file->readable && file->head.kind == DIALOGUE_KIND_SCRIPT)
			demand->places[demand->count++] = (struct place){.id = file->head.id, .script = file};
	}
	qsort(demand->places, demand->count, sizeof *demand->places, by_id);
	library->packs = memory_array(library->file_count + 1, sizeof *library->packs);
	library->demand = demand;
}

void demand_free(struct demand *demand)
{
	if (!demand)
		return;
	for (size_t i = 0; i < demand->count; i++)
		dialogue_release(demand->places[i].dialogue);
	pthread_mutex_destroy(&demand->lock);
	free(demand->places);
	free(demand);
}

size_t demand_count(const struct library *library)
{
	return library->demand->count;
}

static struct place *find(const struct library *library, const char *id)
{
	const struct place wanted = {.id = id};

	return bsearch(&wanted, library->demand->places, library->demand->count, sizeof wanted, by_id);
}

static const struct technique_pack *get_pack(struct library *library, const char *language)
{
	const struct loaded_file *file = find_pack_file(library, language);
	struct technique_pack *pack = NULL;
	struct findings *findings;

	for (size_t i = 0; language && i < library->pack_count; i++)
		if (strcmp(technique_pack_language(library->packs[i]), language) == 0)
			return library->packs[i];
	if (!file || library->demand->closed)
		return NULL;
	findings = findings_new();
	if (technique_pack_compile(file->source.file, file->source.text, file->source.length, false, findings, &pack) ==
		STATUS_OK)
		library->packs[library->pack_count++] = pack;
	findings_free(findings);
	return pack;
}

const struct technique_pack *demand_pack(const struct library *library, const char *language)
{
	const struct technique_pack *pack;

	pthread_mutex_lock(&library->demand->lock);
	pack = get_pack((struct library *)library, language);
	pthread_mutex_unlock(&library->demand->lock);
	return pack;
}

const struct technique_pack *demand_pack_version(const struct library *library, const char *version)
{
	const struct technique_pack *found = NULL;

	pthread_mutex_lock(&library->demand->lock);
	for (size_t i = 0; i < library->pack_count && !found; i++)
		if (strcmp(technique_pack_version(library->packs[i]), version) == 0)
			found = library->packs[i];
	pthread_mutex_unlock(&library->demand->lock);
	return found;
}

static void compile(struct library *library, struct place *place)
{
	const struct technique_pack *pack = get_pack(library, place->script->head.language);
	struct findings *findings = findings_new();
	struct dialogue_sources sources;
	struct dialogue *dialogue = NULL;

	find_sources(library, place->script, &sources);
	if (place->contrast)
		sources.contrast = &place->contrast->source;
	if (pack && dialogue_compile(&sources, pack, false, findings, &dialogue) == STATUS_OK)
		atomic_store(&place->dialogue, dialogue);
	findings_free(findings);
}

static const struct dialogue *get(const struct library *library, struct place *place)
{
	if (!atomic_load(&place->tried)) {
		pthread_mutex_lock(&library->demand->lock);
		if (!atomic_load(&place->tried)) {
			compile((struct library *)library, place);
			atomic_store(&place->tried, true);
		}
		pthread_mutex_unlock(&library->demand->lock);
	}
	return atomic_load(&place->dialogue);
}

const struct dialogue *demand_at(const struct library *library, size_t index)
{
	return get(library, &library->demand->places[index]);
}

const struct dialogue *demand_find(const struct library *library, const char *id)
{
	struct place *place = find(library, id);

	return place ? get(library, place) : NULL;
}

bool demand_is_ready(const struct library *library, const char *id)
{
	struct place *place = find(library, id);

	return !place || atomic_load(&place->tried);
}

bool demand_is_drill(const struct library *library, size_t index)
{
	return library->demand->places[index].script->head.drill;
}

const char *demand_id(const struct library *library, size_t index)
{
	return library->demand->places[index].id;
}

void demand_all(struct library *library)
{
	struct demand *demand = library->demand;
	size_t count = 0;
	const struct dialogue **dialogues = memory_array(demand->count + 1, sizeof *dialogues);

	for (size_t i = 0; i < demand->count; i++) {
		const struct dialogue *dialogue = get(library, &demand->places[i]);

		if (dialogue)
			dialogues[count++] = dialogue_hold(dialogue);
	}
	pthread_mutex_lock(&demand->lock);
	if (!demand->closed) {
		demand->closed = true;
		library->dialogues = dialogues;
		library->dialogue_count = count;
		dialogues = NULL;
	}
	pthread_mutex_unlock(&demand->lock);
	for (size_t i = 0; dialogues && i < count; i++)
		dialogue_release(dialogues[i]);
	free(dialogues);
}
