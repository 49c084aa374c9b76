/* SPDX-License-Identifier: Apache-2.0 */
#include "lint_messages.h"

#include "messages.h"

#include "askwell/json_out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct counting {
	struct technique_tally *tally;
	struct technique_scratch *scratch;
	size_t messages;
};

static const char *const parts[TECHNIQUE_PART_COUNT] = {
	[TECHNIQUE_PART_RULE] = "rule", [TECHNIQUE_PART_DEFAULT] = "default", [TECHNIQUE_PART_CUE] = "cue"};

static const char *count_line(void *to, const json_t *object)
{
	struct counting *counting = to;
	struct technique_context context = {0};
	const char *wrong = messages_line(object, &context);
	const json_t *text = json_object_get(object, "text");

	if (wrong != NULL)
		return wrong;
	enum status status = technique_tally_add(
		counting->tally, counting->scratch, json_string_value(text), json_string_length(text), &context);
	if (status != STATUS_OK)
		return status == STATUS_TOO_LARGE ? "\"text\" is too long" : "\"text\" says nothing";
	counting->messages++;
	return NULL;
}

/* What never counted first; equals in the order of the pack. */
static int compare(const void *a, const void *b)
{
	const struct technique_tally_row *x = *(const struct technique_tally_row *const *)a;
	const struct technique_tally_row *y = *(const struct technique_tally_row *const *)b;

	if (x->won != y->won)
		return x->won < y->won ? -1 : 1;
	if (x->held != y->held)
		return x->held < y->held ? -1 : 1;
	if (x->decided != y->decided)
		return x->decided < y->decided ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void print_row(const struct technique_tally_row *row, bool json, struct buffer *out)
{
	struct json_out object;

	if (!json) {
		buffer_format(
			out, "%8zu %8zu %8zu  %-8s %s\n", row->held, row->won, row->decided, parts[row->part], row->id);
		return;
	}
	json_out_init(&object, out);
	json_out_object(&object);
	json_out_put_text(&object, "part", parts[row->part]);
	json_out_put_text(&object, "id", row->id);
	json_out_put_integer(&object, "held", (int64_t)row->held);
	json_out_put_integer(&object, "won", (int64_t)row->won);
	json_out_put_integer(&object, "decided", (int64_t)row->decided);
	json_out_object_end(&object);
	buffer_char(out, '\n');
}

static void print(const struct counting *counting, bool json)
{
	struct buffer out = {0};
	size_t count, silent = 0;
	const struct technique_tally_row *rows = technique_tally_rows(counting->tally, &count);
	const struct technique_tally_row **sorted = calloc(count + 1, sizeof *sorted);

	if (sorted == NULL)
		abort();
	for (size_t i = 0; i < count; i++) {
		sorted[i] = &rows[i];
		silent += rows[i].won == 0;
	}
	qsort(sorted, count, sizeof *sorted, compare);
	if (!json)
		buffer_text(&out, "    held      won  decided  part     id\n");
	for (size_t i = 0; i < count; i++)
		print_row(sorted[i], json, &out);
	if (!json)
		buffer_format(&out,
			"%zu message%s read; %zu of %zu entries never won. held: sentences that it fits; won: of "
			"these, that\n"
			"got the name it speaks for; decided: of these, that would have another name without it.\n",
			counting->messages, counting->messages == 1 ? "" : "s", silent, count);
	fputs(out.data != NULL ? out.data : "", stdout);
	free(sorted);
	buffer_clear(&out);
}

int lint_messages(const char *messages, const char *pack_path, bool json)
{
	struct counting counting = {0};
	struct technique_pack *pack = NULL;
	FILE *from = fopen(messages, "r");
	int result = 3;

	if (from == NULL) {
		fprintf(stderr, "askwell: %s cannot be read: %s.\n", messages, strerror(errno));
		goto out;
	}
	pack = messages_pack(pack_path);
	if (pack == NULL)
		goto out;
	counting.tally = technique_tally_new(pack);
	counting.scratch = technique_scratch_new();
	result = messages_each(from, "line", count_line, &counting);
	if (result != 3)
		print(&counting, json);
	if (fflush(stdout) != 0)
		result = 3;
out:
	if (from != NULL)
		(void)fclose(from);
	technique_tally_free(counting.tally);
	technique_scratch_free(counting.scratch);
	technique_pack_release(pack);
	return result;
}
