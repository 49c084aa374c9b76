/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/transcript.h"

#include "formats.h"

#include <string.h>

#define IDLE_MS (5 * 60 * 1000)

static const struct transcript_format formats[] = {
	{"markdown", "md", "text/markdown; charset=utf-8", formats_markdown},
	{"html", "html", "text/html; charset=utf-8", formats_html},
	{"json", "json", "application/json", formats_json},
};

const struct transcript_format *transcript_format_at(size_t index)
{
	return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const struct transcript_format *transcript_format_find(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(formats[i].name, name) == 0 || strcmp(formats[i].extension, name) == 0)
			return &formats[i];
	}
	return NULL;
}

int64_t transcript_active_ms(int64_t started_ms, const struct turn *turns, size_t count)
{
	int64_t active = 0, before = started_ms;

	for (size_t i = 0; i < count; i++) {
		int64_t gap = turns[i].at_ms - before;

		/* A clock that was put back gives a negative gap; it counts as none. */
		if (gap > 0 && gap <= IDLE_MS)
			active += gap;
		before = turns[i].at_ms;
	}
	return active;
}
