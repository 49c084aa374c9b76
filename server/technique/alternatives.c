/* SPDX-License-Identifier: Apache-2.0 */
/* The alternatives of a pattern: each by itself, since what one of them needs is rarer than what any of them needs, or
 * those that begin alike together, so that a long list of words costs a look at a letter and not at every word. */
#include "pattern.h"

#include "askwell/buffer.h"

#include <string.h>

#define ALTERNATIVES_OF_ONE 240
#define FACTOR_NESTING_MAX 24
#define FACTOR_LEAST 12 /* fewer are not worth the bracket */

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

struct factoring {
	struct arena *arena;
	unsigned nesting;
	bool failed; /* a bracket closes that none opened */
};

static const char *taken(struct arena *arena, struct buffer *out)
{
	const char *text = arena_copy(arena, out->length > 0 ? out->data : "", out->length);
	buffer_clear(out);
	return text;
}

/* How many plain letters it begins with, none of them repeated or optional. */
static size_t head_length(const char *alternative)
{
	size_t length = strspn(alternative, "abcdefghijklmnopqrstuvwxyz '");
	return length > 0 && alternative[length] != '\0' && strchr("?*+{", alternative[length]) != NULL ? length - 1
													: length;
}

static size_t common_head(const char *one, const char *other)
{
	if (one[0] != other[0])
		return 0;
	size_t most = head_length(one), other_most = head_length(other), length = 0;
	most = other_most < most ? other_most : most;
	while (length < most && one[length] == other[length])
		length++;
	return length;
}

static const char *put_together(struct factoring *factoring, const char **list, size_t count);

/* Takes those that begin like list[0] out of the list and returns them as one. */
static const char *family(struct factoring *factoring, const char **list, size_t count)
{
	const char **rests = arena_array(factoring->arena, count, sizeof *rests);
	const char *first = list[0];
	size_t members = 0, shared = head_length(first);
	bool ends = false;
	for (size_t i = 0; i < count; i++) {
		size_t common = list[i] != NULL ? common_head(first, list[i]) : 0;
		if (common == 0)
			continue;
		shared = common < shared ? common : shared;
		rests[members++] = list[i];
		list[i] = NULL;
	}
	if (members <= 1)
		return first;
	size_t kept = 0;
	for (size_t i = 0; i < members; i++) {
		if (rests[i][shared] == '\0')
			ends = true;
		else
			rests[kept++] = rests[i] + shared;
	}
	return arena_format(factoring->arena, "%.*s(?:%s%s)", (int)shared, first, put_together(factoring, rests, kept),
		ends ? "|" : "");
}

static const char *put_together(struct factoring *factoring, const char **list, size_t count)
{
	struct buffer out = {0};
	const char *bar = "";
	bool plain = ++factoring->nesting > FACTOR_NESTING_MAX || count < FACTOR_LEAST;
	for (size_t i = 0; i < count; i++) {
		if (list[i] == NULL)
			continue;
		buffer_text(&out, bar);
		buffer_text(&out, plain ? list[i] : family(factoring, list + i, count - i));
		bar = "|";
	}
	factoring->nesting--;
	return taken(factoring->arena, &out);
}

static const char *factored(struct factoring *factoring, const char *at, const char *end);

/* One alternative with the groups in it factored. Behind "(?<" the lengths of alternatives matter, so it stays. */
static const char *factored_inside(struct factoring *factoring, const char *at, const char *end)
{
	struct buffer out = {0};
	while (at < end) {
		size_t length = item_length(at, end);
		if (*at != '(') {
			buffer_add(&out, at, length);
			at += length;
			continue;
		}
		const char *inside = at + 1;
		if (inside < end && *inside == '?')
			inside += strspn(inside, "?:=!");
		const char *close = level_end(inside, end, false);
		buffer_add(&out, at, (size_t)(inside - at));
		if (inside < end && (*inside == '<' || *inside == '>' || *inside == '*'))
			buffer_add(&out, inside, (size_t)(close - inside));
		else
			buffer_text(&out, factored(factoring, inside, close));
		at = close;
		if (at < end) {
			buffer_char(&out, ')');
			at++;
		}
	}
	return taken(factoring->arena, &out);
}

static const char *factored(struct factoring *factoring, const char *at, const char *end)
{
	size_t bars = 1, count = 0;
	for (const char *c = at; c < end; c++)
		bars += *c == '|';
	const char **list = arena_array(factoring->arena, bars, sizeof *list);
	const char *bar = level_end(at, end, true);
	list[count++] = factored_inside(factoring, at, bar);
	while (bar < end && *bar == '|') {
		at = bar + 1;
		bar = level_end(at, end, true);
		list[count++] = factored_inside(factoring, at, bar);
	}
	factoring->failed |= bar < end;
	return put_together(factoring, list, count);
}

const char *pattern_factored(const char *source, struct arena *arena)
{
	struct factoring factoring = {.arena = arena};
	const char *together = factored(&factoring, source, source + strlen(source));
	return factoring.failed ? source : together;
}
