/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/graph.h"

#include "arrows.h"
#include "svg.h"

#include <stdio.h>
#include <string.h>

enum {
	MARGIN = 28,
	PAGE_LEAST = 1120, /* so that the tables below a small chart have room */
	PAD = 12,
	NAMED = 5, /* rules that an arrow names before it says "and n more" */
	ENDING_WIDTH = 250,
	STAGE_WIDTH = 420,
	DEPTHS = 4,
	TOPIC_WIDTH = 150
};

/* Sizes of type, and the distance between lines. */
#define HEADING 20.0
#define TITLE 14.0
#define PLAIN 12.0
#define LEADING 16.0

/* librsvg and some viewers do not know variables in CSS, so every colour is said twice. */
static const char style[] =
	"<style>\n"
	"text { font-family: system-ui, -apple-system, \"Segoe UI\", \"DejaVu Sans\", Verdana, sans-serif; font-size: "
	"12px; "
	"fill: #1d2733 }\n"
	".heading { font-size: 20px; font-weight: 600 }\n"
	".title { font-size: 14px; font-weight: 600 }\n"
	".id { font-size: 12px; font-weight: 600 }\n"
	".soft { fill: #4a5766 }\n"
	".mark { font-size: 12px; font-weight: 700; fill: #0b5a8a }\n"
	".page { fill: #ffffff }\n"
	".group { fill: #f3f6f9; stroke: #8fa1b3; stroke-width: 1 }\n"
	".state { fill: #ffffff; stroke: #33475b; stroke-width: 1.5 }\n"
	".anywhere { fill: #fff8e6; stroke: #8a6d1a; stroke-width: 1.2; stroke-dasharray: 5 3 }\n"
	".ending { fill: #eef7ee; stroke: #3d7a46; stroke-width: 1.2 }\n"
	".cell { fill: #f3f6f9; stroke: #c3ced9; stroke-width: 1 }\n"
	".link { fill: none; stroke: #4a5766; stroke-width: 1.4 }\n"
	".tip, .dot { fill: #4a5766 }\n"
	".rule { stroke: #c3ced9; stroke-width: 1 }\n"
	".over, .within { stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke }\n"
	".within { stroke: #f3f6f9 }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"text { fill: #e6ebf1 }\n"
	".soft { fill: #aab7c5 }\n"
	".mark { fill: #7cc4f2 }\n"
	".page { fill: #14191f }\n"
	".group { fill: #1c242d; stroke: #5d6f82 }\n"
	".state { fill: #26313d; stroke: #a9bacb }\n"
	".anywhere { fill: #2e2913; stroke: #cfb35c }\n"
	".ending { fill: #18291b; stroke: #7fbf89 }\n"
	".cell { fill: #1c242d; stroke: #3b4957 }\n"
	".link { stroke: #aab7c5 }\n"
	".tip, .dot { fill: #aab7c5 }\n"
	".rule { stroke: #3b4957 }\n"
	".over { stroke: #14191f }\n"
	".within { stroke: #1c242d }\n"
	"}\n"
	"</style>\n";

/* What is drawn, box by box in the order of `layout`. */
struct chart {
	struct arena *arena;
	const struct outline *outline;
	struct arrows arrows;
	struct layout layout;
	size_t *stage_sources, case_source, first_ending, start; /* boxes; states come first */
	struct wrap *stage_labels, *ending_words;
	struct wrap *arrow_labels;
};

#define NO_BOX ((size_t)-1)

static const char *words(const struct chart *chart, const struct condition *condition)
{
	struct buffer text = {0};
	const char *said;

	outline_condition(chart->outline->dialogue, condition, &text);
	said = arena_text(chart->arena, text.data);
	buffer_clear(&text);
	return said;
}

static const char *rule_words(const struct chart *chart, const struct outline_rule *rule)
{
	struct buffer text = {0};
	const char *said;

	outline_rule_words(chart->outline->dialogue, rule, &text);
	said = arena_text(chart->arena, text.data);
	buffer_clear(&text);
	return said;
}

static struct layout_box *add_box(struct chart *chart, double width, double height, size_t group)
{
	struct layout_box *box = &chart->layout.boxes[chart->layout.box_count++];

	*box = (struct layout_box){.width = width, .height = height, .group = group};
	return box;
}

static struct layout_link *add_link(struct chart *chart, size_t from, size_t to)
{
	struct layout_link *link = &chart->layout.links[chart->layout.link_count++];

	*link = (struct layout_link){.from = from, .to = to};
	return link;
}

static double wide(const char *text, double size)
{
	return wrap_width(text, strlen(text), size);
}

static void add_states(struct chart *chart)
{
	const struct outline *outline = chart->outline;

	for (size_t i = 0; i < outline->state_count; i++)
		add_box(chart, wide(outline->states[i].id, TITLE) + 2 * PAD + 10, 38, outline->states[i].stage);
}

/* Under the name of a stage: what leads there besides arrows. */
static void add_stages(struct chart *chart)
{
	const struct outline *outline = chart->outline;

	for (size_t i = 0; i < outline->stage_count; i++) {
		const struct outline_stage *stage = &outline->stages[i];
		struct wrap *wrap = &chart->stage_labels[i];
		struct layout_group *group = &chart->layout.groups[i];
		double name = wide(stage->name, TITLE) * 1.1;
		const char *entered = stage->aims ? arena_format(chart->arena, "Led to by %s: %s.", stage->aims,
							    words(chart, stage->ready))
						  : "Only rules lead here.";

		if (stage->done)
			entered = arena_format(chart->arena, "%s Goes on to the next stage by itself: %s.", entered,
				words(chart, stage->done));
		*wrap = wrap_text(entered, STAGE_WIDTH, PLAIN, chart->arena);
		group->label_width = wrap->width > name ? wrap->width : name;
		group->label_height = LEADING * (double)(wrap->count + 1) + 8;
	}
}

static const char source_of_case[] = "anywhere";

static const char *source_of_stage(const struct chart *chart, size_t stage)
{
	return arena_format(chart->arena, "anywhere in %s", chart->outline->stages[stage].name);
}

/* Boxes for "anywhere", where rules of a stage or of the case move. */
static void add_sources(struct chart *chart)
{
	bool used[OUTLINE_LEVELS][64] = {{false}};

	for (size_t i = 0; i < chart->arrows.count; i++)
		if (chart->arrows.arrows[i].at < 64)
			used[chart->arrows.arrows[i].level][chart->arrows.arrows[i].at] = true;
	for (size_t i = 0; i < chart->outline->stage_count; i++) {
		chart->stage_sources[i] = NO_BOX;
		if (!used[OUTLINE_STAGE][i])
			continue;
		chart->stage_sources[i] = chart->layout.box_count;
		add_box(chart, wide(source_of_stage(chart, i), PLAIN) + 2 * PAD, 28, i);
	}
	chart->case_source = NO_BOX;
	if (used[OUTLINE_CASE][0]) {
		chart->case_source = chart->layout.box_count;
		add_box(chart, wide(source_of_case, PLAIN) + 2 * PAD, 28, LAYOUT_NO_GROUP);
	}
}

static const char about_endings[] = "in a final state, or when the trainee ends it: the first that fits";

static void add_endings(struct chart *chart)
{
	const struct outline *outline = chart->outline;
	struct layout_group *group = &chart->layout.groups[outline->stage_count];

	group->label_width = wide("Endings", TITLE) * 1.1 + wide(about_endings, PLAIN) + 20;
	group->label_height = LEADING + 8;
	chart->first_ending = chart->layout.box_count;
	for (size_t i = 0; i < outline->ending_count; i++) {
		const struct outline_ending *ending = &outline->endings[i];
		struct wrap *wrap = &chart->ending_words[i];

		*wrap = wrap_text(arena_format(chart->arena, "%s%s", ending->automatic ? "As soon as: " : "",
					  words(chart, ending->when)),
			ENDING_WIDTH, PLAIN, chart->arena);
		add_box(chart, ENDING_WIDTH + 2 * PAD, LEADING * (double)(wrap->count + 2) + PAD, outline->stage_count);
	}
}

static size_t source_box(const struct chart *chart, const struct arrow *arrow)
{
	if (arrow->level == OUTLINE_STATE)
		return arrow->at;
	return arrow->level == OUTLINE_STAGE ? chart->stage_sources[arrow->at] : chart->case_source;
}

/* The number that the list below explains, and the first few rules by name. */
static void add_arrow(struct chart *chart, size_t index)
{
	const struct arrow *arrow = &chart->arrows.arrows[index];
	struct layout_link *link = add_link(chart, source_box(chart, arrow), arrow->target);
	struct wrap *wrap = &chart->arrow_labels[index];
	size_t shown = arrow->count > NAMED + 1 ? NAMED : arrow->count;
	const char **lines = arena_array(chart->arena, shown + 1, sizeof *lines);

	wrap->lines = lines;
	for (size_t i = 0; i < shown; i++)
		lines[wrap->count++] = arrow->rules[i]->id;
	if (shown < arrow->count)
		lines[wrap->count++] = arena_format(chart->arena, "and %zu more", arrow->count - shown);
	for (size_t i = 0; i < wrap->count; i++) {
		double width = wide(lines[i], PLAIN);

		wrap->width = width > wrap->width ? width : wrap->width;
	}
	link->label_width = wrap->width + 36;
	link->label_height = LEADING * (double)wrap->count + 6;
}

/* Stages stand below one another in the order of the script, and the endings below them all. */
static void keep_order(struct chart *chart)
{
	for (size_t from = 0; from < chart->layout.box_count; from++)
		for (size_t to = 0; to < chart->layout.box_count; to++) {
			size_t group = chart->layout.boxes[from].group;

			if (group != LAYOUT_NO_GROUP && chart->layout.boxes[to].group == group + 1)
				add_link(chart, from, to)->hidden = true;
		}
}

static void add_links(struct chart *chart)
{
	const struct outline *outline = chart->outline;

	for (size_t i = 0; i < chart->arrows.count; i++)
		add_arrow(chart, i);
	add_link(chart, chart->start, outline->start);
	for (size_t i = 0; i < outline->state_count; i++)
		if (outline->states[i].final && outline->ending_count > 0)
			add_link(chart, i, chart->first_ending);
	keep_order(chart);
}

static enum status chart_build(struct chart *chart, struct error *error)
{
	const struct outline *outline = chart->outline;
	struct arena *arena = chart->arena;
	size_t boxes = outline->state_count + outline->stage_count + outline->ending_count + 2;

	chart->arrows = arrows_of(outline, arena);
	chart->layout.boxes = arena_array(arena, boxes, sizeof *chart->layout.boxes);
	chart->layout.group_count = outline->stage_count + 1;
	chart->layout.groups = arena_array(arena, chart->layout.group_count, sizeof *chart->layout.groups);
	chart->layout.links = arena_array(
		arena, chart->arrows.count + boxes * boxes + outline->state_count + 1, sizeof *chart->layout.links);
	chart->stage_sources = arena_array(arena, outline->stage_count, sizeof *chart->stage_sources);
	chart->stage_labels = arena_array(arena, outline->stage_count, sizeof *chart->stage_labels);
	chart->ending_words = arena_array(arena, outline->ending_count, sizeof *chart->ending_words);
	chart->arrow_labels = arena_array(arena, chart->arrows.count, sizeof *chart->arrow_labels);
	add_states(chart);
	add_stages(chart);
	add_sources(chart);
	add_endings(chart);
	chart->start = chart->layout.box_count;
	add_box(chart, 14, 14, outline->states[outline->start].stage);
	add_links(chart);
	return layout_run(&chart->layout, arena, error);
}

static void corners(const struct layout_box *box, double inset, struct layout_point *from, struct layout_point *to)
{
	double x = box->width / 2 - inset, y = box->height / 2 - inset;

	*from = (struct layout_point){box->centre.x - x, box->centre.y - y};
	*to = (struct layout_point){box->centre.x + x, box->centre.y + y};
}

static void draw_named(struct buffer *out, const char *class, const char *text_class, const struct layout_box *box,
	const char *name, double size)
{
	struct layout_point from, to;

	corners(box, 0, &from, &to);
	svg_rect(out, class, from, to, 9);
	svg_text(out, text_class,
		(struct layout_point){box->centre.x - wide(name, size) / 2, box->centre.y + size * 0.35}, name);
}

static void draw_groups(const struct chart *chart, struct buffer *out)
{
	for (size_t i = 0; i < chart->layout.group_count; i++)
		svg_rect(out, "group", chart->layout.groups[i].from, chart->layout.groups[i].to, 12);
}

/* After the links, which may pass behind them. */
static void draw_group_labels(const struct chart *chart, struct buffer *out)
{
	for (size_t i = 0; i < chart->layout.group_count; i++) {
		const struct layout_group *group = &chart->layout.groups[i];
		bool stage = i < chart->outline->stage_count;
		struct layout_point at = {group->from.x + PAD + 2, group->label.y - group->label_height / 2 + LEADING};

		svg_text(out, "title within", at, stage ? chart->outline->stages[i].name : "Endings");
		if (stage) {
			at.y += LEADING + 2;
			svg_lines(out, "soft within", at, &chart->stage_labels[i], LEADING);
		} else {
			at.x += wide("Endings", TITLE) * 1.1 + 12;
			svg_text(out, "soft within", at, about_endings);
		}
	}
}

static void draw_boxes(const struct chart *chart, struct buffer *out)
{
	const struct outline *outline = chart->outline;
	const struct layout_box *boxes = chart->layout.boxes;
	struct layout_point from, to;

	for (size_t i = 0; i < outline->state_count; i++) {
		draw_named(out, "state", "title", &boxes[i], outline->states[i].id, TITLE);
		if (outline->states[i].final) {
			corners(&boxes[i], 4, &from, &to);
			svg_rect(out, "link", from, to, 6);
		}
	}
	for (size_t i = 0; i < outline->stage_count; i++)
		if (chart->stage_sources[i] != NO_BOX)
			draw_named(
				out, "anywhere", "", &boxes[chart->stage_sources[i]], source_of_stage(chart, i), PLAIN);
	if (chart->case_source != NO_BOX)
		draw_named(out, "anywhere", "", &boxes[chart->case_source], source_of_case, PLAIN);
	buffer_format(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\"/>\n", boxes[chart->start].centre.x,
		boxes[chart->start].centre.y);
	for (size_t i = 0; i < outline->ending_count; i++) {
		struct layout_point at;

		corners(&boxes[chart->first_ending + i], 0, &from, &to);
		svg_rect(out, "ending", from, to, 9);
		at = (struct layout_point){from.x + PAD, from.y + LEADING + 2};
		svg_text(out, "id", at, arena_format(chart->arena, "%zu. %s", i + 1, outline->endings[i].title));
		at.y += LEADING;
		svg_text(out, "soft", at, outline->endings[i].id);
		at.y += LEADING;
		svg_lines(out, "", at, &chart->ending_words[i], LEADING);
	}
}

static void draw_links(const struct chart *chart, struct buffer *out)
{
	for (size_t i = 0; i < chart->layout.link_count; i++) {
		const struct layout_link *link = &chart->layout.links[i];
		struct layout_point at;

		if (!link->curve)
			continue;
		svg_arrow(out, link);
		if (i >= chart->arrows.count)
			continue;
		at = (struct layout_point){link->label.x - link->label_width / 2 + 4,
			link->label.y - link->label_height / 2 + LEADING - 2};
		svg_text(out, "mark over", at, arena_format(chart->arena, "%zu", i + 1));
		at.x += 24;
		svg_lines(out, "over", at, &chart->arrow_labels[i], LEADING);
	}
}

static double draw_heading(struct buffer *out, double y, const char *heading)
{
	svg_text(out, "heading", (struct layout_point){MARGIN, y + HEADING}, heading);
	return y + HEADING + 14;
}

static double widest_id(const struct arrow *arrow)
{
	double width = 0;

	for (size_t i = 0; i < arrow->count; i++) {
		double one = wide(arrow->rules[i]->id, PLAIN);

		width = one > width ? one : width;
	}
	return width;
}

/* Every arrow with all its rules and what triggers each, in words. */
static double draw_rules(const struct chart *chart, double y, double width, struct buffer *out)
{
	y = draw_heading(out, y, "What moves the conversation");
	for (size_t i = 0; i < chart->arrows.count; i++) {
		const struct arrow *arrow = &chart->arrows.arrows[i];
		struct layout_point at = {MARGIN, y + LEADING};
		double left = MARGIN + 30, words_left = left + widest_id(arrow) * 1.1 + 16;

		svg_text(out, "mark", at, arena_format(chart->arena, "%zu", i + 1));
		at.x = left;
		svg_text(out, "title", at,
			arena_format(chart->arena, "%s \xe2\x86\x92 %s",
				arrow_from(chart->outline, arrow, chart->arena),
				chart->outline->states[arrow->target].id));
		y = at.y + LEADING + 4;
		for (size_t r = 0; r < arrow->count; r++) {
			const struct outline_rule *rule = arrow->rules[r];
			struct wrap wrap =
				wrap_text(rule_words(chart, rule), width - MARGIN - words_left, PLAIN, chart->arena);

			svg_text(out, "id", (struct layout_point){left, y}, rule->id);
			y = svg_lines(out, "soft", (struct layout_point){words_left, y}, &wrap, LEADING);
		}
		y += 8;
	}
	return y + 16;
}

/* One cell: what can be told on a topic at a depth. Returns where it ends; draws nothing without `out`. */
static double draw_cell(
	const struct chart *chart, size_t topic, int depth, struct layout_point at, double width, struct buffer *out)
{
	for (size_t i = 0; i < chart->outline->disclosure_count; i++) {
		const struct outline_disclosure *disclosure = &chart->outline->disclosures[i];
		struct wrap needs, opened;

		if (disclosure->topic != topic || disclosure->depth != depth)
			continue;
		needs = wrap_text(disclosure->needs ? words(chart, disclosure->needs) : "needs nothing", width, PLAIN,
			chart->arena);
		opened = wrap_text(
			arena_format(chart->arena, "Opened by %s", disclosure->opened_by), width, PLAIN, chart->arena);
		at.y += LEADING + 4;
		if (out) {
			svg_text(out, "id", at, disclosure->id);
			(void)svg_lines(out, "", (struct layout_point){at.x, at.y + LEADING}, &needs, LEADING);
			(void)svg_lines(out, "soft",
				(struct layout_point){at.x, at.y + LEADING * (double)(needs.count + 1)}, &opened,
				LEADING);
		}
		at.y += LEADING * (double)(needs.count + opened.count);
	}
	return at.y;
}

static double draw_topic(const struct chart *chart, size_t topic, double y, double width, struct buffer *out)
{
	double column = (width - MARGIN * 2 - TOPIC_WIDTH) / DEPTHS, bottom = y;
	struct wrap name = wrap_text(chart->outline->topics[topic].name, TOPIC_WIDTH - 12, PLAIN, chart->arena);

	for (int depth = 1; depth <= DEPTHS; depth++) {
		double end = draw_cell(chart, topic, depth, (struct layout_point){0, y}, column - 20, NULL);

		bottom = end > bottom ? end : bottom;
	}
	if (bottom <= y)
		return y;
	bottom = bottom > y + LEADING * (double)(name.count + 1) ? bottom : y + LEADING * (double)(name.count + 1);
	buffer_format(out, "<path class=\"rule\" d=\"M%d %.1f H%.1f\"/>\n", MARGIN, y, width - MARGIN);
	(void)svg_lines(out, "id", (struct layout_point){MARGIN, y + LEADING + 4}, &name, LEADING);
	for (int depth = 1; depth <= DEPTHS; depth++)
		(void)draw_cell(chart, topic, depth,
			(struct layout_point){MARGIN + TOPIC_WIDTH + column * (depth - 1), y}, column - 20, out);
	return bottom + 10;
}

static double draw_disclosures(const struct chart *chart, double y, double width, struct buffer *out)
{
	static const char *const depths[DEPTHS] = {"Depth 1, surface", "Depth 2", "Depth 3", "Depth 4, core"};
	double column = (width - MARGIN * 2 - TOPIC_WIDTH) / DEPTHS;

	y = draw_heading(out, y, "What can be told, by topic and depth");
	for (int i = 0; i < DEPTHS; i++)
		svg_text(
			out, "title", (struct layout_point){MARGIN + TOPIC_WIDTH + column * i, y + LEADING}, depths[i]);
	y += LEADING + 10;
	for (size_t i = 0; i < chart->outline->topic_count; i++)
		y = draw_topic(chart, i, y, width, out);
	return y;
}

static void draw_head(const struct chart *chart, double width, double height, struct buffer *out)
{
	const struct dialogue_info *info = dialogue_info(chart->outline->dialogue);

	buffer_format(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		"role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">",
		width, height, width, height);
	svg_escape(out, info->title);
	buffer_format(out,
		": how the conversation moves</title>\n<desc id=\"desc\">Statechart of the case %s on the model %s: "
		"%zu "
		"stages, %zu states, %zu arrows, %zu endings, %zu disclosures. \"askwell graph --list %s\" says "
		"the same as a list.</desc>\n",
		info->id, info->model_name, chart->outline->stage_count, chart->outline->state_count,
		chart->arrows.count, chart->outline->ending_count, chart->outline->disclosure_count, info->id);
	buffer_text(out, style);
	svg_rect(out, "page", (struct layout_point){0, 0}, (struct layout_point){width, height}, 0);
	svg_text(out, "heading", (struct layout_point){MARGIN, MARGIN + 16},
		arena_format(chart->arena, "%s", info->title));
	svg_text(out, "soft", (struct layout_point){MARGIN, MARGIN + 36},
		arena_format(chart->arena,
			"%s, %s. An arrow is one or more rules that lead from one state to another; its number is that "
			"of "
			"the list below.",
			info->id, info->model_name));
}

static void draw(const struct chart *chart, struct buffer *out)
{
	double width = chart->layout.width + 2 * MARGIN, y = MARGIN + 52;
	struct buffer body = {0};

	width = width > PAGE_LEAST ? width : PAGE_LEAST;
	buffer_format(&body, "<g transform=\"translate(%.1f %.1f)\">\n", (width - chart->layout.width) / 2, y);
	draw_groups(chart, &body);
	draw_links(chart, &body);
	draw_boxes(chart, &body);
	draw_group_labels(chart, &body);
	buffer_text(&body, "</g>\n");
	y += chart->layout.height + 30;
	if (chart->arrows.count > 0)
		y = draw_rules(chart, y, width, &body);
	if (chart->outline->disclosure_count > 0)
		y = draw_disclosures(chart, y, width, &body);
	draw_head(chart, width, y + MARGIN, out);
	buffer_add(out, body.data, body.length);
	buffer_text(out, "</svg>\n");
	buffer_clear(&body);
}

enum status graph_svg(const struct dialogue *dialogue, struct buffer *out, struct error *error)
{
	struct arena *arena = arena_new(0);
	struct chart chart = {.arena = arena, .outline = outline_new(dialogue, arena)};
	enum status status = chart_build(&chart, error);

	if (status == STATUS_OK)
		draw(&chart, out);
	arena_free(arena);
	return status;
}
