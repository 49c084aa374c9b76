/* SPDX-License-Identifier: Apache-2.0 */
#include "ids.h"

#include "askwell/memory.h"

#include <stdlib.h>
#include <string.h>

void ids_init(struct ids *ids, size_t most)
{
	ids->mask = 15;
	while (ids->mask < most * 2)
		ids->mask = ids->mask * 2 + 1;
	ids->slots = memory_array(ids->mask + 1, sizeof *ids->slots);
}

void ids_clear(struct ids *ids)
{
	free(ids->slots);
	*ids = (struct ids){0};
}

/* Where the id is, or a free slot for it. */
static const char **slot_of(const struct ids *ids, const char *id)
{
	size_t at = 0;
	for (const char *c = id; *c != '\0'; c++)
		at = at * 31 + (unsigned char)*c;
	for (at &= ids->mask; ids->slots[at] != NULL && strcmp(ids->slots[at], id) != 0;)
		at = (at + 1) & ids->mask;
	return &ids->slots[at];
}

bool ids_add(struct ids *ids, const char *id)
{
	const char **slot = slot_of(ids, id);
	if (*slot != NULL)
		return false;
	*slot = id;
	return true;
}

bool ids_has(const struct ids *ids, const char *id)
{
	return *slot_of(ids, id) != NULL;
}
