/* SPDX-License-Identifier: Apache-2.0 */
/* Who practises: a person is whoever holds a token, known from memory at once and from the store after a restart. */
#include "room.h"

#include "askwell/clock.h"
#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)
#define SIGN_IN_MS (365 * DAY_MS)
#define RENEW_WITHIN_MS (330 * DAY_MS)

/* The organisation of everyone who practises without an account. */
static const struct id local_organisation = {{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};

static void remember_person(void *user, const struct store_person *person)
{
	struct practice *practice = user;
	struct people_entry entry = {
		.person = person->id, .organisation = person->organisation, .expires_ms = person->expires_ms};

	memcpy(entry.token_hash, person->token_hash, sizeof entry.token_hash);
	people_add(practice->people, &entry);
}

enum status room_remember_people(struct practice *practice, struct error *error)
{
	return store_read_people(practice->readers[0], clock_now_ms(), remember_person, practice, error);
}

struct sign_in {
	struct practice *practice;
	struct people_entry entry;
	char token[PEOPLE_TOKEN_SIZE];
	practice_signed_in *done;
	void *user;
};

static void signed_in(void *user, enum status status, const struct error *error)
{
	struct sign_in *sign_in = user;

	sign_in->practice->pending--;
	if (status == STATUS_OK)
		people_add(sign_in->practice->people, &sign_in->entry);
	sign_in->done(sign_in->user, status, error, status == STATUS_OK ? sign_in->token : NULL);
	explicit_bzero(sign_in->token, sizeof sign_in->token);
	free(sign_in);
}

static void sign_in(struct practice *practice, struct store_person *person, practice_signed_in *done, void *user)
{
	struct sign_in *sign_in = memory_new(sizeof *sign_in);
	struct error error = {0};

	person->expires_ms = person->created_ms + SIGN_IN_MS;
	people_token_new(sign_in->token, person->token_hash);
	memcpy(sign_in->entry.token_hash, person->token_hash, sizeof sign_in->entry.token_hash);
	sign_in->entry.person = person->id;
	sign_in->entry.organisation = person->organisation;
	sign_in->entry.expires_ms = person->expires_ms;
	sign_in->practice = practice;
	sign_in->done = done;
	sign_in->user = user;
	practice->pending++;
	if (store_put_person(practice->store, person, signed_in, sign_in))
		return;
	(void)error_busy(&error);
	signed_in(sign_in, STATUS_LIMIT, &error);
}

void practice_sign_in_local(struct practice *practice, practice_signed_in *done, void *user)
{
	struct store_person person = {.id = id_new(), .organisation = local_organisation, .created_ms = clock_now_ms()};

	sign_in(practice, &person, done, user);
}

void practice_sign_in_again(
	struct practice *practice, const struct practice_person *person, practice_signed_in *done, void *user)
{
	struct store_person same = {
		.id = person->id, .organisation = person->organisation, .created_ms = clock_now_ms()};

	sign_in(practice, &same, done, user);
}

struct sign_out {
	struct practice *practice;
	struct id person;
	practice_signed_out *done;
	void *user;
};

static void signed_out(void *user, enum status status, const struct error *error)
{
	struct sign_out *sign_out = user;

	sign_out->practice->pending--;
	if (status == STATUS_OK)
		people_forget(sign_out->practice->people, &sign_out->person);
	sign_out->done(sign_out->user, status, error);
	free(sign_out);
}

void practice_sign_out(
	struct practice *practice, const struct practice_person *person, practice_signed_out *done, void *user)
{
	struct sign_out *sign_out = memory_new(sizeof *sign_out);
	struct error error = {0};

	*sign_out = (struct sign_out){practice, person->id, done, user};
	practice->pending++;
	if (store_end_sign_ins(practice->store, &person->id, signed_out, sign_out))
		return;
	(void)error_busy(&error);
	signed_out(sign_out, STATUS_LIMIT, &error);
}

bool practice_sign_in_due(const struct practice_person *person)
{
	return person->expires_ms - clock_now_ms() < RENEW_WITHIN_MS;
}

bool practice_who(const struct practice *practice, const char *token, size_t length, struct practice_person *out)
{
	const struct people_entry *entry = people_find(practice->people, token, length, clock_now_ms());

	if (entry)
		*out = (struct practice_person){entry->person, entry->organisation, entry->expires_ms};
	return entry != NULL;
}
