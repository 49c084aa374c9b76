/* SPDX-License-Identifier: Apache-2.0 */
/* Copies a request head out of the library, whose own copy lives only as long as it parses. Loop thread. */
#ifndef ASKWELL_NET_HEAD_H
#define ASKWELL_NET_HEAD_H

#include "gate.h"

#include <stdbool.h>

#define HEAD_BYTES 8192 /* URL and all headers together */

struct lws;

struct head {
	struct gate_head gate;
	char text[HEAD_BYTES + 1024];
	size_t used;
};

/* False when there is no request to be read any more. */
bool head_read(struct lws *wsi, struct head *out);

#endif
