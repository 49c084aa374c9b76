/* SPDX-License-Identifier: Apache-2.0 */
#include "effort.h"

#include "pattern.h"

#include <stdlib.h>
#include <string.h>

#define NESTING_MAX 40
#define HEADS_MAX 320 /* alternatives of one group */
#define DEPTH_MAX                                                                                                      \
	4096 /* things to come back to: each takes far less than an eighth of a KiB of the stack for machine code */
#define BEYOND 1e12 /* no need to count further */

/* Of a piece of a pattern, from one place of a text: in how many ways it may match, how often something is tried, how much
 * there is to come back to, and how many bytes a match has at least. */
struct effort {
	double ways, steps, depth;
	size_t least;
};

struct effort_reading {
	const char *at;
	size_t length; /* of the text */
	unsigned nesting;
	bool failed; /* at something that is not understood */
};

/* One of the alternatives, and the letters that its matches begin with. */
struct head {
	const char *text;
	size_t length;
	struct effort effort;
};

static struct effort read_alternatives(struct effort_reading *reading);

static struct effort fail(struct effort_reading *reading)
{
	reading->failed = true;
	return (struct effort){1, 0, 0, 0};
}

static bool is_one_of(char c, const char *signs)
{
	return c != '\0' && strchr(signs, c) != NULL;
}

static bool is_quantifier(char c)
{
	return is_one_of(c, "?*+{");
}

/* Past "\b" and "^", which take no room. */
static const char *past_edges(const char *at)
{
	while (at[0] == '^' || (at[0] == '\\' && at[1] == 'b'))
		at += at[0] == '^' ? 1 : 2;
	return at;
}

static void read_head(const char *at, struct head *head)
{
	head->text = past_edges(at);
	head->length = strspn(head->text, "abcdefghijklmnopqrstuvwxyz '");
	if (head->length > 0 && is_quantifier(head->text[head->length]))
		head->length--;
}

static bool may_both_match(const struct head *a, const struct head *b)
{
	return memcmp(a->text, b->text, a->length < b->length ? a->length : b->length) == 0;
}

/* Alternatives that match at one place begin alike, so the worst place is one where some alternative matches, and all those
 * that begin like it. */
static struct effort either(const struct head *heads, size_t count)
{
	struct effort all = {0, 0, 0, heads[0].effort.least};
	for (size_t i = 0; i < count; i++) {
		double ways = 0, steps = 0;
		for (size_t j = 0; j < count; j++) {
			bool both = may_both_match(&heads[i], &heads[j]);
			ways += both ? heads[j].effort.ways : 0;
			steps += both ? heads[j].effort.steps : 0;
		}
		const struct effort *one = &heads[i].effort;
		all.ways = ways > all.ways ? ways : all.ways;
		all.steps = steps > all.steps ? steps : all.steps;
		all.depth = one->depth > all.depth ? one->depth : all.depth;
		all.least = one->least < all.least ? one->least : all.least;
	}
	all.steps += (double)count + 1;
	all.depth++;
	return all;
}

/* After "[". */
static void skip_class(struct effort_reading *reading)
{
	const char *at = reading->at;
	at += *at == '^';
	at += *at == ']';
	while (*at != '\0' && *at != ']')
		at += *at == '\\' && at[1] != '\0' ? 2 : 1;
	reading->failed |= *at == '\0';
	reading->at = at + (*at != '\0');
}

/* After "(": a group; what looks around or does not give back matches in one way. */
static struct effort read_group(struct effort_reading *reading)
{
	bool once = false, looks = false;
	if (*reading->at == '*' || ++reading->nesting > NESTING_MAX)
		return fail(reading);
	if (*reading->at == '?') {
		const char *kind = reading->at + 1;
		bool behind = *kind == '<';
		kind += behind;
		looks = *kind == '=' || *kind == '!';
		once = looks || (*kind == '>' && !behind);
		if (!once && (behind || *kind != ':'))
			return fail(reading);
		reading->at = kind + 1;
	}
	struct effort effort = read_alternatives(reading);
	reading->nesting--;
	if (*reading->at != ')')
		return fail(reading);
	reading->at++;
	effort.ways = once ? 1 : effort.ways;
	effort.least = looks ? 0 : effort.least;
	return effort;
}

/* One character of the text, or an edge: whether it is one character. */
static bool read_one(struct effort_reading *reading)
{
	char c = *reading->at++;
	if (c == '\\') {
		c = *reading->at;
		reading->at += c != '\0';
		if (is_one_of(c, "bBAzZGK"))
			return false;
		if (c == '\0' || !is_one_of(c, "dDsSwWhHnrt.?*+()[]{}|^$/'\"-~@#&%!,:;=<>_ \\"))
			(void)fail(reading);
	} else if (c == '[') {
		skip_class(reading);
	} else if ((unsigned char)c >= 0x80) {
		while (((unsigned char)*reading->at & 0xC0) == 0x80)
			reading->at++;
	}
	return c != '^' && c != '$';
}

/* "?", "*", "+", "{2}", "{2,}" or "{2,5}" with what makes it reluctant; false when none follows. */
static bool read_quantifier(struct effort_reading *reading, size_t *least, size_t *most)
{
	const char *at = reading->at;
	if (!is_quantifier(*at) || (*at == '{' && (at[1] < '0' || at[1] > '9')))
		return false;
	*least = *at == '+';
	*most = *at == '?' ? 1 : reading->length;
	if (*at == '{') {
		char *end;
		*most = *least = strtoul(at + 1, &end, 10);
		if (*end == ',' && end[1] == '}')
			*most = reading->length > *least ? reading->length : *least;
		else if (*end == ',')
			*most = strtoul(end + 1, &end, 10);
		at = end + (*end == ',');
		if (*at != '}')
			(void)fail(reading);
	}
	at++;
	at += *at == '?' || *at == '+';
	reading->at = at;
	return true;
}

/* Letters up to a space, or to an edge, which may also be where they begin: fewer of them have a letter behind them. */
static bool ends_with_word(const char *piece, const char *next)
{
	if (piece[0] != '\\' || piece[1] != 'w')
		return false;
	return (next[0] == '\\' && next[1] == 'b') || (next[0] == ' ' && !is_quantifier(next[1]));
}

/* Each time around may be tried in every way of the time before. */
static struct effort repeated(struct effort once, size_t least, size_t most, size_t length)
{
	struct effort all = {0, 1, 1, once.least * least};
	size_t rounds = once.least > 0 && length / once.least + 1 < most ? length / once.least + 1 : most;
	double ways = 1;
	for (size_t i = 0; i <= rounds && all.steps < BEYOND; i++) {
		all.ways += i >= least ? ways : 0;
		all.steps += ways * (once.steps + 2);
		ways *= once.ways;
	}
	all.depth += (double)rounds * (once.depth + 1);
	all.ways = all.ways < 1 ? 1 : all.ways;
	return all;
}

static struct effort read_piece(struct effort_reading *reading)
{
	const char *piece = reading->at;
	struct effort effort = {1, 0, 0, 0};
	bool group = *piece == '(', one = false;
	size_t least, most;
	if (group) {
		reading->at++;
		effort = read_group(reading);
	} else {
		one = read_one(reading);
		effort.least = one;
	}
	if (reading->failed || !read_quantifier(reading, &least, &most))
		return effort;
	if (!one)
		return repeated(effort, least, most, reading->length);
	most = most < reading->length ? most : reading->length;
	effort.ways = most > least ? (double)(most - least) + 1 : 1;
	effort.steps = effort.ways + 1;
	effort.depth = 1;
	effort.least = least;
	if (ends_with_word(piece, reading->at))
		effort.ways = least > 0 || *reading->at == ' ' ? 1 : 2;
	return effort;
}

static struct effort read_sequence(struct effort_reading *reading)
{
	struct effort all = {1, 1, 0, 0};
	while (!is_one_of(*reading->at, "|)") && *reading->at != '\0' && !reading->failed) {
		struct effort piece = read_piece(reading);
		all.steps += all.ways * piece.steps;
		all.ways *= piece.ways;
		all.depth += piece.depth;
		all.least += piece.least;
		reading->failed |= all.steps > BEYOND || all.ways > BEYOND;
	}
	return all;
}

static struct effort read_alternatives(struct effort_reading *reading)
{
	struct head heads[HEADS_MAX];
	size_t count = 0;
	do {
		if (count == HEADS_MAX)
			return fail(reading);
		reading->at += count > 0;
		read_head(reading->at, &heads[count]);
		heads[count++].effort = read_sequence(reading);
	} while (*reading->at == '|' && !reading->failed);
	return count == 1 ? heads[0].effort : either(heads, count);
}

bool effort_is_small(const char *source, size_t length)
{
	struct effort_reading reading = {.at = source, .length = length};
	struct effort effort = read_alternatives(&reading);
	return !reading.failed && *reading.at == '\0' && effort.steps <= PATTERN_MATCH_LIMIT &&
	       effort.depth <= DEPTH_MAX;
}
