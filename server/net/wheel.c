/* SPDX-License-Identifier: Apache-2.0 */
#include "wheel.h"

#include <stddef.h>

void wheel_init(struct wheel *wheel, uint32_t now)
{
	wheel->now = now;
	for (size_t i = 0; i < WHEEL_SLOTS; i++) {
		struct wheel_entry *head = &wheel->slots[i];

		head->next = head->previous = head;
	}
}

void wheel_clear(struct wheel_entry *entry)
{
	if (!entry->next)
		return;
	entry->next->previous = entry->previous;
	entry->previous->next = entry->next;
	entry->next = entry->previous = NULL;
}

static void insert(struct wheel *wheel, struct wheel_entry *entry)
{
	uint32_t second = entry->due > wheel->now ? entry->due : wheel->now + 1;

	if (second - wheel->now >= WHEEL_SLOTS)
		second = wheel->now + WHEEL_SLOTS - 1;
	entry->slot_second = second;
	struct wheel_entry *head = &wheel->slots[second % WHEEL_SLOTS];

	entry->previous = head->previous;
	entry->next = head;
	head->previous->next = entry;
	head->previous = entry;
}

void wheel_set(struct wheel *wheel, struct wheel_entry *entry, uint32_t due)
{
	entry->due = due;
	/* Looked at sooner than needed does no harm: wheel_turn() then moves it on. */
	if (entry->next && entry->slot_second <= due)
		return;
	wheel_clear(entry);
	insert(wheel, entry);
}

void wheel_turn(struct wheel *wheel, uint32_t now, void (*expired)(struct wheel_entry *entry, void *user), void *user)
{
	while (wheel->now < now) {
		wheel->now++;
		struct wheel_entry *head = &wheel->slots[wheel->now % WHEEL_SLOTS];

		while (head->next != head) {
			struct wheel_entry *entry = head->next;

			wheel_clear(entry);
			if (entry->due > wheel->now)
				insert(wheel, entry);
			else
				expired(entry, user);
		}
	}
}
