/* SPDX-License-Identifier: Apache-2.0 */
#include "describe.h"
#include "axis.h"

#include "askwell/outline.h"

#include <limits.h>

static const char *name_family(const struct dialogue *dialogue, unsigned index)
{
	(void)dialogue;
	return technique_family_name((enum technique_family)index);
}

static uint64_t bits_below(size_t count)
{
	return count >= 64 ? SCRIPT_ALL : SCRIPT_BIT(count) - 1;
}

static void list_bits(struct buffer *out, const struct dialogue *dialogue, uint64_t bits, size_t count, axis_name *name)
{
	unsigned written = 0;
	if ((bits & bits_below(count)) == 0) {
		buffer_text(out, "nothing");
		return;
	}
	if ((bits & bits_below(count)) == bits_below(count)) {
		buffer_text(out, "any");
		return;
	}
	for (unsigned i = 0; i < count; i++)
		if ((bits & SCRIPT_BIT(i)) != 0)
			buffer_format(out, "%s%s", written++ == 0 ? "" : " or ", name(dialogue, i));
}

/* What a message or a run is on one axis, as bits; and how the axis is called. */
struct axis {
	enum condition_kind kind;
	const char *words;
	axis_name *name;
};
static const struct axis axes[] = {
	{CONDITION_TECHNIQUE, "technique", axis_technique},
	{CONDITION_FAMILY, "family", name_family},
	{CONDITION_FORM, "form", axis_form},
	{CONDITION_FOCUS, "focus", axis_focus},
	{CONDITION_ASKS, "asks", axis_asks},
	{CONDITION_HAS, "labels", axis_technique},
	{CONDITION_HAS_NOT, "labels", axis_technique},
	{CONDITION_FLAG, "flag", axis_flag},
	{CONDITION_TOPIC, "topic", axis_topic},
	{CONDITION_FOLLOWS, "follows", axis_cue},
	{CONDITION_DISCLOSED, "told", axis_disclosure},
	{CONDITION_NOT_DISCLOSED, "told", axis_disclosure},
	{CONDITION_STAGE, "stage", axis_stage},
	{CONDITION_STATE, "state", axis_state},
	{CONDITION_LAST_DISCLOSED, "told last", axis_disclosure},
	{CONDITION_OPEN_TOPIC, "open topic", axis_topic},
	{CONDITION_READY, "ready", axis_stage},
};

static size_t axis_size(const struct dialogue *d, enum condition_kind kind)
{
	switch (kind) {
	case CONDITION_FAMILY:
		return TECHNIQUE_FAMILY_COUNT;
	case CONDITION_FORM:
		return TECHNIQUE_FORM_COUNT;
	case CONDITION_FOCUS:
		return TECHNIQUE_FOCUS_COUNT;
	case CONDITION_ASKS:
		return TECHNIQUE_ASKS_COUNT;
	case CONDITION_FLAG:
		return TECHNIQUE_FLAG_COUNT;
	case CONDITION_TOPIC:
	case CONDITION_OPEN_TOPIC:
		return d->topic_count;
	case CONDITION_FOLLOWS:
		return d->info.cue_count;
	case CONDITION_DISCLOSED:
	case CONDITION_NOT_DISCLOSED:
	case CONDITION_LAST_DISCLOSED:
		return d->info.disclosure_count;
	case CONDITION_STAGE:
	case CONDITION_READY:
		return d->info.stage_count;
	case CONDITION_STATE:
		return d->state_count;
	default:
		return TECHNIQUE_COUNT;
	}
}

static uint64_t ready_stages(const struct moment *m)
{
	uint64_t stages = 0;
	for (size_t i = 0; i < m->dialogue->info.stage_count; i++)
		if (condition_check(m->dialogue->stages[i].ready, m) == VERDICT_YES)
			stages |= SCRIPT_BIT(i);
	return stages;
}

static uint64_t bit_of(int index)
{
	return index == SCRIPT_NONE ? 0 : SCRIPT_BIT(index);
}

static uint64_t axis_value(const struct moment *m, enum condition_kind kind)
{
	switch (kind) {
	case CONDITION_TECHNIQUE:
		return SCRIPT_BIT(m->primary->technique);
	case CONDITION_FAMILY:
		return SCRIPT_BIT(m->primary->family);
	case CONDITION_FORM:
		return SCRIPT_BIT(m->primary->form);
	case CONDITION_FOCUS:
		return SCRIPT_BIT(m->primary->focus);
	case CONDITION_ASKS:
		return SCRIPT_BIT(m->primary->asks);
	case CONDITION_FLAG:
		return m->flags;
	case CONDITION_TOPIC:
		return m->topics;
	case CONDITION_FOLLOWS:
		return m->follows;
	case CONDITION_DISCLOSED:
	case CONDITION_NOT_DISCLOSED:
		return m->run->disclosed;
	case CONDITION_LAST_DISCLOSED:
		return bit_of(m->run->disclosure);
	case CONDITION_OPEN_TOPIC:
		return bit_of(m->run->topic);
	case CONDITION_READY:
		return ready_stages(m);
	case CONDITION_STAGE:
		return SCRIPT_BIT(m->run->stage);
	case CONDITION_STATE:
		return SCRIPT_BIT(m->run->state);
	default:
		return m->techniques;
	}
}

static void describe_axis(
	struct buffer *out, const struct axis *axis, const struct condition *condition, const struct moment *m)
{
	size_t size = axis_size(m->dialogue, axis->kind);
	uint64_t value = axis_value(m, axis->kind), mask = condition->mask;
	bool wanted = axis->kind != CONDITION_HAS_NOT && axis->kind != CONDITION_NOT_DISCLOSED;
	if (axis->kind == CONDITION_DISCLOSED) {
		buffer_text(out, "not told yet: ");
		list_bits(out, m->dialogue, mask & ~value, size, axis->name);
		return;
	}
	buffer_format(out, "%s: ", axis->words);
	list_bits(out, m->dialogue, wanted ? value : value & mask, size, axis->name);
	buffer_text(out, wanted ? ", wanted: " : ", wanted: none of ");
	list_bits(out, m->dialogue, mask, size, axis->name);
}

static void describe_range(struct buffer *out, const struct condition *condition, int value)
{
	buffer_format(out, " is %d, wanted: ", value);
	if (condition->least == condition->most)
		buffer_format(out, "%d", condition->least);
	else if (condition->most == INT_MAX)
		buffer_format(out, "at least %d", condition->least);
	else if (condition->least == INT_MIN)
		buffer_format(out, "at most %d", condition->most);
	else
		buffer_format(out, "%d to %d", condition->least, condition->most);
}

static void name_counter(struct buffer *out, const struct dialogue *d, const struct condition *condition)
{
	switch (condition->counter) {
	case COUNTER_TURNS:
		buffer_text(out, "turns");
		return;
	case COUNTER_DISCLOSED:
		buffer_text(out, "disclosed");
		return;
	case COUNTER_RIGHT:
		buffer_text(out, "right");
		return;
	case COUNTER_SHOWN:
		buffer_text(out, "shown");
		return;
	case COUNTER_TRIES:
		buffer_text(out, "tries");
		return;
	case COUNTER_WORDS:
		buffer_text(out, "words");
		return;
	case COUNTER_QUESTIONS:
		buffer_text(out, "questions");
		return;
	case COUNTER_ASKED:
		buffer_format(out, "asked.%s", axis_technique(d, condition->index));
		return;
	case COUNTER_STREAK:
		buffer_format(out, "streak.%s", axis_technique(d, condition->index));
		return;
	case COUNTER_STREAK_FAMILY:
		buffer_format(out, "streak.%s", name_family(d, condition->index));
		return;
	case COUNTER_VISITS:
		buffer_format(out, "visits.%s", axis_state(d, condition->index));
		return;
	case COUNTER_SINCE:
		buffer_format(out, "since.%s", d->info.variables[condition->index].id);
		return;
	}
}

static void describe_parts(struct buffer *out, const struct condition *condition, const struct moment *m);

static void describe(struct buffer *out, const struct condition *condition, const struct moment *m)
{
	for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
		if (axes[i].kind == condition->kind) {
			describe_axis(out, &axes[i], condition, m);
			return;
		}
	switch (condition->kind) {
	case CONDITION_PREMATURE:
		buffer_format(out, "premature is %s", m->premature ? "true" : "false");
		return;
	case CONDITION_PERMISSION:
		buffer_format(out, "permission is %s", m->permission ? "true" : "false");
		return;
	case CONDITION_PHRASE:
		buffer_text(out, "not said: ");
		outline_condition(m->dialogue, condition, out);
		return;
	case CONDITION_VARIABLE:
		buffer_text(out, m->dialogue->info.variables[condition->index].id);
		describe_range(out, condition, m->run->variables[condition->index]);
		return;
	case CONDITION_COUNTER:
		name_counter(out, m->dialogue, condition);
		describe_range(out, condition, condition_counter(condition, m));
		return;
	case CONDITION_NOT:
		buffer_text(out, "ruled out: ");
		outline_condition(m->dialogue, condition->children, out);
		return;
	default:
		describe_parts(out, condition, m);
		return;
	}
}

/* The parts that do not hold. */
static void describe_parts(struct buffer *out, const struct condition *condition, const struct moment *m)
{
	unsigned written = 0;
	for (size_t i = 0; i < condition->count; i++) {
		if (condition_check(&condition->children[i], m) == VERDICT_YES)
			continue;
		buffer_text(out, written++ == 0 ? "" : condition->kind == CONDITION_ANY ? "; nor: " : "; and ");
		describe(out, &condition->children[i], m);
	}
}

const char *describe_want(const struct condition *condition, const struct moment *moment, struct arena *arena)
{
	struct buffer text = {0};
	describe(&text, condition, moment);
	const char *words = arena_copy(arena, text.length > 0 ? text.data : "", text.length);
	buffer_clear(&text);
	return words;
}

/* One disclosure that stays closed, and by what. */
static void describe_closed(struct buffer *out, unsigned index, const struct moment *m)
{
	const struct script_disclosure *disclosure = &m->dialogue->disclosures[index];
	if ((m->run->disclosed & SCRIPT_BIT(index)) != 0) {
		buffer_format(out, "%s is told already", disclosure->id);
	} else if (!opener_fits(&disclosure->opened_by, m->primary)) {
		buffer_format(
			out, "%s is not opened by %s", disclosure->id, axis_technique(NULL, m->primary->technique));
	} else {
		buffer_format(out, "%s needs more: ", disclosure->id);
		describe(out, disclosure->needs, m);
	}
}

/* What would have been told next, had it been open. */
static int first_closed(const struct script_rule *rule, const struct moment *m)
{
	const struct dialogue *d = m->dialogue;
	uint64_t topics = rule->disclose == DISCLOSE_NAMED    ? m->asked_about
			  : rule->disclose == DISCLOSE_DEEPER ? bit_of(m->run->topic)
			  : rule->disclose == DISCLOSE_TOPIC  ? SCRIPT_BIT(rule->disclosure)
			  : rule->disclose == DISCLOSE_NEXT   ? SCRIPT_ALL
							      : 0;
	for (size_t i = 0; i < d->info.disclosure_count; i++) {
		unsigned index = d->disclosure_order[i];
		const struct script_disclosure *disclosure = &d->disclosures[index];
		bool open = opener_fits(&disclosure->opened_by, m->primary) &&
			    condition_check(disclosure->needs, m) == VERDICT_YES;
		if ((m->run->disclosed & SCRIPT_BIT(index)) == 0 && (topics & SCRIPT_BIT(disclosure->topic)) != 0 &&
			!open)
			return (int)index;
	}
	return SCRIPT_NONE;
}

const char *describe_disclose(const struct script_rule *rule, const struct moment *moment, struct arena *arena)
{
	static const char *const nothing[] = {
		[DISCLOSE_NOTHING] = "",
		[DISCLOSE_NAMED] = "nothing on a topic that the message names can be opened now",
		[DISCLOSE_DEEPER] = "nothing on the topic that is open can be opened now",
		[DISCLOSE_NEXT] = "nothing at all can be opened now",
		[DISCLOSE_TOPIC] = "nothing on its topic can be opened now",
		[DISCLOSE_SHORT] = "there is no short answer on that topic",
		[DISCLOSE_AGAIN] = "no topic is open or named that has \"again\" lines",
	};
	struct buffer text = {0};
	int closed = rule->disclose == DISCLOSE_ID ? (int)rule->disclosure : first_closed(rule, moment);
	if (rule->disclose != DISCLOSE_ID)
		buffer_text(&text, nothing[rule->disclose]);
	if (closed != SCRIPT_NONE) {
		buffer_text(&text, rule->disclose != DISCLOSE_ID ? "; " : "");
		describe_closed(&text, (unsigned)closed, moment);
	}
	const char *words = arena_copy(arena, text.data, text.length);
	buffer_clear(&text);
	return words;
}
