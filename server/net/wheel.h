/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines in whole seconds for very many connections: setting, moving and ending one costs the same at any number.
 * A deadline that only moves later costs one store, which is why every message may do it. Loop thread. */
#ifndef ASKWELL_NET_WHEEL_H
#define ASKWELL_NET_WHEEL_H

#include <stdint.h>

#define WHEEL_SLOTS 256

struct wheel_entry {
	struct wheel_entry *next, *previous; /* NULL: not in the wheel */
	uint32_t slot_second;
	uint32_t due;
};

struct wheel {
	struct wheel_entry slots[WHEEL_SLOTS];
	uint32_t now;
};

void wheel_init(struct wheel *wheel, uint32_t now);
/* From now on `entry` is due at second `due`; embedded in the caller's struct, zeroed at first. */
void wheel_set(struct wheel *wheel, struct wheel_entry *entry, uint32_t due);
void wheel_clear(struct wheel_entry *entry);
/* Calls `expired` once for each entry whose second has come; it is out of the wheel by then and may be set again. */
void wheel_turn(struct wheel *wheel, uint32_t now, void (*expired)(struct wheel_entry *entry, void *user), void *user);

#endif
