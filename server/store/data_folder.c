/* SPDX-License-Identifier: Apache-2.0 */
#include "data_folder.h"

#include "sql.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* An errno on the way into the folder, as a sentence. */
static enum status refused(const char *folder, const char *what, int number, struct error *error)
{
	switch (number) {
	case ENOTDIR:
		return error_set(error, STATUS_INVALID, "not_a_folder",
			"%s is not a folder. Name a folder for the data, or remove that file.", folder);
	case ENOENT:
		return error_set(error, STATUS_UNAVAILABLE, "folder_missing",
			"The data folder %s cannot be made, because the folder above it is not there. Make that one "
			"first.",
			folder);
	case EACCES:
	case EPERM:
	case EROFS:
		return error_set(error, STATUS_UNAVAILABLE, "folder_read_only",
			"The data folder %s cannot be written to (%s). Give the server write access, or choose "
			"another folder.",
			folder, what);
	case ENOSPC:
	case EDQUOT:
		return error_set(error, STATUS_UNAVAILABLE, "disk_full",
			"The disk that holds the data folder %s is full. Free some space, then start again.", folder);
	default:
		return error_set(error, STATUS_UNAVAILABLE, "store_failed",
			"The data folder %s cannot be used: %s: %s.", folder, what, strerror(number));
	}
}

enum status data_folder_take(const char *folder, int *lock, bool *unclean, struct error *error)
{
	enum status status = STATUS_OK;
	struct stat info;
	int directory = -1, locked = -1, file = -1;

	if (mkdir(folder, 0700) && errno != EEXIST) {
		status = refused(folder, "making it", errno, error);
		goto out;
	}
	directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0) {
		status = refused(folder, "opening it", errno, error);
		goto out;
	}
	locked = openat(directory, "askwell.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (locked < 0) {
		status = refused(folder, "askwell.lock", errno, error);
		goto out;
	}
	if (flock(locked, LOCK_EX | LOCK_NB)) {
		status = errno == EWOULDBLOCK ? error_set(error, STATUS_CONFLICT, "folder_in_use",
							"Another server is using the data folder %s. Stop it, or "
							"choose another folder.",
							folder)
					      : refused(folder, "locking askwell.lock", errno, error);
		goto out;
	}
	/* SQLite would make the file readable for everybody; it gives the files beside it the same mode. */
	file = openat(directory, SQL_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0) {
		status = refused(folder, SQL_FILE, errno, error);
		goto out;
	}
	*unclean = fstatat(directory, SQL_FILE "-wal", &info, 0) == 0 && info.st_size > 0;
	*lock = locked;
	locked = -1;
out:
	if (file >= 0)
		close(file);
	if (locked >= 0)
		close(locked);
	if (directory >= 0)
		close(directory);
	return status;
}
