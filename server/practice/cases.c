/* SPDX-License-Identifier: Apache-2.0 */
/* What is on offer, from memory. */
#include "room.h"

#include "askwell/log.h"
#include "askwell/memory.h"

#include <stdlib.h>

const struct dialogue *room_case(const struct practice *practice, const char *script, struct error *error)
{
	const struct dialogue *dialogue = library_find(practice->library, script);

	if (!dialogue)
		(void)error_set(error, STATUS_NOT_FOUND, "case_not_found",
			"There is no case \"%.64s\" in service. Choose one from the list.", script);
	return dialogue;
}

/* What was asked of a case that is compiled meanwhile. */
struct awaited {
	struct practice *practice;
	const struct library *library;
	char *script;
	struct case_asked asked;
	struct practice_person person;
	struct id session, pair;
};

static void awaited_work(void *job, unsigned thread)
{
	const struct awaited *awaited = job;

	(void)thread;
	if (!library_find(awaited->library, awaited->script))
		log_event(LOG_ERROR_LEVEL, "script_unusable", "script", awaited->script, "remedy",
			"It was fine when it was checked last. Run askwell lint on the dialogues folder.", NULL);
}

static void awaited_free(struct awaited *awaited)
{
	awaited->practice->pending--;
	library_release(awaited->library);
	free(awaited->script);
	free(awaited);
}

static void awaited_done(void *job)
{
	struct awaited *awaited = job;
	const struct case_asked *asked = &awaited->asked;

	if (asked->person)
		practice_start(awaited->practice, asked->person, asked->session, asked->script, asked->seed,
			asked->pair, asked->done, asked->user);
	else
		practice_case(awaited->practice, asked->script, asked->done, asked->user);
	awaited_free(awaited);
}

bool room_await_case(struct practice *practice, const struct case_asked *asked)
{
	struct awaited *awaited;
	struct error error = {0};

	if (library_is_ready(practice->library, asked->script))
		return false;
	awaited = memory_new(sizeof *awaited);
	*awaited = (struct awaited){.practice = practice,
		.library = library_hold(practice->library),
		.script = memory_text(asked->script),
		.asked = *asked};
	awaited->asked.script = awaited->script;
	if (asked->person) {
		awaited->person = *asked->person;
		awaited->session = *asked->session;
		awaited->asked.person = &awaited->person;
		awaited->asked.session = &awaited->session;
	}
	if (asked->pair) {
		awaited->pair = *asked->pair;
		awaited->asked.pair = &awaited->pair;
	}
	practice->pending++;
	if (worker_submit(practice->workers, awaited_work, awaited_done, awaited))
		return true;
	awaited_free(awaited);
	(void)error_busy(&error);
	asked->done(asked->user, error.status, &error, NULL, 0);
	return true;
}

void practice_library(struct practice *practice, practice_answer *done, void *user)
{
	done(user, STATUS_OK, NULL, practice->listed.data, practice->listed.length);
}

void practice_case(struct practice *practice, const char *script, practice_answer *done, void *user)
{
	struct error error = {0};
	const struct dialogue *dialogue;
	struct buffer answer = {0};

	if (room_await_case(practice, &(struct case_asked){.script = script, .done = done, .user = user}))
		return;
	dialogue = room_case(practice, script, &error);
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
