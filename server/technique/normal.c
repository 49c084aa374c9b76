/* SPDX-License-Identifier: Apache-2.0 */
#include "normal.h"

#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

#define HASH_START 14695981039346656037ULL
#define HASH_PRIME 1099511628211ULL
#define BEGINNING_SALT 0x9e3779b97f4a7c15ULL
#define PAIR_FACTOR 0xe7037ed1a0b428dbULL
#define FIRST_SALT 0xd1b54a32d192ed03ULL

/* Longer runs of letters are nobody's word, and the marks for a dropped word must stay in proportion. */
#define STUTTER_MAX 4

#define DRAWN_OUT_MAX 40 /* letters of a drawn-out word that is looked into */

struct reading {
	struct normal *normal;
	const struct word_table *words;
	size_t word_start;  /* in normal->text; SIZE_MAX: not inside a word */
	uint32_t word_from; /* in the original */
	bool keep_fillers;
	bool left_out;
};

static uint64_t hash_byte(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * HASH_PRIME;
}

uint64_t word_hash(const char *word, size_t length)
{
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < length; i++) {
		if (word[i] != '\'')
			hash = hash_byte(hash, word[i]);
	}
	return hash != 0 ? hash : 1;
}

uint64_t word_beginning_hash(const char *word, size_t letters)
{
	uint64_t hash = word_hash(word, letters) ^ BEGINNING_SALT;
	return hash != 0 ? hash : 1;
}

uint64_t word_first_hash(const char *word, size_t length)
{
	uint64_t hash = word_hash(word, length) ^ FIRST_SALT;
	return hash != 0 ? hash : 1;
}

uint64_t word_pair_hash(uint64_t first, uint64_t second)
{
	uint64_t hash = first * PAIR_FACTOR ^ second;
	return hash != 0 ? hash : 1;
}

const struct word_entry *word_table_find(const struct word_table *table, uint64_t hash)
{
	if (table == NULL || table->entries == NULL)
		return NULL;
	for (size_t i = hash & table->mask; table->entries[i].hash != 0; i = (i + 1) & table->mask) {
		if (table->entries[i].hash == hash)
			return &table->entries[i];
	}
	return NULL;
}

static void reserve(struct normal *normal, size_t more)
{
	if (normal->length + more + 1 <= normal->capacity)
		return;
	size_t capacity = (normal->length + more + 1) * 2;
	normal->text = memory_grow(normal->text, capacity, 1);
	normal->begin = memory_grow(normal->begin, capacity, sizeof *normal->begin);
	normal->end = memory_grow(normal->end, capacity, sizeof *normal->end);
	normal->capacity = capacity;
}

static void put(struct normal *normal, char c, size_t from, size_t to)
{
	normal->text[normal->length] = c;
	normal->begin[normal->length] = (uint32_t)from;
	normal->end[normal->length] = (uint32_t)to;
	normal->length++;
}

static char last(const struct normal *normal)
{
	return normal->length > 0 ? normal->text[normal->length - 1] : '\n';
}

static void grow_tokens(struct normal *normal)
{
	normal->token_capacity = normal->token_capacity * 2 + 64;
	normal->tokens = memory_grow(normal->tokens, normal->token_capacity, sizeof *normal->tokens);
}

static void add_token(struct normal *normal, size_t start, size_t end, uint64_t hash, unsigned traits)
{
	if (normal->token_count == normal->token_capacity)
		grow_tokens(normal);
	const char *word = normal->text + start;
	const char *apostrophe = memchr(word, '\'', end - start);
	struct normal_token *token = &normal->tokens[normal->token_count++];
	token->start = (uint32_t)start;
	token->end = (uint32_t)end;
	token->hash = hash;
	token->base = apostrophe != NULL ? word_hash(word, (size_t)(apostrophe - word)) : token->hash;
	token->tail = apostrophe != NULL ? word_hash(apostrophe + 1, (size_t)(word + (end - start) - apostrophe - 1))
					 : token->hash;
	token->stem = 0;
	token->same = 0;
	token->traits = traits;
}

static void respell(struct reading *reading, const char *spelling, size_t to)
{
	struct normal *normal = reading->normal;
	normal->length = reading->word_start;
	reserve(normal, strlen(spelling));
	size_t word = normal->length;
	for (const char *c = spelling;; c++) {
		if (*c == ' ' || *c == '\0') {
			const uint64_t hash = word_hash(normal->text + word, normal->length - word);
			const struct word_entry *entry = word_table_find(reading->words, hash);
			add_token(normal, word, normal->length, hash, entry != NULL ? entry->traits : 0);
			word = normal->length + 1;
		}
		if (*c == '\0')
			break;
		put(normal, *c, reading->word_from, to);
	}
}

/* "wh- what" and "that that": the word before was a false start of this one. */
static bool is_stutter(const struct normal *normal, size_t start)
{
	if (normal->token_count == 0)
		return false;
	const struct normal_token *before = &normal->tokens[normal->token_count - 1];
	size_t length = before->end - before->start;
	size_t own = normal->length - start;
	bool hyphen = false;
	for (size_t i = before->end; i < start; i++) {
		if (normal->text[i] != ' ' && normal->text[i] != '-')
			return false;
		hyphen |= normal->text[i] == '-';
	}
	if (normal->text[start] >= '0' && normal->text[start] <= '9')
		return false;
	if (length > own || memcmp(normal->text + before->start, normal->text + start, length) != 0)
		return false;
	return length == own || (hyphen && length <= STUTTER_MAX);
}

static void drop_stutter(struct reading *reading)
{
	struct normal *normal = reading->normal;
	struct normal_token *before = &normal->tokens[--normal->token_count];
	size_t length = normal->length - reading->word_start;
	uint32_t from = normal->begin[before->start];
	size_t shift = reading->word_start - before->start;
	memmove(normal->text + before->start, normal->text + reading->word_start, length);
	memmove(normal->begin + before->start, normal->begin + reading->word_start, length * sizeof *normal->begin);
	memmove(normal->end + before->start, normal->end + reading->word_start, length * sizeof *normal->end);
	normal->begin[before->start] = from;
	normal->length -= shift;
	reading->word_start -= shift;
}

/* "sooo" is "so" and "feeeling" "feeling": runs of three letters and more, cut to two or one where that is a word. */
static const struct word_entry *find_drawn_out(
	const struct word_table *words, const char *word, size_t length, char out[DRAWN_OUT_MAX + 1])
{
	if (length > DRAWN_OUT_MAX)
		return NULL;
	for (size_t most = 2; most > 0; most--) {
		size_t kept = 0, run = 0;
		for (size_t i = 0; i < length; i++) {
			run = i > 0 && word[i] == word[i - 1] ? run + 1 : 1;
			size_t whole = run;
			while (i + (whole - run) + 1 < length && word[i + (whole - run) + 1] == word[i])
				whole++;
			if (whole < 3 || run <= most)
				out[kept++] = word[i];
		}
		out[kept] = '\0';
		const struct word_entry *entry = kept < length ? word_table_find(words, word_hash(out, kept)) : NULL;
		if (entry != NULL)
			return entry;
	}
	return NULL;
}

static bool is_drawn_out(const char *word, size_t length)
{
	for (size_t i = 2; i < length; i++) {
		if (word[i] == word[i - 1] && word[i] == word[i - 2] && (word[i] < '0' || word[i] > '9'))
			return true;
	}
	return false;
}

static void end_word(struct reading *reading, size_t to)
{
	char drawn_out[DRAWN_OUT_MAX + 1];
	struct normal *normal = reading->normal;
	size_t start = reading->word_start;
	if (start == SIZE_MAX)
		return;
	while (normal->length > start && normal->text[normal->length - 1] == '\'')
		normal->length--;
	if (normal->length == start) {
		reading->word_start = SIZE_MAX;
		return;
	}
	const uint64_t hash = word_hash(normal->text + start, normal->length - start);
	const struct word_entry *entry = word_table_find(reading->words, hash);
	const char *spelling = entry != NULL ? entry->spelling : NULL;
	if (entry == NULL && reading->words != NULL && is_drawn_out(normal->text + start, normal->length - start)) {
		entry = find_drawn_out(reading->words, normal->text + start, normal->length - start, drawn_out);
		spelling = entry == NULL || entry->spelling != NULL ? NULL : drawn_out;
		if (entry != NULL && entry->spelling != NULL)
			spelling = entry->spelling;
	}
	if (entry != NULL && (entry->traits & WORD_FILLER) != 0 && !reading->keep_fillers) {
		normal->length = start;
		reading->left_out = true;
	} else if (spelling != NULL) {
		respell(reading, spelling, to);
	} else {
		if (reading->words != NULL && is_stutter(normal, start))
			drop_stutter(reading);
		add_token(normal, reading->word_start, normal->length, hash, entry != NULL ? entry->traits : 0);
	}
	reading->word_start = SIZE_MAX;
}

static void put_word(struct reading *reading, char c, size_t from, size_t to)
{
	if (reading->word_start == SIZE_MAX) {
		reading->word_start = reading->normal->length;
		reading->word_from = (uint32_t)from;
	}
	put(reading->normal, c, from, to);
}

static void put_space(struct normal *normal, char c, size_t from, size_t to)
{
	if (normal->length == 0)
		return;
	if (last(normal) == ' ' || last(normal) == '\n') {
		if (c == '\n')
			normal->text[normal->length - 1] = c;
		return;
	}
	put(normal, c, from, to);
}

/* "??" and "?!" become "?", "!!" becomes "!", two dots or more become three. */
static void put_mark(struct reading *reading, char c, size_t from, size_t to)
{
	struct normal *normal = reading->normal;
	size_t length = normal->length;
	char before = last(normal);
	if (before == ' ' && reading->left_out && c == ',')
		return;
	if (c == ',' && length == 0)
		return;
	if ((c == '?' || c == '!') && (before == '?' || before == '!')) {
		if (c == '?')
			normal->text[length - 1] = '?';
		normal->end[length - 1] = (uint32_t)to;
	} else if (c == '.' && before == '.') {
		bool whole = length >= 3 && normal->text[length - 2] == '.';
		normal->end[length - 1] = (uint32_t)to;
		for (int i = 0; i < 2 && !whole; i++)
			put(normal, '.', from, to);
	} else {
		put(normal, c, from, to);
	}
}

struct code_point_range {
	uint32_t first, last;
	char as; /* 'w' part of a word, '\0' nothing at all, otherwise this character */
};

/* What is not listed is a symbol and counts as a space. */
static const struct code_point_range ranges[] = {
	{0x00A0, 0x00A0, ' '},
	{0x00AA, 0x00AA, 'w'},
	{0x00AD, 0x00AD, '\0'},
	{0x00B4, 0x00B4, '\''},
	{0x00C0, 0x00D6, 'w'},
	{0x00D8, 0x00F6, 'w'},
	{0x00F8, 0x02BB, 'w'},
	{0x02BC, 0x02BC, '\''},
	{0x02BD, 0x061B, 'w'},
	{0x061F, 0x061F, '?'},
	{0x0620, 0x1FFF, 'w'},
	{0x200B, 0x200F, '\0'},
	{0x2010, 0x2015, '-'},
	{0x2018, 0x201B, '\''},
	{0x201C, 0x201F, '"'},
	{0x2028, 0x2029, '\n'},
	{0x202A, 0x202E, '\0'},
	{0x2060, 0x2064, '\0'},
	{0x2066, 0x2069, '\0'},
	{0x2C00, 0x2DFF, 'w'},
	{0x3040, 0xD7FF, 'w'},
	{0xF900, 0xFDFF, 'w'},
	{0xFE00, 0xFE0F, '\0'},
	{0xFE70, 0xFEFC, 'w'},
	{0xFEFF, 0xFEFF, '\0'},
	{0xFF01, 0xFF01, '!'},
	{0xFF0C, 0xFF0C, ','},
	{0xFF1F, 0xFF1F, '?'},
};

/* Latin letters from U+00C0 on without their accents, in the order of Unicode; ' ' is for signs that are no letter and
 * for letters written as two. */
static const char unaccented[] = "aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy y"
				 "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkklllllll"
				 "lllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
#define UNACCENTED_FIRST 0xC0

static const struct {
	uint32_t letter;
	char as[3];
} written_as_two[] = {{0xC6, "ae"}, {0xDE, "th"}, {0xDF, "ss"}, {0xE6, "ae"}, {0xFE, "th"}, {0x132, "ij"},
	{0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"}};

/* What a letter is without its accent; NULL: it stays as it is. */
static const char *fold(uint32_t code_point, char one[2])
{
	if (code_point < UNACCENTED_FIRST || code_point >= UNACCENTED_FIRST + sizeof unaccented - 1)
		return NULL;
	one[0] = unaccented[code_point - UNACCENTED_FIRST];
	one[1] = '\0';
	if (one[0] != ' ')
		return one;
	for (size_t i = 0; i < sizeof written_as_two / sizeof written_as_two[0]; i++) {
		if (written_as_two[i].letter == code_point)
			return written_as_two[i].as;
	}
	return NULL;
}

static char kind_of(uint32_t code_point)
{
	size_t low = 0, high = sizeof ranges / sizeof ranges[0];
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (code_point > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < sizeof ranges / sizeof ranges[0] && code_point >= ranges[low].first)
		return ranges[low].as;
	return ' ';
}

/* What is no letter. */
static void read_ascii(struct reading *reading, const char *text, size_t length, size_t at)
{
	const char c = text[at];
	bool inside = reading->word_start != SIZE_MAX;
	if ((c == '\'' || c == '`') && inside) {
		put(reading->normal, '\'', at, at + 1);
		return;
	}
	/* "7.5" and "1,000" are one word. */
	if ((c == '.' || c == ',') && inside && at + 1 < length && text[at + 1] >= '0' && text[at + 1] <= '9' &&
		last(reading->normal) >= '0' && last(reading->normal) <= '9') {
		put(reading->normal, c, at, at + 1);
		return;
	}
	end_word(reading, at);
	if (c == '\n' || c == '\r')
		put_space(reading->normal, '\n', at, at + 1);
	else if (c <= ' ' || c == 0x7F)
		put_space(reading->normal, ' ', at, at + 1);
	else
		put_mark(reading, c, at, at + 1);
}

static void read_wide(struct reading *reading, const char *text, size_t at, size_t size, uint32_t code_point)
{
	struct normal *normal = reading->normal;
	char one[2];
	const char *folded = fold(code_point, one);
	if (folded != NULL) {
		for (; *folded != '\0'; folded++)
			put_word(reading, *folded, at, at + size);
		return;
	}
	/* An accent of its own belongs to the letter before it. */
	if (code_point >= 0x300 && code_point <= 0x36F) {
		if (normal->length > 0)
			normal->end[normal->length - 1] = (uint32_t)(at + size);
		return;
	}
	char kind = code_point == 0x2026 ? '.' : kind_of(code_point);
	if (kind == '\0')
		return;
	if (kind == 'w') {
		put_word(reading, text[at], at, at + size);
		for (size_t i = 1; i < size; i++)
			put(normal, text[at + i], at, at + size);
		return;
	}
	if (kind == '\'' && reading->word_start != SIZE_MAX) {
		put(normal, '\'', at, at + size);
		return;
	}
	end_word(reading, at);
	if (code_point == 0x2026) {
		put_mark(reading, '.', at, at + size);
		put_mark(reading, '.', at, at + size);
	} else if (kind == ' ' || kind == '\n') {
		put_space(normal, kind, at, at + size);
	} else {
		put_mark(reading, kind, at, at + size);
	}
}

/* The small letter, digit or underscore that an ASCII character is in a word; 0 for all others. */
static char letter_of(char c)
{
	const char small = (char)(c | 0x20);
	return small >= 'a' && small <= 'z' ? small : (c >= '0' && c <= '9') || c == '_' ? c : '\0';
}

/* Most of a text: letters one after the other, for which there is room. Returns where they end. */
static size_t read_letters(struct reading *reading, const char *text, size_t length, size_t at)
{
	struct normal *normal = reading->normal;
	char letter;
	if (reading->word_start == SIZE_MAX) {
		reading->word_start = normal->length;
		reading->word_from = (uint32_t)at;
	}
	for (; at < length && (letter = letter_of(text[at])) != '\0'; at++)
		put(normal, letter, at, at + 1);
	return at;
}

static bool read_once(
	struct normal *normal, const char *text, size_t length, const struct word_table *words, bool fillers)
{
	struct reading reading = {.normal = normal, .words = words, .word_start = SIZE_MAX, .keep_fillers = fillers};
	normal->length = 0;
	normal->token_count = 0;
	reserve(normal, length + 16);
	for (size_t at = 0; at < length;) {
		uint32_t code_point;
		size_t size = 1;
		/* Each character adds at most six bytes: an ellipsis written as one character. */
		reserve(normal, length - at + 8);
		if (letter_of(text[at]) != '\0') {
			at = read_letters(&reading, text, length, at);
			continue;
		}
		if ((unsigned char)text[at] < 0x80) {
			read_ascii(&reading, text, length, at);
		} else {
			size = utf8_decode(text + at, length - at, &code_point);
			if (size == 0)
				size = 1;
			else
				read_wide(&reading, text, at, size, code_point);
		}
		at += size;
	}
	end_word(&reading, length);
	while (normal->length > 0 && (last(normal) == ' ' || last(normal) == '\n'))
		normal->length--;
	normal->text[normal->length] = '\0';
	return reading.left_out;
}

void normal_read(struct normal *normal, const char *text, size_t length, const struct word_table *words)
{
	/* A text without words still has a list of them, empty. */
	if (normal->tokens == NULL)
		grow_tokens(normal);
	/* A message of nothing but fillers is still somebody saying something. */
	if (read_once(normal, text, length, words, false) && normal->token_count == 0)
		(void)read_once(normal, text, length, words, true);
}

void normal_clear(struct normal *normal)
{
	free(normal->text);
	free(normal->begin);
	free(normal->end);
	free(normal->tokens);
	free(normal->stems);
	*normal = (struct normal){0};
}

struct technique_span normal_span(const struct normal *normal, size_t start, size_t end)
{
	if (start >= end)
		return (struct technique_span){0, 0};
	return (struct technique_span){normal->begin[start], normal->end[end - 1]};
}
