/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_format(int64_t ms, char out[CLOCK_TEXT_SIZE])
{
	int64_t milliseconds = ((ms % 1000) + 1000) % 1000;
	time_t seconds = (time_t)((ms - milliseconds) / 1000);
	struct tm utc = {0};
	size_t used;

	gmtime_r(&seconds, &utc);
	used = strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(out + used, CLOCK_TEXT_SIZE - used, ".%03dZ", (int)milliseconds);
}
