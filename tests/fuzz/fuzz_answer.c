/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the answer that was kept with a message: read back or refused, never a crash. What is read back points into
 * the message. */
#include "askwell/turn_json.h"

#include <stdlib.h>
#include <string.h>

static const char *const messages[] = {"So you are late. What is it?", "Caf\u00e9? \U0001F642 what", ""};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(const struct turn *turn, struct technique_span span)
{
	if (span.start > span.end || span.end > turn->text_length)
		abort();
}

static void check(const struct turn *turn, const struct technique_analysis *read)
{
	if ((read->primary == NULL) != (read->safety != NULL))
		abort();
	if (read->primary && (read->primary < read->labels || read->primary >= read->labels + read->label_count))
		abort();
	for (size_t i = 0; i < read->label_count; i++) {
		const struct technique_label *label = &read->labels[i];

		if (label->technique >= TECHNIQUE_COUNT || label->runner_up >= TECHNIQUE_COUNT || !label->rule ||
			!label->reason)
			abort();
		check_span(turn, label->span);
		check_span(turn, label->cue);
		for (size_t j = 0; j < label->evidence_count; j++)
			check_span(turn, label->evidence[j].span);
	}
	for (size_t i = 0; i < read->flag_count; i++)
		if (read->flags[i].id >= TECHNIQUE_FLAG_COUNT || !read->flags[i].reason)
			abort();
	for (size_t i = 0; i < read->picked_up_count; i++)
		check_span(turn, read->picked_up[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new(0);
	/* A copy of its own size, so that reading past its end is seen. */
	char *answer = malloc(size ? size : 1);

	if (!answer)
		abort();
	if (size)
		memcpy(answer, data, size);
	for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
		struct technique_analysis read;
		struct turn turn = {.kind = TURN_SAY,
			.text = messages[i],
			.text_length = strlen(messages[i]),
			.answer = answer,
			.answer_length = size};

		if (turn_json_read(&turn, arena, &read) == STATUS_OK)
			check(&turn, &read);
	}
	free(answer);
	arena_free(arena);
	return 0;
}
