/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include <string.h>

static const struct member technique_members[] = {
	{"name", MEMBER_TEXT, true},
	{"meaning", MEMBER_TEXT, false},
	{"form", MEMBER_TEXT, false},
	{"focus", MEMBER_TEXT, false},
	{"feedback", MEMBER_OBJECT, true},
	{"mentoring", MEMBER_OBJECT, false},
	{0},
};

static const struct member flag_members[] = {
	{"name", MEMBER_TEXT, true},
	{"reason", MEMBER_TEXT, true},
	{"feedback", MEMBER_OBJECT, true},
	{0},
};

static const struct member feedback_members[] = {
	{"what", MEMBER_TEXT, true},
	{"why", MEMBER_TEXT, true},
	{"alternative", MEMBER_TEXT, false},
	{"strength", MEMBER_BOOLEAN, false},
	{"offer", MEMBER_TEXT, false},
	{0},
};

static bool in_list(const char *const *list, const char *text, size_t length)
{
	for (; *list != NULL; list++) {
		if (strlen(*list) == length && memcmp(*list, text, length) == 0)
			return true;
	}
	return false;
}

static const char *read_template(struct pack_reading *reading, const json_t *object, const char *name)
{
	static const char *const templates[] = {"character", "words", "n", NULL};
	const char *text = read_text(reading, object, name);
	const char *open = text;
	size_t before = read_enter(reading, name);
	while (open != NULL && (open = strchr(open, '{')) != NULL) {
		size_t length = strcspn(++open, "}");
		if (open[length] == '\0' || !in_list(templates, open, length))
			read_problem(reading, PACK_UNKNOWN_TEMPLATE, "{%.*s}", (int)(length < 40 ? length : 40), open);
	}
	read_leave(reading, before);
	return text;
}

static void read_feedback(
	struct pack_reading *reading, const json_t *parent, const char *name, struct technique_feedback *out)
{
	static const char *const offers[] = {"ask", "reflect", NULL};
	const json_t *object = json_object_get(parent, name);
	size_t before = read_enter(reading, name);
	if (object != NULL && read_members(reading, object, feedback_members)) {
		out->what = read_template(reading, object, "what");
		out->why = read_template(reading, object, "why");
		out->alternative = read_template(reading, object, "alternative");
		out->strength = read_choice(object, "strength") == 1;
		out->offer = read_text(reading, object, "offer");
		if (out->offer != NULL && !in_list(offers, out->offer, strlen(out->offer))) {
			size_t inside = read_enter(reading, "offer");
			read_problem(reading, PACK_UNKNOWN_ID, "\"%.40s\"; \"ask\" or \"reflect\"", out->offer);
			read_leave(reading, inside);
		}
	}
	read_leave(reading, before);
}

static void read_technique(struct pack_reading *reading, const json_t *object, struct pack_technique *technique)
{
	if (!read_members(reading, object, technique_members))
		return;
	technique->name = read_text(reading, object, "name");
	technique->meaning = read_text(reading, object, "meaning");
	const char *form = read_text(reading, object, "form");
	const char *focus = read_text(reading, object, "focus");
	if (form != NULL && !technique_form_parse(form, &technique->form))
		read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", form);
	if (focus != NULL && !technique_focus_parse(focus, &technique->focus))
		read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", focus);
	read_feedback(reading, object, "feedback", &technique->feedback[TECHNIQUE_COACHING]);
	technique->feedback[TECHNIQUE_MENTORING] = technique->feedback[TECHNIQUE_COACHING];
	if (json_object_get(object, "mentoring") != NULL)
		read_feedback(reading, object, "mentoring", &technique->feedback[TECHNIQUE_MENTORING]);
}

static void read_flag(struct pack_reading *reading, const json_t *object, struct pack_flag *flag)
{
	if (!read_members(reading, object, flag_members))
		return;
	flag->name = read_text(reading, object, "name");
	flag->reason = read_text(reading, object, "reason");
	read_feedback(reading, object, "feedback", &flag->feedback);
}

static void read_techniques(struct pack_reading *reading, const json_t *list)
{
	const char *name;
	json_t *value;
	enum technique_id id;
	size_t before = read_enter(reading, "techniques");
	json_object_foreach((json_t *)list, name, value)
	{
		size_t inside = read_enter(reading, name);
		if (technique_parse(name, &id))
			read_technique(reading, value, &reading->pack->techniques[id]);
		else
			read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", name);
		read_leave(reading, inside);
	}
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		if (json_object_get(list, technique_name((enum technique_id)i)) == NULL)
			read_problem(reading, PACK_NO_WORDS_FOR_PEOPLE, "\"%s\"", technique_name((enum technique_id)i));
	}
	read_leave(reading, before);
}

static void read_flags(struct pack_reading *reading, const json_t *list)
{
	const char *name;
	json_t *value;
	enum technique_flag_id id;
	size_t before = read_enter(reading, "flags");
	json_object_foreach((json_t *)list, name, value)
	{
		size_t inside = read_enter(reading, name);
		if (technique_flag_parse(name, &id))
			read_flag(reading, value, &reading->pack->flags[id]);
		else
			read_problem(reading, PACK_UNKNOWN_ID, "\"%.60s\"", name);
		read_leave(reading, inside);
	}
	for (int i = 0; i < TECHNIQUE_FLAG_COUNT; i++) {
		if (json_object_get(list, technique_flag_name((enum technique_flag_id)i)) == NULL)
			read_problem(reading, PACK_NO_WORDS_FOR_PEOPLE, "\"%s\"",
				technique_flag_name((enum technique_flag_id)i));
	}
	read_leave(reading, before);
}

void read_people(struct pack_reading *reading, const json_t *root)
{
	read_techniques(reading, json_object_get(root, "techniques"));
	read_flags(reading, json_object_get(root, "flags"));
}
