/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/json_in.h"

#include "askwell/utf8.h"

#include <string.h>

void json_in_init(struct json_in *in, const char *text, size_t length)
{
	*in = (struct json_in){.at = text, .end = text + length};
}

static bool fail(struct json_in *in)
{
	in->bad = true;
	in->at = in->end;
	return false;
}

/* The next character that is not white space; 0 at the end. */
static char next(struct json_in *in)
{
	while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' || *in->at == '\n' || *in->at == '\r'))
		in->at++;
	return in->at < in->end ? *in->at : '\0';
}

static bool take(struct json_in *in, char wanted)
{
	if (next(in) != wanted)
		return fail(in);
	in->at++;
	return true;
}

/* Another one of an object or array, past the comma before it; else past its `close`. */
static bool another(struct json_in *in, char close)
{
	bool first = in->first;

	in->first = false;
	if (next(in) == close) {
		in->at++;
		return false;
	}
	return first ? !in->bad : take(in, ',');
}

bool json_in_object(struct json_in *in)
{
	return take(in, '{') && (in->first = true);
}

bool json_in_array(struct json_in *in)
{
	return take(in, '[') && (in->first = true);
}

/* What stands between the quotes, escapes and all. */
static bool raw_text(struct json_in *in, const char **text, size_t *length)
{
	const char *at;

	if (!take(in, '"'))
		return false;
	at = in->at;
	while (at < in->end && *at != '"')
		at += *at == '\\' && in->end - at > 1 ? 2 : 1;
	if (at == in->end)
		return fail(in);
	*text = in->at;
	*length = (size_t)(at - in->at);
	in->at = at + 1;
	return true;
}

bool json_in_key(struct json_in *in, const char **key, size_t *length)
{
	return another(in, '}') && raw_text(in, key, length) && take(in, ':');
}

bool json_in_item(struct json_in *in)
{
	return another(in, ']') && (next(in) != '\0' || fail(in));
}

/* Four hexadecimal digits; -1 for anything else. */
static int32_t unit_of(const char *text, size_t length)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	int32_t unit = 0;

	for (size_t i = 0; i < 4; i++) {
		const char *digit = i < length ? memchr(digits, text[i], sizeof digits - 1) : NULL;

		if (!digit)
			return -1;
		unit = unit * 16 + (int32_t)(digit - digits < 16 ? digit - digits : digit - digits - 6);
	}
	return unit;
}

static size_t encode(uint32_t code_point, char *out)
{
	size_t more = code_point < 0x80 ? 0 : code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};

	for (size_t i = more; i > 0; i--, code_point >>= 6)
		out[i] = (char)(0x80 | (code_point & 0x3f));
	out[0] = (char)(lead[more] | code_point);
	return more + 1;
}

/* A \u escape at `text`, past the u; how much of it was read, 0 when it is none. A half of a pair alone is none. */
static size_t unicode(const char *text, size_t length, char *out, size_t *written)
{
	int32_t high = unit_of(text, length), low;

	if (high <= 0 || (high >= 0xdc00 && high <= 0xdfff))
		return 0;
	if (high < 0xd800 || high > 0xdbff) {
		*written = encode((uint32_t)high, out);
		return 4;
	}
	low = length >= 10 && text[4] == '\\' && text[5] == 'u' ? unit_of(text + 6, length - 6) : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	*written = encode(0x10000 + (((uint32_t)high - 0xd800) << 10) + ((uint32_t)low - 0xdc00), out);
	return 10;
}

ptrdiff_t json_in_unescape(const char *text, size_t length, char *out)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	size_t at = 0, put = 0;

	while (at < length) {
		const char *name;
		size_t read, written = 1;

		if (text[at] != '\\') {
			out[put++] = text[at++];
			continue;
		}
		at++;
		name = at < length ? memchr(names, text[at], sizeof names - 1) : NULL;
		if (name) {
			out[put++] = values[name - names];
			at++;
			continue;
		}
		read = at < length && text[at] == 'u' ? unicode(text + at + 1, length - at - 1, out + put, &written)
						      : 0;
		if (!read)
			return -1;
		at += read + 1;
		put += written;
	}
	return (ptrdiff_t)put;
}

bool json_in_text(struct json_in *in, struct arena *arena, const char **text, size_t *length)
{
	const char *raw;
	char *copy;

	if (!raw_text(in, &raw, length))
		return false;
	copy = arena_copy(arena, raw, *length);
	if (memchr(raw, '\\', *length)) {
		ptrdiff_t left = json_in_unescape(raw, *length, copy);

		if (left < 0)
			return fail(in);
		*length = (size_t)left;
		copy[left] = '\0';
	}
	if (memchr(copy, '\0', *length) || !utf8_valid(copy, *length))
		return fail(in);
	*text = copy;
	return true;
}

bool json_in_integer(struct json_in *in, int64_t *value)
{
	bool negative = next(in) == '-';
	int64_t sum = 0;
	const char *start;

	in->at += negative;
	start = in->at;
	while (in->at < in->end && *in->at >= '0' && *in->at <= '9' && in->at - start < 18)
		sum = sum * 10 + (*in->at++ - '0');
	if (in->at == start || (in->at < in->end && strchr("0123456789.eE", *in->at)))
		return fail(in);
	*value = negative ? -sum : sum;
	return true;
}

bool json_in_null(struct json_in *in)
{
	if (next(in) != 'n')
		return false;
	if (in->end - in->at < 4 || memcmp(in->at, "null", 4) != 0)
		return fail(in);
	in->at += 4;
	return true;
}

void json_in_skip(struct json_in *in)
{
	size_t depth = 0, length;
	const char *text, *start;

	do {
		char c = next(in);

		start = in->at;
		if (c == '"') {
			(void)raw_text(in, &text, &length);
		} else if (c == '{' || c == '[') {
			depth++;
			in->at++;
		} else if (depth && (c == '}' || c == ']' || c == ',' || c == ':')) {
			depth -= c == '}' || c == ']';
			in->at++;
		} else {
			while (in->at < in->end && !strchr(",]} \t\n\r", *in->at))
				in->at++;
			if (in->at == start)
				(void)fail(in);
		}
	} while (depth && !in->bad);
}

bool json_in_end(struct json_in *in)
{
	return next(in) == '\0' && !in->bad && in->at == in->end;
}
