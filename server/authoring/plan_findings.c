/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_findings.h"

#include "askwell/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct dialogue_diagnostic diagnostics[PLAN_DIAGNOSTIC_COUNT] = {
	[PLAN_LINE] = {"G001", FINDING_ERROR, "A line is not part of the plan format.",
		"Begin a message with \">\", a command with \"!\", a remark with \"#\"; indent what is expected."},
	[PLAN_NO_CASE] = {"G002", FINDING_ERROR, "The plan names no case.", "Add a line \"case: ID\" at the top."},
	[PLAN_VALUE] = {"G003", FINDING_ERROR, "A value cannot be read.", "Write it as tests/plans/README.md shows."},
	[PLAN_EXPECTATION] = {"G004", FINDING_ERROR, "There is no such expectation.",
		"Use label, has, flag, rule, reveals, says, silent, voice, follows, feedback, stage, state, var, "
		"ended, "
		"exercise or prompt."},
	[PLAN_COMMAND] = {"G005", FINDING_ERROR, "A command cannot be read.",
		"Write \"! hint\", \"! end\", or \"! retake N\" with the number of an earlier message."},
	[PLAN_EMPTY] = {"G006", FINDING_ERROR, "Nothing is said in the plan.",
		"Add messages: lines that begin with \">\"."},
	[PLAN_TOO_EARLY] = {"G007", FINDING_ERROR, "Something is expected before anything was said.",
		"Put it below the message that it is about."},
	[PLAN_TEXT] = {"G008", FINDING_ERROR, "A text cannot be taken.",
		"Type plain text in UTF-8, at most 4,000 characters a message, without control characters."},
	[PLAN_UNKNOWN_CASE] = {"G009", FINDING_ERROR, "There is no such case in service.",
		"Name a case of the dialogues folder; \"askwell lint\" shows why one is not in service."},
	[PLAN_TWICE] = {"G010", FINDING_ERROR, "The same thing is said twice at the top.", "Keep one of the lines."},
	[PLAN_SCENE] = {"G011", FINDING_ERROR, "The plan begins where this case cannot.",
		"Mend the lines \"from\", \"set\" and \"told\"."},
	[PLAN_TOO_LARGE] = {"G012", FINDING_ERROR, "The plan is too long.", "Cut it into several, of at most 256 KiB."},
	[PLAN_FAILED] = {"G020", FINDING_ERROR, "An expectation failed.",
		"Mend the script; or, when this is better, the plan."},
	[PLAN_IMPOSSIBLE_TURN] = {"G021", FINDING_ERROR, "A turn cannot be taken.",
		"The conversation was over by then, or the message gone back to is not there any more."},
	[PLAN_SAVED] = {"G022", FINDING_ERROR, "A run that was saved and loaded goes on differently.",
		"This is a fault of Askwell, not of the script: please report it with the plan."},
	[PLAN_REPLAY] = {"G023", FINDING_ERROR, "A replay of the same turns gives another run.",
		"This is a fault of Askwell, not of the script: please report it with the plan."},
};

const struct dialogue_diagnostic *plan_diagnostic_at(size_t index)
{
	return index < PLAN_DIAGNOSTIC_COUNT ? &diagnostics[index] : NULL;
}

void plan_report(struct findings *findings, enum plan_diagnostic diagnostic, const char *file, unsigned line,
	const char *remedy, const char *reason, ...)
{
	va_list arguments, again;
	va_start(arguments, reason);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, reason, arguments);
	char *text = memory_new((size_t)(length > 0 ? length : 0) + 1);
	(void)vsnprintf(text, (size_t)(length > 0 ? length : 0) + 1, reason, again);
	va_end(again);
	va_end(arguments);
	findings_add(findings, &(struct finding){
				       .code = diagnostics[diagnostic].code,
				       .severity = diagnostics[diagnostic].severity,
				       .file = file,
				       .line = line,
				       .column = line > 0 ? 1 : 0,
				       .path = "",
				       .reason = text,
				       .remedy = remedy != NULL ? remedy : diagnostics[diagnostic].remedy,
			       });
	free(text);
}
