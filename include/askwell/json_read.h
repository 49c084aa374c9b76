/* SPDX-License-Identifier: Apache-2.0 */
/* Large files of JSON as jansson's values, read in a third of the time that jansson takes: it looks at each byte with a call
 * of its own, and a library has millions of them. Any thread. */
#ifndef ASKWELL_JSON_READ_H
#define ASKWELL_JSON_READ_H

#include <jansson.h>
#include <stddef.h>

#define JSON_READ_DEPTH 32

/* What json_loadb() gives with JSON_REJECT_DUPLICATES. Returns owned, or NULL for whatever is out of the ordinary: mistakes,
 * a NUL, more than JSON_READ_DEPTH levels, fractions, keys of more than 127 bytes. jansson reads that, or finds the words for
 * what is wrong with it. */
json_t *json_read(const char *text, size_t length);

#endif
