/* SPDX-License-Identifier: Apache-2.0 */
/* How firmly an exercise sits, and what is asked next. */
#include "../../server/practice/drills.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DAY ((int64_t)24 * 60 * 60 * 1000)
#define NOW (100 * DAY)

static void gaps_widen_with_each_first_try(void **state)
{
	static const int expected[] = {1, 3, 7, 14, 30, 30};
	struct drill_card card = {0};
	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		drill_card_answered(&card, ENGINE_RIGHT, true, NOW);
		assert_int_equal((card.due_ms - NOW) / DAY, expected[i]);
	}
}

static void later_tries_hold_the_place_and_a_shown_answer_loses_it(void **state)
{
	struct drill_card card = {.seen = true, .box = 3, .due_ms = NOW};
	(void)state;
	drill_card_answered(&card, ENGINE_AGAIN, true, NOW);
	assert_int_equal(card.box, 3);
	assert_int_equal(card.due_ms, NOW);
	drill_card_answered(&card, ENGINE_RIGHT, false, NOW);
	assert_int_equal(card.box, 3);
	assert_int_equal((card.due_ms - NOW) / DAY, 7);
	drill_card_answered(&card, ENGINE_SHOWN, false, NOW);
	assert_int_equal(card.box, 0);
	assert_int_equal(card.due_ms, NOW);
	drill_card_answered(&card, ENGINE_ASIDE, true, NOW + DAY);
	assert_int_equal(card.due_ms, NOW);
}

static void due_comes_before_new_and_new_before_soon(void **state)
{
	struct drill_deck deck = {.count = 6,
		.cards = {
			{true, 2, NOW + 3 * DAY},
			{false, 0, 0},
			{true, 1, NOW - DAY},
			{true, 1, NOW - 5 * DAY},
			{false, 0, 0},
			{true, 4, NOW + DAY},
		}};
	static const uint64_t expected[] = {0x08, 0x0c, 0x0e, 0x1e, 0x3e, 0x3f, 0x3f};
	struct drill_counts counts = drills_count(&deck, NOW);
	(void)state;
	for (size_t asked = 1; asked <= 7; asked++)
		assert_int_equal(drills_choose(&deck, asked, NOW), expected[asked - 1]);
	assert_int_equal(counts.due, 2);
	assert_int_equal(counts.fresh, 2);
	assert_int_equal(counts.firm, 1);
	assert_int_equal(counts.next_ms, NOW - 5 * DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_widen_with_each_first_try),
		cmocka_unit_test(later_tries_hold_the_place_and_a_shown_answer_loses_it),
		cmocka_unit_test(due_comes_before_new_and_new_before_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
