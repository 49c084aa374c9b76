/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t read_enter(struct pack_reading *reading, const char *name)
{
	size_t before = reading->pointer_length;
	char *out = reading->pointer + before;
	size_t room = sizeof reading->pointer - before;
	size_t at = 0;
	if (room < 4)
		return before;
	out[at++] = '/';
	for (; *name != '\0' && at + 3 < room; name++) {
		if (*name == '~' || *name == '/') {
			out[at++] = '~';
			out[at++] = *name == '~' ? '0' : '1';
		} else {
			out[at++] = *name;
		}
	}
	out[at] = '\0';
	reading->pointer_length = before + at;
	return before;
}

size_t read_enter_index(struct pack_reading *reading, size_t index)
{
	char name[24];
	(void)snprintf(name, sizeof name, "%zu", index);
	return read_enter(reading, name);
}

void read_leave(struct pack_reading *reading, size_t before)
{
	reading->pointer[before] = '\0';
	reading->pointer_length = before;
}

void read_problem(struct pack_reading *reading, enum pack_problem problem, const char *format, ...)
{
	char detail[400];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	pack_problem(&reading->report, problem, reading->pointer, "%s", detail);
}

static bool is_kind(const json_t *value, enum member_kind kind)
{
	size_t index;
	const json_t *item;
	switch (kind) {
	case MEMBER_TEXT:
		return json_is_string(value);
	case MEMBER_NUMBER:
		return json_is_integer(value);
	case MEMBER_BOOLEAN:
		return json_is_boolean(value);
	case MEMBER_OBJECT:
		return json_is_object(value);
	case MEMBER_LIST:
		return json_is_array(value);
	case MEMBER_ANY:
		return true;
	case MEMBER_TEXTS:
		break;
	}
	if (!json_is_array(value))
		return false;
	json_array_foreach(value, index, item)
	{
		if (!json_is_string(item))
			return false;
	}
	return true;
}

static const char *const kind_names[] = {
	[MEMBER_TEXT] = "a text",
	[MEMBER_TEXTS] = "a list of texts",
	[MEMBER_NUMBER] = "a whole number",
	[MEMBER_BOOLEAN] = "true or false",
	[MEMBER_OBJECT] = "an object",
	[MEMBER_LIST] = "a list",
	[MEMBER_ANY] = "any value",
};

static const struct member *member_of(const struct member *members, const char *name)
{
	for (; members->name != NULL; members++) {
		if (strcmp(members->name, name) == 0)
			return members;
	}
	return NULL;
}

bool read_members(struct pack_reading *reading, const json_t *object, const struct member *members)
{
	const char *name;
	json_t *value;
	if (!json_is_object(object)) {
		read_problem(reading, PACK_WRONG_VALUE, "an object is expected");
		return false;
	}
	json_object_foreach((json_t *)object, name, value)
	{
		const struct member *member = member_of(members, name);
		size_t before = read_enter(reading, name);
		if (member == NULL && strcmp(name, "note") != 0)
			read_problem(reading, PACK_UNKNOWN_MEMBER, "\"%.80s\"", name);
		else if (member != NULL && !is_kind(value, member->kind))
			read_problem(reading, PACK_WRONG_VALUE, "%s is expected", kind_names[member->kind]);
		read_leave(reading, before);
	}
	for (const struct member *member = members; member->name != NULL; member++) {
		if (member->needed && json_object_get(object, member->name) == NULL)
			read_problem(reading, PACK_MISSING_MEMBER, "\"%s\"", member->name);
	}
	return true;
}

const char *read_text(const struct pack_reading *reading, const json_t *object, const char *name)
{
	return arena_text(reading->pack->arena, json_string_value(json_object_get(object, name)));
}

long read_number(
	struct pack_reading *reading, const json_t *object, const char *name, long absent, long least, long most)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_integer(value))
		return absent;
	json_int_t number = json_integer_value(value);
	if (number < least || number > most) {
		size_t before = read_enter(reading, name);
		read_problem(reading, PACK_WRONG_VALUE, "a number from %ld to %ld is expected", least, most);
		read_leave(reading, before);
		return absent;
	}
	return (long)number;
}

int read_choice(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_boolean(value) ? json_is_true(value) : -1;
}
