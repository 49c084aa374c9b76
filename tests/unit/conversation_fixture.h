/* SPDX-License-Identifier: Apache-2.0 */
/* A conversation about the late trains, replayed from what the trainee typed: "/hint", "/end" and "/retake N" are what
 * they say, everything else is a message. */
#ifndef ASKWELL_TESTS_CONVERSATION_FIXTURE_H
#define ASKWELL_TESTS_CONVERSATION_FIXTURE_H

#include "dialogue_fixture.h"

#include "askwell/debrief.h"
#include "askwell/replay.h"
#include "askwell/transcript.h"

#define CONVERSATION_START_MS 1795300000000
#define CONVERSATION_GAP_MS 30000

struct conversation {
	struct replay replay;
	struct debrief debrief;
	struct transcript transcript;
};

static inline struct turn conversation_turn(const char *typed, uint32_t number)
{
	struct turn turn = {.number = number, .kind = TURN_SAY, .text = ""};

	turn.at_ms = CONVERSATION_START_MS + (int64_t)number * CONVERSATION_GAP_MS;
	if (strncmp(typed, "/retake ", 8) == 0) {
		turn.kind = TURN_RETAKE;
		turn.to = (uint32_t)strtoul(typed + 8, NULL, 10);
	} else if (strcmp(typed, "/hint") == 0) {
		turn.kind = TURN_HINT;
	} else if (strcmp(typed, "/end") == 0) {
		turn.kind = TURN_END;
	} else {
		turn.text = typed;
		turn.text_length = strlen(typed);
	}
	return turn;
}

/* `typed` ends with NULL. Release with conversation_clear(). */
static inline void conversation_hold(
	const struct fixture *f, const struct dialogue *dialogue, const char *const *typed, struct conversation *out)
{
	struct error error = {0};
	struct turn *turns;
	size_t count = 0;

	while (typed[count])
		count++;
	turns = arena_array(f->arena, count, sizeof *turns);
	for (size_t i = 0; i < count; i++)
		turns[i] = conversation_turn(typed[i], (uint32_t)i + 1);
	if (replay(dialogue, f->scratch, 7, turns, count, f->arena, &out->replay, &error))
		fail_msg("replay: %s", error.text);
	debrief_make(dialogue, &out->replay, f->arena, &out->debrief);
	out->transcript = (struct transcript){.dialogue = dialogue,
		.replay = &out->replay,
		.debrief = &out->debrief,
		.session = {{0x01, 0x9a}},
		.started_ms = CONVERSATION_START_MS,
		.made_ms = CONVERSATION_START_MS + 3600000};
	out->transcript.active_ms = transcript_active_ms(CONVERSATION_START_MS, turns, count);
}

static inline void conversation_clear(struct conversation *conversation)
{
	engine_free(conversation->replay.run);
}

#endif
