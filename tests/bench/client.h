/* SPDX-License-Identifier: Apache-2.0 */
/* One trainee's connection: a socket, the bytes that wait for the rest of their frame, and the requests that it may
 * send. No allocation for a message that arrives whole. load.c decides what is said when. One thread. */
#ifndef ASKWELL_BENCH_CLIENT_H
#define ASKWELL_BENCH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLIENT_INBOX_SIZE ((size_t)512 * 1024)

enum client_step {
	CLIENT_WAITING, /* not begun */
	CLIENT_SIGNING_IN,
	CLIENT_UPGRADING,
	CLIENT_STARTING, /* session.start is under way */
	CLIENT_READY,    /* quiet: an idle one for ever, an active one until the load begins */
	CLIENT_SPEAKING, /* a turn is under way */
	CLIENT_FAILED
};

struct client {
	int fd; /* -1: none */
	enum client_step step;
	bool active;
	bool settled;     /* got ready once, or failed */
	char cookie[128]; /* "name=value" */
	char session[37];
	uint64_t request; /* number of the last JSON-RPC request */
	uint32_t turn;    /* number of the last turn sent */
	uint32_t turns_left;
	size_t saying;
	int64_t sent_us;
	uint64_t dice;
	char *held; /* owned: the beginning of a frame or head that has not arrived whole */
	size_t held_length, held_capacity;
	/* Of the message that is arriving: */
	bool message_open;
	bool message_right;
	bool message_ended;
};

struct client_target {
	unsigned port;
	size_t index; /* spreads the clients over loopback addresses, so that ports do not run out */
};

void client_init(struct client *client, bool active, uint64_t dice);
void client_clear(struct client *client);

/* Connects (blocking, on loopback), then goes on without blocking. */
bool client_dial(struct client *client, const struct client_target *target);
void client_hang_up(struct client *client);

bool client_send_sign_in(struct client *client, unsigned port);
bool client_send_upgrade(struct client *client, unsigned port);
bool client_send_start(struct client *client, const char *script);
bool client_send_turn(struct client *client);
bool client_send_pong(struct client *client, const char *payload, size_t length);

/* Everything that has arrived and was not consumed, in `inbox`. False when the peer has gone; `*length` may be more than
 * 0 even then. */
bool client_receive(struct client *client, char *inbox, size_t *length);
/* Keeps what was not consumed. */
void client_hold(struct client *client, const char *rest, size_t length);

/* A random number for this client's choices. */
uint64_t client_roll(struct client *client);

#endif
