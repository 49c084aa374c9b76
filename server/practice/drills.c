/* SPDX-License-Identifier: Apache-2.0 */
#include "drills.h"

#include <jansson.h>
#include <string.h>

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)
#define FIRM_BOX 3

enum { CONVERSATIONS = 400 };

/* Widening gaps between repetitions hold better than equal ones (Cepeda et al., Psychological Bulletin 2006). */
static const int interval_days[DRILLS_BOXES] = {0, 1, 3, 7, 14, 30};

void drill_card_answered(struct drill_card *card, enum engine_outcome outcome, bool first_try, int64_t at_ms)
{
	if (outcome == ENGINE_SHOWN)
		card->box = 0;
	else if (outcome == ENGINE_RIGHT && first_try && card->box < DRILLS_BOXES - 1)
		card->box++;
	else if (outcome != ENGINE_RIGHT)
		return;
	card->seen = true;
	card->due_ms = at_ms + interval_days[card->box] * DAY_MS;
}

static int exercise_index(const struct dialogue_info *info, const char *id)
{
	for (size_t i = 0; id && i < info->exercise_count; i++)
		if (strcmp(info->exercises[i], id) == 0)
			return (int)i;
	return -1;
}

static bool parse_outcome(const char *name, enum engine_outcome *out)
{
	for (unsigned i = 0; name && i <= ENGINE_SHOWN; i++)
		if (strcmp(engine_outcome_name((enum engine_outcome)i), name) == 0) {
			*out = (enum engine_outcome)i;
			return true;
		}
	return false;
}

/* A try that a retake went back over was a try all the same: it has been seen. */
static void read_turn(
	struct drill_deck *deck, const struct dialogue_info *info, const struct store_turn *turn, unsigned *tries)
{
	json_t *answer = json_loadb(turn->answer, turn->answer_length, 0, NULL);
	const json_t *exercise = json_object_get(answer, "exercise");
	int index = exercise_index(info, json_string_value(json_object_get(exercise, "id")));
	enum engine_outcome outcome;

	if (index >= 0 && parse_outcome(json_string_value(json_object_get(exercise, "outcome")), &outcome)) {
		drill_card_answered(&deck->cards[index], outcome, tries[index] == 0, turn->turn.at_ms);
		tries[index] += outcome != ENGINE_ASIDE;
	}
	json_decref(answer);
}

static enum status read_conversation(struct store_reader *reader, const struct id *session,
	const struct dialogue_info *info, struct drill_deck *deck, struct error *error)
{
	unsigned tries[ENGINE_EXERCISES_MAX] = {0};
	struct arena *arena = arena_new(0);
	struct store_turn *turns = NULL;
	size_t count = 0;
	enum status status = store_read_turns(reader, session, arena, &turns, &count, error);

	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		if (turns[i].turn.kind == TURN_SAY)
			read_turn(deck, info, &turns[i], tries);
	arena_free(arena);
	return status;
}

enum status drills_read(struct store_reader *reader, const struct id *person, const struct dialogue *dialogue,
	struct drill_deck *out, struct error *error)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	struct arena *arena = arena_new(0);
	struct store_session *sessions = NULL;
	size_t count = 0;
	enum status status = store_read_sessions(reader, person, CONVERSATIONS, arena, &sessions, &count, error);

	*out = (struct drill_deck){.count = info->exercise_count};
	/* They come newest first; cards move in the order of time. */
	while (status == STATUS_OK && count > 0)
		if (strcmp(sessions[--count].script, info->id) == 0)
			status = read_conversation(reader, &sessions[count].id, info, out, error);
	arena_free(arena);
	return status;
}

/* The lowest comes first: due by how long, then new, then what is due later. */
static int64_t urgency(const struct drill_card *card, size_t index, int64_t now_ms)
{
	if (!card->seen)
		return (int64_t)index;
	return card->due_ms <= now_ms ? card->due_ms - now_ms - 1 : ENGINE_EXERCISES_MAX + card->due_ms - now_ms;
}

uint64_t drills_choose(const struct drill_deck *deck, size_t asked, int64_t now_ms)
{
	uint64_t chosen = 0;

	for (size_t n = 0; n < asked && n < deck->count; n++) {
		size_t best = deck->count;

		for (size_t i = 0; i < deck->count; i++)
			if (!(chosen >> i & 1) &&
				(best == deck->count || urgency(&deck->cards[i], i, now_ms) <
								urgency(&deck->cards[best], best, now_ms)))
				best = i;
		chosen |= (uint64_t)1 << best;
	}
	return chosen;
}

struct drill_counts drills_count(const struct drill_deck *deck, int64_t now_ms)
{
	struct drill_counts counts = {0};

	for (size_t i = 0; i < deck->count; i++) {
		const struct drill_card *card = &deck->cards[i];

		counts.fresh += !card->seen;
		counts.due += card->seen && card->due_ms <= now_ms;
		counts.firm += card->seen && card->box >= FIRM_BOX;
		if (card->seen && (!counts.next_ms || card->due_ms < counts.next_ms))
			counts.next_ms = card->due_ms;
	}
	return counts;
}
