/* SPDX-License-Identifier: Apache-2.0 */
/* What is read off a pattern's form is held against trials: what is said to be quick never reaches a limit. */
#include "unit.h"

#include "../../server/technique/effort.h"
#include "../../server/technique/pattern.h"
#include "askwell/buffer.h"

#include <string.h>

#define PATTERNS 1500
#define TEXT_LENGTH 600

static const char *const pieces[] = {"a", "b", "you", "what", " ", "\\w+", "\\w*", ".*", ".{0,30}", "[a-z ]+", "\\b",
	"a?", "(?=a)", "(?!b)", "\\w+ ", "\\w* ?", "\\w+\\b", "[^.]*", "a{2,5}", "\\s+", "'", "(?>\\w+)"};
static const char *const after_group[] = {"", "", "", "?", "*", "+", "{2,4}", "{1,}", "*?"};
static const char *const words[] = {"a", "ab", "you ", "a ", "what you ", "b", " ", "'", "aab "};

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 8;
}

static void write_alternatives(struct buffer *out, unsigned *seed, int depth);

static void write_sequence(struct buffer *out, unsigned *seed, int depth)
{
	for (unsigned count = 1 + next(seed) % 4; count > 0; count--) {
		if (depth > 0 && next(seed) % 3 == 0) {
			buffer_text(out, "(?:");
			write_alternatives(out, seed, depth - 1);
			buffer_format(out, ")%s", after_group[next(seed) % COUNT(after_group)]);
		} else {
			buffer_text(out, pieces[next(seed) % COUNT(pieces)]);
		}
	}
}

static void write_alternatives(struct buffer *out, unsigned *seed, int depth)
{
	write_sequence(out, seed, depth);
	for (unsigned more = next(seed) % 3; more > 0; more--) {
		buffer_char(out, '|');
		write_sequence(out, seed, depth);
	}
}

/* One word over and over, and a sign at the end that spoils the match. */
static bool reaches_a_limit(const struct pattern *pattern, const struct pattern_workspace *workspace)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		char text[TEXT_LENGTH + 1];
		for (size_t at = 0; at < TEXT_LENGTH; at++)
			text[at] = words[i][at % strlen(words[i])];
		text[TEXT_LENGTH] = '!';
		if (pattern_match(pattern, workspace, text, sizeof text, 0, NULL) == PATTERN_LIMIT)
			return true;
	}
	return false;
}

static void what_is_said_to_be_quick_reaches_no_limit(void **state)
{
	(void)state;
	struct pattern_workspace workspace;
	struct buffer source = {0};
	unsigned seed = 7, quick = 0, slow = 0;
	pattern_workspace_init(&workspace);
	for (int i = 0; i < PATTERNS; i++) {
		struct pattern pattern = {0};
		char message[128];
		size_t offset;
		buffer_clear(&source);
		write_alternatives(&source, &seed, 3);
		buffer_text(&source, i % 2 ? "zz" : "$");
		if (!pattern_compile(&pattern, source.data, false, message, &offset))
			fail_msg("%s: %s", source.data, message);
		bool said = effort_is_small(source.data, TEXT_LENGTH + 1);
		bool is_slow = reaches_a_limit(&pattern, &workspace);
		if (said && is_slow)
			fail_msg("%s is slow", source.data);
		quick += said;
		slow += is_slow;
		pattern_clear(&pattern);
	}
	assert_true(quick > PATTERNS / 10);
	assert_true(slow > 10);
	buffer_clear(&source);
	pattern_workspace_clear(&workspace);
}

static void what_is_not_understood_is_never_quick(void **state)
{
	(void)state;
	static const char *const sources[] = {"(a)\\1", "\\p{L}", "(?i)a", "(?<name>a)", "(?R)", "(a|b", "a)", "[a",
		"\\", "(*ACCEPT)", "(?:a+)+$", "(?:\\w+ ?)+$", "(?:a|a)*$", "(?:a|ab|b)*(?:a|ab|b)*$"};
	for (size_t i = 0; i < COUNT(sources); i++)
		if (effort_is_small(sources[i], 4000))
			fail_msg("%s", sources[i]);
	assert_true(effort_is_small("\\b(?:what|how|who) (?:do|did) you \\w+\\b", 4000));
	assert_true(effort_is_small("^so .{0,40}\\byou\\b", 4000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_to_be_quick_reaches_no_limit),
		cmocka_unit_test(what_is_not_understood_is_never_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
