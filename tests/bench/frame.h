/* SPDX-License-Identifier: Apache-2.0 */
/* WebSocket frames (RFC 6455) from the client's side: masked out, plain in. Pure. */
#ifndef ASKWELL_BENCH_FRAME_H
#define ASKWELL_BENCH_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_HEAD_MAX 14

enum frame_opcode { FRAME_CONTINUATION = 0, FRAME_TEXT = 1, FRAME_CLOSE = 8, FRAME_PING = 9, FRAME_PONG = 10 };

struct frame {
	bool final;
	unsigned opcode;
	const char *payload;
	size_t length; /* of the payload */
	size_t size;   /* of the whole frame */
};

/* One final, masked frame around `length` bytes that start at `room + FRAME_HEAD_MAX`; they are masked in place.
 * Returns where the frame begins; its size goes into `size`. */
char *frame_seal(char *room, size_t length, unsigned opcode, uint32_t mask, size_t *size);

/* False while the frame is not complete; `out->size` then is how many bytes it needs, 0 when not even that is known. */
bool frame_read(const char *data, size_t length, struct frame *out);

#endif
