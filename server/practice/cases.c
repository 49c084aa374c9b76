/* SPDX-License-Identifier: Apache-2.0 */
/* What is on offer, from memory. */
#include "room.h"

const struct dialogue *room_case(const struct practice *practice, const char *script, struct error *error)
{
	const struct dialogue *dialogue = library_find(practice->library, script);

	if (!dialogue)
		(void)error_set(error, STATUS_NOT_FOUND, "case_not_found",
			"There is no case \"%.64s\" in service. Choose one from the list.", script);
	return dialogue;
}

void practice_library(struct practice *practice, practice_answer *done, void *user)
{
	struct buffer answer = {0};

	answer_library(practice->library, &answer);
	done(user, STATUS_OK, NULL, answer.data, answer.length);
	buffer_clear(&answer);
}

void practice_case(struct practice *practice, const char *script, practice_answer *done, void *user)
{
	struct error error = {0};
	const struct dialogue *dialogue = room_case(practice, script, &error);
	struct buffer answer = {0};

	if (!dialogue) {
		done(user, error.status, &error, NULL, 0);
		return;
	}
	answer_case(dialogue, &answer);
	done(user, STATUS_OK, NULL, answer.data, answer.length);
	buffer_clear(&answer);
}

void practice_library_findings(struct practice *practice, practice_answer *done, void *user)
{
	struct buffer answer = {0};

	answer_findings(practice->library, &answer);
	done(user, STATUS_OK, NULL, answer.data, answer.length);
	buffer_clear(&answer);
}
