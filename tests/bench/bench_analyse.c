/* SPDX-License-Identifier: Apache-2.0 */
/* How long the analyser takes, in processor time: an ordinary message, a long one, the worst of the hostile ones, and
 * compiling the pack.
 *   bench_analyse [PACK [HOSTILE [MOST]]]   HOSTILE: a file with a piece a line, each repeated to 4,000 characters;
 *                                           MOST: microseconds that none of them may take (exit status 1)
 * BENCH_EACH=1 prints every hostile piece with its time. */
#include "askwell/buffer.h"
#include "askwell/file.h"
#include "askwell/technique.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../unit/hostile.h"

#define ROUNDS 20000
#define LONG_ROUNDS 4000
#define HOSTILE_ROUNDS 5
#define ORDINARY_CHARACTERS 100
#define LONG_CHARACTERS 1000

static const char *const sentences[] = {"What matters most to you in this, now that the year is over?",
	"So you have done the rota for twenty years, and nobody said a word.", "That sounds exhausting.",
	"Have you tried making a list of what has to be done before Friday?", "Part of you wants the post.",
	"How did that meeting leave you when you came home in the evening?", "You should talk to your manager.",
	"When you say stuck, what is that like on an ordinary Monday?", "I see. Go on.",
	"From 0 to 10, how confident are you that it will last?", "The brother of my neighbour keeps bees."};
static const char coachee[] = "I do the rota every Sunday evening, and my manager never asks how long it takes.";

struct bench {
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct arena *arena;
	char text[TECHNIQUE_TEXT_MAX + 1];
	size_t length;
	double samples[ROUNDS];
};

static double now_us(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double per_cent(struct bench *bench, size_t count, double share)
{
	qsort(bench->samples, count, sizeof bench->samples[0], compare);
	return bench->samples[(size_t)((double)(count - 1) * share)];
}

static double analyse_us(struct bench *bench)
{
	struct technique_context context = {.coachee = coachee, .coachee_length = sizeof coachee - 1};
	struct technique_analysis analysis;
	double start = now_us();
	enum status status = technique_analyse(
		bench->pack, bench->scratch, bench->text, bench->length, &context, bench->arena, &analysis);
	double took = now_us() - start;
	/* Blank text is refused, which takes its time too. */
	if (status != STATUS_OK && status != STATUS_INVALID)
		abort();
	arena_reset(bench->arena);
	return took;
}

static void compose(struct bench *bench, size_t characters, size_t from)
{
	bench->length = 0;
	while (bench->length < characters) {
		const char *sentence = sentences[from++ % (sizeof sentences / sizeof sentences[0])];
		size_t length = strlen(sentence);
		memcpy(bench->text + bench->length, sentence, length);
		bench->length += length;
		bench->text[bench->length++] = ' ';
	}
	bench->length = characters;
}

static void measure(struct bench *bench, const char *what, size_t characters, size_t rounds)
{
	for (size_t i = 0; i < rounds; i++) {
		compose(bench, characters, i);
		bench->samples[i] = analyse_us(bench);
	}
	double median = per_cent(bench, rounds, 0.5);
	printf("%-44s median %8.1f us   p99 %8.1f us\n", what, median, per_cent(bench, rounds, 0.99));
}

static void repeat(struct bench *bench, const char *piece, size_t length)
{
	size_t characters = 0;
	bench->length = 0;
	while (characters < HOSTILE_CHARACTERS && bench->length + length <= TECHNIQUE_TEXT_MAX) {
		memcpy(bench->text + bench->length, piece, length);
		bench->length += length;
		for (size_t i = 0; i < length; i++)
			characters += ((unsigned char)piece[i] & 0xC0) != 0x80;
	}
}

struct worst {
	double took;
	char piece[HOSTILE_CHARACTERS + 1];
	size_t pieces;
};

/* The least of a few rounds: what the text costs, not what else the machine did meanwhile. */
static void try_hostile(struct bench *bench, struct worst *worst, const char *piece, size_t length)
{
	if (length == 0 || length >= sizeof worst->piece)
		return;
	repeat(bench, piece, length);
	for (size_t j = 0; j < HOSTILE_ROUNDS; j++)
		bench->samples[j] = analyse_us(bench);
	double took = per_cent(bench, HOSTILE_ROUNDS, 0);
	if (getenv("BENCH_EACH") != NULL)
		printf("%10.1f\t%.*s\n", took, (int)length, piece);
	worst->pieces++;
	if (took <= worst->took)
		return;
	worst->took = took;
	memcpy(worst->piece, piece, length);
	worst->piece[length] = '\0';
}

static double measure_hostile(struct bench *bench, const struct buffer *corpus)
{
	static struct worst worst;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
		try_hostile(bench, &worst, hostile[i], strlen(hostile[i]));
	for (size_t at = 0; at < corpus->length;) {
		size_t length = strcspn(corpus->data + at, "\n");
		if (corpus->data[at] != '#')
			try_hostile(bench, &worst, corpus->data + at, length);
		at += length + 1;
	}
	printf("%-44s worst  %8.1f us   of %zu, repeating \"%.60s\"\n", "hostile message of 4,000 characters",
		worst.took, worst.pieces, worst.piece);
	return worst.took;
}

static void measure_masks(struct bench *bench)
{
	struct buffer out = {0};
	for (size_t i = 0; i < LONG_ROUNDS; i++) {
		compose(bench, ORDINARY_CHARACTERS, i);
		double start = now_us();
		(void)technique_mask(bench->pack, bench->scratch, bench->text, bench->length, &out);
		bench->samples[i] = now_us() - start;
		buffer_reset(&out);
	}
	double median = per_cent(bench, LONG_ROUNDS, 0.5);
	printf("%-44s median %8.1f us   p99 %8.1f us\n", "hiding personal data, 100 characters", median,
		per_cent(bench, LONG_ROUNDS, 0.99));
	buffer_clear(&out);
}

static bool open_pack(struct bench *bench, const char *path)
{
	struct findings *findings = findings_new();
	struct buffer text = {0};
	struct error error = {0};
	double start = 0;
	if (file_read(path, (size_t)1 << 20, &text, &error) == STATUS_OK) {
		start = now_us();
		if (technique_pack_compile(path, text.data, text.length, false, findings, &bench->pack) != STATUS_OK)
			(void)error_set(&error, STATUS_INVALID, "pack", "%s does not compile; lint says why", path);
	}
	if (bench->pack != NULL)
		printf("%-44s        %8.1f ms\n", "compiling the pack", (now_us() - start) / 1e3);
	else
		(void)fprintf(stderr, "bench_analyse: %s\n", error.text);
	findings_free(findings);
	buffer_clear(&text);
	return bench->pack != NULL;
}

int main(int count, char **arguments)
{
	static struct bench bench;
	struct buffer corpus = {0};
	struct error error = {0};
	const char *hostile_file = count > 2 ? arguments[2] : SOURCE_DIR "/tests/fuzz/hostile.txt";
	double most = count > 3 ? strtod(arguments[3], NULL) : 0;
	if (file_read(hostile_file, (size_t)1 << 20, &corpus, &error) != STATUS_OK) {
		(void)fprintf(stderr, "bench_analyse: %s\n", error.text);
		return 1;
	}
	if (!open_pack(&bench, count > 1 ? arguments[1] : SOURCE_DIR "/dialogues/techniques/en.json"))
		return 1;
	bench.scratch = technique_scratch_new();
	bench.arena = arena_new(0);
	measure(&bench, "message of 100 characters", ORDINARY_CHARACTERS, ROUNDS);
	measure(&bench, "message of 1,000 characters", LONG_CHARACTERS, LONG_ROUNDS);
	double worst = measure_hostile(&bench, &corpus);
	measure_masks(&bench);
	technique_scratch_free(bench.scratch);
	arena_free(bench.arena);
	technique_pack_release(bench.pack);
	buffer_clear(&corpus);
	if (most > 0 && worst > most)
		(void)fprintf(
			stderr, "bench_analyse: a hostile message took %.1f us, and %.1f is the most\n", worst, most);
	return most > 0 && worst > most;
}
