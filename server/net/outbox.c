/* SPDX-License-Identifier: Apache-2.0 */
#include "outbox.h"

#include "askwell/memory.h"

#include <stdlib.h>

struct outbox_message {
	struct outbox_message *next;
	size_t length;
	bool large, binary;
	unsigned char bytes[];
};

char *outbox_add(struct outbox *outbox, size_t length, size_t cap)
{
	const bool large = length > cap;

	if (large ? outbox->large == OUTBOX_LARGE_MAX : outbox->bytes > cap || length > cap - outbox->bytes)
		return NULL;
	/* Not zeroed: the caller writes every byte of it. */
	struct outbox_message *message = memory_grow(NULL, 1, sizeof(*message) + OUTBOX_HEADROOM + length);

	message->next = NULL;
	message->length = length;
	message->large = large;
	message->binary = false;
	if (outbox->last)
		outbox->last->next = message;
	else
		outbox->first = message;
	outbox->last = message;
	if (large)
		outbox->large++;
	else
		outbox->bytes += length;
	return (char *)message->bytes + OUTBOX_HEADROOM;
}

unsigned char *outbox_first(const struct outbox *outbox, size_t *length)
{
	if (!outbox->first)
		return NULL;
	*length = outbox->first->length;
	return outbox->first->bytes + OUTBOX_HEADROOM;
}

void outbox_drop(struct outbox *outbox)
{
	struct outbox_message *message = outbox->first;

	if (!message)
		return;
	outbox->first = message->next;
	if (!outbox->first)
		outbox->last = NULL;
	if (message->large)
		outbox->large--;
	else
		outbox->bytes -= message->length;
	free(message);
}

void outbox_set_binary(struct outbox *outbox)
{
	if (outbox->last)
		outbox->last->binary = true;
}

bool outbox_first_binary(const struct outbox *outbox)
{
	return outbox->first && outbox->first->binary;
}

bool outbox_empty(const struct outbox *outbox)
{
	return !outbox->first;
}

void outbox_clear(struct outbox *outbox)
{
	while (outbox->first)
		outbox_drop(outbox);
}
