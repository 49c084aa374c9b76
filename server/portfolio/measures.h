/* SPDX-License-Identifier: Apache-2.0 */
/* The measures of a conversation as people read them: what was counted, what it means and where it comes from. Evidence
 * and bands, never a score; counts only below ten messages. Internal to portfolio. Pure. */
#ifndef ASKWELL_PORTFOLIO_MEASURES_H
#define ASKWELL_PORTFOLIO_MEASURES_H

#include "askwell/debrief.h"

#include <stdbool.h>
#include <stddef.h>

#define MEASURES_ENOUGH 10 /* messages, from which on shares say something */

struct measure {
	const char *id;
	const char *name;
	bool headline;
	const char *per; /* "message", "question", "mean" or NULL */
	double count;
	int of; /* -1: it is of nothing */
	const char *source;
	const char *band; /* "starting", "developing" or "steady"; NULL: none, or too few messages to say */
	int permitted;    /* told after asking leave; -1: none, or it is not about telling */
	char meaning[800];
	char figure[64]; /* "3 of 12 (25%)" */
};

size_t measures_count(void);
void measures_at(const struct dialogue *dialogue, const struct debrief *debrief, size_t index, struct measure *out);

#endif
