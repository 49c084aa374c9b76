/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of net/ share: the loop and what hangs on it. One thread, the loop's; only practice's wake comes from
 * others. */
#ifndef ASKWELL_NET_SERVER_H
#define ASKWELL_NET_SERVER_H

#include "askwell/net.h"
#include "askwell/practice.h"

#include "conn.h"
#include "gate.h"
#include "watch.h"
#include "wheel.h"

#include <libwebsockets.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct acceptor;
struct web;

struct server {
	const struct net_options *options;
	struct gate_policy policy;
	const char *cookie_name;
	bool secure_cookie;

	uv_loop_t loop;
	uv_async_t wake;
	uv_timer_t tick;
	uv_timer_t drain;
	struct watch watch; /* the dialogues folder */
	uv_signal_t terminate, interrupt;
	bool handles_open;

	struct lws_context *lws;
	struct lws_vhost *vhost;
	struct practice *practice;
	struct acceptor *acceptor;
	struct web *web;
	struct conns conns;
	struct wheel wheel;

	unsigned connections_cap;
	unsigned sockets, sockets_cap;
	bool leaving; /* told to stop: nothing new is taken */
	bool closing_all;
	int64_t leave_until_us;
};

/* Seconds for deadlines: monotonic, never going back. */
uint32_t server_now(const struct server *server);

/* The library's callbacks (http.c, ws.c). */
lws_callback_function http_callback;
lws_callback_function ws_callback;

/* The library's own messages, escaped and at most a few a second (lws_log.c). */
void lws_log_install(void);

#endif
