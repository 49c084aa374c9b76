/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/file.h"
#include "askwell/graph.h"
#include "askwell/library.h"

#include <stdio.h>
#include <string.h>

static const char about[] =
	"Draws the statechart of case ID: its stages and states, the rules that lead from one to another and what\n"
	"triggers them, the endings and their conditions, and what can be told by topic and depth. The picture\n"
	"(SVG) and the list say the same; the list is for screen readers, for comparing versions and for looking\n"
	"something up. With neither option the list is printed.\n"
	"Exit status: 0 done, 2 wrong usage, 3 no such case, or a picture without Graphviz.";

static enum status write_picture(const struct dialogue *dialogue, const char *path, struct error *error)
{
	struct buffer picture = {0};
	enum status status = graph_svg(dialogue, &picture, error);

	if (status == STATUS_OK && strcmp(path, "-") == 0)
		fwrite(picture.data, 1, picture.length, stdout);
	else if (status == STATUS_OK)
		status = file_replace(path, picture.data, picture.length, error);
	buffer_clear(&picture);
	return status;
}

static void print_list(const struct dialogue *dialogue)
{
	struct buffer text = {0};

	graph_list(dialogue, &text);
	fwrite(text.data, 1, text.length, stdout);
	buffer_clear(&text);
}

int verb_graph(int argc, char **argv)
{
	const char *dialogues = folders_dialogues(), *svg = NULL;
	const struct library_options library_options = {.on_demand = true};
	struct library *library = NULL;
	const struct dialogue *dialogue = NULL;
	struct error error = {0};
	enum status status;
	bool list = false;
	int result;
	const struct option options[] = {
		{"svg", OPTION_TEXT, &svg, 0, 0, "FILE", "write the picture there (- is standard output)"},
		{"list", OPTION_SWITCH, &list, 0, 0, NULL, "print the list"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
	};
	const struct usage usage = {
		"askwell graph [OPTIONS] ID", about, options, sizeof options / sizeof *options, 1, 1};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	status = library_load(dialogues, &library_options, NULL, &library, &error);
	if (status == STATUS_OK) {
		dialogue = library_find(library, argv[0]);
		if (!dialogue)
			status = error_set(&error, STATUS_NOT_FOUND, "case_not_found",
				"There is no case \"%s\" in service. \"askwell play\" lists them; \"askwell lint %s\" "
				"shows what is wrong with the others.",
				argv[0], dialogues);
	}
	if (status == STATUS_OK && svg)
		status = write_picture(dialogue, svg, &error);
	if (status == STATUS_OK && (list || !svg))
		print_list(dialogue);
	library_release(library);
	if (status == STATUS_OK)
		return 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
