/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the verb test. */
#ifndef ASKWELL_SERVER_VERB_TEST_H
#define ASKWELL_SERVER_VERB_TEST_H

#include "askwell/coverage.h"
#include "askwell/json_out.h"
#include "askwell/library.h"

/* What was asked for, and what it is asked of. */
struct test {
	const char *dialogues, *plans;
	bool json, coverage, update, write;
	unsigned walks, walk, seed;
	char **names; /* ids of cases, or .plan files; none: every case */
	size_t name_count;
	struct library *library;
	struct buffer out;
	struct json_out json_out;
};

/* Whether this case was asked for. */
bool test_wants(const struct test *test, const char *id);

/* Both print as they go and return whether nothing was found wrong. */
enum status test_plans(struct test *test, bool *good, struct error *error) CHECKED;
/* One walk of the one case that was named. */
enum status test_walk(struct test *test, struct error *error) CHECKED;
enum status test_walks(struct test *test, bool *good, struct error *error) CHECKED;

/* Prints what has gathered. */
void test_flush(struct test *test);

#endif
