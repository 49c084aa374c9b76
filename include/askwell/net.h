/* SPDX-License-Identifier: Apache-2.0 */
/* The server: HTTP and WebSocket on one libuv loop that we own, in front of practice. The only door to libwebsockets.
 * One call runs it from start to drained stop. */
#ifndef ASKWELL_NET_H
#define ASKWELL_NET_H

#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

struct net_options {
	const char *listen; /* "127.0.0.1", "::1", "0.0.0.0", or "unix:/path" */
	unsigned port;      /* 0: any free one, printed at start */
	bool anonymous;     /* give a local trainee to anyone, also when not listening on loopback */
	const char *
		origin; /* exact Origin to accept, e.g. "https://practice.example"; NULL: same host and port as asked for */
	const char *web_folder;
	const char *data_folder;
	const char *dialogues_folder;
	unsigned message_bytes;           /* 65536 */
	unsigned text_characters;         /* 4000 */
	unsigned messages_per_second;     /* 10 per connection, */
	unsigned messages_burst;          /* 40 */
	unsigned connections;             /* 20000 in all */
	unsigned connections_per_address; /* 256; 0: no limit */
	unsigned head_seconds;            /* 10: whole request head */
	unsigned body_seconds;            /* 15: whole request body, absolute */
	unsigned idle_seconds;            /* 300: WebSocket without sign of life */
	unsigned drain_seconds;           /* 10: at most this long from SIGTERM to exit */
	bool ephemeral_sync;              /* tests and benches only */
};

/* The defaults above. */
void net_options_init(struct net_options *options);

/* Listens, prints one line to standard output ("askwell: listening on http://127.0.0.1:8080"), serves until SIGTERM or
 * SIGINT, drains. Returns STATUS_OK after a clean stop. */
enum status net_serve(const struct net_options *options, struct error *error) CHECKED;

#endif
