/* SPDX-License-Identifier: Apache-2.0 */
#include "formats.h"
#include "parts.h"

#include "askwell/json_out.h"
#include "askwell/turn_json.h"

#define FORMAT 1
#define SCHEMA "urn:askwell:schema:transcript:1" /* dialogues/schema/transcript.schema.json */

void transcript_json_ruling(struct json_out *json, const struct dispute *dispute)
{
	json_out_key(json, "ruling");
	if (!dispute->ruled_ms) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "technique", dispute->ruling);
	json_out_put_text(json, "form", dispute->form);
	json_out_put_text(json, "why", dispute->why);
	json_out_put_text(json, "by", dispute->by);
	turn_json_time(json, "at", dispute->ruled_ms);
	json_out_object_end(json);
}

static void put_disputes(struct json_out *json, const struct transcript *transcript, const struct replay_step *step)
{
	json_out_key(json, "disputes");
	json_out_array(json);
	for (size_t i = 0; parts_labelled(step) && i < step->analysis.label_count; i++) {
		const struct dispute *dispute = parts_dispute(transcript, step, i);

		if (!dispute)
			continue;
		json_out_object(json);
		json_out_put_integer(json, "label", (int64_t)i);
		json_out_put_text(json, "technique", dispute->proposed);
		json_out_put_text(json, "note", dispute->note);
		turn_json_time(json, "at", dispute->at_ms);
		transcript_json_ruling(json, dispute);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_turn(struct json_out *json, const struct transcript *transcript, size_t index)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct replay_step *step = &transcript->replay->steps[index];
	unsigned number = parts_number(transcript, index);

	json_out_object(json);
	json_out_put_integer(json, "turn", step->turn->number);
	json_out_put_text(json, "kind", turn_kind_name(step->turn->kind));
	turn_json_time(json, "at", step->turn->at_ms);
	json_out_key(json, "message");
	if (number)
		json_out_integer(json, number);
	else
		json_out_null(json);
	json_out_put_boolean(json, "set_aside", step->set_aside);
	json_out_put_integer(json, "attempt", step->attempt);
	json_out_key(json, "text");
	json_out_bytes(json, step->turn->text, step->turn->text_length);
	turn_json_analysis(
		json, transcript->dialogue, step->turn, parts_labelled(step) ? &step->analysis : NULL, &step->reply);
	put_disputes(json, transcript, step);
	turn_json_lines(json, "reply", &step->reply);
	turn_json_why(json, &step->reply);
	turn_json_feedback(json, step->reply.feedback);
	turn_json_effect(json, transcript->dialogue, &step->reply);
	json_out_put_text(json, "stage",
		step->turn->kind == TURN_SAY || step->turn->kind == TURN_END ? info->stages[step->reply.stage_after].id
									     : NULL);
	turn_json_exercise(json, step->reply.exercise);
	json_out_put_text(json, "prompt", step->reply.prompt);
	turn_json_hint(json, step->turn->kind == TURN_HINT ? &step->hint : NULL);
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
	json_out_put_text(json, "mode", dialogue_mode_name(info));
	json_out_put_text(json, "model", info->model_id);
	json_out_put_text(json, "character", info->character_name);
	json_out_object_end(json);
	json_out_key(json, "rules");
	json_out_object(json);
	json_out_put_text(json, "language", technique_pack_language(pack));
	json_out_put_text(json, "version", parts_rules_version(transcript));
	json_out_put_text(json, "note", PARTS_GUESS_NOTE);
	json_out_object_end(json);
}

/* By what they are about; the questions themselves are the script's. */
static void put_notes(struct json_out *json, const struct transcript *transcript)
{
	const struct dialogue_contrast *contrast = dialogue_info(transcript->dialogue)->contrast;
	char id[ID_TEXT_SIZE];

	json_out_put_text(json, "contrast", contrast ? contrast->id : NULL);
	id_format(&transcript->pair, id);
	json_out_put_text(json, "pair", id_is_zero(&transcript->pair) ? NULL : id);
	json_out_key(json, "notes");
	json_out_array(json);
	for (size_t i = 0; i < transcript->note_count; i++) {
		if (!*transcript->notes[i].text)
			continue;
		json_out_object(json);
		json_out_put_text(json, "about", transcript->notes[i].about);
		json_out_put_text(json, "text", transcript->notes[i].text);
		turn_json_time(json, "at", transcript->notes[i].at_ms);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static int64_t active_until(const struct transcript *transcript, uint32_t turn)
{
	return transcript_active_ms(transcript->started_ms, transcript->replay->steps[0].turn, turn);
}

/* What was shown at the ends that somebody went back behind. */
static void put_earlier(struct json_out *json, const struct transcript *transcript, const char *session)
{
	struct buffer debrief;

	buffer_init(&debrief);
	json_out_key(json, "earlier");
	json_out_array(json);
	for (size_t i = 0; i < transcript->earlier_count; i++) {
		const struct debrief *earlier = &transcript->earlier[i];

		buffer_reset(&debrief);
		debrief_json(transcript->dialogue, earlier, session, active_until(transcript, earlier->ended_turn),
			&debrief);
		json_out_raw(json, debrief.data, debrief.length);
	}
	json_out_array_end(json);
	buffer_clear(&debrief);
}

void formats_json(const struct transcript *transcript, struct buffer *out)
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
	turn_json_time(&json, "started", transcript->started_ms);
	turn_json_time(&json, "ended", transcript->ended_ms);
	turn_json_time(&json, "exported", transcript->made_ms);
	json_out_put_integer(&json, "practice_ms", transcript->active_ms);
	put_origin(&json, transcript);
	turn_json_lines(&json, "opening", &transcript->replay->opening);
	json_out_key(&json, "turns");
	json_out_array(&json);
	for (size_t i = 0; i < transcript->replay->count; i++)
		put_turn(&json, transcript, i);
	json_out_array_end(&json);
	put_notes(&json, transcript);
	json_out_key(&json, "debrief");
	json_out_raw(&json, debrief.data, debrief.length);
	put_earlier(&json, transcript, id);
	json_out_object_end(&json);
	buffer_char(out, '\n');
	buffer_clear(&debrief);
}
