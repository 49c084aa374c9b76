/* SPDX-License-Identifier: Apache-2.0 */
/* The ids that a condition is about, by their numbers in a dialogue. */
#ifndef ASKWELL_DIALOGUE_AXIS_H
#define ASKWELL_DIALOGUE_AXIS_H

#include "script.h"

/* NULL: there is none with this number. */
typedef const char *axis_name(const struct dialogue *dialogue, unsigned index);

axis_name axis_technique, axis_form, axis_flag, axis_focus, axis_asks; /* the same in every dialogue */
axis_name axis_topic, axis_cue, axis_disclosure, axis_stage, axis_state;

#endif
