/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"
#include "normal.h"
#include "pack.h"
#include "scratch.h"

#include "askwell/memory.h"
#include "askwell/technique.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

bool words_read_phrase(
	struct phrase *phrase, struct normal *normal, const char *entry, const struct word_table *spelling)
{
	normal_read(normal, entry, strlen(entry), strchr(entry, '*') == NULL ? spelling : NULL);
	if (normal->token_count == 0 || normal->token_count > PHRASE_WORDS_MAX)
		return false;
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];
		struct word_form *word = &phrase->words[phrase->count++];
		word->hash = token->hash;
		word->beginning = normal->text[token->end] == '*';
		word->text = memory_new((size_t)(token->end - token->start) + 1);
		for (size_t c = token->start; c < token->end; c++) {
			if (normal->text[c] != '\'')
				word->text[word->length++] = normal->text[c];
		}
	}
	return true;
}

enum status technique_words_compile(const char *const *words, size_t count, const struct technique_pack *pack,
	struct technique_words **out, struct error *error)
{
	struct technique_words *list = memory_new(sizeof *list);
	struct normal normal = {0};
	enum status status = STATUS_OK;
	list->phrases = memory_array(count + 1, sizeof *list->phrases);
	list->spelling = pack != NULL ? &pack->words : NULL;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct phrase *phrase = &list->phrases[list->count++];
		if (!utf8_valid(words[i], strlen(words[i])) ||
			!words_read_phrase(phrase, &normal, words[i], list->spelling))
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
	if (words == NULL)
		return;
	for (size_t i = 0; i < words->count; i++) {
		for (size_t j = 0; j < words->phrases[i].count; j++)
			free(words->phrases[i].words[j].text);
	}
	free(words->phrases);
	free(words);
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
