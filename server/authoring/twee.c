/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/twee.h"

#include "plot.h"

#include "askwell/dialogue.h"
#include "askwell/format.h"
#include "askwell/json_out.h"
#include "askwell/utf8.h"

#include <string.h>

static const char unwritten[] = "(to be written)";

struct writer {
	const struct plot *plot;
	struct json_out json;
};

static const char *cut(struct arena *arena, const char *text, size_t most)
{
	size_t length = strlen(text);

	if (length <= most)
		return text;
	while (((unsigned char)text[most] & 0xC0) == 0x80)
		most--;
	return arena_copy(arena, text, most);
}

static void write_texts(struct writer *w, const char *key, const char *const *texts, size_t count)
{
	json_out_key(&w->json, key);
	json_out_array(&w->json);
	for (size_t i = 0; i < count; i++)
		json_out_text(&w->json, texts[i]);
	json_out_array_end(&w->json);
}

/* One variant, in as many bubbles as the passage has. */
static void write_bubbles(struct writer *w, const char *key, const char *const *bubbles, size_t count)
{
	json_out_key(&w->json, key);
	json_out_array(&w->json);
	if (count > 1)
		json_out_array(&w->json);
	for (size_t i = 0; i < count; i++)
		json_out_text(&w->json, bubbles[i]);
	if (count > 1)
		json_out_array_end(&w->json);
	json_out_array_end(&w->json);
}

static void write_head(struct writer *w, const char *id, const char *title)
{
	struct json_out *json = &w->json;

	json_out_put_text(json, "$schema", "../schema/dialogue.schema.json");
	json_out_put_text(json, "kind", "dialogue");
	json_out_put_integer(json, "format", 1);
	json_out_put_text(json, "id", id);
	json_out_put_text(json, "title", title);
	json_out_put_text(json, "language", "en");
	json_out_put_text(json, "mode", "coaching");
	json_out_put_text(json, "model", "grow");
	json_out_put_text(json, "temperament", "guarded");
	json_out_put_integer(json, "minutes", 15);
	json_out_put_text(json, "level", "first steps");
	json_out_put_text(json, "content_note", NULL);
	write_texts(w, "skills", (const char *const[]){"open_question"}, 1);
	json_out_key(json, "character");
	json_out_object(json);
	json_out_put_text(json, "name", unwritten);
	json_out_put_text(json, "role", unwritten);
	json_out_object_end(json);
	json_out_key(json, "brief");
	json_out_object(json);
	json_out_put_text(json, "situation", unwritten);
	json_out_put_text(json, "your_role", unwritten);
	json_out_put_text(json, "aim", unwritten);
	json_out_object_end(json);
}

static void write_variables(struct writer *w)
{
	static const struct {
		const char *id, *label;
		int start, most;
	} variables[] = {{"trust", "Trust", 2, 5}, {"ownership", "Ownership", 1, 5}, {"depth", "Depth", 0, 5},
		{"guarded", "Guard", 0, 3}};

	json_out_key(&w->json, "variables");
	json_out_object(&w->json);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		json_out_key(&w->json, variables[i].id);
		json_out_object(&w->json);
		json_out_put_text(&w->json, "label", variables[i].label);
		json_out_put_integer(&w->json, "start", variables[i].start);
		json_out_put_integer(&w->json, "min", 0);
		json_out_put_integer(&w->json, "max", variables[i].most);
		json_out_object_end(&w->json);
	}
	json_out_object_end(&w->json);
}

/* A case needs a topic and a disclosure, and a story has none of the kind. */
static void write_topics(struct writer *w)
{
	const struct plot *plot = w->plot;

	json_out_key(&w->json, "topics");
	json_out_array(&w->json);
	for (size_t i = 0; i < plot->topic_count; i++) {
		const struct plot_topic *topic = &plot->topics[i];

		json_out_object(&w->json);
		json_out_put_text(&w->json, "id", topic->id);
		json_out_put_text(&w->json, "name", cut(plot->story->arena, topic->name, 80));
		write_texts(w, "words", topic->words, topic->word_count);
		json_out_object_end(&w->json);
	}
	if (plot->topic_count < PLOT_TOPICS) {
		json_out_object(&w->json);
		json_out_put_text(&w->json, "id", "first_topic");
		json_out_put_text(&w->json, "name", unwritten);
		write_texts(w, "words", (const char *const[]){"to be written"}, 1);
		json_out_object_end(&w->json);
	}
	json_out_array_end(&w->json);
	json_out_key(&w->json, "disclosures");
	json_out_array(&w->json);
	json_out_object(&w->json);
	json_out_put_text(&w->json, "id", "first_disclosure");
	json_out_put_text(&w->json, "topic", plot->topic_count < PLOT_TOPICS ? "first_topic" : plot->topics[0].id);
	json_out_put_integer(&w->json, "depth", 1);
	write_texts(w, "client", &(const char *){unwritten}, 1);
	json_out_object_end(&w->json);
	json_out_array_end(&w->json);
}

static void write_rule(struct writer *w, const struct plot_rule *rule)
{
	const struct plot *plot = w->plot;
	const struct plot_scene *target = &plot->scenes[rule->target];
	const char *topics[PLOT_TOPICS];

	for (size_t i = 0; i < rule->topic_count; i++)
		topics[i] = plot->topics[rule->topics[i]].id;
	json_out_object(&w->json);
	json_out_put_text(&w->json, "id", rule->id);
	json_out_key(&w->json, "when");
	json_out_object(&w->json);
	write_texts(w, "topic", topics, rule->topic_count);
	json_out_object_end(&w->json);
	write_bubbles(w, "client", target->bubbles, target->bubble_count);
	json_out_put_text(&w->json, "go", target->id);
	if (rule->sample_count > 0)
		write_texts(w, "samples", rule->samples, rule->sample_count);
	json_out_object_end(&w->json);
}

static void write_note(struct writer *w, const struct plot_scene *scene)
{
	if (!scene->rest && scene->passage->left_out_count == 0)
		return;
	json_out_key(&w->json, "note");
	json_out_array(&w->json);
	if (scene->rest)
		json_out_text(&w->json, scene->rest);
	for (size_t i = 0; i < scene->passage->left_out_count; i++)
		json_out_text(&w->json, scene->passage->left_out[i]);
	json_out_array_end(&w->json);
}

static void write_state(struct writer *w, const struct plot_scene *scene)
{
	json_out_object(&w->json);
	json_out_put_text(&w->json, "id", scene->id);
	if (scene->final)
		json_out_put_boolean(&w->json, "final", true);
	if (scene->rule_count > 0) {
		json_out_key(&w->json, "rules");
		json_out_array(&w->json);
		for (size_t i = 0; i < scene->rule_count; i++)
			write_rule(w, &scene->rules[i]);
		json_out_array_end(&w->json);
	}
	write_note(w, scene);
	json_out_object_end(&w->json);
}

static void write_stages(struct writer *w)
{
	const struct plot *plot = w->plot;

	json_out_key(&w->json, "stages");
	json_out_array(&w->json);
	for (size_t s = 0; s < PLOT_STAGES; s++) {
		bool open = false;

		for (size_t i = 0; i < plot->count; i++) {
			if (plot->scenes[i].stage != s)
				continue;
			if (!open) {
				json_out_object(&w->json);
				json_out_put_text(&w->json, "stage", plot_stages[s]);
				json_out_key(&w->json, "states");
				json_out_array(&w->json);
				open = true;
			}
			write_state(w, &plot->scenes[i]);
		}
		if (open) {
			json_out_array_end(&w->json);
			json_out_object_end(&w->json);
		}
	}
	json_out_array_end(&w->json);
	json_out_put_text(&w->json, "start", plot->scenes[0].id);
}

static void write_ending(struct writer *w, const char *id, const char *title, const struct plot_scene *scene)
{
	json_out_object(&w->json);
	json_out_put_text(&w->json, "id", id);
	json_out_put_text(&w->json, "title", cut(w->plot->story->arena, title, 120));
	if (scene) {
		json_out_key(&w->json, "when");
		json_out_object(&w->json);
		json_out_put_text(&w->json, "state", scene->id);
		json_out_object_end(&w->json);
	}
	write_texts(w, "client", &(const char *){unwritten}, 1);
	json_out_put_text(&w->json, "debrief", unwritten);
	json_out_object_end(&w->json);
}

static void write_endings(struct writer *w)
{
	const struct plot *plot = w->plot;
	struct arena *arena = plot->story->arena;
	size_t count = 0;

	json_out_key(&w->json, "endings");
	json_out_array(&w->json);
	for (size_t i = 0; i < plot->count; i++) {
		const struct plot_scene *scene = &plot->scenes[i];

		if (!scene->final)
			continue;
		story_report(plot->story, TWEE_ENDING, scene->passage->line, "\"%.60s\" leads nowhere.",
			scene->passage->name);
		if (count == PLOT_ENDINGS)
			story_report(plot->story, TWEE_TOO_MANY, scene->passage->line,
				"There are more than %d endings; \"%.60s\" ends as any other.", PLOT_ENDINGS,
				scene->passage->name);
		if (count++ < PLOT_ENDINGS)
			write_ending(w, arena_format(arena, "ending_%s", scene->id), scene->passage->name, scene);
	}
	write_ending(w, "any_other_ending", "Any other ending", NULL);
	json_out_array_end(&w->json);
}

static void write_fallback(struct writer *w)
{
	static const char *const lines[] = {
		"Sorry, say that again?", "I'm not sure what you mean.", "I don't know what to say to that."};
	const struct story_passage *passage = w->plot->fallback;
	const char *variants[64];
	size_t count = 0;

	for (size_t i = 0; passage && i < passage->paragraph_count && count < 64; i++)
		variants[count++] = cut(w->plot->story->arena, passage->paragraphs[i], 300);
	if (!passage)
		story_report(w->plot->story, TWEE_NO_FALLBACK, 0, "The story has no fallback; three lines stand in.");
	else if (count < 3)
		story_report(w->plot->story, TWEE_NO_FALLBACK, passage->line,
			"The fallback has %zu paragraphs of the three that are needed; lines stand in.", count);
	for (size_t i = 0; count < 3; i++)
		variants[count++] = lines[i];
	json_out_key(&w->json, "fallback");
	json_out_object(&w->json);
	write_texts(w, "client", variants, count);
	json_out_object_end(&w->json);
}

static void write_case(const struct plot *plot, const char *id, struct buffer *out)
{
	struct writer w = {.plot = plot};
	struct arena *arena = plot->story->arena;
	const char *title = plot->story->title && *plot->story->title ? plot->story->title : "Untitled";

	json_out_init(&w.json, out);
	json_out_object(&w.json);
	write_head(&w, id ? id : plot_id(arena, title, 60, "untitled"), cut(arena, title, 120));
	write_bubbles(&w, "opening", plot->scenes[0].bubbles, plot->scenes[0].bubble_count);
	write_variables(&w);
	write_topics(&w);
	write_stages(&w);
	json_out_key(&w.json, "rules");
	json_out_array(&w.json);
	json_out_array_end(&w.json);
	write_endings(&w);
	write_fallback(&w);
	json_out_object_end(&w.json);
	story_report(plot->story, TWEE_ONE_WORDING, 0, "The story has one wording of everything.");
	story_report(plot->story, TWEE_UNWRITTEN, 0, "Some of the case is still to be written.");
}

enum status twee_import(const char *file, const char *text, size_t length, const char *id, struct buffer *out,
	struct findings *findings, struct error *error)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct arena *arena = arena_new(0);
	struct story story = {.file = file, .arena = arena, .findings = findings};
	struct buffer compact = {0}, formatted = {0};
	struct plot plot;
	enum status status;

	if (length > TWEE_MAX)
		status = error_set(
			error, STATUS_TOO_LARGE, "story_too_large", "%s is larger than %zu bytes.", file, TWEE_MAX);
	else if (!utf8_valid(text, length) || (length > 0 && memchr(text, '\0', length)))
		status = error_set(error, STATUS_INVALID, "story_encoding",
			"%s is not text in UTF-8. Export the story as Twee 3 and save it as UTF-8.", file);
	else if (length >= 3 && memcmp(text, mark, 3) == 0)
		status = story_read(&story, text + 3, length - 3, error);
	else
		status = story_read(&story, text, length, error);
	if (status == STATUS_OK) {
		for (size_t i = 0; i < story.count; i++)
			story_passage_text(&story, &story.passages[i]);
		plot_build(&plot, &story);
		write_case(&plot, id, &compact);
		plot_clear(&plot);
		status = format_json(compact.data, compact.length, &formatted, error);
		if (formatted.length > DIALOGUE_SOURCE_MAX)
			story_report(&story, TWEE_TOO_MANY, 0, "The skeleton is larger than a file of a case may be.");
		buffer_add(out, formatted.data, formatted.length);
	}
	buffer_clear(&formatted);
	buffer_clear(&compact);
	arena_free(arena);
	return status;
}
