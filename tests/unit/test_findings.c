/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/findings.h"
#include "askwell/json_place.h"

#include <stdio.h>
#include <string.h>

static void all_findings_are_kept_sorted_and_printed(void **state)
{
	struct findings *findings = findings_new(), *more = findings_new();
	struct buffer out = {0};
	char file[16];

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		snprintf(file, sizeof file, "%c.json", i % 2 ? 'a' : 'b');
		findings_add(findings, &(struct finding){"D001", i % 4 ? FINDING_WARNING : FINDING_ERROR, file, 20 - i,
					       3, "/x", "It is so.", "Mend it."});
	}
	memset(file, 'z', 5); /* findings keep copies */
	findings_sort(findings);
	assert_int_equal(findings_count(findings), 20);
	assert_int_equal(findings_errors(findings), 5);
	assert_string_equal(findings_at(findings, 0)->file, "a.json");
	assert_int_equal(findings_at(findings, 0)->line, 1);
	assert_string_equal(findings_at(findings, 19)->file, "b.json");
	finding_print(findings_at(findings, 0), &out);
	assert_string_equal(out.data, "a.json:1:3: warning D001 /x: It is so. Mend it.\n");
	buffer_reset(&out);
	finding_json(findings_at(findings, 19), &out);
	assert_string_equal(out.data, "{\"code\":\"D001\",\"severity\":\"error\",\"file\":\"b.json\",\"line\":20,"
				      "\"column\":3,\"path\":\"/x\","
				      "\"reason\":\"It is so.\",\"remedy\":\"Mend it.\"}");
	findings_append(more, findings);
	assert_int_equal(findings_errors(more), 5);
	buffer_clear(&out);
	findings_free(findings);
	findings_free(more);
	findings_free(NULL);
}

static void places_are_found_by_pointer(void **state)
{
	static const char text[] = "{\n  \"a\": [1, {\"b/c\": \"\xc3\xa9\", \"d\": 2}],\n\t\"e\": {}\n}\n";
	static const struct {
		const char *pointer;
		bool found;
		unsigned line, column;
	} places[] = {
		{"", true, 1, 1},
		{"/a", true, 2, 3},
		{"/a/0", true, 2, 9},
		{"/a/1/b~1c", true, 2, 13},
		{"/a/1/d", true, 2, 25},
		{"/e", true, 3, 2},
		{"/a/2", false, 0, 0},
		{"/nothing", false, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		unsigned line = 0, column = 0;

		assert_int_equal(json_place(text, sizeof text - 1, places[i].pointer, &line, &column), places[i].found);
		if (places[i].found) {
			assert_int_equal(line, places[i].line);
			assert_int_equal(column, places[i].column);
		}
	}
}

static void a_nul_byte_does_not_stop_the_search(void **state)
{
	static const char text[] = "{\"a\": 1\0, \"b\": 2}";
	unsigned line, column;

	(void)state;
	(void)json_place(text, sizeof text - 1, "/b", &line, &column);
	assert_int_equal(line, 1);
	assert_false(json_place("\0\0", 2, "/a", &line, &column));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_findings_are_kept_sorted_and_printed),
		cmocka_unit_test(places_are_found_by_pointer),
		cmocka_unit_test(a_nul_byte_does_not_stop_the_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
