/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/plan.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX 64

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t", text[length - 1]) != NULL)
		text[--length] = '\0';
	return text;
}

/* The next of a list that commas part, cut off; NULL after the last. */
static char *next_item(char **rest)
{
	char *item = strsep(rest, ",");
	return item != NULL ? trim(item) : NULL;
}

static bool read_value(const char *text, int *out)
{
	char *end = NULL;
	errno = 0;
	long number = strtol(text, &end, 10);
	*out = (int)number;
	return *text != '\0' && *end == '\0' && errno == 0 && number >= INT16_MIN && number <= INT16_MAX;
}

bool plan_read_settings(const char *list, struct arena *arena, struct engine_scene *out)
{
	struct engine_setting *settings = arena_array(arena, LIST_MAX, sizeof *settings);
	char *rest = arena_text(arena, list), *item;
	size_t count = 0;
	while ((item = next_item(&rest)) != NULL) {
		char *equals = strchr(item, '=');
		if (equals == NULL || count == LIST_MAX)
			return false;
		*equals = '\0';
		settings[count].variable = trim(item);
		if (!read_value(trim(equals + 1), &settings[count].value))
			return false;
		count++;
	}
	out->settings = settings;
	out->setting_count = count;
	return true;
}

bool plan_read_told(const char *list, struct arena *arena, struct engine_scene *out)
{
	const char **told = arena_array(arena, LIST_MAX, sizeof *told);
	char *rest = arena_text(arena, list), *item;
	size_t count = 0;
	while ((item = next_item(&rest)) != NULL) {
		if (*item == '\0' || count == LIST_MAX)
			return false;
		told[count++] = item;
	}
	out->told = told;
	out->told_count = count;
	return true;
}
