/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/people.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 1000 };

static void tokens_find_their_person_until_they_expire(void **state)
{
	struct people *people = people_new();
	static char tokens[MANY][PEOPLE_TOKEN_SIZE];
	static struct people_entry entries[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		people_token_new(tokens[i], entries[i].token_hash);
		entries[i].person = id_new();
		entries[i].expires_ms = 1000 + i;
		people_add(people, &entries[i]);
	}
	assert_int_equal(people_count(people), MANY);
	for (int i = 0; i < MANY; i++) {
		const struct people_entry *found = people_find(people, tokens[i], PEOPLE_TOKEN_SIZE - 1, 999);

		assert_non_null(found);
		assert_true(id_equal(&found->person, &entries[i].person));
		assert_null(people_find(people, tokens[i], PEOPLE_TOKEN_SIZE - 1, 1000 + i));
	}
	people_free(people);
	people_free(NULL);
}

static void other_texts_find_nobody(void **state)
{
	struct people *people = people_new();
	struct people_entry entry = {.expires_ms = 10};
	char token[PEOPLE_TOKEN_SIZE], other[PEOPLE_TOKEN_SIZE];
	uint8_t hash[PEOPLE_HASH_SIZE];

	(void)state;
	people_token_new(token, entry.token_hash);
	people_token_new(other, hash);
	people_add(people, &entry);
	people_add(people, &entry);
	assert_int_equal(people_count(people), 1);
	assert_string_not_equal(token, other);
	assert_int_equal(strlen(token), PEOPLE_TOKEN_SIZE - 1);
	assert_null(people_find(people, other, strlen(other), 1));
	assert_null(people_find(people, "", 0, 1));
	assert_null(people_find(people, token, strlen(token) - 1, 1));
	assert_non_null(people_find(people, token, strlen(token), 1));
	people_free(people);
}

static void who_is_forgotten_is_found_by_no_token(void **state)
{
	struct people *people = people_new();
	static char tokens[MANY][PEOPLE_TOKEN_SIZE];
	struct id persons[3] = {id_new(), id_new(), id_new()};

	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct people_entry entry = {.person = persons[i % 3], .expires_ms = 1000};

		people_token_new(tokens[i], entry.token_hash);
		people_add(people, &entry);
	}
	people_forget(people, &persons[1]);
	for (int i = 0; i < MANY; i++) {
		const struct people_entry *found = people_find(people, tokens[i], PEOPLE_TOKEN_SIZE - 1, 500);

		if (i % 3 == 1)
			assert_null(found);
		else
			assert_non_null(found);
	}
	people_free(people);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_find_their_person_until_they_expire),
		cmocka_unit_test(other_texts_find_nobody),
		cmocka_unit_test(who_is_forgotten_is_found_by_no_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
