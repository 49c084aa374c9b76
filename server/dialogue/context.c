/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells the analyser and the trainee who is stuck. */
#include "run.h"

#include <string.h>

#define HINT_WORDS 4

void engine_context(const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena,
	struct technique_context *out)
{
	const char *texts[RUN_SAID_MAX];
	size_t length = 0, at = 0;
	for (unsigned i = 0; i < run->said_count; i++) {
		texts[i] = run_line(dialogue, run->said[i], run->said_topic, arena);
		length += strlen(texts[i]) + 1;
	}
	char *joined = arena_alloc(arena, length + 1);
	for (unsigned i = 0; i < run->said_count; i++) {
		size_t part = strlen(texts[i]);
		if (i > 0)
			joined[at++] = ' ';
		memcpy(joined + at, texts[i], part);
		at += part;
	}
	/* Exercises stand each for themselves: one question after the other is what they ask for. */
	bool alone = dialogue->info.drill;
	*out = (struct technique_context){
		.mode = dialogue->info.mode,
		.coachee = run->said_count > 0 ? joined : NULL,
		.coachee_length = at,
		.previous = run->previous_length > 0 && !alone ? arena_copy(arena, run->previous, run->previous_length)
							       : NULL,
		.previous_length = alone ? 0 : run->previous_length,
		.permission_open = run->permission != 0,
		.question_streak = alone ? 0 : run->question_streak,
	};
}

/* The beginning of a good question, and no more of it. */
static const char *beginning(struct arena *arena, const char *text)
{
	const char *end = text;
	for (unsigned words = 0; words < HINT_WORDS && end != NULL; words++)
		end = strchr(words == 0 ? end : end + 1, ' ');
	return end == NULL ? text : arena_format(arena, "%.*s ...", (int)(end - text), text);
}

void engine_hint(
	const struct dialogue *dialogue, const struct engine_run *run, struct arena *arena, struct engine_hint *out)
{
	const struct script_stage *stage = &dialogue->stages[run->stage];
	const char *ask = run->topic == SCRIPT_NONE ? NULL : dialogue->topics[run->topic].ask;
	if (run->disclosure != SCRIPT_NONE && dialogue->disclosures[run->disclosure].ask != NULL)
		ask = dialogue->disclosures[run->disclosure].ask;
	out->listen_for = stage->listen_for;
	out->move = stage->move;
	if (dialogue->info.drill && stage->example == NULL)
		ask = dialogue->exercises[run->state].answer;
	out->example = ask != NULL ? beginning(arena, ask) : stage->example;
}
