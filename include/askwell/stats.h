/* SPDX-License-Identifier: Apache-2.0 */
/* What trainees' conversations say about a script: endings, what never answers, how often the case had nothing better to
 * say, where people get stuck. For authors, not about people: no text is kept, and a figure that fewer than
 * STATS_PEOPLE_LEAST people stand behind is not given out. Pure: replayed conversations in, figures out. One thread. */
#ifndef ASKWELL_STATS_H
#define ASKWELL_STATS_H

#include "askwell/arena.h"
#include "askwell/coverage.h"
#include "askwell/id.h"
#include "askwell/replay.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATS_PEOPLE_LEAST 5
#define STATS_IDLE_MS ((int64_t)24 * 60 * 60 * 1000) /* without a turn for so long, a conversation has stopped */
#define STATS_TURNS_MAX 40                           /* turns from here on are counted as one */

struct stats;

struct stats *stats_new(void);
void stats_free(struct stats *stats);

/* One conversation. Holds the dialogue, keeps nothing else. `now_ms`: when it is read. */
void stats_add(struct stats *stats, const struct dialogue *dialogue, const struct id *person,
	const struct replay *replay, int64_t now_ms);

/* A count, or that it is withheld: then `count` is 0. */
struct stats_figure {
	uint64_t count;
	bool withheld;
};

/* Where people get stuck: in a state, or at a turn. */
struct stats_place {
	const char *state;           /* NULL: it is about a turn */
	unsigned turn;               /* messages before; STATS_TURNS_MAX: so many or more */
	struct stats_figure stops;   /* conversations that stopped there without an ending */
	struct stats_figure hints;   /* hints asked for there */
	struct stats_figure retakes; /* messages there that were taken back */
};

struct stats_ending {
	const char *id;
	struct stats_figure reached;
};

/* One version of a script, or those versions together that too few people met. */
struct stats_row {
	const char *id, *title;
	const char *hash;  /* NULL: several versions together */
	unsigned versions; /* how many */
	uint64_t people, conversations, messages;
	struct stats_figure open;         /* neither ended nor stopped yet */
	struct stats_figure stopped;      /* without an ending */
	struct stats_figure anyhow;       /* messages answered by the fallback or a stopgap */
	struct stats_figure unclassified; /* messages that were not understood */
	struct stats_figure hints, retakes;
	const struct stats_ending *endings;
	size_t ending_count;
	const struct stats_place *states, *turns; /* those with a figure to show, most first */
	size_t state_count, turn_count;
	const struct coverage *coverage; /* NULL for several versions; borrowed from the stats */
};

/* Rows by script and version. What fewer than STATS_PEOPLE_LEAST people stand behind, even together, is left out, and
 * `*left_out` is true. Where one ending alone would be withheld, so that it could be worked out from the others, the
 * next is withheld as well. Lives in `arena` and the stats. */
const struct stats_row *stats_rows(const struct stats *stats, struct arena *arena, size_t *count, bool *left_out);

#endif
