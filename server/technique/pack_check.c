/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"
#include "pack_read.h"
#include "tally.h"

#include "askwell/parallel.h"

#include <string.h>

/* What the checks run in. */
struct trial {
	struct pack_reading *reading;
	struct technique_scratch *scratch;
	struct technique_tally *tally;
	struct buffer sentences; /* of all samples, as patterns see them, each with a NUL after it */
	struct arena *arena;
	struct technique_analysis analysis;
	struct technique_context context;
	const char *text;
};

static const struct member sample_members[] = {
	{"text", MEMBER_TEXT, true},
	{"coachee", MEMBER_TEXT, false},
	{"previous", MEMBER_TEXT, false},
	{"mode", MEMBER_TEXT, false},
	{0},
};

/* A sample is a text, or an object that also says what went before. */
static bool run(struct trial *trial, const json_t *sample)
{
	const char *text = json_string_value(sample);
	trial->context = (struct technique_context){0};
	if (json_is_object(sample) && read_members(trial->reading, sample, sample_members)) {
		const char *mode = json_string_value(json_object_get(sample, "mode"));
		text = json_string_value(json_object_get(sample, "text"));
		trial->context.coachee = json_string_value(json_object_get(sample, "coachee"));
		trial->context.coachee_length = json_string_length(json_object_get(sample, "coachee"));
		trial->context.previous = json_string_value(json_object_get(sample, "previous"));
		trial->context.previous_length = json_string_length(json_object_get(sample, "previous"));
		trial->context.mode =
			mode != NULL && strcmp(mode, "mentoring") == 0 ? TECHNIQUE_MENTORING : TECHNIQUE_COACHING;
	}
	trial->text = text;
	arena_reset(trial->arena);
	if (text != NULL && technique_analyse(trial->reading->pack, trial->scratch, text, strlen(text), &trial->context,
				    trial->arena, &trial->analysis) == STATUS_OK)
		return true;
	read_problem(trial->reading, PACK_WRONG_VALUE, "a text, or an object with a \"text\", is expected");
	return false;
}

static bool labelled_by(const struct trial *trial, const char *rule)
{
	for (size_t i = 0; i < trial->analysis.label_count; i++) {
		if (strcmp(trial->analysis.labels[i].rule, rule) == 0)
			return true;
	}
	return false;
}

static void judge_rule_sample(struct trial *trial, const char *rule)
{
	if (labelled_by(trial, rule))
		return;
	const struct technique_label *primary = trial->analysis.primary;
	const char *taker = primary != NULL ? primary->rule : "";
	if (trial->analysis.safety != NULL)
		taker = trial->analysis.safety;
	if (*taker != '\0')
		read_problem(trial->reading, PACK_SAMPLE_TAKEN, "\"%.120s\" goes to \"%s\"", trial->text, taker);
	else
		read_problem(trial->reading, PACK_SAMPLE_MISSED, "\"%.120s\"", trial->text);
}

static void judge_rule_near(struct trial *trial, const char *rule)
{
	if (labelled_by(trial, rule))
		read_problem(trial->reading, PACK_NEAR_MATCHED, "\"%.120s\"", trial->text);
}

static const struct pack_rule *find_rule(const struct pack_rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->count; i++) {
		if (strcmp(rules->list[i].id, id) == 0)
			return &rules->list[i];
	}
	return NULL;
}

static bool holds(struct trial *trial, const struct pack_rules *rules, const char *id)
{
	const struct analysis analysis =
		analysis_again(trial->reading->pack, trial->scratch, &trial->context, trial->arena);
	const struct pack_rule *rule = find_rule(rules, id);
	struct label_view view;
	struct pattern_match match;
	for (size_t i = 0; rule != NULL && i < trial->scratch->segment_count; i++) {
		label_look(&analysis, &trial->scratch->segments[i], &view);
		if (label_try(&analysis, &view, rule, &match) == RULE_FITS)
			return true;
	}
	return false;
}

/* A default gives its points where it fits; cues may outvote it. */
static void judge_default_sample(struct trial *trial, const char *id)
{
	const struct technique_pack *pack = trial->reading->pack;
	if (!holds(trial, &pack->defaults, id) || pack->cues.count == 0)
		judge_rule_sample(trial, id);
}

static void judge_cue_sample(struct trial *trial, const char *id)
{
	if (!holds(trial, &trial->reading->pack->cues, id))
		read_problem(trial->reading, PACK_SAMPLE_MISSED, "\"%.120s\"", trial->text);
}

static void judge_cue_near(struct trial *trial, const char *id)
{
	if (holds(trial, &trial->reading->pack->cues, id))
		read_problem(trial->reading, PACK_NEAR_MATCHED, "\"%.120s\"", trial->text);
}

static bool safety_is(const struct trial *trial, const char *id)
{
	return trial->analysis.safety != NULL && strcmp(trial->analysis.safety, id) == 0;
}

static void judge_safety_sample(struct trial *trial, const char *id)
{
	if (!safety_is(trial, id))
		read_problem(trial->reading, PACK_SAMPLE_MISSED, "\"%.120s\"", trial->text);
}

static void judge_safety_near(struct trial *trial, const char *id)
{
	if (safety_is(trial, id))
		read_problem(trial->reading, PACK_NEAR_MATCHED, "\"%.120s\"", trial->text);
}

static bool masks(struct trial *trial)
{
	struct buffer out = {0};
	unsigned count = technique_mask(trial->reading->pack, trial->scratch, trial->text, strlen(trial->text), &out);
	buffer_clear(&out);
	return count > 0;
}

static void judge_privacy_sample(struct trial *trial, const char *id)
{
	if (!masks(trial))
		read_problem(trial->reading, PACK_SAMPLE_MISSED, "%s: \"%.120s\"", id, trial->text);
}

static void judge_privacy_near(struct trial *trial, const char *id)
{
	if (masks(trial))
		read_problem(trial->reading, PACK_NEAR_MATCHED, "%s: \"%.120s\"", id, trial->text);
}

/* `id` is the entry's that the sample stands under. */
typedef void judge(struct trial *trial, const char *id);

struct kind {
	const char *list;
	judge *sample, *near;
};

static const struct kind kinds[] = {
	{"rules", judge_rule_sample, judge_rule_near},
	{"defaults", judge_default_sample, judge_rule_near},
	{"cues", judge_cue_sample, judge_cue_near},
	{"safety", judge_safety_sample, judge_safety_near},
	{"privacy", judge_privacy_sample, judge_privacy_near},
};

static const struct kind reviewed_kinds[] = {
	{"rules", NULL, NULL},
	{"defaults", NULL, NULL},
	{"cues", NULL, NULL},
	{"safety", NULL, NULL},
};

static void keep_sentences(struct trial *trial)
{
	const struct technique_scratch *scratch = trial->scratch;
	for (size_t i = 0; i < scratch->segment_count; i++) {
		const struct segment *segment = &scratch->segments[i];
		buffer_add(&trial->sentences, scratch->message.text + segment->core, segment->core_end - segment->core);
		buffer_char(&trial->sentences, '\0');
	}
}

static void each_sample(struct trial *trial, const json_t *object, const char *list, judge *verdict)
{
	const char *id = json_string_value(json_object_get(object, "id"));
	size_t index;
	const json_t *sample;
	size_t before = read_enter(trial->reading, list);
	json_array_foreach(json_object_get(object, list), index, sample)
	{
		size_t inside = read_enter_index(trial->reading, index);
		if (run(trial, sample)) {
			if (trial->analysis.safety == NULL)
				tally_sentences(trial->tally, trial->scratch, &trial->context);
			if (verdict != NULL)
				verdict(trial, id);
			else
				keep_sentences(trial);
		}
		read_leave(trial->reading, inside);
	}
	read_leave(trial->reading, before);
}

/* Entries number [from, to), counted over all lists. */
static void run_samples(
	struct trial *trial, const json_t *root, const struct kind *list, size_t count, size_t from, size_t to)
{
	size_t number = 0;
	for (size_t i = 0; i < count; i++) {
		size_t index;
		const json_t *object;
		size_t before = read_enter(trial->reading, list[i].list);
		json_array_foreach(json_object_get(root, list[i].list), index, object)
		{
			size_t inside = read_enter_index(trial->reading, index);
			if (number >= from && number < to) {
				each_sample(trial, object, "samples", list[i].sample);
				each_sample(trial, object, "near", list[i].near);
			}
			number++;
			read_leave(trial->reading, inside);
		}
		read_leave(trial->reading, before);
	}
}

static void trial_open(struct trial *trial, struct pack_reading *reading)
{
	*trial = (struct trial){.reading = reading,
		.scratch = technique_scratch_new(),
		.tally = technique_tally_new(reading->pack),
		.arena = arena_new(0)};
}

static void trial_close(struct trial *trial)
{
	arena_free(trial->arena);
	buffer_clear(&trial->sentences);
	technique_tally_free(trial->tally);
	technique_scratch_free(trial->scratch);
}

typedef void judge_entry(
	struct trial *trial, enum technique_part part, const struct pack_rule *rule, const json_t *object);

/* Every rule, default and cue, at its place in the file. */
static void each_entry(struct trial *trial, const json_t *root, judge_entry *verdict)
{
	const struct technique_pack *pack = trial->reading->pack;
	const struct {
		const char *name;
		const struct pack_rules *rules;
	} parts[TECHNIQUE_PART_COUNT] = {[TECHNIQUE_PART_RULE] = {"rules", &pack->rules},
		[TECHNIQUE_PART_DEFAULT] = {"defaults", &pack->defaults},
		[TECHNIQUE_PART_CUE] = {"cues", &pack->cues}};
	for (int part = 0; part < TECHNIQUE_PART_COUNT; part++) {
		size_t index;
		const json_t *object;
		size_t before = read_enter(trial->reading, parts[part].name);
		json_array_foreach(json_object_get(root, parts[part].name), index, object)
		{
			size_t inside = read_enter_index(trial->reading, index);
			const struct pack_rule *rule =
				find_rule(parts[part].rules, json_string_value(json_object_get(object, "id")));
			if (rule != NULL)
				verdict(trial, (enum technique_part)part, rule, object);
			read_leave(trial->reading, inside);
		}
		read_leave(trial->reading, before);
	}
}

static void judge_idle(
	struct trial *trial, enum technique_part part, const struct pack_rule *rule, const json_t *object)
{
	const struct technique_tally_row *row = tally_row(trial->tally, part, rule->id);
	(void)object;
	bool votes =
		part == TECHNIQUE_PART_CUE || (part == TECHNIQUE_PART_DEFAULT && trial->reading->pack->cues.count > 0);
	if (part == TECHNIQUE_PART_CUE && row->held == 0)
		read_problem(trial->reading, PACK_NEVER_HOLDS, "\"%s\"", rule->id);
	if (!votes && row->won == 0)
		read_problem(trial->reading, PACK_NEVER_WINS, "\"%s\"", rule->id);
}

static bool in_a_sample(const struct trial *trial, const struct pattern *pattern)
{
	const char *sentence = trial->sentences.data;
	const char *end = sentence + trial->sentences.length;
	for (size_t length; sentence < end; sentence += length + 1) {
		length = strlen(sentence);
		if (pattern_match(pattern, &trial->reading->workspace, sentence, length, 0, NULL) == PATTERN_YES)
			return true;
	}
	return false;
}

static void judge_pattern(struct trial *trial, struct pattern *pattern, const char *shown)
{
	if (pattern->code != NULL && !in_a_sample(trial, pattern))
		read_problem(trial->reading, PACK_UNTRIED_PATTERN, "\"%.80s\"", shown);
	pattern_clear(pattern);
}

static void judge_phrases(struct trial *trial, const json_t *object, const char *list, bool whole)
{
	const json_t *phrases = json_object_get(object, list);
	struct pattern pattern = {0};
	char message[128];
	size_t offset, before = read_enter(trial->reading, list);
	if (json_array_size(phrases) > 0 &&
		pattern_compile(&pattern, read_phrases(trial->reading, phrases, whole), false, message, &offset))
		judge_pattern(trial, &pattern, json_string_value(json_array_get(phrases, 0)));
	read_leave(trial->reading, before);
}

static void judge_patterns(struct trial *trial, const json_t *object)
{
	size_t index;
	const json_t *item;
	judge_phrases(trial, object, "phrases", false);
	judge_phrases(trial, object, "whole", true);
	size_t before = read_enter(trial->reading, "patterns");
	json_array_foreach(json_object_get(object, "patterns"), index, item)
	{
		size_t inside = read_enter_index(trial->reading, index);
		struct pattern pattern = read_pattern(trial->reading, json_string_value(item), false);
		judge_pattern(trial, &pattern, json_string_value(item));
		read_leave(trial->reading, inside);
	}
	read_leave(trial->reading, before);
}

static void judge_need(
	struct trial *trial, enum technique_part part, const struct pack_rule *rule, const json_t *object)
{
	const struct technique_tally_row *row = tally_row(trial->tally, part, rule->id);
	if (part == TECHNIQUE_PART_CUE && row->held > 0 && row->decided == 0)
		read_problem(trial->reading, PACK_NEVER_DECIDES, "\"%s\"", rule->id);
	judge_patterns(trial, object);
}

enum { SHARES = 16 };

/* The samples of a part of the entries, tried beside the others. */
struct share {
	struct pack_reading reading; /* a copy, with findings of its own */
	struct trial trial;
	const json_t *root;
	size_t from, to;
};

static void run_share(void *user, size_t index)
{
	struct share *share = &((struct share *)user)[index];
	trial_open(&share->trial, &share->reading);
	tally_briefly(share->trial.tally);
	run_samples(&share->trial, share->root, kinds, sizeof kinds / sizeof kinds[0], share->from, share->to);
}

/* What was found comes in the order of the file, whoever found it. */
void pack_check(struct pack_reading *reading, const json_t *root)
{
	struct share shares[SHARES];
	struct trial *all = &shares[0].trial;
	size_t count = 0;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		count += json_array_size(json_object_get(root, kinds[i].list));
	for (size_t i = 0; i < SHARES; i++) {
		shares[i] = (struct share){*reading, {0}, root, count * i / SHARES, count * (i + 1) / SHARES};
		shares[i].reading.report.findings = findings_new();
	}
	parallel_run(SHARES, run_share, shares);
	for (size_t i = 0; i < SHARES; i++) {
		findings_append(reading->report.findings, shares[i].reading.report.findings);
		findings_free(shares[i].reading.report.findings);
		if (i > 0)
			tally_merge(all->tally, shares[i].trial.tally);
	}
	all->reading = reading;
	each_entry(all, root, judge_idle);
	for (size_t i = 0; i < SHARES; i++)
		trial_close(&shares[i].trial);
}

void technique_pack_review(const struct technique_pack *pack, const char *file, struct findings *findings)
{
	struct pack_reading reading = {.report = {findings, file, pack->source, pack->source_length}};
	struct findings *known = findings_new();
	json_t *root = json_loadb(pack->source, pack->source_length, 0, NULL);
	struct trial trial;
	/* A copy of its own, since the patterns that are read again go into its arena. */
	if (technique_pack_compile(file, pack->source, pack->source_length, false, known, &reading.pack) == STATUS_OK) {
		pattern_workspace_init(&reading.workspace);
		reading.passing = arena_new(0);
		read_blocks(&reading, root);
		trial_open(&trial, &reading);
		run_samples(
			&trial, root, reviewed_kinds, sizeof reviewed_kinds / sizeof reviewed_kinds[0], 0, SIZE_MAX);
		each_entry(&trial, root, judge_need);
		trial_close(&trial);
		arena_free(reading.passing);
		pattern_workspace_clear(&reading.workspace);
	}
	json_decref(root);
	findings_free(known);
	technique_pack_release(reading.pack);
}
