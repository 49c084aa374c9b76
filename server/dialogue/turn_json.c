/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/turn_json.h"

#include "askwell/clock.h"
#include "askwell/utf8.h"

void turn_json_time(struct json_out *json, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	json_out_put_text(json, key, ms ? text : NULL);
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

static void put_evidence(struct json_out *json, const struct text_view *view, const struct technique_evidence *evidence)
{
	json_out_object(json);
	json_out_put_text(json, "rule", evidence->cue);
	json_out_put_text(json, "because", evidence->because);
	json_out_key(json, "cue");
	put_words(json, view, evidence->span);
	json_out_put_integer(json, "points", evidence->points);
	json_out_object_end(json);
}

/* What else it might have been, and what spoke for what it is. */
static void put_vote(struct json_out *json, const struct technique_pack *pack, const struct text_view *view,
	const struct technique_label *label)
{
	json_out_key(json, "runner_up");
	if (label->runner_up == TECHNIQUE_UNCLASSIFIED) {
		json_out_null(json);
	} else {
		json_out_object(json);
		json_out_put_text(json, "technique", technique_name(label->runner_up));
		json_out_put_text(json, "name", technique_pack_name(pack, label->runner_up));
		json_out_object_end(json);
	}
	json_out_key(json, "evidence");
	json_out_array(json);
	for (size_t i = 0; i < label->evidence_count; i++)
		put_evidence(json, view, &label->evidence[i]);
	json_out_array_end(json);
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
	put_vote(json, pack, view, label);
	json_out_object_end(json);
}

void turn_json_analysis(struct json_out *json, const struct dialogue *dialogue, const struct turn *turn,
	const struct technique_analysis *analysis, const struct engine_reply *reply)
{
	const struct technique_pack *pack = dialogue_pack(dialogue);
	struct text_view view = view_of(turn);
	bool scored = analysis && !analysis->safety && analysis->primary;

	json_out_key(json, "labels");
	json_out_array(json);
	for (size_t i = 0; scored && i < analysis->label_count; i++)
		put_label(json, pack, &view, &analysis->labels[i]);
	json_out_array_end(json);
	json_out_put_text(json, "primary", scored ? technique_name(analysis->primary->technique) : NULL);
	json_out_key(json, "flags");
	json_out_array(json);
	for (size_t i = 0; scored && reply && i < reply->flag_count; i++) {
		const struct technique_flag *flag = &reply->flags[i];

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

void turn_json_recognised(struct json_out *json, const struct technique_analysis *analysis)
{
	json_out_key(json, "recognised");
	if (!analysis) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_key(json, "label");
	if (analysis->primary && !analysis->safety)
		json_out_integer(json, analysis->primary - analysis->labels);
	else
		json_out_null(json);
	json_out_put_integer(json, "questions", analysis->question_count);
	json_out_put_integer(json, "words", analysis->word_count);
	json_out_put_text(json, "safety", analysis->safety);
	json_out_put_text(json, "asks",
		analysis->primary && !analysis->safety ? technique_asks_name(analysis->primary->asks) : NULL);
	json_out_object_end(json);
}

void turn_json_lines(struct json_out *json, const char *key, const struct engine_reply *reply)
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

void turn_json_why(struct json_out *json, const struct engine_reply *reply)
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

void turn_json_feedback(struct json_out *json, const struct engine_feedback *feedback)
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

void turn_json_effect(struct json_out *json, const struct dialogue *dialogue, const struct engine_reply *reply)
{
	const struct dialogue_info *info = dialogue_info(dialogue);

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

void turn_json_exercise(struct json_out *json, const struct engine_exercise *exercise)
{
	json_out_key(json, "exercise");
	if (!exercise) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "id", exercise->id);
	json_out_put_text(json, "outcome", engine_outcome_name(exercise->outcome));
	json_out_put_integer(json, "right", exercise->right);
	json_out_put_integer(json, "done", exercise->done);
	json_out_put_integer(json, "of", exercise->of);
	json_out_object_end(json);
}

void turn_json_hint(struct json_out *json, const struct engine_hint *hint)
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
