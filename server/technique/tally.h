/* SPDX-License-Identifier: Apache-2.0 */
/* Counting how often each entry of a pack counts, beside the analysis itself. */
#ifndef ASKWELL_TECHNIQUE_TALLY_H
#define ASKWELL_TECHNIQUE_TALLY_H

#include "analyse.h"

/* The last analysis made in `scratch`, as far as label_try() and what stands on it need it. `arena` may be NULL where
 * nothing is kept. */
struct analysis analysis_again(const struct technique_pack *pack, struct technique_scratch *scratch,
	const struct technique_context *context, struct arena *arena);

/* From now on only what tells whether an entry ever holds, and a rule or, without cues, a default ever wins. */
void tally_briefly(struct technique_tally *tally);

/* Counts the sentences of the last analysis. */
void tally_sentences(
	struct technique_tally *tally, struct technique_scratch *scratch, const struct technique_context *context);

/* Adds what the other one counted, of the same pack. */
void tally_merge(struct technique_tally *tally, const struct technique_tally *other);

const struct technique_tally_row *tally_row(
	const struct technique_tally *tally, enum technique_part part, const char *id);

#endif
