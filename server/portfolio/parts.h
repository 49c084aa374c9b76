/* SPDX-License-Identifier: Apache-2.0 */
/* What the exporters for people share: facts, wording, numbering, marked words. Internal to portfolio. Pure. */
#ifndef ASKWELL_PORTFOLIO_PARTS_H
#define ASKWELL_PORTFOLIO_PARTS_H

#include "askwell/transcript.h"

#include <stdbool.h>
#include <stddef.h>

#define PARTS_GUESS "recognised by rules, a machine's guess"
#define PARTS_GUESS_NOTE                                                                                               \
	"The labels beside the messages are " PARTS_GUESS                                                              \
	": each names the words that led to it, so that you can disagree with it."

#define PARTS_EARLIER "Before and after trying again"
#define PARTS_NOW "After trying again"

/* Where the conversation comes from: calls `visit` with name and value, in the order in which they are shown. */
void parts_facts(const struct transcript *transcript, void (*visit)(void *user, const char *name, const char *value),
	void *user);

/* The version of the pack that it began with, which may be older than the one that gives the names. */
const char *parts_rules_version(const struct transcript *transcript);

/* Whether the message was labelled: not when somebody's safety was at stake in it. */
bool parts_labelled(const struct replay_step *step);

/* Messages are counted as the trainee counts: what a retake set aside has no number (0). */
unsigned parts_number(const struct transcript *transcript, size_t step);

/* The number of the message at or before a turn. */
unsigned parts_number_at(const struct transcript *transcript, uint32_t turn);

/* The words to mark in a message: the cues of its labels, in order, not overlapping. `spans` has room for `cap`. */
size_t parts_cues(const struct technique_analysis *analysis, struct technique_span *spans, size_t cap);

const char *parts_label_name(const struct transcript *transcript, const struct technique_label *label);

/* The trainee's other view of a label that stands; NULL when there is none. */
const struct dispute *parts_dispute(const struct transcript *transcript, const struct replay_step *step, size_t label);

/* A technique id as the pack names it; NULL: something else. */
const char *parts_technique_name(const struct transcript *transcript, const char *id);

/* What the trainee wrote, in the order in which it was asked: calls `visit` with the question and the answer. */
void parts_answers(const struct transcript *transcript,
	void (*visit)(void *user, const char *question, const char *answer), void *user);

/* What the trainee wrote about something; NULL when nothing stands. */
const char *parts_note(const struct transcript *transcript, const char *about);

/* The turns that ended the conversation, in order: those that somebody went back behind, then the one that stands. False when
 * there are no more. `which` counts from 0. */
bool parts_end(const struct transcript *transcript, size_t which, uint32_t *turn);

/* When notes were shown during the talk, in words; NULL when it was not kept. */
const char *parts_feedback_level(const struct transcript *transcript);

/* The comparison of a contrast, line by line; `coaching` and `mentoring` may be "". False when nothing was filled in. */
struct parts_row {
	const char *dimension, *coaching, *mentoring;
};
bool parts_is_compared(const struct transcript *transcript);
struct parts_row parts_row(const struct transcript *transcript, size_t index);

#endif
