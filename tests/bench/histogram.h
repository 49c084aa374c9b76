/* SPDX-License-Identifier: Apache-2.0 */
/* Durations in microseconds, counted in buckets of 1.6 % width, so that a percentile costs no memory per sample.
 * The load generator calls it. One thread. */
#ifndef ASKWELL_BENCH_HISTOGRAM_H
#define ASKWELL_BENCH_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_BUCKETS 2048

struct histogram {
	uint64_t counts[HISTOGRAM_BUCKETS];
	uint64_t total;
	uint64_t largest;
};

void histogram_init(struct histogram *histogram);
void histogram_add(struct histogram *histogram, uint64_t microseconds);

/* The value that `share` (0 to 1) of the samples do not exceed, in milliseconds; 0 when there are none. */
double histogram_ms(const struct histogram *histogram, double share);

#endif
