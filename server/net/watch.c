/* SPDX-License-Identifier: Apache-2.0 */
#include "watch.h"

#include <limits.h>
#include <stdio.h>

/* An editor that saves makes several changes in a row; a copy of a folder makes hundreds. */
#define SETTLE_MS 60

static void look_below(struct watch *watch);

static void on_settled(uv_timer_t *timer)
{
	struct watch *watch = timer->data;

	look_below(watch);
	watch->changed(watch->user);
}

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
	struct watch *watch = event->data;

	(void)name;
	(void)events;
	if (status == 0 && !uv_is_active((const uv_handle_t *)&watch->settle))
		uv_timer_start(&watch->settle, on_settled, SETTLE_MS, 0);
}

/* Which folders there are may have changed as well: all but the first are put up anew. Nobody waits for the disk. */
static void on_scanned(uv_fs_t *scan)
{
	struct watch *watch = scan->data;
	size_t next = 1;
	uv_dirent_t entry;

	watch->scanning = false;
	for (size_t i = 1; i < WATCH_FOLDERS; i++)
		(void)uv_fs_event_stop(&watch->events[i]);
	while (watch->open && scan->result >= 0 && next < WATCH_FOLDERS && uv_fs_scandir_next(scan, &entry) == 0) {
		char path[PATH_MAX];
		int length = snprintf(path, sizeof path, "%s/%s", watch->folder, entry.name);

		if (entry.type != UV_DIRENT_DIR || entry.name[0] == '.' || length < 0 || (size_t)length >= sizeof path)
			continue;
		next += uv_fs_event_start(&watch->events[next], on_event, path, 0) == 0;
	}
	uv_fs_req_cleanup(scan);
}

static void look_below(struct watch *watch)
{
	if (watch->scanning)
		return;
	(void)uv_fs_event_stop(&watch->events[0]);
	(void)uv_fs_event_start(&watch->events[0], on_event, watch->folder, 0);
	watch->scan.data = watch;
	watch->scanning = uv_fs_scandir(watch->settle.loop, &watch->scan, watch->folder, 0, on_scanned) == 0;
}

void watch_open(struct watch *watch, uv_loop_t *loop, const char *folder, void (*changed)(void *user), void *user)
{
	watch->folder = folder;
	watch->changed = changed;
	watch->user = user;
	uv_timer_init(loop, &watch->settle);
	watch->settle.data = watch;
	for (size_t i = 0; i < WATCH_FOLDERS; i++) {
		uv_fs_event_init(loop, &watch->events[i]);
		watch->events[i].data = watch;
	}
	watch->open = true;
	look_below(watch);
}

void watch_close(struct watch *watch)
{
	if (!watch->open)
		return;
	watch->open = false;
	if (watch->scanning)
		(void)uv_cancel((uv_req_t *)&watch->scan);
	for (size_t i = 0; i < WATCH_FOLDERS; i++)
		uv_close((uv_handle_t *)&watch->events[i], NULL);
	uv_close((uv_handle_t *)&watch->settle, NULL);
}
