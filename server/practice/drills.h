/* SPDX-License-Identifier: Apache-2.0 */
/* What a person should practise next of a drill: derived from the answers that were kept with the turns of earlier
 * conversations, like everything else. Pure but for the reader; worker threads. */
#ifndef ASKWELL_PRACTICE_DRILLS_H
#define ASKWELL_PRACTICE_DRILLS_H

#include "askwell/dialogue.h"
#include "askwell/engine.h"
#include "askwell/store.h"

/* How firmly an exercise sits: 0 was shown the last time, each first-try success adds one. */
#define DRILLS_BOXES 6

struct drill_card {
	bool seen;
	unsigned box;
	int64_t due_ms; /* UTC; when it should be asked again */
};

/* One card for each of the dialogue's exercises. */
struct drill_deck {
	struct drill_card cards[ENGINE_EXERCISES_MAX];
	size_t count;
};

/* From all conversations of `person` with the drill, whatever its version: exercises are known by their ids. */
enum status drills_read(struct store_reader *reader, const struct id *person, const struct dialogue *dialogue,
	struct drill_deck *out, struct error *error) CHECKED;

/* `asked` exercises for a conversation now: what is due, longest due first; then what is new, in the drill's order; then
 * what is due soonest. A bit for each. */
uint64_t drills_choose(const struct drill_deck *deck, size_t asked, int64_t now_ms);

/* How many are due now, are new, and sit (box 3 and above). */
struct drill_counts {
	unsigned due, fresh, firm;
	int64_t next_ms; /* when the next one is due; 0: none was seen yet */
};
struct drill_counts drills_count(const struct drill_deck *deck, int64_t now_ms);

/* The step by which an outcome moves a card; exported for its test. */
void drill_card_answered(struct drill_card *card, enum engine_outcome outcome, bool first_try, int64_t at_ms);

#endif
