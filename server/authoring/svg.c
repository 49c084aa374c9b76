/* SPDX-License-Identifier: Apache-2.0 */
#include "svg.h"

#include <math.h>
#include <string.h>

void svg_escape(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&')
			buffer_text(out, "&amp;");
		else if (c == '<')
			buffer_text(out, "&lt;");
		else if (c == '>')
			buffer_text(out, "&gt;");
		else if (c == '"')
			buffer_text(out, "&quot;");
		else
			buffer_char(out, (char)(c < 0x20 ? ' ' : c));
	}
}

void svg_rect(struct buffer *out, const char *class, struct layout_point from, struct layout_point to, double radius)
{
	buffer_format(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.0f\"/>\n",
		class, from.x, from.y, to.x - from.x, to.y - from.y, radius);
}

void svg_text(struct buffer *out, const char *class, struct layout_point at, const char *text)
{
	buffer_format(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, at.x, at.y);
	svg_escape(out, text);
	buffer_text(out, "</text>\n");
}

double svg_lines(
	struct buffer *out, const char *class, struct layout_point at, const struct wrap *lines, double leading)
{
	for (size_t i = 0; i < lines->count; i++) {
		svg_text(out, class, at, lines->lines[i]);
		at.y += leading;
	}
	return at.y;
}

void svg_arrow(struct buffer *out, const struct layout_link *link)
{
	const struct layout_point *curve = link->curve, last = curve[link->count - 1];
	double dx = link->tip.x - last.x, dy = link->tip.y - last.y, length = hypot(dx, dy);

	buffer_format(out, "<path class=\"link\" d=\"M%.1f %.1f C", curve[0].x, curve[0].y);
	for (size_t i = 1; i < link->count; i++)
		buffer_format(out, " %.1f %.1f", curve[i].x, curve[i].y);
	buffer_text(out, "\"/>\n");
	if (length < 0.5)
		return;
	dx *= 4.5 / length;
	dy *= 4.5 / length;
	buffer_format(out, "<path class=\"tip\" d=\"M%.1f %.1f L%.1f %.1f L%.1f %.1f Z\"/>\n", link->tip.x, link->tip.y,
		last.x - dy, last.y + dx, last.x + dy, last.y - dx);
}
