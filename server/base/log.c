/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/log.h"

#include "askwell/buffer.h"
#include "askwell/clock.h"
#include "askwell/json_out.h"
#include "askwell/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const levels[] = {"debug", "info", "warn", "error"};

/* Written once by log_configure() before any thread starts, read by all. */
static enum log_level configured_least = LOG_INFO_LEVEL;
static bool configured_json;

void log_configure(enum log_level least, bool json)
{
	configured_least = least;
	configured_json = json;
}

/* Bidirectional controls and line separators can forge a line on a terminal. */
static bool deceptive(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void add_value(struct buffer *line, const char *value)
{
	size_t length = strlen(value);

	for (size_t i = 0; i < length;) {
		uint32_t c = 0;
		size_t size = utf8_decode(value + i, length - i, &c);

		if (size == 0) {
			buffer_format(line, "\\x%02x", (unsigned)(unsigned char)value[i]);
			size = 1;
		} else if (deceptive(c)) {
			buffer_format(line, "\\u%04x", (unsigned)c);
		} else {
			if (c == '"' || c == '\\')
				buffer_char(line, '\\');
			buffer_add(line, value + i, size);
		}
		i += size;
	}
}

static void add_pair(struct buffer *line, const char *key, const char *value)
{
	if (configured_json) {
		buffer_format(line, ",\"%s\":\"", key);
		for (const char *c = value; *c; c++) {
			unsigned char byte = (unsigned char)*c;

			if (byte < 0x20 || byte > 0x7e)
				buffer_format(line, "\\u%04x", (unsigned)byte);
			else if (byte == '"' || byte == '\\')
				buffer_format(line, "\\%c", byte);
			else
				buffer_char(line, *c);
		}
		buffer_char(line, '"');
		return;
	}
	buffer_format(line, " %s=", key);
	if (*value && !strpbrk(value, " \"=\\")) {
		add_value(line, value);
		return;
	}
	buffer_char(line, '"');
	add_value(line, value);
	buffer_char(line, '"');
}

void log_event(enum log_level level, const char *event, ...)
{
	struct buffer line = {0};
	char now[CLOCK_TEXT_SIZE];
	const char *key;
	va_list pairs;

	if (level < configured_least)
		return;
	clock_format(clock_now_ms(), now);
	if (configured_json)
		buffer_format(&line, "{\"time\":\"%s\",\"level\":\"%s\",\"event\":\"%s\"", now, levels[level], event);
	else
		buffer_format(&line, "%s %s %s", now, levels[level], event);
	va_start(pairs, event);
	while ((key = va_arg(pairs, const char *)) != NULL) {
		const char *value = va_arg(pairs, const char *);

		add_pair(&line, key, value ? value : "");
	}
	va_end(pairs);
	buffer_text(&line, configured_json ? "}\n" : "\n");
	/* One write a line, so that lines of several threads do not mix; a closed standard error is nobody's problem. */
	if (write(STDERR_FILENO, line.data, line.length) < 0) {
	}
	buffer_clear(&line);
}
