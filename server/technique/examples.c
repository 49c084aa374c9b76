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

#define WORDS_MAX 48    /* of a sentence or an example; what comes after is not looked at */
#define WORDS_FIRST 256 /* places for words to begin with, a power of two */
#define STOP_SHARE 3    /* a word without content weighs a third */

/* Per cent of what only the example has, and only the sentence: of words that other examples hold, and of those that none
 * does. People say more than an example, but whoever says another's word may mean the other. */
#define ONLY_EXAMPLE 60
#define ONLY_SENTENCE 50
#define UNHEARD 25

/* Per cent that is left where one asks who and the other when. Chosen on four rounds of plays by people who had not seen the
 * examples: of the answers to much the same kind of question four in five fitted, of the others one in two. */
#define OTHER_KIND 60
/* And where one asks who did, and the other whether somebody did: half of that question is the same. */
#define YES_NO_KIND 75
/* The kind of a question without any of the words by which a pack tells the others. */
#define ASKS_YES_NO UINT8_MAX

struct word {
	uint64_t key;      /* 0: free */
	uint32_t examples; /* that hold it */
	uint32_t first;    /* its part of `postings` */
	uint32_t filled;
	int32_t weight;
	bool content;
};

struct example {
	uint32_t first; /* its part of `texts` */
	uint16_t words;
	uint8_t kind;             /* of question */
	int32_t weight, contents; /* of all its words, and of those with content */
};

struct technique_examples {
	const struct technique_pack *pack;
	struct word *words;
	size_t mask;
	uint32_t *postings; /* numbers of examples, word after word */
	uint32_t *texts;    /* places in `words`, example after example */
	struct example *examples;
	size_t count;
	int32_t unknown; /* what a word weighs that no example holds */
};

struct bag {
	uint8_t kind; /* of question; 0: by no word of it */
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

/* The kind of question that the word at `at` begins, with the next one if they are a pair; 0: none. */
static uint8_t kind_at(const struct technique_pack *pack, const struct normal *normal, size_t at)
{
	const struct normal_token *token = &normal->tokens[at];
	uint64_t next = at + 1 < normal->token_count ? normal->tokens[at + 1].hash : 0;
	uint8_t kind = 0;
	for (size_t i = 0; i < pack->question_count; i++) {
		const struct pack_question *question = &pack->questions[i];
		if (question->first != token->hash && question->first != token->base)
			continue;
		if (question->second != 0 && question->second == next)
			return question->kind;
		if (question->second == 0)
			kind = question->kind;
	}
	return kind;
}

static void read_bag(const struct technique_pack *pack, struct technique_scratch *scratch, const char *text,
	size_t length, struct bag *bag)
{
	struct normal *normal = &scratch->sentence;
	normal_read(normal, text, length, &pack->words);
	segments_stem(pack, scratch->stemmer, normal);
	bag->count = 0;
	bag->kind = 0;
	bool yes_no = false;
	for (size_t i = 0; i < normal->token_count; i++) {
		const struct normal_token *token = &normal->tokens[i];
		if (bag->kind == 0)
			bag->kind = kind_at(pack, normal, i);
		yes_no = yes_no || (token->traits & WORD_YES_NO) != 0;
		add_key(bag, token->stem != 0 ? token->stem : token->hash, token->stem != 0);
	}
	if (bag->kind == 0 && yes_no)
		bag->kind = ASKS_YES_NO;
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

static void grow(struct technique_examples *examples)
{
	struct technique_examples bigger = {.mask = examples->mask * 2 + 1};
	bigger.words = memory_array(bigger.mask + 1, sizeof *bigger.words);
	memset(bigger.words, 0, (bigger.mask + 1) * sizeof *bigger.words);
	for (size_t at = 0; at <= examples->mask; at++)
		if (examples->words[at].key != 0)
			*find_word(&bigger, examples->words[at].key) = examples->words[at];
	free(examples->words);
	examples->words = bigger.words;
	examples->mask = bigger.mask;
}

static void count_words(struct technique_examples *examples, const struct bag *bags)
{
	size_t known = 0;
	uint32_t first = 0;
	for (size_t i = 0; i < examples->count; i++)
		for (size_t k = 0; k < bags[i].count; k++) {
			if (known * 2 > examples->mask)
				grow(examples);
			struct word *word = find_word(examples, bags[i].keys[k]);
			known += word->key == 0;
			word->key = bags[i].keys[k];
			word->content = bags[i].content[k];
			word->examples++;
		}
	for (size_t at = 0; at <= examples->mask; at++) {
		struct word *word = &examples->words[at];
		if (word->key == 0)
			continue;
		word->weight = weigh(examples, word->examples, word->content);
		word->first = first;
		first += word->examples;
	}
}

static void place_words(struct technique_examples *examples, const struct bag *bags)
{
	uint32_t end = 0;
	for (size_t i = 0; i < examples->count; i++) {
		struct example *example = &examples->examples[i];
		*example = (struct example){.first = end, .words = (uint16_t)bags[i].count, .kind = bags[i].kind};
		for (size_t k = 0; k < bags[i].count; k++) {
			struct word *word = find_word(examples, bags[i].keys[k]);
			example->weight += word->weight;
			example->contents += word->content ? word->weight : 0;
			examples->postings[word->first + word->filled++] = (uint32_t)i;
			examples->texts[end++] = (uint32_t)(word - examples->words);
		}
	}
}

struct technique_examples *technique_examples_new(
	const char *const *texts, size_t count, const struct technique_pack *pack, struct technique_scratch *scratch)
{
	struct technique_examples *examples = memory_new(sizeof *examples);
	struct bag *bags = memory_array(count, sizeof *bags);
	size_t keys = 0;
	for (size_t i = 0; i < count; i++) {
		read_bag(pack, scratch, texts[i], strlen(texts[i]), &bags[i]);
		keys += bags[i].count;
	}
	*examples = (struct technique_examples){.pack = pack, .mask = WORDS_FIRST - 1, .count = count};
	examples->words = memory_array(WORDS_FIRST, sizeof *examples->words);
	memset(examples->words, 0, WORDS_FIRST * sizeof *examples->words);
	examples->postings = memory_array(keys, sizeof *examples->postings);
	examples->texts = memory_array(keys, sizeof *examples->texts);
	examples->examples = memory_array(count, sizeof *examples->examples);
	examples->unknown = weigh(examples, 1, true);
	count_words(examples, bags);
	place_words(examples, bags);
	free(bags);
	return examples;
}

void technique_examples_free(struct technique_examples *examples)
{
	if (examples == NULL)
		return;
	free(examples->words);
	free(examples->postings);
	free(examples->texts);
	free(examples->examples);
	free(examples);
}

/* Whatever the order of the words. */
static uint64_t bag_hash(const struct technique_examples *examples, const struct example *example)
{
	uint64_t hash = 0;
	for (uint32_t t = example->first; t < example->first + example->words; t++)
		hash += examples->words[examples->texts[t]].key * UINT64_C(0x9e3779b97f4a7c15);
	return hash;
}

static bool same_words(const struct technique_examples *examples, const struct example *a, const struct example *b)
{
	uint32_t same = 0;
	if (a->words != b->words)
		return false;
	for (uint32_t i = 0; i < a->words; i++)
		for (uint32_t j = 0; j < b->words; j++)
			same += examples->texts[a->first + i] == examples->texts[b->first + j];
	return same == a->words;
}

void technique_examples_alike(const struct technique_examples *examples, uint32_t *out)
{
	size_t mask = 15;
	while (mask < examples->count * 2)
		mask = mask * 2 + 1;
	uint32_t *places = memory_array(mask + 1, sizeof *places);
	memset(places, 0, (mask + 1) * sizeof *places);
	for (size_t i = 0; i < examples->count; i++) {
		const struct example *example = &examples->examples[i];
		size_t at = (bag_hash(examples, example) >> 20) & mask;
		while (places[at] != 0 && !same_words(examples, &examples->examples[places[at] - 1], example))
			at = (at + 1) & mask;
		out[i] = places[at] != 0 ? places[at] - 1 : (uint32_t)i;
		places[at] = out[i] + 1;
		if (example->words == 0)
			out[i] = TECHNIQUE_NO_WORDS;
	}
	free(places);
}

/* One sentence and what it has in common with the examples. */
struct search {
	const struct technique_examples *examples;
	struct scratch_sharing *sharing;
	int32_t heard, unheard; /* weights of words that some examples hold, and none */
	int32_t stops;          /* of what is heard: without content */
	uint8_t kind;           /* of question */
	bool content;           /* it has some that is heard */
	int least;
	const struct word *said[WORDS_MAX];
	size_t said_count;
	size_t count; /* of sharing->examples */
};

static void hear(struct search *search, const struct bag *bag)
{
	const struct technique_examples *examples = search->examples;
	search->kind = bag->kind;
	for (size_t k = 0; k < bag->count; k++) {
		const struct word *word = find_word(examples, bag->keys[k]);
		size_t place = (size_t)(word - examples->words);
		if (word->key == 0) {
			search->unheard += bag->content[k] ? examples->unknown : examples->unknown / STOP_SHARE;
			continue;
		}
		search->heard += word->weight;
		search->said[search->said_count++] = word;
		search->content = search->content || word->content;
		if (word->content)
			continue;
		search->stops += word->weight;
		search->sharing->holds[place / 64] |= UINT64_C(1) << place % 64;
	}
}

/* Where a sentence has words of content, an example without any of them is far away; most words that it has besides stand
 * in half of all examples. */
static void share(struct search *search)
{
	struct scratch_sharing *sharing = search->sharing;
	for (size_t i = 0; i < search->said_count; i++) {
		const struct word *word = search->said[i];
		for (uint32_t p = word->first; word->content == search->content && p < word->first + word->examples;
			p++) {
			uint32_t example = search->examples->postings[p];
			if (sharing->shares[example] == 0)
				sharing->examples[search->count++] = example;
			sharing->shares[example] = (uint16_t)(sharing->shares[example] + word->weight);
		}
	}
}

static void forget(struct search *search)
{
	struct scratch_sharing *sharing = search->sharing;
	for (size_t i = 0; i < search->said_count; i++)
		sharing->holds[(size_t)(search->said[i] - search->examples->words) / 64] = 0;
	for (size_t i = 0; i < search->count; i++)
		sharing->shares[sharing->examples[i]] = 0;
}

/* Never less with more that is shared. Under `least` it is not told by how much. */
static int nearness(const struct search *search, const struct example *example, int32_t shared)
{
	int32_t only_example = example->weight - shared;
	int32_t whole = shared * 100 + (search->heard - shared) * ONLY_SENTENCE + search->unheard * UNHEARD +
			only_example * ONLY_EXAMPLE;
	if (whole <= 0 || shared * 100 * 100 < search->least * whole)
		return 0;
	int near = shared * 100 * 100 / whole;
	if (search->kind == 0 || example->kind == 0 || search->kind == example->kind)
		return near;
	bool yes_no = search->kind == ASKS_YES_NO || example->kind == ASKS_YES_NO;
	return near * (yes_no ? YES_NO_KIND : OTHER_KIND) / 100;
}

/* Whether an example that had nothing else could be near; most are told apart without a look at them. */
static bool may_be_near(const struct search *search, int32_t shared)
{
	int32_t whole = shared * 100 + (search->heard - shared) * ONLY_SENTENCE + search->unheard * UNHEARD;
	return shared * 100 * 100 >= search->least * whole;
}

/* Of words without content. */
static int32_t shared_stops(const struct search *search, const struct example *example)
{
	const struct technique_examples *examples = search->examples;
	int32_t shared = 0;
	for (uint32_t t = example->first; t < example->first + example->words; t++) {
		uint32_t place = examples->texts[t];
		if ((search->sharing->holds[place / 64] >> place % 64 & 1) != 0)
			shared += examples->words[place].weight;
	}
	return shared;
}

/* Most are too far away even if they had all the words without content, and so need no second look. */
static int compare(const struct search *search, uint32_t index)
{
	int32_t shared = search->sharing->shares[index];
	if (!may_be_near(search, shared + (search->content ? search->stops : 0)))
		return 0;
	const struct example *example = &search->examples->examples[index];
	int32_t stops = example->weight - example->contents;
	if (!search->content)
		return nearness(search, example, shared);
	if (nearness(search, example, shared + (stops < search->stops ? stops : search->stops)) < search->least)
		return 0;
	return nearness(search, example, shared + shared_stops(search, example));
}

size_t technique_examples_find(const struct technique_examples *examples, struct technique_scratch *scratch,
	const char *text, size_t length, int least, struct arena *arena, const struct technique_near **out)
{
	struct bag bag;
	size_t found = 0;
	*out = NULL;
	if (examples == NULL || examples->count == 0)
		return 0;
	struct search search = {.examples = examples, .sharing = &scratch->sharing, .least = least > 0 ? least : 1};
	scratch_sharing_reserve(search.sharing, examples->mask / 64 + 1, examples->count);
	read_bag(examples->pack, scratch, text, length, &bag);
	hear(&search, &bag);
	share(&search);
	struct technique_near *near = arena_array(arena, search.count, sizeof *near);
	for (size_t i = 0; i < search.count; i++) {
		uint32_t index = search.sharing->examples[i];
		near[found] = (struct technique_near){index, compare(&search, index)};
		found += near[found].nearness >= search.least;
	}
	forget(&search);
	*out = near;
	return found;
}
