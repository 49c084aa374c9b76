/* SPDX-License-Identifier: Apache-2.0 */
/* Who is signed in: tokens in cookies, their hashes in memory and in the store. A token is 256 random bits, shown once
 * and never kept; a hash cannot be turned back. Practice calls it; it knows nothing of HTTP. Owner's thread. */
#ifndef ASKWELL_PEOPLE_H
#define ASKWELL_PEOPLE_H

#include "askwell/id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PEOPLE_TOKEN_SIZE 44 /* 43 characters of base64url and NUL */
#define PEOPLE_HASH_SIZE 32

struct people;

struct people_entry {
	uint8_t token_hash[PEOPLE_HASH_SIZE];
	struct id person;
	struct id organisation;
	int64_t expires_ms;
};

struct people *people_new(void);
void people_free(struct people *people);

/* Copies the entry; a known hash is replaced. */
void people_add(struct people *people, const struct people_entry *entry);

/* Who holds this token at `now_ms`; NULL when nobody does or it has expired. Borrowed until the next people_add(). */
const struct people_entry *people_find(const struct people *people, const char *token, size_t length, int64_t now_ms);

/* No token is this person's from now on. */
void people_forget(struct people *people, const struct id *person);

size_t people_count(const struct people *people);

/* A fresh token and its hash. */
void people_token_new(char token[PEOPLE_TOKEN_SIZE], uint8_t hash[PEOPLE_HASH_SIZE]);

#endif
