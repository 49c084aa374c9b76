/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for jansson's values while a file is read: a library has a million of them, and asking the system for each, and
 * giving each back, took longer than reading. Values live and die as ever; a block of memory goes when its last value does,
 * so that a small value which is kept keeps a whole block. Any thread, for itself. */
#ifndef ASKWELL_BASE_JSON_POOL_H
#define ASKWELL_BASE_JSON_POOL_H

#include <stddef.h>

/* From here on values of this thread come from blocks that suit a text of `length` bytes, until json_pool_leave(). */
void json_pool_enter(size_t length);
void json_pool_leave(void);

#endif
