/* SPDX-License-Identifier: Apache-2.0 */
/* The statechart of a case for its author: as a picture, and as an indented list that says the same to screen readers and
 * to programs that compare versions. `askwell graph` calls it, and so may an editor. */
#ifndef ASKWELL_GRAPH_H
#define ASKWELL_GRAPH_H

#include "askwell/buffer.h"
#include "askwell/dialogue.h"
#include "askwell/status.h"

/* Appends the list, UTF-8 text. Pure. Any thread. */
void graph_list(const struct dialogue *dialogue, struct buffer *out);

/* Appends a complete SVG document: no scripts, fonts or addresses from elsewhere; light or dark as the reader's screen.
 * The same dialogue gives the same words; where they stand may differ a little, as Graphviz 2.42 orders some things by
 * address. Graphviz is loaded when it is first needed:
 * STATUS_UNAVAILABLE, and nothing appended, when it is not on this machine. One thread at a time in a process. Graphviz
 * 2.42 keeps some 30 KB of every layout for ever: a program that draws often does so in a process of its own. */
enum status graph_svg(const struct dialogue *dialogue, struct buffer *out, struct error *error) CHECKED;

#endif
