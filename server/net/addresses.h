/* SPDX-License-Identifier: Apache-2.0 */
/* How many connections and newcomers each address has: IPv4 addresses one by one (also when they come mapped into IPv6), IPv6 by /64
 * network, because one person easily has all of that. Loop thread. */
#ifndef ASKWELL_NET_ADDRESSES_H
#define ASKWELL_NET_ADDRESSES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct address;
struct addresses;

struct addresses *addresses_new(void); /* returns owned */
void addresses_free(struct addresses *addresses);

/* Counts one more from `peer` and sets *out (NULL for peers without an address, which are not limited); false when
 * there are `most` already (0: no limit). */
bool addresses_enter(struct addresses *addresses, const struct sockaddr *peer, unsigned most, struct address **out);
void addresses_leave(struct addresses *addresses, struct address *address);

/* Whether someone new may be let in from there: at most `most` at once and as many an hour (0, or no address: no
 * limit), because each new person is kept. Remembered in a table of fixed size, in which two addresses may share a
 * place. */
bool addresses_admit(struct addresses *addresses, const struct address *address, unsigned most, int64_t now_us);

#endif
