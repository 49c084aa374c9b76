/* SPDX-License-Identifier: Apache-2.0 */
/* Each way in which a language pack can be wrong has a failing pack: the fixture with one small change. */
#include "technique_fixture.h"

#include "../../server/technique/pack_findings.h"

#include "askwell/json_place.h"
#include "askwell/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define FIXTURE SOURCE_DIR "/tests/unit/fixtures/pack.json"
#define X60 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X600 X60 X60 X60 X60 X60 X60 X60 X60 X60 X60
#define SHOULD "\"phrases\": [\n    \"you should\"\n   ]"

#define IDLE_DEFAULT                                                                                                   \
	"{ \"id\": \"idle\", \"technique\": \"information\", \"phrases\": [\"xylophone\"], \"reason\": \"x\", "        \
	"\"confidence\": 9 }"
/* Of conditions alone, so it needs no sample of its own. */
#define FIRST_WORDS                                                                                                    \
	"{ \"id\": \"first_words\", \"where\": { \"mark\": true, \"words_at_least\": 90 }, \"points\": { "             \
	"\"empathy\": 5 }, "                                                                                           \
	"\"because\": \"x\" }"

static const struct failing {
	const char *code;
	const char *from, *to; /* from NULL: the whole file is `to` */
	const char *path;
	const char *reason; /* part of it */
	const char *at;     /* what stands in the file at its line and column */
} table[] = {
	{"P001", "\"format\": 1,", "\"format\": 1", "", "", NULL},
	{"P001", NULL, "", "", "", NULL},
	{"P001", "\"A small pack", "\"A small \xff pack", "", "UTF-8", NULL},
	{"P001", "\"language\": \"en\"", "\"language\": \"en\", \"language\": \"en\"", "", "duplicate", NULL},
	{"P002", "\"limits\": {", "\"limts\": {}, \"limits\": {", "/limts", "\"limts\"", "\"limts\""},
	{"P002", "\"id\": \"should\"", "\"id\": \"should\", \"pattern\": \"x\"", "/rules/2/pattern", "\"pattern\"",
		"\"pattern\""},
	{"P002", "\"long_message_words\"", "\"a~b/c\": 1, \"long_message_words\"", "/limits/a~0b~1c", "a~b/c",
		"\"a~b/c\""},
	{"P003", "\"language\": \"en\",", "", "", "\"language\"", "{"},
	{"P003", SHOULD ",", "", "/rules/2", "\"phrases\"", "{"},
	{"P003", "\"why\": \"Why closed question matters.\",", "", "/techniques/closed_question/feedback", "\"why\"",
		"\"feedback\""},
	{"P004", "\"kind\": \"pack\"", "\"kind\": \"model\"", "/kind", "\"pack\"", "\"kind\""},
	{"P004", "\"format\": 1", "\"format\": 2", "/format", "from 1 to 1", "\"format\""},
	{"P004", "\"streak_messages\": 3", "\"streak_messages\": \"three\"", "/limits/streak_messages",
		"a whole number", "\"streak_messages\""},
	{"P004", "\"streak_messages\": 3", "\"streak_messages\": 1000", "/limits/streak_messages", "from 2 to 100",
		"\"streak_messages\""},
	{"P004", SHOULD, "\"phrases\": [\"you should\", 7]", "/rules/2/phrases", "a list of texts", "\"phrases\""},
	{"P004", "\"You should rest.\"", "{ \"coachee\": \"Tell me.\" }", "/rules/2/samples/0", "\"text\"", "{"},
	{"P004", "\"rules\": [", "\"rules\": [ \"not a rule\",", "/rules/0", "an object", "\"not a rule\""},
	{"P005", "\"technique\": \"judgement\"", "\"technique\": \"judgment\"", "/rules/1/technique", "\"judgment\"",
		"\"technique\""},
	{"P005", "\"technique\": \"judgement\"", "\"technique\": \"multiple_questions\"", "/rules/1/technique",
		"\"multiple_questions\"", "\"technique\""},
	{"P005", "\"technique\": \"judgement\"", "\"technique\": \"judgement\", \"form\": \"half\"", "/rules/1/form",
		"\"half\"", "\"form\""},
	{"P005", "\"id\": \"goal\"", "\"id\": \"goals\"", "/focus/2/id", "\"goals\"", "\"id\""},
	{"P005", "\"offer\": \"reflect\"", "\"offer\": \"mirror\"", "/techniques/reassurance/feedback/offer", "mirror",
		"\"offer\""},
	{"P005", "\"stacked\": {", "\"piled\": {", "/flags/piled", "\"piled\"", "\"piled\""},
	{"P005", "\"has\": \"@\"", "\"check\": \"mod10\"", "/privacy/0/check", "\"mod10\"", "\"check\""},
	{"P006", "\"id\": \"should\"", "\"id\": \"verdict\"", "/rules/2", "\"verdict\"", "{"},
	{"P007", SHOULD, "\"patterns\": [\"you (should\"]", "/rules/2/patterns/0", "parenthesis", "\"you (should\""},
	{"P007", "\"^(?:well)\\\\b\"", "\"^(?:well\"", "/openers", "parenthesis", "\"openers\""},
	{"P007", SHOULD, "\"patterns\": [\"you\\\\Cshould\"]", "/rules/2/patterns/0", "", "\"you\\\\Cshould\""},
	{"P008", SHOULD, "\"patterns\": [\"" X600 "\"]", "/rules/2/patterns/0", "600", "\"xxx"},
	{"P008", "\"openers\"",
		"\"blocks\": { \"one\": \"" X600 "\", \"two\": \"{one}{one}{one}{one}{one}{one}\", \"three\": "
		"\"{two}{two}{two}{two}{two}{two}\" }, \"openers\"",
		"/blocks/three", "building blocks", "\"three\""},
	{"P009", SHOULD, "\"patterns\": [\"(a+)+$\"]", "/rules/2/patterns/0", "steps", "\"(a+)+$\""},
	{"P009", SHOULD, "\"patterns\": [\"^(a|a)*b\"]", "/rules/2/patterns/0", "steps", "\"^(a|a)*b\""},
	{"P009", SHOULD, "\"patterns\": [\"(.*)(.*)(.*)(.*)(.*)zzz\"]", "/rules/2/patterns/0", "steps", "\"(.*)"},
	{"P009", SHOULD, "\"patterns\": [\"^(?:\\\\w+\\\\s?)+!\"]", "/rules/2/patterns/0", "steps", "\"^(?:"},
	/* Only a long message is too much for this one. */
	{"P009", SHOULD, "\"patterns\": [\"^(?:what |if )*(?:what |you )*zq\"]", "/rules/2/patterns/0", "steps",
		"\"^(?:what"},
	{"P009", SHOULD, "\"patterns\": [\"^(q+)+$\"]", "/rules/2/patterns/0", "steps", "\"^(q+)+$\""},
	{"P009", SHOULD, "\"patterns\": [\"^(?:(?:perhaps )+)+$\"]", "/rules/2/patterns/0", "steps",
		"\"^(?:(?:perhaps"},
	{"P009", SHOULD, SHOULD ", \"not\": [\"(x+x+)+y|(a+a+)+y\"]", "/rules/2/not/0", "steps", "\"(x+x+)+y"},
	{"P009", "\"technique\": \"judgement\"", "\"technique\": \"judgement\", \"where\": { \"after\": \"(a*)*$x\" }",
		"/rules/1/where/after", "steps", "\"after\""},
	{"P009", "[a-z]+@[a-z]+\\\\.[a-z]+", "(?:[a-z]+)+@(?:[a-z]+)+\\\\.!", "/privacy/0/pattern", "steps",
		"\"pattern\""},
	{"P010", SHOULD, "\"patterns\": [\"{subject} should\"]", "/rules/2/patterns/0", "{subject}", "\"{subject}"},
	{"P010", "\"openers\"", "\"blocks\": { \"one\": \"{one}\" }, \"openers\"", "/blocks/one", "{one}", "\"one\""},
	{"P011", "\"Have you tried resting?\"", "\"Rest a little.\"", "/rules/3/samples/0", "\"Rest a little.\"",
		"\"Rest a little.\""},
	{"P011", "\"I can't go on.\"", "\"I am tired.\"", "/safety/0/samples/0", "tired", "\"I am tired.\""},
	{"P011", "\"Write to kim@example.org\"", "\"Write to Kim\"", "/privacy/0/samples/0", "mail",
		"\"Write to Kim\""},
	{"P012", "\"What matters to you?\"", "\"What will you do then?\"", "/rules/11/samples/0", "goes to \"step\"",
		"\"What will you do then?\""},
	{"P012", "\"Go on.\"", "\"I can't go on.\"", "/rules/16/samples/0", "goes to \"distress\"",
		"\"I can't go on.\""},
	{"P013", "\"Marmalade.\"", "\"So are you a robot?\"", "/rules/0/near/0", "robot", "\"So are you a robot?\""},
	{"P013", "\"I can go on.\"", "\"Well, I can't go on.\"", "/safety/0/near/0", "go on", "\"Well, I can't"},
	{"P013", "\"Meet me @ noon\"", "\"Meet kim@example.org\"", "/privacy/0/near/0", "mail", "\"Meet kim@"},
	{"P014", "\"empathy\": {", "\"note\": \"gone\", \"off\": {", "/techniques", "\"empathy\"", "\"techniques\""},
	{"P014", "\"permitted\": {", "\"granted\": {", "/flags", "\"permitted\"", "\"flags\""},
	{"P015", "\"samples\": [\n    \"You should rest.\"\n   ],", "", "/rules/2", "\"should\"", "{"},
	{"P015", "\"near\": [\n    \"Marmalade.\"\n   ]", "\"near\": []", "/rules/0", "\"robot\"", "{"},
	{"P016", "\"technique\": \"judgement\"", "\"technique\": \"reassurance\"", "/rules", "\"judgement\"",
		"\"rules\""},
	{"P017", "Empathy, said to {character}.", "Empathy, said to {name}.", "/techniques/empathy/feedback/what",
		"{name}", "\"what\""},
	{"P017", "Why empathy matters.", "Why {words matters.", "/techniques/empathy/feedback/why", "{words",
		"\"why\""},
	{"P019", "\"samples\": [\n    \"You should rest.\"\n   ],", "", "/rules/2", "\"should\"", "{"},
	{"P019", "\"rules\": [", "\"defaults\": [ " IDLE_DEFAULT " ], \"rules\": [", "/defaults/0", "\"idle\"", "{"},
	{"P020", "\"rules\": [", "\"cues\": [ " FIRST_WORDS " ], \"rules\": [", "/cues/0", "\"first_words\"", "{"},
};

static char *file_text(const char *path)
{
	struct buffer text = {0};
	assert_int_equal(file_read(path, (size_t)1 << 20, &text, NULL), STATUS_OK);
	return buffer_take(&text);
}

/* Returns owned. */
static char *edited(const char *text, const char *from, const char *to)
{
	struct buffer out = {0};
	if (from == NULL) {
		buffer_text(&out, to);
		return buffer_take(&out);
	}
	const char *place = strstr(text, from);
	if (place == NULL)
		fail_msg("the fixture does not hold %s", from);
	else
		buffer_add(&out, text, (size_t)(place - text));
	buffer_text(&out, to);
	buffer_text(&out, place + strlen(from));
	return buffer_take(&out);
}

static struct findings *compile(const char *text, size_t length)
{
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL;
	enum status status = technique_pack_compile("fixture.json", text, length, true, findings, &pack);
	assert_int_equal(status, findings_errors(findings) > 0 ? STATUS_INVALID : STATUS_OK);
	assert_true((pack == NULL) == (status != STATUS_OK));
	technique_pack_release(pack);
	return findings;
}

static bool stands_at(const char *text, const struct finding *finding, const char *at)
{
	unsigned line, column;
	const char *place = text;
	if (finding->line == 0 || finding->column == 0)
		return false;
	for (; at != NULL && (place = strstr(place, at)) != NULL; place++) {
		json_place_of_offset(text, strlen(text), (size_t)(place - text), &line, &column);
		if (line == finding->line && column == finding->column)
			return true;
	}
	return at == NULL;
}

static bool reports(const struct findings *findings, const char *text, const struct failing *row)
{
	for (size_t i = 0; i < findings_count(findings); i++) {
		const struct finding *finding = findings_at(findings, i);
		if (strcmp(finding->code, row->code) == 0 && strcmp(finding->path, row->path) == 0 &&
			strstr(finding->reason, row->reason) != NULL && stands_at(text, finding, row->at))
			return strcmp(finding->file, "fixture.json") == 0 && finding->remedy[0] != '\0';
	}
	return false;
}

static void test_every_problem_is_found(void **state)
{
	char *fixture = file_text(FIXTURE);
	unsigned missed = 0;
	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		char *text = edited(fixture, table[i].from, table[i].to);
		struct findings *findings = compile(text, strlen(text));
		if (!reports(findings, text, &table[i])) {
			struct buffer shown = {0};
			for (size_t j = 0; j < findings_count(findings) && j < 6; j++)
				finding_print(findings_at(findings, j), &shown);
			print_error("%s %s: instead\n%s", table[i].code, table[i].path,
				shown.data != NULL ? shown.data : "nothing\n");
			buffer_clear(&shown);
			missed++;
		}
		findings_free(findings);
		free(text);
	}
	free(fixture);
	assert_int_equal(missed, 0);
}

static bool in_table(const char *code)
{
	for (size_t i = 0; i < COUNT(table); i++) {
		if (strcmp(table[i].code, code) == 0)
			return true;
	}
	/* Made below. */
	return strcmp(code, "P018") == 0 || strcmp(code, "P021") == 0 || strcmp(code, "P022") == 0;
}

static void test_every_code_has_a_failing_pack(void **state)
{
	struct findings *findings = findings_new();
	const struct pack_report report = {findings, "x", "{}", 2};
	(void)state;
	for (int i = 0; i < PACK_PROBLEM_COUNT; i++)
		pack_problem(&report, (enum pack_problem)i, "", "%s", "");
	assert_int_equal(findings_count(findings), PACK_PROBLEM_COUNT);
	for (size_t i = 0; i < findings_count(findings); i++) {
		if (!in_table(findings_at(findings, i)->code))
			fail_msg("no failing pack for %s", findings_at(findings, i)->code);
	}
	findings_free(findings);
}

static const struct finding *first_of(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings_count(findings); i++) {
		if (strcmp(findings_at(findings, i)->code, code) == 0)
			return findings_at(findings, i);
	}
	return NULL;
}

static void add_patterns(struct buffer *out)
{
	buffer_text(out, "\"patterns\": [");
	for (int i = 0; i < 2100; i++)
		buffer_format(out, "%s\"you shoul%d\"", i > 0 ? "," : "", i);
	buffer_text(out, "]");
}

static void add_privacy_rules(struct buffer *out)
{
	buffer_text(out, "\"privacy\": [");
	for (int i = 0; i < 40; i++)
		buffer_format(out, "{\"id\": \"p%d\", \"pattern\": \"secret%d\", \"mask\": \"[x]\"},", i, i);
}

static void test_too_much(void **state)
{
	static const struct {
		const char *from;
		void (*add)(struct buffer *out);
		const char *reason;
	} rows[] = {{SHOULD, add_patterns, "patterns"}, {"\"privacy\": [", add_privacy_rules, "privacy rules"}};
	char *fixture = file_text(FIXTURE);
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer to = {0};
		rows[i].add(&to);
		char *text = edited(fixture, rows[i].from, to.data);
		struct findings *findings = compile(text, strlen(text));
		const struct finding *finding = first_of(findings, "P018");
		assert_non_null(finding);
		assert_non_null(strstr(finding->reason, rows[i].reason));
		findings_free(findings);
		free(text);
		buffer_clear(&to);
	}
	size_t length = (size_t)2 << 20;
	char *spaces = malloc(length);
	memset(spaces, ' ', length);
	struct findings *findings = compile(spaces, length);
	assert_non_null(first_of(findings, "P018"));
	findings_free(findings);
	free(spaces);
	free(fixture);
}

static const struct needless {
	const char *from, *to;
	const char *code, *path; /* NULL: nothing is needless */
} needless[] = {
	{"\"robot\"", "\"robot\"", NULL, NULL},
	/* Where only the cue knows the words, it decides. */
	{"\"rules\": [",
		"\"cues\": [ { \"id\": \"jam\", \"phrases\": [\"marmalade\"], \"points\": { \"empathy\": 60 }, "
		"\"because\": \"x\", \"samples\": [\"Marmalade.\"], \"near\": [\"Jam.\"] } ], \"rules\": [",
		NULL, NULL},
	{"\"rules\": [",
		"\"cues\": [ { \"id\": \"rest\", \"phrases\": [\"rest\"], \"points\": { \"empathy\": 60 }, "
		"\"because\": \"x\", \"samples\": [\"You should rest.\"], \"near\": [\"Jam.\"] } ], \"rules\": [",
		"P021", "/cues/0"},
	{SHOULD, SHOULD ", \"patterns\": [\"you should rest\", \"you ought\"]", "P022", "/rules/2/patterns/1"},
	{SHOULD, SHOULD ", \"whole\": [\"rest now\"]", "P022", "/rules/2/whole"},
	{SHOULD, "\"phrases\": [\"you ought\"], \"patterns\": [\"you should\"]", "P022", "/rules/2/phrases"},
};

static void test_what_a_pack_could_do_without(void **state)
{
	char *fixture = file_text(FIXTURE);
	(void)state;
	for (size_t i = 0; i < COUNT(needless); i++) {
		const struct needless *row = &needless[i];
		char *text = edited(fixture, row->from, row->to);
		struct findings *findings = findings_new();
		struct technique_pack *pack = NULL;
		assert_int_equal(
			technique_pack_compile("fixture.json", text, strlen(text), false, findings, &pack), STATUS_OK);
		findings_free(findings);
		findings = findings_new();
		technique_pack_review(pack, "fixture.json", findings);
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			assert_int_equal(finding->severity, FINDING_WARNING);
			found |= row->code != NULL && strcmp(finding->code, row->code) == 0 &&
				 strcmp(finding->path, row->path) == 0 && finding->line > 0;
		}
		if (row->code != NULL ? !found : findings_count(findings) > 0)
			fail_msg("row %zu: %s at %s", i, row->code != NULL ? row->code : "something",
				row->path != NULL ? row->path : findings_at(findings, 0)->path);
		findings_free(findings);
		technique_pack_release(pack);
		free(text);
	}
	free(fixture);
}

/* What is quoted is cut, and never inside a letter of several bytes. */
static void test_quotes_are_whole_characters(void **state)
{
	char *fixture = file_text(FIXTURE);
	struct buffer sample = {0};
	(void)state;
	buffer_text(&sample, "\"samples\": [\"Z");
	for (int i = 0; i < 200; i++)
		buffer_text(&sample, "\xc3\xa9");
	buffer_text(&sample, "\", ");
	char *text = edited(fixture, "\"samples\": [", sample.data);
	struct findings *findings = compile(text, strlen(text));
	const struct finding *finding = first_of(findings, "P011");
	assert_non_null(finding);
	assert_true(utf8_valid(finding->reason, strlen(finding->reason)));
	assert_non_null(strstr(finding->reason, "Z\xc3\xa9\xc3\xa9"));
	findings_free(findings);
	buffer_clear(&sample);
	free(text);
	free(fixture);
}

/* An author sees everything at once. */
static void test_all_at_once(void **state)
{
	char *fixture = file_text(FIXTURE);
	char *one = edited(fixture, "\"kind\": \"pack\"", "\"kind\": \"cake\"");
	char *two = edited(one, "\"technique\": \"judgement\"", "\"technique\": \"judgment\"");
	char *three = edited(two, "\"permitted\": {", "\"granted\": {");
	struct findings *findings = compile(three, strlen(three));
	(void)state;
	assert_non_null(first_of(findings, "P004"));
	assert_non_null(first_of(findings, "P005"));
	assert_non_null(first_of(findings, "P014"));
	findings_free(findings);
	free(three);
	free(two);
	free(one);
	free(fixture);
}

/* Wherever a value is of the wrong kind, it is said, and nothing falls over. */
static void test_wrong_kinds_everywhere(void **state)
{
	static const char *const members[] = {"words", "openers", "clauses", "open_form", "rules", "focus", "jargon",
		"limits", "safety", "privacy", "techniques", "flags", "language", "name", "id", "format", "spelling",
		"fillers", "stop", "stemmer", "stems", "technique", "reason", "confidence", "samples", "near", "guide",
		"pattern", "mask", "has", "feedback", "what", "strength", "offer", "mentoring"};
	static const char *const values[] = {"null", "[]", "{}", "7", "-1", "1e99", "true", "\"\"", "\"x\"", "[[]]",
		"[{}]", "[null]", "{\"a\": null}", "{\"a\": {\"b\": []}}"};
	char *fixture = file_text(FIXTURE);
	unsigned refused = 0;
	(void)state;
	for (size_t i = 0; i < COUNT(members); i++) {
		char name[40];
		(void)snprintf(name, sizeof name, "\"%s\": ", members[i]);
		for (size_t j = 0; j < COUNT(values); j++) {
			char to[120];
			(void)snprintf(to, sizeof to, "\"%s\": %s, \"note\": ", members[i], values[j]);
			char *text = edited(fixture, name, to);
			struct findings *findings = compile(text, strlen(text));
			refused += findings_errors(findings) > 0;
			findings_free(findings);
			free(text);
		}
	}
	free(fixture);
	assert_true(refused > COUNT(members) * COUNT(values) / 2);
}

/* The conditions of a rule, tried on the one that looks for "you should". */
static const struct condition {
	const char *where, *text, *coachee;
	bool mentoring, met;
} conditions[] = {
	{"\"mark\": true", "You should rest?", NULL, false, true},
	{"\"mark\": true", "You should rest.", NULL, false, false},
	{"\"mark\": false", "You should rest?", NULL, false, false},
	{"\"mark\": false", "You should rest", NULL, false, true},
	{"\"asked\": true", "You should rest.", "Should I?", false, true},
	{"\"asked\": true", "You should rest.", "I am tired.", false, false},
	{"\"asked\": false", "You should rest.", "Should I?", false, false},
	{"\"asked\": false", "You should rest.", NULL, false, true},
	{"\"alone\": true", "You should rest.", NULL, false, true},
	{"\"alone\": true", "You should rest. Go on.", NULL, false, false},
	{"\"alone\": true", "Well you should rest.", NULL, false, false},
	{"\"mode\": \"mentoring\"", "You should rest.", NULL, true, true},
	{"\"mode\": \"mentoring\"", "You should rest.", NULL, false, false},
	{"\"mode\": \"coaching\"", "You should rest.", NULL, true, false},
	{"\"words_at_least\": 4", "You should rest.", NULL, false, false},
	{"\"words_at_least\": 4", "You should rest well.", NULL, false, true},
	{"\"words_at_most\": 3", "You should rest.", NULL, false, true},
	{"\"words_at_most\": 3", "You should rest well.", NULL, false, false},
	{"\"words_at_most\": 3", "Well, you should rest.", NULL, false, true},
	{"\"shared_at_least\": 1", "You should rest.", "I want rest.", false, true},
	{"\"shared_at_least\": 1", "You should be resting.", "I rest.", false, true},
	{"\"shared_at_least\": 1", "You should rest.", "I want it.", false, false},
	{"\"shared_at_least\": 2", "You should rest, rest, rest.", "I want rest.", false, false},
	{"\"shared_at_least\": 1", "You should.", "You should.", false, true},
	{"\"shared_at_most\": 0", "You should rest.", "I want rest.", false, false},
	{"\"shared_at_most\": 0", "You should rest.", NULL, false, true},
	{"\"echo_at_least\": 50", "You should rest.", "I want rest.", false, true},
	{"\"echo_at_least\": 50", "You should rest at noon in gardens.", "I want rest.", false, false},
	{"\"after\": \"well\"", "Well, you should rest.", NULL, false, true},
	{"\"after\": \"well\"", "You should rest well.", NULL, false, false},
};

static void test_conditions(void **state)
{
	char *fixture = file_text(FIXTURE);
	struct technique_scratch *scratch = technique_scratch_new();
	struct arena *arena = arena_new(0);
	unsigned wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT(conditions); i++) {
		struct technique_context context = after(conditions[i].coachee);
		struct technique_pack *pack = NULL;
		struct findings *findings = findings_new();
		struct technique_analysis analysis;
		struct buffer to = {0};
		context.mode = conditions[i].mentoring ? TECHNIQUE_MENTORING : TECHNIQUE_COACHING;
		buffer_format(&to, "\"id\": \"should\", \"where\": { %s }", conditions[i].where);
		char *text = edited(fixture, "\"id\": \"should\"", to.data);
		assert_int_equal(
			technique_pack_compile("fixture.json", text, strlen(text), false, findings, &pack), STATUS_OK);
		assert_int_equal(technique_analyse(pack, scratch, conditions[i].text, strlen(conditions[i].text),
					 &context, arena, &analysis),
			STATUS_OK);
		if ((find_label(&analysis, TECHNIQUE_ADVICE_DIRECT) != NULL) != conditions[i].met) {
			print_error("%s: \"%s\" after \"%s\"\n", conditions[i].where, conditions[i].text,
				conditions[i].coachee != NULL ? conditions[i].coachee : "");
			wrong++;
		}
		technique_pack_release(pack);
		findings_free(findings);
		buffer_clear(&to);
		free(text);
	}
	arena_free(arena);
	technique_scratch_free(scratch);
	free(fixture);
	assert_int_equal(wrong, 0);
}

static void test_packs_in_service(void **state)
{
	static const char *const packs[] = {FIXTURE, ENGLISH};
	static const char *const silent_in_fixture = "P016";
	(void)state;
	for (size_t i = 0; i < COUNT(packs); i++) {
		char *text = file_text(packs[i]);
		struct findings *findings = compile(text, strlen(text));
		for (size_t j = 0; j < findings_count(findings); j++) {
			struct buffer shown = {0};
			if (i == 0 && strcmp(findings_at(findings, j)->code, silent_in_fixture) == 0)
				continue;
			finding_print(findings_at(findings, j), &shown);
			print_error("%s", shown.data);
			buffer_clear(&shown);
			fail();
		}
		findings_free(findings);
		free(text);
	}
}

static void test_what_a_pack_says_of_itself(void **state)
{
	char *fixture = file_text(FIXTURE);
	char *other = edited(fixture, "Because of its words.", "For its words.");
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL, *changed = NULL;
	size_t length = 0;
	(void)state;
	assert_int_equal(technique_pack_compile("a", fixture, strlen(fixture), false, findings, &pack), STATUS_OK);
	assert_int_equal(technique_pack_compile("b", other, strlen(other), false, findings, &changed), STATUS_OK);
	assert_string_equal(technique_pack_language(pack), "en");
	assert_string_not_equal(technique_pack_version(pack), technique_pack_version(changed));
	assert_string_equal(technique_pack_source(pack, &length), fixture);
	assert_int_equal(length, strlen(fixture));
	assert_string_equal(technique_pack_name(pack, TECHNIQUE_EMPATHY), "Empathy");
	assert_string_equal(technique_pack_flag_name(pack, TECHNIQUE_FLAG_STACKED), "Stacked");
	assert_string_equal(technique_pack_flag_reason(pack, TECHNIQUE_FLAG_STACKED), "The message is stacked.");
	assert_non_null(strstr(technique_pack_safety_text(pack, "distress"), "pause"));
	assert_null(technique_pack_safety_text(pack, "nothing"));
	assert_null(technique_pack_safety_text(pack, NULL));
	const struct technique_feedback *coach =
		technique_pack_feedback(pack, TECHNIQUE_SELF_DISCLOSURE, TECHNIQUE_COACHING);
	const struct technique_feedback *mentor =
		technique_pack_feedback(pack, TECHNIQUE_SELF_DISCLOSURE, TECHNIQUE_MENTORING);
	assert_false(coach->strength);
	assert_true(mentor->strength);
	assert_string_equal(
		technique_pack_feedback(pack, TECHNIQUE_REASSURANCE, TECHNIQUE_MENTORING)->offer, "reflect");
	assert_string_equal(
		technique_pack_flag_feedback(pack, TECHNIQUE_FLAG_STACKED)->what, "{n} at once for {character}.");
	struct technique_pack *held = technique_pack_hold(pack);
	technique_pack_release(pack);
	assert_string_equal(technique_pack_language(held), "en");
	technique_pack_release(held);
	technique_pack_release(changed);
	technique_pack_release(NULL);
	findings_free(findings);
	free(other);
	free(fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_problem_is_found),
		cmocka_unit_test(test_every_code_has_a_failing_pack),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_what_a_pack_could_do_without),
		cmocka_unit_test(test_quotes_are_whole_characters),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_wrong_kinds_everywhere),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_packs_in_service),
		cmocka_unit_test(test_what_a_pack_says_of_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
