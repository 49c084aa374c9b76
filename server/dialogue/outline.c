/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/outline.h"

#include "axis.h"
#include "script.h"

#include <limits.h>
#include <string.h>

static const char *const levels[] = {
	[OUTLINE_STATE] = "state",
	[OUTLINE_STAGE] = "stage",
	[OUTLINE_CASE] = "case",
	[OUTLINE_TEMPERAMENT] = "temperament",
};

const char *outline_level_name(enum outline_level level)
{
	return levels[level];
}

/* Where an item of a list stands decides what comes before it. */
static void separate(struct buffer *out, size_t index, size_t count, const char *last)
{
	if (index > 0)
		buffer_text(out, index + 1 == count ? last : ", ");
}

/* An id as words: "open_question" is read as "open question". */
static void spaced(struct buffer *out, const char *id)
{
	for (const char *c = id; *c; c++)
		buffer_char(out, (char)(*c == '_' ? ' ' : *c));
}

static const char *family_word(const struct dialogue *d, unsigned index)
{
	static const char *const words[] = {[TECHNIQUE_OTHER] = "any other remark",
		[TECHNIQUE_QUESTION] = "any question",
		[TECHNIQUE_REFLECTION] = "any listening",
		[TECHNIQUE_INPUT] = "any telling"};

	(void)d;
	return words[index];
}

/* How each kind of condition that is a set of things is said. */
static const struct {
	const char *before, *any, *last;
	axis_name *name;
	unsigned count; /* 0: as many as `name` knows */
	bool words;     /* ids of ours, read as words; an author's stay as they are */
} sets[] = {
	[CONDITION_TECHNIQUE] = {"", NULL, " or ", axis_technique, TECHNIQUE_COUNT, true},
	[CONDITION_FAMILY] = {"", NULL, " or ", family_word, TECHNIQUE_FAMILY_COUNT, true},
	[CONDITION_FORM] = {"form ", NULL, " or ", axis_form, TECHNIQUE_FORM_COUNT, true},
	[CONDITION_HAS] = {"somewhere in it ", NULL, " or ", axis_technique, TECHNIQUE_COUNT, true},
	[CONDITION_HAS_NOT] = {"nowhere in it ", NULL, " or ", axis_technique, TECHNIQUE_COUNT, true},
	[CONDITION_FLAG] = {"marked ", NULL, " or ", axis_flag, TECHNIQUE_FLAG_COUNT, true},
	[CONDITION_TOPIC] = {"about ", "about any topic", " or ", axis_topic, 0, false},
	[CONDITION_FOLLOWS] = {"picks up ", "picks up any cue", " or ", axis_cue, 0, false},
	[CONDITION_FOCUS] = {"aims at ", NULL, " or ", axis_focus, TECHNIQUE_FOCUS_COUNT, true},
	[CONDITION_ASKS] = {"asks for ", NULL, " or ", axis_asks, TECHNIQUE_ASKS_COUNT, true},
	[CONDITION_DISCLOSED] = {"told: ", NULL, " and ", axis_disclosure, 0, false},
	[CONDITION_NOT_DISCLOSED] = {"not told yet: ", NULL, ", ", axis_disclosure, 0, false},
	[CONDITION_LAST_DISCLOSED] = {"just told: ", NULL, " or ", axis_disclosure, 0, false},
	[CONDITION_OPEN_TOPIC] = {"open topic: ", NULL, " or ", axis_topic, 0, false},
	[CONDITION_READY] = {"ready for stage ", NULL, " or ", axis_stage, 0, false},
	[CONDITION_STAGE] = {"in stage ", NULL, " or ", axis_stage, 0, false},
	[CONDITION_STATE] = {"in state ", NULL, " or ", axis_state, 0, false},
};

static const char *member(const struct dialogue *d, enum condition_kind kind, unsigned index)
{
	if (sets[kind].count > 0 && index >= sets[kind].count)
		return NULL;
	return sets[kind].name(d, index);
}

static size_t count_names(const struct dialogue *d, const struct condition *condition)
{
	size_t count = 0;

	for (unsigned i = 0; i < 64; i++)
		count += (condition->mask & SCRIPT_BIT(i)) != 0 && member(d, condition->kind, i);
	return count;
}

static void say_names(const struct dialogue *d, const struct condition *condition, struct buffer *out)
{
	enum condition_kind kind = condition->kind;
	size_t count = count_names(d, condition), at = 0;

	for (unsigned i = 0; i < 64; i++) {
		const char *name = (condition->mask & SCRIPT_BIT(i)) != 0 ? member(d, kind, i) : NULL;

		if (!name)
			continue;
		separate(out, at++, count, sets[kind].last);
		if (sets[kind].words)
			spaced(out, name);
		else
			buffer_text(out, name);
	}
}

/* `bracketed`: more than one name is put in brackets. */
static void say_set(const struct dialogue *d, const struct condition *condition, bool bracketed, struct buffer *out)
{
	enum condition_kind kind = condition->kind;
	size_t count = count_names(d, condition);

	/* A temperament may name a stage that this case does not have. */
	if (count == 0 || (condition->mask == SCRIPT_ALL && sets[kind].any)) {
		buffer_text(out, count == 0 ? "never" : sets[kind].any);
		return;
	}
	bracketed = bracketed && count > 1;
	buffer_text(out, bracketed ? "(" : "");
	buffer_text(out, sets[kind].before);
	say_names(d, condition, out);
	buffer_text(out, bracketed ? ")" : "");
}

static void say_range(const struct condition *condition, struct buffer *out)
{
	if (condition->least == condition->most)
		buffer_format(out, "exactly %d", condition->least);
	else if (condition->most == INT_MAX)
		buffer_format(out, "at least %d", condition->least);
	else if (condition->least == INT_MIN)
		buffer_format(out, "at most %d", condition->most);
	else
		buffer_format(out, "%d to %d", condition->least, condition->most);
}

static void say_counter(const struct dialogue *d, const struct condition *condition, struct buffer *out)
{
	switch (condition->counter) {
	case COUNTER_TURNS:
		buffer_text(out, "messages so far: ");
		break;
	case COUNTER_DISCLOSED:
		buffer_text(out, "things told so far: ");
		break;
	case COUNTER_ASKED:
		buffer_text(out, "times of ");
		spaced(out, technique_name((enum technique_id)condition->index));
		buffer_text(out, ": ");
		break;
	case COUNTER_STREAK:
		spaced(out, technique_name((enum technique_id)condition->index));
		buffer_text(out, " in a row: ");
		break;
	case COUNTER_STREAK_FAMILY:
		buffer_format(out, "%s in a row: ", technique_family_name((enum technique_family)condition->index));
		break;
	case COUNTER_VISITS:
		buffer_format(out, "visits to %s: ", d->states[condition->index].id);
		break;
	case COUNTER_RIGHT:
		buffer_text(out, "exercises done well so far: ");
		break;
	case COUNTER_WORDS:
		buffer_text(out, "words typed: ");
		break;
	case COUNTER_QUESTIONS:
		buffer_text(out, "questions asked at once: ");
		break;
	case COUNTER_SHOWN:
		buffer_text(out, "answers shown so far: ");
		break;
	case COUNTER_TRIES:
		buffer_text(out, "tries at this exercise: ");
		break;
	case COUNTER_SINCE:
		buffer_format(out, "messages since %s changed: ", d->info.variables[condition->index].label);
		break;
	}
	say_range(condition, out);
}

/* Three of the words are enough to know a list by. */
static void say_phrases(const struct script_phrases *phrases, struct buffer *out)
{
	const size_t shown = phrases->word_count < 4 ? phrases->word_count : 3;

	buffer_text(out, "says ");
	if (phrases->id) {
		buffer_text(out, phrases->id);
		return;
	}
	for (size_t i = 0; i < shown; i++) {
		separate(out, i, phrases->word_count, " or ");
		buffer_format(out, "\"%s\"", phrases->word_texts[i]);
	}
	buffer_text(out, shown < phrases->word_count ? " ..." : "");
}

static void say(const struct dialogue *d, const struct condition *condition, bool inside, struct buffer *out);

/* A list of conditions that must all hold, inside another such, is read as part of it. */
static void say_parts(const struct dialogue *d, const struct condition *condition, const char *between, bool inside,
	bool *first, struct buffer *out)
{
	for (size_t i = 0; i < condition->count; i++) {
		const struct condition *part = &condition->children[i];

		if (part->kind == CONDITION_ALL && condition->kind == CONDITION_ALL) {
			say_parts(d, part, between, inside, first, out);
			continue;
		}
		if (!*first)
			buffer_text(out, between);
		*first = false;
		say(d, part, inside, out);
	}
}

/* Inside another condition lists are bracketed, so that "and" and "or" cannot be taken for one another. */
static void say_list(const struct dialogue *d, const struct condition *condition, bool inside, struct buffer *out)
{
	bool any = condition->kind == CONDITION_ANY, bracketed = inside && condition->count > 1, first = true;

	if (bracketed)
		buffer_char(out, '(');
	say_parts(d, condition, any ? " or " : inside ? " and " : "; ", any || inside, &first, out);
	if (bracketed)
		buffer_char(out, ')');
}

static void say(const struct dialogue *d, const struct condition *condition, bool inside, struct buffer *out)
{
	switch (condition->kind) {
	case CONDITION_PREMATURE:
		buffer_text(out, condition->mask ? "aims at a stage that is not ready"
						 : "does not aim at a stage that is not ready");
		break;
	case CONDITION_PERMISSION:
		buffer_text(out, condition->mask ? "after asking leave and getting it" : "without leave just given");
		break;
	case CONDITION_PHRASE:
		say_phrases(&d->phrases[condition->index], out);
		break;
	case CONDITION_VARIABLE:
		buffer_format(out, "%s ", d->info.variables[condition->index].label);
		say_range(condition, out);
		break;
	case CONDITION_COUNTER:
		say_counter(d, condition, out);
		break;
	case CONDITION_ALL:
	case CONDITION_ANY:
		say_list(d, condition, inside, out);
		break;
	case CONDITION_NOT:
		buffer_text(out, "not ");
		say(d, condition->children, true, out);
		break;
	default:
		say_set(d, condition, inside, out);
		break;
	}
}

void outline_condition(const struct dialogue *dialogue, const struct condition *condition, struct buffer *out)
{
	if (condition)
		say(dialogue, condition, false, out);
	else
		buffer_text(out, "always");
}

/* What opens a disclosure, families before techniques. */
static const char *opener_words(const struct script_opener *opener, struct arena *arena)
{
	const char *names[TECHNIQUE_COUNT + TECHNIQUE_FAMILY_COUNT + 1];
	struct buffer text = {0};
	const char *words;
	size_t count = 0;

	if (opener->open_questions)
		names[count++] = "open questions";
	for (unsigned i = 0; i < TECHNIQUE_FAMILY_COUNT; i++)
		if ((opener->families & 1U << i) != 0)
			names[count++] = family_word(NULL, i);
	for (unsigned i = 0; i < TECHNIQUE_COUNT; i++)
		if ((opener->techniques & (uint32_t)1 << i) != 0)
			names[count++] = axis_technique(NULL, i);
	for (size_t i = 0; i < count; i++) {
		separate(&text, i, count, " or ");
		spaced(&text, names[i]);
	}
	words = arena_copy(arena, text.data ? text.data : "", text.length);
	buffer_clear(&text);
	return words;
}

/* What aims at a stage, from the model: questions by what they are about, techniques by themselves, words. */
static const char *aims_words(const struct script_stage *stage, struct arena *arena)
{
	const struct condition focus = {.kind = CONDITION_FOCUS, .mask = stage->focus};
	const struct condition techniques = {.kind = CONDITION_TECHNIQUE, .mask = stage->techniques};
	const char *words = NULL;
	struct buffer text = {0};

	if (stage->focus) {
		buffer_text(&text, "questions about ");
		say_names(NULL, &focus, &text);
	}
	if (stage->techniques) {
		buffer_text(&text, text.length ? ", any " : "any ");
		say_names(NULL, &techniques, &text);
	}
	if (stage->words)
		buffer_text(&text, text.length ? ", words that the model names" : "words that the model names");
	if (text.length)
		words = arena_text(arena, text.data);
	buffer_clear(&text);
	return words;
}

static const char *tells(const struct dialogue *d, const struct script_rule *rule, struct arena *arena)
{
	static const char *const words[] = {
		[DISCLOSE_NAMED] = "tells what comes next on the topic named",
		[DISCLOSE_DEEPER] = "tells what comes next on the open topic",
		[DISCLOSE_NEXT] = "tells what comes next",
		[DISCLOSE_SHORT] = "gives the short answer",
		[DISCLOSE_AGAIN] = "says that there is no more on the topic",
	};

	if (rule->disclose == DISCLOSE_NOTHING)
		return NULL;
	return rule->disclose == DISCLOSE_ID ? arena_format(arena, "tells %s", d->disclosures[rule->disclosure].id)
					     : words[rule->disclose];
}

void outline_rule_words(const struct dialogue *dialogue, const struct outline_rule *rule, struct buffer *out)
{
	outline_condition(dialogue, rule->when, out);
	if (rule->once)
		buffer_text(out, "; once");
	if (rule->tells)
		buffer_format(out, "; %s", rule->tells);
	if (rule->history)
		buffer_text(out, "; to where the stage was left, if it was");
}

static void add_rules(struct outline *outline, struct outline_rule *out, const struct dialogue *d,
	const struct script_rules *rules, enum outline_level level, size_t at, struct arena *arena)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct script_rule *rule = &rules->rules[i];
		size_t target = rule->target;

		if (rule->go == GO_STAGE || rule->go == GO_HISTORY)
			target = d->stages[rule->target].first_state;
		out[outline->rule_count++] = (struct outline_rule){.id = rule->id,
			.because = rule->because,
			.level = level,
			.at = at,
			.when = rule->when,
			.tells = tells(d, rule, arena),
			.once = rule->once,
			.moves = rule->go != GO_NOWHERE,
			.history = rule->go == GO_HISTORY,
			.target = rule->go != GO_NOWHERE ? target : 0};
	}
}

static void read_rules(struct outline *outline, const struct dialogue *d, struct arena *arena)
{
	struct outline_rule *rules = arena_array(arena, d->rule_count, sizeof *rules);

	for (size_t i = 0; i < d->state_count; i++)
		add_rules(outline, rules, d, &d->states[i].rules, OUTLINE_STATE, i, arena);
	for (size_t i = 0; i < d->info.stage_count; i++)
		add_rules(outline, rules, d, &d->stages[i].rules, OUTLINE_STAGE, i, arena);
	add_rules(outline, rules, d, &d->rules, OUTLINE_CASE, 0, arena);
	add_rules(outline, rules, d, &d->temperament_rules, OUTLINE_TEMPERAMENT, 0, arena);
	outline->rules = rules;
}

static void read_stages(struct outline *outline, const struct dialogue *d, struct arena *arena)
{
	struct outline_stage *stages = arena_array(arena, d->info.stage_count, sizeof *stages);
	struct outline_state *states = arena_array(arena, d->state_count, sizeof *states);

	for (size_t i = 0; i < d->info.stage_count; i++) {
		const struct dialogue_stage_info *info = &d->info.stages[i];
		const struct script_stage *stage = &d->stages[i];

		stages[i] = (struct outline_stage){info->id, info->name ? info->name : info->id, info->purpose,
			aims_words(stage, arena), stage->ready, stage->done, stage->first_state, stage->state_count};
	}
	for (size_t i = 0; i < d->state_count; i++)
		states[i] = (struct outline_state){d->states[i].id, d->states[i].stage, d->states[i].final};
	outline->stages = stages;
	outline->stage_count = d->info.stage_count;
	outline->states = states;
	outline->state_count = d->state_count;
	outline->start = d->start;
}

static void read_rest(struct outline *outline, const struct dialogue *d, struct arena *arena)
{
	struct outline_ending *endings = arena_array(arena, d->info.ending_count, sizeof *endings);
	struct outline_topic *topics = arena_array(arena, d->topic_count, sizeof *topics);
	struct outline_disclosure *disclosures = arena_array(arena, d->info.disclosure_count, sizeof *disclosures);

	for (size_t i = 0; i < d->info.ending_count; i++)
		endings[i] = (struct outline_ending){
			d->info.endings[i].id, d->info.endings[i].title, d->endings[i].when, d->endings[i].automatic};
	for (size_t i = 0; i < d->topic_count; i++)
		topics[i] = (struct outline_topic){d->topics[i].id, d->topics[i].name};
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		const struct script_disclosure *disclosure = &d->disclosures[i];

		disclosures[i] = (struct outline_disclosure){disclosure->id, disclosure->topic, disclosure->depth,
			disclosure->needs, opener_words(&disclosure->opened_by, arena)};
	}
	outline->endings = endings;
	outline->ending_count = d->info.ending_count;
	outline->topics = topics;
	outline->topic_count = d->topic_count;
	outline->disclosures = disclosures;
	outline->disclosure_count = d->info.disclosure_count;
}

const struct outline *outline_new(const struct dialogue *dialogue, struct arena *arena)
{
	struct outline *outline = arena_alloc(arena, sizeof *outline);

	outline->dialogue = dialogue;
	read_stages(outline, dialogue, arena);
	read_rules(outline, dialogue, arena);
	read_rest(outline, dialogue, arena);
	return outline;
}
