/* SPDX-License-Identifier: Apache-2.0 */
#include "diagnostic.h"

#include "askwell/json_place.h"
#include "askwell/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct dialogue_diagnostic diagnostics[DIAGNOSTIC_COUNT] = {
	[DIAGNOSTIC_SYNTAX] = {"D001", FINDING_ERROR, "The file is not valid JSON.",
		"Correct the text at this place; a missing comma or quotation mark just before it is the usual cause."},
	[DIAGNOSTIC_TOO_LARGE] = {"D002", FINDING_ERROR, "The file is too large or nested too deeply.",
		"Keep a file under 1 MiB and 32 levels of nesting; split the case in two if it has outgrown that."},
	[DIAGNOSTIC_UNKNOWN_MEMBER] = {"D003", FINDING_ERROR, "A member is not part of the format.",
		"Remove it, or put remarks under \"note\"."},
	[DIAGNOSTIC_MISSING_MEMBER] = {"D004", FINDING_ERROR, "A required member is missing.", "Add it."},
	[DIAGNOSTIC_WRONG_TYPE] = {"D005", FINDING_ERROR, "A value is of the wrong type.", "Write the expected type."},
	[DIAGNOSTIC_VALUE] = {"D006", FINDING_ERROR, "A value is not allowed here.", "Use one of the allowed values."},
	[DIAGNOSTIC_PART_MISSING] = {"D007", FINDING_ERROR,
		"The model, temperament or fragment that the case names is not there.",
		"Add the file, or name one that exists."},
	[DIAGNOSTIC_LANGUAGE] = {"D008", FINDING_ERROR, "The case is in another language than the language pack.",
		"Set \"language\" to the pack's language, or add a pack for this one."},
	[DIAGNOSTIC_DUPLICATE_ID] = {"D009", FINDING_ERROR, "An id is used twice.", "Give each its own id."},
	[DIAGNOSTIC_UNKNOWN_TOPIC] = {"D010", FINDING_ERROR, "A topic is named that the case does not have.",
		"Add it to \"topics\"."},
	[DIAGNOSTIC_UNKNOWN_CUE] = {"D011", FINDING_ERROR, "A cue is named that the case does not have.",
		"Add it to \"cues\"."},
	[DIAGNOSTIC_UNKNOWN_VARIABLE] = {"D012", FINDING_ERROR, "A variable is named that is not declared.",
		"Declare it in \"variables\"."},
	[DIAGNOSTIC_UNKNOWN_COUNTER] = {"D013", FINDING_ERROR, "There is no such counter.",
		"Counters are turns, words, questions, disclosed, right, shown, tries, asked.TECHNIQUE, "
		"streak.TECHNIQUE, "
		"streak.FAMILY, "
		"visits.STATE and "
		"since.VARIABLE."},
	[DIAGNOSTIC_UNKNOWN_DISCLOSURE] = {"D014", FINDING_ERROR, "A disclosure is named that the case does not have.",
		"Add it to \"disclosures\"."},
	[DIAGNOSTIC_UNKNOWN_STATE] = {"D015", FINDING_ERROR, "A state is named that the case does not have.",
		"Add it to the \"states\" of a stage."},
	[DIAGNOSTIC_UNKNOWN_FEEDBACK] = {"D016", FINDING_ERROR,
		"A feedback entry is named that the case does not have.", "Add it to \"feedback\"."},
	[DIAGNOSTIC_UNKNOWN_STAGE] = {"D017", FINDING_ERROR, "A stage is named that is not there.",
		"Use the id of a stage of the model that the case treats."},
	[DIAGNOSTIC_VARIABLE_RANGE] = {"D018", FINDING_ERROR, "A variable's start lies outside its range.",
		"Choose \"min\" below \"max\" and \"start\" between them."},
	[DIAGNOSTIC_NEVER_HOLDS] = {"D019", FINDING_ERROR, "A condition can never hold.",
		"Choose numbers that the variable or counter can reach."},
	[DIAGNOSTIC_UNREACHABLE_STATE] = {"D020", FINDING_ERROR, "A state can never be reached.",
		"Let a rule \"go\" there, make it the first of its stage, or remove it."},
	[DIAGNOSTIC_UNREACHABLE_ENDING] = {"D021", FINDING_ERROR, "An ending can never be reached.",
		"Move it before the ending without \"when\", or give that one a condition."},
	[DIAGNOSTIC_NO_ENDING] = {"D022", FINDING_ERROR, "There may be no way to an ending.",
		"Make the last ending one without \"when\": it is used when no other fits."},
	[DIAGNOSTIC_CLOSED_DISCLOSURE] = {"D023", FINDING_ERROR, "No rule can open a disclosure.",
		"Add a rule with \"disclose\" whose techniques are among the disclosure's \"opened_by\"."},
	[DIAGNOSTIC_SHADOWED_RULE] = {"D024", FINDING_ERROR, "A rule can never answer.",
		"Move it before the rule that always matches, or give that one a condition."},
	[DIAGNOSTIC_NO_PLAIN_VARIANT] = {"D025", FINDING_ERROR, "There may be nothing to say.",
		"Add at least one variant without \"when\"."},
	[DIAGNOSTIC_SAMPLE_MISSED] = {"D026", FINDING_ERROR, "A sample is not answered by its rule.",
		"Widen the rule's \"when\", or correct the sample."},
	[DIAGNOSTIC_SAMPLE_TAKEN] = {"D027", FINDING_ERROR, "A sample is answered by an earlier rule.",
		"Move the rule before it, or narrow the earlier one."},
	[DIAGNOSTIC_NEAR_MATCHED] = {"D028", FINDING_ERROR, "A near-miss is answered by the rule all the same.",
		"Narrow the rule's \"when\", or remove the near-miss."},
	[DIAGNOSTIC_WORDS] = {"D029", FINDING_ERROR, "A word list cannot be used.",
		"Write plain words; a star is allowed at the end of a word only."},
	[DIAGNOSTIC_TEMPLATE] = {"D030", FINDING_ERROR, "A line holds an unknown template.",
		"Use {concern} or {character}, or take the braces out."},
	[DIAGNOSTIC_TEMPERAMENT_VARIABLE] = {"D031", FINDING_ERROR, "A variable is missing that the temperament needs.",
		"Declare it in \"variables\" of the case."},
	[DIAGNOSTIC_SILENT_RULE] = {"D032", FINDING_ERROR, "A rule answers nothing.",
		"Give it \"client\" lines, \"guide\" lines or \"disclose\"."},
	[DIAGNOSTIC_FOCUS_TWICE] = {"D033", FINDING_ERROR, "A focus belongs to two stages.",
		"Leave it with the stage that it fits best."},
	[DIAGNOSTIC_TOO_MANY] = {"D034", FINDING_ERROR, "The case holds more than one conversation can keep track of.",
		"Split it into two cases."},
	[DIAGNOSTIC_UNKNOWN_PHRASE] = {"D035", FINDING_ERROR, "A list of phrases is named that the case does not have.",
		"Add it to \"phrases\", or write the words into the condition as \"words\"."},
	[DIAGNOSTIC_UNKNOWN_OWNER] = {"D036", FINDING_ERROR, "An answer comes after something that is never said.",
		"Name the id of a rule, disclosure, follow-up or answer with lines of its own, or \"opening\"."},
	[DIAGNOSTIC_FEW_VARIANTS] = {"D040", FINDING_WARNING, "There are fewer than three variants.",
		"Add variants, so that the same move does not bring the same line twice."},
	[DIAGNOSTIC_LONG_LINE] = {"D041", FINDING_WARNING, "A line is longer than 320 characters.",
		"Split it into several bubbles, or say less."},
	[DIAGNOSTIC_UNREAD_VARIABLE] = {"D042", FINDING_WARNING, "No condition reads a variable.",
		"Use it in a condition, or remove it."},
	[DIAGNOSTIC_UNANSWERED_SKILL] = {"D043", FINDING_WARNING, "Nothing in the case reacts to one of its skills.",
		"Add a rule for the technique, or take it out of \"skills\"."},
	[DIAGNOSTIC_UNUSED_FEEDBACK] = {"D044", FINDING_WARNING, "No rule uses a feedback entry.",
		"Name it in a rule's \"feedback\", or remove it."},
	[DIAGNOSTIC_UNOFFERED_CUE] = {"D045", FINDING_WARNING, "No line of the character offers a cue.",
		"Use one of its words in a line, or remove the cue."},
	[DIAGNOSTIC_READING_AGE] = {"D046", FINDING_WARNING, "The script is hard to read.",
		"Shorter sentences and plainer words; twelve or thirteen years is a good age to write for."},
	[DIAGNOSTIC_GUARD_GAP] = {"D047", FINDING_WARNING,
		"Rules that share out a variable leave some of its values out.",
		"Let the ranges meet, or add a rule for the values between."},
	[DIAGNOSTIC_ADVICE_REWARDED] = {"D048", FINDING_WARNING, "In coaching, advice is answered with a disclosure.",
		"Let a question or a reflection open it; advice may be answered with \"yes, but\"."},
	[DIAGNOSTIC_EXAMPLE_TAKEN] = {"D049", FINDING_WARNING, "An example is nearer to another answer.",
		"Give the two answers examples with different words, say with \"after\" when each counts, or join "
		"them."},
};

const struct dialogue_diagnostic *dialogue_diagnostic_at(size_t index)
{
	return index < DIAGNOSTIC_COUNT ? &diagnostics[index] : NULL;
}

struct place place_member(const struct place *up, const char *key)
{
	return (struct place){up, key, 0};
}

struct place place_item(const struct place *up, size_t index)
{
	return (struct place){up, NULL, index};
}

static void write_number(size_t number, struct buffer *out)
{
	char digits[20];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	buffer_add(out, digits + at, sizeof digits - at);
}

static void write_pointer(const struct place *place, struct buffer *out)
{
	if (place == NULL)
		return;
	write_pointer(place->up, out);
	buffer_char(out, '/');
	if (place->key == NULL) {
		write_number(place->index, out);
		return;
	}
	for (const char *c = place->key; *c != '\0'; c++) {
		if (*c == '~')
			buffer_text(out, "~0");
		else if (*c == '/')
			buffer_text(out, "~1");
		else
			buffer_char(out, *c);
	}
}

char *place_pointer(const struct place *place, struct arena *arena)
{
	struct buffer buffer = {0};
	write_pointer(place, &buffer);
	char *pointer = arena_copy(arena, buffer.length > 0 ? buffer.data : "", buffer.length);
	buffer_clear(&buffer);
	return pointer;
}

/* Finding places takes time in proportion to the file, so a file that is wrong all over is not followed to its end. An
 * error is never dropped before another of the same file was kept. */
#define REPORT_CAP 200

static bool is_enough(const struct reporter *reporter, enum diagnostic diagnostic)
{
	size_t count = findings_count(reporter->findings);
	if (count < REPORT_CAP ||
		strcmp(findings_at(reporter->findings, count - REPORT_CAP)->file, reporter->source->file) != 0)
		return false;
	if (diagnostics[diagnostic].severity == FINDING_WARNING)
		return true;
	for (size_t i = count - REPORT_CAP; i < count; i++)
		if (findings_at(reporter->findings, i)->severity == FINDING_ERROR)
			return true;
	return false;
}

static void add(const struct reporter *reporter, enum diagnostic diagnostic, const char *file, unsigned line,
	unsigned column, const char *pointer, const char *remedy, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	size_t size = length > 0 ? (size_t)length + 1 : 1;
	char *reason = memory_new(size);
	vsnprintf(reason, size, format, arguments);
	const struct dialogue_diagnostic *entry = &diagnostics[diagnostic];
	findings_add(reporter->findings, &(struct finding){
						 .code = entry->code,
						 .severity = entry->severity,
						 .file = file,
						 .line = line,
						 .column = column,
						 .path = pointer,
						 .reason = reason,
						 .remedy = remedy != NULL ? remedy : entry->remedy,
					 });
	free(reason);
}

#define HASH_START 2166136261U

static uint32_t hash_more(uint32_t hash, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619U;
	return hash;
}

static void link_origin(struct origins *origins, size_t index)
{
	struct origin *origin = &origins->list[index];
	uint32_t *bucket = &origins->buckets[origin->hash & (origins->capacity - 1)];
	origin->next = *bucket;
	*bucket = (uint32_t)index + 1;
}

static void grow_origins(struct origins *origins, struct arena *arena)
{
	size_t capacity = origins->capacity == 0 ? 64 : origins->capacity * 2;
	struct origin *list = arena_array(arena, capacity, sizeof *list);
	if (origins->count > 0)
		memcpy(list, origins->list, origins->count * sizeof *list);
	origins->list = list;
	origins->capacity = capacity;
	origins->buckets = arena_array(arena, capacity, sizeof *origins->buckets);
	for (size_t i = 0; i < origins->count; i++)
		link_origin(origins, i);
}

void origins_add(struct origins *origins, struct arena *arena, const char *pointer,
	const struct dialogue_source *source, const char *original)
{
	size_t length = strlen(pointer);
	if (origins->count == origins->capacity)
		grow_origins(origins, arena);
	origins->list[origins->count] =
		(struct origin){pointer, source, original, length, hash_more(HASH_START, pointer, length), 0};
	link_origin(origins, origins->count++);
}

/* The first that was added with this pointer. */
static const struct origin *origin_at(const struct origins *origins, const char *pointer, size_t length, uint32_t hash)
{
	const struct origin *found = NULL;
	for (uint32_t at = origins->buckets[hash & (origins->capacity - 1)]; at != 0; at = origins->list[at - 1].next) {
		const struct origin *origin = &origins->list[at - 1];
		if (origin->hash == hash && origin->length == length && memcmp(pointer, origin->pointer, length) == 0)
			found = origin;
	}
	return found;
}

/* Of all that the pointer begins with, part by part, the longest. */
static const struct origin *origin_of(const struct origins *origins, const char *pointer)
{
	const struct origin *found = NULL;
	uint32_t hash = HASH_START;
	size_t length = 0;
	while (origins != NULL && origins->count > 0 && pointer[length] != '\0') {
		size_t part = 1 + strcspn(pointer + length + 1, "/");
		hash = hash_more(hash, pointer + length, part);
		length += part;
		const struct origin *longer = origin_at(origins, pointer, length, hash);
		found = longer != NULL ? longer : found;
	}
	return found;
}

const struct dialogue_source *origin_written(
	const struct reporter *reporter, const char *pointer, struct arena *arena, const char **written)
{
	const struct origin *origin = origin_of(reporter->origins, pointer);
	if (origin == NULL) {
		*written = pointer;
		return reporter->source;
	}
	*written = arena_format(arena, "%s%s", origin->original, pointer + origin->length);
	return origin->source;
}

bool reporter_is_elsewhere(const struct reporter *reporter, const struct place *place)
{
	struct buffer pointer = {0};
	if (reporter->origins == NULL)
		return false;
	write_pointer(place, &pointer);
	bool elsewhere = origin_of(reporter->origins, pointer.length > 0 ? pointer.data : "") != NULL;
	buffer_clear(&pointer);
	return elsewhere;
}

static void add_at(const struct reporter *reporter, enum diagnostic diagnostic, const char *pointer, const char *remedy,
	const char *format, va_list arguments)
{
	struct arena *arena = arena_new(0);
	const char *written;
	const struct dialogue_source *source = origin_written(reporter, pointer, arena, &written);
	unsigned line = 0, column = 0;
	json_place(source->text, source->length, written, &line, &column);
	add(reporter, diagnostic, source->file, line, column, written, remedy, format, arguments);
	arena_free(arena);
}

void report(const struct reporter *reporter, enum diagnostic diagnostic, const struct place *place, const char *remedy,
	const char *format, ...)
{
	struct buffer pointer = {0};
	if (is_enough(reporter, diagnostic))
		return;
	write_pointer(place, &pointer);
	va_list arguments;
	va_start(arguments, format);
	add_at(reporter, diagnostic, pointer.length > 0 ? pointer.data : "", remedy, format, arguments);
	va_end(arguments);
	buffer_clear(&pointer);
}

void report_at(const struct reporter *reporter, enum diagnostic diagnostic, const char *pointer, const char *remedy,
	const char *format, ...)
{
	if (is_enough(reporter, diagnostic))
		return;
	va_list arguments;
	va_start(arguments, format);
	add_at(reporter, diagnostic, pointer, remedy, format, arguments);
	va_end(arguments);
}

void report_position(const struct reporter *reporter, enum diagnostic diagnostic, unsigned line, unsigned column,
	const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add(reporter, diagnostic, reporter->source->file, line, column, "", NULL, format, arguments);
	va_end(arguments);
}

#define NAME_CAP 64

/* Levenshtein distance; names longer than the cap count as far away. */
static size_t distance(const char *a, const char *b)
{
	size_t a_length = strlen(a), b_length = strlen(b);
	if (a_length > NAME_CAP || b_length > NAME_CAP)
		return SIZE_MAX;
	size_t row[NAME_CAP + 1];
	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t above = row[j];
			size_t best = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = above;
		}
	}
	return row[b_length];
}

/* Names are listed in a remedy up to so many bytes. */
#define NAMES_LISTED 900

const char *names_remedy(const struct names *names, const char *wrong, const char *what, struct arena *arena)
{
	const char *nearest = NULL;
	size_t least = strlen(wrong) / 3 + 1;
	for (size_t i = 0; i < names->count; i++) {
		size_t d = distance(wrong, names->names[i]);
		if (d <= least && (nearest == NULL || d < least)) {
			nearest = names->names[i];
			least = d;
		}
	}
	if (nearest != NULL)
		return arena_format(arena, "Did you mean \"%s\"?", nearest);
	if (names->count == 0)
		return arena_format(arena, "There are no %s here.", what);
	struct buffer list = {0};
	for (size_t i = 0; i < names->count && list.length < NAMES_LISTED; i++)
		buffer_format(&list, "%s%s", i == 0 ? "" : ", ", names->names[i]);
	const bool all = list.length < NAMES_LISTED;
	const char *remedy = arena_format(arena, "The %s are: %s%s.", what, list.data, all ? "" : " and more");
	buffer_clear(&list);
	return remedy;
}
