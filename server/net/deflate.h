/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes made smaller, whole and at once. Nothing that comes in is ever unpacked. Pure. */
#ifndef ASKWELL_NET_DEFLATE_H
#define ASKWELL_NET_DEFLATE_H

#include <stddef.h>

enum deflate_format { DEFLATE_ZLIB, DEFLATE_GZIP }; /* RFC 1950 and RFC 1952 */

/* `effort` from 1, quick, to 9, small. Returns memory that the caller frees, or NULL when it would not be smaller by at least
 * 64 bytes. */
char *deflate_bytes(const char *bytes, size_t length, enum deflate_format format, int effort, size_t *out_length);

#endif
