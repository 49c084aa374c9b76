/* SPDX-License-Identifier: Apache-2.0 */
#include "histogram.h"

#include <string.h>

#define SUB_BITS 6
#define SUB_COUNT (1U << SUB_BITS)

static unsigned bucket_of(uint64_t value)
{
	if (value < SUB_COUNT)
		return (unsigned)value;
	unsigned octave = 63U - (unsigned)__builtin_clzll(value) - SUB_BITS;
	unsigned bucket = (octave << SUB_BITS) + (unsigned)(value >> octave);
	return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

/* The largest value that falls into the bucket. */
static uint64_t bucket_top(unsigned bucket)
{
	if (bucket < SUB_COUNT)
		return bucket;
	unsigned octave = (bucket >> SUB_BITS) - 1;
	uint64_t mantissa = bucket - (octave << SUB_BITS);
	return ((mantissa + 1) << octave) - 1;
}

void histogram_init(struct histogram *histogram)
{
	memset(histogram, 0, sizeof(*histogram));
}

void histogram_add(struct histogram *histogram, uint64_t microseconds)
{
	histogram->counts[bucket_of(microseconds)]++;
	histogram->total++;
	if (microseconds > histogram->largest)
		histogram->largest = microseconds;
}

double histogram_ms(const struct histogram *histogram, double share)
{
	if (histogram->total == 0)
		return 0;
	uint64_t wanted = (uint64_t)(share * (double)histogram->total + 0.5);
	if (wanted == 0)
		wanted = 1;
	uint64_t seen = 0;
	for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) {
		seen += histogram->counts[i];
		if (seen >= wanted) {
			uint64_t top = bucket_top(i);
			return (double)(top < histogram->largest ? top : histogram->largest) / 1000.0;
		}
	}
	return (double)histogram->largest / 1000.0;
}
