/* SPDX-License-Identifier: Apache-2.0 */
/* How much a pattern can have to do at most, read off its form. */
#ifndef ASKWELL_TECHNIQUE_EFFORT_H
#define ASKWELL_TECHNIQUE_EFFORT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether matching at any one place of any text of up to `length` bytes is sure to stay within the limits of pattern_match().
 * `source` is what PCRE2 compiled. False when it may not, and for what is not understood. */
bool effort_is_small(const char *source, size_t length);

#endif
