/* SPDX-License-Identifier: Apache-2.0 */
#include "verb_test.h"

#include "folders.h"
#include "options.h"
#include "verbs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char about[] =
	"Runs the plans (golden conversations) of the cases: each straight, again with the run saved and loaded\n"
	"between turns, and against a replay. What fails is printed as file:line with what came instead. CASE is\n"
	"the id of a case, or a .plan file; without any, every case is tested. Without --plans, the plans are\n"
	"those in tests/plans beside the dialogues folder.\n"
	"With --update, the values that failed are replaced by what came (remarks stay): the changes are shown, and\n"
	"written after a question, or at once with --write.\n"
	"With --coverage, the states, rules, disclosures and endings that no plan of the case reached are named.\n"
	"With --walks, no plans are run: each case holds N conversations with imagined trainees, the same ones for\n"
	"the same seed, and what a trainee should never meet is reported with its code. --walk shows one of them.\n"
	"Exit status: 0 all passed, 1 something failed, 2 wrong usage, 3 could not run.";

void test_flush(struct test *test)
{
	if (test->out.length > 0)
		(void)fwrite(test->out.data, 1, test->out.length, stdout);
	buffer_reset(&test->out);
}

bool test_wants(const struct test *test, const char *id)
{
	for (size_t i = 0; i < test->name_count; i++)
		if (strcmp(test->names[i], id) == 0)
			return true;
	return test->name_count == 0;
}

static bool is_plan(const char *name)
{
	size_t length = strlen(name);

	return length > 5 && strcmp(name + length - 5, ".plan") == 0;
}

/* A name that nothing answers to would pass silently. */
static enum status check_names(const struct test *test, struct error *error)
{
	for (size_t i = 0; i < test->name_count; i++) {
		const char *name = test->names[i];

		if (is_plan(name) && test->walks == 0 && test->walk == 0)
			continue;
		if (!library_find(test->library, name))
			return error_set(error, STATUS_NOT_FOUND, "case_not_found",
				"There is no case \"%s\" in service. \"askwell play\" lists them; \"askwell lint %s\" "
				"shows what is wrong with the others.",
				name, test->dialogues);
	}
	return STATUS_OK;
}

static enum status run_tests(struct test *test, bool *good, struct error *error)
{
	const struct library_options options = {.on_demand = test->name_count > 0};
	enum status status = library_load(test->dialogues, &options, NULL, &test->library, error);

	if (status == STATUS_OK)
		status = check_names(test, error);
	if (status == STATUS_OK)
		status = test->walk > 0    ? test_walk(test, error)
			 : test->walks > 0 ? test_walks(test, good, error)
					   : test_plans(test, good, error);
	return status;
}

int verb_test(int argc, char **argv)
{
	struct test test = {.dialogues = folders_dialogues(), .seed = 1, .names = argv};
	struct error error = {0};
	bool good = true;
	const struct option options[] = {
		{"plans", OPTION_TEXT, &test.plans, 0, 0, "FOLDER", "where the plans are, folders within included"},
		{"update", OPTION_SWITCH, &test.update, 0, 0, NULL, "show plans with what came instead of what failed"},
		{"write", OPTION_SWITCH, &test.write, 0, 0, NULL, "with --update: write them without asking"},
		{"coverage", OPTION_SWITCH, &test.coverage, 0, 0, NULL, "name what was never reached"},
		{"walks", OPTION_NUMBER, &test.walks, 1, 10000000, "N", "hold N conversations a case instead"},
		{"walk", OPTION_NUMBER, &test.walk, 1, 10000000, "N", "write walk N of the case down as a plan"},
		{"seed", OPTION_NUMBER, &test.seed, 1, 4000000000u, "NUMBER", "of the walks (1)"},
		{"json", OPTION_SWITCH, &test.json, 0, 0, NULL, "for programs: one JSON object"},
		{"dialogues", OPTION_TEXT, &test.dialogues, 0, 0, "FOLDER", "cases, models, temperaments, packs"},
	};
	const struct usage usage = {
		"askwell test [OPTIONS] [CASE...]", about, options, sizeof options / sizeof *options, 0, 10000};
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	if ((test.write && !test.update) || (test.update && (test.json || test.walks > 0))) {
		fputs("askwell: --write goes with --update, and --update with neither --json nor --walks.\n", stderr);
		return 2;
	}
	test.name_count = (size_t)result;
	json_out_init(&test.json_out, &test.out);
	status = run_tests(&test, &good, &error);
	if (status == STATUS_OK)
		test_flush(&test);
	library_release(test.library);
	buffer_clear(&test.out);
	if (status == STATUS_OK)
		return good ? 0 : 1;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
