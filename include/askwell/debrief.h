/* SPDX-License-Identifier: Apache-2.0 */
/* What a finished (or paused) conversation shows: the measures of domain knowledge that hold in text chat, each with its
 * definition and source, never a score for a person. Pure: from a replay. Counts below ten messages, never percentages. */
#ifndef ASKWELL_DEBRIEF_H
#define ASKWELL_DEBRIEF_H

#include "askwell/replay.h"

struct debrief_stage {
	unsigned stage; /* index into dialogue_info.stages */
	uint32_t from_turn, to_turn;
};

struct debrief_cue {
	unsigned cue;           /* index into dialogue_info.cues */
	const char *line;       /* the coachee's line that held it */
	uint32_t offered_turn;  /* 0: the opening */
	uint32_t followed_turn; /* 0: not within ENGINE_CUE_WINDOW messages */
	uint32_t late_turn;     /* came back to it after that; 0: no, or picked up in time */
	uint32_t heard_turn; /* gave something back right after it, if not this; 0: no, or one of the others is set */
	bool open;           /* offered after the last message: nobody could pick it up */
};

/* What the reason for the best moment says, piece by piece, for those who say it in another language. */
struct debrief_reason {
	const char *technique; /* its name in the language pack */
	const char *did;       /* what it did, by id, such as "left_room" */
	bool deepest;          /* nothing else that was told goes deeper */
	const char *taken_up;  /* words from the line before; NULL: none */
	const char *moved;     /* the name of what went up; NULL: nothing did */
	int before, after;
};

struct debrief {
	unsigned messages; /* on the active path */
	unsigned telling;  /* messages with advice, information or own story */
	unsigned telling_permitted;
	unsigned advice;      /* advice acts, unasked */
	unsigned reflections; /* reflections (simple, complex, summary) */
	unsigned questions;
	unsigned open_questions, closed_questions; /* open family and the rest, exempt kinds left out */
	unsigned stacked;
	unsigned words;                /* of the trainee */
	unsigned own_words;            /* messages that took up the coachee's words */
	unsigned mix[TECHNIQUE_COUNT]; /* labels by technique */
	const struct debrief_stage *path;
	size_t path_count;
	const struct debrief_cue *cues;
	size_t cue_count;
	uint32_t best_turn; /* 0: none yet */
	const char *best_text;
	const char *best_reason;
	struct debrief_reason best_because;
	const char *next_id;   /* what the one thing to try next is about, such as "advised" */
	unsigned next_count;   /* how many times the evidence shows it */
	const char *next_what; /* one thing to try next */
	const char *next_why;
	uint32_t next_turn;           /* the moment to try again; 0: none */
	const char *next_example;     /* in words that fit this case; may be NULL */
	bool next_general;            /* the example is not from this conversation, but one for any */
	int ending;                   /* index or -1 */
	uint32_t ended_turn;          /* the turn that ended it; 0: not ended */
	const uint32_t *earlier_ends; /* turns that ended it before and were gone back behind, in order */
	size_t earlier_end_count;
};

/* Everything lives in `arena`. */
void debrief_make(
	const struct dialogue *dialogue, const struct replay *replay, struct arena *arena, struct debrief *out);

/* As one JSON object: the shape that the browser and the JSON export show (openrpc.json, Debrief). */
void debrief_json(const struct dialogue *dialogue, const struct debrief *debrief, const char *session_text,
	int64_t active_ms, struct buffer *out);

#endif
