/* SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include "askwell/memory.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Passages that Twine or one of its story formats reads and nobody is told. */
static const char *const special_names[] = {"StoryInit", "StoryMenu", "StoryCaption", "StoryBanner", "StorySubtitle",
	"StoryAuthor", "StoryDisplayTitle", "StoryInterface", "StoryShare", "StorySettings", "StoryIncludes",
	"PassageHeader", "PassageFooter", "PassageReady", "PassageDone"};
static const char *const special_tags[] = {"script", "stylesheet", "widget", "header", "footer", "startup",
	"debug-header", "debug-footer", "debug-startup", "Twine.private", "Twine.image", "Twine.audio", "Twine.video",
	"Twine.vtt", "annotation"};

/* Far more than a case can have states. */
enum { PASSAGES = 2048 };

struct reading {
	struct story *story;
	size_t capacity;
	bool data_seen, full;
};

bool story_has_tag(const struct story_passage *passage, const char *tag)
{
	for (size_t i = 0; i < passage->tag_count; i++)
		if (strcmp(passage->tags[i], tag) == 0)
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Copies up to `length` bytes without the backslashes that Twee puts before its own characters, blanks around it gone. */
static const char *unescaped(struct arena *arena, const char *text, size_t length)
{
	char *out;
	size_t size = 0;

	while (length > 0 && is_blank(*text)) {
		text++;
		length--;
	}
	while (length > 0 && is_blank(text[length - 1]))
		length--;
	out = arena_alloc(arena, length + 1);
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\\' && i + 1 < length)
			i++;
		out[size++] = text[i];
	}
	return out;
}

/* How far it is to the first unescaped one of `wanted`. */
static size_t until(const char *text, size_t length, const char *wanted)
{
	size_t i = 0;

	while (i < length && !(strchr(wanted, text[i]) && text[i]))
		i += text[i] == '\\' && i + 1 < length ? 2 : 1;
	return i;
}

static void read_tags(struct story_passage *passage, struct arena *arena, const char *text, size_t length)
{
	const char **tags = arena_array(arena, length / 2 + 1, sizeof *tags);

	for (size_t at = 0; at < length;) {
		size_t size = until(text + at, length - at, " \t");

		if (size > 0)
			tags[passage->tag_count++] = unescaped(arena, text + at, size);
		at += size + 1;
	}
	passage->tags = tags;
}

/* Behind "::": name [tags] {metadata}. Metadata says where Twine draws the box. */
static void read_header(const struct story *story, struct story_passage *passage, const char *text, size_t length)
{
	size_t name = until(text, length, "[{");

	passage->name = unescaped(story->arena, text, name);
	if (name < length && text[name] == '[') {
		size_t tags = until(text + name + 1, length - name - 1, "]");

		read_tags(passage, story->arena, text + name + 1, tags);
		if (name + 1 + tags == length)
			story_report(story, TWEE_HEADER, passage->line,
				"The tags of \"%.60s\" have no closing bracket.", passage->name);
	}
	if (passage->name[0] == '\0')
		story_report(story, TWEE_HEADER, passage->line, "A passage here has no name.");
}

/* A line that would look like a header begins with a backslash. */
static const char *read_source(struct arena *arena, const char *text, size_t length)
{
	char *out = arena_alloc(arena, length + 1);
	size_t size = 0;

	for (size_t i = 0; i < length; i++) {
		bool first = i == 0 || text[i - 1] == '\n';

		if (first && text[i] == '\\' && i + 2 < length && text[i + 1] == ':' && text[i + 2] == ':')
			continue;
		out[size++] = text[i];
	}
	return out;
}

static void read_data(struct story *story, const struct story_passage *passage)
{
	json_t *json = json_loads(passage->source, 0, NULL);

	if (!json_is_object(json))
		story_report(story, TWEE_NO_DATA, passage->line, "StoryData is not a JSON object.");
	story->start = arena_text(story->arena, json_string_value(json_object_get(json, "start")));
	json_decref(json);
}

static const char *one_line(struct arena *arena, const char *text)
{
	char *out = arena_text(arena, text);
	size_t size = 0;

	for (const char *c = text; *c; c++) {
		bool blank = is_blank(*c) || *c == '\n';

		if (blank && (size == 0 || out[size - 1] == ' '))
			continue;
		out[size++] = blank ? ' ' : *c;
	}
	while (size > 0 && out[size - 1] == ' ')
		size--;
	out[size] = '\0';
	return out;
}

static bool is_special(const struct story_passage *passage)
{
	for (size_t i = 0; i < sizeof special_names / sizeof *special_names; i++)
		if (strcmp(passage->name, special_names[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof special_tags / sizeof *special_tags; i++)
		if (story_has_tag(passage, special_tags[i]))
			return true;
	return false;
}

static bool is_there(const struct story *story, const char *name)
{
	for (size_t i = 0; i < story->count; i++)
		if (strcmp(story->passages[i].name, name) == 0)
			return true;
	return false;
}

static void keep(struct reading *reading, const struct story_passage *passage)
{
	struct story *story = reading->story;

	if (strcmp(passage->name, "StoryTitle") == 0) {
		story->title = one_line(story->arena, passage->source);
	} else if (strcmp(passage->name, "StoryData") == 0) {
		reading->data_seen = true;
		read_data(story, passage);
	} else if (is_special(passage)) {
		story_report(story, TWEE_SPECIAL, passage->line, "\"%.60s\" is for Twine and not told.", passage->name);
	} else if (is_there(story, passage->name)) {
		story_report(story, TWEE_TWICE, passage->line, "There is a passage \"%.60s\" already.", passage->name);
	} else if (story->count == PASSAGES) {
		reading->full = true;
	} else {
		if (story->count == reading->capacity) {
			reading->capacity = reading->capacity ? reading->capacity * 2 : 32;
			story->passages = memory_grow(story->passages, reading->capacity, sizeof *story->passages);
		}
		story->passages[story->count++] = *passage;
	}
}

/* From `at` to the next header, which is returned, or to the end. */
static const char *next_header(const char *at, const char *end)
{
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));

		if (!line)
			return end;
		at = line + 1;
		if (end - at >= 2 && at[0] == ':' && at[1] == ':')
			return at;
	}
	return end;
}

static unsigned lines_between(const char *from, const char *to)
{
	unsigned lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

/* The list was grown on the heap; it moves to where all the rest is. */
static void settle(struct story *story)
{
	struct story_passage *passages = arena_array(story->arena, story->count, sizeof *passages);

	if (story->count)
		memcpy(passages, story->passages, story->count * sizeof *passages);
	free(story->passages);
	story->passages = passages;
}

enum status story_read(struct story *story, const char *text, size_t length, struct error *error)
{
	struct reading reading = {.story = story};
	const char *end = text + length;
	const char *at = length >= 2 && text[0] == ':' && text[1] == ':' ? text : next_header(text, end);
	unsigned line = 1 + lines_between(text, at);

	while (at < end) {
		const char *next = next_header(at, end), *stop = memchr(at, '\n', (size_t)(next - at));
		struct story_passage passage = {.line = line};

		stop = stop ? stop : next;
		read_header(story, &passage, at + 2, (size_t)(stop - at) - 2);
		passage.source = stop < next ? read_source(story->arena, stop + 1, (size_t)(next - stop) - 1) : "";
		if (passage.name[0] != '\0')
			keep(&reading, &passage);
		line += lines_between(at, next);
		at = next;
	}
	settle(story);
	if (reading.full)
		story_report(story, TWEE_TOO_MANY, 0, "There are more than %d passages.", PASSAGES);
	if (story->count == 0)
		return error_set(error, STATUS_INVALID, "no_passages",
			"%s holds no passage to tell: in Twee each begins with a line \":: Name\". A story that Twine "
			"published as HTML has to be exported as Twee first.",
			story->file);
	if (!reading.data_seen)
		story_report(story, TWEE_NO_DATA, 0, "There is no StoryData.");
	return STATUS_OK;
}
