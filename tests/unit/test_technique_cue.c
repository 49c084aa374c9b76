/* SPDX-License-Identifier: Apache-2.0 */
/* On which sentences a cue holds: its words as phrases, as patterns that stand for phrases, and as patterns; what has to
 * be there besides, and what must not. Each case is one cue and one sentence. */
#include "cue_fixture.h"

#include <stdio.h>

#define LONG_LIST                                                                                                      \
	"apple|apples|apricot|banana|cherry|date|elder|fig|grape|kiwi|lemon|lime|mango|melon|nectarine|olive|orange|"  \
	"peach|pear|pears?h?|plum|quince"

static const struct {
	const char *what, *members, *text;
	bool holds;
} cases[] = {
	{"a word", "\"phrases\": [\"apple\"]", "One apple.", true},
	{"not a part of a word", "\"phrases\": [\"apple\"]", "Some apples.", false},
	{"a beginning", "\"phrases\": [\"app*\"]", "Some apples.", true},
	{"a phrase", "\"phrases\": [\"red apple\"]", "A red apple.", true},
	{"a phrase is in a row", "\"phrases\": [\"red apple\"]", "A red and an apple.", false},
	{"a phrase ends with the sentence", "\"phrases\": [\"red apple\"]", "It was red. Apple?", false},
	{"a phrase of three", "\"phrases\": [\"a red apple\"]", "Take a red apple.", true},
	{"a phrase before an apostrophe", "\"phrases\": [\"if you\"]", "If you're red.", true},
	{"a pattern before an apostrophe", "\"patterns\": [\"\\\\bif you\\\\b\"]", "If you're red.", true},
	{"a phrase behind an apostrophe", "\"phrases\": [\"ll apple\"]", "We'll apple.", true},
	{"accents are as they are typed", "\"phrases\": [\"ca va\"]", "\u00c7a va bien.", true},
	{"a list of words as a pattern", "\"patterns\": [\"\\\\b(?:apple|plum)s?\\\\b\"]", "Two plums.", true},
	{"a list of words with gaps", "\"patterns\": [\"\\\\b(?:apple|plum)\\\\b.{1,9}\\\\bfig\\\\b\"]",
		"A plum or a fig.", true},
	{"the gap has its length", "\"patterns\": [\"\\\\b(?:apple|plum)\\\\b.{1,3}\\\\bfig\\\\b\"]",
		"A plum or a fig.", false},
	{"a long list, the first", "\"patterns\": [\"^(?:" LONG_LIST ") \\\\w\"]", "Apple pie.", true},
	{"a long list, the longer of two", "\"patterns\": [\"^(?:" LONG_LIST ") \\\\w\"]", "Apples fall.", true},
	{"a long list, the last", "\"patterns\": [\"^(?:" LONG_LIST ") \\\\w\"]", "Quince pie.", true},
	{"a long list, an optional letter", "\"patterns\": [\"^(?:" LONG_LIST ") \\\\w\"]", "Pearsh pie.", true},
	{"a long list, only a beginning", "\"patterns\": [\"^(?:" LONG_LIST ") \\\\w\"]", "Appl pie.", false},
	{"a long list, nothing of it", "\"patterns\": [\"^(?:|" LONG_LIST ") \\\\w\"]", "Rhubarb pie.", false},
	{"anchored patterns see the sentence", "\"patterns\": [\"^fig\\\\b.\"]", "One apple. Fig tree.", true},
	{"and not its middle", "\"patterns\": [\"^fig\\\\b.\"]", "One fig tree.", false},
	{"numbers", "\"patterns\": [\"\\\\b\\\\d+ figs\\\\b\"]", "Give me 12 figs.", true},
	{"what has to be there as well is",
		"\"phrases\": [\"apple\"], \"also\": [\"\\\\bplum\\\\b\", \"\\\\bpear\\\\b.\"]",
		"A pear beside an apple.", true},
	{"what has to be there as well is not",
		"\"phrases\": [\"apple\"], \"also\": [\"\\\\bplum\\\\b\", \"\\\\bpear\\\\b.\"]",
		"A fig beside an apple.", false},
	{"what has to be there as well is not enough", "\"phrases\": [\"apple\"], \"also\": [\"\\\\bplum\\\\b\"]",
		"A plum.", false},
	{"what must not be there is, as a word", "\"phrases\": [\"apple\"], \"not\": [\"\\\\b(?:no|never)\\\\b\"]",
		"Never an apple.", false},
	{"what must not be there is, as a pattern", "\"phrases\": [\"apple\"], \"not\": [\"\\\\bno\\\\b.{1,5}apple\"]",
		"No red apple.", false},
	{"and is not", "\"phrases\": [\"apple\"], \"not\": [\"\\\\bno\\\\b.{1,5}apple\"]", "An apple, no pear.", true},
	{"both", "\"phrases\": [\"apple\"], \"also\": [\"\\\\bpear\\\\b\"], \"not\": [\"\\\\bfig\\\\b\"]",
		"Apple, pear.", true},
	{"both, and it must not",
		"\"phrases\": [\"apple\"], \"also\": [\"\\\\bpear\\\\b\"], \"not\": [\"\\\\bfig\\\\b\"]",
		"Apple, pear, fig.", false},
};

static void test_cues(void **state)
{
	const struct world *world = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct technique_analysis analysis;
		char members[2000];
		/* The neighbours look at the same besides. */
		(void)snprintf(members, sizeof members,
			"\"cues\": [" CUE_WITH("before", "%s", "\"summary\": 7") "," CUE_WITH(
				"this", "%s", "\"empathy\": 20") "," CUE_WITH("behind", "%s", "\"summary\": 8") "]",
			cases[i].members, cases[i].members, cases[i].members);
		struct technique_pack *pack = good_pack(world, members, FAIR);
		struct technique_explanation explanation = explained(world, pack, cases[i].text, NULL, &analysis);
		bool empathy = false, summary = false;
		for (size_t s = 0; s < explanation.sentence_count; s++) {
			empathy |= explanation.sentences[s].points[TECHNIQUE_EMPATHY] == 20;
			summary |= explanation.sentences[s].points[TECHNIQUE_SUMMARY] == 15;
		}
		if (empathy != cases[i].holds || summary != cases[i].holds) {
			print_error("%s: %s\n", cases[i].what, cases[i].holds ? "does not hold" : "holds");
			wrong++;
		}
		technique_pack_release(pack);
		arena_reset(world->arena);
	}
	assert_int_equal(wrong, 0);
}

/* More phrases in one sentence than places are kept for: each still counts. */
static void test_more_phrases_than_places(void **state)
{
	const struct world *world = *state;
	struct buffer members = {0}, text = {0};
	buffer_text(&members, "\"cues\": [");
	for (int i = 0; i < 300; i++) {
		buffer_format(&members, "%s" CUE_WITH("c%d", "\"phrases\": [\"word%dx\"]", "\"empathy\": 2"),
			i > 0 ? "," : "", i, i, i);
		buffer_format(&text, "%sword%dx", i > 0 ? " " : "", i);
	}
	buffer_text(&members, "]");
	struct technique_pack *pack = good_pack(world, members.data, FAIR);
	struct technique_analysis analysis;
	struct technique_explanation explanation = explained(world, pack, text.data, NULL, &analysis);
	assert_int_equal(explanation.sentences[0].points[TECHNIQUE_EMPATHY], 600);
	assert_int_equal(analysis.primary->technique, TECHNIQUE_EMPATHY);
	technique_pack_release(pack);
	buffer_clear(&members);
	buffer_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cues),
		cmocka_unit_test(test_more_phrases_than_places),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
