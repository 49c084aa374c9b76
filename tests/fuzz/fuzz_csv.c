/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a table: refused, or written and read again the same. As rows of edited lines they change texts of a case and
 * leave it JSON. */
#include "askwell/csv.h"
#include "askwell/file.h"
#include "askwell/format.h"
#include "askwell/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_written(const struct csv_table *table, struct arena *arena)
{
	struct csv_table again;
	struct buffer out = {0};

	/* A first row with commas, so that nothing else is taken for what stands between fields. */
	csv_write_row(&out, (const char *const[]){"a", "b", "c"}, 3);
	for (size_t i = 0; i < table->count; i++)
		csv_write_row(&out, table->rows[i].fields, table->rows[i].count);
	if (out.length <= CSV_MAX && csv_read(out.data, out.length, arena, &again, NULL) != STATUS_OK)
		abort();
	if (again.count != table->count + 1)
		abort();
	for (size_t i = 0; i < table->count; i++) {
		if (again.rows[i + 1].count != table->rows[i].count)
			abort();
		for (size_t j = 0; j < table->rows[i].count; j++)
			if (strcmp(again.rows[i + 1].fields[j], table->rows[i].fields[j]) != 0)
				abort();
	}
	buffer_clear(&out);
}

static void import(const uint8_t *data, size_t size, struct arena *arena)
{
	static struct buffer script;
	struct findings *findings = findings_new();
	struct lines_sheet *sheet = NULL;
	struct lines_result result;
	struct buffer table = {0}, out = {0};

	if (script.length == 0 &&
		file_read(SOURCE_DIR "/tests/unit/fixtures/case.json", DIALOGUE_SOURCE_MAX, &script, NULL) != STATUS_OK)
		abort();
	struct dialogue_source source = {"f", script.data, script.length};
	buffer_text(&table, "file,pointer,id,text\nf,/title,,New\n");
	buffer_add(&table, data, size);
	if (lines_read("t.csv", table.data, table.length, arena, &sheet, NULL) == STATUS_OK) {
		if (lines_apply(sheet, &source, arena, findings, &result, NULL) != STATUS_OK ||
			format_json(result.text, result.length, &out, NULL) != STATUS_OK)
			abort();
		lines_diff(&source, &result, &out);
	}
	buffer_clear(&table);
	buffer_clear(&out);
	findings_free(findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new(0);
	struct csv_table table;

	if (csv_read((const char *)data, size, arena, &table, NULL) == STATUS_OK)
		check_written(&table, arena);
	/* Forty times slower than reading alone. */
	if (size % 16 == 0)
		import(data, size, arena);
	arena_free(arena);
	return 0;
}
