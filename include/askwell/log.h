/* SPDX-License-Identifier: Apache-2.0 */
/* One line an event, levelled, key=value or JSON by option, to standard error. Values are escaped: whatever the input,
 * one event is one line. Secrets, trainee text and names never come here. Any thread. */
#ifndef ASKWELL_LOG_H
#define ASKWELL_LOG_H

#include "askwell/status.h"

enum log_level { LOG_DEBUG_LEVEL, LOG_INFO_LEVEL, LOG_WARN_LEVEL, LOG_ERROR_LEVEL };

/* Set once at start, before threads. */
void log_configure(enum log_level least, bool json);

/* `pairs`: key, value, key, value ..., NULL. Keys are literals. Example:
 * log_event(LOG_INFO_LEVEL, "listening", "address", address, "port", port_text, NULL); */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
