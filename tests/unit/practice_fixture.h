/* SPDX-License-Identifier: Apache-2.0 */
/* A room to practise in: a small library and a real store in temporary folders, and what is said and asked there. */
#ifndef ASKWELL_TESTS_PRACTICE_FIXTURE_H
#define ASKWELL_TESTS_PRACTICE_FIXTURE_H

#include "unit.h"

#include "askwell/practice.h"

#include "askwell/file.h"
#include "askwell/memory.h"
#include "askwell/store.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MARK_SIZE = 65536 };

/* A dialogues folder, and what a data folder remembers of it once it was checked. The same for all rooms: checking takes
 * longer than most tests. */
struct content {
	char folder[64];
	char mark[MARK_SIZE];
};

struct room {
	const struct content *content;
	char folder[64];
	struct practice *practice;
	struct practice_person person;
	struct id session;
};

struct answer {
	int count;
	enum status status;
	struct error error;
	json_t *json;
};

static inline void keep_answer(
	void *user, enum status status, const struct error *error, const char *json, size_t length)
{
	struct answer *answer = user;

	answer->count++;
	answer->status = status;
	if (error)
		answer->error = *error;
	if (json) {
		answer->json = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(answer->json);
	}
}

static inline void open_room(struct room *room)
{
	struct practice_options options = {.data_folder = room->folder, .dialogues_folder = room->content->folder};
	struct error error = {0};

	if (practice_open(&options, &room->practice, &error) != STATUS_OK)
		fail_msg("%s", error.text);
}

static inline void keep_token(void *user, enum status status, const struct error *error, const char *token)
{
	(void)error;
	assert_int_equal(status, STATUS_OK);
	snprintf(user, PRACTICE_TOKEN_SIZE, "%s", token);
}

static inline void finish(struct room *room)
{
	while (practice_pending(room->practice))
		practice_wait(room->practice);
}

static inline void sign_in(struct room *room, struct practice_person *person)
{
	char token[PRACTICE_TOKEN_SIZE] = "";

	practice_sign_in_local(room->practice, keep_token, token);
	finish(room);
	assert_true(practice_who(room->practice, token, strlen(token), person));
}

static inline void make_folder(char folder[64])
{
	snprintf(folder, 64, "/tmp/askwell-practice-XXXXXX");
	assert_non_null(mkdtemp(folder));
}

static inline void remove_folder(const char *path)
{
	struct dirent *entry;
	DIR *folder = opendir(path);

	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
	rmdir(path);
}

static inline void read_mark(const char *folder, char mark[MARK_SIZE])
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/checked", folder);
	file = fopen(path, "r");
	assert_non_null(file);
	mark[fread(mark, 1, MARK_SIZE - 1, file)] = '\0';
	fclose(file);
}

static inline void write_mark(const char *folder, const char *mark)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/checked", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(mark, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static inline void copy_fixture(const char *folder, const char *name)
{
	struct buffer text = {0};
	struct error error = {0};
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", SOURCE_DIR "/tests/unit/fixtures", name);
	assert_int_equal(file_read(path, 1 << 20, &text, &error), STATUS_OK);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text.data, 1, text.length, file), text.length);
	assert_int_equal(fclose(file), 0);
	buffer_clear(&text);
}

static inline int make_content(void **state)
{
	static const char *const names[] = {"pack.json", "model.json", "temperament.json", "case.json"};
	struct content *content = memory_new(sizeof *content);
	struct room room = {.content = content};

	make_folder(content->folder);
	for (size_t i = 0; i < COUNT(names); i++)
		copy_fixture(content->folder, names[i]);
	make_folder(room.folder);
	open_room(&room);
	practice_close(room.practice);
	read_mark(room.folder, content->mark);
	remove_folder(room.folder);
	*state = content;
	return 0;
}

static inline int remove_content(void **state)
{
	struct content *content = *state;

	remove_folder(content->folder);
	free(content);
	return 0;
}

static inline int set_up(void **state)
{
	struct room *room = memory_new(sizeof *room);

	room->content = *state;
	make_folder(room->folder);
	write_mark(room->folder, room->content->mark);
	open_room(room);
	sign_in(room, &room->person);
	room->session = id_new();
	*state = room;
	return 0;
}

static inline int tear_down(void **state)
{
	struct room *room = *state;

	practice_close(room->practice);
	remove_folder(room->folder);
	free(room);
	return 0;
}

static inline json_t *expect_ok(struct room *room, struct answer *answer)
{
	finish(room);
	assert_int_equal(answer->count, 1);
	if (answer->status != STATUS_OK)
		fail_msg("%s: %s", answer->error.key, answer->error.text);
	return answer->json;
}

static inline void expect_error(struct room *room, struct answer *answer, enum status status, const char *key)
{
	finish(room);
	assert_int_equal(answer->count, 1);
	assert_int_equal(answer->status, status);
	assert_string_equal(answer->error.key, key);
	assert_null(answer->json);
}

static inline json_t *start(struct room *room, const char *script)
{
	struct answer answer = {0};

	practice_start(room->practice, &room->person, &room->session, script, 7, NULL, keep_answer, &answer);
	return expect_ok(room, &answer);
}

static inline json_t *say(struct room *room, uint32_t number, const char *text)
{
	struct answer answer = {0};

	practice_say(room->practice, &room->person, &room->session, number, text, strlen(text), keep_answer, &answer);
	return expect_ok(room, &answer);
}

static inline void refuse_say(
	struct room *room, uint32_t number, const char *text, size_t length, enum status status, const char *key)
{
	struct answer answer = {0};

	practice_say(room->practice, &room->person, &room->session, number, text, length, keep_answer, &answer);
	expect_error(room, &answer, status, key);
}

static inline json_t *view(struct room *room)
{
	struct answer answer = {0};

	practice_open_session(room->practice, &room->person, &room->session, keep_answer, &answer);
	return expect_ok(room, &answer);
}

static inline const char *text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static inline json_int_t number_of(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

#endif
