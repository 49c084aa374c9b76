/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRONG = -1, HELPED = -2, NAME_WIDTH = 34 };

static void print_help(const struct usage *usage)
{
	printf("usage: %s\n\n%s\n\noptions:\n", usage->line, usage->about);
	for (size_t i = 0; i < usage->count; i++) {
		const struct option *option = &usage->options[i];
		char name[64];

		snprintf(name, sizeof name, "--%s%s%s", option->name, option->value ? " " : "",
			option->value ? option->value : "");
		printf("  %-*s %s\n", NAME_WIDTH, name, option->help);
	}
	printf("  %-*s %s\n", NAME_WIDTH, "--help", "this text");
}

static const struct option *find(const struct usage *usage, const char *name, size_t length)
{
	for (size_t i = 0; i < usage->count; i++)
		if (strlen(usage->options[i].name) == length && strncmp(usage->options[i].name, name, length) == 0)
			return &usage->options[i];
	return NULL;
}

static bool set_number(const struct option *option, const char *value)
{
	char *end = NULL;
	unsigned long number;

	errno = 0;
	number = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || number < option->least || number > option->most) {
		fprintf(stderr, "askwell: --%s takes a number from %u to %u, not \"%s\".\n", option->name,
			option->least, option->most, value);
		return false;
	}
	*(unsigned *)option->target = (unsigned)number;
	return true;
}

static bool set(const struct option *option, const char *value)
{
	switch (option->kind) {
	case OPTION_NUMBER:
		return set_number(option, value);
	case OPTION_TEXT:
		*(const char **)option->target = value;
		return true;
	case OPTION_SWITCH:
		*(bool *)option->target = true;
		return true;
	}
	return false;
}

/* One option at argv[*at]; moves *at when the value is the next argument. */
static bool take(const struct usage *usage, int argc, char **argv, int *at)
{
	const char *name = argv[*at] + 2;
	const char *equals = strchr(name, '=');
	const struct option *option = find(usage, name, equals ? (size_t)(equals - name) : strlen(name));
	const char *value = equals ? equals + 1 : NULL;

	if (!option) {
		fprintf(stderr, "askwell: there is no option %s here. See \"%.*s --help\".\n", argv[*at],
			(int)strcspn(usage->line, "["), usage->line);
		return false;
	}
	if (option->kind == OPTION_SWITCH && value) {
		fprintf(stderr, "askwell: --%s takes no value.\n", option->name);
		return false;
	}
	if (option->kind != OPTION_SWITCH && !value) {
		if (*at + 1 >= argc) {
			fprintf(stderr, "askwell: --%s needs a value (%s).\n", option->name, option->value);
			return false;
		}
		value = argv[++*at];
	}
	return set(option, value);
}

int options_parse(const struct usage *usage, int argc, char **argv)
{
	int plain = 0;
	bool only_plain = false;

	for (int i = 0; i < argc; i++) {
		if (!only_plain && strcmp(argv[i], "--") == 0) {
			only_plain = true;
		} else if (!only_plain && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
			print_help(usage);
			return HELPED;
		} else if (!only_plain && strncmp(argv[i], "--", 2) == 0) {
			if (!take(usage, argc, argv, &i))
				return WRONG;
		} else {
			argv[plain++] = argv[i];
		}
	}
	if (plain < usage->least_arguments || plain > usage->most_arguments) {
		fprintf(stderr, "askwell: usage: %s\n", usage->line);
		return WRONG;
	}
	return plain;
}

int options_exit(int result)
{
	return result == HELPED ? 0 : 2;
}
