/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/utf8.h"

static const unsigned char *bytes_of(const char *text)
{
	return (const unsigned char *)text;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *code_point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *bytes = bytes_of(text);
	uint32_t value;
	size_t size;

	if (length == 0)
		return 0;
	if (bytes[0] < 0x80) {
		*code_point = bytes[0];
		return 1;
	}
	if (bytes[0] >= 0xc2 && bytes[0] < 0xe0) {
		size = 2;
		value = bytes[0] & 0x1fu;
	} else if (bytes[0] >= 0xe0 && bytes[0] < 0xf0) {
		size = 3;
		value = bytes[0] & 0x0fu;
	} else if (bytes[0] >= 0xf0 && bytes[0] < 0xf5) {
		size = 4;
		value = bytes[0] & 0x07u;
	} else {
		return 0;
	}
	if (length < size)
		return 0;
	for (size_t i = 1; i < size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3fu);
	}
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*code_point = value;
	return size;
}

bool utf8_valid(const char *text, size_t length)
{
	uint32_t code_point;

	for (size_t i = 0; i < length;) {
		size_t size = (unsigned char)text[i] < 0x80 ? 1 : utf8_decode(text + i, length - i, &code_point);

		if (size == 0)
			return false;
		i += size;
	}
	return true;
}

size_t utf8_count(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += (bytes_of(text)[i] & 0xc0) != 0x80;
	return count;
}

/* Unicode white space (property White_Space), and what shows nothing: format characters that people paste by accident. */
static bool invisible(uint32_t c)
{
	return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x34f || c == 0x061c || c == 0x115f ||
	       c == 0x1160 || c == 0x1680 || c == 0x180e || (c >= 0x2000 && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x2800 || c == 0x3000 ||
	       c == 0x3164 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0xffa0 ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

bool utf8_blank(const char *text, size_t length)
{
	uint32_t code_point = 0;

	for (size_t i = 0; i < length;) {
		size_t size = utf8_decode(text + i, length - i, &code_point);

		if (size == 0 || !invisible(code_point))
			return false;
		i += size;
	}
	return true;
}

bool utf8_has_control(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = bytes_of(text)[i];

		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
			return true;
		if (c == 0xc2 && i + 1 < length && bytes_of(text)[i + 1] < 0xa0)
			return true;
	}
	return false;
}
