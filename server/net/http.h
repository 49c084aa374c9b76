/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP: one request for each connection, answered by a table of routes. Loop thread. */
#ifndef ASKWELL_NET_HTTP_H
#define ASKWELL_NET_HTTP_H

#include "askwell/buffer.h"

#include "gate.h"
#include "reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conn;
struct head;
struct server;

/* One request and its answer. */
struct exchange {
	const struct route *route;
	enum gate_method method;
	char *path;
	char *if_none_match;
	bool gzip_accepted, brotli_accepted, html_accepted;
	bool known;          /* the cookie is somebody's: conn->person */
	bool completed;      /* the request has been handed over; the library may say so again and again */
	struct buffer body;  /* of the request */
	struct buffer head;  /* of the answer */
	struct buffer owned; /* its body, when it was made for it */
	const char *content; /* its body: owned, or held in memory for good */
	size_t length, sent;
	bool answered;
	bool paused;    /* reading is off until the answer is there */
	uint32_t until; /* the second by which the answer must have been read */
};

void exchange_free(struct exchange *exchange);

/* Sends the answer; `reply` needs no length and date. With `content` NULL the body is exchange->owned. */
void http_answer(struct conn *conn, struct reply reply, const char *content, size_t length);
/* As JSON, or as a page when a person's browser asked. */
void http_refuse(struct conn *conn, unsigned status, const char *key, const char *status_text, const char *text);

/* The second that conn->deadline was set to has come. */
void http_deadline(struct conn *conn);

/* Fills conn->person from the cookie. */
bool http_who(struct conn *conn, const struct gate_head *head);

/* A route answers now, or later by way of conn_reference(). routes.c */
struct route {
	const char *path;
	bool prefix;
	enum gate_method method;
	void (*run)(struct conn *conn);
};
/* NULL when no route has that path; *method_wrong when one has, but for another method. */
const struct route *route_find(const char *path, enum gate_method method, bool *method_wrong);

#endif
