/* SPDX-License-Identifier: Apache-2.0 */
#include "prepared.h"

#include "hardship.h"
#include "phrases.h"

#include "askwell/buffer.h"

#include <stdlib.h>
#include <string.h>

/* What is needed while it is made. */
struct making {
	struct prepared *prepared;
	struct arena *passing;
	struct normal normal;
	struct buffer rest;
};

/* Whether all of them are phrases that can be looked up. */
static bool take_phrases(struct making *making, const char *alternative)
{
	struct prepared *prepared = making->prepared;
	const char **texts;
	size_t count = pattern_phrases(alternative, making->passing, &texts);
	struct phrase *all = arena_array(prepared->arena, prepared->phrase_count + count, sizeof *all);
	bool good = count > 0;
	if (!good)
		return false;
	if (prepared->phrase_count > 0)
		memcpy(all, prepared->phrases, prepared->phrase_count * sizeof *all);
	prepared->phrases = all;
	for (size_t i = 0; i < count && good; i++) {
		good = phrase_read(&all[prepared->phrase_count], prepared->arena, &making->normal, texts[i]);
		prepared->phrase_count += good;
	}
	return good;
}

static void sort_out(struct making *making)
{
	const char **alternatives;
	size_t count = pattern_split(making->prepared->source, making->passing, &alternatives);
	for (size_t i = 0; i < count; i++) {
		if (take_phrases(making, alternatives[i]))
			continue;
		buffer_text(&making->rest, making->rest.length > 0 ? "|" : "");
		buffer_text(&making->rest, alternatives[i]);
	}
}

static bool is_slow(const struct prepared *prepared, const char *compiled)
{
	struct pattern_workspace workspace;
	pattern_workspace_init(&workspace);
	bool slow = !pattern_survives(&prepared->pattern, &workspace, prepared->rest, compiled);
	pattern_workspace_clear(&workspace);
	return slow;
}

/* Every alternative by what it needs. */
static void find_needs(struct prepared *prepared, const struct word_table *words, struct arena *passing)
{
	const char **alternatives;
	prepared->alternative_count = pattern_split(prepared->rest, passing, &alternatives);
	prepared->alternatives =
		arena_array(prepared->arena, prepared->alternative_count, sizeof *prepared->alternatives);
	for (size_t i = 0; i < prepared->alternative_count; i++) {
		struct prepared_alternative *one = &prepared->alternatives[i];
		one->count = pattern_required(alternatives[i], words, passing, one->needs);
		for (size_t j = 0; j < one->count; j++) {
			struct pattern_need *need = &one->needs[j];
			need->hashes = memcpy(arena_array(prepared->arena, need->count, sizeof *need->hashes),
				need->hashes, need->count * sizeof *need->hashes);
		}
	}
}

static bool is_well_written(const char *source)
{
	struct pattern whole;
	char message[128];
	size_t offset;
	bool good = pattern_compile(&whole, source, false, message, &offset);
	pattern_clear(&whole);
	return good;
}

void prepared_make(struct prepared *prepared, const struct word_table *words, bool thorough)
{
	struct making making = {.prepared = prepared, .passing = arena_new(0)};
	char message[128];
	size_t offset;
	prepared->arena = arena_new(512);
	prepared->well_written = thorough && is_well_written(prepared->source);
	sort_out(&making);
	if (making.rest.length > 0) {
		prepared->rest = arena_copy(prepared->arena, making.rest.data, making.rest.length);
		const char *compiled =
			pattern_compile_factored(&prepared->pattern, prepared->rest, false, making.passing);
		if (compiled == NULL && pattern_compile(&prepared->pattern, prepared->rest, false, message, &offset))
			compiled = prepared->rest;
		if (compiled != NULL) {
			prepared->slow = thorough && is_slow(prepared, compiled);
			find_needs(prepared, words, making.passing);
		}
	}
	buffer_clear(&making.rest);
	normal_clear(&making.normal);
	arena_free(making.passing);
}

void prepared_clear(struct prepared *prepared)
{
	if (!prepared->taken)
		pattern_clear(&prepared->pattern);
	arena_free(prepared->arena);
	free(prepared->source);
}
