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

static void add_need(struct pattern_index *index, size_t pattern, size_t number, const struct pattern_need *need)
{
	for (size_t i = 0; i < need->count; i++) {
		if (index->count == index->capacity) {
			index->capacity = index->capacity * 2 + 1024;
			index->entries = memory_grow(index->entries, index->capacity, sizeof *index->entries);
		}
		index->entries[index->count++] =
			(struct pattern_entry){need->hashes[i], (uint16_t)number, (uint16_t)pattern};
	}
}

void pattern_index_add(struct pattern_index *index, size_t pattern, const struct pattern_need *needs, size_t count)
{
	uint64_t bit = 1ULL << (pattern % 64);
	if (count == 0)
		index->always[pattern / 64] |= bit;
	for (size_t i = 0; i < count; i++)
		add_need(index, pattern, i, &needs[i]);
	for (size_t i = count; count > 0 && i < PATTERN_NEEDS; i++)
		index->met[i][pattern / 64] |= bit;
}

static int by_hash(const void *a, const void *b)
{
	const struct pattern_entry *one = a, *other = b;
	return (one->hash > other->hash) - (one->hash < other->hash);
}

void pattern_index_finish(struct pattern_index *index)
{
	size_t words = 0, size = 16;
	if (index->count == 0)
		return;
	qsort(index->entries, index->count, sizeof *index->entries, by_hash);
	for (size_t i = 0; i < index->count; i++)
		words += i == 0 || index->entries[i].hash != index->entries[i - 1].hash;
	while (size < words * 2)
		size *= 2;
	index->slots = memory_array(size, sizeof *index->slots);
	index->mask = size - 1;
	for (size_t i = 0; i < index->count; i++) {
		struct pattern_slot *slot = slot_of(index, index->entries[i].hash);
		if (slot->hash == 0)
			*slot = (struct pattern_slot){index->entries[i].hash, (uint32_t)i, 0};
		slot->count++;
	}
}

void pattern_index_clear(struct pattern_index *index)
{
	free(index->entries);
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
	const struct pattern_entry *entry = index->entries + slot->first;
	for (const struct pattern_entry *end = entry + slot->count; entry < end; entry++)
		met[entry->need][entry->pattern / 64] |= 1ULL << (entry->pattern % 64);
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
