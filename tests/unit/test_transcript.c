/* SPDX-License-Identifier: Apache-2.0 */
#include "conversation_fixture.h"

#include <jansson.h>

#define SAID(...) ((const char *const[]){__VA_ARGS__, NULL})

static void formats_by_name_or_extension(void **state)
{
	const struct {
		const char *name, *found;
	} cases[] = {{"markdown", "markdown"}, {"md", "markdown"}, {"html", "html"}, {"json", "json"}, {"exe", NULL},
		{"", NULL}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct transcript_format *format = transcript_format_find(cases[i].name);

		if (!cases[i].found)
			assert_null(format);
		else
			assert_string_equal(format->name, cases[i].found);
	}
	assert_non_null(transcript_format_at(2));
	assert_null(transcript_format_at(3));
}

static void pauses_of_more_than_five_minutes_are_left_out(void **state)
{
	enum { MINUTE = 60000 };
	const struct {
		int64_t at[4];
		size_t count;
		int64_t expected;
	} cases[] = {
		{{0}, 0, 0},
		{{MINUTE}, 1, MINUTE},
		{{5 * MINUTE}, 1, 5 * MINUTE},
		{{5 * MINUTE + 1}, 1, 0},
		{{MINUTE, 2 * MINUTE, 60 * MINUTE, 61 * MINUTE}, 4, 3 * MINUTE},
		{{2 * MINUTE, MINUTE, 3 * MINUTE}, 3, 4 * MINUTE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct turn turns[4] = {{0}};

		for (size_t k = 0; k < cases[i].count; k++)
			turns[k].at_ms = 1000 + cases[i].at[k];
		assert_int_equal(transcript_active_ms(1000, turns, cases[i].count), cases[i].expected);
	}
}

static char *write_format(const struct conversation *talk, const char *format)
{
	struct buffer out = {0};

	transcript_format_find(format)->write(&talk->transcript, &out);
	return buffer_take(&out);
}

/* The words that a label rests on are marked in HTML. */
static void unmark(char *text)
{
	for (char *mark = text; (mark = strstr(mark, "<mark>"));)
		memmove(mark, mark + 6, strlen(mark + 6) + 1);
	for (char *mark = text; (mark = strstr(mark, "</mark>"));)
		memmove(mark, mark + 7, strlen(mark + 7) + 1);
}

static unsigned occurrences(const char *text, const char *of)
{
	unsigned count = 0;

	for (const char *at = strstr(text, of); at; at = strstr(at + 1, of))
		count++;
	return count;
}

static void must_hold(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void must_not_hold(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" is in:\n%s", part, text);
}

static void every_export_says_where_it_comes_from(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;

	conversation_hold(
		f, f->dialogue, SAID("What happens at the station?", "/hint", "So you are late.", "/end"), &talk);
	for (size_t i = 0; transcript_format_at(i); i++) {
		const char *format = transcript_format_at(i)->name;
		char *text = write_format(&talk, format);

		unmark(text);
		if (strcmp(format, "json") != 0) {
			const char *last = strstr(text, "Debrief");

			/* At the top, before anything is said, and at the bottom. */
			assert_true(strstr(text, TRANSCRIPT_NOTICE) < strstr(text, "What happens"));
			while (last && strstr(last + 1, TRANSCRIPT_NOTICE))
				last = strstr(last + 1, TRANSCRIPT_NOTICE);
			assert_non_null(last);
			assert_true(strlen(last) < strlen(TRANSCRIPT_NOTICE) + 60);
			must_hold(text, "not ended yet");
		}
		must_hold(text, TRANSCRIPT_NOTICE);
		must_hold(text, "a machine's guess");
		must_hold(text, dialogue_hash(f->dialogue));
		must_hold(text, technique_pack_version(f->pack));
		must_hold(text, "2026-11-21T22:26:40.000Z");
		must_hold(text, "2026-11-21T23:26:40.000Z");
		must_hold(text, "019a0000-0000-0000-0000-000000000000");
		must_hold(text, "What happens at the station?");
		must_hold(text, "The timetable changed and nobody asked us.");
		must_hold(text, "Open question");
		must_hold(text, talk.debrief.next_what);
		must_hold(text, "Not yet"); /* the ending's title */
		free(text);
	}
	conversation_clear(&talk);
}

static void nothing_typed_becomes_html(void **state)
{
	static const struct {
		const char *typed, *shown;
	} cases[] = {
		{"<script>alert('a')</script> What?", "&lt;script&gt;alert(&#39;a&#39;)&lt;/script&gt; What?"},
		{"\"><img src=x onerror=y> What?", "&quot;&gt;&lt;img src=x onerror=y&gt; What?"},
		{"What &lt;b&gt; & &amp; is it?", "&amp;lt;b&amp;gt; &amp; &amp;amp; is it?"},
		{"</style></title></textarea>What?", "&lt;/style&gt;&lt;/title&gt;&lt;/textarea&gt;"},
		{"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x99\x82 What?",
			"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x99\x82 "},
	};
	const struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;
		char *text;

		conversation_hold(f, f->dialogue, (const char *const[]){cases[i].typed, NULL}, &talk);
		text = write_format(&talk, "html");
		unmark(text);
		must_hold(text, cases[i].shown);
		must_not_hold(text, "<script");
		must_not_hold(text, "<img");
		must_not_hold(text, "</textarea");
		assert_int_equal(occurrences(text, "</title>"), 1);
		assert_int_equal(occurrences(text, "</style>"), 1);
		free(text);
		conversation_clear(&talk);
	}
}

static void the_page_stands_by_itself(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	char *text;

	conversation_hold(f, f->dialogue, SAID("So you are late. What matters?"), &talk);
	text = write_format(&talk, "html");
	assert_int_equal(strncmp(text, "<!DOCTYPE html>\n<html lang=\"en\">", 32), 0);
	must_hold(text, "default-src 'none'");
	must_hold(text, "<mark>So you</mark>");
	must_hold(text, "<mark>What</mark>");
	must_hold(text, "@page");
	must_hold(text, "counter(page)");
	must_not_hold(text, "http://");
	must_not_hold(text, "https://");
	must_not_hold(text, "url(");
	assert_int_equal(occurrences(text, "<h1>"), 1);
	assert_int_equal(occurrences(text, "<article"), occurrences(text, "</article>"));
	assert_int_equal(occurrences(text, "<div"), occurrences(text, "</div>"));
	assert_int_equal(occurrences(text, "<ul"), occurrences(text, "</ul>"));
	free(text);
	conversation_clear(&talk);
}

/* Who went back before the end did not end the conversation there. */
static void an_end_that_was_taken_back_is_set_aside(void **state)
{
	static const char *const formats[] = {"markdown", "html"};
	const struct fixture *f = *state;
	struct conversation talk;

	conversation_hold(f, f->dialogue,
		SAID("What happens at the station?", "/hint", "/end", "/retake 1", "So you are late.", "/end"), &talk);
	for (size_t i = 0; i < COUNT(formats); i++) {
		char *text = write_format(&talk, formats[i]);

		assert_int_equal(occurrences(text, "The trainee ended the conversation here."), 1);
		assert_int_equal(occurrences(text, "The trainee ended the conversation here, then went back."), 1);
		assert_int_equal(occurrences(text, "The end"), 1);
		must_hold(text, "Set aside: the trainee asked for a hint");
		free(text);
	}
	conversation_clear(&talk);
}

static void nothing_typed_becomes_markdown(void **state)
{
	static const struct {
		const char *typed, *shown;
	} cases[] = {
		{"# What?", "> \\# What?\n"},
		{"- What?", "> \\- What?\n"},
		{"+ What?", "> \\+ What?\n"},
		{"1. What?", "> 1\\. What?\n"},
		{"12) What?", "> 12\\) What?\n"},
		{"    What?", "> What?\n"},
		{"What?\n===\n    code", "> What?\\\n> \\===\\\n> code\n"},
		{"What?\n\n\n# Two\r# Three", "> What?\\\n> \\# Two\\\n> \\# Three\n"},
		{"*What* __is__ ~~it~~ `now`", "> \\*What\\* \\_\\_is\\_\\_ \\~\\~it\\~\\~ \\`now\\`\n"},
		{"[What](javascript:alert(1))", "> \\[What\\](javascript\\:alert(1))\n"},
		{"![What](x)", "> !\\[What\\](x)\n"},
		{"<b>What</b> &amp; <!-- x -->", "> \\<b\\>What\\</b\\> \\&amp; \\<!-- x --\\>\n"},
		{"What is https://x.example?", "> What is https\\://x.example?\n"},
		{"What is www.x.example?", "> What is www\\.x.example?\n"},
		{"What: is | it \\ now", "> What: is \\| it \\\\ now\n"},
		{"> What?", "> \\> What?\n"},
		{"``` What?", "> \\`\\`\\` What?\n"},
		{"So you're fine (mostly), 1.5 of 2 - what?", "> So you're fine (mostly), 1.5 of 2 - what?\n"},
		{"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x99\x82 what",
			"> \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x99\x82 what\n"},
	};
	const struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct conversation talk;
		char *text;

		conversation_hold(f, f->dialogue, (const char *const[]){cases[i].typed, NULL}, &talk);
		text = write_format(&talk, "markdown");
		must_hold(text, cases[i].shown);
		free(text);
		conversation_clear(&talk);
	}
}

/* A row of a table stays a row, whatever the case's author wrote. */
static void tables_hold_against_pipes(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "The late trains", "Late | <b>trains</b>");
	struct dialogue *other = NULL;
	struct conversation talk;
	char *text;

	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &other), STATUS_OK);
	conversation_hold(f, other, SAID("What matters?"), &talk);
	text = write_format(&talk, "markdown");
	must_hold(text, "| Case | Late \\| \\<b\\>trains\\</b\\> (late\\_trains) |\n");
	free(text);
	text = write_format(&talk, "html");
	must_hold(text, "<title>Transcript: Late | &lt;b&gt;trains&lt;/b&gt;");
	free(text);
	conversation_clear(&talk);
	dialogue_release(other);
	findings_free(findings);
}

static void attempts_that_were_set_aside_stand_apart(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	char *text;

	conversation_hold(
		f, f->dialogue, SAID("What matters?", "You should rest.", "/retake 2", "So you left."), &talk);
	text = write_format(&talk, "markdown");
	must_hold(text, "### Set aside: an earlier attempt");
	must_hold(text, "### Message 1 (");
	must_hold(text, "### Message 2 (");
	must_not_hold(text, "### Message 3 (");
	assert_true(strstr(text, "You should rest.") < strstr(text, "So you left."));
	free(text);
	text = write_format(&talk, "html");
	assert_int_equal(occurrences(text, "class=\"aside-attempt\""), 1);
	free(text);
	conversation_clear(&talk);
}

/* Where somebody may be in danger nothing is recognised and nothing judged. */
static void safety_is_not_labelled(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	char *text;

	conversation_hold(f, f->dialogue, SAID("I can't go on."), &talk);
	text = write_format(&talk, "markdown");
	must_hold(text, "Not labelled");
	must_hold(text, "You matter more than the practice.");
	must_not_hold(text, "- Label (");
	free(text);
	conversation_clear(&talk);
}

static void the_json_holds_every_turn(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;
	json_error_t error;
	json_t *root, *turns, *label, *cue;
	char *text;

	conversation_hold(f, f->dialogue,
		SAID("\xf0\x9f\x99\x82 \"What\" matters?", "You should rest.", "/retake 2", "So you left.", "/hint",
			"/end"),
		&talk);
	text = write_format(&talk, "json");
	root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		fail_msg("%s in %s", error.text, text);
	assert_string_equal(json_string_value(json_object_get(root, "$schema")), "urn:askwell:schema:transcript:1");
	assert_true(json_is_true(json_object_get(root, "simulated")));
	turns = json_object_get(root, "turns");
	assert_int_equal(json_array_size(turns), 6);
	assert_string_equal(json_string_value(json_object_get(json_array_get(turns, 0), "text")),
		"\xf0\x9f\x99\x82 \"What\" matters?");
	assert_true(json_is_true(json_object_get(json_array_get(turns, 1), "set_aside")));
	assert_true(json_is_null(json_object_get(json_array_get(turns, 1), "message")));
	assert_int_equal(json_integer_value(json_object_get(json_array_get(turns, 2), "to")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(turns, 3), "message")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(turns, 3), "attempt")), 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(turns, 4), "kind")), "hint");
	/* Positions count characters: the emoji is one. */
	label = json_array_get(json_object_get(json_array_get(turns, 0), "labels"), 0);
	cue = json_object_get(label, "cue");
	assert_string_equal(json_string_value(json_object_get(cue, "text")), "What");
	assert_int_equal(json_integer_value(json_object_get(cue, "start")), 3);
	assert_int_equal(json_integer_value(json_object_get(cue, "end")), 7);
	assert_string_equal(
		json_string_value(json_object_get(json_object_get(root, "debrief"), "notice")), TRANSCRIPT_NOTICE);
	json_decref(root);
	free(text);
	conversation_clear(&talk);
}

static void an_empty_conversation_can_be_exported(void **state)
{
	const struct fixture *f = *state;
	struct conversation talk;

	conversation_hold(f, f->dialogue, SAID(NULL), &talk);
	for (size_t i = 0; transcript_format_at(i); i++) {
		char *text = write_format(&talk, transcript_format_at(i)->name);

		must_hold(text, TRANSCRIPT_NOTICE);
		must_not_hold(text, "(null)");
		free(text);
	}
	conversation_clear(&talk);
}

#define WITH_DIALOGUE(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_by_name_or_extension),
		cmocka_unit_test(pauses_of_more_than_five_minutes_are_left_out),
		WITH_DIALOGUE(every_export_says_where_it_comes_from),
		WITH_DIALOGUE(nothing_typed_becomes_html),
		WITH_DIALOGUE(the_page_stands_by_itself),
		WITH_DIALOGUE(an_end_that_was_taken_back_is_set_aside),
		WITH_DIALOGUE(nothing_typed_becomes_markdown),
		WITH_DIALOGUE(tables_hold_against_pipes),
		WITH_DIALOGUE(attempts_that_were_set_aside_stand_apart),
		WITH_DIALOGUE(safety_is_not_labelled),
		WITH_DIALOGUE(the_json_holds_every_turn),
		WITH_DIALOGUE(an_empty_conversation_can_be_exported),
	};

	return cmocka_run_group_tests_name("transcript", tests, NULL, NULL);
}
