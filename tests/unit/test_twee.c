/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include "askwell/format.h"
#include "askwell/twee.h"
#include "askwell/utf8.h"

#define DATA ":: StoryTitle\nT\n\n:: StoryData\n{\"start\": \"A\"}\n\n"
#define FALLBACK ":: F [fallback]\nOne.\n\nTwo.\n\nThree.\n"
/* Nothing to say about it but what is said of every story. */
#define GOOD DATA FALLBACK

static char *imported(struct arena *arena, const char *story, struct findings *findings)
{
	struct buffer out = {0};
	struct error error = {0};
	char *text;

	assert_int_equal(twee_import("s.twee", story, strlen(story), NULL, &out, findings, &error), STATUS_OK);
	text = arena_text(arena, out.data);
	buffer_clear(&out);
	return text;
}

static bool has_code(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings_count(findings); i++)
		if (strcmp(findings_at(findings, i)->code, code) == 0)
			return true;
	return false;
}

static char *repeated(struct arena *arena, const char *piece, unsigned times)
{
	struct buffer out = {0};
	char *text;

	for (unsigned i = 0; i < times; i++)
		buffer_format(&out, piece, i, i);
	text = arena_text(arena, out.data);
	buffer_clear(&out);
	return text;
}

/* The story and the code that it must bring, the place where, and whether the rest of the table's codes stay away. */
static const struct {
	const char *code, *story;
	unsigned line;
} examples[] = {
	{"T001", GOOD ":: A\nHello. [[B]]\n:: B\nBye.\n:: B\nAgain.\n", 17},
	{"T002", GOOD ":: A\nHello.\n[[On->Nowhere]]\n", 15},
	{"T003", ":: A\nHello.\n" FALLBACK, 0},
	{"T003", ":: StoryData\nno json\n:: A\nHello.\n", 1},
	{"T004", ":: StoryData\n{\"start\": \"Z\"}\n:: A\nHello.\n", 0},
	{"T005", GOOD ":: A\n[[Ask->B]]\n:: B\nBye.\n", 13},
	{"T006", GOOD ":: A\nHello.\n[[...->B]]\n:: B\nBye.\n", 15},
	{"T007", GOOD ":: A\nHello.\n[[...->B]]\n:: B\nBye.\n", 15},
	{"T008", GOOD ":: A\nHello.\n[[Go on->B]]\n[[Go on home->C]]\n:: B\nBye.\n:: C\nBye.\n", 16},
	{"T009", GOOD ":: A\nHello.\n[[Go->B]]\n:: B\nBye.\n", 16},
	{"T010", GOOD ":: A\nHello.\n:: B\nBye.\n", 15},
	{"T011", GOOD ":: A\nHello <b>you</b>. <<set $x to 1>>\n", 13},
	{"T012", GOOD ":: A\nHello.\n:: Look [stylesheet]\nbody {}\n", 15},
	{"T013", DATA ":: A\nHello.\n", 0},
	{"T014", GOOD ":: A\nHello.\n", 0},
	{"T015", GOOD ":: A\nHello.\n", 0},
	{"T016", NULL, 0},
	{"T017", GOOD ":: A\n1.\n\n2.\n\n3.\n\n4.\n\n5.\n\n6.\n\n7.\n\n8.\n\n9.\n", 13},
	{"T018", GOOD ":: A [open\nHello.\n", 13},
	{"T019", GOOD ":: A\nHello.\n\nYou have $money left.\n", 16},
};

static void every_code_has_a_story_that_brings_it(void **state)
{
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct findings *findings = findings_new();
		const char *story = examples[i].story;
		bool there = false;

		if (!story)
			story = repeated(arena, ":: P%u\nHello %u.\n", 70);
		(void)imported(arena, story, findings);
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);

			assert_true(utf8_valid(finding->reason, strlen(finding->reason)));
			there = there ||
				(strcmp(finding->code, examples[i].code) == 0 && finding->line == examples[i].line);
		}
		if (!there)
			fail_msg("%s is not found in line %u", examples[i].code, examples[i].line);
		findings_free(findings);
	}
	for (size_t i = 0; twee_diagnostic_at(i); i++) {
		bool shown = false;

		for (size_t j = 0; j < COUNT(examples); j++)
			shown = shown || strcmp(examples[j].code, twee_diagnostic_at(i)->code) == 0;
		if (!shown)
			fail_msg("%s has no example", twee_diagnostic_at(i)->code);
	}
	arena_free(arena);
}

static void a_sound_story_brings_only_what_every_story_lacks(void **state)
{
	struct arena *arena = arena_new(0);
	struct findings *findings = findings_new();

	(void)state;
	(void)imported(arena, GOOD ":: A\nHello.\n[[Go on->B]]\n:: B\nWell.\n[[Back->A]]\n", findings);
	assert_int_equal(findings_count(findings), 2);
	assert_true(has_code(findings, "T014") && has_code(findings, "T015"));
	findings_free(findings);
	arena_free(arena);
}

static void links_texts_and_tags_are_understood(void **state)
{
	static const struct {
		const char *story, *wanted; /* in the skeleton */
	} cases[] = {
		{"[[Go->B]]", "\"samples\": [\"Go\"]"},
		{"[[B<-Go]]", "\"samples\": [\"Go\"]"},
		{"[[Go|B]]", "\"samples\": [\"Go\"]"},
		{"[[B]]", "\"samples\": [\"B\"]"},
		{"[[Go|B][$x to 1]]", "\"samples\": [\"Go\"]"},
		{"[[a -> c->B]]", "\"samples\": [\"a -> c\"]"},
		{"* [[Go->B]]\n* [[Stay->B]]", "\"samples\": [\"Go\", \"Stay\"]"},
		{"Hello [[you->B]] there.", "\"opening\": [\"Hello you there.\"]"},
		{"Hello.\n\n  You.\nYes.\n[[Go->B]]", "\"opening\": [[\"Hello.\", \"You. Yes.\"]]"},
		{"Hello. <!-- no -->(set: $a to (1))/* no */<<if $a>>Yes.<</if>>{embed passage: 'X'} [[Go->B]]",
			"\"opening\": [\"Hello. Yes. Go\"]"},
		{"\\:: Hello.", "\"opening\": [\":: Hello.\"]"},
		{"(Not a macro: really.) {", "\"opening\": [\"(Not a macro: really.)\"]"},
		{"[if seen]\nHello.", "\"opening\": [\"Hello.\"]"},
		{"Hello \\\"you\\\".", "\"opening\": [\"Hello \\\\\\\"you\\\\\\\".\"]"},
		{"Hello.\n:: StoryTitle\nCaf\u00e9 \u2013 two\n", "\"id\": \"caf_two\""},
		{"[[Go->B]]\n:: B [will]\nBye.", "\"stage\": \"will\""},
		{"[[Go->B]]\n:: B [x fallback] {\"position\": \"1,1\"}\nSay.", "\"client\": [\"Say.\", "},
		{"[[Go->B \\[x\\]]]\n:: B \\[x\\] [will]\nBye.", "\"id\": \"b_x\""},
	};
	struct arena *arena = arena_new(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings *findings = findings_new();
		const char *story = arena_format(
			arena, ":: A\n%s\n%s", cases[i].story, strstr(cases[i].story, ":: B") ? "" : ":: B\nBye.\n");
		const char *skeleton = imported(arena, story, findings);

		if (!strstr(skeleton, cases[i].wanted))
			fail_msg("%s: %s is not in\n%s", cases[i].story, cases[i].wanted, skeleton);
		findings_free(findings);
	}
	arena_free(arena);
}

static void what_is_no_story_is_refused(void **state)
{
	static const char *const none[] = {"", "Hello.", ":: StoryTitle\nT\n", "::\nx", "\xff", "<html></html>"};
	struct findings *findings = findings_new();
	struct buffer out = {0};
	struct error error = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(none); i++)
		assert_int_equal(
			twee_import("s", none[i], strlen(none[i]), NULL, &out, findings, NULL), STATUS_INVALID);
	assert_int_equal(twee_import("s", ":: A\n\0x", 7, NULL, &out, findings, NULL), STATUS_INVALID);
	assert_int_equal(twee_import("s", "", TWEE_MAX + 1, NULL, &out, findings, &error), STATUS_TOO_LARGE);
	assert_int_equal(out.length, 0);
	assert_int_equal(twee_import("s", "\xef\xbb\xbf:: A\nx", 9, "given", &out, findings, NULL), STATUS_OK);
	assert_non_null(strstr(out.data, "\"id\": \"given\""));
	buffer_clear(&out);
	findings_free(findings);
}

static struct dialogue_source content(struct arena *arena, const char *name)
{
	return fixture_source(arena, arena_format(arena, "../../../dialogues/%s", name));
}

/* Apart from what the import announces: T010 is lint's D020, T014 is D040. */
static void the_skeleton_compiles(void **state)
{
	static const char *const stories[] = {
		GOOD ":: A\nHello.\n[[Go on->B]]\n[[What is it?->C]]\n:: B\nWell.\n[[Back->A]]\n:: C [reality]\nIt is "
		     "late.\n"
		     "[[Go on->B]]\n[[Stop->D]]\n:: D\nBye.\n",
		":: A\nHello. {x} {concern}\n[[Go on->B]]\n[[Go on home->C]]\n[[...->B]]\n:: B\nWell.\n:: C\n\n:: "
		"E\nOrphan.\n",
		":: a to\nx\n[[one->b]]\n[[two->to b]]\n:: b\ny\n:: a\nz\n[[three->to b]]\n:: to b\nw\n[[four->a]]\n",
		":: 1\n1 [[*->2]] [[don't->2]] [[u->3]]\n:: 2\n2 [[u->1]]\n:: 3\n\n",
	};
	struct fixture *f = *state;
	struct dialogue_source model = content(f->arena, "models/grow.json"),
			       temperament = content(f->arena, "temperaments/guarded.json");

	for (size_t i = 0; i < COUNT(stories); i++) {
		struct findings *announced = findings_new(), *findings = findings_new();
		const char *skeleton = imported(f->arena, stories[i], announced);
		struct dialogue_source script = {"s.json", skeleton, strlen(skeleton)};
		struct dialogue *dialogue = NULL;

		(void)!fixture_compile(&script, &model, &temperament, f->pack, true, findings, &dialogue);
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);

			if (strcmp(finding->file, "s.json") == 0 && strcmp(finding->code, "D040") != 0 &&
				!(strcmp(finding->code, "D020") == 0 && has_code(announced, "T010")))
				fail_msg("%zu: %s %s: %s\n%s", i, finding->code, finding->path, finding->reason,
					skeleton);
		}
		dialogue_release(dialogue);
		findings_free(announced);
		findings_free(findings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_story_that_brings_it),
		cmocka_unit_test(a_sound_story_brings_only_what_every_story_lacks),
		cmocka_unit_test(links_texts_and_tags_are_understood),
		cmocka_unit_test(what_is_no_story_is_refused),
		cmocka_unit_test(the_skeleton_compiles),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
