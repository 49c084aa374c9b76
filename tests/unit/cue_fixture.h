/* SPDX-License-Identifier: Apache-2.0 */
/* The small pack of the fixtures with cues and defaults of a test's own, on words that no rule of it knows. */
#ifndef ASKWELL_TESTS_CUE_FIXTURE_H
#define ASKWELL_TESTS_CUE_FIXTURE_H

#include "technique_fixture.h"

#include <stdlib.h>

#define FIXTURE SOURCE_DIR "/tests/unit/fixtures/pack.json"
#define FAIR "\"vote_least\": 10, \"vote_lead\": 5, \"vote_lead_spoiler\": 20"
#define CUE(id, phrase, points) CUE_WITH(id, "\"phrases\": [\"" phrase "\"]", points)
#define CUE_WITH(id, member, points)                                                                                   \
	"{\"id\": \"" id "\", " member ", \"points\": {" points "}, \"because\": \"Because of " id ".\"}"
#define DEFAULT(id, technique, members)                                                                                \
	"{\"id\": \"" id "\", \"technique\": \"" technique "\", " members                                              \
	", \"reason\": \"By default.\", \"confidence\": 30}"

struct world {
	char *fixture;
	struct technique_scratch *scratch;
	struct arena *arena;
};

static inline int open_world(void **state)
{
	static struct world world;
	struct buffer text = {0};
	assert_int_equal(file_read(FIXTURE, (size_t)1 << 20, &text, NULL), STATUS_OK);
	world.fixture = buffer_take(&text);
	world.scratch = technique_scratch_new();
	world.arena = arena_new(0);
	*state = &world;
	return 0;
}

static inline int close_world(void **state)
{
	struct world *world = *state;
	free(world->fixture);
	technique_scratch_free(world->scratch);
	arena_free(world->arena);
	return 0;
}

/* The fixture with `members` before its rules and `limits` among its limits. Returns owned. */
static inline char *edited(const struct world *world, const char *members, const char *limits)
{
	const char *rules = strstr(world->fixture, "\"rules\": [");
	const char *streak = strstr(world->fixture, "\"streak_messages\"");
	struct buffer out = {0};
	bool rules_first = rules < streak;
	const char *first = rules_first ? rules : streak, *second = rules_first ? streak : rules;
	assert_true(rules != NULL && streak != NULL);
	buffer_add(&out, world->fixture, (size_t)(first - world->fixture));
	buffer_format(&out, "%s, ", rules_first ? members : limits);
	buffer_add(&out, first, (size_t)(second - first));
	buffer_format(&out, "%s, ", rules_first ? limits : members);
	buffer_text(&out, second);
	return buffer_take(&out);
}

static inline struct technique_pack *compile(
	const struct world *world, const char *members, const char *limits, struct findings *findings)
{
	struct technique_pack *pack = NULL;
	char *text = edited(world, members, limits);
	enum status status = technique_pack_compile("vote.json", text, strlen(text), false, findings, &pack);
	assert_true((status == STATUS_OK) == (pack != NULL));
	free(text);
	return pack;
}

static inline struct technique_pack *good_pack(const struct world *world, const char *members, const char *limits)
{
	struct findings *findings = findings_new();
	struct technique_pack *pack = compile(world, members, limits, findings);
	struct buffer shown = {0};
	for (size_t i = 0; pack == NULL && i < findings_count(findings); i++)
		finding_print(findings_at(findings, i), &shown);
	if (pack == NULL)
		fail_msg("%s", shown.data);
	buffer_clear(&shown);
	findings_free(findings);
	return pack;
}

static inline struct technique_explanation explained(const struct world *world, const struct technique_pack *pack,
	const char *text, const struct technique_context *context, struct technique_analysis *analysis)
{
	static const struct technique_context nothing;
	struct technique_explanation explanation;
	assert_int_equal(technique_explain(pack, world->scratch, text, strlen(text),
				 context != NULL ? context : &nothing, world->arena, analysis, &explanation),
		STATUS_OK);
	return explanation;
}

#endif
