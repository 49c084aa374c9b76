/* SPDX-License-Identifier: Apache-2.0 */
#include "measures.h"

#include <stdio.h>
#include <string.h>

enum shown_as { AS_SHARE, AS_COUNT, AS_RATIO, AS_MEAN, AS_PER_TEN };

/* From the first to the last: starting, developing, steady. */
struct bands {
	double developing, steady;
	bool less_is_more;
};

static const char starting[] = " This time it is where most people begin.";
static const char developing[] = " This time it is between the poor sessions and the good ones.";
static const char steady[] = " This time it is where the good sessions were.";

struct definition {
	const char *id, *name;
	bool headline;
	enum shown_as shown;
	const char *per;
	void (*figures)(const struct debrief *debrief, enum technique_mode mode, double *count, int *of);
	const struct bands *bands;             /* NULL: none are known that separate good from poor */
	const char *coaching, *mentoring;      /* what it means; mentoring NULL: the same */
	const char *source, *mentoring_source; /* mentoring NULL: the same */
};

static void telling(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	*count = debrief->telling + (mode == TECHNIQUE_MENTORING ? debrief->telling_permitted : 0);
	*of = (int)debrief->messages;
}

static void reflections(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	*count = debrief->reflections;
	*of = (int)debrief->messages;
}

static void advice(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	(void)of;
	*count = debrief->advice;
}

static void reflection_to_question(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	*count = debrief->reflections;
	*of = (int)debrief->questions;
}

static void words(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	(void)of;
	*count = debrief->messages ? (double)debrief->words / debrief->messages : 0;
}

static void open_share(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	*count = debrief->open_questions;
	*of = (int)(debrief->open_questions + debrief->closed_questions);
}

static void stacked(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	*count = debrief->stacked;
	*of = (int)debrief->messages;
}

static void own_words(const struct debrief *debrief, enum technique_mode mode, double *count, int *of)
{
	(void)mode;
	*count = debrief->own_words;
	*of = (int)debrief->messages;
}

static const struct bands telling_bands = {0.3, 0.11, true};
static const struct bands reflection_bands = {0.1, 0.3, false};
static const struct bands ratio_bands = {0.3, 1.0, false};

#define ANNOMI                                                                                                         \
	"A study of 133 role plays (AnnoMI: Wu and others, 2022 and 2023; motivational interviewing, a neighbour of "  \
	"coaching): "

static const struct definition definitions[] = {
	{"telling_share", "Telling", true, AS_SHARE, "message", telling, &telling_bands,
		"Messages with advice, information or a story of your own that {character} had not agreed to hear. "
		"In coaching the aim is none; telling that you asked leave for is counted apart.",
		"Messages with advice, information or a story of your own. A mentor may tell: what matters is that "
		"it is short, asked for, and handed back with a question.",
		ANNOMI "11% in good sessions, 50% in poor ones. No official threshold.",
		"No threshold is known for mentoring. Developmental mentoring is itself largely questioning "
		"(Clutterbuck)."},
	{"reflections", "Reflections", true, AS_PER_TEN, "message", reflections, &reflection_bands,
		"How often you gave back what you heard: content, feeling, or a summary. Reflections show "
		"{character} that you listened, and they earn the next, deeper answer.",
		NULL, ANNOMI "about 3 in ten messages in good sessions, none in poor ones.", NULL},
	{"advice", "Advice unasked", true, AS_COUNT, NULL, advice, NULL,
		"Pieces of advice, open or dressed as a question, given without asking first. Each one makes it a "
		"little more your plan and a little less {character}'s.",
		"Pieces of advice, open or dressed as a question, given without asking first. In mentoring advice "
		"is part of the work; it lands better when {character} has asked for it or said yes to it.",
		ANNOMI "none in 69% of good sessions. The rating manual for motivational interviewing (MITI 4) counts "
		       "persuading without permission as against its spirit.",
		"No threshold is known for mentoring. The rating manual for motivational interviewing (MITI 4) tells "
		"advice with permission from advice without."},
	{"reflection_to_question", "Reflections to questions", false, AS_RATIO, "question", reflection_to_question,
		&ratio_bands,
		"How your listening stands beside your asking. Near nought at the beginning is usual; watch where "
		"it moves.",
		NULL,
		"The rating manual for motivational interviewing (MITI 4.2.1), for trained practitioners: one to one "
		"is "
		"basic, two to one good.",
		NULL},
	{"words_per_message", "Words in a message", false, AS_MEAN, "mean", words, NULL,
		"The mean length of your messages. Shorter ones leave {character} more room.", NULL,
		ANNOMI "17 words in good sessions, 28.5 in poor ones.", NULL},
	{"open_share", "Open questions", false, AS_SHARE, "question", open_share, NULL,
		"Questions that cannot be answered in one word. Scaling, commitment and permission questions, "
		"agreements and checks are left out: there, closed is right. A good habit, not a sign of quality by "
		"itself.",
		NULL,
		ANNOMI
		"no difference between good and poor sessions. An older rating manual for motivational interviewing "
		"(MITI 3.1.1) named half as basic.",
		NULL},
	{"stacked", "More than one question at once", false, AS_COUNT, "message", stacked, NULL,
		"Messages with two or more questions. {character} answers the easiest one.", NULL,
		"What the International Coaching Federation asks of professional coaches (PCC markers, 7.6): one "
		"question "
		"at a time. Aim for none or one.",
		NULL},
	{"own_words", "Words taken up", false, AS_SHARE, "message", own_words, NULL,
		"Messages that took up words which {character} had just used. It is the plainest sign of listening.",
		NULL, "International Coaching Federation, core competency 6: listens actively.", NULL},
};

size_t measures_count(void)
{
	return sizeof definitions / sizeof *definitions;
}

static void add(struct measure *out, const char *text)
{
	size_t used = strlen(out->meaning);

	(void)snprintf(out->meaning + used, sizeof out->meaning - used, "%s", text);
}

static void add_filled(struct measure *out, const char *template, const char *character)
{
	const char *at;
	char part[sizeof out->meaning];

	while ((at = strstr(template, "{character}"))) {
		(void)snprintf(part, sizeof part, "%.*s%s", (int)(at - template), template, character);
		add(out, part);
		template = at + strlen("{character}");
	}
	add(out, template);
}

static void add_band(struct measure *out, const struct bands *bands)
{
	double share = out->of > 0 ? out->count / out->of : 0;
	bool there = bands->less_is_more ? share <= bands->steady : share >= bands->steady;
	bool on_the_way = bands->less_is_more ? share <= bands->developing : share >= bands->developing;

	out->band = there ? "steady" : on_the_way ? "developing" : "starting";
	add(out, there ? steady : on_the_way ? developing : starting);
}

static void explain(const struct dialogue *dialogue, const struct debrief *debrief, const struct definition *definition,
	struct measure *out)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	bool mentoring = info->mode == TECHNIQUE_MENTORING;
	char part[128];

	add_filled(out, mentoring && definition->mentoring ? definition->mentoring : definition->coaching,
		info->character_name);
	if (definition->figures == telling && debrief->telling_permitted) {
		out->permitted = (int)debrief->telling_permitted;
		(void)snprintf(part, sizeof part,
			mentoring ? " Told after asking: %u of these." : " Told after asking: %u.",
			debrief->telling_permitted);
		add(out, part);
	}
	/* In mentoring the share of telling says nothing about its quality. */
	if (definition->bands && debrief->messages >= MEASURES_ENOUGH && out->of > 0 &&
		!(mentoring && definition->figures == telling))
		add_band(out, definition->bands);
}

static void put_figure(const struct debrief *debrief, const struct definition *definition, struct measure *out)
{
	bool enough = debrief->messages >= MEASURES_ENOUGH && out->of > 0;

	if (definition->shown == AS_MEAN)
		(void)snprintf(out->figure, sizeof out->figure, "%.1f on average", out->count);
	else if (definition->shown == AS_RATIO)
		(void)snprintf(out->figure, sizeof out->figure, "%.0f to %d", out->count, out->of);
	else if (out->of < 0)
		(void)snprintf(out->figure, sizeof out->figure, "%.0f", out->count);
	else if (enough && definition->shown == AS_SHARE)
		(void)snprintf(out->figure, sizeof out->figure, "%.0f of %d (%.0f%%)", out->count, out->of,
			100 * out->count / out->of);
	else if (enough && definition->shown == AS_PER_TEN)
		(void)snprintf(out->figure, sizeof out->figure, "%.0f of %d (about %.1f in ten messages)", out->count,
			out->of, 10 * out->count / out->of);
	else
		(void)snprintf(out->figure, sizeof out->figure, "%.0f of %d", out->count, out->of);
}

void measures_at(const struct dialogue *dialogue, const struct debrief *debrief, size_t index, struct measure *out)
{
	const struct definition *definition = &definitions[index];
	bool mentoring = dialogue_info(dialogue)->mode == TECHNIQUE_MENTORING;

	*out = (struct measure){.id = definition->id,
		.name = definition->name,
		.headline = definition->headline,
		.per = definition->per,
		.of = -1,
		.permitted = -1,
		.source =
			mentoring && definition->mentoring_source ? definition->mentoring_source : definition->source};
	definition->figures(debrief, dialogue_info(dialogue)->mode, &out->count, &out->of);
	explain(dialogue, debrief, definition, out);
	put_figure(debrief, definition, out);
}
