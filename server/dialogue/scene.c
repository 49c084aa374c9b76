/* SPDX-License-Identifier: Apache-2.0 */
/* Runs that begin in the middle, for rehearsals. */
#include "run.h"

#include <string.h>

static enum status set_variable(const struct dialogue *dialogue, struct engine_run *run,
	const struct engine_setting *setting, struct error *error)
{
	for (unsigned i = 0; i < dialogue->info.variable_count; i++) {
		const struct dialogue_variable_info *variable = &dialogue->info.variables[i];
		if (strcmp(variable->id, setting->variable) != 0)
			continue;
		if (setting->value < variable->least || setting->value > variable->most)
			return error_set(error, STATUS_INVALID, "value_out_of_range",
				"\"%s\" goes from %d to %d, not %d.", variable->id, variable->least, variable->most,
				setting->value);
		run->variables[i] = (int16_t)setting->value;
		return STATUS_OK;
	}
	return error_set(error, STATUS_INVALID, "variable_unknown",
		"The case \"%s\" has no variable \"%s\". Its file lists them under \"variables\".", dialogue->info.id,
		setting->variable);
}

static enum status tell(const struct dialogue *dialogue, struct engine_run *run, const char *id, struct error *error)
{
	for (unsigned i = 0; i < dialogue->info.disclosure_count; i++) {
		if (strcmp(dialogue->disclosures[i].id, id) != 0)
			continue;
		run->disclosed |= SCRIPT_BIT(i);
		run->disclosure = (int16_t)i;
		run->topic = (int16_t)dialogue->disclosures[i].topic;
		return STATUS_OK;
	}
	return error_set(error, STATUS_INVALID, "disclosure_unknown",
		"The case \"%s\" has no disclosure \"%s\". Its file lists them under \"disclosures\".",
		dialogue->info.id, id);
}

static enum status go_to(const struct dialogue *dialogue, struct engine_run *run, const char *id, struct error *error)
{
	for (unsigned i = 0; i < dialogue->state_count; i++) {
		if (strcmp(dialogue->states[i].id, id) != 0)
			continue;
		if (dialogue->states[i].final)
			return error_set(error, STATUS_INVALID, "state_final",
				"The conversation ends in the state \"%s\". Begin in one before it.", id);
		if (dialogue->info.drill && (run->exercises & SCRIPT_BIT(i)) == 0)
			return error_set(error, STATUS_INVALID, "exercise_not_asked",
				"The exercise \"%s\" is not asked in a conversation with this seed. Choose another "
				"seed.",
				id);
		if (i != run->state)
			run_enter(run, dialogue, i);
		run->first_state = (uint8_t)i;
		return STATUS_OK;
	}
	return error_set(error, STATUS_INVALID, "state_unknown",
		"The case \"%s\" has no state \"%s\". Its file lists them under \"stages\".", dialogue->info.id, id);
}

enum status engine_start_at(const struct dialogue *dialogue, uint64_t seed, const struct engine_scene *scene,
	struct engine_run **out, struct error *error)
{
	struct engine_run *run = engine_start(dialogue, seed);
	enum status status = scene->state != NULL ? go_to(dialogue, run, scene->state, error) : STATUS_OK;
	for (size_t i = 0; i < scene->setting_count && status == STATUS_OK; i++)
		status = set_variable(dialogue, run, &scene->settings[i], error);
	for (size_t i = 0; i < scene->told_count && status == STATUS_OK; i++)
		status = tell(dialogue, run, scene->told[i], error);
	*out = status == STATUS_OK ? run : NULL;
	if (status != STATUS_OK)
		engine_free(run);
	return status;
}
