/* SPDX-License-Identifier: Apache-2.0 */
#include "segments.h"

#include "askwell/memory.h"

#include <string.h>

/* A sentence is cut at most this often, so that a hostile run of commas stays cheap. */
#define CLAUSES_MAX 6

static struct stem_slot *stem_slot(const struct normal *normal, uint64_t stem)
{
	size_t i = stem & normal->stem_mask;
	while (normal->stems[i].stem != 0 && normal->stems[i].stem != stem)
		i = (i + 1) & normal->stem_mask;
	return &normal->stems[i];
}

static void clear_stems(struct normal *normal)
{
	size_t size = 16;
	while (size < normal->token_count * 2)
		size *= 2;
	if (size > normal->stem_capacity) {
		normal->stems = memory_grow(normal->stems, size, sizeof *normal->stems);
		normal->stem_capacity = size;
	}
	normal->stem_mask = size - 1;
	memset(normal->stems, 0, size * sizeof *normal->stems);
}

static void find_stem(const struct technique_pack *pack, struct stemmer *stemmer, const struct normal *normal,
	struct normal_token *token)
{
	const char *word = normal->text + token->start;
	size_t length = token->end - token->start;
	const char *apostrophe = token->base != token->hash ? memchr(word, '\'', length) : NULL;
	uint64_t hash = token->hash;
	if (apostrophe != NULL) {
		size_t before = (size_t)(apostrophe - word);
		hash = pack->tail_carries ? token->tail : token->base;
		length = pack->tail_carries ? length - before - 1 : before;
		word = pack->tail_carries ? apostrophe + 1 : word;
	}
	const struct word_entry *entry = word_table_find(&pack->words, hash);
	if (apostrophe != NULL && entry != NULL)
		token->traits |= entry->traits;
	if ((token->traits & WORD_STOP) != 0)
		return;
	token->stem =
		entry != NULL && entry->stem != 0 ? entry->stem : stemmer_stem(stemmer, pack->stemmer, word, length);
}

void segments_stem(const struct technique_pack *pack, struct stemmer *stemmer, struct normal *normal)
{
	clear_stems(normal);
	for (size_t i = 0; i < normal->token_count; i++) {
		struct normal_token *token = &normal->tokens[i];
		find_stem(pack, stemmer, normal, token);
		if (token->stem == 0)
			continue;
		struct stem_slot *slot = stem_slot(normal, token->stem);
		token->same = slot->last;
		slot->stem = token->stem;
		slot->last = (uint32_t)i + 1;
	}
}

bool stem_in(const struct normal *normal, uint64_t stem)
{
	return normal->stems != NULL && stem_slot(normal, stem)->stem == stem;
}

bool group_matches(const struct technique_pack *pack, const struct pattern_workspace *workspace,
	const struct pack_group *group, const struct pattern_set *candidates, const char *text, size_t length,
	struct pattern_match *match)
{
	bool found = false;
	for (uint32_t i = group->first; i < group->first + group->count && !found; i++) {
		if (pattern_set_has(candidates, i))
			found = pattern_match(&pack->patterns[i], workspace, text, length, 0, match) == PATTERN_YES;
	}
	for (uint32_t i = 0; i < group->not_count && found; i++) {
		/* A counter-pattern that hits its limit has to silence the rule: doubt is never an accusation. */
		found = pattern_match(&pack->asides[pack->aside_refs[group->not_first + i]], workspace, text, length, 0,
				NULL) == PATTERN_NO;
	}
	return found;
}

static bool closes(char c)
{
	return c != '\0' && strchr(".?!\"') ,;:-\n", c) != NULL;
}

/* Where the first word begins: quotes, brackets and the dash of a list may stand before it, and dots ("... what else?"),
 * which say something only by themselves. */
static size_t skip_openers(const char *text, size_t start, size_t end)
{
	size_t quotes = strspn(text + start, "\"'( -\n[*>,:;");
	size_t dots = strspn(text + start, "\"'( -\n[*>,:;.");
	if (start + dots < end)
		return start + dots;
	return start + quotes < end ? start + quotes : end;
}

static void measure(const struct technique_scratch *scratch, struct segment *segment)
{
	const struct normal *message = &scratch->message;
	for (uint32_t i = segment->token; i < segment->token_end; i++) {
		const struct normal_token *token = &message->tokens[i];
		if (token->start < segment->core)
			continue;
		segment->word_count++;
		bool again = token->same > segment->token && message->tokens[token->same - 1].start >= segment->core;
		if (token->stem == 0 || again)
			continue;
		segment->content++;
		segment->shared += stem_in(&scratch->coachee, token->stem);
	}
}

static void add(const struct technique_pack *pack, struct technique_scratch *scratch, size_t start, size_t end)
{
	const struct normal *message = &scratch->message;
	start = skip_openers(message->text, start, end);
	while (end > start && (message->text[end - 1] == ' ' || message->text[end - 1] == '\n'))
		end--;
	if (start == end || scratch->segment_count == SEGMENT_MAX)
		return;
	struct segment *segment = &scratch->segments[scratch->segment_count];
	const struct segment *before = scratch->segment_count > 0 ? segment - 1 : NULL;
	*segment = (struct segment){.start = (uint32_t)start, .end = (uint32_t)end, .core = (uint32_t)start};
	segment->token = before != NULL ? before->token_end : 0;
	segment->token_end = segment->token;
	while (segment->token_end < message->token_count && message->tokens[segment->token_end].start < end)
		segment->token_end++;
	segment->core_end = segment->end;
	while (segment->core_end > start && closes(message->text[segment->core_end - 1])) {
		segment->core_end--;
		segment->mark |= message->text[segment->core_end] == '?';
	}
	struct pattern_match match;
	if (segment->core_end > start && pack->openers.code != NULL &&
		pattern_match(&pack->openers, &scratch->workspace, message->text + start, segment->core_end - start, 0,
			&match) == PATTERN_YES &&
		start + match.end < segment->core_end)
		segment->core += (uint32_t)match.end;
	measure(scratch, segment);
	scratch->segment_count++;
}

static void add_sentence(const struct technique_pack *pack, struct technique_scratch *scratch,
	const struct pattern_set *candidates, size_t start, size_t end)
{
	const char *text = scratch->message.text;
	struct pattern_match match;
	while (start < end && (text[start] == ' ' || text[start] == '\n'))
		start++;
	for (int i = 0; i < CLAUSES_MAX && start < end; i++) {
		if (!group_matches(
			    pack, &scratch->workspace, &pack->clauses, candidates, text + start, end - start, &match) ||
			match.end == 0 || match.end >= end - start)
			break;
		add(pack, scratch, start, start + match.end);
		start += match.end;
	}
	add(pack, scratch, start, end);
}

/* `token` is the number of the first word after the full stop at `at`. */
static bool full_stop_ends(const struct normal *message, size_t token, size_t at)
{
	const struct normal_token *before = token > 0 ? &message->tokens[token - 1] : NULL;
	const struct normal_token *after = token < message->token_count ? &message->tokens[token] : NULL;
	char next = message->text[at + 1];
	if (next == '.' || (at > 0 && message->text[at - 1] == '.'))
		return false;
	if (before != NULL && before->end != at)
		before = NULL;
	if (before != NULL && (before->traits & WORD_ABBREVIATION) != 0)
		return false;
	if (next == '\0' || next == ' ' || next == '\n' || next == '"' || next == '\'')
		return true;
	/* "i see.what else" is typed in a hurry; "example.org" is not a sentence and another. */
	return before != NULL && before->end - before->start > 1 && after != NULL && after->start == at + 1 &&
	       (after->traits & WORD_STOP) != 0;
}

/* How long the smiley at `at` is, if one ends what was said: ":)", ";-)", ":(". A colon or semicolon is nothing of the kind. */
static size_t smiley(const char *text, size_t at)
{
	size_t length = text[at + 1] == '-' ? 2 : 1;
	if (at == 0 || (text[at] != ':' && text[at] != ';') || (text[at + length] != ')' && text[at + length] != '('))
		return 0;
	char next = text[at + length + 1];
	return next == '\0' || next == ' ' || next == '\n' ? length + 1 : 0;
}

void segments_find(
	const struct technique_pack *pack, struct technique_scratch *scratch, const struct pattern_set *candidates)
{
	const struct normal *message = &scratch->message;
	size_t start = 0, token = 0;
	scratch->segment_count = 0;
	for (size_t i = 0; i < message->length; i++) {
		char c = message->text[i];
		while (token < message->token_count && message->tokens[token].start < i)
			token++;
		size_t smile = smiley(message->text, i);
		bool end = c == '?' || c == '!' || c == '\n' || c == ';' || smile > 0;
		if (c == '.')
			end = full_stop_ends(message, token, i);
		/* The last place is kept for the rest of the text. */
		if (!end || scratch->segment_count >= SEGMENT_MAX - CLAUSES_MAX - 2)
			continue;
		i += smile > 0 ? smile - 1 : 0;
		while (i + 1 < message->length && closes(message->text[i + 1]) && message->text[i + 1] != ' ' &&
			message->text[i + 1] != '\n')
			i++;
		add_sentence(pack, scratch, candidates, start, i + 1);
		start = i + 1;
	}
	add_sentence(pack, scratch, candidates, start, message->length);
}
