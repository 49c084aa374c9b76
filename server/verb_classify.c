/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/file.h"
#include "askwell/findings.h"
#include "askwell/json_out.h"
#include "askwell/technique.h"
#include "askwell/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACK_BYTES_MAX (1024 * 1024)
#define LINE_BYTES_MAX (1024 * 1024)

static const char about[] =
	"Labels messages. Reads one JSON object a line from standard input,\n"
	"  {\"id\": \"1\", \"text\": \"What matters most to you?\", \"previous\": \"I am stuck.\"}\n"
	"where \"previous\" (optional) is what the coachee said just before, and writes one a line:\n"
	"  {\"id\", \"primary\", \"techniques\": [{\"id\", \"family\", \"form\", \"start\", \"end\", \"cue\", "
	"\"rule\"}], "
	"\"flags\": []}\n"
	"start and end count characters; cue is the words that showed it. \"safety\" is there when the message\n"
	"needs a person rather than practice. A line that cannot be used is named on standard error, and the rest\n"
	"goes on. Exit status: 0 all lines labelled, 1 some were not, 2 wrong usage, 3 could not run.";

struct classify {
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct arena *arena;
	struct buffer out;
	enum technique_mode mode;
};

static bool load_pack(struct classify *classify, const char *path)
{
	struct buffer text = {0}, printed = {0};
	struct error error = {0};
	struct findings *findings = findings_new();
	bool good = false;

	if (file_read(path, PACK_BYTES_MAX, &text, &error) != STATUS_OK) {
		fprintf(stderr, "askwell: %s\n", error.text);
		goto out;
	}
	good = technique_pack_compile(path, text.data != NULL ? text.data : "", text.length, false, findings,
		       &classify->pack) == STATUS_OK;
	for (size_t i = 0; !good && i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &printed);
	if (printed.length > 0)
		fputs(printed.data, stderr);
out:
	findings_free(findings);
	buffer_clear(&printed);
	buffer_clear(&text);
	return good;
}

static void write_label(struct json_out *json, const char *text, const struct technique_label *label)
{
	json_out_object(json);
	json_out_put_text(json, "id", technique_name(label->technique));
	json_out_put_text(json, "family", technique_family_name(label->family));
	json_out_put_text(json, "form", technique_form_name(label->form));
	json_out_put_integer(json, "start", (int64_t)utf8_count(text, label->span.start));
	json_out_put_integer(json, "end", (int64_t)utf8_count(text, label->span.end));
	json_out_key(json, "cue");
	json_out_bytes(json, text + label->cue.start, label->cue.end - label->cue.start);
	json_out_put_text(json, "rule", label->rule);
	json_out_object_end(json);
}

static void write_analysis(
	struct classify *classify, const json_t *id, const char *text, const struct technique_analysis *analysis)
{
	struct json_out json;
	char *id_text = json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT);

	buffer_reset(&classify->out);
	json_out_init(&json, &classify->out);
	json_out_object(&json);
	json_out_key(&json, "id");
	if (id_text != NULL)
		json_out_raw(&json, id_text, strlen(id_text));
	else
		json_out_null(&json);
	json_out_put_text(&json, "primary", technique_name(analysis->primary->technique));
	json_out_key(&json, "techniques");
	json_out_array(&json);
	for (size_t i = 0; i < analysis->label_count; i++)
		write_label(&json, text, &analysis->labels[i]);
	json_out_array_end(&json);
	json_out_key(&json, "flags");
	json_out_array(&json);
	for (size_t i = 0; i < analysis->flag_count; i++)
		json_out_text(&json, technique_flag_name(analysis->flags[i].id));
	json_out_array_end(&json);
	if (analysis->safety != NULL)
		json_out_put_text(&json, "safety", analysis->safety);
	json_out_object_end(&json);
	buffer_char(&classify->out, '\n');
	(void)fwrite(classify->out.data, 1, classify->out.length, stdout);
	free(id_text);
}

/* NULL, or what is wrong with the line. */
static const char *classify_line(struct classify *classify, const char *line, size_t length)
{
	struct technique_context context = {.mode = classify->mode};
	struct technique_analysis analysis;
	json_error_t error;
	const char *wrong = NULL;
	json_t *object = length <= LINE_BYTES_MAX ? json_loadb(line, length, 0, &error) : NULL;
	const json_t *text = json_object_get(object, "text");
	const json_t *previous = json_object_get(object, "previous");

	arena_reset(classify->arena);
	if (length > LINE_BYTES_MAX) {
		wrong = "the line is longer than 1 MiB";
	} else if (!json_is_object(object)) {
		wrong = "this is no JSON object";
	} else if (!json_is_string(text)) {
		wrong = "\"text\" has to be there and be a text";
	} else if (previous != NULL && !json_is_string(previous) && !json_is_null(previous)) {
		wrong = "\"previous\" has to be a text";
	} else {
		context.coachee = json_string_value(previous);
		context.coachee_length = json_string_length(previous);
		enum status status = technique_analyse(classify->pack, classify->scratch, json_string_value(text),
			json_string_length(text), &context, classify->arena, &analysis);
		if (status == STATUS_OK)
			write_analysis(classify, json_object_get(object, "id"), json_string_value(text), &analysis);
		else
			wrong = status == STATUS_TOO_LARGE ? "\"text\" is too long" : "\"text\" says nothing";
	}
	json_decref(object);
	return wrong;
}

static int classify_all(struct classify *classify)
{
	char *line = NULL;
	size_t capacity = 0, number = 0;
	ssize_t length;
	int result = 0;

	while ((length = getline(&line, &capacity, stdin)) >= 0) {
		number++;
		if (utf8_blank(line, (size_t)length))
			continue;
		const char *wrong = classify_line(classify, line, (size_t)length);
		if (wrong != NULL) {
			fprintf(stderr, "askwell: line %zu: %s.\n", number, wrong);
			result = 1;
		}
	}
	free(line);
	if (ferror(stdin) || fflush(stdout) != 0) {
		fputs("askwell: reading or writing stopped.\n", stderr);
		result = 3;
	}
	return result;
}

int verb_classify(int argc, char **argv)
{
	const char *path = NULL, *language = "en", *mode = "coaching";
	const struct option options[] = {
		{"language", OPTION_TEXT, &language, 0, 0, "LANGUAGE",
			"its pack is techniques/LANGUAGE.json of the dialogues (en)"},
		{"pack", OPTION_TEXT, &path, 0, 0, "FILE", "another language pack"},
		{"mode", OPTION_TEXT, &mode, 0, 0, "MODE", "coaching or mentoring (coaching)"},
	};
	const struct usage usage = {"askwell classify [OPTIONS] < LINES", about, options, 3, 0, 0};
	struct classify classify = {0};
	struct buffer place = {0};
	int parsed = options_parse(&usage, argc, argv);
	int result = 3;

	if (parsed < 0)
		return options_exit(parsed);
	if (strcmp(mode, "mentoring") == 0) {
		classify.mode = TECHNIQUE_MENTORING;
	} else if (strcmp(mode, "coaching") != 0) {
		fprintf(stderr, "askwell: --mode is coaching or mentoring, not \"%s\".\n", mode);
		return 2;
	}
	if (path == NULL) {
		buffer_format(&place, "%s/techniques/%s.json", folders_dialogues(), language);
		path = place.data;
	}
	if (load_pack(&classify, path)) {
		classify.scratch = technique_scratch_new();
		classify.arena = arena_new(0);
		result = classify_all(&classify);
	}
	technique_pack_release(classify.pack);
	technique_scratch_free(classify.scratch);
	arena_free(classify.arena);
	buffer_clear(&classify.out);
	buffer_clear(&place);
	return result;
}
