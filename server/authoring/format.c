/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/format.h"

#include "json_tree.h"

#include "askwell/utf8.h"

#include <stdint.h>
#include <string.h>

enum { COLUMNS = 120, INDENT = 2, SHORT_WORD = 40 };

struct writer {
	const char *text;
	struct buffer *out;
};

/* An escape is kept for what could not be seen without it. */
static bool is_seen(const char *character, size_t size, uint32_t code_point)
{
	return code_point == ' ' || (code_point != '"' && code_point != '\\' && !utf8_blank(character, size));
}

/* The short way to write a character that needs an escape, or NULL. */
static const char *short_escape(uint32_t code_point)
{
	static const struct {
		uint32_t code_point;
		const char *escape;
	} escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\b', "\\b"}, {'\f', "\\f"}, {'\n', "\\n"}, {'\r', "\\r"},
		{'\t', "\\t"}};

	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
		if (escapes[i].code_point == code_point)
			return escapes[i].escape;
	return NULL;
}

/* The escape at `at`, in the form that is kept; returns its length in the source. */
static size_t write_escape(const struct writer *writer, struct arena *arena, size_t at)
{
	const char *text = writer->text;
	char quoted[16] = "\"", *character;
	size_t taken = 2, size = 0;
	uint32_t code_point = 0;
	const char *escape;

	if (text[at + 1] == 'u') {
		unsigned unit = json_tree_unit(text + at + 2);

		taken = unit >= 0xD800 && unit <= 0xDBFF ? 12 : 6;
	}
	memcpy(quoted + 1, text + at, taken);
	character = json_tree_decode(quoted, 0, taken + 2, arena, &size);
	(void)utf8_decode(character, size, &code_point);
	escape = short_escape(code_point);
	if (is_seen(character, size, code_point))
		buffer_add(writer->out, character, size);
	else if (escape)
		buffer_text(writer->out, escape);
	else
		buffer_add(writer->out, text + at, taken);
	return taken;
}

static void write_text(const struct writer *writer, size_t start, size_t end)
{
	const char *text = writer->text;
	struct arena *arena = NULL;

	for (size_t at = start; at < end;) {
		const char *next = memchr(text + at, '\\', end - at);
		size_t plain = (next ? (size_t)(next - text) : end) - at;

		buffer_add(writer->out, text + at, plain);
		at += plain;
		if (at == end)
			break;
		if (!arena)
			arena = arena_new(0);
		else
			arena_reset(arena);
		at += write_escape(writer, arena, at);
	}
	arena_free(arena);
}

static bool is_simple(const struct json_node *node)
{
	return node->kind == JSON_KIND_TEXT || node->kind == JSON_KIND_PLAIN;
}

/* Columns of a value or name as it will be written. */
static size_t columns(const struct writer *writer, size_t start, size_t end, struct buffer *scratch)
{
	const struct writer measure = {writer->text, scratch};

	buffer_reset(scratch);
	write_text(&measure, start, end);
	return utf8_count(scratch->data, scratch->length);
}

/* From the inside out: how wide each value is on one line, and whether a line break inside keeps it from being so. */
static void measure(const struct writer *writer, struct json_node *node, struct buffer *scratch)
{
	size_t padding = node->kind == JSON_KIND_OBJECT ? 4 : 2;

	if (is_simple(node)) {
		node->width = columns(writer, node->start, node->end, scratch);
		return;
	}
	node->width = node->count == 0 ? 2 : padding + 2 * (node->count - 1);
	node->broken = node->broken && node->count > 0;
	for (struct json_node *part = node->first; part; part = part->next) {
		measure(writer, part, scratch);
		if (node->kind == JSON_KIND_OBJECT)
			node->width += columns(writer, part->name, part->name_end, scratch) + 2;
		node->width += part->width;
		node->broken = node->broken || part->broken;
	}
}

static bool line_break_between(const struct writer *writer, size_t from, size_t to)
{
	return memchr(writer->text + from, '\n', to - from) != NULL;
}

/* Whether a value that takes several lines packs its parts: only simple ones, and only where its author did so, or where
 * a list of short words had been on one line. */
static bool is_packed(const struct writer *writer, const struct json_node *node)
{
	bool sharing = false, all_short = true;

	for (const struct json_node *part = node->first; part; part = part->next) {
		const struct json_node *next = part->next;

		if (!is_simple(part))
			return false;
		all_short = all_short && part->width <= SHORT_WORD;
		if (next && !line_break_between(writer, part->end, next->name_end ? next->name : next->start))
			sharing = true;
	}
	return node->broken ? sharing : node->kind == JSON_KIND_LIST && all_short;
}

static void new_line(const struct writer *writer, size_t indent)
{
	buffer_char(writer->out, '\n');
	for (size_t i = 0; i < indent; i++)
		buffer_char(writer->out, ' ');
}

static void write_name(const struct writer *writer, const struct json_node *node)
{
	if (!node->name_end)
		return;
	write_text(writer, node->name, node->name_end);
	buffer_text(writer->out, ": ");
}

static void write_line(const struct writer *writer, const struct json_node *node)
{
	const char *brackets = node->kind == JSON_KIND_OBJECT ? "{}" : "[]";
	bool padded = node->kind == JSON_KIND_OBJECT && node->count > 0;

	if (is_simple(node)) {
		write_text(writer, node->start, node->end);
		return;
	}
	buffer_char(writer->out, brackets[0]);
	if (padded)
		buffer_char(writer->out, ' ');
	for (const struct json_node *part = node->first; part; part = part->next) {
		write_name(writer, part);
		write_line(writer, part);
		if (part->next)
			buffer_text(writer->out, ", ");
	}
	if (padded)
		buffer_char(writer->out, ' ');
	buffer_char(writer->out, brackets[1]);
}

/* Columns used on the line that is being written. */
static size_t used(const struct writer *writer)
{
	const char *data = writer->out->data;
	size_t length = writer->out->length, start = length;

	while (start > 0 && data[start - 1] != '\n')
		start--;
	return length > 0 ? utf8_count(data + start, length - start) : 0;
}

static void write_value(const struct writer *writer, const struct json_node *node, size_t indent);

static void write_packed(
	const struct writer *writer, const struct json_node *node, size_t indent, struct buffer *scratch)
{
	size_t column = 0;

	for (const struct json_node *part = node->first; part; part = part->next) {
		size_t width = part->width + (part->next ? 1 : 0);

		if (part->name_end)
			width += columns(writer, part->name, part->name_end, scratch) + 2;
		if (column > 0 && column + 1 + width <= COLUMNS) {
			buffer_char(writer->out, ' ');
			column += 1 + width;
		} else {
			new_line(writer, indent);
			column = indent + width;
		}
		write_name(writer, part);
		write_line(writer, part);
		if (part->next)
			buffer_char(writer->out, ',');
	}
}

static void write_lines(const struct writer *writer, const struct json_node *node, size_t indent)
{
	for (const struct json_node *part = node->first; part; part = part->next) {
		new_line(writer, indent);
		write_name(writer, part);
		write_value(writer, part, indent);
		if (part->next)
			buffer_char(writer->out, ',');
	}
}

static void write_value(const struct writer *writer, const struct json_node *node, size_t indent)
{
	const char *brackets = node->kind == JSON_KIND_OBJECT ? "{}" : "[]";
	bool fits = is_simple(node) || node->count == 0 ||
		    (!node->broken && used(writer) + node->width + (node->next ? 1 : 0) <= COLUMNS);
	struct buffer scratch = {0};

	if (fits) {
		write_line(writer, node);
		return;
	}
	buffer_char(writer->out, brackets[0]);
	if (is_packed(writer, node))
		write_packed(writer, node, indent + INDENT, &scratch);
	else
		write_lines(writer, node, indent + INDENT);
	new_line(writer, indent);
	buffer_char(writer->out, brackets[1]);
	buffer_clear(&scratch);
}

enum status format_json(const char *text, size_t length, struct buffer *out, struct error *error)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct arena *arena = arena_new(0);
	struct json_node *root = NULL;
	struct buffer scratch = {0};
	enum status status;

	if (length >= sizeof mark - 1 && memcmp(text, mark, sizeof mark - 1) == 0) {
		text += sizeof mark - 1;
		length -= sizeof mark - 1;
	}
	status = json_tree_parse(text, length, arena, &root, error);
	if (status == STATUS_OK) {
		struct buffer formatted = {0};
		struct writer writer = {text, &formatted};

		measure(&writer, root, &scratch);
		write_value(&writer, root, 0);
		buffer_char(&formatted, '\n');
		buffer_add(out, formatted.data, formatted.length);
		buffer_clear(&formatted);
	}
	buffer_clear(&scratch);
	arena_free(arena);
	return status;
}
