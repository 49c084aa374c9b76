/* SPDX-License-Identifier: Apache-2.0 */
#include "wrap.h"

#include "askwell/utf8.h"

#include <string.h>

/* Widths in ems after Helvetica, and a tenth more, because Verdana and DejaVu Sans are wider. */
static double em(uint32_t c)
{
	static const struct {
		const char *characters;
		double width;
	} widths[] = {
		{"ijl.,:;'|!", 0.28},
		{"frt()[]- \"`/\\*", 0.37},
		{"mwMW@%", 0.92},
		{"ABCDEFGHKLNOPQRSTUVXYZ&", 0.72},
	};

	if (c >= 0x1100)
		return c >= 0x2000 && c < 0x2100 ? 0.8 : 1.1;
	for (size_t i = 0; c < 0x80 && i < sizeof widths / sizeof *widths; i++)
		if (strchr(widths[i].characters, (int)c))
			return widths[i].width * 1.1;
	return 0.57 * 1.1;
}

double wrap_width(const char *text, size_t length, double size)
{
	double width = 0;
	uint32_t code_point = 0;

	for (size_t at = 0; at < length;) {
		size_t step = utf8_decode(text + at, length - at, &code_point);

		width += code_point ? em(code_point) : 0;
		at += step ? step : 1;
	}
	return width * size;
}

/* How many bytes of `text` make one line, the space behind them not counted. */
static size_t line_length(const char *text, size_t length, double width, double size)
{
	size_t fits = 0, space = 0, joint = 0;

	while (fits < length) {
		uint32_t code_point = 0;
		size_t step = utf8_decode(text + fits, length - fits, &code_point);

		step = step ? step : 1;
		if (fits > 0 && wrap_width(text, fits + step, size) > width)
			break;
		fits += step;
		if (fits < length && text[fits] == ' ')
			space = fits;
		if (text[fits - 1] == '_')
			joint = fits;
	}
	if (fits == length)
		return length;
	return space ? space : joint ? joint : fits;
}

struct wrap wrap_text(const char *text, double width, double size, struct arena *arena)
{
	size_t length = strlen(text);
	const char **lines = arena_array(arena, length + 1, sizeof *lines);
	struct wrap wrap = {lines, 0, 0};

	do {
		size_t taken = line_length(text, length, width, size);
		double wide = wrap_width(text, taken, size);

		lines[wrap.count++] = arena_copy(arena, text, taken);
		wrap.width = wide > wrap.width ? wide : wrap.width;
		while (taken < length && text[taken] == ' ')
			taken++;
		text += taken;
		length -= taken;
	} while (length > 0);
	return wrap;
}
