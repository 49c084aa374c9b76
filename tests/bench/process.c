/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_proc(pid_t pid, const char *name, char *out, size_t size)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	size_t got = fread(out, 1, size - 1, file);
	out[got] = '\0';
	(void)fclose(file);
	return got > 0;
}

uint64_t process_rss_kb(pid_t pid)
{
	char text[4096];
	uint64_t kb = 0;
	if (!read_proc(pid, "status", text, sizeof(text)))
		return 0;
	const char *line = strstr(text, "VmRSS:");
	if (!line || sscanf(line, "VmRSS: %" SCNu64, &kb) != 1)
		return 0;
	return kb;
}

uint64_t process_cpu_us(pid_t pid)
{
	char text[1024];
	uint64_t user = 0;
	uint64_t kernel = 0;
	if (!read_proc(pid, "stat", text, sizeof(text)))
		return 0;
	/* The name in brackets may hold spaces, so fields are counted from the last bracket. */
	const char *rest = strrchr(text, ')');
	if (!rest ||
		sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64, &user, &kernel) != 2)
		return 0;
	return (user + kernel) * (1000000U / (uint64_t)sysconf(_SC_CLK_TCK));
}
