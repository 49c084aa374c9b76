/* SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include "askwell/twee.h"
#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Codes are for ever; a new one goes to the end. */
static const struct twee_diagnostic diagnostics[TWEE_CODES] = {
	[TWEE_TWICE] = {"T001", FINDING_ERROR, "Two passages have the same name; the second is left out.",
		"Rename one of them in Twine."},
	[TWEE_NO_TARGET] = {"T002", FINDING_ERROR, "A link leads to a passage that is not there.",
		"Write that passage, or correct the link."},
	[TWEE_NO_DATA] = {"T003", FINDING_WARNING, "StoryData is missing or cannot be read.",
		"The conversation begins in the passage \"Start\", or else in the first."},
	[TWEE_NO_START] = {"T004", FINDING_ERROR, "The passage that the story starts in is not there.",
		"Correct \"start\" in StoryData; the first passage was taken."},
	[TWEE_NO_TEXT] = {"T005", FINDING_WARNING, "A passage has nothing to say.",
		"Write what the character says there."},
	[TWEE_NO_SAMPLES] = {"T006", FINDING_ERROR, "Nothing that a trainee types leads on by this link.",
		"Write a rule with a condition and samples for it."},
	[TWEE_NO_WORDS] = {"T007", FINDING_WARNING, "A link's text holds no words to know a message by.",
		"Give the rule a condition and samples in a trainee's words."},
	[TWEE_TAKEN] = {"T008", FINDING_WARNING,
		"A link's words are also those of a link before it in the same passage.",
		"Give the topics of the two rules words that tell them apart."},
	[TWEE_ENDING] = {"T009", FINDING_WARNING, "No link leads on from a passage: it became an ending.",
		"Write the ending's last line and its debrief."},
	[TWEE_NO_LINK] = {"T010", FINDING_ERROR, "No rule leads to a passage.",
		"Let a rule \"go\" there, or take the state out."},
	[TWEE_MACRO] = {"T011", FINDING_WARNING, "Macros and tags were left out; they are in the state's \"note\".",
		"Say with \"when\", \"set\" and \"variables\" what they did."},
	[TWEE_SPECIAL] = {"T012", FINDING_WARNING, "A passage was left out.",
		"Nothing, unless it held something to say."},
	[TWEE_NO_FALLBACK] = {"T013", FINDING_WARNING, "Nothing is said to a message that no rule fits.",
		"Tag a passage \"fallback\" and give it three paragraphs, or write \"fallback\" yourself."},
	[TWEE_ONE_WORDING] = {"T014", FINDING_WARNING,
		"Every reply has one wording, and every rule knows a link's words only (lint says D040).",
		"Write three variants of each, more topic words, and samples as people type."},
	[TWEE_UNWRITTEN] = {"T015", FINDING_WARNING, "A story has no character, brief, disclosures and feedback.",
		"Look for \"(to be written)\" and replace it."},
	[TWEE_TOO_MANY] = {"T016", FINDING_ERROR, "The story holds more than a case can.",
		"Split it into several cases."},
	[TWEE_LONG] = {"T017", FINDING_WARNING,
		"A text is longer than eight bubbles; the rest is in the state's \"note\".",
		"Shorten it, or let the character tell it in several turns."},
	[TWEE_HEADER] = {"T018", FINDING_WARNING, "The header of a passage is not complete.",
		"Write \":: Name [tags]\"."},
	[TWEE_VARIABLE] = {"T019", FINDING_WARNING, "A line says a variable, which nothing will fill in.",
		"Write the words, or several variants with conditions."},
};

const struct twee_diagnostic *twee_diagnostic_at(size_t index)
{
	return index < TWEE_CODES ? &diagnostics[index] : NULL;
}

/* A name that was cut short may end inside a character. */
static void drop_pieces(char *text)
{
	size_t length = strlen(text), to = 0;
	uint32_t code_point;

	for (size_t at = 0; at < length;) {
		size_t size = utf8_decode(text + at, length - at, &code_point);

		if (size == 0)
			at++;
		for (size_t i = 0; i < size; i++)
			text[to++] = text[at++];
	}
	text[to] = '\0';
}

void story_report(const struct story *story, enum twee_code code, unsigned line, const char *format, ...)
{
	const struct twee_diagnostic *diagnostic = &diagnostics[code];
	va_list arguments;
	char *reason = NULL;

	va_start(arguments, format);
	if (vasprintf(&reason, format, arguments) < 0)
		abort();
	va_end(arguments);
	drop_pieces(reason);
	findings_add(story->findings, &(struct finding){.code = diagnostic->code,
					      .severity = diagnostic->severity,
					      .file = story->file,
					      .line = line,
					      .column = line ? 1 : 0,
					      .path = "",
					      .reason = reason,
					      .remedy = diagnostic->remedy});
	free(reason);
}
