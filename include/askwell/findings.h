/* SPDX-License-Identifier: Apache-2.0 */
/* A list of what is wrong with content, all of it at once: stable code, place, reason, remedy. The checker fills it;
 * lint, the log and the browser show it. Knows nothing of scripts. One thread at a time. */
#ifndef ASKWELL_FINDINGS_H
#define ASKWELL_FINDINGS_H

#include "askwell/buffer.h"
#include "askwell/status.h"

#include <stddef.h>

enum finding_severity { FINDING_ERROR, FINDING_WARNING };

struct finding {
	const char *code; /* stable: "D014" */
	enum finding_severity severity;
	const char *file;
	unsigned line, column; /* from 1; 0 when the place is the whole file */
	const char *path;      /* JSON Pointer (RFC 6901); "" is the root */
	const char *reason;
	const char *remedy;
};

struct findings;

struct findings *findings_new(void);
void findings_free(struct findings *findings);

/* Copies everything. */
void findings_add(struct findings *findings, const struct finding *finding);

/* Copies every finding of `from` to the end of `to`. */
void findings_append(struct findings *to, const struct findings *from);

size_t findings_count(const struct findings *findings);
size_t findings_errors(const struct findings *findings);
const struct finding *findings_at(const struct findings *findings, size_t index);

/* Sorts by file, line, column, code. */
void findings_sort(struct findings *findings);

/* One finding as people read it: "file:12:3: error D014 /rules/2/when: reason. Remedy." and a newline. */
void finding_print(const struct finding *finding, struct buffer *out);

/* One finding as a JSON object. */
void finding_json(const struct finding *finding, struct buffer *out);

#endif
