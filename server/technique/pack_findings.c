/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_findings.h"

#include "askwell/buffer.h"
#include "askwell/json_place.h"
#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct problem_row {
	const char *code;
	enum finding_severity severity;
	const char *cause;
	const char *remedy;
};

static const struct problem_row problems[PACK_PROBLEM_COUNT] = {
	[PACK_UNREADABLE] = {"P001", FINDING_ERROR, "The pack is not readable JSON",
		"Correct the text at this place; an editor that knows JSON shows it."},
	[PACK_UNKNOWN_MEMBER] = {"P002", FINDING_ERROR, "There is no member of this name here",
		"Correct the spelling, remove it, or keep remarks in \"note\"."},
	[PACK_MISSING_MEMBER] = {"P003", FINDING_ERROR, "A member is missing",
		"Add it; the schema says what it holds."},
	[PACK_WRONG_VALUE] = {"P004", FINDING_ERROR, "The value is not of the kind that belongs here",
		"Give the kind of value that the schema names."},
	[PACK_UNKNOWN_ID] = {"P005", FINDING_ERROR, "Nothing has this id",
		"Use one of the ids of the taxonomy, spelled as in the schema."},
	[PACK_DUPLICATE_ID] = {"P006", FINDING_ERROR, "The id is used twice", "Give one of the two another id."},
	[PACK_BAD_PATTERN] = {"P007", FINDING_ERROR, "The pattern does not compile",
		"Look for an unclosed bracket or a stray sign at the place named."},
	[PACK_LONG_PATTERN] = {"P008", FINDING_ERROR, "The pattern is longer than 512 characters",
		"Split it into several patterns of the same rule, or use phrases."},
	[PACK_SLOW_PATTERN] = {"P009", FINDING_ERROR, "The pattern takes too long on hostile text",
		"Avoid repetitions inside repetitions; bound them, as in {0,3}."},
	[PACK_UNKNOWN_BLOCK] = {"P010", FINDING_ERROR, "The pattern names a building block that does not exist",
		"Define the block before it is used, or correct the name between the braces."},
	[PACK_SAMPLE_MISSED] = {"P011", FINDING_ERROR, "The rule does not recognise its own sample",
		"Widen the pattern or move the sample to the rule that it fits."},
	[PACK_SAMPLE_TAKEN] = {"P012", FINDING_ERROR, "Another rule takes this sample first",
		"Move the rule up, or add a \"not\" to the other rule."},
	[PACK_NEAR_MATCHED] = {"P013", FINDING_ERROR, "The rule recognises its own near-miss",
		"Narrow the pattern or add a \"not\"."},
	[PACK_NO_WORDS_FOR_PEOPLE] = {"P014", FINDING_ERROR, "Name or feedback for people is missing",
		"Add the entry, so that what the server recognises can be explained."},
	[PACK_NO_SAMPLES] = {"P015", FINDING_WARNING, "The rule has no sample or no near-miss",
		"Add one of each: they keep the rule from drifting."},
	[PACK_NO_RULE] = {"P016", FINDING_WARNING, "No rule recognises this technique",
		"Add a rule, or leave it if the language has no such form."},
	[PACK_UNKNOWN_TEMPLATE] = {"P017", FINDING_ERROR, "The template is not one that can be filled in",
		"Use {character}, {words} or {n}."},
	[PACK_TOO_MANY] = {"P018", FINDING_ERROR, "There are more entries than a pack can hold",
		"Join patterns of the same rule, or use phrases."},
	[PACK_NEVER_WINS] = {"P019", FINDING_WARNING, "It names none of the pack's samples",
		"Add a sample that it decides, move it up, or remove it."},
	[PACK_NEVER_HOLDS] = {"P020", FINDING_WARNING, "The cue holds on none of the pack's samples",
		"Add a sample with what it looks for, correct its conditions, or remove it."},
	[PACK_NEVER_DECIDES] = {"P021", FINDING_WARNING,
		"Every sample of the pack would be named the same without the cue",
		"Add a sample that needs it, give it more points, or remove it."},
	[PACK_UNTRIED_PATTERN] = {"P022", FINDING_WARNING, "No sample of the pack has these words",
		"Add a sample with them, or remove them."},
};

/* A detail that was cut may end in half a character. */
static void add_whole_characters(struct buffer *out, const char *text)
{
	uint32_t code_point;
	for (size_t length = strlen(text); length > 0;) {
		size_t bytes = utf8_decode(text, length, &code_point);
		buffer_add(out, text, bytes);
		text += bytes > 0 ? bytes : 1;
		length -= bytes > 0 ? bytes : 1;
	}
}

void pack_problem(
	const struct pack_report *report, enum pack_problem problem, const char *pointer, const char *format, ...)
{
	const struct problem_row *row = &problems[problem];
	struct buffer reason = {0};
	char detail[512];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	buffer_text(&reason, row->cause);
	if (detail[0] != '\0') {
		buffer_text(&reason, ": ");
		add_whole_characters(&reason, detail);
	}
	struct finding finding = {.code = row->code,
		.severity = row->severity,
		.file = report->file,
		.path = pointer,
		.reason = reason.data,
		.remedy = row->remedy};
	(void)json_place(report->text, report->length, pointer, &finding.line, &finding.column);
	findings_add(report->findings, &finding);
	buffer_clear(&reason);
}
