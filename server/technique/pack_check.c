/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"
#include "pack_read.h"

#include <string.h>

/* What the checks run in. */
struct trial {
	struct pack_reading *reading;
	struct technique_scratch *scratch;
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

/* A default may be outvoted by a cue that says the same. */
static void judge_default_sample(struct trial *trial, const char *id)
{
	const struct pack_rule *rule = find_rule(&trial->reading->pack->defaults, id);
	for (size_t i = 0; rule != NULL && i < trial->analysis.label_count; i++) {
		if (trial->analysis.labels[i].technique == rule->technique)
			return;
	}
	judge_rule_sample(trial, id);
}

static bool holds(struct trial *trial, const char *id)
{
	struct analysis analysis = {.pack = trial->reading->pack,
		.scratch = trial->scratch,
		.context = &trial->context,
		.asked = trial->context.coachee_length > 0 &&
			 trial->context.coachee[trial->context.coachee_length - 1] == '?'};
	const struct pack_rule *cue = find_rule(&trial->reading->pack->cues, id);
	uint64_t candidates[PATTERN_WORDS];
	struct pattern_match match;
	for (size_t i = 0; cue != NULL && i < trial->scratch->segment_count; i++) {
		const struct segment *segment = &trial->scratch->segments[i];
		label_candidates(&analysis, segment, candidates);
		if (label_try(&analysis, segment, cue, candidates, &match) == RULE_FITS)
			return true;
	}
	return false;
}

static void judge_cue_sample(struct trial *trial, const char *id)
{
	if (!holds(trial, id))
		read_problem(trial->reading, PACK_SAMPLE_MISSED, "\"%.120s\"", trial->text);
}

static void judge_cue_near(struct trial *trial, const char *id)
{
	if (holds(trial, id))
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

typedef void judge(struct trial *trial, const char *id);

static void each_sample(struct trial *trial, const json_t *object, const char *list, judge *verdict)
{
	const char *id = json_string_value(json_object_get(object, "id"));
	size_t index;
	const json_t *sample;
	size_t before = read_enter(trial->reading, list);
	json_array_foreach(json_object_get(object, list), index, sample)
	{
		size_t inside = read_enter_index(trial->reading, index);
		if (run(trial, sample))
			verdict(trial, id);
		read_leave(trial->reading, inside);
	}
	read_leave(trial->reading, before);
}

void pack_check(struct pack_reading *reading, const json_t *root)
{
	static const struct {
		const char *list;
		judge *sample, *near;
	} kinds[] = {
		{"rules", judge_rule_sample, judge_rule_near},
		{"defaults", judge_default_sample, judge_rule_near},
		{"cues", judge_cue_sample, judge_cue_near},
		{"safety", judge_safety_sample, judge_safety_near},
		{"privacy", judge_privacy_sample, judge_privacy_near},
	};
	struct trial trial = {.reading = reading, .scratch = technique_scratch_new(), .arena = arena_new(0)};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		size_t index;
		const json_t *object;
		size_t before = read_enter(reading, kinds[i].list);
		json_array_foreach(json_object_get(root, kinds[i].list), index, object)
		{
			size_t inside = read_enter_index(reading, index);
			each_sample(&trial, object, "samples", kinds[i].sample);
			each_sample(&trial, object, "near", kinds[i].near);
			read_leave(reading, inside);
		}
		read_leave(reading, before);
	}
	arena_free(trial.arena);
	technique_scratch_free(trial.scratch);
}
