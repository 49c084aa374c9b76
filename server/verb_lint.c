/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "lint_messages.h"
#include "messages.h"
#include "options.h"
#include "verbs.h"

#include "askwell/library.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char about[] =
	"Checks dialogue scripts, models, temperaments and language packs, and prints everything that is\n"
	"wrong at once: file:line:column, code, path, reason, remedy. PATH is a file or a whole dialogues\n"
	"folder. A single file is checked together with the models, temperaments and packs of --dialogues.\n"
	"With --strict, language packs are also asked what they could do without: cues that change nothing and\n"
	"patterns that no sample needs.\n"
	"With --messages, PATH is a language pack (the English one if there is none), and the answer is how often\n"
	"each of its rules, defaults and cues held and won on the messages of FILE, those that never did first.\n"
	"FILE has JSON lines {\"text\", \"coachee\", \"mode\"}.\n"
	"Exit status: 0 nothing wrong (warnings allowed), 1 errors found, 2 wrong usage, 3 could not check.";

struct lint {
	const char *dialogues;
	bool json, quiet, strict;
	struct findings *findings;
	size_t files;
};

static bool is_folder(const char *path)
{
	struct stat about_path;

	return stat(path, &about_path) == 0 && S_ISDIR(about_path.st_mode);
}

/* The nearest folder above (or at) `path` that holds language packs is the dialogues folder it belongs to. */
static bool find_root(const char *path, char root[PATH_MAX])
{
	char packs[PATH_MAX + 16];

	if (!realpath(path, root))
		return false;
	for (;;) {
		char *slash;

		snprintf(packs, sizeof packs, "%s/techniques", root);
		if (is_folder(packs))
			return true;
		slash = strrchr(root, '/');
		if (!slash || slash == root)
			return false;
		*slash = '\0';
	}
}

static bool is_pack(const char *file)
{
	const char *slash = strrchr(file, '/');
	static const char folder[] = "techniques";
	size_t length = sizeof folder - 1;

	return slash != NULL && (size_t)(slash - file) >= length && strncmp(slash - length, folder, length) == 0;
}

static void review(struct lint *lint, const struct library_file *file, const char *path)
{
	struct technique_pack *pack = findings_errors(file->findings) == 0 ? messages_pack(path) : NULL;

	if (pack != NULL)
		technique_pack_review(pack, file->file, lint->findings);
	technique_pack_release(pack);
}

/* The findings of what lies at or below `path`. */
static void collect(struct lint *lint, const struct library *library, const char *root, const char *path)
{
	char wanted[PATH_MAX], place[PATH_MAX * 2], real[PATH_MAX];

	if (!realpath(path, wanted))
		return;
	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file file;
		size_t length = strlen(wanted);

		library_file_at(library, i, &file);
		snprintf(place, sizeof place, "%s/%s", root, file.file);
		if (!realpath(place, real) && !realpath(file.file, real))
			continue;
		if (strncmp(real, wanted, length) != 0 || (real[length] && real[length] != '/'))
			continue;
		findings_append(lint->findings, file.findings);
		lint->files++;
		if (lint->strict && is_pack(real))
			review(lint, &file, real);
	}
}

static enum status lint_path(struct lint *lint, const char *path, struct error *error)
{
	struct library_options options = {.thorough = true, .unusable_too = true};
	struct library *library = NULL;
	struct stat about_path;
	char root[PATH_MAX];
	enum status status;

	if (stat(path, &about_path) != 0)
		return error_set(error, STATUS_NOT_FOUND, "file_not_found", "There is no %s.", path);
	if (!find_root(path, root)) {
		snprintf(root, sizeof root, "%s", lint->dialogues);
		if (is_folder(path))
			return error_set(error, STATUS_INVALID, "not_a_dialogues_folder",
				"%s is not part of a dialogues folder: there is no techniques/ in it or above it. Name "
				"single files, or "
				"the whole folder.",
				path);
		options.draft = path;
	}
	status = library_load(root, &options, NULL, &library, error);
	size_t before = lint->files;
	if (status == STATUS_OK)
		collect(lint, library, root, path);
	if (status == STATUS_OK && S_ISREG(about_path.st_mode) && lint->files == before)
		status = error_set(error, STATUS_INVALID, "file_not_read",
			"Askwell does not read %s: the name of a script ends in .json (and not in .json.txt).", path);
	library_release(library);
	return status;
}

static void print_findings(const struct lint *lint)
{
	struct buffer out = {0};
	size_t count = findings_count(lint->findings), errors = findings_errors(lint->findings);

	if (lint->json)
		buffer_char(&out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = findings_at(lint->findings, i);

		if (lint->quiet && finding->severity != FINDING_ERROR)
			continue;
		if (!lint->json) {
			finding_print(finding, &out);
			continue;
		}
		if (out.length > 1)
			buffer_text(&out, ",\n ");
		finding_json(finding, &out);
	}
	if (lint->json)
		buffer_text(&out, "]\n");
	else
		buffer_format(&out, "%zu file%s checked: %zu error%s, %zu warning%s\n", lint->files,
			lint->files == 1 ? "" : "s", errors, errors == 1 ? "" : "s", count - errors,
			count - errors == 1 ? "" : "s");
	fputs(out.data, stdout);
	buffer_clear(&out);
}

int verb_lint(int argc, char **argv)
{
	struct lint lint = {.dialogues = folders_dialogues()};
	struct error error = {0};
	enum status status = STATUS_OK;
	int result;
	bool failed;
	const char *messages = NULL;
	const struct option options[] = {
		{"dialogues", OPTION_TEXT, &lint.dialogues, 0, 0, "FOLDER",
			"models, temperaments and packs for single files"},
		{"json", OPTION_SWITCH, &lint.json, 0, 0, NULL, "findings as one JSON array"},
		{"errors-only", OPTION_SWITCH, &lint.quiet, 0, 0, NULL, "do not print warnings"},
		{"strict", OPTION_SWITCH, &lint.strict, 0, 0, NULL, "exit status 1 for warnings too, and more of them"},
		{"messages", OPTION_TEXT, &messages, 0, 0, "FILE", "count what of a pack holds and wins on these"},
	};
	const struct usage usage = {"askwell lint [OPTIONS] PATH..., or askwell lint --messages FILE [PACK]", about,
		options, sizeof options / sizeof *options, 0, 10000};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	if (messages != NULL && result <= 1)
		return lint_messages(messages, result == 1 ? argv[0] : NULL, lint.json);
	if (messages != NULL || result == 0) {
		fprintf(stderr, "askwell: usage: %s\n", usage.line);
		return 2;
	}
	lint.findings = findings_new();
	for (int i = 0; i < result && status == STATUS_OK; i++)
		status = lint_path(&lint, argv[i], &error);
	findings_sort(lint.findings);
	if (status == STATUS_OK)
		print_findings(&lint);
	failed = findings_errors(lint.findings) > 0 || (lint.strict && findings_count(lint.findings) > 0);
	findings_free(lint.findings);
	if (status == STATUS_OK)
		return failed ? 1 : 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
