/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage for people and for programs: shared by the verbs test and stats. */
#ifndef ASKWELL_SERVER_PRINT_COVERAGE_H
#define ASKWELL_SERVER_PRINT_COVERAGE_H

#include "askwell/coverage.h"
#include "askwell/json_out.h"

/* A line for each group, with what was never reached. */
void print_coverage(const struct coverage *coverage, struct buffer *out);

/* The member "coverage": each group with "reached", "all" and "never", places among the latter. */
void put_coverage(const struct coverage *coverage, struct json_out *json);

#endif
