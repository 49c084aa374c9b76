/* SPDX-License-Identifier: Apache-2.0 */
/* The vote on sentences that no rule is sure of, and how it is explained. */
#include "cue_fixture.h"

#include <stdio.h>

static const struct vote_case {
	const char *what;
	const char *members, *limits;
	const char *text;
	enum technique_id winner, runner_up;
	enum technique_id counted; /* of which the points are checked */
	int points;
} cases[] = {
	{"points add up",
		"\"cues\": [" CUE("a", "apple", "\"empathy\": 20") "," CUE("b", "plum", "\"empathy\": 15") "]", FAIR,
		"An apple, plum.", TECHNIQUE_EMPATHY, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 35},
	{"points against count too",
		"\"cues\": [" CUE("a", "apple", "\"empathy\": 30") "," CUE(
			"b", "plum", "\"empathy\": -25, \"summary\": 12") "]",
		FAIR, "An apple, plum.", TECHNIQUE_SUMMARY, TECHNIQUE_EMPATHY, TECHNIQUE_EMPATHY, 5},
	{"a cue counts once, however often its words are there", "\"cues\": [" CUE("a", "apple", "\"empathy\": 20") "]",
		FAIR, "Apple apple apple.", TECHNIQUE_EMPATHY, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 20},
	{"a tie has no winner; the first of the taxonomy is named",
		"\"cues\": [" CUE("a", "apple", "\"summary\": 20, \"empathy\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_SUMMARY, TECHNIQUE_EMPATHY, 20},
	{"where no lead is asked for, a tie goes by the order of the taxonomy",
		"\"cues\": [" CUE("a", "apple", "\"empathy\": 20, \"summary\": 20") "]",
		"\"vote_least\": 10, \"vote_lead\": 0, \"vote_lead_spoiler\": 0", "An apple.", TECHNIQUE_SUMMARY,
		TECHNIQUE_EMPATHY, TECHNIQUE_SUMMARY, 20},
	{"one point short of the least", "\"cues\": [" CUE("a", "apple", "\"empathy\": 9") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, TECHNIQUE_EMPATHY, 9},
	{"the least itself is enough", "\"cues\": [" CUE("a", "apple", "\"empathy\": 10") "]", FAIR, "An apple.",
		TECHNIQUE_EMPATHY, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 10},
	{"one point short of the lead", "\"cues\": [" CUE("a", "apple", "\"empathy\": 24, \"summary\": 20") "]", FAIR,
		"An apple.", TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, TECHNIQUE_EMPATHY, 24},
	{"the lead itself is enough", "\"cues\": [" CUE("a", "apple", "\"empathy\": 25, \"summary\": 20") "]", FAIR,
		"An apple.", TECHNIQUE_EMPATHY, TECHNIQUE_SUMMARY, TECHNIQUE_EMPATHY, 25},
	{"a verdict without a clear lead gives way",
		"\"cues\": [" CUE("a", "apple", "\"judgement\": 39, \"information\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_INFORMATION, TECHNIQUE_JUDGEMENT, TECHNIQUE_JUDGEMENT, 39},
	{"what may be a verdict is not praised as listening",
		"\"cues\": [" CUE("a", "apple", "\"judgement\": 39, \"empathy\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_JUDGEMENT, TECHNIQUE_JUDGEMENT, 39},
	{"a verdict with a clear lead stands",
		"\"cues\": [" CUE("a", "apple", "\"judgement\": 40, \"empathy\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_JUDGEMENT, TECHNIQUE_EMPATHY, TECHNIQUE_JUDGEMENT, 40},
	{"advice gives way past the next, which is advice in disguise",
		"\"cues\": [" CUE(
			"a", "apple", "\"advice_direct\": 30, \"advice_in_question\": 28, \"information\": 12") "]",
		FAIR, "An apple.", TECHNIQUE_INFORMATION, TECHNIQUE_ADVICE_DIRECT, TECHNIQUE_ADVICE_DIRECT, 30},
	{"what gives way gives way to nothing too weak",
		"\"cues\": [" CUE("a", "apple", "\"judgement\": 25, \"information\": 9") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_INFORMATION, TECHNIQUE_JUDGEMENT, 25},
	{"a cue of conditions alone names nothing",
		"\"cues\": [" CUE_WITH("a", "\"where\": {\"mark\": false}", "\"empathy\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 20},
	{"and adds to one with words",
		"\"cues\": [" CUE_WITH("a", "\"where\": {\"mark\": false}", "\"empathy\": 20") "," CUE(
			"b", "apple", "\"empathy\": 6") "]",
		FAIR, "An apple.", TECHNIQUE_EMPATHY, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 26},
	{"a cue of conditions alone that do not hold",
		"\"cues\": [" CUE_WITH("a", "\"where\": {\"mark\": true}", "\"empathy\": 20") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 0},
	{"a counter-pattern silences a cue",
		"\"cues\": [" CUE_WITH(
			"a", "\"phrases\": [\"apple\"], \"not\": [\"\\\\bno\\\\b\"]", "\"empathy\": 20") "]",
		FAIR, "No apple.", TECHNIQUE_UNCLASSIFIED, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 0},
	{"a default without points gives its confidence",
		"\"defaults\": [" DEFAULT("d", "information", "\"patterns\": [\"\\\\w\"]") "]", FAIR, "An apple.",
		TECHNIQUE_INFORMATION, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_INFORMATION, 30},
	{"a default with points gives those",
		"\"defaults\": [" DEFAULT(
			"d", "information", "\"patterns\": [\"\\\\w\"], \"points\": {\"information\": 44}") "]",
		FAIR, "An apple.", TECHNIQUE_INFORMATION, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_INFORMATION, 44},
	{"a default speaks for its own technique only",
		"\"defaults\": [" DEFAULT(
			"d", "information", "\"patterns\": [\"\\\\w\"], \"points\": {\"summary\": 44}") "]",
		FAIR, "An apple.", TECHNIQUE_UNCLASSIFIED, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_SUMMARY, 44},
	{"only the first default that fits gives points",
		"\"defaults\": [" DEFAULT("c", "empathy", "\"phrases\": [\"plum\"]") "," DEFAULT("d", "information",
			"\"patterns\": [\"\\\\w\"]") "," DEFAULT("e", "information", "\"patterns\": [\"\\\\w\"]") "]",
		FAIR, "An apple.", TECHNIQUE_INFORMATION, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_INFORMATION, 30},
	{"cues outvote a default",
		"\"defaults\": [" DEFAULT("d", "information", "\"patterns\": [\"\\\\w\"]") "], \"cues\": [" CUE(
			"a", "apple", "\"empathy\": 36") "]",
		FAIR, "An apple.", TECHNIQUE_EMPATHY, TECHNIQUE_INFORMATION, TECHNIQUE_INFORMATION, 30},
	{"a head start is counted",
		"\"start\": {\"summary\": 8, \"empathy\": -30}, \"cues\": [" CUE(
			"a", "apple", "\"summary\": 5, \"empathy\": 35") "]",
		FAIR, "An apple.", TECHNIQUE_SUMMARY, TECHNIQUE_EMPATHY, TECHNIQUE_EMPATHY, 5},
	{"a head start alone names nothing",
		"\"start\": {\"summary\": 80}, \"cues\": [" CUE("a", "apple", "\"empathy\": 5") "]", FAIR, "An apple.",
		TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, TECHNIQUE_SUMMARY, 80},
	{"a sure rule is not put to the vote", "\"cues\": [" CUE("a", "should", "\"empathy\": 900") "]", FAIR,
		"You should rest.", TECHNIQUE_ADVICE_DIRECT, TECHNIQUE_UNCLASSIFIED, TECHNIQUE_EMPATHY, 900},
};

static void test_votes(void **state)
{
	const struct world *world = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct vote_case *row = &cases[i];
		struct technique_pack *pack = good_pack(world, row->members, row->limits);
		struct technique_analysis analysis;
		struct technique_explanation explanation = explained(world, pack, row->text, NULL, &analysis);
		const struct technique_label *label = analysis.primary;
		int points = explanation.sentences[0].points[row->counted];
		if (label->technique != row->winner || label->runner_up != row->runner_up || points != row->points) {
			print_error("%s: %s, then %s, %d points for %s\n", row->what, technique_name(label->technique),
				technique_name(label->runner_up), points, technique_name(row->counted));
			wrong++;
		}
		technique_pack_release(pack);
		arena_reset(world->arena);
	}
	assert_int_equal(wrong, 0);
}

static void test_modes_change_nothing_in_the_vote(void **state)
{
	const struct world *world = *state;
	struct technique_context mentoring = {.mode = TECHNIQUE_MENTORING};
	struct technique_pack *pack =
		good_pack(world, "\"cues\": [" CUE("a", "apple", "\"self_disclosure\": 30, \"empathy\": 20") "]", FAIR);
	struct technique_analysis analysis;
	(void)explained(world, pack, "An apple.", NULL, &analysis);
	assert_int_equal(analysis.primary->technique, TECHNIQUE_SELF_DISCLOSURE);
	(void)explained(world, pack, "An apple.", &mentoring, &analysis);
	assert_int_equal(analysis.primary->technique, TECHNIQUE_SELF_DISCLOSURE);
	technique_pack_release(pack);
}

/* What is held against the trainee leads over the question after it, unless it is a few words that are not sure. */
static void test_a_few_words_pass(void **state)
{
	static const struct {
		const char *points, *text;
		enum technique_id primary;
	} rows[] = {
		{"\"advice_direct\": 30", "An apple. What matters to you?", TECHNIQUE_OPEN_QUESTION},
		{"\"advice_direct\": 30", "What matters to you? An apple.", TECHNIQUE_ADVICE_DIRECT},
		{"\"advice_direct\": 90", "An apple. What matters to you?", TECHNIQUE_ADVICE_DIRECT},
		{"\"advice_direct\": 30",
			"One apple for all of them at the table by Thursday noon. What matters to you?",
			TECHNIQUE_ADVICE_DIRECT},
		{"\"self_disclosure\": 35", "An apple was on my desk at home. What matters to you?",
			TECHNIQUE_OPEN_QUESTION},
		{"\"judgement\": 30", "An apple. What matters to you?", TECHNIQUE_JUDGEMENT},
	};
	const struct world *world = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct technique_analysis analysis;
		char members[200];
		(void)snprintf(members, sizeof members, "\"cues\": [" CUE("a", "apple", "%s") "]", rows[i].points);
		struct technique_pack *pack = good_pack(world, members, FAIR);
		(void)explained(world, pack, rows[i].text, NULL, &analysis);
		assert_int_equal(analysis.primary->technique, rows[i].primary);
		technique_pack_release(pack);
	}
}

static void assert_words(const char *text, const struct technique_span *span, const char *words)
{
	assert_int_equal(span->end - span->start, strlen(words));
	assert_memory_equal(text + span->start, words, strlen(words));
}

/* The strongest first, four at most, each with the place of its words in what was typed. */
static void test_evidence(void **state)
{
	static const char text[] = "Ça va… naïve PLUM, caf\u00e9 apple pear fig";
	const struct world *world = *state;
	struct technique_pack *pack = good_pack(world,
		"\"cues\": [" CUE("weak", "va", "\"empathy\": 2") "," CUE("plum", "plum", "\"empathy\": 15") "," CUE(
			"apple", "cafe apple", "\"empathy\": 30") "," CUE("against", "pear",
			"\"empathy\": -3, \"summary\": 9") "," CUE("pear", "pear",
			"\"empathy\": 15") "," CUE("bare_before", "naive", "\"empathy\": 4") "," CUE_WITH("bare",
			"\"where\": {\"mark\": false}", "\"empathy\": 5") "]",
		FAIR);
	struct technique_analysis analysis;
	(void)explained(world, pack, text, NULL, &analysis);
	const struct technique_label *label = analysis.primary;
	static const struct {
		const char *cue, *words;
		int points;
	} wanted[] = {{"apple", "caf\u00e9 apple", 30}, {"plum", "PLUM", 15}, {"pear", "pear", 15}, {"bare", NULL, 5}};
	assert_int_equal(label->technique, TECHNIQUE_EMPATHY);
	assert_int_equal(label->evidence_count, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		const struct technique_evidence *evidence = &label->evidence[i];
		assert_string_equal(evidence->cue, wanted[i].cue);
		assert_int_equal(evidence->points, wanted[i].points);
		assert_memory_equal(evidence->because, "Because of ", 11);
		if (wanted[i].words != NULL)
			assert_words(text, &evidence->span, wanted[i].words);
		else
			assert_memory_equal(&evidence->span, &label->span, sizeof label->span);
	}
	assert_string_equal(label->rule, "apple");
	assert_words(text, &label->cue, "caf\u00e9 apple");
	technique_pack_release(pack);
}

static void test_confidence(void **state)
{
	static const struct {
		const char *points;
		int confidence;
	} rows[] = {{"\"empathy\": 20, \"summary\": 15", 55}, {"\"empathy\": 30", 80}, {"\"empathy\": 900", 95}};
	const struct world *world = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct technique_analysis analysis;
		char members[200];
		(void)snprintf(members, sizeof members, "\"cues\": [" CUE("a", "apple", "%s") "]", rows[i].points);
		struct technique_pack *pack = good_pack(world, members, FAIR);
		(void)explained(world, pack, "An apple.", NULL, &analysis);
		assert_int_equal(analysis.primary->confidence, rows[i].confidence);
		technique_pack_release(pack);
	}
}

static const struct technique_trial *trial_of(const struct technique_sentence *sentence, const char *id)
{
	for (size_t i = 0; i < sentence->trial_count; i++) {
		if (strcmp(sentence->trials[i].id, id) == 0)
			return &sentence->trials[i];
	}
	return NULL;
}

static void test_explanation(void **state)
{
	static const struct {
		const char *id;
		int outcome; /* of enum technique_outcome, or -1: not there */
		const char *detail;
	} rows[] = {
		{"for_it", TECHNIQUE_WON, NULL},
		{"for_another", TECHNIQUE_LOST, "empathy"},
		{"hushed", TECHNIQUE_SILENCED, "fig"},
		{"asking", TECHNIQUE_OUT_OF_PLACE,
			"only with a question mark; only with 9 words or more, and here are 3; only in mentoring"},
		{"echo", TECHNIQUE_OUT_OF_PLACE,
			"only with 2 or more of the coachee's content words taken up, and here is 1"},
		{"absent", -1, NULL},
		{"bare_out", -1, NULL},
		{"standing", TECHNIQUE_LOST, "empathy"},
		{"behind", TECHNIQUE_LOST, "standing"},
	};
	const struct world *world = *state;
	struct technique_context context = {.coachee = "The apples.", .coachee_length = 11};
	struct technique_pack *pack = good_pack(world,
		"\"defaults\": [" DEFAULT("standing", "information", "\"patterns\": [\"\\\\w\"]") "," DEFAULT(
			"behind", "summary", "\"patterns\": [\"\\\\w\"]") "], \"cues\": [" CUE("for_it", "apple",
			"\"empathy\": 60") "," CUE("for_another", "plum", "\"summary\": 5") "," CUE_WITH("hushed",
			"\"phrases\": [\"plum\"], \"not\": [\"fig\"]", "\"summary\": 50") "," CUE_WITH("asking",
			"\"phrases\": [\"plum\"], \"where\": {\"mark\": true, \"words_at_least\": 9, \"mode\": "
			"\"mentoring\"}",
			"\"summary\": 50") "," CUE_WITH("echo",
			"\"phrases\": [\"fig\"], \"where\": {\"shared_at_least\": 2}",
			"\"summary\": 50") "," CUE("absent", "quince", "\"summary\": 50") "," CUE_WITH("bare_out",
			"\"where\": {\"mark\": true}", "\"summary\": 50") "]",
		FAIR);
	struct technique_analysis analysis;
	struct technique_explanation explanation = explained(world, pack, "Apple plum fig", &context, &analysis);
	assert_int_equal(explanation.sentence_count, 1);
	const struct technique_sentence *sentence = &explanation.sentences[0];
	assert_ptr_equal(sentence->label, analysis.primary);
	assert_null(sentence->rule);
	assert_int_equal(sentence->winner, TECHNIQUE_EMPATHY);
	assert_int_equal(sentence->runner_up, TECHNIQUE_INFORMATION);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct technique_trial *trial = trial_of(sentence, rows[i].id);
		assert_int_equal(trial != NULL ? (int)trial->outcome : -1, rows[i].outcome);
		if (trial != NULL && rows[i].detail != NULL)
			assert_string_equal(trial->detail, rows[i].detail);
		else if (trial != NULL)
			assert_null(trial->detail);
	}
	assert_words("Apple plum fig", &trial_of(sentence, "hushed")->words, "plum");
	technique_pack_release(pack);
}

/* A sure rule, a sentence that joins the one before, and one that has no label of its own. */
static void test_explained_sentences(void **state)
{
	const struct world *world = *state;
	struct technique_pack *pack = good_pack(world, "\"cues\": [" CUE("a", "should", "\"empathy\": 40") "]", FAIR);
	struct technique_analysis analysis;
	struct technique_explanation explanation =
		explained(world, pack, "You should rest. Plums. Have you tried figs?", NULL, &analysis);
	assert_int_equal(explanation.sentence_count, 3);
	assert_string_equal(explanation.sentences[0].rule, "should");
	assert_int_equal(explanation.sentences[0].winner, TECHNIQUE_EMPATHY);
	assert_string_equal(trial_of(&explanation.sentences[0], "a")->detail, "should");
	assert_int_equal(trial_of(&explanation.sentences[0], "should")->outcome, TECHNIQUE_WON);
	assert_null(explanation.sentences[1].label);
	assert_int_equal(explanation.sentences[2].label->technique, TECHNIQUE_ADVICE_IN_QUESTION);
	explanation = explained(world, pack, "I can't go on. You should rest.", NULL, &analysis);
	assert_string_equal(analysis.safety, "distress");
	assert_int_equal(explanation.sentence_count, 0);
	technique_pack_release(pack);
}

static const struct technique_tally_row *counted(const struct technique_tally *tally, const char *id)
{
	size_t count;
	const struct technique_tally_row *rows = technique_tally_rows(tally, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(rows[i].id, id) == 0)
			return &rows[i];
	}
	return NULL;
}

static void test_tally(void **state)
{
	static const char *const texts[] = {
		"Apple.", "Apple plum.", "Plum fig.", "You should have an apple.", "Quince.", "I can't go on. Apple."};
	static const struct {
		const char *id;
		size_t held, won, decided;
	} rows[] = {
		{"should", 1, 1, 1},
		{"verdict", 0, 0, 0},
		{"standing", 5, 1, 1},
		{"behind", 5, 0, 0},
		{"a", 3, 2, 1},
		{"p", 2, 2, 1},
		{"weak", 1, 1, 0},
		{"never", 0, 0, 0},
	};
	const struct world *world = *state;
	static const struct technique_context nothing;
	struct technique_pack *pack = good_pack(world,
		"\"defaults\": [" DEFAULT("standing", "information", "\"patterns\": [\"\\\\w\"]") "," DEFAULT(
			"behind", "summary", "\"patterns\": [\"\\\\w\"]") "], \"cues\": [" CUE("a", "apple",
			"\"empathy\": 60") "," CUE("p", "plum", "\"empathy\": 50") "," CUE("weak", "fig",
			"\"empathy\": 1") "," CUE("never", "marrow", "\"summary\": 50") "]",
		FAIR);
	struct technique_tally *tally = technique_tally_new(pack);
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(
			technique_tally_add(tally, world->scratch, texts[i], strlen(texts[i]), &nothing), STATUS_OK);
	assert_int_equal(technique_tally_add(tally, world->scratch, " ", 1, &nothing), STATUS_INVALID);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct technique_tally_row *row = counted(tally, rows[i].id);
		assert_non_null(row);
		if (row->held != rows[i].held || row->won != rows[i].won || row->decided != rows[i].decided)
			fail_msg("%s: held %zu, won %zu, decided %zu", row->id, row->held, row->won, row->decided);
	}
	technique_tally_free(tally);
	technique_tally_free(NULL);
	technique_pack_release(pack);
}

static void test_bad_packs(void **state)
{
	static const struct {
		const char *members, *limits;
		const char *code, *path;
	} rows[] = {
		{"\"cues\": [" CUE("a", "apple", "\"emphaty\": 20") "]", FAIR, "P005", "/cues/0/points/emphaty"},
		{"\"cues\": [" CUE("a", "apple", "\"multiple_questions\": 20") "]", FAIR, "P005",
			"/cues/0/points/multiple_questions"},
		{"\"cues\": [" CUE("a", "apple", "\"empathy\": 1001") "]", FAIR, "P004", "/cues/0/points/empathy"},
		{"\"cues\": [" CUE("a", "apple", "\"empathy\": -1001") "]", FAIR, "P004", "/cues/0/points/empathy"},
		{"\"cues\": [" CUE("a", "apple", "\"empathy\": 1.5") "]", FAIR, "P004", "/cues/0/points/empathy"},
		{"\"cues\": [" CUE("a", "apple", "\"empathy\": \"many\"") "]", FAIR, "P004", "/cues/0/points/empathy"},
		{"\"cues\": [" CUE_WITH("a", "\"note\": \"nothing\"", "\"empathy\": 1") "]", FAIR, "P003", "/cues/0"},
		{"\"cues\": [" CUE_WITH(
			 "a", "\"technique\": \"empathy\", \"phrases\": [\"apple\"]", "\"empathy\": 1") "]",
			FAIR, "P002", "/cues/0/technique"},
		{"\"cues\": [" CUE("should", "apple", "\"empathy\": 1") "]", FAIR, "P006", "/cues/0"},
		{"\"cues\": [" CUE("a", "apple", "\"empathy\": 1") "," CUE("a", "plum", "\"empathy\": 1") "]", FAIR,
			"P006", "/cues/1"},
		{"\"cues\": [" CUE_WITH("a", "\"phrases\": [\"apple\"], \"focus\": \"goals\"", "\"empathy\": 1") "]",
			FAIR, "P005", "/cues/0/focus"},
		{"\"cues\": [" CUE_WITH("a", "\"patterns\": [\"(apple\"]", "\"empathy\": 1") "]", FAIR, "P007",
			"/cues/0/patterns/0"},
		{"\"cues\": [" CUE_WITH("a", "\"patterns\": [\"apple)|a)|pear)|b\"]", "\"empathy\": 1") "]", FAIR,
			"P007", "/cues/0/patterns/0"},
		{"\"cues\": [" CUE_WITH("a", "\"phrases\": [\"fig\"], \"also\": [\"(fig\"]", "\"empathy\": 1") "]",
			FAIR, "P007", "/cues/0/also/0"},
		{"\"cues\": [" CUE_WITH("a", "\"where\": {\"marks\": true}", "\"empathy\": 1") "]", FAIR, "P002",
			"/cues/0/where/marks"},
		{"\"defaults\": [" DEFAULT("d", "information", "\"where\": {\"mark\": true}") "]", FAIR, "P003",
			"/defaults/0"},
		{"\"start\": {\"sumary\": 1}", FAIR, "P005", "/start/sumary"},
		{"\"start\": {\"summary\": 4000}", FAIR, "P004", "/start/summary"},
		{"\"cues\": []", "\"vote_least\": 2000", "P004", "/limits/vote_least"},
		{"\"cues\": []", "\"vote_lead\": -1", "P004", "/limits/vote_lead"},
		{"\"cues\": []", "\"vote_lead_spoiler\": \"much\"", "P004", "/limits/vote_lead_spoiler"},
	};
	const struct world *world = *state;
	unsigned missed = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct findings *findings = findings_new();
		struct technique_pack *pack = compile(world, rows[i].members, rows[i].limits, findings);
		bool found = false;
		for (size_t j = 0; j < findings_count(findings); j++) {
			const struct finding *finding = findings_at(findings, j);
			found |= strcmp(finding->code, rows[i].code) == 0 && strcmp(finding->path, rows[i].path) == 0 &&
				 finding->severity == FINDING_ERROR && finding->line > 0;
		}
		if (pack != NULL || !found) {
			print_error("%s %s is not found\n", rows[i].code, rows[i].path);
			missed++;
		}
		technique_pack_release(pack);
		findings_free(findings);
	}
	assert_int_equal(missed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_votes),
		cmocka_unit_test(test_modes_change_nothing_in_the_vote),
		cmocka_unit_test(test_a_few_words_pass),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_confidence),
		cmocka_unit_test(test_explanation),
		cmocka_unit_test(test_explained_sentences),
		cmocka_unit_test(test_tally),
		cmocka_unit_test(test_bad_packs),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
