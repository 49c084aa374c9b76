/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/findings.h"

#include "askwell/arena.h"
#include "askwell/json_out.h"
#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count, capacity, errors;
};

static const char *const severities[] = {[FINDING_ERROR] = "error", [FINDING_WARNING] = "warning"};

struct findings *findings_new(void)
{
	struct findings *findings = memory_new(sizeof *findings);

	findings->arena = arena_new(0);
	return findings;
}

void findings_free(struct findings *findings)
{
	if (!findings)
		return;
	arena_free(findings->arena);
	free(findings->items);
	free(findings);
}

static const char *kept(struct findings *findings, const char *text)
{
	return arena_text(findings->arena, text ? text : "");
}

void findings_add(struct findings *findings, const struct finding *finding)
{
	struct finding *item;

	if (findings->count == findings->capacity) {
		findings->capacity = findings->capacity ? findings->capacity * 2 : 16;
		findings->items = memory_grow(findings->items, findings->capacity, sizeof *findings->items);
	}
	item = &findings->items[findings->count++];
	*item = *finding;
	item->code = kept(findings, finding->code);
	item->file = kept(findings, finding->file);
	item->path = kept(findings, finding->path);
	item->reason = kept(findings, finding->reason);
	item->remedy = kept(findings, finding->remedy);
	if (finding->severity == FINDING_ERROR)
		findings->errors++;
}

void findings_append(struct findings *to, const struct findings *from)
{
	for (size_t i = 0; i < from->count; i++)
		findings_add(to, &from->items[i]);
}

size_t findings_count(const struct findings *findings)
{
	return findings->count;
}

size_t findings_errors(const struct findings *findings)
{
	return findings->errors;
}

const struct finding *findings_at(const struct findings *findings, size_t index)
{
	return &findings->items[index];
}

static int by_number(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int by_place(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	if (!order)
		order = by_number(a->line, b->line);
	if (!order)
		order = by_number(a->column, b->column);
	if (!order)
		order = strcmp(a->code, b->code);
	return order ? order : strcmp(a->path, b->path);
}

void findings_sort(struct findings *findings)
{
	if (findings->count)
		qsort(findings->items, findings->count, sizeof *findings->items, by_place);
}

void finding_print(const struct finding *finding, struct buffer *out)
{
	buffer_text(out, finding->file);
	if (finding->line)
		buffer_format(out, ":%u:%u", finding->line, finding->column);
	buffer_format(out, ": %s %s", severities[finding->severity], finding->code);
	if (*finding->path)
		buffer_format(out, " %s", finding->path);
	buffer_format(out, ": %s", finding->reason);
	if (*finding->remedy)
		buffer_format(out, " %s", finding->remedy);
	buffer_char(out, '\n');
}

void finding_json(const struct finding *finding, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_put_text(&json, "code", finding->code);
	json_out_put_text(&json, "severity", severities[finding->severity]);
	json_out_put_text(&json, "file", finding->file);
	json_out_put_integer(&json, "line", finding->line);
	json_out_put_integer(&json, "column", finding->column);
	json_out_put_text(&json, "path", finding->path);
	json_out_put_text(&json, "reason", finding->reason);
	json_out_put_text(&json, "remedy", finding->remedy);
	json_out_object_end(&json);
}
