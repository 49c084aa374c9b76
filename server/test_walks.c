/* SPDX-License-Identifier: Apache-2.0 */
/* The walks of the verb test. */
#include "print_coverage.h"
#include "verb_test.h"

#include "askwell/plan.h"
#include "askwell/walk.h"

#include <inttypes.h>

static double percent(uint64_t part, uint64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void print_kind(
	struct test *test, const struct dialogue_info *info, const struct walk_report *report, enum walk_kind kind)
{
	struct buffer *out = &test->out;

	if (report->walks[kind] == 0)
		return;
	buffer_format(out,
		"  %-12s %zu walks, %.1f messages each, %.1f%% answered anyhow; endings:", walk_kind_name(kind),
		report->walks[kind], (double)report->messages[kind] / (double)report->walks[kind],
		percent(report->fallbacks[kind], report->messages[kind]));
	for (size_t i = 0; i < info->ending_count; i++)
		buffer_format(out, "%s %s %.1f%%", i == 0 ? "" : ",", info->endings[i].id,
			percent(report->endings[kind][i], report->walks[kind]));
	buffer_char(out, '\n');
}

static void print_report(struct test *test, const struct dialogue *dialogue, const struct walk_report *report,
	const struct findings *findings)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	size_t errors = findings_errors(findings);

	for (size_t i = 0; i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &test->out);
	buffer_format(&test->out, "%s: %u walks, %zu error%s, %zu warning%s\n", info->id, test->walks, errors,
		errors == 1 ? "" : "s", findings_count(findings) - errors,
		findings_count(findings) - errors == 1 ? "" : "s");
	for (unsigned kind = 0; kind < WALK_KINDS; kind++)
		print_kind(test, info, report, (enum walk_kind)kind);
	if (report->most_repeated.text)
		buffer_format(&test->out, "  said again most often (%" PRIu64 " times, last by \"%s\"): %s\n",
			report->most_repeated.count, report->most_repeated.rule, report->most_repeated.text);
	if (test->coverage)
		print_coverage(report->coverage, &test->out);
}

static void put_kind(
	struct json_out *json, const struct dialogue_info *info, const struct walk_report *report, enum walk_kind kind)
{
	json_out_key(json, walk_kind_name(kind));
	json_out_object(json);
	json_out_put_integer(json, "walks", (int64_t)report->walks[kind]);
	json_out_put_integer(json, "messages", (int64_t)report->messages[kind]);
	json_out_put_integer(json, "answered_anyhow", (int64_t)report->fallbacks[kind]);
	json_out_put_integer(json, "ended_by_themselves", (int64_t)report->ended[kind]);
	json_out_key(json, "endings");
	json_out_object(json);
	for (size_t i = 0; i < info->ending_count; i++)
		json_out_put_integer(json, info->endings[i].id, (int64_t)report->endings[kind][i]);
	json_out_object_end(json);
	json_out_object_end(json);
}

static void put_report(struct test *test, const struct dialogue *dialogue, const struct walk_report *report,
	const struct findings *findings)
{
	const struct dialogue_info *info = dialogue_info(dialogue);
	struct json_out *json = &test->json_out;

	json_out_object(json);
	json_out_put_text(json, "id", info->id);
	json_out_put_text(json, "hash", dialogue_hash(dialogue));
	json_out_put_integer(json, "walks", test->walks);
	json_out_put_integer(json, "seed", test->seed);
	json_out_key(json, "trainees");
	json_out_object(json);
	for (unsigned kind = 0; kind < WALK_KINDS; kind++)
		put_kind(json, info, report, (enum walk_kind)kind);
	json_out_object_end(json);
	json_out_key(json, "most_repeated");
	json_out_object(json);
	json_out_put_text(json, "text", report->most_repeated.text);
	json_out_put_text(json, "rule", report->most_repeated.rule);
	json_out_put_integer(json, "count", (int64_t)report->most_repeated.count);
	json_out_object_end(json);
	put_coverage(report->coverage, json);
	json_out_key(json, "findings");
	json_out_array(json);
	for (size_t i = 0; i < findings_count(findings); i++) {
		struct buffer one = {0};

		finding_json(findings_at(findings, i), &one);
		json_out_raw(json, one.data, one.length);
		buffer_clear(&one);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

static bool walk_case(struct test *test, const struct dialogue *dialogue)
{
	const struct walk_options options = {.count = test->walks, .seed = test->seed};
	struct findings *findings = findings_new();
	struct arena *arena = arena_new(64 * 1024);
	struct walk_report report;
	bool good;

	walk_run(dialogue, &options, arena, findings, &report);
	findings_sort(findings);
	good = findings_errors(findings) == 0;
	(test->json ? put_report : print_report)(test, dialogue, &report, findings);
	coverage_free(report.coverage);
	findings_free(findings);
	arena_free(arena);
	return good;
}

enum status test_walks(struct test *test, bool *good, struct error *error)
{
	(void)error;
	if (test->json)
		json_out_array(&test->json_out);
	for (size_t i = 0; i < library_count(test->library); i++) {
		const struct dialogue *dialogue = library_at(test->library, i);

		if (!test_wants(test, dialogue_info(dialogue)->id))
			continue;
		*good = walk_case(test, dialogue) && *good;
		if (!test->json)
			test_flush(test);
	}
	if (test->json) {
		json_out_array_end(&test->json_out);
		buffer_char(&test->out, '\n');
	}
	return STATUS_OK;
}

enum status test_walk(struct test *test, struct error *error)
{
	const struct walk_options options = {.count = test->walk, .seed = test->seed};
	const struct dialogue *dialogue = test->name_count == 1 ? library_find(test->library, test->names[0]) : NULL;
	struct technique_scratch *scratch = technique_scratch_new();
	struct arena *arena = arena_new(64 * 1024);
	const struct turn *turns = NULL;
	struct replay replayed = {0};
	uint64_t seed = 0;
	size_t count = 0;
	enum status status = STATUS_OK;

	if (!dialogue) {
		status = error_set(error, STATUS_INVALID, "case_missing", "Name the one case whose walk it is.");
		goto out;
	}
	walk_turns(dialogue, &options, test->walk, arena, &turns, &count, &seed);
	status = replay(dialogue, scratch, seed, turns, count, arena, &replayed, error);
	if (status == STATUS_OK)
		plan_write(dialogue, seed, NULL, &replayed, &test->out);
out:
	engine_free(replayed.run);
	technique_scratch_free(scratch);
	arena_free(arena);
	return status;
}
