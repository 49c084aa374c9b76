/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/turn_json.h"

#include "askwell/utf8.h"

#include <jansson.h>
#include <string.h>

struct reading {
	const struct turn *turn;
	struct arena *arena;
	bool plain; /* a character is a byte */
};

static bool read_count(const json_t *object, const char *key, size_t most, size_t *out)
{
	const json_t *value = json_object_get(object, key);
	json_int_t count = json_integer_value(value);

	if (!json_is_integer(value) || count < 0 || (uint64_t)count > most)
		return false;
	*out = (size_t)count;
	return true;
}

static bool read_text(const struct reading *reading, const json_t *object, const char *key, const char **out)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return false;
	*out = arena_copy(reading->arena, json_string_value(value), json_string_length(value));
	return true;
}

/* A few bytes that name something: nothing to keep, NULL when there is no text. */
static const char *name_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The byte at which a character begins; characters past the end are refused by the caller. */
static size_t byte_of(const struct reading *reading, size_t character)
{
	const char *text = reading->turn->text;
	size_t length = reading->turn->text_length, at = 0;

	if (reading->plain)
		return character;
	for (; character > 0 && at < length; character--) {
		uint32_t code_point;
		size_t bytes = utf8_decode(text + at, length - at, &code_point);

		at += bytes ? bytes : 1;
	}
	return character > 0 ? length + 1 : at;
}

static bool read_span(const struct reading *reading, const json_t *object, struct technique_span *out)
{
	size_t start, end;

	if (!read_count(object, "start", reading->turn->text_length, &start) ||
		!read_count(object, "end", reading->turn->text_length, &end) || start > end)
		return false;
	out->start = byte_of(reading, start);
	out->end = byte_of(reading, end);
	return out->end <= reading->turn->text_length;
}

static bool read_label(const struct reading *reading, const json_t *object, struct technique_label *out)
{
	const char *technique = name_at(object, "technique"), *family = name_at(object, "family");
	const char *form = name_at(object, "form");
	const json_t *focus = json_object_get(object, "focus");
	size_t confidence;

	if (!technique || !technique_parse(technique, &out->technique) || !family ||
		!technique_family_parse(family, &out->family) || !form || !technique_form_parse(form, &out->form))
		return false;
	if (!json_is_null(focus) &&
		(!json_is_string(focus) || !technique_focus_parse(json_string_value(focus), &out->focus)))
		return false;
	if (!read_count(object, "confidence", 100, &confidence))
		return false;
	out->confidence = (int)confidence;
	return read_span(reading, object, &out->span) &&
	       read_span(reading, json_object_get(object, "cue"), &out->cue) &&
	       read_text(reading, object, "rule", &out->rule) && read_text(reading, object, "reason", &out->reason);
}

static bool read_labels(const struct reading *reading, const json_t *list, struct technique_analysis *out)
{
	size_t count = json_array_size(list);
	struct technique_label *labels = arena_array(reading->arena, count, sizeof *labels);

	for (size_t i = 0; i < count; i++)
		if (!read_label(reading, json_array_get(list, i), &labels[i]))
			return false;
	out->labels = labels;
	out->label_count = count;
	return json_is_array(list);
}

static bool read_flags(const struct reading *reading, const json_t *list, struct technique_analysis *out)
{
	size_t count = json_array_size(list);
	struct technique_flag *flags = arena_array(reading->arena, count, sizeof *flags);

	for (size_t i = 0; i < count; i++) {
		const json_t *object = json_array_get(list, i);
		struct technique_flag flag = {.span = {0, reading->turn->text_length}};
		const char *id = name_at(object, "id");

		if (!id || !technique_flag_parse(id, &flag.id) || !read_text(reading, object, "reason", &flag.reason))
			return false;
		if (!engine_finds_flag(flag.id))
			flags[out->flag_count++] = flag;
	}
	out->flags = flags;
	return json_is_array(list);
}

static bool read_picked_up(const struct reading *reading, const json_t *list, struct technique_analysis *out)
{
	size_t count = json_array_size(list);
	struct technique_span *spans = arena_array(reading->arena, count, sizeof *spans);

	for (size_t i = 0; i < count; i++)
		if (!read_span(reading, json_array_get(list, i), &spans[i]))
			return false;
	out->picked_up = spans;
	out->picked_up_count = count;
	return json_is_array(list);
}

static bool read_recognised(const struct reading *reading, const json_t *object, struct technique_analysis *out)
{
	const json_t *safety = json_object_get(object, "safety");
	size_t label, questions, words;

	if (!read_count(object, "questions", TECHNIQUE_TEXT_MAX, &questions) ||
		!read_count(object, "words", TECHNIQUE_TEXT_MAX, &words))
		return false;
	out->question_count = (unsigned)questions;
	out->word_count = (unsigned)words;
	if (!json_is_null(safety))
		return read_text(reading, object, "safety", &out->safety);
	if (out->label_count == 0 || !read_count(object, "label", out->label_count - 1, &label))
		return false;
	out->primary = &out->labels[label];
	return true;
}

static unsigned count_words(const char *text, size_t length)
{
	unsigned count = 0;
	bool inside = false;

	for (size_t i = 0; i < length; i++) {
		bool space = strchr(" \t\n", text[i]) != NULL;

		count += !space && !inside;
		inside = !space;
	}
	return count;
}

/* Answers that were kept before "recognised" existed: as good as can be told from the labels and the words. */
static bool make_up(const struct reading *reading, const json_t *answer, struct technique_analysis *out)
{
	const json_t *why = json_object_get(answer, "why");
	const char *primary = name_at(answer, "primary");
	enum technique_id id;

	out->word_count = count_words(reading->turn->text, reading->turn->text_length);
	if (!primary)
		return out->label_count == 0 && read_text(reading, why, "rule", &out->safety);
	if (!technique_parse(primary, &id))
		return false;
	for (size_t i = 0; i < out->label_count; i++) {
		const struct technique_label *label = &out->labels[i];

		out->question_count += label->form != TECHNIQUE_FORM_NONE && label->family != TECHNIQUE_REFLECTION;
		/* The last question of a message is the one that is answered. */
		if (label->technique == id && (!out->primary || label->form != TECHNIQUE_FORM_NONE))
			out->primary = label;
	}
	return out->primary != NULL;
}

static bool is_text_of(const json_t *answer, const struct turn *turn)
{
	const json_t *text = json_object_get(answer, "text");

	return json_is_string(text) && json_string_length(text) == turn->text_length &&
	       memcmp(json_string_value(text), turn->text, turn->text_length) == 0;
}

enum status turn_json_read(const struct turn *turn, struct arena *arena, struct technique_analysis *out)
{
	struct reading reading = {
		turn, arena, turn->answer && utf8_count(turn->text, turn->text_length) == turn->text_length};
	json_t *answer = turn->answer ? json_loadb(turn->answer, turn->answer_length, 0, NULL) : NULL;
	const json_t *recognised = json_object_get(answer, "recognised");
	bool sound;

	*out = (struct technique_analysis){0};
	sound = is_text_of(answer, turn) && read_labels(&reading, json_object_get(answer, "labels"), out) &&
		read_flags(&reading, json_object_get(answer, "flags"), out) &&
		read_picked_up(&reading, json_object_get(answer, "picked_up"), out) &&
		(recognised ? read_recognised(&reading, recognised, out) : make_up(&reading, answer, out));
	json_decref(answer);
	return sound ? STATUS_OK : STATUS_CORRUPT;
}
