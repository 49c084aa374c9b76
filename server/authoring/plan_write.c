/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/plan.h"

#include <inttypes.h>

/* On one line: a plan's message ends with it. */
static void write_message(struct buffer *out, const struct turn *turn)
{
	buffer_text(out, "\n> ");
	for (size_t i = 0; i < turn->text_length; i++)
		buffer_char(out, turn->text[i] == '\n' || turn->text[i] == '\t' ? ' ' : turn->text[i]);
	buffer_char(out, '\n');
}

static void write_scene(struct buffer *out, const struct engine_scene *scene)
{
	if (scene->state != NULL)
		buffer_format(out, "from: %s\n", scene->state);
	for (size_t i = 0; i < scene->setting_count; i++)
		buffer_format(
			out, "%s%s=%d", i == 0 ? "set: " : ", ", scene->settings[i].variable, scene->settings[i].value);
	if (scene->setting_count > 0)
		buffer_char(out, '\n');
	for (size_t i = 0; i < scene->told_count; i++)
		buffer_format(out, "%s%s", i == 0 ? "told: " : ", ", scene->told[i]);
	if (scene->told_count > 0)
		buffer_char(out, '\n');
}

static void write_ending(struct buffer *out, const struct dialogue_info *info, const struct engine_reply *reply)
{
	if (reply->ending >= 0)
		buffer_format(out, "  ended: %s\n", info->endings[reply->ending].id);
}

static void write_answer(struct buffer *out, const struct dialogue_info *info, const struct replay_step *step)
{
	const struct engine_reply *reply = &step->reply;
	if (step->analysis.primary != NULL)
		buffer_format(out, "  label: %s\n", technique_name(step->analysis.primary->technique));
	buffer_format(out, "  rule: %s %s\n", engine_level_name(reply->level), reply->rule);
	buffer_format(out, "  reveals: %s\n", reply->disclosure != NULL ? reply->disclosure : "nothing");
	if (reply->exercise != NULL)
		buffer_format(
			out, "  exercise: %s %s\n", reply->exercise->id, engine_outcome_name(reply->exercise->outcome));
	if (reply->stage_after != reply->stage_before)
		buffer_format(out, "  stage: %s\n", info->stages[reply->stage_after].id);
	write_ending(out, info, reply);
}

static void write_step(struct buffer *out, const struct dialogue_info *info, const struct replay_step *step)
{
	switch (step->turn->kind) {
	case TURN_SAY:
		write_message(out, step->turn);
		write_answer(out, info, step);
		return;
	case TURN_RETAKE:
		buffer_format(out, "\n! retake %u\n", step->turn->to);
		return;
	case TURN_HINT:
		buffer_text(out, "\n! hint\n");
		return;
	case TURN_END:
		buffer_text(out, "\n! end\n");
		write_ending(out, info, &step->reply);
		return;
	}
}

void plan_write(const struct dialogue *dialogue, uint64_t seed, const struct engine_scene *scene,
	const struct replay *replay, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	buffer_format(out, "case: %s\nseed: %" PRIu64 "\n", info->id, seed);
	if (scene != NULL)
		write_scene(out, scene);
	for (size_t i = 0; i < replay->count; i++)
		write_step(out, info, &replay->steps[i]);
}
