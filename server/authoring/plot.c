/* SPDX-License-Identifier: Apache-2.0 */
#include "plot.h"

#include "askwell/utf8.h"

#include <string.h>

enum { LINE_MOST = 300, WORDS_MOST = 80, SAMPLE_MOST = 400, ID_MOST = 48, LINKS_MOST = 200 };

const char *const plot_stages[PLOT_STAGES] = {"goal", "reality", "options", "will"};

#define NOWHERE ((size_t)-1)

const char *plot_id(struct arena *arena, const char *name, size_t most, const char *otherwise)
{
	char *id = arena_alloc(arena, most + 1);
	size_t size = 0;

	for (const char *c = name; *c && size < most; c++) {
		char small = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
		bool letter = small >= 'a' && small <= 'z';

		/* An apostrophe joins: "don't" is "dont". */
		if (*c == '\'' || strncmp(c, "\u2019", 3) == 0)
			continue;
		if (letter || (small >= '0' && small <= '9' && size > 0))
			id[size++] = small;
		else if (size > 0 && id[size - 1] != '_' && ((unsigned char)*c & 0xC0) != 0x80)
			id[size++] = '_';
	}
	while (size > 0 && id[size - 1] == '_')
		size--;
	id[size] = '\0';
	return size > 0 ? id : otherwise;
}

static bool is_id_taken(const struct plot *plot, const char *id)
{
	for (size_t i = 0; i < plot->count; i++)
		if (strcmp(plot->scenes[i].id, id) == 0)
			return true;
	return false;
}

static const char *scene_id(const struct plot *plot, const struct story_passage *passage)
{
	struct arena *arena = plot->story->arena;
	const char *first = plot_id(arena, passage->name, ID_MOST, "passage"), *id = first;

	for (unsigned n = 2; is_id_taken(plot, id); n++)
		id = arena_format(arena, "%s_%u", first, n);
	return id;
}

static size_t find_scene(const struct plot *plot, const char *name)
{
	for (size_t i = 0; i < plot->count; i++)
		if (strcmp(plot->scenes[i].passage->name, name) == 0)
			return i;
	return NOWHERE;
}

static const struct story_passage *find_passage(const struct story *story, const char *name)
{
	for (size_t i = 0; i < story->count; i++)
		if (strcmp(story->passages[i].name, name) == 0)
			return &story->passages[i];
	return NULL;
}

static bool is_fallback(const struct story_passage *passage)
{
	return story_has_tag(passage, "fallback");
}

static bool add_scene(struct plot *plot, const struct story_passage *passage)
{
	if (plot->count == PLOT_SCENES)
		return false;
	plot->scenes[plot->count] = (struct plot_scene){.passage = passage, .id = scene_id(plot, passage)};
	plot->count++;
	return true;
}

static const struct story_passage *find_start(const struct story *story)
{
	const struct story_passage *start = find_passage(story, story->start ? story->start : "Start");

	if (!start && story->start)
		story_report(
			story, TWEE_NO_START, 0, "The story starts in \"%.60s\", which is not there.", story->start);
	for (size_t i = 0; !start && i < story->count; i++)
		if (!is_fallback(&story->passages[i]))
			start = &story->passages[i];
	return start ? start : &story->passages[0];
}

/* From the start along the links, then what no link leads to, so that what is dropped of a long story is its far end. */
static void collect_scenes(struct plot *plot)
{
	const struct story *story = plot->story;
	bool fits = add_scene(plot, find_start(story));

	for (size_t i = 0; i < plot->count; i++)
		for (size_t j = 0; j < plot->scenes[i].passage->link_count; j++) {
			const struct story_link *link = &plot->scenes[i].passage->links[j];
			const struct story_passage *target = find_passage(story, link->target);

			if (target && find_scene(plot, target->name) == NOWHERE)
				fits = add_scene(plot, target) && fits;
		}
	for (size_t i = 0; i < story->count; i++) {
		if (is_fallback(&story->passages[i]) && !plot->fallback)
			plot->fallback = &story->passages[i];
		else if (find_scene(plot, story->passages[i].name) == NOWHERE)
			fits = add_scene(plot, &story->passages[i]) && fits;
	}
	if (!fits)
		story_report(story, TWEE_TOO_MANY, 0, "There are more than %d passages; the others are left out.",
			PLOT_SCENES);
}

/* A tag with the name of a stage says where a passage belongs; the others come first. */
static void assign_stages(struct plot *plot)
{
	size_t filled[PLOT_STAGES] = {0};

	for (size_t i = 0; i < plot->count; i++) {
		struct plot_scene *scene = &plot->scenes[i];

		scene->stage = 0;
		for (size_t s = 0; s < PLOT_STAGES; s++)
			if (story_has_tag(scene->passage, plot_stages[s]))
				scene->stage = s;
		while (filled[scene->stage] == PLOT_STATES_OF_STAGE)
			scene->stage = (scene->stage + 1) % PLOT_STAGES;
		filled[scene->stage]++;
	}
}

/* Where a long paragraph may be cut: behind a sentence, else at a blank, else in front of a character. */
static size_t bubble_length(const char *text)
{
	size_t length = strlen(text), sentence = 0, blank = 0, at = 0;

	if (length <= LINE_MOST)
		return length;
	for (; at < LINE_MOST; at++) {
		if (text[at] == ' ' && at > 0) {
			blank = at;
			if (strchr(".!?", text[at - 1]))
				sentence = at;
		}
	}
	while (((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return sentence ? sentence : blank ? blank : at;
}

static void add_rest(struct plot_scene *scene, struct arena *arena, const char *text)
{
	scene->rest = scene->rest ? arena_format(arena, "%s\n%s", scene->rest, text) : text;
}

static void fill_bubbles(const struct story *story, struct plot_scene *scene)
{
	for (size_t i = 0; i < scene->passage->paragraph_count; i++) {
		const char *text = scene->passage->paragraphs[i];

		while (*text && scene->bubble_count < PLOT_BUBBLES) {
			size_t length = bubble_length(text);

			scene->bubbles[scene->bubble_count++] = arena_copy(story->arena, text, length);
			text += length;
			text += strspn(text, " ");
		}
		if (*text)
			add_rest(scene, story->arena, text);
	}
	if (scene->rest)
		story_report(
			story, TWEE_LONG, scene->passage->line, "\"%.60s\" has a long text.", scene->passage->name);
	if (scene->bubble_count == 0) {
		story_report(story, TWEE_NO_TEXT, scene->passage->line, "\"%.60s\" has no text.", scene->passage->name);
		scene->bubbles[scene->bubble_count++] = "(to be written)";
	}
}

/* Words of a link that a topic can hold, or NULL: its first ones if there are many. */
static const char *phrase_of(struct arena *arena, struct technique_scratch *scratch, const char *text)
{
	char *phrase = arena_copy(arena, text, strnlen(text, WORDS_MOST + 1));
	struct technique_words *words = NULL;
	bool found = false;

	for (char *c = phrase; *c; c++)
		*c = *c == '*' ? ' ' : *c;
	while (!found && *phrase) {
		char *blank = strrchr(phrase, ' ');

		if (strlen(phrase) <= WORDS_MOST && utf8_valid(phrase, strlen(phrase)) &&
			technique_words_compile((const char *const *)&phrase, 1, NULL, &words, NULL) == STATUS_OK)
			found = technique_words_find(words, scratch, text, strlen(text), NULL);
		technique_words_free(words);
		words = NULL;
		if (!found)
			*(blank ? blank : phrase) = '\0';
	}
	return found ? phrase : NULL;
}

static bool is_rule_taken(const struct plot *plot, const char *id)
{
	for (size_t i = 0; i < plot->count; i++)
		for (size_t j = 0; j < plot->scenes[i].rule_count; j++)
			if (strcmp(plot->scenes[i].rules[j].id, id) == 0)
				return true;
	return false;
}

/* Names that hold "_to_" themselves, and long ones, may meet. */
static const char *rule_id(const struct plot *plot, const struct plot_scene *from, const struct plot_scene *to)
{
	struct arena *arena = plot->story->arena;
	const char *first = arena_format(arena, "%.26s_to_%.26s", from->id, to->id), *id = first;

	for (unsigned n = 2; is_rule_taken(plot, id); n++)
		id = arena_format(arena, "%s_%u", first, n);
	return id;
}

/* NULL when there are too many. */
static struct plot_rule *rule_to(struct plot *plot, struct plot_scene *scene, size_t target, unsigned line)
{
	struct plot_rule *rule = scene->rules;

	while (rule < scene->rules + scene->rule_count && rule->target != target)
		rule++;
	if (rule < scene->rules + scene->rule_count)
		return rule;
	if (plot->rule_count++ >= PLOT_RULES) {
		story_report(plot->story, TWEE_TOO_MANY, line,
			"There are more than %d links between different passages.", PLOT_RULES);
		return NULL;
	}
	rule->id = rule_id(plot, scene, &plot->scenes[target]);
	rule->target = target;
	rule->line = line;
	scene->rule_count++;
	return rule;
}

/* A phrase and where it leads, over the whole story. */
struct phrase {
	const char *words, *text;
	size_t from, target;
	unsigned line;
	size_t topic;
};

struct phrases {
	struct phrase *phrases;
	size_t count;
};

static size_t links_of(const struct plot_scene *scene)
{
	return scene->passage->link_count < LINKS_MOST ? scene->passage->link_count : LINKS_MOST;
}

static void collect_phrases(struct plot *plot, struct phrases *list)
{
	struct arena *arena = plot->story->arena;
	struct technique_scratch *scratch = technique_scratch_new();
	size_t links = 0;

	for (size_t i = 0; i < plot->count; i++)
		links += links_of(&plot->scenes[i]);
	list->phrases = arena_array(arena, links, sizeof *list->phrases);
	for (size_t i = 0; i < plot->count; i++) {
		struct plot_scene *scene = &plot->scenes[i];

		scene->rules = arena_array(arena, plot->count, sizeof *scene->rules);
		for (size_t j = 0; j < links_of(scene); j++) {
			const struct story_link *link = &scene->passage->links[j];
			size_t target = find_scene(plot, link->target);
			const char *words;

			if (target == NOWHERE) {
				if (!find_passage(plot->story, link->target) || *link->target == '\0')
					story_report(plot->story, TWEE_NO_TARGET, link->line,
						"The link \"%.60s\" leads to \"%.60s\".", link->text, link->target);
				continue;
			}
			if (!rule_to(plot, scene, target, link->line))
				continue;
			words = strlen(link->text) <= SAMPLE_MOST ? phrase_of(arena, scratch, link->text) : NULL;
			if (words)
				list->phrases[list->count++] =
					(struct phrase){words, link->text, i, target, link->line, NOWHERE};
			else
				story_report(plot->story, TWEE_NO_WORDS, link->line, "\"%.60s\" is such a link.",
					link->text);
		}
	}
	technique_scratch_free(scratch);
}

/* The same words lead to different places from different passages. */
static bool is_ambiguous(const struct phrases *list, const struct phrase *phrase)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->phrases[i].target != phrase->target && strcmp(list->phrases[i].words, phrase->words) == 0)
			return true;
	return false;
}

static bool holds(const struct plot_topic *topic, const char *words)
{
	for (size_t i = 0; i < topic->word_count; i++)
		if (strcmp(topic->words[i], words) == 0)
			return true;
	return false;
}

static size_t topic_named(struct plot *plot, const char *id, const char *name)
{
	size_t index = 0;

	while (index < plot->topic_count && strcmp(plot->topics[index].id, id) != 0)
		index++;
	if (index == PLOT_TOPICS)
		return NOWHERE;
	if (index == plot->topic_count) {
		plot->topics[index] = (struct plot_topic){.id = id, .name = name};
		plot->topic_count++;
	}
	return index;
}

/* Words that always lead to the same place are one topic; ambiguous ones have a topic of their own. */
static void assign_topics(struct plot *plot, struct phrases *list)
{
	struct arena *arena = plot->story->arena;

	for (size_t i = 0; i < list->count; i++) {
		struct phrase *phrase = &list->phrases[i];
		const struct plot_scene *target = &plot->scenes[phrase->target];
		bool own = is_ambiguous(list, phrase);
		const char *id = own ? arena_format(arena, "said_%s", plot_id(arena, phrase->words, 40, "something"))
				     : arena_format(arena, "to_%s", target->id);
		size_t index = topic_named(plot, id, own ? phrase->words : target->passage->name);
		struct plot_topic *topic = index == NOWHERE ? NULL : &plot->topics[index];

		/* Different words may give the same id. */
		if (topic && own && topic->word_count > 0 && !holds(topic, phrase->words))
			topic = NULL;
		if (topic && !holds(topic, phrase->words)) {
			if (topic->word_count < PLOT_WORDS)
				topic->words[topic->word_count++] = phrase->words;
			else
				topic = NULL;
		}
		if (topic)
			phrase->topic = index;
		else
			story_report(plot->story, TWEE_TOO_MANY, phrase->line,
				"There is no room for a topic with the words \"%.60s\".", phrase->words);
	}
	for (size_t i = 0; i < plot->topic_count; i++)
		if (technique_words_compile(plot->topics[i].words, plot->topics[i].word_count, NULL,
			    &plot->topics[i].compiled, NULL) != STATUS_OK)
			plot->topics[i].compiled = NULL;
}

static bool listens_to(
	const struct plot *plot, const struct plot_rule *rule, const char *text, struct technique_scratch *scratch)
{
	for (size_t i = 0; i < rule->topic_count; i++) {
		const struct plot_topic *topic = &plot->topics[rule->topics[i]];

		if (topic->compiled && technique_words_find(topic->compiled, scratch, text, strlen(text), NULL))
			return true;
	}
	return false;
}

static void add_topic(struct plot_rule *rule, size_t topic)
{
	for (size_t i = 0; i < rule->topic_count; i++)
		if (rule->topics[i] == topic)
			return;
	rule->topics[rule->topic_count++] = topic;
}

static bool has_sample(const struct plot_rule *rule, const char *text)
{
	for (size_t i = 0; i < rule->sample_count; i++)
		if (strcmp(rule->samples[i], text) == 0)
			return true;
	return rule->sample_count == PLOT_SAMPLES;
}

/* Lint tries samples against earlier rules of the same state; what one of them takes is none. */
static void add_samples(struct plot *plot, const struct phrases *list)
{
	struct technique_scratch *scratch = technique_scratch_new();

	for (size_t i = 0; i < list->count; i++)
		if (list->phrases[i].topic != NOWHERE)
			add_topic(rule_to(plot, &plot->scenes[list->phrases[i].from], list->phrases[i].target, 0),
				list->phrases[i].topic);
	for (size_t i = 0; i < list->count; i++) {
		const struct phrase *phrase = &list->phrases[i];
		struct plot_scene *scene = &plot->scenes[phrase->from];
		struct plot_rule *rule = rule_to(plot, scene, phrase->target, 0);
		const struct plot_rule *earlier = scene->rules;

		if (phrase->topic == NOWHERE)
			continue;
		while (earlier < rule && !listens_to(plot, earlier, phrase->text, scratch))
			earlier++;
		if (earlier < rule)
			story_report(plot->story, TWEE_TAKEN, phrase->line,
				"\"%.60s\" is answered by the link to \"%.60s\".", phrase->text,
				plot->scenes[earlier->target].passage->name);
		else if (!has_sample(rule, phrase->text))
			rule->samples[rule->sample_count++] = phrase->text;
	}
	technique_scratch_free(scratch);
}

/* A rule that listens to nothing would answer everything. */
static void drop_deaf_rules(struct plot *plot)
{
	for (size_t i = 0; i < plot->count; i++) {
		struct plot_scene *scene = &plot->scenes[i];
		size_t kept = 0;

		scene->final = scene->rule_count == 0 && i > 0;
		for (size_t j = 0; j < scene->rule_count; j++) {
			const struct plot_rule *rule = &scene->rules[j];

			if (rule->sample_count == 0)
				story_report(plot->story, TWEE_NO_SAMPLES, rule->line,
					"Nothing leads from \"%.60s\" to \"%.60s\".", scene->passage->name,
					plot->scenes[rule->target].passage->name);
			if (rule->topic_count > 0)
				scene->rules[kept++] = *rule;
		}
		scene->rule_count = kept;
	}
}

static void reach(struct plot *plot)
{
	bool grown = true;

	plot->scenes[0].reached = true;
	while (grown) {
		grown = false;
		for (size_t i = 0; i < plot->count; i++)
			for (size_t j = 0; plot->scenes[i].reached && j < plot->scenes[i].rule_count; j++) {
				struct plot_scene *target = &plot->scenes[plot->scenes[i].rules[j].target];

				grown = grown || !target->reached;
				target->reached = true;
			}
	}
	for (size_t i = 0; i < plot->count; i++)
		if (!plot->scenes[i].reached)
			story_report(plot->story, TWEE_NO_LINK, plot->scenes[i].passage->line,
				"Nothing leads to \"%.60s\".", plot->scenes[i].passage->name);
}

void plot_build(struct plot *plot, const struct story *story)
{
	struct phrases list = {NULL, 0};

	*plot = (struct plot){.story = story};
	plot->scenes = arena_array(story->arena, PLOT_SCENES, sizeof *plot->scenes);
	plot->topics = arena_array(story->arena, PLOT_TOPICS, sizeof *plot->topics);
	collect_scenes(plot);
	assign_stages(plot);
	for (size_t i = 0; i < plot->count; i++)
		fill_bubbles(story, &plot->scenes[i]);
	for (size_t i = 0; i < plot->count; i++)
		if (plot->scenes[i].passage->link_count > LINKS_MOST)
			story_report(story, TWEE_TOO_MANY, plot->scenes[i].passage->line,
				"\"%.60s\" has more than %d links.", plot->scenes[i].passage->name, LINKS_MOST);
	collect_phrases(plot, &list);
	assign_topics(plot, &list);
	add_samples(plot, &list);
	drop_deaf_rules(plot);
	reach(plot);
}

void plot_clear(struct plot *plot)
{
	for (size_t i = 0; i < plot->topic_count; i++)
		technique_words_free(plot->topics[i].compiled);
}
