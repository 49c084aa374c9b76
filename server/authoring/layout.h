/* SPDX-License-Identifier: Apache-2.0 */
/* Boxes, some of them in groups, and links between them: where each stands so that links are short and cross little.
 * The only file that knows Graphviz. Everything is in points, from the top left. */
#ifndef ASKWELL_AUTHORING_LAYOUT_H
#define ASKWELL_AUTHORING_LAYOUT_H

#include "askwell/arena.h"
#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

#define LAYOUT_NO_GROUP ((size_t)-1)

struct layout_point {
	double x, y;
};

struct layout_box {
	double width, height;
	size_t group;
	struct layout_point centre; /* found */
};

struct layout_group {
	double label_width, label_height;
	struct layout_point from, to; /* found: the corners */
	struct layout_point label;    /* found: the centre of the label */
};

struct layout_link {
	size_t from, to; /* boxes */
	double label_width, label_height;
	bool hidden; /* only keeps its ends in order */
	/* Found: a Bezier curve of 3n + 1 points, the arrow's point, and the centre of the label. */
	const struct layout_point *curve;
	size_t count;
	struct layout_point tip, label;
};

struct layout {
	struct layout_box *boxes;
	size_t box_count;
	struct layout_group *groups;
	size_t group_count;
	struct layout_link *links;
	size_t link_count;
	double width, height; /* found */
};

/* STATUS_UNAVAILABLE when Graphviz is not there. Curves live in `arena`. One thread at a time. */
enum status layout_run(struct layout *layout, struct arena *arena, struct error *error) CHECKED;

#endif
