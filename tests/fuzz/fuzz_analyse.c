/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a language pack (when they begin with a brace), which then labels a few messages, or as a conversation for
 * the English pack: what the trainee typed, then what the coachee and the trainee said before, with a separator between.
 * The same labels have to come from explaining as from analysing. */
#include "askwell/file.h"
#include "askwell/technique.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "../unit/hostile.h"

#define NEXT_LINE "\x1e"
#define PACK_MAX ((size_t)1 << 20)

struct world {
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct technique_words *words;
	struct arena *arena;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

static void must(bool condition)
{
	if (!condition)
		abort();
}

static const struct world *world_open(void)
{
	static struct world world;
	static const char *const words[] = {"work", "tire*", "worn out", "don't"};
	if (world.pack != NULL)
		return &world;
	struct findings *findings = findings_new();
	struct buffer text = {0};
	must(file_read(SOURCE_DIR "/dialogues/techniques/en.json", PACK_MAX, &text, NULL) == STATUS_OK);
	must(technique_pack_compile("en.json", text.data, text.length, false, findings, &world.pack) == STATUS_OK);
	must(technique_words_compile(words, sizeof words / sizeof words[0], NULL, &world.words, NULL) == STATUS_OK);
	world.scratch = technique_scratch_new();
	world.arena = arena_new(0);
	findings_free(findings);
	buffer_clear(&text);
	return &world;
}

/* A hostile piece instead of a change of bytes, every fourth time. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
	const char *piece = hostile[seed / 4 % (sizeof hostile / sizeof hostile[0])];
	size_t times = 1 + seed / 512 % 64;
	if (seed % 4 != 0)
		return LLVMFuzzerMutate(data, size, most);
	if (seed % 64 == 0)
		piece = NEXT_LINE;
	size_t length = strlen(piece);
	for (size_t i = 0; i < times && size + length <= most; i++) {
		memcpy(data + size, piece, length);
		size += length;
	}
	return size;
}

static void check_span(const struct technique_span *span, size_t length)
{
	must(span->start <= span->end && span->end <= length);
}

static void check(const struct technique_analysis *analysis, size_t length)
{
	must(analysis->label_count > 0 && analysis->primary >= analysis->labels &&
		analysis->primary < analysis->labels + analysis->label_count);
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];
		check_span(&label->span, length);
		must(label->cue.start >= label->span.start && label->cue.end <= label->span.end);
		must(label->cue.start < label->cue.end && label->rule != NULL && label->reason != NULL);
	}
	for (size_t i = 0; i < analysis->flag_count; i++)
		check_span(&analysis->flags[i].span, length);
	for (size_t i = 0; i < analysis->picked_up_count; i++)
		check_span(&analysis->picked_up[i], length);
}

static void check_explained(const struct technique_pack *pack, const struct world *world, const char *text,
	size_t length, const struct technique_context *context, const struct technique_analysis *known)
{
	struct technique_analysis analysis;
	struct technique_explanation explanation;
	must(technique_explain(pack, world->scratch, text, length, context, world->arena, &analysis, &explanation) ==
		STATUS_OK);
	must(analysis.label_count == known->label_count);
	must(explanation.sentence_count == 0 || known->safety == NULL);
	for (size_t i = 0; i < known->label_count; i++)
		must(analysis.labels[i].technique == known->labels[i].technique);
	for (size_t i = 0; i < explanation.sentence_count; i++) {
		const struct technique_sentence *sentence = &explanation.sentences[i];
		const struct technique_label *label = sentence->label;
		check_span(&sentence->span, length);
		if (label != NULL && sentence->rule == NULL && label->span.start == sentence->span.start &&
			label->span.end == sentence->span.end)
			must(label->technique == sentence->winner && label->runner_up == sentence->runner_up);
		for (size_t j = 0; j < sentence->trial_count; j++)
			check_span(&sentence->trials[j].words, length);
	}
}

static const char *take_line(char **rest, size_t *length)
{
	const char *line = *rest != NULL ? strsep(rest, NEXT_LINE) : NULL;
	*length = line != NULL ? strlen(line) : 0;
	return line;
}

static void talk(const struct world *world, char *input, unsigned flags)
{
	struct technique_context context = {.mode = flags & 1 ? TECHNIQUE_MENTORING : TECHNIQUE_COACHING,
		.permission_open = flags & 2,
		.question_streak = flags >> 2};
	struct technique_analysis analysis;
	struct technique_span span;
	struct buffer out = {0};
	size_t length;
	const char *text = take_line(&input, &length);
	context.coachee = take_line(&input, &context.coachee_length);
	context.previous = take_line(&input, &context.previous_length);
	enum status status =
		technique_analyse(world->pack, world->scratch, text, length, &context, world->arena, &analysis);
	if (status == STATUS_OK) {
		check(&analysis, length);
		check_explained(world->pack, world, text, length, &context, &analysis);
	} else {
		must(length > TECHNIQUE_TEXT_MAX || !utf8_valid(text, length) || utf8_blank(text, length));
	}
	if (utf8_valid(text, length) && technique_words_find(world->words, world->scratch, text, length, &span))
		must(span.start < span.end && span.end <= length);
	if (technique_mask(world->pack, world->scratch, text, length, &out) == 0)
		must(out.length == length && memcmp(out.data != NULL ? out.data : "", text, length) == 0);
	must(utf8_valid(out.data != NULL ? out.data : "", out.length) == utf8_valid(text, length));
	buffer_clear(&out);
	arena_reset(world->arena);
}

static void label_with(const struct world *world, const struct technique_pack *pack)
{
	static const char *const texts[] = {"Apple? Well, you should apple a ripe plum. No apples for my fig.",
		"So you have an apple. What else?", "caf\xc3\xa9 plum \xf0\x9f\x99\x82 apple fig"};
	struct technique_context context = {.coachee = "An apple?", .coachee_length = 9};
	struct technique_tally *tally = technique_tally_new(pack);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct technique_analysis analysis;
		size_t length = strlen(texts[i]);
		must(technique_analyse(pack, world->scratch, texts[i], length, &context, world->arena, &analysis) ==
			STATUS_OK);
		check(&analysis, length);
		check_explained(pack, world, texts[i], length, &context, &analysis);
		must(technique_tally_add(tally, world->scratch, texts[i], length, &context) == STATUS_OK);
		context.mode = TECHNIQUE_MENTORING;
		arena_reset(world->arena);
	}
	technique_tally_free(tally);
}

static void read_pack(const struct world *world, const char *text, size_t length)
{
	struct findings *findings = findings_new();
	struct technique_pack *pack = NULL;
	enum status status = technique_pack_compile("fuzz.json", text, length, length % 2, findings, &pack);
	must((status == STATUS_OK) == (pack != NULL) && (pack == NULL) == (findings_errors(findings) > 0));
	if (pack != NULL)
		label_with(world, pack);
	technique_pack_release(pack);
	findings_free(findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct world *world = world_open();
	if (size == 0)
		return 0;
	char *text = malloc(size + 1);
	must(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	if (text[0] == '{')
		read_pack(world, text, size);
	else
		talk(world, text + 1, (unsigned char)text[0]);
	free(text);
	return 0;
}
