/* SPDX-License-Identifier: Apache-2.0 */
/* How many turns a second the store keeps, with 1, 50 and 1,000 conversations that each wait for their turn to be kept
 * before they send the next: bench_store [FOLDER [SECONDS [SESSIONS [RATE]]]]. With a RATE the turns come evenly, so many
 * a second, as far as there is a conversation that waits for nothing. */
#include "askwell/arena.h"
#include "askwell/clock.h"
#include "askwell/memory.h"
#include "askwell/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#define ANSWER_BYTES 1500
#define LATENCY_SLOTS 200000 /* of a microsecond each; the last one holds the rest */

struct bench;

struct talk {
	struct bench *bench;
	struct id id;
	uint32_t number;
	int64_t sent_us;
};

struct bench {
	struct store *store;
	struct talk *talks;
	char answer[ANSWER_BYTES];
	uint32_t *latency;
	uint64_t kept, failed;
	int64_t queueing_ns, until_us;
	bool stopped;
	int64_t rate;       /* 0: as fast as it goes */
	struct talk **idle; /* a ring */
	size_t idle_first, idle_count, talk_count;
};

static int64_t nanoseconds(clockid_t clock)
{
	struct timespec time;

	(void)clock_gettime(clock, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void say(struct talk *talk);

static void said(void *user, enum status status, const struct error *error)
{
	struct talk *talk = user;
	struct bench *bench = talk->bench;
	int64_t now = clock_monotonic_us(), took = now - talk->sent_us;

	if (status) {
		if (bench->failed++ == 0)
			(void)fprintf(stderr, "bench_store: %s\n", error->text);
		return;
	}
	bench->kept++;
	bench->latency[took < LATENCY_SLOTS ? took : LATENCY_SLOTS - 1]++;
	bench->stopped = bench->stopped || now >= bench->until_us;
	if (bench->rate)
		bench->idle[(bench->idle_first + bench->idle_count++) % bench->talk_count] = talk;
	else if (!bench->stopped)
		say(talk);
}

static void say(struct talk *talk)
{
	static const char text[] = "What would it look like if the week went well for you and for the team?";
	struct turn turn = {.number = ++talk->number, .kind = TURN_SAY, .at_ms = 1, .text = text};
	int64_t before = nanoseconds(CLOCK_MONOTONIC);

	turn.text_length = sizeof text - 1;
	talk->sent_us = before / 1000;
	if (!store_put_turn(talk->bench->store, &talk->id, &turn, talk->bench->answer, ANSWER_BYTES, NULL, said, talk))
		talk->bench->failed++;
	talk->bench->queueing_ns += nanoseconds(CLOCK_MONOTONIC) - before;
}

static int64_t percentile(const struct bench *bench, double share)
{
	uint64_t wanted = (uint64_t)(share * (double)bench->kept), seen = 0;

	for (int64_t slot = 0; slot < LATENCY_SLOTS; slot++) {
		seen += bench->latency[slot];
		if (seen > wanted)
			return slot;
	}
	return LATENCY_SLOTS;
}

static void checked(void *user, enum status status, const struct error *error)
{
	(void)user;
	if (status) {
		(void)fprintf(stderr, "bench_store: %s\n", error->text);
		exit(1);
	}
}

static void start(struct bench *bench, unsigned count)
{
	static const char body[] = "{}";
	struct store_person person = {.id = id_new(), .organisation = id_new(), .created_ms = 1, .expires_ms = 2};
	struct store_version dialogue = {"bench-dialogue", "dialogue", "bench", body, sizeof body - 1};
	struct store_version pack = {"bench-pack", "pack", "en", body, sizeof body - 1};

	memcpy(person.token_hash, person.id.bytes, sizeof person.id.bytes);
	(void)store_put_person(bench->store, &person, checked, NULL);
	for (unsigned i = 0; i < count; i++) {
		struct store_session session = {
			.id = id_new(), .organisation = person.organisation, .person = person.id};

		session.script = "bench";
		session.script_hash = dialogue.hash;
		session.pack_hash = pack.hash;
		session.started_ms = 1;
		bench->talks[i] = (struct talk){.bench = bench, .id = session.id};
		(void)store_put_session(bench->store, &session, &dialogue, &pack, checked, NULL);
	}
	while (store_wait(bench->store))
		;
}

static void report(
	const struct bench *bench, unsigned talks, double seconds, double cpu, const struct store_figures *before)
{
	struct store_figures after;
	uint64_t commits;

	store_figures(bench->store, &after);
	commits = after.commits - before->commits;
	printf("in_flight=%u turns_per_second=%.0f commits=%llu mean_batch=%.1f p50_ms=%.2f p99_ms=%.2f p999_ms=%.2f "
	       "queueing_us=%.2f cpu_us_per_turn=%.2f checkpoints=%llu failed=%llu\n",
		talks, (double)bench->kept / seconds, (unsigned long long)commits,
		commits ? (double)bench->kept / (double)commits : 0, (double)percentile(bench, 0.5) / 1e3,
		(double)percentile(bench, 0.99) / 1e3, (double)percentile(bench, 0.999) / 1e3,
		(double)bench->queueing_ns / 1e3 / (double)bench->kept, cpu / (double)bench->kept,
		(unsigned long long)(after.checkpoints - before->checkpoints), (unsigned long long)bench->failed);
}

static void say_evenly(struct bench *bench, int64_t begun)
{
	const struct timespec moment = {.tv_sec = 0, .tv_nsec = 50000};
	int64_t said_so_far = 0, now;

	while ((now = clock_monotonic_us()) < bench->until_us) {
		int64_t due = (now - begun) * bench->rate / 1000000;

		while (said_so_far < due && bench->idle_count > 0) {
			say(bench->idle[bench->idle_first]);
			bench->idle_first = (bench->idle_first + 1) % bench->talk_count;
			bench->idle_count--;
			said_so_far++;
		}
		(void)nanosleep(&moment, NULL);
		(void)store_drain(bench->store);
	}
}

static void measure(struct store *store, unsigned talks, int64_t seconds, int64_t rate)
{
	struct bench bench = {.store = store, .rate = rate, .talk_count = talks};
	struct store_figures before;
	int64_t begun, cpu;

	bench.talks = memory_array(talks, sizeof *bench.talks);
	bench.idle = memory_array(talks, sizeof *bench.idle);
	bench.latency = memory_array(LATENCY_SLOTS, sizeof *bench.latency);
	memset(bench.answer, 'a', sizeof bench.answer);
	start(&bench, talks);
	store_figures(store, &before);
	cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	begun = clock_monotonic_us();
	bench.until_us = begun + seconds * 1000000;
	for (unsigned i = 0; i < talks; i++) {
		if (rate)
			bench.idle[bench.idle_count++] = &bench.talks[i];
		else
			say(&bench.talks[i]);
	}
	if (rate)
		say_evenly(&bench, begun);
	while (store_wait(store))
		;
	report(&bench, talks, (double)(clock_monotonic_us() - begun) / 1e6,
		(double)(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / 1e3, &before);
	free(bench.latency);
	free(bench.idle);
	free(bench.talks);
}

static void print_log_size(const char *folder)
{
	char path[512];
	struct stat info;

	(void)snprintf(path, sizeof path, "%s/askwell.db-wal", folder);
	if (stat(path, &info) == 0)
		printf("write_ahead_log_mb=%.1f\n", (double)info.st_size / 1e6);
}

int main(int count, char **arguments)
{
	static const unsigned loads[] = {1, 50, 1000};
	char fresh[] = "/tmp/bench_store.XXXXXX";
	const char *folder = count > 1 ? arguments[1] : mkdtemp(fresh);
	int64_t seconds = count > 2 ? strtoll(arguments[2], NULL, 10) : 5;
	unsigned only = count > 3 ? (unsigned)strtoul(arguments[3], NULL, 10) : 0;
	int64_t rate = count > 4 ? strtoll(arguments[4], NULL, 10) : 0;
	struct store_options options = {.folder = folder};
	struct store *store = NULL;
	struct error error = {0};

	if (!folder || store_open(&options, &store, &error)) {
		(void)fprintf(stderr, "bench_store: %s\n", error.text);
		return 1;
	}
	for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
		if (!only || only == loads[i])
			measure(store, loads[i], seconds, rate);
	}
	print_log_size(folder);
	store_close(store);
	return 0;
}
