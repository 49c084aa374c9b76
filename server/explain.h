/* SPDX-License-Identifier: Apache-2.0 */
/* One analysed message for a person at a terminal: each sentence with its label, the words that showed it, the rule and
 * its reason, the points of a vote, and what lost to what. Used by the verb classify. */
#ifndef ASKWELL_SERVER_EXPLAIN_H
#define ASKWELL_SERVER_EXPLAIN_H

#include "askwell/buffer.h"
#include "askwell/technique.h"

#include <stdbool.h>

struct explain_page {
	const struct technique_pack *pack;
	const char *text;
	size_t length;
	const struct technique_context *context;
	const struct technique_analysis *analysis;
	const struct technique_explanation *explanation;
	bool bold; /* with the terminal's bold type */
};

/* Adds plain lines of UTF-8; what could steer a terminal is shown as a replacement character. */
void explain_print(const struct explain_page *page, struct buffer *out);

#endif
