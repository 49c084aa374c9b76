/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/turn.h"

#include <string.h>

static const char *const names[] = {
	[TURN_SAY] = "say",
	[TURN_RETAKE] = "retake",
	[TURN_HINT] = "hint",
	[TURN_END] = "end",
};

const char *turn_kind_name(enum turn_kind kind)
{
	return names[kind];
}

bool turn_kind_parse(const char *name, enum turn_kind *kind)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i], name) == 0) {
			*kind = (enum turn_kind)i;
			return true;
		}
	}
	return false;
}
