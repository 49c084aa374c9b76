/* SPDX-License-Identifier: Apache-2.0 */
/* One connection, from accept to its end: first an HTTP request, then perhaps a WebSocket. Requests that practice has
 * not answered yet hold a reference (slot and generation), never a pointer, so an answer to a connection that is gone
 * finds nothing. Loop thread. */
#ifndef ASKWELL_NET_CONN_H
#define ASKWELL_NET_CONN_H

#include "askwell/buffer.h"
#include "askwell/practice.h"

#include "outbox.h"
#include "wheel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONN_OUTBOX_BYTES ((size_t)1 << 20)
#define CONN_IN_FLIGHT 64
#define CONN_CLOSE_SECONDS 6 /* what has not acknowledged the end by then is cut off */

/* WebSocket close codes (RFC 6455 and its registry). */
#define CONN_GOING_AWAY 1001
#define CONN_NOT_ACCEPTED 1003
#define CONN_POLICY 1008
#define CONN_TOO_LARGE 1009
#define CONN_TRY_AGAIN_LATER 1013

struct address;
struct exchange;
struct lws;
struct server;

enum conn_phase {
	CONN_HEAD,     /* the request head is still coming */
	CONN_EXCHANGE, /* one HTTP request and its answer */
	CONN_UPGRADED, /* the gate let it through; not open yet */
	CONN_SOCKET    /* an open WebSocket */
};

struct conn {
	struct server *server;
	struct lws *wsi; /* NULL before the library has it and after it is gone */
	struct address *address;
	struct exchange *exchange; /* while HTTP; owned */
	struct wheel_entry deadline;
	struct conn *next_closing, *next_unsent;
	uint32_t slot, generation;
	enum conn_phase phase;

	/* WebSocket only. */
	struct practice_person person;
	struct outbox outbox;
	struct buffer message; /* what has come of a message in pieces */
	int64_t bucket_us;     /* the bucket is empty when this is a burst ahead of the clock */
	unsigned excess;       /* messages refused as too fast, forgiven at the allowed rate */
	uint32_t last_seen;
	uint32_t message_due; /* by this second the message in pieces must be whole; 0: there is none */
	uint16_t in_flight;
	uint16_t close_code; /* 0: nothing to say */
	bool deflates;       /* the peer can unpack long answers */
	bool closing;
	bool flushing; /* the close frame waits for the rest of a message */
	bool writable_asked;
	bool unsent; /* in the list of conns_send_due() */
	bool ping_wanted, ping_sent;
};

struct conn_slot {
	struct conn *conn;
	uint32_t generation;
	uint32_t next_free;
};

struct conns {
	struct conn_slot *slots;
	uint32_t count, capacity, free;
	uint32_t open;
	struct conn *closing;
	struct conn *unsent;
	bool batching;
};

void conns_init(struct conns *conns);
void conns_clear(struct conns *conns);

struct conn *conn_new(struct server *server, struct address *address);
void conn_free(struct conn *conn);

/* A reference that outlives the connection, and back: NULL when it is gone. */
uint64_t conn_reference(const struct conn *conn);
struct conn *conn_find(const struct conns *conns, uint64_t reference);

/* Room for a message of `length` bytes at the end of the queue, to be filled at once; NULL when the peer does not read
 * and too much waits already (the connection is then closed). */
char *conn_send(struct conn *conn, size_t length);

/* Between these two, messages are collected and then sent at once, without waiting for the writable callback: asking
 * for it takes four system calls, more than everything else that an answer costs here. Only from outside the library's
 * callbacks. What the socket does not take, and all further messages, still wait for the callback. */
void conns_batch(struct conns *conns);
void conns_send_due(struct conns *conns);

/* Closes soon, with a close frame when it is a WebSocket (`code` 0: without). May be called from anywhere on the loop
 * thread: the library can only be told from outside the connection's own callbacks, so server.c does it there. */
void conn_close(struct conn *conn, unsigned code);
void conns_close_due(struct conns *conns);
/* In the writable callback of a connection that is closing: once its last message is out, the close frame may follow. */
void conn_flushed(struct conn *conn);
/* All WebSockets of this person. */
void conns_close_person(struct conns *conns, const struct id *person);
/* At once; only from outside the connection's own callbacks. */
void conn_cut(struct conn *conn);

/* Asks for the writable callback, once. */
void conn_ask_writable(struct conn *conn);

#endif
