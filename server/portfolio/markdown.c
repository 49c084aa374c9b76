/* SPDX-License-Identifier: Apache-2.0 */
#include "formats.h"
#include "measures.h"
#include "parts.h"

#include "askwell/clock.h"

#include <ctype.h>
#include <string.h>

/* Bytes that mean something anywhere in a line. A colon or a full stop only does in an address. */
static bool special(char c)
{
	return c && strchr("\\`*_{}[]<>|~&$^@", c) != NULL;
}

/* What would begin a heading, a list, a rule or an underlined heading at the start of a line. */
static bool special_first(const char *text, size_t length)
{
	size_t digits = 0;

	if (strchr("#+-=:", text[0]))
		return true;
	while (digits < length && isdigit((unsigned char)text[digits]))
		digits++;
	return digits > 0 && digits < length && (text[digits] == '.' || text[digits] == ')');
}

static bool in_address(const char *text, size_t at, size_t length)
{
	if (text[at] == ':')
		return at + 1 < length && !isspace((unsigned char)text[at + 1]) &&
		       !isdigit((unsigned char)text[at + 1]);
	return text[at] == '.' && at >= 3 && strncasecmp(text + at - 3, "www", 3) == 0;
}

/* One line without its leading spaces, which would make it code; not empty. */
static void add_line(struct buffer *out, const char *text, size_t length)
{
	size_t i = 0;

	if (special_first(text, length)) {
		while (isdigit((unsigned char)text[i]))
			buffer_char(out, text[i++]);
		buffer_char(out, '\\');
		buffer_char(out, text[i++]);
	}
	for (; i < length; i++) {
		if (special(text[i]) || in_address(text, i, length))
			buffer_char(out, '\\');
		buffer_char(out, text[i]);
	}
}

/* Text from anybody: nothing in it is Markdown or HTML. `between` stands where lines break. */
static void add_bytes(struct buffer *out, const char *text, size_t length, const char *between)
{
	bool written = false;

	for (size_t start = 0; start < length;) {
		size_t end = start, content = start;

		/* A carriage return ends a line of Markdown as well. */
		while (end < length && text[end] != '\n' && text[end] != '\r')
			end++;
		while (content < end && isspace((unsigned char)text[content]))
			content++;
		if (content < end) {
			if (written)
				buffer_text(out, between);
			add_line(out, text + content, end - content);
			written = true;
		}
		start = end + 1;
	}
}

static void add(struct buffer *out, const char *text)
{
	add_bytes(out, text ? text : "", text ? strlen(text) : 0, " ");
}

static void add_quote(struct buffer *out, const char *text, size_t length)
{
	buffer_text(out, "> ");
	add_bytes(out, text, length, "\\\n> ");
	buffer_text(out, "\n\n");
}

static void add_fact(void *user, const char *name, const char *value)
{
	struct buffer *out = user;

	buffer_format(out, "| %s | ", name);
	add(out, value);
	buffer_text(out, " |\n");
}

static void add_lines(const struct transcript *transcript, const struct engine_reply *reply, struct buffer *out)
{
	const char *name = dialogue_info(transcript->dialogue)->character_name;

	for (size_t i = 0; i < reply->line_count; i++) {
		const struct engine_line *line = &reply->lines[i];

		buffer_text(out, "**");
		add(out, line->voice == ENGINE_GUIDE ? "Guide (out of character)" : name);
		buffer_text(out, "**\n\n");
		add_quote(out, line->text, strlen(line->text));
	}
}

static void add_dispute(const struct transcript *transcript, const struct dispute *dispute, struct buffer *out)
{
	if (!dispute)
		return;
	buffer_text(out, "  - The trainee saw this as **");
	add(out, parts_technique_name(transcript, dispute->proposed));
	buffer_text(out, "**");
	if (*dispute->note) {
		buffer_text(out, ": \xe2\x80\x9c");
		add(out, dispute->note);
		buffer_text(out, "\xe2\x80\x9d");
	}
	buffer_text(out, dispute->ruled_ms ? "\n  - Trainer's view: **" : "\n  - No trainer has ruled on it yet.\n");
	if (!dispute->ruled_ms)
		return;
	add(out, parts_technique_name(transcript, dispute->ruling));
	buffer_text(out, "**. ");
	add(out, dispute->why);
	if (dispute->by) {
		buffer_text(out, " (");
		add(out, dispute->by);
		buffer_char(out, ')');
	}
	buffer_char(out, '\n');
}

static void add_labels(const struct transcript *transcript, const struct replay_step *step, struct buffer *out)
{
	const struct technique_pack *pack = dialogue_pack(transcript->dialogue);

	for (size_t i = 0; parts_labelled(step) && i < step->analysis.label_count; i++) {
		const struct technique_label *label = &step->analysis.labels[i];

		buffer_text(out, "- Label (" PARTS_GUESS "): **");
		add(out, parts_label_name(transcript, label));
		buffer_text(out, "**");
		if (label->cue.end > label->cue.start) {
			buffer_text(out, ", shown by \xe2\x80\x9c");
			add_bytes(out, step->turn->text + label->cue.start, label->cue.end - label->cue.start, " ");
			buffer_text(out, "\xe2\x80\x9d");
		}
		buffer_text(out, ". ");
		add(out, label->reason);
		buffer_char(out, '\n');
		add_dispute(transcript, parts_dispute(transcript, step, i), out);
	}
	for (size_t i = 0; parts_labelled(step) && i < step->reply.flag_count; i++) {
		buffer_text(out, "- Noticed: ");
		add(out, technique_pack_flag_name(pack, step->reply.flags[i].id));
		buffer_text(out, ". ");
		add(out, step->reply.flags[i].reason);
		buffer_char(out, '\n');
	}
}

static void add_feedback(const struct engine_feedback *feedback, struct buffer *out)
{
	if (!feedback)
		return;
	buffer_text(out, feedback->strength ? "- What worked: " : "- To consider: ");
	add(out, feedback->what);
	buffer_char(out, ' ');
	add(out, feedback->why);
	if (feedback->alternative) {
		buffer_text(out, " One other way to put it: \xe2\x80\x9c");
		add(out, feedback->alternative);
		buffer_text(out, "\xe2\x80\x9d");
	}
	buffer_char(out, '\n');
}

static void add_effects(const struct transcript *transcript, const struct engine_reply *reply, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	for (size_t i = 0; i < reply->change_count; i++) {
		buffer_text(out, "- Effect: ");
		add(out, info->variables[reply->changes[i].variable].label);
		buffer_format(out, " from %d to %d\n", reply->changes[i].before, reply->changes[i].after);
	}
}

static void add_say(const struct transcript *transcript, size_t index, struct buffer *out)
{
	const struct replay_step *step = &transcript->replay->steps[index];
	char time[CLOCK_TEXT_SIZE];

	clock_format(step->turn->at_ms, time);
	if (step->set_aside)
		buffer_format(out, "### Set aside: an earlier attempt (%s)\n\n", time);
	else
		buffer_format(out, "### Message %u (%s)\n\n", parts_number(transcript, index), time);
	buffer_text(out, "**Trainee**\n\n");
	add_quote(out, step->turn->text, step->turn->text_length);
	if (!parts_labelled(step))
		buffer_text(out, "- Not labelled: this was about safety, not practice.\n");
	add_labels(transcript, step, out);
	add_feedback(step->reply.feedback, out);
	add_effects(transcript, &step->reply, out);
	buffer_char(out, '\n');
	add_lines(transcript, &step->reply, out);
}

static void add_step(const struct transcript *transcript, size_t index, struct buffer *out)
{
	const struct replay_step *step = &transcript->replay->steps[index];

	switch (step->turn->kind) {
	case TURN_SAY:
		add_say(transcript, index, out);
		break;
	case TURN_RETAKE:
		buffer_text(out, "*The trainee went back and tried this moment again. Both attempts are kept.*\n\n");
		break;
	case TURN_HINT:
		buffer_text(out, step->set_aside ? "*Set aside: the trainee asked for a hint:* "
						 : "*The trainee asked for a hint:* ");
		add(out, step->hint.listen_for);
		buffer_char(out, ' ');
		add(out, step->hint.move);
		buffer_text(out, "\n\n");
		break;
	case TURN_END:
		buffer_text(
			out, step->set_aside
				     ? "### Set aside: an end\n\n*The trainee ended the conversation here, then went "
				       "back.*\n\n"
				     : "### The end\n\n*The trainee ended the conversation here.*\n\n");
		add_lines(transcript, &step->reply, out);
		break;
	}
}

static void add_measures(const struct transcript *transcript, struct buffer *out)
{
	buffer_text(out, "| Measure | This time | What it means | Source |\n|---|---|---|---|\n");
	for (size_t i = 0; i < measures_count(); i++) {
		struct measure measure;

		measures_at(transcript->dialogue, transcript->debrief, i, &measure);
		buffer_format(out, "| %s | %s | ", measure.name, measure.figure);
		add(out, measure.meaning);
		buffer_text(out, " | ");
		add(out, measure.source);
		buffer_text(out, " |\n");
	}
	buffer_char(out, '\n');
	if (transcript->debrief->messages < MEASURES_ENOUGH)
		buffer_text(
			out, "Fewer than ten messages: counts only, because shares of so few would say little.\n\n");
}

static void add_mix(const struct transcript *transcript, struct buffer *out)
{
	buffer_text(out, "### What you used (" PARTS_GUESS ")\n\n| Technique | Times |\n|---|---|\n");
	for (unsigned i = 0; i < TECHNIQUE_COUNT; i++) {
		if (!transcript->debrief->mix[i])
			continue;
		buffer_text(out, "| ");
		add(out, technique_pack_name(dialogue_pack(transcript->dialogue), (enum technique_id)i));
		buffer_format(out, " | %u |\n", transcript->debrief->mix[i]);
	}
	buffer_char(out, '\n');
}

static void add_path(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);

	buffer_text(out, "### The way through the stages\n\n");
	for (size_t i = 0; i < transcript->debrief->path_count; i++) {
		const struct debrief_stage *leg = &transcript->debrief->path[i];
		unsigned from = parts_number_at(transcript, leg->from_turn),
			 to = parts_number_at(transcript, leg->to_turn);

		buffer_text(out, "- ");
		add(out, info->stages[leg->stage].name);
		if (from == to)
			buffer_format(out, ": message %u\n", from);
		else
			buffer_format(out, ": messages %u to %u\n", from, to);
	}
	buffer_char(out, '\n');
}

static void add_cues(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	const struct debrief *debrief = transcript->debrief;

	if (!debrief->cue_count)
		return;
	buffer_text(out, "### Openings in what was said\n\n");
	for (size_t i = 0; i < debrief->cue_count; i++) {
		const struct debrief_cue *cue = &debrief->cues[i];

		if (cue->followed_turn)
			buffer_format(
				out, "- Picked up in message %u: ", parts_number_at(transcript, cue->followed_turn));
		else if (cue->late_turn)
			buffer_format(out,
				"- Come back to late, in message %u: ", parts_number_at(transcript, cue->late_turn));
		else if (cue->heard_turn)
			buffer_format(out, "- Followed by a reflection, in message %u: ",
				parts_number_at(transcript, cue->heard_turn));
		else
			buffer_text(out, cue->open ? "- Left open at the end: " : "- Passed by: ");
		buffer_text(out, "\xe2\x80\x9c");
		add(out, cue->line);
		buffer_text(out, "\xe2\x80\x9d ");
		add(out, info->cues[cue->cue].why);
		buffer_char(out, '\n');
	}
	buffer_char(out, '\n');
}

static void add_best_and_next(const struct transcript *transcript, struct buffer *out)
{
	const struct debrief *debrief = transcript->debrief;

	if (debrief->best_turn) {
		buffer_format(
			out, "### Your best moment: message %u\n\n", parts_number_at(transcript, debrief->best_turn));
		add_quote(out, debrief->best_text, strlen(debrief->best_text));
		add(out, debrief->best_reason);
		buffer_text(out, "\n\n");
	}
	buffer_text(out, "### One thing to try next\n\n**");
	add(out, debrief->next_what);
	buffer_text(out, "**\n\n");
	add(out, debrief->next_why);
	buffer_text(out, "\n\n");
	if (debrief->next_example)
		add_quote(out, debrief->next_example, strlen(debrief->next_example));
}

static void add_figure_row(const struct transcript *transcript, size_t index, struct buffer *out)
{
	struct measure measure;

	measures_at(transcript->dialogue, transcript->debrief, index, &measure);
	buffer_format(out, "| %s |", measure.name);
	for (size_t i = 0; i < transcript->earlier_count; i++) {
		struct measure then;

		measures_at(transcript->dialogue, &transcript->earlier[i], index, &then);
		buffer_format(out, " %s |", then.figure);
	}
	buffer_format(out, " %s |\n", measure.figure);
}

static void add_end_cell(const struct transcript *transcript, int ending, struct buffer *out)
{
	buffer_char(out, ' ');
	add(out, ending >= 0 ? dialogue_info(transcript->dialogue)->endings[ending].title : "not ended yet");
	buffer_text(out, " |");
}

/* What came out before somebody went back and tried again, beside what came out then. */
static void add_earlier(const struct transcript *transcript, struct buffer *out)
{
	if (!transcript->earlier_count)
		return;
	buffer_text(out, "### " PARTS_EARLIER "\n\n| |");
	for (size_t i = 0; i < transcript->earlier_count; i++)
		buffer_format(out, " Try %zu |", i + 1);
	buffer_text(out, " " PARTS_NOW " |\n|---|---|");
	for (size_t i = 0; i < transcript->earlier_count; i++)
		buffer_text(out, "---|");
	buffer_text(out, "\n| How it ended |");
	for (size_t i = 0; i < transcript->earlier_count; i++)
		add_end_cell(transcript, transcript->earlier[i].ending, out);
	add_end_cell(transcript, transcript->debrief->ending, out);
	buffer_char(out, '\n');
	for (size_t i = 0; i < measures_count(); i++)
		add_figure_row(transcript, i, out);
	buffer_char(out, '\n');
}

static void add_debrief(const struct transcript *transcript, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(transcript->dialogue);
	int ending = transcript->debrief->ending;

	buffer_text(out, "## Debrief\n\n");
	if (ending >= 0 && transcript->debrief->messages == 0) {
		buffer_text(out, "The conversation was ended before anything was said.\n\n");
	} else if (ending >= 0) {
		buffer_text(out, "### How it ended: ");
		add(out, info->endings[ending].title);
		buffer_text(out, "\n\n");
		add(out, info->endings[ending].debrief);
		buffer_text(out, "\n\n");
	} else {
		buffer_text(out, "The conversation has not ended; this is how it stands so far.\n\n");
	}
	add_best_and_next(transcript, out);
	buffer_text(out, "### Measures\n\nNone of them is a mark. They are evidence to think with.\n\n");
	add_measures(transcript, out);
	add_mix(transcript, out);
	add_path(transcript, out);
	add_cues(transcript, out);
	add_earlier(transcript, out);
}

struct answers {
	struct buffer *out;
	bool any;
};

static void begin_written(struct answers *answers)
{
	if (!answers->any)
		buffer_text(answers->out, "## In the trainee's own words\n\n");
	answers->any = true;
}

static void add_answer(void *user, const char *question, const char *answer)
{
	struct answers *answers = user;

	begin_written(answers);
	buffer_text(answers->out, "**");
	add(answers->out, question);
	buffer_text(answers->out, "**\n\n");
	add_quote(answers->out, answer, strlen(answer));
}

static void add_written(const struct transcript *transcript, struct buffer *out)
{
	struct answers answers = {.out = out};

	parts_answers(transcript, add_answer, &answers);
	if (!parts_is_compared(transcript))
		return;
	begin_written(&answers);
	buffer_text(out, "### Coaching and mentoring compared\n\n| | Coaching | Mentoring |\n|---|---|---|\n");
	for (size_t i = 0; i < dialogue_info(transcript->dialogue)->contrast->row_count; i++) {
		struct parts_row row = parts_row(transcript, i);

		buffer_text(out, "| ");
		add(out, row.dimension);
		buffer_text(out, " | ");
		add(out, row.coaching);
		buffer_text(out, " | ");
		add(out, row.mentoring);
		buffer_text(out, " |\n");
	}
	buffer_char(out, '\n');
}

void formats_markdown(const struct transcript *transcript, struct buffer *out)
{
	buffer_text(out, "# Transcript: ");
	add(out, dialogue_info(transcript->dialogue)->title);
	buffer_text(out, "\n\n> **" TRANSCRIPT_NOTICE "**\n\n| Fact | |\n|---|---|\n");
	parts_facts(transcript, add_fact, out);
	buffer_text(out, "\n" PARTS_GUESS_NOTE "\n\n## Conversation\n\n");
	add_lines(transcript, &transcript->replay->opening, out);
	for (size_t i = 0; i < transcript->replay->count; i++)
		add_step(transcript, i, out);
	add_written(transcript, out);
	add_debrief(transcript, out);
	buffer_text(out, "---\n\n> **" TRANSCRIPT_NOTICE "**\n");
}
