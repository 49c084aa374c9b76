/* SPDX-License-Identifier: Apache-2.0 */
#include "walk_trainee.h"

#include "askwell/random.h"
#include "askwell/utf8.h"

#include <string.h>

#define PATIENCE_LEAST 15
#define LONG_PARTS 8
#define VERY_LONG_BYTES 3900 /* of ASCII, mostly: messages have at most 4,000 characters */
#define VERY_LONG_EVERY 8    /* messages: they are costly to read */
#define LISTENED 20          /* messages after which a coach goes on to what could be done */

static void add_text(struct walk_texts *to, const char *text)
{
	if (text != NULL && *text != '\0')
		to->texts[to->count++] = text;
}

/* "train*" is matched by its beginning. */
static const char *plain_word(const char *word, struct arena *arena)
{
	size_t length = strlen(word);
	return length > 1 && word[length - 1] == '*' ? arena_copy(arena, word, length - 1) : word;
}

static void pool_rules(struct walk_pool *pool, struct arena *arena)
{
	size_t samples = 0, near = 0;
	struct inventory_rule rule;
	for (unsigned i = 1; i <= inventory_rule_count(pool->dialogue); i++) {
		inventory_rule(pool->dialogue, i, &rule);
		samples += rule.sample_count;
		near += rule.near_count;
	}
	pool->samples.texts = arena_array(arena, samples, sizeof(char *));
	pool->near.texts = arena_array(arena, near, sizeof(char *));
	for (unsigned i = 1; i <= inventory_rule_count(pool->dialogue); i++) {
		inventory_rule(pool->dialogue, i, &rule);
		for (size_t j = 0; j < rule.sample_count; j++)
			add_text(&pool->samples, rule.samples[j]);
		for (size_t j = 0; j < rule.near_count; j++)
			add_text(&pool->near, rule.near[j]);
	}
}

static void pool_topics(struct walk_pool *pool, struct arena *arena)
{
	size_t topics = inventory_topic_count(pool->dialogue), words = 0;
	size_t disclosures = dialogue_info(pool->dialogue)->disclosure_count;
	struct inventory_topic topic;
	struct inventory_disclosure disclosure;
	for (size_t i = 0; i < topics; i++) {
		inventory_topic(pool->dialogue, i, &topic);
		words += topic.word_count + 1;
	}
	pool->words.texts = arena_array(arena, words, sizeof(char *));
	pool->asks.texts = arena_array(arena, topics + disclosures, sizeof(char *));
	pool->reflects.texts = arena_array(arena, disclosures, sizeof(char *));
	for (size_t i = 0; i < topics; i++) {
		inventory_topic(pool->dialogue, i, &topic);
		add_text(&pool->asks, topic.ask);
		add_text(&pool->words, topic.name);
		for (size_t j = 0; j < topic.word_count; j++)
			add_text(&pool->words, plain_word(topic.words[j], arena));
	}
	for (size_t i = 0; i < disclosures; i++) {
		inventory_disclosure(pool->dialogue, i, &disclosure);
		add_text(&pool->asks, disclosure.ask);
		add_text(&pool->reflects, disclosure.reflect);
	}
}

void walk_pool_make(const struct dialogue *dialogue, struct arena *arena, struct walk_pool *out)
{
	*out = (struct walk_pool){.dialogue = dialogue};
	out->messages = walk_messages(dialogue_info(dialogue)->language, &out->message_count);
	pool_rules(out, arena);
	pool_topics(out, arena);
}

static uint32_t below(struct trainee *trainee, size_t bound)
{
	return random_below(&trainee->random, (uint32_t)bound);
}

static const char *from(struct trainee *trainee, const struct walk_texts *texts)
{
	return texts->count > 0 ? texts->texts[below(trainee, texts->count)] : NULL;
}

/* One of the usual messages that are meant as one of these techniques; NULL when the language has none. */
static const char *meant_as(struct trainee *trainee, uint32_t techniques)
{
	const struct walk_pool *pool = trainee->pool;
	size_t start = pool->message_count > 0 ? below(trainee, pool->message_count) : 0;
	for (size_t i = 0; i < pool->message_count; i++) {
		const struct walk_message *message = &pool->messages[(start + i) % pool->message_count];
		if ((techniques >> message->technique & 1) != 0)
			return message->text;
	}
	return NULL;
}

static const char *aimed_at(struct trainee *trainee, enum technique_focus focus)
{
	const struct walk_pool *pool = trainee->pool;
	size_t start = pool->message_count > 0 ? below(trainee, pool->message_count) : 0;
	for (size_t i = 0; i < pool->message_count; i++) {
		const struct walk_message *message = &pool->messages[(start + i) % pool->message_count];
		if (message->focus == focus)
			return message->text;
	}
	return NULL;
}

static const char *about_topic(struct trainee *trainee, struct arena *arena)
{
	size_t count;
	const char *const *sentences = walk_topic_messages(dialogue_info(trainee->pool->dialogue)->language, &count);
	const char *word = from(trainee, &trainee->pool->words);
	const char *sentence = sentences[below(trainee, count)];
	const char *gap = strstr(sentence, "%s");
	if (word == NULL)
		return NULL;
	return arena_format(arena, "%.*s%s%s", (int)(gap - sentence), sentence, word, gap + 2);
}

static const char *say_random(struct trainee *trainee, struct arena *arena)
{
	const struct walk_pool *pool = trainee->pool;
	uint32_t chance = below(trainee, 100);
	if (chance < 30)
		return from(trainee, &pool->samples);
	if (chance < 38)
		return from(trainee, &pool->near);
	if (chance < 50)
		return from(trainee, &pool->asks);
	if (chance < 60)
		return from(trainee, &pool->reflects);
	if (chance < 80)
		return about_topic(trainee, arena);
	return meant_as(trainee, UINT32_MAX);
}

static const char *join(struct trainee *trainee, size_t parts, size_t least, struct arena *arena)
{
	struct buffer text = {0};
	for (size_t i = 0; i < parts || text.length < least; i++) {
		const char *part = say_random(trainee, arena);
		if (part != NULL && text.length + strlen(part) < VERY_LONG_BYTES)
			buffer_format(&text, "%s%s", text.length > 0 ? " " : "", part);
		else if (part != NULL)
			break;
		else if (text.length == 0 && i > parts)
			break;
	}
	const char *joined = text.length > 0 ? arena_copy(arena, text.data, text.length) : NULL;
	buffer_clear(&text);
	return joined;
}

static const char *habit_long(struct trainee *trainee, struct arena *arena)
{
	return join(trainee, LONG_PARTS, 0, arena);
}

static const char *habit_very_long(struct trainee *trainee, struct arena *arena)
{
	return trainee->said % VERY_LONG_EVERY == 0 ? join(trainee, 1, VERY_LONG_BYTES - 200, arena)
						    : say_random(trainee, arena);
}

static const char *habit_odd(struct trainee *trainee, struct arena *arena)
{
	size_t count;
	const char *const *odd = walk_odd_messages(&count);
	(void)arena;
	return odd[below(trainee, count)];
}

static const char *habit_repeat(struct trainee *trainee, struct arena *arena)
{
	(void)arena;
	if (trainee->again == NULL)
		trainee->again = below(trainee, 2) == 0 || trainee->pool->samples.count == 0
					 ? meant_as(trainee, UINT32_MAX)
					 : from(trainee, &trainee->pool->samples);
	return trainee->again;
}

static const char *habit_advice(struct trainee *trainee, struct arena *arena)
{
	(void)arena;
	return meant_as(trainee, 1U << TECHNIQUE_ADVICE_DIRECT | 1U << TECHNIQUE_ADVICE_IN_QUESTION |
					 1U << TECHNIQUE_REASSURANCE | 1U << TECHNIQUE_SELF_DISCLOSURE |
					 1U << TECHNIQUE_INFORMATION);
}

static const char *habit_closed(struct trainee *trainee, struct arena *arena)
{
	(void)arena;
	return meant_as(trainee, 1U << TECHNIQUE_CLOSED_QUESTION | 1U << TECHNIQUE_LEADING_QUESTION |
					 1U << TECHNIQUE_WHY_QUESTION | 1U << TECHNIQUE_MULTIPLE_QUESTIONS);
}

static const char *habit_one_word(struct trainee *trainee, struct arena *arena)
{
	const char *word = from(trainee, &trainee->pool->words);
	size_t length = word != NULL ? strcspn(word, " ") : 0;
	if (word == NULL)
		return NULL;
	return arena_format(arena, "%.*s%s", (int)length, word, below(trainee, 2) == 0 ? "?" : "");
}

/* From the end to the beginning, and back. */
static const char *habit_stages(struct trainee *trainee, struct arena *arena)
{
	static const enum technique_focus order[] = {TECHNIQUE_FOCUS_WILL, TECHNIQUE_FOCUS_OPTIONS,
		TECHNIQUE_FOCUS_OBSTACLES, TECHNIQUE_FOCUS_GOAL, TECHNIQUE_FOCUS_LEARNING, TECHNIQUE_FOCUS_REALITY};
	(void)arena;
	return aimed_at(trainee, order[trainee->said % (sizeof order / sizeof order[0])]);
}

static const char *habit_judge(struct trainee *trainee, struct arena *arena)
{
	(void)arena;
	return meant_as(trainee, 1U << TECHNIQUE_JUDGEMENT | 1U << TECHNIQUE_OFF_TOPIC | 1U << TECHNIQUE_UNCLASSIFIED |
					 1U << TECHNIQUE_SMALL_TALK);
}

static const char *habit_near(struct trainee *trainee, struct arena *arena)
{
	(void)arena;
	return from(trainee, &trainee->pool->near);
}

typedef const char *habit_call(struct trainee *trainee, struct arena *arena);
static habit_call *const habits[] = {habit_long, habit_very_long, habit_odd, habit_repeat, habit_advice, habit_closed,
	habit_one_word, habit_stages, habit_judge, habit_near};

/* A hint's example, unless only its beginning is given. */
static const char *hinted(const struct trainee *trainee, const struct engine_run *run, struct arena *arena)
{
	struct engine_hint hint;
	engine_hint(trainee->pool->dialogue, run, arena, &hint);
	const char *example = hint.example;
	return example != NULL && strstr(example, "...") == NULL ? example : NULL;
}

/* Gives back what was just heard, or asks on. */
static const char *follow_up(struct trainee *trainee)
{
	struct inventory_disclosure heard;
	const struct dialogue *dialogue = trainee->pool->dialogue;
	if (trainee->disclosure >= dialogue_info(dialogue)->disclosure_count)
		return NULL;
	inventory_disclosure(dialogue, trainee->disclosure, &heard);
	uint32_t chance = below(trainee, 100);
	trainee->disclosure = dialogue_info(dialogue)->disclosure_count;
	return chance < 60 ? heard.reflect : chance < 90 ? heard.ask : NULL;
}

/* A sample of a rule of the stage or state that the conversation is in. */
static const char *sample_of_stage(struct trainee *trainee, const struct engine_run *run)
{
	const struct dialogue *dialogue = trainee->pool->dialogue;
	const char *stage = dialogue_info(dialogue)->stages[engine_stage(dialogue, run)].id;
	const char *state = engine_state(dialogue, run);
	size_t rules = inventory_rule_count(dialogue), start = rules > 0 ? below(trainee, rules) : 0;
	struct inventory_rule rule;
	for (size_t i = 0; i < rules; i++) {
		inventory_rule(dialogue, (unsigned)((start + i) % rules) + 1, &rule);
		if (rule.sample_count > 0 && rule.owner != NULL &&
			(strcmp(rule.owner, stage) == 0 || strcmp(rule.owner, state) == 0))
			return rule.samples[below(trainee, rule.sample_count)];
	}
	return NULL;
}

static const char *listen(struct trainee *trainee, const struct engine_run *run, struct arena *arena)
{
	switch (below(trainee, 6)) {
	case 0:
		return hinted(trainee, run, arena);
	case 1:
		return from(trainee, &trainee->pool->reflects);
	case 2:
		return meant_as(trainee, 1U << TECHNIQUE_COMPLEX_REFLECTION | 1U << TECHNIQUE_EMPATHY |
						 1U << TECHNIQUE_AFFIRMATION | 1U << TECHNIQUE_MINIMAL_ENCOURAGER |
						 1U << TECHNIQUE_SUMMARY);
	case 3:
		return sample_of_stage(trainee, run);
	default:
		return from(trainee, &trainee->pool->asks);
	}
}

/* The course of a conversation: by how much was said, what is asked about. */
static enum technique_focus aim(const struct trainee *trainee)
{
	if (trainee->said < LISTENED)
		return trainee->said < 3 ? TECHNIQUE_FOCUS_GOAL : TECHNIQUE_FOCUS_NONE;
	if (trainee->said < LISTENED + 8)
		return TECHNIQUE_FOCUS_OPTIONS;
	if (trainee->said < LISTENED + 13)
		return TECHNIQUE_FOCUS_WILL;
	return trainee->said % 3 == 0   ? TECHNIQUE_FOCUS_OBSTACLES
	       : trainee->said % 3 == 1 ? TECHNIQUE_FOCUS_LEARNING
					: TECHNIQUE_FOCUS_WILL;
}

static const char *say_as_coach(struct trainee *trainee, const struct engine_run *run, struct arena *arena)
{
	enum technique_focus focus = aim(trainee);
	const char *text = NULL;
	if (trainee->said == 0)
		return meant_as(trainee, 1U << TECHNIQUE_CONTRACTING);
	if (focus == TECHNIQUE_FOCUS_NONE || below(trainee, 4) == 0)
		text = follow_up(trainee);
	if (text == NULL && focus != TECHNIQUE_FOCUS_NONE)
		text = below(trainee, 4) == 0 ? sample_of_stage(trainee, run) : aimed_at(trainee, focus);
	return text != NULL ? text : listen(trainee, run, arena);
}

void trainee_init(struct trainee *trainee, const struct walk_pool *pool, enum walk_kind kind, uint64_t seed)
{
	*trainee = (struct trainee){.pool = pool, .random = seed, .kind = kind};
	trainee->disclosure = dialogue_info(pool->dialogue)->disclosure_count;
	trainee->habit = below(trainee, sizeof habits / sizeof habits[0]);
	trainee->patience = PATIENCE_LEAST + below(trainee, WALK_MESSAGES_MAX - PATIENCE_LEAST + 1);
	if (kind == WALK_COACH)
		trainee->patience = WALK_MESSAGES_MAX - below(trainee, WALK_MESSAGES_MAX / 4);
}

const char *trainee_say(
	struct trainee *trainee, const struct engine_run *run, const struct engine_reply *heard, struct arena *arena)
{
	const char *text = NULL;
	if (heard != NULL && heard->disclosure != NULL)
		trainee->disclosure = inventory_disclosure_find(trainee->pool->dialogue, heard->disclosure);
	if (trainee->kind == WALK_ADVERSARIAL)
		text = habits[trainee->habit](trainee, arena);
	else if (trainee->kind == WALK_COACH)
		text = say_as_coach(trainee, run, arena);
	/* Every case has samples, or topics, or a language with messages of its own; else there is always this. */
	for (unsigned i = 0; i < 8 && text == NULL; i++)
		text = say_random(trainee, arena);
	if (text == NULL || utf8_blank(text, strlen(text)))
		text = "?";
	trainee->said++;
	return text;
}
