/* SPDX-License-Identifier: Apache-2.0 */
/* Decides on a request from its head alone: serve it, upgrade it to a WebSocket, or refuse it with a status and a
 * sentence. Pure: no sockets, no library types, so that it can be tested and fuzzed by itself. Whether the cookie is
 * anyone's is asked afterwards. Any thread. */
#ifndef ASKWELL_NET_GATE_H
#define ASKWELL_NET_GATE_H

#include <stdbool.h>
#include <stddef.h>

#define GATE_SUBPROTOCOL "askwell.v1"
#define GATE_SUBPROTOCOL_DEFLATE "askwell.v1.deflate" /* the same; long answers come deflated */
#define GATE_SOCKET_PATH "/ws"
#define GATE_BODY_BYTES 4096 /* the largest request body that any route wants */

enum gate_method { GATE_GET, GATE_HEAD, GATE_POST, GATE_OTHER };

/* What was sent; NULL for a header that was not. Everything borrowed. */
struct gate_head {
	enum gate_method method;
	const char *path; /* decoded, without the query */
	const char *version;
	const char *host;
	const char *origin;
	const char *fetch_site;
	const char *content_length;
	const char *content_type;
	const char *transfer_encoding;
	const char *expect;
	const char *upgrade;
	const char *connection;
	const char *socket_key;
	const char *socket_version;
	const char *socket_protocols;
	const char *cookie;
	const char *accept;
	const char *accept_encoding;
	const char *if_none_match;
};

/* What the operator asked for. */
struct gate_policy {
	const char *origin; /* exact, or NULL: the host that was asked for */
	unsigned port;
	bool loopback;    /* listening on a loopback address: only its names are believed */
	bool unix_socket; /* a proxy stands in front and may speak TLS */
};

enum gate_action { GATE_REFUSE, GATE_SERVE, GATE_UPGRADE };

struct gate_verdict {
	enum gate_action action;
	unsigned status;  /* HTTP, when refused */
	const char *key;  /* stable, for programs */
	const char *text; /* for people */
	size_t body_bytes;
};

void gate_judge(const struct gate_policy *policy, const struct gate_head *head, struct gate_verdict *out);

/* Is this the origin of a page of ours? */
bool gate_origin(const struct gate_policy *policy, const char *origin, const char *host);

/* The next value of the cookie called `name`; start with *position 0. False when there is no further one. */
bool gate_cookie(const char *header, const char *name, size_t *position, const char **value, size_t *length);

/* Is `word` in the comma-separated list (any case, parameters after ';' ignored, "q=0" means no)? */
bool gate_lists(const char *list, const char *word);

#endif
