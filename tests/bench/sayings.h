/* SPDX-License-Identifier: Apache-2.0 */
/* What trainee coaches type, for load: every kind of move, good and bad, in the lengths that people use. No character
 * needs escaping in JSON. */
#ifndef ASKWELL_BENCH_SAYINGS_H
#define ASKWELL_BENCH_SAYINGS_H

#include <stddef.h>

struct saying {
	const char *text;
	size_t length;
};

size_t sayings_count(void);
const struct saying *sayings_at(size_t index); /* wraps around */

#endif
