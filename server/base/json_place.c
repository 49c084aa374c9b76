/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/json_place.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct reader {
	const char *text;
	size_t length;
	size_t at;
};

static char peek(const struct reader *reader)
{
	return reader->at < reader->length ? reader->text[reader->at] : '\0';
}

/* Most of a file that was laid out for people is this. */
static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->length && is_space(reader->text[reader->at]))
		reader->at++;
}

static void skip_string(struct reader *reader)
{
	reader->at++;
	while (reader->at < reader->length && reader->text[reader->at] != '"')
		reader->at += reader->text[reader->at] == '\\' ? 2 : 1;
	if (reader->at < reader->length)
		reader->at++;
	else
		reader->at = reader->length;
}

/* Brackets are only counted, so that nesting of any depth needs no stack. */
static void skip_value(struct reader *reader)
{
	size_t depth = 0;
	do {
		skip_space(reader);
		char c = peek(reader);
		if (c == '"') {
			skip_string(reader);
		} else if (c == '{' || c == '[') {
			depth++;
			reader->at++;
		} else if (c == '}' || c == ']') {
			if (depth == 0)
				return;
			depth--;
			reader->at++;
		} else if (c == ',' || c == ':') {
			if (depth == 0)
				return;
			reader->at++;
		} else {
			/* At least one byte, whatever it is: a NUL is none of JSON's and must not stop us for ever. */
			do {
				reader->at++;
			} while (reader->at < reader->length &&
				 strchr(" \t\r\n,:]}\"[{", reader->text[reader->at]) == NULL);
		}
	} while (depth > 0 && reader->at < reader->length);
}

static unsigned hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10U;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10U;
	return 0;
}

static size_t encode(uint32_t code_point, char out[4])
{
	if (code_point < 0x80) {
		out[0] = (char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		out[0] = (char)(0xC0 | (code_point >> 6));
		out[1] = (char)(0x80 | (code_point & 0x3F));
		return 2;
	}
	if (code_point < 0x10000) {
		out[0] = (char)(0xE0 | (code_point >> 12));
		out[1] = (char)(0x80 | ((code_point >> 6) & 0x3F));
		out[2] = (char)(0x80 | (code_point & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | (code_point >> 18));
	out[1] = (char)(0x80 | ((code_point >> 12) & 0x3F));
	out[2] = (char)(0x80 | ((code_point >> 6) & 0x3F));
	out[3] = (char)(0x80 | (code_point & 0x3F));
	return 4;
}

static uint32_t read_unit(struct reader *reader)
{
	uint32_t unit = 0;
	for (int i = 0; i < 4 && reader->at < reader->length; i++)
		unit = unit * 16 + hex_digit(reader->text[reader->at++]);
	return unit;
}

/* The next character of the string that the reader is inside of, escapes undone. */
static size_t read_character(struct reader *reader, char out[4])
{
	char c = reader->text[reader->at++];
	if (c != '\\' || reader->at >= reader->length) {
		out[0] = c;
		return 1;
	}
	static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
	c = reader->text[reader->at++];
	const char *name = c != '\0' ? strchr(names, c) : NULL;
	if (c != 'u') {
		out[0] = name != NULL ? values[name - names] : c;
		return 1;
	}
	uint32_t unit = read_unit(reader);
	if (unit >= 0xD800 && unit < 0xDC00 && reader->at + 6 <= reader->length) {
		reader->at += 2;
		unit = 0x10000 + ((unit - 0xD800) << 10) + (read_unit(reader) - 0xDC00) % 0x400;
	}
	return encode(unit, out);
}

static char token_character(const char **token)
{
	char c = *(*token)++;
	if (c != '~')
		return c;
	c = **token;
	if (c != '0' && c != '1')
		return '~';
	(*token)++;
	return c == '0' ? '~' : '/';
}

/* Reads the name that the reader stands on and tells whether it is the pointer's next part. */
static bool name_is(struct reader *reader, const char *token, const char *token_end)
{
	struct reader inside = {reader->text, reader->length, reader->at + 1};
	skip_string(reader);
	bool same = true;
	while (same && inside.at + 1 < reader->at) {
		char bytes[4];
		size_t count = read_character(&inside, bytes);
		for (size_t i = 0; i < count && same; i++)
			same = token < token_end && token_character(&token) == bytes[i];
	}
	return same && token == token_end;
}

static bool enter_member(struct reader *reader, const char *token, const char *token_end, size_t *place)
{
	reader->at++;
	for (;;) {
		skip_space(reader);
		if (peek(reader) != '"')
			return false;
		size_t name_at = reader->at;
		bool same = name_is(reader, token, token_end);
		skip_space(reader);
		if (peek(reader) != ':')
			return false;
		reader->at++;
		skip_space(reader);
		if (same) {
			*place = name_at;
			return true;
		}
		skip_value(reader);
		skip_space(reader);
		if (peek(reader) != ',')
			return false;
		reader->at++;
	}
}

static bool enter_element(struct reader *reader, const char *token, const char *token_end, size_t *place)
{
	size_t index = 0;
	if (token == token_end || token_end - token > 9)
		return false;
	for (const char *digit = token; digit < token_end; digit++) {
		if (*digit < '0' || *digit > '9')
			return false;
		index = index * 10 + (size_t)(*digit - '0');
	}
	reader->at++;
	for (;; index--) {
		skip_space(reader);
		if (peek(reader) == ']' || reader->at >= reader->length)
			return false;
		if (index == 0) {
			*place = reader->at;
			return true;
		}
		skip_value(reader);
		skip_space(reader);
		if (peek(reader) != ',')
			return false;
		reader->at++;
	}
}

void json_place_of_offset(const char *text, size_t length, size_t offset, unsigned *line, unsigned *column)
{
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < offset && i < length; i++) {
		if (text[i] == '\n') {
			(*line)++;
			*column = 1;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			(*column)++;
		}
	}
}

bool json_place(const char *text, size_t length, const char *pointer, unsigned *line, unsigned *column)
{
	struct reader reader = {text, length, 0};
	bool found = true;
	skip_space(&reader);
	size_t place = reader.at;
	while (found && *pointer == '/') {
		const char *token = ++pointer;
		pointer += strcspn(pointer, "/");
		if (peek(&reader) == '{')
			found = enter_member(&reader, token, pointer, &place);
		else
			found = peek(&reader) == '[' && enter_element(&reader, token, pointer, &place);
	}
	json_place_of_offset(text, length, place, line, column);
	return found;
}
