/* SPDX-License-Identifier: Apache-2.0 */
/* The head of every HTTP answer, written by ourselves: the security headers are the same on all pages. Pure. */
#ifndef ASKWELL_NET_REPLY_H
#define ASKWELL_NET_REPLY_H

#include "askwell/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reply {
	unsigned status;
	const char *type;   /* NULL: no body */
	const char *policy; /* Content-Security-Policy; NULL: policy_strict */
	const char *cache;  /* Cache-Control; NULL: no-store */
	const char *etag;   /* NULL: none */
	const char *extra;  /* further complete lines, each ended by CR LF; NULL: none */
	const char *coding; /* "gzip", "br": the body is compressed; NULL: it is not */
	bool varies;        /* it is, or could have been */
	bool part;          /* of a page: what concerns a page as a whole is not said again */
	size_t length;      /* of the body */
	int64_t now_ms;     /* for the Date header */
};

void reply_head(struct buffer *out, const struct reply *reply);

/* Appends {"error":{"key":..,"status":..,"message":..}}. */
void reply_error_json(struct buffer *out, const char *key, const char *status, const char *text);
/* Appends a plain page; `title` and `text` are ours and need no escaping. */
void reply_page(struct buffer *out, const char *title, const char *text);

#endif
