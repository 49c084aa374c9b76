/* SPDX-License-Identifier: Apache-2.0 */
/* Finds one dispute and rules on it; writes rulings as test lines. */
#include "askwell/disputes.h"

#include "scenes.h"

#include "askwell/clock.h"
#include "askwell/json_out.h"
#include "askwell/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { BY_CHARACTERS = 100, LABELS_MOST = 64 };

/* Identifiers of one day begin alike, so the end will do as well. */
static bool is_called(const struct id *id, const char *name)
{
	char text[ID_TEXT_SIZE];
	size_t length = strlen(name);

	id_format(id, text);
	return length > 0 && length < ID_TEXT_SIZE &&
	       (strncasecmp(text, name, length) == 0 || strcasecmp(text + (ID_TEXT_SIZE - 1 - length), name) == 0);
}

static enum status find(const struct scenes *scenes, const char *name, const struct dispute **out, struct error *error)
{
	struct dispute *disputes = NULL;
	size_t count = 0, found = 0;
	enum status status = store_read_disputes(scenes->reader, false, scenes->arena, &disputes, &count, error);

	*out = NULL;
	for (size_t i = 0; i < count; i++)
		if (is_called(&disputes[i].id, name)) {
			*out = &disputes[i];
			found++;
		}
	if (status == STATUS_OK && found == 0)
		status = error_set(error, STATUS_NOT_FOUND, "dispute_not_found",
			"There is no dispute \"%.48s\". \"askwell disputes list --all\" shows them; one that was taken "
			"back "
			"is not among them.",
			name);
	else if (status == STATUS_OK && found > 1)
		status = error_set(error, STATUS_INVALID, "dispute_ambiguous",
			"%zu disputes are called \"%.48s\". Give more of the id.", found, name);
	return status;
}

static bool parse_technique(const struct dispute_scene *scene, const char *name, enum technique_id *out)
{
	if (technique_parse(name, out))
		return *out != TECHNIQUE_MULTIPLE_QUESTIONS;
	for (int i = 0; scene->dialogue && i < TECHNIQUE_COUNT; i++) {
		*out = (enum technique_id)i;
		if (*out != TECHNIQUE_MULTIPLE_QUESTIONS &&
			strcasecmp(technique_pack_name(dialogue_pack(scene->dialogue), *out), name) == 0)
			return true;
	}
	return false;
}

/* Only questions have a form. What was shown as a question keeps the form that it had, unless the ruling names one. */
static enum technique_form usual_form(const struct dispute_scene *scene, enum technique_id technique)
{
	enum technique_form shown = TECHNIQUE_FORM_NONE;

	(void)technique_form_parse(scene_label_text(scene, "form"), &shown);
	if (technique == TECHNIQUE_OPEN_QUESTION)
		return TECHNIQUE_FORM_OPEN;
	if (technique == TECHNIQUE_CLOSED_QUESTION)
		return TECHNIQUE_FORM_CLOSED;
	if (technique_family_of(technique) != TECHNIQUE_QUESTION && technique != TECHNIQUE_ADVICE_IN_QUESTION)
		return TECHNIQUE_FORM_NONE;
	if (shown != TECHNIQUE_FORM_NONE)
		return shown;
	return technique == TECHNIQUE_LEADING_QUESTION || technique == TECHNIQUE_PERMISSION_QUESTION ||
			       technique == TECHNIQUE_ADVICE_IN_QUESTION
		       ? TECHNIQUE_FORM_CLOSED
		       : TECHNIQUE_FORM_OPEN;
}

static enum status check_words(
	const char *words, const char *option, size_t most, const char *what, struct error *error)
{
	size_t length = words ? strlen(words) : 0;

	if (!words || utf8_blank(words, length))
		return error_set(error, STATUS_INVALID, "words_missing", "Give %s with --%s.", what, option);
	if (!utf8_valid(words, length) || utf8_has_control(words, length))
		return error_set(error, STATUS_INVALID, "words_unusable", "--%s takes plain text (UTF-8).", option);
	if (utf8_count(words, length) > most)
		return error_set(
			error, STATUS_TOO_LARGE, "words_too_long", "--%s takes at most %zu characters.", option, most);
	return STATUS_OK;
}

static enum status check_ruling(const struct disputes_ruling *ruling, struct error *error)
{
	enum technique_form form;
	enum status status = check_words(
		ruling->why, "why", DISPUTE_NOTE_CHARACTERS, "the reason, which the trainee will read,", error);

	if (status == STATUS_OK && ruling->by)
		status = check_words(ruling->by, "by", BY_CHARACTERS, "a name", error);
	if (status == STATUS_OK && ruling->form && !technique_form_parse(ruling->form, &form))
		status = error_set(error, STATUS_INVALID, "form_unknown",
			"--form is open, closed or none, not \"%.16s\".", ruling->form);
	return status;
}

static enum status fill(const struct dispute_scene *scene, const struct disputes_ruling *ruling, struct dispute *out,
	struct error *error)
{
	enum technique_id technique;

	if (!parse_technique(scene, ruling->technique, &technique))
		return error_set(error, STATUS_INVALID, "technique_unknown",
			"There is no label \"%.48s\". Give an id such as open_question, or a name as the notes show "
			"it.",
			ruling->technique);
	*out = (struct dispute){.id = scene->dispute->id,
		.ruling = technique_name(technique),
		.form = ruling->form ? ruling->form : technique_form_name(usual_form(scene, technique)),
		.why = ruling->why,
		.by = ruling->by,
		.ruled_ms = clock_now_ms()};
	return STATUS_OK;
}

enum status disputes_rule(const char *data_folder, const char *dialogues_folder, const struct disputes_ruling *ruling,
	struct buffer *out, struct error *error)
{
	struct scenes scenes = {0};
	struct dispute_scene scene = {0};
	const struct dispute *dispute = NULL;
	struct dispute ruled = {0};
	char id[ID_TEXT_SIZE];
	enum status status = check_ruling(ruling, error);

	if (status == STATUS_OK)
		status = scenes_open(&scenes, data_folder, dialogues_folder, error);
	if (status == STATUS_OK)
		status = find(&scenes, ruling->id, &dispute, error);
	if (status == STATUS_OK)
		status = scene_read_dispute(&scenes, dispute, &scene, error);
	if (status == STATUS_OK)
		status = fill(&scene, ruling, &ruled, error);
	if (status == STATUS_OK)
		status = store_rule_dispute(data_folder, &ruled, error);
	if (status == STATUS_OK) {
		id_format(&ruled.id, id);
		buffer_format(out,
			"%s: %s. The trainee sees it when the conversation is opened the next time; the label that "
			"was shown stays beside it.\n",
			id, scene_technique_name(&scene, ruled.ruling));
	}
	scene_clear_dispute(&scene);
	scenes_close(&scenes);
	return status;
}

/* The labels of one message with what trainers made of them. */
struct judged {
	enum technique_id labels[LABELS_MOST];
	enum technique_form forms[LABELS_MOST];
	size_t count, primary;
	struct buffer why;
};

static void read_shown(const struct dispute_scene *scene, struct judged *judged)
{
	const json_t *labels = json_object_get(scene->answer, "labels");
	const char *primary = json_string_value(json_object_get(scene->answer, "primary"));
	const json_t *place = json_object_get(json_object_get(scene->answer, "recognised"), "label");

	judged->count = json_array_size(labels) < LABELS_MOST ? json_array_size(labels) : LABELS_MOST;
	for (size_t i = judged->count; i-- > 0;) {
		const json_t *label = json_array_get(labels, i);
		const char *technique = json_string_value(json_object_get(label, "technique"));
		const char *form = json_string_value(json_object_get(label, "form"));

		(void)technique_parse(technique, &judged->labels[i]);
		(void)technique_form_parse(form ? form : "none", &judged->forms[i]);
		if (primary && technique && strcmp(primary, technique) == 0)
			judged->primary = i;
	}
	if (json_is_integer(place) && json_integer_value(place) >= 0 &&
		(size_t)json_integer_value(place) < judged->count)
		judged->primary = (size_t)json_integer_value(place);
}

static void judge(struct judged *judged, const struct dispute *dispute, enum technique_mode mode)
{
	size_t label = dispute->label;

	if (label >= judged->count || !technique_parse(dispute->ruling, &judged->labels[label]))
		return;
	judged->forms[label] = TECHNIQUE_FORM_NONE;
	(void)technique_form_parse(dispute->form, &judged->forms[label]);
	/* The coachee reacts to what spoils a message, wherever in it that stands. */
	if (technique_is_spoiler(judged->labels[label], mode) &&
		!technique_is_spoiler(judged->labels[judged->primary], mode))
		judged->primary = label;
	buffer_format(&judged->why, "%s%s", judged->why.length ? " " : "", dispute->why);
}

static void put_labels(struct json_out *json, const struct judged *judged)
{
	json_out_key(json, "labels");
	json_out_array(json);
	for (size_t i = 0; i < judged->count; i++) {
		bool twice = false;

		for (size_t j = 0; j < i; j++)
			twice = twice || judged->labels[j] == judged->labels[i];
		if (!twice)
			json_out_text(json, technique_name(judged->labels[i]));
	}
	json_out_array_end(json);
}

static void put_line(
	const struct dispute_scene *scene, const struct judged *judged, const char *mode, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "text");
	json_out_bytes(&json, scene->turn->turn.text, scene->turn->turn.text_length);
	if (*scene->coachee)
		json_out_put_text(&json, "coachee", scene->coachee);
	json_out_put_text(&json, "mode", mode);
	if (scene->before)
		json_out_put_text(&json, "before", scene->before);
	put_labels(&json, judged);
	json_out_put_text(&json, "primary", technique_name(judged->labels[judged->primary]));
	json_out_put_text(&json, "form", technique_form_name(judged->forms[judged->primary]));
	json_out_put_text(&json, "why", judged->why.data);
	json_out_object_end(&json);
	buffer_char(out, '\n');
}

static bool same_message(const struct dispute *a, const struct dispute *b)
{
	return a->turn == b->turn && id_equal(&a->session, &b->session);
}

/* One line for a message, however many of its labels were ruled on. */
static enum status export_message(struct scenes *scenes, const struct dispute *disputes, size_t count, size_t at,
	struct buffer *out, struct error *error)
{
	struct dispute_scene scene = {0};
	struct judged judged = {.count = 0};
	enum status status = scene_read_dispute(scenes, &disputes[at], &scene, error);
	enum technique_mode mode = scene.dialogue ? dialogue_info(scene.dialogue)->mode : TECHNIQUE_COACHING;

	if (status == STATUS_OK) {
		read_shown(&scene, &judged);
		for (size_t i = at; i < count; i++)
			if (disputes[i].ruled_ms && same_message(&disputes[i], &disputes[at]))
				judge(&judged, &disputes[i], mode);
		if (judged.count > 0)
			put_line(&scene, &judged, mode == TECHNIQUE_MENTORING ? "mentoring" : "coaching", out);
	}
	buffer_clear(&judged.why);
	scene_clear_dispute(&scene);
	return status;
}

static bool told_before(const struct dispute *disputes, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (disputes[i].ruled_ms && same_message(&disputes[i], &disputes[at]))
			return true;
	return false;
}

enum status disputes_export(
	const char *data_folder, const char *dialogues_folder, struct buffer *out, size_t *lines, struct error *error)
{
	struct scenes scenes = {0};
	struct dispute *disputes = NULL;
	size_t count = 0;
	enum status status = scenes_open(&scenes, data_folder, dialogues_folder, error);

	*lines = 0;
	if (status == STATUS_OK)
		status = store_read_disputes(scenes.reader, false, scenes.arena, &disputes, &count, error);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		if (!disputes[i].ruled_ms || told_before(disputes, i))
			continue;
		status = export_message(&scenes, disputes, count, i, out, error);
		*lines += status == STATUS_OK;
	}
	scenes_close(&scenes);
	return status;
}
