/* SPDX-License-Identifier: Apache-2.0 */
/* Mutations that know what JSON is, for the targets whose inputs are files of dialogues. A mutation of bytes seldom leaves
 * a file that can be parsed, so what lies behind the parser would hardly be met; here a value is taken away, put in the
 * place of another, said twice, or changed as somebody would who slips while editing. Every third input is mutated as
 * bytes all the same. */
#include <jansson.h>

#include <stdint.h>
#include <string.h>

#define NODES_MAX 4096
#define TEXT_MAX 256

struct place {
	json_t *parent;  /* an object or an array */
	const char *key; /* NULL in an array */
	size_t index;
};

struct places {
	size_t count;
	struct place at[NODES_MAX];
};

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
	uint8_t *out, size_t max_out_size, unsigned seed);

static size_t chance(unsigned *seed, size_t count)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 8) % count;
}

static void collect(json_t *value, struct places *places)
{
	const char *key;
	json_t *child;
	size_t index;
	json_object_foreach(value, key, child)
	{
		if (places->count < NODES_MAX)
			places->at[places->count++] = (struct place){value, key, 0};
		collect(child, places);
	}
	json_array_foreach(value, index, child)
	{
		if (places->count < NODES_MAX)
			places->at[places->count++] = (struct place){value, NULL, index};
		collect(child, places);
	}
}

static json_t *value_at(const struct place *place)
{
	return place->key != NULL ? json_object_get(place->parent, place->key)
				  : json_array_get(place->parent, place->index);
}

/* Takes the reference. */
static void put(const struct place *place, json_t *value)
{
	if (value == NULL)
		return;
	if (place->key != NULL)
		json_object_set_new(place->parent, place->key, value);
	else
		json_array_set_new(place->parent, place->index, value);
}

static void take_away(const struct place *place)
{
	if (place->key != NULL)
		json_object_del(place->parent, place->key);
	else
		json_array_remove(place->parent, place->index);
}

static json_t *other_number(unsigned *seed)
{
	static const json_int_t numbers[] = {-1, 0, 1, 2, 7, 25, 100, 300, 512, 65536, INT32_MAX, INT64_MAX, INT64_MIN};
	return json_integer(numbers[chance(seed, sizeof numbers / sizeof numbers[0])]);
}

static json_t *other_kind(unsigned *seed)
{
	switch (chance(seed, 6)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(chance(seed, 2));
	case 2:
		return json_array();
	case 3:
		return json_object();
	case 4:
		return json_real(0.5);
	default:
		return json_string("");
	}
}

/* The same text with some bytes changed, or NULL where that is no UTF-8 any more. */
static json_t *other_text(const char *text)
{
	uint8_t changed[TEXT_MAX];
	size_t length = strlen(text);
	if (length > TEXT_MAX / 2)
		length = TEXT_MAX / 2;
	memcpy(changed, text, length);
	return json_stringn((const char *)changed, LLVMFuzzerMutate(changed, length, TEXT_MAX));
}

static void rename_key(const struct place *place, const char *name)
{
	json_t *value = json_incref(value_at(place));
	json_object_del(place->parent, place->key);
	json_object_set_new(place->parent, name, value);
}

static void change(const struct places *places, unsigned *seed)
{
	const struct place *place = &places->at[chance(seed, places->count)];
	const struct place *other = &places->at[chance(seed, places->count)];
	json_t *value = value_at(place);
	switch (chance(seed, 7)) {
	case 0:
		take_away(place);
		return;
	case 1:
		put(place, json_deep_copy(value_at(other)));
		return;
	case 2:
		if (place->key == NULL)
			json_array_append_new(place->parent, json_deep_copy(value));
		else if (other->key != NULL)
			json_object_set_new(place->parent, other->key, json_deep_copy(value));
		return;
	case 3:
		if (place->key != NULL && other->key != NULL) {
			char name[TEXT_MAX] = "";
			strncpy(name, other->key, sizeof name - 1);
			rename_key(place, name);
		}
		return;
	case 4:
		put(place, json_is_string(value) ? other_text(json_string_value(value)) : other_number(seed));
		return;
	case 5:
		if (json_is_string(value) && json_is_string(value_at(other)))
			put(place, json_copy(value_at(other)));
		return;
	default:
		put(place, other_kind(seed));
	}
}

static json_t *parse(const uint8_t *data, size_t size, struct places *places)
{
	json_t *root = json_loadb((const char *)data, size, 0, NULL);
	places->count = 0;
	if (root != NULL)
		collect(root, places);
	return root;
}

/* 0, and nothing written, where it does not fit. */
static size_t write_out(const json_t *root, uint8_t *data, size_t max_size)
{
	json_malloc_t give;
	json_free_t take;
	char *text = json_dumps(root, JSON_COMPACT);
	size_t size = text != NULL ? strlen(text) : 0;
	if (size > max_size)
		size = 0;
	if (size > 0)
		memcpy(data, text, size);
	json_get_alloc_funcs(&give, &take);
	take(text);
	return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static struct places places;
	json_t *root = chance(&seed, 3) > 0 ? parse(data, size, &places) : NULL;
	size_t written = 0;
	if (root != NULL && places.count > 0) {
		/* Only one: places may lie in what the change before took away. */
		change(&places, &seed);
		written = write_out(root, data, max_size);
	}
	json_decref(root);
	return written > 0 ? written : LLVMFuzzerMutate(data, size, max_size);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
	uint8_t *out, size_t max_out_size, unsigned seed)
{
	static struct places places, others;
	json_t *root = parse(data, size, &places), *from = parse(other, other_size, &others);
	size_t written = 0;
	if (places.count > 0 && others.count > 0) {
		put(&places.at[chance(&seed, places.count)],
			json_deep_copy(value_at(&others.at[chance(&seed, others.count)])));
		written = write_out(root, out, max_out_size);
	}
	json_decref(root);
	json_decref(from);
	if (written == 0 && size <= max_out_size) {
		memcpy(out, data, size);
		written = size;
	}
	return written;
}
