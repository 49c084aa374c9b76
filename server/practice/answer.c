/* SPDX-License-Identifier: Apache-2.0 */
#include "answer.h"

#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/transcript.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

static const char *mode_name(enum technique_mode mode)
{
	return mode == TECHNIQUE_MENTORING ? "mentoring" : "coaching";
}

static void put_time(struct json_out *json, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	json_out_put_text(json, key, ms ? text : NULL);
}

static void put_id(struct json_out *json, const char *key, const struct id *id)
{
	char text[ID_TEXT_SIZE];

	id_format(id, text);
	json_out_put_text(json, key, text);
}

/* Positions go out in characters. Most texts are plain ASCII, where they are the bytes. */
struct text_view {
	const char *text;
	size_t length;
	bool plain;
};

static struct text_view view_of(const struct turn *turn)
{
	return (struct text_view){
		turn->text, turn->text_length, utf8_count(turn->text, turn->text_length) == turn->text_length};
}

static void put_span(struct json_out *json, const struct text_view *view, struct technique_span span)
{
	size_t start = view->plain ? span.start : utf8_count(view->text, span.start);
	size_t end = view->plain ? span.end : start + utf8_count(view->text + span.start, span.end - span.start);

	json_out_put_integer(json, "start", (int64_t)start);
	json_out_put_integer(json, "end", (int64_t)end);
}

static void put_words(struct json_out *json, const struct text_view *view, struct technique_span span)
{
	json_out_object(json);
	put_span(json, view, span);
	json_out_key(json, "text");
	json_out_bytes(json, view->text + span.start, span.end - span.start);
	json_out_object_end(json);
}

static void put_label(struct json_out *json, const struct technique_pack *pack, const struct text_view *view,
	const struct technique_label *label)
{
	json_out_object(json);
	json_out_put_text(json, "technique", technique_name(label->technique));
	json_out_put_text(json, "name", technique_pack_name(pack, label->technique));
	json_out_put_text(json, "family", technique_family_name(label->family));
	json_out_put_text(json, "form", technique_form_name(label->form));
	json_out_put_text(json, "focus", label->focus ? technique_focus_name(label->focus) : NULL);
	put_span(json, view, label->span);
	json_out_key(json, "cue");
	put_words(json, view, label->cue);
	json_out_put_text(json, "rule", label->rule);
	json_out_put_text(json, "reason", label->reason);
	json_out_put_integer(json, "confidence", label->confidence);
	json_out_object_end(json);
}

/* Nothing is labelled when the message is about someone's safety: it is not practice then. */
static void put_analysis(struct json_out *json, const struct answer_turn *answer)
{
	const struct technique_analysis *analysis = answer->analysis;
	const struct technique_pack *pack = dialogue_pack(answer->dialogue);
	struct text_view view = view_of(answer->turn);
	bool scored = analysis && !analysis->safety;

	json_out_key(json, "labels");
	json_out_array(json);
	for (size_t i = 0; scored && i < analysis->label_count; i++)
		put_label(json, pack, &view, &analysis->labels[i]);
	json_out_array_end(json);
	json_out_put_text(json, "primary", scored ? technique_name(analysis->primary->technique) : NULL);
	json_out_key(json, "flags");
	json_out_array(json);
	for (size_t i = 0; scored && answer->reply && i < answer->reply->flag_count; i++) {
		const struct technique_flag *flag = &answer->reply->flags[i];

		json_out_object(json);
		json_out_put_text(json, "id", technique_flag_name(flag->id));
		json_out_put_text(json, "name", technique_pack_flag_name(pack, flag->id));
		json_out_put_text(json, "reason", flag->reason);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_key(json, "picked_up");
	json_out_array(json);
	for (size_t i = 0; scored && i < analysis->picked_up_count; i++)
		put_words(json, &view, analysis->picked_up[i]);
	json_out_array_end(json);
}

static void put_lines(struct json_out *json, const char *key, const struct engine_reply *reply)
{
	json_out_key(json, key);
	json_out_array(json);
	for (size_t i = 0; reply && i < reply->line_count; i++) {
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
	if (!reply || !reply->rule) {
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

static void put_stage(struct json_out *json, const struct dialogue_info *info, unsigned stage)
{
	json_out_put_text(json, "id", info->stages[stage].id);
	json_out_put_text(json, "name", info->stages[stage].name);
}

static void put_effect(struct json_out *json, const struct dialogue_info *info, const struct engine_reply *reply)
{
	json_out_key(json, "effect");
	json_out_array(json);
	for (size_t i = 0; reply && i < reply->change_count; i++) {
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

static void put_hint(struct json_out *json, const struct engine_hint *hint)
{
	json_out_key(json, "hint");
	if (!hint) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "listen_for", hint->listen_for);
	json_out_put_text(json, "move", hint->move);
	json_out_put_text(json, "example", hint->example);
	json_out_object_end(json);
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
	put_time(&json, "at", turn->at_ms);
	json_out_key(&json, "text");
	json_out_bytes(&json, turn->text, turn->text_length);
	json_out_put_integer(&json, "masked", answer->masked);
	put_analysis(&json, answer);
	put_lines(&json, "reply", reply);
	put_why(&json, reply);
	put_feedback(&json, reply ? reply->feedback : NULL);
	json_out_key(&json, "stage");
	json_out_object(&json);
	put_stage(&json, info, engine_stage(answer->dialogue, answer->run));
	json_out_put_boolean(&json, "changed", reply && reply->stage_before != reply->stage_after);
	json_out_object_end(&json);
	put_effect(&json, info, reply);
	put_hint(&json, answer->hint);
	json_out_key(&json, "to");
	if (turn->kind == TURN_RETAKE)
		json_out_integer(&json, turn->to);
	else
		json_out_null(&json);
	put_ending(&json, info, reply);
	json_out_object_end(&json);
}

static void put_skills(struct json_out *json, const struct dialogue *dialogue, const struct dialogue_info *info)
{
	json_out_key(json, "skills");
	json_out_array(json);
	for (size_t i = 0; i < info->skill_count; i++) {
		enum technique_id technique;

		if (!technique_parse(info->skills[i], &technique))
			continue;
		json_out_object(json);
		json_out_put_text(json, "id", info->skills[i]);
		json_out_put_text(json, "name", technique_pack_name(dialogue_pack(dialogue), technique));
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_key(json, "programmes");
	json_out_array(json);
	for (size_t i = 0; i < info->programme_count; i++)
		json_out_text(json, info->programmes[i]);
	json_out_array_end(json);
}

static void put_case(struct json_out *json, const struct dialogue *dialogue)
{
	const struct dialogue_info *info = dialogue_info(dialogue);

	json_out_object(json);
	json_out_put_text(json, "id", info->id);
	json_out_put_text(json, "title", info->title);
	json_out_put_text(json, "mode", mode_name(info->mode));
	json_out_key(json, "model");
	json_out_object(json);
	json_out_put_text(json, "id", info->model_id);
	json_out_put_text(json, "name", info->model_name);
	json_out_object_end(json);
	json_out_put_integer(json, "minutes", info->minutes);
	json_out_put_text(json, "level", info->level);
	json_out_put_text(json, "content_note", info->content_note);
	json_out_key(json, "character");
	json_out_object(json);
	json_out_put_text(json, "name", info->character_name);
	json_out_key(json, "age");
	if (info->character_age)
		json_out_integer(json, info->character_age);
	else
		json_out_null(json);
	json_out_put_text(json, "role", info->character_role);
	json_out_object_end(json);
	json_out_put_text(json, "situation", info->situation);
	json_out_put_text(json, "your_role", info->your_role);
	json_out_put_text(json, "aim", info->aim);
	put_skills(json, dialogue, info);
	json_out_key(json, "stages");
	json_out_array(json);
	for (size_t i = 0; i < info->stage_count; i++) {
		json_out_object(json);
		put_stage(json, info, (unsigned)i);
		json_out_put_text(json, "purpose", info->stages[i].purpose);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void answer_library(const struct library *library, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "cases");
	json_out_array(&json);
	for (size_t i = 0; i < library_count(library); i++)
		put_case(&json, library_at(library, i));
	json_out_array_end(&json);
	json_out_object_end(&json);
}

static void put_file(struct json_out *json, const struct library_file *file)
{
	json_out_object(json);
	json_out_put_text(json, "file", file->file);
	json_out_put_text(json, "id", file->id);
	json_out_put_boolean(json, "in_service", file->in_service);
	json_out_key(json, "findings");
	json_out_array(json);
	for (size_t i = 0; i < findings_count(file->findings); i++) {
		struct buffer finding = {0};

		finding_json(findings_at(file->findings, i), &finding);
		json_out_raw(json, finding.data, finding.length);
		buffer_clear(&finding);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void answer_findings(const struct library *library, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "files");
	json_out_array(&json);
	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file file;

		library_file_at(library, i, &file);
		if (file.refused)
			put_file(&json, &file);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
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

void answer_view(const struct answer_view *view, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(view->dialogue);
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	put_id(&json, "session", view->session);
	json_out_key(&json, "case");
	put_case(&json, view->dialogue);
	put_time(&json, "started", view->started_ms);
	put_time(&json, "ended", view->ended_ms);
	put_lines(&json, "opening", view->opening);
	put_turns(&json, view);
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
	json_out_put_text(json, "character", info ? info->character_name : "");
	json_out_put_text(json, "mode", mode_name(info ? info->mode : TECHNIQUE_COACHING));
	put_time(json, "started", session->started_ms);
	put_time(json, "ended", session->ended_ms);
	json_out_put_integer(json, "turns", session->last_turn);
	json_out_object_end(json);
}
