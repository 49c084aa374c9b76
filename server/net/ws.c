/* SPDX-License-Identifier: Apache-2.0 */
#include "ws.h"

#include "askwell/clock.h"
#include "askwell/memory.h"

#include "deflate.h"
#include "gate.h"
#include "http.h"
#include "outbox.h"
#include "rpc.h"
#include "server.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is longer does not fit into a packet or two of a slow line. */
#define DEFLATE_FROM_BYTES 2048
#define DEFLATE_EFFORT 4

#define EXCESS_BURSTS 5 /* this many bursts too fast, and patience ends */

_Static_assert(OUTBOX_HEADROOM >= LWS_PRE, "the library writes the frame's head in front of the message");

/* A request that practice has taken; the id is what the answer must carry. */
struct answering {
	struct server *server;
	uint64_t reference;
	size_t id_length;
	char id[];
};

static void send_error(struct conn *conn, const char *id, const struct error *error)
{
	struct buffer text;

	buffer_init(&text);
	rpc_error_write(&text, id, error);
	char *room = conn_send(conn, text.length);

	if (room)
		memcpy(room, text.data, text.length);
	buffer_clear(&text);
}

/* By itself: no window is kept between messages, and none for a connection. No answer holds a secret that its length could
 * give away. */
static bool send_deflated(struct conn *conn, const char *text, size_t length)
{
	size_t small_length;
	char *small = deflate_bytes(text, length, DEFLATE_ZLIB, DEFLATE_EFFORT, &small_length);

	if (!small)
		return false;
	char *room = conn_send(conn, small_length);

	if (room) {
		memcpy(room, small, small_length);
		outbox_set_binary(&conn->outbox);
	}
	free(small);
	return true;
}

static void send_result(struct conn *conn, const struct answering *answering, const char *json, size_t json_length)
{
	const size_t length = rpc_result_length(answering->id_length, json_length);

	if (conn->deflates && length >= DEFLATE_FROM_BYTES) {
		char *text = memory_grow(NULL, 1, length);

		rpc_result_write(text, answering->id, answering->id_length, json, json_length);
		const bool sent = send_deflated(conn, text, length);

		free(text);
		if (sent)
			return;
	}
	char *room = conn_send(conn, length);

	if (room)
		rpc_result_write(room, answering->id, answering->id_length, json, json_length);
}

static void answered(void *user, enum status status, const struct error *error, const char *json, size_t length)
{
	struct answering *answering = user;
	struct conn *conn = conn_find(&answering->server->conns, answering->reference);

	if (conn) {
		conn->in_flight--;
		if (status != STATUS_OK) {
			struct error internal = {0};

			error_set(&internal, status, status_name(status), "Something went wrong on the server.");
			send_error(conn, answering->id, error && error->key[0] ? error : &internal);
		} else {
			send_result(conn, answering, json, length);
		}
	}
	free(answering);
}

static void run(struct conn *conn, const struct rpc_request *request)
{
	struct answering *answering = memory_grow(NULL, 1, sizeof(*answering) + request->id_length + 1);
	const struct rpc_call call = {
		.practice = conn->server->practice,
		.person = &conn->person,
		.values = request->values,
		.done = answered,
		.user = answering,
	};

	answering->server = conn->server;
	answering->reference = conn_reference(conn);
	answering->id_length = request->id_length;
	memcpy(answering->id, request->id, request->id_length + 1);
	conn->in_flight++;
	request->method->run(&call);
}

/* The bucket as a point in time up to which messages are paid for (the generic cell rate algorithm). */
static bool too_fast(struct conn *conn)
{
	const struct net_options *options = conn->server->options;

	if (options->messages_per_second == 0)
		return false;
	const int64_t price = 1000000 / options->messages_per_second, now = clock_monotonic_us();
	const int64_t paid = conn->bucket_us > now ? conn->bucket_us : now;

	if (paid - now > price * ((int64_t)options->messages_burst - 1)) {
		conn->excess++;
		return true;
	}
	conn->bucket_us = paid + price;
	if (conn->excess > 0)
		conn->excess--;
	return false;
}

static enum status admit(struct conn *conn, struct error *error)
{
	if (conn->server->leaving)
		return error_set(error, STATUS_UNAVAILABLE, "server_leaving",
			"The server is restarting. Everything acknowledged is saved; please connect again in a "
			"moment.");
	if (too_fast(conn))
		return error_set(error, STATUS_LIMIT, "too_fast", "Too many messages at once. Please wait a moment.");
	if (conn->in_flight >= CONN_IN_FLIGHT)
		return error_set(error, STATUS_LIMIT, "too_many_in_flight",
			"%d requests are waiting already. Wait for their answers first.", CONN_IN_FLIGHT);
	return STATUS_OK;
}

/* Sockets stay open for days. The next handshake says what to do. */
static bool sign_in_ended(const struct conn *conn)
{
	return conn->person.expires_ms <= clock_now_ms();
}

static int take(struct conn *conn, const char *bytes, size_t length)
{
	const struct net_options *options = conn->server->options;
	struct error error = {0};
	struct rpc_request request;

	if (sign_in_ended(conn))
		return CONN_POLICY;
	enum status status = rpc_read(bytes, length, &request, &error);
	/* What cannot be read counts like what can. */
	struct error refusal = {0};

	if (admit(conn, &refusal) != STATUS_OK)
		send_error(conn, request.id, &refusal);
	else if (status != STATUS_OK)
		send_error(conn, request.id, &error);
	else
		run(conn, &request);
	rpc_request_clear(&request);
	return conn->excess > EXCESS_BURSTS * (options->messages_burst + 1) ? CONN_POLICY : 0;
}

static void set_deadline(struct conn *conn)
{
	const struct net_options *options = conn->server->options;
	/* Half of the time in silence, then a ping, and the other half for the pong. */
	const uint32_t idle = options->idle_seconds > 1 ? options->idle_seconds : 2;
	uint32_t due = conn->last_seen + (conn->ping_sent ? idle : idle / 2);

	if (conn->message_due && conn->message_due < due)
		due = conn->message_due;
	wheel_set(&conn->server->wheel, &conn->deadline, due);
}

void ws_deadline(struct conn *conn)
{
	const uint32_t now = server_now(conn->server), idle = conn->server->options->idle_seconds;

	if ((conn->message_due && now >= conn->message_due) || sign_in_ended(conn)) {
		conn_close(conn, CONN_POLICY);
	} else if (now - conn->last_seen >= idle) {
		conn_close(conn, CONN_GOING_AWAY);
	} else if (!conn->ping_sent && now - conn->last_seen >= idle / 2) {
		conn->ping_sent = conn->ping_wanted = true;
		conn_ask_writable(conn);
	}
	if (!conn->closing)
		set_deadline(conn);
}

static void seen(struct conn *conn)
{
	conn->last_seen = conn->server->wheel.now;
	conn->ping_sent = false;
}

static int on_opened(struct conn *conn)
{
	if (conn->phase != CONN_UPGRADED)
		return -1;
	conn->phase = CONN_SOCKET;
	conn->deflates = strcmp(lws_get_protocol(conn->wsi)->name, GATE_SUBPROTOCOL_DEFLATE) == 0;
	conn->server->sockets++;
	seen(conn);
	set_deadline(conn);
	return 0;
}

static int on_closed(struct conn *conn)
{
	/* It can come for one that was never opened. */
	if (conn->phase == CONN_SOCKET)
		conn->server->sockets--;
	conn->wsi = NULL;
	outbox_clear(&conn->outbox);
	buffer_clear(&conn->message);
	return 0;
}

/* Not by the return value: the library would then drop the rest of what it has read, lose the frames' borders, and
 * often the connection before the close frame is out. */
static int reject(struct conn *conn, unsigned code)
{
	conn_close(conn, code);
	return 0;
}

static int on_receive(struct lws *wsi, struct conn *conn, const char *bytes, size_t length)
{
	const struct net_options *options = conn->server->options;
	const size_t to_come = lws_remaining_packet_payload(wsi);
	int code;

	if (conn->phase != CONN_SOCKET)
		return -1;
	if (conn->closing)
		return 0;
	if (lws_frame_is_binary(wsi))
		return reject(conn, CONN_NOT_ACCEPTED);
	/* An announced length counts as if it had come: nothing is collected for a message that cannot be accepted. */
	if (length > options->message_bytes || conn->message.length > options->message_bytes - length ||
		to_come > options->message_bytes - length - conn->message.length)
		return reject(conn, CONN_TOO_LARGE);
	seen(conn);
	if (!lws_is_final_fragment(wsi)) {
		buffer_add(&conn->message, bytes, length);
		if (!conn->message_due) {
			conn->message_due = server_now(conn->server) + options->body_seconds + 1;
			set_deadline(conn);
		}
		return 0;
	}
	if (!conn->message_due) {
		code = take(conn, bytes, length);
	} else {
		buffer_add(&conn->message, bytes, length);
		code = take(conn, conn->message.data, conn->message.length);
		buffer_clear(&conn->message);
		conn->message_due = 0;
	}
	return code ? reject(conn, (unsigned)code) : 0;
}

int ws_send_first(struct conn *conn)
{
	size_t length;
	unsigned char *message = outbox_first(&conn->outbox, &length);
	int written = 0;

	if (message) {
		written = lws_write(conn->wsi, message, length,
			outbox_first_binary(&conn->outbox) ? LWS_WRITE_BINARY : LWS_WRITE_TEXT);
		outbox_drop(&conn->outbox);
	}
	if (!outbox_empty(&conn->outbox))
		conn_ask_writable(conn);
	return written < 0 ? -1 : 0;
}

static int on_writable(struct lws *wsi, struct conn *conn)
{
	/* Not empty: the library keeps the answer to an empty ping to itself. */
	unsigned char ping[LWS_PRE + 1] = {[LWS_PRE] = '.'};

	conn->writable_asked = false;
	if (conn->closing)
		conn_flushed(conn);
	if (conn->closing || conn->phase != CONN_SOCKET)
		return 0;
	if (!conn->ping_wanted)
		return ws_send_first(conn);
	conn->ping_wanted = false;
	if (!outbox_empty(&conn->outbox))
		conn_ask_writable(conn);
	return lws_write(wsi, ping + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 0;
}

void ws_notify_all(struct server *server, const char *method)
{
	char text[128];
	const int length =
		snprintf(text, sizeof(text), "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{}}", method);

	for (uint32_t i = 0; i < server->conns.count; i++) {
		struct conn *conn = server->conns.slots[i].conn;

		if (!conn || conn->phase != CONN_SOCKET)
			continue;
		char *room = conn_send(conn, (size_t)length);

		if (room)
			memcpy(room, text, (size_t)length);
	}
}

int ws_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct conn *conn = wsi ? lws_get_opaque_user_data(wsi) : NULL;

	(void)user;
	if (!conn)
		return 0;
	switch (reason) {
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
		return conn->phase == CONN_UPGRADED ? 0 : -1;
	case LWS_CALLBACK_ESTABLISHED:
		return on_opened(conn);
	case LWS_CALLBACK_RECEIVE:
		return on_receive(wsi, conn, in, length);
	case LWS_CALLBACK_RECEIVE_PONG:
		seen(conn);
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return on_writable(wsi, conn);
	case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
		/* The library answers it; nothing of ours may come in between. */
		conn->closing = true;
		return 0;
	case LWS_CALLBACK_CLOSED:
		return on_closed(conn);
	case LWS_CALLBACK_HTTP:
	case LWS_CALLBACK_RAW_ADOPT:
		return -1;
	default:
		return 0;
	}
}
