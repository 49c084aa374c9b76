/* SPDX-License-Identifier: Apache-2.0 */
#include "conn.h"

#include "askwell/log.h"
#include "askwell/memory.h"

#include "accept.h"
#include "http.h"
#include "server.h"
#include "ws.h"

#include <stdlib.h>
#include <string.h>

#define NO_SLOT UINT32_MAX

void conns_init(struct conns *conns)
{
	*conns = (struct conns){.free = NO_SLOT};
}

void conns_clear(struct conns *conns)
{
	for (uint32_t i = 0; i < conns->count; i++) {
		if (conns->slots[i].conn)
			conn_free(conns->slots[i].conn);
	}
	free(conns->slots);
	conns_init(conns);
}

static uint32_t take_slot(struct conns *conns)
{
	uint32_t slot = conns->free;

	if (slot != NO_SLOT) {
		conns->free = conns->slots[slot].next_free;
		return slot;
	}
	if (conns->count == conns->capacity) {
		conns->capacity = conns->capacity ? conns->capacity * 2 : 64;
		conns->slots = memory_grow(conns->slots, conns->capacity, sizeof(*conns->slots));
	}
	slot = conns->count++;
	conns->slots[slot] = (struct conn_slot){.generation = 1};
	return slot;
}

struct conn *conn_new(struct server *server, struct address *address)
{
	struct conns *conns = &server->conns;
	struct conn *conn = memory_new(sizeof(*conn));

	conn->server = server;
	conn->address = address;
	conn->slot = take_slot(conns);
	conn->generation = conns->slots[conn->slot].generation;
	conns->slots[conn->slot].conn = conn;
	conns->open++;
	return conn;
}

static void forget_closing(struct conns *conns, const struct conn *conn)
{
	for (struct conn **at = &conns->closing; *at; at = &(*at)->next_closing) {
		if (*at == conn) {
			*at = conn->next_closing;
			return;
		}
	}
}

void conn_free(struct conn *conn)
{
	if (!conn)
		return;
	struct conns *conns = &conn->server->conns;
	struct conn_slot *slot = &conns->slots[conn->slot];

	if (conn->closing)
		forget_closing(conns, conn);
	wheel_clear(&conn->deadline);
	outbox_clear(&conn->outbox);
	buffer_clear(&conn->message);
	exchange_free(conn->exchange);
	accept_forget(conn->server->acceptor, conn->address);
	slot->conn = NULL;
	slot->generation++;
	slot->next_free = conns->free;
	conns->free = conn->slot;
	conns->open--;
	free(conn);
}

uint64_t conn_reference(const struct conn *conn)
{
	return (uint64_t)conn->generation << 32 | conn->slot;
}

struct conn *conn_find(const struct conns *conns, uint64_t reference)
{
	const uint32_t slot = (uint32_t)reference;

	if (slot >= conns->count || conns->slots[slot].generation != reference >> 32)
		return NULL;
	return conns->slots[slot].conn;
}

void conn_ask_writable(struct conn *conn)
{
	if (conn->writable_asked || !conn->wsi)
		return;
	conn->writable_asked = true;
	lws_callback_on_writable(conn->wsi);
}

static void put_off(struct conn *conn)
{
	struct conns *conns = &conn->server->conns;

	if (conn->unsent)
		return;
	conn->unsent = true;
	conn->next_unsent = conns->unsent;
	conns->unsent = conn;
}

char *conn_send(struct conn *conn, size_t length)
{
	if (conn->closing || !conn->wsi)
		return NULL;
	char *room = outbox_add(&conn->outbox, length, CONN_OUTBOX_BYTES);

	if (!room) {
		log_event(LOG_WARN_LEVEL, "peer_does_not_read", NULL);
		conn_close(conn, CONN_TRY_AGAIN_LATER);
		return NULL;
	}
	if (conn->server->conns.batching)
		put_off(conn);
	else
		conn_ask_writable(conn);
	return room;
}

void conns_batch(struct conns *conns)
{
	conns->batching = true;
}

void conns_send_due(struct conns *conns)
{
	conns->batching = false;
	while (conns->unsent) {
		struct conn *conn = conns->unsent;

		conns->unsent = conn->next_unsent;
		conn->next_unsent = NULL;
		conn->unsent = false;
		if (!conn->wsi || conn->closing || conn->writable_asked)
			continue;
		if (lws_partial_buffered(conn->wsi))
			conn_ask_writable(conn);
		else if (ws_send_first(conn) < 0)
			conn_close(conn, 0);
	}
}

static void list_closing(struct conn *conn)
{
	struct conns *conns = &conn->server->conns;

	conn->next_closing = conns->closing;
	conns->closing = conn;
	uv_async_send(&conn->server->wake);
}

void conn_close(struct conn *conn, unsigned code)
{
	if (conn->closing || !conn->wsi)
		return;
	conn->closing = true;
	conn->close_code = (uint16_t)code;
	list_closing(conn);
}

void conns_close_person(struct conns *conns, const struct id *person)
{
	for (uint32_t i = 0; i < conns->count; i++) {
		struct conn *conn = conns->slots[i].conn;

		if (conn && conn->phase == CONN_SOCKET && id_equal(&conn->person.id, person))
			conn_close(conn, CONN_POLICY);
	}
}

void conn_flushed(struct conn *conn)
{
	if (!conn->flushing)
		return;
	if (lws_partial_buffered(conn->wsi)) {
		conn_ask_writable(conn);
		return;
	}
	conn->flushing = false;
	list_closing(conn);
}

void conn_cut(struct conn *conn)
{
	if (conn->wsi)
		lws_set_timeout(conn->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

void conns_close_due(struct conns *conns)
{
	while (conns->closing) {
		struct conn *conn = conns->closing;

		conns->closing = conn->next_closing;
		conn->next_closing = NULL;
		if (!conn->wsi)
			continue;
		/* Asked a second time, the library does not wait for an acknowledgement. */
		wheel_set(&conn->server->wheel, &conn->deadline, server_now(conn->server) + CONN_CLOSE_SECONDS);
		if (conn->phase == CONN_SOCKET && conn->close_code && lws_partial_buffered(conn->wsi)) {
			/* Told now, the library would send what is left of the message, and no close frame. */
			conn->flushing = true;
			conn_ask_writable(conn);
			continue;
		}
		if (conn->phase == CONN_SOCKET && conn->close_code)
			lws_close_reason(conn->wsi, (enum lws_close_status)conn->close_code, NULL, 0);
		conn_cut(conn);
	}
}
