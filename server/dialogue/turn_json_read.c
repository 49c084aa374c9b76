/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/turn_json.h"

#include "askwell/json_in.h"
#include "askwell/utf8.h"

#include <string.h>

#define LIST_FIRST 4

struct reading {
	struct json_in in;
	const struct turn *turn;
	struct arena *arena;
	bool plain; /* a character is a byte */
};

/* A member of an object and what reads it; each reader moves past the value, and says whether it is sound. */
struct member {
	const char *name;
	bool (*read)(struct reading *reading, void *out);
};

/* Reads an object; members without a reader are passed over. One bit for each of `members` that was there; 0 when anything
 * is not sound. */
static unsigned read_members(struct reading *reading, const struct member *members, size_t count, void *out)
{
	unsigned found = 0;
	const char *key;
	size_t length;

	if (!json_in_object(&reading->in))
		return 0;
	while (json_in_key(&reading->in, &key, &length)) {
		size_t i = 0;

		while (i < count && (strlen(members[i].name) != length || memcmp(members[i].name, key, length) != 0))
			i++;
		if (i == count)
			json_in_skip(&reading->in);
		else if (!members[i].read(reading, out))
			return 0;
		else
			found |= 1U << i;
	}
	return reading->in.bad ? 0 : found;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define ALL(list) ((1U << COUNT(list)) - 1)

/* Room for one more in a list that grows in the arena. */
static void *one_more(struct arena *arena, void *list, size_t count, size_t size)
{
	void *grown;

	/* Full at each power of two. */
	if (count != 0 && (count < LIST_FIRST || (count & (count - 1)) != 0))
		return list;
	grown = arena_array(arena, count ? count * 2 : LIST_FIRST, size);
	if (count)
		memcpy(grown, list, count * size);
	return grown;
}

static bool read_text(struct reading *reading, const char **out)
{
	size_t length;

	return json_in_text(&reading->in, reading->arena, out, &length);
}

static bool read_text_or_null(struct reading *reading, const char **out)
{
	*out = NULL;
	return json_in_null(&reading->in) || read_text(reading, out);
}

static bool read_count(struct reading *reading, size_t most, size_t *out)
{
	int64_t count;

	if (!json_in_integer(&reading->in, &count) || count < 0 || (uint64_t)count > most)
		return false;
	*out = (size_t)count;
	return true;
}

/* Spans count characters until span_to_bytes(). */

static bool span_start(struct reading *reading, void *out)
{
	return read_count(reading, reading->turn->text_length, &((struct technique_span *)out)->start);
}

static bool span_end(struct reading *reading, void *out)
{
	return read_count(reading, reading->turn->text_length, &((struct technique_span *)out)->end);
}

static const struct member span_members[] = {{"start", span_start}, {"end", span_end}};

/* The byte at which a character begins; past the end of the text when there is none. */
static size_t byte_of(const struct reading *reading, size_t character)
{
	const char *text = reading->turn->text;
	size_t length = reading->turn->text_length, at = 0;

	if (reading->plain)
		return character;
	for (; character > 0 && at < length; character--) {
		uint32_t code_point;
		size_t bytes = utf8_decode(text + at, length - at, &code_point);

		at += bytes ? bytes : 1;
	}
	return character > 0 ? length + 1 : at;
}

static bool span_to_bytes(const struct reading *reading, struct technique_span *span)
{
	bool ordered = span->start <= span->end;

	span->start = byte_of(reading, span->start);
	span->end = byte_of(reading, span->end);
	return ordered && span->end <= reading->turn->text_length;
}

static bool read_span(struct reading *reading, struct technique_span *out)
{
	return read_members(reading, span_members, COUNT(span_members), out) == ALL(span_members) &&
	       span_to_bytes(reading, out);
}

static bool label_technique(struct reading *reading, void *out)
{
	const char *name;

	return read_text(reading, &name) && technique_parse(name, &((struct technique_label *)out)->technique);
}

static bool label_family(struct reading *reading, void *out)
{
	const char *name;

	return read_text(reading, &name) && technique_family_parse(name, &((struct technique_label *)out)->family);
}

static bool label_form(struct reading *reading, void *out)
{
	const char *name;

	return read_text(reading, &name) && technique_form_parse(name, &((struct technique_label *)out)->form);
}

static bool label_focus(struct reading *reading, void *out)
{
	const char *name;

	return read_text_or_null(reading, &name) &&
	       (!name || technique_focus_parse(name, &((struct technique_label *)out)->focus));
}

static bool label_start(struct reading *reading, void *out)
{
	return span_start(reading, &((struct technique_label *)out)->span);
}

static bool label_end(struct reading *reading, void *out)
{
	return span_end(reading, &((struct technique_label *)out)->span);
}

static bool label_cue(struct reading *reading, void *out)
{
	return read_span(reading, &((struct technique_label *)out)->cue);
}

static bool label_rule(struct reading *reading, void *out)
{
	return read_text(reading, &((struct technique_label *)out)->rule);
}

static bool label_reason(struct reading *reading, void *out)
{
	return read_text(reading, &((struct technique_label *)out)->reason);
}

static bool label_confidence(struct reading *reading, void *out)
{
	size_t confidence = 0;
	bool sound = read_count(reading, 100, &confidence);

	((struct technique_label *)out)->confidence = (int)confidence;
	return sound;
}

static bool evidence_rule(struct reading *reading, void *out)
{
	return read_text(reading, &((struct technique_evidence *)out)->cue);
}

static bool evidence_because(struct reading *reading, void *out)
{
	return read_text(reading, &((struct technique_evidence *)out)->because);
}

static bool evidence_cue(struct reading *reading, void *out)
{
	return read_span(reading, &((struct technique_evidence *)out)->span);
}

static bool evidence_points(struct reading *reading, void *out)
{
	size_t points = 0;
	bool sound = read_count(reading, INT16_MAX, &points);

	((struct technique_evidence *)out)->points = (int)points;
	return sound;
}

static const struct member evidence_members[] = {
	{"rule", evidence_rule},
	{"because", evidence_because},
	{"cue", evidence_cue},
	{"points", evidence_points},
};

static bool runner_up_technique(struct reading *reading, void *out)
{
	const char *name;

	return read_text(reading, &name) && technique_parse(name, &((struct technique_label *)out)->runner_up);
}

static bool label_runner_up(struct reading *reading, void *out)
{
	static const struct member members[] = {{"technique", runner_up_technique}};

	return json_in_null(&reading->in) || read_members(reading, members, COUNT(members), out) == ALL(members);
}

static bool label_evidence(struct reading *reading, void *out)
{
	struct technique_label *label = out;
	struct technique_evidence *list = NULL;
	size_t count = 0;

	if (!json_in_array(&reading->in))
		return false;
	while (json_in_item(&reading->in)) {
		struct technique_evidence evidence = {0};

		if (read_members(reading, evidence_members, COUNT(evidence_members), &evidence) !=
			ALL(evidence_members))
			return false;
		list = one_more(reading->arena, list, count, sizeof evidence);
		list[count++] = evidence;
	}
	label->evidence = list;
	label->evidence_count = count;
	return !reading->in.bad;
}

/* All but the last two have to be there; these are younger. */
static const struct member label_members[] = {
	{"technique", label_technique},
	{"family", label_family},
	{"form", label_form},
	{"focus", label_focus},
	{"start", label_start},
	{"end", label_end},
	{"cue", label_cue},
	{"rule", label_rule},
	{"reason", label_reason},
	{"confidence", label_confidence},
	{"runner_up", label_runner_up},
	{"evidence", label_evidence},
};
#define LABEL_NEEDED (ALL(label_members) >> 2)

static bool flag_id(struct reading *reading, void *out)
{
	const char *name;

	return read_text(reading, &name) && technique_flag_parse(name, &((struct technique_flag *)out)->id);
}

static bool flag_reason(struct reading *reading, void *out)
{
	return read_text(reading, &((struct technique_flag *)out)->reason);
}

static const struct member flag_members[] = {{"id", flag_id}, {"reason", flag_reason}};

/* A whole answer. */
struct kept {
	struct technique_label *labels;
	struct technique_flag *flags;
	struct technique_span *picked_up;
	size_t label_count, flag_count, picked_up_count;
	const char *text, *primary, *safety, *rule;
	size_t text_length, questions, words, label;
	enum technique_asks asks; /* of the label that the coachee reacted to */
	bool recognised;
};

static bool kept_text(struct reading *reading, void *out)
{
	struct kept *kept = out;

	return json_in_text(&reading->in, reading->arena, &kept->text, &kept->text_length);
}

static bool kept_labels(struct reading *reading, void *out)
{
	struct kept *kept = out;

	if (!json_in_array(&reading->in))
		return false;
	while (json_in_item(&reading->in)) {
		struct technique_label label = {0};

		if ((read_members(reading, label_members, COUNT(label_members), &label) & LABEL_NEEDED) !=
				LABEL_NEEDED ||
			!span_to_bytes(reading, &label.span))
			return false;
		kept->labels = one_more(reading->arena, kept->labels, kept->label_count, sizeof label);
		kept->labels[kept->label_count++] = label;
	}
	return !reading->in.bad;
}

static bool kept_primary(struct reading *reading, void *out)
{
	return read_text_or_null(reading, &((struct kept *)out)->primary);
}

static bool kept_flags(struct reading *reading, void *out)
{
	struct kept *kept = out;

	if (!json_in_array(&reading->in))
		return false;
	while (json_in_item(&reading->in)) {
		struct technique_flag flag = {.span = {0, reading->turn->text_length}};

		if (read_members(reading, flag_members, COUNT(flag_members), &flag) != ALL(flag_members))
			return false;
		if (engine_finds_flag(flag.id))
			continue;
		kept->flags = one_more(reading->arena, kept->flags, kept->flag_count, sizeof flag);
		kept->flags[kept->flag_count++] = flag;
	}
	return !reading->in.bad;
}

static bool kept_picked_up(struct reading *reading, void *out)
{
	struct kept *kept = out;

	if (!json_in_array(&reading->in))
		return false;
	while (json_in_item(&reading->in)) {
		struct technique_span span;

		if (!read_span(reading, &span))
			return false;
		kept->picked_up = one_more(reading->arena, kept->picked_up, kept->picked_up_count, sizeof span);
		kept->picked_up[kept->picked_up_count++] = span;
	}
	return !reading->in.bad;
}

static bool recognised_label(struct reading *reading, void *out)
{
	return json_in_null(&reading->in) || read_count(reading, TECHNIQUE_TEXT_MAX, &((struct kept *)out)->label);
}

static bool recognised_questions(struct reading *reading, void *out)
{
	return read_count(reading, TECHNIQUE_TEXT_MAX, &((struct kept *)out)->questions);
}

static bool recognised_words(struct reading *reading, void *out)
{
	return read_count(reading, TECHNIQUE_TEXT_MAX, &((struct kept *)out)->words);
}

static bool recognised_safety(struct reading *reading, void *out)
{
	return read_text_or_null(reading, &((struct kept *)out)->safety);
}

static bool recognised_asks(struct reading *reading, void *out)
{
	const char *name;

	return read_text_or_null(reading, &name) && (!name || technique_asks_parse(name, &((struct kept *)out)->asks));
}

/* All but the last have to be there. */
static bool kept_recognised(struct reading *reading, void *out)
{
	static const struct member members[] = {
		{"label", recognised_label},
		{"questions", recognised_questions},
		{"words", recognised_words},
		{"safety", recognised_safety},
		{"asks", recognised_asks},
	};
	const unsigned needed = ALL(members) >> 1;

	((struct kept *)out)->recognised = true;
	return (read_members(reading, members, COUNT(members), out) & needed) == needed;
}

static bool why_rule(struct reading *reading, void *out)
{
	return read_text(reading, &((struct kept *)out)->rule);
}

static bool kept_why(struct reading *reading, void *out)
{
	static const struct member members[] = {{"rule", why_rule}};

	return json_in_null(&reading->in) || read_members(reading, members, COUNT(members), out) == ALL(members);
}

/* The first five have to be there. */
static const struct member kept_members[] = {
	{"text", kept_text},
	{"labels", kept_labels},
	{"primary", kept_primary},
	{"flags", kept_flags},
	{"picked_up", kept_picked_up},
	{"recognised", kept_recognised},
	{"why", kept_why},
};
#define KEPT_NEEDED 0x1fU

static unsigned count_words(const char *text, size_t length)
{
	unsigned count = 0;
	bool inside = false;

	for (size_t i = 0; i < length; i++) {
		bool space = text[i] == ' ' || text[i] == '\t' || text[i] == '\n';

		count += !space && !inside;
		inside = !space;
	}
	return count;
}

/* The label that the coachee reacted to, when only its technique was kept: the first of the kind, but of several questions
 * the last. Past the end when there is none. */
static size_t find_primary(const struct kept *kept, enum technique_id id)
{
	size_t found = kept->label_count;

	for (size_t i = 0; i < kept->label_count; i++) {
		const struct technique_label *label = &kept->labels[i];
		bool asks = label->form != TECHNIQUE_FORM_NONE && !technique_is_spoiler(id, TECHNIQUE_COACHING);

		if (label->technique == id && (found == kept->label_count || asks))
			found = i;
	}
	return found;
}

/* Answers that were kept before "recognised" existed: as good as can be told from the labels and the words. */
static bool make_up(struct kept *kept)
{
	enum technique_id id;

	kept->words = count_words(kept->text, kept->text_length);
	for (size_t i = 0; i < kept->label_count; i++)
		kept->questions +=
			kept->labels[i].form != TECHNIQUE_FORM_NONE && kept->labels[i].family != TECHNIQUE_REFLECTION;
	if (!kept->primary) {
		kept->safety = kept->rule;
		return kept->label_count == 0 && kept->safety;
	}
	if (!technique_parse(kept->primary, &id))
		return false;
	kept->label = find_primary(kept, id);
	return true;
}

enum status turn_json_read(const struct turn *turn, struct arena *arena, struct technique_analysis *out)
{
	struct reading reading = {.turn = turn, .arena = arena};
	struct kept kept = {.label = SIZE_MAX};

	*out = (struct technique_analysis){0};
	if (!turn->answer)
		return STATUS_CORRUPT;
	reading.plain = utf8_count(turn->text, turn->text_length) == turn->text_length;
	json_in_init(&reading.in, turn->answer, turn->answer_length);
	if ((read_members(&reading, kept_members, COUNT(kept_members), &kept) & KEPT_NEEDED) != KEPT_NEEDED ||
		!json_in_end(&reading.in) || kept.text_length != turn->text_length ||
		memcmp(kept.text, turn->text, turn->text_length) != 0 || (!kept.recognised && !make_up(&kept)) ||
		(!kept.safety && kept.label >= kept.label_count))
		return STATUS_CORRUPT;
	if (!kept.safety)
		kept.labels[kept.label].asks = kept.asks;
	*out = (struct technique_analysis){.labels = kept.labels,
		.label_count = kept.label_count,
		.primary = kept.safety ? NULL : &kept.labels[kept.label],
		.flags = kept.flags,
		.flag_count = kept.flag_count,
		.picked_up = kept.picked_up,
		.picked_up_count = kept.picked_up_count,
		.question_count = (unsigned)kept.questions,
		.word_count = (unsigned)kept.words,
		.safety = kept.safety};
	return STATUS_OK;
}
