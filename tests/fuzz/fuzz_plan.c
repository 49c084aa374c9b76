/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a plan: findings or a plan, never a crash. What can be read is run, and what an update makes of it can be
 * read as well. */
#include "askwell/file.h"
#include "askwell/plan.h"

#include <stdlib.h>
#include <string.h>

static struct dialogue *dialogue;
static struct technique_scratch *scratch;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct dialogue_source read_part(struct arena *arena, const char *name)
{
	struct buffer text = {0};
	char *path = arena_format(arena, "%s/tests/unit/fixtures/%s", SOURCE_DIR, name);
	if (file_read(path, DIALOGUE_SOURCE_MAX, &text, NULL) != STATUS_OK)
		abort();
	struct dialogue_source source = {name, arena_copy(arena, text.data, text.length), text.length};
	buffer_clear(&text);
	return source;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct arena *arena = arena_new(0);
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL;
	struct dialogue_source script = read_part(arena, "case.json"), model = read_part(arena, "model.json");
	struct dialogue_source temperament = read_part(arena, "temperament.json"),
			       words = read_part(arena, "pack.json");
	struct dialogue_sources sources = {.script = &script, .model = &model, .temperament = &temperament};
	(void)argc;
	(void)argv;
	if (technique_pack_compile(words.file, words.text, words.length, false, findings, &pack) != STATUS_OK ||
		dialogue_compile(&sources, pack, false, findings, &dialogue) != STATUS_OK)
		abort();
	scratch = technique_scratch_new();
	technique_pack_release(pack);
	findings_free(findings);
	arena_free(arena);
	return 0;
}

static void run(const struct dialogue_source *source, const struct plan *plan, struct arena *arena)
{
	struct findings *findings = findings_new();
	struct plan_result result;
	struct plan again;
	struct buffer text = {0}, diff = {0};
	plan_run(plan, dialogue, scratch, arena, findings, &result);
	if (result.passed != (findings_errors(findings) == 0))
		abort();
	for (size_t i = 0; i < findings_count(findings); i++)
		if (strcmp(findings_at(findings, i)->code, "G022") >= 0)
			abort();
	plan_update(source, plan, &result, &text);
	plan_diff("plan", source->text, text.data, &diff);
	struct dialogue_source updated = {"plan", text.data, text.length};
	if (plan_read(&updated, arena, findings, &again) != STATUS_OK || again.count != plan->count)
		abort();
	buffer_clear(&text);
	buffer_clear(&diff);
	findings_free(findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new(0);
	struct findings *findings = findings_new();
	struct dialogue_source source = {"plan", arena_copy(arena, (const char *)data, size), size};
	struct plan plan;
	if (plan_read(&source, arena, findings, &plan) == STATUS_OK)
		run(&source, &plan, arena);
	else if (findings_errors(findings) == 0)
		abort();
	findings_free(findings);
	arena_free(arena);
	return 0;
}
