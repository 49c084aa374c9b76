/* SPDX-License-Identifier: Apache-2.0 */
#include "formats.h"
#include "html_style.h"
#include "measures.h"
#include "parts.h"

#include "askwell/clock.h"

#include <string.h>

#define CUES_MARKED 64

/* Text from anybody: nothing in it is HTML. */
static void add_bytes(struct buffer *out, const char *text, size_t length)
{
	static const char *const entities[256] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
	size_t plain = 0;

	for (size_t i = 0; i < length; i++) {
		const char *entity = entities[(unsigned char)text[i]];

		if (!entity)
			continue;
		buffer_add(out, text + plain, i - plain);
		buffer_text(out, entity);
		plain = i + 1;
	}
	buffer_add(out, text + plain, length - plain);
}

static void add(struct buffer *out, const char *text)
{
	if (text)
		add_bytes(out, text, strlen(text));
}

/* `before` and `after` are ours, `text` is anybody's. */
static void add_between(struct buffer *out, const char *before, const char *text, const char *after)
{
	buffer_text(out, before);
	add(out, text);
	buffer_text(out, after);
}

static void add_fact(void *user, const char *name, const char *value)
{
	struct buffer *out = user;

	add_between(out, "<tr><th scope=\"row\">", name, "</th><td dir=\"auto\">");
	add_between(out, "", value, "</td></tr>\n");
}

static void add_time(struct buffer *out, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	buffer_format(out, "<time datetime=\"%s\">%s</time>", text, text);
}

static void add_lines(const struct transcript *transcript, const struct engine_reply *reply, struct buffer *out)
{
	const char *name = dialogue_info(transcript->dialogue)->character_name;

	for (size_t i = 0; i < reply->line_count; i++) {
		const struct engine_line *line = &reply->lines[i];
		bool guide = line->voice == ENGINE_GUIDE;

		buffer_format(out, "<div class=\"%s\"><p class=\"who\">", guide ? "guide" : "character");
		add(out, guide ? "Guide (out of character)" : name);
		add_between(out, "</p><p class=\"text\" dir=\"auto\">", line->text, "</p></div>\n");
	}
}

/* The message with the words marked that the labels rest on. */
static void add_marked(const struct replay_step *step, struct buffer *out)
{
	struct technique_span cues[CUES_MARKED];
	size_t count = parts_labelled(step) ? parts_cues(&step->analysis, cues, CUES_MARKED) : 0;
	const char *text = step->turn->text;
	size_t from = 0;

	for (size_t i = 0; i < count; i++) {
		add_bytes(out, text + from, cues[i].start - from);
		buffer_text(out, "<mark>");
		add_bytes(out, text + cues[i].start, cues[i].end - cues[i].start);
		buffer_text(out, "</mark>");
		from = cues[i].end;
	}
	add_bytes(out, text + from, step->turn->text_length - from);
}

static void add_dispute(const struct transcript *transcript, const struct dispute *dispute, struct buffer *out)
{
	if (!dispute)
		return;
	add_between(out, "<ul>\n<li>The trainee saw this as <strong>",
		parts_technique_name(transcript, dispute->proposed), "</strong>");
	if (*dispute->note)
		add_between(out, ": <q dir=\"auto\">", dispute->note, "</q>");
	buffer_text(out, "</li>\n");
	if (!dispute->ruled_ms) {
		buffer_text(out, "<li>No trainer has ruled on it yet.</li>\n</ul>\n");
		return;
	}
	add_between(
		out, "<li>Trainer's view: <strong>", parts_technique_name(transcript, dispute->ruling), "</strong>. ");
	add_between(out, "<span dir=\"auto\">", dispute->why, "</span>");
	if (dispute->by)
		add_between(out, " (", dispute->by, ")");
	buffer_text(out, "</li>\n</ul>\n");
}

static void add_labels(const struct transcript *transcript, const struct replay_step *step, struct buffer *out)
{
	const struct technique_pack *pack = dialogue_pack(transcript->dialogue);

	buffer_text(out, "<p class=\"muted\">" PARTS_GUESS "</p>\n<ul>\n");
	for (size_t i = 0; i < step->analysis.label_count; i++) {
		const struct technique_label *label = &step->analysis.labels[i];

		add_between(out, "<li><strong>", parts_label_name(transcript, label), "</strong>");
		if (label->cue.end > label->cue.start) {
			buffer_text(out, ", shown by <q dir=\"auto\">");
			add_bytes(out, step->turn->text + label->cue.start, label->cue.end - label->cue.start);
			buffer_text(out, "</q>");
		}
		add_between(out, ". ", label->reason, "");
		add_dispute(transcript, parts_dispute(transcript, step, i), out);
		buffer_text(out, "</li>\n");
	}
	for (size_t i = 0; i < step->reply.flag_count; i++) {
		add_between(out, "<li>Noticed: <strong>", technique_pack_flag_name(pack, step->reply.flags[i].id),
			"</strong>. ");
		add_between(out, "", step->reply.flags[i].reason, "</li>\n");
	}
	buffer_text(out, "</ul>\n");
}

static void add_feedback(const struct engine_feedback *feedback, struct buffer *out)
{
	if (!feedback)
		return;
	buffer_format(out, "<p><strong>%s</strong> ", feedback->strength ? "What worked:" : "To consider:");
	add(out, feedback->what);
	add_between(out, " ", feedback->why, "</p>\n");
	if (feedback->alternative)
		add_between(out, "<p>One other way to put it: <q dir=\"auto\">", feedback->alternative, "</q></p>\n");
}

static void add_effects(const struct transcript *transcript, const struct engine_reply *reply, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	for (size_t i = 0; i < reply->change_count; i++) {
		const struct engine_change *change = &reply->changes[i];

		add_between(out, "<p class=\"muted\">Effect: ", info->variables[change->variable].label, "");
		buffer_format(out, " from %d to %d</p>\n", change->before, change->after);
	}
}

static void add_notes(const struct transcript *transcript, size_t index, struct buffer *out)
{
	const struct replay_step *step = &transcript->replay->steps[index];

	if (step->set_aside)
		buffer_text(out, "<aside aria-label=\"Notes on the attempt that was set aside\">\n");
	else
		buffer_format(out, "<aside aria-label=\"Notes on message %u\">\n", parts_number(transcript, index));
	if (parts_labelled(step))
		add_labels(transcript, step, out);
	else
		buffer_text(out, "<p class=\"muted\">Not labelled: this was about safety, not practice.</p>\n");
	add_feedback(step->reply.feedback, out);
	add_effects(transcript, &step->reply, out);
	buffer_text(out, "</aside>\n");
}

static void add_say(const struct transcript *transcript, size_t index, struct buffer *out)
{
	const struct replay_step *step = &transcript->replay->steps[index];

	buffer_format(out, "<article id=\"turn-%u\"%s>\n<h3>", step->turn->number,
		step->set_aside ? " class=\"aside-attempt\"" : "");
	if (step->set_aside)
		buffer_text(out, "Set aside: an earlier attempt ");
	else
		buffer_format(out, "Message %u ", parts_number(transcript, index));
	add_time(out, step->turn->at_ms);
	buffer_text(out, "</h3>\n<div class=\"row\">\n<div>\n<div class=\"trainee\"><p class=\"who\">Trainee</p><p "
			 "class=\"text\" dir=\"auto\">");
	add_marked(step, out);
	buffer_text(out, "</p></div>\n");
	add_lines(transcript, &step->reply, out);
	buffer_text(out, "</div>\n");
	add_notes(transcript, index, out);
	buffer_text(out, "</div>\n</article>\n");
}

static void add_step(const struct transcript *transcript, size_t index, struct buffer *out)
{
	const struct replay_step *step = &transcript->replay->steps[index];

	switch (step->turn->kind) {
	case TURN_SAY:
		add_say(transcript, index, out);
		break;
	case TURN_RETAKE:
		buffer_text(out,
			"<p class=\"event\">The trainee went back and tried this moment again. Both attempts are "
			"kept.</p>\n");
		break;
	case TURN_HINT:
		buffer_text(out, step->set_aside ? "<p class=\"event\">Set aside: the trainee asked for a hint: "
						 : "<p class=\"event\">The trainee asked for a hint: ");
		add_between(out, "", step->hint.listen_for, " ");
		add_between(out, "", step->hint.move, "</p>\n");
		break;
	case TURN_END:
		buffer_text(out, step->set_aside
					 ? "<article class=\"aside-attempt\"><h3>Set aside: an end</h3>\n<p "
					   "class=\"event\">The trainee ended the conversation here, then went "
					   "back.</p>\n"
					 : "<article><h3>The end</h3>\n<p class=\"event\">The trainee ended the "
					   "conversation here.</p>\n");
		add_lines(transcript, &step->reply, out);
		buffer_text(out, "</article>\n");
		break;
	}
}

static void add_measures(const struct transcript *transcript, struct buffer *out)
{
	buffer_text(out,
		"<h3 id=\"measures\">Measures</h3>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" "
		"aria-labelledby=\"measures\">\n<table class=\"measures\">\n<caption>None of them is a mark. They "
		"are evidence to think with.</caption>\n<thead><tr><th scope=\"col\">Measure</th><th "
		"scope=\"col\">This time</th><th scope=\"col\">What it means</th><th "
		"scope=\"col\">Source</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < measures_count(); i++) {
		struct measure measure;

		measures_at(transcript->dialogue, transcript->debrief, i, &measure);
		add_between(out, "<tr><th scope=\"row\">", measure.name, "</th><td>");
		add_between(out, "", measure.figure, "</td><td>");
		add_between(out, "", measure.meaning, "</td><td class=\"muted\">");
		add_between(out, "", measure.source, "</td></tr>\n");
	}
	buffer_text(out, "</tbody></table>\n</div>\n");
	if (transcript->debrief->messages < MEASURES_ENOUGH)
		buffer_text(out,
			"<p class=\"muted\">Fewer than ten messages: counts only, because shares of so few would "
			"say little.</p>\n");
}

static void add_mix(const struct transcript *transcript, struct buffer *out)
{
	const unsigned *mix = transcript->debrief->mix;
	unsigned most = 1;

	for (unsigned i = 0; i < TECHNIQUE_COUNT; i++)
		most = mix[i] > most ? mix[i] : most;
	buffer_text(out,
		"<h3>What you used</h3>\n<table class=\"mix\">\n<caption class=\"muted\">" PARTS_GUESS "</caption>\n"
		"<thead><tr><th scope=\"col\">Technique</th><th scope=\"col\">Times</th></tr></thead>\n<tbody>\n");
	for (unsigned i = 0; i < TECHNIQUE_COUNT; i++) {
		if (!mix[i])
			continue;
		add_between(out, "<tr><th scope=\"row\">",
			technique_pack_name(dialogue_pack(transcript->dialogue), (enum technique_id)i), "</th>");
		buffer_format(out, "<td><span class=\"bar\" style=\"width:%.0f%%\"></span>%u</td></tr>\n",
			80.0 * mix[i] / most, mix[i]);
	}
	buffer_text(out, "</tbody></table>\n");
}

static void add_path(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	buffer_text(out, "<h3>The way through the stages</h3>\n<ol>\n");
	for (size_t i = 0; i < transcript->debrief->path_count; i++) {
		const struct debrief_stage *leg = &transcript->debrief->path[i];
		unsigned from = parts_number_at(transcript, leg->from_turn),
			 to = parts_number_at(transcript, leg->to_turn);

		add_between(out, "<li>", info->stages[leg->stage].name, from == to ? ": message " : ": messages ");
		if (from == to)
			buffer_format(out, "%u</li>\n", from);
		else
			buffer_format(out, "%u to %u</li>\n", from, to);
	}
	buffer_text(out, "</ol>\n");
}

static void add_cues(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct debrief *debrief = transcript->debrief;

	if (!debrief->cue_count)
		return;
	buffer_text(out, "<h3>Openings in what was said</h3>\n<ul>\n");
	for (size_t i = 0; i < debrief->cue_count; i++) {
		const struct debrief_cue *cue = &debrief->cues[i];

		if (cue->followed_turn)
			buffer_format(out, "<li><strong>Picked up in message %u:</strong> ",
				parts_number_at(transcript, cue->followed_turn));
		else if (cue->late_turn)
			buffer_format(out, "<li><strong>Come back to late, in message %u:</strong> ",
				parts_number_at(transcript, cue->late_turn));
		else if (cue->heard_turn)
			buffer_format(out, "<li><strong>Followed by a reflection, in message %u:</strong> ",
				parts_number_at(transcript, cue->heard_turn));
		else
			buffer_text(out, cue->open ? "<li><strong>Left open at the end:</strong> "
						   : "<li><strong>Passed by:</strong> ");
		add_between(out, "<q dir=\"auto\">", cue->line, "</q> ");
		add_between(out, "", info->cues[cue->cue].why, "</li>\n");
	}
	buffer_text(out, "</ul>\n");
}

static void add_figure_row(const struct transcript *transcript, size_t index, struct buffer *out)
{
	struct measure measure;

	measures_at(transcript->dialogue, transcript->debrief, index, &measure);
	add_between(out, "<tr><th scope=\"row\">", measure.name, "</th>");
	for (size_t i = 0; i < transcript->earlier_count; i++) {
		struct measure then;

		measures_at(transcript->dialogue, &transcript->earlier[i], index, &then);
		add_between(out, "<td>", then.figure, "</td>");
	}
	add_between(out, "<td>", measure.figure, "</td></tr>\n");
}

static void add_end_cell(const struct transcript *transcript, int ending, struct buffer *out)
{
	add_between(out, "<td>",
		ending >= 0 ? dialogue_info(transcript->dialogue)->endings[ending].title : "not ended yet", "</td>");
}

/* What came out before somebody went back and tried again, beside what came out then. */
static void add_earlier(const struct transcript *transcript, struct buffer *out)
{
	if (!transcript->earlier_count)
		return;
	buffer_text(out, "<h3>" PARTS_EARLIER "</h3>\n<table class=\"measures\">\n<thead><tr><td></td>");
	for (size_t i = 0; i < transcript->earlier_count; i++)
		buffer_format(out, "<th scope=\"col\">Try %zu</th>", i + 1);
	buffer_text(out, "<th scope=\"col\">" PARTS_NOW "</th></tr></thead>\n<tbody>\n"
			 "<tr><th scope=\"row\">How it ended</th>");
	for (size_t i = 0; i < transcript->earlier_count; i++)
		add_end_cell(transcript, transcript->earlier[i].ending, out);
	add_end_cell(transcript, transcript->debrief->ending, out);
	buffer_text(out, "</tr>\n");
	for (size_t i = 0; i < measures_count(); i++)
		add_figure_row(transcript, i, out);
	buffer_text(out, "</tbody></table>\n");
}

static void add_best_and_next(const struct transcript *transcript, struct buffer *out)
{
	const struct debrief *debrief = transcript->debrief;

	if (debrief->best_turn) {
		buffer_format(out, "<h3>Your best moment: <a href=\"#turn-%u\">message %u</a></h3>\n",
			debrief->best_turn, parts_number_at(transcript, debrief->best_turn));
		add_between(out, "<blockquote dir=\"auto\">", debrief->best_text, "</blockquote>\n");
		add_between(out, "<p>", debrief->best_reason, "</p>\n");
	}
	add_between(out, "<h3>One thing to try next</h3>\n<p><strong>", debrief->next_what, "</strong></p>\n");
	add_between(out, "<p>", debrief->next_why, "</p>\n");
	if (debrief->next_example)
		add_between(out, "<blockquote dir=\"auto\">", debrief->next_example, "</blockquote>\n");
}

static void add_debrief(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	int ending = transcript->debrief->ending;

	buffer_text(out, "<section class=\"debrief\" aria-labelledby=\"debrief\">\n<h2 id=\"debrief\">Debrief</h2>\n");
	if (ending >= 0 && transcript->debrief->messages == 0) {
		buffer_text(out, "<p>The conversation was ended before anything was said.</p>\n");
	} else if (ending >= 0) {
		add_between(out, "<h3>How it ended: ", info->endings[ending].title, "</h3>\n");
		add_between(out, "<p>", info->endings[ending].debrief, "</p>\n");
	} else {
		buffer_text(out, "<p>The conversation has not ended; this is how it stands so far.</p>\n");
	}
	add_best_and_next(transcript, out);
	add_measures(transcript, out);
	add_mix(transcript, out);
	add_path(transcript, out);
	add_cues(transcript, out);
	add_earlier(transcript, out);
	buffer_text(out, "</section>\n");
}

static void add_answer(void *user, const char *question, const char *answer)
{
	struct buffer *out = user;

	add_between(out, "<h3>", question, "</h3>\n");
	add_between(out, "<blockquote dir=\"auto\">", answer, "</blockquote>\n");
}

static void add_comparison(const struct transcript *transcript, struct buffer *out)
{
	buffer_text(out, "<h3 id=\"compared\">Coaching and mentoring compared</h3>\n<table "
			 "class=\"measures\">\n<thead><tr><td></td>"
			 "<th scope=\"col\">Coaching</th><th scope=\"col\">Mentoring</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < dialogue_info(transcript->dialogue)->contrast->row_count; i++) {
		struct parts_row row = parts_row(transcript, i);

		add_between(out, "<tr><th scope=\"row\">", row.dimension, "</th><td dir=\"auto\">");
		add_between(out, "", row.coaching, "</td><td dir=\"auto\">");
		add_between(out, "", row.mentoring, "</td></tr>\n");
	}
	buffer_text(out, "</tbody></table>\n");
}

static void add_written(const struct transcript *transcript, struct buffer *out)
{
	struct buffer answers = {0};
	bool compared = parts_is_compared(transcript);

	parts_answers(transcript, add_answer, &answers);
	if (answers.length || compared) {
		buffer_text(out,
			"<section aria-labelledby=\"written\">\n<h2 id=\"written\">In the trainee's own words</h2>\n");
		buffer_add(out, answers.data ? answers.data : "", answers.length);
		if (compared)
			add_comparison(transcript, out);
		buffer_text(out, "</section>\n");
	}
	buffer_clear(&answers);
}

/* The policy lets nothing run and nothing load, whatever a text holds. */
static void add_head(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	add_between(out, "<!DOCTYPE html>\n<html lang=\"", info->language, "\">\n<head>\n<meta charset=\"utf-8\">\n");
	buffer_text(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
			 "style-src 'unsafe-inline'\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			 "<meta name=\"referrer\" content=\"no-referrer\">\n");
	add_between(out, "<title>Transcript: ", info->title, " (simulated practice)</title>\n<style>");
	buffer_text(out, html_style);
	buffer_text(out, "</style>\n</head>\n<body>\n");
}

void formats_html(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	add_head(transcript, out);
	add_between(out, "<header>\n<h1>Transcript: ", info->title, "</h1>\n");
	buffer_text(out, "<p class=\"notice\">" TRANSCRIPT_NOTICE "</p>\n<table class=\"facts\">\n"
			 "<caption>Where this comes from</caption>\n<tbody>\n");
	parts_facts(transcript, add_fact, out);
	buffer_text(out, "</tbody></table>\n<p>" PARTS_GUESS_NOTE "</p>\n</header>\n<main>\n"
			 "<section aria-labelledby=\"conversation\">\n<h2 id=\"conversation\">Conversation</h2>\n");
	buffer_text(out, "<div class=\"row\"><div>\n");
	add_lines(transcript, &transcript->replay->opening, out);
	buffer_text(out, "</div></div>\n");
	for (size_t i = 0; i < transcript->replay->count; i++)
		add_step(transcript, i, out);
	buffer_text(out, "</section>\n");
	add_written(transcript, out);
	add_debrief(transcript, out);
	buffer_text(out, "</main>\n<footer><p class=\"notice\">" TRANSCRIPT_NOTICE "</p></footer>\n</body>\n</html>\n");
}
