/* SPDX-License-Identifier: Apache-2.0 */
#include "stats_cells.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

/* What happens at a place where people may be stuck. */
enum trouble { STOPS, HINTS, RETAKES, TROUBLES };

/* One version of a script, or several of one script together. */
struct version {
	const struct dialogue *dialogue; /* held; of several, one of them */
	struct coverage *coverage;       /* NULL for several */
	unsigned versions;
	struct cell conversations, messages, open, anyhow, unclassified;
	struct cell troubles[TROUBLES];
	struct named_cells endings;
	struct named_cells states[TROUBLES];
	struct cell turns[TROUBLES][STATS_TURNS_MAX + 1];
};

struct stats {
	struct version **versions;
	size_t count;
	struct id *people;
	size_t person_count, person_capacity;
};

struct stats *stats_new(void)
{
	return memory_new(sizeof(struct stats));
}

static struct version *version_new(const struct dialogue *dialogue, bool alone)
{
	struct version *version = memory_new(sizeof *version);
	version->dialogue = dialogue_hold(dialogue);
	version->coverage = alone ? coverage_new(dialogue) : NULL;
	version->versions = alone ? 1 : 0;
	return version;
}

static void version_free(struct version *version)
{
	struct cell *const cells[] = {
		&version->conversations, &version->messages, &version->open, &version->anyhow, &version->unclassified};
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		cell_clear(cells[i]);
	named_cells_clear(&version->endings);
	for (unsigned trouble = 0; trouble < TROUBLES; trouble++) {
		cell_clear(&version->troubles[trouble]);
		named_cells_clear(&version->states[trouble]);
		for (unsigned turn = 0; turn <= STATS_TURNS_MAX; turn++)
			cell_clear(&version->turns[trouble][turn]);
	}
	coverage_free(version->coverage);
	dialogue_release(version->dialogue);
	free(version);
}

void stats_free(struct stats *stats)
{
	if (stats == NULL)
		return;
	for (size_t i = 0; i < stats->count; i++)
		version_free(stats->versions[i]);
	free(stats->versions);
	free(stats->people);
	free(stats);
}

static struct version *version_of(struct stats *stats, const struct dialogue *dialogue)
{
	for (size_t i = 0; i < stats->count; i++)
		if (strcmp(dialogue_hash(stats->versions[i]->dialogue), dialogue_hash(dialogue)) == 0)
			return stats->versions[i];
	stats->versions = memory_grow(stats->versions, stats->count + 1, sizeof(struct version *));
	stats->versions[stats->count] = version_new(dialogue, true);
	return stats->versions[stats->count++];
}

/* A cohort is hundreds of people, so a list will do. */
static size_t number_of(struct stats *stats, const struct id *person)
{
	for (size_t i = 0; i < stats->person_count; i++)
		if (id_equal(&stats->people[i], person))
			return i;
	if (stats->person_count == stats->person_capacity) {
		stats->person_capacity = stats->person_capacity > 0 ? stats->person_capacity * 2 : 64;
		stats->people = memory_grow(stats->people, stats->person_capacity, sizeof *stats->people);
	}
	stats->people[stats->person_count] = *person;
	return stats->person_count++;
}

static void add_trouble(struct version *version, enum trouble trouble, const char *state, unsigned turn, size_t person)
{
	struct inventory_state own; /* the name as this version's dialogue has it: it is held, the caller's may go */
	inventory_state(version->dialogue, inventory_state_find(version->dialogue, state), &own);
	cell_add(&version->troubles[trouble], person, 1);
	cell_add(named_cell(&version->states[trouble], own.id), person, 1);
	cell_add(&version->turns[trouble][turn < STATS_TURNS_MAX ? turn : STATS_TURNS_MAX], person, 1);
}

static void add_message(struct version *version, const struct replay_step *step, size_t person)
{
	const struct technique_label *primary = step->analysis.primary;
	bool understood =
		step->analysis.safety != NULL || primary == NULL || primary->technique != TECHNIQUE_UNCLASSIFIED;
	cell_add(&version->messages, person, 1);
	cell_add(&version->anyhow, person, inventory_answered_anyhow(version->dialogue, &step->reply));
	cell_add(&version->unclassified, person, !understood);
	coverage_add(version->coverage, &step->reply);
}

/* The numbers of the messages that led to where a conversation is. */
struct path {
	uint32_t *numbers;
	unsigned count;
};

static void take_back(struct path *path, uint32_t to)
{
	while (path->count > 0 && path->numbers[path->count - 1] >= to)
		path->count--;
}

static void add_step(struct version *version, const struct replay_step *step, struct path *path, size_t person)
{
	switch (step->turn->kind) {
	case TURN_SAY:
		add_message(version, step, person);
		path->numbers[path->count++] = step->turn->number;
		return;
	case TURN_HINT:
		add_trouble(version, HINTS, step->reply.state, path->count, person);
		return;
	case TURN_RETAKE:
		take_back(path, step->turn->to);
		add_trouble(version, RETAKES, step->reply.state, path->count, person);
		return;
	case TURN_END:
		coverage_add(version->coverage, &step->reply);
		return;
	}
}

/* Returns how many messages lead to where the conversation is now. */
static unsigned add_steps(struct version *version, const struct replay *replay, size_t person)
{
	struct path path = {.numbers = memory_array(replay->count, sizeof *path.numbers)};
	for (size_t i = 0; i < replay->count; i++)
		add_step(version, &replay->steps[i], &path, person);
	free(path.numbers);
	return path.count;
}

void stats_add(struct stats *stats, const struct dialogue *dialogue, const struct id *person,
	const struct replay *replay, int64_t now_ms)
{
	struct version *version = version_of(stats, dialogue);
	size_t number = number_of(stats, person);
	int64_t last_ms = replay->count > 0 ? replay->steps[replay->count - 1].turn->at_ms : 0;
	int ending = engine_ending(replay->run);
	coverage_begin(version->coverage, replay->opening.state);
	cell_add(&version->conversations, number, 1);
	unsigned messages = add_steps(version, replay, number);
	if (ending >= 0)
		cell_add(
			named_cell(&version->endings, dialogue_info(version->dialogue)->endings[ending].id), number, 1);
	else if (now_ms - last_ms > STATS_IDLE_MS)
		add_trouble(version, STOPS, engine_state(dialogue, replay->run), messages, number);
	else
		cell_add(&version->open, number, 1);
}

static void version_merge(struct version *to, const struct version *from)
{
	to->versions++;
	cell_merge(&to->conversations, &from->conversations);
	cell_merge(&to->messages, &from->messages);
	cell_merge(&to->open, &from->open);
	cell_merge(&to->anyhow, &from->anyhow);
	cell_merge(&to->unclassified, &from->unclassified);
	named_cells_merge(&to->endings, &from->endings);
	for (unsigned trouble = 0; trouble < TROUBLES; trouble++) {
		cell_merge(&to->troubles[trouble], &from->troubles[trouble]);
		named_cells_merge(&to->states[trouble], &from->states[trouble]);
		for (unsigned turn = 0; turn <= STATS_TURNS_MAX; turn++)
			cell_merge(&to->turns[trouble][turn], &from->turns[trouble][turn]);
	}
}

static int most_first(const void *a, const void *b)
{
	const struct stats_place *one = a, *other = b;
	uint64_t here = one->stops.count + one->hints.count + one->retakes.count;
	uint64_t there = other->stops.count + other->hints.count + other->retakes.count;
	if (here != there)
		return here < there ? 1 : -1;
	if (one->turn != other->turn)
		return one->turn < other->turn ? -1 : 1;
	return one->state != NULL && other->state != NULL ? strcmp(one->state, other->state) : 0;
}

static bool has_figure(const struct stats_place *place)
{
	return place->stops.count + place->hints.count + place->retakes.count > 0;
}

static void make_states(const struct version *version, struct arena *arena, struct stats_row *row)
{
	struct named_cells all[TROUBLES] = {0}, names = {0};
	for (unsigned trouble = 0; trouble < TROUBLES; trouble++) {
		named_cells_merge(&all[trouble], &version->states[trouble]);
		named_cells_merge(&names, &version->states[trouble]);
	}
	struct stats_place *places = arena_array(arena, names.count, sizeof *places);
	for (size_t i = 0; i < names.count; i++) {
		struct stats_place place = {
			.state = names.names[i],
			.stops = cell_figure(named_cell(&all[STOPS], names.names[i])),
			.hints = cell_figure(named_cell(&all[HINTS], names.names[i])),
			.retakes = cell_figure(named_cell(&all[RETAKES], names.names[i])),
		};
		if (has_figure(&place))
			places[row->state_count++] = place;
	}
	qsort(places, row->state_count, sizeof *places, most_first);
	row->states = places;
	for (unsigned trouble = 0; trouble < TROUBLES; trouble++)
		named_cells_clear(&all[trouble]);
	named_cells_clear(&names);
}

static void make_turns(const struct version *version, struct arena *arena, struct stats_row *row)
{
	struct stats_place *places = arena_array(arena, STATS_TURNS_MAX + 1, sizeof *places);
	for (unsigned turn = 0; turn <= STATS_TURNS_MAX; turn++) {
		struct stats_place place = {
			.turn = turn,
			.stops = cell_figure(&version->turns[STOPS][turn]),
			.hints = cell_figure(&version->turns[HINTS][turn]),
			.retakes = cell_figure(&version->turns[RETAKES][turn]),
		};
		if (has_figure(&place))
			places[row->turn_count++] = place;
	}
	qsort(places, row->turn_count, sizeof *places, most_first);
	row->turns = places;
}

/* Conversations are parted by how they came out, so that one withheld part is what is left of the others. */
static void hide_the_next(struct stats_figure **parts, size_t count)
{
	struct stats_figure *next = NULL;
	size_t withheld = 0;
	for (size_t i = 0; i < count; i++) {
		withheld += parts[i]->withheld;
		if (!parts[i]->withheld && parts[i]->count > 0 && (next == NULL || parts[i]->count < next->count))
			next = parts[i];
	}
	if (withheld == 1 && next != NULL)
		*next = (struct stats_figure){0, true};
}

static void make_endings(const struct version *version, struct arena *arena, struct stats_row *row)
{
	const struct dialogue_info *info = dialogue_info(version->dialogue);
	struct named_cells all = {0};
	for (size_t i = 0; i < info->ending_count; i++)
		(void)named_cell(&all, info->endings[i].id);
	named_cells_merge(&all, &version->endings);
	struct stats_ending *endings = arena_array(arena, all.count, sizeof *endings);
	struct stats_figure **parts = arena_array(arena, all.count + 2, sizeof(struct stats_figure *));
	for (size_t i = 0; i < all.count; i++) {
		endings[i] = (struct stats_ending){all.names[i], cell_figure(&all.cells[i])};
		parts[i] = &endings[i].reached;
	}
	parts[all.count] = &row->open;
	parts[all.count + 1] = &row->stopped;
	hide_the_next(parts, all.count + 2);
	row->endings = endings;
	row->ending_count = all.count;
	named_cells_clear(&all);
}

static struct stats_row make_row(const struct version *version, struct arena *arena)
{
	const struct dialogue_info *info = dialogue_info(version->dialogue);
	struct stats_row row = {
		.id = info->id,
		.title = info->title,
		.hash = version->coverage != NULL ? dialogue_hash(version->dialogue) : NULL,
		.versions = version->versions,
		.people = version->conversations.person_count,
		.conversations = version->conversations.count,
		.messages = version->messages.count,
		.open = cell_figure(&version->open),
		.stopped = cell_figure(&version->troubles[STOPS]),
		.anyhow = cell_figure(&version->anyhow),
		.unclassified = cell_figure(&version->unclassified),
		.hints = cell_figure(&version->troubles[HINTS]),
		.retakes = cell_figure(&version->troubles[RETAKES]),
		.coverage = version->coverage,
	};
	make_endings(version, arena, &row);
	make_states(version, arena, &row);
	make_turns(version, arena, &row);
	return row;
}

static bool is_enough(const struct version *version)
{
	return version->conversations.person_count >= STATS_PEOPLE_LEAST;
}

static bool same_script(const struct version *a, const struct version *b)
{
	return strcmp(dialogue_info(a->dialogue)->id, dialogue_info(b->dialogue)->id) == 0;
}

/* The versions of a script that too few people met, put together once, at the first of them. */
static void add_together(const struct stats *stats, size_t first, struct arena *arena, struct stats_row *rows,
	size_t *count, bool *left_out)
{
	const struct version *version = stats->versions[first];
	for (size_t i = 0; i < first; i++)
		if (!is_enough(stats->versions[i]) && same_script(stats->versions[i], version))
			return;
	struct version *together = version_new(version->dialogue, false);
	for (size_t i = first; i < stats->count; i++)
		if (!is_enough(stats->versions[i]) && same_script(stats->versions[i], version))
			version_merge(together, stats->versions[i]);
	if (is_enough(together))
		rows[(*count)++] = make_row(together, arena);
	else
		*left_out = true;
	version_free(together);
}

static int by_script(const void *a, const void *b)
{
	const struct stats_row *one = a, *other = b;
	int order = strcmp(one->id, other->id);
	if (order != 0)
		return order;
	if (one->hash == NULL || other->hash == NULL)
		return (one->hash == NULL) - (other->hash == NULL);
	return strcmp(one->hash, other->hash);
}

const struct stats_row *stats_rows(const struct stats *stats, struct arena *arena, size_t *count, bool *left_out)
{
	struct stats_row *rows = arena_array(arena, stats->count * 2, sizeof *rows);
	*count = 0;
	*left_out = false;
	for (size_t i = 0; i < stats->count; i++)
		if (is_enough(stats->versions[i]))
			rows[(*count)++] = make_row(stats->versions[i], arena);
		else
			add_together(stats, i, arena, rows, count, left_out);
	qsort(rows, *count, sizeof *rows, by_script);
	return rows;
}
