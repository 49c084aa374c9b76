/* SPDX-License-Identifier: Apache-2.0 */
/* One exporter a file. All write everything that a transcript holds and escape every text, whoever wrote it. Internal to
 * portfolio. Pure. */
#ifndef ASKWELL_PORTFOLIO_FORMATS_H
#define ASKWELL_PORTFOLIO_FORMATS_H

#include "askwell/transcript.h"

void formats_markdown(const struct transcript *transcript, struct buffer *out);
void formats_html(const struct transcript *transcript, struct buffer *out);
void formats_json(const struct transcript *transcript, struct buffer *out);

#endif
