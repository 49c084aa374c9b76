/* SPDX-License-Identifier: Apache-2.0 */
/* Counts that know how many people stand behind them. */
#ifndef ASKWELL_AUTHORING_STATS_CELLS_H
#define ASKWELL_AUTHORING_STATS_CELLS_H

#include "askwell/stats.h"

/* Embedded; zeroed is empty. */
struct cell {
	uint64_t count;
	uint64_t *people; /* a bit for each */
	size_t words, person_count;
};

void cell_clear(struct cell *cell);
void cell_add(struct cell *cell, size_t person, uint64_t count);
void cell_merge(struct cell *to, const struct cell *from);
struct stats_figure cell_figure(const struct cell *cell);

/* Cells by a name; the names belong to whoever adds them. */
struct named_cells {
	const char **names;
	struct cell *cells;
	size_t count, capacity;
};

void named_cells_clear(struct named_cells *named);
struct cell *named_cell(
	struct named_cells *named, const char *name); /* a new one when there is none; valid until the next */
void named_cells_merge(struct named_cells *to, const struct named_cells *from);

#endif
