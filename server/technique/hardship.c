/* SPDX-License-Identifier: Apache-2.0 */
#include "hardship.h"

#include "effort.h"

#include <string.h>

#define HOSTILE_LENGTH 4000
#define HOSTILE_GLANCE 1000
#define HOSTILE_OWN_LENGTH 300
#define HOSTILE_WORD_MAX 24
#define WORD_SIGNS "abcdefghijklmnopqrstuvwxyz'"
#define TAIL_MAX 128 /* the printable signs of ASCII fit */

/* A pattern on trial. */
struct hardship {
	const struct pattern *pattern;
	const struct pattern_workspace *workspace;
	char tail[TAIL_MAX];
	size_t tail_length;
};

/* What a pattern has to stand: a whole message of one thing that nearly matches for ever. */
static const char *const hostile[] = {"a", " ", "you ", "what ", "and ", "the ", "you said you ", "to be ", "1",
	"don't ", "what if you could have been ", "x, ", "so you feel that you ", "'", "-", "is it that you ", "a@a.",
	"07 ", "0-"};

/* Repeats `word` over the whole text, doubling what is there. */
static void fill(char *text, size_t length, const char *word, size_t word_length)
{
	size_t done = word_length;

	memcpy(text, word, done);
	while (done < length) {
		size_t more = done < length - done ? done : length - done;

		memcpy(text + done, text, more);
		done += more;
	}
}

/* One thing over and over, and then what spoils the match at last. */
static bool stands_at(const struct hardship *hardship, const char *word, size_t word_length, size_t length)
{
	char text[HOSTILE_LENGTH + TAIL_MAX];
	fill(text, length, word, word_length);
	memcpy(text + length, hardship->tail, hardship->tail_length);
	return pattern_match(hardship->pattern, hardship->workspace, text, length + hardship->tail_length, 0, NULL) !=
	       PATTERN_LIMIT;
}

/* Steps grow with the square of the length at least before they matter. So a text of a quarter of the length, with a
 * sixteenth of the steps, clears nearly every pattern, and only what stumbles there takes the long way. */
static bool stands(const struct hardship *hardship, const char *word, size_t word_length)
{
	const uint32_t shorter = HOSTILE_LENGTH / HOSTILE_GLANCE;
	pattern_workspace_limit(hardship->workspace, PATTERN_MATCH_LIMIT / (shorter * shorter));
	bool good = stands_at(hardship, word, word_length, HOSTILE_GLANCE);
	pattern_workspace_limit(hardship->workspace, PATTERN_MATCH_LIMIT);
	return good || stands_at(hardship, word, word_length, HOSTILE_LENGTH);
}

/* A sign that few patterns can take, then each sign of the pattern once: a pattern that needs a certain letter is not
 * let off for its absence. */
static void make_tail(struct hardship *hardship, const char *source)
{
	hardship->tail[hardship->tail_length++] = '~';
	for (; *source != '\0'; source++) {
		if (*source >= ' ' && *source < 0x7F && memchr(hardship->tail, *source, hardship->tail_length) == NULL)
			hardship->tail[hardship->tail_length++] = *source;
	}
}

/* Whether the word was in the source before: once is enough. */
static bool was_tried(const char *source, const char *word, size_t length)
{
	const char *found = source;
	while ((found = memmem(found, (size_t)(word - found), word, length)) != NULL) {
		bool begins = found == source || strchr(WORD_SIGNS, found[-1]) == NULL;
		if (begins && strchr(WORD_SIGNS, found[length]) == NULL)
			return true;
		found++;
	}
	return false;
}

/* The pattern's own letters and words, which it is most likely to trip over. */
static bool stands_its_own_words(const struct hardship *hardship, const char *source)
{
	for (size_t i = 1; i < hardship->tail_length; i++) {
		if (!stands_at(hardship, hardship->tail + i, 1, HOSTILE_OWN_LENGTH))
			return false;
	}
	for (const char *at = source; *at != '\0';) {
		char word[HOSTILE_WORD_MAX + 1];
		size_t length = strspn(at, WORD_SIGNS);
		if (length > 1 && length < sizeof word && !was_tried(source, at, length)) {
			memcpy(word, at, length);
			word[length] = ' ';
			if (!stands_at(hardship, word, length, HOSTILE_OWN_LENGTH) ||
				!stands_at(hardship, word, length + 1, HOSTILE_OWN_LENGTH))
				return false;
		}
		at += length > 0 ? length : 1;
	}
	return true;
}

/* What cannot take long at texts of some length needs no trial with them, and that is most patterns. */
bool pattern_survives(const struct pattern *pattern, const struct pattern_workspace *workspace, const char *source,
	const char *compiled)
{
	struct hardship hardship = {.pattern = pattern, .workspace = workspace};
	bool good = true;
	if (effort_is_small(compiled, HOSTILE_LENGTH + TAIL_MAX))
		return true;
	make_tail(&hardship, source);
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0] && good; i++)
		good = stands(&hardship, hostile[i], strlen(hostile[i]));
	if (!good || effort_is_small(compiled, HOSTILE_OWN_LENGTH + TAIL_MAX))
		return good;
	return stands_its_own_words(&hardship, source);
}
