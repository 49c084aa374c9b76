/* SPDX-License-Identifier: Apache-2.0 */
/* What a page may load and run, its Content-Security-Policy: files of ours and, each by its SHA-256, the scripts and styles
 * that the build put into the page (CSP Level 3, section 2.3.1). Pure. */
#ifndef ASKWELL_NET_POLICY_H
#define ASKWELL_NET_POLICY_H

/* For a page that ends with NUL; in it, only what stands between <script> and </script>, or <style> and </style>, the tags
 * without attributes, is allowed by its hash. Returns owned. */
char *policy_of_page(const char *page);

/* Files of ours and nothing else. */
extern const char policy_strict[];
/* For the one document that carries its own style sheet, the exported transcript. */
extern const char policy_export[];

#endif
