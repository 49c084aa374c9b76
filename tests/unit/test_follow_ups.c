/* SPDX-License-Identifier: Apache-2.0 */
/* "then": what is answered when somebody asks on about a line. */
#include "talk_fixture.h"

#define TOLD "\"client\": [\"The timetable changed and nobody asked us.\"],"
#define THEN                                                                                                           \
	"\"then\": [ { \"when\": { \"technique\": \"closed_question\" }, \"client\": [\"Since May.\"],"                \
	" \"samples\": [\"Do you like it?\"], \"near\": [\"What is it?\"] },"                                          \
	" { \"when\": { \"form\": \"open\" }, \"client\": [\"It was on the board.\"] },"                               \
	" { \"id\": \"not_once\", \"when\": { \"family\": \"reflection\" }, \"client\": [\"Not once.\"] },"            \
	" { \"when\": { \"technique\": \"minimal_encourager\" }, \"client\": [\"That is all.\"],"                      \
	" \"set\": { \"hope\": 1 } } ],"
#define SHORT "{ \"id\": \"short\", \"when\": { \"technique\": \"closed_question\" }, \"disclose\": \"short\""

static struct dialogue *compiled(const struct fixture *f, const struct dialogue_source *script,
	const struct dialogue_source *temperament, struct findings *findings)
{
	struct dialogue *dialogue = NULL;
	(void)fixture_compile(script, &f->model, temperament, f->pack, true, findings, &dialogue);
	return dialogue;
}

static struct dialogue *with_follow_ups(const struct fixture *f)
{
	struct findings *findings = findings_new();
	struct dialogue_source script = fixture_edit(f->arena, &f->script, TOLD, TOLD THEN);
	script = fixture_edit(f->arena, &script, "\"start\": \"arriving\",",
		"\"start\": \"arriving\", \"then\": [ { \"when\": { \"technique\": \"closed_question\" }, \"client\": "
		"[\"I came straight here.\"] } ],");
	struct dialogue_source temperament =
		fixture_edit(f->arena, &f->temperament, SHORT, SHORT ", \"set\": { \"ownership\": 1 }");
	struct dialogue *dialogue = compiled(f, &script, &temperament, findings);
	if (dialogue == NULL)
		fixture_print(findings);
	assert_non_null(dialogue);
	findings_free(findings);
	return dialogue;
}

static const struct {
	const char *what;
	const char *messages[MESSAGES];
	const char *level, *rule;
} conversations[] = {
	{"about what was just told", {"How is work?", "Do you like it?"}, "follow_up", "late_again_then_1"},
	{"each once", {"How is work?", "Do you like it?", "Do you like it?"}, "temperament", "short"},
	{"and then another", {"How is work?", "Do you like it?", "What was it?"}, "follow_up", "late_again_then_2"},
	{"its own subject may be named", {"How is work?", "Do you like your work?"}, "follow_up", "late_again_then_1"},
	{"another subject is asked about", {"How is work?", "Do you like your evenings?"}, "temperament", "short"},
	{"nothing was told", {"What do you want?", "Do you like it?"}, "built_in", "fallback"},
	{"about the opening", {"Do you like it?"}, "follow_up", "opening_then_1"},
	{"not while the guard is up", {"How is work?", "That was wrong.", "Do you like it?"}, "temperament", "shut"},
	{"given back, the character tells more", {"How is work?", "So you are late."}, "temperament", "heard"},
	{"and when there is no more to tell", {"How are your evenings?", "How is work?", "So you are late."},
		"follow_up", "not_once"},
	{"a rule that knows only the kind of message gives way", {"How is work?", "Go on."}, "follow_up",
		"late_again_then_4"},
	{"one that knows the moment does not", {"How is work?", "What could you do?"}, "dialogue", "too_soon"},
	{"something else was said since, and a fact is asked",
		{"How is work?", "May I say something?", "Do you like it?"}, "temperament", "short"},
	{"and the story is given back",
		{"How are your evenings?", "How is work?", "May I say something?", "So you are late."}, "follow_up",
		"not_once"},
	{"advice is no asking on", {"How is work?", "You should rest."}, "temperament", "yes_but"},
};

static void who_asks_on_is_answered_there(void **state)
{
	const struct fixture *f = *state;
	struct dialogue *dialogue = with_follow_ups(f);
	for (size_t i = 0; i < COUNT(conversations); i++) {
		struct talk talk = talk_open(f, dialogue, 7);
		for (size_t j = 0; j < MESSAGES && conversations[i].messages[j] != NULL; j++)
			say(&talk, conversations[i].messages[j]);
		if (strcmp(talk.reply.rule, conversations[i].rule) != 0 ||
			strcmp(engine_level_name(talk.reply.level), conversations[i].level) != 0)
			fail_msg("%s: %s %s", conversations[i].what, engine_level_name(talk.reply.level),
				talk.reply.rule);
		talk_close(&talk);
	}
	dialogue_release(dialogue);
}

static void it_changes_what_the_temperament_would(void **state)
{
	struct dialogue *dialogue = with_follow_ups(*state);
	struct talk talk = talk_open(*state, dialogue, 7);
	say(&talk, "How is work?");
	say(&talk, "Do you like it?");
	assert_int_equal(talk.reply.level, ENGINE_FOLLOW_UP);
	assert_true(says(&talk, "Since May."));
	assert_int_equal(variable(&talk, "ownership"), 2);
	say(&talk, "Go on.");
	assert_int_equal(talk.reply.level, ENGINE_FOLLOW_UP);
	assert_int_equal(variable(&talk, "hope"), 1);
	assert_int_equal(variable(&talk, "ownership"), 2);
	talk_close(&talk);
	dialogue_release(dialogue);
}

static const struct {
	const char *what, *from, *to, *code;
} slips[] = {
	{"a sample that is heard as something else", "Do you like it?", "You should rest.", "D026"},
	{"a near-miss that is answered", "What is it?", "Do you mind?", "D028"},
	{"an id that is taken", "not_once", "too_soon", "D009"},
	{"no condition", "\"when\": { \"form\": \"open\" }, ", "", "D004"},
	{"nothing to say", "\"client\": [\"It was on the board.\"]", "\"guide\": [\"It was on the board.\"]", "D003"},
	{"an unknown topic", "\"form\": \"open\"", "\"topic\": \"trams\"", "D010"},
};

static void slips_are_found(void **state)
{
	const struct fixture *f = *state;
	const struct dialogue_source script = fixture_edit(f->arena, &f->script, TOLD, TOLD THEN);
	for (size_t i = 0; i < COUNT(slips); i++) {
		struct findings *findings = findings_new();
		struct dialogue_source edited = fixture_edit(f->arena, &script, slips[i].from, slips[i].to);
		struct dialogue *dialogue = compiled(f, &edited, &f->temperament, findings);
		if (dialogue != NULL || !fixture_found(findings, slips[i].code)) {
			fixture_print(findings);
			fail_msg("%s: no %s", slips[i].what, slips[i].code);
		}
		findings_free(findings);
	}
	struct findings *findings = findings_new();
	struct dialogue_source temperament = fixture_edit(
		f->arena, &f->temperament, "\"disclose\": \"again\"", "\"disclose\": \"again\", \"then\": []");
	assert_null(compiled(f, &f->script, &temperament, findings));
	assert_true(fixture_found(findings, "D003"));
	findings_free(findings);
}

static void only_lines_can_be_asked_about(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source edited = fixture_edit(f->arena, &f->script, "\"rules\": [\n    { \"id\": \"too_soon\"",
		"\"rules\": [ { \"id\": \"tells\", \"when\": { \"topic\": \"home\" }, \"disclose\": \"named\", "
		"\"then\": [ { \"when\": { \"form\": \"open\" }, \"client\": [\"It was.\"] } ] },\n    { \"id\": "
		"\"too_soon\"");
	assert_null(compiled(f, &edited, &f->temperament, findings));
	assert_true(fixture_found(findings, "D006"));
	findings_free(findings);
}

/* Of a rule that would open something which is not ripe, nothing is left when no rule fits. */
static void nothing_is_left_of_what_does_not_fit(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source edited = fixture_edit(f->arena, &f->script, "\"rules\": [\n    { \"id\": \"too_soon\"",
		"\"rules\": [ { \"id\": \"not_ripe\", \"when\": { \"technique\": \"closed_question\" }, "
		"\"disclose\": { \"id\": \"platform\" } },\n    { \"id\": \"too_soon\"");
	struct dialogue *dialogue = compiled(f, &edited, &f->temperament, findings);
	assert_non_null(dialogue);
	struct talk talk = talk_open(f, dialogue, 7);
	say(&talk, "Do you like it?");
	assert_string_equal(talk.reply.rule, "fallback");
	assert_null(talk.reply.disclosure);
	talk_close(&talk);
	dialogue_release(dialogue);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_asks_on_is_answered_there),
		cmocka_unit_test(it_changes_what_the_temperament_would),
		cmocka_unit_test(slips_are_found),
		cmocka_unit_test(only_lines_can_be_asked_about),
		cmocka_unit_test(nothing_is_left_of_what_does_not_fit),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
