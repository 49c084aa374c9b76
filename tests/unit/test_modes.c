/* SPDX-License-Identifier: Apache-2.0 */
/* What goes beyond a single case with the stages of one model: drills, the two sides of a contrast, prompts, and stages that
 * are aimed at in words of their own or left when they have done their work. */
#include "talk_fixture.h"

static const char drill_text[] =
	"{ \"kind\": \"drill\", \"format\": 1, \"id\": \"give_back\", \"title\": \"Give it back\", \"language\": "
	"\"en\",\n"
	"  \"minutes\": 5, \"level\": \"first steps\", \"content_note\": null, \"skills\": [\"simple_reflection\"],\n"
	"  \"character\": { \"name\": \"Somebody\", \"role\": \"a traveller\" },\n"
	"  \"brief\": { \"situation\": \"Lines.\", \"your_role\": \"Give them back.\", \"aim\": \"Reflect.\" },\n"
	"  \"hint\": {\"listen_for\": \"The word.\", \"move\": \"Ask.\"},\n"
	"  \"opening\": [\"Here they come.\"], \"ask\": 2,\n"
	"  \"exercises\": [\n"
	"    { \"id\": \"late\", \"task\": [\"Give this back.\", \"In a sentence.\"], \"line\": \"The train was "
	"late.\",\n"
	"      \"answer\": \"So it was late.\",\n"
	"      \"rules\": [ { \"id\": \"late_back\", \"when\": { \"technique\": \"simple_reflection\" }, \"right\": "
	"true,\n"
	"        \"guide\": [\"Heard.\"], \"samples\": [\"So you are late.\"] } ] },\n"
	"    { \"id\": \"wet\", \"task\": \"And this.\", \"line\": \"I got wet.\", \"answer\": \"So you got wet.\", "
	"\"tries\": 2,\n"
	"      \"rules\": [ { \"id\": \"wet_back\", \"when\": { \"technique\": \"simple_reflection\" }, \"right\": "
	"true,\n"
	"        \"client\": [\"To the skin.\"] } ] },\n"
	"    { \"id\": \"cold\", \"task\": \"And this.\", \"line\": \"It was cold.\", \"answer\": \"So it was "
	"cold.\",\n"
	"      \"rules\": [ { \"id\": \"cold_back\", \"when\": { \"technique\": \"simple_reflection\" }, \"right\": "
	"true,\n"
	"        \"guide\": [\"Heard again.\"] } ] } ],\n"
	"  \"rules\": [ { \"id\": \"aside\", \"when\": { \"technique\": \"off_topic\" }, \"free\": true, \"guide\": "
	"[\"Not now.\"] },\n"
	"    { \"id\": \"asked\", \"when\": { \"family\": \"question\" }, \"guide\": [\"That asks.\"] } ],\n"
	"  \"shown\": [\"One way: {answer}\"],\n"
	"  \"endings\": [ { \"id\": \"sits\", \"title\": \"It sits\", \"when\": { \"counters\": { \"shown\": { "
	"\"at_most\": 0 } } },\n"
	"      \"client\": [\"All done.\"], \"debrief\": \"All of them.\" },\n"
	"    { \"id\": \"coming\", \"title\": \"It comes\", \"client\": [\"Some shown.\"], \"debrief\": \"Some.\" } "
	"],\n"
	"  \"fallback\": { \"client\": [\"Again.\", \"Once more.\", \"Not quite.\"] } }\n";

static const char exercise_model[] = "{ \"kind\": \"model\", \"format\": 1, \"id\": \"exercise\", \"name\": "
				     "\"Exercise\", \"source\": \"Tests\", \"stages\": [\n"
				     "  { \"id\": \"practice\", \"name\": \"Practice\", \"purpose\": \"Do it.\", "
				     "\"focus\": [], \"questions\": [\"What?\"],\n"
				     "    \"done\": \"Done.\", \"hint\": { \"listen_for\": \"The task.\", \"move\": "
				     "\"One.\", \"example\": \"So ...\" } } ] }\n";

static const char guide_text[] = "{ \"kind\": \"temperament\", \"format\": 1, \"id\": \"exercise_guide\", \"name\": "
				 "\"Guide\", \"description\": \"Guides.\",\n"
				 "  \"rules\": [ { \"id\": \"hello\", \"when\": { \"technique\": \"small_talk\" }, "
				 "\"free\": true, \"guide\": [\"Hello.\"] } ] }\n";

static struct dialogue_source made(const char *file, const char *text)
{
	return (struct dialogue_source){file, text, strlen(text)};
}

static struct dialogue *drill(const struct fixture *f)
{
	struct dialogue_source script = made("drill.json", drill_text), model = made("model.json", exercise_model),
			       temperament = made("guide.json", guide_text);
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	enum status status = fixture_compile(&script, &model, &temperament, f->pack, true, findings, &dialogue);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(findings_errors(findings), 0);
	findings_free(findings);
	return dialogue;
}

static void expect_exercise(
	const struct talk *talk, const char *id, enum engine_outcome outcome, unsigned right, unsigned done)
{
	assert_non_null(talk->reply.exercise);
	assert_string_equal(talk->reply.exercise->id, id);
	assert_string_equal(engine_outcome_name(talk->reply.exercise->outcome), engine_outcome_name(outcome));
	assert_int_equal(talk->reply.exercise->right, right);
	assert_int_equal(talk->reply.exercise->done, done);
	assert_int_equal(talk->reply.exercise->of, 2);
}

static void a_drill_asks_until_it_is_right_or_shown(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = drill(f);
	assert_true(dialogue_info(d)->drill);
	assert_string_equal(dialogue_mode_name(dialogue_info(d)), "drill");
	assert_int_equal(dialogue_info(d)->exercise_count, 3);
	/* Bits 0 and 1: late and wet; whichever comes first. */
	struct talk talk = talk_open(f, d, engine_drill_seed(3, 1));
	engine_opening(d, talk.run, f->arena, &talk.reply);
	assert_int_equal(talk.reply.lines[0].voice, ENGINE_GUIDE);
	assert_int_equal(talk.reply.lines[talk.reply.line_count - 1].voice, ENGINE_CHARACTER);
	const char *first = talk.reply.state;
	const char *second = strcmp(first, "late") == 0 ? "wet" : "late";
	say(&talk, "Are you a robot?");
	expect_exercise(&talk, first, ENGINE_ASIDE, 0, 0);
	say(&talk, strcmp(first, "late") == 0 ? "So you are late." : "So you are wet.");
	expect_exercise(&talk, first, ENGINE_RIGHT, 1, 1);
	assert_string_equal(talk.reply.state, second);
	assert_null(talk.reply.feedback);
	unsigned tries = strcmp(second, "wet") == 0 ? 2 : 3;
	for (unsigned i = 1; i < tries; i++) {
		say(&talk, "How is work?");
		expect_exercise(&talk, second, ENGINE_AGAIN, 1, 1);
		assert_false(engine_ended(talk.run));
	}
	say(&talk, "How is work?");
	expect_exercise(&talk, second, ENGINE_SHOWN, 1, 2);
	assert_true(says(&talk, "One way: So "));
	assert_true(engine_ended(talk.run));
	assert_string_equal(dialogue_info(d)->endings[talk.reply.ending].id, "coming");
	assert_int_equal(talk.reply.lines[talk.reply.line_count - 1].voice, ENGINE_GUIDE);
	talk_close(&talk);
	dialogue_release(d);
}

static void a_seed_names_the_exercises_or_chooses_them(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = drill(f);
	bool seen[3] = {false};
	for (uint64_t random = 1; random < 40; random++) {
		struct engine_run *chosen = engine_start(d, engine_drill_seed(0, random));
		struct engine_run *named = engine_start(d, engine_drill_seed(4, random));
		for (unsigned i = 0; i < 3; i++)
			seen[i] = seen[i] || strcmp(engine_state(d, chosen), dialogue_info(d)->exercises[i]) == 0;
		assert_string_equal(engine_state(d, named), "cold");
		engine_free(chosen);
		engine_free(named);
	}
	assert_true(seen[0] && seen[1] && seen[2]);
	dialogue_release(d);
}

static void a_drill_saved_in_the_middle_goes_on_the_same(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = drill(f);
	struct talk talk = talk_open(f, d, 77);
	struct buffer saved = {0};
	struct engine_run *loaded = NULL;
	struct error error = {0};
	say(&talk, "How is work?");
	engine_save(d, talk.run, &saved);
	assert_int_equal(engine_load(d, saved.data, saved.length, &loaded, &error), STATUS_OK);
	assert_true(engine_equal(talk.run, loaded));
	engine_free(loaded);
	buffer_clear(&saved);
	talk_close(&talk);
	dialogue_release(d);
}

static void only_a_drill_has_exercises(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_source script =
		fixture_edit(f->arena, &f->script, "\"id\": \"too_soon\",", "\"id\": \"too_soon\", \"right\": true,");
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue),
		STATUS_INVALID);
	assert_string_equal(findings_at(findings, 0)->code, "D006");
	assert_string_equal(findings_at(findings, 0)->path, "/rules/0/right");
	findings_free(findings);
}

static const char contrast_text[] =
	"{ \"kind\": \"contrast\", \"format\": 1, \"id\": \"two_ways\", \"title\": \"Two ways\", \"language\": "
	"\"en\",\n"
	"  \"coaching\": \"late_trains\", \"mentoring\": \"other\", \"about\": \"Once each way.\",\n"
	"  \"prompts\": [\n"
	"    { \"id\": \"whose\", \"ask\": \"Whose idea was that?\", \"during\": \"both\", \"when\": { \"technique\": "
	"\"advice_direct\" } },\n"
	"    { \"id\": \"hat\", \"ask\": \"Which hat?\", \"during\": \"mentoring\" },\n"
	"    { \"id\": \"goal\", \"ask\": \"Six sessions or six years?\", \"during\": \"coaching\", \"when\": { "
	"\"stage\": \"goal\" } } ],\n"
	"  \"between\": [ { \"id\": \"agenda\", \"ask\": \"Who set it?\" } ], \"end\": [],\n"
	"  \"rows\": [ { \"id\": \"answers\", \"dimension\": \"Whose answers\", \"hint\": \"Look at verbs.\" } ] }\n";

static void a_side_of_a_contrast_is_a_conversation_of_its_own(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source contrast = made("contrast.json", contrast_text);
	struct dialogue_sources sources = {&f->script, &f->model, &f->temperament, {NULL}, 0, &contrast, NULL};
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	assert_int_equal(dialogue_compile(&sources, f->pack, true, findings, &d), STATUS_OK);
	const struct dialogue_info *info = dialogue_info(d);
	assert_string_equal(info->id, "two_ways.coaching");
	assert_string_equal(info->contrast->other, "two_ways.mentoring");
	assert_string_equal(info->contrast->rows[0].hint, "Look at verbs.");
	assert_int_equal(info->contrast->between_count, 1);
	assert_string_not_equal(dialogue_hash(d), dialogue_hash(f->dialogue));
	assert_int_equal(info->prompt_count, 2);
	assert_string_equal(info->prompts[1].id, "goal");
	assert_string_equal(dialogue_source_at(d, 3)->file, "contrast.json");
	dialogue_release(d);
	findings_free(findings);
}

static void prompts_come_once_and_not_one_after_the_other(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source contrast = made("contrast.json", contrast_text);
	struct dialogue_sources sources = {&f->script, &f->model, &f->temperament, {NULL}, 0, &contrast, NULL};
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	assert_int_equal(dialogue_compile(&sources, f->pack, true, findings, &d), STATUS_OK);
	struct talk talk = talk_open(f, d, 3);
	static const char *const expected[] = {"whose", NULL, NULL, "goal", NULL, NULL, NULL, NULL};
	for (size_t i = 0; i < COUNT(expected); i++) {
		say(&talk, "You should take the bus.");
		assert_int_equal(talk.reply.prompt != NULL, expected[i] != NULL);
		if (expected[i] == NULL)
			continue;
		assert_string_equal(talk.reply.prompt, expected[i]);
		assert_int_equal(talk.reply.lines[talk.reply.line_count - 1].voice, ENGINE_GUIDE);
	}
	talk_close(&talk);
	dialogue_release(d);
	findings_free(findings);
}

static void a_stage_is_aimed_at_by_words_and_techniques_of_its_own(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source model = fixture_edit(f->arena, &f->model, "\"focus\": [\"reality\", \"feeling\"],",
		"\"focus\": [\"reality\", \"feeling\"], \"words\": [\"station\"], \"techniques\": "
		"[\"scaling_question\"],");
	static const struct {
		const char *text;
		unsigned stage;
	} cases[] = {
		{"What is it with the station?", 1},
		{"Out of ten?", 1},
		{"So it is the station.", 0},
		{"What matters to you?", 0},
	};
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	assert_int_equal(fixture_compile(&f->script, &model, &f->temperament, f->pack, false, findings, &d), STATUS_OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct talk talk = talk_open(f, d, 3);
		say(&talk, cases[i].text);
		if (talk.reply.stage_after != cases[i].stage)
			fail_msg("%s leads to stage %u", cases[i].text, talk.reply.stage_after);
		talk_close(&talk);
	}
	dialogue_release(d);
	findings_free(findings);
}

static void a_stage_that_has_done_its_work_is_left_once(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "{ \"stage\": \"goal\", \"states\"",
		"{ \"stage\": \"goal\", \"done\": { \"disclosed\": \"late_again\" }, \"states\"");
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	assert_int_equal(fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &d), STATUS_OK);
	struct talk talk = talk_open(f, d, 3);
	say(&talk, "How is work?");
	assert_string_equal(talk.reply.disclosure, "late_again");
	assert_int_equal(talk.reply.stage_before, 0);
	assert_int_equal(talk.reply.stage_after, 1);
	say(&talk, "What do you want?");
	assert_int_equal(talk.reply.stage_after, 0);
	say(&talk, "So you are late.");
	assert_int_equal(talk.reply.stage_after, 0);
	talk_close(&talk);
	dialogue_release(d);
	findings_free(findings);
}

static struct dialogue *edited_case(const struct fixture *f, const char *from, const char *to)
{
	struct dialogue_source script = fixture_edit(f->arena, &f->script, from, to);
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	enum status status = fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &d);
	fixture_print(findings);
	assert_int_equal(status, STATUS_OK);
	findings_free(findings);
	return d;
}

static void a_rule_may_ask_what_was_told_last_what_is_open_and_what_is_ready(void **state)
{
	static const struct {
		const char *condition;
		const char *messages[3]; /* the last one is answered by the rule, or not */
		bool answered;
	} cases[] = {
		{"\"last_disclosed\": \"late_again\"", {"How is work?", "Go on."}, true},
		{"\"last_disclosed\": [\"platform\", \"late_again\"]", {"How is work?", "Go on."}, true},
		{"\"last_disclosed\": \"late_again\"", {"Go on."}, false},
		{"\"last_disclosed\": \"late_again\"", {"How is work?", "How are evenings?", "Go on."}, false},
		{"\"open_topic\": \"work\"", {"How is work?", "Go on."}, true},
		{"\"open_topic\": \"home\"", {"How is work?", "Go on."}, false},
		{"\"open_topic\": \"work\"", {"Go on."}, false},
		{"\"ready\": \"options\"", {"How is work?", "Go on."}, false},
		{"\"ready\": \"options\"", {"How is work?", "How are evenings?", "Go on."}, true},
		{"\"ready\": [\"options\", \"reality\"]", {"Go on."}, true},
	};
	const struct fixture *f = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct dialogue *d = edited_case(f, "{ \"id\": \"too_soon\",",
			arena_format(f->arena,
				"{ \"id\": \"asked_for\", \"when\": { \"technique\": \"minimal_encourager\", %s }, "
				"\"client\": [\"A.\", \"B.\", \"C.\"] }, { \"id\": \"too_soon\",",
				cases[i].condition));
		struct talk talk = talk_open(f, d, 3);
		for (size_t j = 0; j < COUNT(cases[i].messages) && cases[i].messages[j] != NULL; j++)
			say(&talk, cases[i].messages[j]);
		if ((strcmp(talk.reply.rule, "asked_for") == 0) != cases[i].answered)
			fail_msg("%zu: %s is answered by %s", i, cases[i].condition, talk.reply.rule);
		talk_close(&talk);
		dialogue_release(d);
	}
}

static void a_rule_may_open_what_comes_next_on_a_topic(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = edited_case(f, "{ \"id\": \"too_soon\",",
		"{ \"id\": \"of_home\", \"when\": { \"technique\": \"open_question\" }, \"disclose\": { \"topic\": "
		"\"home\" } }, "
		"{ \"id\": \"too_soon\",");
	struct talk talk = talk_open(f, d, 3);
	say(&talk, "How is work?");
	assert_string_equal(talk.reply.rule, "of_home");
	assert_string_equal(talk.reply.disclosure, "quiet_evenings");
	say(&talk, "How is work?");
	assert_string_not_equal(talk.reply.rule, "of_home");
	talk_close(&talk);
	dialogue_release(d);
}

static void readiness_cannot_hang_on_itself(void **state)
{
	const struct fixture *f = *state;
	struct dialogue_source script = fixture_edit(f->arena, &f->script,
		"\"ready\": { \"counters\":", "\"ready\": { \"not\": { \"ready\": \"options\" }, \"counters\":");
	struct findings *findings = findings_new();
	struct dialogue *d = NULL;
	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &d), STATUS_INVALID);
	assert_string_equal(findings_at(findings, 0)->code, "D006");
	assert_string_equal(findings_at(findings, 0)->path, "/stages/2/ready/not/ready");
	findings_free(findings);
}

static void a_variant_for_otherwise_gives_way(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *d = edited_case(f,
		"[ { \"say\": \"As I said, {concern}.\", \"when\": { \"disclosed\": \"late_again\" } }, \"Well.\", "
		"\"Mm.\", \"Yes.\" ]",
		"[ { \"say\": \"As I said.\", \"when\": { \"disclosed\": \"late_again\" } }, "
		"{ \"say\": \"Well.\", \"otherwise\": true } ]");
	for (unsigned seed = 1; seed < 20; seed++) {
		struct talk talk = talk_open(f, d, seed);
		say(&talk, "Go on.");
		assert_true(says(&talk, "Well."));
		say(&talk, "How is work?");
		say(&talk, "Go on.");
		assert_true(says(&talk, "As I said."));
		talk_close(&talk);
	}
	dialogue_release(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_drill_asks_until_it_is_right_or_shown),
		cmocka_unit_test(a_seed_names_the_exercises_or_chooses_them),
		cmocka_unit_test(a_drill_saved_in_the_middle_goes_on_the_same),
		cmocka_unit_test(only_a_drill_has_exercises),
		cmocka_unit_test(a_side_of_a_contrast_is_a_conversation_of_its_own),
		cmocka_unit_test(prompts_come_once_and_not_one_after_the_other),
		cmocka_unit_test(a_stage_is_aimed_at_by_words_and_techniques_of_its_own),
		cmocka_unit_test(a_stage_that_has_done_its_work_is_left_once),
		cmocka_unit_test(a_rule_may_ask_what_was_told_last_what_is_open_and_what_is_ready),
		cmocka_unit_test(a_rule_may_open_what_comes_next_on_a_topic),
		cmocka_unit_test(readiness_cannot_hang_on_itself),
		cmocka_unit_test(a_variant_for_otherwise_gives_way),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
