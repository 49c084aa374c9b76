/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"
#include "verbs.h"

#include "askwell/file.h"
#include "askwell/format.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char about[] =
	"Lays JSON files out in the one way that this project writes them: two spaces a level, lines of at most\n"
	"120 columns where possible. What a file says stays the same: order, numbers, words. An object or list\n"
	"stays on one line when it fits, unless you began a new line after its bracket.\n"
	"Prints one file to standard output; with --write files are changed in place, with --check those that\n"
	"differ are listed. Of a folder, every file that ends in .json is taken.\n"
	"Exit status: 0 nothing to do or done, 1 a file differs or is not JSON, 2 wrong usage, 3 could not read\n"
	"or write.";

enum { FILE_MOST = 4 * 1024 * 1024 };

struct fmt {
	bool check, write;
	bool differs, broken; /* seen so far */
	struct error error;
};

/* Files that are not JSON are reported and passed by: the others are looked at all the same. */
static enum status treat(struct fmt *fmt, const char *path)
{
	struct buffer text = {0}, formatted = {0};
	struct error reason = {0};
	enum status status = file_read(path, FILE_MOST, &text, &fmt->error);
	bool same;

	if (status != STATUS_OK)
		goto out;
	if (format_json(text.data ? text.data : "", text.length, &formatted, &reason) != STATUS_OK) {
		fprintf(stderr, "%s:%s\n", path, reason.text);
		fmt->broken = true;
		goto out;
	}
	same = text.data && text.length == formatted.length && memcmp(text.data, formatted.data, text.length) == 0;
	fmt->differs = fmt->differs || !same;
	if (fmt->check && !same)
		puts(path);
	else if (fmt->write && !same)
		status = file_replace(path, formatted.data, formatted.length, &fmt->error);
	else if (!fmt->check && !fmt->write)
		fwrite(formatted.data, 1, formatted.length, stdout);
out:
	buffer_clear(&text);
	buffer_clear(&formatted);
	return status;
}

static enum status treat_found(void *user, const char *path, const char *relative)
{
	size_t length = strlen(relative);

	if (length < 5 || strcmp(relative + length - 5, ".json") != 0)
		return STATUS_OK;
	return treat(user, path);
}

static bool is_folder(const char *path)
{
	struct stat about_path;

	return stat(path, &about_path) == 0 && S_ISDIR(about_path.st_mode);
}

int verb_fmt(int argc, char **argv)
{
	struct fmt fmt = {0};
	enum status status = STATUS_OK;
	int result;
	const struct option options[] = {
		{"check", OPTION_SWITCH, &fmt.check, 0, 0, NULL, "list the files that differ, change nothing"},
		{"write", OPTION_SWITCH, &fmt.write, 0, 0, NULL, "change the files"},
	};
	const struct usage usage = {"askwell fmt [--check | --write] FILE...|FOLDER", about, options,
		sizeof options / sizeof *options, 1, 10000};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	if (fmt.check && fmt.write) {
		fputs("askwell: --check changes nothing and --write does: choose one of them.\n", stderr);
		return 2;
	}
	if (!fmt.check && !fmt.write && (result > 1 || is_folder(argv[0]))) {
		fputs("askwell: one file can be printed; for several, or a folder, say --check or --write.\n", stderr);
		return 2;
	}
	for (int i = 0; i < result && status == STATUS_OK; i++)
		status = is_folder(argv[i]) ? file_walk(argv[i], treat_found, &fmt, &fmt.error) : treat(&fmt, argv[i]);
	if (status == STATUS_OK)
		return fmt.broken || (fmt.check && fmt.differs) ? 1 : 0;
	fprintf(stderr, "askwell: %s [%s]\n", fmt.error.text, fmt.error.key);
	return 3;
}
