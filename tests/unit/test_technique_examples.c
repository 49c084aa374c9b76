/* SPDX-License-Identifier: Apache-2.0 */
/* Examples, and which of them a sentence is nearest to. */
#include "unit.h"

#include "technique_fixture.h"

static const char *const texts[] = {
	"What did your brother say?",
	"What would your brother do?",
	"How long is the drive?",
	"Who else knows about the letter?",
	"What's in the letter?",
	"Tell me about the depot.",
	"What is it like at the depot?",
};

struct best {
	int example, nearness; /* -1: shares no word with any */
};

static struct best nearest(
	const struct technique_examples *examples, struct technique_scratch *scratch, const char *text)
{
	const struct technique_near *near;
	struct best best = {-1, 0};
	struct arena *arena = arena_new(0);
	size_t count = technique_examples_find(examples, scratch, text, strlen(text), 1, arena, &near);
	for (size_t i = 0; i < count; i++) {
		assert_true(near[i].nearness >= 1 && near[i].nearness <= 100);
		if (near[i].nearness > best.nearness)
			best = (struct best){(int)near[i].example, near[i].nearness};
	}
	arena_free(arena);
	return best;
}

static const struct {
	const char *text;
	int example, least, most;
} rows[] = {
	{"What did your brother say?", 0, 100, 100},
	{"say your brother what did", 0, 100, 100},
	{"WHAT DID YOUR BROTHER SAY", 0, 100, 100},
	{"And what did your brother say to you?", 0, 70, 99},
	{"Your brother would do what?", 1, 100, 100},
	{"How long does the driving take?", 2, 60, 99},
	{"Does anyone else know about the letters?", 3, 45, 99},
	{"Would your brother say it?", 0, 40, 75},
	{"The depots?", 5, 40, 99},
	{"What did she say?", 0, 10, 70},
	{"How does your brother do it?", 1, 50, 95},
	{"When would your brother do?", 1, 50, 75},
	{"Where would your brother do?", 1, 50, 75},
	{"Zebra?", -1, 0, 0},
	{"", -1, 0, 0},
	{"?!", -1, 0, 0},
};

static void the_nearest_is_found(void **state)
{
	const struct fixture *f = *state;
	struct technique_examples *examples = technique_examples_new(texts, COUNT(texts), f->pack, f->scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct best best = nearest(examples, f->scratch, rows[i].text);
		if (best.example != rows[i].example || best.nearness < rows[i].least || best.nearness > rows[i].most)
			fail_msg("\"%s\": %d, %d", rows[i].text, best.example, best.nearness);
	}
	technique_examples_free(examples);
}

/* More of what an example does not say is never nearer to it. */
static void more_words_are_further_away(void **state)
{
	const struct fixture *f = *state;
	struct technique_examples *examples = technique_examples_new(texts, COUNT(texts), f->pack, f->scratch);
	struct buffer text = {0};
	int before = 101;
	buffer_text(&text, "What did your brother say");
	for (int i = 0; i < 80; i++) {
		struct best best = nearest(examples, f->scratch, text.data);
		assert_int_equal(best.example, 0);
		assert_true(best.nearness <= before);
		before = best.nearness;
		buffer_format(&text, " word%d", i);
	}
	assert_true(before < 40);
	buffer_clear(&text);
	technique_examples_free(examples);
}

static void no_examples_are_near_to_nothing(void **state)
{
	const struct fixture *f = *state;
	struct technique_examples *none = technique_examples_new(NULL, 0, f->pack, f->scratch);
	assert_int_equal(nearest(none, f->scratch, "What did your brother say?").example, -1);
	assert_int_equal(nearest(NULL, f->scratch, "What did your brother say?").example, -1);
	technique_examples_free(none);
	technique_examples_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_is_found),
		cmocka_unit_test(more_words_are_further_away),
		cmocka_unit_test(no_examples_are_near_to_nothing),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
