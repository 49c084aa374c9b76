/* SPDX-License-Identifier: Apache-2.0 */
#include "json_tree.h"

#include "askwell/json_place.h"
#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	const char *text;
	size_t length, at;
	struct arena *arena;
	struct error *error;
};

static enum status refuse(const struct parser *parser, size_t at, const char *format, ...) PRINTF_LIKE(3, 4);

static enum status refuse(const struct parser *parser, size_t at, const char *format, ...)
{
	char reason[384];
	unsigned line = 0, column = 0;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	json_place_of_offset(parser->text, parser->length, at, &line, &column);
	return error_set(parser->error, STATUS_INVALID, "not_json", "%u:%u: %s", line, column, reason);
}

static char peek(const struct parser *parser)
{
	return parser->at < parser->length ? parser->text[parser->at] : '\0';
}

static void skip_space(struct parser *parser)
{
	while (peek(parser) == ' ' || peek(parser) == '\n' || peek(parser) == '\r' || peek(parser) == '\t')
		parser->at++;
}

/* What stands here, as a sentence may quote it. */
static const char *here(const struct parser *parser, char shown[16])
{
	uint32_t code_point = 0;
	size_t size = utf8_decode(parser->text + parser->at, parser->length - parser->at, &code_point);

	if (parser->at >= parser->length)
		return "the end of the file";
	if (code_point < 0x20 || code_point == 0x7f)
		return "a control character";
	snprintf(shown, 16, "'%.*s'", (int)size, parser->text + parser->at);
	return shown;
}

unsigned json_tree_unit(const char *digits)
{
	unsigned unit = 0;

	for (int i = 0; i < 4; i++) {
		char c = digits[i];
		unsigned digit = c <= '9' ? (unsigned)(c - '0') : ((unsigned)c | 0x20u) - 'a' + 10u;

		unit = unit * 16 + digit;
	}
	return unit;
}

static bool is_hex(const struct parser *parser, size_t at)
{
	for (size_t i = 0; i < 4; i++) {
		char c = at + i < parser->length ? parser->text[at + i] : '\0';

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return true;
}

/* Behind "\u". */
static enum status parse_unit(struct parser *parser)
{
	size_t at = parser->at - 2;
	unsigned unit, low = 0;

	if (!is_hex(parser, parser->at))
		return refuse(parser, at, "\"\\u\" needs four hexadecimal digits.");
	unit = json_tree_unit(parser->text + parser->at);
	parser->at += 4;
	if (unit < 0xD800 || unit > 0xDFFF)
		return STATUS_OK;
	if (unit < 0xDC00 && parser->at + 6 <= parser->length && parser->text[parser->at] == '\\' &&
		parser->text[parser->at + 1] == 'u' && is_hex(parser, parser->at + 2))
		low = json_tree_unit(parser->text + parser->at + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return refuse(parser, at, "This is half of a character: \"\\ud800\" to \"\\udfff\" come in pairs.");
	parser->at += 6;
	return STATUS_OK;
}

static enum status parse_text(struct parser *parser)
{
	size_t start = parser->at++;

	for (;;) {
		char c = peek(parser);

		if (parser->at >= parser->length)
			return refuse(parser, start, "The text that begins here has no closing quote.");
		if ((unsigned char)c < 0x20)
			return refuse(parser, parser->at,
				c == '\n'
					? "A text ends with its line: is a closing quote missing? A line break inside "
					  "a text is written \\n."
					: "A control character in a text is written as an escape, such as \\t.");
		parser->at++;
		if (c == '"')
			return STATUS_OK;
		if (c != '\\')
			continue;
		c = peek(parser);
		if (c == '\0' || !strchr("\"\\/bfnrtu", c))
			return refuse(
				parser, parser->at - 1, "There is no such escape; a backslash itself is written \\\\.");
		parser->at++;
		if (c == 'u') {
			enum status status = parse_unit(parser);

			if (status != STATUS_OK)
				return status;
		}
	}
}

static size_t digits(struct parser *parser)
{
	size_t start = parser->at;

	while (peek(parser) >= '0' && peek(parser) <= '9')
		parser->at++;
	return parser->at - start;
}

static bool parse_number(struct parser *parser)
{
	bool zero;

	if (peek(parser) == '-')
		parser->at++;
	zero = peek(parser) == '0';
	if ((digits(parser) > 1 && zero) || parser->text[parser->at - 1] == '-')
		return false;
	if (peek(parser) == '.') {
		parser->at++;
		if (digits(parser) == 0)
			return false;
	}
	if (peek(parser) == 'e' || peek(parser) == 'E') {
		parser->at++;
		if (peek(parser) == '+' || peek(parser) == '-')
			parser->at++;
		if (digits(parser) == 0)
			return false;
	}
	return true;
}

static enum status parse_plain(struct parser *parser)
{
	static const char *const words[] = {"true", "false", "null"};
	char shown[16];
	size_t start = parser->at;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);

		if (parser->length - parser->at >= length && memcmp(parser->text + parser->at, words[i], length) == 0) {
			parser->at += length;
			return STATUS_OK;
		}
	}
	if (peek(parser) != '-' && (peek(parser) < '0' || peek(parser) > '9'))
		return refuse(parser, parser->at,
			"Here stands %s where a value is expected: a text in double quotes, a number, {, [, true, "
			"false or null.",
			here(parser, shown));
	return parse_number(parser) ? STATUS_OK
				    : refuse(parser, start, "This is not a number as JSON writes it (0.5, -3, 12).");
}

struct name {
	const char *text;
	size_t length, at;
};

static int by_name(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	size_t shorter = a->length < b->length ? a->length : b->length;
	int order = shorter ? memcmp(a->text, b->text, shorter) : 0;

	if (!order)
		order = (a->length > b->length) - (a->length < b->length);
	return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* Of all that are there twice, the first in the file is named. */
static enum status refuse_doubles(const struct parser *parser, const struct json_node *object)
{
	struct name *names = arena_array(parser->arena, object->count, sizeof *names);
	const struct name *twice = NULL;
	size_t count = 0;

	for (const struct json_node *node = object->first; node; node = node->next) {
		struct name *name = &names[count++];

		name->text = json_tree_decode(parser->text, node->name, node->name_end, parser->arena, &name->length);
		name->at = node->name;
	}
	qsort(names, count, sizeof *names, by_name);
	for (size_t i = 1; i < count; i++)
		if (names[i].length == names[i - 1].length &&
			memcmp(names[i].text, names[i - 1].text, names[i].length) == 0 &&
			(!twice || names[i].at < twice->at))
			twice = &names[i];
	return twice ? refuse(parser, twice->at, "The member \"%.60s\" is there twice in the same object.", twice->text)
		     : STATUS_OK;
}

static enum status parse_value(struct parser *parser, struct json_node *up, unsigned depth, struct json_node *node);

static enum status parse_name(struct parser *parser, struct json_node *node)
{
	enum status status;
	char shown[16];

	if (peek(parser) != '"')
		return refuse(parser, parser->at,
			"Here stands %s where the name of a member is expected, in double quotes.",
			here(parser, shown));
	node->name = parser->at;
	status = parse_text(parser);
	if (status != STATUS_OK)
		return status;
	node->name_end = parser->at;
	skip_space(parser);
	if (peek(parser) != ':')
		return refuse(parser, parser->at, "Here stands %s where a colon is expected.", here(parser, shown));
	parser->at++;
	return STATUS_OK;
}

/* Past the comma before the next part, or past the bracket: `done`. */
static enum status parse_comma(struct parser *parser, const struct json_node *whole, char close, bool *done)
{
	char shown[16];

	skip_space(parser);
	*done = peek(parser) == close;
	if (*done || (whole->count > 0 && peek(parser) == ',')) {
		parser->at++;
		skip_space(parser);
		if (!*done && peek(parser) == close)
			return refuse(parser, parser->at, "There is a comma too many before this bracket.");
		return STATUS_OK;
	}
	if (whole->count == 0)
		return STATUS_OK;
	return refuse(
		parser, parser->at, "Here stands %s where a comma or '%c' is expected.", here(parser, shown), close);
}

static enum status parse_parts(struct parser *parser, unsigned depth, struct json_node *whole)
{
	struct json_node **last = &whole->first;
	char close = whole->kind == JSON_KIND_OBJECT ? '}' : ']';
	enum status status;
	bool done = false;

	if (depth == JSON_TREE_DEPTH)
		return refuse(
			parser, parser->at, "Objects and lists are nested more than %d deep here.", JSON_TREE_DEPTH);
	for (const char *c = parser->text + ++parser->at; *c == ' ' || *c == '\t' || *c == '\r' || *c == '\n'; c++)
		whole->broken = whole->broken || *c == '\n';
	while ((status = parse_comma(parser, whole, close, &done)) == STATUS_OK && !done) {
		struct json_node *node = arena_alloc(parser->arena, sizeof *node);

		if (whole->kind == JSON_KIND_OBJECT)
			status = parse_name(parser, node);
		if (status == STATUS_OK)
			status = parse_value(parser, whole, depth + 1, node);
		if (status != STATUS_OK)
			return status;
		*last = node;
		last = &node->next;
		whole->count++;
	}
	return status == STATUS_OK && whole->kind == JSON_KIND_OBJECT && whole->count > 1
		       ? refuse_doubles(parser, whole)
		       : status;
}

static enum status parse_value(struct parser *parser, struct json_node *up, unsigned depth, struct json_node *node)
{
	enum status status;

	skip_space(parser);
	node->up = up;
	node->start = parser->at;
	switch (peek(parser)) {
	case '{':
		node->kind = JSON_KIND_OBJECT;
		status = parse_parts(parser, depth, node);
		break;
	case '[':
		node->kind = JSON_KIND_LIST;
		status = parse_parts(parser, depth, node);
		break;
	case '"':
		node->kind = JSON_KIND_TEXT;
		status = parse_text(parser);
		break;
	default:
		node->kind = JSON_KIND_PLAIN;
		status = parse_plain(parser);
		break;
	}
	node->end = parser->at;
	return status;
}

static enum status check_utf8(const struct parser *parser)
{
	uint32_t code_point;

	if (utf8_valid(parser->text, parser->length))
		return STATUS_OK;
	for (size_t at = 0;;) {
		size_t size = utf8_decode(parser->text + at, parser->length - at, &code_point);

		if (size == 0)
			return refuse(parser, at,
				"This is not UTF-8 (the byte 0x%02x). Save the file as UTF-8 and try again.",
				(unsigned char)parser->text[at]);
		at += size;
	}
}

enum status json_tree_parse(
	const char *text, size_t length, struct arena *arena, struct json_node **out, struct error *error)
{
	/* A copy ends in NUL, so that looking one byte ahead needs no questions. */
	struct parser parser = {NULL, length, 0, arena, error};
	struct json_node *root = arena_alloc(arena, sizeof *root);
	enum status status;
	char shown[16];

	if (length > JSON_TREE_MAX)
		return error_set(error, STATUS_TOO_LARGE, "text_too_large",
			"1:1: The text has %zu bytes; %zu are allowed.", length, JSON_TREE_MAX);
	parser.text = arena_copy(arena, text, length);
	status = check_utf8(&parser);
	if (status == STATUS_OK)
		status = parse_value(&parser, NULL, 0, root);
	if (status != STATUS_OK)
		return status;
	skip_space(&parser);
	if (parser.at < length)
		return refuse(&parser, parser.at, "Here stands %s, but the value is complete: nothing may follow it.",
			here(&parser, shown));
	*out = root;
	return STATUS_OK;
}

static size_t encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Behind a backslash at text[at]; returns how many bytes the escape takes. */
static size_t decode_escape(const char *text, size_t at, uint32_t *code_point)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *letter = strchr(letters, text[at]);

	if (text[at] != 'u') {
		*code_point = (unsigned char)(letter ? meant[letter - letters] : text[at]);
		return 1;
	}
	*code_point = json_tree_unit(text + at + 1);
	if (*code_point < 0xD800 || *code_point > 0xDBFF)
		return 5;
	*code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (json_tree_unit(text + at + 7) - 0xDC00);
	return 11;
}

char *json_tree_decode(const char *text, size_t start, size_t end, struct arena *arena, size_t *length)
{
	char *out = arena_alloc(arena, end - start);
	size_t size = 0;

	for (size_t at = start + 1; at + 1 < end;) {
		uint32_t code_point = 0;

		if (text[at] != '\\') {
			out[size++] = text[at++];
			continue;
		}
		at += 1 + decode_escape(text, at + 1, &code_point);
		size += encode(code_point, out + size);
	}
	out[size] = '\0';
	if (length)
		*length = size;
	return out;
}

struct json_node *json_tree_member(const char *text, const struct json_node *object, const char *name)
{
	size_t length = strlen(name);

	if (!object || object->kind != JSON_KIND_OBJECT)
		return NULL;
	for (struct json_node *node = object->first; node; node = node->next)
		if (node->name_end - node->name == length + 2 && memcmp(text + node->name + 1, name, length) == 0)
			return node;
	return NULL;
}

static struct json_node *element(const struct json_node *list, const char *index)
{
	struct json_node *node = list->first;
	unsigned long wanted;
	char *end = NULL;

	if (*index < '0' || *index > '9' || strlen(index) > 9)
		return NULL;
	wanted = strtoul(index, &end, 10);
	while (node && wanted-- > 0)
		node = node->next;
	return *end == '\0' ? node : NULL;
}

struct json_node *json_tree_find(const char *text, struct json_node *root, const char *pointer, struct arena *arena)
{
	struct json_node *node = root;

	while (node && *pointer == '/') {
		size_t length = strcspn(++pointer, "/"), size = 0;
		char *part = arena_copy(arena, pointer, length);

		for (size_t i = 0; i < length; i++) {
			if (part[i] == '~' && (part[i + 1] == '0' || part[i + 1] == '1'))
				part[size++] = part[++i] == '0' ? '~' : '/';
			else
				part[size++] = part[i];
		}
		part[size] = '\0';
		pointer += length;
		node = node->kind == JSON_KIND_LIST ? element(node, part) : json_tree_member(text, node, part);
	}
	return *pointer == '\0' ? node : NULL;
}
