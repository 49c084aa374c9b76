/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the dialogues folder once a second. Names, sizes and times are compared rather than kernel notices: that
 * also holds when the folder is moved away and comes back, and on network file systems. */
#include "room.h"

#include "askwell/file.h"
#include "askwell/log.h"
#include "askwell/memory.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MARK_SIZE = 2 * HASH_TEXT_SIZE + 96, LISTED_MAX = 16 * 1024 * 1024 };

struct look {
	struct practice *practice;
	const struct library *before;
	const struct library *after; /* NULL: nothing new */
	char signature[HASH_TEXT_SIZE];
	enum status status;
	struct error error;
};

static const struct library_options thorough = {.thorough = true};

static void log_refused(const struct library *library, const struct library *before)
{
	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file file;

		library_file_at(library, i, &file);
		if (!file.refused)
			continue;
		for (size_t f = 0; f < findings_count(file.findings); f++) {
			struct buffer line = {0};

			finding_print(findings_at(file.findings, f), &line);
			line.data[line.length - 1] = '\0'; /* its newline */
			log_event(LOG_WARN_LEVEL, "script_finding", "finding", line.data, NULL);
			buffer_clear(&line);
		}
		log_event(LOG_WARN_LEVEL, "script_refused", "file", file.file, "earlier_version_in_service",
			file.in_service && before ? "yes" : "no", NULL);
	}
}

static void look_work(void *job, unsigned thread)
{
	struct look *look = job;
	const char *folder = look->practice->dialogues_folder;
	struct library *library = NULL;

	(void)thread;
	look->status = library_signature(folder, look->signature, &look->error);
	if (look->status != STATUS_OK || strcmp(look->signature, look->practice->signature) == 0)
		return;
	look->status = library_load(folder, &thorough, look->before, &library, &look->error);
	look->after = library;
}

static void list_library(struct practice *practice)
{
	buffer_reset(&practice->listed);
	answer_library(practice->library, &practice->listed);
}

static void look_failed(struct practice *practice, const struct error *error)
{
	if (!practice->folder_missing)
		log_event(LOG_ERROR_LEVEL, "dialogues_unreadable", "reason", error->text, "remedy",
			"The cases loaded before stay in service; put the folder back.", NULL);
	practice->folder_missing = true;
}

static void look_done(void *job)
{
	struct look *look = job;
	struct practice *practice = look->practice;

	practice->library_checking = false;
	if (look->status != STATUS_OK) {
		look_failed(practice, &look->error);
	} else {
		practice->folder_missing = false;
		if (look->after) {
			memcpy(practice->signature, look->signature, sizeof practice->signature);
			log_refused(look->after, look->before);
			library_release(practice->library);
			practice->library = library_hold(look->after);
			practice->library_remembered = false;
			list_library(practice);
			log_event(LOG_INFO_LEVEL, "library_loaded", "reason", "changed", NULL);
			library_watch_remember(practice);
			if (practice->options.library_changed)
				practice->options.library_changed(practice->options.wake_user);
		}
	}
	library_release(look->before);
	library_release(look->after);
	free(look);
}

void library_watch_tick(struct practice *practice)
{
	struct look *look;

	if (practice->library_checking)
		return;
	look = memory_new(sizeof *look);
	look->practice = practice;
	look->before = library_hold(practice->library);
	practice->library_checking = worker_submit(practice->workers, look_work, look_done, look);
	if (!practice->library_checking) {
		library_release(look->before);
		free(look);
	}
}

/* Checking everything, and compiling it, takes longer than starting may. What was checked once, and is unchanged to the last
 * file, was checked, and is listed as it was; the data folder remembers it by the folder's signature and the program
 * itself: one line, then the list. */
static void checked_mark(const struct practice *practice, char path[PATH_MAX], char mark[MARK_SIZE])
{
	const struct hash_part list = {practice->listed.data, practice->listed.length};
	struct stat program = {0};
	char hash[HASH_TEXT_SIZE];

	hash_parts(&list, 1, hash);
	(void)stat("/proc/self/exe", &program);
	snprintf(path, PATH_MAX, "%s/checked", practice->options.data_folder);
	snprintf(mark, MARK_SIZE, "%s %s %lld %lld.%09ld %s\n", practice->signature, ASKWELL_VERSION,
		(long long)program.st_size, (long long)program.st_mtim.tv_sec, program.st_mtim.tv_nsec, hash);
}

/* True: what is listed is what was remembered. */
static bool checked_before(struct practice *practice)
{
	char path[PATH_MAX], mark[MARK_SIZE];
	struct buffer text = {0};
	struct error ignored = {0};
	const char *end;
	bool same = false;

	checked_mark(practice, path, mark);
	if (file_read(path, LISTED_MAX, &text, &ignored) == STATUS_OK && text.length &&
		(end = memchr(text.data, '\n', text.length))) {
		buffer_reset(&practice->listed);
		buffer_add(&practice->listed, end + 1, text.length - (size_t)(end + 1 - text.data));
		checked_mark(practice, path, mark);
		same = strlen(mark) == (size_t)(end + 1 - text.data) && memcmp(text.data, mark, strlen(mark)) == 0;
	}
	buffer_clear(&text);
	return same;
}

static bool all_in_service(const struct library *library)
{
	for (size_t i = 0; i < library_file_count(library); i++) {
		struct library_file about;

		library_file_at(library, i, &about);
		if (about.refused)
			return false;
	}
	return true;
}

void library_watch_remember(const struct practice *practice)
{
	char path[PATH_MAX], mark[MARK_SIZE];
	struct buffer text = {0};
	int fd;

	if (practice->library_remembered || !all_in_service(practice->library))
		return;
	checked_mark(practice, path, mark);
	buffer_text(&text, mark);
	buffer_add(&text, practice->listed.data, practice->listed.length);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, text.data, text.length) < 0)
		log_event(LOG_DEBUG_LEVEL, "checked_not_kept", NULL); /* only the next start is slower */
	if (fd >= 0)
		close(fd);
	buffer_clear(&text);
}

/* What the first start checked need not all be kept in memory for the few cases that somebody practises with. */
static void lighten(struct practice *practice)
{
	const struct library_options options = {.on_demand = true};
	struct library *library = NULL;
	struct error ignored = {0};

	if (!all_in_service(practice->library) ||
		library_load(practice->dialogues_folder, &options, NULL, &library, &ignored) != STATUS_OK)
		return;
	library_release(practice->library);
	practice->library = library;
	(void)malloc_trim(0);
}

enum status library_watch_start(struct practice *practice, struct error *error)
{
	struct library_options options = {0};
	struct library *library = NULL;
	enum status status = library_signature(practice->dialogues_folder, practice->signature, error);

	if (status == STATUS_OK) {
		options.on_demand = practice->library_remembered = checked_before(practice);
		options.thorough = !options.on_demand;
		status = library_load(practice->dialogues_folder, &options, NULL, &library, error);
	}
	if (status != STATUS_OK)
		return status;
	practice->library = library;
	log_refused(library, NULL);
	if (!options.on_demand) {
		list_library(practice);
		lighten(practice);
	}
	return STATUS_OK;
}
