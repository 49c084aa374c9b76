/* SPDX-License-Identifier: Apache-2.0 */
#include "stats_cells.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

void cell_clear(struct cell *cell)
{
	free(cell->people);
	*cell = (struct cell){0};
}

static void reserve(struct cell *cell, size_t words)
{
	if (words <= cell->words)
		return;
	cell->people = memory_grow(cell->people, words, sizeof *cell->people);
	memset(cell->people + cell->words, 0, (words - cell->words) * sizeof *cell->people);
	cell->words = words;
}

void cell_add(struct cell *cell, size_t person, uint64_t count)
{
	uint64_t bit = (uint64_t)1 << (person % 64);
	if (count == 0)
		return;
	reserve(cell, person / 64 + 1);
	cell->count += count;
	cell->person_count += (cell->people[person / 64] & bit) == 0;
	cell->people[person / 64] |= bit;
}

void cell_merge(struct cell *to, const struct cell *from)
{
	reserve(to, from->words);
	to->count += from->count;
	to->person_count = 0;
	for (size_t i = 0; i < from->words; i++)
		to->people[i] |= from->people[i];
	for (size_t i = 0; i < to->words; i++)
		to->person_count += (size_t)__builtin_popcountll(to->people[i]);
}

struct stats_figure cell_figure(const struct cell *cell)
{
	bool withheld = cell->count > 0 && cell->person_count < STATS_PEOPLE_LEAST;
	return (struct stats_figure){withheld ? 0 : cell->count, withheld};
}

void named_cells_clear(struct named_cells *named)
{
	for (size_t i = 0; i < named->count; i++)
		cell_clear(&named->cells[i]);
	free(named->names);
	free(named->cells);
	*named = (struct named_cells){0};
}

struct cell *named_cell(struct named_cells *named, const char *name)
{
	for (size_t i = 0; i < named->count; i++)
		if (strcmp(named->names[i], name) == 0)
			return &named->cells[i];
	if (named->count == named->capacity) {
		named->capacity = named->capacity > 0 ? named->capacity * 2 : 16;
		named->names = memory_grow(named->names, named->capacity, sizeof *named->names);
		named->cells = memory_grow(named->cells, named->capacity, sizeof *named->cells);
	}
	named->names[named->count] = name;
	named->cells[named->count] = (struct cell){0};
	return &named->cells[named->count++];
}

void named_cells_merge(struct named_cells *to, const struct named_cells *from)
{
	for (size_t i = 0; i < from->count; i++)
		cell_merge(named_cell(to, from->names[i]), &from->cells[i]);
}
