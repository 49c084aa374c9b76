/* SPDX-License-Identifier: Apache-2.0 */
/* Content hashes: SHA-256 as 64 hexadecimal digits. Pure. Any thread. */
#ifndef ASKWELL_HASH_H
#define ASKWELL_HASH_H

#include <stddef.h>

#define HASH_TEXT_SIZE 65

struct hash_part {
	const void *data;
	size_t length;
};

/* Hash over the parts, each preceded by its length, so that moving a byte between parts changes it. */
void hash_parts(const struct hash_part *parts, size_t count, char out[HASH_TEXT_SIZE]);

#endif
