/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern.h"

#include "askwell/memory.h"

#include <pthread.h>
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

const char *pattern_compile_factored(struct pattern *pattern, const char *source, bool any_case, struct arena *passing)
{
	char message[128];
	size_t offset;
	const char *compiled = pattern_factored(source, passing);
	return pattern_compile(pattern, compiled, any_case, message, &offset) ? compiled : NULL;
}

/* Nobody may match with a pattern while its machine code is made. */
static enum pattern_speed make_fast(struct pattern *pattern)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	(void)pthread_mutex_lock(&lock);
	enum pattern_speed speed = atomic_load_explicit(&pattern->speed, memory_order_relaxed);
	if (speed == PATTERN_NEW) {
		speed = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0 ? PATTERN_FAST : PATTERN_SLOW;
		atomic_store_explicit(&pattern->speed, speed, memory_order_release);
	}
	(void)pthread_mutex_unlock(&lock);
	return speed;
}

static enum pattern_speed speed_of(const struct pattern *pattern)
{
	enum pattern_speed speed = atomic_load_explicit(&pattern->speed, memory_order_acquire);
	/* This is the one part of a pattern that changes; users see the rest as const. */
	return speed != PATTERN_NEW ? speed : make_fast((struct pattern *)(uintptr_t)pattern);
}

void pattern_clear(struct pattern *pattern)
{
	pcre2_code_free(pattern->code);
	pattern->code = NULL;
}

enum pattern_result pattern_match(const struct pattern *pattern, const struct pattern_workspace *workspace,
	const char *text, size_t length, size_t from, struct pattern_match *match)
{
	int found = speed_of(pattern) == PATTERN_FAST
			    ? pcre2_jit_match(pattern->code, (PCRE2_SPTR)text, length, from, 0, workspace->data,
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
