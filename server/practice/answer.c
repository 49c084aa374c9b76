/* SPDX-License-Identifier: Apache-2.0 */
#include "answer.h"

#include "askwell/memory.h"
#include "askwell/transcript.h"
#include "askwell/turn_json.h"

#include <stdlib.h>
#include <string.h>

static void put_id(struct json_out *json, const char *key, const struct id *id)
{
	char text[ID_TEXT_SIZE];

	id_format(id, text);
	json_out_put_text(json, key, text);
}

void answer_put_number(struct json_out *json, const char *key, int64_t number)
{
	json_out_key(json, key);
	if (number)
		json_out_integer(json, number);
	else
		json_out_null(json);
}

static void put_stage(struct json_out *json, const struct dialogue_info *info, unsigned stage)
{
	json_out_put_text(json, "id", info->stages[stage].id);
	json_out_put_text(json, "name", info->stages[stage].name);
}

static void put_ending(struct json_out *json, const struct dialogue_info *info, const struct engine_reply *reply)
{
	json_out_key(json, "ended");
	if (!reply || reply->ending < 0) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "id", info->endings[reply->ending].id);
	json_out_put_text(json, "title", info->endings[reply->ending].title);
	json_out_put_text(json, "debrief", info->endings[reply->ending].debrief);
	json_out_object_end(json);
}

void answer_turn(const struct answer_turn *answer, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(answer->dialogue);
	const struct turn *turn = answer->turn;
	const struct engine_reply *reply = answer->reply;
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	put_id(&json, "session", answer->session);
	json_out_put_integer(&json, "turn", turn->number);
	json_out_put_text(&json, "kind", turn_kind_name(turn->kind));
	turn_json_time(&json, "at", turn->at_ms);
	json_out_key(&json, "text");
	json_out_bytes(&json, turn->text, turn->text_length);
	json_out_put_integer(&json, "masked", answer->masked);
	turn_json_analysis(&json, answer->dialogue, turn, answer->analysis, reply);
	turn_json_recognised(&json, answer->analysis);
	turn_json_lines(&json, "reply", reply);
	turn_json_why(&json, reply);
	turn_json_feedback(&json, reply ? reply->feedback : NULL);
	json_out_key(&json, "stage");
	json_out_object(&json);
	put_stage(&json, info, engine_stage(answer->dialogue, answer->run));
	json_out_put_boolean(&json, "changed", reply && reply->stage_before != reply->stage_after);
	json_out_object_end(&json);
	turn_json_effect(&json, answer->dialogue, reply);
	turn_json_exercise(&json, reply ? reply->exercise : NULL);
	json_out_put_text(&json, "prompt", reply ? reply->prompt : NULL);
	turn_json_hint(&json, answer->hint);
	json_out_key(&json, "to");
	if (turn->kind == TURN_RETAKE)
		json_out_integer(&json, turn->to);
	else
		json_out_null(&json);
	put_ending(&json, info, reply);
	json_out_object_end(&json);
}

static void put_pair(struct json_out *json, const struct id *pair)
{
	if (pair && !id_is_zero(pair))
		put_id(json, "pair", pair);
	else
		json_out_put_text(json, "pair", NULL);
}

/* What a retake went back over is set aside, whatever it was. */
static bool *set_aside(const struct store_turn *turns, size_t count)
{
	bool *aside = memory_array(count, sizeof *aside);

	for (size_t i = 0; i < count; i++) {
		if (turns[i].turn.kind != TURN_RETAKE)
			continue;
		for (size_t j = 0; j < i; j++)
			if (turns[j].turn.number >= turns[i].turn.to)
				aside[j] = true;
	}
	return aside;
}

static void put_turns(struct json_out *json, const struct answer_view *view)
{
	bool *aside = set_aside(view->turns, view->turn_count);

	json_out_key(json, "turns");
	json_out_array(json);
	for (size_t i = 0; i < view->turn_count; i++) {
		const struct store_turn *turn = &view->turns[i];

		if (aside[i] && turn->answer_length > 2) {
			/* The stored answer, with one member more before its closing brace. */
			json_out_raw(json, turn->answer, turn->answer_length - 1);
			buffer_text(json->buffer, ",\"set_aside\":true}");
		} else {
			json_out_raw(json, turn->answer, turn->answer_length);
		}
	}
	json_out_array_end(json);
	free(aside);
}

bool answer_may_propose(enum technique_id technique)
{
	return technique != TECHNIQUE_UNCLASSIFIED && technique != TECHNIQUE_MULTIPLE_QUESTIONS;
}

void answer_techniques(const struct technique_pack *pack, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "techniques");
	json_out_array(&json);
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		enum technique_id technique = (enum technique_id)i;

		if (!answer_may_propose(technique))
			continue;
		json_out_object(&json);
		json_out_put_text(&json, "id", technique_name(technique));
		json_out_put_text(&json, "name", technique_pack_name(pack, technique));
		json_out_put_text(&json, "family", technique_family_name(technique_family_of(technique)));
		json_out_put_text(&json, "meaning", technique_pack_meaning(pack, technique));
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
}

/* An id that this version does not know stays an id. */
static const char *name_of(const struct technique_pack *pack, const char *id)
{
	enum technique_id technique;

	return technique_parse(id, &technique) ? technique_pack_name(pack, technique) : id;
}

static void put_ruling(struct json_out *json, const struct technique_pack *pack, const struct dispute *dispute)
{
	json_out_key(json, "ruling");
	if (!dispute->ruled_ms) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "technique", dispute->ruling);
	json_out_put_text(json, "name", name_of(pack, dispute->ruling));
	json_out_put_text(json, "form", dispute->form);
	json_out_put_text(json, "why", dispute->why);
	json_out_put_text(json, "by", dispute->by);
	turn_json_time(json, "at", dispute->ruled_ms);
	json_out_object_end(json);
}

static void put_dispute(struct json_out *json, const struct technique_pack *pack, const struct dispute *dispute)
{
	static const char *const states[] = {
		[DISPUTE_OPEN] = "open", [DISPUTE_WITHDRAWN] = "withdrawn", [DISPUTE_RULED] = "ruled"};

	json_out_object(json);
	json_out_put_integer(json, "turn", dispute->turn);
	json_out_put_integer(json, "label", dispute->label);
	json_out_put_text(json, "technique", dispute->proposed);
	json_out_put_text(json, "name", name_of(pack, dispute->proposed));
	json_out_put_text(json, "note", dispute->note);
	turn_json_time(json, "at", dispute->at_ms);
	json_out_put_text(json, "state", states[dispute_state(dispute)]);
	put_ruling(json, pack, dispute);
	json_out_object_end(json);
}

void answer_dispute(const struct technique_pack *pack, const struct dispute *dispute, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	put_dispute(&json, pack, dispute);
}

static void put_disputes(struct json_out *json, const struct answer_view *view)
{
	json_out_key(json, "disputes");
	json_out_array(json);
	for (size_t i = 0; i < view->dispute_count; i++)
		put_dispute(json, dialogue_pack(view->dialogue), &view->disputes[i]);
	json_out_array_end(json);
}

static void put_note(struct json_out *json, const struct note *note)
{
	json_out_object(json);
	json_out_put_text(json, "about", note->about);
	json_out_put_text(json, "text", note->text);
	turn_json_time(json, "at", note->at_ms);
	json_out_object_end(json);
}

void answer_note(const struct note *note, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	put_note(&json, note);
}

static void put_notes(struct json_out *json, const struct answer_view *view)
{
	json_out_key(json, "notes");
	json_out_array(json);
	for (size_t i = 0; i < view->note_count; i++)
		put_note(json, &view->notes[i]);
	json_out_array_end(json);
}

/* How far a drill is; null for other conversations. */
static void put_progress(struct json_out *json, const struct answer_view *view)
{
	struct engine_exercise at_hand;

	json_out_key(json, "drill");
	if (!dialogue_info(view->dialogue)->drill) {
		json_out_null(json);
		return;
	}
	at_hand = engine_exercises(view->dialogue, view->run);
	json_out_object(json);
	json_out_put_integer(json, "right", at_hand.right);
	json_out_put_integer(json, "done", at_hand.done);
	json_out_put_integer(json, "of", at_hand.of);
	json_out_object_end(json);
}

void answer_view(const struct answer_view *view, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(view->dialogue);
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	put_id(&json, "session", view->session);
	json_out_key(&json, "case");
	answer_put_case(&json, view->dialogue);
	turn_json_time(&json, "started", view->started_ms);
	turn_json_time(&json, "ended", view->ended_ms);
	turn_json_lines(&json, "opening", view->opening);
	put_turns(&json, view);
	put_disputes(&json, view);
	put_notes(&json, view);
	answer_put_questions(&json, "prompts", info->prompts, info->prompt_count);
	put_pair(&json, view->pair);
	put_progress(&json, view);
	json_out_put_integer(&json, "next", (int64_t)view->turn_count + 1);
	json_out_key(&json, "stage");
	json_out_object(&json);
	put_stage(&json, info, engine_stage(view->dialogue, view->run));
	json_out_object_end(&json);
	json_out_put_text(&json, "notice", TRANSCRIPT_NOTICE);
	json_out_object_end(&json);
}

void answer_summary(struct json_out *json, const struct store_session *session, const struct dialogue *dialogue)
{
	const struct dialogue_info *info = dialogue ? dialogue_info(dialogue) : NULL;

	json_out_object(json);
	put_id(json, "session", &session->id);
	json_out_put_text(json, "script", session->script);
	json_out_put_text(json, "title", info ? info->title : session->script);
	json_out_put_text(json, "language", info ? info->language : NULL);
	json_out_put_text(json, "character", info ? info->character_name : "");
	json_out_put_text(json, "mode", info ? dialogue_mode_name(info) : "coaching");
	json_out_put_text(json, "contrast", info && info->contrast ? info->contrast->id : NULL);
	put_pair(json, &session->pair);
	turn_json_time(json, "started", session->started_ms);
	turn_json_time(json, "ended", session->ended_ms);
	json_out_put_integer(json, "turns", session->last_turn);
	answer_put_number(json, "feedback", session->feedback);
	answer_put_number(json, "went", session->went);
	json_out_object_end(json);
}
