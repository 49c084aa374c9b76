/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/id.h"

#include "askwell/clock.h"

#include <sodium.h>
#include <string.h>

struct id id_new(void)
{
	struct id id;
	uint64_t now = (uint64_t)clock_now_ms();

	randombytes_buf(id.bytes, sizeof id.bytes);
	for (int i = 0; i < 6; i++)
		id.bytes[i] = (uint8_t)(now >> (40 - 8 * i));
	id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x70);
	id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
	return id;
}

static bool dash_after(size_t byte)
{
	return byte == 3 || byte == 5 || byte == 7 || byte == 9;
}

void id_format(const struct id *id, char out[ID_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	size_t at = 0;

	for (size_t i = 0; i < sizeof id->bytes; i++) {
		out[at++] = digits[id->bytes[i] >> 4];
		out[at++] = digits[id->bytes[i] & 15];
		if (dash_after(i))
			out[at++] = '-';
	}
	out[at] = '\0';
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool id_parse(const char *text, size_t length, struct id *out)
{
	size_t at = 0;

	if (length != ID_TEXT_SIZE - 1)
		return false;
	for (size_t i = 0; i < sizeof out->bytes; i++) {
		int high = digit_of(text[at]), low = digit_of(text[at + 1]);

		if (high < 0 || low < 0)
			return false;
		out->bytes[i] = (uint8_t)(high << 4 | low);
		at += 2;
		if (dash_after(i) && text[at++] != '-')
			return false;
	}
	return true;
}

bool id_is_zero(const struct id *id)
{
	static const struct id zero;

	return id_equal(id, &zero);
}

bool id_equal(const struct id *a, const struct id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool id_is_nil(const struct id *id)
{
	static const struct id nil;

	return id_equal(id, &nil);
}

uint64_t id_hash(const struct id *id)
{
	uint64_t high, low;

	memcpy(&high, id->bytes, 8);
	memcpy(&low, id->bytes + 8, 8);
	high ^= low * UINT64_C(0x9e3779b97f4a7c15);
	high ^= high >> 32;
	high *= UINT64_C(0xd6e8feb86659fd93);
	return high ^ high >> 32;
}
