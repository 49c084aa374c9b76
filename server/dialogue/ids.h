/* SPDX-License-Identifier: Apache-2.0 */
/* A set of ids; the texts are borrowed. */
#ifndef ASKWELL_DIALOGUE_IDS_H
#define ASKWELL_DIALOGUE_IDS_H

#include <stdbool.h>
#include <stddef.h>

struct ids {
	const char **slots; /* NULL: free; a power of two of them, at most half of them taken */
	size_t mask;
};

/* Empty, with room for `most`; ids_clear() gives the memory back. */
void ids_init(struct ids *ids, size_t most);
void ids_clear(struct ids *ids);

/* False: it is in there already. */
bool ids_add(struct ids *ids, const char *id);
bool ids_has(const struct ids *ids, const char *id);

#endif
