/* SPDX-License-Identifier: Apache-2.0 */
/* One exporter a file. All write everything that a transcript holds and escape every text, whoever wrote it. Internal to
 * portfolio. Pure. */
#ifndef ASKWELL_PORTFOLIO_FORMATS_H
#define ASKWELL_PORTFOLIO_FORMATS_H

#include "askwell/transcript.h"

void format_markdown(const struct transcript *transcript, struct buffer *out);
void format_html(const struct transcript *transcript, struct buffer *out);
void format_json(const struct transcript *transcript, struct buffer *out);

#endif
