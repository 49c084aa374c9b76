/* SPDX-License-Identifier: Apache-2.0 */
#include "schema_tree.h"

#include "schema_texts.h"

#include "askwell/arena.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define NODES_MAX 1024
#define PATTERNS_MAX 16

enum file { FILE_DIALOGUE, FILE_MODEL, FILE_TEMPERAMENT, FILE_FRAGMENT, FILE_CONTRAST, FILE_DRILL, FILES };

struct schema_tree {
	struct arena *arena;
	json_t *files[FILES];
	/* A schema that refers to itself is met again. */
	const json_t *met[NODES_MAX];
	struct schema_node *nodes[NODES_MAX];
	size_t count;
	const char *pattern_texts[PATTERNS_MAX];
	pcre2_code *patterns[PATTERNS_MAX];
	size_t pattern_count;
};

static const char *const type_names[] = {"object", "array", "string", "integer", "number", "boolean", "null"};

static uint32_t hash_name(const char *name)
{
	uint32_t hash = 2166136261U;
	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return hash;
}

int schema_names_find(const struct schema_names *names, const char *name)
{
	if (names->count == 0)
		return -1;
	for (uint32_t at = hash_name(name) & names->mask; names->slots[at] != 0; at = (at + 1) & names->mask)
		if (strcmp(names->names[names->slots[at] - 1], name) == 0)
			return names->slots[at] - 1;
	return -1;
}

static struct schema_names make_names(struct schema_tree *tree, size_t most)
{
	struct schema_names names = {.mask = 7};
	while (names.mask < most * 2)
		names.mask = names.mask * 2 + 1;
	names.slots = arena_array(tree->arena, (size_t)names.mask + 1, sizeof *names.slots);
	names.names = arena_array(tree->arena, most, sizeof *names.names);
	names.nodes = arena_array(tree->arena, most, sizeof *names.nodes);
	return names;
}

static void add_name(struct schema_names *names, const char *name, const struct schema_node *node)
{
	uint32_t at = hash_name(name) & names->mask;
	while (names->slots[at] != 0)
		at = (at + 1) & names->mask;
	names->names[names->count] = name;
	names->nodes[names->count++] = node;
	names->slots[at] = (uint16_t)names->count;
}

static unsigned read_types(const json_t *type)
{
	unsigned types = 0;
	size_t count = json_is_string(type) ? 1 : json_array_size(type);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_is_string(type) ? type : json_array_get(type, i));
		for (unsigned bit = 0; bit < sizeof type_names / sizeof type_names[0]; bit++)
			if (strcmp(type_names[bit], name) == 0)
				types |= 1U << bit;
	}
	return types;
}

static pcre2_code *read_pattern(struct schema_tree *tree, const char *text)
{
	int error;
	PCRE2_SIZE offset;
	for (size_t i = 0; i < tree->pattern_count; i++)
		if (strcmp(tree->pattern_texts[i], text) == 0)
			return tree->patterns[i];
	if (tree->pattern_count == PATTERNS_MAX)
		abort();
	pcre2_code *code =
		pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, PCRE2_DOLLAR_ENDONLY, &error, &offset, NULL);
	if (code == NULL)
		abort();
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	tree->pattern_texts[tree->pattern_count] = text;
	tree->patterns[tree->pattern_count++] = code;
	return code;
}

static struct schema_node *read_node(struct schema_tree *tree, const json_t *root, const json_t *schema);

/* "#/a/b" in the file at hand, or "dialogue.schema.json#/a/b". */
static const struct schema_node *read_reference(struct schema_tree *tree, const json_t *root, const char *reference)
{
	const json_t *file = reference[0] == '#' ? root : tree->files[FILE_DIALOGUE];
	const json_t *schema = file;
	const char *at = strchr(reference, '#');
	while (at != NULL && (at = strchr(at, '/')) != NULL) {
		at++;
		schema = json_object_getn(schema, at, strcspn(at, "/"));
	}
	return read_node(tree, file, schema);
}

static void read_members(struct schema_tree *tree, const json_t *root, const json_t *schema, struct schema_node *node)
{
	const json_t *properties = json_object_get(schema, "properties");
	const json_t *required = json_object_get(schema, "required");
	const json_t *additional = json_object_get(schema, "additionalProperties");
	const char *name;
	json_t *property;
	node->members = make_names(tree, json_object_size(properties));
	json_object_foreach((json_t *)properties, name, property)
	{
		add_name(&node->members, name, read_node(tree, root, property));
	}
	node->required_count = json_array_size(required);
	node->required = arena_array(tree->arena, node->required_count, sizeof *node->required);
	for (size_t i = 0; i < node->required_count; i++)
		node->required[i] = json_string_value(json_array_get(required, i));
	node->closed = json_is_false(additional);
	if (json_is_object(additional))
		node->additional = read_node(tree, root, additional);
}

static void read_choices(struct schema_tree *tree, const json_t *list, struct schema_node *node)
{
	node->has_choices = list != NULL;
	node->choices = make_names(tree, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++)
		add_name(&node->choices, json_string_value(json_array_get(list, i)), NULL);
}

static void read_branches(struct schema_tree *tree, const json_t *root, const json_t *schema, struct schema_node *node)
{
	const json_t *list = json_object_get(schema, "anyOf");
	if (list == NULL)
		list = json_object_get(schema, "oneOf");
	node->branch_count = json_array_size(list);
	node->branches = arena_array(tree->arena, node->branch_count, sizeof *node->branches);
	for (size_t i = 0; i < node->branch_count; i++)
		node->branches[i] = read_node(tree, root, json_array_get(list, i));
}

static void fill_node(struct schema_tree *tree, const json_t *root, const json_t *schema, struct schema_node *node)
{
	const char *pattern = json_string_value(json_object_get(schema, "pattern"));
	const json_t *items = json_object_get(schema, "items");
	node->types = read_types(json_object_get(schema, "type"));
	node->constant = json_object_get(schema, "const");
	node->least_length = json_object_get(schema, "minLength");
	node->most_length = json_object_get(schema, "maxLength");
	node->least_items = json_object_get(schema, "minItems");
	node->most_items = json_object_get(schema, "maxItems");
	node->minimum = json_object_get(schema, "minimum");
	node->maximum = json_object_get(schema, "maximum");
	node->items = items != NULL ? read_node(tree, root, items) : NULL;
	node->pattern = pattern != NULL ? read_pattern(tree, pattern) : NULL;
	read_choices(tree, json_object_get(schema, "enum"), node);
	read_branches(tree, root, schema, node);
	read_members(tree, root, schema, node);
}

static struct schema_node *read_node(struct schema_tree *tree, const json_t *root, const json_t *schema)
{
	for (size_t i = 0; i < tree->count; i++)
		if (tree->met[i] == schema)
			return tree->nodes[i];
	if (tree->count == NODES_MAX)
		abort();
	struct schema_node *node = arena_alloc(tree->arena, sizeof *node);
	tree->met[tree->count] = schema;
	tree->nodes[tree->count++] = node;
	node->description = json_string_value(json_object_get(schema, "description"));
	const char *reference = json_string_value(json_object_get(schema, "$ref"));
	if (reference == NULL) {
		fill_node(tree, root, schema, node);
		return node;
	}
	node->target = read_reference(tree, root, reference);
	while (node->target->target != NULL)
		node->target = node->target->target;
	return node;
}

static const struct schema_node *roots[FILES];

/* The schemas are part of the program: that they can be read is proved by every test that reads a script. */
static void read_all(void)
{
	const struct {
		const char *text;
		size_t length;
	} texts[FILES] = {
		[FILE_DIALOGUE] = {schema_text_dialogue, schema_length_dialogue},
		[FILE_MODEL] = {schema_text_model, schema_length_model},
		[FILE_TEMPERAMENT] = {schema_text_temperament, schema_length_temperament},
		[FILE_FRAGMENT] = {schema_text_fragment, schema_length_fragment},
		[FILE_CONTRAST] = {schema_text_contrast, schema_length_contrast},
		[FILE_DRILL] = {schema_text_drill, schema_length_drill},
	};
	static struct schema_tree tree;
	tree.arena = arena_new(0);
	for (size_t i = 0; i < FILES; i++)
		tree.files[i] = json_loadb(texts[i].text, texts[i].length, 0, NULL);
	for (size_t i = 0; i < FILES; i++)
		roots[i] = read_node(&tree, tree.files[i], tree.files[i]);
}

const struct schema_node *schema_tree_root(enum dialogue_kind kind, bool drill)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, read_all);
	switch (kind) {
	case DIALOGUE_KIND_MODEL:
		return roots[FILE_MODEL];
	case DIALOGUE_KIND_TEMPERAMENT:
		return roots[FILE_TEMPERAMENT];
	case DIALOGUE_KIND_FRAGMENT:
		return roots[FILE_FRAGMENT];
	case DIALOGUE_KIND_CONTRAST:
		return roots[FILE_CONTRAST];
	default:
		return roots[drill ? FILE_DRILL : FILE_DIALOGUE];
	}
}

/* Without a match block of its own there is none to share between threads. */
bool schema_matches(const struct schema_node *node, const char *text, size_t length)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int found = pcre2_match(node->pattern, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK, data, NULL);
	pcre2_match_data_free(data);
	return found >= 0;
}
