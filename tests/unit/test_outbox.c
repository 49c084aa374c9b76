/* SPDX-License-Identifier: Apache-2.0 */
/* What waits on one connection (outbox), when it must act (wheel), and how many its address has (addresses). */
#include "unit.h"

#include "../../server/net/addresses.h"
#include "../../server/net/outbox.h"
#include "../../server/net/wheel.h"

#include <arpa/inet.h>
#include <string.h>

static void messages_leave_in_order(void **state)
{
	struct outbox outbox = {0};
	size_t length;

	(void)state;
	assert_true(outbox_empty(&outbox));
	assert_null(outbox_first(&outbox, &length));
	for (unsigned i = 0; i < 100; i++) {
		char *room = outbox_add(&outbox, i + 1, 1000000);

		assert_non_null(room);
		memset(room, (int)('a' + i % 26), i + 1);
	}
	for (unsigned i = 0; i < 100; i++) {
		unsigned char *bytes = outbox_first(&outbox, &length);

		assert_int_equal(length, i + 1);
		/* The frame's head is written in front of the message, without touching it. */
		memset(bytes - OUTBOX_HEADROOM, 0xff, OUTBOX_HEADROOM);
		assert_int_equal(bytes[0], 'a' + i % 26);
		assert_int_equal(bytes[length - 1], 'a' + i % 26);
		outbox_drop(&outbox);
	}
	assert_true(outbox_empty(&outbox));
	assert_int_equal(outbox.bytes, 0);
	outbox_drop(&outbox);
	outbox_clear(&outbox);
}

static void what_is_binary_stays_so(void **state)
{
	struct outbox outbox = {0};

	(void)state;
	outbox_set_binary(&outbox);
	assert_false(outbox_first_binary(&outbox));
	assert_non_null(outbox_add(&outbox, 1, 100));
	assert_non_null(outbox_add(&outbox, 1, 100));
	outbox_set_binary(&outbox);
	assert_non_null(outbox_add(&outbox, 1, 100));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(outbox_first_binary(&outbox), i == 1);
		outbox_drop(&outbox);
	}
}

static void the_cap_holds(void **state)
{
	struct outbox outbox = {0};

	(void)state;
	assert_non_null(outbox_add(&outbox, 60, 100));
	assert_non_null(outbox_add(&outbox, 40, 100));
	assert_null(outbox_add(&outbox, 1, 100));
	assert_int_equal(outbox.bytes, 100);
	outbox_drop(&outbox);
	assert_null(outbox_add(&outbox, 61, 100));
	assert_non_null(outbox_add(&outbox, 60, 100));
	outbox_clear(&outbox);
	assert_true(outbox_empty(&outbox));
}

static void a_few_large_messages_may_wait_with_others(void **state)
{
	struct outbox outbox = {0};

	(void)state;
	assert_non_null(outbox_add(&outbox, 60, 100));
	assert_non_null(outbox_add(&outbox, 1000, 100));
	assert_non_null(outbox_add(&outbox, 40, 100));
	assert_null(outbox_add(&outbox, 1, 100));
	for (int i = 1; i < OUTBOX_LARGE_MAX; i++)
		assert_non_null(outbox_add(&outbox, 101, 100));
	assert_null(outbox_add(&outbox, 101, 100));
	assert_null(outbox_add(&outbox, SIZE_MAX, 100));
	outbox_drop(&outbox);
	outbox_drop(&outbox);
	assert_non_null(outbox_add(&outbox, 1000, 100));
	assert_non_null(outbox_add(&outbox, 60, 100));
	assert_null(outbox_add(&outbox, 1, 100));
	outbox_clear(&outbox);
	assert_int_equal(outbox.bytes, 0);
	assert_non_null(outbox_add(&outbox, 1000, 100));
	outbox_clear(&outbox);
}

struct alarm {
	struct wheel_entry entry;
	uint32_t rang;
	unsigned times;
	uint32_t again; /* seconds later, 0: no */
};

struct clockwork {
	struct wheel wheel;
};

static void ring(struct wheel_entry *entry, void *user)
{
	struct alarm *alarm = (struct alarm *)entry;
	struct clockwork *clockwork = user;

	alarm->rang = clockwork->wheel.now;
	alarm->times++;
	if (alarm->again)
		wheel_set(&clockwork->wheel, entry, clockwork->wheel.now + alarm->again);
}

static void alarms_ring_at_their_second(void **state)
{
	static const uint32_t dues[] = {1001, 1002, 1255, 1256, 1257, 1500, 3000, 90000};
	struct alarm alarms[sizeof dues / sizeof *dues] = {0};
	struct clockwork clockwork;

	(void)state;
	wheel_init(&clockwork.wheel, 1000);
	for (size_t i = 0; i < sizeof dues / sizeof *dues; i++)
		wheel_set(&clockwork.wheel, &alarms[i].entry, dues[i]);
	for (uint32_t now = 1000; now < 91000; now += now % 7)
		wheel_turn(&clockwork.wheel, now += 1, ring, &clockwork);
	for (size_t i = 0; i < sizeof dues / sizeof *dues; i++) {
		assert_int_equal(alarms[i].times, 1);
		assert_int_equal(alarms[i].rang, dues[i]);
	}
}

static void alarms_move_and_end(void **state)
{
	struct alarm later = {0}, sooner = {0}, cleared = {0}, past = {0}, repeating = {.again = 300};
	struct clockwork clockwork;

	(void)state;
	wheel_init(&clockwork.wheel, 0);
	wheel_set(&clockwork.wheel, &later.entry, 5);
	wheel_set(&clockwork.wheel, &later.entry, 700);
	wheel_set(&clockwork.wheel, &sooner.entry, 700);
	wheel_set(&clockwork.wheel, &sooner.entry, 5);
	wheel_set(&clockwork.wheel, &cleared.entry, 5);
	wheel_set(&clockwork.wheel, &repeating.entry, 300);
	wheel_clear(&cleared.entry);
	wheel_clear(&cleared.entry);
	wheel_turn(&clockwork.wheel, 10, ring, &clockwork);
	assert_int_equal(sooner.rang, 5);
	assert_int_equal(later.times, 0);
	wheel_set(&clockwork.wheel, &past.entry, 3);
	wheel_turn(&clockwork.wheel, 11, ring, &clockwork);
	assert_int_equal(past.rang, 11);
	wheel_turn(&clockwork.wheel, 1000, ring, &clockwork);
	assert_int_equal(later.rang, 700);
	assert_int_equal(cleared.times, 0);
	assert_int_equal(repeating.times, 3);
	assert_int_equal(repeating.rang, 900);
}

static struct sockaddr_storage address(const char *text)
{
	struct sockaddr_storage out = {0};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out;

	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1)
		v4->sin_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1)
		v6->sin6_family = AF_INET6;
	else
		out.ss_family = AF_UNIX;
	return out;
}

static void addresses_count_as_one(void **state)
{
	static const struct {
		const char *one, *other;
		bool same;
	} rows[] = {
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"192.0.2.1", "::ffff:192.0.2.1", true},
		{"2001:db8::1", "2001:db8::ffff:1", true},
		{"2001:db8::1", "2001:db8:0:1::1", false},
		{"0.0.0.0", "::", false},
		{"unix", "unix", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct addresses *addresses = addresses_new();
		struct sockaddr_storage one = address(rows[i].one), other = address(rows[i].other);
		struct address *first, *second, *third;

		assert_true(addresses_enter(addresses, (struct sockaddr *)&one, 1, &first));
		if (addresses_enter(addresses, (struct sockaddr *)&other, 1, &second) == rows[i].same)
			fail_msg("%s and %s", rows[i].one, rows[i].other);
		if (!rows[i].same)
			addresses_leave(addresses, second);
		addresses_leave(addresses, first);
		assert_true(addresses_enter(addresses, (struct sockaddr *)&one, 1, &third));
		addresses_leave(addresses, third);
		addresses_free(addresses);
	}
	addresses_free(NULL);
}

static void no_limit_is_no_limit(void **state)
{
	struct addresses *addresses = addresses_new();
	struct sockaddr_storage one = address("192.0.2.1");
	struct address *held[500];

	(void)state;
	for (size_t i = 0; i < 500; i++)
		assert_true(addresses_enter(addresses, (struct sockaddr *)&one, 0, &held[i]));
	assert_false(addresses_enter(addresses, (struct sockaddr *)&one, 500, &held[0]));
	addresses_free(addresses);
}

static void newcomers_are_few_an_hour(void **state)
{
	enum { MINUTE_US = 60000000 };
	struct addresses *addresses = addresses_new();
	struct sockaddr_storage one = address("192.0.2.1"), two = address("192.0.2.2");
	struct address *here = NULL, *there = NULL;
	const int64_t now = 5;

	(void)state;
	assert_true(addresses_enter(addresses, (struct sockaddr *)&one, 0, &here));
	assert_true(addresses_enter(addresses, (struct sockaddr *)&two, 0, &there));
	for (unsigned i = 0; i < 60; i++)
		assert_true(addresses_admit(addresses, here, 60, now));
	assert_false(addresses_admit(addresses, here, 60, now));
	assert_true(addresses_admit(addresses, there, 60, now));
	/* Coming back with a new connection changes nothing. */
	addresses_leave(addresses, here);
	assert_true(addresses_enter(addresses, (struct sockaddr *)&one, 0, &here));
	assert_false(addresses_admit(addresses, here, 60, now + MINUTE_US - 1));
	assert_true(addresses_admit(addresses, here, 60, now + MINUTE_US));
	assert_false(addresses_admit(addresses, here, 60, now + MINUTE_US));
	for (unsigned i = 0; i < 1000; i++) {
		assert_true(addresses_admit(addresses, here, 0, now));
		assert_true(addresses_admit(addresses, NULL, 1, now));
	}
	addresses_free(addresses);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_leave_in_order),
		cmocka_unit_test(what_is_binary_stays_so),
		cmocka_unit_test(the_cap_holds),
		cmocka_unit_test(a_few_large_messages_may_wait_with_others),
		cmocka_unit_test(alarms_ring_at_their_second),
		cmocka_unit_test(alarms_move_and_end),
		cmocka_unit_test(addresses_count_as_one),
		cmocka_unit_test(newcomers_are_few_an_hour),
		cmocka_unit_test(no_limit_is_no_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
