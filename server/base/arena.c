/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/arena.h"

#include "askwell/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

enum { ALIGNMENT = _Alignof(max_align_t), DEFAULT_BLOCK = 4096, LARGE_BLOCK = 256 * 1024, SHORT_TEXT = 512 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct block *first, *current;
	size_t footprint;
};

static struct block *block_new(struct arena *arena, size_t size)
{
	/* Not zeroed: arena_alloc() does that for what is asked of it. */
	struct block *block = memory_grow(NULL, 1, sizeof *block + size);

	block->next = NULL;
	block->size = size;
	block->used = 0;
	arena->footprint += sizeof *block + size;
	ASAN_POISON_MEMORY_REGION(block->data, size);
	return block;
}

struct arena *arena_new(size_t first)
{
	struct arena *arena = memory_new(sizeof *arena);

	arena->first = block_new(arena, first ? first : DEFAULT_BLOCK);
	arena->current = arena->first;
	return arena;
}

static void free_after(struct arena *arena, struct block *keep)
{
	struct block *next;

	for (struct block *block = keep->next; block; block = next) {
		next = block->next;
		arena->footprint -= sizeof *block + block->size;
		ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
		free(block);
	}
	keep->next = NULL;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_after(arena, arena->first);
	ASAN_UNPOISON_MEMORY_REGION(arena->first->data, arena->first->size);
	free(arena->first);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	free_after(arena, arena->first);
	arena->current = arena->first;
	arena->first->used = 0;
	ASAN_POISON_MEMORY_REGION(arena->first->data, arena->first->size);
}

/* A quarter of what there is already, so that little of an arena that grew large stays empty. */
static size_t next_size(const struct arena *arena, size_t wanted)
{
	size_t size = arena->footprint / 4 < LARGE_BLOCK ? arena->footprint / 4 : LARGE_BLOCK;

	if (size < arena->first->size)
		size = arena->first->size;
	return size > wanted ? size : wanted;
}

/* Whatever was there before is still in it. */
static void *take(struct arena *arena, size_t size)
{
	struct block *block = arena->current;
	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	char *result;

	if (rounded < size)
		abort();
	if (block->size - block->used < rounded) {
		block->next = block_new(arena, next_size(arena, rounded));
		block = arena->current = block->next;
	}
	result = block->data + block->used;
	block->used += rounded;
	ASAN_UNPOISON_MEMORY_REGION(result, size);
	return result;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *result = take(arena, size);

	if (size)
		memset(result, 0, size);
	return result;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		abort();
	return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = take(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	char brief[SHORT_TEXT];
	va_list arguments, again;
	int length;
	char *text;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(brief, sizeof brief, format, arguments);
	va_end(arguments);
	if (length < (int)sizeof brief) {
		text = arena_copy(arena, brief, length < 0 ? 0 : (size_t)length);
	} else {
		text = take(arena, (size_t)length + 1);
		vsnprintf(text, (size_t)length + 1, format, again);
	}
	va_end(again);
	return text;
}

size_t arena_footprint(const struct arena *arena)
{
	return arena->footprint;
}
