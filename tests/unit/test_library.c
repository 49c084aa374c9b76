/* SPDX-License-Identifier: Apache-2.0 */
/* The dialogues folder under change: a copy of the shipped one with few cases, edited as a trainer would. */
#include "unit.h"

#include "askwell/file.h"
#include "askwell/library.h"
#include "askwell/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
	char path[64];
	char *files[160];
	size_t count;
};

static const struct library_options quick = {.thorough = false};

static void make_parents(const char *folder, const char *relative)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, relative);
	for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		(void)mkdir(path, 0700);
		*slash = '/';
	}
}

static void write_file(struct folder *folder, const char *relative, const char *text, size_t length)
{
	char path[256];
	FILE *file;

	make_parents(folder->path, relative);
	snprintf(path, sizeof path, "%s/%s", folder->path, relative);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	for (size_t i = 0; i < folder->count; i++)
		if (strcmp(folder->files[i], path) == 0)
			return;
	assert_true(folder->count < COUNT(folder->files));
	folder->files[folder->count++] = memory_text(path);
}

/* The cases that the tests name, and all that cases are made of; that every case loads is for the plans to show. */
static bool belongs(const char *relative)
{
	return (strncmp(relative, "coaching/", 9) != 0 && strncmp(relative, "mentoring/", 10) != 0 &&
		       strncmp(relative, "contrast/", 9) != 0) ||
	       strstr(relative, "career_plateau") || strstr(relative, "stuck_manager");
}

static enum status copy_file(void *user, const char *path, const char *relative)
{
	struct buffer text = {0};
	struct error error = {0};
	enum status status;

	if (!belongs(relative))
		return STATUS_OK;
	status = file_read(path, 2 << 20, &text, &error);
	if (status == STATUS_OK)
		write_file(user, relative, text.data ? text.data : "", text.length);
	buffer_clear(&text);
	return status;
}

static int set_up(void **state)
{
	struct folder *folder = memory_new(sizeof *folder);
	struct error error = {0};

	snprintf(folder->path, sizeof folder->path, "/tmp/askwell-library-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	assert_int_equal(file_walk(SOURCE_DIR "/dialogues", copy_file, folder, &error), STATUS_OK);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const folders[] = {"models", "techniques", "temperaments", "programmes", "coaching",
		"mentoring", "contrast", "drills", "fragments", "schema"};
	struct folder *folder = *state;
	char path[256];

	for (size_t i = 0; i < folder->count; i++) {
		unlink(folder->files[i]);
		free(folder->files[i]);
	}
	for (size_t i = 0; i < COUNT(folders); i++) {
		snprintf(path, sizeof path, "%s/%s", folder->path, folders[i]);
		rmdir(path);
	}
	rmdir(folder->path);
	free(folder);
	return 0;
}

static struct library *load(const struct folder *folder, const struct library *previous)
{
	struct library *library = NULL;
	struct error error = {0};

	if (library_load(folder->path, &quick, previous, &library, &error) != STATUS_OK)
		fail_msg("%s", error.text);
	return library;
}

static struct library *load_on_demand(const struct folder *folder)
{
	const struct library_options options = {.on_demand = true};
	struct library *library = NULL;
	struct error error = {0};

	if (library_load(folder->path, &options, NULL, &library, &error) != STATUS_OK)
		fail_msg("%s", error.text);
	return library;
}

static bool refused(const struct library *library, const char *name, struct library_file *out)
{
	for (size_t i = 0; i < library_file_count(library); i++) {
		library_file_at(library, i, out);
		if (strcmp(out->file, name) == 0)
			return out->refused;
	}
	return false;
}

static void unchanged_files_keep_their_dialogues(void **state)
{
	const struct folder *folder = *state;
	struct library *first = load(folder, NULL), *second = load(folder, first);

	assert_true(library_count(first) >= 2);
	for (size_t i = 0; i < library_count(first); i++)
		assert_ptr_equal(library_at(first, i), library_at(second, i));
	assert_ptr_equal(library_pack(first, "en"), library_pack(second, "en"));
	library_release(first);
	library_release(second);
}

static void a_pack_that_no_script_needs_is_not_kept(void **state)
{
	static const struct library_options every = {.every_pack = true};
	const struct folder *folder = *state;
	struct library *library = load(folder, NULL), *all = NULL;
	struct technique_pack *taken = library_pack_take(library, "fr");
	struct technique_pack *held = library_pack_take(library, "en");
	struct error error = {0};

	assert_null(library_pack(library, "fr"));
	assert_non_null(taken);
	assert_string_equal(technique_pack_language(taken), "fr");
	assert_ptr_equal(held, library_pack(library, "en"));
	assert_null(library_pack_take(library, "cy"));
	assert_int_equal(library_load(folder->path, &every, NULL, &all, &error), STATUS_OK);
	assert_non_null(library_pack(all, "fr"));
	technique_pack_release(taken);
	technique_pack_release(held);
	library_release(library);
	library_release(all);
}

/* Each case is what it would have been, when somebody asks for it. */
static void on_demand_each_case_is_there_when_it_is_asked_for(void **state)
{
	const struct folder *folder = *state;
	struct library *all = load(folder, NULL), *demand = load_on_demand(folder);

	assert_null(library_pack_version(demand, technique_pack_version(library_pack(all, "en"))));
	assert_int_equal(library_count(demand), library_count(all));
	assert_null(library_find(demand, "nobody"));
	assert_true(library_is_ready(demand, "nobody") && library_is_ready(all, "career_plateau"));
	for (size_t i = 0; i < library_count(all); i++) {
		const char *id = dialogue_info(library_at(all, i))->id;

		assert_string_equal(library_id_at(demand, i), id);
		assert_string_equal(library_id_at(all, i), id);
		assert_int_equal(library_is_drill(demand, i), dialogue_info(library_at(all, i))->drill);
		assert_false(library_is_ready(demand, id));
		assert_non_null(library_find(demand, id));
		assert_true(library_is_ready(demand, id));
		assert_ptr_equal(library_at(demand, i), library_find(demand, id));
		assert_string_equal(dialogue_hash(library_at(demand, i)), dialogue_hash(library_at(all, i)));
		assert_ptr_equal(dialogue_pack(library_at(demand, i)), library_pack(demand, "en"));
	}
	assert_non_null(library_pack_version(demand, technique_pack_version(library_pack(all, "en"))));
	library_release(all);
	library_release(demand);
}

static void on_demand_what_cannot_be_used_is_not_there(void **state)
{
	struct folder *folder = *state;
	struct library *demand;

	write_file(folder, "coaching/career_plateau.json",
		"{\"kind\": \"dialogue\", \"id\": \"career_plateau\", \"language\": \"en\"}", 60);
	write_file(folder, "coaching/unreadable.json", "{\"kind\": \"dialogue\", \"id\": ", 27);
	demand = load_on_demand(folder);
	assert_null(library_find(demand, "career_plateau"));
	assert_true(library_is_ready(demand, "career_plateau"));
	assert_non_null(library_find(demand, "stuck_manager"));
	library_release(demand);
}

static void new_appears_and_broken_is_refused(struct folder *folder, struct library *first)
{
	struct library *second, *third;
	const struct dialogue *before = library_find(first, "career_plateau");
	struct buffer text = {0};
	struct error error = {0};
	struct library_file file;
	char *id;

	assert_non_null(before);
	assert_int_equal(
		file_read(SOURCE_DIR "/dialogues/coaching/career_plateau.json", 1 << 20, &text, &error), STATUS_OK);
	id = strstr(text.data, "\"career_plateau\"");
	assert_non_null(id);
	memcpy(id, "\"career_meadows\"", 16);
	write_file(folder, "coaching/new_case.json", text.data, text.length);
	write_file(
		folder, "coaching/career_plateau.json", "{\"kind\": \"dialogue\", \"id\": \"career_plateau\", }", 46);
	second = load(folder, first);
	assert_non_null(library_find(second, "career_meadows"));
	assert_ptr_equal(library_find(second, "career_plateau"), before);
	assert_true(refused(second, "coaching/career_plateau.json", &file));
	assert_true(findings_errors(file.findings) > 0);
	assert_true(findings_at(file.findings, 0)->line == 1);
	assert_true(file.in_service);
	/* It still serves after another change, though its file is still broken. */
	write_file(folder, "coaching/new_case.json", "{", 1);
	write_file(folder, "coaching/never_whole.json", "{", 1);
	write_file(folder, "techniques/en.json", "{\"kind\": \"pack\", \"id\": \"en\", \"language\": \"en\"}", 46);
	third = load(folder, second);
	assert_ptr_equal(library_find(third, "career_plateau"), before);
	assert_ptr_equal(library_find(third, "career_meadows"), library_find(second, "career_meadows"));
	assert_true(refused(third, "coaching/new_case.json", &file) && file.in_service);
	assert_true(refused(third, "coaching/never_whole.json", &file) && !file.in_service);
	assert_true(refused(third, "techniques/en.json", &file) && file.in_service);
	buffer_clear(&text);
	library_release(first);
	library_release(second);
	library_release(third);
}

static void a_new_script_appears_and_a_broken_one_is_refused(void **state)
{
	new_appears_and_broken_is_refused(*state, load(*state, NULL));
}

static void the_same_after_a_start_on_demand(void **state)
{
	new_appears_and_broken_is_refused(*state, load_on_demand(*state));
}

static void two_files_with_one_id_are_told_apart(void **state)
{
	struct folder *folder = *state;
	struct buffer text = {0};
	struct error error = {0};
	struct library *library;
	struct library_file file;

	assert_int_equal(
		file_read(SOURCE_DIR "/dialogues/coaching/career_plateau.json", 1 << 20, &text, &error), STATUS_OK);
	write_file(folder, "coaching/zz_copy.json", text.data, text.length);
	library = load(folder, NULL);
	assert_true(refused(library, "coaching/zz_copy.json", &file));
	assert_string_equal(findings_at(file.findings, 0)->code, "L002");
	assert_false(refused(library, "coaching/career_plateau.json", &file));
	assert_non_null(library_find(library, "career_plateau"));
	buffer_clear(&text);
	library_release(library);
}

/* The library's own codes, each with a file that has it. L001 is a file of more than 1 MiB. */
static void each_failing_file_is_found_out(void **state)
{
	static const struct {
		const char *file, *text, *code;
	} cases[] = {
		{"coaching/large.json", NULL, "L001"},
		{"coaching/twice.json", "{\"kind\": \"dialogue\", \"id\": \"career_plateau\", \"language\": \"en\"}",
			"L002"},
		{"coaching/welsh.json", "{\"kind\": \"dialogue\", \"id\": \"welsh\", \"language\": \"cy\"}", "L003"},
		{"coaching/what.json", "{\"kind\": \"poem\", \"id\": \"poem\"}", "L004"},
		{"coaching/nameless.json", "{\"kind\": \"dialogue\"}", "L005"},
		{"contrast/alone.json",
			"{\"kind\": \"contrast\", \"id\": \"alone\", \"coaching\": \"nobody\", \"mentoring\": "
			"\"stuck_manager\"}",
			"L006"},
		{"contrast/same.json",
			"{\"kind\": \"contrast\", \"id\": \"same\", \"coaching\": \"stuck_manager\", \"mentoring\": "
			"\"stuck_manager\"}",
			"L007"},
	};
	struct folder *folder = *state;
	struct library *library;
	char *large = memory_new(DIALOGUE_SOURCE_MAX + 2);

	memset(large, ' ', DIALOGUE_SOURCE_MAX + 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text ? cases[i].text : large;

		write_file(folder, cases[i].file, text, strlen(text));
	}
	library = load(folder, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct library_file file;
		bool found = false;

		assert_true(refused(library, cases[i].file, &file));
		for (size_t j = 0; j < findings_count(file.findings); j++)
			found = found || strcmp(findings_at(file.findings, j)->code, cases[i].code) == 0;
		if (!found)
			fail_msg("%s is not found in %s", cases[i].code, cases[i].file);
	}
	library_release(library);
	free(large);
}

static void every_code_is_in_the_guide_for_trainers(void **state)
{
	struct buffer guide = {0};
	struct error error = {0};
	const struct dialogue_diagnostic *diagnostic;
	char row[16];

	(void)state;
	assert_int_equal(file_read(SOURCE_DIR "/dialogues/README.md", 1 << 20, &guide, &error), STATUS_OK);
	for (size_t i = 0; (diagnostic = dialogue_diagnostic_at(i)); i++) {
		snprintf(row, sizeof row, "| %s |", diagnostic->code);
		if (!strstr(guide.data, row))
			fail_msg("%s is not in dialogues/README.md", diagnostic->code);
	}
	for (unsigned i = 1; i <= 7; i++) {
		snprintf(row, sizeof row, "| L%03u |", i);
		assert_non_null(strstr(guide.data, row));
	}
	buffer_clear(&guide);
}

static void a_deleted_script_leaves_and_a_missing_folder_is_an_error(void **state)
{
	struct folder *folder = *state;
	struct library *first = load(folder, NULL), *second, *none = NULL;
	struct error error = {0};
	char path[256];

	snprintf(path, sizeof path, "%s/coaching/career_plateau.json", folder->path);
	assert_int_equal(unlink(path), 0);
	second = load(folder, first);
	assert_null(library_find(second, "career_plateau"));
	assert_int_equal(library_load("/nowhere/at/all", &quick, first, &none, &error), STATUS_NOT_FOUND);
	assert_null(none);
	library_release(first);
	library_release(second);
}

static void signatures_change_with_the_folder(void **state)
{
	struct folder *folder = *state;
	char before[HASH_TEXT_SIZE], after[HASH_TEXT_SIZE];
	struct error error = {0};

	assert_int_equal(library_signature(folder->path, before, &error), STATUS_OK);
	write_file(folder, "coaching/another.json", "{}", 2);
	assert_int_equal(library_signature(folder->path, after, &error), STATUS_OK);
	assert_string_not_equal(before, after);
	write_file(folder, "coaching/notes.txt", "not content", 11);
	assert_int_equal(library_signature(folder->path, before, &error), STATUS_OK);
	assert_string_equal(before, after);
	assert_int_equal(library_signature("/nowhere/at/all", before, &error), STATUS_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(unchanged_files_keep_their_dialogues, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pack_that_no_script_needs_is_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_new_script_appears_and_a_broken_one_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_same_after_a_start_on_demand, set_up, tear_down),
		cmocka_unit_test_setup_teardown(on_demand_each_case_is_there_when_it_is_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(on_demand_what_cannot_be_used_is_not_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_files_with_one_id_are_told_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_failing_file_is_found_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_code_is_in_the_guide_for_trainers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_deleted_script_leaves_and_a_missing_folder_is_an_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(signatures_change_with_the_folder, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
