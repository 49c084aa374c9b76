/* SPDX-License-Identifier: Apache-2.0 */
/* Cases as JSON text: as a list shows them, and with the whole brief. */
#include "answer.h"

#include "askwell/technique.h"

static void put_skills(struct json_out *json, const struct dialogue *dialogue, const struct dialogue_info *info)
{
	json_out_key(json, "skills");
	json_out_array(json);
	for (size_t i = 0; i < info->skill_count; i++) {
		enum technique_id technique;

		if (!technique_parse(info->skills[i], &technique))
			continue;
		json_out_object(json);
		json_out_put_text(json, "id", info->skills[i]);
		json_out_put_text(json, "name", technique_pack_name(dialogue_pack(dialogue), technique));
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_key(json, "programmes");
	json_out_array(json);
	for (size_t i = 0; i < info->programme_count; i++)
		json_out_text(json, info->programmes[i]);
	json_out_array_end(json);
}

void answer_put_questions(
	struct json_out *json, const char *key, const struct dialogue_question *questions, size_t count)
{
	json_out_key(json, key);
	json_out_array(json);
	for (size_t i = 0; i < count; i++) {
		json_out_object(json);
		json_out_put_text(json, "id", questions[i].id);
		json_out_put_text(json, "ask", questions[i].ask);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_contrast_head(struct json_out *json, const struct dialogue_contrast *contrast)
{
	json_out_put_text(json, "id", contrast->id);
	json_out_put_text(json, "title", contrast->title);
	json_out_put_text(json, "about", contrast->about);
}

static void put_contrast(struct json_out *json, const struct dialogue_contrast *contrast)
{
	json_out_key(json, "contrast");
	if (!contrast) {
		json_out_null(json);
		return;
	}
	json_out_object(json);
	put_contrast_head(json, contrast);
	json_out_put_text(json, "other", contrast->other);
	answer_put_questions(json, "between", contrast->between, contrast->between_count);
	answer_put_questions(json, "end", contrast->end, contrast->end_count);
	json_out_key(json, "rows");
	json_out_array(json);
	for (size_t i = 0; i < contrast->row_count; i++) {
		json_out_object(json);
		json_out_put_text(json, "id", contrast->rows[i].id);
		json_out_put_text(json, "dimension", contrast->rows[i].dimension);
		json_out_put_text(json, "hint", contrast->rows[i].hint);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

/* What a list shows of a case, but for what it says of a contrast. */
static void put_head(struct json_out *json, const struct dialogue *dialogue)
{
	const struct dialogue_info *info = dialogue_info(dialogue);

	json_out_put_text(json, "id", info->id);
	json_out_put_text(json, "title", info->title);
	json_out_put_text(json, "language", info->language);
	json_out_put_text(json, "about", info->drill ? info->aim : info->about);
	json_out_put_text(json, "mode", dialogue_mode_name(info));
	json_out_put_boolean(json, "tutorial", info->tutorial);
	json_out_key(json, "model");
	json_out_object(json);
	json_out_put_text(json, "id", info->model_id);
	json_out_put_text(json, "name", info->model_name);
	json_out_object_end(json);
	json_out_put_integer(json, "minutes", info->minutes);
	json_out_put_text(json, "level", info->level);
	json_out_key(json, "character");
	json_out_object(json);
	json_out_put_text(json, "name", info->character_name);
	answer_put_number(json, "age", info->character_age);
	json_out_put_text(json, "role", info->character_role);
	json_out_object_end(json);
	put_skills(json, dialogue, info);
}

static void put_summary(struct json_out *json, const struct dialogue *dialogue)
{
	const struct dialogue_info *info = dialogue_info(dialogue);

	json_out_object(json);
	put_head(json, dialogue);
	json_out_key(json, "contrast");
	if (info->contrast) {
		json_out_object(json);
		put_contrast_head(json, info->contrast);
		json_out_object_end(json);
	} else {
		json_out_null(json);
	}
	json_out_object_end(json);
}

void answer_put_case(struct json_out *json, const struct dialogue *dialogue)
{
	const struct dialogue_info *info = dialogue_info(dialogue);

	json_out_object(json);
	put_head(json, dialogue);
	put_contrast(json, info->contrast);
	json_out_put_integer(json, "exercises", info->asked);
	answer_put_number(json, "reading_age", info->reading_age);
	json_out_put_text(json, "content_note", info->content_note);
	json_out_put_text(json, "situation", info->situation);
	json_out_put_text(json, "your_role", info->your_role);
	json_out_put_text(json, "aim", info->aim);
	json_out_key(json, "stages");
	json_out_array(json);
	for (size_t i = 0; i < info->stage_count; i++) {
		json_out_object(json);
		json_out_put_text(json, "id", info->stages[i].id);
		json_out_put_text(json, "name", info->stages[i].name);
		json_out_put_text(json, "purpose", info->stages[i].purpose);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void answer_case(const struct dialogue *dialogue, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	answer_put_case(&json, dialogue);
}

void answer_library(const struct library *library, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "cases");
	json_out_array(&json);
	for (size_t i = 0; i < library_count(library); i++)
		put_summary(&json, library_at(library, i));
	json_out_array_end(&json);
	json_out_object_end(&json);
}

static void put_file(struct json_out *json, const struct library_file *file)
{
	json_out_object(json);
	json_out_put_text(json, "file", file->file);
	json_out_put_text(json, "id", file->id);
	json_out_put_boolean(json, "in_service", file->in_service);
	json_out_key(json, "findings");
	json_out_array(json);
	for (size_t i = 0; i < findings_count(file->findings); i++) {
		struct buffer finding = {0};

		finding_json(findings_at(file->findings, i), &finding);
		json_out_raw(json, finding.data, finding.length);
		buffer_clear(&finding);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void answer_findings(const struct library *library, struct buffer *out)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "files");
	json_out_array(&json);
	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file file;

		library_file_at(library, i, &file);
		if (file.refused)
			put_file(&json, &file);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
}
