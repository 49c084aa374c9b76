/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"
#include "normal.h"
#include "pack.h"
#include "scratch.h"

#include "askwell/technique.h"
#include "askwell/utf8.h"

#include <string.h>

/* The letters of a token, which its apostrophes are left out of. */
static void read_beginning(
	struct word_form *word, struct arena *arena, const struct normal *normal, const struct normal_token *token)
{
	char *text = arena_array(arena, (size_t)(token->end - token->start) + 1, 1);
	for (size_t c = token->start; c < token->end; c++) {
		if (normal->text[c] != '\'')
			text[word->length++] = normal->text[c];
	}
	word->text = text;
	word->beginning = true;
}

/* A sentence ends before the token, and not in three dots: what stands on both sides of that is no phrase, unless it is
 * written so. */
static bool begins_sentence(const struct normal *normal, size_t token)
{
	uint32_t dots = 0;
	for (uint32_t i = normal->tokens[token - 1].end; i < normal->tokens[token].start; i++) {
		if (normal->text[i] == '?' || normal->text[i] == '!')
			return true;
		dots += normal->text[i] == '.';
	}
	return dots == 1;
}

bool words_read_phrase(struct phrase *phrase, struct arena *arena, struct normal *normal, const char *entry,
	const struct word_table *spelling)
{
	normal_read(normal, entry, strlen(entry), strchr(entry, '*') == NULL ? spelling : NULL);
	if (normal->token_count == 0 || normal->token_count > PHRASE_WORDS_MAX)
		return false;
	struct word_form *words = arena_array(arena, normal->token_count, sizeof *words);
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];
		words[i].hash = token->hash;
		words[i].begins_sentence = i > 0 && begins_sentence(normal, i);
		if (normal->text[token->end] == '*')
			read_beginning(&words[i], arena, normal, token);
	}
	*phrase = (struct phrase){words, normal->token_count};
	return true;
}

/* Of one block where phrases are of two words, as most are. */
static struct technique_words *new_words(size_t count, const struct word_table *spelling)
{
	struct arena *arena = arena_new(
		sizeof(struct technique_words) + count * (sizeof(struct phrase) + 2 * sizeof(struct word_form)) + 64);
	struct technique_words *list = arena_alloc(arena, sizeof *list);
	list->arena = arena;
	list->phrases = arena_array(arena, count, sizeof *list->phrases);
	list->spelling = spelling;
	return list;
}

enum status technique_words_compile(const char *const *words, size_t count, const struct technique_pack *pack,
	struct technique_words **out, struct error *error)
{
	struct technique_words *list = new_words(count, pack != NULL ? &pack->words : NULL);
	struct normal normal = {0};
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct phrase *phrase = &list->phrases[list->count++];
		if (!utf8_valid(words[i], strlen(words[i])) ||
			!words_read_phrase(phrase, list->arena, &normal, words[i], list->spelling))
			status = error_set(error, STATUS_INVALID, "word_not_usable",
				"\"%s\" holds no word, or more than %d. Write one word, a beginning such as tire*, or "
				"a "
				"short phrase.",
				words[i], PHRASE_WORDS_MAX);
	}
	normal_clear(&normal);
	if (status != STATUS_OK) {
		technique_words_free(list);
		list = NULL;
	}
	*out = list;
	return status;
}

void technique_words_free(struct technique_words *words)
{
	if (words != NULL)
		arena_free(words->arena);
}

static bool begins_with(const struct normal *normal, const struct normal_token *token, const struct word_form *word)
{
	size_t at = token->start;
	for (size_t i = 0; i < word->length; at++) {
		if (at == token->end)
			return false;
		if (normal->text[at] == '\'')
			continue;
		if (normal->text[at] != word->text[i++])
			return false;
	}
	return true;
}

bool words_at(const struct word_form *words, size_t count, const struct normal *normal, size_t token)
{
	if (count > normal->token_count - token)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct normal_token *found = &normal->tokens[token + i];
		const struct word_form *word = &words[i];
		if (i > 0 && !word->begins_sentence && begins_sentence(normal, token + i))
			return false;
		if (found->hash == word->hash || found->base == word->hash || found->tail == word->hash)
			continue;
		if (!word->beginning || !begins_with(normal, found, word))
			return false;
	}
	return true;
}

bool technique_words_find(const struct technique_words *words, struct technique_scratch *scratch, const char *text,
	size_t length, struct technique_span *span)
{
	if (words->count == 0 || length == 0)
		return false;
	const struct normal *normal = scratch_text(scratch, text, length, words->spelling);
	for (size_t i = 0; i < normal->token_count; i++) {
		for (size_t j = 0; j < words->count; j++) {
			const struct phrase *phrase = &words->phrases[j];
			if (!words_at(phrase->words, phrase->count, normal, i))
				continue;
			if (span != NULL)
				*span = normal_span(
					normal, normal->tokens[i].start, normal->tokens[i + phrase->count - 1].end);
			return true;
		}
	}
	return false;
}
