/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/clock.h"
#include "askwell/log.h"

#include "server.h"

#include <stdio.h>
#include <string.h>

#define LINES_A_SECOND 5

/* The library hands no context to its emitter, so this one counter has to be static. It is only touched on the loop
 * thread, like everything else of the library. */
static struct {
	int64_t second;
	unsigned lines;
	unsigned long dropped;
} spent;

static void emit(int level, const char *line)
{
	const int64_t second = clock_monotonic_us() / 1000000;
	char text[200], dropped[24];
	size_t length;

	if (second != spent.second) {
		if (spent.dropped > 0) {
			snprintf(dropped, sizeof(dropped), "%lu", spent.dropped);
			log_event(LOG_WARN_LEVEL, "library_lines_dropped", "count", dropped, NULL);
		}
		spent.second = second;
		spent.lines = 0;
		spent.dropped = 0;
	}
	if (++spent.lines > LINES_A_SECOND) {
		spent.dropped++;
		return;
	}
	snprintf(text, sizeof(text), "%s", line);
	length = strlen(text);
	if (length > 0 && text[length - 1] == '\n')
		text[length - 1] = '\0';
	log_event(level == LLL_ERR ? LOG_ERROR_LEVEL : LOG_WARN_LEVEL, "library", "text", text, NULL);
}

void lws_log_install(void)
{
	lws_set_log_level(LLL_ERR | LLL_WARN, emit);
}
