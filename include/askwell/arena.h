/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is freed all at once: one arena per dialogue, one per turn. Everyone calls it.
 * Running out of memory aborts: what was acknowledged is on disk. One thread at a time. */
#ifndef ASKWELL_ARENA_H
#define ASKWELL_ARENA_H

#include "askwell/status.h"

#include <stddef.h>

struct arena;

/* Returns owned; `first` is the size in bytes of the first block (0: a default of 4 KiB). */
struct arena *arena_new(size_t first);
void arena_free(struct arena *arena);

/* Forgets everything but keeps the first block. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type, valid until reset or free. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` zeroed elements of `size` bytes; aborts when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of `length` bytes. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* A NUL-terminated copy of a C string; NULL stays NULL. */
char *arena_text(struct arena *arena, const char *text);

char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Bytes asked of the system so far, for measurement. */
size_t arena_footprint(const struct arena *arena);

#endif
