/* SPDX-License-Identifier: Apache-2.0 */
#include "server.h"

#include "askwell/clock.h"
#include "askwell/log.h"

#include "accept.h"
#include "http.h"
#include "web.h"
#include "ws.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define SPARE_DESCRIPTORS 256 /* database, web files, the library's own */
#define DRAIN_STEP_MS 20
#define RECEIVE_BYTES 1024
#define SEND_BYTES 65536

void net_options_init(struct net_options *options)
{
	*options = (struct net_options){
		.listen = "127.0.0.1",
		.port = 8080,
		.message_bytes = 65536,
		.text_characters = 4000,
		.messages_per_second = 10,
		.messages_burst = 40,
		.connections = 20000,
		.connections_per_address = 256,
		.head_seconds = 10,
		.body_seconds = 15,
		.idle_seconds = 300,
		.drain_seconds = 10,
	};
}

uint32_t server_now(const struct server *server)
{
	return (uint32_t)(uv_now(&server->loop) / 1000);
}

/* As many descriptors as asked for and hardly more: the library sizes its tables by the limit. */
static enum status raise_descriptors(struct server *server, struct error *error)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)server->options->connections + 2 * SPARE_DESCRIPTORS;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return error_set(error, STATUS_INTERNAL, "descriptors", "Cannot read the limit of open files.");
	if (limit.rlim_max != RLIM_INFINITY && wanted > limit.rlim_max)
		wanted = limit.rlim_max;
	limit.rlim_cur = wanted;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || wanted <= SPARE_DESCRIPTORS)
		return error_set(error, STATUS_UNAVAILABLE, "descriptors",
			"This process may open too few files. Raise the limit with ulimit -n, or LimitNOFILE in "
			"systemd.");
	server->connections_cap = server->options->connections;
	if (server->connections_cap > wanted - SPARE_DESCRIPTORS) {
		char cap[24];

		server->connections_cap = (unsigned)(wanted - SPARE_DESCRIPTORS);
		snprintf(cap, sizeof(cap), "%u", server->connections_cap);
		log_event(LOG_INFO_LEVEL, "connections_lowered", "connections", cap, "remedy",
			"raise the limit of open files (ulimit -n, LimitNOFILE)", NULL);
	}
	/* Some room stays for pages and sign-ins when all WebSockets are taken. */
	server->sockets_cap = server->connections_cap - server->connections_cap / 16;
	return STATUS_OK;
}

static enum status check_options(struct server *server, struct error *error)
{
	const struct net_options *options = server->options;
	const bool unix_socket = accept_is_unix(options->listen), loopback = accept_is_loopback(options->listen);
	const char *origin = options->origin;

	if (!loopback && !unix_socket && !options->anonymous)
		return error_set(error, STATUS_DENIED, "open_to_all",
			"Listening on %s lets anyone who reaches this machine in, without signing in. If that is "
			"meant, add "
			"--anonymous; otherwise listen on 127.0.0.1.",
			options->listen);
	if (origin && ((strncmp(origin, "https://", 8) != 0 && strncmp(origin, "http://", 7) != 0) ||
			      strchr(strchr(origin, '/') + 2, '/')))
		return error_set(error, STATUS_INVALID, "bad_origin",
			"The origin must look like https://practice.example, without a path.");
	if (options->message_bytes < 1024 || options->connections < 1 || options->head_seconds < 1 ||
		options->body_seconds < 1 || options->idle_seconds < 2 || options->messages_burst < 1)
		return error_set(error, STATUS_INVALID, "bad_limit",
			"A limit is too low: messages need 1024 bytes and a burst of 1, deadlines 1 second (idle: 2), "
			"and there "
			"must be 1 connection.");
	server->policy = (struct gate_policy){.origin = origin, .loopback = loopback, .unix_socket = unix_socket};
	server->secure_cookie = origin && strncmp(origin, "https://", 8) == 0;
	/* Browsers accept the prefix only together with Secure. */
	server->cookie_name = server->secure_cookie ? "__Host-askwell" : "askwell";
	return STATUS_OK;
}

static void wake_from_anywhere(void *user)
{
	struct server *server = user;

	uv_async_send(&server->wake);
}

static void on_wake(uv_async_t *wake)
{
	struct server *server = wake->data;

	if (server->practice) {
		conns_batch(&server->conns);
		practice_drain(server->practice);
		conns_send_due(&server->conns);
	}
	conns_close_due(&server->conns);
}

static void on_library_changed(void *user)
{
	struct server *server = user;

	if (server->lws)
		ws_notify_all(server, "library.changed");
}

static void on_deadline(struct wheel_entry *entry, void *user)
{
	struct conn *conn = (struct conn *)((char *)entry - offsetof(struct conn, deadline));

	(void)user;
	if (conn->closing)
		conn_cut(conn);
	else if (conn->phase == CONN_SOCKET)
		ws_deadline(conn);
	else
		http_deadline(conn);
}

static void on_tick(uv_timer_t *timer)
{
	struct server *server = timer->data;

	wheel_turn(&server->wheel, server_now(server), on_deadline, server);
	practice_tick(server->practice);
}

static void on_folder_changed(void *user)
{
	struct server *server = user;

	practice_tick(server->practice);
}

/* Everything taken is answered and on its way. */
static bool settled(const struct server *server)
{
	if (practice_pending(server->practice) > 0)
		return false;
	for (uint32_t i = 0; i < server->conns.count; i++) {
		const struct conn *conn = server->conns.slots[i].conn;

		if (conn && conn->wsi && !conn->closing &&
			(conn->in_flight > 0 || !outbox_empty(&conn->outbox) || conn->phase == CONN_EXCHANGE))
			return false;
	}
	return true;
}

static void close_all(struct server *server)
{
	server->closing_all = true;
	for (uint32_t i = 0; i < server->conns.count; i++) {
		struct conn *conn = server->conns.slots[i].conn;

		if (conn)
			conn_close(conn, CONN_GOING_AWAY);
	}
}

static void on_drain_step(uv_timer_t *timer)
{
	struct server *server = timer->data;
	const int64_t left = server->leave_until_us - clock_monotonic_us();
	/* The last second is for the good-byes. */
	const int64_t parting = server->options->drain_seconds > 1 ? 1000000 : 0;

	if (!server->closing_all && (left <= parting || settled(server)))
		close_all(server);
	if ((server->closing_all && server->conns.open == 0) || left <= 0)
		uv_stop(&server->loop);
}

static void on_signal(uv_signal_t *handle, int number)
{
	struct server *server = handle->data;

	if (server->leaving) {
		/* Asked twice: whoever it is does not want to wait. */
		server->leave_until_us = clock_monotonic_us();
		return;
	}
	log_event(LOG_INFO_LEVEL, "leaving", "signal", number == SIGTERM ? "SIGTERM" : "SIGINT", NULL);
	ws_notify_all(server, "server.leaving");
	server->leaving = true;
	server->leave_until_us = clock_monotonic_us() + (int64_t)server->options->drain_seconds * 1000000;
	accept_stop(server->acceptor);
	uv_timer_start(&server->drain, on_drain_step, DRAIN_STEP_MS, DRAIN_STEP_MS);
}

static enum status open_loop(struct server *server, struct error *error)
{
	if (uv_loop_init(&server->loop) != 0)
		return error_set(error, STATUS_INTERNAL, "loop", "Cannot make the event loop.");
	uv_async_init(&server->loop, &server->wake, on_wake);
	uv_timer_init(&server->loop, &server->tick);
	uv_timer_init(&server->loop, &server->drain);
	uv_signal_init(&server->loop, &server->terminate);
	uv_signal_init(&server->loop, &server->interrupt);
	server->wake.data = server->tick.data = server->drain.data = server;
	server->terminate.data = server->interrupt.data = server;
	server->handles_open = true;
	wheel_init(&server->wheel, server_now(server));
	return STATUS_OK;
}

static enum status open_practice(struct server *server, struct error *error)
{
	const struct practice_options options = {
		.data_folder = server->options->data_folder,
		.dialogues_folder = server->options->dialogues_folder,
		.text_characters = server->options->text_characters,
		.wake = wake_from_anywhere,
		.wake_user = server,
		.library_changed = on_library_changed,
		.ephemeral_sync = server->options->ephemeral_sync,
	};

	return practice_open(&options, &server->practice, error);
}

static enum status open_library(struct server *server, struct error *error)
{
	static const struct lws_protocols protocols[] = {
		{.name = "http", .callback = http_callback, .tx_packet_size = SEND_BYTES},
		{.name = GATE_SUBPROTOCOL,
			.callback = ws_callback,
			.rx_buffer_size = RECEIVE_BYTES,
			.tx_packet_size = SEND_BYTES},
		{.name = GATE_SUBPROTOCOL_DEFLATE,
			.callback = ws_callback,
			.rx_buffer_size = RECEIVE_BYTES,
			.tx_packet_size = SEND_BYTES},
		{.name = NULL},
	};
	/* For the few answers that the library gives by itself. */
	static const struct lws_protocol_vhost_options no_referrer = {NULL, NULL, "referrer-policy:", "no-referrer"};
	static const struct lws_protocol_vhost_options no_sniff = {
		&no_referrer, NULL, "x-content-type-options:", "nosniff"};
	static const struct lws_protocol_vhost_options headers = {
		&no_sniff, NULL, "content-security-policy:", "default-src 'none'; frame-ancestors 'none'"};
	/* Our wheel watches idle connections; the library keeps its own timers in a list that it walks. */
	static const lws_retry_bo_t no_pings = {.secs_since_valid_ping = 0};
	void *loops[] = {&server->loop};
	const struct net_options *options = server->options;
	const unsigned patience =
		options->head_seconds > options->body_seconds ? options->head_seconds : options->body_seconds;
	struct lws_context_creation_info info = {
		.port = CONTEXT_PORT_NO_LISTEN_SERVER,
		.options =
			LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_VALIDATE_UTF8,
		.foreign_loops = loops,
		.protocols = protocols,
		.user = server,
		.pcontext = &server->lws,
		.vhost_name = "askwell",
		.headers = &headers,
		.max_http_header_data = 8192,
		.timeout_secs = patience + 5,
		.timeout_secs_ah_idle = options->head_seconds,
		.retry_and_idle_policy = &no_pings,
	};

	lws_log_install();
	server->lws = lws_create_context(&info);
	if (server->lws)
		server->vhost = lws_create_vhost(server->lws, &info);
	if (!server->vhost)
		return error_set(error, STATUS_INTERNAL, "libwebsockets",
			"libwebsockets did not start. Is its libuv plug-in installed (on Debian: "
			"libwebsockets-evlib-uv)?");
	return STATUS_OK;
}

static void close_handle(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void tear_down(struct server *server)
{
	/* Practice may still wake us while it finishes, so it goes before the handles. */
	practice_close(server->practice);
	server->practice = NULL;
	if (server->handles_open) {
		accept_stop(server->acceptor);
		close_handle((uv_handle_t *)&server->wake);
		close_handle((uv_handle_t *)&server->tick);
		close_handle((uv_handle_t *)&server->drain);
		watch_close(&server->watch);
		close_handle((uv_handle_t *)&server->terminate);
		close_handle((uv_handle_t *)&server->interrupt);
		if (server->lws)
			lws_context_destroy(server->lws);
		uv_run(&server->loop, UV_RUN_DEFAULT);
		/* With a loop of our own the library frees itself only when told again; it clears the pointer when it has. */
		if (server->lws)
			lws_context_destroy(server->lws);
		uv_run(&server->loop, UV_RUN_DEFAULT);
		if (uv_loop_close(&server->loop) != 0)
			log_event(LOG_WARN_LEVEL, "loop_not_empty", NULL);
	}
	conns_clear(&server->conns);
	accept_close(server->acceptor);
	web_free(server->web);
}

static void serve(struct server *server)
{
	char cases[24];
	struct practice_figures figures;

	practice_figures(server->practice, &figures);
	snprintf(cases, sizeof(cases), "%llu", (unsigned long long)figures.dialogues);
	/* Before the line that others wait for: who reads it may ask us to stop in the next moment. */
	uv_signal_start(&server->terminate, on_signal, SIGTERM);
	uv_signal_start(&server->interrupt, on_signal, SIGINT);
	log_event(LOG_INFO_LEVEL, "listening", "address", accept_name(server->acceptor), "cases", cases, NULL);
	printf("askwell: listening on %s\n", accept_name(server->acceptor));
	fflush(stdout);
	uv_timer_start(&server->tick, on_tick, 1000, 1000);
	watch_open(&server->watch, &server->loop, server->options->dialogues_folder, on_folder_changed, server);
	uv_run(&server->loop, UV_RUN_DEFAULT);
}

enum status net_serve(const struct net_options *options, struct error *error)
{
	struct server server = {.options = options};
	enum status status;

	conns_init(&server.conns);
	status = check_options(&server, error);
	if (status != STATUS_OK)
		goto out;
	signal(SIGPIPE, SIG_IGN);
	status = raise_descriptors(&server, error);
	if (status != STATUS_OK)
		goto out;
	/* First the address, so that a second server stops before it touches anything. */
	status = accept_open(&server, &server.acceptor, error);
	if (status != STATUS_OK)
		goto out;
	status = open_loop(&server, error);
	if (status != STATUS_OK)
		goto out;
	status = open_practice(&server, error);
	if (status != STATUS_OK)
		goto out;
	server.web = web_load(options->web_folder);
	status = open_library(&server, error);
	if (status != STATUS_OK)
		goto out;
	status = accept_start(server.acceptor, error);
	if (status != STATUS_OK)
		goto out;
	serve(&server);
	log_event(LOG_INFO_LEVEL, "stopped", NULL);
out:
	tear_down(&server);
	return status;
}
