/* SPDX-License-Identifier: Apache-2.0 */
#include "compile_case.h"

static const struct dialogue_question *read_questions(struct compiler *c, const json_t *list, size_t *count)
{
	*count = json_array_size(list);
	struct dialogue_question *questions = arena_array(c->arena, *count, sizeof *questions);
	for (size_t i = 0; i < *count; i++) {
		const json_t *object = json_array_get(list, i);
		questions[i] =
			(struct dialogue_question){compile_text(c, object, "id"), compile_text(c, object, "ask")};
	}
	return questions;
}

static const struct dialogue_row *read_rows(struct compiler *c, const json_t *list, size_t *count)
{
	*count = json_array_size(list);
	struct dialogue_row *rows = arena_array(c->arena, *count, sizeof *rows);
	for (size_t i = 0; i < *count; i++) {
		const json_t *object = json_array_get(list, i);
		rows[i] = (struct dialogue_row){compile_text(c, object, "id"), compile_text(c, object, "dimension"),
			compile_text(c, object, "hint")};
	}
	return rows;
}

/* A side has an id of its own, because what is asked on the way makes it another conversation than the case by itself. */
void compile_contrast(struct compiler *c, const json_t *contrast)
{
	struct dialogue_info *info = &c->dialogue->info;
	struct dialogue_contrast *out = arena_alloc(c->arena, sizeof *out);
	bool mentoring = info->mode == TECHNIQUE_MENTORING;
	*out = (struct dialogue_contrast){
		.id = compile_text(c, contrast, "id"),
		.title = compile_text(c, contrast, "title"),
		.about = compile_text(c, contrast, "about"),
	};
	out->other = arena_format(c->arena, "%s.%s", out->id, mentoring ? "coaching" : "mentoring");
	out->between = read_questions(c, json_object_get(contrast, "between"), &out->between_count);
	out->end = read_questions(c, json_object_get(contrast, "end"), &out->end_count);
	out->rows = read_rows(c, json_object_get(contrast, "rows"), &out->row_count);
	info->contrast = out;
	info->id = arena_format(c->arena, "%s.%s", out->id, mentoring ? "mentoring" : "coaching");
}
