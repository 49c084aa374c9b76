/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_checks.h"
#include "plan_findings.h"

#include "askwell/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_CHARACTERS_MAX 4000

/* A plan being read. `text` is a copy in which lines and values are cut off. */
struct reading {
	struct plan *plan;
	struct arena *arena;
	struct findings *findings;
	char *text;
	unsigned line;
	struct plan_expectation *expectations; /* of all turns, one after the other */
	size_t expectation_count;
	bool seed_read, from_read, set_read, told_read;
};

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL)
		text[--length] = '\0';
	return text;
}

/* A remark follows after two spaces. */
static char *without_remark(char *text)
{
	text = trim(text);
	char *remark = strstr(text, "  ");
	if (remark != NULL)
		*remark = '\0';
	return trim(text);
}

#define report(reading, diagnostic, ...)                                                                               \
	plan_report((reading)->findings, diagnostic, (reading)->plan->file, (reading)->line, NULL, __VA_ARGS__)

static void add_turn(struct reading *r, enum turn_kind kind, const char *text, uint32_t to)
{
	struct plan *plan = r->plan;
	struct plan_turn *turn = &plan->turns[plan->count++];
	turn->line = r->line;
	turn->expectations = &r->expectations[r->expectation_count];
	turn->turn = (struct turn){
		.number = (uint32_t)plan->count,
		.kind = kind,
		.to = to,
		.text = text,
		.text_length = strlen(text),
	};
}

static void read_message(struct reading *r, char *text)
{
	text = trim(text);
	size_t length = strlen(text);
	if (length == 0 || utf8_blank(text, length))
		report(r, PLAN_TEXT, "The message is empty.");
	else if (utf8_has_control(text, length))
		report(r, PLAN_TEXT, "The message holds a control character.");
	else if (utf8_count(text, length) > MESSAGE_CHARACTERS_MAX)
		report(r, PLAN_TEXT, "The message has more than 4,000 characters.");
	add_turn(r, TURN_SAY, text, 0);
}

static bool read_number(const char *text, uint64_t most, uint64_t *out)
{
	char *end = NULL;
	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	*out = number;
	return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && number <= most;
}

static bool is_message(const struct plan *plan, uint64_t number)
{
	return number >= 1 && number <= plan->count && plan->turns[number - 1].turn.kind == TURN_SAY;
}

static void read_command(struct reading *r, char *text)
{
	const char *command = without_remark(text);
	uint64_t to;
	if (strcmp(command, "hint") == 0)
		add_turn(r, TURN_HINT, "", 0);
	else if (strcmp(command, "end") == 0)
		add_turn(r, TURN_END, "", 0);
	else if (strncmp(command, "retake ", 7) == 0 && read_number(command + 7, UINT32_MAX, &to) &&
		 is_message(r->plan, to))
		add_turn(r, TURN_RETAKE, "", (uint32_t)to);
	else if (strncmp(command, "retake", 6) == 0)
		report(r, PLAN_COMMAND, "\"%s\" goes back to no earlier message.", command);
	else
		report(r, PLAN_COMMAND, "There is no command \"%s\".", command);
}

static void first_time(struct reading *r, bool *read, const char *key)
{
	if (*read)
		report(r, PLAN_TWICE, "\"%s\" is said twice.", key);
	*read = true;
}

/* False when there is no such line at the top. */
static bool read_top(struct reading *r, const char *key, char *value)
{
	struct plan *plan = r->plan;
	if (strcmp(key, "case") == 0) {
		bool read = plan->dialogue != NULL;
		first_time(r, &read, key);
		plan->dialogue = value;
		plan->dialogue_line = r->line;
		return true;
	}
	if (strcmp(key, "seed") == 0) {
		first_time(r, &r->seed_read, key);
		if (!read_number(value, UINT64_MAX, &plan->seed))
			report(r, PLAN_VALUE, "\"seed\" takes a whole number, not \"%s\".", value);
		return true;
	}
	bool from = strcmp(key, "from") == 0, set = strcmp(key, "set") == 0;
	if (!from && !set && strcmp(key, "told") != 0)
		return false;
	first_time(r, from ? &r->from_read : set ? &r->set_read : &r->told_read, key);
	plan->scene_line = r->line;
	if (from)
		plan->scene.state = value;
	else if (set ? !plan_read_settings(value, r->arena, &plan->scene)
		     : !plan_read_told(value, r->arena, &plan->scene))
		report(r, PLAN_VALUE, "\"%s\" takes a list like \"%s\".", key,
			set ? "trust=4, depth=1" : "one_id, another");
	return true;
}

static void read_expectation(struct reading *r, const char *key, const char *value)
{
	struct plan *plan = r->plan;
	const struct plan_check *check = plan_check_find(key);
	if (check == NULL)
		report(r, PLAN_EXPECTATION, "There is no expectation \"%s\".", key);
	else if (plan->count == 0)
		report(r, PLAN_TOO_EARLY, "\"%s\" stands before the first message.", key);
	else if (*value == '\0')
		report(r, PLAN_VALUE, "\"%s\" has no value.", key);
	else if (check->readable != NULL && !check->readable(value))
		report(r, PLAN_VALUE, "\"%s\" cannot be read as \"%s\": write \"trust >= 3\" (=, >=, <=).", value, key);
	if (check == NULL || plan->count == 0)
		return;
	size_t start = (size_t)(value - r->text);
	r->expectations[r->expectation_count++] =
		(struct plan_expectation){key, value, r->line, start, start + strlen(value)};
	plan->turns[plan->count - 1].count++;
}

/* "key: value" */
static void read_pair(struct reading *r, char *text, bool indented)
{
	char *colon = strchr(text, ':');
	if (colon == NULL) {
		report(r, PLAN_LINE, "\"%s\" is not part of the plan format.", text);
		return;
	}
	*colon = '\0';
	const char *key = trim(text);
	char *value = without_remark(colon + 1);
	if (indented)
		read_expectation(r, key, value);
	else if (!read_top(r, key, value))
		report(r, PLAN_LINE,
			plan_check_find(key) != NULL ? "\"%s\" is not indented." : "There is no line \"%s\" here.",
			key);
}

static void read_line(struct reading *r, char *line)
{
	bool indented = *line == ' ' || *line == '\t';
	char *text = trim(line);
	if (*text == '\0' || *text == '#')
		return;
	if (*text == '>')
		read_message(r, text + 1);
	else if (*text == '!')
		read_command(r, text + 1);
	else
		read_pair(r, text, indented);
}

/* False when there is no use in going on. */
static bool check_bytes(struct reading *r, const struct dialogue_source *source)
{
	r->line = 1;
	if (source->length > PLAN_SIZE_MAX) {
		report(r, PLAN_TOO_LARGE, "The plan has %zu bytes.", source->length);
		return false;
	}
	for (const char *at = source->text, *end = at + source->length; at < end; r->line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop != NULL ? stop : end) - at);
		if (!utf8_valid(at, length) || memchr(at, '\0', length) != NULL) {
			report(r, PLAN_TEXT, "The line is not plain text in UTF-8.");
			return false;
		}
		at = stop != NULL ? stop + 1 : end;
	}
	return true;
}

enum status plan_read(
	const struct dialogue_source *source, struct arena *arena, struct findings *findings, struct plan *out)
{
	size_t errors = findings_errors(findings), lines = 1;
	struct reading r = {.plan = out, .arena = arena, .findings = findings};
	*out = (struct plan){.file = source->file, .seed = 1};
	if (!check_bytes(&r, source))
		return STATUS_INVALID;
	for (size_t i = 0; i < source->length; i++)
		lines += source->text[i] == '\n';
	r.text = arena_copy(arena, source->text, source->length);
	out->turns = arena_array(arena, lines, sizeof *out->turns);
	r.expectations = arena_array(arena, lines + 1, sizeof *r.expectations);
	r.line = 1;
	for (char *line = r.text, *next; line != NULL; line = next, r.line++) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		read_line(&r, line);
	}
	r.line = 1;
	if (out->dialogue == NULL || *out->dialogue == '\0')
		report(&r, PLAN_NO_CASE, "The plan does not say which case it is about.");
	if (out->count == 0)
		report(&r, PLAN_EMPTY, "The plan has no message.");
	return findings_errors(findings) == errors ? STATUS_OK : STATUS_INVALID;
}
