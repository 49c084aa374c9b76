/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/csv.h"

#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct reader {
	const char *at, *end;
	char delimiter;
	unsigned line;
	struct arena *arena;
	struct error *error;
	struct csv_row *rows;
	size_t count, capacity;
};

/* Spreadsheet programs take these for the beginning of a formula, some of them after a tab or a line end. */
static bool is_formula(const char *text)
{
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

/* Apostrophes before a formula are written and taken off one at a time, so that every text survives. */
static bool is_guarded(const char *text)
{
	return *text == '\'' && is_formula(text + strspn(text, "'"));
}

static bool at_line_end(const struct reader *reader)
{
	return reader->at < reader->end && (*reader->at == '\n' || *reader->at == '\r');
}

static void pass_line_end(struct reader *reader)
{
	if (reader->at + 1 < reader->end && reader->at[0] == '\r' && reader->at[1] == '\n')
		reader->at++;
	if (reader->at < reader->end)
		reader->at++;
	reader->line++;
}

/* Behind the opening quote; `field` gets what stands before the closing one, two quotes being one. */
static enum status read_quoted(struct reader *reader, struct buffer *field)
{
	unsigned line = reader->line;

	for (;;) {
		const char *quote = memchr(reader->at, '"', (size_t)(reader->end - reader->at));

		if (!quote)
			return error_set(reader->error, STATUS_INVALID, "csv_quote",
				"%u: The quote that begins here has no end.", line);
		for (const char *c = reader->at; c < quote; c++)
			reader->line += *c == '\n' || (*c == '\r' && c[1] != '\n');
		buffer_add(field, reader->at, (size_t)(quote - reader->at));
		reader->at = quote + 1;
		if (reader->at == reader->end || *reader->at != '"')
			break;
		buffer_char(field, '"');
		reader->at++;
	}
	if (reader->at < reader->end && *reader->at != reader->delimiter && !at_line_end(reader))
		return error_set(reader->error, STATUS_INVALID, "csv_quote",
			"%u: Something follows the closing quote of a field; a quote inside a field is written twice.",
			reader->line);
	return STATUS_OK;
}

static enum status read_field(struct reader *reader, const char **out)
{
	struct buffer field = {0};
	enum status status = STATUS_OK;
	const char *start = reader->at, *text;

	if (reader->at < reader->end && *reader->at == '"') {
		reader->at++;
		status = read_quoted(reader, &field);
	} else {
		while (reader->at < reader->end && *reader->at != reader->delimiter && !at_line_end(reader))
			reader->at++;
		buffer_add(&field, start, (size_t)(reader->at - start));
	}
	text = field.data ? field.data : "";
	*out = arena_text(reader->arena, is_guarded(text) ? text + 1 : text);
	buffer_clear(&field);
	return status;
}

static void keep_row(struct reader *reader, const char *const *fields, size_t count, unsigned line)
{
	const char **kept = arena_array(reader->arena, count, sizeof *kept);

	memcpy(kept, fields, count * sizeof *kept);
	if (reader->count == reader->capacity) {
		reader->capacity = reader->capacity ? reader->capacity * 2 : 64;
		reader->rows = memory_grow(reader->rows, reader->capacity, sizeof *reader->rows);
	}
	reader->rows[reader->count++] = (struct csv_row){kept, count, line};
}

static enum status read_row(struct reader *reader)
{
	const char *fields[CSV_FIELDS_MAX];
	unsigned line = reader->line;
	size_t count = 0;

	if (at_line_end(reader)) {
		pass_line_end(reader);
		return STATUS_OK;
	}
	for (;;) {
		enum status status;

		if (count == CSV_FIELDS_MAX)
			return error_set(reader->error, STATUS_TOO_LARGE, "csv_fields",
				"%u: This row has more than %d fields.", line, CSV_FIELDS_MAX);
		status = read_field(reader, &fields[count++]);
		if (status != STATUS_OK)
			return status;
		if (reader->at == reader->end || *reader->at != reader->delimiter)
			break;
		reader->at++;
	}
	pass_line_end(reader);
	keep_row(reader, fields, count, line);
	return STATUS_OK;
}

/* Programs write what the country of their user has between numbers. */
static char find_delimiter(const char *text, const char *end)
{
	static const char delimiters[] = ",;\t";
	size_t counts[sizeof delimiters - 1] = {0}, most = 0;
	bool quoted = false;

	for (; text < end && (quoted || (*text != '\n' && *text != '\r')); text++) {
		const char *found = quoted ? NULL : memchr(delimiters, *text, sizeof delimiters - 1);

		quoted = quoted != (*text == '"');
		if (found)
			counts[found - delimiters]++;
	}
	for (size_t i = 1; i < sizeof delimiters - 1; i++)
		most = counts[i] > counts[most] ? i : most;
	return delimiters[most];
}

static enum status check_text(const char *text, size_t length, struct error *error)
{
	if (length > CSV_MAX)
		return error_set(error, STATUS_TOO_LARGE, "csv_too_large",
			"1: The table has %zu bytes; %zu are allowed.", length, CSV_MAX);
	if (memchr(text, '\0', length))
		return error_set(error, STATUS_INVALID, "csv_nul",
			"1: There are NUL bytes in it: is this a spreadsheet, or CSV in UTF-16? Save it as \"CSV "
			"UTF-8\".");
	if (!utf8_valid(text, length))
		return error_set(error, STATUS_INVALID, "csv_encoding",
			"1: This is not UTF-8. Save it as \"CSV UTF-8\" (or choose UTF-8 where you save it).");
	return STATUS_OK;
}

enum status csv_read(const char *text, size_t length, struct arena *arena, struct csv_table *out, struct error *error)
{
	struct reader reader = {.line = 1, .arena = arena, .error = error};
	enum status status = check_text(text, length, error);
	struct csv_row *rows;

	if (status != STATUS_OK)
		return status;
	reader.at = arena_copy(arena, text, length);
	reader.end = reader.at + length;
	if (strncmp(reader.at, BYTE_ORDER_MARK, 3) == 0)
		reader.at += 3;
	if (strncmp(reader.at, "sep=", 4) == 0 && reader.at[4] && strchr("\r\n", reader.at[5]) && reader.at[4] != '"' &&
		!strchr("\r\n", reader.at[4])) {
		reader.delimiter = reader.at[4];
		reader.at += 5;
		if (reader.at < reader.end)
			pass_line_end(&reader);
	} else {
		reader.delimiter = find_delimiter(reader.at, reader.end);
	}
	while (status == STATUS_OK && reader.at < reader.end)
		status = read_row(&reader);
	rows = arena_array(arena, reader.count, sizeof *rows);
	if (reader.count)
		memcpy(rows, reader.rows, reader.count * sizeof *rows);
	free(reader.rows);
	*out = (struct csv_table){rows, reader.count};
	return status;
}

static void write_field(struct buffer *out, const char *text, bool alone)
{
	bool quoted = strpbrk(text, ",;\t\"\r\n") != NULL || *text == ' ' || (alone && *text == '\0') ||
		      strncmp(text, "sep=", 4) == 0 || strncmp(text, BYTE_ORDER_MARK, 3) == 0;

	if (quoted)
		buffer_char(out, '"');
	if (is_formula(text) || is_guarded(text))
		buffer_char(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buffer_char(out, '"');
		buffer_char(out, *text);
	}
	if (quoted)
		buffer_char(out, '"');
}

void csv_write_row(struct buffer *out, const char *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_char(out, ',');
		write_field(out, fields[i], count == 1);
	}
	buffer_text(out, "\r\n");
}
