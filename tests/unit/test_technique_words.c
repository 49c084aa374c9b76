/* SPDX-License-Identifier: Apache-2.0 */
/* Word lists of scripts: what matches, where, and that looking up many lists at once says the same. */
#include "unit.h"

#include "technique_fixture.h"

#include <stdio.h>

#define SMILE "\xf0\x9f\x99\x82"

static const struct row {
	const char *words[4];
	const char *text;
	const char *found; /* as it stands in the text; NULL: nothing */
} rows[] = {
	{{"work"}, "How is work?", "work"},
	{{"work"}, "How is WORK going?", "WORK"},
	{{"Work"}, "how is work", "work"},
	{{"work"}, "Homework, workers, rework: none of it.", NULL},
	{{"work"}, "net_work and work_er", NULL},
	{{"work"}, "(work)", "work"},
	{{"work"}, "\"work\", he said", "work"},
	{{"work"}, "family/work, money", "work"},
	{{"work"}, "after-work drinks", "work"},
	{{"work"}, SMILE "work" SMILE "home", "work"},
	{{"work"}, "wo\xe2\x80\x8brk", "wo\xe2\x80\x8brk"},
	{{"work"}, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d work \xd7\xa9", "work"},
	{{"work"}, "work\xc3\xb6", NULL},
	{{"cafe"}, "a CAF\xc3\x89 by the sea", "CAF\xc3\x89"},
	{{"caf\xc3\xa9"}, "a cafe by the sea", "cafe"},
	{{"caf\xc3\xa9"}, "a cafe\xcc\x81 by the sea", "cafe\xcc\x81"},
	{{"oeuvre"}, "votre \xc5\x93uvre", "\xc5\x93uvre"},
	{{"\xc3\xa9quipe"}, "avec l\xe2\x80\x99\xc3\xa9quipe", "l\xe2\x80\x99\xc3\xa9quipe"},
	{{"work"}, "That is my work's fault.", "work's"},
	{{"zo\xc3\xab"}, "Does ZO\xc3\x8b know?", "ZO\xc3\x8b"},
	{{"\xc3\xa9lan*"}, "With \xc3\x89lans like that", "\xc3\x89lans"},
	{{"tire*"}, "You look tired today.", "tired"},
	{{"tire*"}, "You tire easily.", "tire"},
	{{"tire*"}, "Her attire, retired.", NULL},
	{{"tire*"}, "tir ed", NULL},
	{{"worn out"}, "So you are worn out by it.", "worn out"},
	{{"worn out"}, "Worn   \n out", "Worn   \n out"},
	{{"worn out"}, "worn-out shoes", "worn-out"},
	{{"worn out"}, "It has worn you out.", NULL},
	{{"worn out"}, "out worn", NULL},
	{{"worn out"}, "worn", NULL},
	{{"worn out*"}, "worn outside", "worn outside"},
	{{"then what"}, "After the first one then. What would change?", NULL},
	{{"then what"}, "And then! What?", NULL},
	{{"then what"}, "And then... what?", "then... what"},
	{{"then what"}, "And then, what?", "then, what"},
	{{"yes. i think"}, "Yes. I think so.", "Yes. I think"},
	{{"feel* tired"}, "she feels tired", "feels tired"},
	{{"feel* tired"}, "she feels tiredness", NULL},
	{{"can't"}, "I cant do it", "cant"},
	{{"cant"}, "I can\xe2\x80\x99t do it", "can\xe2\x80\x99t"},
	{{"don*"}, "I don`t know", "don`t"},
	{{"dont*"}, "I don't know", "don't"},
	{{"jo's"}, "ask Jo\xe2\x80\x99s team", "Jo\xe2\x80\x99s"},
	{{"jo's"}, "ask Jo", NULL},
	{{"jo"}, "the Jones file", NULL},
	{{"e-mail"}, "an E-Mail a day", "E-Mail"},
	{{"7.5"}, "I work 7.5 hours", "7.5"},
	{{"7"}, "I work 7.5 hours", NULL},
	{{"7"}, "I have 7.", "7"},
	{{"home", "work"}, "from work to home", "work"},
	{{"home", "home office"}, "my home office", "home"},
	{{"absent", "neither"}, "from work to home", NULL},
	{{NULL}, "from work to home", NULL},
	{{"work"}, "", NULL},
	{{"work"}, SMILE SMILE, NULL},
};

static struct technique_words *compile(const char *const *words, size_t most)
{
	struct technique_words *list = NULL;
	struct error error = {0};
	size_t count = 0;
	while (count < most && words[count] != NULL)
		count++;
	assert_int_equal(technique_words_compile(words, count, NULL, &list, &error), STATUS_OK);
	return list;
}

static void test_what_matches(void **state)
{
	struct technique_scratch *scratch = technique_scratch_new();
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct technique_words *list = compile(rows[i].words, COUNT(rows[i].words));
		struct technique_span span = {0, 0};
		bool found = technique_words_find(list, scratch, rows[i].text, strlen(rows[i].text), &span);
		bool right = found == (rows[i].found != NULL);
		if (found && right)
			right = span.end - span.start == strlen(rows[i].found) &&
				memcmp(rows[i].text + span.start, rows[i].found, span.end - span.start) == 0;
		if (!right)
			fail_msg("\"%s\" in \"%s\": found %d, %zu to %zu", rows[i].words[0], rows[i].text, found,
				span.start, span.end);
		assert_int_equal(technique_words_find(list, scratch, rows[i].text, strlen(rows[i].text), NULL), found);
		technique_words_free(list);
	}
	technique_scratch_free(scratch);
}

static void test_what_is_no_word(void **state)
{
	static const char *const bad[] = {"", " ", "*", "?!", SMILE, "\xff\xfe", "'",
		"one two three four five six seven eight nine ten eleven twelve thirteen"};
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		const char *const words[] = {"fine", bad[i]};
		struct technique_words *list = NULL;
		struct error error = {0};
		if (technique_words_compile(words, 2, NULL, &list, &error) != STATUS_INVALID || list != NULL)
			fail_msg("\"%s\" was taken", bad[i]);
		assert_string_equal(error.key, "word_not_usable");
	}
	technique_words_free(NULL);
}

/* Only the bytes that are asked about count: the text need not end there. */
static void test_length_is_kept(void **state)
{
	static const char *const words[] = {"work", NULL};
	struct technique_scratch *scratch = technique_scratch_new();
	struct technique_words *list = compile(words, 1);
	(void)state;
	assert_true(technique_words_find(list, scratch, "workers", 4, NULL));
	assert_false(technique_words_find(list, scratch, "workers", 7, NULL));
	assert_false(technique_words_find(list, scratch, "work", 3, NULL));
	technique_words_free(list);
	technique_scratch_free(scratch);
}

/* One buffer that holds a new text each time, as a connection's does, and more texts than are remembered. */
static void test_texts_are_not_mixed_up(void **state)
{
	static const char *const names[] = {"home", "work", "park", "desk", "file", "team", "pupil"};
	struct technique_scratch *scratch = technique_scratch_new();
	char text[16];
	(void)state;
	for (size_t round = 0; round < 60; round++) {
		size_t is = round * 5 % COUNT(names);
		size_t again = round % 3 == 0 ? (round + 2) % COUNT(names) : is;
		memset(text, 0, sizeof text);
		memcpy(text, names[is], strlen(names[is]));
		for (size_t i = 0; i < COUNT(names); i++) {
			const char *const words[] = {names[i], NULL};
			struct technique_words *list = compile(words, 1);
			assert_int_equal(technique_words_find(list, scratch, text, strlen(text), NULL), i == is);
			technique_words_free(list);
		}
		const char *const words[] = {names[again], NULL};
		struct technique_words *list = compile(words, 1);
		assert_true(technique_words_find(list, scratch, names[again], strlen(names[again]), NULL));
		assert_int_equal(technique_words_find(list, scratch, text, strlen(text), NULL), again == is);
		technique_words_free(list);
	}
	technique_scratch_free(scratch);
}

static void test_many_lists_at_once(void **state)
{
	struct technique_words *lists[COUNT(rows)];
	const struct technique_words *borrowed[COUNT(rows)];
	struct technique_scratch *scratch = technique_scratch_new();
	size_t found = 0;
	(void)state;
	assert_true(COUNT(rows) <= 64);
	for (size_t i = 0; i < COUNT(rows); i++) {
		lists[i] = compile(rows[i].words, COUNT(rows[i].words));
		borrowed[i] = i % 7 == 6 ? NULL : lists[i];
	}
	struct technique_words_index *index = technique_words_index_new(borrowed, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *text = rows[i].text;
		uint64_t got = 0, wanted = 0;
		technique_words_index_find(index, scratch, text, strlen(text), &got);
		for (size_t j = 0; j < COUNT(rows); j++) {
			if (borrowed[j] != NULL && technique_words_find(borrowed[j], scratch, text, strlen(text), NULL))
				wanted |= UINT64_C(1) << j;
		}
		if (got != wanted)
			fail_msg("\"%s\": %llx instead of %llx", text, (unsigned long long)got,
				(unsigned long long)wanted);
		found += wanted != 0;
	}
	assert_true(found > COUNT(rows) / 2);
	uint64_t nothing = 0;
	technique_words_index_find(NULL, scratch, "work", 4, &nothing);
	assert_int_equal(nothing, 0);
	technique_words_index_free(index);
	technique_words_index_free(NULL);
	for (size_t i = 0; i < COUNT(rows); i++)
		technique_words_free(lists[i]);
	technique_scratch_free(scratch);
}

static void test_more_lists_than_one_word_has_bits(void **state)
{
	struct technique_words *lists[130];
	uint64_t found[3] = {0};
	struct technique_scratch *scratch = technique_scratch_new();
	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		char word[16];
		const char *const words[] = {word, NULL};
		(void)snprintf(word, sizeof word, i % 2 ? "w%03zu*" : "w%03zu", i);
		lists[i] = compile(words, 1);
	}
	struct technique_words_index *index =
		technique_words_index_new((const struct technique_words *const *)lists, COUNT(lists));
	technique_words_index_find(index, scratch, "w000", 4, found);
	assert_int_equal(found[0], 1);
	technique_words_index_find(index, scratch, "w063x and w062x and w129", 24, found);
	assert_int_equal(found[0], UINT64_C(1) << 63 | 1);
	assert_int_equal(found[1], 0);
	assert_int_equal(found[2], 2);
	technique_words_index_free(index);
	for (size_t i = 0; i < COUNT(lists); i++)
		technique_words_free(lists[i]);
	technique_scratch_free(scratch);
}

/* Topics of scripts are named in hurried spelling, and trainers may list it; only a prefix is read as it is written. */
static void test_spelling_of_a_pack_on_both_sides(void **state)
{
	static const struct {
		const char *word, *text;
		bool as_written, respelled;
	} lines[] = {
		{"you were off", "what happened when u were off", false, true},
		{"ur team", "tell me about your team", false, true},
		{"ur team", "and ur team", true, true},
		{"urg*", "how urgent is it", true, true},
		{"u*", "so u left", true, false},
	};
	const struct fixture *f = *state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		for (int with = 0; with < 2; with++) {
			struct technique_words *list = NULL;
			assert_int_equal(technique_words_compile(&lines[i].word, 1, with ? f->pack : NULL, &list, NULL),
				STATUS_OK);
			struct technique_words_index *index =
				technique_words_index_new((const struct technique_words *const *)&list, 1);
			const bool expected = with ? lines[i].respelled : lines[i].as_written;
			const char *text = lines[i].text;
			assert_int_equal(technique_words_find(list, f->scratch, text, strlen(text), NULL), expected);
			uint64_t found = 0;
			technique_words_index_find(index, f->scratch, text, strlen(text), &found);
			assert_int_equal(found, expected);
			technique_words_index_free(index);
			technique_words_free(list);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_matches),
		cmocka_unit_test(test_what_is_no_word),
		cmocka_unit_test(test_length_is_kept),
		cmocka_unit_test(test_texts_are_not_mixed_up),
		cmocka_unit_test(test_many_lists_at_once),
		cmocka_unit_test(test_more_lists_than_one_word_has_bits),
		cmocka_unit_test(test_spelling_of_a_pack_on_both_sides),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
