/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/stored.h"

#include "room.h"

#include <string.h>

struct shelf {
	const struct stored_options *options;
	struct store_reader *reader;
	struct versions *versions;
	struct technique_scratch *scratch;
	struct arena *arena; /* one conversation */
	struct store_session session;
};

static enum status show(struct shelf *shelf, const struct dialogue *dialogue, struct error *error)
{
	struct store_turn *turns = NULL;
	struct replay replayed = {0};
	size_t count = 0;
	enum status status = store_read_turns(shelf->reader, &shelf->session.id, shelf->arena, &turns, &count, error);

	if (status == STATUS_OK)
		status = replay(dialogue, shelf->scratch, shelf->session.seed, room_turns(turns, count, shelf->arena),
			count, shelf->arena, &replayed, error);
	if (status == STATUS_OK)
		shelf->options->visit(shelf->options->user, &shelf->session, dialogue, &replayed);
	engine_free(replayed.run);
	return status;
}

/* What is wrong with one conversation does not keep us from the others; what is wrong with the store does. */
static enum status take(struct shelf *shelf, struct error *error)
{
	const struct stored_options *options = shelf->options;
	const struct dialogue *dialogue = NULL;
	struct error wrong = {0};
	enum status status =
		versions_get(shelf->versions, options->library, shelf->reader, &shelf->session, &dialogue, &wrong);

	if (status == STATUS_OK)
		status = show(shelf, dialogue, &wrong);
	dialogue_release(dialogue);
	if (status == STATUS_OK)
		return STATUS_OK;
	if (status != STATUS_CORRUPT)
		return error_set(error, status, wrong.key, "%s", wrong.text);
	if (options->unreadable)
		options->unreadable(options->user, &shelf->session, &wrong);
	return STATUS_OK;
}

static bool is_wanted(const struct shelf *shelf)
{
	return !shelf->options->script || strcmp(shelf->session.script, shelf->options->script) == 0;
}

enum status stored_each(const struct stored_options *options, struct error *error)
{
	struct shelf shelf = {.options = options};
	enum status status = store_reader_open(options->data_folder, &shelf.reader, error);
	int64_t key = 0;
	bool found = true;

	shelf.versions = versions_new();
	shelf.scratch = technique_scratch_new();
	shelf.arena = arena_new(256 * 1024);
	while (status == STATUS_OK && found) {
		arena_reset(shelf.arena);
		status = store_read_next_session(shelf.reader, &key, shelf.arena, &shelf.session, &found, error);
		if (status == STATUS_OK && found && is_wanted(&shelf))
			status = take(&shelf, error);
	}
	arena_free(shelf.arena);
	technique_scratch_free(shelf.scratch);
	versions_free(shelf.versions);
	store_reader_close(shelf.reader);
	return status;
}
