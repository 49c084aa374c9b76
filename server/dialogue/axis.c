/* SPDX-License-Identifier: Apache-2.0 */
#include "axis.h"

const char *axis_technique(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_name((enum technique_id)index);
}

const char *axis_form(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_form_name((enum technique_form)index);
}

const char *axis_flag(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_flag_name((enum technique_flag_id)index);
}

const char *axis_focus(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_focus_name((enum technique_focus)index);
}

const char *axis_asks(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_asks_name((enum technique_asks)index);
}

const char *axis_topic(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->topic_count ? dialogue->topics[index].id : NULL;
}

const char *axis_cue(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->info.cue_count ? dialogue->info.cues[index].id : NULL;
}

const char *axis_disclosure(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->info.disclosure_count ? dialogue->disclosures[index].id : NULL;
}

const char *axis_stage(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->info.stage_count ? dialogue->info.stages[index].id : NULL;
}

const char *axis_state(const struct dialogue *dialogue, unsigned index)
{
	return index < dialogue->state_count ? dialogue->states[index].id : NULL;
}
