/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include "askwell/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAN_MAX (256 * 1024)

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL)
		text[--length] = '\0';
	return text;
}

static void add_turn(struct plan *plan, enum turn_kind kind, const char *text, uint32_t to, unsigned line)
{
	struct plan_turn *turn = &plan->turns[plan->count++];
	turn->line = line;
	turn->turn = (struct turn){
		.number = (uint32_t)plan->count,
		.kind = kind,
		.to = to,
		.text = text,
		.text_length = strlen(text),
	};
}

static bool read_command(struct plan *plan, const char *command, unsigned line)
{
	if (strcmp(command, "hint") == 0)
		add_turn(plan, TURN_HINT, "", 0, line);
	else if (strcmp(command, "end") == 0)
		add_turn(plan, TURN_END, "", 0, line);
	else if (strncmp(command, "retake ", 7) == 0)
		add_turn(plan, TURN_RETAKE, "", (uint32_t)strtoul(command + 7, NULL, 10), line);
	else
		return false;
	return true;
}

/* "key: value", with a remark after two spaces. */
static bool read_pair(char *text, char **key, char **value)
{
	char *colon = strchr(text, ':');
	if (colon == NULL)
		return false;
	*colon = '\0';
	*key = trim(text);
	*value = trim(colon + 1);
	char *remark = strstr(*value, "  ");
	if (remark != NULL)
		*remark = '\0';
	return true;
}

static bool read_line(struct plan *plan, struct arena *arena, char *text, unsigned line, size_t lines)
{
	bool indented = *text == ' ' || *text == '\t';
	char *key, *value;
	text = trim(text);
	if (*text == '\0' || *text == '#')
		return true;
	if (*text == '>') {
		add_turn(plan, TURN_SAY, trim(text + 1), 0, line);
		return true;
	}
	if (*text == '!') {
		char *remark = strstr(trim(text + 1), "  ");
		if (remark != NULL)
			*remark = '\0';
		return read_command(plan, trim(text + 1), line);
	}
	if (!read_pair(text, &key, &value))
		return false;
	if (indented && plan->count > 0) {
		struct plan_turn *turn = &plan->turns[plan->count - 1];
		if (turn->expectations == NULL)
			turn->expectations = arena_array(arena, lines, sizeof *turn->expectations);
		turn->expectations[turn->count++] = (struct plan_expectation){key, value, line};
		return true;
	}
	if (strcmp(key, "case") == 0)
		plan->dialogue = value;
	else if (strcmp(key, "seed") == 0)
		plan->seed = strtoull(value, NULL, 10);
	else
		return false;
	return true;
}

bool plan_read(const char *file, struct arena *arena, struct plan *out)
{
	struct buffer buffer = {0};
	struct error error = {0};
	bool good = true;
	if (file_read(file, PLAN_MAX, &buffer, &error) != STATUS_OK) {
		fprintf(stderr, "%s: %s\n", file, error.text);
		return false;
	}
	char *text = arena_copy(arena, buffer.length > 0 ? buffer.data : "", buffer.length);
	buffer_clear(&buffer);
	size_t lines = 1;
	for (const char *c = text; *c != '\0'; c++)
		lines += *c == '\n';
	*out = (struct plan){.file = file, .seed = 1, .turns = arena_array(arena, lines, sizeof *out->turns)};
	unsigned number = 1;
	for (char *line = text, *next; line != NULL; line = next, number++) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		if (!read_line(out, arena, line, number, lines)) {
			fprintf(stderr, "%s:%u: this line is not part of the plan format\n", file, number);
			good = false;
		}
	}
	if (out->dialogue == NULL)
		fprintf(stderr, "%s:1: the plan names no case\n", file);
	return good && out->dialogue != NULL;
}
