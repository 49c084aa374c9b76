/* SPDX-License-Identifier: Apache-2.0 */
/* A story as states, rules and topics, before it is written down: what twee.c writes and plot.c finds out. */
#ifndef ASKWELL_AUTHORING_PLOT_H
#define ASKWELL_AUTHORING_PLOT_H

#include "story.h"

#include "askwell/technique.h"

/* Caps of the format (dialogues/schema/dialogue.schema.json). */
#define PLOT_SCENES 64
#define PLOT_STAGES 4
#define PLOT_STATES_OF_STAGE 32
#define PLOT_RULES 800 /* with those of the temperament, what a case can number */
#define PLOT_TOPICS 64
#define PLOT_WORDS 64
#define PLOT_SAMPLES 64
#define PLOT_BUBBLES 8
#define PLOT_ENDINGS 15 /* and one for everything else */

extern const char *const plot_stages[PLOT_STAGES];

struct plot_topic {
	const char *id, *name;
	const char *words[PLOT_WORDS];
	size_t word_count;
	struct technique_words *compiled;
};

/* All links of a scene to the same other one. */
struct plot_rule {
	const char *id;
	size_t target; /* scene */
	size_t topics[PLOT_TOPICS];
	size_t topic_count;
	const char *samples[PLOT_SAMPLES];
	size_t sample_count;
	unsigned line; /* of its first link */
};

struct plot_scene {
	const struct story_passage *passage;
	const char *id;
	size_t stage;
	const char *bubbles[PLOT_BUBBLES];
	size_t bubble_count; /* at least one */
	const char *rest;    /* what did not fit, or NULL */
	struct plot_rule *rules;
	size_t rule_count;
	bool final, reached;
};

struct plot {
	const struct story *story;
	struct plot_scene *scenes; /* the first is where the conversation begins */
	size_t count;
	struct plot_topic *topics;
	size_t topic_count, rule_count;
	const struct story_passage *fallback; /* or NULL */
};

/* Reports what it cannot carry over. Everything but the compiled words lives in the story's arena. */
void plot_build(struct plot *plot, const struct story *story);
void plot_clear(struct plot *plot);

/* Lower case, digits, underscores, not longer than `most`; `otherwise` when nothing is left. */
const char *plot_id(struct arena *arena, const char *name, size_t most, const char *otherwise);

#endif
