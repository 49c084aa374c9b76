/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/replay.h"

#include "askwell/memory.h"
#include "askwell/turn_json.h"

#include <stdlib.h>
#include <string.h>

static enum status cannot(struct error *error, const struct turn *turn, const char *why)
{
	return error_set(
		error, STATUS_CORRUPT, "turns_corrupt", "Turn %u cannot have happened: %s.", turn->number, why);
}

/* A replay in progress. before[i] is the run that met turn i, kept for retakes of turns on the active path. */
struct player {
	const struct dialogue *dialogue;
	struct technique_scratch *scratch;
	struct arena *arena;
	struct engine_run **before;
	struct engine_run *run;
	unsigned attempt; /* of the next message: above 1 right after a retake */
	replay_visit *visit;
	void *user;
};

/* The labels that were shown are the truth; only without them is the message analysed. */
static enum status label_turn(
	struct player *player, const struct turn *turn, struct replay_step *step, struct error *error)
{
	struct technique_context context;
	step->recalled = turn_json_read(turn, player->arena, &step->analysis) == STATUS_OK;
	if (step->recalled && player->visit == NULL)
		return STATUS_OK;
	engine_context(player->dialogue, player->run, player->arena, &context);
	if (!step->recalled && technique_analyse(dialogue_pack(player->dialogue), player->scratch, turn->text,
				       turn->text_length, &context, player->arena, &step->analysis) != STATUS_OK)
		return cannot(error, turn, "its text cannot be analysed");
	if (player->visit != NULL)
		player->visit(player->user, step, &context);
	return STATUS_OK;
}

static enum status say_turn(
	struct player *player, const struct turn *turn, struct replay_step *step, struct error *error)
{
	struct engine_run *after = NULL;
	if (engine_ended(player->run))
		return cannot(error, turn, "the conversation had ended");
	enum status status = label_turn(player, turn, step, error);
	if (status != STATUS_OK)
		return status;
	if (engine_step(player->dialogue, player->run, &step->analysis, turn->text, turn->text_length, player->scratch,
		    player->arena, &after, &step->reply) != STATUS_OK)
		return cannot(error, turn, "the conversation had ended");
	player->before[turn->number - 1] = player->run;
	player->run = after;
	step->attempt = player->attempt;
	player->attempt = 1;
	return STATUS_OK;
}

/* The position without an answer: for turns in which nobody speaks. */
static void stand_still(const struct player *player, struct replay_step *step)
{
	unsigned stage = engine_stage(player->dialogue, player->run);
	step->reply.stage_before = step->reply.stage_after = stage;
	step->reply.state = engine_state(player->dialogue, player->run);
	step->reply.ending = engine_ending(player->run);
	step->reply.level = ENGINE_BUILT_IN;
}

static enum status retake_turn(
	struct player *player, const struct turn *turn, struct replay_step *steps, struct error *error)
{
	struct replay_step *step = &steps[turn->number - 1];
	if (turn->to == 0 || turn->to >= turn->number || player->before[turn->to - 1] == NULL)
		return cannot(error, turn, "it goes back to a message that is not there");
	player->attempt = steps[turn->to - 1].attempt + 1;
	engine_free(player->run);
	player->run = player->before[turn->to - 1];
	player->before[turn->to - 1] = NULL;
	for (uint32_t i = turn->to; i < turn->number; i++) {
		steps[i - 1].set_aside = true;
		engine_free(player->before[i - 1]);
		player->before[i - 1] = NULL;
	}
	stand_still(player, step);
	return STATUS_OK;
}

static enum status hint_turn(
	struct player *player, const struct turn *turn, struct replay_step *step, struct error *error)
{
	if (engine_ended(player->run))
		return cannot(error, turn, "the conversation had ended");
	engine_hint(player->dialogue, player->run, player->arena, &step->hint);
	stand_still(player, step);
	return STATUS_OK;
}

static enum status end_turn(
	struct player *player, const struct turn *turn, struct replay_step *step, struct error *error)
{
	struct engine_run *after = NULL;
	if (engine_end(player->dialogue, player->run, player->arena, &after, &step->reply) != STATUS_OK)
		return cannot(error, turn, "the conversation had ended");
	engine_free(player->run);
	player->run = after;
	return STATUS_OK;
}

static enum status play(
	struct player *player, const struct turn *turn, size_t index, struct replay_step *steps, struct error *error)
{
	struct replay_step *step = &steps[index];
	step->turn = turn;
	step->attempt = 1;
	if (turn->number != index + 1)
		return cannot(error, turn, "turns are numbered from 1 without gaps");
	switch (turn->kind) {
	case TURN_SAY:
		return say_turn(player, turn, step, error);
	case TURN_RETAKE:
		return retake_turn(player, turn, steps, error);
	case TURN_HINT:
		return hint_turn(player, turn, step, error);
	case TURN_END:
		return end_turn(player, turn, step, error);
	}
	return cannot(error, turn, "its kind is not known");
}

/* Takes player->run. */
static enum status play_all(
	struct player *player, const struct turn *turns, size_t count, struct replay *out, struct error *error)
{
	enum status status = STATUS_OK;
	memset(out, 0, sizeof *out);
	player->before = memory_array(count, sizeof(struct engine_run *));
	out->steps = arena_array(player->arena, count, sizeof *out->steps);
	engine_opening(player->dialogue, player->run, player->arena, &out->opening);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = play(player, &turns[i], i, out->steps, error);
	for (size_t i = 0; i < count; i++)
		engine_free(player->before[i]);
	free(player->before);
	if (status != STATUS_OK) {
		engine_free(player->run);
		return status;
	}
	out->count = count;
	out->run = player->run;
	return STATUS_OK;
}

enum status replay(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, struct arena *arena, struct replay *out, struct error *error)
{
	return replay_each(dialogue, scratch, seed, turns, count, NULL, NULL, arena, out, error);
}

enum status replay_each(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, replay_visit *visit, void *user, struct arena *arena,
	struct replay *out, struct error *error)
{
	struct player player = {
		.dialogue = dialogue, .scratch = scratch, .arena = arena, .attempt = 1, .visit = visit, .user = user};
	player.run = engine_start(dialogue, seed);
	return play_all(&player, turns, count, out, error);
}

enum status replay_from(const struct dialogue *dialogue, struct technique_scratch *scratch,
	const struct engine_run *start, const struct turn *turns, size_t count, struct arena *arena, struct replay *out,
	struct error *error)
{
	struct player player = {.dialogue = dialogue, .scratch = scratch, .arena = arena, .attempt = 1};
	player.run = engine_copy(start);
	return play_all(&player, turns, count, out, error);
}

/* Numbers of the messages on the active path, in order; retakes cut it back. */
static enum status active_path(
	const struct turn *turns, size_t count, uint32_t *path, size_t *length, struct error *error)
{
	*length = 0;
	for (size_t i = 0; i < count; i++) {
		if (turns[i].number != i + 1)
			return cannot(error, &turns[i], "turns are numbered from 1 without gaps");
		if (turns[i].kind == TURN_SAY)
			path[(*length)++] = turns[i].number;
		if (turns[i].kind != TURN_RETAKE)
			continue;
		size_t at = 0;
		while (at < *length && path[at] != turns[i].to)
			at++;
		if (at == *length)
			return cannot(error, &turns[i], "it goes back to a message that is not there");
		*length = at;
	}
	return STATUS_OK;
}

static enum status step_path(
	struct player *player, const struct turn *turns, const uint32_t *path, size_t length, struct error *error)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < length && status == STATUS_OK; i++) {
		struct replay_step step = {0};
		const struct turn *turn = &turns[path[i] - 1];
		status = say_turn(player, turn, &step, error);
		engine_free(player->before[turn->number - 1]);
		player->before[turn->number - 1] = NULL;
		arena_reset(player->arena);
	}
	return status;
}

enum status replay_before(const struct dialogue *dialogue, struct technique_scratch *scratch, uint64_t seed,
	const struct turn *turns, size_t count, uint32_t number, struct engine_run **out, struct error *error)
{
	*out = NULL;
	uint32_t *path = memory_array(count, sizeof *path);
	struct player player = {.dialogue = dialogue, .scratch = scratch, .attempt = 1};
	size_t length = 0, at = 0;
	enum status status = active_path(turns, count, path, &length, error);
	if (status != STATUS_OK)
		goto out;
	while (at < length && path[at] != number)
		at++;
	if (at == length) {
		status = error_set(error, STATUS_INVALID, "no_such_message",
			"Message %u is not part of this conversation any more.", number);
		goto out;
	}
	player.arena = arena_new(0);
	player.before = memory_array(count, sizeof(struct engine_run *));
	player.run = engine_start(dialogue, seed);
	status = step_path(&player, turns, path, at, error);
	if (status == STATUS_OK) {
		*out = player.run;
		player.run = NULL;
	}
out:
	engine_free(player.run);
	arena_free(player.arena);
	free(player.before);
	free(path);
	return status;
}
