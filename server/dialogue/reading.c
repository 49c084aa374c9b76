/* SPDX-License-Identifier: Apache-2.0 */
#include "reading.h"

#include <string.h>

#define WORDS_LEAST 100
#define AGE_LEAST 6

static bool is_vowel(char c)
{
	switch (c | 0x20) { /* small letters and capitals */
	case 'a':
	case 'e':
	case 'i':
	case 'o':
	case 'u':
	case 'y':
		return true;
	default:
		return false;
	}
}

/* Groups of vowels, without a silent e at the end. */
static size_t syllables_of(const char *word, size_t length)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
	bool silent = length > 2 && (word[length - 1] | 0x20) == 'e' && !is_vowel(word[length - 2]) &&
		      (word[length - 2] | 0x20) != 'l';
	count -= silent && count > 1;
	return count > 0 ? count : 1;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static size_t word_length(const char *text)
{
	size_t length = 0;
	while (is_letter(text[length]) || (length > 0 && text[length] == '\''))
		length++;
	return length;
}

void reading_add(struct reading *reading, const char *text)
{
	bool open = false;
	while (*text != '\0') {
		size_t length = word_length(text);
		if (length == 0) {
			if (open && strchr(".!?", *text) != NULL) {
				reading->sentences++;
				open = false;
			}
			text++;
			continue;
		}
		reading->words++;
		reading->syllables += syllables_of(text, length);
		open = true;
		text += length;
	}
	reading->sentences += open;
}

int reading_age(const struct reading *reading)
{
	if (reading->words < WORDS_LEAST || reading->sentences == 0)
		return 0;
	double grade = 0.39 * (double)reading->words / (double)reading->sentences +
		       11.8 * (double)reading->syllables / (double)reading->words - 15.59;
	int age = (int)(grade + 5.5);
	return age < AGE_LEAST ? AGE_LEAST : age;
}
