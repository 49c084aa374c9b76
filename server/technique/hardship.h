/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns on trial: a message that nearly matches for ever must not hold up a conversation. */
#ifndef ASKWELL_TECHNIQUE_HARDSHIP_H
#define ASKWELL_TECHNIQUE_HARDSHIP_H

#include "pattern.h"

/* Whether `pattern`, which was written as `source` and compiled from `compiled`, is fast whatever people type. */
bool pattern_survives(const struct pattern *pattern, const struct pattern_workspace *workspace, const char *source,
	const char *compiled);

#endif
