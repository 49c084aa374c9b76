/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/disputes.h"

#include <stdio.h>
#include <string.h>

static const char about[] = "Labels that trainees see differently, for trainers. Works beside a running server.\n\n"
			    "  list      those that wait for a ruling, oldest first\n"
			    "  rule      say what a label should have been, and why\n"
			    "  export    rulings as labelled test lines\n\n"
			    "\"askwell disputes list --help\" explains each.";

static const char about_list[] =
	"Shows the labels that trainees see differently, oldest first: what was said before, the message with the\n"
	"words of the label in square brackets, the label with its rule and reason, and the trainee's view.";

static const char about_rule[] =
	"Rules on one dispute. ID is as \"askwell disputes list\" shows it, or as much of its beginning or end as is\n"
	"unique. LABEL is a technique's id (open_question) or its name (\"Open question\"). The trainee sees the "
	"ruling\n"
	"and its reason in the margin; the label that was shown, the conversation and its figures stay as they are.\n"
	"A ruling is final.";

static const char about_export[] =
	"Writes each message that was ruled on as a test line of JSON: {\"text\", \"coachee\", \"mode\", \"before\", "
	"\"labels\",\n\"primary\", \"form\", \"why\"}, where \"before\" is the trainee's message before it. Lines like "
	"these "
	"show whether\nlater rules would do better. They hold what trainees typed: look through them before passing "
	"them on.";

static int failed(const struct error *error)
{
	fprintf(stderr, "askwell: %s [%s]\n", error->text, error->key);
	return error->status == STATUS_INVALID || error->status == STATUS_TOO_LARGE ? 2 : 3;
}

static int print(const struct buffer *text, const char *path)
{
	FILE *file = path ? fopen(path, "wb") : stdout;
	bool written;

	if (!file) {
		fprintf(stderr, "askwell: cannot write %s. Choose another --out.\n", path);
		return 3;
	}
	written = text->length == 0 || fwrite(text->data, 1, text->length, file) == text->length;
	if ((path ? fclose(file) : fflush(file)) != 0 || !written) {
		fprintf(stderr, "askwell: could not write all of %s. Is the disk full?\n", path ? path : "the output");
		return 3;
	}
	return 0;
}

static int run_list(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = folders_dialogues();
	bool all = false, json = false;
	const struct option options[] = {
		{"all", OPTION_SWITCH, &all, 0, 0, NULL, "also those that were ruled on"},
		{"json", OPTION_SWITCH, &json, 0, 0, NULL, "one JSON object a line, for programs"},
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
	};
	const struct usage usage = {
		"askwell disputes list [OPTIONS]", about_list, options, sizeof options / sizeof *options, 0, 0};
	struct buffer text = {0};
	struct error error = {0};
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	if (disputes_list(data, dialogues, all, json, &text, &error) != STATUS_OK)
		result = failed(&error);
	else
		result = print(&text, NULL);
	if (result == 0 && text.length == 0 && !json)
		puts(all ? "No label has been seen differently." : "No dispute waits for a ruling.");
	buffer_clear(&text);
	return result;
}

static int run_rule(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = folders_dialogues();
	struct disputes_ruling ruling = {0};
	const struct option options[] = {
		{"why", OPTION_TEXT, &ruling.why, 0, 0, "TEXT", "the reason, for the trainee to read (needed)"},
		{"by", OPTION_TEXT, &ruling.by, 0, 0, "NAME", "who rules, if the trainee is to know"},
		{"form", OPTION_TEXT, &ruling.form, 0, 0, "FORM", "open, closed or none (what goes with LABEL)"},
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
	};
	const struct usage usage = {"askwell disputes rule ID LABEL --why TEXT [OPTIONS]", about_rule, options,
		sizeof options / sizeof *options, 2, 2};
	struct buffer text = {0};
	struct error error = {0};
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	ruling.id = argv[0];
	ruling.technique = argv[1];
	if (disputes_rule(data, dialogues, &ruling, &text, &error) != STATUS_OK)
		result = failed(&error);
	else
		result = print(&text, NULL);
	buffer_clear(&text);
	return result;
}

static int run_export(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = folders_dialogues(), *path = NULL;
	const struct option options[] = {
		{"out", OPTION_TEXT, &path, 0, 0, "FILE", "instead of standard output"},
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
	};
	const struct usage usage = {
		"askwell disputes export [OPTIONS]", about_export, options, sizeof options / sizeof *options, 0, 0};
	struct buffer text = {0};
	struct error error = {0};
	size_t count = 0;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	if (disputes_export(data, dialogues, &text, &count, &error) != STATUS_OK)
		result = failed(&error);
	else
		result = print(&text, path);
	if (result == 0)
		fprintf(stderr, "askwell: %zu messages with a ruling.\n", count);
	buffer_clear(&text);
	return result;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} parts[] = {{"list", run_list}, {"rule", run_rule}, {"export", run_export}};

int verb_disputes(int argc, char **argv)
{
	static const struct usage usage = {"askwell disputes list | rule | export [OPTIONS]", about, NULL, 0, 1, 1};

	for (size_t i = 0; argc > 0 && i < sizeof parts / sizeof *parts; i++)
		if (strcmp(argv[0], parts[i].name) == 0)
			return parts[i].run(argc - 1, argv + 1);
	if (argc > 0 && argv[0][0] != '-') {
		fprintf(stderr, "askwell: disputes knows list, rule and export, not \"%s\".\n", argv[0]);
		return 2;
	}
	return options_exit(options_parse(&usage, argc, argv));
}
