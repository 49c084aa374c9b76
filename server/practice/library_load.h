/* SPDX-License-Identifier: Apache-2.0 */
/* A library in the making: what library.c, library_files.c and library_demand.c share. */
#ifndef ASKWELL_PRACTICE_LIBRARY_LOAD_H
#define ASKWELL_PRACTICE_LIBRARY_LOAD_H

#include "askwell/arena.h"
#include "askwell/library.h"

#include <stdatomic.h>

struct loaded_file {
	struct dialogue_source source;
	struct dialogue_head head;
	struct findings *findings;
	struct arena *arena; /* of the head */
	bool readable;       /* parsed far enough to have a kind and an id */
	/* What was made of it on several threads, and is taken from here one after the other. */
	struct technique_pack *pack;
	struct findings *pack_findings;
	struct dialogue *dialogue, *sides[2]; /* of a script; of a contrast, coaching first */
	struct findings *side_findings[2];
};

struct demand;

struct library {
	atomic_uint references;
	struct arena *arena;
	struct demand *demand; /* NULL: everything was compiled when it was loaded */
	struct loaded_file *files;
	size_t file_count, file_capacity;
	const struct dialogue **dialogues; /* in order of id */
	size_t dialogue_count;
	const struct technique_pack **packs;
	size_t pack_count;
};

struct load {
	struct library *library;
	const struct library *previous;
	const struct library_options *options;
	struct error *error;
	struct dialogue_cache *cache;
};

/* Reads every content file of the folder, and the draft; the second file with an id of its kind is refused. Broken files
 * are findings. */
enum status library_files_read(struct load *load, const char *folder, struct error *error) CHECKED;

/* NULL when there is none that can be read. */
struct loaded_file *find_file(struct library *library, enum dialogue_kind kind, const char *id);
struct loaded_file *find_pack_file(struct library *library, const char *language);

/* The files that a script is made of, as far as they are there. */
void find_sources(struct library *library, const struct loaded_file *file, struct dialogue_sources *out);

/* A pack without a language is known by its id until the pack's own check says what it lacks. */
const char *language_of(const struct loaded_file *file);

/* library_demand.c: of a library whose files were only glanced at. Any thread; what is compiled meanwhile is waited for. */
void demand_make(struct library *library);
void demand_free(struct demand *demand); /* NULL is allowed */
size_t demand_count(const struct library *library);
const struct dialogue *demand_at(const struct library *library, size_t index);
const struct dialogue *demand_find(const struct library *library, const char *id);
bool demand_is_ready(const struct library *library, const char *id);
bool demand_is_drill(const struct library *library, size_t index);
const char *demand_id(const struct library *library, size_t index);
const struct technique_pack *demand_pack(const struct library *library, const char *language);
const struct technique_pack *demand_pack_version(const struct library *library, const char *version);
/* Compiles what is not yet, as if it had been when it was loaded. */
void demand_all(struct library *library);

void finding_for_file(struct loaded_file *file, const char *code, const char *reason, const char *remedy);

#endif
