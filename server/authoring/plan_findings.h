/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of plan.h and one way to report them. Used by plan_read.c and plan_run.c. */
#ifndef ASKWELL_AUTHORING_PLAN_FINDINGS_H
#define ASKWELL_AUTHORING_PLAN_FINDINGS_H

#include "askwell/plan.h"

enum plan_diagnostic {
	PLAN_LINE,
	PLAN_NO_CASE,
	PLAN_VALUE,
	PLAN_EXPECTATION,
	PLAN_COMMAND,
	PLAN_EMPTY,
	PLAN_TOO_EARLY,
	PLAN_TEXT,
	PLAN_UNKNOWN_CASE,
	PLAN_TWICE,
	PLAN_SCENE,
	PLAN_TOO_LARGE,
	PLAN_FAILED,
	PLAN_IMPOSSIBLE_TURN,
	PLAN_SAVED,
	PLAN_REPLAY,
	PLAN_DIAGNOSTIC_COUNT
};

void plan_report(struct findings *findings, enum plan_diagnostic diagnostic, const char *file, unsigned line,
	const char *remedy, const char *reason, ...) PRINTF_LIKE(6, 7);

#endif
