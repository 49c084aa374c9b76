/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded random numbers for choosing variants (SplitMix64, Steele et al., OOPSLA 2014): the same seed gives the same
 * conversation on every machine. Not for secrets. Pure. */
#ifndef ASKWELL_RANDOM_H
#define ASKWELL_RANDOM_H

#include <stdint.h>

uint64_t random_next(uint64_t *state);
/* 0 to bound-1; bound at least 1. */
uint32_t random_below(uint64_t *state, uint32_t bound);

#endif
