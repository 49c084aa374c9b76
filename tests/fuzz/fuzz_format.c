/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes to the formatter: refused with a place, or laid out so that a second time changes nothing and jansson reads the
 * same value. What jansson takes as JSON without double members is not refused. */
#include "askwell/format.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FLAGS (JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_deep(const uint8_t *data, size_t size)
{
	size_t brackets = 0;

	for (size_t i = 0; i < size; i++)
		brackets += data[i] == '[' || data[i] == '{';
	return brackets > 60;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer once = {0}, twice = {0};
	struct error error = {0};
	char *text = malloc(size ? size : 1);
	bool marked = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0;
	json_t *before, *after = NULL;

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	before = json_loadb(text + (marked ? 3 : 0), size - (marked ? 3 : 0), FLAGS, NULL);
	if (format_json(text, size, &once, &error) == STATUS_OK) {
		if (format_json(once.data, once.length, &twice, NULL) != STATUS_OK || once.length != twice.length ||
			memcmp(once.data, twice.data, once.length) != 0)
			abort();
		/* jansson refuses numbers that it cannot hold, which is no matter of form. */
		after = json_loadb(once.data, once.length, FLAGS, NULL);
		if ((before != NULL) != (after != NULL) || (before && !json_equal(before, after)))
			abort();
	} else if (once.length > 0 || !strchr(error.text, ':') ||
		   (before && !is_deep(data, size) && memchr(data, '\0', size) == NULL)) {
		abort(); /* jansson passes over a NUL behind a number */
	}
	json_decref(before);
	json_decref(after);
	buffer_clear(&once);
	buffer_clear(&twice);
	free(text);
	return 0;
}
