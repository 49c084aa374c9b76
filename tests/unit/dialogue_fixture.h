/* SPDX-License-Identifier: Apache-2.0 */
/* The small pack, model, temperament and case in fixtures/, for the tests of dialogue: independent of the content that
 * people practise with. */
#ifndef ASKWELL_TESTS_DIALOGUE_FIXTURE_H
#define ASKWELL_TESTS_DIALOGUE_FIXTURE_H

#include "unit.h"

#include "askwell/dialogue.h"
#include "askwell/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct arena *arena;
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct dialogue_source script, model, temperament;
	struct dialogue *dialogue;
};

static inline struct dialogue_source fixture_source(struct arena *arena, const char *name)
{
	struct buffer text = {0};
	char path[512];
	snprintf(path, sizeof path, "%s/tests/unit/fixtures/%s", SOURCE_DIR, name);
	assert_int_equal(file_read(path, DIALOGUE_SOURCE_MAX, &text, NULL), STATUS_OK);
	struct dialogue_source source = {
		arena_text(arena, name), arena_copy(arena, text.data, text.length), text.length};
	buffer_clear(&text);
	return source;
}

static inline void fixture_print(const struct findings *findings)
{
	for (size_t i = 0; i < findings_count(findings); i++) {
		const struct finding *finding = findings_at(findings, i);
		if (finding->severity == FINDING_ERROR)
			print_message("%s:%u: %s %s: %s\n", finding->file, finding->line, finding->code, finding->path,
				finding->reason);
	}
}

/* A case without fragments. */
static inline enum status fixture_compile(const struct dialogue_source *script, const struct dialogue_source *model,
	const struct dialogue_source *temperament, const struct technique_pack *pack, bool thorough,
	struct findings *findings, struct dialogue **out)
{
	struct dialogue_sources sources = {script, model, temperament, {NULL}, 0, NULL, NULL};
	return dialogue_compile(&sources, pack, thorough, findings, out);
}

static inline int fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct findings *findings = findings_new();
	f->arena = arena_new(0);
	f->scratch = technique_scratch_new();
	struct dialogue_source pack = fixture_source(f->arena, "pack.json");
	f->script = fixture_source(f->arena, "case.json");
	f->model = fixture_source(f->arena, "model.json");
	f->temperament = fixture_source(f->arena, "temperament.json");
	bool good = technique_pack_compile(pack.file, pack.text, pack.length, true, findings, &f->pack) == STATUS_OK &&
		    fixture_compile(&f->script, &f->model, &f->temperament, f->pack, true, findings, &f->dialogue) ==
			    STATUS_OK;
	if (!good)
		fixture_print(findings);
	findings_free(findings);
	*state = f;
	return good ? 0 : 1;
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	dialogue_release(f->dialogue);
	technique_pack_release(f->pack);
	technique_scratch_free(f->scratch);
	arena_free(f->arena);
	free(f);
	return 0;
}

static inline bool fixture_found(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings_count(findings); i++)
		if (strcmp(findings_at(findings, i)->code, code) == 0)
			return true;
	return false;
}

/* `source` with the first `from` replaced by `to`; fails when it is not there. */
static inline struct dialogue_source fixture_edit(
	struct arena *arena, const struct dialogue_source *source, const char *from, const char *to)
{
	const char *at = strstr(source->text, from);
	if (at == NULL)
		fail_msg("\"%s\" is not in %s", from, source->file);
	struct buffer text = {0};
	buffer_add(&text, source->text, (size_t)(at - source->text));
	buffer_text(&text, to);
	buffer_text(&text, at + strlen(from));
	struct dialogue_source edited = {source->file, arena_copy(arena, text.data, text.length), text.length};
	buffer_clear(&text);
	return edited;
}

#endif
