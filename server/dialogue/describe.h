/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions in words, with the ids that authors write. */
#ifndef ASKWELL_DIALOGUE_DESCRIBE_H
#define ASKWELL_DIALOGUE_DESCRIBE_H

#include "moment.h"

/* A condition that does not hold: what is, and what was wanted. Lives in `arena`. */
const char *describe_want(const struct condition *condition, const struct moment *moment, struct arena *arena);

/* Why a rule whose `when` holds has nothing to disclose. */
const char *describe_disclose(const struct script_rule *rule, const struct moment *moment, struct arena *arena);

#endif
