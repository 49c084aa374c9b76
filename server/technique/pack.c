/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_read.h"

#include "askwell/json_read.h"
#include "askwell/memory.h"
#include "askwell/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct member root_members[] = {
	{"$schema", MEMBER_TEXT, false},
	{"kind", MEMBER_TEXT, true},
	{"format", MEMBER_NUMBER, true},
	{"id", MEMBER_TEXT, true},
	{"language", MEMBER_TEXT, true},
	{"name", MEMBER_TEXT, true},
	{"words", MEMBER_OBJECT, true},
	{"blocks", MEMBER_OBJECT, false},
	{"openers", MEMBER_TEXT, true},
	{"clauses", MEMBER_OBJECT, true},
	{"open_form", MEMBER_OBJECT, true},
	{"rules", MEMBER_LIST, true},
	{"defaults", MEMBER_LIST, false},
	{"cues", MEMBER_LIST, false},
	{"wordings", MEMBER_OBJECT, false},
	{"start", MEMBER_OBJECT, false},
	{"focus", MEMBER_LIST, true},
	{"asks", MEMBER_LIST, false},
	{"jargon", MEMBER_OBJECT, true},
	{"limits", MEMBER_OBJECT, true},
	{"safety", MEMBER_LIST, true},
	{"privacy", MEMBER_LIST, true},
	{"techniques", MEMBER_OBJECT, true},
	{"flags", MEMBER_OBJECT, true},
	{0},
};

static const struct member limit_members[] = {
	{"long_message_words", MEMBER_NUMBER, true},
	{"streak_messages", MEMBER_NUMBER, true},
	{"vote_least", MEMBER_NUMBER, false},
	{"vote_lead", MEMBER_NUMBER, false},
	{"vote_support", MEMBER_NUMBER, false},
	{"vote_lead_spoiler", MEMBER_NUMBER, false},
	{"vote_lead_special", MEMBER_NUMBER, false},
	{0},
};

static void destroy(struct technique_pack *pack)
{
	for (uint32_t i = 0; i < pack->pattern_count; i++)
		pattern_clear(&pack->patterns[i]);
	for (uint32_t i = 0; i < pack->aside_count; i++)
		pattern_clear(&pack->asides[i]);
	const struct pack_rules *lists[] = {&pack->rules, &pack->defaults, &pack->cues};
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		for (size_t j = 0; j < lists[i]->count; j++)
			pattern_clear(&lists[i]->list[j].after);
	}
	for (size_t i = 0; i < pack->privacy_count; i++)
		pattern_clear(&pack->privacies[i].pattern);
	pattern_clear(&pack->openers);
	pattern_index_clear(&pack->index);
	pattern_index_clear(&pack->message_index);
	phrase_index_clear(&pack->phrases);
	key_table_clear(&pack->keys);
	free(pack->aside_refs);
	free(pack->patterns);
	free(pack->owners);
	free(pack->asides);
	free(pack->words.entries);
	arena_free(pack->arena);
	free(pack);
}

static void read_limits(struct pack_reading *reading, const json_t *root)
{
	const json_t *limits = json_object_get(root, "limits");
	size_t before = read_enter(reading, "limits");
	if (limits != NULL && read_members(reading, limits, limit_members)) {
		reading->pack->long_message_words =
			(unsigned)read_number(reading, limits, "long_message_words", 40, 1, 1000);
		reading->pack->streak_messages = (unsigned)read_number(reading, limits, "streak_messages", 4, 2, 100);
		struct pack_vote *vote = &reading->pack->vote;
		vote->least = (int)read_number(reading, limits, "vote_least", 1, -POINTS_MAX, POINTS_MAX);
		vote->lead = (int)read_number(reading, limits, "vote_lead", 1, 0, POINTS_MAX);
		vote->support = (int)read_number(reading, limits, "vote_support", 1, 1, POINTS_MAX);
		vote->lead_spoiler = (int)read_number(reading, limits, "vote_lead_spoiler", 1, 0, POINTS_MAX);
		vote->lead_special = (int)read_number(reading, limits, "vote_lead_special", 0, 0, POINTS_MAX);
	}
	read_leave(reading, before);
}

static void report_silent_techniques(struct pack_reading *reading)
{
	const struct technique_pack *pack = reading->pack;
	bool known[TECHNIQUE_COUNT] = {[TECHNIQUE_UNCLASSIFIED] = true, [TECHNIQUE_MULTIPLE_QUESTIONS] = true};
	size_t before = read_enter(reading, "rules");
	for (size_t i = 0; i < pack->rules.count; i++)
		known[pack->rules.list[i].technique] = true;
	for (size_t i = 0; i < pack->defaults.count; i++)
		known[pack->defaults.list[i].technique] = true;
	for (size_t i = 0; i < pack->cues.count; i++) {
		for (int id = 0; id < TECHNIQUE_COUNT; id++)
			known[id] |= pack->cues.list[i].points[id] > 0;
	}
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		if (!known[i])
			read_problem(reading, PACK_NO_RULE, "\"%s\"", technique_name((enum technique_id)i));
	}
	read_leave(reading, before);
}

static void read_root(struct pack_reading *reading, const json_t *root)
{
	if (!read_members(reading, root, root_members))
		return;
	const char *kind = read_text(reading, root, "kind");
	size_t before = read_enter(reading, "kind");
	if (kind != NULL && strcmp(kind, "pack") != 0)
		read_problem(reading, PACK_WRONG_VALUE, "\"pack\" is expected");
	read_leave(reading, before);
	(void)read_number(reading, root, "format", 1, 1, 1);
	reading->pack->language = read_text(reading, root, "language");
	read_words(reading, root);
	read_blocks(reading, root);
	read_rules(reading, root);
	read_wordings(reading, root);
	read_limits(reading, root);
	read_people(reading, root);
	report_silent_techniques(reading);
	pattern_index_finish(&reading->pack->index);
	pattern_index_finish(&reading->pack->message_index);
	phrase_index_finish(&reading->pack->phrases, reading->pack->arena);
}

static json_t *parse(struct pack_reading *reading, const char *text, size_t length)
{
	json_error_t error;
	json_t *root = NULL;
	if (length > PACK_SIZE_MAX) {
		read_problem(reading, PACK_TOO_MANY, "the file has more than %d bytes", PACK_SIZE_MAX);
		return NULL;
	}
	root = json_read(text, length);
	if (root != NULL)
		return root;
	if (!utf8_valid(text, length)) {
		read_problem(reading, PACK_UNREADABLE, "it is not UTF-8");
		return NULL;
	}
	root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL) {
		struct finding finding = {.code = "P001",
			.severity = FINDING_ERROR,
			.file = reading->report.file,
			.line = error.line > 0 ? (unsigned)error.line : 1,
			.column = error.column > 0 ? (unsigned)error.column : 1,
			.path = "",
			.reason = error.text,
			.remedy = "Correct the text at this place; an editor that knows JSON shows it."};
		findings_add(reading->report.findings, &finding);
	}
	return root;
}

enum status technique_pack_compile(const char *file, const char *text, size_t length, bool samples,
	struct findings *findings, struct technique_pack **out)
{
	struct technique_pack *pack = memory_new(sizeof *pack);
	struct pack_reading reading = {.pack = pack, .report = {findings, file, text, length}, .thorough = samples};
	size_t errors_before = findings_errors(findings);
	json_t *root = NULL;
	enum status status = STATUS_INVALID;
	*out = NULL;
	atomic_init(&pack->references, 1);
	pack->arena = arena_new((size_t)64 * 1024);
	pattern_workspace_init(&reading.workspace);
	reading.passing = arena_new(0);
	reading.asides = json_object();
	reading.prepared_numbers = json_object();

	root = parse(&reading, text, length);
	if (root == NULL)
		goto out;
	pack->source = arena_copy(pack->arena, text, length);
	pack->source_length = length;
	hash_parts(&(struct hash_part){text, length}, 1, pack->version);
	read_root(&reading, root);
	if (findings_errors(findings) == errors_before && samples)
		pack_check(&reading, root);
	if (findings_errors(findings) > errors_before)
		goto out;
	*out = pack;
	pack = NULL;
	status = STATUS_OK;
out:
	json_decref(root);
	json_decref(reading.asides);
	json_decref(reading.prepared_numbers);
	for (size_t i = 0; i < reading.prepared_count; i++)
		prepared_clear(&reading.prepared[i]);
	free(reading.prepared);
	normal_clear(&reading.normal);
	pattern_workspace_clear(&reading.workspace);
	arena_free(reading.passing);
	if (pack != NULL)
		destroy(pack);
	memory_trim();
	return status;
}

struct technique_pack *technique_pack_hold(const struct technique_pack *pack)
{
	/* The count is the one part of a pack that changes; holders see the rest as const. */
	struct technique_pack *held = (struct technique_pack *)(uintptr_t)pack;
	atomic_fetch_add_explicit(&held->references, 1, memory_order_relaxed);
	return held;
}

void technique_pack_release(const struct technique_pack *pack)
{
	struct technique_pack *held = (struct technique_pack *)(uintptr_t)pack;
	if (held != NULL && atomic_fetch_sub_explicit(&held->references, 1, memory_order_acq_rel) == 1)
		destroy(held);
}

const char *technique_pack_language(const struct technique_pack *pack)
{
	return pack->language;
}

const char *technique_pack_version(const struct technique_pack *pack)
{
	return pack->version;
}

const char *technique_pack_source(const struct technique_pack *pack, size_t *length)
{
	*length = pack->source_length;
	return pack->source;
}

const char *technique_pack_name(const struct technique_pack *pack, enum technique_id id)
{
	return pack->techniques[id].name;
}

const char *technique_pack_meaning(const struct technique_pack *pack, enum technique_id id)
{
	return pack->techniques[id].meaning;
}

const char *technique_pack_flag_name(const struct technique_pack *pack, enum technique_flag_id id)
{
	return pack->flags[id].name;
}

const char *technique_pack_flag_reason(const struct technique_pack *pack, enum technique_flag_id id)
{
	return pack->flags[id].reason;
}

const char *technique_pack_safety_text(const struct technique_pack *pack, const char *safety)
{
	for (size_t i = 0; safety != NULL && i < pack->safety_count; i++) {
		if (strcmp(pack->safeties[i].id, safety) == 0)
			return pack->safeties[i].guide;
	}
	return NULL;
}

const struct technique_feedback *technique_pack_feedback(
	const struct technique_pack *pack, enum technique_id id, enum technique_mode mode)
{
	return &pack->techniques[id].feedback[mode];
}

const struct technique_feedback *technique_pack_flag_feedback(
	const struct technique_pack *pack, enum technique_flag_id id)
{
	return &pack->flags[id].feedback;
}
