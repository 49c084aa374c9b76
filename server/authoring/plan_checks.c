/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_checks.h"

#include <stdio.h>
#include <string.h>

#define SAID_WORDS_MAX 60 /* bytes of a line that an update quotes */

static bool is_nothing(const char *value)
{
	return strcmp(value, "nothing") == 0 || strcmp(value, "none") == 0 || strcmp(value, "no") == 0;
}

/* One id, or none of them. */
static bool check_id(const char *expected, const char *id, const char *none, struct buffer *found, const char **value)
{
	*value = id != NULL ? id : none;
	buffer_text(found, *value);
	return id == NULL ? is_nothing(expected) : strcmp(expected, id) == 0;
}

/* One of several ids. */
struct list {
	const char *expected;
	struct buffer *found;
	const char *first;
	bool holds;
};

static void list_add(struct list *list, const char *separator, const char *id)
{
	buffer_format(list->found, "%s%s", list->first == NULL ? "" : separator, id);
	list->holds = list->holds || strcmp(id, list->expected) == 0;
	if (list->first == NULL)
		list->first = id;
}

static bool list_end(const struct list *list, const char **value)
{
	*value = list->first != NULL ? list->first : "nothing";
	if (list->first == NULL)
		buffer_text(list->found, "nothing");
	return list->holds || (list->first == NULL && is_nothing(list->expected));
}

static bool check_label(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	bool labelled = m->analysis != NULL && m->analysis->primary != NULL;
	return check_id(
		expected, labelled ? technique_name(m->analysis->primary->technique) : NULL, "nothing", found, value);
}

static bool check_has(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	struct list list = {.expected = expected, .found = found};
	for (size_t i = 0; m->analysis != NULL && i < m->analysis->label_count; i++)
		list_add(&list, ", ", technique_name(m->analysis->labels[i].technique));
	return list_end(&list, value);
}

static bool check_flag(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	struct list list = {.expected = expected, .found = found};
	for (size_t i = 0; i < m->reply->flag_count; i++)
		list_add(&list, ", ", technique_flag_name(m->reply->flags[i].id));
	return list_end(&list, value);
}

static bool check_voice(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	static const char *const names[] = {"character", "guide"};
	struct list list = {.expected = expected, .found = found};
	for (size_t i = 0; i < m->reply->line_count; i++)
		list_add(&list, ", ", names[m->reply->lines[i].voice]);
	return list_end(&list, value);
}

static bool check_follows(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	struct list list = {.expected = expected, .found = found};
	for (size_t i = 0; i < m->reply->cues_followed_count; i++)
		list_add(&list, ", ", dialogue_info(m->dialogue)->cues[m->reply->cues_followed[i]].id);
	return list_end(&list, value);
}

/* "LEVEL RULE", or the rule alone. */
static bool check_rule(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	const char *rule = m->reply->rule;
	if (rule == NULL)
		return check_id(expected, NULL, "nothing", found, value);
	buffer_format(found, "%s %s", engine_level_name(m->reply->level), rule);
	*value = strchr(expected, ' ') != NULL ? arena_text(m->arena, found->data) : rule;
	return strcmp(found->data, expected) == 0 || strcmp(rule, expected) == 0;
}

static bool check_reveals(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	return check_id(expected, m->reply->disclosure, "nothing", found, value);
}

static bool check_feedback(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	return check_id(expected, m->reply->feedback != NULL ? m->reply->feedback->id : NULL, "none", found, value);
}

static bool check_stage(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	return check_id(expected, dialogue_info(m->dialogue)->stages[engine_stage(m->dialogue, m->run)].id, "nothing",
		found, value);
}

static bool check_state(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	return check_id(expected, engine_state(m->dialogue, m->run), "nothing", found, value);
}

static bool check_ended(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	int ending = engine_ending(m->run);
	return check_id(
		expected, ending >= 0 ? dialogue_info(m->dialogue)->endings[ending].id : NULL, "nothing", found, value);
}

/* "ID OUTCOME", or the outcome alone. */
static bool check_exercise(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	const struct engine_exercise *exercise = m->reply->exercise;
	if (exercise == NULL)
		return check_id(expected, NULL, "nothing", found, value);
	const char *outcome = engine_outcome_name(exercise->outcome);
	buffer_format(found, "%s %s", exercise->id, outcome);
	*value = strchr(expected, ' ') != NULL ? arena_text(m->arena, found->data) : outcome;
	return strcmp(found->data, expected) == 0 || strcmp(outcome, expected) == 0;
}

static bool check_prompt(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	return check_id(expected, m->reply->prompt, "nothing", found, value);
}

static bool is_said(const struct plan_moment *m, const char *expected, struct buffer *found)
{
	bool said = false;
	for (size_t i = 0; i < m->reply->line_count; i++) {
		buffer_format(found, "%s%s", i == 0 ? "" : " / ", m->reply->lines[i].text);
		said = said || strcasestr(m->reply->lines[i].text, expected) != NULL;
	}
	if (m->reply->line_count == 0)
		buffer_text(found, "nothing");
	return said;
}

/* The beginning of a line, up to the end of a word: two spaces would begin a remark. */
static const char *quote(const struct plan_moment *m)
{
	if (m->reply->line_count == 0)
		return NULL;
	const char *text = m->reply->lines[0].text;
	size_t length = strlen(text);
	const char *remark = strstr(text, "  ");
	if (remark != NULL)
		length = (size_t)(remark - text);
	if (length > SAID_WORDS_MAX) {
		length = SAID_WORDS_MAX;
		while (length > 0 && text[length] != ' ')
			length--;
	}
	return length > 0 ? arena_copy(m->arena, text, length) : NULL;
}

static bool check_says(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	*value = quote(m);
	return is_said(m, expected, found);
}

static bool check_silent(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	*value = NULL;
	return !is_said(m, expected, found);
}

/* "trust >= 3" */
struct comparison {
	char name[65], how[3];
	int number;
};

static bool read_comparison(const char *text, struct comparison *out)
{
	int end = 0;
	if (sscanf(text, "%64[a-z0-9_] %2[<>=] %4d%n", out->name, out->how, &out->number, &end) != 3 ||
		text[end] != '\0')
		return false;
	return strcmp(out->how, "=") == 0 || strcmp(out->how, ">=") == 0 || strcmp(out->how, "<=") == 0;
}

static bool is_comparison(const char *value)
{
	struct comparison comparison;
	return read_comparison(value, &comparison);
}

static bool check_variable(const struct plan_moment *m, const char *expected, struct buffer *found, const char **value)
{
	const struct dialogue_info *info = dialogue_info(m->dialogue);
	struct comparison wanted;
	*value = NULL;
	if (!read_comparison(expected, &wanted)) {
		buffer_text(found, "a comparison that cannot be read");
		return false;
	}
	for (unsigned i = 0; i < info->variable_count; i++) {
		if (strcmp(info->variables[i].id, wanted.name) != 0)
			continue;
		int is = engine_variable(m->run, i);
		buffer_format(found, "%s = %d", wanted.name, is);
		*value = arena_format(m->arena, "%s %s %d", wanted.name, wanted.how, is);
		if (strcmp(wanted.how, ">=") == 0)
			return is >= wanted.number;
		return strcmp(wanted.how, "<=") == 0 ? is <= wanted.number : is == wanted.number;
	}
	buffer_format(found, "no variable %s", wanted.name);
	return false;
}

static const struct plan_check checks[] = {
	{"label", check_label, NULL},
	{"has", check_has, NULL},
	{"flag", check_flag, NULL},
	{"rule", check_rule, NULL},
	{"reveals", check_reveals, NULL},
	{"says", check_says, NULL},
	{"silent", check_silent, NULL},
	{"voice", check_voice, NULL},
	{"follows", check_follows, NULL},
	{"feedback", check_feedback, NULL},
	{"stage", check_stage, NULL},
	{"state", check_state, NULL},
	{"var", check_variable, is_comparison},
	{"ended", check_ended, NULL},
	{"exercise", check_exercise, NULL},
	{"prompt", check_prompt, NULL},
};

const struct plan_check *plan_check_find(const char *key)
{
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (strcmp(checks[i].key, key) == 0)
			return &checks[i];
	return NULL;
}
