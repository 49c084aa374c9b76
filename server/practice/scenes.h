/* SPDX-License-Identifier: Apache-2.0 */
/* A dispute in its place: the message, what was said before it, the label as it was shown. For the terminal. */
#ifndef ASKWELL_PRACTICE_SCENES_H
#define ASKWELL_PRACTICE_SCENES_H

#include "versions.h"

#include "askwell/dispute.h"

#include <jansson.h>

/* What disputes are read with. */
struct scenes {
	struct store_reader *reader;
	struct library *library; /* may be NULL */
	struct versions *versions;
	struct arena *arena;
};

enum status scenes_open(
	struct scenes *scenes, const char *data_folder, const char *dialogues_folder, struct error *error) CHECKED;
void scenes_close(struct scenes *scenes);

struct dispute_scene {
	const struct dispute *dispute;
	struct store_session session;
	const struct dialogue *dialogue; /* one reference; NULL when its version cannot be used any more */
	const struct store_turn *turn;
	const char *coachee; /* the coachee's lines before the message, joined by spaces; "" for none */
	const char *before;  /* the trainee's message before, or NULL */
	json_t *answer;      /* the turn as it was shown; owned */
	const json_t *label; /* in it */
};

enum status scene_read_dispute(
	struct scenes *scenes, const struct dispute *dispute, struct dispute_scene *out, struct error *error) CHECKED;
void scene_clear_dispute(struct dispute_scene *scene);

/* A technique id in the words of the conversation's language pack, or the id itself. NULL stays NULL. */
const char *scene_technique_name(const struct dispute_scene *scene, const char *id);
/* The text of one member of the label, "" when it has none. */
const char *scene_label_text(const struct dispute_scene *scene, const char *member);

#endif
