/* SPDX-License-Identifier: Apache-2.0 */
#include "dialogue_fixture.h"

#include "askwell/replay.h"
#include "askwell/turn_json.h"

#define SEED 5

/* A message with the analysis that it had and the answer that was kept. */
struct kept {
	struct turn turn;
	struct technique_context context;
	struct technique_analysis analysis;
	struct engine_reply reply;
};

static const char *answer_of(const struct fixture *f, const struct kept *kept, size_t *length)
{
	struct buffer out = {0};
	struct json_out json;
	json_out_init(&json, &out);
	json_out_object(&json);
	json_out_put_text(&json, "text", kept->turn.text);
	turn_json_analysis(&json, f->dialogue, &kept->turn, &kept->analysis, &kept->reply);
	turn_json_recognised(&json, &kept->analysis);
	turn_json_why(&json, &kept->reply);
	json_out_object_end(&json);
	*length = out.length;
	const char *text = arena_copy(f->arena, out.data, out.length);
	buffer_clear(&out);
	return text;
}

/* Says it to a run, which moves on. */
static void keep(const struct fixture *f, struct engine_run **run, uint32_t number, const char *text, struct kept *out)
{
	struct engine_run *after = NULL;
	*out = (struct kept){.turn = {.number = number, .kind = TURN_SAY, .text = text, .text_length = strlen(text)}};
	engine_context(f->dialogue, *run, f->arena, &out->context);
	assert_int_equal(technique_analyse(f->pack, f->scratch, text, out->turn.text_length, &out->context, f->arena,
				 &out->analysis),
		STATUS_OK);
	assert_int_equal(engine_step(f->dialogue, *run, &out->analysis, text, out->turn.text_length, f->scratch,
				 f->arena, &after, &out->reply),
		STATUS_OK);
	out->turn.answer = answer_of(f, out, &out->turn.answer_length);
	engine_free(*run);
	*run = after;
}

static void same_span(struct technique_span a, struct technique_span b)
{
	assert_int_equal(a.start, b.start);
	assert_int_equal(a.end, b.end);
}

static void same_label(const struct technique_label *a, const struct technique_label *b)
{
	assert_int_equal(a->technique, b->technique);
	assert_int_equal(a->family, b->family);
	assert_int_equal(a->form, b->form);
	assert_int_equal(a->focus, b->focus);
	assert_int_equal(a->confidence, b->confidence);
	assert_string_equal(a->rule, b->rule);
	assert_string_equal(a->reason, b->reason);
	same_span(a->span, b->span);
	same_span(a->cue, b->cue);
	assert_int_equal(a->runner_up, b->runner_up);
	assert_int_equal(a->evidence_count, b->evidence_count);
	for (size_t i = 0; i < a->evidence_count; i++) {
		assert_string_equal(a->evidence[i].cue, b->evidence[i].cue);
		assert_string_equal(a->evidence[i].because, b->evidence[i].because);
		same_span(a->evidence[i].span, b->evidence[i].span);
		assert_int_equal(a->evidence[i].points, b->evidence[i].points);
	}
}

static void same_analysis(const struct technique_analysis *a, const struct technique_analysis *b)
{
	assert_int_equal(a->word_count, b->word_count);
	assert_int_equal(a->question_count, b->question_count);
	if (b->safety != NULL) {
		assert_string_equal(a->safety, b->safety);
		assert_null(a->primary);
		return;
	}
	assert_null(a->safety);
	assert_int_equal(a->label_count, b->label_count);
	for (size_t i = 0; i < a->label_count; i++)
		same_label(&a->labels[i], &b->labels[i]);
	assert_int_equal(a->primary - a->labels, b->primary - b->labels);
	assert_int_equal(a->flag_count, b->flag_count);
	for (size_t i = 0; i < a->flag_count; i++) {
		assert_int_equal(a->flags[i].id, b->flags[i].id);
		assert_string_equal(a->flags[i].reason, b->flags[i].reason);
	}
	assert_int_equal(a->picked_up_count, b->picked_up_count);
	for (size_t i = 0; i < a->picked_up_count; i++)
		same_span(a->picked_up[i], b->picked_up[i]);
}

static const char *const conversation[] = {
	"How is work?",
	"You should rest. What will you do?",
	"So you are late, all of it. Go on.",
	"Do you like it? Is it late? What could you do now?",
	"J\u2019ai dit \u00ab tr\u00e8s late \u00bb\u2026 \U0001F642 what is it of late?",
	"I can't go on.",
	"Are you happy? Did you ask? Do you like it?",
	"synergy",
	"Marmalade.",
	"Are you late? Do you like it now? So you are late.",
	"Have you tried it? Have you tried it now?",
	"What is it? How is it now?",
	"\"What\" he said\n\\ how is it?",
};

static void what_was_shown_is_read_back(void **state)
{
	const struct fixture *f = *state;
	struct engine_run *run = engine_start(f->dialogue, SEED);
	size_t flags = 0, safety = 0;
	for (uint32_t i = 0; i < COUNT(conversation); i++) {
		struct kept kept;
		struct technique_analysis read;
		keep(f, &run, i + 1, conversation[i], &kept);
		if (turn_json_read(&kept.turn, f->arena, &read) != STATUS_OK)
			fail_msg("not read: %s", kept.turn.answer);
		same_analysis(&read, &kept.analysis);
		flags += read.flag_count;
		safety += read.safety != NULL;
	}
	assert_true(flags >= 3);
	assert_int_equal(safety, 1);
	engine_free(run);
}

static void what_only_the_engine_finds_is_left_to_it(void **state)
{
	const struct fixture *f = *state;
	struct engine_run *run = engine_start(f->dialogue, SEED);
	struct kept kept;
	struct technique_analysis read;
	keep(f, &run, 1, "What could you do?", &kept);
	assert_non_null(strstr(kept.turn.answer, "\"premature_stage\""));
	assert_int_equal(turn_json_read(&kept.turn, f->arena, &read), STATUS_OK);
	assert_int_equal(read.flag_count, 0);
	engine_free(run);
}

static void what_was_voted_on_is_read_back(void **state)
{
	const struct fixture *f = *state;
	static const struct technique_evidence evidence[] = {{"a", "It \"asks\".", {0, 5}, 30},
		{"b", "B\\c\n", {5, 6}, 20}, {"c", "", {6, 8}, 9}, {"d", "\u00e9", {0, 8}, 8}, {"e", "e", {8, 8}, 0}};
	struct engine_run *run = engine_start(f->dialogue, SEED);
	struct kept kept;
	struct technique_analysis read;
	keep(f, &run, 1, "Caf\u00e9 so", &kept);
	struct technique_label label = kept.analysis.labels[0];
	label.runner_up = TECHNIQUE_SUMMARY;
	label.evidence = evidence;
	label.evidence_count = COUNT(evidence);
	kept.analysis.labels = kept.analysis.primary = &label;
	kept.analysis.label_count = 1;
	kept.turn.answer = answer_of(f, &kept, &kept.turn.answer_length);
	assert_int_equal(turn_json_read(&kept.turn, f->arena, &read), STATUS_OK);
	same_analysis(&read, &kept.analysis);
	engine_free(run);
}

/* The answer to "So you are late. What is it?" with one place changed. */
static const struct {
	const char *from, *to;
	enum status status;
} edits[] = {
	{"{\"text\"", "{\"later\":{\"a\":[1]},\"text\"", STATUS_OK},
	{"\"technique\":", "\"shade\":7,\"technique\":", STATUS_OK},
	{"\"recognised\":{", "\"recognised\":{\"more\":null,", STATUS_OK},
	{"{\"text\"", "[\"text\"", STATUS_CORRUPT},
	{"{\"text\"", "", STATUS_CORRUPT},
	{"late. What", "late; What", STATUS_CORRUPT},
	{"\"labels\":[", "\"labels\":[7,", STATUS_CORRUPT},
	{"\"labels\":[", "\"lables\":[", STATUS_CORRUPT},
	{"\"simple_reflection\"", "\"echo\"", STATUS_CORRUPT},
	{"\"family\":\"reflection\"", "\"family\":\"mirror\"", STATUS_CORRUPT},
	{"\"form\":\"none\"", "\"form\":\"\"", STATUS_CORRUPT},
	{"\"focus\":null", "\"focus\":\"past\"", STATUS_CORRUPT},
	{"\"focus\":null", "\"focus\":0", STATUS_CORRUPT},
	{"\"start\":0", "\"start\":-1", STATUS_CORRUPT},
	{"\"start\":0", "\"start\":99", STATUS_CORRUPT},
	{"\"end\":16", "\"end\":29", STATUS_CORRUPT},
	{"\"end\":16", "\"end\":16.5", STATUS_CORRUPT},
	{"\"cue\":{", "\"clue\":{", STATUS_CORRUPT},
	{"\"rule\":\"so\"", "\"rule\":null", STATUS_CORRUPT},
	{"\"confidence\":90", "\"confidence\":101", STATUS_CORRUPT},
	{"\"flags\":[", "\"flags\":[{\"id\":\"loud\",\"reason\":\"\"}", STATUS_CORRUPT},
	{"\"flags\":[", "\"flags\":[{\"id\":\"jargon\"}", STATUS_CORRUPT},
	{"\"flags\":[", "\"flags\":[{\"id\":\"jargon\",\"reason\":\"\"}", STATUS_OK},
	{"\"flags\":[]", "\"flags\":null", STATUS_CORRUPT},
	{"\"picked_up\":[", "\"picked_up\":[{},", STATUS_CORRUPT},
	{"\"recognised\":{", "\"recognised\":{},\"was\":{", STATUS_CORRUPT},
	{"\"recognised\":{", "\"recognised\":null,\"was\":{", STATUS_CORRUPT},
	{"\"label\":1", "\"label\":2", STATUS_CORRUPT},
	{"\"label\":1", "\"label\":null", STATUS_CORRUPT},
	{"\"words\":7", "\"words\":-7", STATUS_CORRUPT},
	{"\"words\":7", "\"words\":\"7\"", STATUS_CORRUPT},
	{"\"safety\":null", "\"safety\":1", STATUS_CORRUPT},
	{"\"runner_up\":null", "\"runner_up\":{\"technique\":\"summary\"}", STATUS_OK},
	{"\"runner_up\":null", "\"runner_up\":{\"technique\":\"sum\"}", STATUS_CORRUPT},
	{"\"runner_up\":null", "\"runners_up\":null", STATUS_OK},
	{"\"evidence\":[]", "\"evidence\":{}", STATUS_CORRUPT},
	{"\"evidence\":[]", "\"evidence\":[{}]", STATUS_CORRUPT},
	{"\"evidence\":[]", "\"evidences\":[]", STATUS_OK},
};

static void a_damaged_answer_is_told_from_a_sound_one(void **state)
{
	const struct fixture *f = *state;
	struct engine_run *run = engine_start(f->dialogue, SEED);
	struct kept kept;
	keep(f, &run, 1, "So you are late. What is it?", &kept);
	engine_free(run);
	for (size_t i = 0; i < COUNT(edits); i++) {
		struct dialogue_source source = {"the answer", kept.turn.answer, kept.turn.answer_length};
		struct technique_analysis read;
		struct turn turn = kept.turn;
		source = fixture_edit(f->arena, &source, edits[i].from, edits[i].to);
		turn.answer = source.text;
		turn.answer_length = source.length;
		if (turn_json_read(&turn, f->arena, &read) != edits[i].status)
			fail_msg("%s to %s: %s", edits[i].from, edits[i].to, source.text);
	}
	for (size_t cut = 0; cut < kept.turn.answer_length; cut++) {
		struct technique_analysis read;
		struct turn turn = kept.turn;
		turn.answer_length = cut;
		assert_int_equal(turn_json_read(&turn, f->arena, &read), STATUS_CORRUPT);
	}
	struct technique_analysis read;
	kept.turn.answer = NULL;
	assert_int_equal(turn_json_read(&kept.turn, f->arena, &read), STATUS_CORRUPT);
}

static void answers_from_before_can_be_read(void **state)
{
	const struct fixture *f = *state;
	struct engine_run *run = engine_start(f->dialogue, SEED);
	for (uint32_t i = 0; i < COUNT(conversation); i++) {
		struct kept kept;
		struct technique_analysis read;
		keep(f, &run, i + 1, conversation[i], &kept);
		struct dialogue_source source = {"the answer", kept.turn.answer, kept.turn.answer_length};
		source = fixture_edit(f->arena, &source, "\"recognised\":", "\"something_else\":");
		kept.turn.answer = source.text;
		kept.turn.answer_length = source.length;
		if (turn_json_read(&kept.turn, f->arena, &read) != STATUS_OK)
			fail_msg("not read: %s", kept.turn.answer);
		read.word_count = kept.analysis.word_count; /* a guess, see below */
		if (kept.analysis.safety != NULL)
			read.question_count = kept.analysis.question_count;
		same_analysis(&read, &kept.analysis);
	}
	engine_free(run);
	struct turn turn = {.kind = TURN_SAY, .text = " one,  two\nthree "};
	turn.text_length = strlen(turn.text);
	turn.answer = "{\"text\":\" one,  two\\nthree \",\"labels\":[],\"primary\":null,\"flags\":[],\"picked_up\":[],"
		      "\"why\":{\"rule\":\"distress\"}}";
	turn.answer_length = strlen(turn.answer);
	struct technique_analysis read;
	assert_int_equal(turn_json_read(&turn, f->arena, &read), STATUS_OK);
	assert_string_equal(read.safety, "distress");
	assert_int_equal(read.word_count, 3);
}

/* The same case with a pack that calls advice information, and the conversation as it was kept. */
struct later {
	struct technique_pack *pack;
	struct dialogue *dialogue;
	struct turn turns[COUNT(conversation)];
	struct kept kept[COUNT(conversation)];
	struct engine_run *run;
};

static void later_open(const struct fixture *f, struct later *later)
{
	struct findings *findings = findings_new();
	struct dialogue_source pack = fixture_source(f->arena, "pack.json");
	pack = fixture_edit(f->arena, &pack, "\"technique\": \"advice_direct\"", "\"technique\": \"information\"");
	assert_int_equal(
		technique_pack_compile(pack.file, pack.text, pack.length, false, findings, &later->pack), STATUS_OK);
	assert_int_equal(
		fixture_compile(&f->script, &f->model, &f->temperament, later->pack, false, findings, &later->dialogue),
		STATUS_OK);
	findings_free(findings);
	later->run = engine_start(f->dialogue, SEED);
	for (uint32_t i = 0; i < COUNT(conversation); i++) {
		keep(f, &later->run, i + 1, conversation[i], &later->kept[i]);
		later->turns[i] = later->kept[i].turn;
	}
}

static void later_close(struct later *later)
{
	engine_free(later->run);
	dialogue_release(later->dialogue);
	technique_pack_release(later->pack);
}

static void a_conversation_keeps_its_labels_under_other_rules(void **state)
{
	const struct fixture *f = *state;
	struct later later;
	struct replay out;
	struct error error = {0};
	struct engine_run *before = NULL;
	later_open(f, &later);
	assert_int_equal(
		replay(later.dialogue, f->scratch, SEED, later.turns, COUNT(later.turns), f->arena, &out, &error),
		STATUS_OK);
	for (size_t i = 0; i < out.count; i++) {
		assert_true(out.steps[i].recalled);
		same_analysis(&out.steps[i].analysis, &later.kept[i].analysis);
		assert_string_equal(out.steps[i].reply.rule, later.kept[i].reply.rule);
		assert_int_equal(out.steps[i].reply.flag_count, later.kept[i].reply.flag_count);
	}
	assert_true(engine_equal(out.run, later.run));
	engine_free(out.run);
	assert_int_equal(
		replay_before(later.dialogue, f->scratch, SEED, later.turns, COUNT(later.turns), 3, &before, &error),
		STATUS_OK);
	assert_int_equal(replay_before(f->dialogue, f->scratch, SEED, later.turns, 2, 2, &out.run, &error), STATUS_OK);
	struct engine_run *after = NULL;
	assert_int_equal(engine_step(f->dialogue, out.run, &later.kept[1].analysis, later.turns[1].text,
				 later.turns[1].text_length, f->scratch, f->arena, &after, &out.steps[0].reply),
		STATUS_OK);
	assert_true(engine_equal(before, after));
	engine_free(after);
	engine_free(before);
	engine_free(out.run);
	later_close(&later);
}

static void without_a_sound_answer_a_message_is_analysed(void **state)
{
	const struct fixture *f = *state;
	struct later later;
	struct replay out;
	struct error error = {0};
	later_open(f, &later);
	later.turns[1].answer_length /= 2;
	assert_int_equal(
		replay(later.dialogue, f->scratch, SEED, later.turns, COUNT(later.turns), f->arena, &out, &error),
		STATUS_OK);
	assert_false(out.steps[1].recalled);
	assert_int_equal(later.kept[1].analysis.labels[0].technique, TECHNIQUE_ADVICE_DIRECT);
	assert_int_equal(out.steps[1].analysis.labels[0].technique, TECHNIQUE_INFORMATION);
	assert_true(out.steps[0].recalled && out.steps[2].recalled);
	engine_free(out.run);
	later_close(&later);
}

struct seen {
	unsigned count;
	const struct kept *kept;
};

static void look(void *user, const struct replay_step *step, const struct technique_context *context)
{
	struct seen *seen = user;
	const struct kept *kept = &seen->kept[seen->count++];
	same_analysis(&step->analysis, &kept->analysis);
	assert_int_equal(step->turn->number, seen->count);
	assert_string_equal(context->coachee, kept->context.coachee);
	assert_int_equal(context->permission_open, kept->context.permission_open);
	assert_int_equal(context->question_streak, kept->context.question_streak);
	assert_int_equal(context->previous_length, kept->context.previous_length);
	if (seen->count > 1)
		assert_memory_equal(context->previous, kept->context.previous, context->previous_length);
}

static void each_message_can_be_seen_with_what_went_before(void **state)
{
	const struct fixture *f = *state;
	struct later later;
	struct replay out;
	struct error error = {0};
	later_open(f, &later);
	struct seen seen = {.kept = later.kept};
	assert_int_equal(replay_each(later.dialogue, f->scratch, SEED, later.turns, COUNT(later.turns), look, &seen,
				 f->arena, &out, &error),
		STATUS_OK);
	assert_int_equal(seen.count, COUNT(conversation));
	assert_true(engine_equal(out.run, later.run));
	engine_free(out.run);
	later_close(&later);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_shown_is_read_back),
		cmocka_unit_test(what_was_voted_on_is_read_back),
		cmocka_unit_test(what_only_the_engine_finds_is_left_to_it),
		cmocka_unit_test(a_damaged_answer_is_told_from_a_sound_one),
		cmocka_unit_test(answers_from_before_can_be_read),
		cmocka_unit_test(a_conversation_keeps_its_labels_under_other_rules),
		cmocka_unit_test(without_a_sound_answer_a_message_is_analysed),
		cmocka_unit_test(each_message_can_be_seen_with_what_went_before),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
