/* SPDX-License-Identifier: Apache-2.0 */
/* One thing to do for many items, on as many threads as there are processors (four at most), the caller's among them. */
#ifndef ASKWELL_PARALLEL_H
#define ASKWELL_PARALLEL_H

#include <stddef.h>

/* Calls work(user, i) once for every i below `count`, lower ones begun first, and returns when all are done. Where no thread
 * can be had the caller's does everything. */
void parallel_run(size_t count, void (*work)(void *user, size_t index), void *user);

#endif
