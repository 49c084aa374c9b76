/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include "askwell/replay.h"

#define SEED 21
#define TURNS 10

/* Turns as short as they can be written: a text is said, "!end", "!hint" and "!3" (a retake of turn 3). */
static size_t turns_of(const char *const *texts, struct turn turns[TURNS])
{
	size_t count = 0;
	for (; count < TURNS && texts[count] != NULL; count++) {
		const char *text = texts[count];
		struct turn *turn = &turns[count];
		*turn = (struct turn){
			.number = (uint32_t)count + 1, .kind = TURN_SAY, .text = text, .text_length = strlen(text)};
		if (*text != '!')
			continue;
		turn->text = "";
		turn->text_length = 0;
		turn->to = (uint32_t)strtoul(text + 1, NULL, 10);
		turn->kind = turn->to > 0 ? TURN_RETAKE : strcmp(text, "!end") == 0 ? TURN_END : TURN_HINT;
	}
	return count;
}

static enum status replayed(
	const struct fixture *f, const char *const *texts, struct turn turns[TURNS], struct replay *out)
{
	struct error error = {0};
	size_t count = turns_of(texts, turns);
	enum status status = replay(f->dialogue, f->scratch, SEED, turns, count, f->arena, out, &error);
	if (status != STATUS_OK)
		assert_string_not_equal(error.text, "");
	return status;
}

static void a_replay_is_the_conversation(void **state)
{
	const struct fixture *f = *state;
	static const char *const texts[] = {
		"How is work?", "You should rest.", "!hint", "So you are late.", "!end", NULL};
	struct turn turns[TURNS];
	struct replay out;
	assert_int_equal(replayed(f, texts, turns, &out), STATUS_OK);
	assert_int_equal(out.count, 5);
	assert_int_equal(out.opening.line_count, 1);
	assert_string_equal(out.steps[0].reply.disclosure, "late_again");
	assert_int_equal(out.steps[1].analysis.primary->technique, TECHNIQUE_ADVICE_DIRECT);
	assert_string_equal(out.steps[2].hint.listen_for, "A wish.");
	assert_string_equal(out.steps[2].reply.state, "arriving");
	assert_int_equal(out.steps[2].reply.ending, -1);
	assert_string_equal(out.steps[4].reply.rule, "end");
	assert_true(engine_ended(out.run));

	struct engine_run *run = engine_start(f->dialogue, SEED), *after = NULL;
	for (size_t i = 0; i < 4; i++) {
		struct technique_context context;
		struct technique_analysis analysis;
		struct engine_reply reply;
		if (turns[i].kind != TURN_SAY)
			continue;
		engine_context(f->dialogue, run, f->arena, &context);
		assert_int_equal(technique_analyse(f->pack, f->scratch, turns[i].text, turns[i].text_length, &context,
					 f->arena, &analysis),
			STATUS_OK);
		assert_int_equal(engine_step(f->dialogue, run, &analysis, turns[i].text, turns[i].text_length,
					 f->scratch, f->arena, &after, &reply),
			STATUS_OK);
		assert_int_equal(reply.line_count, out.steps[i].reply.line_count);
		for (size_t j = 0; j < reply.line_count; j++)
			assert_string_equal(reply.lines[j].text, out.steps[i].reply.lines[j].text);
		engine_free(run);
		run = after;
	}
	struct engine_reply reply;
	assert_int_equal(engine_end(f->dialogue, run, f->arena, &after, &reply), STATUS_OK);
	assert_true(engine_equal(after, out.run));
	engine_free(run);
	engine_free(after);
	engine_free(out.run);
}

/* set aside: one letter a turn, '-' on the active path, 'x' set aside; attempts: one digit a turn. */
static const struct {
	const char *texts[TURNS + 1];
	const char *set_aside, *attempts;
	const char *same_as[TURNS + 1]; /* the same run comes of these */
} retakes[] = {
	{{"How is work?", "You should rest.", "!2", "So you are late.", NULL}, "-x--", "1112",
		{"How is work?", "So you are late.", NULL}},
	{{"How is work?", "You should rest.", "Go on.", "!2", "So you are late.", "Go on.", NULL}, "-xx---", "111121",
		{"How is work?", "So you are late.", "Go on.", NULL}},
	{{"You should rest.", "!1", "You should rest.", "!3", "How is work?", NULL}, "x-x--", "11213",
		{"How is work?", NULL}},
	{{"How is work?", "Go on.", "!2", "You should rest.", "!1", "So you are late.", NULL}, "xxxx--", "111212",
		{"So you are late.", NULL}},
	{{"How is work?", "!hint", "Go on.", "!3", "You should rest.", NULL}, "--x--", "11112",
		{"How is work?", "You should rest.", NULL}},
	{{"How is work?", "!end", "!1", "Go on.", NULL}, "xx--", "1112", {"Go on.", NULL}},
	{{"How is work?", "!1", NULL}, "x-", "11", {NULL}},
};

static void a_retake_goes_back_and_keeps_both_attempts(void **state)
{
	const struct fixture *f = *state;
	for (size_t i = 0; i < COUNT(retakes); i++) {
		struct turn turns[TURNS], straight_turns[TURNS];
		struct replay out, straight;
		assert_int_equal(replayed(f, retakes[i].texts, turns, &out), STATUS_OK);
		assert_int_equal(replayed(f, retakes[i].same_as, straight_turns, &straight), STATUS_OK);
		for (size_t j = 0; j < out.count; j++) {
			if (out.steps[j].set_aside != (retakes[i].set_aside[j] == 'x') ||
				out.steps[j].attempt != (unsigned)(retakes[i].attempts[j] - '0'))
				fail_msg("retake %zu, turn %zu: set aside %d, attempt %u", i, j + 1,
					out.steps[j].set_aside, out.steps[j].attempt);
		}
		assert_true(engine_equal(out.run, straight.run));
		engine_free(out.run);
		engine_free(straight.run);
	}
}

static void what_cannot_have_happened_is_corrupt(void **state)
{
	const struct fixture *f = *state;
	static const char *const cases[][TURNS + 1] = {
		{"!1", NULL},
		{"How is work?", "!2", NULL},
		{"How is work?", "!3", "Go on.", NULL},
		{"How is work?", "!hint", "!2", NULL},
		{"How is work?", "Go on.", "!1", "So you are late.", "!2", NULL},
		{"How is work?", "!1", "Go on.", "!1", NULL},
		{"How is work?", "!end", "Go on.", NULL},
		{"How is work?", "!end", "!hint", NULL},
		{"How is work?", "!end", "!end", NULL},
		{"How is work?", "!end", "!2", NULL},
		{"How is work?", "How are your evenings?", "What will you do?", "Go on.", NULL},
		{" ", NULL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct turn turns[TURNS];
		struct replay out;
		if (replayed(f, cases[i], turns, &out) != STATUS_CORRUPT)
			fail_msg("case %zu is replayed", i);
	}
}

static void turns_are_numbered_without_gaps(void **state)
{
	const struct fixture *f = *state;
	static const char *const texts[] = {"How is work?", "Go on.", NULL};
	struct turn turns[TURNS];
	struct replay out;
	struct engine_run *run = NULL;
	struct error error = {0};
	size_t count = turns_of(texts, turns);
	turns[1].number = 3;
	assert_int_equal(replay(f->dialogue, f->scratch, SEED, turns, count, f->arena, &out, &error), STATUS_CORRUPT);
	assert_int_equal(replay_before(f->dialogue, f->scratch, SEED, turns, count, 1, &run, NULL), STATUS_CORRUPT);
	assert_null(run);
}

static void the_run_before_a_message_can_be_had(void **state)
{
	const struct fixture *f = *state;
	static const char *const texts[] = {"How is work?", "You should rest.", "Go on.", "!2", "So you are late.",
		"!hint", "Go on.", "!end", NULL};
	static const struct {
		uint32_t number;
		enum status status;
		const char *same_as[TURNS + 1];
	} cases[] = {
		{1, STATUS_OK, {NULL}},
		{5, STATUS_OK, {"How is work?", NULL}},
		{7, STATUS_OK, {"How is work?", "So you are late.", NULL}},
		{2, STATUS_INVALID, {NULL}},
		{3, STATUS_INVALID, {NULL}},
		{4, STATUS_INVALID, {NULL}},
		{6, STATUS_INVALID, {NULL}},
		{8, STATUS_INVALID, {NULL}},
		{0, STATUS_INVALID, {NULL}},
		{9, STATUS_INVALID, {NULL}},
	};
	struct turn turns[TURNS], straight_turns[TURNS];
	size_t count = turns_of(texts, turns);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct engine_run *run = NULL;
		struct error error = {0};
		struct replay straight;
		assert_int_equal(
			replay_before(f->dialogue, f->scratch, SEED, turns, count, cases[i].number, &run, &error),
			cases[i].status);
		if (cases[i].status != STATUS_OK) {
			assert_null(run);
			assert_string_not_equal(error.text, "");
			continue;
		}
		assert_int_equal(replayed(f, cases[i].same_as, straight_turns, &straight), STATUS_OK);
		assert_true(engine_equal(run, straight.run));
		engine_free(run);
		engine_free(straight.run);
	}
}

static void kinds_have_names(void **state)
{
	static const enum turn_kind kinds[] = {TURN_SAY, TURN_RETAKE, TURN_HINT, TURN_END};
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		enum turn_kind parsed;
		assert_true(turn_kind_parse(turn_kind_name(kinds[i]), &parsed));
		assert_int_equal(parsed, kinds[i]);
	}
	enum turn_kind parsed;
	assert_false(turn_kind_parse("shout", &parsed));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_replay_is_the_conversation),
		cmocka_unit_test(a_retake_goes_back_and_keeps_both_attempts),
		cmocka_unit_test(what_cannot_have_happened_is_corrupt),
		cmocka_unit_test(turns_are_numbered_without_gaps),
		cmocka_unit_test(the_run_before_a_message_can_be_had),
		cmocka_unit_test(kinds_have_names),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
