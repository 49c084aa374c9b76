/* SPDX-License-Identifier: Apache-2.0 */
/* Time: milliseconds since 1970 in UTC inside, RFC 3339 at the edges. Only the outer layers read the clock; the heart
 * (technique, dialogue) takes times as arguments. Any thread. */
#ifndef ASKWELL_CLOCK_H
#define ASKWELL_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_TEXT_SIZE 32

int64_t clock_now_ms(void);       /* wall clock, UTC */
int64_t clock_monotonic_us(void); /* for durations */

/* "2026-11-21T22:30:00.000Z" */
void clock_format(int64_t ms, char out[CLOCK_TEXT_SIZE]);

#endif
