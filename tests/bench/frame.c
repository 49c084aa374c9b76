/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <string.h>

static void mask_bytes(char *data, size_t length, uint32_t mask)
{
	uint64_t wide = ((uint64_t)mask << 32) | mask;
	size_t at = 0;
	for (; at + sizeof(wide) <= length; at += sizeof(wide)) {
		uint64_t word;
		memcpy(&word, data + at, sizeof(word));
		word ^= wide;
		memcpy(data + at, &word, sizeof(word));
	}
	const char *bytes = (const char *)&mask;
	for (; at < length; at++)
		data[at] = (char)(data[at] ^ bytes[at & 3]);
}

char *frame_seal(char *room, size_t length, unsigned opcode, uint32_t mask, size_t *size)
{
	char *payload = room + FRAME_HEAD_MAX;
	mask_bytes(payload, length, mask);
	char *at = payload - sizeof(mask);
	memcpy(at, &mask, sizeof(mask));
	if (length < 126) {
		*--at = (char)(0x80U | length);
	} else if (length < 65536) {
		*--at = (char)(length & 0xffU);
		*--at = (char)(length >> 8);
		*--at = (char)(0x80U | 126U);
	} else {
		for (unsigned i = 0; i < 8; i++)
			*--at = (char)((uint64_t)length >> (8 * i));
		*--at = (char)(0x80U | 127U);
	}
	*--at = (char)(0x80U | opcode);
	*size = (size_t)(payload - at) + length;
	return at;
}

bool frame_read(const char *data, size_t length, struct frame *out)
{
	const unsigned char *bytes = (const unsigned char *)data;
	out->size = 0;
	if (length < 2)
		return false;
	size_t head = 2;
	uint64_t payload = bytes[1] & 0x7fU;
	if (payload >= 126) {
		size_t wide = payload == 126 ? 2 : 8;
		if (length < head + wide)
			return false;
		payload = 0;
		for (size_t i = 0; i < wide; i++)
			payload = (payload << 8) | bytes[head + i];
		head += wide;
	}
	out->final = (bytes[0] & 0x80U) != 0;
	out->opcode = bytes[0] & 0x0fU;
	out->payload = data + head;
	out->length = (size_t)payload;
	out->size = head + (size_t)payload;
	return length >= out->size;
}
