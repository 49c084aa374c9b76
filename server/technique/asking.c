/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a sentence of the message asks. */
#include "analyse.h"

#include <string.h>

#define SURE 70

/* A reflection with a rising tone takes the form of a question and is none. */
bool asking(const struct technique_label *label)
{
	return label->form != TECHNIQUE_FORM_NONE && label->family != TECHNIQUE_REFLECTION;
}

static bool ends_with_stop(const struct normal *message, const struct segment *segment)
{
	const char *closing = message->text + segment->core_end;
	const size_t length = segment->end - segment->core_end;
	return memchr(closing, '.', length) != NULL || memchr(closing, '!', length) != NULL;
}

enum ending { ENDING_NONE, ENDING_MARK, ENDING_STOP };

/* How the sentence ends that the label belongs to. */
static enum ending ending_of(const struct analysis *analysis, const struct technique_label *label)
{
	const struct technique_scratch *scratch = analysis->scratch;
	bool inside = false;
	for (size_t i = 0; i < scratch->segment_count; i++) {
		const struct segment *segment = &scratch->segments[i];
		inside = inside || normal_span(&scratch->message, segment->start, segment->end).end == label->span.end;
		if (inside && segment->mark)
			return ENDING_MARK;
		if (inside && ends_with_stop(&scratch->message, segment))
			return ENDING_STOP;
	}
	return ENDING_NONE;
}

/* Who puts question marks means those sentences. Who is in a hurry puts none. */
static bool puts_marks(const struct analysis *analysis)
{
	for (size_t i = 0; i < analysis->label_count; i++)
		if (asking(&analysis->labels[i]) && ending_of(analysis, &analysis->labels[i]) == ENDING_MARK)
			return true;
	return false;
}

bool asking_surely(const struct analysis *analysis, const struct technique_label *label)
{
	if (!asking(label) || ending_of(analysis, label) == ENDING_MARK)
		return asking(label);
	bool stop = ending_of(analysis, label) == ENDING_STOP;
	return !(stop && puts_marks(analysis)) && (!stop || label->confidence >= SURE);
}
