/* SPDX-License-Identifier: Apache-2.0 */
/* The few shapes that the picture of a case is made of. Colours go by class, so that one sheet says them for light screens
 * and for dark ones. Coordinates in points, from the top left. */
#ifndef ASKWELL_AUTHORING_SVG_H
#define ASKWELL_AUTHORING_SVG_H

#include "askwell/buffer.h"

#include "layout.h"
#include "wrap.h"

/* Text between tags or in an attribute; what XML cannot hold becomes a space. */
void svg_escape(struct buffer *out, const char *text);

void svg_rect(struct buffer *out, const char *class, struct layout_point from, struct layout_point to, double radius);

/* One line whose baseline begins at `at`. */
void svg_text(struct buffer *out, const char *class, struct layout_point at, const char *text);

/* Several, `leading` apart; returns the baseline that would come next. */
double svg_lines(
	struct buffer *out, const char *class, struct layout_point at, const struct wrap *lines, double leading);

/* A curve that ends in an arrow's point. */
void svg_arrow(struct buffer *out, const struct layout_link *link);

#endif
