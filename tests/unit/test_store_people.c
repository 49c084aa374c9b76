/* SPDX-License-Identifier: Apache-2.0 */
/* Who is signed in, as the store keeps it. */
#include "store_fixture.h"

struct people {
	struct store_person seen[8];
	unsigned count;
};

static void visit(void *user, const struct store_person *person)
{
	struct people *people = user;

	assert_true(people->count < 8);
	people->seen[people->count++] = *person;
}

static void people_sign_in_until_they_expire(void **state)
{
	struct fixture *fixture = *state; /* its person: token 1, until 2000 */
	struct store_person again = make_person(fixture->person, fixture->organisation, 2, 4000);
	struct store_person stranger = make_person(fixture->person, id_new(), 3, 4000);
	struct store_person late = make_person(id_new(), id_new(), 4, 9000);
	struct outcome outcomes[4] = {{0}};
	struct people people = {0};
	struct store_reader *reader = open_reader(fixture->folder);

	assert_true(store_put_person(fixture->store, &again, note, &outcomes[0]));
	assert_true(store_put_person(fixture->store, &again, note, &outcomes[1]));
	assert_true(store_put_person(fixture->store, &stranger, note, &outcomes[2]));
	settle(fixture->store);
	assert_int_equal(outcomes[0].status, STATUS_OK);
	assert_string_equal(outcomes[1].key, "token_taken");
	assert_string_equal(outcomes[2].key, "person_taken");

	assert_int_equal(store_read_people(reader, 1999, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 2);
	people.count = 0;
	assert_int_equal(store_read_people(reader, 2000, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 1);
	assert_memory_equal(people.seen[0].token_hash, again.token_hash, STORE_TOKEN_HASH_SIZE);
	assert_true(id_equal(&people.seen[0].id, &fixture->person));
	assert_true(id_equal(&people.seen[0].organisation, &fixture->organisation));
	assert_int_equal(people.seen[0].expires_ms, 4000);

	/* A sign-in that is over is forgotten when somebody signs in later. */
	late.created_ms = 3000;
	assert_true(store_put_person(fixture->store, &late, note, &outcomes[3]));
	settle(fixture->store);
	people.count = 0;
	assert_int_equal(store_read_people(reader, 0, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 2);
	store_reader_close(reader);
}

static void a_person_who_leaves_is_signed_in_no_more(void **state)
{
	struct fixture *fixture = *state;
	struct store_person again = make_person(fixture->person, fixture->organisation, 2, 4000);
	struct store_person other = make_person(id_new(), fixture->organisation, 3, 4000);
	struct outcome outcomes[4] = {{0}};
	struct id nobody = id_new();
	struct people people = {0};
	struct store_reader *reader = open_reader(fixture->folder);

	assert_true(store_put_person(fixture->store, &again, note, &outcomes[0]));
	assert_true(store_put_person(fixture->store, &other, note, &outcomes[1]));
	assert_true(store_end_sign_ins(fixture->store, &fixture->person, note, &outcomes[2]));
	assert_true(store_end_sign_ins(fixture->store, &nobody, note, &outcomes[3]));
	settle(fixture->store);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(outcomes[i].status, STATUS_OK);
	assert_int_equal(store_read_people(reader, 0, visit, &people, NULL), STATUS_OK);
	assert_int_equal(people.count, 1);
	assert_true(id_equal(&people.seen[0].id, &other.id));
	store_reader_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(people_sign_in_until_they_expire),
		WITH_STORE(a_person_who_leaves_is_signed_in_no_more),
	};

	return cmocka_run_group_tests_name("store people", tests, NULL, NULL);
}
