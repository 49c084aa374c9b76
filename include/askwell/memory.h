/* SPDX-License-Identifier: Apache-2.0 */
/* malloc and friends that abort instead of returning NULL. Sizes that a peer controls are capped before they get
 * here. Release with free(). Any thread. */
#ifndef ASKWELL_MEMORY_H
#define ASKWELL_MEMORY_H

#include <stddef.h>

void *memory_new(size_t size);                           /* zeroed */
void *memory_array(size_t count, size_t size);           /* zeroed, overflow checked */
void *memory_grow(void *old, size_t count, size_t size); /* realloc, overflow checked, new part not zeroed */
char *memory_text(const char *text);                     /* copy of a C string; NULL stays NULL */
char *memory_copy(const char *text, size_t length);      /* NUL-terminated copy */

/* Gives memory that was freed back to the system; after something large was read and thrown away. */
void memory_trim(void);

#endif
