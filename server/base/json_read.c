/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/json_read.h"

#include "json_pool.h"

#include "askwell/json_in.h"
#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 127, DIGITS_MAX = 18 };

struct reader {
	const char *at, *end;
	char *plain; /* a text without its escapes */
	size_t capacity;
	unsigned depth;
};

static json_t *read_value(struct reader *reader);

/* The next character that is not white space; 0 at the end. */
static char next(struct reader *reader)
{
	while (reader->at < reader->end &&
		(*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\t' || *reader->at == '\r'))
		reader->at++;
	return reader->at < reader->end ? *reader->at : '\0';
}

static bool take(struct reader *reader, char wanted)
{
	if (next(reader) != wanted)
		return false;
	reader->at++;
	return true;
}

static const char *past_plain(const char *at, const char *end)
{
	while (at < end && (unsigned char)*at >= ' ' && (unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
		at++;
	return at;
}

/* What stands between the quotes, valid UTF-8 and without control characters. */
static bool read_raw(struct reader *reader, const char **text, size_t *length, bool *escaped)
{
	const char *at, *end = reader->end;
	uint32_t code_point;

	if (!take(reader, '"'))
		return false;
	*text = at = reader->at;
	*escaped = false;
	while ((at = past_plain(at, end)) < end && *at != '"') {
		size_t size = *at == '\\' ? 2 : utf8_decode(at, (size_t)(end - at), &code_point);

		*escaped = *escaped || *at == '\\';
		if (size == 0 || (size_t)(end - at) < size || (unsigned char)*at < ' ')
			return false;
		at += size;
	}
	if (at == end)
		return false;
	*length = (size_t)(at - *text);
	reader->at = at + 1;
	return true;
}

static bool read_plain(struct reader *reader, const char **text, size_t *length)
{
	bool escaped;
	ptrdiff_t left;

	if (!read_raw(reader, text, length, &escaped))
		return false;
	if (!escaped)
		return true;
	if (reader->capacity < *length) {
		reader->capacity = *length * 2;
		reader->plain = memory_grow(reader->plain, reader->capacity, 1);
	}
	left = json_in_unescape(*text, *length, reader->plain);
	*text = reader->plain;
	*length = left < 0 ? 0 : (size_t)left;
	return left >= 0;
}

static json_t *read_text(struct reader *reader)
{
	const char *text;
	size_t length;

	return read_plain(reader, &text, &length) ? json_stringn_nocheck(text, length) : NULL;
}

static bool read_member(struct reader *reader, json_t *object)
{
	const char *text;
	char key[KEY_MAX + 1];
	size_t length, before = json_object_size(object);

	if (!read_plain(reader, &text, &length) || length > KEY_MAX || !take(reader, ':'))
		return false;
	memcpy(key, text, length);
	key[length] = '\0';
	/* A key that was there already leaves the size as it was. */
	return json_object_set_new_nocheck(object, key, read_value(reader)) == 0 && json_object_size(object) > before;
}

static bool read_item(struct reader *reader, json_t *array)
{
	return json_array_append_new(array, read_value(reader)) == 0;
}

static json_t *read_all(
	struct reader *reader, json_t *whole, char close, bool (*read_one)(struct reader *reader, json_t *whole))
{
	bool good = ++reader->depth <= JSON_READ_DEPTH;

	reader->at++;
	if (next(reader) == close) {
		reader->at++;
	} else {
		do
			good = good && read_one(reader, whole);
		while (good && take(reader, ','));
		good = good && take(reader, close);
	}
	reader->depth--;
	if (good)
		return whole;
	json_decref(whole);
	return NULL;
}

static json_t *read_integer(struct reader *reader)
{
	bool negative = *reader->at == '-';
	const char *start = reader->at += negative;
	json_int_t sum = 0;

	while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9' && reader->at - start < DIGITS_MAX)
		sum = sum * 10 + (*reader->at++ - '0');
	/* "01" is no number; digits that are left, fractions and exponents are no comma, which ends the reading. */
	if (reader->at == start || (*start == '0' && reader->at - start > 1))
		return NULL;
	return json_integer(negative ? -sum : sum);
}

static json_t *read_word(struct reader *reader, const char *word, json_t *value)
{
	size_t length = strlen(word);

	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
		return NULL;
	reader->at += length;
	return value;
}

static json_t *read_value(struct reader *reader)
{
	switch (next(reader)) {
	case '"':
		return read_text(reader);
	case '{':
		return read_all(reader, json_object(), '}', read_member);
	case '[':
		return read_all(reader, json_array(), ']', read_item);
	case 't':
		return read_word(reader, "true", json_true());
	case 'f':
		return read_word(reader, "false", json_false());
	case 'n':
		return read_word(reader, "null", json_null());
	case '\0':
		return NULL;
	default:
		return read_integer(reader);
	}
}

json_t *json_read(const char *text, size_t length)
{
	struct reader reader = {.at = text, .end = text + length};
	char first = next(&reader);
	json_t *root;
	bool whole;

	json_pool_enter(length);
	root = first == '{' || first == '[' ? read_value(&reader) : NULL;
	json_pool_leave();
	whole = next(&reader) == '\0' && reader.at == reader.end;
	free(reader.plain);
	if (root && whole)
		return root;
	json_decref(root);
	return NULL;
}
