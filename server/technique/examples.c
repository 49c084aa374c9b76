/* SPDX-License-Identifier: Apache-2.0 */
/* Examples, and which of them a sentence is nearest to. A sentence and an example are compared as sets of words, content
 * words by their stems. A word weighs the more the fewer examples hold it (inverse document frequency; K. Sparck Jones,
 * "A statistical interpretation of term specificity", Journal of Documentation 28, 1972), words without content of their
 * own a part of that. How near they are is the weight of what they share against that of what only one of them has
 * (A. Tversky, "Features of similarity", Psychological Review 84, 1977). Whole numbers throughout, so that every machine
 * says the same. */
#include "scratch.h"
#include "segments.h"

#include "askwell/memory.h"
#include "askwell/technique.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 48 /* of a sentence or an example; what comes after is not looked at */
#define STOP_SHARE 3 /* a word without content weighs a third */

/* Per cent of what only the example has, and only the sentence: of words that other examples hold, and of those that none
 * does. People say more than an example, but whoever says another's word may mean the other. */
#define ONLY_EXAMPLE 60
#define ONLY_SENTENCE 50
#define UNHEARD 25

struct word {
	uint64_t key;      /* 0: free */
	uint32_t examples; /* that hold it */
	uint32_t first;    /* its part of `postings` */
	uint32_t filled;
	int32_t weight;
};

struct technique_examples {
	const struct technique_pack *pack;
	struct word *words;
	size_t mask;
	uint32_t *postings; /* numbers of examples, word after word */
	int32_t *weights;   /* of each example, all its words together */
	size_t count;
	int32_t unknown; /* what a word weighs that no example holds */
};

struct bag {
	uint64_t keys[WORDS_MAX];
	bool content[WORDS_MAX];
	size_t count;
};

static void add_key(struct bag *bag, uint64_t key, bool content)
{
	for (size_t i = 0; i < bag->count; i++)
		if (bag->keys[i] == key)
			return;
	if (bag->count == WORDS_MAX)
		return;
	bag->keys[bag->count] = key;
	bag->content[bag->count++] = content;
}

static void read_bag(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, struct bag *bag)
{
	struct normal *normal = &scratch->sentence;
	normal_read(normal, text, length, &pack->words);
	segments_stem(pack, scratch->stemmer, normal);
	bag->count = 0;
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];
		add_key(bag, token->stem != 0 ? token->stem : token->hash, token->stem != 0);
	}
}

static struct word *find_word(const struct technique_examples *examples, uint64_t key)
{
	size_t at = key & examples->mask;
	while (examples->words[at].key != 0 && examples->words[at].key != key)
		at = (at + 1) & examples->mask;
	return &examples->words[at];
}

/* 16 times the binary logarithm, between powers of two as the crow flies. */
static int32_t log16(size_t n)
{
	int whole = 63 - __builtin_clzll((unsigned long long)n);
	size_t rest = n - ((size_t)1 << whole);
	return (int32_t)(whole * 16 + (int)(rest * 16 >> whole));
}

static int32_t weigh(const struct technique_examples *examples, size_t holding, bool content)
{
	int32_t weight = 8 + log16(examples->count + 1) - log16(holding);
	return content ? weight : weight / STOP_SHARE;
}

static void count_words(struct technique_examples *examples, const struct bag *bags)
{
	uint32_t first = 0;
	for (size_t i = 0; i < examples->count; i++)
		for (size_t k = 0; k < bags[i].count; k++) {
			struct word *word = find_word(examples, bags[i].keys[k]);
			word->key = bags[i].keys[k];
			word->weight = bags[i].content[k];
			word->examples++;
		}
	for (size_t at = 0; at <= examples->mask; at++) {
		struct word *word = &examples->words[at];
		if (word->key == 0)
			continue;
		word->weight = weigh(examples, word->examples, word->weight != 0);
		word->first = first;
		first += word->examples;
	}
}

struct technique_examples *technique_examples_new(
	const char *const *texts, size_t count, const struct technique_pack *pack, struct technique_scratch *scratch)
{
	struct technique_examples *examples = memory_new(sizeof *examples);
	struct bag *bags = memory_array(count, sizeof *bags);
	size_t keys = 0, places = 16;
	for (size_t i = 0; i < count; i++) {
		read_bag(pack, scratch, texts[i], strlen(texts[i]), &bags[i]);
		keys += bags[i].count;
	}
	while (places < keys * 2)
		places *= 2;
	*examples = (struct technique_examples){.pack = pack, .mask = places - 1, .count = count};
	examples->words = memory_array(places, sizeof *examples->words);
	memset(examples->words, 0, places * sizeof *examples->words);
	examples->postings = memory_array(keys, sizeof *examples->postings);
	examples->weights = memory_array(count, sizeof *examples->weights);
	examples->unknown = weigh(examples, 1, true);
	count_words(examples, bags);
	for (size_t i = 0; i < count; i++) {
		examples->weights[i] = 0;
		for (size_t k = 0; k < bags[i].count; k++) {
			struct word *word = find_word(examples, bags[i].keys[k]);
			examples->weights[i] += word->weight;
			examples->postings[word->first + word->filled++] = (uint32_t)i;
		}
	}
	free(bags);
	return examples;
}

void technique_examples_free(struct technique_examples *examples)
{
	if (examples == NULL)
		return;
	free(examples->words);
	free(examples->postings);
	free(examples->weights);
	free(examples);
}

/* Weights of the words of a sentence. */
struct weight {
	int32_t heard, unheard;
};

static int nearness(
	const struct technique_examples *examples, size_t example, const struct weight *sentence, int32_t shared)
{
	int32_t only_example = examples->weights[example] - shared;
	int32_t whole = shared * 100 + (sentence->heard - shared) * ONLY_SENTENCE + sentence->unheard * UNHEARD +
			only_example * ONLY_EXAMPLE;
	return whole > 0 ? (int)(shared * 100 * 100 / whole) : 0;
}

size_t technique_examples_find(const struct technique_examples *examples, struct technique_scratch *scratch,
	const char *text, size_t length, struct arena *arena, const struct technique_near **out)
{
	struct bag bag;
	struct weight sentence = {0, 0};
	size_t found = 0;
	*out = NULL;
	if (examples == NULL || examples->count == 0)
		return 0;
	read_bag(examples->pack, scratch, text, length, &bag);
	int32_t *shared = arena_array(arena, examples->count, sizeof *shared);
	struct technique_near *near = arena_array(arena, examples->count, sizeof *near);
	memset(shared, 0, examples->count * sizeof *shared);
	for (size_t k = 0; k < bag.count; k++) {
		const struct word *word = find_word(examples, bag.keys[k]);
		if (word->key == 0)
			sentence.unheard += bag.content[k] ? examples->unknown : examples->unknown / STOP_SHARE;
		sentence.heard += word->weight;
		for (uint32_t p = word->first; p < word->first + word->examples; p++) {
			uint32_t example = examples->postings[p];
			if (shared[example] == 0)
				near[found++].example = example;
			shared[example] += word->weight;
		}
	}
	for (size_t i = 0; i < found; i++)
		near[i].nearness = nearness(examples, near[i].example, &sentence, shared[near[i].example]);
	*out = near;
	return found;
}
