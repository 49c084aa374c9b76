/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/clock.h"
#include "askwell/file.h"
#include "askwell/hash.h"
#include "askwell/id.h"
#include "askwell/random.h"
#include "askwell/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void arena_keeps_texts_apart(void **state)
{
	struct arena *arena = arena_new(64);
	char *texts[200];

	(void)state;
	for (int i = 0; i < 200; i++)
		texts[i] = arena_format(arena, "text number %d", i);
	for (int i = 0; i < 200; i++) {
		char wanted[32];

		snprintf(wanted, sizeof wanted, "text number %d", i);
		assert_string_equal(texts[i], wanted);
	}
	assert_null(arena_text(arena, NULL));
	assert_int_equal((uintptr_t)arena_alloc(arena, 3) % _Alignof(max_align_t), 0);
	arena_free(arena);
}

static void arena_reset_gives_memory_back(void **state)
{
	struct arena *arena = arena_new(128);
	size_t before = arena_footprint(arena);
	unsigned char *zeroed;

	(void)state;
	memset(arena_alloc(arena, 100), 0xff, 100);
	(void)arena_alloc(arena, 100000);
	assert_true(arena_footprint(arena) > before);
	arena_reset(arena);
	assert_int_equal(arena_footprint(arena), before);
	zeroed = arena_alloc(arena, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(zeroed[i], 0);
	arena_free(arena);
	arena_free(NULL);
}

static void buffer_grows_and_ends_in_nul(void **state)
{
	struct buffer buffer = {0};
	char *taken;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buffer_format(&buffer, "%d,", i);
	assert_int_equal(buffer.length, 10 * 2 + 90 * 3 + 900 * 4);
	assert_int_equal(buffer.data[buffer.length], 0);
	taken = buffer_take(&buffer);
	assert_memory_equal(taken, "0,1,2,3,", 8);
	assert_int_equal(buffer.length, 0);
	free(taken);
	taken = buffer_take(&buffer);
	assert_string_equal(taken, "");
	free(taken);
}

static const struct {
	const char *text;
	size_t length;
	bool valid, blank, control;
	size_t count;
} texts[] = {
	{"", 0, true, true, false, 0},
	{"plain", 5, true, false, false, 5},
	{" \t\n", 3, true, true, false, 3},
	{"caf\xc3\xa9", 5, true, false, false, 4},
	{"\xf0\x9f\x99\x82", 4, true, false, false, 1},
	{"\xe2\x80\x8b\xef\xbb\xbf", 6, true, true, false, 2}, /* zero-width space, byte order mark */
	{"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 8, true, false, false, 4},
	{"a\0b", 3, true, false, true, 3},
	{"a\x1b[31m", 6, true, false, true, 6},
	{"\xc2\x85", 2, true, true, true, 1},
	{"a\x7f", 2, true, false, true, 2},
	{"\xc3", 1, false, false, false, 1},
	{"\xc0\xaf", 2, false, false, false, 1},         /* overlong */
	{"\xed\xa0\x80", 3, false, false, false, 1},     /* surrogate */
	{"\xf4\x90\x80\x80", 4, false, false, false, 1}, /* above U+10FFFF */
	{"\x80", 1, false, false, false, 0},
	{"ok\xff", 3, false, false, false, 3},
};

static void utf8_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(utf8_valid(texts[i].text, texts[i].length), texts[i].valid);
		assert_int_equal(utf8_blank(texts[i].text, texts[i].length), texts[i].blank);
		assert_int_equal(utf8_has_control(texts[i].text, texts[i].length), texts[i].control);
		if (texts[i].valid)
			assert_int_equal(utf8_count(texts[i].text, texts[i].length), texts[i].count);
	}
}

static void ids_are_version_7_and_parse_back(void **state)
{
	struct id first = id_new(), parsed, other = id_new();
	char text[ID_TEXT_SIZE];
	static const char *const wrong[] = {"", "0190", "0190b5c0-7b1e-7000-8000-00000000000g",
		"0190b5c07b1e70008000000000000001", "0190b5c0-7b1e-7000-8000-0000000000011"};

	(void)state;
	id_format(&first, text);
	assert_int_equal(strlen(text), 36);
	assert_int_equal(text[14], '7');
	assert_non_null(strchr("89ab", text[19]));
	assert_true(id_parse(text, strlen(text), &parsed));
	assert_true(id_equal(&first, &parsed));
	assert_false(id_equal(&first, &other));
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(id_parse(wrong[i], strlen(wrong[i]), &parsed));
}

static void times_are_written_in_utc(void **state)
{
	char text[CLOCK_TEXT_SIZE];

	(void)state;
	clock_format(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00.000Z");
	clock_format(INT64_C(1795300200123), text);
	assert_string_equal(text, "2026-11-21T22:30:00.123Z");
	clock_format(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59.999Z");
}

static void hashes_tell_parts_apart(void **state)
{
	struct hash_part one[] = {{"ab", 2}, {"c", 1}}, two[] = {{"a", 1}, {"bc", 2}};
	char first[HASH_TEXT_SIZE], second[HASH_TEXT_SIZE];

	(void)state;
	hash_parts(one, 2, first);
	hash_parts(two, 2, second);
	assert_int_equal(strlen(first), 64);
	assert_string_not_equal(first, second);
	hash_parts(one, 2, second);
	assert_string_equal(first, second);
}

/* The first numbers of SplitMix64 from 1234567, as its reference implementation prints them. */
static void random_numbers_are_the_published_ones(void **state)
{
	static const uint64_t wanted[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
		UINT64_C(9817491932198370423), UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
	uint64_t seed = 1234567;

	(void)state;
	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_true(random_next(&seed) == wanted[i]);
	for (int i = 0; i < 1000; i++)
		assert_true(random_below(&seed, 7) < 7);
	assert_int_equal(random_below(&seed, 1), 0);
}

static void errors_keep_the_first_cause(void **state)
{
	struct error error = {0};

	(void)state;
	assert_int_equal(error_set(&error, STATUS_CONFLICT, "first", "number %d", 1), STATUS_CONFLICT);
	assert_int_equal(error_set(&error, STATUS_INVALID, "second", "number %d", 2), STATUS_INVALID);
	assert_string_equal(error.key, "first");
	assert_string_equal(error.text, "number 1");
	error_clear(&error);
	assert_int_equal(error.status, STATUS_OK);
	assert_int_equal(error_set(NULL, STATUS_LIMIT, "third", "x"), STATUS_LIMIT);
	assert_string_equal(status_name(STATUS_NOT_FOUND), "not_found");
}

static enum status note_path(void *user, const char *path, const char *relative)
{
	(void)path;
	buffer_format(user, "%s\n", relative);
	return STATUS_OK;
}

static void folders_are_walked_in_order(void **state)
{
	char folder[] = "/tmp/askwell-base-XXXXXX", path[128];
	static const char *const names[] = {"b.json", "a/z.json", "a/b.json", ".hidden"};
	struct buffer seen = {0}, text = {0};
	struct error error = {0};
	struct stat about;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	for (size_t i = 0; i < COUNT(names); i++) {
		FILE *file;

		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		file = fopen(path, "w");
		assert_non_null(file);
		fputs(names[i], file);
		fclose(file);
	}
	assert_int_equal(file_walk(folder, note_path, &seen, &error), STATUS_OK);
	assert_string_equal(seen.data, "a/b.json\na/z.json\nb.json\n");
	snprintf(path, sizeof path, "%s/b.json", folder);
	assert_int_equal(file_read(path, 100, &text, &error), STATUS_OK);
	assert_string_equal(text.data, "b.json");
	assert_int_equal(file_read(path, 3, &text, &error), STATUS_TOO_LARGE);
	error_clear(&error);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(file_replace(path, "other", 5, &error), STATUS_OK);
	buffer_reset(&text);
	assert_int_equal(file_read(path, 100, &text, &error), STATUS_OK);
	assert_string_equal(text.data, "other");
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0640);
	assert_int_equal(file_replace("/nowhere/at/all", "other", 5, &error), STATUS_UNAVAILABLE);
	error_clear(&error);
	assert_int_equal(file_read(folder, 100, &text, &error), STATUS_INVALID);
	error_clear(&error);
	assert_int_equal(file_walk("/nowhere/at/all", note_path, &seen, &error), STATUS_NOT_FOUND);
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/a", folder);
	rmdir(path);
	rmdir(folder);
	buffer_clear(&seen);
	buffer_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_keeps_texts_apart),
		cmocka_unit_test(arena_reset_gives_memory_back),
		cmocka_unit_test(buffer_grows_and_ends_in_nul),
		cmocka_unit_test(utf8_answers),
		cmocka_unit_test(ids_are_version_7_and_parse_back),
		cmocka_unit_test(times_are_written_in_utc),
		cmocka_unit_test(hashes_tell_parts_apart),
		cmocka_unit_test(random_numbers_are_the_published_ones),
		cmocka_unit_test(errors_keep_the_first_cause),
		cmocka_unit_test(folders_are_walked_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
