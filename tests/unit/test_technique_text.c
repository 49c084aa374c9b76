/* SPDX-License-Identifier: Apache-2.0 */
/* The text itself: places in what was typed, whose data is hidden, when practice has to pause, and input that means
 * harm. */
#include "hostile.h"
#include "technique_fixture.h"

#include <stdlib.h>

#define SMILE "\xf0\x9f\x99\x82"
#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
#define APOSTROPHE "\xe2\x80\x99"
#define OPEN_QUOTE "\xe2\x80\x9c"
#define CLOSE_QUOTE "\xe2\x80\x9d"
#define SHALOM "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"

static const struct placed {
	const char *text;
	enum technique_id id;
	const char *span, *cue; /* cue: NULL for any */
} placed[] = {
	{"What matters to you?", TECHNIQUE_OPEN_QUESTION, "What matters to you?", NULL},
	{SMILE " What matters to you? " SMILE, TECHNIQUE_OPEN_QUESTION, "What matters to you?", NULL},
	{SMILE FAMILY "You should rest." FAMILY, TECHNIQUE_ADVICE_DIRECT, "You should rest.", NULL},
	{"That" APOSTROPHE "s it. Don" APOSTROPHE "t worry, you" APOSTROPHE "ll be fine.", TECHNIQUE_REASSURANCE,
		"Don" APOSTROPHE "t worry, you" APOSTROPHE "ll be fine.", "Don" APOSTROPHE "t worry"},
	{"dont worry!!! ok", TECHNIQUE_REASSURANCE, "dont worry!!!", "dont worry"},
	{"Go on.\r\n\r\nWhat matters to you?!?!", TECHNIQUE_OPEN_QUESTION, "What matters to you?!?!", NULL},
	{"Hi.\rYou should rest.\rBye.", TECHNIQUE_ADVICE_DIRECT, "You should rest.", NULL},
	{SHALOM " " SHALOM ". You should rest. " SHALOM, TECHNIQUE_ADVICE_DIRECT, "You should rest.", NULL},
	{"\xe2\x80\xaeWhat matters\xe2\x80\xac to you?", TECHNIQUE_OPEN_QUESTION, "What matters\xe2\x80\xac to you?",
		NULL},
	{"Well. " OPEN_QUOTE "You should rest." CLOSE_QUOTE, TECHNIQUE_ADVICE_DIRECT, "You should rest." CLOSE_QUOTE,
		"You should"},
	{"u shud rest", TECHNIQUE_UNCLASSIFIED, "u shud rest", NULL},
	{"u should rest", TECHNIQUE_ADVICE_DIRECT, "u should rest", NULL},
	{"Caf\xc3\xa9 \xc3\x80 la carte. You should rest.", TECHNIQUE_ADVICE_DIRECT, "You should rest.", NULL},
	{"Let me think, e.g. later. You should rest.", TECHNIQUE_ADVICE_DIRECT, "You should rest.", NULL},
	{"... what else?", TECHNIQUE_OPEN_QUESTION, "what else?", NULL},
	{"i see.what matters to you", TECHNIQUE_OPEN_QUESTION, "what matters to you", NULL},
	{"It is at www.example.org.uk in report.odt. You should rest.", TECHNIQUE_ADVICE_DIRECT, "You should rest.",
		NULL},
	{"I see   \t  . You should   rest  .", TECHNIQUE_ADVICE_DIRECT, "You should   rest  .", NULL},
	{"wh- what matters to you?", TECHNIQUE_OPEN_QUESTION, "wh- what matters to you?", NULL},
	{"you shoudl rest", TECHNIQUE_ADVICE_DIRECT, "you shoudl rest", "you shoudl"},
	{"you shuold rest", TECHNIQUE_ADVICE_DIRECT, "you shuold rest", NULL},
	{"you shold rest", TECHNIQUE_ADVICE_DIRECT, "you shold rest", NULL},
	{"you shhould rest", TECHNIQUE_ADVICE_DIRECT, "you shhould rest", NULL},
	{"you shoooould rest", TECHNIQUE_ADVICE_DIRECT, "you shoooould rest", NULL},
	{"you shuld've rest", TECHNIQUE_UNCLASSIFIED, "you shuld've rest", NULL},
	{"what mattters to you", TECHNIQUE_OPEN_QUESTION, "what mattters to you", NULL},
	{"whaaat matters to youuu", TECHNIQUE_OPEN_QUESTION, "whaaat matters to youuu", NULL},
	{"Fridays.", TECHNIQUE_UNCLASSIFIED, "Fridays.", "Fridays."},
	{"So you've done this for twenty years. Is that right?", TECHNIQUE_SIMPLE_REFLECTION,
		"So you've done this for twenty years. Is that right?", NULL},
	{"So\xe2\x80\xa6 what matters to you?", TECHNIQUE_OPEN_QUESTION, "So\xe2\x80\xa6 what matters to you?", NULL},
	{"So.. what matters to you?", TECHNIQUE_OPEN_QUESTION, "So.. what matters to you?", NULL},
	{"What does Dr. Adams say about it?", TECHNIQUE_OPEN_QUESTION, "What does Dr. Adams say about it?", NULL},
	{"So sorry :) What matters to you?", TECHNIQUE_OPEN_QUESTION, "What matters to you?", NULL},
	{"so sorry ;-( what matters to you", TECHNIQUE_OPEN_QUESTION, "what matters to you", NULL},
	{"At 8:30 :what matters to you?", TECHNIQUE_OPEN_QUESTION, "At 8:30 :what matters to you?", NULL},
};

static bool is_at(const char *text, const struct technique_span *span, const char *expected)
{
	return expected == NULL || (span->end - span->start == strlen(expected) &&
					   memcmp(text + span->start, expected, strlen(expected)) == 0);
}

static void test_places(void **state)
{
	const struct fixture *fixture = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(placed); i++) {
		struct technique_analysis analysis = analyse(fixture, placed[i].text, NULL);
		const struct technique_label *label = find_label(&analysis, placed[i].id);
		if (placed[i].id == TECHNIQUE_UNCLASSIFIED)
			label = analysis.primary;
		if (label != NULL && is_at(placed[i].text, &label->span, placed[i].span) &&
			is_at(placed[i].text, &label->cue, placed[i].cue))
			continue;
		print_error("\"%s\": %zu labels", placed[i].text, analysis.label_count);
		if (label != NULL)
			print_error(", \"%.*s\", cue \"%.*s\"", (int)(label->span.end - label->span.start),
				placed[i].text + label->span.start, (int)(label->cue.end - label->cue.start),
				placed[i].text + label->cue.start);
		print_error("\n");
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void test_picked_up_words(void **state)
{
	const struct fixture *fixture = *state;
	static const char *const text = SMILE " The rota" APOSTROPHE "s Sunday evening, and your husband?";
	struct technique_context context = after("Every Sunday evening I fill in the rota; my husband goes out.");
	struct technique_analysis analysis = analyse(fixture, text, &context);
	assert_int_equal(analysis.picked_up_count, 2);
	assert_true(is_at(text, &analysis.picked_up[0], "rota" APOSTROPHE "s Sunday evening"));
	assert_true(is_at(text, &analysis.picked_up[1], "husband"));
}

static void test_word_counts(void **state)
{
	static const struct {
		const char *text;
		unsigned words;
	} rows[] = {
		{"What matters to you?", 4},
		{"what what matters to you?", 4},
		{"wh- what matters to you?", 4},
		{"um, what er matters to you?", 4},
		{"I don" APOSTROPHE "t know", 3},
		{"from 9:30 to 10.5 or 1,000", 7},
		{SMILE " hello " SMILE, 1},
		{"um", 1},
		{"...", 0},
	};
	const struct fixture *fixture = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned words = analyse(fixture, rows[i].text, NULL).word_count;
		if (words != rows[i].words)
			fail_msg("\"%s\": %u words", rows[i].text, words);
	}
}

/* What the masks of the pack cover, and what they leave alone. NULL: the text stays as it is. */
static const struct masked {
	const char *text, *hidden;
	unsigned count;
} masked[] = {
	{"Write to kim.lee@example.org, please.", "Write to [e-mail address hidden], please.", 1},
	{"kim@example.org and jo@example.co.uk", "[e-mail address hidden] and [e-mail address hidden]", 2},
	{SMILE "kim@example.org" SMILE, SMILE "[e-mail address hidden]" SMILE, 1},
	{"Ring 07700 900123 after six", "Ring [phone number hidden] after six", 1},
	{"+44 7700 900 123", "[phone number hidden]", 1},
	{"(020) 7946 0958", "[phone number hidden]", 1},
	{"She lives at SW1A 2AA, number ten", "She lives at [postcode hidden], number ten", 1},
	{"Her number is 943 476 5919.", "Her number is [NHS number hidden].", 1},
	{"It is 943 476 5918.", NULL, 0},
	{"nino AB 12 34 56 C", "nino [National Insurance number hidden]", 1},
	{"07700 900123, AB123456C, M1 1AE, kim@example.org",
		"[phone number hidden], [National Insurance number hidden], [postcode hidden], [e-mail address hidden]",
		4},
	{"What happened between 2019 and 2024?", NULL, 0},
	{"From 9:30 to 17:45, or 0930 to 1745.", NULL, 0},
	{"You earn \xc2\xa3"
	 "45,000 a year, or 45000.",
		NULL, 0},
	{"From 0 to 10, where are you? 4, 5 or 6?", NULL, 0},
	{"On 07/09/2024 at 10.30", NULL, 0},
	{"The budget is 1,250,000 over 3 years.", NULL, 0},
	{"Ring Samaritans on 116 123 or NHS 111, option 2.", NULL, 0},
	{"ILM level 5, unit 5014V1, 60 h", NULL, 0},
	{"Meet me @ noon, 5pm, room E2 at 10", NULL, 0},
	{SMILE SHALOM, NULL, 0},
	{"", NULL, 0},
};

static void test_masks(void **state)
{
	const struct fixture *fixture = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(masked); i++) {
		struct buffer out = {0};
		const char *expected = masked[i].hidden != NULL ? masked[i].hidden : masked[i].text;
		unsigned count =
			technique_mask(fixture->pack, fixture->scratch, masked[i].text, strlen(masked[i].text), &out);
		const char *got = out.data != NULL ? out.data : "";
		if (count != masked[i].count || strcmp(got, expected) != 0) {
			print_error("\"%s\": %u times, \"%s\"\n", masked[i].text, count, got);
			wrong++;
		}
		buffer_clear(&out);
	}
	assert_int_equal(wrong, 0);
}

static const struct safe {
	const char *text, *safety;
} safety[] = {
	{"I can't go on like this.", "distress"},
	{"i dont want to live any more", "distress"},
	{"I want to kill myself", "distress"},
	{"What matters to you? I want to die.", "distress"},
	{"A pupil told me that her dad hits her.", "safeguarding"},
	{"My coachee told me she wants to kill herself.", "coachee_risk"},
	{"This deadline is killing me.", NULL},
	{"I'm dying to hear how it went.", NULL},
	{"You nearly died laughing.", NULL},
	{"That meeting was murder.", NULL},
	{"What would you kill off first on that list?", NULL},
	{"I could kill for a coffee.", NULL},
	{"Can you go on like this?", NULL},
	{"So you can't go on like this.", NULL},
	{"You feel you can't go on.", NULL},
	{"What if the whole project dies?", NULL},
	{"You cut yourself off from the team.", NULL},
	{"Shoot me an e-mail when it hits you.", NULL},
	{"How do your children take it?", NULL},
};

static void test_safety(void **state)
{
	const struct fixture *fixture = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(safety); i++) {
		struct technique_analysis analysis = analyse(fixture, safety[i].text, NULL);
		const char *expected = safety[i].safety != NULL ? safety[i].safety : "none";
		const char *got = analysis.safety != NULL ? analysis.safety : "none";
		bool silent = analysis.safety == NULL ||
			      (analysis.label_count == 1 && analysis.flag_count == 0 &&
				      analysis.primary->technique == TECHNIQUE_UNCLASSIFIED &&
				      technique_pack_safety_text(fixture->pack, analysis.safety) != NULL);
		if (strcmp(expected, got) == 0 && silent)
			continue;
		print_error("\"%s\": %s\n", safety[i].text, got);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void test_refused(void **state)
{
	static const char *const blank[] = {"", " ", "\t\r\n ", "\xc2\xa0"};
	static const char *const broken[] = {"\xff", "What \xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"};
	const struct fixture *fixture = *state;
	struct technique_context context = {0};
	struct technique_analysis analysis;
	for (size_t i = 0; i < COUNT(blank); i++)
		assert_int_equal(technique_analyse(fixture->pack, fixture->scratch, blank[i], strlen(blank[i]),
					 &context, fixture->arena, &analysis),
			STATUS_INVALID);
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_int_equal(technique_analyse(fixture->pack, fixture->scratch, broken[i], strlen(broken[i]),
					 &context, fixture->arena, &analysis),
			STATUS_INVALID);
	char *text = malloc(TECHNIQUE_TEXT_MAX + 1);
	memset(text, 'a', TECHNIQUE_TEXT_MAX + 1);
	assert_int_equal(technique_analyse(fixture->pack, fixture->scratch, text, TECHNIQUE_TEXT_MAX + 1, &context,
				 fixture->arena, &analysis),
		STATUS_TOO_LARGE);
	assert_int_equal(technique_analyse(fixture->pack, fixture->scratch, text, TECHNIQUE_TEXT_MAX, &context,
				 fixture->arena, &analysis),
		STATUS_OK);
	free(text);
	/* Context of any content is no reason to refuse a message. */
	context = (struct technique_context){
		.coachee = "\xff\xfe", .coachee_length = 2, .previous = "\xff", .previous_length = 1};
	assert_int_equal(
		analyse(fixture, "What matters to you?", &context).primary->technique, TECHNIQUE_OPEN_QUESTION);
}

static void check_spans(const char *text, size_t length, const struct technique_analysis *analysis)
{
	size_t before = 0;
	assert_true(analysis->label_count > 0);
	assert_true(
		analysis->primary >= analysis->labels && analysis->primary < analysis->labels + analysis->label_count);
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];
		assert_true(label->span.start >= before);
		assert_true(label->span.start < label->span.end && label->span.end <= length);
		assert_true(label->cue.start >= label->span.start && label->cue.end <= label->span.end);
		/* No place in the middle of a character. */
		assert_true((text[label->span.start] & 0xC0) != 0x80 && (text[label->cue.start] & 0xC0) != 0x80);
		assert_true(label->span.end == length || (text[label->span.end] & 0xC0) != 0x80);
		before = label->span.start;
	}
	for (size_t i = 0; i < analysis->flag_count; i++)
		assert_true(analysis->flags[i].span.start <= analysis->flags[i].span.end &&
			    analysis->flags[i].span.end <= length);
	for (size_t i = 0; i < analysis->picked_up_count; i++)
		assert_true(analysis->picked_up[i].start < analysis->picked_up[i].end &&
			    analysis->picked_up[i].end <= length);
}

/* Whole messages of one thing, as a message and as what the coachee said: each comes back, and with places that exist. */
static void test_hostile_messages(void **state)
{
	const struct fixture *fixture = *state;
	char *text = malloc(TECHNIQUE_TEXT_MAX + 1);
	for (size_t i = 0; i < COUNT(hostile); i++) {
		size_t length = 0, piece = strlen(hostile[i]);
		for (size_t characters = 0; characters < HOSTILE_CHARACTERS && length + piece < TECHNIQUE_TEXT_MAX;) {
			memcpy(text + length, hostile[i], piece);
			length += piece;
			for (size_t j = 0; j < piece; j++)
				characters += (hostile[i][j] & 0xC0) != 0x80;
		}
		text[length] = '\0';
		struct technique_context context = {.coachee = text,
			.coachee_length = length,
			.previous = text,
			.previous_length = length,
			.question_streak = UINT32_MAX,
			.permission_open = true};
		struct technique_analysis analysis;
		struct buffer out = {0};
		enum status status = technique_analyse(
			fixture->pack, fixture->scratch, text, length, &context, fixture->arena, &analysis);
		if (status == STATUS_OK)
			check_spans(text, length, &analysis);
		else
			assert_true(status == STATUS_INVALID && strspn(text, " \n\r\t\x01\xe2\x80\x8b\xae") == length);
		(void)technique_mask(fixture->pack, fixture->scratch, text, length, &out);
		buffer_clear(&out);
		analysis = analyse(fixture, "So you are tired, and what else?", &context);
		check_spans("So you are tired, and what else?", 32, &analysis);
		arena_reset(fixture->arena);
	}
	free(text);
}

static void assert_same(const struct technique_analysis *a, const struct technique_analysis *b)
{
	assert_int_equal(a->label_count, b->label_count);
	assert_int_equal(a->primary - a->labels, b->primary - b->labels);
	for (size_t i = 0; i < a->label_count; i++) {
		const struct technique_label *x = &a->labels[i], *y = &b->labels[i];
		assert_true(x->technique == y->technique && x->family == y->family && x->form == y->form &&
			    x->focus == y->focus && x->rule == y->rule && x->confidence == y->confidence);
		assert_memory_equal(&x->span, &y->span, sizeof x->span);
		assert_memory_equal(&x->cue, &y->cue, sizeof x->cue);
	}
	assert_int_equal(a->flag_count, b->flag_count);
	for (size_t i = 0; i < a->flag_count; i++)
		assert_int_equal(a->flags[i].id, b->flags[i].id);
	assert_int_equal(a->picked_up_count, b->picked_up_count);
	assert_memory_equal(a->picked_up_count > 0 ? a->picked_up : (const void *)"",
		b->picked_up_count > 0 ? b->picked_up : (const void *)"", a->picked_up_count * sizeof *a->picked_up);
	assert_int_equal(a->question_count, b->question_count);
	assert_int_equal(a->word_count, b->word_count);
	assert_true(a->safety == b->safety);
}

/* Nothing of one message is left for the next, whatever working memory it was in. */
/* The first message that a scratch ever sees may hold no word at all. */
static void test_no_words_at_first(void **state)
{
	const struct fixture *fixture = *state;
	static const char *const texts[] = {"? ? ?", "\n? ? ? ?", "...", "\xf0\x9f\x99\x82"};
	static const struct technique_context nothing;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct technique_scratch *fresh = technique_scratch_new();
		struct technique_analysis analysis;
		assert_int_equal(technique_analyse(fixture->pack, fresh, texts[i], strlen(texts[i]), &nothing,
					 fixture->arena, &analysis),
			STATUS_OK);
		assert_true(analysis.label_count > 0);
		technique_scratch_free(fresh);
	}
}

static void test_same_again(void **state)
{
	const struct fixture *fixture = *state;
	struct technique_scratch *fresh = NULL;
	struct technique_context context = after("Every Sunday evening I fill in the rota, should I not?");
	struct technique_analysis first[COUNT(placed)];
	for (size_t i = 0; i < COUNT(placed); i++)
		first[i] = analyse(fixture, placed[i].text, &context);
	for (size_t i = COUNT(placed); i-- > 0;) {
		struct technique_analysis again = analyse(fixture, placed[i].text, &context), other;
		(void)analyse(fixture, "I can't go on like this.", NULL);
		fresh = technique_scratch_new();
		assert_int_equal(technique_analyse(fixture->pack, fresh, placed[i].text, strlen(placed[i].text),
					 &context, fixture->arena, &other),
			STATUS_OK);
		technique_scratch_free(fresh);
		assert_same(&first[i], &again);
		assert_same(&first[i], &other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_picked_up_words),
		cmocka_unit_test(test_word_counts),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_safety),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hostile_messages),
		cmocka_unit_test(test_no_words_at_first),
		cmocka_unit_test(test_same_again),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
