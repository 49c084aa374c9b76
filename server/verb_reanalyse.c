/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/buffer.h"
#include "askwell/file.h"
#include "askwell/findings.h"
#include "askwell/json_out.h"
#include "askwell/reanalyse.h"
#include "askwell/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACK_BYTES_MAX (1024 * 1024)

static const char about[] =
	"Shows what other rules would make of what was said in stored conversations: for each message whose\n"
	"labels would change, those that were shown, those that it would get, and by which rule. Stored labels\n"
	"stay as they are; nothing is written. Works beside a running server. Each message is read in its own\n"
	"context, with what came of the labels that were shown. Conversations in a language without a pack are\n"
	"left out and counted. Without --pack and --dialogues, the packs of the installed dialogues are tried.\n"
	"With --json, one object a line, the counts last.\n"
	"Exit status: 0 done, whether or not anything would change, 1 some conversations could not be read,\n"
	"2 wrong usage, 3 could not run.";

struct report {
	bool json, summary;
	struct buffer out;
};

static const char *kind_name(size_t kind)
{
	return kind == REANALYSE_SAFETY ? "safety" : technique_name((enum technique_id)kind);
}

static void flush(struct report *report)
{
	(void)fwrite(report->out.data, 1, report->out.length, stdout);
	buffer_reset(&report->out);
}

/* On one line, whatever was typed. */
static void add_words(struct buffer *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		buffer_char(out, text[i] == '\n' || text[i] == '\t' ? ' ' : text[i]);
}

static void add_label(struct buffer *out, const struct technique_label *label)
{
	buffer_text(out, technique_name(label->technique));
	if (label->form != TECHNIQUE_FORM_NONE)
		buffer_format(out, " (%s)", technique_form_name(label->form));
	if (label->focus != TECHNIQUE_FOCUS_NONE)
		buffer_format(out, " on %s", technique_focus_name(label->focus));
}

static void add_flags(struct buffer *out, const struct technique_analysis *analysis)
{
	for (size_t i = 0; i < analysis->flag_count; i++)
		buffer_format(out, "%s%s", i > 0 ? ", " : "; flags ", technique_flag_name(analysis->flags[i].id));
}

/* The main label first, then the others in the order of the text. */
static void add_labels(struct buffer *out, const struct technique_analysis *analysis)
{
	if (analysis->safety) {
		buffer_format(out, "safety: %s", analysis->safety);
		return;
	}
	add_label(out, analysis->primary);
	for (size_t i = 0; i < analysis->label_count; i++) {
		if (&analysis->labels[i] == analysis->primary)
			continue;
		buffer_text(out, " + ");
		add_label(out, &analysis->labels[i]);
	}
	add_flags(out, analysis);
}

static void add_reasons(struct buffer *out, const char *text, const struct technique_analysis *analysis)
{
	for (size_t i = 0; !analysis->safety && i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];

		buffer_text(out, "       \"");
		add_words(out, text + label->cue.start, label->cue.end - label->cue.start);
		buffer_format(out, "\": %s%s%s. ", technique_name(label->technique), *label->rule ? " by rule " : "",
			label->rule);
		buffer_format(out, "%s\n", label->reason);
	}
}

static void print_turn(struct report *report, const struct reanalyse_turn *changed)
{
	struct buffer *out = &report->out;
	char session[ID_TEXT_SIZE];

	id_format(&changed->session->id, session);
	buffer_format(out, "%s  %s  turn %u\n  \"", session, changed->session->script, changed->turn->number);
	add_words(out, changed->turn->text, changed->turn->text_length);
	buffer_text(out, "\"\n  was  ");
	add_labels(out, changed->before);
	buffer_text(
		out, changed->recalled ? "\n  now  " : " (worked out again; what was kept cannot be read)\n  now  ");
	add_labels(out, changed->after);
	buffer_char(out, '\n');
	add_reasons(out, changed->turn->text, changed->after);
	buffer_char(out, '\n');
}

static void put_span(struct json_out *json, const char *text, struct technique_span span)
{
	json_out_put_integer(json, "start", (int64_t)utf8_count(text, span.start));
	json_out_put_integer(json, "end", (int64_t)utf8_count(text, span.end));
}

static void put_label(struct json_out *json, const char *text, const struct technique_label *label)
{
	json_out_object(json);
	json_out_put_text(json, "id", technique_name(label->technique));
	json_out_put_text(json, "family", technique_family_name(label->family));
	json_out_put_text(json, "form", technique_form_name(label->form));
	json_out_put_text(json, "focus", label->focus ? technique_focus_name(label->focus) : NULL);
	put_span(json, text, label->span);
	json_out_key(json, "cue");
	json_out_bytes(json, text + label->cue.start, label->cue.end - label->cue.start);
	json_out_put_text(json, "rule", label->rule);
	json_out_put_text(json, "reason", label->reason);
	json_out_object_end(json);
}

static void put_analysis(
	struct json_out *json, const char *key, const char *text, const struct technique_analysis *analysis)
{
	bool scored = !analysis->safety;

	json_out_key(json, key);
	json_out_object(json);
	json_out_put_text(json, "primary", scored ? technique_name(analysis->primary->technique) : NULL);
	json_out_key(json, "techniques");
	json_out_array(json);
	for (size_t i = 0; scored && i < analysis->label_count; i++)
		put_label(json, text, &analysis->labels[i]);
	json_out_array_end(json);
	json_out_key(json, "flags");
	json_out_array(json);
	for (size_t i = 0; scored && i < analysis->flag_count; i++)
		json_out_text(json, technique_flag_name(analysis->flags[i].id));
	json_out_array_end(json);
	json_out_put_text(json, "safety", analysis->safety);
	json_out_object_end(json);
}

static void put_turn(struct report *report, const struct reanalyse_turn *changed)
{
	struct json_out json;
	char session[ID_TEXT_SIZE];

	id_format(&changed->session->id, session);
	json_out_init(&json, &report->out);
	json_out_object(&json);
	json_out_put_text(&json, "session", session);
	json_out_put_text(&json, "script", changed->session->script);
	json_out_put_integer(&json, "turn", changed->turn->number);
	json_out_key(&json, "text");
	json_out_bytes(&json, changed->turn->text, changed->turn->text_length);
	json_out_put_boolean(&json, "stored", changed->recalled);
	put_analysis(&json, "before", changed->turn->text, changed->before);
	put_analysis(&json, "after", changed->turn->text, changed->after);
	json_out_object_end(&json);
	buffer_char(&report->out, '\n');
}

static void show_changed(void *user, const struct reanalyse_turn *changed)
{
	struct report *report = user;

	if (report->summary)
		return;
	(report->json ? put_turn : print_turn)(report, changed);
	flush(report);
}

static void show_unreadable(void *user, const struct store_session *session, const struct error *error)
{
	char id[ID_TEXT_SIZE];

	(void)user;
	id_format(&session->id, id);
	fprintf(stderr, "askwell: %s: %s [%s]\n", id, error->text, error->key);
}

struct move {
	size_t from, to, count;
};

static int most_first(const void *a, const void *b)
{
	const struct move *one = a, *other = b;

	if (one->count != other->count)
		return one->count < other->count ? 1 : -1;
	if (one->from != other->from)
		return one->from < other->from ? -1 : 1;
	return (one->to > other->to) - (one->to < other->to);
}

static size_t list_moves(const struct reanalyse_counts *counts, struct move moves[REANALYSE_KINDS * REANALYSE_KINDS])
{
	size_t count = 0;

	for (size_t from = 0; from < REANALYSE_KINDS; from++)
		for (size_t to = 0; to < REANALYSE_KINDS; to++)
			if (counts->moves[from][to] > 0)
				moves[count++] = (struct move){from, to, counts->moves[from][to]};
	qsort(moves, count, sizeof *moves, most_first);
	return count;
}

static void print_counts(struct report *report, const struct reanalyse_counts *counts)
{
	struct move moves[REANALYSE_KINDS * REANALYSE_KINDS];
	size_t count = list_moves(counts, moves);
	struct buffer *out = &report->out;

	buffer_format(out, "Conversations read: %zu. Messages read: %zu. Would change: %zu.\n", counts->sessions,
		counts->turns, counts->changed);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "%7zu  %s \u2192 %s%s\n", moves[i].count, kind_name(moves[i].from),
			kind_name(moves[i].to),
			moves[i].from == moves[i].to ? " (the rest differs: form, focus, flags, other labels)" : "");
	if (counts->other_language)
		buffer_format(out, "Left out, in another language: %zu.\n", counts->other_language);
	if (counts->unreadable)
		buffer_format(out, "Could not be read: %zu.\n", counts->unreadable);
	flush(report);
}

static void put_counts(struct report *report, const struct reanalyse_counts *counts)
{
	struct move moves[REANALYSE_KINDS * REANALYSE_KINDS];
	size_t count = list_moves(counts, moves);
	struct json_out json;

	json_out_init(&json, &report->out);
	json_out_object(&json);
	json_out_put_integer(&json, "conversations", (int64_t)counts->sessions);
	json_out_put_integer(&json, "other_language", (int64_t)counts->other_language);
	json_out_put_integer(&json, "unreadable", (int64_t)counts->unreadable);
	json_out_put_integer(&json, "turns", (int64_t)counts->turns);
	json_out_put_integer(&json, "changed", (int64_t)counts->changed);
	json_out_key(&json, "moves");
	json_out_array(&json);
	for (size_t i = 0; i < count; i++) {
		json_out_object(&json);
		json_out_put_text(&json, "from", kind_name(moves[i].from));
		json_out_put_text(&json, "to", kind_name(moves[i].to));
		json_out_put_integer(&json, "count", (int64_t)moves[i].count);
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(&report->out, '\n');
	flush(report);
}

static void print_findings(const struct findings *findings)
{
	struct buffer printed = {0};

	for (size_t i = 0; i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &printed);
	if (printed.length)
		fputs(printed.data, stderr);
	buffer_clear(&printed);
}

static enum status read_pack(const char *path, struct technique_pack **out, struct error *error)
{
	struct findings *findings = findings_new();
	struct buffer text = {0};
	enum status status = file_read(path, PACK_BYTES_MAX, &text, error);

	if (status == STATUS_OK && technique_pack_compile(path, text.data ? text.data : "", text.length, false,
					   findings, out) != STATUS_OK) {
		print_findings(findings);
		status = error_set(error, STATUS_INVALID, "pack_invalid", "The language pack %s cannot be used.", path);
	}
	buffer_clear(&text);
	findings_free(findings);
	return status;
}

/* A pack that is refused is what somebody is working on just now, so its findings are the answer. */
static enum status read_packs(const char *folder, struct library **out, struct error *error)
{
	const struct library_options options = {.unusable_too = true, .every_pack = true};
	enum status status = library_load(folder, &options, NULL, out, error);
	struct library_file file;

	for (size_t i = 0; status == STATUS_OK && i < library_file_count(*out); i++) {
		library_file_at(*out, i, &file);
		if (!file.refused || (file.kind != DIALOGUE_KIND_PACK && file.kind != DIALOGUE_KIND_UNKNOWN))
			continue;
		print_findings(file.findings);
		status = error_set(error, STATUS_INVALID, "pack_invalid",
			"%s in %s cannot be used. Mend it, or name a pack with --pack.", file.file, folder);
	}
	return status;
}

static int finish(
	struct report *report, enum status status, const struct reanalyse_counts *counts, const struct error *error)
{
	if (status != STATUS_OK) {
		fprintf(stderr, "askwell: %s [%s]\n", error->text, error->key);
		return 3;
	}
	(report->json ? put_counts : print_counts)(report, counts);
	if (fflush(stdout) != 0) {
		fputs("askwell: could not write all of the output.\n", stderr);
		return 3;
	}
	return counts->unreadable > 0 ? 1 : 0;
}

int verb_reanalyse(int argc, char **argv)
{
	const char *data = folders_data(), *dialogues = NULL, *path = NULL, *one = NULL;
	struct report report = {0};
	const struct option options[] = {
		{"data", OPTION_TEXT, &data, 0, 0, "FOLDER", "where conversations are kept"},
		{"pack", OPTION_TEXT, &path, 0, 0, "FILE", "the language pack to try"},
		{"dialogues", OPTION_TEXT, &dialogues, 0, 0, "FOLDER", "or all language packs of this folder"},
		{"session", OPTION_TEXT, &one, 0, 0, "ID", "only this conversation"},
		{"json", OPTION_SWITCH, &report.json, 0, 0, NULL, "for programs: one object a line"},
		{"summary", OPTION_SWITCH, &report.summary, 0, 0, NULL, "only the counts"},
	};
	const struct usage usage = {
		"askwell reanalyse [OPTIONS]", about, options, sizeof options / sizeof *options, 0, 0};
	struct technique_pack *pack = NULL;
	struct library *library = NULL;
	struct reanalyse_counts counts = {0};
	struct error error = {0};
	struct id session;
	enum status status;
	int result = options_parse(&usage, argc, argv);

	if (result < 0)
		return options_exit(result);
	if (one && !id_parse(one, strlen(one), &session)) {
		fputs("askwell: --session is a conversation's id; \"askwell export --list\" shows them.\n", stderr);
		return 2;
	}
	if (path && dialogues) {
		fputs("askwell: name a pack or a dialogues folder, not both.\n", stderr);
		return 2;
	}
	status = path ? read_pack(path, &pack, &error)
		      : read_packs(dialogues ? dialogues : folders_dialogues(), &library, &error);
	if (status == STATUS_OK)
		status = reanalyse(&(struct reanalyse_options){.data_folder = data,
					   .pack = pack,
					   .library = library,
					   .session = one ? &session : NULL,
					   .changed = show_changed,
					   .unreadable = show_unreadable,
					   .user = &report},
			&counts, &error);
	result = finish(&report, status, &counts, &error);
	technique_pack_release(pack);
	library_release(library);
	buffer_clear(&report.out);
	return result;
}
