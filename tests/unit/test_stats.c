/* SPDX-License-Identifier: Apache-2.0 */
/* Figures over conversations: what is counted, and that few people are never shown. */
#include "dialogue_fixture.h"

#include "askwell/stats.h"

#define DAY ((int64_t)24 * 60 * 60 * 1000)
#define NOW (100 * DAY)

static struct id person(uint8_t number)
{
	return (struct id){{number}};
}

static struct turn turn_of(const char *typed, uint32_t number, int64_t at_ms)
{
	struct turn turn = {
		.number = number, .kind = TURN_SAY, .at_ms = at_ms, .text = typed, .text_length = strlen(typed)};
	if (*typed != '/')
		return turn;
	turn.text = "";
	turn.text_length = 0;
	turn.kind = strcmp(typed, "/end") == 0 ? TURN_END : strcmp(typed, "/hint") == 0 ? TURN_HINT : TURN_RETAKE;
	if (turn.kind == TURN_RETAKE)
		turn.to = (uint32_t)strtoul(typed + 8, NULL, 10);
	return turn;
}

/* `typed` ends with NULL. */
static void talk(const struct fixture *f, struct stats *stats, const struct dialogue *dialogue, uint8_t who,
	int64_t at_ms, const char *const *typed)
{
	struct turn turns[16];
	struct replay replayed;
	struct id id = person(who);
	uint32_t count = 0;
	for (; typed[count] != NULL; count++)
		turns[count] = turn_of(typed[count], count + 1, at_ms);
	assert_int_equal(replay(dialogue, f->scratch, 7, turns, count, f->arena, &replayed, NULL), STATUS_OK);
	stats_add(stats, dialogue, &id, &replayed, NOW);
	engine_free(replayed.run);
}

static const char *const ended[] = {"How is work?", "Who won the football?", "/end", NULL};
static const char *const stuck[] = {"How is work?", "/hint", "Hm", "/retake 3", "What are your evenings like?", NULL};

static struct dialogue *other_version(const struct fixture *f, const char *title)
{
	struct dialogue_source script = fixture_edit(f->arena, &f->script, "The late trains", title);
	struct findings *findings = findings_new();
	struct dialogue *dialogue = NULL;
	assert_int_equal(
		fixture_compile(&script, &f->model, &f->temperament, f->pack, false, findings, &dialogue), STATUS_OK);
	findings_free(findings);
	return dialogue;
}

static uint64_t ending(const struct stats_row *row, const char *id, bool *withheld)
{
	for (size_t i = 0; i < row->ending_count; i++)
		if (strcmp(row->endings[i].id, id) == 0) {
			*withheld = row->endings[i].reached.withheld;
			return row->endings[i].reached.count;
		}
	fail_msg("no ending %s", id);
	return 0;
}

static void conversations_are_counted(void **state)
{
	const struct fixture *f = *state;
	struct stats *stats = stats_new();
	size_t count;
	bool left_out, withheld;
	for (uint8_t i = 0; i < 6; i++)
		talk(f, stats, f->dialogue, i, NOW - 3 * DAY, ended);
	for (uint8_t i = 0; i < 5; i++)
		talk(f, stats, f->dialogue, i, NOW - 3 * DAY, stuck);
	for (uint8_t i = 0; i < 5; i++)
		talk(f, stats, f->dialogue, i, NOW - 1, stuck);
	const struct stats_row *row = stats_rows(stats, f->arena, &count, &left_out);
	assert_int_equal(count, 1);
	assert_false(left_out);
	assert_string_equal(row->hash, dialogue_hash(f->dialogue));
	assert_int_equal(row->people, 6);
	assert_int_equal(row->conversations, 16);
	assert_int_equal(row->messages, 6 * 2 + 10 * 3);
	assert_int_equal(ending(row, "closed", &withheld), 6);
	assert_int_equal(row->stopped.count, 5);
	assert_int_equal(row->open.count, 5);
	assert_int_equal(row->hints.count, 10);
	assert_int_equal(row->retakes.count, 10);
	assert_int_equal(row->anyhow.count, 16);
	assert_int_equal(row->unclassified.count, 16);
	assert_string_equal(row->states[0].state, "arriving");
	assert_int_equal(row->states[0].hints.count + row->states[0].retakes.count, 20);
	assert_int_equal(row->turns[0].turn, 1);
	assert_int_equal(row->turns[0].retakes.count, 10);
	assert_int_equal(row->turns[1].turn, 2);
	assert_int_equal(row->turns[1].stops.count, 5);
	assert_non_null(row->coverage);
	stats_free(stats);
}

static void few_people_are_not_shown(void **state)
{
	const struct fixture *f = *state;
	struct stats *stats = stats_new();
	size_t count;
	bool left_out, withheld;
	for (int i = 0; i < 30; i++)
		talk(f, stats, f->dialogue, (uint8_t)(i % 4), NOW - 3 * DAY, ended);
	const struct stats_row *rows = stats_rows(stats, f->arena, &count, &left_out);
	assert_int_equal(count, 0);
	assert_true(left_out);
	/* Two more people, but for the hints and the stops only those two. */
	for (uint8_t i = 8; i < 10; i++)
		talk(f, stats, f->dialogue, i, NOW - 3 * DAY, stuck);
	rows = stats_rows(stats, f->arena, &count, &left_out);
	assert_int_equal(count, 1);
	assert_true(rows->hints.withheld);
	assert_true(rows->stopped.withheld);
	assert_int_equal(rows->stopped.count, 0);
	assert_int_equal(rows->state_count, 0);
	assert_int_equal(rows->turn_count, 0);
	/* All but two stopped: what ended would say how many. */
	assert_int_equal(ending(rows, "closed", &withheld), 0);
	assert_true(withheld);
	stats_free(stats);
}

static void versions_of_few_people_are_put_together(void **state)
{
	const struct fixture *f = *state;
	struct stats *stats = stats_new();
	struct dialogue *second = other_version(f, "Second"), *third = other_version(f, "Third");
	size_t count;
	bool left_out;
	for (uint8_t i = 0; i < 5; i++)
		talk(f, stats, f->dialogue, i, NOW - 3 * DAY, ended);
	for (uint8_t i = 0; i < 3; i++)
		talk(f, stats, second, i, NOW - 3 * DAY, ended);
	const struct stats_row *rows = stats_rows(stats, f->arena, &count, &left_out);
	assert_int_equal(count, 1);
	assert_true(left_out);
	for (uint8_t i = 3; i < 6; i++)
		talk(f, stats, third, i, NOW - 3 * DAY, ended);
	/* What is kept of a version does not rest on the caller's reference. */
	dialogue_release(second);
	dialogue_release(third);
	rows = stats_rows(stats, f->arena, &count, &left_out);
	assert_int_equal(count, 2);
	assert_false(left_out);
	assert_non_null(rows[0].hash);
	assert_null(rows[1].hash);
	assert_null(rows[1].coverage);
	assert_int_equal(rows[1].versions, 2);
	assert_int_equal(rows[1].people, 6);
	assert_int_equal(rows[1].conversations, 6);
	stats_free(stats);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conversations_are_counted),
		cmocka_unit_test(few_people_are_not_shown),
		cmocka_unit_test(versions_of_few_people_are_put_together),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
