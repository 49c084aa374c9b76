/* SPDX-License-Identifier: Apache-2.0 */
/* Our own listening socket and accept loop: caps connections in all and for each address before the library sees them,
 * and stops by closing one descriptor. Loop thread. */
#ifndef ASKWELL_NET_ACCEPT_H
#define ASKWELL_NET_ACCEPT_H

#include "askwell/status.h"

#include <stdbool.h>
#include <stddef.h>

struct acceptor;
struct address;
struct server;

/* Binds and listens; nobody is let in before accept_start(). Returns owned. */
enum status accept_open(struct server *server, struct acceptor **out, struct error *error) CHECKED;
enum status accept_start(struct acceptor *acceptor, struct error *error) CHECKED;
/* Closes the listening socket; the connections stay. */
void accept_stop(struct acceptor *acceptor);
/* After the loop has run out. NULL is allowed. */
void accept_close(struct acceptor *acceptor);

/* One connection fewer in all, and from that address (NULL: from none). */
void accept_forget(struct acceptor *acceptor, struct address *address);

/* Whether someone new may be let in from that address now; counts as one when so. */
bool accept_admit(struct acceptor *acceptor, const struct address *address);

/* "http://127.0.0.1:8080" or "unix:/path". Borrowed. */
const char *accept_name(const struct acceptor *acceptor);

/* What kind of place options.listen is. */
bool accept_is_unix(const char *listen);
bool accept_is_loopback(const char *listen);

#endif
