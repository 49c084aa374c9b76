/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include "askwell/clock.h"

#include <stdio.h>
#include <stdlib.h>
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
	if (parts_feedback_level(transcript))
		visit(user, "Notes on messages", parts_feedback_level(transcript));
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

static const char *const feedback_levels[] = {"after every message", "on missteps and every second message",
	"at the end", "at the end, after rating oneself"};
static const char *const went[] = {"not at all well", "not very well", "so-so", "well", "very well"};

/* 0: nothing of the kind stands. */
static unsigned note_number(const struct transcript *transcript, const char *about, unsigned most)
{
	const char *text = parts_note(transcript, about);
	unsigned long number = text ? strtoul(text, NULL, 10) : 0;

	return number <= most ? (unsigned)number : 0;
}

const char *parts_feedback_level(const struct transcript *transcript)
{
	unsigned level = note_number(transcript, "self.feedback", 4);

	return level ? feedback_levels[level - 1] : NULL;
}

bool parts_end(const struct transcript *transcript, size_t which, uint32_t *turn)
{
	if (which < transcript->earlier_count)
		*turn = transcript->earlier[which].ended_turn;
	else if (which == transcript->earlier_count)
		*turn = transcript->debrief->ended_turn;
	else
		*turn = 0;
	return *turn != 0;
}

/* What the trainee said of themselves at an end. Without a turn it was kept before there could be two. */
static const char *estimate(const struct transcript *transcript, const char *name, size_t which, uint32_t turn)
{
	const char *text = NULL;
	char about[32];

	if (turn) {
		(void)snprintf(about, sizeof about, "self.%s.%u", name, turn);
		text = parts_note(transcript, about);
	}
	(void)snprintf(about, sizeof about, "self.%s", name);
	return text || which ? text : parts_note(transcript, about);
}

static void visit_estimate(const struct transcript *transcript, size_t which, uint32_t turn,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	const char *before = transcript->earlier_count == 0 ? "Before the debrief"
			     : which == 0                   ? "Before the first debrief"
							    : "Before the debrief after trying again";
	const char *skill = estimate(transcript, "skill", which, turn),
		   *how = estimate(transcript, "went", which, turn), *best = estimate(transcript, "best", which, turn);
	unsigned long said = how ? strtoul(how, NULL, 10) : 0, moment = best ? strtoul(best, NULL, 10) : 0;
	char question[96], text[64];

	(void)snprintf(question, sizeof question, "%s: the skill that the trainee worked on", before);
	if (skill)
		visit(user, question, parts_technique_name(transcript, skill));
	(void)snprintf(question, sizeof question, "%s: how it went, in the trainee's view", before);
	if (said >= 1 && said <= sizeof went / sizeof *went)
		visit(user, question, went[said - 1]);
	if (moment == 0 || moment > transcript->replay->count)
		return;
	(void)snprintf(question, sizeof question, "%s: the best moment, in the trainee's view", before);
	if (parts_number(transcript, moment - 1))
		(void)snprintf(text, sizeof text, "message %u", parts_number(transcript, moment - 1));
	else
		(void)snprintf(text, sizeof text, "a message that was set aside later");
	visit(user, question, text);
}

static void visit_estimates(const struct transcript *transcript,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	uint32_t turn;

	/* Also of what has not ended: it may have been asked before. */
	for (size_t which = 0; parts_end(transcript, which, &turn) || which == 0; which++)
		visit_estimate(transcript, which, turn, visit, user);
}

static void visit_lines(const struct transcript *transcript,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	for (size_t i = 0; i < transcript->replay->count; i++) {
		const struct turn *turn = transcript->replay->steps[i].turn;
		const unsigned number = parts_number(transcript, i);
		char about[32], question[96];
		const char *mark, *line;

		if (turn->kind != TURN_SAY)
			continue;
		(void)snprintf(about, sizeof about, "line.%u", turn->number);
		line = parts_note(transcript, about);
		(void)snprintf(about, sizeof about, "mark.%u", turn->number);
		mark = parts_note(transcript, about);
		if (number)
			(void)snprintf(question, sizeof question, "On message %u", number);
		else
			(void)snprintf(question, sizeof question, "On an attempt that was set aside");
		if (line)
			visit(user, question, line);
		if (mark)
			visit(user, question,
				strcmp(mark, "supervision") == 0 ? "Marked for supervision."
								 : "Marked for the reflection.");
	}
}

void parts_answers(const struct transcript *transcript,
	void (*visit)(void *user, const char *question, const char *answer), void *user)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct dialogue_contrast *contrast = info->contrast;

	visit_estimates(transcript, visit, user);
	visit_lines(transcript, visit, user);
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
