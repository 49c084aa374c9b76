/* SPDX-License-Identifier: Apache-2.0 */
/* The English pack, and what a test needs to ask it something. */
#ifndef ASKWELL_TESTS_TECHNIQUE_FIXTURE_H
#define ASKWELL_TESTS_TECHNIQUE_FIXTURE_H

#include "unit.h"

#include "askwell/file.h"
#include "askwell/technique.h"

#include <string.h>

#define ENGLISH SOURCE_DIR "/dialogues/techniques/en.json"

struct fixture {
	struct technique_pack *pack;
	struct technique_scratch *scratch;
	struct arena *arena;
};

static inline int fixture_open(void **state)
{
	static struct fixture fixture;
	struct buffer text = {0};
	struct findings *findings = findings_new();
	assert_int_equal(file_read(ENGLISH, (size_t)1 << 20, &text, NULL), STATUS_OK);
	assert_int_equal(
		technique_pack_compile("en.json", text.data, text.length, false, findings, &fixture.pack), STATUS_OK);
	fixture.scratch = technique_scratch_new();
	fixture.arena = arena_new(0);
	findings_free(findings);
	buffer_clear(&text);
	*state = &fixture;
	return 0;
}

static inline int fixture_close(void **state)
{
	struct fixture *fixture = *state;
	technique_pack_release(fixture->pack);
	technique_scratch_free(fixture->scratch);
	arena_free(fixture->arena);
	return 0;
}

static inline struct technique_context after(const char *coachee)
{
	return (struct technique_context){.coachee = coachee, .coachee_length = coachee != NULL ? strlen(coachee) : 0};
}

/* `context` may be NULL. Lives in the fixture's arena. */
static inline struct technique_analysis analyse(
	const struct fixture *fixture, const char *text, const struct technique_context *context)
{
	static const struct technique_context nothing;
	struct technique_analysis analysis;
	assert_int_equal(technique_analyse(fixture->pack, fixture->scratch, text, strlen(text),
				 context != NULL ? context : &nothing, fixture->arena, &analysis),
		STATUS_OK);
	return analysis;
}

static inline const struct technique_label *find_label(const struct technique_analysis *analysis, enum technique_id id)
{
	for (size_t i = 0; i < analysis->label_count; i++) {
		if (analysis->labels[i].technique == id)
			return &analysis->labels[i];
	}
	return NULL;
}

static inline const struct technique_flag *find_flag(
	const struct technique_analysis *analysis, enum technique_flag_id id)
{
	for (size_t i = 0; i < analysis->flag_count; i++) {
		if (analysis->flags[i].id == id)
			return &analysis->flags[i];
	}
	return NULL;
}

#endif
