/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *present(void *memory)
{
	if (!memory) {
		fputs("askwell: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *memory_new(size_t size)
{
	return present(calloc(1, size ? size : 1));
}

void *memory_array(size_t count, size_t size)
{
	return present(calloc(count ? count : 1, size ? size : 1));
}

void *memory_grow(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return present(NULL);
	return present(realloc(old, count && size ? count * size : 1));
}

char *memory_copy(const char *text, size_t length)
{
	char *copy = memory_new(length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *memory_text(const char *text)
{
	return text ? memory_copy(text, strlen(text)) : NULL;
}

void memory_trim(void)
{
	(void)malloc_trim(0);
}
