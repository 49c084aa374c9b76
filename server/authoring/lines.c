/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/lines.h"

#include "texts.h"

#include "askwell/csv.h"
#include "askwell/json_out.h"
#include "askwell/json_place.h"
#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column { FILE_NAME, POINTER, KIND, ID, PART, VARIANT, VOICE, TEXT, CHECK, COLUMNS };

static const char *const columns[COLUMNS] = {
	[FILE_NAME] = "file",
	[POINTER] = "pointer",
	[KIND] = "kind",
	[ID] = "id",
	[PART] = "part",
	[VARIANT] = "variant",
	[VOICE] = "voice",
	[TEXT] = "text",
	[CHECK] = "check",
};

static const enum column needed[] = {FILE_NAME, POINTER, ID, TEXT};

void lines_export_head(struct buffer *out)
{
	buffer_text(out, "\xef\xbb\xbf");
	csv_write_row(out, columns, COLUMNS);
}

enum status lines_export(const struct dialogue_source *source, struct buffer *out, struct error *error)
{
	struct arena *arena = arena_new(0);
	struct json_node *root = NULL;
	enum status status = json_tree_parse(source->text, source->length, arena, &root, error);

	if (status == STATUS_OK) {
		struct text_places list = texts_of(source->text, root, arena);

		for (size_t i = 0; i < list.count; i++) {
			const struct text_place *place = &list.places[i];
			char check[TEXT_CHECK_SIZE];
			const char *const fields[COLUMNS] = {
				[FILE_NAME] = source->file,
				[POINTER] = place->pointer,
				[KIND] = place->kind,
				[ID] = place->id,
				[PART] = place->part,
				[VARIANT] = place->variant ? place->variant : "",
				[VOICE] = place->voice,
				[TEXT] = place->text,
				[CHECK] = check,
			};

			text_check(place->text, check);
			csv_write_row(out, fields, COLUMNS);
		}
	}
	arena_free(arena);
	return status;
}

struct sheet_row {
	const char *fields[COLUMNS]; /* NULL: the table has no such column */
	unsigned line;
};

struct lines_sheet {
	const char *name;
	struct sheet_row *rows;
	size_t count;
	const char **files;
	size_t file_count;
};

static bool find_columns(const struct csv_row *head, size_t at[COLUMNS])
{
	for (int column = 0; column < COLUMNS; column++) {
		at[column] = 0;
		while (at[column] < head->count && strcmp(head->fields[at[column]], columns[column]) != 0)
			at[column]++;
	}
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (at[needed[i]] == head->count)
			return false;
	return true;
}

static void keep_file(struct lines_sheet *sheet, const char *file)
{
	for (size_t i = 0; i < sheet->file_count; i++)
		if (strcmp(sheet->files[i], file) == 0)
			return;
	sheet->files[sheet->file_count++] = file;
}

/* Programs leave fields out at the end of a row when they are empty. */
static void keep_row(struct lines_sheet *sheet, const struct csv_row *from, const size_t at[COLUMNS], size_t width)
{
	struct sheet_row *row = &sheet->rows[sheet->count++];

	row->line = from->line;
	for (int column = 0; column < COLUMNS; column++)
		if (at[column] < width)
			row->fields[column] = at[column] < from->count ? from->fields[at[column]] : "";
	keep_file(sheet, row->fields[FILE_NAME]);
}

static bool is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->fields[i][0] != '\0')
			return false;
	return true;
}

enum status lines_read(const char *name, const char *text, size_t length, struct arena *arena, struct lines_sheet **out,
	struct error *error)
{
	struct lines_sheet *sheet = arena_alloc(arena, sizeof *sheet);
	struct csv_table table = {NULL, 0};
	size_t at[COLUMNS];
	enum status status = csv_read(text, length, arena, &table, error);

	if (status != STATUS_OK)
		return status;
	if (table.count == 0 || !find_columns(&table.rows[0], at))
		return error_set(error, STATUS_INVALID, "no_columns",
			"1: The first row has to name the columns, with file, pointer, id and text among them. Use a "
			"table "
			"that \"askwell lines export\" wrote.");
	sheet->name = arena_text(arena, name);
	sheet->rows = arena_array(arena, table.count, sizeof *sheet->rows);
	sheet->files = arena_array(arena, table.count, sizeof *sheet->files);
	for (size_t i = 1; i < table.count; i++)
		if (!is_empty(&table.rows[i]))
			keep_row(sheet, &table.rows[i], at, table.rows[0].count);
	*out = sheet;
	return STATUS_OK;
}

const char *const *lines_files(const struct lines_sheet *sheet, size_t *count)
{
	*count = sheet->file_count;
	return sheet->files;
}

static void refuse(const struct lines_sheet *sheet, const struct sheet_row *row, struct findings *findings,
	const char *code, const char *remedy, const char *format, ...) PRINTF_LIKE(6, 7);

static void refuse(const struct lines_sheet *sheet, const struct sheet_row *row, struct findings *findings,
	const char *code, const char *remedy, const char *format, ...)
{
	char reason[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	if (!utf8_valid(reason, strlen(reason))) /* cut inside a character */
		snprintf(reason, sizeof reason, "This row cannot be followed.");
	findings_add(findings, &(struct finding){.code = code,
				       .severity = FINDING_ERROR,
				       .file = sheet->name,
				       .line = row->line,
				       .column = 1,
				       .path = row->fields[POINTER],
				       .reason = reason,
				       .remedy = remedy});
}

void lines_refuse_file(const struct lines_sheet *sheet, const char *file, const char *reason, struct findings *findings)
{
	for (size_t i = 0; i < sheet->count; i++)
		if (strcmp(sheet->rows[i].fields[FILE_NAME], file) == 0) {
			refuse(sheet, &sheet->rows[i], findings, "C001",
				"Name the dialogues folder that the table was exported from, and keep the column "
				"\"file\".",
				"%s", reason);
			return;
		}
}

struct import {
	const struct lines_sheet *sheet;
	struct text_places places;
	struct arena *arena;
	struct findings *findings;
	const char **after; /* the new text of each place, or NULL */
	bool *moved;
};

static bool says(const struct sheet_row *row, enum column column)
{
	return row->fields[column] && row->fields[column][0] != '\0';
}

/* A column that is not there, or empty, asks for nothing. */
static bool agrees(const struct sheet_row *row, enum column column, const char *value)
{
	return !says(row, column) || strcmp(row->fields[column], value ? value : "") == 0;
}

static bool is_owner(const struct sheet_row *row, const struct text_place *place)
{
	return strcmp(row->fields[ID], place->id) == 0 && agrees(row, PART, place->part) &&
	       agrees(row, KIND, place->kind);
}

/* The text is still the one that was exported; true of a row that does not say. */
static bool is_unchanged(const struct sheet_row *row, const struct text_place *place)
{
	char check[TEXT_CHECK_SIZE];

	if (!says(row, CHECK))
		return true;
	text_check(place->text, check);
	return strcmp(row->fields[CHECK], check) == 0;
}

/* Without the check of the exported text only its number is left to know it by. */
static bool is_same(const struct sheet_row *row, const struct text_place *place)
{
	return says(row, CHECK) ? is_unchanged(row, place) : says(row, VARIANT) && agrees(row, VARIANT, place->variant);
}

struct search {
	const struct text_place *at;    /* where the row points */
	const struct text_place *moved; /* the last that it may mean elsewhere */
	size_t candidates, owners;
	bool done; /* its text is there already */
};

static struct search search(const struct import *import, const struct sheet_row *row)
{
	struct search found = {0};

	for (size_t i = 0; i < import->places.count; i++) {
		const struct text_place *place = &import->places.places[i];

		if (!is_owner(row, place))
			continue;
		found.owners++;
		found.done = found.done || strcmp(place->text, row->fields[TEXT]) == 0;
		if (strcmp(place->pointer, row->fields[POINTER]) == 0 && is_unchanged(row, place))
			found.at = place;
		if (is_same(row, place)) {
			found.moved = place;
			found.candidates++;
		}
	}
	return found;
}

static bool is_usable(const struct import *import, const struct sheet_row *row)
{
	const char *text = row->fields[TEXT];

	if (utf8_blank(text, strlen(text)))
		refuse(import->sheet, row, import->findings, "C005",
			"Write a text; what is to go has to be taken out of the file itself.", "The text is empty.");
	else if (utf8_has_control(text, strlen(text)))
		refuse(import->sheet, row, import->findings, "C006", "Take them out.",
			"The text holds control characters.");
	else
		return true;
	return false;
}

static void take(struct import *import, const struct sheet_row *row, const struct text_place *place, bool moved)
{
	size_t index = (size_t)(place - import->places.places);
	const char **after = &import->after[index];

	if (*after && strcmp(*after, row->fields[TEXT]) != 0) {
		refuse(import->sheet, row, import->findings, "C007", "Keep one of the two.",
			"An earlier row gives the same place another text.");
		return;
	}
	*after = row->fields[TEXT];
	import->moved[index] = moved;
}

static void apply_row(struct import *import, const struct sheet_row *row)
{
	char check[TEXT_CHECK_SIZE];
	struct search found;

	text_check(row->fields[TEXT], check);
	if (says(row, CHECK) && strcmp(check, row->fields[CHECK]) == 0)
		return; /* not edited */
	found = search(import, row);
	if (!is_usable(import, row))
		return;
	if (found.at)
		take(import, row, found.at, false);
	else if (found.candidates == 1)
		take(import, row, found.moved, true);
	else if (found.candidates > 1)
		refuse(import->sheet, row, import->findings, "C004", "Export the table again and edit that one.",
			"The text of \"%.64s\" stands in several places, and none of them is this one.",
			row->fields[ID]);
	else if (found.owners == 0)
		refuse(import->sheet, row, import->findings, "C002",
			"It was renamed or taken out: export the table again.",
			"There is no \"%.64s\" with such a text.", row->fields[ID]);
	else if (!found.done)
		refuse(import->sheet, row, import->findings, "C003",
			"Export the table again and carry your wording over.",
			"The text of \"%.64s\" was changed in the file after the table was written.", row->fields[ID]);
}

static void write_changes(struct import *import, const struct dialogue_source *source, struct lines_result *out)
{
	struct lines_change *changes = arena_array(import->arena, import->places.count, sizeof *changes);
	struct buffer text = {0};
	struct json_out json;
	size_t at = 0;

	for (size_t i = 0; i < import->places.count; i++) {
		const struct text_place *place = &import->places.places[i];
		unsigned column = 0;

		if (!import->after[i] || strcmp(import->after[i], place->text) == 0)
			continue;
		buffer_add(&text, source->text + at, place->node->start - at);
		json_out_init(&json, &text);
		json_out_text(&json, import->after[i]);
		at = place->node->end;
		changes[out->count] = (struct lines_change){
			place->id, place->pointer, place->text, import->after[i], 0, import->moved[i]};
		json_place_of_offset(
			source->text, source->length, place->node->start, &changes[out->count].line, &column);
		out->count++;
	}
	buffer_add(&text, source->text + at, source->length - at);
	out->changes = changes;
	out->text = arena_copy(import->arena, text.data, text.length);
	out->length = text.length;
	buffer_clear(&text);
}

enum status lines_apply(const struct lines_sheet *sheet, const struct dialogue_source *source, struct arena *arena,
	struct findings *findings, struct lines_result *out, struct error *error)
{
	struct import import = {.sheet = sheet, .arena = arena, .findings = findings};
	struct json_node *root = NULL;
	enum status status = json_tree_parse(source->text, source->length, arena, &root, error);

	*out = (struct lines_result){0};
	if (status != STATUS_OK)
		return status;
	import.places = texts_of(source->text, root, arena);
	import.after = arena_array(arena, import.places.count, sizeof *import.after);
	import.moved = arena_array(arena, import.places.count, sizeof *import.moved);
	for (size_t i = 0; i < sheet->count; i++)
		if (strcmp(sheet->rows[i].fields[FILE_NAME], source->file) == 0)
			apply_row(&import, &sheet->rows[i]);
	write_changes(&import, source, out);
	return STATUS_OK;
}

struct line {
	const char *start;
	size_t length; /* with its line end */
};

static struct line next_line(const char **at, const char *end)
{
	const char *start = *at, *stop = memchr(start, '\n', (size_t)(end - start));

	*at = stop ? stop + 1 : end;
	return (struct line){start, (size_t)(*at - start)};
}

static void add_lines(struct buffer *out, char sign, const char *from, const char *to)
{
	while (from < to) {
		struct line line = next_line(&from, to);

		buffer_char(out, sign);
		buffer_add(out, line.start, line.length);
		if (line.start[line.length - 1] != '\n')
			buffer_text(out, "\n\\ No newline at end of file\n");
	}
}

void lines_diff(const struct dialogue_source *before, const struct lines_result *after, struct buffer *out)
{
	const char *old = before->text, *old_end = old + before->length;
	const char *new = after->text, *new_end = new + after->length;
	const char *old_start = NULL, *new_start = NULL;
	unsigned number = 1, first = 0;

	if (after->count == 0)
		return;
	buffer_format(out, "--- %s\n+++ %s\n", before->file, before->file);
	while (old < old_end || new < new_end || old_start) {
		const char *old_at = old, *new_at = new;
		struct line one = next_line(&old, old_end), other = next_line(&new, new_end);
		bool same = one.length == other.length && memcmp(one.start, other.start, one.length) == 0;

		if (!same && !old_start) {
			old_start = old_at;
			new_start = new_at;
			first = number;
		}
		if (same && old_start) {
			buffer_format(out, "@@ -%u,%u +%u,%u @@\n", first, number - first, first, number - first);
			add_lines(out, '-', old_start, old_at);
			add_lines(out, '+', new_start, new_at);
			old_start = NULL;
		}
		number++;
	}
}
