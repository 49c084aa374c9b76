/* SPDX-License-Identifier: Apache-2.0 */
#include "verbs.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} verbs[] = {
	{"serve", verb_serve, "serve the practice room to browsers"},
	{"play", verb_play, "hold a conversation in the terminal"},
	{"lint", verb_lint, "check scripts, models, temperaments and language packs"},
	{"test", verb_test, "run golden conversations, or hold random ones"},
	{"classify", verb_classify, "label messages, one JSON object a line"},
	{"reanalyse", verb_reanalyse, "show what other rules would make of stored conversations"},
	{"stats", verb_stats, "show what stored conversations say about the scripts"},
	{"export", verb_export, "write the transcript of a stored conversation"},
	{"disputes", verb_disputes, "labels that trainees see differently: list, rule, export"},
	{"versions", verb_versions, "which versions of scripts are in use, and back to one"},
	{"fmt", verb_fmt, "lay JSON files out in the one way of this project"},
	{"graph", verb_graph, "draw how the conversation of a case moves"},
	{"import-twee", verb_import_twee, "make the skeleton of a case from a Twine story"},
	{"lines", verb_lines, "lines and phrases as a table for reviewers and translators, and back"},
};

static void print_help(FILE *to)
{
	fputs("usage: askwell VERB [OPTIONS]\n\nPractise coaching conversations with scripted coachees.\n\nverbs:\n",
		to);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		fprintf(to, "  %-11s %s\n", verbs[i].name, verbs[i].help);
	fputs("\n\"askwell VERB --help\" explains each.\n", to);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return 2;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("askwell " ASKWELL_VERSION);
		return 0;
	}
	if (sodium_init() < 0) {
		fputs("askwell: the system's random source is not available.\n", stderr);
		return 3;
	}
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(argc - 2, argv + 2);
	fprintf(stderr, "askwell: there is no verb \"%s\". See \"askwell --help\".\n", argv[1]);
	return 2;
}
