/* SPDX-License-Identifier: Apache-2.0 */
#include "formats.h"
#include "parts.h"

#include "askwell/clock.h"
#include "askwell/json_out.h"
#include "askwell/utf8.h"

#define FORMAT 1
#define SCHEMA "urn:askwell:schema:transcript:1" /* dialogues/schema/transcript.schema.json */

static void put_time(struct json_out *json, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	json_out_put_text(json, key, ms ? text : NULL);
}

/* Positions count characters, so that a reader in any language finds them. */
static void put_span(struct json_out *json, const char *text, struct technique_span span)
{
	size_t start = utf8_count(text, span.start);

	json_out_put_integer(json, "start", (int64_t)start);
	json_out_put_integer(json, "end", (int64_t)(start + utf8_count(text + span.start, span.end - span.start)));
}

static void put_words(struct json_out *json, const char *text, struct technique_span span)
{
	json_out_object(json);
	put_span(json, text, span);
	json_out_key(json, "text");
	json_out_bytes(json, text + span.start, span.end - span.start);
	json_out_object_end(json);
}

static void put_label(struct json_out *json, const struct transcript *transcript, const char *text,
	const struct technique_label *label)
{
	json_out_object(json);
	json_out_put_text(json, "technique", technique_name(label->technique));
	json_out_put_text(json, "name", parts_label_name(transcript, label));
	json_out_put_text(json, "family", technique_family_name(label->family));
	json_out_put_text(json, "form", technique_form_name(label->form));
	json_out_put_text(json, "focus", label->focus ? technique_focus_name(label->focus) : NULL);
	put_span(json, text, label->span);
	json_out_key(json, "cue");
	put_words(json, text, label->cue);
	json_out_put_text(json, "rule", label->rule);
	json_out_put_text(json, "reason", label->reason);
	json_out_put_integer(json, "confidence", label->confidence);
	json_out_object_end(json);
}

static void put_analysis(struct json_out *json, const struct transcript *transcript, const struct replay_step *step)
{
	const struct technique_pack *pack = dialogue_pack(transcript->dialogue);
	const struct technique_analysis *analysis = &step->analysis;
	bool labelled = parts_labelled(step);

	json_out_key(json, "labels");
	json_out_array(json);
	for (size_t i = 0; labelled && i < analysis->label_count; i++)
		put_label(json, transcript, step->turn->text, &analysis->labels[i]);
	json_out_array_end(json);
	json_out_put_text(json, "primary", labelled ? technique_name(analysis->primary->technique) : NULL);
	json_out_key(json, "flags");
	json_out_array(json);
	for (size_t i = 0; labelled && i < step->reply.flag_count; i++) {
		const struct technique_flag *flag = &step->reply.flags[i];

		json_out_object(json);
		json_out_put_text(json, "id", technique_flag_name(flag->id));
		json_out_put_text(json, "name", technique_pack_flag_name(pack, flag->id));
		json_out_put_text(json, "reason", flag->reason);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_key(json, "picked_up");
	json_out_array(json);
	for (size_t i = 0; labelled && i < analysis->picked_up_count; i++)
		put_words(json, step->turn->text, analysis->picked_up[i]);
	json_out_array_end(json);
}

static void put_lines(struct json_out *json, const char *key, const struct engine_reply *reply)
{
	json_out_key(json, key);
	json_out_array(json);
	for (size_t i = 0; i < reply->line_count; i++) {
		json_out_object(json);
		json_out_put_text(json, "voice", reply->lines[i].voice == ENGINE_GUIDE ? "guide" : "character");
		json_out_put_text(json, "text", reply->lines[i].text);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_why(struct json_out *json, const struct engine_reply *reply)
{
	json_out_key(json, "why");
	if (!reply->rule) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "rule", reply->rule);
	json_out_put_text(json, "level", engine_level_name(reply->level));
	json_out_put_text(json, "because", reply->because);
	json_out_put_text(json, "disclosure", reply->disclosure);
	json_out_object_end(json);
}

static void put_feedback(struct json_out *json, const struct engine_feedback *feedback)
{
	json_out_key(json, "feedback");
	if (!feedback) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "what", feedback->what);
	json_out_put_text(json, "why", feedback->why);
	json_out_put_text(json, "alternative", feedback->alternative);
	json_out_put_text(json, "criterion", feedback->criterion);
	json_out_put_boolean(json, "strength", feedback->strength);
	json_out_object_end(json);
}

static void put_effect(struct json_out *json, const struct dialogue_info *info, const struct engine_reply *reply)
{
	json_out_key(json, "effect");
	json_out_array(json);
	for (size_t i = 0; i < reply->change_count; i++) {
		const struct engine_change *change = &reply->changes[i];

		json_out_object(json);
		json_out_put_text(json, "id", info->variables[change->variable].id);
		json_out_put_text(json, "label", info->variables[change->variable].label);
		json_out_put_integer(json, "before", change->before);
		json_out_put_integer(json, "after", change->after);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_hint(struct json_out *json, const struct replay_step *step)
{
	json_out_key(json, "hint");
	if (step->turn->kind != TURN_HINT) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "listen_for", step->hint.listen_for);
	json_out_put_text(json, "move", step->hint.move);
	json_out_put_text(json, "example", step->hint.example);
	json_out_object_end(json);
}

static void put_turn(struct json_out *json, const struct transcript *transcript, size_t index)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct replay_step *step = &transcript->replay->steps[index];
	unsigned number = parts_number(transcript, index);

	json_out_object(json);
	json_out_put_integer(json, "turn", step->turn->number);
	json_out_put_text(json, "kind", turn_kind_name(step->turn->kind));
	put_time(json, "at", step->turn->at_ms);
	json_out_key(json, "message");
	if (number)
		json_out_integer(json, number);
	else
		json_out_null(json);
	json_out_put_boolean(json, "set_aside", step->set_aside);
	json_out_put_integer(json, "attempt", step->attempt);
	json_out_key(json, "text");
	json_out_bytes(json, step->turn->text, step->turn->text_length);
	put_analysis(json, transcript, step);
	put_lines(json, "reply", &step->reply);
	put_why(json, &step->reply);
	put_feedback(json, step->reply.feedback);
	put_effect(json, info, &step->reply);
	json_out_put_text(json, "stage",
		step->turn->kind == TURN_SAY || step->turn->kind == TURN_END ? info->stages[step->reply.stage_after].id
									     : NULL);
	put_hint(json, step);
	json_out_key(json, "to");
	if (step->turn->kind == TURN_RETAKE)
		json_out_integer(json, step->turn->to);
	else
		json_out_null(json);
	json_out_object_end(json);
}

static void put_origin(struct json_out *json, const struct transcript *transcript)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct technique_pack *pack = dialogue_pack(transcript->dialogue);

	json_out_key(json, "script");
	json_out_object(json);
	json_out_put_text(json, "id", info->id);
	json_out_put_text(json, "title", info->title);
	json_out_put_text(json, "version", dialogue_hash(transcript->dialogue));
	json_out_put_text(json, "mode", info->mode == TECHNIQUE_MENTORING ? "mentoring" : "coaching");
	json_out_put_text(json, "model", info->model_id);
	json_out_put_text(json, "character", info->character_name);
	json_out_object_end(json);
	json_out_key(json, "rules");
	json_out_object(json);
	json_out_put_text(json, "language", technique_pack_language(pack));
	json_out_put_text(json, "version", technique_pack_version(pack));
	json_out_put_text(json, "note", PARTS_GUESS_NOTE);
	json_out_object_end(json);
}

void format_json(const struct transcript *transcript, struct buffer *out)
{
	char id[ID_TEXT_SIZE];
	struct buffer debrief;
	struct json_out json;

	id_format(&transcript->session, id);
	buffer_init(&debrief);
	debrief_json(transcript->dialogue, transcript->debrief, id, transcript->active_ms, &debrief);
	json_out_init(&json, out);
	json_out_object(&json);
	json_out_put_text(&json, "$schema", SCHEMA);
	json_out_put_integer(&json, "format", FORMAT);
	json_out_put_text(&json, "notice", TRANSCRIPT_NOTICE);
	json_out_put_boolean(&json, "simulated", true);
	json_out_put_text(&json, "session", id);
	put_time(&json, "started", transcript->started_ms);
	put_time(&json, "ended", transcript->ended_ms);
	put_time(&json, "exported", transcript->made_ms);
	json_out_put_integer(&json, "practice_ms", transcript->active_ms);
	put_origin(&json, transcript);
	put_lines(&json, "opening", &transcript->replay->opening);
	json_out_key(&json, "turns");
	json_out_array(&json);
	for (size_t i = 0; i < transcript->replay->count; i++)
		put_turn(&json, transcript, i);
	json_out_array_end(&json);
	json_out_key(&json, "debrief");
	json_out_raw(&json, debrief.data, debrief.length);
	json_out_object_end(&json);
	buffer_char(out, '\n');
	buffer_clear(&debrief);
}
