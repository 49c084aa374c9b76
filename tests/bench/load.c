/* SPDX-License-Identifier: Apache-2.0 */
/* Load: many trainees who coach at once, each waiting for the answer before saying the next thing. Measures whole turns
 * as a trainee meets them: from the frame sent to the committed answer. */
#include "client.h"
#include "frame.h"
#include "histogram.h"
#include "process.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>

#define CASES_MAX 8
#define EVENTS_MAX 512
#define SETTLING_MAX 64    /* sign-ins and starts under way at once */
#define SETTLE_SECONDS 120 /* the longest that getting ready may take */
#define SESSION_TURNS 30
#define FAILURES_SHOWN 3

struct options {
	unsigned port;
	size_t active, idle;
	double seconds, warm_up;
	bool echo;
	pid_t pid;
	const char *cases[CASES_MAX];
	size_t case_count;
};

struct load {
	struct options options;
	int epoll;
	struct client *clients; /* owned; the active ones first */
	size_t count;
	size_t begun, settling, settled, failed;
	bool speaking; /* the active ones are talking */
	bool counting; /* and the answers count */
	char *inbox;   /* owned */
	struct histogram histogram;
	uint64_t starts, answer_bytes;
	int64_t started_us, stopped_us;
};

static int64_t now_us(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void fail(struct load *load, struct client *client, const char *what)
{
	if (load->failed < FAILURES_SHOWN)
		(void)fprintf(stderr, "load: client %zu: %s\n", (size_t)(client - load->clients), what);
	client_hang_up(client);
	client->step = CLIENT_FAILED;
	load->failed++;
	if (!client->settled)
		load->settling--;
	client->settled = true;
}

static void wrong(const struct load *load, const char *data, size_t length)
{
	if (load->failed < FAILURES_SHOWN)
		(void)fprintf(stderr, "load: not the answer: %.*s\n", (int)(length < 600 ? length : 600), data);
}

static void say(struct load *load, struct client *client)
{
	client->step = CLIENT_SPEAKING;
	client->sent_us = now_us();
	if (!client_send_turn(client))
		fail(load, client, "cannot send a turn");
}

static void start(struct load *load, struct client *client)
{
	size_t index = (size_t)client_roll(client) % load->options.case_count;
	client->step = CLIENT_STARTING;
	/* The first conversations have different lengths, so that they do not all end in the same moment. */
	client->turns_left = load->speaking ? SESSION_TURNS : 1 + (uint32_t)(client_roll(client) % SESSION_TURNS);
	load->starts++;
	if (!client_send_start(client, load->options.cases[index]))
		fail(load, client, "cannot start a session");
}

static void ready(struct load *load, struct client *client)
{
	if (load->speaking && client->active) {
		say(load, client);
		return;
	}
	client->step = CLIENT_READY;
	client->settled = true;
	load->settled++;
	load->settling--;
}

static bool dial(struct load *load, struct client *client)
{
	struct client_target target = {load->options.port, (size_t)(client - load->clients)};
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
	return client_dial(client, &target) && epoll_ctl(load->epoll, EPOLL_CTL_ADD, client->fd, &event) == 0;
}

static void upgrade(struct load *load, struct client *client)
{
	client->step = CLIENT_UPGRADING;
	if (!dial(load, client) || !client_send_upgrade(client, load->options.port))
		fail(load, client, "cannot connect");
}

static void begin(struct load *load, struct client *client)
{
	client->step = CLIENT_SIGNING_IN;
	load->settling++;
	if (load->options.echo)
		upgrade(load, client);
	else if (!dial(load, client) || !client_send_sign_in(client, load->options.port))
		fail(load, client, "cannot connect to sign in");
}

static bool has(const char *data, size_t length, const char *text)
{
	return memmem(data, length, text, strlen(text)) != NULL;
}

static void signed_in(struct load *load, struct client *client, const char *head, size_t length)
{
	static const char field[] = "\nset-cookie: ";
	client_hang_up(client);
	const char *value = NULL;
	for (size_t i = 0; i + sizeof(field) < length && !value; i++)
		if (strncasecmp(head + i, field, sizeof(field) - 1) == 0)
			value = head + i + sizeof(field) - 1;
	size_t size = value ? strcspn(value, ";\r\n") : 0;
	if (size == 0 || size >= sizeof(client->cookie)) {
		fail(load, client, "signing in gave no cookie");
		return;
	}
	memcpy(client->cookie, value, size);
	client->cookie[size] = '\0';
	upgrade(load, client);
}

/* One answer, complete. */
static void answered(struct load *load, struct client *client)
{
	if (client->step == CLIENT_STARTING) {
		ready(load, client);
		return;
	}
	if (client->step != CLIENT_SPEAKING)
		return;
	int64_t now = now_us();
	if (load->counting)
		histogram_add(&load->histogram, (uint64_t)(now - client->sent_us));
	if (!load->speaking) {
		client->step = CLIENT_READY;
		return;
	}
	client->turns_left--;
	if (!load->options.echo && (client->turns_left == 0 || client->message_ended))
		start(load, client);
	else
		say(load, client);
}

/* Is this the beginning of the answer to the last request? */
static bool expected(const struct load *load, const struct client *client, const struct frame *frame)
{
	static const char opening[] = "{\"jsonrpc\":\"2.0\",\"id\":";
	char wanted[160];
	if (load->options.echo)
		return true;
	if (frame->length < sizeof(opening) || memcmp(frame->payload, opening, sizeof(opening) - 1) != 0)
		return false;
	const char *after = NULL;
	uint64_t id = 0;
	for (after = frame->payload + sizeof(opening) - 1; *after >= '0' && *after <= '9'; after++)
		id = id * 10 + (uint64_t)(*after - '0');
	if (id != client->request)
		return false;
	static const char result[] = ",\"result\":{";
	size_t left = frame->length - (size_t)(after - frame->payload);
	if (left < sizeof(result) || memcmp(after, result, sizeof(result) - 1) != 0)
		return false;
	if (client->step != CLIENT_SPEAKING)
		return true;
	int length = snprintf(
		wanted, sizeof(wanted), "\"session\":\"%s\",\"turn\":%" PRIu32 ",", client->session, client->turn);
	return left >= sizeof(result) + (size_t)length &&
	       memcmp(after + sizeof(result) - 1, wanted, (size_t)length) == 0;
}

static void take_text(struct load *load, struct client *client, const struct frame *frame)
{
	if (frame->opcode == FRAME_TEXT) {
		if (has(frame->payload, frame->length < 64 ? frame->length : 64, "\"method\":"))
			return; /* a notification */
		client->message_right = expected(load, client, frame);
		client->message_ended = false;
		if (!client->message_right)
			wrong(load, frame->payload, frame->length);
	}
	if (!load->options.echo && client->step == CLIENT_SPEAKING && has(frame->payload, frame->length, "\"ended\":{"))
		client->message_ended = true;
	client->message_open = !frame->final;
	if (load->counting && client->step == CLIENT_SPEAKING)
		load->answer_bytes += frame->length;
	if (!frame->final)
		return;
	if (client->message_right)
		answered(load, client);
	else
		fail(load, client, "the conversation cannot go on");
}

/* Returns how many bytes were used up. */
static size_t take_frames(struct load *load, struct client *client, const char *data, size_t length)
{
	size_t used = 0;
	struct frame frame;
	while (client->fd >= 0 && frame_read(data + used, length - used, &frame)) {
		used += frame.size;
		if (frame.opcode == FRAME_TEXT || frame.opcode == FRAME_CONTINUATION)
			take_text(load, client, &frame);
		else if (frame.opcode == FRAME_PING)
			(void)client_send_pong(client, frame.payload, frame.length);
		else if (frame.opcode == FRAME_CLOSE)
			fail(load, client, "closed by the server");
	}
	return used;
}

static size_t take_upgrade(struct load *load, struct client *client, const char *data, size_t length)
{
	static const char status[] = "HTTP/1.1 101";
	const char *end = memmem(data, length, "\r\n\r\n", 4);
	if (!end)
		return 0;
	if (memcmp(data, status, sizeof(status) - 1) != 0) {
		(void)fprintf(stderr, "load: upgrade refused: %.*s\n", (int)strcspn(data, "\r\n"), data);
		fail(load, client, "cannot upgrade");
		return 0;
	}
	if (load->options.echo)
		ready(load, client);
	else
		start(load, client);
	return (size_t)(end - data) + 4;
}

static void on_readable(struct load *load, struct client *client)
{
	size_t length = 0;
	size_t used = 0;
	bool open = client_receive(client, load->inbox, &length);
	load->inbox[length] = '\0';
	if (client->step == CLIENT_SIGNING_IN) {
		if (open)
			client_hold(client, load->inbox, length);
		else
			signed_in(load, client, load->inbox, length);
		return;
	}
	if (client->step == CLIENT_UPGRADING)
		used = take_upgrade(load, client, load->inbox, length);
	if (client->step != CLIENT_UPGRADING && client->fd >= 0)
		used += take_frames(load, client, load->inbox + used, length - used);
	if (client->fd < 0)
		return;
	if (!open)
		fail(load, client, "the server hung up");
	else if (used < length)
		client_hold(client, load->inbox + used, length - used);
}

/* Serves events until `until_us`, or until everybody is ready when that is asked for. */
static void serve(struct load *load, int64_t until_us, bool until_settled)
{
	struct epoll_event events[EVENTS_MAX];
	for (;;) {
		while (load->begun < load->count && load->settling < SETTLING_MAX)
			begin(load, &load->clients[load->begun++]);
		if (until_settled && load->begun == load->count && load->settling == 0)
			return;
		int64_t left = until_us - now_us();
		if (left <= 0)
			return;
		int got = epoll_wait(load->epoll, events, EVENTS_MAX, (int)(left / 1000) + 1);
		for (int i = 0; i < got; i++) {
			struct client *client = events[i].data.ptr;
			if (client->fd >= 0)
				on_readable(load, client);
		}
	}
}

static uint64_t own_cpu_us(void)
{
	struct rusage usage;
	(void)getrusage(RUSAGE_SELF, &usage);
	return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000U +
	       (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void print_ratio(const char *name, double value, double of)
{
	(void)printf("%s=%.2f\n", name, of > 0 ? value / of : 0);
}

static void print_latencies(const struct histogram *histogram)
{
	static const struct {
		const char *name;
		double share;
	} points[] = {{"p50_ms", 0.50}, {"p95_ms", 0.95}, {"p99_ms", 0.99}, {"p999_ms", 0.999}};
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		(void)printf("%s=%.3f\n", points[i].name, histogram_ms(histogram, points[i].share));
	(void)printf("max_ms=%.3f\n", (double)histogram->largest / 1000.0);
}

/* Everybody talks; the answers count after the warm-up. */
static void measure(struct load *load)
{
	pid_t pid = load->options.pid;
	load->speaking = true;
	for (size_t i = 0; i < load->options.active; i++)
		if (load->clients[i].step == CLIENT_READY)
			say(load, &load->clients[i]);
	serve(load, now_us() + (int64_t)(load->options.warm_up * 1e6), false);
	uint64_t server_cpu = process_cpu_us(pid);
	uint64_t own_cpu = own_cpu_us();
	load->starts = 0;
	load->counting = true;
	load->started_us = now_us();
	serve(load, load->started_us + (int64_t)(load->options.seconds * 1e6), false);
	load->stopped_us = now_us();
	load->counting = false;
	server_cpu = process_cpu_us(pid) - server_cpu;
	own_cpu = own_cpu_us() - own_cpu;

	double turns = (double)load->histogram.total;
	double seconds = (double)(load->stopped_us - load->started_us) / 1e6;
	(void)printf("turns=%" PRIu64 "\nstarts=%" PRIu64 "\n", load->histogram.total, load->starts);
	print_ratio("turns_per_second", turns, seconds);
	print_latencies(&load->histogram);
	print_ratio("answer_bytes", (double)load->answer_bytes, turns);
	print_ratio("load_cpu_us_per_turn", (double)own_cpu, turns);
	if (pid > 0) {
		print_ratio("server_cpu_us_per_turn", (double)server_cpu, turns);
		print_ratio("server_cpu_share", (double)server_cpu / 1e6, seconds);
	}
	/* Answers that are still under way arrive before the sockets close. */
	load->speaking = false;
	serve(load, now_us() + 200000, false);
}

static int run(struct load *load)
{
	uint64_t before_kb = process_rss_kb(load->options.pid);
	serve(load, now_us() + SETTLE_SECONDS * (int64_t)1000000, true);
	if (load->settled < load->count)
		(void)fprintf(stderr, "load: only %zu of %zu got ready\n", load->settled, load->count);
	if (load->options.pid > 0) {
		uint64_t after_kb = process_rss_kb(load->options.pid);
		(void)printf("rss_before_kb=%" PRIu64 "\nrss_ready_kb=%" PRIu64 "\n", before_kb, after_kb);
		print_ratio("kb_per_session", (double)after_kb - (double)before_kb, (double)load->settled);
	}
	if (load->options.active > 0 && load->options.seconds > 0)
		measure(load);
	if (load->options.pid > 0)
		(void)printf("rss_end_kb=%" PRIu64 "\n", process_rss_kb(load->options.pid));
	(void)printf("errors=%zu\n", load->failed);
	return load->failed > 0 ? 1 : 0;
}

static void usage(void)
{
	(void)puts(
		"usage: bench_load --port N [--active N] [--idle N] [--seconds S] [--warm-up S] [--mode turns|echo]\n"
		"                  [--cases ID,ID] [--pid N]\n"
		"Trainees sign in, start conversations and say things, each waiting for the answer. With --pid the\n"
		"server's memory and processor time are printed as well. Exit status 1: something went wrong.");
}

static void split_cases(struct options *options, char *list)
{
	char *rest = NULL;
	options->case_count = 0;
	for (char *id = strtok_r(list, ",", &rest); id && options->case_count < CASES_MAX;
		id = strtok_r(NULL, ",", &rest))
		options->cases[options->case_count++] = id;
}

static bool parse(struct options *options, int argc, char **argv)
{
	static const struct option known[] = {{"port", required_argument, NULL, 'p'},
		{"active", required_argument, NULL, 'a'}, {"idle", required_argument, NULL, 'i'},
		{"seconds", required_argument, NULL, 's'}, {"warm-up", required_argument, NULL, 'w'},
		{"mode", required_argument, NULL, 'm'}, {"cases", required_argument, NULL, 'c'},
		{"pid", required_argument, NULL, 'P'}, {NULL, 0, NULL, 0}};
	for (int letter = 0; (letter = getopt_long(argc, argv, "", known, NULL)) != -1;) {
		if (letter == 'p')
			options->port = (unsigned)strtoul(optarg, NULL, 10);
		else if (letter == 'a')
			options->active = strtoul(optarg, NULL, 10);
		else if (letter == 'i')
			options->idle = strtoul(optarg, NULL, 10);
		else if (letter == 's')
			options->seconds = strtod(optarg, NULL);
		else if (letter == 'w')
			options->warm_up = strtod(optarg, NULL);
		else if (letter == 'm')
			options->echo = strcmp(optarg, "echo") == 0;
		else if (letter == 'c')
			split_cases(options, optarg);
		else if (letter == 'P')
			options->pid = (pid_t)strtol(optarg, NULL, 10);
		else
			return false;
	}
	return optind == argc && options->port > 0 && options->case_count > 0 && options->active + options->idle > 0;
}

/* Ten thousand sockets need more descriptors than a shell gives. */
static void raise_descriptors(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
	struct load load = {.options = {.active = 1,
				    .seconds = 10,
				    .warm_up = 1,
				    .cases = {"career_plateau", "stuck_manager"},
				    .case_count = 2}};
	if (!parse(&load.options, argc, argv)) {
		usage();
		return 2;
	}
	raise_descriptors();
	load.count = load.options.active + load.options.idle;
	load.clients = calloc(load.count, sizeof(*load.clients));
	load.inbox = malloc(CLIENT_INBOX_SIZE + 1);
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (!load.clients || !load.inbox || load.epoll < 0)
		abort();
	uint64_t seed = (uint64_t)now_us();
	for (size_t i = 0; i < load.count; i++)
		client_init(&load.clients[i], i < load.options.active, seed + i);
	histogram_init(&load.histogram);
	int result = run(&load);
	for (size_t i = 0; i < load.count; i++)
		client_clear(&load.clients[i]);
	free(load.clients);
	free(load.inbox);
	return result;
}
