/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that grow. Always NUL-terminated once something was added, so `data` can be printed. Embedded: init and
 * clear, a zeroed struct is an empty buffer. One thread at a time. */
#ifndef ASKWELL_BUFFER_H
#define ASKWELL_BUFFER_H

#include "askwell/status.h"

#include <stddef.h>

struct buffer {
	char *data;
	size_t length; /* without the NUL */
	size_t capacity;
};

void buffer_init(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* frees */
void buffer_reset(struct buffer *buffer); /* empties, keeps the memory */
void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_add(struct buffer *buffer, const void *data, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
void buffer_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* Returns owned, NUL-terminated (never NULL); the buffer is empty afterwards. */
char *buffer_take(struct buffer *buffer);

#endif
