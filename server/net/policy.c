/* SPDX-License-Identifier: Apache-2.0 */
#include "policy.h"

#include "askwell/buffer.h"

#include <sodium.h>

#include <string.h>

#define NOTHING_ELSE "default-src 'none'; "
#define SCRIPTS "script-src 'self'"
#define STYLES "style-src 'self'"
#define FILES "img-src 'self'; font-src 'self'; connect-src 'self'; "
#define NO_FRAMES "frame-ancestors 'none'"

const char policy_strict[] =
	NOTHING_ELSE SCRIPTS "; " STYLES "; " FILES "base-uri 'none'; form-action 'self'; " NO_FRAMES;

const char policy_export[] =
	NOTHING_ELSE "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " NO_FRAMES "; sandbox";

/* " 'sha256-...'" for each element of the page that begins with `open`. */
static void add_hashes(struct buffer *out, const char *page, const char *open, const char *close)
{
	for (const char *at = page; (at = strstr(at, open)) != NULL;) {
		const char *text = at + strlen(open);
		const char *end = strstr(text, close);
		unsigned char hash[crypto_hash_sha256_BYTES];
		char base64[sodium_base64_ENCODED_LEN(sizeof(hash), sodium_base64_VARIANT_ORIGINAL)];

		if (!end)
			return;
		crypto_hash_sha256(hash, (const unsigned char *)text, (unsigned long long)(end - text));
		sodium_bin2base64(base64, sizeof(base64), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
		buffer_format(out, " 'sha256-%s'", base64);
		at = end;
	}
}

char *policy_of_page(const char *page)
{
	struct buffer out;

	buffer_init(&out);
	buffer_text(&out, NOTHING_ELSE SCRIPTS);
	add_hashes(&out, page, "<script>", "</script>");
	buffer_text(&out, "; " STYLES);
	add_hashes(&out, page, "<style>", "</style>");
	buffer_text(&out, "; " FILES "base-uri 'none'; form-action 'self'; " NO_FRAMES);
	return buffer_take(&out);
}
