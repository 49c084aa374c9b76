/* SPDX-License-Identifier: Apache-2.0 */
#include "scenes.h"

#include "askwell/engine.h"

#include <string.h>

enum status scenes_open(
	struct scenes *scenes, const char *data_folder, const char *dialogues_folder, struct error *error)
{
	const struct library_options options = {.on_demand = true};
	enum status status = store_reader_open(data_folder, &scenes->reader, error);

	if (status == STATUS_OK && library_load(dialogues_folder, &options, NULL, &scenes->library, NULL) != STATUS_OK)
		scenes->library = NULL;
	scenes->versions = versions_new();
	scenes->arena = arena_new(64 * 1024);
	return status;
}

void scenes_close(struct scenes *scenes)
{
	store_reader_close(scenes->reader);
	library_release(scenes->library);
	versions_free(scenes->versions);
	arena_free(scenes->arena);
}

/* The message that this one came after, on the path that was the conversation when it was said; NULL: it was the first. */
static const struct store_turn *turn_before(const struct store_turn *turns, uint32_t number)
{
	uint32_t at = number - 1;

	while (at > 0 && turns[at - 1].turn.kind != TURN_SAY)
		at = (turns[at - 1].turn.kind == TURN_RETAKE ? turns[at - 1].turn.to : at) - 1;
	return at > 0 ? &turns[at - 1] : NULL;
}

static void add_line(struct buffer *lines, const char *text)
{
	if (lines->length > 0)
		buffer_char(lines, ' ');
	buffer_text(lines, text);
}

static void add_reply(struct buffer *lines, const struct store_turn *turn)
{
	json_t *answer = json_loadb(turn->answer, turn->answer_length, 0, NULL);
	const json_t *line;
	size_t i;

	json_array_foreach(json_object_get(answer, "reply"), i, line)
	{
		const char *voice = json_string_value(json_object_get(line, "voice"));
		const char *text = json_string_value(json_object_get(line, "text"));

		if (voice && text && strcmp(voice, "character") == 0)
			add_line(lines, text);
	}
	json_decref(answer);
}

static void add_opening(struct buffer *lines, const struct dispute_scene *scene, struct arena *arena)
{
	struct engine_run *run;
	struct engine_reply opening;

	if (!scene->dialogue)
		return;
	run = engine_start(scene->dialogue, scene->session.seed);
	engine_opening(scene->dialogue, run, arena, &opening);
	for (size_t i = 0; i < opening.line_count; i++)
		if (opening.lines[i].voice == ENGINE_CHARACTER)
			add_line(lines, opening.lines[i].text);
	engine_free(run);
}

static void read_before(struct scenes *scenes, const struct store_turn *turns, struct dispute_scene *scene)
{
	const struct store_turn *before = turn_before(turns, scene->dispute->turn);
	struct buffer lines = {0};

	if (before) {
		scene->before = before->turn.text;
		add_reply(&lines, before);
	} else {
		add_opening(&lines, scene, scenes->arena);
	}
	scene->coachee = arena_copy(scenes->arena, lines.length ? lines.data : "", lines.length);
	buffer_clear(&lines);
}

enum status scene_read_dispute(
	struct scenes *scenes, const struct dispute *dispute, struct dispute_scene *out, struct error *error)
{
	struct store_turn *turns = NULL;
	struct error unusable = {0};
	size_t count = 0;
	enum status status = store_read_session(scenes->reader, &dispute->session, scenes->arena, &out->session, error);

	if (status == STATUS_OK)
		status = store_read_turns(scenes->reader, &dispute->session, scenes->arena, &turns, &count, error);
	if (status != STATUS_OK)
		return status;
	if (dispute->turn > count)
		return error_set(error, STATUS_CORRUPT, "store_corrupt", "A dispute names a turn that is not there.");
	if (versions_get(scenes->versions, scenes->library, scenes->reader, &out->session, &out->dialogue, &unusable) !=
		STATUS_OK)
		out->dialogue = NULL;
	out->dispute = dispute;
	out->turn = &turns[dispute->turn - 1];
	out->answer = json_loadb(out->turn->answer, out->turn->answer_length, 0, NULL);
	out->label = json_array_get(json_object_get(out->answer, "labels"), dispute->label);
	read_before(scenes, turns, out);
	return STATUS_OK;
}

void scene_clear_dispute(struct dispute_scene *scene)
{
	dialogue_release(scene->dialogue);
	json_decref(scene->answer);
	*scene = (struct dispute_scene){0};
}

const char *scene_technique_name(const struct dispute_scene *scene, const char *id)
{
	enum technique_id technique;

	if (!scene->dialogue || !technique_parse(id, &technique))
		return id;
	return technique_pack_name(dialogue_pack(scene->dialogue), technique);
}

const char *scene_label_text(const struct dispute_scene *scene, const char *member)
{
	const char *text = json_string_value(json_object_get(scene->label, member));

	return text ? text : "";
}
