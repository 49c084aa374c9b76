/* SPDX-License-Identifier: Apache-2.0 */
/* A drill: exercises one after the other, each until it is done well or its tries are over. State i is exercise i. */
#include "step.h"

#include "askwell/random.h"

#define SEED_BITS 16

const char *engine_outcome_name(enum engine_outcome outcome)
{
	static const char *const names[] = {"aside", "again", "right", "shown"};
	return names[outcome];
}

uint64_t engine_drill_seed(uint64_t exercises, uint64_t random)
{
	return exercises << SEED_BITS | (random & ((SCRIPT_BIT(SEED_BITS)) - 1));
}

/* The `number`th of the bits that are set. */
static unsigned nth_bit(uint64_t bits, unsigned number)
{
	while (number-- > 0)
		bits &= bits - 1;
	return (unsigned)__builtin_ctzll(bits);
}

static unsigned choose(const struct dialogue *dialogue, struct engine_run *run, uint64_t among)
{
	unsigned count = (unsigned)__builtin_popcountll(among);
	return nth_bit(among, dialogue->in_order || count == 1 ? 0 : random_below(&run->random, count));
}

unsigned exercise_begin(const struct dialogue *dialogue, struct engine_run *run, uint64_t seed)
{
	uint64_t all = SCRIPT_BIT(dialogue->info.exercise_count) - 1;
	uint64_t left = all;
	run->exercises = seed >> SEED_BITS & all;
	if (run->exercises == 0)
		for (unsigned i = 0; i < dialogue->info.asked && left != 0; i++) {
			unsigned chosen = choose(dialogue, run, left);
			run->exercises |= SCRIPT_BIT(chosen);
			left &= ~SCRIPT_BIT(chosen);
		}
	return choose(dialogue, run, run->exercises);
}

void exercise_present(struct step *step, unsigned state)
{
	const struct script_exercise *exercise = &step->dialogue->exercises[state];
	say_variant(step, exercise->task.first, ENGINE_GUIDE);
	if (exercise->line.count > 0)
		say_variant(step, exercise->line.first, ENGINE_CHARACTER);
}

bool exercise_over(const struct engine_run *run)
{
	return (run->exercises & ~run->exercises_done) == 0;
}

struct engine_exercise engine_exercises(const struct dialogue *dialogue, const struct engine_run *run)
{
	return (struct engine_exercise){
		.id = dialogue->states[run->state].id,
		.right = (unsigned)__builtin_popcountll(run->exercises_right),
		.done = (unsigned)__builtin_popcountll(run->exercises_done),
		.of = (unsigned)__builtin_popcountll(run->exercises),
	};
}

static void show_answer(struct step *step, const struct script_exercise *exercise)
{
	const struct dialogue *d = step->dialogue;
	const struct fill answer = {"{answer}", exercise->answer};
	const char *text = d->shown_texts[random_below(&step->run->random, (uint32_t)d->shown_text_count)];
	say_text(step, run_fill(step->arena, text, &answer, 1), ENGINE_GUIDE);
}

static void next(struct step *step)
{
	struct engine_run *run = step->run;
	if (exercise_over(run))
		return;
	run->tries = 0;
	run->state = (uint8_t)choose(step->dialogue, run, run->exercises & ~run->exercises_done);
	run_history(run)[run->stage] = run->state;
	run_visits(run)[run->state]++;
	exercise_present(step, run->state);
}

static enum engine_outcome outcome_of(
	const struct step *step, const struct script_rule *rule, const struct script_exercise *exercise)
{
	if (rule != NULL && rule->free)
		return ENGINE_ASIDE;
	if (rule != NULL && rule->right)
		return ENGINE_RIGHT;
	return step->run->tries + 1U < exercise->tries ? ENGINE_AGAIN : ENGINE_SHOWN;
}

void exercise_step(struct step *step, const struct script_rule *rule)
{
	struct engine_run *run = step->run;
	unsigned state = run->state;
	const struct script_exercise *exercise = &step->dialogue->exercises[state];
	struct engine_exercise *out = arena_alloc(step->arena, sizeof *out);
	*out = (struct engine_exercise){.id = step->dialogue->states[state].id};
	out->outcome = outcome_of(step, rule, exercise);
	if (out->outcome != ENGINE_ASIDE)
		run->tries++;
	if (out->outcome == ENGINE_RIGHT)
		run->exercises_right |= SCRIPT_BIT(state);
	if (out->outcome == ENGINE_SHOWN)
		show_answer(step, exercise);
	if (out->outcome == ENGINE_RIGHT || out->outcome == ENGINE_SHOWN) {
		run->exercises_done |= SCRIPT_BIT(state);
		next(step);
	}
	const struct engine_exercise after = engine_exercises(step->dialogue, run);
	out->right = after.right;
	out->done = after.done;
	out->of = after.of;
	step->reply->exercise = out;
}
