/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for a trainer, to read in a terminal or for a program. */
#include "askwell/disputes.h"

#include "scenes.h"

#include "askwell/clock.h"
#include "askwell/json_out.h"
#include "askwell/transcript.h"
#include "askwell/turn_json.h"
#include "askwell/utf8.h"

#include <string.h>

#define INDENT "    "

/* Several lines stay under the one name. */
static void add_indented(struct buffer *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		buffer_char(out, text[i]);
		if (text[i] == '\n')
			buffer_text(out, INDENT "                ");
	}
}

static void add_row(struct buffer *out, const char *name, const char *text)
{
	buffer_format(out, INDENT "%-16s", name);
	add_indented(out, text, strlen(text));
	buffer_char(out, '\n');
}

/* Bytes before character number `position`. */
static size_t bytes_to(const char *text, size_t length, json_int_t position)
{
	size_t at = 0;

	for (json_int_t i = 0; i < position && at < length; i++) {
		uint32_t point;
		size_t bytes = utf8_decode(text + at, length - at, &point);

		at += bytes ? bytes : 1;
	}
	return at;
}

/* The message with the words that showed the label between square brackets. */
static void add_message(struct buffer *out, const struct dispute_scene *scene)
{
	const struct turn *turn = &scene->turn->turn;
	const json_t *cue = json_object_get(scene->label, "cue");
	size_t start = bytes_to(turn->text, turn->text_length, json_integer_value(json_object_get(cue, "start")));
	size_t end = bytes_to(turn->text, turn->text_length, json_integer_value(json_object_get(cue, "end")));

	buffer_format(out, INDENT "%-16s", "Trainee");
	if (start < end) {
		add_indented(out, turn->text, start);
		buffer_char(out, '[');
		add_indented(out, turn->text + start, end - start);
		buffer_char(out, ']');
		start = end;
	} else {
		start = 0;
	}
	add_indented(out, turn->text + start, turn->text_length - start);
	buffer_char(out, '\n');
}

static void add_label(struct buffer *out, const struct dispute_scene *scene)
{
	const char *rule = scene_label_text(scene, "rule");

	buffer_format(out, INDENT "%-16s%s", "Label", scene_technique_name(scene, scene->dispute->technique));
	if (*rule)
		buffer_format(out, " (rule %s)", rule);
	buffer_format(out, ". %s\n", scene_label_text(scene, "reason"));
}

static void add_views(struct buffer *out, const struct dispute_scene *scene)
{
	const struct dispute *dispute = scene->dispute;
	const char *proposed = scene_technique_name(scene, dispute->proposed);

	add_row(out, "Trainee's view", proposed ? proposed : "Something else, or not sure");
	if (*dispute->note)
		add_row(out, "  because", dispute->note);
	if (!dispute->ruled_ms)
		return;
	buffer_format(out, INDENT "%-16s%s", "Ruling", scene_technique_name(scene, dispute->ruling));
	if (dispute->by)
		buffer_format(out, ", by %s", dispute->by);
	buffer_char(out, '\n');
	add_row(out, "  because", dispute->why);
}

static const char *title_of(const struct dispute_scene *scene)
{
	return scene->dialogue ? dialogue_info(scene->dialogue)->title : scene->session.script;
}

static void write_plain(const struct dispute_scene *scene, struct buffer *out)
{
	char id[ID_TEXT_SIZE], at[CLOCK_TEXT_SIZE];

	id_format(&scene->dispute->id, id);
	clock_format(scene->dispute->at_ms, at);
	buffer_format(out, "%s  %s  %s, turn %u\n", id, at, title_of(scene), scene->dispute->turn);
	if (*scene->coachee)
		add_row(out, scene->dialogue ? dialogue_info(scene->dialogue)->character_name : "Coachee",
			scene->coachee);
	add_message(out, scene);
	add_label(out, scene);
	add_views(out, scene);
	buffer_char(out, '\n');
}

static void put_id(struct json_out *json, const char *key, const struct id *id)
{
	char text[ID_TEXT_SIZE];

	id_format(id, text);
	json_out_put_text(json, key, text);
}

static void write_json(const struct dispute_scene *scene, struct buffer *out)
{
	const struct dispute *dispute = scene->dispute;
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	put_id(&json, "id", &dispute->id);
	turn_json_time(&json, "at", dispute->at_ms);
	put_id(&json, "session", &dispute->session);
	json_out_put_integer(&json, "turn", dispute->turn);
	json_out_put_integer(&json, "label", dispute->label);
	json_out_put_text(&json, "case", scene->session.script);
	json_out_put_text(&json, "title", title_of(scene));
	json_out_put_text(&json, "coachee", *scene->coachee ? scene->coachee : NULL);
	json_out_put_text(&json, "before", scene->before);
	json_out_key(&json, "text");
	json_out_bytes(&json, scene->turn->turn.text, scene->turn->turn.text_length);
	json_out_put_text(&json, "technique", dispute->technique);
	json_out_put_text(
		&json, "words", json_string_value(json_object_get(json_object_get(scene->label, "cue"), "text")));
	json_out_put_text(&json, "rule", scene_label_text(scene, "rule"));
	json_out_put_text(&json, "reason", scene_label_text(scene, "reason"));
	json_out_put_text(&json, "proposed", dispute->proposed);
	json_out_put_text(&json, "note", dispute->note);
	transcript_json_ruling(&json, dispute);
	json_out_object_end(&json);
	buffer_char(out, '\n');
}

enum status disputes_list(const char *data_folder, const char *dialogues_folder, bool all, bool json,
	struct buffer *out, struct error *error)
{
	struct scenes scenes = {0};
	struct dispute *disputes = NULL;
	size_t count = 0;
	enum status status = scenes_open(&scenes, data_folder, dialogues_folder, error);

	if (status == STATUS_OK)
		status = store_read_disputes(scenes.reader, !all, scenes.arena, &disputes, &count, error);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct dispute_scene scene = {0};

		status = scene_read_dispute(&scenes, &disputes[i], &scene, error);
		if (status == STATUS_OK)
			(json ? write_json : write_plain)(&scene, out);
		scene_clear_dispute(&scene);
	}
	scenes_close(&scenes);
	return status;
}
