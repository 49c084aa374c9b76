/* SPDX-License-Identifier: Apache-2.0 */
/* "answers": what is said to a question that is near enough to an example. */
#include "talk_fixture.h"

#define START "\"start\": \"arriving\","
#define ANSWERS                                                                                                        \
	START " \"answers\": ["                                                                                        \
	      " { \"id\": \"board\", \"after\": [\"late_again\"], \"client\": [\"The one by the stairs.\"],"           \
	      "   \"asked\": [\"Which notice board was it on?\", \"Where did they put the new timetable?\"] },"        \
	      " { \"id\": \"colour\", \"after\": [\"board\"], \"client\": [\"Green.\"],"                               \
	      "   \"asked\": [\"What colour is that?\"] },"                                                            \
	      " { \"id\": \"sister\", \"client\": [\"She would laugh.\"], \"set\": { \"hope\": 1 },"                   \
	      "   \"asked\": [\"What would your sister say?\", \"How does your sister see this?\"] },"                 \
	      " { \"id\": \"brother\", \"client\": [\"He is.\"], \"when\": { \"disclosed\": "                          \
	      "[\"late_again\"] },"                                                                                    \
	      "   \"asked\": [\"Is your brother still on the trams?\"] } ],"

static struct dialogue *compiled(
	const struct fixture *f, const struct dialogue_source *script, struct findings *findings)
{
	struct dialogue *dialogue = NULL;
	(void)fixture_compile(script, &f->model, &f->temperament, f->pack, true, findings, &dialogue);
	return dialogue;
}

static struct dialogue *with_answers(const struct fixture *f)
{
	struct findings *findings = findings_new();
	struct dialogue_source script = fixture_edit(f->arena, &f->script, START, ANSWERS);
	struct dialogue *dialogue = compiled(f, &script, findings);
	if (dialogue == NULL || findings_count(findings) > 0)
		fixture_print(findings);
	assert_non_null(dialogue);
	assert_int_equal(findings_count(findings), 0);
	findings_free(findings);
	return dialogue;
}

static const struct {
	const char *what;
	const char *messages[MESSAGES];
	const char *answer; /* NULL: none of them */
} conversations[] = {
	{"word for word", {"What would your sister say?"}, "sister"},
	{"in a few more words", {"Then what would your sister say?"}, "sister"},
	{"after something else in the message", {"So you are late a lot. What would your sister say?"}, "sister"},
	{"in capitals", {"WHAT would YOUR sister SAY?"}, "sister"},
	{"of somebody else", {"How is your father these days?"}, NULL},
	{"once", {"What would your sister say?", "What would your sister say?"}, NULL},
	{"right after what it belongs to", {"How is work?", "Which board was that?"}, "board"},
	{"where little is needed", {"How is work?", "On a notice board?"}, "board"},
	{"not before that was told", {"Which notice board was it on?"}, NULL},
	{"after an answer", {"How is work?", "Which notice board was it on?", "What colour is that?"}, "colour"},
	{"which is no longer at hand",
		{"How is work?", "Which notice board was it on?", "How are your evenings?", "Is it a colour?"}, NULL},
	{"but can be come back to",
		{"How is work?", "Which notice board was it on?", "How are your evenings?", "What colour is that?"},
		"colour"},
	{"not when its condition does not hold", {"Is your brother still on the trams?"}, NULL},
	{"when its condition holds", {"How is work?", "Is your brother still on the trams?"}, "brother"},
	{"advice is answered as advice", {"You should ask what your sister would say."}, NULL},
	{"not while the guard is up", {"That was wrong.", "What would your sister say?"}, NULL},
	{"a statement asks nothing", {"So your sister would say no."}, NULL},
	{"of two sentences the one with the mark", {"What your sister would say. How is work?"}, NULL},
};

/* What explains a message must name what answers it. */
static unsigned explained(const struct talk *talk, const char *text)
{
	const struct fixture *f = talk->fixture;
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_explanation explanation;
	unsigned answered = 0;
	engine_context(talk->dialogue, talk->run, f->arena, &context);
	assert_int_equal(
		technique_analyse(f->pack, f->scratch, text, strlen(text), &context, f->arena, &analysis), STATUS_OK);
	assert_int_equal(engine_explain(talk->dialogue, talk->run, &analysis, text, strlen(text), f->scratch, f->arena,
				 &explanation),
		STATUS_OK);
	for (size_t i = 0; i < explanation.count; i++)
		if (explanation.trials[i].fit == ENGINE_ANSWERED)
			answered = explanation.trials[i].rule_number;
	return answered;
}

static void what_is_near_enough_is_answered(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *dialogue = with_answers(f);
	for (size_t i = 0; i < COUNT(conversations); i++) {
		struct talk talk = talk_open(f, dialogue, 7);
		for (size_t j = 0; j < MESSAGES && conversations[i].messages[j] != NULL; j++) {
			unsigned number = explained(&talk, conversations[i].messages[j]);
			say(&talk, conversations[i].messages[j]);
			assert_int_equal(number, talk.reply.rule_number);
		}
		bool answered = talk.reply.level == ENGINE_ANSWER;
		if (answered != (conversations[i].answer != NULL) ||
			(answered && strcmp(talk.reply.rule, conversations[i].answer) != 0))
			fail_msg("%s: %s %s", conversations[i].what, engine_level_name(talk.reply.level),
				talk.reply.rule);
		talk_close(&talk);
	}
	dialogue_release(dialogue);
}

static void the_example_is_named_and_what_it_sets_holds(void **state)
{
	struct dialogue *dialogue = with_answers(*state);
	struct talk talk = talk_open(*state, dialogue, 7);
	say(&talk, "Then what would your sister say?");
	assert_true(says(&talk, "She would laugh."));
	assert_non_null(strstr(talk.reply.because, "\"What would your sister say?\""));
	assert_int_equal(variable(&talk, "hope"), 1);
	talk_close(&talk);
	dialogue_release(dialogue);
}

/* What was told stays at hand when the run is put down and taken up again. */
static void a_saved_run_goes_on_with_the_same_story(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *dialogue = with_answers(f);
	struct talk talk = talk_open(f, dialogue, 7);
	struct buffer saved = {0};
	struct error error;
	struct engine_run *loaded = NULL;
	say(&talk, "How is work?");
	(void)dialogue_hash(dialogue);
	engine_save(dialogue, talk.run, &saved);
	assert_int_equal(engine_load(dialogue, saved.data, saved.length, &loaded, &error), STATUS_OK);
	assert_true(engine_equal(talk.run, loaded));
	engine_free(talk.run);
	talk.run = loaded;
	say(&talk, "Which board was that?");
	assert_string_equal(talk.reply.rule, "board");
	talk_close(&talk);
	buffer_clear(&saved);
	dialogue_release(dialogue);
}

static void what_came_near_is_explained(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *dialogue = with_answers(f);
	struct engine_run *run = engine_start(dialogue, 7);
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_explanation explanation;
	const char *text = "What do your sister and the others in the office make of it all?";
	bool told = false;
	engine_context(dialogue, run, f->arena, &context);
	assert_int_equal(
		technique_analyse(f->pack, f->scratch, text, strlen(text), &context, f->arena, &analysis), STATUS_OK);
	assert_int_equal(
		engine_explain(dialogue, run, &analysis, text, strlen(text), f->scratch, f->arena, &explanation),
		STATUS_OK);
	for (size_t i = 0; i < explanation.count; i++)
		if (explanation.trials[i].level == ENGINE_ANSWER) {
			assert_int_equal(explanation.trials[i].fit, ENGINE_UNFIT);
			assert_true(engine_nearly(&explanation.trials[i]));
			assert_non_null(strstr(explanation.trials[i].wanting[0], "sister"));
			told = true;
		}
	assert_true(told);
	engine_free(run);
	dialogue_release(dialogue);
}

static const struct {
	const char *what, *from, *to, *code;
} slips[] = {
	{"after what is not there", "[\"late_again\"]", "[\"late_agin\"]", "D036"},
	{"an id that is taken", "\"id\": \"sister\"", "\"id\": \"board\"", "D009"},
	{"the same example twice", "\"How does your sister see this?\"", "\"Is your brother still on the trams?\"",
		"D049"},
	{"an example without words", "\"What colour is that?\"", "\"???\"", "D049"},
	{"no example", "\"asked\": [\"What colour is that?\"]", "\"asked\": []", "D006"},
	{"nothing to say", "\"client\": [\"Green.\"],", "", "D004"},
	{"an unknown variable", "\"hope\": 1 },", "\"hop\": 1 },", "D012"},
	{"an unknown member", "\"client\": [\"Green.\"]", "\"client\": [\"Green.\"], \"then\": []", "D003"},
};

static void slips_are_found(void **state)
{
	const struct fixture *f = *state;
	const struct dialogue_source script = fixture_edit(f->arena, &f->script, START, ANSWERS);
	for (size_t i = 0; i < COUNT(slips); i++) {
		struct findings *findings = findings_new();
		struct dialogue_source edited = fixture_edit(f->arena, &script, slips[i].from, slips[i].to);
		struct dialogue *dialogue = compiled(f, &edited, findings);
		if (!fixture_found(findings, slips[i].code)) {
			fixture_print(findings);
			fail_msg("%s: no %s", slips[i].what, slips[i].code);
		}
		dialogue_release(dialogue);
		findings_free(findings);
	}
}

/* More ids than a number of two bytes can tell apart. */
static void too_many_ids_are_refused(void **state)
{
	const struct fixture *f = *state;
	struct buffer text = {0};
	struct findings *findings = findings_new();
	buffer_text(&text, START " \"answers\": [");
	for (int i = 0; i < 4000; i++) {
		buffer_format(&text, "%s{\"id\":\"r%d\",\"asked\":[\"a\"],\"client\":[\"b\"],\"after\":[",
			i > 0 ? "," : "", i);
		for (int j = 0; j < 16; j++)
			buffer_format(&text, "%s\"n%x\"", j > 0 ? "," : "", i * 16 + j);
		buffer_text(&text, "]}");
	}
	buffer_text(&text, "],");
	struct dialogue_source script = fixture_edit(f->arena, &f->script, START, text.data);
	assert_null(compiled(f, &script, findings));
	assert_true(fixture_found(findings, "D034"));
	findings_free(findings);
	buffer_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_near_enough_is_answered),
		cmocka_unit_test(the_example_is_named_and_what_it_sets_holds),
		cmocka_unit_test(a_saved_run_goes_on_with_the_same_story),
		cmocka_unit_test(what_came_near_is_explained),
		cmocka_unit_test(slips_are_found),
		cmocka_unit_test(too_many_ids_are_refused),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
