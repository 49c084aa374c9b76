/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a case, a model or a temperament (their "kind" says which): findings or a dialogue, never a crash. What
 * compiles is talked to, saved and loaded. */
#include "askwell/engine.h"
#include "askwell/file.h"

#include <stdlib.h>
#include <string.h>

struct world {
	struct arena *arena;
	struct technique_pack *pack;
	struct dialogue_source parts[3];
};

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

static const struct world *world_open(void)
{
	static struct world world;
	if (world.arena != NULL)
		return &world;
	struct findings *findings = findings_new();
	world.arena = arena_new(0);
	world.parts[0] = read_part(world.arena, "case.json");
	world.parts[1] = read_part(world.arena, "model.json");
	world.parts[2] = read_part(world.arena, "temperament.json");
	struct dialogue_source pack = read_part(world.arena, "pack.json");
	if (technique_pack_compile(pack.file, pack.text, pack.length, false, findings, &world.pack) != STATUS_OK)
		abort();
	findings_free(findings);
	return &world;
}

static void talk(const struct dialogue *dialogue)
{
	static const char *const texts[] = {"How is work?", "So you are worn out.", "You should rest.",
		"What could you do?", "That was wrong.", "Go on.", "Do you like your evenings?"};
	struct technique_scratch *scratch = technique_scratch_new();
	struct arena *arena = arena_new(0);
	struct engine_run *run = engine_start(dialogue, 7);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !engine_ended(run); i++) {
		struct technique_context context;
		struct technique_analysis analysis;
		struct engine_reply reply;
		struct engine_run *after = NULL, *loaded = NULL;
		struct buffer saved = {0};
		engine_context(dialogue, run, arena, &context);
		if (technique_analyse(dialogue_pack(dialogue), scratch, texts[i], strlen(texts[i]), &context, arena,
			    &analysis) != STATUS_OK ||
			engine_step(dialogue, run, &analysis, texts[i], strlen(texts[i]), scratch, arena, &after,
				&reply) != STATUS_OK ||
			reply.line_count == 0)
			abort();
		engine_save(dialogue, after, &saved);
		if (engine_load(dialogue, saved.data, saved.length, &loaded, NULL) != STATUS_OK ||
			!engine_equal(after, loaded))
			abort();
		buffer_clear(&saved);
		engine_free(loaded);
		engine_free(run);
		run = after;
	}
	engine_free(run);
	arena_free(arena);
	technique_scratch_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct world *world = world_open();
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	struct dialogue_head head;
	struct dialogue_source parts[4] = {world->parts[0], world->parts[1], world->parts[2]};
	struct dialogue_sources sources = {&parts[0], &parts[1], &parts[2], {NULL}, 0, NULL, NULL};
	struct arena *arena = arena_new(0);
	struct dialogue_source source = {"fuzz.json", arena_copy(arena, (const char *)data, size), size};
	struct dialogue_source *part = &parts[0];
	if (dialogue_head(&source, arena, findings, NULL, &head) == STATUS_OK) {
		if (head.kind == DIALOGUE_KIND_MODEL || head.kind == DIALOGUE_KIND_TEMPERAMENT)
			part = &parts[head.kind == DIALOGUE_KIND_MODEL ? 1 : 2];
		if (head.kind == DIALOGUE_KIND_FRAGMENT || head.kind == DIALOGUE_KIND_CONTRAST)
			part = &parts[3];
		dialogue_check_part(&source, &head, world->pack, findings, NULL);
	}
	*part = source;
	if (part == &parts[3] && head.kind == DIALOGUE_KIND_CONTRAST)
		sources.contrast = part;
	else if (part == &parts[3])
		sources.fragments[sources.fragment_count++] = part;
	if (dialogue_compile(&sources, world->pack, size < 8192, findings, &dialogue) == STATUS_OK)
		talk(dialogue);
	else if (findings_errors(findings) == 0)
		abort();
	dialogue_release(dialogue);
	arena_free(arena);
	findings_free(findings);
	return 0;
}
