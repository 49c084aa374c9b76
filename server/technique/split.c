/* SPDX-License-Identifier: Apache-2.0 */
/* The alternatives of a pattern, each by itself: what one of them needs is rarer than what any of them needs. */
#include "pattern.h"

#include <string.h>

#define ALTERNATIVES_OF_ONE 240

struct splitting {
	struct arena *arena;
	const char **list;
	size_t count;
};

/* The length of the item at `at`: an escape, a class, or one character. */
static size_t item_length(const char *at, const char *end)
{
	const char *c = at;
	if (*c == '\\')
		return c + 1 < end ? 2 : 1;
	if (*c != '[')
		return 1;
	c += c + 1 < end && c[1] == '^' ? 2 : 1;
	c += c < end && *c == ']';
	while (c < end && *c != ']')
		c += *c == '\\' && c + 1 < end ? 2 : 1;
	return (size_t)(c < end ? c + 1 - at : end - at);
}

/* Where the alternative or group that begins at `at` ends: at a bar or bracket of its own level, or at `end`. */
static const char *level_end(const char *at, const char *end, bool bars)
{
	int depth = 0;
	while (at < end) {
		if (depth == 0 && (*at == ')' || (bars && *at == '|')))
			return at;
		depth += (*at == '(') - (*at == ')');
		at += item_length(at, end);
	}
	return end;
}

/* The edges at the beginning: "\b" and "^". */
static const char *skip_edges(const char *at, const char *end)
{
	for (;;) {
		if (at < end && *at == '^')
			at++;
		else if (at + 1 < end && at[0] == '\\' && at[1] == 'b')
			at += 2;
		else
			return at;
	}
}

static bool only_edges(const char *at, const char *end)
{
	while (at < end) {
		if (*at == '$')
			at++;
		else if (at + 1 < end && at[0] == '\\' && at[1] == 'b')
			at += 2;
		else
			return false;
	}
	return true;
}

static void split(struct splitting *splitting, const char *before, const char *at, const char *end, const char *after)
{
	const char *bar = level_end(at, end, true);
	if (bar < end && *bar == '|') {
		for (const char *from = at; from <= end; from = bar + 1) {
			bar = level_end(from, end, true);
			split(splitting, before, from, bar, after);
		}
		return;
	}
	const char *group = skip_edges(at, end);
	if (end - group > 4 && strncmp(group, "(?:", 3) == 0) {
		const char *close = level_end(group + 3, end, false);
		if (close < end && only_edges(close + 1, end)) {
			split(splitting, arena_format(splitting->arena, "%s%.*s", before, (int)(group - at), at),
				group + 3, close,
				arena_format(splitting->arena, "%.*s%s", (int)(end - close - 1), close + 1, after));
			return;
		}
	}
	if (splitting->count < ALTERNATIVES_OF_ONE)
		splitting->list[splitting->count] =
			arena_format(splitting->arena, "%s%.*s%s", before, (int)(end - at), at, after);
	splitting->count++;
}

size_t pattern_split(const char *source, struct arena *arena, const char ***alternatives)
{
	struct splitting splitting = {arena, arena_array(arena, ALTERNATIVES_OF_ONE, sizeof *splitting.list), 0};
	split(&splitting, "", source, source + strlen(source), "");
	if (splitting.count > ALTERNATIVES_OF_ONE) {
		splitting.list[0] = source;
		splitting.count = 1;
	}
	*alternatives = splitting.list;
	return splitting.count;
}
