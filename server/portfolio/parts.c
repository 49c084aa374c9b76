/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include "askwell/clock.h"

#include <stdio.h>
#include <string.h>

static void visit_time(void (*visit)(void *user, const char *name, const char *value), void *user, const char *name,
	int64_t ms, const char *otherwise)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	visit(user, name, ms ? text : otherwise);
}

void parts_facts(
	const struct transcript *transcript, void (*visit)(void *user, const char *name, const char *value), void *user)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct technique_pack *pack = dialogue_pack(transcript->dialogue);
	struct buffer text;
	char id[ID_TEXT_SIZE];

	buffer_init(&text);
	id_format(&transcript->session, id);
	buffer_format(&text, "%s (%s)", info->title, info->id);
	visit(user, "Case", text.data);
	buffer_reset(&text);
	if (info->character_age)
		buffer_format(&text, "%s, %d, %s (scripted)", info->character_name, info->character_age,
			info->character_role);
	else
		buffer_format(&text, "%s, %s (scripted)", info->character_name, info->character_role);
	visit(user, "Character", text.data);
	buffer_reset(&text);
	buffer_format(&text, "%s, %s", dialogue_mode_name(info), info->model_name);
	visit(user, "Mode and model", text.data);
	visit(user, "Conversation", id);
	if (!id_is_zero(&transcript->pair)) {
		id_format(&transcript->pair, id);
		visit(user, "Met the other way in", id);
	}
	visit_time(visit, user, "Started (UTC)", transcript->started_ms, "not known");
	visit_time(visit, user, "Ended (UTC)", transcript->ended_ms, "not ended yet");
	buffer_reset(&text);
	buffer_format(&text, "%lld min; pauses of more than five minutes are left out",
		(long long)((transcript->active_ms + 30000) / 60000));
	visit(user, "Practice time", text.data);
	visit(user, "Script version", dialogue_hash(transcript->dialogue));
	buffer_reset(&text);
	buffer_format(&text, "%s (%s)", parts_rules_version(transcript), technique_pack_language(pack));
	visit(user, "Rules version", text.data);
	visit_time(visit, user, "Exported (UTC)", transcript->made_ms, "not known");
	buffer_clear(&text);
}

const char *parts_rules_version(const struct transcript *transcript)
{
	return transcript->rules_version ? transcript->rules_version
					 : technique_pack_version(dialogue_pack(transcript->dialogue));
}

bool parts_labelled(const struct replay_step *step)
{
	return step->turn->kind == TURN_SAY && !step->analysis.safety && step->analysis.primary;
}

unsigned parts_number(const struct transcript *transcript, size_t step)
{
	const struct replay_step *steps = transcript->replay->steps;

	if (steps[step].turn->kind != TURN_SAY || steps[step].set_aside)
		return 0;
	return parts_number_at(transcript, steps[step].turn->number);
}

unsigned parts_number_at(const struct transcript *transcript, uint32_t turn)
{
	unsigned number = 0;

	for (size_t i = 0; i < transcript->replay->count; i++) {
		const struct replay_step *step = &transcript->replay->steps[i];

		number += step->turn->number <= turn && step->turn->kind == TURN_SAY && !step->set_aside;
	}
	return number;
}

size_t parts_cues(const struct technique_analysis *analysis, struct technique_span *spans, size_t cap)
{
	size_t count = 0, from = 0;

	while (count < cap) {
		const struct technique_span *next = NULL;

		for (size_t i = 0; i < analysis->label_count; i++) {
			const struct technique_span *cue = &analysis->labels[i].cue;

			if (cue->start >= from && cue->end > cue->start && (!next || cue->start < next->start))
				next = cue;
		}
		if (!next)
			break;
		spans[count++] = *next;
		from = next->end;
	}
	return count;
}

const char *parts_label_name(const struct transcript *transcript, const struct technique_label *label)
{
	return technique_pack_name(dialogue_pack(transcript->dialogue), label->technique);
}

const struct dispute *parts_dispute(const struct transcript *transcript, const struct replay_step *step, size_t label)
{
	for (size_t i = 0; i < transcript->dispute_count; i++) {
		const struct dispute *dispute = &transcript->disputes[i];

		if (dispute->turn == step->turn->number && dispute->label == label &&
			dispute_state(dispute) != DISPUTE_WITHDRAWN)
			return dispute;
	}
	return NULL;
}

const char *parts_technique_name(const struct transcript *transcript, const char *id)
{
	enum technique_id technique;

	if (!id)
		return "something else";
	return technique_parse(id, &technique) ? technique_pack_name(dialogue_pack(transcript->dialogue), technique)
					       : id;
}

const char *parts_note(const struct transcript *transcript, const char *about)
{
	for (size_t i = 0; i < transcript->note_count; i++)
		if (strcmp(transcript->notes[i].about, about) == 0 && transcript->notes[i].text[0] != '\0')
			return transcript->notes[i].text;
	return NULL;
}

static void visit_answers(const struct transcript *transcript, const struct dialogue_question *questions, size_t count,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	for (size_t i = 0; i < count; i++) {
		const char *answer = parts_note(transcript, questions[i].id);

		if (answer)
			visit(user, questions[i].ask, answer);
	}
}

void parts_answers(const struct transcript *transcript,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct dialogue_contrast *contrast = info->contrast;

	visit_answers(transcript, info->prompts, info->prompt_count, visit, user);
	if (!contrast)
		return;
	visit_answers(transcript, contrast->between, contrast->between_count, visit, user);
	visit_answers(transcript, contrast->end, contrast->end_count, visit, user);
}

static const char *cell(const struct transcript *transcript, const char *row, const char *side)
{
	char about[136];
	const char *text;

	(void)snprintf(about, sizeof about, "%s.%s", row, side);
	text = parts_note(transcript, about);
	return text ? text : "";
}

struct parts_row parts_row(const struct transcript *transcript, size_t index)
{
	const struct dialogue_row *row = &dialogue_info(transcript->dialogue)->contrast->rows[index];

	return (struct parts_row){
		row->dimension, cell(transcript, row->id, "coaching"), cell(transcript, row->id, "mentoring")};
}

bool parts_is_compared(const struct transcript *transcript)
{
	const struct dialogue_contrast *contrast = dialogue_info(transcript->dialogue)->contrast;

	for (size_t i = 0; contrast && i < contrast->row_count; i++) {
		struct parts_row row = parts_row(transcript, i);

		if (*row.coaching || *row.mentoring)
			return true;
	}
	return false;
}
