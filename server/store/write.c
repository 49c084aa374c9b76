/* SPDX-License-Identifier: Apache-2.0 */
#include "write.h"

#include "askwell/memory.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Only as much of the union as the kind needs, then the texts. Not zeroed: this is the busiest allocation there is. */
static struct write *write_new(enum write_kind kind, size_t member, size_t texts, char **tail)
{
	size_t fixed = offsetof(struct write, person) + member;
	struct write *write = memory_grow(NULL, (fixed > sizeof *write ? fixed : sizeof *write) + texts, 1);

	write->next = NULL;
	write->status = STATUS_OK;
	write->error = NULL;
	write->kind = kind;
	*tail = (char *)(write + 1);
	return write;
}

static size_t text_size(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

static const char *keep(char **tail, const char *text, size_t length)
{
	char *kept = *tail;

	if (!text)
		return NULL;
	if (length)
		memcpy(kept, text, length);
	kept[length] = '\0';
	*tail += length + 1;
	return kept;
}

static const char *keep_text(char **tail, const char *text)
{
	return keep(tail, text, text ? strlen(text) : 0);
}

struct write *write_person(const struct store_person *person)
{
	char *tail = NULL;
	struct write *write = write_new(WRITE_PERSON, sizeof *person, 0, &tail);

	write->person = *person;
	return write;
}

struct write *write_sign_out(const struct id *person)
{
	char *tail = NULL;
	struct write *write = write_new(WRITE_SIGN_OUT, sizeof *person, 0, &tail);

	write->signed_out = *person;
	return write;
}

static size_t version_size(const struct store_version *version)
{
	if (!version->body)
		return 0;
	return text_size(version->hash) + text_size(version->kind) + text_size(version->id) + version->body_length + 1;
}

static void keep_version(char **tail, const struct store_version *version, struct store_version *out)
{
	*out = (struct store_version){0};
	if (!version->body)
		return;
	out->hash = keep_text(tail, version->hash);
	out->kind = keep_text(tail, version->kind);
	out->id = keep_text(tail, version->id);
	out->body = keep(tail, version->body, version->body_length);
	out->body_length = version->body_length;
}

struct write *write_session(
	const struct store_session *session, const struct store_version *dialogue, const struct store_version *pack)
{
	char *tail = NULL;
	size_t texts = text_size(session->script) + text_size(session->script_hash) + text_size(session->pack_hash) +
		       text_size(session->ending) + version_size(dialogue) + version_size(pack);
	struct write *write = write_new(WRITE_SESSION, sizeof write->session, texts, &tail);
	struct store_session *row = &write->session.row;

	*row = *session;
	row->script = keep_text(&tail, session->script);
	row->script_hash = keep_text(&tail, session->script_hash);
	row->pack_hash = keep_text(&tail, session->pack_hash);
	row->ending = keep_text(&tail, session->ending);
	keep_version(&tail, dialogue, &write->session.dialogue);
	keep_version(&tail, pack, &write->session.pack);
	return write;
}

struct write *write_turn(
	const struct id *session, const struct turn *turn, const char *answer, size_t answer_length, const char *ending)
{
	char *tail = NULL;
	size_t ending_length = ending ? strlen(ending) : 0;
	size_t texts = turn->text_length + answer_length + ending_length + 3;
	struct write *write = write_new(WRITE_TURN, sizeof write->turn, texts, &tail);
	struct write_turn *kept = &write->turn;

	kept->session = *session;
	kept->row = *turn;
	kept->row.text = keep(&tail, turn->text ? turn->text : "", turn->text ? turn->text_length : 0);
	kept->answer = keep(&tail, answer ? answer : "", answer ? answer_length : 0);
	kept->answer_length = answer ? answer_length : 0;
	kept->ending = keep(&tail, ending, ending_length);
	kept->ending_length = ending_length;
	return write;
}

struct write *write_dispute(const struct dispute *dispute)
{
	char *tail = NULL;
	size_t texts = text_size(dispute->technique) + text_size(dispute->proposed) + text_size(dispute->note);
	struct write *write = write_new(WRITE_DISPUTE, sizeof write->dispute, texts, &tail);

	write->dispute = *dispute;
	write->dispute.technique = keep_text(&tail, dispute->technique);
	write->dispute.proposed = keep_text(&tail, dispute->proposed);
	write->dispute.note = keep_text(&tail, dispute->note);
	return write;
}

struct write *write_note(const struct note *note)
{
	char *tail = NULL;
	struct write *write =
		write_new(WRITE_NOTE, sizeof write->note, text_size(note->about) + text_size(note->text), &tail);

	write->note = *note;
	write->note.about = keep_text(&tail, note->about);
	write->note.text = keep_text(&tail, note->text);
	return write;
}

void write_fail(struct write *write, const struct error *error)
{
	if (!write->error)
		write->error = memory_new(sizeof *error);
	*write->error = *error;
	write->status = error->status;
}

void write_free(struct write *write)
{
	if (!write)
		return;
	free(write->error);
	free(write);
}
