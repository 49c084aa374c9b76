/* SPDX-License-Identifier: Apache-2.0 */
/* A library in the making: what library.c and library_files.c share. */
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

struct library {
	atomic_uint references;
	struct arena *arena;
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

/* A pack without a language is known by its id until the pack's own check says what it lacks. */
const char *language_of(const struct loaded_file *file);

void finding_for_file(struct loaded_file *file, const char *code, const char *reason, const char *remedy);

#endif
