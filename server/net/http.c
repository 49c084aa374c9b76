/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

#include "askwell/clock.h"
#include "askwell/memory.h"

#include "head.h"
#include "server.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define CHUNK_BYTES 16384
#define ANSWER_SECONDS 30    /* a route may think at most this long */
#define DOWNLOAD_SECONDS 120 /* and the other side may take this long to read, */
#define LOOK_SECONDS 1       /* while we look after it this often */

void exchange_free(struct exchange *exchange)
{
	if (!exchange)
		return;
	free(exchange->path);
	free(exchange->if_none_match);
	buffer_clear(&exchange->body);
	buffer_clear(&exchange->head);
	buffer_clear(&exchange->owned);
	free(exchange);
}

static void set_deadline(struct conn *conn, unsigned seconds)
{
	wheel_set(&conn->server->wheel, &conn->deadline, server_now(conn->server) + seconds + 1);
}

void http_answer(struct conn *conn, struct reply reply, const char *content, size_t length)
{
	struct exchange *exchange = conn->exchange;

	if (exchange->answered)
		return;
	exchange->answered = true;
	exchange->content = content ? content : exchange->owned.data;
	exchange->length = content ? length : exchange->owned.length;
	reply.length = exchange->length;
	reply.now_ms = clock_now_ms();
	reply_head(&exchange->head, &reply);
	if (exchange->method == GATE_HEAD || reply.status == 304)
		exchange->length = 0;
	exchange->until = server_now(conn->server) + DOWNLOAD_SECONDS;
	set_deadline(conn, LOOK_SECONDS);
	/* While reading is off, the library does not let us write either. */
	if (exchange->paused && conn->wsi)
		lws_rx_flow_control(conn->wsi, 1);
	conn_ask_writable(conn);
}

/* Has the other side said more than its one request, or that it is leaving? */
static bool peer_stirs(struct conn *conn)
{
	char byte;

	return recv(lws_get_socket_fd(conn->wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

void http_deadline(struct conn *conn)
{
	const struct exchange *exchange = conn->exchange;

	/* During a long answer the library leaves such input unread and wakes for it without end, so it may not stay. */
	if (conn->wsi && exchange && exchange->answered && server_now(conn->server) < exchange->until &&
		!peer_stirs(conn))
		set_deadline(conn, LOOK_SECONDS);
	else
		conn_close(conn, 0);
}

static void write_refusal(struct buffer *body, bool as_page, struct reply *reply, const char *key,
	const char *status_text, const char *text)
{
	if (as_page) {
		reply->type = "text/html; charset=utf-8";
		reply_page(body, reply->status == 404 ? "Not found" : "That did not work", text);
	} else {
		reply->type = "application/json";
		reply_error_json(body, key, status_text, text);
	}
}

void http_refuse(struct conn *conn, unsigned status, const char *key, const char *status_text, const char *text)
{
	struct exchange *exchange = conn->exchange;
	struct reply reply = {.status = status};

	if (exchange->answered)
		return;
	write_refusal(&exchange->owned, exchange->html_accepted, &reply, key, status_text, text);
	http_answer(conn, reply, NULL, 0);
}

static const char *status_word(unsigned status)
{
	if (status == 404)
		return status_name(STATUS_NOT_FOUND);
	if (status == 401 || status == 403)
		return status_name(STATUS_DENIED);
	if (status == 413)
		return status_name(STATUS_TOO_LARGE);
	if (status == 503)
		return status_name(STATUS_UNAVAILABLE);
	return status_name(STATUS_INVALID);
}

/* Straight from a callback that then closes the connection. The whole answer is a few hundred bytes, which a fresh
 * socket always takes. */
static int refuse_at_once(struct lws *wsi, const struct gate_head *head, const struct gate_verdict *verdict)
{
	struct buffer out, body;
	struct reply reply = {.status = verdict->status, .now_ms = clock_now_ms()};

	buffer_init(&body);
	buffer_init(&out);
	buffer_reserve(&out, LWS_PRE);
	memset(out.data, 0, LWS_PRE);
	out.length = LWS_PRE;
	write_refusal(&body, gate_lists(head->accept, "text/html"), &reply, verdict->key, status_word(verdict->status),
		verdict->text);
	reply.length = body.length;
	reply_head(&out, &reply);
	if (head->method != GATE_HEAD)
		buffer_add(&out, body.data, body.length);
	lws_write(wsi, (unsigned char *)out.data + LWS_PRE, out.length - LWS_PRE, LWS_WRITE_HTTP_FINAL);
	buffer_clear(&body);
	buffer_clear(&out);
	return -1;
}

bool http_who(struct conn *conn, const struct gate_head *head)
{
	const char *token;
	size_t length, position = 0;

	while (gate_cookie(head->cookie, conn->server->cookie_name, &position, &token, &length)) {
		if (length == PRACTICE_TOKEN_SIZE - 1 &&
			practice_who(conn->server->practice, token, length, &conn->person))
			return true;
	}
	return false;
}

static int on_head(struct lws *wsi, struct conn *conn)
{
	struct head head;
	struct gate_verdict verdict;
	struct server *server = conn->server;

	/* A second request on the same connection, which the library would answer by hanging for ever. */
	if (conn->phase != CONN_HEAD || !head_read(wsi, &head))
		return -1;
	conn->phase = CONN_EXCHANGE;
	gate_judge(&server->policy, &head.gate, &verdict);
	if (verdict.action == GATE_REFUSE)
		return refuse_at_once(wsi, &head.gate, &verdict);
	if (server->leaving && strcmp(head.gate.path, "/healthz") != 0) {
		verdict = (struct gate_verdict){GATE_REFUSE, 503, "server_leaving",
			"The server is restarting. Please try again in a moment.", 0};
		return refuse_at_once(wsi, &head.gate, &verdict);
	}
	bool method_wrong = false;
	const struct route *route = route_find(head.gate.path, head.gate.method, &method_wrong);

	if (!route) {
		verdict = method_wrong ? (struct gate_verdict){GATE_REFUSE, 405, "method_not_allowed",
						 "This address takes another method.", 0}
				       : (struct gate_verdict){
						 GATE_REFUSE, 404, "not_found", "There is nothing at this address.", 0};
		return refuse_at_once(wsi, &head.gate, &verdict);
	}
	struct exchange *exchange = memory_new(sizeof(*exchange));

	conn->exchange = exchange;
	exchange->route = route;
	exchange->method = head.gate.method;
	exchange->path = memory_text(head.gate.path);
	exchange->if_none_match = memory_text(head.gate.if_none_match);
	exchange->gzip_accepted = gate_lists(head.gate.accept_encoding, "gzip");
	exchange->brotli_accepted = gate_lists(head.gate.accept_encoding, "br");
	exchange->html_accepted = gate_lists(head.gate.accept, "text/html");
	exchange->known = http_who(conn, &head.gate);
	set_deadline(conn, server->options->body_seconds);
	return 0;
}

static void hand_over(struct lws *wsi, struct conn *conn)
{
	struct exchange *exchange = conn->exchange;

	if (exchange->completed)
		return;
	exchange->completed = true;
	lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
	set_deadline(conn, ANSWER_SECONDS);
	exchange->route->run(conn);
	if (exchange->answered)
		return;
	/* With bytes waiting, or the other side gone, the library would run in circles until the answer is there. */
	exchange->paused = true;
	lws_rx_flow_control(wsi, 0);
}

static int on_request(struct lws *wsi, struct conn *conn)
{
	if (!conn->exchange)
		return -1;
	if (conn->exchange->method != GATE_POST)
		hand_over(wsi, conn);
	return 0;
}

static int on_body(struct conn *conn, const void *bytes, size_t length)
{
	if (!conn->exchange || conn->exchange->completed || length > GATE_BODY_BYTES ||
		conn->exchange->body.length + length > GATE_BODY_BYTES)
		return -1;
	if (length > 0)
		buffer_add(&conn->exchange->body, bytes, length);
	return 0;
}

static int on_body_end(struct lws *wsi, struct conn *conn)
{
	if (!conn->exchange)
		return -1;
	hand_over(wsi, conn);
	return 0;
}

static size_t add_piece(unsigned char *chunk, size_t used, const char *from, size_t left)
{
	const size_t room = CHUNK_BYTES - used, take = left < room ? left : room;

	if (take > 0)
		memcpy(chunk + used, from, take);
	return take;
}

static int on_writable(struct lws *wsi, struct conn *conn)
{
	struct exchange *exchange = conn->exchange;
	unsigned char chunk[LWS_PRE + CHUNK_BYTES];
	unsigned char *bytes = chunk + LWS_PRE;
	size_t used = 0;

	conn->writable_asked = false;
	if (!exchange || !exchange->answered)
		return 0;
	const size_t head = exchange->head.length;

	if (exchange->sent == head + exchange->length)
		return -1;
	if (exchange->sent < head)
		used += add_piece(bytes, 0, exchange->head.data + exchange->sent, head - exchange->sent);
	if (exchange->sent + used >= head && exchange->length > 0) {
		const size_t from = exchange->sent + used - head;

		used += add_piece(bytes, used, exchange->content + from, exchange->length - from);
	}
	if (lws_write(wsi, bytes, used, LWS_WRITE_HTTP) < 0)
		return -1;
	exchange->sent += used;
	if (exchange->sent == head + exchange->length && !lws_partial_buffered(wsi))
		return -1;
	conn_ask_writable(conn);
	return 0;
}

static int on_upgrade(struct lws *wsi, struct conn *conn)
{
	struct head head;
	struct gate_verdict verdict;
	struct server *server = conn->server;

	if (conn->phase != CONN_HEAD || !head_read(wsi, &head))
		return -1;
	gate_judge(&server->policy, &head.gate, &verdict);
	if (verdict.action == GATE_UPGRADE && server->leaving)
		verdict = (struct gate_verdict){GATE_REFUSE, 503, "server_leaving",
			"The server is restarting. Please try again in a moment.", 0};
	else if (verdict.action == GATE_UPGRADE && server->sockets >= server->sockets_cap)
		verdict = (struct gate_verdict){
			GATE_REFUSE, 503, "server_full", "Everyone's place is taken. Please try again in a moment.", 0};
	else if (verdict.action == GATE_UPGRADE && !http_who(conn, &head.gate))
		verdict = (struct gate_verdict){
			GATE_REFUSE, 401, "not_signed_in", "Sign in first, then connect again.", 0};
	if (verdict.action != GATE_UPGRADE)
		return refuse_at_once(wsi, &head.gate, &verdict);
	conn->phase = CONN_UPGRADED;
	return 0;
}

static int on_destroyed(struct conn *conn)
{
	conn->wsi = NULL;
	conn_free(conn);
	return 0;
}

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct conn *conn = wsi ? lws_get_opaque_user_data(wsi) : NULL;

	(void)user;
	if (!conn)
		return 0;
	switch (reason) {
	case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
		conn->wsi = wsi;
		return 0;
	case LWS_CALLBACK_FILTER_HTTP_CONNECTION:
		return on_head(wsi, conn);
	case LWS_CALLBACK_HTTP:
		return on_request(wsi, conn);
	case LWS_CALLBACK_HTTP_BODY:
		return on_body(conn, in, length);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return on_body_end(wsi, conn);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		return on_writable(wsi, conn);
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return on_upgrade(wsi, conn);
	case LWS_CALLBACK_CLOSED_HTTP:
		conn->wsi = NULL;
		return 0;
	case LWS_CALLBACK_WSI_DESTROY:
		return on_destroyed(conn);
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
	case LWS_CALLBACK_RAW_ADOPT:
	case LWS_CALLBACK_ESTABLISHED:
		/* A WebSocket, or worse, that did not come through the gate. */
		return -1;
	default:
		return 0;
	}
}
