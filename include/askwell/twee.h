/* SPDX-License-Identifier: Apache-2.0 */
/* Stories written for Twine, in its text form Twee 3, as the skeleton of a case: passages become states and lines, links
 * become rules with samples. What a conversation in free text needs and a story of links cannot tell is said in
 * findings. `askwell import-twee` calls it. Pure. Any thread. */
#ifndef ASKWELL_TWEE_H
#define ASKWELL_TWEE_H

#include "askwell/buffer.h"
#include "askwell/findings.h"
#include "askwell/status.h"

#include <stddef.h>

#define TWEE_MAX ((size_t)1024 * 1024) /* bytes */

/* Appends the skeleton, formatted JSON that has the form of a case. `file` is named in findings, `id` is the case's or
 * NULL: then it is made of the title. Findings have codes T001 and so on (dialogues/README.md). STATUS_INVALID, and nothing
 * appended, for what is no UTF-8 or holds no passage; STATUS_TOO_LARGE over TWEE_MAX. */
enum status twee_import(const char *file, const char *text, size_t length, const char *id, struct buffer *out,
	struct findings *findings, struct error *error) CHECKED;

/* What an import can find, for explanations and for the test that each has a failing story. NULL past the last. */
struct twee_diagnostic {
	const char *code; /* stable: "T003" */
	enum finding_severity severity;
	const char *meaning;
	const char *remedy;
};
const struct twee_diagnostic *twee_diagnostic_at(size_t index);

#endif
