/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

static void what_is_said_before_starting(void **state)
{
	const struct fixture *f = *state;
	const struct dialogue_info *info = dialogue_info(f->dialogue);
	assert_string_equal(info->id, "late_trains");
	assert_string_equal(info->title, "The late trains");
	assert_null(info->content_note);
	assert_int_equal(info->mode, TECHNIQUE_COACHING);
	assert_string_equal(info->model_name, "Three steps");
	assert_string_equal(info->temperament_id, "wary");
	assert_string_equal(info->character_name, "Ines");
	assert_int_equal(info->character_age, 41);
	assert_int_equal(info->skill_count, 2);
	assert_string_equal(info->programmes[0], "cmi.5014V1.1.1");
	assert_int_equal(info->stage_count, 3);
	assert_string_equal(info->stages[1].name, "Reality");
	assert_int_equal(info->variable_count, 5);
	assert_string_equal(info->variables[0].id, "trust");
	assert_int_equal(info->variables[0].most, 5);
	assert_string_equal(info->cues[0].why, "It names a feeling.");
	assert_string_equal(info->endings[2].debrief, "She kept it to herself.");
	assert_int_equal(info->disclosure_count, 4);
}

static void the_hash_covers_all_three_sources(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	const struct dialogue_source edited[] = {
		fixture_edit(f->arena, &f->script, "The late trains", "The late train"),
		fixture_edit(f->arena, &f->model, "What is wanted.", "What is wished."),
		fixture_edit(f->arena, &f->temperament, "Gives a little", "Gives little"),
	};
	for (size_t i = 0; i < COUNT(edited); i++) {
		struct dialogue *other = NULL;
		assert_int_equal(fixture_compile(i == 0 ? &edited[0] : &f->script, i == 1 ? &edited[1] : &f->model,
					 i == 2 ? &edited[2] : &f->temperament, f->pack, false, findings, &other),
			STATUS_OK);
		assert_string_not_equal(dialogue_hash(other), dialogue_hash(f->dialogue));
		dialogue_release(other);
	}
	for (unsigned i = 0; i < 3; i++)
		assert_non_null(dialogue_source_at(f->dialogue, i));
	assert_null(dialogue_source_at(f->dialogue, 3));
	assert_string_equal(dialogue_source_at(f->dialogue, 1)->text, f->model.text);
	findings_free(findings);
}

static void a_dialogue_outlives_what_it_was_made_of(void **state)
{
	const struct fixture *f = *state;
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	char *text = strdup(f->script.text);
	struct dialogue_source source = {"copy.json", text, f->script.length};
	assert_int_equal(
		fixture_compile(&source, &f->model, &f->temperament, f->pack, false, findings, &dialogue), STATUS_OK);
	memset(text, 'x', source.length);
	free(text);
	struct dialogue *held = dialogue_hold(dialogue);
	dialogue_release(dialogue);
	assert_string_equal(dialogue_info(held)->title, "The late trains");
	assert_string_equal(dialogue_source_at(held, 0)->file, "copy.json");
	assert_string_equal(dialogue_hash(held), dialogue_hash(f->dialogue));
	dialogue_release(held);
	findings_free(findings);
}

static void a_head_says_what_a_file_is_and_needs(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		const char *text;
		enum status status;
		enum dialogue_kind kind;
		const char *id;
	} cases[] = {
		{"{\"kind\": \"model\", \"id\": \"m\"}", STATUS_OK, DIALOGUE_KIND_MODEL, "m"},
		{"{\"kind\": \"temperament\", \"id\": \"t\"}", STATUS_OK, DIALOGUE_KIND_TEMPERAMENT, "t"},
		{"{\"kind\": \"pack\"}", STATUS_OK, DIALOGUE_KIND_PACK, NULL},
		{"{\"kind\": \"novel\", \"id\": 7}", STATUS_OK, DIALOGUE_KIND_UNKNOWN, NULL},
		{"[]", STATUS_OK, DIALOGUE_KIND_UNKNOWN, NULL},
		{"{\"kind\": ", STATUS_INVALID, DIALOGUE_KIND_UNKNOWN, NULL},
		{"", STATUS_INVALID, DIALOGUE_KIND_UNKNOWN, NULL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings *findings = findings_new();
		struct dialogue_head head;
		struct dialogue_source source = {"x.json", cases[i].text, strlen(cases[i].text)};
		assert_int_equal(dialogue_head(&source, f->arena, findings, NULL, &head), cases[i].status);
		assert_int_equal(head.kind, cases[i].kind);
		assert_int_equal(findings_errors(findings), cases[i].status == STATUS_OK ? 0 : 1);
		if (cases[i].id == NULL)
			assert_null(head.id);
		else
			assert_string_equal(head.id, cases[i].id);
		findings_free(findings);
	}
	struct dialogue_head head;
	struct findings *findings = findings_new();
	assert_int_equal(dialogue_head(&f->script, f->arena, findings, NULL, &head), STATUS_OK);
	assert_int_equal(head.kind, DIALOGUE_KIND_SCRIPT);
	assert_string_equal(head.model, "three_steps");
	assert_string_equal(head.temperament, "wary");
	assert_string_equal(head.language, "en");
	findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_before_starting),
		cmocka_unit_test(the_hash_covers_all_three_sources),
		cmocka_unit_test(a_dialogue_outlives_what_it_was_made_of),
		cmocka_unit_test(a_head_says_what_a_file_is_and_needs),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
