/* SPDX-License-Identifier: Apache-2.0 */
#include "addresses.h"

#include "askwell/memory.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 1024
#define PLACES 4096
#define HOUR_US INT64_C(3600000000)

struct address {
	struct address *next;
	uint64_t network;
	unsigned connections;
	bool v6;
};

struct addresses {
	struct address *buckets[BUCKETS];
	int64_t admitted_us[PLACES]; /* up to when the newcomers of each place are paid for */
};

struct addresses *addresses_new(void)
{
	return memory_new(sizeof(struct addresses));
}

void addresses_free(struct addresses *addresses)
{
	if (!addresses)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		while (addresses->buckets[i]) {
			struct address *address = addresses->buckets[i];

			addresses->buckets[i] = address->next;
			free(address);
		}
	}
	free(addresses);
}

static bool read_network(const struct sockaddr *peer, uint64_t *network, bool *v6)
{
	*network = 0;
	*v6 = false;
	if (peer->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, peer, sizeof(v4));
		*network = v4.sin_addr.s_addr;
		return true;
	}
	if (peer->sa_family != AF_INET6)
		return false;
	struct sockaddr_in6 full;

	memcpy(&full, peer, sizeof(full));
	if (IN6_IS_ADDR_V4MAPPED(&full.sin6_addr)) {
		uint32_t mapped;

		memcpy(&mapped, &full.sin6_addr.s6_addr[12], sizeof(mapped));
		*network = mapped;
		return true;
	}
	memcpy(network, full.sin6_addr.s6_addr, sizeof(*network));
	*v6 = true;
	return true;
}

static uint64_t spread(uint64_t network)
{
	return network * UINT64_C(0x9e3779b97f4a7c15);
}

static struct address **bucket(struct addresses *addresses, uint64_t network)
{
	return &addresses->buckets[spread(network) >> 54];
}

bool addresses_enter(struct addresses *addresses, const struct sockaddr *peer, unsigned most, struct address **out)
{
	uint64_t network;
	bool v6;

	*out = NULL;
	if (!read_network(peer, &network, &v6))
		return true;
	struct address **head = bucket(addresses, network);
	struct address *address = *head;

	while (address && (address->network != network || address->v6 != v6))
		address = address->next;
	if (address && most && address->connections >= most)
		return false;
	if (!address) {
		address = memory_new(sizeof(*address));
		address->network = network;
		address->v6 = v6;
		address->next = *head;
		*head = address;
	}
	address->connections++;
	*out = address;
	return true;
}

void addresses_leave(struct addresses *addresses, struct address *address)
{
	if (!address || --address->connections > 0)
		return;
	struct address **at = bucket(addresses, address->network);

	while (*at != address)
		at = &(*at)->next;
	*at = address->next;
	free(address);
}

bool addresses_admit(struct addresses *addresses, const struct address *address, unsigned most, int64_t now_us)
{
	if (!address || most == 0)
		return true;
	int64_t *paid = &addresses->admitted_us[spread(address->network) >> 52];
	const int64_t price = HOUR_US / most, from = *paid > now_us ? *paid : now_us;

	if (from - now_us > price * ((int64_t)most - 1))
		return false;
	*paid = from + price;
	return true;
}
