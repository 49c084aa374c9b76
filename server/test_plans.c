/* SPDX-License-Identifier: Apache-2.0 */
/* The plans of the verb test. */
#include "print_coverage.h"
#include "verb_test.h"

#include "askwell/file.h"
#include "askwell/memory.h"
#include "askwell/plan.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the plans of one case came to. */
struct tally {
	const struct dialogue *dialogue;
	struct coverage *coverage;
	size_t plans, passed;
};

struct plans {
	struct test *test;
	struct tally *tallies; /* one a case of the library, made when it is wanted */
	struct technique_scratch *scratch;
	struct arena *arena; /* one plan */
	size_t plans, passed;
	struct error *error;
};

static struct tally *tally_at(struct plans *plans, size_t index)
{
	struct tally *tally = &plans->tallies[index];

	if (!tally->dialogue && (tally->dialogue = library_at(plans->test->library, index)))
		tally->coverage = coverage_new(tally->dialogue);
	return tally->dialogue ? tally : NULL;
}

static struct tally *tally_of(struct plans *plans, const char *id)
{
	for (size_t i = 0; i < library_count(plans->test->library); i++)
		if (strcmp(library_id_at(plans->test->library, i), id) == 0)
			return tally_at(plans, i);
	return NULL;
}

static void print_findings(
	struct test *test, const char *path, const struct plan *plan, const struct findings *findings)
{
	if (test->json) {
		json_out_object(&test->json_out);
		json_out_put_text(&test->json_out, "file", path);
		json_out_put_text(&test->json_out, "case", plan->dialogue);
		json_out_put_boolean(&test->json_out, "passed", findings_errors(findings) == 0);
		json_out_key(&test->json_out, "findings");
		json_out_array(&test->json_out);
	}
	for (size_t i = 0; i < findings_count(findings); i++) {
		struct buffer one = {0};

		if (test->json)
			finding_json(findings_at(findings, i), &one);
		else
			finding_print(findings_at(findings, i), &test->out);
		if (test->json)
			json_out_raw(&test->json_out, one.data, one.length);
		buffer_clear(&one);
	}
	if (test->json) {
		json_out_array_end(&test->json_out);
		json_out_object_end(&test->json_out);
	}
}

static void cover(struct coverage *coverage, const struct dialogue *dialogue, const struct plan *plan,
	const struct plan_result *result)
{
	struct engine_run *start = NULL;

	if (engine_start_at(dialogue, plan->seed, &plan->scene, &start, NULL) == STATUS_OK)
		coverage_begin(coverage, engine_state(dialogue, start));
	engine_free(start);
	for (size_t i = 0; i < result->count; i++)
		if (result->turns[i].reply.state)
			coverage_add(coverage, &result->turns[i].reply);
}

static bool ask(const char *path)
{
	char answer[16] = "";

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	printf("Write this to %s? [y/N] ", path);
	fflush(stdout);
	return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* True when everything that failed was replaced and written. */
static bool update(struct plans *plans, const struct dialogue_source *source, const struct plan *plan,
	const struct plan_result *result)
{
	struct test *test = plans->test;
	struct buffer text = {0};
	struct error error = {0};
	size_t replaced = plan_update(source, plan, result, &text);
	bool written = false;

	if (replaced > 0) {
		plan_diff(source->file, source->text, text.data, &test->out);
		test_flush(test);
		written = (test->write || ask(source->file)) &&
			  file_replace(source->file, text.data, text.length, &error) == STATUS_OK;
		if (error.status)
			fprintf(stderr, "askwell: %s\n", error.text);
		else if (!written && !test->write)
			fputs("(Not written: --write does.)\n", stdout);
	}
	buffer_clear(&text);
	return written && replaced == result->miss_count;
}

static void run_plan(struct plans *plans, const struct dialogue_source *source, bool named)
{
	struct test *test = plans->test;
	struct findings *findings = findings_new();
	struct plan plan;
	struct plan_result result = {0};
	struct tally *tally = NULL;
	bool sound = plan_read(source, plans->arena, findings, &plan) == STATUS_OK;
	bool passed;

	if (!named && plan.dialogue && !test_wants(test, plan.dialogue))
		goto out;
	tally = plan.dialogue ? tally_of(plans, plan.dialogue) : NULL;
	if (sound && !tally)
		plan_without_case(&plan, findings);
	if (sound && tally) {
		plan_run(&plan, tally->dialogue, plans->scratch, plans->arena, findings, &result);
		cover(tally->coverage, tally->dialogue, &plan, &result);
	}
	print_findings(test, source->file, &plan, findings);
	passed = findings_errors(findings) == 0;
	if (!passed && result.miss_count > 0 && test->update)
		passed = update(plans, source, &plan, &result) && result.miss_count == findings_errors(findings);
	plans->plans++;
	plans->passed += passed;
	if (tally) {
		tally->plans++;
		tally->passed += passed;
	}
out:
	findings_free(findings);
	arena_reset(plans->arena);
}

static enum status take_file(struct plans *plans, const char *path, bool named)
{
	struct buffer text = {0};
	/* One byte more than a plan may have, so that the reader is the one to say so. */
	enum status status = file_read(path, PLAN_SIZE_MAX + 1, &text, plans->error);

	if (status == STATUS_OK)
		run_plan(plans, &(struct dialogue_source){path, text.data ? text.data : "", text.length}, named);
	buffer_clear(&text);
	return status;
}

static enum status take_walked(void *user, const char *path, const char *relative)
{
	size_t length = strlen(relative);

	if (length < 5 || strcmp(relative + length - 5, ".plan") != 0)
		return STATUS_OK;
	return take_file(user, path, false);
}

static void print_tallies(struct plans *plans)
{
	struct test *test = plans->test;

	for (size_t i = 0; i < library_count(test->library); i++) {
		const char *id = library_id_at(test->library, i);
		const struct tally *tally = &plans->tallies[i];

		if (tally->plans == 0 && !(test->name_count > 0 && test_wants(test, id) && tally_at(plans, i)))
			continue;
		if (tally->plans == 0)
			buffer_format(&test->out,
				"%s: no plans yet; \"askwell play --record FILE.plan %s\" writes one\n", id, id);
		else
			buffer_format(&test->out, "%s: %zu of %zu plan%s passed\n", id, tally->passed, tally->plans,
				tally->plans == 1 ? "" : "s");
		if (test->coverage)
			print_coverage(tally->coverage, &test->out);
	}
	buffer_format(&test->out, "%zu plan%s: %zu passed, %zu failed\n", plans->plans, plans->plans == 1 ? "" : "s",
		plans->passed, plans->plans - plans->passed);
}

static void put_tallies(struct plans *plans)
{
	struct test *test = plans->test;
	struct json_out *json = &test->json_out;

	json_out_array_end(json);
	json_out_key(json, "cases");
	json_out_array(json);
	for (size_t i = 0; i < library_count(test->library); i++) {
		const struct tally *tally = &plans->tallies[i];

		if (tally->plans == 0)
			continue;
		json_out_object(json);
		json_out_put_text(json, "id", dialogue_info(tally->dialogue)->id);
		json_out_put_text(json, "hash", dialogue_hash(tally->dialogue));
		json_out_put_integer(json, "plans", (int64_t)tally->plans);
		json_out_put_integer(json, "passed", (int64_t)tally->passed);
		if (test->coverage)
			put_coverage(tally->coverage, json);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_put_boolean(json, "passed", plans->plans == plans->passed);
	json_out_object_end(json);
	buffer_char(&test->out, '\n');
}

/* tests/plans in the folder that holds the dialogues. */
static void plans_beside(const char *dialogues, char beside[PATH_MAX])
{
	char whole[PATH_MAX];
	const char *name = strrchr(dialogues, '/');
	size_t length;

	/* "." and ".." do not say which folder holds them. */
	if ((name ? name + 1 : dialogues)[0] == '.' && realpath(dialogues, whole))
		dialogues = whole;
	length = strlen(dialogues);
	while (length > 1 && dialogues[length - 1] == '/')
		length--;
	while (length > 0 && dialogues[length - 1] != '/')
		length--;
	snprintf(beside, PATH_MAX, "%.*stests/plans", (int)length, dialogues);
}

/* The folder, unless files were named and nothing else. */
static enum status take_all(struct plans *plans)
{
	struct test *test = plans->test;
	char beside[PATH_MAX];
	const char *folder = test->plans ? test->plans : beside;
	size_t files = 0;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < test->name_count && status == STATUS_OK; i++)
		if (!library_find(test->library, test->names[i])) {
			files++;
			status = take_file(plans, test->names[i], true);
		}
	if (status != STATUS_OK || (files > 0 && files == test->name_count))
		return status;
	plans_beside(test->dialogues, beside);
	if (!test->plans && access(beside, R_OK) != 0)
		return error_set(plans->error, STATUS_NOT_FOUND, "plans_not_found",
			"There are no plans in tests/plans beside %s. Say where they are with --plans.",
			test->dialogues);
	return file_walk(folder, take_walked, plans, plans->error);
}

enum status test_plans(struct test *test, bool *good, struct error *error)
{
	struct plans plans = {.test = test, .error = error};
	size_t count = library_count(test->library);
	enum status status;

	plans.tallies = memory_array(count, sizeof *plans.tallies);
	plans.scratch = technique_scratch_new();
	plans.arena = arena_new(256 * 1024);
	if (test->json) {
		json_out_object(&test->json_out);
		json_out_key(&test->json_out, "plans");
		json_out_array(&test->json_out);
	}
	status = take_all(&plans);
	if (status == STATUS_OK)
		(test->json ? put_tallies : print_tallies)(&plans);
	*good = plans.plans == plans.passed;
	for (size_t i = 0; i < count; i++)
		if (plans.tallies[i].dialogue)
			coverage_free(plans.tallies[i].coverage);
	free(plans.tallies);
	technique_scratch_free(plans.scratch);
	arena_free(plans.arena);
	return status;
}
