/* SPDX-License-Identifier: Apache-2.0 */
/* Turns of phrase that vote: one to three words in a row, each with points found by fitting over labelled messages. A cue is
 * written by hand and says why; these say only that such words often come with a technique, and so never lead. */
#ifndef ASKWELL_TECHNIQUE_WORDINGS_H
#define ASKWELL_TECHNIQUE_WORDINGS_H

#include "pack.h"

/* Of `words` words from the token on; `first`: with which a sentence begins. NULL when there is none. */
const struct pack_rule *wording_at(
	const struct pack_wordings *wordings, const struct normal *normal, size_t token, size_t words, bool first);

#endif
