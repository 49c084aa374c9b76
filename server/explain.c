/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"

#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_CHARACTERS 96
#define INDENT 16
#define BEST 3        /* techniques in the table of points */
#define ROWS_MAX 12   /* rows of it */
#define QUOTE_MAX 60  /* characters of quoted words */
#define COLUMN_MAX 22 /* characters of the longest technique id and a space */

static const struct {
	int from;
	const char *words;
} bands[] = {{80, "sure"}, {50, "likely"}, {0, "a guess"}};

static const char *const parts[TECHNIQUE_PART_COUNT] = {
	[TECHNIQUE_PART_RULE] = "rule", [TECHNIQUE_PART_DEFAULT] = "default", [TECHNIQUE_PART_CUE] = "cue"};

static const char *band_of(int confidence)
{
	size_t i = 0;
	while (confidence < bands[i].from)
		i++;
	return bands[i].words;
}

/* Controls and marks that turn the direction of writing would act on the terminal. */
static bool steers(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x200E ||
	       code_point == 0x200F || (code_point >= 0x202A && code_point <= 0x202E) ||
	       (code_point >= 0x2066 && code_point <= 0x2069);
}

static void add_shown(struct buffer *out, const char *text, size_t length)
{
	uint32_t code_point;
	size_t bytes;
	for (size_t i = 0; i < length && (bytes = utf8_decode(text + i, length - i, &code_point)) > 0; i += bytes) {
		if (text[i] == '\n' || text[i] == '\t' || text[i] == '\r')
			buffer_char(out, ' ');
		else if (steers(code_point))
			buffer_text(out, "\xef\xbf\xbd");
		else
			buffer_add(out, text + i, bytes);
	}
}

static void add_bold(const struct explain_page *page, struct buffer *out, const char *text)
{
	buffer_text(out, page->bold ? "\x1b[1m" : "");
	buffer_text(out, text);
	buffer_text(out, page->bold ? "\x1b[0m" : "");
}

/* A line or more under a heading in the margin, broken between words. `text` is safe to show. */
static void add_entry(struct buffer *out, const char *heading, const char *text)
{
	size_t column = INDENT;
	buffer_format(out, "  %-*s", INDENT - 2, heading);
	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		size_t characters = utf8_count(text, length);
		if (column > INDENT && column + 1 + characters > LINE_CHARACTERS) {
			buffer_format(out, "\n%*s", INDENT, "");
			column = INDENT;
		} else if (column > INDENT) {
			buffer_char(out, ' ');
			column++;
		}
		buffer_add(out, text, length);
		column += characters;
		text += length + strspn(text + length, " ");
	}
	buffer_char(out, '\n');
}

static void PRINTF_LIKE(3, 4) entry(struct buffer *out, const char *heading, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	char *text = malloc((size_t)length + 1);
	if (text == NULL)
		abort();
	(void)vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	va_end(arguments);
	add_entry(out, heading, text);
	free(text);
}

/* The words of a span between quotation marks, cut when they are many. */
static void add_quote(const struct explain_page *page, struct buffer *out, const struct technique_span *span)
{
	size_t length = span->end - span->start, end = 0, characters = 0;
	uint32_t code_point;
	while (end < length && characters++ < QUOTE_MAX)
		end += utf8_decode(page->text + span->start + end, length - end, &code_point);
	buffer_char(out, '"');
	add_shown(out, page->text + span->start, end);
	buffer_text(out, end < length ? " ...\"" : "\"");
}

static void add_context(const struct explain_page *page, struct buffer *out)
{
	struct buffer text = {0};
	add_shown(&text, page->text, page->length);
	add_entry(out, "Message", text.data != NULL ? text.data : "");
	buffer_reset(&text);
	if (page->context->coachee_length > 0) {
		add_shown(&text, page->context->coachee, page->context->coachee_length);
		add_entry(out, "Coachee", text.data);
	}
	entry(out, "Mode", "%s", page->context->mode == TECHNIQUE_MENTORING ? "mentoring" : "coaching");
	buffer_clear(&text);
}

/* The sentence with the words that showed its label in brackets. */
static void add_sentence(
	const struct explain_page *page, struct buffer *out, size_t number, const struct technique_sentence *sentence)
{
	const struct technique_span *span = &sentence->span;
	const struct technique_span *cue = sentence->label != NULL ? &sentence->label->cue : NULL;
	bool marked = cue != NULL && sentence->label->technique != TECHNIQUE_UNCLASSIFIED &&
		      cue->start >= span->start && cue->end <= span->end;
	struct buffer text = {0};
	add_shown(&text, page->text + span->start, (marked ? cue->start : span->end) - span->start);
	if (marked) {
		buffer_char(&text, '[');
		add_shown(&text, page->text + cue->start, cue->end - cue->start);
		buffer_char(&text, ']');
		add_shown(&text, page->text + cue->end, span->end - cue->end);
	}
	buffer_format(out, "\n%3zu  ", number);
	add_bold(page, out, text.data != NULL ? text.data : "");
	buffer_char(out, '\n');
	buffer_clear(&text);
}

static const char *form_words(enum technique_form form)
{
	static const char *const words[] = {[TECHNIQUE_FORM_NONE] = "no question",
		[TECHNIQUE_FORM_OPEN] = "open form",
		[TECHNIQUE_FORM_CLOSED] = "closed form"};
	return words[form];
}

static void add_label(const struct explain_page *page, struct buffer *out, const struct technique_label *label)
{
	entry(out, "label", "%s (%s), %s%s%s, %s (%d in 100)", technique_pack_name(page->pack, label->technique),
		technique_name(label->technique), form_words(label->form),
		label->focus != TECHNIQUE_FOCUS_NONE ? ", focus " : "",
		label->focus != TECHNIQUE_FOCUS_NONE ? technique_focus_name(label->focus) : "",
		band_of(label->confidence), label->confidence);
	if (label->asks != TECHNIQUE_ASKS_NONE)
		entry(out, "asks for", "%s", technique_asks_name(label->asks));
	entry(out, "because", "%s", label->reason);
	if (label->runner_up != TECHNIQUE_UNCLASSIFIED)
		entry(out, "next", "%s (%s)", technique_pack_name(page->pack, label->runner_up),
			technique_name(label->runner_up));
}

/* The techniques with the most points, the winner first, then the runner-up. */
static void find_best(const struct technique_sentence *sentence, enum technique_id best[BEST])
{
	bool taken[TECHNIQUE_COUNT] = {[TECHNIQUE_MULTIPLE_QUESTIONS] = true};
	for (size_t i = 0; i < BEST; i++) {
		enum technique_id id = TECHNIQUE_MULTIPLE_QUESTIONS;
		if (i == 0 && sentence->winner != TECHNIQUE_UNCLASSIFIED)
			id = sentence->winner;
		else if (sentence->runner_up != TECHNIQUE_UNCLASSIFIED && !taken[sentence->runner_up])
			id = sentence->runner_up;
		for (int j = 0; j < TECHNIQUE_COUNT && id == TECHNIQUE_MULTIPLE_QUESTIONS; j++) {
			bool more = !taken[j];
			for (int k = 0; k < TECHNIQUE_COUNT && more; k++)
				more = taken[k] || sentence->points[k] <= sentence->points[j];
			if (more)
				id = (enum technique_id)j;
		}
		best[i] = id;
		taken[id] = true;
	}
}

static int weight(const struct technique_trial *trial, const enum technique_id best[BEST])
{
	int total = 0;
	for (size_t i = 0; i < BEST; i++)
		total += abs(trial->points[best[i]]);
	return total;
}

/* Whether it gave its points to the vote. */
static bool voted(const struct technique_trial *trial)
{
	return trial->points != NULL && (trial->outcome == TECHNIQUE_WON || trial->outcome == TECHNIQUE_LOST);
}

static void add_row(struct buffer *out, const char *heading, const int points[BEST], bool sign)
{
	buffer_format(out, "%*s%-36s", INDENT + 2, "", heading);
	for (size_t i = 0; i < BEST; i++) {
		if (sign && points[i] == 0)
			buffer_format(out, "%*s", COLUMN_MAX, ".");
		else
			buffer_format(out, sign ? "%+*d" : "%*d", COLUMN_MAX, points[i]);
	}
	buffer_char(out, '\n');
}

static void add_trial_row(const struct explain_page *page, struct buffer *out, const struct technique_trial *trial,
	const enum technique_id best[BEST])
{
	struct buffer text = {0};
	int points[BEST];
	for (size_t i = 0; i < BEST; i++)
		points[i] = trial->points[best[i]];
	add_row(out, trial->id, points, true);
	if (trial->words.start < trial->words.end) {
		add_quote(page, &text, &trial->words);
		buffer_text(&text, ": ");
	}
	buffer_text(&text, trial->reason);
	buffer_format(out, "%*s%s\n", INDENT + 6, "", text.data);
	buffer_clear(&text);
}

/* A default that stands behind another one fits and is not counted. */
static bool counted(const struct technique_sentence *sentence, const struct technique_trial *trial)
{
	for (const struct technique_trial *other = sentence->trials; other < trial; other++) {
		if (trial->part == TECHNIQUE_PART_DEFAULT && other->part == TECHNIQUE_PART_DEFAULT && voted(other))
			return false;
	}
	return voted(trial);
}

static const struct technique_trial *heaviest(const struct technique_sentence *sentence,
	const enum technique_id best[BEST], const struct technique_trial *after)
{
	const struct technique_trial *found = NULL;
	int ceiling = after != NULL ? weight(after, best) : 0;
	for (size_t i = 0; i < sentence->trial_count; i++) {
		const struct technique_trial *trial = &sentence->trials[i];
		if (!counted(sentence, trial) || weight(trial, best) == 0)
			continue;
		int own = weight(trial, best);
		bool below = after == NULL || own < ceiling || (own == ceiling && trial > after);
		if (below && (found == NULL || own > weight(found, best)))
			found = trial;
	}
	return found;
}

static bool any_points(const struct technique_sentence *sentence)
{
	for (size_t i = 0; i < sentence->trial_count; i++) {
		if (voted(&sentence->trials[i]))
			return true;
	}
	return false;
}

static void add_table(const struct explain_page *page, struct buffer *out, const struct technique_sentence *sentence)
{
	enum technique_id best[BEST];
	int start[BEST], total[BEST];
	size_t rows = 0, more = 0;
	find_best(sentence, best);
	buffer_format(out, "  %-*s%-38s", INDENT - 2, "points", "");
	for (size_t i = 0; i < BEST; i++) {
		start[i] = page->explanation->start[best[i]];
		total[i] = sentence->points[best[i]];
		buffer_format(out, "%*s", COLUMN_MAX, technique_name(best[i]));
	}
	buffer_char(out, '\n');
	add_row(out, "start", start, true);
	for (const struct technique_trial *trial = NULL; (trial = heaviest(sentence, best, trial)) != NULL; rows++) {
		if (rows < ROWS_MAX)
			add_trial_row(page, out, trial, best);
		else
			more++;
	}
	if (more > 0)
		buffer_format(out, "%*s(%zu more with fewer points)\n", INDENT + 2, "", more);
	add_row(out, "total", total, false);
	if (page->explanation->least <= 0 && page->explanation->lead <= 0)
		entry(out, "needed",
			"words that speak for it, and the most points (%d more than the next where it would "
			"be held against the trainee)",
			page->explanation->lead_spoiler);
	else
		entry(out, "needed",
			"%d points, and %d before the next (%d where it would be held against the trainee)",
			page->explanation->least, page->explanation->lead, page->explanation->lead_spoiler);
}

static void add_shortfall(
	const struct explain_page *page, struct buffer *out, const struct technique_sentence *sentence)
{
	enum technique_id best[BEST];
	int least = page->explanation->least;
	find_best(sentence, best);
	if (sentence->runner_up == TECHNIQUE_UNCLASSIFIED)
		entry(out, "not enough", "Nothing in the sentence spoke for any technique.");
	else if (sentence->points[sentence->runner_up] < least)
		entry(out, "not enough", "%s came nearest, with %d of the %d points needed.",
			technique_name(sentence->runner_up), sentence->points[sentence->runner_up], least);
	else
		entry(out, "not enough",
			sentence->points[best[1]] > sentence->points[sentence->runner_up]
				? "%s has %d points, fewer than %s with %d."
				: "%s has %d points, but not clearly more than %s with %d.",
			technique_name(sentence->runner_up), sentence->points[sentence->runner_up],
			technique_name(best[1]), sentence->points[best[1]]);
}

/* A false accusation costs more than ten misses, so what would be one needs a clear lead. */
static void add_held_back(
	const struct explain_page *page, struct buffer *out, const struct technique_sentence *sentence)
{
	int most = 0;
	for (int id = 1; id < TECHNIQUE_COUNT; id++) {
		if (sentence->points[id] > sentence->points[most])
			most = id;
	}
	if (most != (int)sentence->winner && technique_is_spoiler((enum technique_id)most, TECHNIQUE_MENTORING))
		entry(out, "held back", "%s has the most points, %d, but not %d more than the next.",
			technique_name((enum technique_id)most), sentence->points[most],
			page->explanation->lead_spoiler);
}

static void add_lost(const struct explain_page *page, struct buffer *out, const struct technique_sentence *sentence)
{
	static const char *const headings[TECHNIQUE_OUTCOME_COUNT] = {[TECHNIQUE_LOST] = "lost",
		[TECHNIQUE_OUT_OF_PLACE] = "out of place",
		[TECHNIQUE_SILENCED] = "silenced"};
	for (int outcome = TECHNIQUE_LOST; outcome < TECHNIQUE_OUTCOME_COUNT; outcome++) {
		const char *heading = headings[outcome];
		for (size_t i = 0; i < sentence->trial_count; i++) {
			const struct technique_trial *trial = &sentence->trials[i];
			struct buffer text = {0};
			/* What lost in the vote stands in the table of points. */
			if ((int)trial->outcome != outcome ||
				(outcome == TECHNIQUE_LOST && trial->part == TECHNIQUE_PART_CUE))
				continue;
			buffer_format(&text, "%s %s", parts[trial->part], trial->id);
			if (trial->part != TECHNIQUE_PART_CUE)
				buffer_format(&text, " (%s)", technique_name(trial->technique));
			if (trial->words.start < trial->words.end) {
				buffer_text(&text, ", ");
				add_quote(page, &text, &trial->words);
			}
			buffer_text(&text, outcome == TECHNIQUE_LOST       ? ", to "
					   : outcome == TECHNIQUE_SILENCED ? ", by \""
									   : ": ");
			buffer_text(&text, trial->detail != NULL ? trial->detail : "");
			buffer_text(&text, outcome == TECHNIQUE_SILENCED ? "\"" : "");
			add_entry(out, heading, text.data);
			heading = "";
			buffer_clear(&text);
		}
	}
}

static void add_one(
	const struct explain_page *page, struct buffer *out, size_t number, const struct technique_sentence *sentence)
{
	const struct technique_label *label = sentence->label;
	bool decided = label != NULL && label->technique != TECHNIQUE_UNCLASSIFIED;
	add_sentence(page, out, number, sentence);
	if (decided)
		add_label(page, out, label);
	else
		entry(out, "label", "%s (%s)", technique_pack_name(page->pack, TECHNIQUE_UNCLASSIFIED),
			technique_name(TECHNIQUE_UNCLASSIFIED));
	if (sentence->rule != NULL) {
		bool joined = label != NULL && strcmp(label->rule, sentence->rule) != 0;
		entry(out, "decided by", "rule %s, which is sure by itself%s", sentence->rule,
			joined ? "; it belongs to the sentence before" : "");
		if (sentence->winner != TECHNIQUE_UNCLASSIFIED)
			entry(out, "", "a vote would have said %s", technique_name(sentence->winner));
	} else {
		entry(out, "decided by", "%s", decided ? "a vote" : "a vote that nothing won");
		if (!decided)
			add_shortfall(page, out, sentence);
		add_held_back(page, out, sentence);
		if (any_points(sentence))
			add_table(page, out, sentence);
	}
	add_lost(page, out, sentence);
}

static void add_flags(const struct explain_page *page, struct buffer *out)
{
	const struct technique_analysis *analysis = page->analysis;
	for (size_t i = 0; i < analysis->flag_count; i++) {
		const struct technique_flag *flag = &analysis->flags[i];
		struct buffer text = {0};
		buffer_format(&text, "%s (%s), ", technique_pack_flag_name(page->pack, flag->id),
			technique_flag_name(flag->id));
		add_quote(page, &text, &flag->span);
		buffer_format(&text, ": %s", flag->reason);
		add_entry(out, i == 0 ? "Flags" : "", text.data);
		buffer_clear(&text);
	}
}

void explain_print(const struct explain_page *page, struct buffer *out)
{
	const struct technique_analysis *analysis = page->analysis;
	add_context(page, out);
	if (analysis->safety != NULL) {
		entry(out, "Safety", "%s: nothing is labelled, and the guide speaks.", analysis->safety);
		entry(out, "", "%s", technique_pack_safety_text(page->pack, analysis->safety));
		return;
	}
	if (page->explanation->sentence_count == 0)
		entry(out, "Sentences", "none: there are only marks.");
	for (size_t i = 0; i < page->explanation->sentence_count; i++)
		add_one(page, out, i + 1, &page->explanation->sentences[i]);
	buffer_char(out, '\n');
	entry(out, "Answered", "The coachee reacts to %s (%s).",
		technique_pack_name(page->pack, analysis->primary->technique),
		technique_name(analysis->primary->technique));
	add_flags(page, out);
}
