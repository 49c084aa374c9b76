/* SPDX-License-Identifier: Apache-2.0 */
/* A conversation ready to be handed in: what was said, what each line was recognised as, the debrief, and where it all
 * came from. Exporters read it and nothing else. Every export says that this is simulated practice. */
#ifndef ASKWELL_TRANSCRIPT_H
#define ASKWELL_TRANSCRIPT_H

#include "askwell/buffer.h"
#include "askwell/debrief.h"
#include "askwell/dispute.h"
#include "askwell/id.h"
#include "askwell/json_out.h"
#include "askwell/note.h"

#define TRANSCRIPT_NOTICE "Simulated practice with a scripted character; not coaching hours."

struct transcript {
	const struct dialogue *dialogue;
	const struct replay *replay;
	const struct debrief *debrief;
	const struct debrief *earlier; /* of the ends that somebody went back behind, in order, each as it was then */
	size_t earlier_count;
	const struct dispute *disputes; /* those that were withdrawn are not shown */
	size_t dispute_count;
	const struct note *notes; /* in the order in which they were first written; empty ones are not shown */
	size_t note_count;
	struct id pair; /* the conversation with the other side of a contrast; all zero: none */
	struct id session;
	int64_t started_ms, ended_ms; /* ended 0: still open */
	int64_t made_ms;              /* when this export was made */
	const char *rules_version;    /* of the pack that it began with; NULL: the dialogue's */
	int64_t active_ms;            /* measured practice, idle gaps over 5 minutes dropped */
};

struct transcript_format {
	const char *name;      /* "markdown" */
	const char *extension; /* "md" */
	const char *type;      /* "text/markdown; charset=utf-8" */
	void (*write)(const struct transcript *transcript, struct buffer *out);
};

/* markdown, html, json; NULL past the last. */
const struct transcript_format *transcript_format_at(size_t index);
/* By name or extension; NULL when unknown. */
const struct transcript_format *transcript_format_find(const char *name);

/* The member "ruling" of a dispute: what a trainer made of it, or null. */
void transcript_json_ruling(struct json_out *json, const struct dispute *dispute);

/* Gaps of more than 5 minutes between turns count as nothing. */
int64_t transcript_active_ms(int64_t started_ms, const struct turn *turns, size_t count);

#endif
