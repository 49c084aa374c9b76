/* SPDX-License-Identifier: Apache-2.0 */
/* The few questions we ask of Unicode text (UTF-8 as in RFC 3629). Pure. Any thread. */
#ifndef ASKWELL_UTF8_H
#define ASKWELL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool utf8_valid(const char *text, size_t length);

/* Code points in valid UTF-8. */
size_t utf8_count(const char *text, size_t length);

/* Length in bytes of the character at `text`, and its code point; 0 for invalid or no bytes. */
size_t utf8_decode(const char *text, size_t length, uint32_t *code_point);

/* Only white space, controls and invisible format characters (or nothing at all). */
bool utf8_blank(const char *text, size_t length);

/* True when the text holds a control character other than tab and line feed (C0, DEL, C1). */
bool utf8_has_control(const char *text, size_t length);

#endif
