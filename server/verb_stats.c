/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "print_coverage.h"
#include "verbs.h"

#include "askwell/clock.h"
#include "askwell/stats.h"
#include "askwell/stored.h"

#include <inttypes.h>
#include <stdio.h>

#define PLACES_SHOWN 8

static const char about[] =
	"Shows what stored conversations say about the scripts, for those who write them: how they end, which\n"
	"rules never answered, how often the case had nothing better to say, and where people stop, ask for hints\n"
	"or take back what they said. ID is a script; without it, all. Works beside a running server.\n"
	"Nothing that anybody typed is shown, and no figure that fewer than 5 people stand behind: versions that\n"
	"too few people met are put together, and left out when even then they are too few.\n"
	"Exit status: 0 done, 1 some conversations could not be read, 2 wrong usage, 3 could not run.";

struct report {
	struct stats *stats;
	int64_t now_ms;
	size_t unreadable;
	const char *script; /* NULL: all */
	bool json;
	struct buffer out;
};

static void take(
	void *user, const struct store_session *session, const struct dialogue *dialogue, const struct replay *replay)
{
	struct report *report = user;

	stats_add(report->stats, dialogue, &session->person, replay, report->now_ms);
}

static void count_unreadable(void *user, const struct store_session *session, const struct error *error)
{
	struct report *report = user;
	char id[ID_TEXT_SIZE];

	id_format(&session->id, id);
	fprintf(stderr, "askwell: %s: %s [%s]\n", id, error->text, error->key);
	report->unreadable++;
}

static void print_figure(struct buffer *out, const char *name, struct stats_figure figure, uint64_t of)
{
	if (figure.withheld)
		buffer_format(out, "  %-36s withheld\n", name);
	else if (of > 0)
		buffer_format(out, "  %-36s %6" PRIu64 "  %5.1f%%\n", name, figure.count,
			100.0 * (double)figure.count / (double)of);
	else
		buffer_format(out, "  %-36s %6" PRIu64 "\n", name, figure.count);
}

static void print_count(struct buffer *out, const char *words, struct stats_figure figure)
{
	if (figure.withheld)
		buffer_format(out, ", %s withheld", words);
	else if (figure.count > 0)
		buffer_format(out, ", %s %" PRIu64, words, figure.count);
}

static void print_places(struct buffer *out, const struct stats_place *places, size_t count)
{
	for (size_t i = 0; i < count && i < PLACES_SHOWN; i++) {
		if (places[i].state)
			buffer_format(out, "    state %s", places[i].state);
		else
			buffer_format(out, "    after %u message%s%s", places[i].turn, places[i].turn == 1 ? "" : "s",
				places[i].turn == STATS_TURNS_MAX ? " or more" : "");
		print_count(out, "stopped", places[i].stops);
		print_count(out, "hints", places[i].hints);
		print_count(out, "taken back", places[i].retakes);
		buffer_char(out, '\n');
	}
}

static void print_row(struct buffer *out, const struct stats_row *row)
{
	if (row->hash)
		buffer_format(out, "%s, version %.12s\n", row->id, row->hash);
	else
		buffer_format(out, "%s, %u version%s that few people met\n", row->id, row->versions,
			row->versions == 1 ? "" : "s");
	buffer_format(out, "  %" PRIu64 " people, %" PRIu64 " conversations, %" PRIu64 " messages\n", row->people,
		row->conversations, row->messages);
	for (size_t i = 0; i < row->ending_count; i++) {
		struct buffer name = {0};

		buffer_format(&name, "ended: %s", row->endings[i].id);
		print_figure(out, name.data, row->endings[i].reached, row->conversations);
		buffer_clear(&name);
	}
	print_figure(out, "stopped without an ending", row->stopped, row->conversations);
	print_figure(out, "still open", row->open, row->conversations);
	print_figure(out, "messages answered anyhow", row->anyhow, row->messages);
	print_figure(out, "messages not understood", row->unclassified, row->messages);
	print_figure(out, "hints asked for", row->hints, 0);
	print_figure(out, "messages taken back", row->retakes, 0);
	if (row->state_count + row->turn_count > 0)
		buffer_text(out, "  where people get stuck:\n");
	print_places(out, row->states, row->state_count);
	print_places(out, row->turns, row->turn_count);
	if (row->coverage)
		print_coverage(row->coverage, out);
	buffer_char(out, '\n');
}

/* Withheld is null. */
static void put_figure(struct json_out *json, const char *key, struct stats_figure figure)
{
	if (!figure.withheld) {
		json_out_put_integer(json, key, (int64_t)figure.count);
		return;
	}
	json_out_key(json, key);
	json_out_null(json);
}

static void put_places(struct json_out *json, const char *key, const struct stats_place *places, size_t count)
{
	json_out_key(json, key);
	json_out_array(json);
	for (size_t i = 0; i < count; i++) {
		json_out_object(json);
		if (places[i].state)
			json_out_put_text(json, "state", places[i].state);
		else
			json_out_put_integer(json, "messages", places[i].turn);
		put_figure(json, "stopped", places[i].stops);
		put_figure(json, "hints", places[i].hints);
		put_figure(json, "taken_back", places[i].retakes);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void put_row(struct json_out *json, const struct stats_row *row)
{
	json_out_object(json);
	json_out_put_text(json, "id", row->id);
	json_out_put_text(json, "hash", row->hash);
	json_out_put_integer(json, "versions", row->versions);
	json_out_put_integer(json, "people", (int64_t)row->people);
	json_out_put_integer(json, "conversations", (int64_t)row->conversations);
	json_out_put_integer(json, "messages", (int64_t)row->messages);
	json_out_key(json, "endings");
	json_out_object(json);
	for (size_t i = 0; i < row->ending_count; i++)
		put_figure(json, row->endings[i].id, row->endings[i].reached);
	json_out_object_end(json);
	put_figure(json, "stopped", row->stopped);
	put_figure(json, "open", row->open);
	put_figure(json, "answered_anyhow", row->anyhow);
	put_figure(json, "not_understood", row->unclassified);
	put_figure(json, "hints", row->hints);
	put_figure(json, "taken_back", row->retakes);
	put_places(json, "states", row->states, row->state_count);
	put_places(json, "turns", row->turns, row->turn_count);
	if (row->coverage)
		put_coverage(row->coverage, json);
	json_out_object_end(json);
}

static void put_rows(struct report *report, const struct stats_row *rows, size_t count, bool left_out)
{
	struct json_out json;

	json_out_init(&json, &report->out);
	json_out_object(&json);
	json_out_put_integer(&json, "people_least", STATS_PEOPLE_LEAST);
	json_out_put_boolean(&json, "left_out", left_out);
	json_out_put_integer(&json, "unreadable", (int64_t)report->unreadable);
	json_out_key(&json, "scripts");
	json_out_array(&json);
	for (size_t i = 0; i < count; i++)
		put_row(&json, &rows[i]);
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(&report->out, '\n');
}

static void print_rows(struct report *report, const struct stats_row *rows, size_t count, bool left_out)
{
	for (size_t i = 0; i < count; i++)
		print_row(&report->out, &rows[i]);
	if (left_out)
		buffer_format(&report->out, "Left out: scripts that fewer than %d people met.\n", STATS_PEOPLE_LEAST);
	else if (count == 0)
		buffer_format(&report->out, "There are no conversations%s%s yet.\n", report->script ? " with " : "",
			report->script ? report->script : "");
	if (report->unreadable)
		buffer_format(&report->out, "Could not be read: %zu.\n", report->unreadable);
}

static int finish(struct report *report)
{
	struct arena *arena = arena_new(0);
	size_t count = 0;
	bool left_out = false;
	const struct stats_row *rows = stats_rows(report->stats, arena, &count, &left_out);

	(report->json ? put_rows : print_rows)(report, rows, count, left_out);
	(void)fwrite(report->out.data, 1, report->out.length, stdout);
	arena_free(arena);
	if (fflush(stdout) != 0) {
		fputs("askwell: could not write all of the output.\n", stderr);
		return 3;
	}
	return report->unreadable > 0 ? 1 : 0;
}

int verb_stats(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = folders_dialogues();
	struct report report = {.now_ms = clock_now_ms()};
	const struct library_options library_options = {.unusable_too = true, .every_pack = true};
	const struct option options[] = {
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "cases, models, temperaments, language packs"},
		{"json", OPTION_SWITCH, &report.json, 0, 0, NULL, "for programs: one JSON object"},
	};
	const struct usage usage = {
		"askwell stats [OPTIONS] [ID]", about, options, sizeof options / sizeof *options, 0, 1};
	struct library *library = NULL;
	struct error error = {0};
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	report.stats = stats_new();
	report.script = result == 1 ? argv[0] : NULL;
	status = library_load(dialogues, &library_options, NULL, &library, &error);
	if (status == STATUS_OK)
		status = stored_each(&(struct stored_options){.data_folder = data,
					     .library = library,
					     .script = report.script,
					     .visit = take,
					     .unreadable = count_unreadable,
					     .user = &report},
			&error);
	if (status == STATUS_OK) {
		result = finish(&report);
	} else {
		fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
		result = 3;
	}
	library_release(library);
	stats_free(report.stats);
	buffer_clear(&report.out);
	return result;
}
