/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

static const char *const names[] = {
	[STATUS_OK] = "ok",
	[STATUS_INVALID] = "invalid",
	[STATUS_NOT_FOUND] = "not_found",
	[STATUS_CONFLICT] = "conflict",
	[STATUS_ENDED] = "ended",
	[STATUS_TOO_LARGE] = "too_large",
	[STATUS_LIMIT] = "limit",
	[STATUS_DENIED] = "denied",
	[STATUS_UNAVAILABLE] = "unavailable",
	[STATUS_CORRUPT] = "corrupt",
	[STATUS_INTERNAL] = "internal",
};

enum status error_set(struct error *error, enum status status, const char *key, const char *format, ...)
{
	va_list arguments;

	if (!error || error->status != STATUS_OK)
		return status;
	error->status = status;
	snprintf(error->key, sizeof error->key, "%s", key);
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	return status;
}

void error_clear(struct error *error)
{
	if (error)
		*error = (struct error){.status = STATUS_OK};
}

const char *status_name(enum status status)
{
	size_t index = (size_t)status;

	return index < sizeof names / sizeof *names ? names[index] : "internal";
}
