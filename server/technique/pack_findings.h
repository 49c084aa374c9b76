/* SPDX-License-Identifier: Apache-2.0 */
/* Every way in which a language pack can be wrong: cause and remedy are in one table in pack_findings.c. */
#ifndef ASKWELL_TECHNIQUE_PACK_FINDINGS_H
#define ASKWELL_TECHNIQUE_PACK_FINDINGS_H

#include "askwell/findings.h"

#include <stddef.h>

enum pack_problem {
	PACK_UNREADABLE,
	PACK_UNKNOWN_MEMBER,
	PACK_MISSING_MEMBER,
	PACK_WRONG_VALUE,
	PACK_UNKNOWN_ID,
	PACK_DUPLICATE_ID,
	PACK_BAD_PATTERN,
	PACK_LONG_PATTERN,
	PACK_SLOW_PATTERN,
	PACK_UNKNOWN_BLOCK,
	PACK_SAMPLE_MISSED,
	PACK_SAMPLE_TAKEN,
	PACK_NEAR_MATCHED,
	PACK_NO_WORDS_FOR_PEOPLE,
	PACK_NO_SAMPLES,
	PACK_NO_RULE,
	PACK_UNKNOWN_TEMPLATE,
	PACK_TOO_MANY,
	PACK_NEVER_WINS,
	PACK_NEVER_HOLDS,
	PACK_NEVER_DECIDES,
	PACK_UNTRIED_PATTERN,
	PACK_PROBLEM_COUNT
};

/* Where findings of one file go. */
struct pack_report {
	struct findings *findings;
	const char *file;
	const char *text;
	size_t length;
};

/* `format` says what is wrong here, after the general cause. `pointer` is a JSON Pointer. */
void pack_problem(const struct pack_report *report, enum pack_problem problem, const char *pointer, const char *format,
	...) PRINTF_LIKE(4, 5);

#endif
