/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include "askwell/graph.h"
#include "askwell/utf8.h"

/* Graphviz keeps a little of what it lays out; it is loaded for one picture and the program ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgvc.so\nleak:libcgraph.so\n";
}

static void the_list_says_everything(void **state)
{
	static const char *const wanted[] = {"The late trains (late_trains), ", "\nStages and states\n",
		"    state arriving, where the conversation begins\n", "\nWhat moves the conversation\n",
		"\nEndings, the first that fits\n", "\nWhat can be told, by topic and depth\n",
		"  the station (work)\n",
		"    depth 1, late_again: always; opened by open questions, any listening, summary or empathy\n",
		"    depth 2, platform: Trust at least 3; opened by "};
	struct fixture *f = *state;
	struct buffer out = {0};

	graph_list(f->dialogue, &out);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!strstr(out.data, wanted[i]))
			fail_msg("\"%s\" is not in\n%s", wanted[i], out.data);
	assert_null(strstr(out.data, "(null)"));
	buffer_clear(&out);
}

/* Every tag that opens closes, and nothing points elsewhere. */
static void check_markup(const char *svg)
{
	const char *open[32];
	size_t depth = 0;

	for (const char *at = strchr(svg, '<'); at; at = strchr(at + 1, '<')) {
		const char *end = strchr(at, '>');
		size_t name = strcspn(at + 1, " />");

		assert_non_null(end);
		if (at[1] == '/') {
			assert_true(depth > 0);
			depth--;
			assert_int_equal(strncmp(open[depth], at + 2, strcspn(at + 2, ">")), 0);
		} else if (end[-1] != '/') {
			assert_true(depth < COUNT(open) && name > 0);
			open[depth++] = at + 1;
		}
	}
	assert_int_equal(depth, 0);
	for (const char *at = strchr(svg, '&'); at; at = strchr(at + 1, '&'))
		assert_true(strncmp(at, "&amp;", 5) == 0 || strncmp(at, "&lt;", 4) == 0 ||
			    strncmp(at, "&gt;", 4) == 0 || strncmp(at, "&quot;", 6) == 0);
	assert_null(strstr(strstr(svg, "2000/svg") + 1, "http"));
	assert_null(strstr(svg, "url("));
	assert_null(strstr(svg, "href"));
	assert_null(strstr(svg, "<script"));
	assert_null(strstr(svg, "nan"));
	assert_null(strstr(svg, "(null)"));
}

/* Everything but the figures: Graphviz orders some things by where they lie in memory. */
static void keep_words(struct buffer *svg)
{
	size_t kept = 0;

	for (size_t i = 0; i < svg->length; i++)
		if (!strchr("0123456789.- CLM,", svg->data[i]))
			svg->data[kept++] = svg->data[i];
	svg->data[kept] = '\0';
	svg->length = kept;
}

static void the_picture_is_complete_and_always_says_the_same(void **state)
{
	struct fixture *f = *state;
	struct buffer once = {0}, twice = {0};
	struct error error = {0};
	static const char *const wanted[] = {
		"<title id=\"title\">The late trains: ", "<desc id=\"desc\">Statechart of ",
		"prefers-color-scheme: dark", ">arriving</text>", ">platform</text>", "role=\"img\""};

	if (graph_svg(f->dialogue, &once, &error) == STATUS_UNAVAILABLE) {
		assert_non_null(strstr(error.text, "libgvc6"));
		skip();
	}
	assert_int_equal(graph_svg(f->dialogue, &twice, &error), STATUS_OK);
	assert_true(utf8_valid(once.data, once.length));
	check_markup(once.data);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!strstr(once.data, wanted[i]))
			fail_msg("\"%s\" is not in the picture", wanted[i]);
	keep_words(&once);
	keep_words(&twice);
	assert_string_equal(once.data, twice.data);
	buffer_clear(&once);
	buffer_clear(&twice);
}

static void what_authors_write_is_escaped(void **state)
{
	struct fixture *f = *state;
	struct dialogue_source script =
		fixture_edit(f->arena, &f->script, "\"The late trains\"", "\"</title><script>&\\u0001\\\"\"");
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct buffer out = {0};

	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue), STATUS_OK);
	if (graph_svg(dialogue, &out, NULL) == STATUS_OK)
		check_markup(out.data);
	buffer_clear(&out);
	dialogue_release(dialogue);
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_says_everything),
		cmocka_unit_test(the_picture_is_complete_and_always_says_the_same),
		cmocka_unit_test(what_authors_write_is_escaped),
	};

	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
