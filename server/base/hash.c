/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/hash.h"

#include <sodium.h>
#include <stdint.h>

void hash_parts(const struct hash_part *parts, size_t count, char out[HASH_TEXT_SIZE])
{
	crypto_hash_sha256_state state;
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < count; i++) {
		unsigned char size[8];

		for (int b = 0; b < 8; b++)
			size[b] = (unsigned char)((uint64_t)parts[i].length >> (8 * b));
		crypto_hash_sha256_update(&state, size, sizeof size);
		crypto_hash_sha256_update(&state, parts[i].data, parts[i].length);
	}
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(out, HASH_TEXT_SIZE, digest, sizeof digest);
}
