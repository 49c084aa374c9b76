/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/buffer.h"

#include "askwell/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 256 };

void buffer_init(struct buffer *buffer)
{
	*buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
	free(buffer->data);
	buffer_init(buffer);
}

void buffer_reset(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
}

void buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t needed = buffer->length + more + 1;
	size_t capacity = buffer->capacity ? buffer->capacity : SMALLEST;

	if (needed < more)
		abort();
	if (needed <= buffer->capacity)
		return;
	while (capacity < needed)
		capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
	buffer->data = memory_grow(buffer->data, capacity, 1);
	buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const void *data, size_t length)
{
	buffer_reserve(buffer, length);
	if (length)
		memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void buffer_char(struct buffer *buffer, char c)
{
	buffer_reserve(buffer, 1);
	buffer->data[buffer->length++] = c;
	buffer->data[buffer->length] = '\0';
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	const size_t room = buffer->capacity - buffer->length;
	va_list arguments, again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(room ? buffer->data + buffer->length : NULL, room, format, arguments);
	va_end(arguments);
	if (length > 0 && (size_t)length >= room) {
		buffer_reserve(buffer, (size_t)length);
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	}
	buffer->length += length > 0 ? (size_t)length : 0;
	va_end(again);
}

char *buffer_take(struct buffer *buffer)
{
	char *data;

	buffer_reserve(buffer, 0);
	buffer->data[buffer->length] = '\0';
	data = buffer->data;
	buffer_init(buffer);
	return data;
}
