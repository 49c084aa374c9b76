/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/clock.h"
#include "askwell/file.h"
#include "askwell/history.h"
#include "askwell/json_out.h"
#include "askwell/memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
	"Lists the versions of scripts that conversations were held with, and how many of them are still open: an\n"
	"edit leaves those on the version that they began with. ID names one script.\n"
	"With --roll-back HASH the script of that version takes the place of today's: without --write you see which\n"
	"file would change, with it the file is replaced and a running server takes it up. Model, temperament and\n"
	"fragments belong to other scripts too and stay as they are; where they differ from then, it says so.";

struct report {
	const char *data, *dialogues, *script, *hash;
	bool json, write;
	struct library *library;
	struct store_reader *reader;
	struct arena *arena;
	struct history history;
};

static bool is_wanted(const struct report *report, const struct history_version *version)
{
	return !report->script || strcmp(report->script, version->script) == 0;
}

static void print_row(const struct history_version *version)
{
	char first[CLOCK_TEXT_SIZE], last[CLOCK_TEXT_SIZE];

	clock_format(version->first_ms, first);
	clock_format(version->last_ms, last);
	printf("%-28s %.12s  %5zu held, %4zu open  %.10s to %.10s%s\n", version->script, version->hash,
		version->conversations, version->open, first, last,
		version->current ? "  in service"
		: version->file  ? ""
				 : "  not in the folder");
}

static void print_table(const struct report *report)
{
	size_t shown = 0, stranded = 0;

	for (size_t i = 0; i < report->history.count; i++) {
		const struct history_version *version = &report->history.versions[i];

		if (!is_wanted(report, version))
			continue;
		print_row(version);
		shown++;
		stranded += version->current ? 0 : version->open;
	}
	if (!shown)
		puts(report->script ? "No conversation was held with this script." : "No conversation was held yet.");
	else
		printf("%zu open conversation%s on versions that are not in service; they go on with their own.\n",
			stranded, stranded == 1 ? " is" : "s are");
}

static void print_json(const struct report *report)
{
	struct buffer out = {0};
	struct json_out json;

	json_out_init(&json, &out);
	json_out_array(&json);
	for (size_t i = 0; i < report->history.count; i++) {
		const struct history_version *version = &report->history.versions[i];
		char first[CLOCK_TEXT_SIZE], last[CLOCK_TEXT_SIZE];

		if (!is_wanted(report, version))
			continue;
		clock_format(version->first_ms, first);
		clock_format(version->last_ms, last);
		json_out_object(&json);
		json_out_put_text(&json, "script", version->script);
		json_out_put_text(&json, "version", version->hash);
		json_out_put_integer(&json, "conversations", (int64_t)version->conversations);
		json_out_put_integer(&json, "open", (int64_t)version->open);
		json_out_put_text(&json, "first", first);
		json_out_put_text(&json, "last", last);
		json_out_put_boolean(&json, "in_service", version->current);
		json_out_put_text(&json, "file", version->file);
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	puts(out.data);
	buffer_clear(&out);
}

/* The file whose text is replaced: today's of the same script. */
static enum status target_of(const struct report *report, char path[PATH_MAX], struct error *error)
{
	const char *file = NULL;
	size_t length = strlen(report->hash);

	for (size_t i = 0; i < report->history.count; i++)
		if (strncmp(report->history.versions[i].hash, report->hash, length) == 0)
			file = report->history.versions[i].file;
	if (!file)
		return error_set(error, STATUS_NOT_FOUND, "script_not_in_folder",
			"The dialogues folder has no script of this id in service, so there is nothing to roll back. "
			"Mend it first, or put the text into a file yourself: \"askwell versions --roll-back\" "
			"without --write prints it.");
	(void)snprintf(path, PATH_MAX, "%s/%s", report->dialogues, file);
	return STATUS_OK;
}

static enum status roll_back(const struct report *report, struct error *error)
{
	struct history_part *parts = NULL;
	size_t count = 0;
	char path[PATH_MAX];
	enum status status = history_parts(
		report->reader, report->library, &report->history, report->hash, report->arena, &parts, &count, error);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 1; i < count; i++)
		if (!parts[i].now)
			fprintf(stderr, "note: the %s of that version is not the one in the folder today.\n",
				parts[i].name);
	if (parts[0].now) {
		printf("%s has this text already.\n", parts[0].now);
		return STATUS_OK;
	}
	status = target_of(report, path, error);
	if (status != STATUS_OK) {
		(void)fwrite(parts[0].text, 1, parts[0].length, stdout);
		return status;
	}
	if (!report->write) {
		printf("%s would be replaced; add --write to do it.\n", path);
		return STATUS_OK;
	}
	status = file_replace(path, parts[0].text, parts[0].length, error);
	if (status == STATUS_OK)
		printf("%s has the text of version %.12s again.\n", path, report->hash);
	return status;
}

static enum status run(struct report *report, struct error *error)
{
	const struct library_options options = {.on_demand = true};
	enum status status = store_reader_open(report->data, &report->reader, error);

	if (status == STATUS_OK)
		status = library_load(report->dialogues, &options, NULL, &report->library, error);
	if (status == STATUS_OK)
		status = history_read(report->reader, report->library, report->arena, &report->history, error);
	if (status == STATUS_OK && report->hash)
		status = roll_back(report, error);
	else if (status == STATUS_OK && report->json)
		print_json(report);
	else if (status == STATUS_OK)
		print_table(report);
	return status;
}

int verb_versions(int argc, char **argv)
{
	struct report report = {.data = folders_data(), .dialogues = folders_dialogues()};
	struct error error = {0};
	enum status status;
	int result;
	const struct option options[] = {
		{"roll-back", OPTION_TEXT, &report.hash, 0, 0, "HASH", "the version to go back to"},
		{"write", OPTION_SWITCH, &report.write, 0, 0, NULL, "replace the file"},
		{"data", OPTION_TEXT, &report.data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &report.dialogues, 0, 0, "FOLDER", "the scripts of today"},
		{"json", OPTION_SWITCH, &report.json, 0, 0, NULL, "the list as one JSON array"},
	};
	const struct usage usage = {
		"askwell versions [OPTIONS] [ID]", about, options, sizeof options / sizeof *options, 0, 1};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	report.script = result == 1 ? argv[0] : NULL;
	report.arena = arena_new(0);
	status = run(&report, &error);
	store_reader_close(report.reader);
	library_release(report.library);
	arena_free(report.arena);
	if (status == STATUS_OK)
		return 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return status == STATUS_NOT_FOUND || status == STATUS_INVALID ? 1 : 3;
}
