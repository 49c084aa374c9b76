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

void pattern_workspace_limit(const struct pattern_workspace *workspace, uint32_t steps)
{
	(void)pcre2_set_match_limit(workspace->context, steps);
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
	return true;
}

void pattern_speed(struct pattern *pattern)
{
	pattern->jit = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
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

static void add_need(struct pattern_index *index, size_t alternative, size_t number, const struct pattern_need *need)
{
	for (size_t i = 0; i < need->count; i++) {
		if (index->count == index->capacity) {
			index->capacity = index->capacity * 2 + 1024;
			index->entries = memory_grow(index->entries, index->capacity, sizeof *index->entries);
		}
		index->entries[index->count++] =
			(struct pattern_entry){need->hashes[i], (uint16_t)number, (uint16_t)alternative};
	}
}

void pattern_index_add(struct pattern_index *index, size_t pattern, const struct pattern_need *needs, size_t count)
{
	if (count == 0 || index->alternatives == ALTERNATIVES_MAX) {
		index->always[pattern / 64] |= 1ULL << (pattern % 64);
		return;
	}
	if (index->patterns == NULL)
		index->patterns = memory_array(ALTERNATIVES_MAX, sizeof *index->patterns);
	size_t alternative = index->alternatives++;
	index->patterns[alternative] = (uint16_t)pattern;
	for (size_t i = 0; i < count; i++)
		add_need(index, alternative, i, &needs[i]);
	for (size_t i = count; i < PATTERN_NEEDS; i++)
		index->met[i][alternative / 64] |= 1ULL << (alternative % 64);
}

static int in_order(const void *a, const void *b)
{
	const struct pattern_entry *one = a, *other = b;
	if (one->hash != other->hash)
		return one->hash > other->hash ? 1 : -1;
	if (one->need != other->need)
		return one->need > other->need ? 1 : -1;
	return (one->alternative > other->alternative) - (one->alternative < other->alternative);
}

void pattern_index_finish(struct pattern_index *index)
{
	size_t words = 0, size = 16, masks = 0;
	if (index->count == 0)
		return;
	qsort(index->entries, index->count, sizeof *index->entries, in_order);
	for (size_t i = 0; i < index->count; i++)
		words += i == 0 || index->entries[i].hash != index->entries[i - 1].hash;
	while (size < words * 2)
		size *= 2;
	index->slots = memory_array(size, sizeof *index->slots);
	index->mask = size - 1;
	index->masks = memory_array(index->count, sizeof *index->masks);
	struct pattern_mask *mask = index->masks;
	for (size_t i = 0; i < index->count; i++) {
		const struct pattern_entry *entry = &index->entries[i];
		struct pattern_slot *slot = slot_of(index, entry->hash);
		word_filter_add(&index->filter, entry->hash);
		if (slot->hash == 0)
			*slot = (struct pattern_slot){entry->hash, (uint32_t)masks, 0};
		uint16_t word = entry->alternative / 64;
		if (slot->count == 0 || mask->need != entry->need || mask->word != word) {
			mask = &index->masks[masks++];
			*mask = (struct pattern_mask){0, entry->need, word};
			slot->count++;
		}
		mask->bits |= 1ULL << (entry->alternative % 64);
	}
	index->masks = memory_grow(index->masks, masks, sizeof *index->masks);
	free(index->entries);
	index->entries = NULL;
}

void pattern_index_clear(struct pattern_index *index)
{
	free(index->entries);
	free(index->masks);
	free(index->slots);
	free(index->patterns);
	*index = (struct pattern_index){0};
}

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void look_up(const struct pattern_index *index, uint64_t hash, uint64_t met[PATTERN_NEEDS][ALTERNATIVE_WORDS])
{
	if (!word_filter_may(&index->filter, hash))
		return;
	const struct pattern_slot *slot = slot_of(index, hash);
	const struct pattern_mask *mask = index->masks + slot->first;
	for (const struct pattern_mask *end = mask + slot->count; mask < end; mask++)
		met[mask->need][mask->word] |= mask->bits;
}

static void look_up_run(const struct pattern_index *index, const char *run, size_t length, uint64_t hash,
	uint64_t met[PATTERN_NEEDS][ALTERNATIVE_WORDS])
{
	look_up(index, hash, met);
	for (size_t letters = WORD_BEGINNING; letters <= WORD_BEGINNING_MOST && letters <= length; letters++)
		look_up(index, word_beginning_hash(run, letters), met);
	if (run[0] >= '0' && run[0] <= '9')
		look_up(index, WORD_NUMBER_HASH, met);
}

void pattern_index_look(const struct pattern_index *index, const char *text, size_t core,
	const struct normal_token *tokens, size_t count, uint64_t candidates[PATTERN_WORDS])
{
	uint64_t met[PATTERN_NEEDS][ALTERNATIVE_WORDS];
	size_t used = (index->alternatives + 63) / 64;
	uint64_t before = 0;
	if (index->slots == NULL)
		return;
	for (size_t need = 0; need < PATTERN_NEEDS; need++)
		memcpy(met[need], index->met[need], used * sizeof(uint64_t));
	for (size_t i = 0; i < count; i++) {
		/* Patterns see a boundary at an apostrophe and at letters beyond ASCII, so each plain run counts. */
		size_t at = tokens[i].start;
		while (at < tokens[i].end) {
			size_t start = at;
			while (at < tokens[i].end && plain(text[at]))
				at++;
			if (at == start) {
				at++;
				continue;
			}
			bool whole = start == tokens[i].start && at == tokens[i].end;
			uint64_t hash = whole ? tokens[i].hash : word_hash(text + start, at - start);
			look_up_run(index, text + start, at - start, hash, met);
			if (start == core || core == PATTERN_ANYWHERE)
				look_up(index, word_first_hash(text + start, at - start), met);
			if (before != 0)
				look_up(index, word_pair_hash(before, hash), met);
			before = hash;
		}
	}
	for (size_t i = 0; i < used; i++) {
		uint64_t all = met[0][i];
		for (size_t need = 1; need < PATTERN_NEEDS; need++)
			all &= met[need][i];
		for (; all != 0; all &= all - 1) {
			size_t pattern = index->patterns[i * 64 + (size_t)__builtin_ctzll(all)];
			candidates[pattern / 64] |= 1ULL << (pattern % 64);
		}
	}
}
