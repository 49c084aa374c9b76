/* SPDX-License-Identifier: Apache-2.0 */
#include "json_pool.h"

#include "askwell/memory.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, BLOCK_LEAST = 1024, BLOCK_MOST = 128 * 1024 };

/* A block that is being filled counts from here downwards, since other threads may already be freeing what is in it. */
#define FILLING (SIZE_MAX / 2)

struct block {
	_Alignas(ALIGNMENT) atomic_size_t live;
};

/* Before each value. */
struct label {
	_Alignas(ALIGNMENT) struct block *block; /* NULL: from the system, by itself */
};

static _Thread_local struct {
	bool entered;
	size_t block_size;
	struct block *block;
	char *at, *end;
	size_t given;
} pool;

static void let_go(struct block *block, size_t count)
{
	if (atomic_fetch_sub_explicit(&block->live, count, memory_order_acq_rel) == count)
		free(block);
}

static void retire(void)
{
	if (pool.block != NULL)
		let_go(pool.block, FILLING - pool.given);
	pool.block = NULL;
	pool.at = pool.end = NULL;
}

static void start_block(size_t size)
{
	size_t room = size > pool.block_size ? size : pool.block_size;

	retire();
	pool.block = memory_grow(NULL, 1, sizeof *pool.block + room);
	atomic_init(&pool.block->live, FILLING);
	pool.at = (char *)(pool.block + 1);
	pool.end = pool.at + room;
	pool.given = 0;
}

static void *label_put(void *memory, struct block *block)
{
	struct label *label = memory;

	label->block = block;
	return label + 1;
}

static void *give(size_t size)
{
	void *memory;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = sizeof(struct label) + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!pool.entered) {
		memory = malloc(size);
		return memory != NULL ? label_put(memory, NULL) : NULL;
	}
	if ((size_t)(pool.end - pool.at) < size)
		start_block(size);
	memory = pool.at;
	pool.at += size;
	pool.given++;
	return label_put(memory, pool.block);
}

static void take_back(void *value)
{
	struct label *label = (struct label *)value - 1;

	if (value == NULL)
		return;
	if (label->block != NULL)
		let_go(label->block, 1);
	else
		free(label);
}

/* Before anybody has a value of jansson's: each is freed in the way in which it was made. */
__attribute__((constructor)) static void take_over(void)
{
	json_set_alloc_funcs(give, take_back);
}

void json_pool_enter(size_t length)
{
	pool.entered = true;
	pool.block_size = length < BLOCK_LEAST ? BLOCK_LEAST : length > BLOCK_MOST ? BLOCK_MOST : length;
}

void json_pool_leave(void)
{
	retire();
	pool.entered = false;
}
