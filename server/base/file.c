/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/file.h"

#include "askwell/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST_FOLDER = 8 };

static enum status refuse(struct error *error, const char *path, int cause)
{
	enum status status = cause == ENOENT || cause == ENOTDIR ? STATUS_NOT_FOUND : STATUS_UNAVAILABLE;

	return error_set(error, status, status == STATUS_NOT_FOUND ? "file_not_found" : "file_unreadable",
		"Cannot read %s: %s.", path, strerror(cause));
}

static enum status read_all(int fd, const char *path, size_t cap, struct buffer *out, struct error *error)
{
	char piece[65536];
	size_t total = 0;

	for (;;) {
		ssize_t got = read(fd, piece, sizeof piece);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse(error, path, errno);
		if (got == 0)
			return STATUS_OK;
		total += (size_t)got;
		if (total > cap)
			return error_set(
				error, STATUS_TOO_LARGE, "file_too_large", "%s is larger than %zu bytes.", path, cap);
		buffer_add(out, piece, (size_t)got);
	}
}

enum status file_read(const char *path, size_t cap, struct buffer *out, struct error *error)
{
	struct stat about;
	enum status status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return refuse(error, path, errno);
	if (fstat(fd, &about) != 0)
		status = refuse(error, path, errno);
	else if (!S_ISREG(about.st_mode))
		status = error_set(error, STATUS_INVALID, "file_not_regular", "%s is not a regular file.", path);
	else
		status = read_all(fd, path, cap, out, error);
	close(fd);
	return status;
}

struct walk {
	enum status (*visit)(void *user, const char *path, const char *relative);
	void *user;
	struct error *error;
};

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum status walk_folder(const struct walk *walk, const char *folder, const char *relative, int depth);

static enum status walk_entry(
	const struct walk *walk, const char *folder, const char *relative, const char *name, int depth)
{
	enum status status = STATUS_OK;
	char *path = NULL, *inner = NULL;
	struct stat about;

	if (asprintf(&path, "%s/%s", folder, name) < 0 ||
		asprintf(&inner, "%s%s%s", relative, *relative ? "/" : "", name) < 0)
		abort();
	if (lstat(path, &about) != 0)
		goto out; /* gone since it was listed */
	if (S_ISDIR(about.st_mode) && depth < DEEPEST_FOLDER)
		status = walk_folder(walk, path, inner, depth + 1);
	else if (S_ISREG(about.st_mode))
		status = walk->visit(walk->user, path, inner);
out:
	free(path);
	free(inner);
	return status;
}

static enum status walk_folder(const struct walk *walk, const char *folder, const char *relative, int depth)
{
	struct dirent **entries = NULL;
	enum status status = STATUS_OK;
	int count = scandir(folder, &entries, visible, by_bytes);

	if (count < 0)
		return refuse(walk->error, folder, errno);
	for (int i = 0; i < count; i++) {
		if (status == STATUS_OK)
			status = walk_entry(walk, folder, relative, entries[i]->d_name, depth);
		free(entries[i]);
	}
	free(entries);
	return status;
}

enum status file_walk(const char *folder, enum status (*visit)(void *user, const char *path, const char *relative),
	void *user, struct error *error)
{
	struct walk walk = {visit, user, error};

	return walk_folder(&walk, folder, "", 0);
}

static bool write_all(int fd, const char *data, size_t length)
{
	for (size_t done = 0; done < length;) {
		ssize_t wrote = write(fd, data + done, length - done);

		if (wrote < 0 && errno != EINTR)
			return false;
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return true;
}

/* Leaves errno as the failed call set it. */
static bool fill(int fd, mode_t mode, const char *data, size_t length)
{
	bool filled = fchmod(fd, mode) == 0 && write_all(fd, data, length) && fsync(fd) == 0;
	int cause = errno;
	bool closed = close(fd) == 0;

	if (!filled)
		errno = cause;
	return filled && closed;
}

enum status file_replace(const char *path, const char *data, size_t length, struct error *error)
{
	char place[PATH_MAX];
	char *beside = NULL;
	struct stat about;
	bool done;
	int fd, cause;

	/* Renaming over a link would make a file of it. */
	if (!realpath(path, place))
		snprintf(place, sizeof place, "%s", path);
	if (asprintf(&beside, "%s.XXXXXX", place) < 0)
		abort();
	fd = mkstemp(beside);
	done = fd >= 0 && fill(fd, stat(place, &about) == 0 ? about.st_mode & 07777 : 0644, data, length) &&
	       rename(beside, place) == 0;
	cause = errno;
	if (fd >= 0 && !done)
		(void)unlink(beside);
	free(beside);
	return done ? STATUS_OK
		    : error_set(error, STATUS_UNAVAILABLE, "file_unwritable", "Cannot write %s: %s.", path,
			      strerror(cause));
}
