/* SPDX-License-Identifier: Apache-2.0 */
/* A conversation with the engine, message by message. */
#ifndef ASKWELL_TESTS_TALK_FIXTURE_H
#define ASKWELL_TESTS_TALK_FIXTURE_H

#include "dialogue_fixture.h"

#include "askwell/engine.h"

#define MESSAGES 8 /* that one case says at most */

/* A conversation with the small case; each message replaces the run. */
struct talk {
	const struct fixture *fixture;
	const struct dialogue *dialogue;
	struct engine_run *run;
	struct technique_analysis analysis;
	struct engine_reply reply;
};

static inline struct talk talk_open(const struct fixture *f, const struct dialogue *dialogue, uint64_t seed)
{
	struct talk talk = {.fixture = f, .dialogue = dialogue, .run = engine_start(dialogue, seed)};
	return talk;
}

static inline void talk_close(struct talk *talk)
{
	engine_free(talk->run);
}

static inline void say(struct talk *talk, const char *text)
{
	struct technique_context context;
	struct engine_run *after = NULL;
	engine_context(talk->dialogue, talk->run, talk->fixture->arena, &context);
	assert_int_equal(technique_analyse(talk->fixture->pack, talk->fixture->scratch, text, strlen(text), &context,
				 talk->fixture->arena, &talk->analysis),
		STATUS_OK);
	assert_int_equal(engine_step(talk->dialogue, talk->run, &talk->analysis, text, strlen(text),
				 talk->fixture->scratch, talk->fixture->arena, &after, &talk->reply),
		STATUS_OK);
	engine_free(talk->run);
	talk->run = after;
}

static inline int variable(const struct talk *talk, const char *id)
{
	const struct dialogue_info *info = dialogue_info(talk->dialogue);
	for (unsigned i = 0; i < info->variable_count; i++)
		if (strcmp(info->variables[i].id, id) == 0)
			return engine_variable(talk->run, i);
	fail_msg("no variable %s", id);
	return 0;
}

static inline bool says(const struct talk *talk, const char *part)
{
	for (size_t i = 0; i < talk->reply.line_count; i++)
		if (strstr(talk->reply.lines[i].text, part) != NULL)
			return true;
	return false;
}

static inline bool flagged(const struct talk *talk, enum technique_flag_id id)
{
	for (size_t i = 0; i < talk->reply.flag_count; i++)
		if (talk->reply.flags[i].id == id)
			return true;
	return false;
}

#endif
