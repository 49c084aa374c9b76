/* SPDX-License-Identifier: Apache-2.0 */
/* Why a rule answers and the others do not; runs that begin in the middle; the parts of a case. */
#include "talk_fixture.h"

#include "askwell/inventory.h"

static struct engine_explanation explain(const struct talk *talk, const char *text, struct engine_reply *reply)
{
	const struct fixture *f = talk->fixture;
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_explanation explanation;
	struct engine_run *after = NULL;
	engine_context(talk->dialogue, talk->run, f->arena, &context);
	assert_int_equal(
		technique_analyse(f->pack, f->scratch, text, strlen(text), &context, f->arena, &analysis), STATUS_OK);
	assert_int_equal(engine_explain(talk->dialogue, talk->run, &analysis, text, strlen(text), f->scratch, f->arena,
				 &explanation),
		STATUS_OK);
	assert_int_equal(engine_step(talk->dialogue, talk->run, &analysis, text, strlen(text), f->scratch, f->arena,
				 &after, reply),
		STATUS_OK);
	engine_free(after);
	return explanation;
}

static const struct engine_trial *trial_of(const struct engine_explanation *explanation, const char *rule)
{
	for (size_t i = 0; i < explanation->count; i++)
		if (strcmp(explanation->trials[i].rule, rule) == 0)
			return &explanation->trials[i];
	fail_msg("%s was not asked", rule);
	return NULL;
}

static const char *const messages[] = {"What would you like from today?", "How is work?", "So you are worn out.",
	"You should rest.", "May I say something?", "Go on.", "What could you do?", "Do you like your evenings?",
	"That was wrong.", "What will you do on Monday?", "Who won the football?"};

/* The one that explains and the one that steps must never part. */
static void the_rule_that_answers_is_the_one_explained(void **state)
{
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct talk talk = talk_open(*state, ((const struct fixture *)*state)->dialogue, seed);
		for (size_t i = 0; i < COUNT(messages) && !engine_ended(talk.run); i++) {
			struct engine_reply reply;
			struct engine_explanation explanation = explain(&talk, messages[i], &reply);
			unsigned answered = 0;
			for (size_t j = 0; j < explanation.count; j++)
				if (explanation.trials[j].fit == ENGINE_ANSWERED)
					answered = explanation.trials[j].rule_number;
			assert_int_equal(answered, reply.rule_number);
			say(&talk, messages[i]);
		}
		talk_close(&talk);
	}
}

static void what_is_wanting_is_said(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 7);
	struct engine_reply reply;
	struct engine_explanation explanation = explain(&talk, "Go on.", &reply);
	const struct engine_trial *welcome = trial_of(&explanation, "welcome");
	assert_int_equal(welcome->level, ENGINE_STATE);
	assert_int_equal(welcome->fit, ENGINE_UNFIT);
	assert_int_equal(welcome->held, 1);
	assert_int_equal(welcome->wanting_count, 1);
	assert_string_equal(welcome->wanting[0], "focus: none, wanted: goal");
	assert_true(engine_nearly(welcome));
	const struct engine_trial *soon = trial_of(&explanation, "too_soon");
	assert_string_equal(soon->wanting[0], "premature is false");
	assert_false(engine_nearly(soon));
	say(&talk, "What would you like from today?");
	explanation = explain(&talk, "What do you want?", &reply);
	assert_string_equal(trial_of(&explanation, "may")->wanting[0],
		arena_format(f->arena, "technique: %s, wanted: permission_question", "open_question"));
	talk_close(&talk);
}

/* Which disclosure stayed closed, and for want of what. */
static void what_stays_closed_is_named(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 7);
	struct engine_reply reply;
	say(&talk, "How is work?");
	assert_string_equal(talk.reply.disclosure, "late_again");
	struct engine_explanation explanation = explain(&talk, "How is work?", &reply);
	const struct engine_trial *named = trial_of(&explanation, "named");
	assert_int_equal(named->wanting_count, 1);
	assert_non_null(strstr(named->wanting[0], "; platform needs more: trust is 2, wanted: at least 3"));
	talk_close(&talk);
}

/* The message names a topic with something to open besides the one that it asks about, where nothing is open. */
static void what_is_not_asked_about_is_left_out(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 7);
	struct engine_reply reply;
	say(&talk, "What is it like at home?");
	assert_string_equal(talk.reply.disclosure, "quiet_evenings");
	struct engine_explanation explanation =
		explain(&talk, "I had a train to catch. What is it like at home?", &reply);
	const struct engine_trial *named = trial_of(&explanation, "named");
	assert_int_equal(named->fit, ENGINE_UNFIT);
	assert_non_null(strstr(named->wanting[named->wanting_count - 1], "the_boy"));
	talk_close(&talk);
}

static void nothing_is_explained_after_the_end(void **state)
{
	const struct fixture *f = *state;
	struct talk talk = talk_open(f, f->dialogue, 7);
	struct engine_run *after = NULL;
	struct technique_analysis analysis = {0};
	struct engine_explanation explanation;
	assert_int_equal(engine_end(f->dialogue, talk.run, f->arena, &after, &talk.reply), STATUS_OK);
	assert_int_equal(engine_explain(f->dialogue, after, &analysis, "x", 1, f->scratch, f->arena, &explanation),
		STATUS_ENDED);
	assert_int_equal(explanation.count, 0);
	engine_free(after);
	talk_close(&talk);
}

static void runs_begin_where_they_are_put(void **state)
{
	const struct fixture *f = *state;
	const struct engine_setting settings[] = {{"trust", 5}};
	const char *const told[] = {"platform"};
	const struct engine_scene scene = {"weighing", settings, 1, told, 1};
	struct engine_run *run = NULL, *start = engine_start(f->dialogue, 3);
	assert_int_equal(engine_start_at(f->dialogue, 3, &scene, &run, NULL), STATUS_OK);
	assert_string_equal(engine_state(f->dialogue, run), "weighing");
	assert_int_equal(engine_stage(f->dialogue, run), 2);
	assert_int_equal(engine_variable(run, 0), 5);
	assert_true(engine_disclosed(f->dialogue, run, "platform"));
	assert_false(engine_disclosed(f->dialogue, run, "late_again"));
	engine_free(run);
	assert_int_equal(engine_start_at(f->dialogue, 3, &(struct engine_scene){0}, &run, NULL), STATUS_OK);
	assert_true(engine_equal(run, start));
	engine_free(run);
	engine_free(start);
}

static void parts_are_listed(void **state)
{
	const struct dialogue *dialogue = ((const struct fixture *)*state)->dialogue;
	struct inventory_rule rule;
	struct inventory_topic topic;
	unsigned levels[ENGINE_BUILT_IN] = {0};
	for (unsigned i = 1; i <= inventory_rule_count(dialogue); i++) {
		inventory_rule(dialogue, i, &rule);
		levels[rule.level]++;
		assert_non_null(rule.id);
		if (strcmp(rule.id, "followed") == 0) {
			assert_string_equal(rule.owner, "reality");
			assert_string_equal(rule.samples[0], "So you are worn out.");
			assert_string_equal(rule.place.pointer, "/stages/1/rules/0");
			assert_int_equal(inventory_line(&rule.place), 55);
		}
	}
	assert_int_equal(levels[ENGINE_STATE], 2);
	assert_int_equal(levels[ENGINE_STAGE], 1);
	assert_int_equal(levels[ENGINE_DIALOGUE], 4);
	assert_true(levels[ENGINE_TEMPERAMENT] > 4);
	inventory_topic(dialogue, 1, &topic);
	assert_string_equal(topic.words[2], "my son");
	assert_int_equal(inventory_state_find(dialogue, "telling"), 2);
	assert_int_equal(inventory_state_find(dialogue, "nowhere"), inventory_state_count(dialogue));
	assert_int_equal(inventory_disclosure_find(dialogue, "platform"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_that_answers_is_the_one_explained),
		cmocka_unit_test(what_is_wanting_is_said),
		cmocka_unit_test(what_stays_closed_is_named),
		cmocka_unit_test(what_is_not_asked_about_is_left_out),
		cmocka_unit_test(nothing_is_explained_after_the_end),
		cmocka_unit_test(runs_begin_where_they_are_put),
		cmocka_unit_test(parts_are_listed),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
