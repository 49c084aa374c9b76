/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Relative to the folder of the program: installed (bin/), then built (build/PRESET/server/). */
static const char *const dialogues_places[] = {"../share/askwell/dialogues", "../../../dialogues"};
static const char *const web_places[] = {"../share/askwell/web", "../../../web/dist"};

static const char *first_of(const char *const places[2], char found[PATH_MAX])
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	char *slash;

	if (length <= 0)
		return NULL;
	program[length] = '\0';
	slash = strrchr(program, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	for (int i = 0; i < 2; i++) {
		char path[PATH_MAX * 2];

		snprintf(path, sizeof path, "%s/%s", program, places[i]);
		if (realpath(path, found))
			return found;
	}
	return NULL;
}

const char *folders_dialogues(void)
{
	static char found[PATH_MAX];
	const char *folder = first_of(dialogues_places, found);

	return folder ? folder : "dialogues";
}

const char *folders_web(void)
{
	static char found[PATH_MAX];
	const char *folder = first_of(web_places, found);

	return folder ? folder : "web/dist";
}

/* On a new machine ~/.local/share is not there yet. What cannot be made is said when the data folder is opened. */
static void make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0700);
		*slash = '/';
	}
}

const char *folders_data(void)
{
	static char found[PATH_MAX];
	const char *base = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (base && *base)
		snprintf(found, sizeof found, "%s/askwell", base);
	else if (home && *home)
		snprintf(found, sizeof found, "%s/.local/share/askwell", home);
	else
		snprintf(found, sizeof found, "data");
	make_parents(found);
	return found;
}
