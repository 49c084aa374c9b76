/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include "drill.h"
#include "schema_texts.h"

#include "askwell/json_place.h"
#include "askwell/utf8.h"

#include <regex.h>
#include <string.h>

#define DEPTH_CAP 32
#define NAMES_CAP 64

/* The few patterns of a schema, compiled once: they are asked hundreds of times a file. */
#define PATTERNS_CAP 8
struct patterns {
	const char *sources[PATTERNS_CAP];
	regex_t compiled[PATTERNS_CAP];
	size_t count;
};

/* One validation: the schema that references point into, where findings go, and how many there were. A NULL reporter
 * only counts, which is how alternatives are tried. */
struct validation {
	struct patterns *patterns;
	const json_t *root;
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

json_t *schema_parse(const struct reporter *reporter)
{
	const struct dialogue_source *source = reporter->source;
	if (source->length > DIALOGUE_SOURCE_MAX) {
		report_position(reporter, DIAGNOSTIC_TOO_LARGE, 0, 0, "The file has %zu bytes; %d are allowed.",
			source->length, DIALOGUE_SOURCE_MAX);
		return NULL;
	}
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

static void violation(struct validation *v, enum diagnostic diagnostic, const struct place *place, const char *remedy,
	const char *reason)
{
	v->violations++;
	if (v->reporter != NULL)
		report(v->reporter, diagnostic, place, remedy, "%s", reason);
}

static const json_t *resolve(const struct validation *v, const json_t *schema)
{
	const char *reference;
	while ((reference = json_string_value(json_object_get(schema, "$ref"))) != NULL) {
		const char *at = strchr(reference, '#');
		schema = v->root;
		while (at != NULL && (at = strchr(at, '/')) != NULL) {
			at++;
			schema = json_object_getn(schema, at, strcspn(at, "/"));
		}
	}
	return schema;
}

static const struct {
	const char *name;
	const char *people; /* as a finding says it */
} types[] = {
	{"object", "an object"},
	{"array", "a list"},
	{"string", "a text"},
	{"integer", "a whole number"},
	{"number", "a number"},
	{"boolean", "true or false"},
	{"null", "null"},
};

static bool has_type(const json_t *value, const char *type)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return strcmp(type, "object") == 0;
	case JSON_ARRAY:
		return strcmp(type, "array") == 0;
	case JSON_STRING:
		return strcmp(type, "string") == 0;
	case JSON_INTEGER:
		return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
	case JSON_REAL:
		return strcmp(type, "number") == 0;
	case JSON_TRUE:
	case JSON_FALSE:
		return strcmp(type, "boolean") == 0;
	case JSON_NULL:
		return strcmp(type, "null") == 0;
	}
	return false;
}

static const char *type_for_people(const char *type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].name, type) == 0)
			return types[i].people;
	return type;
}

static const char *type_of(const json_t *value)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (has_type(value, types[i].name))
			return types[i].people;
	return "something else";
}

/* Whether a value is at least of a kind that the schema could accept: the branch to explain of several. */
static bool admits_type(const struct validation *v, const json_t *schema, const json_t *value)
{
	schema = resolve(v, schema);
	const json_t *type = json_object_get(schema, "type");
	if (json_is_string(type))
		return has_type(value, json_string_value(type));
	if (json_is_array(type)) {
		for (size_t i = 0; i < json_array_size(type); i++)
			if (has_type(value, json_string_value(json_array_get(type, i))))
				return true;
		return false;
	}
	const json_t *constant = json_object_get(schema, "const");
	if (constant != NULL)
		return json_typeof(constant) == json_typeof(value) ||
		       (json_is_boolean(constant) && json_is_boolean(value));
	if (json_object_get(schema, "enum") != NULL)
		return json_is_string(value);
	return true;
}

static const char *remedy_of(const json_t *schema)
{
	return json_string_value(json_object_get(schema, "description"));
}

static bool check_type(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const json_t *type = json_object_get(schema, "type");
	if (type == NULL || admits_type(v, schema, value))
		return true;
	struct buffer wanted = {0};
	if (json_is_string(type))
		buffer_text(&wanted, type_for_people(json_string_value(type)));
	for (size_t i = 0; i < json_array_size(type); i++)
		buffer_format(&wanted, "%s%s", i == 0 ? "" : " or ",
			type_for_people(json_string_value(json_array_get(type, i))));
	violation(v, DIAGNOSTIC_WRONG_TYPE, place, remedy_of(schema),
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

static void check_enum(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const json_t *choices = json_object_get(schema, "enum");
	const json_t *constant = json_object_get(schema, "const");
	if (constant != NULL && !json_equal(constant, value))
		violation(v, DIAGNOSTIC_VALUE, place, NULL,
			arena_format(
				v->arena, "Expected %s, found %s.", value_text(v, constant), value_text(v, value)));
	if (choices == NULL)
		return;
	const char *names[NAMES_CAP];
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(choices); i++) {
		const json_t *choice = json_array_get(choices, i);
		if (json_equal(choice, value))
			return;
		if (json_is_string(choice) && count < NAMES_CAP)
			names[count++] = json_string_value(choice);
	}
	const char *wrong = json_is_string(value) ? json_string_value(value) : "";
	violation(v, DIAGNOSTIC_VALUE, place, names_remedy(&(struct names){names, count}, wrong, "values", v->arena),
		arena_format(v->arena, "%s is not one of the allowed values.", value_text(v, value)));
}

static bool matches(struct patterns *patterns, const char *source, const char *text)
{
	size_t i = 0;
	while (i < patterns->count && strcmp(patterns->sources[i], source) != 0)
		i++;
	if (i == patterns->count) {
		if (i == PATTERNS_CAP || regcomp(&patterns->compiled[i], source, REG_EXTENDED | REG_NOSUB) != 0)
			return true;
		patterns->sources[patterns->count++] = source;
	}
	return regexec(&patterns->compiled[i], text, 0, NULL, 0) == 0;
}

static void check_string(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const char *text = json_string_value(value);
	size_t count = utf8_count(text, json_string_length(value));
	const json_t *least = json_object_get(schema, "minLength");
	const json_t *most = json_object_get(schema, "maxLength");
	if (least != NULL && (count < (size_t)json_integer_value(least) || utf8_blank(text, json_string_length(value))))
		violation(v, DIAGNOSTIC_VALUE, place, "Write something here, or leave the member out.",
			"The text is empty.");
	if (most != NULL && count > (size_t)json_integer_value(most))
		violation(v, DIAGNOSTIC_VALUE, place, "Shorten it.",
			arena_format(v->arena, "The text has %zu characters; %" JSON_INTEGER_FORMAT " are allowed.",
				count, json_integer_value(most)));
	const char *pattern = json_string_value(json_object_get(schema, "pattern"));
	if (pattern != NULL && !matches(v->patterns, pattern, text))
		violation(v, DIAGNOSTIC_VALUE, place, remedy_of(schema),
			arena_format(v->arena, "%s does not have the right form.", value_text(v, value)));
}

static void check_number(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const json_t *least = json_object_get(schema, "minimum");
	const json_t *most = json_object_get(schema, "maximum");
	double number = json_number_value(value);
	if ((least != NULL && number < json_number_value(least)) || (most != NULL && number > json_number_value(most)))
		violation(v, DIAGNOSTIC_VALUE, place, remedy_of(schema),
			arena_format(v->arena, "%s is outside the range from %s to %s.", value_text(v, value),
				least != NULL ? value_text(v, least) : "any number",
				most != NULL ? value_text(v, most) : "any number"));
}

static void validate(struct validation *v, const json_t *schema, const json_t *value, const struct place *place);

static void check_array(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const json_t *least = json_object_get(schema, "minItems");
	const json_t *most = json_object_get(schema, "maxItems");
	const json_t *items = json_object_get(schema, "items");
	size_t count = json_array_size(value);
	if (least != NULL && count < (size_t)json_integer_value(least))
		violation(v, DIAGNOSTIC_VALUE, place, remedy_of(schema),
			arena_format(v->arena,
				"The list has %zu element%s; %" JSON_INTEGER_FORMAT " or more are needed.", count,
				count == 1 ? "" : "s", json_integer_value(least)));
	if (most != NULL && count > (size_t)json_integer_value(most))
		violation(v, DIAGNOSTIC_VALUE, place, NULL,
			arena_format(v->arena, "The list has %zu elements; it may have up to %" JSON_INTEGER_FORMAT ".",
				count, json_integer_value(most)));
	for (size_t i = 0; items != NULL && i < count; i++) {
		struct place element = place_item(place, i);
		validate(v, items, json_array_get(value, i), &element);
	}
}

static void unknown_member(struct validation *v, const json_t *properties, const char *key, const struct place *place)
{
	const char *names[NAMES_CAP];
	size_t count = 0;
	const char *name;
	const json_t *unused;
	json_object_foreach((json_t *)properties, name, unused)
	{
		if (count < NAMES_CAP)
			names[count++] = name;
	}
	violation(v, DIAGNOSTIC_UNKNOWN_MEMBER, place,
		names_remedy(&(struct names){names, count}, key, "members of this object", v->arena),
		arena_format(v->arena, "\"%s\" is not a member here.", key));
}

static void check_object(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const json_t *properties = json_object_get(schema, "properties");
	const json_t *required = json_object_get(schema, "required");
	const json_t *additional = json_object_get(schema, "additionalProperties");
	for (size_t i = 0; i < json_array_size(required); i++) {
		const char *name = json_string_value(json_array_get(required, i));
		if (json_object_get(value, name) != NULL)
			continue;
		const char *about = remedy_of(json_object_get(properties, name));
		violation(v, DIAGNOSTIC_MISSING_MEMBER, place,
			about != NULL ? arena_format(v->arena, "Add \"%s\": %s", name, about)
				      : arena_format(v->arena, "Add \"%s\".", name),
			arena_format(v->arena, "\"%s\" is missing.", name));
	}
	const char *key;
	json_t *member;
	json_object_foreach((json_t *)value, key, member)
	{
		struct place at = place_member(place, key);
		const json_t *property = json_object_get(properties, key);
		if (property != NULL)
			validate(v, property, member, &at);
		else if (json_is_false(additional))
			unknown_member(v, properties, key, &at);
		else if (json_is_object(additional))
			validate(v, additional, member, &at);
	}
}

/* Explains the branch that has the value's type; an author who wrote a list meant the list. */
static void check_alternatives(struct validation *v, const json_t *branches, const json_t *value,
	const struct place *place, const char *remedy)
{
	const json_t *meant = NULL;
	for (size_t i = 0; i < json_array_size(branches); i++) {
		const json_t *branch = json_array_get(branches, i);
		struct validation trial = {v->patterns, v->root, NULL, v->arena, 0};
		validate(&trial, branch, value, place);
		if (trial.violations == 0)
			return;
		if (meant == NULL && admits_type(v, branch, value))
			meant = branch;
	}
	if (meant != NULL)
		validate(v, meant, value, place);
	else
		violation(v, DIAGNOSTIC_WRONG_TYPE, place, remedy,
			arena_format(v->arena, "There cannot be %s here.", type_of(value)));
}

static void validate(struct validation *v, const json_t *schema, const json_t *value, const struct place *place)
{
	const char *remedy = remedy_of(schema);
	schema = resolve(v, schema);
	if (remedy == NULL)
		remedy = remedy_of(schema);
	if (!check_type(v, schema, value, place))
		return;
	check_enum(v, schema, value, place);
	const json_t *branches = json_object_get(schema, "anyOf");
	if (branches == NULL)
		branches = json_object_get(schema, "oneOf");
	if (branches != NULL)
		check_alternatives(v, branches, value, place, remedy);
	if (json_is_string(value))
		check_string(v, schema, value, place);
	else if (json_is_number(value))
		check_number(v, schema, value, place);
	else if (json_is_array(value))
		check_array(v, schema, value, place);
	else if (json_is_object(value))
		check_object(v, schema, value, place);
}

static json_t *load_text(const char *text, size_t length, struct dialogue_cache *cache)
{
	json_t *schema = cache_find(cache, text);
	if (schema != NULL)
		return schema;
	schema = json_loadb(text, length, 0, NULL);
	cache_put(cache, text, schema);
	return schema;
}

/* The schemas of fragments, drills and contrasts refer to the script's, and to nothing in themselves. */
static json_t *load_schema(enum dialogue_kind kind, const json_t *instance, struct dialogue_cache *cache, json_t **root)
{
	if (kind == DIALOGUE_KIND_MODEL)
		*root = load_text(schema_text_model, schema_length_model, cache);
	else if (kind == DIALOGUE_KIND_TEMPERAMENT)
		*root = load_text(schema_text_temperament, schema_length_temperament, cache);
	else
		*root = load_text(schema_text_dialogue, schema_length_dialogue, cache);
	if (kind == DIALOGUE_KIND_FRAGMENT)
		return load_text(schema_text_fragment, schema_length_fragment, cache);
	if (kind == DIALOGUE_KIND_CONTRAST)
		return load_text(schema_text_contrast, schema_length_contrast, cache);
	if (kind == DIALOGUE_KIND_SCRIPT && drill_is(instance))
		return load_text(schema_text_drill, schema_length_drill, cache);
	return json_incref(*root);
}

size_t schema_validate(
	enum dialogue_kind kind, const json_t *instance, const struct reporter *reporter, struct dialogue_cache *cache)
{
	json_t *root = NULL;
	json_t *schema = load_schema(kind, instance, cache, &root);
	struct arena *arena = arena_new(0);
	struct patterns patterns = {.count = 0};
	struct validation v = {&patterns, root, reporter, arena, 0};
	validate(&v, schema, instance, NULL);
	for (size_t i = 0; i < patterns.count; i++)
		regfree(&patterns.compiled[i]);
	arena_free(arena);
	json_decref(schema);
	json_decref(root);
	return v.violations;
}
