/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/clock.h"
#include "askwell/file.h"
#include "askwell/library.h"
#include "askwell/memory.h"
#include "askwell/plan.h"
#include "askwell/replay.h"
#include "askwell/transcript.h"
#include "askwell/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char about[] =
	"Holds the conversation of case ID in the terminal, as the browser would: you type, the coachee\n"
	"answers, the note says what you just did. Without ID the cases are listed. Nothing is stored\n"
	"unless --transcript or --record names a file. While playing: /hint, /retake N (back to before your\n"
	"message N), /record FILE.plan (what was played so far, as a golden conversation), /end, /quit.\n"
	"A rehearsal may begin further on: --from names a state, --set variables, --told what was disclosed.\n"
	"With --explain, each answer says which rule gave it, which rules would have answered next, and which\n"
	"were one condition short.";

#define TRIALS_SHOWN 5

static const char ended[] = "(The conversation has ended: /retake N, or /quit.)";

struct play {
	const char *dialogues, *transcript, *record;
	const char *from, *set, *told;
	unsigned seed;
	bool explain;
	struct library *library;
	const struct dialogue *dialogue;
	struct technique_scratch *scratch;
	struct arena *arena;       /* one turn */
	struct arena *keeping;     /* the texts of all turns */
	struct engine_scene scene; /* where it begins */
	struct engine_run *start, *run;
	struct turn *turns;
	size_t count, capacity;
	int64_t started_ms;
};

static void print_lines(const struct play *play, const struct engine_reply *reply)
{
	for (size_t i = 0; i < reply->line_count; i++)
		printf("%s: %s\n",
			reply->lines[i].voice == ENGINE_GUIDE ? "(guide)"
							      : dialogue_info(play->dialogue)->character_name,
			reply->lines[i].text);
}

static void print_labels(const struct play *play, const struct technique_analysis *analysis, const char *text)
{
	const struct technique_pack *pack = dialogue_pack(play->dialogue);
	const struct technique_label *primary = analysis->primary;

	if (primary == NULL)
		return;
	printf("    [%s", technique_pack_name(pack, primary->technique));
	if (primary->cue.end > primary->cue.start)
		printf(": \"%.*s\"", (int)(primary->cue.end - primary->cue.start), text + primary->cue.start);
	puts("]");
	if (!play->explain)
		return;
	for (size_t i = 0; i < analysis->label_count; i++) {
		const struct technique_label *label = &analysis->labels[i];

		printf("    %s %s/%s rule %s, %d%%: %s\n", technique_name(label->technique),
			technique_family_name(label->family), technique_form_name(label->form), label->rule,
			label->confidence, label->reason);
	}
}

static void print_feedback(const struct play *play, const struct engine_reply *reply)
{
	const struct engine_feedback *feedback = reply->feedback;

	if (feedback) {
		printf("    %s %s\n", feedback->what ? feedback->what : "", feedback->why ? feedback->why : "");
		if (feedback->alternative)
			printf("    One other way: %s\n", feedback->alternative);
	}
	if (!play->explain)
		return;
	printf("    answered by %s rule %s: %s\n", engine_level_name(reply->level), reply->rule ? reply->rule : "-",
		reply->because ? reply->because : "");
	for (size_t i = 0; i < reply->change_count; i++)
		printf("    %s %d -> %d\n", dialogue_info(play->dialogue)->variables[reply->changes[i].variable].id,
			reply->changes[i].before, reply->changes[i].after);
}

static unsigned print_trials(
	const struct engine_explanation *explanation, bool nearly, bool wants_technique, unsigned printed)
{
	for (size_t i = 0; i < explanation->count && printed < TRIALS_SHOWN; i++) {
		const struct engine_trial *trial = &explanation->trials[i];

		if (trial->wants_technique != wants_technique ||
			(nearly ? !engine_nearly(trial) : trial->fit != ENGINE_LATE))
			continue;
		printed++;
		printf("    %s: %s rule %s%s%s\n", nearly ? "nearly" : "else", engine_level_name(trial->level),
			trial->rule, nearly ? ", but " : "", nearly ? trial->wanting[0] : "");
	}
	return printed;
}

/* What the rules made of a message, before the run moves on. */
static void explain(struct play *play, const struct technique_analysis *analysis, const struct turn *turn)
{
	struct engine_explanation explanation;

	if (engine_explain(play->dialogue, play->run, analysis, turn->text, turn->text_length, play->scratch,
		    play->arena, &explanation) != STATUS_OK)
		return;
	(void)print_trials(&explanation, false, false, 0);
	/* Most rules are for other kinds of message: those come last. */
	(void)print_trials(&explanation, true, true, print_trials(&explanation, true, false, 0));
}

static struct turn *next_turn(struct play *play, enum turn_kind kind)
{
	struct turn *turn;

	if (play->count == play->capacity) {
		play->capacity = play->capacity ? play->capacity * 2 : 64;
		play->turns = memory_grow(play->turns, play->capacity, sizeof *play->turns);
	}
	turn = &play->turns[play->count++];
	*turn = (struct turn){.number = (uint32_t)play->count, .kind = kind, .at_ms = clock_now_ms(), .text = ""};
	return turn;
}

static void move_to(struct play *play, struct engine_run *after)
{
	engine_free(play->run);
	play->run = after;
}

static void print_ending(const struct play *play, const struct engine_reply *reply)
{
	if (reply->ending >= 0)
		printf("\n== %s ==\n%s\n", dialogue_info(play->dialogue)->endings[reply->ending].title,
			dialogue_info(play->dialogue)->endings[reply->ending].debrief);
}

static void say(struct play *play, const char *text, size_t length)
{
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_reply reply;
	struct engine_run *after = NULL;
	struct buffer masked = {0};
	struct turn *turn;

	if (!utf8_valid(text, length) || utf8_has_control(text, length) || utf8_count(text, length) > 4000) {
		puts("(That cannot be read: plain text of at most 4,000 characters, please.)");
		return;
	}
	arena_reset(play->arena);
	technique_mask(dialogue_pack(play->dialogue), play->scratch, text, length, &masked);
	engine_context(play->dialogue, play->run, play->arena, &context);
	if (technique_analyse(dialogue_pack(play->dialogue), play->scratch, masked.data, masked.length, &context,
		    play->arena, &analysis) == STATUS_OK &&
		engine_step(play->dialogue, play->run, &analysis, masked.data, masked.length, play->scratch,
			play->arena, &after, &reply) == STATUS_OK) {
		turn = next_turn(play, TURN_SAY);
		turn->text = arena_copy(play->keeping, masked.data, masked.length);
		turn->text_length = masked.length;
		print_labels(play, &analysis, turn->text);
		print_lines(play, &reply);
		print_feedback(play, &reply);
		if (play->explain)
			explain(play, &analysis, turn);
		print_ending(play, &reply);
		move_to(play, after);
	} else {
		puts(engine_ended(play->run) ? ended : "(Say it in other words.)");
	}
	buffer_clear(&masked);
}

static void retake(struct play *play, const char *number)
{
	unsigned long to = strtoul(number, NULL, 10);
	struct replay replayed;

	next_turn(play, TURN_RETAKE)->to = to <= UINT32_MAX ? (uint32_t)to : 0;
	arena_reset(play->arena);
	if (replay_from(play->dialogue, play->scratch, play->start, play->turns, play->count, play->arena, &replayed,
		    NULL) != STATUS_OK) {
		play->count--;
		printf("(Message %lu is not part of this conversation any more.)\n", to);
		return;
	}
	move_to(play, replayed.run);
	printf("(Back to just before your message %lu. Try it another way.)\n", to);
}

static void hint(struct play *play)
{
	struct engine_hint nudge;

	if (engine_ended(play->run)) {
		puts(ended);
		return;
	}
	arena_reset(play->arena);
	engine_hint(play->dialogue, play->run, play->arena, &nudge);
	(void)next_turn(play, TURN_HINT);
	printf("    Listen for: %s\n    Kind of move: %s\n    For example: %s\n", nudge.listen_for, nudge.move,
		nudge.example);
}

static void end(struct play *play)
{
	struct engine_reply reply;
	struct engine_run *after = NULL;

	arena_reset(play->arena);
	if (engine_end(play->dialogue, play->run, play->arena, &after, &reply) != STATUS_OK) {
		puts(ended);
		return;
	}
	(void)next_turn(play, TURN_END);
	print_lines(play, &reply);
	print_ending(play, &reply);
	move_to(play, after);
}

/* The conversation so far as a plan that passes. */
static enum status record(struct play *play, const char *file, struct error *error)
{
	struct replay replayed = {0};
	struct buffer out = {0};
	enum status status;

	arena_reset(play->arena);
	status = replay_from(
		play->dialogue, play->scratch, play->start, play->turns, play->count, play->arena, &replayed, error);
	if (status == STATUS_OK) {
		plan_write(play->dialogue, play->seed, &play->scene, &replayed, &out);
		status = file_replace(file, out.data, out.length, error);
	}
	engine_free(replayed.run);
	buffer_clear(&out);
	return status;
}

static enum status record_new(struct play *play, const char *file, struct error *error)
{
	if (access(file, F_OK) == 0)
		return error_set(error, STATUS_INVALID, "file_exists",
			"There is a %s already. Name another file, or take that one away first.", file);
	return record(play, file, error);
}

static void record_now(struct play *play, const char *file)
{
	struct error error = {0};

	if (record_new(play, file, &error) == STATUS_OK)
		printf("(Written: %s. \"askwell test %s\" runs it.)\n", file, file);
	else
		printf("(%s)\n", error.text);
}

static void converse(struct play *play)
{
	bool prompt = isatty(STDIN_FILENO);
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	for (;;) {
		if (prompt) {
			printf("\n%zu> ", play->count + 1);
			fflush(stdout);
		}
		length = getline(&line, &size, stdin);
		if (length < 0 || strcmp(line, "/quit\n") == 0)
			break;
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = '\0';
		if (strcmp(line, "/hint") == 0)
			hint(play);
		else if (strcmp(line, "/end") == 0)
			end(play);
		else if (strncmp(line, "/retake ", 8) == 0)
			retake(play, line + 8);
		else if (strncmp(line, "/record ", 8) == 0)
			record_now(play, line + 8);
		else if (*line == '/')
			printf("(There is no %s. There are /hint, /retake N, /record FILE.plan, /end and /quit.)\n",
				line);
		else if (!utf8_blank(line, (size_t)length))
			say(play, line, (size_t)length);
	}
	free(line);
}

static void print_brief(const struct play *play)
{
	const struct dialogue_info *info = dialogue_info(play->dialogue);
	struct engine_reply opening;

	printf("%s (%s, %s)\n\n%s\n\nYour role: %s\n\n%s\n\n", info->title, dialogue_mode_name(info), info->model_name,
		info->situation, info->your_role, TRANSCRIPT_NOTICE);
	engine_opening(play->dialogue, play->run, play->arena, &opening);
	print_lines(play, &opening);
}

static const struct transcript_format *format_of(const char *file)
{
	const char *dot = strrchr(file, '.');

	return transcript_format_find(dot ? dot + 1 : "markdown");
}

/* Before the conversation: afterwards it would be lost. */
static enum status check_transcript(const char *name, struct error *error)
{
	FILE *file;

	if (!format_of(name))
		return error_set(error, STATUS_INVALID, "format_unknown",
			"A transcript cannot be written to %s. Name it .md, .html or .json.", name);
	file = fopen(name, "ab");
	if (!file)
		return error_set(error, STATUS_UNAVAILABLE, "file_unwritable",
			"Cannot write %s. Choose another --transcript.", name);
	(void)fclose(file);
	return STATUS_OK;
}

static enum status write_transcript(struct play *play, struct error *error)
{
	const struct transcript_format *format = format_of(play->transcript);
	struct transcript transcript = {
		.dialogue = play->dialogue, .session = id_new(), .started_ms = play->started_ms};
	struct buffer out = {0};
	struct replay replayed = {0};
	struct debrief debrief;
	enum status status = STATUS_OK;
	FILE *file;

	status = replay(
		play->dialogue, play->scratch, play->seed, play->turns, play->count, play->keeping, &replayed, error);
	if (status != STATUS_OK)
		return status;
	debrief_make(play->dialogue, &replayed, play->keeping, &debrief);
	transcript.replay = &replayed;
	transcript.debrief = &debrief;
	transcript.made_ms = clock_now_ms();
	transcript.ended_ms = engine_ended(play->run) ? transcript.made_ms : 0;
	transcript.active_ms = transcript_active_ms(play->started_ms, play->turns, play->count);
	format->write(&transcript, &out);
	file = fopen(play->transcript, "wb");
	if (!file || fwrite(out.data, 1, out.length, file) != out.length)
		status = error_set(error, STATUS_UNAVAILABLE, "file_unwritable", "Cannot write %s.", play->transcript);
	if (file && fclose(file) != 0)
		status = error_set(error, STATUS_UNAVAILABLE, "file_unwritable", "Cannot write %s.", play->transcript);
	engine_free(replayed.run);
	buffer_clear(&out);
	return status;
}

static enum status set_scene(struct play *play, struct error *error)
{
	enum status status = STATUS_OK;

	play->scene.state = play->from;
	if (play->set && !plan_read_settings(play->set, play->keeping, &play->scene))
		status = error_set(error, STATUS_INVALID, "settings_unreadable",
			"--set takes a list like \"trust=4,depth=1\", not \"%s\".", play->set);
	if (status == STATUS_OK && play->told && !plan_read_told(play->told, play->keeping, &play->scene))
		status = error_set(error, STATUS_INVALID, "told_unreadable",
			"--told takes a list of disclosures like \"one_id,another\", not \"%s\".", play->told);
	if (status == STATUS_OK)
		status = engine_start_at(play->dialogue, play->seed, &play->scene, &play->start, error);
	if (status == STATUS_OK)
		play->run = engine_copy(play->start);
	return status;
}

static enum status play_case(struct play *play, struct error *error)
{
	enum status status = STATUS_OK;

	play->scratch = technique_scratch_new();
	play->arena = arena_new(0);
	play->keeping = arena_new(0);
	play->started_ms = clock_now_ms();
	status = set_scene(play, error);
	if (status == STATUS_OK) {
		print_brief(play);
		converse(play);
	}
	if (status == STATUS_OK && play->record)
		status = record_new(play, play->record, error);
	if (status == STATUS_OK && play->transcript)
		status = write_transcript(play, error);
	engine_free(play->run);
	engine_free(play->start);
	free(play->turns);
	arena_free(play->arena);
	arena_free(play->keeping);
	technique_scratch_free(play->scratch);
	return status;
}

static void list_cases(const struct play *play)
{
	for (size_t i = 0; i < library_count(play->library); i++) {
		const struct dialogue_info *info = dialogue_info(library_at(play->library, i));

		printf("%-24s %s, %s, %d minutes: %s\n", info->id, dialogue_mode_name(info), info->model_name,
			info->minutes, info->title);
	}
}

int verb_play(int argc, char **argv)
{
	struct play play = {.dialogues = folders_dialogues(), .seed = (unsigned)clock_now_ms() % 1000000 + 1};
	struct library_options library_options = {0};
	struct error error = {0};
	enum status status;
	int result;
	const struct option options[] = {
		{"seed", OPTION_NUMBER, &play.seed, 1, 4000000000u, "NUMBER",
			"the same seed and words give the same conversation"},
		{"from", OPTION_TEXT, &play.from, 0, 0, "STATE", "begin in this state of the case"},
		{"set", OPTION_TEXT, &play.set, 0, 0, "LIST", "with these variables: trust=4,depth=1"},
		{"told", OPTION_TEXT, &play.told, 0, 0, "LIST", "with these disclosures made already"},
		{"explain", OPTION_SWITCH, &play.explain, 0, 0, NULL,
			"show labels, rules, what changed, what nearly was"},
		{"record", OPTION_TEXT, &play.record, 0, 0, "FILE",
			"write a plan at the end: what was said and what came"},
		{"transcript", OPTION_TEXT, &play.transcript, 0, 0, "FILE",
			"write it down at the end: .md, .html or .json"},
		{"dialogues", OPTION_TEXT, &play.dialogues, 0, 0, "FOLDER",
			"cases, models, temperaments, language packs"},
	};
	const struct usage usage = {
		"askwell play [OPTIONS] [ID]", about, options, sizeof options / sizeof *options, 0, 1};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	if (play.transcript && (play.from || play.set || play.told)) {
		fputs("askwell: a transcript is of a whole conversation: leave out --from, --set and --told.\n",
			stderr);
		return 2;
	}
	status = play.transcript ? check_transcript(play.transcript, &error) : STATUS_OK;
	library_options.on_demand = result > 0;
	if (status == STATUS_OK)
		status = library_load(play.dialogues, &library_options, NULL, &play.library, &error);
	if (status == STATUS_OK && result == 0) {
		list_cases(&play);
	} else if (status == STATUS_OK) {
		play.dialogue = library_find(play.library, argv[0]);
		status = play.dialogue ? play_case(&play, &error)
				       : error_set(&error, STATUS_NOT_FOUND, "case_not_found",
						 "There is no case \"%s\" in service. \"askwell play\" lists them; "
						 "\"askwell lint %s\" shows "
						 "what is wrong with the others.",
						 argv[0], play.dialogues);
	}
	library_release(play.library);
	if (status == STATUS_OK)
		return 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
