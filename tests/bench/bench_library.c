/* SPDX-License-Identifier: Apache-2.0 */
/* How long scripts take to load and check, and what they take of memory, in processor time; how long the engine takes for
 * a step. Nothing depends on the figures.
 *   bench_library [SCRIPTS]   how many generated scripts (10000), each with RULES rules */
#include "askwell/engine.h"
#include "askwell/file.h"
#include "askwell/inventory.h"
#include "askwell/library.h"
#include "askwell/memory.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RULES 60
#define TOPICS 20
#define STEPS 20000
#define LOADS 5

static double clock_us(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double now_us(void)
{
	return clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *samples, size_t count)
{
	qsort(samples, count, sizeof *samples, compare);
	return samples[count / 2];
}

static double megabytes(void)
{
	struct mallinfo2 info = mallinfo2();
	return (double)(info.uordblks + info.hblkhd) / 1e6;
}

enum loading { PLAIN, THOROUGH, ON_DEMAND, LOADINGS };

static struct library *load(const char *folder, enum loading how)
{
	const struct library_options options = {.thorough = how == THOROUGH, .on_demand = how == ON_DEMAND};
	struct library *library = NULL;
	struct error error = {0};
	if (library_load(folder, &options, NULL, &library, &error) != STATUS_OK) {
		fprintf(stderr, "%s\n", error.text);
		exit(1);
	}
	return library;
}

static struct dialogue_sources sources_of(const struct dialogue *dialogue)
{
	struct dialogue_sources sources = {dialogue_source_at(dialogue, 0), dialogue_source_at(dialogue, 1),
		dialogue_source_at(dialogue, 2), {NULL}, 0, NULL, NULL};
	unsigned index = 3;
	while (dialogue_source_at(dialogue, index) != NULL)
		index++;
	if (dialogue_info(dialogue)->contrast != NULL)
		sources.contrast = dialogue_source_at(dialogue, --index);
	for (unsigned i = 3; i < index; i++)
		sources.fragments[sources.fragment_count++] = dialogue_source_at(dialogue, i);
	return sources;
}

/* The scripts alone, with the pack at hand: what an edit costs. */
static void measure_scripts(const struct library *library)
{
	struct findings *findings = findings_new();
	struct dialogue_cache *cache = dialogue_cache_new();
	double plain = 0, thorough = 0;
	for (size_t i = 0; i < library_count(library); i++) {
		const struct dialogue *before = library_at(library, i);
		struct dialogue_sources sources = sources_of(before);
		sources.cache = cache;
		for (int check = 0; check < 2; check++) {
			struct dialogue *again = NULL;
			double from = now_us();
			if (dialogue_compile(&sources, dialogue_pack(before), check == 1, findings, &again) !=
				STATUS_OK)
				fprintf(stderr, "%s does not compile\n", dialogue_info(before)->id);
			*(check == 1 ? &thorough : &plain) += now_us() - from;
			dialogue_release(again);
		}
	}
	printf("%zu scripts, compiled                     %8.1f ms\n", library_count(library), plain / 1e3);
	printf("%zu scripts, compiled and all checked     %8.1f ms\n", library_count(library), thorough / 1e3);
	dialogue_cache_free(cache);
	findings_free(findings);
}

static void measure_library(const char *folder)
{
	static const char *const names[] = {"library loaded (scripts, packs)     ",
		"library loaded and all checked      ", "library checked before, on demand   "};
	for (enum loading how = PLAIN; how < LOADINGS; how++) {
		double used[LOADS], waited[LOADS];
		for (int i = 0; i < LOADS; i++) {
			double from = now_us(), since = clock_us(CLOCK_MONOTONIC);
			const struct library *library = load(folder, how);
			waited[i] = (clock_us(CLOCK_MONOTONIC) - since) / 1e3;
			used[i] = (now_us() - from) / 1e3;
			library_release(library);
		}
		printf("%s      %8.1f ms, waited for %.1f ms\n", names[how], median(used, LOADS),
			median(waited, LOADS));
	}
}

/* What whoever is the first to ask for a case waits for. */
static void measure_demand(const char *folder)
{
	const struct library *library = load(folder, ON_DEMAND);
	double first = 0, most = 0, sum = 0;
	size_t count = library_count(library);
	for (size_t i = 0; i < count; i++) {
		double from = now_us();
		if (library_at(library, i) == NULL)
			fprintf(stderr, "%s does not compile\n", library_id_at(library, i));
		double used = (now_us() - from) / 1e3;
		first = i == 0 ? used : first;
		most = used > most ? used : most;
		sum += used;
	}
	printf("a case on demand                    %8.1f ms on average, the longest %.1f, the first (with its pack) "
	       "%.1f\n",
		count > 0 ? sum / (double)count : 0, most, first);
	library_release(library);
}

static void add_topic(struct buffer *out, unsigned script, unsigned i)
{
	buffer_format(out,
		"%s{ \"id\": \"t%u\", \"name\": \"matter %u\", \"words\": [\"matter%u\", \"thing%ux%u\", \"the side of "
		"%u\"], "
		"\"ask\": \"What is it about matter %u?\", \"again\": [\"That again.\", \"As I said.\", \"I told "
		"you.\"] }",
		i == 0 ? "" : ",\n", i, i, i, script, i, i, i);
}

static void add_disclosure(struct buffer *out, unsigned script, unsigned i)
{
	buffer_format(out,
		"%s{ \"id\": \"d%u\", \"topic\": \"t%u\", \"depth\": %u, \"client\": [\"Here is matter %u of person "
		"%u, told "
		"in a sentence.\", \"Another day, matter %u of person %u would be told like this.\"], \"reflect\": "
		"\"So it is %u.\" }",
		i == 0 ? "" : ",\n", i, i, i % 4 + 1, i, script, i, script, i);
}

static void add_rule(struct buffer *out, unsigned script, unsigned i)
{
	static const char *const techniques[] = {
		"open_question", "closed_question", "advice_direct", "empathy", "summary"};
	buffer_format(out,
		"%s{ \"id\": \"r%u\", \"when\": { \"technique\": \"%s\", \"topic\": \"t%u\", \"variables\": { "
		"\"trust\": { "
		"\"at_least\": %u } } }, \"client\": [\"Rule %u of %u says this, and no more.\", \"Rule %u says "
		"that.\", "
		"\"Rule %u is silent about it.\"], \"set\": { \"trust\": 1 } }",
		i == 0 ? "" : ",\n", i, techniques[i % 5], i % TOPICS, i % 5, i, script, i, i);
}

/* A plain case of some 40 KB. */
static void generate(struct buffer *out, unsigned script)
{
	buffer_reset(out);
	buffer_format(out,
		"{ \"kind\": \"dialogue\", \"format\": 1, \"id\": \"made_%u\", \"title\": \"Made %u\", \"language\": "
		"\"en\",\n"
		"\"mode\": \"coaching\", \"model\": \"grow\", \"temperament\": \"guarded\", \"minutes\": 10, "
		"\"level\": \"developing\",\n"
		"\"content_note\": null, \"skills\": [\"open_question\"], \"character\": { \"name\": \"Nobody\", "
		"\"role\": \"made\" },\n"
		"\"brief\": { \"situation\": \"Made.\", \"your_role\": \"Coach.\", \"aim\": \"None.\" }, \"opening\": "
		"[\"Well.\"],\n"
		"\"variables\": { \"trust\": { \"label\": \"Trust\", \"start\": 2, \"min\": 0, \"max\": 5 }, "
		"\"ownership\": { \"label\": "
		"\"O\", \"start\": 1, \"min\": 0, \"max\": 5 }, \"depth\": { \"label\": \"D\", \"start\": 0, \"min\": "
		"0, \"max\": 5 }, "
		"\"guarded\": { \"label\": \"G\", \"start\": 0, \"min\": 0, \"max\": 3 } },\n\"topics\": [",
		script, script);
	for (unsigned i = 0; i < TOPICS; i++)
		add_topic(out, script, i);
	buffer_text(out, "],\n\"disclosures\": [");
	for (unsigned i = 0; i < TOPICS; i++)
		add_disclosure(out, script, i);
	buffer_text(out, "],\n\"stages\": [{ \"stage\": \"goal\", \"states\": [{ \"id\": \"here\" }] }, { \"stage\": "
			 "\"reality\", \"states\": "
			 "[{ \"id\": \"there\" }] }],\n\"start\": \"here\", \"rules\": [");
	for (unsigned i = 0; i < RULES; i++)
		add_rule(out, script, i);
	buffer_text(out, "],\n\"endings\": [{ \"id\": \"end\", \"title\": \"End\", \"client\": [\"Bye.\"], "
			 "\"debrief\": \"Done.\" }],\n"
			 "\"fallback\": { \"client\": [\"Hm.\", \"Well.\", \"Yes?\"] } }\n");
}

static void measure_generated(const struct library *library, unsigned count)
{
	const struct dialogue *model = library_find(library, "career_plateau");
	struct dialogue_sources sources = sources_of(model);
	struct dialogue **made = memory_array(count, sizeof *made);
	struct findings *findings = findings_new();
	struct buffer text = {0};
	double bytes = 0, before = megabytes(), spent = 0;
	unsigned compiled = 0;
	sources.fragment_count = 0;
	sources.cache = dialogue_cache_new();
	for (unsigned i = 0; i < count; i++) {
		generate(&text, i);
		struct dialogue_source source = {"made.json", text.data, text.length};
		double from = now_us();
		sources.script = &source;
		compiled += dialogue_compile(&sources, dialogue_pack(model), true, findings, &made[i]) == STATUS_OK;
		spent += now_us() - from;
		bytes += (double)text.length;
		if (findings_count(findings) > 1000) {
			findings_free(findings);
			findings = findings_new();
		}
	}
	double held = megabytes() - before;
	size_t rules = 0;
	for (unsigned i = 0; i < count; i++)
		rules += made[i] != NULL ? inventory_rule_count(made[i]) : 0;
	printf("%u generated scripts of %u rules (%.0f MB)  %6.1f s, %u compiled and checked\n", count, RULES,
		bytes / 1e6, spent / 1e6, compiled);
	printf("memory a rule, everything of the scripts included %.2f KB (%zu rules, the temperament's among them)\n",
		held * 1e3 / (double)rules, rules);
	for (unsigned i = 0; i < count; i++)
		dialogue_release(made[i]);
	dialogue_cache_free(sources.cache);
	free(made);
	findings_free(findings);
	buffer_clear(&text);
}

static const char *const messages[] = {"What matters most to you in this?", "So you have done it for years.",
	"That sounds hard.", "You should talk to your manager.", "Is it the money?", "Go on.",
	"From 0 to 10, how sure are you?", "Have you tried asking for help?", "Why is that?",
	"The thing with the rota.", "What would you like to be different?", "Sorry, I jumped in."};

static double step_us(const struct dialogue *dialogue)
{
	static double samples[STEPS];
	struct technique_scratch *scratch = technique_scratch_new();
	struct arena *arena = arena_new(0);
	struct engine_run *run = engine_start(dialogue, 1);
	for (unsigned i = 0; i < STEPS; i++) {
		const char *text = messages[i % (sizeof messages / sizeof messages[0])];
		struct technique_context context;
		struct technique_analysis analysis;
		struct engine_reply reply;
		struct engine_run *after = NULL;
		if (engine_ended(run)) {
			engine_free(run);
			run = engine_start(dialogue, i);
		}
		arena_reset(arena);
		engine_context(dialogue, run, arena, &context);
		if (technique_analyse(dialogue_pack(dialogue), scratch, text, strlen(text), &context, arena,
			    &analysis) != STATUS_OK)
			continue;
		double from = clock_us(CLOCK_MONOTONIC); /* that of the processor takes a twentieth of a step to read */
		enum status status =
			engine_step(dialogue, run, &analysis, text, strlen(text), scratch, arena, &after, &reply);
		samples[i] = clock_us(CLOCK_MONOTONIC) - from;
		if (status != STATUS_OK)
			fprintf(stderr, "a step failed\n");
		engine_free(run);
		run = after;
	}
	engine_free(run);
	arena_free(arena);
	technique_scratch_free(scratch);
	return median(samples, STEPS);
}

static void measure_steps(const struct library *library)
{
	double least = 1e9, most = 0;
	const char *slowest = "";
	for (size_t i = 0; i < library_count(library); i++) {
		double us = step_us(library_at(library, i));
		if (us > most)
			slowest = dialogue_info(library_at(library, i))->id;
		most = us > most ? us : most;
		least = us < least ? us : least;
	}
	printf("an engine step, median, over all scripts    %8.2f to %.2f us (%s)\n", least, most, slowest);
}

int main(int argc, char **argv)
{
	unsigned count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 10000;
	struct library *library = load(SOURCE_DIR "/dialogues", PLAIN);
	measure_library(SOURCE_DIR "/dialogues");
	measure_demand(SOURCE_DIR "/dialogues");
	measure_scripts(library);
	measure_steps(library);
	measure_generated(library, count);
	library_release(library);
	return 0;
}
