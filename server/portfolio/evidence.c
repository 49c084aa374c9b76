/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include "askwell/buffer.h"

#include <string.h>

bool evidence_counts(const struct replay_step *step)
{
	return step->turn->kind == TURN_SAY && !step->set_aside && !step->analysis.safety && step->analysis.primary;
}

void evidence_gather(
	const struct dialogue *dialogue, const struct replay *replay, struct arena *arena, struct evidence *out)
{
	*out = (struct evidence){
		.dialogue = dialogue, .info = dialogue_info(dialogue), .replay = replay, .arena = arena};
	out->messages = arena_array(arena, replay->count, sizeof(struct replay_step *));
	for (size_t i = 0; i < replay->count; i++) {
		if (evidence_counts(&replay->steps[i]))
			out->messages[out->count++] = &replay->steps[i];
	}
}

bool evidence_flagged(const struct replay_step *step, enum technique_flag_id flag)
{
	for (size_t i = 0; i < step->reply.flag_count; i++) {
		if (step->reply.flags[i].id == flag)
			return true;
	}
	for (size_t i = 0; i < step->analysis.flag_count; i++) {
		if (step->analysis.flags[i].id == flag)
			return true;
	}
	return false;
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static void add_times(struct buffer *out, unsigned n)
{
	if (n == 1)
		buffer_text(out, "once");
	else if (n == 2)
		buffer_text(out, "twice");
	else
		buffer_format(out, "%u times", n);
}

const char *evidence_fill(const struct evidence *evidence, const char *template, unsigned n)
{
	struct buffer filled;
	const char *text;

	if (!template)
		return NULL;
	buffer_init(&filled);
	while (*template) {
		if (starts(template, "{character}")) {
			buffer_text(&filled, evidence->info->character_name);
			template += strlen("{character}");
		} else if (starts(template, "{times}")) {
			add_times(&filled, n);
			template += strlen("{times}");
		} else if (starts(template, "{n}")) {
			buffer_format(&filled, "%u", n);
			template += strlen("{n}");
		} else {
			buffer_char(&filled, *template ++);
		}
	}
	text = arena_copy(evidence->arena, filled.data ? filled.data : "", filled.length);
	buffer_clear(&filled);
	return text;
}
