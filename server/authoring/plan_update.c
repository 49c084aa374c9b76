/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/plan.h"

#include <string.h>

#define CONTEXT_LINES 3

/* The miss on an expectation, if a value can stand in for it. */
static const struct plan_miss *find_miss(const struct plan_result *result, size_t turn, size_t expectation)
{
	for (size_t i = 0; i < result->miss_count; i++) {
		const struct plan_miss *miss = &result->misses[i];
		if (miss->turn == turn && miss->expectation == expectation)
			return miss->value != NULL && !miss->only_saved ? miss : NULL;
	}
	return NULL;
}

size_t plan_update(const struct dialogue_source *source, const struct plan *plan, const struct plan_result *result,
	struct buffer *out)
{
	size_t at = 0, replaced = 0;
	for (size_t i = 0; i < plan->count; i++)
		for (size_t j = 0; j < plan->turns[i].count; j++) {
			const struct plan_expectation *expectation = &plan->turns[i].expectations[j];
			const struct plan_miss *miss = find_miss(result, i, j);
			if (miss == NULL)
				continue;
			buffer_add(out, source->text + at, expectation->start - at);
			buffer_text(out, miss->value);
			at = expectation->end;
			replaced++;
		}
	buffer_add(out, source->text + at, source->length - at);
	return replaced;
}

/* Both texts, line by line. */
struct lines {
	const char *before, *after;
	size_t before_length, after_length;
	bool changed;
};

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

/* The lines at the two places; moves these on. False past the end. */
static bool next_line(const char **before, const char **after, struct lines *out)
{
	if (**before == '\0' && **after == '\0')
		return false;
	*out = (struct lines){
		.before = *before,
		.after = *after,
		.before_length = line_length(*before),
		.after_length = line_length(*after),
	};
	out->changed =
		out->before_length != out->after_length || memcmp(out->before, out->after, out->before_length) != 0;
	*before += out->before_length + ((*before)[out->before_length] == '\n');
	*after += out->after_length + ((*after)[out->after_length] == '\n');
	return true;
}

static void add_line(struct buffer *out, char mark, const char *line, size_t length)
{
	buffer_char(out, mark);
	buffer_add(out, line, length);
	buffer_char(out, '\n');
}

/* Lines `from` to `to` (exclusive), numbered from 0. Changed lines that follow one another stay together. */
static void add_hunk(struct buffer *out, const char *before, const char *after, size_t from, size_t to)
{
	struct lines lines;
	struct buffer added = {0};
	buffer_format(out, "@@ -%zu,%zu +%zu,%zu @@\n", from + 1, to - from, from + 1, to - from);
	for (size_t i = 0; i < to && next_line(&before, &after, &lines); i++) {
		if (i < from)
			continue;
		if (lines.changed) {
			add_line(out, '-', lines.before, lines.before_length);
			add_line(&added, '+', lines.after, lines.after_length);
			continue;
		}
		buffer_add(out, added.length > 0 ? added.data : "", added.length);
		buffer_reset(&added);
		add_line(out, ' ', lines.before, lines.before_length);
	}
	buffer_add(out, added.length > 0 ? added.data : "", added.length);
	buffer_clear(&added);
}

void plan_diff(const char *file, const char *before, const char *after, struct buffer *out)
{
	const char *old = before, *new = after;
	struct lines lines;
	size_t from = 0, to = 0, i = 0;
	buffer_format(out, "--- %s\n+++ %s\n", file, file);
	for (; next_line(&old, &new, &lines); i++) {
		if (!lines.changed)
			continue;
		size_t first = i > CONTEXT_LINES ? i - CONTEXT_LINES : 0;
		if (to > 0 && first > to) {
			add_hunk(out, before, after, from, to);
			from = first;
		} else if (to == 0) {
			from = first;
		}
		to = i + CONTEXT_LINES + 1;
	}
	if (to > 0)
		add_hunk(out, before, after, from, to < i ? to : i);
}
