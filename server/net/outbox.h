/* SPDX-License-Identifier: Apache-2.0 */
/* What waits to be sent on one connection, in order, capped in bytes. Each message has room in front for the frame's
 * head, so that it is sent without being copied. Empty, it holds no memory. Owned by the connection; loop thread. */
#ifndef ASKWELL_NET_OUTBOX_H
#define ASKWELL_NET_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#define OUTBOX_HEADROOM 32
#define OUTBOX_LARGE_MAX 4

struct outbox_message;

struct outbox {
	struct outbox_message *first, *last;
	size_t bytes;   /* of those that count */
	unsigned large; /* those that do not */
};

/* Adds a message of `length` bytes and returns where to write them, or NULL when what waits already leaves no room for
 * it under `cap`. Up to OUTBOX_LARGE_MAX messages larger than the cap may wait and do not count, so that a long conversation
 * can be shown whatever else was asked for, and asked for again by a window that is slow to read. */
char *outbox_add(struct outbox *outbox, size_t length, size_t cap);

/* The oldest message, with OUTBOX_HEADROOM writable bytes before it; NULL when empty. Borrowed until outbox_drop. */
unsigned char *outbox_first(const struct outbox *outbox, size_t *length);
void outbox_drop(struct outbox *outbox);

/* The message added last is bytes, not text; and whether the oldest is. */
void outbox_set_binary(struct outbox *outbox);
bool outbox_first_binary(const struct outbox *outbox);

bool outbox_empty(const struct outbox *outbox);
void outbox_clear(struct outbox *outbox);

#endif
