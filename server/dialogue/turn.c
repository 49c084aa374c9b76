/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/turn.h"

#include <string.h>

static const char *const kind_names[] = {
	[TURN_SAY] = "say",
	[TURN_RETAKE] = "retake",
	[TURN_HINT] = "hint",
	[TURN_END] = "end",
};

const char *turn_kind_name(enum turn_kind kind)
{
	return kind_names[kind];
}

bool turn_kind_parse(const char *name, enum turn_kind *kind)
{
	for (size_t i = 0; i < sizeof kind_names / sizeof kind_names[0]; i++)
		if (strcmp(kind_names[i], name) == 0) {
			*kind = (enum turn_kind)i;
			return true;
		}
	return false;
}
