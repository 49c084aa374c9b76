/* SPDX-License-Identifier: Apache-2.0 */
/* How what happened in a turn looks in JSON: the same on the wire (openrpc.json, Turn) and in an exported
 * transcript (dialogues/schema/transcript.schema.json). Each writes one member, or a few, of an object that the caller
 * has opened; the labels can be read back. Pure. A NULL reply, feedback or hint is one that there was none of. */
#ifndef ASKWELL_TURN_JSON_H
#define ASKWELL_TURN_JSON_H

#include "askwell/engine.h"
#include "askwell/json_out.h"
#include "askwell/turn.h"

/* RFC 3339, or null for 0. */
void turn_json_time(struct json_out *json, const char *key, int64_t ms);

/* labels, primary, flags, picked_up; positions count characters. Nothing is labelled when the message is about someone's
 * safety: it is not practice then. `analysis` NULL: nothing was said. */
void turn_json_analysis(struct json_out *json, const struct dialogue *dialogue, const struct turn *turn,
	const struct technique_analysis *analysis, const struct engine_reply *reply);

/* recognised: what the labels leave out and a replay needs. null when nothing was said. */
void turn_json_recognised(struct json_out *json, const struct technique_analysis *analysis);

/* The analysis back from `turn->answer`, an object with these members among others, so that what was shown stays true
 * whatever later rules would say. Flags that the engine finds are left to the engine. Everything lives in `arena`.
 * STATUS_CORRUPT when there is no answer, or one that does not fit the turn's text: then analyse it. */
enum status turn_json_read(const struct turn *turn, struct arena *arena, struct technique_analysis *out) CHECKED;

void turn_json_lines(struct json_out *json, const char *key, const struct engine_reply *reply);
void turn_json_why(struct json_out *json, const struct engine_reply *reply);
void turn_json_feedback(struct json_out *json, const struct engine_feedback *feedback);
void turn_json_effect(struct json_out *json, const struct dialogue *dialogue, const struct engine_reply *reply);
void turn_json_exercise(struct json_out *json, const struct engine_exercise *exercise);
void turn_json_hint(struct json_out *json, const struct engine_hint *hint);

#endif
