/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"
#include "verbs.h"

#include "askwell/file.h"
#include "askwell/twee.h"

#include <stdio.h>
#include <string.h>

static const char about[] =
	"Makes the skeleton of a case from a story written in Twine and exported as Twee 3: passages become\n"
	"states and what is said there, links become rules with samples, passages without links become endings.\n"
	"A passage tagged goal, reality, options or will goes to that stage; the paragraphs of one tagged\n"
	"\"fallback\" are said when nothing fits. The skeleton goes to standard output, and what is still to be done\n"
	"to standard error, one finding a line.\n"
	"Exit status: 0 done, 1 done with errors in the story, 2 wrong usage, 3 could not read it.";

static bool is_id(const char *id)
{
	size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return id[length] == '\0' && *id >= 'a' && *id <= 'z' && length <= 64;
}

static void print_findings(const struct findings *findings)
{
	struct buffer out = {0};

	for (size_t i = 0; i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &out);
	if (out.length)
		fputs(out.data, stderr);
	buffer_clear(&out);
}

int verb_import_twee(int argc, char **argv)
{
	const char *id = NULL;
	const struct option options[] = {
		{"id", OPTION_TEXT, &id, 0, 0, "ID", "the case's id (made of the story's title)"},
	};
	const struct usage usage = {
		"askwell import-twee [OPTIONS] FILE", about, options, sizeof options / sizeof *options, 1, 1};
	struct findings *findings = NULL;
	struct buffer text = {0}, out = {0};
	struct error error = {0};
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	if (id && !is_id(id)) {
		fprintf(stderr, "askwell: an id has lower case letters, digits and underscores, not \"%s\".\n", id);
		return 2;
	}
	findings = findings_new();
	status = file_read(argv[0], TWEE_MAX, &text, &error);
	if (status == STATUS_OK)
		status = twee_import(argv[0], text.data ? text.data : "", text.length, id, &out, findings, &error);
	if (status == STATUS_OK) {
		findings_sort(findings);
		print_findings(findings);
		fwrite(out.data, 1, out.length, stdout);
		result = findings_errors(findings) > 0 ? 1 : 0;
	} else {
		fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
		result = 3;
	}
	buffer_clear(&text);
	buffer_clear(&out);
	findings_free(findings);
	return result;
}
