/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/technique.h"

#include <string.h>

struct technique_row {
	const char *name;
	enum technique_family family;
};

static const struct technique_row techniques[TECHNIQUE_COUNT] = {
	[TECHNIQUE_UNCLASSIFIED] = {"unclassified", TECHNIQUE_OTHER},
	[TECHNIQUE_OPEN_QUESTION] = {"open_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_CLOSED_QUESTION] = {"closed_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_LEADING_QUESTION] = {"leading_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_MULTIPLE_QUESTIONS] = {"multiple_questions", TECHNIQUE_QUESTION},
	[TECHNIQUE_WHY_QUESTION] = {"why_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_SCALING_QUESTION] = {"scaling_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_HYPOTHETICAL_QUESTION] = {"hypothetical_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_FUTURE_QUESTION] = {"future_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_CLARIFYING_QUESTION] = {"clarifying_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_COMMITMENT_QUESTION] = {"commitment_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_LEARNING_QUESTION] = {"learning_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_PERMISSION_QUESTION] = {"permission_question", TECHNIQUE_QUESTION},
	[TECHNIQUE_ADVICE_IN_QUESTION] = {"advice_in_question", TECHNIQUE_INPUT},
	[TECHNIQUE_SIMPLE_REFLECTION] = {"simple_reflection", TECHNIQUE_REFLECTION},
	[TECHNIQUE_COMPLEX_REFLECTION] = {"complex_reflection", TECHNIQUE_REFLECTION},
	[TECHNIQUE_SUMMARY] = {"summary", TECHNIQUE_REFLECTION},
	[TECHNIQUE_AFFIRMATION] = {"affirmation", TECHNIQUE_OTHER},
	[TECHNIQUE_EMPATHY] = {"empathy", TECHNIQUE_REFLECTION},
	[TECHNIQUE_MINIMAL_ENCOURAGER] = {"minimal_encourager", TECHNIQUE_OTHER},
	[TECHNIQUE_CHALLENGE] = {"challenge", TECHNIQUE_INPUT},
	[TECHNIQUE_INFORMATION] = {"information", TECHNIQUE_INPUT},
	[TECHNIQUE_SELF_DISCLOSURE] = {"self_disclosure", TECHNIQUE_INPUT},
	[TECHNIQUE_ADVICE_DIRECT] = {"advice_direct", TECHNIQUE_INPUT},
	[TECHNIQUE_REASSURANCE] = {"reassurance", TECHNIQUE_INPUT},
	[TECHNIQUE_JUDGEMENT] = {"judgement", TECHNIQUE_INPUT},
	[TECHNIQUE_CONTRACTING] = {"contracting", TECHNIQUE_OTHER},
	[TECHNIQUE_STRUCTURING] = {"structuring", TECHNIQUE_OTHER},
	[TECHNIQUE_SMALL_TALK] = {"small_talk", TECHNIQUE_OTHER},
	[TECHNIQUE_OFF_TOPIC] = {"off_topic", TECHNIQUE_OTHER},
};

static const char *const families[TECHNIQUE_FAMILY_COUNT] = {
	[TECHNIQUE_OTHER] = "other",
	[TECHNIQUE_QUESTION] = "question",
	[TECHNIQUE_REFLECTION] = "reflection",
	[TECHNIQUE_INPUT] = "input",
};

static const char *const forms[] = {
	[TECHNIQUE_FORM_NONE] = "none",
	[TECHNIQUE_FORM_OPEN] = "open",
	[TECHNIQUE_FORM_CLOSED] = "closed",
};

static const char *const flags[TECHNIQUE_FLAG_COUNT] = {
	[TECHNIQUE_FLAG_STACKED] = "stacked",
	[TECHNIQUE_FLAG_JARGON] = "jargon",
	[TECHNIQUE_FLAG_LONG_MESSAGE] = "long_message",
	[TECHNIQUE_FLAG_PARROTING] = "parroting",
	[TECHNIQUE_FLAG_INTERROGATION_STREAK] = "interrogation_streak",
	[TECHNIQUE_FLAG_PREMATURE_STAGE] = "premature_stage",
	[TECHNIQUE_FLAG_IGNORED_FEELING] = "ignored_feeling",
	[TECHNIQUE_FLAG_PERMITTED] = "permitted",
};

static const char *const focuses[TECHNIQUE_FOCUS_COUNT] = {
	[TECHNIQUE_FOCUS_NONE] = "none",
	[TECHNIQUE_FOCUS_GOAL] = "goal",
	[TECHNIQUE_FOCUS_REALITY] = "reality",
	[TECHNIQUE_FOCUS_FEELING] = "feeling",
	[TECHNIQUE_FOCUS_STRENGTHS] = "strengths",
	[TECHNIQUE_FOCUS_OPTIONS] = "options",
	[TECHNIQUE_FOCUS_OBSTACLES] = "obstacles",
	[TECHNIQUE_FOCUS_WILL] = "will",
	[TECHNIQUE_FOCUS_LEARNING] = "learning",
};

static const char *const asked[TECHNIQUE_ASKS_COUNT] = {
	[TECHNIQUE_ASKS_NONE] = "none",
	[TECHNIQUE_ASKS_MORE] = "more",
	[TECHNIQUE_ASKS_CHOICE] = "choice",
	[TECHNIQUE_ASKS_YES_NO] = "yes_no",
	[TECHNIQUE_ASKS_WHO] = "who",
	[TECHNIQUE_ASKS_WHEN] = "when",
	[TECHNIQUE_ASKS_WHERE] = "where",
	[TECHNIQUE_ASKS_HOW_LONG] = "how_long",
	[TECHNIQUE_ASKS_HOW_MANY] = "how_many",
	[TECHNIQUE_ASKS_WHY] = "why",
	[TECHNIQUE_ASKS_FEELING] = "feeling",
	[TECHNIQUE_ASKS_WISH] = "wish",
	[TECHNIQUE_ASKS_STEP] = "step",
	[TECHNIQUE_ASKS_EVENT] = "event",
	[TECHNIQUE_ASKS_MEANING] = "meaning",
	[TECHNIQUE_ASKS_HOW] = "how",
	[TECHNIQUE_ASKS_WHAT] = "what",
};

static bool find(const char *const *names, size_t count, const char *name, size_t *index)
{
	for (size_t i = 0; name != NULL && i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			*index = i;
			return true;
		}
	}
	return false;
}

const char *technique_name(enum technique_id id)
{
	return techniques[id].name;
}

const char *technique_family_name(enum technique_family family)
{
	return families[family];
}

const char *technique_form_name(enum technique_form form)
{
	return forms[form];
}

const char *technique_flag_name(enum technique_flag_id id)
{
	return flags[id];
}

const char *technique_focus_name(enum technique_focus focus)
{
	return focuses[focus];
}

const char *technique_asks_name(enum technique_asks asks)
{
	return asked[asks];
}

bool technique_parse(const char *name, enum technique_id *id)
{
	for (size_t i = 0; name != NULL && i < TECHNIQUE_COUNT; i++) {
		if (strcmp(techniques[i].name, name) == 0) {
			*id = (enum technique_id)i;
			return true;
		}
	}
	return false;
}

bool technique_family_parse(const char *name, enum technique_family *family)
{
	size_t index;
	if (!find(families, TECHNIQUE_FAMILY_COUNT, name, &index))
		return false;
	*family = (enum technique_family)index;
	return true;
}

bool technique_form_parse(const char *name, enum technique_form *form)
{
	size_t index;
	if (!find(forms, sizeof forms / sizeof forms[0], name, &index))
		return false;
	*form = (enum technique_form)index;
	return true;
}

bool technique_flag_parse(const char *name, enum technique_flag_id *id)
{
	size_t index;
	if (!find(flags, TECHNIQUE_FLAG_COUNT, name, &index))
		return false;
	*id = (enum technique_flag_id)index;
	return true;
}

bool technique_focus_parse(const char *name, enum technique_focus *focus)
{
	size_t index;
	if (!find(focuses, TECHNIQUE_FOCUS_COUNT, name, &index))
		return false;
	*focus = (enum technique_focus)index;
	return true;
}

bool technique_asks_parse(const char *name, enum technique_asks *asks)
{
	size_t index;
	if (!find(asked, TECHNIQUE_ASKS_COUNT, name, &index))
		return false;
	*asks = (enum technique_asks)index;
	return true;
}

enum technique_family technique_family_of(enum technique_id id)
{
	return techniques[id].family;
}

bool technique_is_spoiler(enum technique_id id, enum technique_mode mode)
{
	switch (id) {
	case TECHNIQUE_JUDGEMENT:
	case TECHNIQUE_ADVICE_DIRECT:
	case TECHNIQUE_REASSURANCE:
	case TECHNIQUE_ADVICE_IN_QUESTION:
	case TECHNIQUE_LEADING_QUESTION:
		return true;
	case TECHNIQUE_SELF_DISCLOSURE:
		return mode == TECHNIQUE_COACHING;
	default:
		return false;
	}
}
