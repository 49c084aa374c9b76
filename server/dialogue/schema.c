/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include "drill.h"
#include "schema_tree.h"

#include "askwell/json_place.h"
#include "askwell/json_read.h"
#include "askwell/utf8.h"

#include <string.h>

#define DEPTH_CAP 32
#define NAMES_CAP 64

/* One validation: where findings go, and how many there were. A NULL reporter only tells whether there is one, which is
 * how alternatives are tried. */
struct validation {
	const struct reporter *reporter;
	struct arena *arena;
	size_t violations;
};

static bool too_deep(const char *text, size_t length, size_t *offset)
{
	unsigned depth = 0;
	bool in_string = false;
	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > DEPTH_CAP) {
				*offset = i;
				return true;
			}
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return false;
}

/* Reads what is out of the ordinary, or says what is wrong with it. */
static json_t *parse_closely(const struct reporter *reporter)
{
	const struct dialogue_source *source = reporter->source;
	size_t offset = 0;
	const char *nothing = source->length > 0 ? memchr(source->text, '\0', source->length) : NULL;
	if (nothing != NULL) {
		/* jansson drops a NUL after a number, so it has to be looked for. */
		unsigned line = 0, column = 0;
		json_place_of_offset(source->text, source->length, (size_t)(nothing - source->text), &line, &column);
		report_position(reporter, DIAGNOSTIC_SYNTAX, line, column,
			"This is not valid JSON: a NUL byte is in the text.");
		return NULL;
	}
	if (too_deep(source->text, source->length, &offset)) {
		unsigned line = 0, column = 0;
		json_place_of_offset(source->text, source->length, offset, &line, &column);
		report_position(reporter, DIAGNOSTIC_TOO_LARGE, line, column,
			"Objects and lists are nested more than %d deep here.", DEPTH_CAP);
		return NULL;
	}
	json_error_t error;
	json_t *json = json_loadb(source->text, source->length, JSON_REJECT_DUPLICATES, &error);
	if (json == NULL) {
		/* jansson's text may quote a piece of the file that is cut inside a character. */
		bool printable = utf8_valid(error.text, strlen(error.text));
		report_position(reporter, DIAGNOSTIC_SYNTAX, error.line > 0 ? (unsigned)error.line : 1,
			error.column > 0 ? (unsigned)error.column : 1, "This is not valid JSON: %s.",
			printable ? error.text : "the text is broken here");
	}
	return json;
}

json_t *schema_parse(const struct reporter *reporter)
{
	const struct dialogue_source *source = reporter->source;
	if (source->length > DIALOGUE_SOURCE_MAX) {
		report_position(reporter, DIAGNOSTIC_TOO_LARGE, 0, 0, "The file has %zu bytes; %d are allowed.",
			source->length, DIALOGUE_SOURCE_MAX);
		return NULL;
	}
	json_t *json = json_read(source->text, source->length);
	return json != NULL ? json : parse_closely(reporter);
}

static void violation(struct validation *v, enum diagnostic diagnostic, const struct place *place, const char *remedy,
	const char *reason)
{
	v->violations++;
	report(v->reporter, diagnostic, place, remedy, "%s", reason);
}

/* Nothing more is asked of an alternative that has failed, and nothing is said about it. */
static bool fails_quietly(struct validation *v)
{
	if (v->reporter != NULL)
		return false;
	v->violations++;
	return true;
}

static const struct {
	unsigned bit;
	const char *people; /* as a finding says it */
} types[] = {
	{SCHEMA_OBJECT, "an object"},
	{SCHEMA_ARRAY, "a list"},
	{SCHEMA_STRING, "a text"},
	{SCHEMA_INTEGER, "a whole number"},
	{SCHEMA_NUMBER, "a number"},
	{SCHEMA_BOOLEAN, "true or false"},
	{SCHEMA_NULL, "null"},
};

static unsigned types_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return SCHEMA_OBJECT;
	case JSON_ARRAY:
		return SCHEMA_ARRAY;
	case JSON_STRING:
		return SCHEMA_STRING;
	case JSON_INTEGER:
		return SCHEMA_INTEGER | SCHEMA_NUMBER;
	case JSON_REAL:
		return SCHEMA_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return SCHEMA_BOOLEAN;
	case JSON_NULL:
		return SCHEMA_NULL;
	}
	return 0;
}

static const char *type_of(const json_t *value)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if ((types_of(value) & types[i].bit) != 0)
			return types[i].people;
	return "something else";
}

/* Whether a value is at least of a kind that the schema could accept: the branch to explain of several. */
static bool admits_type(const struct schema_node *node, const json_t *value)
{
	node = node->target != NULL ? node->target : node;
	if (node->types != 0)
		return (node->types & types_of(value)) != 0;
	if (node->constant != NULL)
		return json_typeof(node->constant) == json_typeof(value) ||
		       (json_is_boolean(node->constant) && json_is_boolean(value));
	return !node->has_choices || json_is_string(value);
}

static bool check_type(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	if (node->types == 0 || (node->types & types_of(value)) != 0)
		return true;
	if (fails_quietly(v))
		return false;
	struct buffer wanted = {0};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if ((node->types & types[i].bit) != 0)
			buffer_format(&wanted, "%s%s", wanted.length == 0 ? "" : " or ", types[i].people);
	violation(v, DIAGNOSTIC_WRONG_TYPE, place, node->description,
		arena_format(v->arena, "Expected %s, found %s.", wanted.data, type_of(value)));
	buffer_clear(&wanted);
	return false;
}

static const char *value_text(const struct validation *v, const json_t *value)
{
	char text[160];
	size_t length = json_dumpb(value, text, sizeof text, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	if (length == 0 || length > sizeof text)
		return "this value";
	return arena_copy(v->arena, text, length);
}

static void check_choice(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	if (node->constant != NULL && !json_equal(node->constant, value) && !fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, NULL,
			arena_format(v->arena, "Expected %s, found %s.", value_text(v, node->constant),
				value_text(v, value)));
	if (!node->has_choices || (json_is_string(value) && schema_names_find(&node->choices, text) >= 0) ||
		fails_quietly(v))
		return;
	const struct names names = {node->choices.names, node->choices.count};
	violation(v, DIAGNOSTIC_VALUE, place, names_remedy(&names, text, "values", v->arena),
		arena_format(v->arena, "%s is not one of the allowed values.", value_text(v, value)));
}

static void check_string(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	const char *text = json_string_value(value);
	const size_t length = json_string_length(value);
	/* No text has more characters than bytes, or less than a quarter of them. */
	const bool measured =
		(node->least_length != NULL && length < 4 * (size_t)json_integer_value(node->least_length)) ||
		(node->most_length != NULL && length > (size_t)json_integer_value(node->most_length));
	const size_t count = measured ? utf8_count(text, length) : length;
	if (node->least_length != NULL &&
		(count < (size_t)json_integer_value(node->least_length) || utf8_blank(text, length)) &&
		!fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, "Write something here, or leave the member out.",
			"The text is empty.");
	if (node->most_length != NULL && count > (size_t)json_integer_value(node->most_length) && !fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, "Shorten it.",
			arena_format(v->arena, "The text has %zu characters; %" JSON_INTEGER_FORMAT " are allowed.",
				count, json_integer_value(node->most_length)));
	if (node->pattern != NULL && !schema_matches(node, text, length) && !fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, node->description,
			arena_format(v->arena, "%s does not have the right form.", value_text(v, value)));
}

static void check_number(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	const json_t *least = node->minimum, *most = node->maximum;
	double number = json_number_value(value);
	if ((least == NULL || number >= json_number_value(least)) &&
		(most == NULL || number <= json_number_value(most)))
		return;
	if (fails_quietly(v))
		return;
	violation(v, DIAGNOSTIC_VALUE, place, node->description,
		arena_format(v->arena, "%s is outside the range from %s to %s.", value_text(v, value),
			least != NULL ? value_text(v, least) : "any number",
			most != NULL ? value_text(v, most) : "any number"));
}

static void validate(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place);

static void check_array(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	const json_t *least = node->least_items, *most = node->most_items;
	size_t count = json_array_size(value);
	if (least != NULL && count < (size_t)json_integer_value(least) && !fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, node->description,
			arena_format(v->arena,
				"The list has %zu element%s; %" JSON_INTEGER_FORMAT " or more are needed.", count,
				count == 1 ? "" : "s", json_integer_value(least)));
	if (most != NULL && count > (size_t)json_integer_value(most) && !fails_quietly(v))
		violation(v, DIAGNOSTIC_VALUE, place, NULL,
			arena_format(v->arena, "The list has %zu elements; it may have up to %" JSON_INTEGER_FORMAT ".",
				count, json_integer_value(most)));
	for (size_t i = 0; node->items != NULL && i < count; i++) {
		struct place element = place_item(place, i);
		validate(v, node->items, json_array_get(value, i), &element);
	}
}

static void unknown_member(
	struct validation *v, const struct schema_node *node, const char *key, const struct place *place)
{
	if (fails_quietly(v))
		return;
	const size_t count = node->members.count < NAMES_CAP ? node->members.count : NAMES_CAP;
	const struct names names = {node->members.names, count};
	violation(v, DIAGNOSTIC_UNKNOWN_MEMBER, place, names_remedy(&names, key, "members of this object", v->arena),
		arena_format(v->arena, "\"%s\" is not a member here.", key));
}

static void missing_member(
	struct validation *v, const struct schema_node *node, const char *name, const struct place *place)
{
	if (fails_quietly(v))
		return;
	int index = schema_names_find(&node->members, name);
	const char *about = index >= 0 ? node->members.nodes[index]->description : NULL;
	violation(v, DIAGNOSTIC_MISSING_MEMBER, place,
		about != NULL ? arena_format(v->arena, "Add \"%s\": %s", name, about)
			      : arena_format(v->arena, "Add \"%s\".", name),
		arena_format(v->arena, "\"%s\" is missing.", name));
}

static void check_object(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	for (size_t i = 0; i < node->required_count; i++)
		if (json_object_get(value, node->required[i]) == NULL)
			missing_member(v, node, node->required[i], place);
	const char *key;
	json_t *member;
	json_object_foreach((json_t *)value, key, member)
	{
		struct place at = place_member(place, key);
		int index = schema_names_find(&node->members, key);
		if (index >= 0)
			validate(v, node->members.nodes[index], member, &at);
		else if (node->closed)
			unknown_member(v, node, key, &at);
		else if (node->additional != NULL)
			validate(v, node->additional, member, &at);
	}
}

/* Explains the branch that has the value's type; an author who wrote a list meant the list. */
static void check_alternatives(struct validation *v, const struct schema_node *node, const json_t *value,
	const struct place *place, const char *remedy)
{
	const struct schema_node *meant = NULL;
	for (size_t i = 0; i < node->branch_count; i++) {
		const struct schema_node *branch = node->branches[i];
		struct validation trial = {NULL, v->arena, 0};
		if (!admits_type(branch, value))
			continue;
		validate(&trial, branch, value, place);
		if (trial.violations == 0)
			return;
		if (meant == NULL)
			meant = branch;
	}
	if (fails_quietly(v))
		return;
	if (meant != NULL)
		validate(v, meant, value, place);
	else
		violation(v, DIAGNOSTIC_WRONG_TYPE, place, remedy,
			arena_format(v->arena, "There cannot be %s here.", type_of(value)));
}

static void validate(
	struct validation *v, const struct schema_node *node, const json_t *value, const struct place *place)
{
	if (v->reporter == NULL && v->violations > 0)
		return;
	const char *remedy = node->description;
	node = node->target != NULL ? node->target : node;
	if (remedy == NULL)
		remedy = node->description;
	if (!check_type(v, node, value, place))
		return;
	check_choice(v, node, value, place);
	if (node->branch_count > 0)
		check_alternatives(v, node, value, place, remedy);
	if (json_is_string(value))
		check_string(v, node, value, place);
	else if (json_is_number(value))
		check_number(v, node, value, place);
	else if (json_is_array(value))
		check_array(v, node, value, place);
	else if (json_is_object(value))
		check_object(v, node, value, place);
}

size_t schema_validate(enum dialogue_kind kind, const json_t *instance, const struct reporter *reporter)
{
	struct validation v = {reporter, arena_new(0), 0};
	validate(&v, schema_tree_root(kind, drill_is(instance)), instance, NULL);
	arena_free(v.arena);
	return v.violations;
}
