/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"
#include "scratch.h"

#include "askwell/utf8.h"

#include <string.h>

#define NHS_DIGITS 10

/* The check digit of an NHS number; telephone numbers of ten digits rarely pass. */
static bool passes_mod11(const char *text, size_t length)
{
	unsigned digits[NHS_DIGITS], count = 0, sum = 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			continue;
		if (count == NHS_DIGITS)
			return false;
		digits[count++] = (unsigned)(text[i] - '0');
	}
	if (count != NHS_DIGITS)
		return false;
	for (unsigned i = 0; i < NHS_DIGITS - 1; i++)
		sum += digits[i] * (NHS_DIGITS - i);
	unsigned check = 11 - sum % 11;
	return check != 10 && check % 11 == digits[NHS_DIGITS - 1];
}

static bool next_match(const struct pack_privacy *privacy, const struct technique_scratch *scratch, const char *text,
	size_t length, size_t from, struct pattern_match *match)
{
	while (from < length &&
		pattern_match(&privacy->pattern, &scratch->workspace, text, length, from, match) == PATTERN_YES &&
		match->end > match->start) {
		if (!privacy->mod11 || passes_mod11(text + match->start, match->end - match->start))
			return true;
		from = match->end;
	}
	return false;
}

static bool holds_any(const char *text, size_t length, const char *characters)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '\0' && strchr(characters, text[i]) != NULL)
			return true;
	}
	return false;
}

unsigned technique_mask(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, struct buffer *out)
{
	unsigned count = 0;
	bool may[PRIVACY_MAX] = {false};
	size_t rules = utf8_valid(text, length) ? pack->privacy_count : 0;
	for (size_t i = 0; i < rules; i++)
		may[i] = pack->privacies[i].has == NULL || holds_any(text, length, pack->privacies[i].has);
	for (size_t at = 0; at < length;) {
		const struct pack_privacy *first = NULL;
		struct pattern_match best = {0}, match;
		for (size_t i = 0; i < rules; i++) {
			if (!may[i])
				continue;
			may[i] = next_match(&pack->privacies[i], scratch, text, length, at, &match);
			if (may[i] && (first == NULL || match.start < best.start)) {
				first = &pack->privacies[i];
				best = match;
			}
		}
		if (first == NULL) {
			buffer_add(out, text + at, length - at);
			break;
		}
		buffer_add(out, text + at, best.start - at);
		buffer_text(out, first->mask);
		at = best.end;
		count++;
	}
	return count;
}
