/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

struct technique_scratch *technique_scratch_new(void)
{
	struct technique_scratch *scratch = memory_new(sizeof *scratch);
	pattern_workspace_init(&scratch->workspace);
	scratch->stemmer = stemmer_new();
	return scratch;
}

void technique_scratch_free(struct technique_scratch *scratch)
{
	if (scratch == NULL)
		return;
	pattern_workspace_clear(&scratch->workspace);
	stemmer_free(scratch->stemmer);
	normal_clear(&scratch->message);
	text_keys_clear(&scratch->keys);
	normal_clear(&scratch->coachee);
	normal_clear(&scratch->previous);
	normal_clear(&scratch->sentence);
	for (size_t i = 0; i < SCRATCH_TEXTS; i++) {
		free(scratch->texts[i].copy);
		normal_clear(&scratch->texts[i].normal);
	}
	free(scratch->sharing.holds);
	free(scratch->sharing.shares);
	free(scratch->sharing.examples);
	free(scratch);
}

void scratch_sharing_reserve(struct scratch_sharing *sharing, size_t holds, size_t examples)
{
	if (sharing->hold_capacity < holds) {
		free(sharing->holds);
		sharing->holds = memory_array(holds, sizeof *sharing->holds);
		sharing->hold_capacity = holds;
	}
	if (sharing->capacity < examples) {
		free(sharing->shares);
		free(sharing->examples);
		sharing->shares = memory_array(examples, sizeof *sharing->shares);
		sharing->examples = memory_array(examples, sizeof *sharing->examples);
		sharing->capacity = examples;
	}
}

const struct normal *scratch_text(
	struct technique_scratch *scratch, const char *text, size_t length, const struct word_table *spelling)
{
	struct scratch_text *oldest = &scratch->texts[0];
	scratch->uses++;
	for (size_t i = 0; i < SCRATCH_TEXTS; i++) {
		struct scratch_text *known = &scratch->texts[i];
		if (known->used > 0 && known->spelling == spelling && known->length == length &&
			memcmp(known->copy, text, length) == 0) {
			known->used = scratch->uses;
			return &known->normal;
		}
		if (known->used < oldest->used)
			oldest = known;
	}
	if (oldest->capacity < length + 1) {
		oldest->capacity = length + 64;
		oldest->copy = memory_grow(oldest->copy, oldest->capacity, 1);
	}
	if (length > 0)
		memcpy(oldest->copy, text, length);
	oldest->length = length;
	oldest->used = scratch->uses;
	oldest->spelling = spelling;
	normal_read(&oldest->normal, text, length, spelling);
	return &oldest->normal;
}
