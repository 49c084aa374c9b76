/* SPDX-License-Identifier: Apache-2.0 */
/* The built browser client, held in memory: no request ever reaches the file system. Read once at start, constant
 * afterwards. */
#ifndef ASKWELL_NET_WEB_H
#define ASKWELL_NET_WEB_H

#include "askwell/hash.h"

#include <stdbool.h>
#include <stddef.h>

struct web;

struct web_asset {
	char *path; /* "/assets/index-3f2a9c1b.js" */
	const char *type;
	const char *cache;
	char *policy; /* of a page; NULL: the strict one */
	char etag[HASH_TEXT_SIZE + 4];
	bool part; /* of a page: a script or a style sheet that is named by its content */
	char *body;
	size_t length;
	char *gzip; /* NULL when it would not be shorter */
	size_t gzip_length;
	char *brotli; /* NULL when the build left none beside it */
	size_t brotli_length;
};

/* Never fails: without a built client there is one page that says how to build it. "main.js.br" is the form of "main.js" for
 * browsers that take brotli. Returns owned. */
struct web *web_load(const char *folder);
void web_free(struct web *web);

/* "/" finds index.html. NULL when there is no such path. Borrowed. */
const struct web_asset *web_find(const struct web *web, const char *path);

#endif
