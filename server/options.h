/* SPDX-License-Identifier: Apache-2.0 */
/* Command-line options of a verb, as a table that parses and explains itself. */
#ifndef ASKWELL_SERVER_OPTIONS_H
#define ASKWELL_SERVER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum option_kind { OPTION_TEXT, OPTION_NUMBER, OPTION_SWITCH };

struct option {
	const char *name; /* without the dashes */
	enum option_kind kind;
	void *target;         /* const char **, unsigned *, bool * */
	unsigned least, most; /* OPTION_NUMBER */
	const char *value;    /* what --help calls the value: "FOLDER" */
	const char *help;
};

struct usage {
	const char *line;  /* "askwell lint [OPTIONS] PATH..." */
	const char *about; /* what the verb does, a few lines */
	const struct option *options;
	size_t count;
	int least_arguments, most_arguments;
};

/* Fills the targets. Returns the number of plain arguments, moved to the front of argv; -1 after printing what is wrong
 * (exit status 2), -2 after printing the help (exit status 0). */
int options_parse(const struct usage *usage, int argc, char **argv);

/* The exit status that goes with a negative result. */
int options_exit(int result);

#endif
