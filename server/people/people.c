/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/people.h"

#include "askwell/memory.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64, LONG_EXPIRED_MS = 1 };

/* Open addressing over a power of two; an entry that never expires at 0 is an empty place. */
struct people {
	struct people_entry *places;
	size_t capacity, count;
};

struct people *people_new(void)
{
	struct people *people = memory_new(sizeof *people);

	people->capacity = FIRST_CAPACITY;
	people->places = memory_array(people->capacity, sizeof *people->places);
	return people;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	free(people->places);
	free(people);
}

/* The hash is uniform already; its first bytes are as good a start as any. */
static size_t place_of(const struct people *people, const uint8_t hash[PEOPLE_HASH_SIZE])
{
	size_t at;

	memcpy(&at, hash, sizeof at);
	at &= people->capacity - 1;
	while (people->places[at].expires_ms &&
		sodium_memcmp(people->places[at].token_hash, hash, PEOPLE_HASH_SIZE) != 0)
		at = (at + 1) & (people->capacity - 1);
	return at;
}

static void grow(struct people *people)
{
	struct people_entry *old = people->places;
	size_t capacity = people->capacity;

	people->capacity *= 2;
	people->places = memory_array(people->capacity, sizeof *people->places);
	for (size_t i = 0; i < capacity; i++)
		if (old[i].expires_ms)
			people->places[place_of(people, old[i].token_hash)] = old[i];
	free(old);
}

void people_add(struct people *people, const struct people_entry *entry)
{
	size_t at;

	if (!entry->expires_ms)
		return;
	if (people->count * 4 >= people->capacity * 3)
		grow(people);
	at = place_of(people, entry->token_hash);
	if (!people->places[at].expires_ms)
		people->count++;
	people->places[at] = *entry;
}

static void hash_token(const char *token, size_t length, uint8_t hash[PEOPLE_HASH_SIZE])
{
	crypto_hash_sha256(hash, (const unsigned char *)token, length);
}

const struct people_entry *people_find(const struct people *people, const char *token, size_t length, int64_t now_ms)
{
	uint8_t hash[PEOPLE_HASH_SIZE];
	const struct people_entry *entry;

	if (length != PEOPLE_TOKEN_SIZE - 1)
		return NULL;
	hash_token(token, length, hash);
	entry = &people->places[place_of(people, hash)];
	return entry->expires_ms > now_ms ? entry : NULL;
}

/* A place that was emptied would hide what stands behind it, so the tokens expire. */
void people_forget(struct people *people, const struct id *person)
{
	for (size_t i = 0; i < people->capacity; i++)
		if (people->places[i].expires_ms && id_equal(&people->places[i].person, person))
			people->places[i].expires_ms = LONG_EXPIRED_MS;
}

size_t people_count(const struct people *people)
{
	return people->count;
}

void people_token_new(char token[PEOPLE_TOKEN_SIZE], uint8_t hash[PEOPLE_HASH_SIZE])
{
	unsigned char bits[32];

	randombytes_buf(bits, sizeof bits);
	sodium_bin2base64(token, PEOPLE_TOKEN_SIZE, bits, sizeof bits, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	hash_token(token, PEOPLE_TOKEN_SIZE - 1, hash);
	sodium_memzero(bits, sizeof bits);
}
