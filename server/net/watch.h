/* SPDX-License-Identifier: Apache-2.0 */
/* Hears at once when something changes in a folder or in the folders right below it (inotify, through libuv). Only a nudge: who
 * wants to be sure looks again by themselves now and then, as changes on network file systems are not heard, and neither is
 * anything while the folder is away. Loop's thread. */
#ifndef ASKWELL_NET_WATCH_H
#define ASKWELL_NET_WATCH_H

#include <stdbool.h>
#include <uv.h>

enum { WATCH_FOLDERS = 24 };

struct watch {
	const char *folder; /* borrowed */
	void (*changed)(void *user);
	void *user;
	uv_fs_event_t events[WATCH_FOLDERS]; /* the first is the folder itself */
	uv_timer_t settle;
	uv_fs_t scan;
	bool open, scanning;
};

void watch_open(struct watch *watch, uv_loop_t *loop, const char *folder, void (*changed)(void *user), void *user);
/* The loop has to run once more before the memory may go. */
void watch_close(struct watch *watch);

#endif
