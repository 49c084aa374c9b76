/* SPDX-License-Identifier: Apache-2.0 */
#include "deflate.h"

#include "askwell/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#define WORTH_BYTES 64

char *deflate_bytes(const char *bytes, size_t length, enum deflate_format format, int effort, size_t *out_length)
{
	/* 16 more window bits ask zlib for the gzip format. */
	const int window_bits = format == DEFLATE_GZIP ? MAX_WBITS + 16 : MAX_WBITS;
	z_stream stream = {0};

	if (length > UINT_MAX / 2 ||
		deflateInit2(&stream, effort, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	const size_t room = deflateBound(&stream, length);
	char *out = memory_grow(NULL, 1, room);

	stream.next_in = (Bytef *)bytes;
	stream.avail_in = (uInt)length;
	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)room;
	const int ended = deflate(&stream, Z_FINISH);

	*out_length = stream.total_out;
	deflateEnd(&stream);
	if (ended == Z_STREAM_END && *out_length + WORTH_BYTES < length)
		return memory_grow(out, 1, *out_length);
	free(out);
	return NULL;
}
