/* SPDX-License-Identifier: Apache-2.0 */
#include "step.h"

#include <stdlib.h>
#include <string.h>

#define TURN_CAP 60000

/* Messages between two prompts, so that the talk stays a talk. */
#define PROMPT_GAP 3

const char *engine_level_name(enum engine_level level)
{
	static const char *const names[] = {
		"state", "stage", "dialogue", "follow_up", "answer", "temperament", "built_in"};
	return names[level];
}

void step_change(struct step *step, const struct script_changes *changes)
{
	struct engine_run *run = step->run;
	for (size_t i = 0; i < changes->count; i++) {
		const struct script_change *one = &changes->changes[i];
		const struct dialogue_variable_info *variable = &step->dialogue->info.variables[one->variable];
		int value = one->absolute ? one->amount : run->variables[one->variable] + one->amount;
		if (value < variable->least)
			value = variable->least;
		if (value > variable->most)
			value = variable->most;
		if (value != run->variables[one->variable])
			run_since(run)[one->variable] = (uint16_t)run->turns;
		run->variables[one->variable] = (int16_t)value;
	}
}

/* A guard that went up comes down by one with each message, so that a slip can be mended. */
void step_calm_down(struct step *step)
{
	int guarded = step->dialogue->guarded;
	if (guarded != SCRIPT_NONE && step->run->variables[guarded] > 0 &&
		step->run->variables[guarded] > step->dialogue->info.variables[guarded].least)
		step->run->variables[guarded]--;
}

static unsigned stage_entry(const struct engine_run *run, const struct dialogue *dialogue, unsigned stage)
{
	uint8_t left = run_history(run)[stage];
	return left == RUN_NEVER ? dialogue->stages[stage].first_state : left;
}

/* In a drill the guide speaks wherever it is not an exercise's own line. */
enum engine_voice step_teller(const struct step *step)
{
	return step->dialogue->info.drill ? ENGINE_GUIDE : ENGINE_CHARACTER;
}

/* Only the trainee's words can end the run for good: by an automatic ending, a final state or their own wish. */
static void finish(struct step *step, bool automatic_only)
{
	const struct dialogue *d = step->dialogue;
	for (size_t i = 0; i < d->info.ending_count; i++) {
		const struct script_ending *ending = &d->endings[i];
		if ((automatic_only && !ending->automatic) ||
			condition_check(ending->when, &step->moment) != VERDICT_YES)
			continue;
		step->run->ended = 1;
		step->run->ending = (int16_t)i;
		say(step, ending->client, step_teller(step));
		return;
	}
}

void step_go(struct step *step, const struct script_rule *rule)
{
	const struct dialogue *d = step->dialogue;
	unsigned state = step->run->state;
	if (rule->go == GO_STATE)
		state = rule->target;
	else if (rule->go == GO_STAGE)
		state = d->stages[rule->target].first_state;
	else if (rule->go == GO_HISTORY)
		state = stage_entry(step->run, d, rule->target);
	if (state == step->run->state)
		return;
	run_enter(step->run, d, state);
	say(step, d->states[state].enter, ENGINE_CHARACTER);
	if (d->states[state].final)
		finish(step, false);
}

static int stage_by_words(const struct step *step)
{
	uint64_t found = step->stage_words;
	if (found == 0)
		return SCRIPT_NONE;
	return (found & SCRIPT_BIT(step->run->stage)) != 0 ? step->run->stage : __builtin_ctzll(found);
}

/* The stage that the message aims at, or SCRIPT_NONE: by words and techniques of the stage's own, or by the focus of a
 * question or of an invitation to move on. */
static int aimed_stage(const struct step *step)
{
	const struct technique_label *primary = step->moment.primary;
	const struct script_stage *stages = step->dialogue->stages;
	size_t count = step->dialogue->info.stage_count;
	bool steers = primary->family == TECHNIQUE_QUESTION || primary->technique == TECHNIQUE_STRUCTURING;
	int by_words = steers ? stage_by_words(step) : SCRIPT_NONE;
	if (by_words != SCRIPT_NONE)
		return by_words;
	if ((stages[step->run->stage].techniques & (uint32_t)1 << primary->technique) != 0)
		return step->run->stage;
	for (size_t i = 0; i < count; i++)
		if ((stages[i].techniques & (uint32_t)1 << primary->technique) != 0)
			return (int)i;
	for (size_t i = 0; steers && primary->focus != TECHNIQUE_FOCUS_NONE && i < count; i++)
		if ((stages[i].focus & (1U << primary->focus)) != 0)
			return (int)i;
	return SCRIPT_NONE;
}

/* A stage that has done its work is left once, for the next that is ready; the trainee may come back to it. */
static void move_on(struct step *step)
{
	const struct dialogue *d = step->dialogue;
	struct engine_run *run = step->run;
	unsigned stage = run->stage, next = stage + 1;
	if (d->stages[stage].done == NULL || (run->stages_done & 1U << stage) != 0 ||
		condition_check(d->stages[stage].done, &step->moment) != VERDICT_YES)
		return;
	run->stages_done = (uint16_t)(run->stages_done | 1U << stage);
	if (next < d->info.stage_count && condition_check(d->stages[next].ready, &step->moment) == VERDICT_YES)
		run_enter(run, d, stage_entry(run, d, next));
}

static void ask_prompt(struct step *step)
{
	const struct dialogue *d = step->dialogue;
	struct engine_run *run = step->run;
	if (run->prompted != 0 && run->turns < (uint32_t)run->prompted + PROMPT_GAP)
		return;
	for (size_t i = 0; i < d->prompt_count; i++) {
		if ((run->prompts & 1U << i) != 0 || condition_check(d->prompts[i].when, &step->moment) != VERDICT_YES)
			continue;
		run->prompts |= 1U << i;
		run->prompted = (uint16_t)run->turns;
		say_text(step, d->prompts[i].ask, ENGINE_GUIDE);
		step->reply->prompt = d->prompts[i].id;
		return;
	}
}

static void follow_focus(struct step *step)
{
	const struct dialogue *d = step->dialogue;
	struct engine_run *run = step->run;
	int aimed = aimed_stage(step);
	if (aimed == SCRIPT_NONE || aimed == run->stage)
		return;
	const struct script_stage *stage = &d->stages[aimed];
	bool visited = (run->stages_visited & 1U << aimed) != 0;
	if (!visited && condition_check(stage->ready, &step->moment) != VERDICT_YES) {
		step->moment.premature = stage->order > d->stages[run->stage].order;
		return;
	}
	run_enter(run, d, stage_entry(run, d, (unsigned)aimed));
	if (visited)
		say(step, stage->late, ENGINE_CHARACTER);
}

static uint16_t one_more(uint16_t count)
{
	return count < TURN_CAP ? (uint16_t)(count + 1) : count;
}

static void count(struct step *step)
{
	struct engine_run *run = step->run;
	const struct technique_label *primary = step->moment.primary;
	if (run->turns < TURN_CAP)
		run->turns++;
	run->asked[primary->technique] = one_more(run->asked[primary->technique]);
	run->streak = run->streak > 0 && run->last_technique == primary->technique ? one_more(run->streak) : 1;
	run->family_streak =
		run->family_streak > 0 && run->last_family == primary->family ? one_more(run->family_streak) : 1;
	run->last_technique = (uint8_t)primary->technique;
	run->last_family = (uint8_t)primary->family;
}

#define GIVEN_BACK                                                                                                     \
	(SCRIPT_BIT(TECHNIQUE_SIMPLE_REFLECTION) | SCRIPT_BIT(TECHNIQUE_COMPLEX_REFLECTION) |                          \
		SCRIPT_BIT(TECHNIQUE_SUMMARY))

static bool ends_sentence(char c)
{
	return c == '.' || c == '!' || c == '?' || c == '\n';
}

/* What the sentence that the character reacts to is about; where that names nothing, the whole message. A question after
 * somebody's words were given back is about what it asks: then conditions, too, see no other topics. */
static void find_topics(struct step *step, struct technique_scratch *scratch, const char *text, size_t length)
{
	const struct dialogue *d = step->dialogue;
	const struct technique_label *primary = step->moment.primary;
	size_t start = primary->span.start, end = primary->span.end;
	struct moment sentence = {.dialogue = d};
	moment_find_words(&step->moment, scratch, text, length);
	step->named = step->moment.topics;
	while (start > 0 && start <= length && !ends_sentence(text[start - 1]))
		start--;
	while (end < length && !ends_sentence(text[end]))
		end++;
	if (start < end && end <= length && end - start + 1 < length)
		moment_find_words(&sentence, scratch, text + start, end - start);
	step->moment.asked_about = sentence.topics != 0 ? sentence.topics : step->moment.topics;
	if (!d->info.drill && primary->family == TECHNIQUE_QUESTION && (step->moment.techniques & GIVEN_BACK) != 0)
		step->moment.topics = step->moment.asked_about;
}

static void find_words(struct step *step, struct technique_scratch *scratch, const char *text, size_t length)
{
	const struct dialogue *d = step->dialogue;
	uint16_t *offered = run_offered(step->run);
	uint64_t open = 0, over = 0;
	uint64_t found = 0;
	find_topics(step, scratch, text, length);
	if (d->stage_index != NULL)
		technique_words_index_find(d->stage_index, scratch, text, length, &step->stage_words);
	for (size_t i = 0; i < d->info.cue_count; i++)
		if (offered[i] != 0)
			*(step->run->turns < (uint32_t)offered[i] + ENGINE_CUE_WINDOW ? &open : &over) |= SCRIPT_BIT(i);
	if ((open | over) == 0)
		return;
	technique_words_index_find(d->cue_index, scratch, text, length, &found);
	step->moment.follows |= open & found;
	step->cues_late = over & found;
	for (size_t i = 0; i < d->info.cue_count; i++)
		if (step->moment.follows & SCRIPT_BIT(i))
			offered[i] = 0;
}

#define LISTENING                                                                                                      \
	(SCRIPT_BIT(TECHNIQUE_SIMPLE_REFLECTION) | SCRIPT_BIT(TECHNIQUE_COMPLEX_REFLECTION) |                          \
		SCRIPT_BIT(TECHNIQUE_SUMMARY) | SCRIPT_BIT(TECHNIQUE_AFFIRMATION) | SCRIPT_BIT(TECHNIQUE_EMPATHY))

/* A feeling was on the table and the message goes on with a plain question of fact. */
static bool ignores_feeling(const struct step *step)
{
	const struct moment *m = &step->moment;
	return (step->before->cues & step->dialogue->feeling_cues) != 0 &&
	       (m->follows & step->dialogue->feeling_cues) == 0 && m->primary->technique == TECHNIQUE_CLOSED_QUESTION &&
	       m->primary->focus != TECHNIQUE_FOCUS_FEELING && (m->techniques & LISTENING) == 0;
}

bool engine_finds_flag(enum technique_flag_id id)
{
	return id == TECHNIQUE_FLAG_PREMATURE_STAGE || id == TECHNIQUE_FLAG_IGNORED_FEELING;
}

static void find_flags(struct step *step, size_t length)
{
	const struct technique_analysis *analysis = step->analysis;
	const struct {
		enum technique_flag_id id;
		bool found;
	} own[] = {
		{TECHNIQUE_FLAG_PREMATURE_STAGE, step->moment.premature},
		{TECHNIQUE_FLAG_IGNORED_FEELING, ignores_feeling(step)},
	};
	struct technique_flag *flags = arena_array(step->arena, analysis->flag_count + 2, sizeof *flags);
	size_t n = analysis->flag_count;
	for (size_t i = 0; i < n; i++)
		flags[i] = analysis->flags[i];
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		if (!own[i].found)
			continue;
		step->moment.flags |= SCRIPT_BIT(own[i].id);
		flags[n++] = (struct technique_flag){
			own[i].id, technique_pack_flag_reason(step->dialogue->pack, own[i].id), {0, length}};
	}
	step->flags = flags;
	step->flag_count = n;
}

/* A message that wants no more than the rule which leads has its answer with that. */
static void answer_message(struct step *step, struct answer *answer)
{
	struct answer rest;
	match_answer(step, NULL, answer);
	if (answer->rule == NULL || !answer->rule->go_on)
		return;
	step_lead(step, answer->rule);
	match_answer(step, answer->rule, &rest);
	if (rest.rule == NULL) {
		step->reply->lead_number = 0;
		return;
	}
	*answer = rest;
}

/* What the next message will be analysed against. */
static void remember(struct step *step, const struct script_rule *rule, const char *text, size_t length)
{
	struct engine_run *run = step->run;
	bool listened = (step->moment.techniques & LISTENING) != 0;
	run->permission = rule != NULL && rule->grant;
	run->question_streak = step->analysis->question_count > 0 && !listened ? one_more(run->question_streak) : 0;
	size_t kept = length < RUN_PREVIOUS_MAX ? length : RUN_PREVIOUS_MAX;
	while (kept > 0 && kept < length && ((unsigned char)text[kept] & 0xc0) == 0x80)
		kept--;
	memset(run->previous, 0, sizeof run->previous);
	memcpy(run->previous, text, kept);
	run->previous_length = (uint8_t)kept;
}

static void list_changes(struct step *step)
{
	size_t n = 0;
	struct engine_change *changes = arena_array(step->arena, step->run->variable_count, sizeof *changes);
	for (unsigned i = 0; i < step->run->variable_count; i++)
		if (!step->dialogue->info.variables[i].bookkeeping &&
			step->before->variables[i] != step->run->variables[i])
			changes[n++] = (struct engine_change){i, step->before->variables[i], step->run->variables[i]};
	step->reply->changes = changes;
	step->reply->change_count = n;
}

static void list_topics(struct step *step)
{
	size_t n = 0;
	const char **topics = arena_array(step->arena, (size_t)__builtin_popcountll(step->named), sizeof *topics);
	for (size_t i = 0; i < step->dialogue->topic_count; i++)
		if ((step->named & SCRIPT_BIT(i)) != 0)
			topics[n++] = step->dialogue->topics[i].id;
	step->reply->topics = topics;
	step->reply->topic_count = n;
}

void step_begin(struct step *step, const struct dialogue *dialogue, const struct engine_run *before,
	struct arena *arena, struct engine_reply *out)
{
	memset(out, 0, sizeof *out);
	*step = (struct step){.dialogue = dialogue, .before = before, .arena = arena, .reply = out};
	step->run = engine_copy(before);
	step->moment = (struct moment){.dialogue = dialogue, .run = step->run, .permission = before->permission != 0};
	out->stage_before = before->stage;
	out->level = ENGINE_BUILT_IN;
	out->ending = SCRIPT_NONE;
}

static void end_step(struct step *step)
{
	say_finish(step);
	list_changes(step);
	step->reply->flags = step->flags;
	step->reply->flag_count = step->flag_count;
	step->reply->stage_after = step->run->stage;
	step->reply->state = step->dialogue->states[step->run->state].id;
	step->reply->ending = step->run->ending;
}

/* A person may be in trouble: the guide answers, and the conversation stays where it was. */
static void answer_safety(struct step *step)
{
	const char *text = technique_pack_safety_text(step->dialogue->pack, step->analysis->safety);
	say_text(step, text != NULL ? text : "", ENGINE_GUIDE);
	step->reply->rule = step->analysis->safety;
	step->reply->because = "The message may be about someone's safety, so the practice pauses.";
	step->flags = step->analysis->flags;
	step->flag_count = step->analysis->flag_count;
}

void step_hear(struct step *step, struct technique_scratch *scratch, const char *text, size_t length)
{
	step->text = text;
	step->scratch = scratch;
	moment_read(&step->moment, step->analysis);
	count(step);
	find_words(step, scratch, text, length);
	list_topics(step);
	follow_focus(step);
	find_flags(step, length);
}

enum status engine_step(const struct dialogue *dialogue, const struct engine_run *before,
	const struct technique_analysis *analysis, const char *text, size_t length, struct technique_scratch *scratch,
	struct arena *arena, struct engine_run **after, struct engine_reply *out)
{
	*after = NULL;
	if (before->ended)
		return STATUS_ENDED;
	struct step step;
	step_begin(&step, dialogue, before, arena, out);
	step.analysis = analysis;
	*after = step.run;
	if (analysis->safety != NULL) {
		answer_safety(&step);
		end_step(&step);
		return STATUS_OK;
	}
	struct answer answer;
	step_hear(&step, scratch, text, length);
	answer_message(&step, &answer);
	step_speak(&step, &answer);
	if (dialogue->info.drill)
		exercise_step(&step, answer.rule);
	if (!step.run->ended && dialogue->info.drill && exercise_over(step.run))
		finish(&step, false);
	if (!step.run->ended)
		finish(&step, true);
	if (!step.run->ended) {
		move_on(&step);
		ask_prompt(&step);
	}
	out->feedback = feedback_choose(&step, text, answer.rule);
	remember(&step, answer.rule, text, length);
	end_step(&step);
	return STATUS_OK;
}

enum status engine_end(const struct dialogue *dialogue, const struct engine_run *before, struct arena *arena,
	struct engine_run **after, struct engine_reply *out)
{
	*after = NULL;
	if (before->ended)
		return STATUS_ENDED;
	struct step step;
	step_begin(&step, dialogue, before, arena, out);
	*after = step.run;
	out->rule = "end";
	out->because = "The trainee ended the conversation.";
	finish(&step, false);
	end_step(&step);
	return STATUS_OK;
}

static void open_with(struct step *step)
{
	say_variant(step, step->run->opening, step_teller(step));
	if (step->dialogue->info.drill)
		exercise_present(step, step->run->first_state);
}

struct engine_run *engine_start(const struct dialogue *dialogue, uint64_t seed)
{
	struct engine_run *run = run_new(dialogue);
	run->random = seed;
	for (unsigned i = 0; i < run->variable_count; i++)
		run->variables[i] = (int16_t)dialogue->info.variables[i].start;
	run->first_state = (uint8_t)(dialogue->info.drill ? exercise_begin(dialogue, run, seed) : dialogue->start);
	run_enter(run, dialogue, run->first_state);
	struct moment moment = {.dialogue = dialogue, .run = run};
	int variant = say_choose(run, &moment, dialogue->opening);
	run->opening = variant == SCRIPT_NONE ? (uint16_t)dialogue->opening.first : (uint16_t)variant;
	struct arena *arena = arena_new(0);
	struct engine_reply reply = {0};
	struct step step = {.dialogue = dialogue, .run = run, .arena = arena, .reply = &reply, .moment = moment};
	open_with(&step);
	say_finish(&step);
	arena_free(arena);
	return run;
}

void engine_opening(
	const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena, struct engine_reply *out)
{
	struct step step;
	step_begin(&step, dialogue, run, arena, out);
	step.run->topic = SCRIPT_NONE;
	open_with(&step);
	say_finish(&step);
	out->rule = "opening";
	out->because = "This is how the conversation begins.";
	out->stage_before = out->stage_after = dialogue->states[run->first_state].stage;
	out->state = dialogue->states[run->first_state].id;
	engine_free(step.run);
}
