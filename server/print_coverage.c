/* SPDX-License-Identifier: Apache-2.0 */
#include "print_coverage.h"

#define LINE_WIDTH 110

/* Ids, wrapped and indented. */
static void print_never(const struct coverage *coverage, enum coverage_group group, struct buffer *out)
{
	static const char start[] = "      never:";
	struct coverage_item item;
	size_t width = sizeof start - 1;

	buffer_text(out, start);
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		size_t before = out->length;

		coverage_item(coverage, i, &item);
		if (item.group != group || item.count > 0)
			continue;
		if (width > LINE_WIDTH) {
			buffer_text(out, "\n            ");
			width = 12;
			before = out->length;
		}
		buffer_format(out, " %s%s%s", item.owner ? item.owner : "", item.owner ? "/" : "", item.id);
		width += out->length - before;
	}
	buffer_char(out, '\n');
}

void print_coverage(const struct coverage *coverage, struct buffer *out)
{
	struct coverage_sum sums[COVERAGE_GROUPS];

	coverage_sums(coverage, sums);
	for (unsigned i = 0; i < COVERAGE_GROUPS; i++) {
		if (sums[i].all == 0)
			continue;
		buffer_format(out, "  %-25s %4zu of %4zu reached, %3zu%%\n",
			coverage_group_words((enum coverage_group)i), sums[i].reached, sums[i].all,
			sums[i].reached * 100 / sums[i].all);
		/* Nobody's plans reach all of a thousand answers. */
		if (sums[i].reached < sums[i].all && i != COVERAGE_ANSWERS)
			print_never(coverage, (enum coverage_group)i, out);
	}
}

static void put_never(const struct coverage *coverage, enum coverage_group group, struct json_out *json)
{
	struct coverage_item item;

	json_out_key(json, "never");
	json_out_array(json);
	for (size_t i = 0; i < coverage_count(coverage); i++) {
		coverage_item(coverage, i, &item);
		if (item.group != group || item.count > 0)
			continue;
		json_out_object(json);
		json_out_put_text(json, "id", item.id);
		if (item.owner)
			json_out_put_text(json, "of", item.owner);
		json_out_put_text(json, "file", item.place.source->file);
		/* Looking for the lines of a thousand answers takes longer than all the rest. */
		if (group != COVERAGE_ANSWERS)
			json_out_put_integer(json, "line", inventory_line(&item.place));
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

void put_coverage(const struct coverage *coverage, struct json_out *json)
{
	struct coverage_sum sums[COVERAGE_GROUPS];

	coverage_sums(coverage, sums);
	json_out_key(json, "coverage");
	json_out_object(json);
	for (unsigned i = 0; i < COVERAGE_GROUPS; i++) {
		json_out_key(json, coverage_group_name((enum coverage_group)i));
		json_out_object(json);
		json_out_put_integer(json, "reached", (int64_t)sums[i].reached);
		json_out_put_integer(json, "all", (int64_t)sums[i].all);
		put_never(coverage, (enum coverage_group)i, json);
		json_out_object_end(json);
	}
	json_out_object_end(json);
}
