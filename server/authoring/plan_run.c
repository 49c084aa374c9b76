/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_checks.h"
#include "plan_findings.h"

#include "askwell/memory.h"

#include <stdlib.h>

/* One pass over a plan: straight, or with the run saved and loaded between turns. */
struct pass {
	const struct plan *plan;
	const struct dialogue *dialogue;
	struct technique_scratch *scratch;
	struct arena *arena;
	struct findings *findings;
	struct plan_result *result;
	struct engine_run *run;
	struct engine_run **before; /* the run that met each message, for retakes */
	bool saved;
	bool broken; /* a turn could not be taken */
};

static void fail(struct pass *pass, enum plan_diagnostic diagnostic, unsigned line, const char *reason)
{
	plan_report(pass->findings, diagnostic, pass->plan->file, line, NULL, "%s", reason);
	pass->result->passed = false;
}

static bool say_turn(struct pass *pass, const struct turn *turn, struct plan_came *came)
{
	struct technique_context context;
	struct engine_run *after = NULL;
	engine_context(pass->dialogue, pass->run, pass->arena, &context);
	if (technique_analyse(dialogue_pack(pass->dialogue), pass->scratch, turn->text, turn->text_length, &context,
		    pass->arena, &came->analysis) != STATUS_OK ||
		engine_step(pass->dialogue, pass->run, &came->analysis, turn->text, turn->text_length, pass->scratch,
			pass->arena, &after, &came->reply) != STATUS_OK)
		return false;
	pass->before[turn->number - 1] = pass->run;
	pass->run = after;
	return true;
}

static bool retake_turn(struct pass *pass, const struct turn *turn)
{
	if (pass->before[turn->to - 1] == NULL)
		return false;
	engine_free(pass->run);
	pass->run = pass->before[turn->to - 1];
	pass->before[turn->to - 1] = NULL;
	for (uint32_t i = turn->to; i < turn->number; i++) {
		engine_free(pass->before[i - 1]);
		pass->before[i - 1] = NULL;
	}
	return true;
}

static bool end_turn(struct pass *pass, struct plan_came *came)
{
	struct engine_run *after = NULL;
	if (engine_end(pass->dialogue, pass->run, pass->arena, &after, &came->reply) != STATUS_OK)
		return false;
	engine_free(pass->run);
	pass->run = after;
	return true;
}

static bool take_turn(struct pass *pass, const struct turn *turn, struct plan_came *came)
{
	switch (turn->kind) {
	case TURN_SAY:
		return say_turn(pass, turn, came);
	case TURN_RETAKE:
		return retake_turn(pass, turn);
	case TURN_HINT:
		if (engine_ended(pass->run))
			return false;
		engine_hint(pass->dialogue, pass->run, pass->arena, &came->hint);
		return true;
	case TURN_END:
		return end_turn(pass, came);
	}
	return false;
}

static void save_and_load(struct pass *pass, unsigned line)
{
	struct buffer saved = {0};
	struct error error = {0};
	struct engine_run *loaded = NULL;
	engine_save(pass->dialogue, pass->run, &saved);
	if (engine_load(pass->dialogue, saved.data, saved.length, &loaded, &error) != STATUS_OK) {
		fail(pass, PLAN_SAVED, line, error.text);
	} else {
		if (!engine_equal(pass->run, loaded))
			fail(pass, PLAN_SAVED, line, "After saving and loading the run is another one.");
		engine_free(pass->run);
		pass->run = loaded;
	}
	buffer_clear(&saved);
}

static bool missed_before(const struct plan_result *result, size_t turn, size_t expectation)
{
	for (size_t i = 0; i < result->miss_count; i++)
		if (result->misses[i].turn == turn && result->misses[i].expectation == expectation)
			return true;
	return false;
}

static void expect(struct pass *pass, size_t turn, size_t number, const struct plan_came *came)
{
	const struct plan_turn *planned = &pass->plan->turns[turn];
	const struct plan_expectation *expectation = &planned->expectations[number];
	const struct plan_moment moment = {
		.dialogue = pass->dialogue,
		.run = pass->run,
		.analysis = planned->turn.kind == TURN_SAY ? &came->analysis : NULL,
		.reply = &came->reply,
		.arena = pass->arena,
	};
	struct plan_result *result = pass->result;
	struct buffer found = {0};
	const char *value = NULL;
	if (!plan_check_find(expectation->key)->check(&moment, expectation->value, &found, &value) &&
		!missed_before(result, turn, number)) {
		result->misses[result->miss_count++] = (struct plan_miss){
			turn, number, arena_copy(pass->arena, found.data, found.length), value, pass->saved};
		result->passed = false;
		plan_report(pass->findings, pass->saved ? PLAN_SAVED : PLAN_FAILED, pass->plan->file, expectation->line,
			pass->saved ? NULL : "", "Expected %s: %s; found %s%s.", expectation->key, expectation->value,
			found.data, pass->saved ? " (with the run saved and loaded)" : "");
	}
	buffer_clear(&found);
}

static void note_position(const struct pass *pass, struct plan_came *came)
{
	came->stage = engine_stage(pass->dialogue, pass->run);
	came->state = engine_state(pass->dialogue, pass->run);
	came->ending = engine_ending(pass->run);
}

/* Returns the run after the last turn, owned. */
static struct engine_run *run_pass(struct pass *pass, const struct engine_run *start)
{
	const struct plan *plan = pass->plan;
	pass->run = engine_copy(start);
	pass->before = memory_array(plan->count, sizeof(struct engine_run *));
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_turn *turn = &plan->turns[i];
		struct plan_came aside, *came = pass->saved ? &aside : &pass->result->turns[i];
		*came = (struct plan_came){.reply = {.level = ENGINE_BUILT_IN, .ending = -1}};
		if (pass->saved)
			save_and_load(pass, turn->line);
		if (!take_turn(pass, &turn->turn, came)) {
			pass->broken = true;
			fail(pass, PLAN_IMPOSSIBLE_TURN, turn->line, "This turn cannot be taken.");
			break;
		}
		note_position(pass, came);
		if (!pass->saved)
			pass->result->count++;
		for (size_t j = 0; j < turn->count; j++)
			expect(pass, i, j, came);
	}
	for (size_t i = 0; i < plan->count; i++)
		engine_free(pass->before[i]);
	free(pass->before);
	return pass->run;
}

static void check_replay(struct pass *pass, const struct engine_run *start, const struct engine_run *run)
{
	struct turn *turns = arena_array(pass->arena, pass->plan->count, sizeof *turns);
	struct replay replayed;
	struct error error = {0};
	for (size_t i = 0; i < pass->plan->count; i++)
		turns[i] = pass->plan->turns[i].turn;
	if (replay_from(pass->dialogue, pass->scratch, start, turns, pass->plan->count, pass->arena, &replayed,
		    &error) != STATUS_OK) {
		fail(pass, PLAN_REPLAY, 1, error.text);
		return;
	}
	if (!engine_equal(run, replayed.run))
		fail(pass, PLAN_REPLAY, 1, "A replay of the same turns gives another run.");
	engine_free(replayed.run);
}

static size_t count_expectations(const struct plan *plan)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->count; i++)
		count += plan->turns[i].count;
	return count;
}

void plan_run(const struct plan *plan, const struct dialogue *dialogue, struct technique_scratch *scratch,
	struct arena *arena, struct findings *findings, struct plan_result *out)
{
	struct pass pass = {plan, dialogue, scratch, arena, findings, out, NULL, NULL, false, false};
	struct engine_run *start = NULL;
	struct error error = {0};
	*out = (struct plan_result){.passed = true};
	if (engine_start_at(dialogue, plan->seed, &plan->scene, &start, &error) != STATUS_OK) {
		fail(&pass, PLAN_SCENE, plan->scene_line, error.text);
		return;
	}
	out->turns = arena_array(arena, plan->count, sizeof *out->turns);
	out->misses = arena_array(arena, count_expectations(plan), sizeof *out->misses);
	for (int saved = 0; saved < 2 && !pass.broken; saved++) {
		pass.saved = saved == 1;
		struct engine_run *run = run_pass(&pass, start);
		if (!pass.broken)
			check_replay(&pass, start, run);
		engine_free(run);
	}
	engine_free(start);
}

void plan_without_case(const struct plan *plan, struct findings *findings)
{
	plan_report(findings, PLAN_UNKNOWN_CASE, plan->file, plan->dialogue_line, NULL,
		"There is no case \"%s\" in service.", plan->dialogue);
}
