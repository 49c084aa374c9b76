/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/reanalyse.h"

#include "room.h"

#include "askwell/replay.h"

#include <string.h>

struct look {
	const struct reanalyse_options *options;
	struct reanalyse_counts *counts;
	struct store_reader *reader;
	struct versions *versions;
	struct technique_scratch *scratch; /* of the replay */
	struct technique_scratch *again;   /* of the new rules: the replay's is in use meanwhile */
	struct arena *arena;               /* one conversation */
	struct store_session session;
	const struct technique_pack *pack;
};

static bool same_label(const struct technique_label *a, const struct technique_label *b)
{
	return a->technique == b->technique && a->family == b->family && a->form == b->form && a->focus == b->focus;
}

static bool same_labels(const struct technique_analysis *a, const struct technique_analysis *b)
{
	if (a->label_count != b->label_count)
		return false;
	for (size_t i = 0; i < a->label_count; i++)
		if (!same_label(&a->labels[i], &b->labels[i]))
			return false;
	return true;
}

static unsigned flags_of(const struct technique_analysis *analysis)
{
	unsigned flags = 0;

	for (size_t i = 0; i < analysis->flag_count; i++)
		flags |= 1U << analysis->flags[i].id;
	return flags;
}

static unsigned compare(const struct technique_analysis *before, const struct technique_analysis *after)
{
	unsigned differences = 0;

	if (before->safety && after->safety)
		return strcmp(before->safety, after->safety) == 0 ? 0 : REANALYSE_PRIMARY;
	if (before->safety || after->safety)
		return REANALYSE_PRIMARY;
	if (before->primary->technique != after->primary->technique)
		differences |= REANALYSE_PRIMARY;
	if (before->primary->form != after->primary->form)
		differences |= REANALYSE_FORM;
	if (!same_labels(before, after))
		differences |= REANALYSE_LABELS;
	if (flags_of(before) != flags_of(after))
		differences |= REANALYSE_FLAGS;
	return differences;
}

static unsigned kind_of(const struct technique_analysis *analysis)
{
	return analysis->safety ? (unsigned)REANALYSE_SAFETY : (unsigned)analysis->primary->technique;
}

static void look_at(void *user, const struct replay_step *step, const struct technique_context *context)
{
	struct look *look = user;
	const struct technique_analysis *before = &step->analysis;
	struct technique_analysis after;
	unsigned differences;

	if (technique_analyse(look->pack, look->again, step->turn->text, step->turn->text_length, context, look->arena,
		    &after) != STATUS_OK)
		return;
	differences = compare(before, &after);
	look->counts->turns++;
	if (!differences)
		return;
	look->counts->changed++;
	look->counts->moves[kind_of(before)][kind_of(&after)]++;
	if (look->options->changed)
		look->options->changed(look->options->user, &(struct reanalyse_turn){&look->session, step->turn, before,
								    &after, step->recalled, differences});
}

static const struct technique_pack *pack_for(const struct reanalyse_options *options, const char *language)
{
	if (!options->pack)
		return library_pack(options->library, language);
	return strcmp(technique_pack_language(options->pack), language) == 0 ? options->pack : NULL;
}

static enum status look_through(struct look *look, const struct dialogue *dialogue, struct error *error)
{
	struct store_turn *turns = NULL;
	struct replay replayed = {0};
	size_t count = 0;
	enum status status = store_read_turns(look->reader, &look->session.id, look->arena, &turns, &count, error);

	if (status == STATUS_OK)
		status = replay_each(dialogue, look->scratch, look->session.seed, room_turns(turns, count, look->arena),
			count, look_at, look, look->arena, &replayed, error);
	engine_free(replayed.run);
	return status;
}

/* What is wrong with one conversation does not keep us from the others; what is wrong with the store does. */
static enum status take(struct look *look, struct error *error)
{
	const struct reanalyse_options *options = look->options;
	const struct dialogue *dialogue = NULL;
	struct error wrong = {0};
	enum status status =
		versions_get(look->versions, options->library, look->reader, &look->session, &dialogue, &wrong);

	if (status == STATUS_OK) {
		look->pack = pack_for(options, dialogue_info(dialogue)->language);
		if (look->pack)
			status = look_through(look, dialogue, &wrong);
		if (status == STATUS_OK)
			*(look->pack ? &look->counts->sessions : &look->counts->other_language) += 1;
	}
	dialogue_release(dialogue);
	if (status == STATUS_OK)
		return STATUS_OK;
	if (status != STATUS_CORRUPT)
		return error_set(error, status, wrong.key, "%s", wrong.text);
	look->counts->unreadable++;
	if (options->unreadable)
		options->unreadable(options->user, &look->session, &wrong);
	return STATUS_OK;
}

static enum status take_all(struct look *look, struct error *error)
{
	int64_t key = 0;
	bool found = true;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && found) {
		arena_reset(look->arena);
		status = store_read_next_session(look->reader, &key, look->arena, &look->session, &found, error);
		if (status == STATUS_OK && found)
			status = take(look, error);
	}
	return status;
}

static enum status take_one(struct look *look, const struct id *id, struct error *error)
{
	enum status status = store_read_session(look->reader, id, look->arena, &look->session, error);

	return status == STATUS_OK ? take(look, error) : status;
}

enum status reanalyse(const struct reanalyse_options *options, struct reanalyse_counts *out, struct error *error)
{
	struct look look = {.options = options, .counts = out};
	enum status status = store_reader_open(options->data_folder, &look.reader, error);

	memset(out, 0, sizeof *out);
	look.versions = versions_new();
	if (options->pack)
		versions_stand_in(look.versions, options->pack);
	look.scratch = technique_scratch_new();
	look.again = technique_scratch_new();
	look.arena = arena_new(256 * 1024);
	if (status == STATUS_OK)
		status = options->session ? take_one(&look, options->session, error) : take_all(&look, error);
	arena_free(look.arena);
	technique_scratch_free(look.again);
	technique_scratch_free(look.scratch);
	versions_free(look.versions);
	store_reader_close(look.reader);
	return status;
}
