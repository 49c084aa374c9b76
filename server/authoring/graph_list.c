/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/graph.h"

#include "arrows.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void line(struct buffer *out, int level, const char *format, ...) PRINTF_LIKE(3, 4);

static void line(struct buffer *out, int level, const char *format, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		abort();
	va_end(arguments);
	buffer_format(out, "%*s%s\n", level * 2, "", text);
	free(text);
}

static const char *words(const struct outline *outline, const struct condition *condition, struct arena *arena)
{
	struct buffer text = {0};
	const char *said;

	outline_condition(outline->dialogue, condition, &text);
	said = arena_text(arena, text.data);
	buffer_clear(&text);
	return said;
}

static void list_stage(const struct outline *outline, size_t index, struct arena *arena, struct buffer *out)
{
	const struct outline_stage *stage = &outline->stages[index];

	line(out, 1, "%s (%s)", stage->name, stage->id);
	if (stage->aims)
		line(out, 2, "%s lead here: %s", stage->aims, words(outline, stage->ready, arena));
	if (stage->done)
		line(out, 2, "goes on to the next stage by itself: %s", words(outline, stage->done, arena));
	for (size_t i = stage->first_state; i < stage->first_state + stage->state_count; i++)
		line(out, 2, "state %s%s%s", outline->states[i].id,
			i == outline->start ? ", where the conversation begins" : "",
			outline->states[i].final ? ", where it ends" : "");
}

static void list_arrow(
	const struct outline *outline, const struct arrow *arrow, struct arena *arena, struct buffer *out)
{
	line(out, 1, "from %s to %s", arrow_from(outline, arrow, arena), outline->states[arrow->target].id);
	for (size_t i = 0; i < arrow->count; i++) {
		buffer_format(out, "    %s: ", arrow->rules[i]->id);
		outline_rule_words(outline->dialogue, arrow->rules[i], out);
		buffer_char(out, '\n');
	}
}

static void list_disclosures(const struct outline *outline, struct arena *arena, struct buffer *out)
{
	for (size_t t = 0; t < outline->topic_count; t++) {
		bool named = false;

		for (int depth = 1; depth <= 4; depth++)
			for (size_t i = 0; i < outline->disclosure_count; i++) {
				const struct outline_disclosure *disclosure = &outline->disclosures[i];

				if (disclosure->topic != t || disclosure->depth != depth)
					continue;
				if (!named)
					line(out, 1, "%s (%s)", outline->topics[t].name, outline->topics[t].id);
				named = true;
				line(out, 2, "depth %d, %s: %s; opened by %s", depth, disclosure->id,
					words(outline, disclosure->needs, arena), disclosure->opened_by);
			}
	}
}

void graph_list(const struct dialogue *dialogue, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	struct arena *arena = arena_new(0);
	const struct outline *outline = outline_new(dialogue, arena);
	struct arrows arrows = arrows_of(outline, arena);

	line(out, 0, "%s (%s), %s", info->title, info->id, info->model_name);
	line(out, 0, "Stages and states");
	for (size_t i = 0; i < outline->stage_count; i++)
		list_stage(outline, i, arena, out);
	if (arrows.count > 0)
		line(out, 0, "What moves the conversation");
	for (size_t i = 0; i < arrows.count; i++)
		list_arrow(outline, &arrows.arrows[i], arena, out);
	line(out, 0, "Endings, the first that fits");
	for (size_t i = 0; i < outline->ending_count; i++) {
		const struct outline_ending *ending = &outline->endings[i];

		line(out, 1, "%s (%s)%s: %s", ending->title, ending->id,
			ending->automatic ? ", by itself as soon as it fits" : "", words(outline, ending->when, arena));
	}
	if (outline->disclosure_count > 0)
		line(out, 0, "What can be told, by topic and depth");
	list_disclosures(outline, arena, out);
	arena_free(arena);
}
