/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/clock.h"
#include "askwell/practice.h"
#include "askwell/store.h"
#include "askwell/transcript.h"

#include <stdio.h>
#include <string.h>

static const char about[] =
	"Writes the annotated transcript of a stored conversation, with its debrief. Works beside a\n"
	"running server. SESSION is the conversation's id, as --list or the address bar shows it.";

struct listing {
	struct store_reader *reader;
	struct error *error;
};

static void list_person(void *user, const struct store_person *person)
{
	const struct listing *listing = user;
	struct arena *arena = arena_new(0);
	struct store_session *sessions = NULL;
	size_t count = 0;

	if (store_read_sessions(listing->reader, &person->id, 10000, arena, &sessions, &count, listing->error) ==
		STATUS_OK)
		for (size_t i = 0; i < count; i++) {
			char id[ID_TEXT_SIZE], started[CLOCK_TEXT_SIZE];

			id_format(&sessions[i].id, id);
			clock_format(sessions[i].started_ms, started);
			printf("%s  %s  %3u turns  %-6s  %s\n", id, started, sessions[i].last_turn,
				sessions[i].ended_ms ? "ended" : "open", sessions[i].script);
		}
	arena_free(arena);
}

static enum status list(const char *data, struct error *error)
{
	struct listing listing = {.error = error};
	enum status status = store_reader_open(data, &listing.reader, error);

	if (status == STATUS_OK)
		status = store_read_people(listing.reader, clock_now_ms(), list_person, &listing, error);
	store_reader_close(listing.reader);
	return status == STATUS_OK ? error->status : status;
}

static enum status write_out(const char *path, const struct buffer *text, struct error *error)
{
	FILE *file = path ? fopen(path, "wb") : stdout;
	bool written;

	if (!file)
		return error_set(error, STATUS_UNAVAILABLE, "file_unwritable",
			"Cannot write %s. Choose another --output.", path);
	written = fwrite(text->data, 1, text->length, file) == text->length;
	if ((path ? fclose(file) : fflush(file)) != 0 || !written)
		return error_set(error, STATUS_UNAVAILABLE, "file_unwritable",
			"Could not write all of %s. Is the disk full?", path ? path : "the output");
	return STATUS_OK;
}

int verb_export(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = folders_dialogues(), *format = "markdown", *output = NULL;
	bool listed = false;
	struct buffer text = {0};
	struct error error = {0};
	struct id session;
	enum status status;
	int result;
	const struct option options[] = {
		{"format", OPTION_TEXT, &format, 0, 0, "FORMAT", "markdown, html or json (markdown)"},
		{"output", OPTION_TEXT, &output, 0, 0, "FILE", "instead of standard output"},
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
		{"list", OPTION_SWITCH, &listed, 0, 0, NULL, "list the stored conversations instead"},
	};
	const struct usage usage = {
		"askwell export [OPTIONS] SESSION | --list", about, options, sizeof options / sizeof *options, 0, 1};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	if (listed) {
		status = list(data, &error);
	} else if (result != 1 || !id_parse(argv[0], strlen(argv[0]), &session)) {
		fputs("askwell: name one conversation by its id; \"askwell export --list\" shows them.\n", stderr);
		return 2;
	} else if (!transcript_format_find(format)) {
		fprintf(stderr, "askwell: there is no format \"%s\": markdown, html or json.\n", format);
		return 2;
	} else {
		status = practice_read_transcript(data, dialogues, &session, format, &text, &error);
		if (status == STATUS_OK)
			status = write_out(output, &text, &error);
	}
	buffer_clear(&text);
	if (status == STATUS_OK)
		return 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
