/* SPDX-License-Identifier: Apache-2.0 */
#include "measures.h"

#include "askwell/json_out.h"
#include "askwell/transcript.h"

static void put_ending(struct json_out *json, const struct dialogue_info *info, int ending)
{
	json_out_key(json, "ending");
	if (ending < 0) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	json_out_put_text(json, "id", info->endings[ending].id);
	json_out_put_text(json, "title", info->endings[ending].title);
	json_out_put_text(json, "debrief", info->endings[ending].debrief);
	json_out_object_end(json);
}

static void put_case(struct json_out *json, const struct dialogue_info *info)
{
	json_out_key(json, "case");
	json_out_object(json);
	json_out_put_text(json, "id", info->id);
	json_out_put_text(json, "title", info->title);
	json_out_put_text(json, "language", info->language);
	json_out_put_text(json, "mode", dialogue_mode_name(info));
	json_out_put_text(json, "character", info->character_name);
	json_out_object_end(json);
}

/* Below 0: there is none. */
static void put_figure(struct json_out *json, int figure)
{
	if (figure < 0)
		json_out_null(json);
	else
		json_out_integer(json, figure);
}

static void put_measures(struct json_out *json, const struct dialogue *dialogue, const struct debrief *debrief)
{
	json_out_key(json, "measures");
	json_out_array(json);
	for (size_t i = 0; i < measures_count(); i++) {
		struct measure measure;

		measures_at(dialogue, debrief, i, &measure);
		json_out_object(json);
		json_out_put_text(json, "id", measure.id);
		json_out_put_text(json, "name", measure.name);
		json_out_put_boolean(json, "headline", measure.headline);
		json_out_key(json, "count");
		if (measure.count == (double)(int64_t)measure.count)
			json_out_integer(json, (int64_t)measure.count);
		else
			json_out_number(json, measure.count, 1);
		json_out_key(json, "of");
		put_figure(json, measure.of);
		json_out_put_text(json, "per", measure.per);
		json_out_put_text(json, "band", measure.band);
		json_out_key(json, "permitted");
		put_figure(json, measure.permitted);
		json_out_put_text(json, "meaning", measure.meaning);
		json_out_put_text(json, "source", measure.source);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_mix(struct json_out *json, const struct dialogue *dialogue, const struct debrief *debrief)
{
	json_out_key(json, "mix");
	json_out_array(json);
	for (unsigned technique = 0; technique < TECHNIQUE_COUNT; technique++) {
		if (!debrief->mix[technique])
			continue;
		json_out_object(json);
		json_out_put_text(json, "technique", technique_name((enum technique_id)technique));
		json_out_put_text(
			json, "name", technique_pack_name(dialogue_pack(dialogue), (enum technique_id)technique));
		json_out_put_text(
			json, "family", technique_family_name(technique_family_of((enum technique_id)technique)));
		json_out_put_integer(json, "count", debrief->mix[technique]);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_path(struct json_out *json, const struct dialogue_info *info, const struct debrief *debrief)
{
	json_out_key(json, "path");
	json_out_array(json);
	for (size_t i = 0; i < debrief->path_count; i++) {
		const struct debrief_stage *leg = &debrief->path[i];

		json_out_object(json);
		json_out_put_text(json, "id", info->stages[leg->stage].id);
		json_out_put_text(json, "name", info->stages[leg->stage].name);
		json_out_put_integer(json, "from_turn", leg->from_turn);
		json_out_put_integer(json, "to_turn", leg->to_turn);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_key(json, "stages");
	json_out_array(json);
	for (size_t i = 0; i < info->stage_count; i++) {
		json_out_object(json);
		json_out_put_text(json, "id", info->stages[i].id);
		json_out_put_text(json, "name", info->stages[i].name);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

/* 0: there is none. */
static void put_turn(struct json_out *json, const char *key, uint32_t turn)
{
	json_out_key(json, key);
	if (turn)
		json_out_integer(json, turn);
	else
		json_out_null(json);
}

static void put_earlier_ends(struct json_out *json, const struct debrief *debrief)
{
	json_out_key(json, "earlier_ends");
	json_out_array(json);
	for (size_t i = 0; i < debrief->earlier_end_count; i++)
		json_out_integer(json, debrief->earlier_ends[i]);
	json_out_array_end(json);
}

static void put_cues(struct json_out *json, const struct dialogue_info *info, const struct debrief *debrief)
{
	json_out_key(json, "cues");
	json_out_array(json);
	for (size_t i = 0; i < debrief->cue_count; i++) {
		const struct debrief_cue *cue = &debrief->cues[i];

		json_out_object(json);
		json_out_put_text(json, "id", info->cues[cue->cue].id);
		json_out_put_text(json, "line", cue->line);
		json_out_put_integer(json, "offered_turn", cue->offered_turn);
		put_turn(json, "followed_turn", cue->followed_turn);
		put_turn(json, "late_turn", cue->late_turn);
		put_turn(json, "heard_turn", cue->heard_turn);
		json_out_put_text(json, "why", info->cues[cue->cue].why);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_because(struct json_out *json, const struct debrief_reason *because)
{
	json_out_key(json, "because");
	json_out_object(json);
	json_out_put_text(json, "technique", because->technique);
	json_out_put_text(json, "did", because->did);
	json_out_put_boolean(json, "deepest", because->deepest);
	json_out_put_text(json, "taken_up", because->taken_up);
	json_out_key(json, "moved");
	if (because->moved) {
		json_out_object(json);
		json_out_put_text(json, "label", because->moved);
		json_out_put_integer(json, "before", because->before);
		json_out_put_integer(json, "after", because->after);
		json_out_object_end(json);
	} else {
		json_out_null(json);
	}
	json_out_object_end(json);
}

static void put_best_and_next(struct json_out *json, const struct debrief *debrief)
{
	json_out_key(json, "best");
	if (debrief->best_turn) {
		json_out_object(json);
		json_out_put_integer(json, "turn", debrief->best_turn);
		json_out_put_text(json, "text", debrief->best_text);
		json_out_put_text(json, "reason", debrief->best_reason);
		put_because(json, &debrief->best_because);
		json_out_object_end(json);
	} else {
		json_out_null(json);
	}
	json_out_key(json, "next");
	json_out_object(json);
	json_out_put_text(json, "id", debrief->next_id);
	json_out_put_integer(json, "count", debrief->next_count);
	json_out_put_text(json, "what", debrief->next_what);
	json_out_put_text(json, "why", debrief->next_why);
	put_turn(json, "turn", debrief->next_turn);
	json_out_put_text(json, "example", debrief->next_example);
	json_out_put_boolean(json, "general", debrief->next_general);
	json_out_object_end(json);
}

void debrief_json(const struct dialogue *dialogue, const struct debrief *debrief, const char *session_text,
	int64_t active_ms, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_put_text(&json, "session", session_text);
	json_out_put_text(&json, "notice", TRANSCRIPT_NOTICE);
	put_case(&json, info);
	put_ending(&json, info, debrief->ending);
	put_turn(&json, "ended_turn", debrief->ended_turn);
	put_earlier_ends(&json, debrief);
	json_out_put_integer(&json, "minutes", (active_ms + 30000) / 60000);
	json_out_put_integer(&json, "messages", debrief->messages);
	json_out_put_boolean(&json, "enough_for_shares", debrief->messages >= MEASURES_ENOUGH);
	put_measures(&json, dialogue, debrief);
	put_mix(&json, dialogue, debrief);
	put_path(&json, info, debrief);
	put_cues(&json, info, debrief);
	put_best_and_next(&json, debrief);
	json_out_object_end(&json);
}
