/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include <dlfcn.h>
#include <gvc.h>
#include <stdio.h>
#include <string.h>

/* Graphviz is loaded when a picture is asked for and not linked. Linked, it would cost `askwell serve` little (measured: 0.7 MB
 * of memory of its own and 1 ms more to start), but no server could do without six libraries that it never calls. Its dot
 * engine is handed over as a built-in, because looking for plugins in the usual way loads Pango, Cairo and X11 to
 * measure text that we measure ourselves: a layout then takes 154 ms in place of 3, measured cold. */
struct graphviz {
	void *library, *engine;
	GVC_t *(*context)(const lt_symlist_t *builtins, int demand_loading);
	int (*context_free)(GVC_t *context);
	int (*place)(GVC_t *context, graph_t *graph, const char *engine);
	int (*place_free)(GVC_t *context, graph_t *graph);
	Agraph_t *(*open)(char *name, Agdesc_t kind, Agdisc_t *discipline);
	int (*close)(Agraph_t *graph);
	Agraph_t *(*group)(Agraph_t *graph, char *name, int create);
	Agnode_t *(*node)(Agraph_t *graph, char *name, int create);
	Agedge_t *(*edge)(Agraph_t *graph, Agnode_t *from, Agnode_t *to, char *name, int create);
	Agsym_t *(*attribute)(Agraph_t *graph, int kind, char *name, const char *value);
	int (*set)(void *object, char *name, const char *value);
	char *(*html)(Agraph_t *graph, const char *text);
};

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	{"gvContextPlugins", offsetof(struct graphviz, context)},
	{"gvFreeContext", offsetof(struct graphviz, context_free)},
	{"gvLayout", offsetof(struct graphviz, place)},
	{"gvFreeLayout", offsetof(struct graphviz, place_free)},
	{"agopen", offsetof(struct graphviz, open)},
	{"agclose", offsetof(struct graphviz, close)},
	{"agsubg", offsetof(struct graphviz, group)},
	{"agnode", offsetof(struct graphviz, node)},
	{"agedge", offsetof(struct graphviz, edge)},
	{"agattr", offsetof(struct graphviz, attribute)},
	{"agset", offsetof(struct graphviz, set)},
	{"agstrdup_html", offsetof(struct graphviz, html)},
};

#define LIBRARY "libgvc.so." ASKWELL_GRAPHVIZ
#define ENGINE "graphviz/libgvplugin_dot_layout.so." ASKWELL_GRAPHVIZ

/* Plugins lie in a folder beside the library, wherever that was found. */
static void *open_engine(void *symbol)
{
	char path[4096];
	const char *slash;
	Dl_info about;

	if (!dladdr(symbol, &about) || !about.dli_fname || !(slash = strrchr(about.dli_fname, '/')))
		return NULL;
	snprintf(path, sizeof path, "%.*s/%s", (int)(slash - about.dli_fname), about.dli_fname, ENGINE);
	return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

/* Stays loaded until the program ends. */
static enum status load(struct graphviz *graphviz, struct error *error)
{
	void *symbol = NULL;

	graphviz->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; graphviz->library && i < sizeof symbols / sizeof *symbols; i++) {
		symbol = dlsym(graphviz->library, symbols[i].name);
		if (!symbol)
			return error_set(error, STATUS_UNAVAILABLE, "no_graphviz",
				"The Graphviz library of this machine lacks %s. On Debian: apt-get install libgvc6.",
				symbols[i].name);
		memcpy((char *)graphviz + symbols[i].offset, &symbol, sizeof symbol);
	}
	graphviz->engine = symbol ? open_engine(dlsym(graphviz->library, symbols[0].name)) : NULL;
	if (!graphviz->engine)
		return error_set(error, STATUS_UNAVAILABLE, "no_graphviz",
			"A picture needs Graphviz, which is not on this machine (%s). On Debian: apt-get install "
			"libgvc6. The list needs nothing: use --list.",
			LIBRARY);
	return STATUS_OK;
}

/* Graphviz takes writable strings and writes to none of them. */
static char *text(const char *constant)
{
	return (char *)(size_t)constant;
}

/* An empty table of a fixed size: room for a label, whatever fonts this machine has. */
static void set_label(const struct graphviz *graphviz, Agraph_t *graph, void *object, double width, double height)
{
	char table[160];

	snprintf(table, sizeof table,
		"<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" HEIGHT=\"%d\"><TR><TD></TD></TR></TABLE>",
		(int)width + 1, (int)height + 1);
	graphviz->set(object, text("label"), graphviz->html(graph, table));
}

static void set_defaults(const struct graphviz *graphviz, Agraph_t *graph)
{
	static const struct {
		int kind;
		const char *name, *value;
	} defaults[] = {
		{AGRAPH, "label", ""},
		{AGRAPH, "rankdir", "TB"},
		{AGRAPH, "nodesep", "0.35"},
		{AGRAPH, "ranksep", "0.45"},
		{AGRAPH, "labeljust", "l"},
		{AGRAPH, "margin", "14"},
		{AGNODE, "label", ""},
		{AGNODE, "shape", "box"},
		{AGNODE, "fixedsize", "true"},
		{AGNODE, "width", "1"},
		{AGNODE, "height", "1"},
		{AGEDGE, "label", ""},
		{AGEDGE, "style", ""},
		{AGEDGE, "weight", "1"},
	};

	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
		graphviz->attribute(graph, defaults[i].kind, text(defaults[i].name), defaults[i].value);
}

/* The handles of what was put in, in the same order. */
struct handles {
	Agraph_t **groups;
	Agnode_t **boxes;
	Agedge_t **links;
};

static void describe(
	const struct graphviz *graphviz, const struct layout *layout, Agraph_t *graph, const struct handles *handles)
{
	char name[48], number[32];

	for (size_t i = 0; i < layout->group_count; i++) {
		snprintf(name, sizeof name, "cluster_%zu", i);
		handles->groups[i] = graphviz->group(graph, name, 1);
		set_label(graphviz, graph, handles->groups[i], layout->groups[i].label_width,
			layout->groups[i].label_height);
	}
	for (size_t i = 0; i < layout->box_count; i++) {
		const struct layout_box *box = &layout->boxes[i];
		Agraph_t *home = box->group == LAYOUT_NO_GROUP ? graph : handles->groups[box->group];

		snprintf(name, sizeof name, "%zu", i);
		handles->boxes[i] = graphviz->node(home, name, 1);
		/* In inches. Not "%f": a program that set a locale would write a comma. */
		snprintf(number, sizeof number, "%d.%03d", (int)box->width / 72, (int)box->width % 72 * 1000 / 72);
		graphviz->set(handles->boxes[i], text("width"), number);
		snprintf(number, sizeof number, "%d.%03d", (int)box->height / 72, (int)box->height % 72 * 1000 / 72);
		graphviz->set(handles->boxes[i], text("height"), number);
	}
	for (size_t i = 0; i < layout->link_count; i++) {
		const struct layout_link *link = &layout->links[i];

		snprintf(name, sizeof name, "%zu", i);
		handles->links[i] =
			graphviz->edge(graph, handles->boxes[link->from], handles->boxes[link->to], name, 1);
		if (link->hidden)
			graphviz->set(handles->links[i], text("style"), "invis");
		else if (link->label_width > 0)
			set_label(graphviz, graph, handles->links[i], link->label_width, link->label_height);
	}
}

/* Graphviz counts upwards from the bottom. */
static struct layout_point flipped(const struct layout *layout, pointf point)
{
	return (struct layout_point){point.x, layout->height - point.y};
}

static void read_link(struct layout *layout, struct layout_link *link, Agedge_t *edge, struct arena *arena)
{
	const bezier *curve = ED_spl(edge) && ED_spl(edge)->size > 0 ? &ED_spl(edge)->list[0] : NULL;
	struct layout_point *points;

	if (link->hidden || !curve || curve->size < 4)
		return;
	points = arena_array(arena, (size_t)curve->size, sizeof *points);
	for (int i = 0; i < curve->size; i++)
		points[i] = flipped(layout, curve->list[i]);
	link->curve = points;
	link->count = (size_t)curve->size;
	link->tip = curve->eflag ? flipped(layout, curve->ep) : points[curve->size - 1];
	if (ED_label(edge))
		link->label = flipped(layout, ED_label(edge)->pos);
}

static void read_back(struct layout *layout, Agraph_t *graph, const struct handles *handles, struct arena *arena)
{
	layout->width = GD_bb(graph).UR.x;
	layout->height = GD_bb(graph).UR.y;
	for (size_t i = 0; i < layout->group_count; i++) {
		struct layout_group *group = &layout->groups[i];
		boxf corners = GD_bb(handles->groups[i]);

		group->from = (struct layout_point){corners.LL.x, layout->height - corners.UR.y};
		group->to = (struct layout_point){corners.UR.x, layout->height - corners.LL.y};
		if (GD_label(handles->groups[i]))
			group->label = flipped(layout, GD_label(handles->groups[i])->pos);
	}
	for (size_t i = 0; i < layout->box_count; i++)
		layout->boxes[i].centre = flipped(layout, ND_coord(handles->boxes[i]));
	for (size_t i = 0; i < layout->link_count; i++)
		read_link(layout, &layout->links[i], handles->links[i], arena);
}

enum status layout_run(struct layout *layout, struct arena *arena, struct error *error)
{
	static const Agdesc_t directed = {.directed = 1, .maingraph = 1};
	struct handles handles = {arena_array(arena, layout->group_count, sizeof(Agraph_t *)),
		arena_array(arena, layout->box_count, sizeof(Agnode_t *)),
		arena_array(arena, layout->link_count, sizeof(Agedge_t *))};
	struct graphviz graphviz = {0};
	GVC_t *context;
	Agraph_t *graph;
	enum status status = load(&graphviz, error);

	if (status != STATUS_OK || !graphviz.context)
		return status;
	context = graphviz.context((lt_symlist_t[]){{"gvplugin_dot_layout_LTX_library",
							    dlsym(graphviz.engine, "gvplugin_dot_layout_LTX_library")},
					   {NULL, NULL}},
		0);
	graph = graphviz.open(text("case"), directed, NULL);
	set_defaults(&graphviz, graph);
	describe(&graphviz, layout, graph, &handles);
	if (graphviz.place(context, graph, "dot") == 0)
		read_back(layout, graph, &handles, arena);
	else
		status = error_set(
			error, STATUS_INTERNAL, "no_layout", "Graphviz could not place the boxes. Use --list instead.");
	graphviz.place_free(context, graph);
	graphviz.close(graph);
	graphviz.context_free(context);
	return status;
}
