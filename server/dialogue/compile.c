/* SPDX-License-Identifier: Apache-2.0 */
#include "compile.h"
#include "cache.h"
#include "compile_case.h"
#include "drill.h"
#include "merge.h"
#include "schema.h"

#include "askwell/memory.h"

#include <string.h>

const char *compile_text(struct compiler *c, const json_t *object, const char *member)
{
	return arena_text(c->arena, json_string_value(json_object_get(object, member)));
}

struct script_written compile_written(struct compiler *c, const char *pointer)
{
	struct script_written written = {0};
	const struct dialogue_source *source = origin_written(&c->reporter, pointer, c->arena, &written.pointer);
	if (source != c->written_in) {
		c->written_in = source;
		c->written_file = arena_text(c->arena, source->file);
	}
	written.file = c->written_file;
	return written;
}

const char *const *compile_texts(struct compiler *c, const json_t *list, size_t *count)
{
	*count = json_array_size(list);
	const char **texts = arena_array(c->arena, *count, sizeof *texts);
	for (size_t i = 0; i < *count; i++)
		texts[i] = arena_text(c->arena, json_string_value(json_array_get(list, i)));
	return texts;
}

struct technique_words *compile_words(struct compiler *c, const json_t *list, const struct place *place)
{
	size_t count;
	struct error error = {0};
	struct technique_words *words = NULL;
	const char *const *texts = compile_texts(c, list, &count);
	if (technique_words_compile(texts, count, c->dialogue->pack, &words, &error) == STATUS_OK)
		return words;
	report(&c->reporter, DIAGNOSTIC_WORDS, place, NULL, "%s",
		error.text[0] != '\0' ? error.text : "These words cannot be used.");
	return NULL;
}

/* The list that was written before, word for word; SCRIPT_NONE when there is none. */
static int same_phrases(const struct dialogue *d, const struct script_phrases *wanted)
{
	for (size_t i = 0; i < d->phrase_count; i++) {
		const struct script_phrases *phrases = &d->phrases[i];
		size_t same = 0;
		if (phrases->id != NULL || phrases->word_count != wanted->word_count)
			continue;
		while (same < wanted->word_count && strcmp(phrases->word_texts[same], wanted->word_texts[same]) == 0)
			same++;
		if (same == wanted->word_count)
			return (int)i;
	}
	return SCRIPT_NONE;
}

unsigned compile_phrases(struct compiler *c, const char *id, const json_t *list, const struct place *place)
{
	struct dialogue *d = c->dialogue;
	struct script_phrases phrases = {.id = id};
	phrases.word_texts = compile_texts(c, list, &phrases.word_count);
	int written = id == NULL ? same_phrases(d, &phrases) : SCRIPT_NONE;
	if (written != SCRIPT_NONE)
		return (unsigned)written;
	if (d->phrase_count == SCRIPT_PHRASES_MAX) {
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, place, NULL,
			"There are more than %d lists of words in conditions.", SCRIPT_PHRASES_MAX);
		return 0;
	}
	if (d->phrase_count == d->phrase_capacity) {
		d->phrase_capacity = d->phrase_capacity == 0 ? 32 : d->phrase_capacity * 2;
		d->phrases = memory_grow(d->phrases, d->phrase_capacity, sizeof *d->phrases);
	}
	phrases.words = compile_words(c, list, place);
	d->phrases[d->phrase_count] = phrases;
	return (unsigned)d->phrase_count++;
}

struct names compile_names(struct compiler *c, const json_t *list, const char *member, const struct place *place)
{
	size_t count = json_array_size(list);
	const char **names = arena_array(c->arena, count, sizeof *names);
	for (size_t i = 0; i < count; i++) {
		names[i] = compile_text(c, json_array_get(list, i), member);
		for (size_t j = 0; j < i; j++) {
			struct place element = place_item(place, i);
			struct place at = place_member(&element, member);
			if (strcmp(names[i], names[j]) == 0)
				report(&c->reporter, DIAGNOSTIC_DUPLICATE_ID, &at, NULL, "\"%s\" is used twice.",
					names[i]);
		}
	}
	return (struct names){names, count};
}

int compile_find(struct compiler *c, const struct names *names, const char *id, enum diagnostic diagnostic,
	const char *what, const struct place *place)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->names[i], id) == 0)
			return (int)i;
	report(&c->reporter, diagnostic, place, names_remedy(names, id, what, c->arena), "\"%s\" is not among the %s.",
		id, what);
	return SCRIPT_NONE;
}

/* The files parsed, the fragments merged into the script, all of it validated. */
struct parts {
	json_t *script, *model, *temperament, *contrast;
	struct arena *arena;
	struct origins origins;
};

/* What nothing else refers to: when only this is wrong, the rest of the script can still be checked. */
static void fill_harmless(json_t *json)
{
	(void)json_object_set_new(json, "title", json_string("?"));
	(void)json_object_set_new(json, "minutes", json_integer(1));
	(void)json_object_set_new(json, "level", json_string("developing"));
	(void)json_object_set_new(json, "content_note", json_null());
	(void)json_object_set_new(json, "skills", json_pack("[s]", technique_name(TECHNIQUE_OPEN_QUESTION)));
}

/* Nothing but members that the format does not know, which the compiler does not look at. */
static bool can_be_read(const json_t *json, const struct dialogue_source *source, enum dialogue_kind kind)
{
	struct findings *rest = findings_new();
	struct reporter reporter = {rest, source, NULL};
	bool readable = true;
	schema_validate(kind, json, &reporter);
	for (size_t i = 0; i < findings_count(rest); i++)
		readable = readable && strcmp(findings_at(rest, i)->code,
					       dialogue_diagnostic_at(DIAGNOSTIC_UNKNOWN_MEMBER)->code) == 0;
	findings_free(rest);
	return readable;
}

/* A file with mistakes of form is used all the same when they do not stand in the way of finding the others: an author
 * wants to hear of everything at once. Takes the reference; NULL when the file cannot be used. */
static json_t *check_form(json_t *json, enum dialogue_kind kind, const struct reporter *reporter)
{
	if (json == NULL || schema_validate(kind, json, reporter) == 0)
		return json;
	if (kind == DIALOGUE_KIND_SCRIPT && json_is_object(json))
		fill_harmless(json);
	if (can_be_read(json, reporter->source, kind))
		return json;
	json_decref(json);
	return NULL;
}

/* A file is parsed once for all that use it. */
static json_t *parse_once(const struct reporter *reporter, struct dialogue_cache *cache)
{
	json_t *json = cache_find(cache, reporter->source->text);
	if (json != NULL)
		return json;
	json = schema_parse(reporter);
	if (json != NULL)
		cache_put(cache, reporter->source->text, json);
	return json;
}

/* A part without mistakes of form is checked once for all that use it. */
static json_t *open_part(const struct dialogue_source *source, enum dialogue_kind kind, struct dialogue_cache *cache,
	struct findings *findings)
{
	struct reporter reporter = {findings, source, NULL};
	if (source == NULL)
		return NULL;
	json_t *json = parse_once(&reporter, cache);
	if (json == NULL || cache_is_clean(cache, source->text))
		return json;
	size_t before = findings_count(findings);
	json = check_form(json, kind, &reporter);
	if (json != NULL && findings_count(findings) == before)
		cache_set_clean(cache, source->text);
	return json;
}

static void missing_part(const struct reporter *reporter, const json_t *json, const char *member)
{
	const char *id = json_string_value(json_object_get(json, member));
	struct place place = place_member(NULL, member);
	report(reporter, DIAGNOSTIC_PART_MISSING, &place, NULL, "There is no %s \"%s\".", member, id != NULL ? id : "");
}

static void missing_fragment(const struct reporter *reporter, const json_t *json, size_t index)
{
	const char *id = json_string_value(json_array_get(json_object_get(json, "extends"), index));
	struct place list = place_member(NULL, "extends");
	struct place place = place_item(&list, index);
	report(reporter, DIAGNOSTIC_PART_MISSING, &place, NULL, "There is no fragment \"%s\".", id != NULL ? id : "");
}

/* Merged in order, so that what the script says comes before what the first fragment says, and so on. */
static bool merge_fragments(
	const struct dialogue_sources *sources, const struct reporter *reporter, struct parts *parts)
{
	bool whole = true;
	for (size_t i = 0; i < sources->fragment_count; i++) {
		json_t *fragment =
			open_part(sources->fragments[i], DIALOGUE_KIND_FRAGMENT, sources->cache, reporter->findings);
		if (sources->fragments[i] == NULL)
			missing_fragment(reporter, parts->script, i);
		if (fragment != NULL)
			merge_fragment(parts->script, fragment, sources->fragments[i], parts->arena, &parts->origins);
		whole = whole && fragment != NULL;
		json_decref(fragment);
	}
	return whole;
}

static bool open_parts(const struct dialogue_sources *sources, struct findings *findings, struct parts *parts)
{
	struct reporter reporter = {findings, sources->script, &parts->origins};
	bool whole = true;
	parts->arena = arena_new(0);
	parts->script = merge_own(parse_once(&reporter, sources->cache));
	if (parts->script != NULL)
		whole = merge_fragments(sources, &reporter, parts);
	if (parts->script != NULL && sources->contrast != NULL) {
		parts->contrast = open_part(sources->contrast, DIALOGUE_KIND_CONTRAST, sources->cache, findings);
		merge_contrast(parts->script, parts->contrast, sources->contrast, parts->arena, &parts->origins);
		whole = whole && parts->contrast != NULL;
	}
	/* Without a fragment the script seems to lack things that it does not. */
	if (whole)
		parts->script = check_form(parts->script, DIALOGUE_KIND_SCRIPT, &reporter);
	if (whole && drill_is(parts->script))
		drill_unfold(parts->script, sources->script, parts->arena, &parts->origins);
	parts->model = open_part(sources->model, DIALOGUE_KIND_MODEL, sources->cache, findings);
	parts->temperament = open_part(sources->temperament, DIALOGUE_KIND_TEMPERAMENT, sources->cache, findings);
	if (parts->script == NULL)
		return false;
	if (sources->model == NULL)
		missing_part(&reporter, parts->script, "model");
	if (sources->temperament == NULL)
		missing_part(&reporter, parts->script, "temperament");
	return whole && parts->model != NULL && parts->temperament != NULL;
}

static void close_parts(struct parts *parts)
{
	json_decref(parts->script);
	json_decref(parts->model);
	json_decref(parts->temperament);
	json_decref(parts->contrast);
	arena_free(parts->arena);
}

static struct dialogue *new_dialogue(const struct technique_pack *pack)
{
	struct arena *arena = arena_new(64 * 1024);
	struct dialogue *dialogue = arena_alloc(arena, sizeof *dialogue);
	dialogue->arena = arena;
	dialogue->references = 1;
	dialogue->pack = technique_pack_hold(pack);
	dialogue->guarded = SCRIPT_NONE;
	return dialogue;
}

static struct dialogue_source kept_source(struct dialogue *d, const struct dialogue_source *source)
{
	return (struct dialogue_source){
		.file = arena_text(d->arena, source->file),
		.text = arena_copy(d->arena, source->text, source->length),
		.length = source->length,
	};
}

static void keep_sources(struct dialogue *d, const struct dialogue_sources *sources)
{
	const struct dialogue_source *all[SCRIPT_SOURCES_MAX] = {sources->script, sources->model, sources->temperament};
	d->source_count = 3;
	for (size_t i = 0; i < sources->fragment_count; i++)
		all[d->source_count++] = sources->fragments[i];
	if (sources->contrast != NULL)
		all[d->source_count++] = sources->contrast;
	for (unsigned i = 0; i < d->source_count && all[i] != NULL; i++)
		d->sources[i] = kept_source(d, all[i]);
}

static void index_topics_and_phrases(struct dialogue *d)
{
	const struct technique_words *lists[SCRIPT_LIST_MAX + SCRIPT_PHRASES_MAX] = {NULL};
	size_t count;

	for (count = 0; count < d->topic_count && count < SCRIPT_LIST_MAX; count++)
		lists[count] = d->topics[count].words;
	for (count = 0; count < d->phrase_count; count++)
		lists[SCRIPT_LIST_MAX + count] = d->phrases[count].words;
	d->word_index = technique_words_index_new(lists, SCRIPT_LIST_MAX + count);
}

static void index_words(struct compiler *c)
{
	struct dialogue *d = c->dialogue;
	const struct technique_words *lists[SCRIPT_LIST_MAX] = {NULL};
	size_t count;

	index_topics_and_phrases(d);
	for (count = 0; count < d->info.cue_count && count < SCRIPT_LIST_MAX; count++)
		lists[count] = d->cues[count].words;
	d->cue_index = technique_words_index_new(lists, count);
	bool named = false;
	for (count = 0; count < d->info.stage_count && count < SCRIPT_LIST_MAX; count++) {
		lists[count] = d->stages[count].words;
		named = named || lists[count] != NULL;
	}
	d->stage_index = named ? technique_words_index_new(lists, count) : NULL;
}

/* A side is the case, asked other things on the way: nothing else is made anew, and nothing else needs a check. */
static struct dialogue *new_side(const struct dialogue *single)
{
	struct dialogue *side = new_dialogue(single->pack);
	/* All but what is the side's own: the arena, and the references, which others may be counting just now. */
	memcpy(&side->single, &single->single, sizeof *side - offsetof(struct dialogue, single));
	side->single = dialogue_hold(single);
	side->word_index = NULL;
	side->phrases = memory_array(single->phrase_count, sizeof *side->phrases);
	side->phrase_capacity = single->phrase_count;
	if (single->phrase_count > 0)
		memcpy(side->phrases, single->phrases, single->phrase_count * sizeof *side->phrases);
	return side;
}

/* Cues and topics of a line are looked for one after the other, while the words of the line are at hand. */
static void find_line_words(struct compiler *c)
{
	struct dialogue *d = c->dialogue;
	const struct technique_words *lists[SCRIPT_LIST_MAX] = {NULL};

	for (size_t i = 0; i < d->topic_count && i < SCRIPT_LIST_MAX; i++)
		lists[i] = d->topics[i].words;
	struct technique_words_index *topics = technique_words_index_new(lists, SCRIPT_LIST_MAX);
	c->follow_ups.line_topics = memory_array(d->line_follow_up_count, sizeof *c->follow_ups.line_topics);
	for (size_t i = 0; i < d->line_count; i++) {
		struct script_line *line = &d->lines[i];
		size_t length = strlen(line->text);
		bool asked_on = i < d->line_follow_up_count && d->line_follow_ups[i] != 0;

		technique_words_index_find(d->cue_index, c->scratch, line->text, length, &line->cues);
		if (asked_on)
			technique_words_index_find(
				topics, c->scratch, line->text, length, &c->follow_ups.line_topics[i]);
	}
	technique_words_index_free(topics);
}

static struct script_aside compile_aside(struct compiler *c, const json_t *json, const struct place *place)
{
	struct place when = place_member(place, "when");
	struct script_aside aside = {.when = compile_condition(c, json_object_get(json, "when"), &when)};
	aside.client = compile_lines(c, json, place, "client");
	compile_needs_plain(c, aside.client, place, "client");
	return aside;
}

static void compile_asides(struct compiler *c, const json_t *temperament)
{
	struct dialogue *d = c->dialogue;
	const json_t *list = json_object_get(temperament, "said_already");
	struct place bridge = place_member(NULL, "bridge"), already = place_member(NULL, "said_already");
	struct script_aside *asides = arena_array(c->arena, json_array_size(list), sizeof *asides);
	d->bridge = compile_aside(c, json_object_get(temperament, "bridge"), &bridge);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct place place = place_item(&already, i);
		asides[i] = compile_aside(c, json_array_get(list, i), &place);
	}
	d->said_already = asides;
	d->said_already_count = json_array_size(list);
}

/* Temperament rules come last, so that the numbers of the case's own rules do not depend on it. */
static void compile_parts(struct compiler *c, const struct parts *parts, const struct dialogue_source *temperament)
{
	const struct reporter reporter = c->reporter;
	compile_case(c, parts->script, parts->model);
	if (parts->contrast != NULL)
		compile_contrast(c, parts->contrast);
	c->reporter = (struct reporter){reporter.findings, temperament, NULL};
	c->temperament = true;
	c->dialogue->temperament_rules = compile_rules(c, parts->temperament, NULL);
	compile_asides(c, parts->temperament);
	c->temperament = false;
	c->reporter = reporter;
	index_words(c);
	compile_same_lines(c->dialogue);
	find_line_words(c);
	compile_answers_finish(c, parts->script);
	compile_follow_ups_finish(c);
	check_script(c);
}

enum status dialogue_compile(const struct dialogue_sources *sources, const struct technique_pack *pack, bool thorough,
	struct findings *findings, struct dialogue **out)
{
	size_t errors = findings_errors(findings);
	struct parts parts = {0};
	struct compiler c = {.reporter = {findings, sources->script, &parts.origins}};
	enum status status = STATUS_INVALID;
	*out = NULL;
	if (!open_parts(sources, findings, &parts))
		goto out;
	c.scratch = technique_scratch_new();
	c.dialogue = new_dialogue(pack);
	c.arena = c.dialogue->arena;
	compile_parts(&c, &parts, sources->temperament);
	if (findings_errors(findings) > errors)
		goto out;
	keep_sources(c.dialogue, sources);
	if (thorough)
		check_all_samples(&c.reporter, c.dialogue, c.scratch);
	if (findings_errors(findings) > errors)
		goto out;
	*out = c.dialogue;
	c.dialogue = NULL;
	status = STATUS_OK;
out:
	dialogue_release(c.dialogue);
	technique_scratch_free(c.scratch);
	close_parts(&parts);
	return status;
}

enum status dialogue_compile_side(const struct dialogue_sources *sources, const struct dialogue *single,
	struct findings *findings, struct dialogue **out)
{
	size_t errors = findings_errors(findings);
	struct parts parts = {0};
	struct compiler c = {.reporter = {findings, sources->script, &parts.origins}};
	*out = NULL;
	if (open_parts(sources, findings, &parts)) {
		c.dialogue = new_side(single);
		c.arena = c.dialogue->arena;
		compile_side(&c, parts.script, parts.contrast);
		index_topics_and_phrases(c.dialogue);
		c.dialogue->sources[c.dialogue->source_count++] = kept_source(c.dialogue, sources->contrast);
	}
	close_parts(&parts);
	if (c.dialogue == NULL || findings_errors(findings) > errors) {
		dialogue_release(c.dialogue);
		return STATUS_INVALID;
	}
	*out = c.dialogue;
	return STATUS_OK;
}

/* A temperament knows no case: the variables that it may use stand in for the case's. */
static void check_temperament(const json_t *json, const struct dialogue_source *source,
	const struct technique_pack *pack, struct findings *findings)
{
	struct compiler c = {.reporter = {findings, source, NULL}, .temperament = true, .alone = true};
	c.dialogue = new_dialogue(pack);
	c.arena = c.dialogue->arena;
	c.scratch = technique_scratch_new();
	c.variables = (struct names){compile_shared_variables, COMPILE_SHARED_VARIABLES};
	c.dialogue->info.variables = arena_array(c.arena, COMPILE_SHARED_VARIABLES, sizeof *c.dialogue->info.variables);
	size_t errors = findings_errors(findings);
	struct script_rules rules = compile_rules(&c, json, NULL);
	compile_asides(&c, json);
	compile_rule_ids(&c, &rules, 1);
	index_words(&c);
	if (findings_errors(findings) == errors)
		check_samples(&c.reporter, c.dialogue, c.scratch, &rules, true);
	technique_scratch_free(c.scratch);
	dialogue_release(c.dialogue);
}

void dialogue_check_part(const struct dialogue_source *source, const struct dialogue_head *head,
	const struct technique_pack *pack, struct findings *findings, struct dialogue_cache *cache)
{
	if (head->kind != DIALOGUE_KIND_MODEL && head->kind != DIALOGUE_KIND_TEMPERAMENT &&
		head->kind != DIALOGUE_KIND_FRAGMENT && head->kind != DIALOGUE_KIND_CONTRAST)
		return;
	json_t *json = open_part(source, head->kind, cache, findings);
	if (json == NULL)
		return;
	if (head->kind == DIALOGUE_KIND_TEMPERAMENT) {
		check_temperament(json, source, pack, findings);
	} else if (head->kind == DIALOGUE_KIND_MODEL) {
		struct compiler c = {.reporter = {findings, source, NULL}};
		c.arena = arena_new(0);
		compile_check_model(&c, json);
		arena_free(c.arena);
	}
	json_decref(json);
}
