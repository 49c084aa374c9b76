/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

#define STACK_START (32 * 1024)
#define STACK_MAX (512 * 1024)

void pattern_workspace_init(struct pattern_workspace *workspace)
{
	workspace->data = pcre2_match_data_create(4, NULL);
	workspace->context = pcre2_match_context_create(NULL);
	workspace->stack = pcre2_jit_stack_create(STACK_START, STACK_MAX, NULL);
	if (workspace->data == NULL || workspace->context == NULL)
		abort();
	(void)pcre2_set_match_limit(workspace->context, PATTERN_MATCH_LIMIT);
	(void)pcre2_set_depth_limit(workspace->context, PATTERN_DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(workspace->context, PATTERN_HEAP_LIMIT);
	if (workspace->stack != NULL)
		pcre2_jit_stack_assign(workspace->context, NULL, workspace->stack);
}

void pattern_workspace_clear(struct pattern_workspace *workspace)
{
	pcre2_match_data_free(workspace->data);
	pcre2_match_context_free(workspace->context);
	pcre2_jit_stack_free(workspace->stack);
	*workspace = (struct pattern_workspace){0};
}

bool pattern_compile(struct pattern *pattern, const char *source, bool any_case, char message[128], size_t *offset)
{
	uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY | (any_case ? PCRE2_CASELESS : 0);
	int error = 0;
	PCRE2_SIZE where = 0;
	*pattern = (struct pattern){0};
	pattern->code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED, options, &error, &where, NULL);
	if (pattern->code == NULL) {
		(void)pcre2_get_error_message(error, (PCRE2_UCHAR *)message, 128);
		*offset = where;
		return false;
	}
	pattern->jit = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
	return true;
}

void pattern_clear(struct pattern *pattern)
{
	pcre2_code_free(pattern->code);
	pattern->code = NULL;
}

enum pattern_result pattern_match(const struct pattern *pattern, const struct pattern_workspace *workspace,
	const char *text, size_t length, size_t from, struct pattern_match *match)
{
	int found = pattern->jit ? pcre2_jit_match(pattern->code, (PCRE2_SPTR)text, length, from, 0, workspace->data,
					   workspace->context)
				 : pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK,
					   workspace->data, workspace->context);
	if (found == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	if (found < 0)
		return PATTERN_LIMIT;
	if (match == NULL)
		return PATTERN_YES;
	const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(workspace->data);
	match->start = pairs[0];
	match->end = pairs[1];
	bool group = found > 1 && pairs[2] != PCRE2_UNSET && pairs[2] < pairs[3];
	match->cue_start = group ? pairs[2] : pairs[0];
	match->cue_end = group ? pairs[3] : pairs[1];
	/* \K in a look-ahead may put the start behind the end. */
	if (match->cue_start > match->cue_end)
		match->cue_start = match->cue_end;
	return PATTERN_YES;
}

static struct pattern_slot *slot_of(const struct pattern_index *index, uint64_t hash)
{
	size_t i = hash & index->mask;
	while (index->slots[i].hash != 0 && index->slots[i].hash != hash)
		i = (i + 1) & index->mask;
	return &index->slots[i];
}

static void grow(struct pattern_index *index)
{
	struct pattern_index bigger = *index;
	size_t size = index->slots == NULL ? 256 : (index->mask + 1) * 2;
	bigger.slots = memory_array(size, sizeof *bigger.slots);
	bigger.mask = size - 1;
	for (size_t i = 0; index->slots != NULL && i <= index->mask; i++) {
		if (index->slots[i].hash != 0)
			*slot_of(&bigger, index->slots[i].hash) = index->slots[i];
	}
	free(index->slots);
	*index = bigger;
}

static void add_need(struct pattern_index *index, size_t pattern, size_t number, const struct pattern_need *need)
{
	for (size_t i = 0; i < need->count; i++) {
		if (index->slots == NULL || index->used * 2 >= index->mask)
			grow(index);
		struct pattern_slot *slot = slot_of(index, need->hashes[i]);
		index->used += slot->hash == 0;
		slot->hash = need->hashes[i];
		slot->patterns[number][pattern / 64] |= 1ULL << (pattern % 64);
	}
}

void pattern_index_add(struct pattern_index *index, size_t pattern, const struct pattern_need *needs, size_t count)
{
	uint64_t bit = 1ULL << (pattern % 64);
	if (pattern >= index->pattern_count)
		index->pattern_count = pattern + 1;
	if (count == 0)
		index->always[pattern / 64] |= bit;
	for (size_t i = 0; i < count; i++)
		add_need(index, pattern, i, &needs[i]);
	for (size_t i = count; count > 0 && i < PATTERN_NEEDS; i++)
		index->met[i][pattern / 64] |= bit;
}

void pattern_index_clear(struct pattern_index *index)
{
	free(index->slots);
	*index = (struct pattern_index){0};
}

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void look_up(const struct pattern_index *index, uint64_t hash, uint64_t met[PATTERN_NEEDS][PATTERN_WORDS])
{
	const struct pattern_slot *slot = slot_of(index, hash);
	if (slot->hash == 0)
		return;
	size_t used = (index->pattern_count + 63) / 64;
	for (size_t need = 0; need < PATTERN_NEEDS; need++)
		for (size_t i = 0; i < used; i++)
			met[need][i] |= slot->patterns[need][i];
}

void pattern_index_look(const struct pattern_index *index, const char *text, const struct normal_token *tokens,
	size_t count, uint64_t candidates[PATTERN_WORDS])
{
	uint64_t met[PATTERN_NEEDS][PATTERN_WORDS];
	if (index->slots == NULL)
		return;
	memcpy(met, index->met, sizeof met);
	for (size_t i = 0; i < count; i++) {
		/* Patterns see a boundary at an apostrophe and at letters beyond ASCII, so each plain run counts. */
		size_t at = tokens[i].start;
		while (at < tokens[i].end) {
			size_t start = at;
			while (at < tokens[i].end && plain(text[at]))
				at++;
			if (start == tokens[i].start && at == tokens[i].end)
				look_up(index, tokens[i].hash, met);
			else if (at > start)
				look_up(index, word_hash(text + start, at - start), met);
			else
				at++;
		}
	}
	for (size_t i = 0; i < PATTERN_WORDS; i++) {
		uint64_t all = UINT64_MAX;
		for (size_t need = 0; need < PATTERN_NEEDS; need++)
			all &= met[need][i];
		candidates[i] |= all;
	}
}
