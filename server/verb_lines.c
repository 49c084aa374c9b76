/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/csv.h"
#include "askwell/file.h"
#include "askwell/library.h"
#include "askwell/lines.h"

#include <stdio.h>
#include <string.h>

static const char about[] =
	"Everything in a case that is language, as a table (CSV) for people who review or translate it with a\n"
	"spreadsheet program, and back.\n"
	"  askwell lines export ID    write the table\n"
	"  askwell lines import FILE  show what an edited table changes; --write changes the files\n"
	"\"askwell lines export --help\" and \"askwell lines import --help\" explain each.";

static const char about_export[] =
	"Writes one row for each text of the case, fragment, temperament or model ID: lines, topic words, samples\n"
	"and near-misses, feedback, endings, the brief. Edit the column \"text\" and leave the others as they are.\n"
	"With --all, the texts of everything that a case is made of: its fragments, temperament and model too.";

static const char about_import[] =
	"Shows, as a comparison of lines, what the edited texts of a table change in the files it was written\n"
	"from; with --write the files are changed. Nothing else in them is. Rows that were not edited ask for\n"
	"nothing, even if the file went on since. A row whose text is no longer where it was is followed by its\n"
	"id; where that is not certain it is left out and reported.\n"
	"Exit status: 0 done, 1 rows were left out, 2 wrong usage, 3 could not read or write.";

static int failed(const struct error *error)
{
	fprintf(stderr, "askwell: %s [%s]\n", error->text, error->key);
	return 3;
}

/* The file with that id, as the library knows it; a case goes before a part of the same name. */
static const char *find_file(const struct library *library, const char *id)
{
	const char *found = NULL;

	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file file;

		library_file_at(library, i, &file);
		if (!file.id || file.kind == DIALOGUE_KIND_PACK || strcmp(file.id, id) != 0)
			continue;
		if (!found || file.kind == DIALOGUE_KIND_SCRIPT)
			found = file.file;
	}
	return found;
}

static enum status read_source(
	const char *folder, const char *file, struct arena *arena, struct dialogue_source *out, struct error *error)
{
	struct buffer text = {0};
	enum status status = file_read(arena_format(arena, "%s/%s", folder, file), DIALOGUE_SOURCE_MAX, &text, error);

	if (status == STATUS_OK)
		*out = (struct dialogue_source){
			file, arena_copy(arena, text.data ? text.data : "", text.length), text.length};
	buffer_clear(&text);
	return status;
}

static enum status add_file(
	const char *folder, const char *file, struct arena *arena, struct buffer *out, struct error *error)
{
	struct dialogue_source source;
	struct error reason = {0};
	enum status status = read_source(folder, file, arena, &source, error);

	if (status != STATUS_OK)
		return status;
	status = lines_export(&source, out, &reason);
	return status == STATUS_OK ? status : error_set(error, status, reason.key, "%s:%s", file, reason.text);
}

struct export
{
	const char *dialogues, *id;
	bool all;
};

static enum status export_table(const struct export *export, struct buffer *out, struct error *error)
{
	const struct library_options options = {.unusable_too = true};
	struct arena *arena = arena_new(0);
	struct library *library = NULL;
	const struct dialogue *dialogue;
	const char *file = NULL;
	enum status status = library_load(export->dialogues, &options, NULL, &library, error);

	if (status != STATUS_OK)
		goto out;
	file = find_file(library, export->id);
	if (!file) {
		status = error_set(error, STATUS_NOT_FOUND, "file_not_found",
			"Nothing in %s has the id \"%s\". \"askwell play\" lists the cases.", export->dialogues,
			export->id);
		goto out;
	}
	lines_export_head(out);
	status = add_file(export->dialogues, file, arena, out, error);
	dialogue = export->all ? library_find(library, export->id) : NULL;
	for (unsigned i = 1; status == STATUS_OK && dialogue && dialogue_source_at(dialogue, i); i++)
		status = add_file(export->dialogues, dialogue_source_at(dialogue, i)->file, arena, out, error);
out:
	library_release(library);
	arena_free(arena);
	return status;
}

static int run_export(int argc, char **argv)
{
	struct export export = {.dialogues = folders_dialogues()};
	const char *csv = NULL;
	const struct option options[] = {
		{"csv", OPTION_TEXT, &csv, 0, 0, "FILE", "instead of standard output"},
		{"all", OPTION_SWITCH, &export.all, 0, 0, NULL, "what the case is made of as well"},
		{"dialogues", OPTION_TEXT, &export.dialogues, 0, 0, "FOLDER",
			"cases, models, temperaments, language packs"},
	};
	const struct usage usage = {
		"askwell lines export [OPTIONS] ID", about_export, options, sizeof options / sizeof *options, 1, 1};
	struct buffer text = {0};
	struct error error = {0};
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	export.id = argv[0];
	status = export_table(&export, &text, &error);
	if (status == STATUS_OK && csv)
		status = file_replace(csv, text.data, text.length, &error);
	else if (status == STATUS_OK)
		fwrite(text.data, 1, text.length, stdout);
	buffer_clear(&text);
	return status == STATUS_OK ? 0 : failed(&error);
}

struct import {
	const char *dialogues, *table;
	bool write;
	struct arena *arena;
	struct lines_sheet *sheet;
	struct findings *findings;
	size_t changes, files;
};

/* The table may come from anywhere: only what lies in the folder is opened. */
static bool is_inside(const char *file)
{
	size_t length = strlen(file);

	return *file != '/' && strncmp(file, "../", 3) != 0 && !strstr(file, "/../") && length > 5 &&
	       strcmp(file + length - 5, ".json") == 0;
}

static enum status import_file(struct import *import, const char *file, struct error *error)
{
	struct dialogue_source source;
	struct lines_result result;
	struct buffer diff = {0};
	struct error reason = {0};
	enum status status = STATUS_OK;

	if (!is_inside(file)) {
		lines_refuse_file(
			import->sheet, file, "The column \"file\" names no JSON file of the folder.", import->findings);
		return STATUS_OK;
	}
	if (read_source(import->dialogues, file, import->arena, &source, &reason) != STATUS_OK) {
		lines_refuse_file(import->sheet, file, reason.text, import->findings);
		return STATUS_OK;
	}
	if (lines_apply(import->sheet, &source, import->arena, import->findings, &result, &reason) != STATUS_OK)
		return error_set(error, STATUS_INVALID, reason.key, "%s:%s", file, reason.text);
	lines_diff(&source, &result, &diff);
	if (diff.length)
		fwrite(diff.data, 1, diff.length, stdout);
	buffer_clear(&diff);
	for (size_t i = 0; i < result.count; i++)
		if (result.changes[i].moved)
			fprintf(stderr, "%s:%u: the text of \"%s\" has moved to %s and was followed.\n", file,
				result.changes[i].line, result.changes[i].id, result.changes[i].pointer);
	import->changes += result.count;
	import->files += result.count > 0;
	if (import->write && result.count > 0)
		status = file_replace(arena_format(import->arena, "%s/%s", import->dialogues, file), result.text,
			result.length, error);
	return status;
}

static enum status read_table(struct import *import, struct error *error)
{
	struct buffer text = {0};
	struct error reason = {0};
	enum status status = file_read(import->table, CSV_MAX, &text, error);

	if (status == STATUS_OK) {
		status = lines_read(
			import->table, text.data ? text.data : "", text.length, import->arena, &import->sheet, &reason);
		if (status != STATUS_OK)
			(void)error_set(error, status, reason.key, "%s:%s", import->table, reason.text);
	}
	buffer_clear(&text);
	return status;
}

static enum status import_table(struct import *import, struct error *error)
{
	struct buffer found = {0};
	size_t count = 0;
	enum status status = read_table(import, error);
	const char *const *files = status == STATUS_OK ? lines_files(import->sheet, &count) : NULL;

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = import_file(import, files[i], error);
	for (size_t i = 0; i < findings_count(import->findings); i++)
		finding_print(findings_at(import->findings, i), &found);
	if (found.length)
		fputs(found.data, stderr);
	buffer_clear(&found);
	if (status == STATUS_OK)
		fprintf(stderr, "askwell: %zu text%s in %zu file%s %s, %zu row%s left out.%s\n", import->changes,
			import->changes == 1 ? "" : "s", import->files, import->files == 1 ? "" : "s",
			import->write ? "changed" : "would change", findings_count(import->findings),
			findings_count(import->findings) == 1 ? "" : "s",
			import->write || import->changes == 0 ? "" : " --write changes the files.");
	return status;
}

static int run_import(int argc, char **argv)
{
	struct import import = {.dialogues = folders_dialogues()};
	const struct option options[] = {
		{"write", OPTION_SWITCH, &import.write, 0, 0, NULL, "change the files"},
		{"dialogues", OPTION_TEXT, &import.dialogues, 0, 0, "FOLDER", "where the files are"},
	};
	const struct usage usage = {
		"askwell lines import [OPTIONS] FILE", about_import, options, sizeof options / sizeof *options, 1, 1};
	struct error error = {0};
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	import.table = argv[0];
	import.arena = arena_new(0);
	import.findings = findings_new();
	status = import_table(&import, &error);
	result = findings_count(import.findings) > 0 ? 1 : 0;
	findings_free(import.findings);
	arena_free(import.arena);
	return status == STATUS_OK ? result : failed(&error);
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} parts[] = {{"export", run_export}, {"import", run_import}};

int verb_lines(int argc, char **argv)
{
	static const struct usage usage = {"askwell lines export ID | import FILE [OPTIONS]", about, NULL, 0, 1, 1};

	for (size_t i = 0; argc > 0 && i < sizeof parts / sizeof *parts; i++)
		if (strcmp(argv[0], parts[i].name) == 0)
			return parts[i].run(argc - 1, argv + 1);
	if (argc > 0 && argv[0][0] != '-') {
		fprintf(stderr, "askwell: lines knows export and import, not \"%s\".\n", argv[0]);
		return 2;
	}
	return options_exit(options_parse(&usage, argc, argv));
}
