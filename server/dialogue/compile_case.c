/* SPDX-License-Identifier: Apache-2.0 */
#include "compile_case.h"
#include "drill.h"

#include <string.h>

const char *const compile_shared_variables[COMPILE_SHARED_VARIABLES] = {"trust", "ownership", "depth", "guarded"};

static const char *first_sentence(struct compiler *c, const char *text)
{
	size_t end = strcspn(text, ".!?");

	/* A full stop inside a number or a name ends nothing. */
	while (text[end] && text[end + 1] && text[end + 1] != ' ')
		end += 1 + strcspn(text + end + 1, ".!?");
	return arena_copy(c->arena, text, text[end] ? end + 1 : end);
}

static void read_info(struct compiler *c, const json_t *script, const json_t *model)
{
	struct dialogue_info *info = &c->dialogue->info;
	const json_t *character = json_object_get(script, "character");
	const json_t *brief = json_object_get(script, "brief");
	const char *mode = json_string_value(json_object_get(script, "mode"));
	info->id = compile_text(c, script, "id");
	info->title = compile_text(c, script, "title");
	info->language = compile_text(c, script, "language");
	info->level = compile_text(c, script, "level");
	info->content_note = compile_text(c, script, "content_note");
	info->mode = mode != NULL && strcmp(mode, "mentoring") == 0 ? TECHNIQUE_MENTORING : TECHNIQUE_COACHING;
	info->drill = drill_is(script);
	info->tutorial = json_is_true(json_object_get(script, "tutorial"));
	info->minutes = (int)json_integer_value(json_object_get(script, "minutes"));
	info->model_id = compile_text(c, script, "model");
	info->model_name = compile_text(c, model, "name");
	info->temperament_id = compile_text(c, script, "temperament");
	info->character_name = compile_text(c, character, "name");
	info->character_role = compile_text(c, character, "role");
	info->character_age = (int)json_integer_value(json_object_get(character, "age"));
	info->situation = compile_text(c, brief, "situation");
	info->about =
		json_object_get(brief, "about") ? compile_text(c, brief, "about") : first_sentence(c, info->situation);
	info->your_role = compile_text(c, brief, "your_role");
	info->aim = compile_text(c, brief, "aim");
	info->skills = compile_texts(c, json_object_get(script, "skills"), &info->skill_count);
	info->programmes = compile_texts(c, json_object_get(script, "programmes"), &info->programme_count);
	const char *language = technique_pack_language(c->dialogue->pack);
	struct place place = place_member(NULL, "language");
	if (strcmp(language, info->language) != 0)
		report(&c->reporter, DIAGNOSTIC_LANGUAGE, &place, NULL,
			"The case is in \"%s\", the language pack in \"%s\".", info->language, language);
}

static void read_variable(struct compiler *c, const char *id, const json_t *value, const struct place *place,
	struct dialogue_variable_info *out)
{
	*out = (struct dialogue_variable_info){
		.id = arena_text(c->arena, id),
		.label = compile_text(c, value, "label"),
		.start = (int)json_integer_value(json_object_get(value, "start")),
		.least = (int)json_integer_value(json_object_get(value, "min")),
		.most = (int)json_integer_value(json_object_get(value, "max")),
		.bookkeeping = json_is_true(json_object_get(value, "bookkeeping")),
	};
	if (out->least > out->most || out->start < out->least || out->start > out->most)
		report(&c->reporter, DIAGNOSTIC_VARIABLE_RANGE, place, NULL,
			"\"%s\" starts at %d and runs from %d to %d.", id, out->start, out->least, out->most);
}

static void read_variables(struct compiler *c, const json_t *script)
{
	const json_t *object = json_object_get(script, "variables");
	struct place place = place_member(NULL, "variables");
	if (json_object_size(object) > SCRIPT_VARIABLES_MAX) {
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, &place, NULL, "There are more than %d variables.",
			SCRIPT_VARIABLES_MAX);
		return;
	}
	size_t count = 0;
	struct dialogue_variable_info *variables = arena_array(c->arena, json_object_size(object), sizeof *variables);
	const char **names = arena_array(c->arena, json_object_size(object), sizeof *names);
	const char *id;
	json_t *value;
	json_object_foreach((json_t *)object, id, value)
	{
		struct place at = place_member(&place, id);
		if (strcmp(id, "note") == 0)
			continue;
		read_variable(c, id, value, &at, &variables[count]);
		names[count] = variables[count].id;
		if (strcmp(id, "guarded") == 0)
			c->dialogue->guarded = (int)count;
		count++;
	}
	c->variables = (struct names){names, count};
	c->dialogue->info.variables = variables;
	c->dialogue->info.variable_count = count;
	for (size_t i = 0; i < COMPILE_SHARED_VARIABLES && !c->dialogue->info.drill; i++)
		if (json_object_get(object, compile_shared_variables[i]) == NULL)
			report(&c->reporter, DIAGNOSTIC_TEMPERAMENT_VARIABLE, &place, NULL,
				"The temperament uses \"%s\", which the case does not declare.",
				compile_shared_variables[i]);
}

struct technique_words *compile_words_of(struct compiler *c, const json_t *object, const struct place *up)
{
	struct place place = place_member(up, "words");
	return compile_words(c, json_object_get(object, "words"), &place);
}

static void read_phrases(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "phrases");
	for (size_t i = 0; i < c->phrases.count; i++) {
		struct place element = place_item(&place, i);
		struct place at = place_member(&element, "words");
		(void)compile_phrases(c, c->phrases.names[i], json_object_get(json_array_get(list, i), "words"), &at);
	}
}

static void read_topics(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "topics");
	c->dialogue->topics = arena_array(c->arena, c->topics.count, sizeof *c->dialogue->topics);
	c->dialogue->topic_count = c->topics.count;
	for (size_t i = 0; i < c->topics.count; i++) {
		const json_t *object = json_array_get(list, i);
		struct place at = place_item(&place, i);
		struct script_topic *topic = &c->dialogue->topics[i];
		topic->id = c->topics.names[i];
		topic->name = compile_text(c, object, "name");
		topic->ask = compile_text(c, object, "ask");
		topic->words = compile_words_of(c, object, &at);
		topic->word_texts = compile_texts(c, json_object_get(object, "words"), &topic->word_count);
		topic->aside = json_is_true(json_object_get(object, "aside"));
		topic->again = compile_lines(c, object, &at, "again");
		compile_needs_plain(c, topic->again, &at, "again");
	}
}

static void read_cues(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "cues");
	struct dialogue *d = c->dialogue;
	struct dialogue_cue_info *info = arena_array(c->arena, c->cues.count, sizeof *info);
	d->cues = arena_array(c->arena, c->cues.count, sizeof *d->cues);
	for (size_t i = 0; i < c->cues.count; i++) {
		const json_t *object = json_array_get(list, i);
		struct place at = place_item(&place, i);
		info[i].id = c->cues.names[i];
		info[i].why = compile_text(c, object, "why");
		d->cues[i].words = compile_words_of(c, object, &at);
		d->cues[i].feeling = json_is_true(json_object_get(object, "feeling"));
		if (d->cues[i].feeling)
			d->feeling_cues |= SCRIPT_BIT(i);
	}
	d->info.cues = info;
	d->info.cue_count = c->cues.count;
}

static const struct script_opener default_opener = {
	.techniques = (uint32_t)1 << TECHNIQUE_SUMMARY | (uint32_t)1 << TECHNIQUE_EMPATHY,
	.families = 1U << TECHNIQUE_REFLECTION,
	.open_questions = true,
};

static struct script_opener read_opener(const json_t *list)
{
	if (list == NULL)
		return default_opener;
	struct script_opener opener = {0, 0, false};
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));
		enum technique_id technique;
		enum technique_family family;
		if (technique_parse(name, &technique))
			opener.techniques |= (uint32_t)1 << technique;
		else if (technique_family_parse(name, &family))
			opener.families |= 1U << family;
	}
	return opener;
}

static void read_disclosure(
	struct compiler *c, const json_t *object, const struct place *at, struct script_disclosure *out)
{
	struct place topic = place_member(at, "topic"), needs = place_member(at, "needs");
	int index = compile_find(c, &c->topics, json_string_value(json_object_get(object, "topic")),
		DIAGNOSTIC_UNKNOWN_TOPIC, "topics", &topic);
	out->topic = index == SCRIPT_NONE ? 0 : (unsigned)index;
	out->depth = (int)json_integer_value(json_object_get(object, "depth"));
	out->needs = compile_condition(c, json_object_get(object, "needs"), &needs);
	out->opened_by = read_opener(json_object_get(object, "opened_by"));
	out->client = compile_lines(c, object, at, "client");
	out->brief = compile_lines(c, object, at, "short");
	out->set = compile_changes(c, object, at);
	out->reflect = compile_text(c, object, "reflect");
	out->ask = compile_text(c, object, "ask");
	compile_needs_plain(c, out->client, at, "client");
	compile_needs_plain(c, out->brief, at, "short");
	compile_follow_ups(c, object, at, out->id, out->client, SCRIPT_BIT(out->topic));
}

static void read_disclosures(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "disclosures");
	struct dialogue *d = c->dialogue;
	size_t count = c->disclosures.count;
	d->disclosures = arena_array(c->arena, count, sizeof *d->disclosures);
	d->disclosure_order = arena_array(c->arena, count, sizeof *d->disclosure_order);
	d->info.disclosure_count = count;
	for (size_t i = 0; i < count; i++) {
		struct place at = place_item(&place, i);
		d->disclosures[i].id = c->disclosures.names[i];
		d->disclosures[i].written = compile_written(c, place_pointer(&at, c->arena));
		read_disclosure(c, json_array_get(list, i), &at, &d->disclosures[i]);
		size_t to = i;
		for (; to > 0 && d->disclosures[d->disclosure_order[to - 1]].depth > d->disclosures[i].depth; to--)
			d->disclosure_order[to] = d->disclosure_order[to - 1];
		d->disclosure_order[to] = (unsigned)i;
	}
}

/* A side has the case's own already, at the head of the list. */
static void read_prompts(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "prompts");
	struct dialogue *d = c->dialogue;
	struct names ids = compile_names(c, list, "id", &place);
	struct dialogue_question *info = arena_array(c->arena, ids.count, sizeof *info);
	const struct script_prompt *own = d->prompts;
	d->prompts = arena_array(c->arena, ids.count, sizeof *d->prompts);
	if (ids.count > SCRIPT_PROMPTS_MAX) {
		report(&c->reporter, DIAGNOSTIC_TOO_MANY, &place, NULL, "There are more than %d prompts.",
			SCRIPT_PROMPTS_MAX);
		return;
	}
	for (size_t i = 0; i < ids.count; i++) {
		const json_t *object = json_array_get(list, i);
		struct place at = place_item(&place, i);
		struct place when = place_member(&at, "when");
		d->prompts[i].id = ids.names[i];
		d->prompts[i].ask = compile_text(c, object, "ask");
		d->prompts[i].when = i < d->prompt_count ? own[i].when
							 : compile_condition(c, json_object_get(object, "when"), &when);
		info[i] = (struct dialogue_question){ids.names[i], d->prompts[i].ask};
	}
	d->prompt_count = d->info.prompt_count = ids.count;
	d->info.prompts = info;
}

/* State ids are one name space across stages, because `go` and conditions name them alone. */
static void collect_states(struct compiler *c, const json_t *stages)
{
	struct place place = place_member(NULL, "stages");
	const char **names = arena_array(c->arena, SCRIPT_STATES_MAX, sizeof *names);
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(stages); i++) {
		const json_t *states = json_object_get(json_array_get(stages, i), "states");
		struct place stage = place_item(&place, i);
		struct place list = place_member(&stage, "states");
		for (size_t j = 0; j < json_array_size(states); j++) {
			const char *id = compile_text(c, json_array_get(states, j), "id");
			struct place at = place_item(&list, j);
			for (size_t k = 0; k < count; k++)
				if (strcmp(names[k], id) == 0)
					report(&c->reporter, DIAGNOSTIC_DUPLICATE_ID, &at, NULL,
						"The state \"%s\" is there twice.", id);
			if (count < SCRIPT_STATES_MAX)
				names[count++] = id;
			else
				report(&c->reporter, DIAGNOSTIC_TOO_MANY, &at, NULL, "There are more than %d states.",
					SCRIPT_STATES_MAX);
		}
	}
	c->states = (struct names){names, count};
}

static void collect_names(struct compiler *c, const json_t *script)
{
	const struct {
		const char *member, *id;
		struct names *names;
	} lists[] = {
		{"topics", "id", &c->topics},
		{"cues", "id", &c->cues},
		{"phrases", "id", &c->phrases},
		{"disclosures", "id", &c->disclosures},
		{"stages", "stage", &c->stages},
		{"feedback", "id", &c->feedback},
	};
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		struct place place = place_member(NULL, lists[i].member);
		*lists[i].names = compile_names(c, json_object_get(script, lists[i].member), lists[i].id, &place);
	}
	collect_states(c, json_object_get(script, "stages"));
}

static void read_endings(struct compiler *c, const json_t *list)
{
	struct place place = place_member(NULL, "endings");
	struct dialogue *d = c->dialogue;
	struct names ids = compile_names(c, list, "id", &place);
	struct dialogue_ending_info *info = arena_array(c->arena, ids.count, sizeof *info);
	d->endings = arena_array(c->arena, ids.count, sizeof *d->endings);
	d->info.endings = info;
	d->info.ending_count = ids.count;
	for (size_t i = 0; i < ids.count; i++) {
		const json_t *object = json_array_get(list, i);
		struct place at = place_item(&place, i);
		struct place when = place_member(&at, "when");
		info[i] = (struct dialogue_ending_info){
			ids.names[i], compile_text(c, object, "title"), compile_text(c, object, "debrief")};
		d->endings[i].written = compile_written(c, place_pointer(&at, c->arena));
		d->endings[i].when = compile_condition(c, json_object_get(object, "when"), &when);
		d->endings[i].automatic = json_is_true(json_object_get(object, "auto"));
		d->endings[i].client = compile_lines(c, object, &at, "client");
		compile_needs_plain(c, d->endings[i].client, &at, "client");
	}
}

static void read_feedback(struct compiler *c, const json_t *list)
{
	struct dialogue *d = c->dialogue;
	d->feedback = arena_array(c->arena, c->feedback.count, sizeof *d->feedback);
	d->feedback_count = c->feedback.count;
	for (size_t i = 0; i < c->feedback.count; i++) {
		const json_t *object = json_array_get(list, i);
		d->feedback[i] = (struct engine_feedback){
			.id = c->feedback.names[i],
			.what = compile_text(c, object, "what"),
			.why = compile_text(c, object, "why"),
			.alternative = compile_text(c, object, "alternative"),
			.criterion = compile_text(c, object, "criterion"),
			.strength = json_is_true(json_object_get(object, "strength")),
		};
	}
}

void compile_case(struct compiler *c, const json_t *script, const json_t *model)
{
	struct dialogue *d = c->dialogue;
	struct place start = place_member(NULL, "start"), fallback = place_member(NULL, "fallback");
	read_info(c, script, model);
	read_variables(c, script);
	collect_names(c, script);
	d->opening = compile_lines(c, script, NULL, "opening");
	compile_needs_plain(c, d->opening, NULL, "opening");
	read_topics(c, json_object_get(script, "topics"));
	read_cues(c, json_object_get(script, "cues"));
	read_phrases(c, json_object_get(script, "phrases"));
	read_disclosures(c, json_object_get(script, "disclosures"));
	read_feedback(c, json_object_get(script, "feedback"));
	compile_follow_ups(c, script, NULL, "opening", d->opening, 0);
	compile_stages(c, script, model);
	d->rules = compile_rules(c, script, NULL);
	read_endings(c, json_object_get(script, "endings"));
	read_prompts(c, json_object_get(script, "prompts"));
	d->fallback = compile_lines(c, json_object_get(script, "fallback"), &fallback, "client");
	compile_needs_plain(c, d->fallback, &fallback, "client");
	int index = compile_find(c, &c->states, json_string_value(json_object_get(script, "start")),
		DIAGNOSTIC_UNKNOWN_STATE, "states", &start);
	d->start = index == SCRIPT_NONE ? 0 : (unsigned)index;
	compile_follow_ups_number(c);
	compile_answers(c, script);
}

void compile_side(struct compiler *c, const json_t *script, const json_t *contrast)
{
	const struct dialogue_info *info = &c->dialogue->info;
	const char **variables = arena_array(c->arena, info->variable_count, sizeof *variables);
	for (size_t i = 0; i < info->variable_count; i++)
		variables[i] = info->variables[i].id;
	c->variables = (struct names){variables, info->variable_count};
	collect_names(c, script);
	read_prompts(c, json_object_get(script, "prompts"));
	compile_contrast(c, contrast);
}
