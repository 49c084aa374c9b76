/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/walk.h"

#include "walk_findings.h"
#include "walk_lines.h"
#include "walk_trainee.h"

#include "askwell/memory.h"
#include "askwell/random.h"

#include <stdlib.h>
#include <string.h>

/* A nudge of few different labels is no proof that nothing helps. */
#define DEAD_END_LABELS 3
#define PROBES_MAX 100 /* of each kind of text */

const char *walk_kind_name(enum walk_kind kind)
{
	static const char *const names[WALK_KINDS] = {"random", "adversarial", "coach"};
	return names[kind];
}

/* Messages in a row that one rule answered without any change. */
struct still {
	unsigned rule;
	unsigned count;
	uint32_t labels;
	const char *texts[WALK_DEAD_END];
};

/* All walks of one case, and the one at hand. */
struct walker {
	const struct dialogue *dialogue;
	const struct walk_options *options;
	struct walk_report *report;
	struct walk_troubles troubles;
	struct walk_lines *lines;
	struct walk_pool pool;
	struct technique_scratch *scratch;
	struct arena *talk; /* one walk */
	size_t number;      /* of the walk, from 1 */
	struct trainee trainee;
	struct engine_run *run;
	struct engine_reply reply;
	struct still still;
};

static enum walk_kind kind_of(size_t number)
{
	return (enum walk_kind)((number - 1) % WALK_KINDS);
}

/* Seeds of the run and of the trainee: each walk can be held again without those before it. */
static void walk_seeds(const struct walk_options *options, size_t number, uint64_t *run, uint64_t *trainee)
{
	uint64_t state = options->seed;
	state = random_next(&state) ^ (uint64_t)number;
	*run = random_next(&state) >> 1;
	*trainee = random_next(&state);
}

static bool is_empty(const struct engine_reply *reply)
{
	for (size_t i = 0; i < reply->line_count; i++)
		if (*reply->lines[i].text != '\0')
			return false;
	return true;
}

static bool has_text(const char *text)
{
	return text != NULL && *text != '\0';
}

/* In a drill the guide sets the next task, and after that only the line that it is about is said: two tasks may well be
 * about the same. */
static size_t lines_to_look_at(const struct walker *w)
{
	const struct engine_reply *reply = &w->reply;
	size_t count = 0;
	if (!dialogue_info(w->dialogue)->drill)
		return reply->line_count;
	while (count < reply->line_count && reply->lines[count].voice == ENGINE_CHARACTER)
		count++;
	return count;
}

static void look_at_lines(struct walker *w)
{
	const struct engine_reply *reply = &w->reply;
	if (is_empty(reply))
		walk_trouble_count(&w->troubles.silent[reply->rule_number], kind_of(w->number), w->number, NULL);
	for (size_t i = 0; i < lines_to_look_at(w); i++)
		if (reply->lines[i].voice == ENGINE_CHARACTER &&
			walk_lines_said(w->lines, reply->lines[i].text, w->trainee.said, reply->rule))
			walk_trouble_count(&w->troubles.again[reply->rule_number], kind_of(w->number), w->number, NULL);
}

static bool has_changed(const struct walker *w, const struct engine_run *after)
{
	if (w->reply.disclosure != NULL || engine_ended(after) ||
		strcmp(engine_state(w->dialogue, w->run), engine_state(w->dialogue, after)) != 0)
		return true;
	for (unsigned i = 0; i < dialogue_info(w->dialogue)->variable_count; i++)
		if (engine_variable(w->run, i) != engine_variable(after, i))
			return true;
	return false;
}

static bool typed_before(const struct still *still, const char *text)
{
	for (unsigned i = 0; i < still->count; i++)
		if (strcmp(still->texts[i], text) == 0)
			return true;
	return false;
}

/* Whether this message, typed now, is answered by another rule or changes something. */
static bool leads_on(struct walker *w, const char *text)
{
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_reply kept = w->reply;
	struct engine_run *after = NULL;
	bool leads = false;
	engine_context(w->dialogue, w->run, w->talk, &context);
	if (technique_analyse(dialogue_pack(w->dialogue), w->scratch, text, strlen(text), &context, w->talk,
		    &analysis) == STATUS_OK &&
		engine_step(w->dialogue, w->run, &analysis, text, strlen(text), w->scratch, w->talk, &after,
			&w->reply) == STATUS_OK)
		leads = analysis.safety == NULL && (w->reply.rule_number != kept.rule_number || has_changed(w, after));
	engine_free(after);
	w->reply = kept;
	return leads;
}

static bool some_lead_on(struct walker *w, const struct walk_texts *texts)
{
	size_t count = texts->count < PROBES_MAX ? texts->count : PROBES_MAX;
	for (size_t i = 0; i < count; i++)
		if (leads_on(w, texts->texts[i * texts->count / count]))
			return true;
	return false;
}

/* Everything that a case is made for is tried: samples, questions, what can be given back, what people usually say. */
static bool is_dead_end(struct walker *w)
{
	for (size_t i = 0; i < w->pool.message_count; i++)
		if (leads_on(w, w->pool.messages[i].text))
			return false;
	return !some_lead_on(w, &w->pool.asks) && !some_lead_on(w, &w->pool.reflects) &&
	       !some_lead_on(w, &w->pool.samples) && !some_lead_on(w, &w->pool.near);
}

/* Before the run moves on to `after`. */
static void look_for_dead_end(
	struct walker *w, const struct technique_analysis *analysis, const char *text, const struct engine_run *after)
{
	struct still *still = &w->still;
	/* About someone's safety the guide alone answers, and nothing should change. */
	if (analysis->safety != NULL)
		return;
	bool changed = has_changed(w, after);
	if (changed || still->rule != w->reply.rule_number)
		*still = (struct still){.rule = w->reply.rule_number};
	if (changed || typed_before(still, text))
		return;
	still->texts[still->count++] = text;
	still->labels |= 1U << analysis->primary->technique;
	if (still->count < WALK_DEAD_END)
		return;
	if (__builtin_popcount(still->labels) >= DEAD_END_LABELS) {
		struct walk_trouble *rows = is_dead_end(w) ? w->troubles.dead : w->troubles.still;
		walk_trouble_count(&rows[still->rule], kind_of(w->number), w->number, engine_state(w->dialogue, after));
	}
	*still = (struct still){.rule = still->rule};
}

static void count_answer(struct walker *w, enum walk_kind kind)
{
	w->report->messages[kind]++;
	w->report->fallbacks[kind] += inventory_answered_anyhow(w->dialogue, &w->reply);
	coverage_add(w->report->coverage, &w->reply);
}

static bool take_message(struct walker *w, const char *text, struct technique_analysis *analysis)
{
	struct technique_context context;
	struct engine_run *after = NULL;
	size_t length = strlen(text);
	engine_context(w->dialogue, w->run, w->talk, &context);
	if (technique_analyse(dialogue_pack(w->dialogue), w->scratch, text, length, &context, w->talk, analysis) !=
			STATUS_OK ||
		engine_step(w->dialogue, w->run, analysis, text, length, w->scratch, w->talk, &after, &w->reply) !=
			STATUS_OK)
		return false;
	look_at_lines(w);
	look_for_dead_end(w, analysis, text, after);
	engine_free(w->run);
	w->run = after;
	return true;
}

static void end_walk(struct walker *w, enum walk_kind kind)
{
	const struct dialogue_info *info = dialogue_info(w->dialogue);
	struct engine_run *after = NULL;
	const char *wrong = NULL;
	if (engine_ended(w->run)) {
		w->report->ended[kind]++;
	} else if (engine_end(w->dialogue, w->run, w->talk, &after, &w->reply) == STATUS_OK) {
		coverage_add(w->report->coverage, &w->reply);
		engine_free(w->run);
		w->run = after;
	}
	int ending = engine_ending(w->run);
	if (ending < 0)
		wrong = "without any ending";
	else if (is_empty(&w->reply))
		wrong = "without a closing word";
	else if (!has_text(info->endings[ending].debrief) || !has_text(info->endings[ending].title))
		wrong = "without a debrief";
	if (wrong != NULL)
		walk_trouble_count(&w->troubles.no_ending, kind, w->number, wrong);
	if (ending >= 0)
		w->report->endings[kind][ending]++;
}

static void begin_walk(struct walker *w, size_t number, uint64_t *run_seed)
{
	uint64_t trainee_seed;
	arena_reset(w->talk);
	w->number = number;
	w->still = (struct still){0};
	walk_seeds(w->options, number, run_seed, &trainee_seed);
	trainee_init(&w->trainee, &w->pool, kind_of(number), trainee_seed);
	w->run = engine_start(w->dialogue, *run_seed);
}

static void hold(struct walker *w, size_t number)
{
	enum walk_kind kind = kind_of(number);
	uint64_t seed;
	begin_walk(w, number, &seed);
	walk_lines_begin(w->lines);
	engine_opening(w->dialogue, w->run, w->talk, &w->reply);
	look_at_lines(w);
	coverage_begin(w->report->coverage, w->reply.state);
	w->report->walks[kind]++;
	while (w->trainee.said < w->trainee.patience && !engine_ended(w->run)) {
		struct technique_analysis analysis;
		const char *text = trainee_say(&w->trainee, w->run, w->trainee.said > 0 ? &w->reply : NULL, w->talk);
		if (take_message(w, text, &analysis))
			count_answer(w, kind);
		else
			walk_trouble_count(&w->troubles.refused, kind, number, NULL);
	}
	end_walk(w, kind);
	engine_free(w->run);
}

static void open_walker(struct walker *w, struct arena *arena)
{
	w->scratch = technique_scratch_new();
	w->talk = arena_new(256 * 1024);
	walk_pool_make(w->dialogue, arena, &w->pool);
}

static void close_walker(struct walker *w)
{
	technique_scratch_free(w->scratch);
	arena_free(w->talk);
}

void walk_run(const struct dialogue *dialogue, const struct walk_options *options, struct arena *arena,
	struct findings *findings, struct walk_report *out)
{
	struct walker w = {.dialogue = dialogue, .options = options, .report = out, .lines = walk_lines_new()};
	*out = (struct walk_report){.coverage = coverage_new(dialogue)};
	for (unsigned kind = 0; kind < WALK_KINDS; kind++)
		out->endings[kind] =
			arena_array(arena, dialogue_info(dialogue)->ending_count, sizeof *out->endings[kind]);
	open_walker(&w, arena);
	walk_troubles_make(dialogue, arena, &w.troubles);
	for (size_t i = 1; i <= options->count; i++)
		hold(&w, i);
	walk_report_troubles(dialogue, options, &w.troubles, out->coverage, findings);
	out->most_repeated = walk_lines_most(w.lines, arena);
	walk_lines_free(w.lines);
	close_walker(&w);
}

static struct turn *add_turn(struct turn *turns, size_t *count, enum turn_kind kind, char *text)
{
	turns[*count] = (struct turn){
		.number = (uint32_t)*count + 1,
		.kind = kind,
		.text = text,
		.text_length = strlen(text),
	};
	return &turns[(*count)++];
}

void walk_turns(const struct dialogue *dialogue, const struct walk_options *options, size_t number, struct arena *arena,
	const struct turn **turns, size_t *count, uint64_t *run_seed)
{
	struct walk_report report = {.coverage = coverage_new(dialogue)};
	struct walker w = {.dialogue = dialogue, .options = options, .report = &report, .lines = walk_lines_new()};
	struct turn *list = arena_array(arena, WALK_MESSAGES_MAX + 1, sizeof *list);
	*count = 0;
	open_walker(&w, arena);
	walk_troubles_make(dialogue, arena, &w.troubles);
	begin_walk(&w, number, run_seed);
	while (w.trainee.said < w.trainee.patience && !engine_ended(w.run)) {
		struct technique_analysis analysis;
		const char *text = trainee_say(&w.trainee, w.run, w.trainee.said > 0 ? &w.reply : NULL, w.talk);
		if (take_message(&w, text, &analysis))
			(void)add_turn(list, count, TURN_SAY, arena_text(arena, text));
	}
	if (!engine_ended(w.run))
		(void)add_turn(list, count, TURN_END, arena_text(arena, ""));
	*turns = list;
	engine_free(w.run);
	walk_lines_free(w.lines);
	close_walker(&w);
	coverage_free(report.coverage);
}
