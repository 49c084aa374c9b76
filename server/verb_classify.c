/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"
#include "folders.h"
#include "held.h"
#include "messages.h"
#include "options.h"
#include "verbs.h"

#include "askwell/arena.h"
#include "askwell/buffer.h"
#include "askwell/json_out.h"
#include "askwell/technique.h"
#include "askwell/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char about[] =
	"Labels messages. Reads one JSON object a line from standard input,\n"
	"  {\"id\": \"1\", \"text\": \"What matters most to you?\", \"previous\": \"I am stuck.\"}\n"
	"where \"previous\" or \"coachee\" (optional) is what the coachee said just before, \"before\" the trainee's "
	"own\n"
	"message before that, and \"mode\" coaching or mentoring. Writes one object a line:\n"
	"  {\"id\", \"primary\", \"techniques\": [{\"id\", \"family\", \"form\", \"start\", \"end\", \"cue\", "
	"\"rule\",\n"
	"   \"confidence\", \"runner_up\"}], \"flags\": []}\n"
	"start and end count characters; cue is the words that showed it; runner_up is what came next in a vote.\n"
	"\"safety\" is there when the message needs a person rather than practice. A line that cannot be used is\n"
	"named on standard error, and the rest goes on.\n\n"
	"With --explain it tells a person why: each sentence with its label, the words that showed it in\n"
	"[brackets], the rule and its reason, the points of a vote, and which rules lost and to what. The message\n"
	"may stand on the command line: askwell classify --explain --coachee \"I am stuck.\" what stops you\n\n"
	"With --held it tells a program what of the pack held on each sentence, one object a line:\n"
	"  {\"id\", \"sentences\": [{\"start\", \"end\", \"rule\", \"default\", \"words\", \"cues\": []}]}\n"
	"rule is the one that is sure of the sentence, or null; default the first that fits, or null; cues all that\n"
	"give their points. There are no sentences where the message needs a person. Points are fitted over it.\n\n"
	"Exit status: 0 all labelled, 1 some were not, 2 wrong usage, 3 could not run.";

struct classify {
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct arena *arena;
	struct buffer out;
	enum technique_mode mode;
	const char *coachee; /* for all messages that do not bring their own; may be NULL */
	bool explain, held, bold;
	size_t lines;
};

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
	json_out_put_integer(json, "confidence", label->confidence);
	if (label->runner_up != TECHNIQUE_UNCLASSIFIED)
		json_out_put_text(json, "runner_up", technique_name(label->runner_up));
	json_out_object_end(json);
}

static void write_labels(struct json_out *json, const char *text, const struct technique_analysis *analysis)
{
	json_out_put_text(json, "primary", technique_name(analysis->primary->technique));
	json_out_key(json, "techniques");
	json_out_array(json);
	for (size_t i = 0; i < analysis->label_count; i++)
		write_label(json, text, &analysis->labels[i]);
	json_out_array_end(json);
	json_out_key(json, "flags");
	json_out_array(json);
	for (size_t i = 0; i < analysis->flag_count; i++)
		json_out_text(json, technique_flag_name(analysis->flags[i].id));
	json_out_array_end(json);
	if (analysis->safety != NULL)
		json_out_put_text(json, "safety", analysis->safety);
}

static int add_piece(const char *piece, size_t length, void *to)
{
	buffer_add(to, piece, length);
	return 0;
}

/* Adds one object and the end of the line; `explanation` is filled in for --held. */
static void add_object(struct classify *classify, const json_t *id, const char *text,
	const struct technique_analysis *analysis, const struct technique_explanation *explanation)
{
	struct json_out json;
	struct buffer id_text = {0};

	json_out_init(&json, &classify->out);
	json_out_object(&json);
	json_out_key(&json, "id");
	if (json_dump_callback(id, add_piece, &id_text, JSON_ENCODE_ANY | JSON_COMPACT) == 0)
		json_out_raw(&json, id_text.data, id_text.length);
	else
		json_out_null(&json);
	if (classify->held)
		held_write(&json, text, explanation);
	else
		write_labels(&json, text, analysis);
	json_out_object_end(&json);
	buffer_char(&classify->out, '\n');
	buffer_clear(&id_text);
}

/* One message; `id` may be NULL where it is explained. NULL, or what is wrong with it. */
static const char *classify_message(struct classify *classify, const json_t *id, const char *text, size_t length,
	const struct technique_context *context)
{
	struct technique_analysis analysis;
	struct technique_explanation explanation;
	bool wanted = classify->explain || classify->held;
	enum status status = wanted ? technique_explain(classify->pack, classify->scratch, text, length, context,
					      classify->arena, &analysis, &explanation)
				    : technique_analyse(classify->pack, classify->scratch, text, length, context,
					      classify->arena, &analysis);

	if (status != STATUS_OK)
		return status == STATUS_TOO_LARGE ? "\"text\" is too long" : "\"text\" says nothing";
	buffer_reset(&classify->out);
	if (classify->explain) {
		const struct explain_page page = {
			classify->pack, text, length, context, &analysis, &explanation, classify->bold};
		explain_print(&page, &classify->out);
	} else {
		add_object(classify, id, text, &analysis, &explanation);
	}
	(void)fwrite(classify->out.data, 1, classify->out.length, stdout);
	return NULL;
}

/* Of type messages_visit. */
static const char *classify_line(void *to, const json_t *object)
{
	struct classify *classify = to;
	struct technique_context context = {.mode = classify->mode, .coachee = classify->coachee};
	const json_t *text = json_object_get(object, "text");

	if (classify->explain && classify->lines++ > 0)
		fputs("\n----\n\n", stdout);
	context.coachee_length = classify->coachee != NULL ? strlen(classify->coachee) : 0;
	arena_reset(classify->arena);
	const char *wrong = messages_line(object, &context);
	if (wrong != NULL)
		return wrong;
	return classify_message(
		classify, json_object_get(object, "id"), json_string_value(text), json_string_length(text), &context);
}

/* The words of the command line as one message. */
static int explain_words(struct classify *classify, int count, char **words)
{
	struct technique_context context = {.mode = classify->mode, .coachee = classify->coachee};
	struct buffer text = {0};
	const char *wrong;

	context.coachee_length = classify->coachee != NULL ? strlen(classify->coachee) : 0;
	for (int i = 0; i < count; i++) {
		if (i > 0)
			buffer_char(&text, ' ');
		buffer_text(&text, words[i]);
	}
	wrong = classify_message(classify, NULL, text.data != NULL ? text.data : "", text.length, &context);
	if (wrong != NULL)
		fprintf(stderr, "askwell: the message cannot be used: %s.\n", wrong);
	buffer_clear(&text);
	if (fflush(stdout) != 0)
		return 3;
	return wrong != NULL ? 1 : 0;
}

static bool fits_together(struct classify *classify, const char *mode, int words)
{
	if (words > 0 && !classify->explain)
		fputs("askwell: a message on the command line is for --explain; without it, send JSON lines.\n",
			stderr);
	else if (classify->held && classify->explain)
		fputs("askwell: --held is for programs and --explain for people; one at a time.\n", stderr);
	else if (classify->coachee != NULL && !utf8_valid(classify->coachee, strlen(classify->coachee)))
		fputs("askwell: --coachee is not UTF-8.\n", stderr);
	else if (!messages_mode(mode, &classify->mode))
		fprintf(stderr, "askwell: --mode is coaching or mentoring, not \"%s\".\n", mode);
	else
		return true;
	return false;
}

static bool bold_terminal(void)
{
	const char *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

int verb_classify(int argc, char **argv)
{
	const char *path = NULL, *language = "en", *mode = "coaching";
	struct classify classify = {0};
	struct buffer place = {0};
	const struct option options[] = {
		{"language", OPTION_TEXT, &language, 0, 0, "LANGUAGE",
			"its pack is techniques/LANGUAGE.json of the dialogues (en)"},
		{"pack", OPTION_TEXT, &path, 0, 0, "FILE", "another language pack"},
		{"mode", OPTION_TEXT, &mode, 0, 0, "MODE", "coaching or mentoring (coaching)"},
		{"explain", OPTION_SWITCH, &classify.explain, 0, 0, NULL, "tell a person why"},
		{"held", OPTION_SWITCH, &classify.held, 0, 0, NULL, "tell a program what held on each sentence"},
		{"coachee", OPTION_TEXT, &classify.coachee, 0, 0, "TEXT", "what the coachee said just before"},
	};
	const struct usage usage = {"askwell classify [OPTIONS] < LINES, or askwell classify --explain TEXT...", about,
		options, sizeof options / sizeof *options, 0, 10000};
	int words = options_parse(&usage, argc, argv);
	int result = 3;

	if (words < 0)
		return options_exit(words);
	if (!fits_together(&classify, mode, words))
		return 2;
	classify.bold = classify.explain && bold_terminal();
	if (path == NULL) {
		buffer_format(&place, "%s/techniques/%s.json", folders_dialogues(), language);
		path = place.data;
	}
	classify.pack = messages_pack(path);
	if (classify.pack != NULL) {
		classify.scratch = technique_scratch_new();
		classify.arena = arena_new(0);
		result = words > 0 ? explain_words(&classify, words, argv)
				   : messages_each(stdin, "line", classify_line, &classify);
	}
	technique_pack_release(classify.pack);
	technique_scratch_free(classify.scratch);
	arena_free(classify.arena);
	buffer_clear(&classify.out);
	buffer_clear(&place);
	return result;
}
