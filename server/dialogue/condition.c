/* SPDX-License-Identifier: Apache-2.0 */
#include "moment.h"

#include <string.h>

#define SINCE_NEVER 100000

/* Flags that need a conversation around the message. */
#define FLAGS_OF_RUN                                                                                                   \
	(SCRIPT_BIT(TECHNIQUE_FLAG_PARROTING) | SCRIPT_BIT(TECHNIQUE_FLAG_INTERROGATION_STREAK) |                      \
		SCRIPT_BIT(TECHNIQUE_FLAG_PREMATURE_STAGE) | SCRIPT_BIT(TECHNIQUE_FLAG_IGNORED_FEELING) |              \
		SCRIPT_BIT(TECHNIQUE_FLAG_PERMITTED))

_Static_assert(TECHNIQUE_COUNT <= KINDS_ASKS - KINDS_TECHNIQUE && TECHNIQUE_ASKS_COUNT <= KINDS_FAMILY - KINDS_ASKS &&
		       TECHNIQUE_FAMILY_COUNT <= KINDS_FORM - KINDS_FAMILY && TECHNIQUE_FORM_COUNT <= 64 - KINDS_FORM,
	"each member has room");

uint64_t moment_kinds(const struct technique_label *label)
{
	return SCRIPT_BIT(KINDS_TECHNIQUE + label->technique) | SCRIPT_BIT(KINDS_ASKS + label->asks) |
	       SCRIPT_BIT(KINDS_FAMILY + label->family) | SCRIPT_BIT(KINDS_FORM + label->form);
}

void moment_read(struct moment *moment, const struct technique_analysis *analysis)
{
	moment->primary = analysis->primary;
	moment->kinds = moment_kinds(analysis->primary);
	moment->words = (int)analysis->word_count;
	moment->questions = (int)analysis->question_count;
	for (size_t i = 0; i < analysis->label_count; i++)
		moment->techniques |= SCRIPT_BIT(analysis->labels[i].technique);
	for (size_t i = 0; i < analysis->flag_count; i++)
		moment->flags |= SCRIPT_BIT(analysis->flags[i].id);
	if ((moment->flags & SCRIPT_BIT(TECHNIQUE_FLAG_STACKED)) != 0)
		moment->techniques |= SCRIPT_BIT(TECHNIQUE_MULTIPLE_QUESTIONS);
}

void moment_find_words(struct moment *moment, struct technique_scratch *scratch, const char *text, size_t length)
{
	uint64_t found[1 + SCRIPT_PHRASES_MAX / 64] = {0};
	technique_words_index_find(moment->dialogue->word_index, scratch, text, length, found);
	moment->topics = found[0];
	memcpy(moment->phrases, found + 1, SCRIPT_PHRASES_MAX / 8);
	moment->phrases[SCRIPT_NO_PHRASE / 64] = SCRIPT_BIT(SCRIPT_NO_PHRASE % 64);
}

static enum verdict yes_if(bool holds)
{
	return holds ? VERDICT_YES : VERDICT_NO;
}

static enum verdict has_index(uint64_t mask, const struct technique_label *primary, unsigned index)
{
	return yes_if(primary != NULL && (mask & SCRIPT_BIT(index)) != 0);
}

static enum verdict check_flags(uint64_t mask, const struct moment *m)
{
	if ((m->flags & mask) != 0)
		return VERDICT_YES;
	return m->run == NULL && (mask & FLAGS_OF_RUN) != 0 ? VERDICT_MAYBE : VERDICT_NO;
}

int condition_counter(const struct condition *condition, const struct moment *m)
{
	const struct engine_run *run = m->run;
	switch (condition->counter) {
	case COUNTER_TURNS:
		return (int)run->turns;
	case COUNTER_DISCLOSED:
		return __builtin_popcountll(run->disclosed);
	case COUNTER_ASKED:
		return run->asked[condition->index];
	case COUNTER_STREAK:
		return run->streak > 0 && run->last_technique == condition->index ? run->streak : 0;
	case COUNTER_STREAK_FAMILY:
		return run->family_streak > 0 && run->last_family == condition->index ? run->family_streak : 0;
	case COUNTER_VISITS:
		return run_visits(run)[condition->index];
	case COUNTER_SINCE: {
		uint16_t since = run_since(run)[condition->index];
		return since == 0 ? SINCE_NEVER : (int)run->turns - since;
	}
	case COUNTER_RIGHT:
		return __builtin_popcountll(run->exercises_right);
	case COUNTER_SHOWN:
		return __builtin_popcountll(run->exercises_done & ~run->exercises_right);
	case COUNTER_TRIES:
		return run->tries + 1;
	case COUNTER_WORDS:
		return m->words;
	case COUNTER_QUESTIONS:
		return m->questions;
	}
	return 0;
}

/* Any of the stages could be gone to now. `ready` conditions may not ask for `ready` themselves. */
static enum verdict check_ready(uint64_t stages, const struct moment *m)
{
	enum verdict verdict = VERDICT_NO;
	for (size_t i = 0; i < m->dialogue->info.stage_count; i++) {
		enum verdict one =
			(stages & SCRIPT_BIT(i)) != 0 ? condition_check(m->dialogue->stages[i].ready, m) : VERDICT_NO;
		verdict = one > verdict ? one : verdict;
	}
	return verdict;
}

/* Conditions on the run alone. */
static enum verdict check_run(const struct condition *condition, const struct moment *m)
{
	const struct engine_run *run = m->run;
	if (run == NULL)
		return VERDICT_MAYBE;
	int value;
	switch (condition->kind) {
	case CONDITION_VARIABLE:
		value = run->variables[condition->index];
		return yes_if(value >= condition->least && value <= condition->most);
	case CONDITION_COUNTER:
		value = condition_counter(condition, m);
		return yes_if(value >= condition->least && value <= condition->most);
	case CONDITION_DISCLOSED:
		return yes_if((run->disclosed & condition->mask) == condition->mask);
	case CONDITION_NOT_DISCLOSED:
		return yes_if((run->disclosed & condition->mask) == 0);
	case CONDITION_LAST_DISCLOSED:
		return yes_if(run->disclosure >= 0 && (condition->mask & SCRIPT_BIT(run->disclosure)) != 0);
	case CONDITION_OPEN_TOPIC:
		return yes_if(run->topic >= 0 && (condition->mask & SCRIPT_BIT(run->topic)) != 0);
	case CONDITION_READY:
		return check_ready(condition->mask, m);
	case CONDITION_STAGE:
		return yes_if((condition->mask & SCRIPT_BIT(run->stage)) != 0);
	case CONDITION_STATE:
		return yes_if((condition->mask & SCRIPT_BIT(run->state)) != 0);
	case CONDITION_PREMATURE:
		return yes_if(m->premature == (condition->mask != 0));
	default:
		return yes_if(m->permission == (condition->mask != 0));
	}
}

static enum verdict check_children(const struct condition *condition, const struct moment *m)
{
	bool all = condition->kind == CONDITION_ALL;
	enum verdict verdict = all ? VERDICT_YES : VERDICT_NO;
	for (size_t i = 0; i < condition->count; i++) {
		enum verdict child = condition_check(&condition->children[i], m);
		if (all ? child < verdict : child > verdict)
			verdict = child;
		if (verdict == (all ? VERDICT_NO : VERDICT_YES))
			break;
	}
	return verdict;
}

enum verdict condition_check(const struct condition *condition, const struct moment *m)
{
	if (condition == NULL)
		return VERDICT_YES;
	uint64_t mask = condition->mask;
	switch (condition->kind) {
	case CONDITION_TECHNIQUE:
		return has_index(mask, m->primary, m->primary != NULL ? (unsigned)m->primary->technique : 0);
	case CONDITION_FAMILY:
		return has_index(mask, m->primary, m->primary != NULL ? (unsigned)m->primary->family : 0);
	case CONDITION_FORM:
		return has_index(mask, m->primary, m->primary != NULL ? (unsigned)m->primary->form : 0);
	case CONDITION_FOCUS:
		return has_index(mask, m->primary, m->primary != NULL ? (unsigned)m->primary->focus : 0);
	case CONDITION_ASKS:
		return has_index(mask, m->primary, m->primary != NULL ? (unsigned)m->primary->asks : 0);
	case CONDITION_HAS:
		return yes_if((m->techniques & mask) != 0);
	case CONDITION_HAS_NOT:
		return yes_if((m->techniques & mask) == 0);
	case CONDITION_FLAG:
		return check_flags(mask, m);
	case CONDITION_TOPIC:
		return m->any_case ? VERDICT_MAYBE : yes_if((m->topics & mask) != 0);
	case CONDITION_FOLLOWS:
		return m->any_case ? VERDICT_MAYBE : yes_if((m->follows & mask) != 0);
	case CONDITION_PHRASE:
		return yes_if((m->phrases[condition->index / 64] & SCRIPT_BIT(condition->index % 64)) != 0);
	case CONDITION_ALL:
	case CONDITION_ANY:
		return check_children(condition, m);
	case CONDITION_NOT:
		return (enum verdict)(VERDICT_YES - condition_check(condition->children, m));
	case CONDITION_COUNTER:
		if (condition->counter == COUNTER_WORDS)
			return yes_if(m->words >= condition->least && m->words <= condition->most);
		if (condition->counter == COUNTER_QUESTIONS)
			return yes_if(m->questions >= condition->least && m->questions <= condition->most);
		return check_run(condition, m);
	default:
		return check_run(condition, m);
	}
}

bool opener_fits(const struct script_opener *opener, const struct technique_label *label)
{
	if (label == NULL)
		return false;
	return (opener->techniques & ((uint32_t)1 << label->technique)) != 0 ||
	       (opener->families & (1U << label->family)) != 0 ||
	       (opener->open_questions && label->family == TECHNIQUE_QUESTION && label->form == TECHNIQUE_FORM_OPEN);
}
