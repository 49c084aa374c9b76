/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 63 };

/* 0: as it is; 'u': \u00XX; anything else: backslash and that letter. */
static const char escapes[256] = {
	['"'] = '"',
	['\\'] = '\\',
	['\n'] = 'n',
	['\r'] = 'r',
	['\t'] = 't',
	[0x00] = 'u',
	[0x01] = 'u',
	[0x02] = 'u',
	[0x03] = 'u',
	[0x04] = 'u',
	[0x05] = 'u',
	[0x06] = 'u',
	[0x07] = 'u',
	[0x08] = 'u',
	[0x0b] = 'u',
	[0x0c] = 'u',
	[0x0e] = 'u',
	[0x0f] = 'u',
	[0x10] = 'u',
	[0x11] = 'u',
	[0x12] = 'u',
	[0x13] = 'u',
	[0x14] = 'u',
	[0x15] = 'u',
	[0x16] = 'u',
	[0x17] = 'u',
	[0x18] = 'u',
	[0x19] = 'u',
	[0x1a] = 'u',
	[0x1b] = 'u',
	[0x1c] = 'u',
	[0x1d] = 'u',
	[0x1e] = 'u',
	[0x1f] = 'u',
	[0x7f] = 'u',
};

static void separate(struct json_out *out)
{
	uint64_t bit = (uint64_t)1 << out->depth;

	if (out->after_key) {
		out->after_key = false;
		return;
	}
	if (out->started & bit)
		buffer_char(out->buffer, ',');
	out->started |= bit;
}

static void enter(struct json_out *out, char bracket)
{
	separate(out);
	if (out->depth == DEEPEST)
		abort();
	out->depth++;
	out->started &= ~((uint64_t)1 << out->depth);
	buffer_char(out->buffer, bracket);
}

static void leave(struct json_out *out, char bracket)
{
	if (out->depth == 0 || out->after_key)
		abort();
	out->depth--;
	buffer_char(out->buffer, bracket);
}

static void add_escaped(struct buffer *buffer, unsigned char c)
{
	char pair[2] = {'\\', escapes[c]};

	if (escapes[c] == 'u')
		buffer_format(buffer, "\\u%04x", (unsigned)c);
	else
		buffer_add(buffer, pair, sizeof pair);
}

static void quoted(struct json_out *out, const char *text, size_t length)
{
	struct buffer *buffer = out->buffer;
	size_t plain = 0;

	buffer_reserve(buffer, length + 2);
	buffer_char(buffer, '"');
	for (size_t i = 0; i < length; i++) {
		if (!escapes[(unsigned char)text[i]])
			continue;
		buffer_add(buffer, text + plain, i - plain);
		add_escaped(buffer, (unsigned char)text[i]);
		plain = i + 1;
	}
	buffer_add(buffer, text + plain, length - plain);
	buffer_char(buffer, '"');
}

void json_out_init(struct json_out *out, struct buffer *buffer)
{
	*out = (struct json_out){.buffer = buffer};
}

void json_out_object(struct json_out *out)
{
	enter(out, '{');
}

void json_out_object_end(struct json_out *out)
{
	leave(out, '}');
}

void json_out_array(struct json_out *out)
{
	enter(out, '[');
}

void json_out_array_end(struct json_out *out)
{
	leave(out, ']');
}

void json_out_key(struct json_out *out, const char *key)
{
	size_t length = strlen(key);

	separate(out);
	buffer_reserve(out->buffer, length + 3);
	buffer_char(out->buffer, '"');
	buffer_add(out->buffer, key, length);
	buffer_add(out->buffer, "\":", 2);
	out->after_key = true;
}

void json_out_bytes(struct json_out *out, const char *text, size_t length)
{
	separate(out);
	quoted(out, text, length);
}

void json_out_text(struct json_out *out, const char *text)
{
	if (text)
		json_out_bytes(out, text, strlen(text));
	else
		json_out_null(out);
}

void json_out_integer(struct json_out *out, int64_t value)
{
	/* By hand: an answer holds dozens of small numbers, and printf costs more than the rest of them. */
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (value < 0)
		digits[--at] = '-';
	separate(out);
	buffer_add(out->buffer, digits + at, sizeof digits - at);
}

void json_out_number(struct json_out *out, double value, int decimals)
{
	if (!isfinite(value)) {
		json_out_null(out);
		return;
	}
	separate(out);
	buffer_format(out->buffer, "%.*f", decimals, value);
}

void json_out_boolean(struct json_out *out, bool value)
{
	separate(out);
	buffer_text(out->buffer, value ? "true" : "false");
}

void json_out_null(struct json_out *out)
{
	separate(out);
	buffer_text(out->buffer, "null");
}

void json_out_raw(struct json_out *out, const char *json, size_t length)
{
	separate(out);
	buffer_add(out->buffer, json, length);
}

void json_out_put_text(struct json_out *out, const char *key, const char *text)
{
	json_out_key(out, key);
	json_out_text(out, text);
}

void json_out_put_integer(struct json_out *out, const char *key, int64_t value)
{
	json_out_key(out, key);
	json_out_integer(out, value);
}

void json_out_put_boolean(struct json_out *out, const char *key, bool value)
{
	json_out_key(out, key);
	json_out_boolean(out, value);
}
