/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a story: refused, or a skeleton that compiles apart from states that nothing leads to, which the import has
 * announced. */
#include "askwell/dialogue.h"
#include "askwell/file.h"
#include "askwell/format.h"
#include "askwell/twee.h"
#include "askwell/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct world {
	struct arena *arena;
	struct technique_pack *pack;
	struct dialogue_source model, temperament;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct dialogue_source read_part(struct arena *arena, const char *name)
{
	struct buffer text = {0};

	if (file_read(arena_format(arena, "%s/%s", SOURCE_DIR, name), DIALOGUE_SOURCE_MAX, &text, NULL) != STATUS_OK)
		abort();
	struct dialogue_source source = {name, arena_copy(arena, text.data, text.length), text.length};
	buffer_clear(&text);
	return source;
}

static const struct world *world_open(void)
{
	static struct world world;
	struct findings *findings;

	if (world.arena)
		return &world;
	findings = findings_new();
	world.arena = arena_new(0);
	world.model = read_part(world.arena, "dialogues/models/grow.json");
	world.temperament = read_part(world.arena, "tests/unit/fixtures/temperament.json");
	struct dialogue_source pack = read_part(world.arena, "tests/unit/fixtures/pack.json");
	if (technique_pack_compile(pack.file, pack.text, pack.length, false, findings, &world.pack) != STATUS_OK)
		abort();
	findings_free(findings);
	return &world;
}

static bool has_code(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings_count(findings); i++)
		if (strcmp(findings_at(findings, i)->code, code) == 0)
			return true;
	return false;
}

static void compile(const struct buffer *skeleton, const struct findings *announced)
{
	const struct world *world = world_open();
	struct dialogue_source script = {"s.json", skeleton->data, skeleton->length};
	struct dialogue_sources sources = {
		.script = &script, .model = &world->model, .temperament = &world->temperament};
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;

	if (dialogue_compile(&sources, world->pack, false, findings, &dialogue) != STATUS_OK)
		for (size_t i = 0; i < findings_count(findings); i++) {
			const struct finding *finding = findings_at(findings, i);

			if (finding->severity == FINDING_WARNING ||
				(strcmp(finding->code, "D020") == 0 && has_code(announced, "T010")) ||
				(strcmp(finding->code, "D002") == 0 && has_code(announced, "T016")))
				continue;
			fprintf(stderr, "%s %s: %s\n%s\n", finding->code, finding->path, finding->reason,
				skeleton->data);
			abort();
		}
	dialogue_release(dialogue);
	findings_free(findings);
}

/* Compiling takes twenty times as long as importing. */
static void check(const struct buffer *skeleton, size_t size, const struct findings *findings)
{
	struct buffer out = {0};

	if (format_json(skeleton->data, skeleton->length, &out, NULL) != STATUS_OK ||
		strcmp(out.data, skeleton->data) != 0)
		abort();
	if (size % 8 == 0)
		compile(skeleton, findings);
	buffer_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct findings *findings = findings_new();
	struct buffer out = {0};

	if (twee_import("s.twee", (const char *)data, size, NULL, &out, findings, NULL) == STATUS_OK)
		check(&out, size, findings);
	for (size_t i = 0; i < findings_count(findings); i++)
		if (!utf8_valid(findings_at(findings, i)->reason, strlen(findings_at(findings, i)->reason)))
			abort();
	buffer_clear(&out);
	findings_free(findings);
	return 0;
}
