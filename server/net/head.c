/* SPDX-License-Identifier: Apache-2.0 */
#include "head.h"

#include <libwebsockets.h>
#include <string.h>

/* The headers that the gate looks at, and where it looks for them. */
static const struct {
	enum lws_token_indexes token;
	size_t offset;
} known[] = {
	{WSI_TOKEN_HTTP, offsetof(struct gate_head, version)},
	{WSI_TOKEN_HOST, offsetof(struct gate_head, host)},
	{WSI_TOKEN_ORIGIN, offsetof(struct gate_head, origin)},
	{WSI_TOKEN_HTTP_CONTENT_LENGTH, offsetof(struct gate_head, content_length)},
	{WSI_TOKEN_HTTP_CONTENT_TYPE, offsetof(struct gate_head, content_type)},
	{WSI_TOKEN_HTTP_TRANSFER_ENCODING, offsetof(struct gate_head, transfer_encoding)},
	{WSI_TOKEN_HTTP_EXPECT, offsetof(struct gate_head, expect)},
	{WSI_TOKEN_UPGRADE, offsetof(struct gate_head, upgrade)},
	{WSI_TOKEN_CONNECTION, offsetof(struct gate_head, connection)},
	{WSI_TOKEN_KEY, offsetof(struct gate_head, socket_key)},
	{WSI_TOKEN_VERSION, offsetof(struct gate_head, socket_version)},
	{WSI_TOKEN_PROTOCOL, offsetof(struct gate_head, socket_protocols)},
	{WSI_TOKEN_HTTP_COOKIE, offsetof(struct gate_head, cookie)},
	{WSI_TOKEN_HTTP_ACCEPT, offsetof(struct gate_head, accept)},
	{WSI_TOKEN_HTTP_ACCEPT_ENCODING, offsetof(struct gate_head, accept_encoding)},
	{WSI_TOKEN_HTTP_IF_NONE_MATCH, offsetof(struct gate_head, if_none_match)},
};

static const char fetch_site[] = "sec-fetch-site:";

static const char *copy_token(struct lws *wsi, struct head *out, enum lws_token_indexes token)
{
	char *to = out->text + out->used;
	const size_t room = sizeof(out->text) - out->used;

	if (lws_hdr_total_length(wsi, token) <= 0)
		return NULL;
	const int length = lws_hdr_copy(wsi, to, (int)room, token);

	if (length <= 0)
		return NULL;
	out->used += (size_t)length + 1;
	return to;
}

static const char *copy_custom(struct lws *wsi, struct head *out, const char *name, size_t name_length)
{
	char *to = out->text + out->used;
	const int room = (int)(sizeof(out->text) - out->used);
	const int length = lws_hdr_custom_copy(wsi, to, room, name, (int)name_length);

	if (length < 0)
		return NULL;
	out->used += (size_t)length + 1;
	return to;
}

bool head_read(struct lws *wsi, struct head *out)
{
	static const enum gate_method methods[] = {
		[LWSHUMETH_GET] = GATE_GET, [LWSHUMETH_POST] = GATE_POST, [LWSHUMETH_HEAD] = GATE_HEAD};
	char *uri = NULL;
	int length = 0;
	const int method = lws_http_get_uri_and_method(wsi, &uri, &length);

	memset(&out->gate, 0, sizeof(out->gate));
	out->used = 0;
	if (method < 0 || !uri || length <= 0 || length > HEAD_BYTES)
		return false;
	out->gate.method = GATE_OTHER;
	if (method == LWSHUMETH_GET || method == LWSHUMETH_POST || method == LWSHUMETH_HEAD)
		out->gate.method = methods[method];
	memcpy(out->text, uri, (size_t)length);
	out->text[length] = '\0';
	/* A zero byte in the middle would make the rest invisible to every comparison. */
	out->gate.path = strlen(out->text) == (size_t)length ? out->text : NULL;
	out->used = (size_t)length + 1;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const char *value = copy_token(wsi, out, known[i].token);

		memcpy((char *)&out->gate + known[i].offset, (const void *)&value, sizeof(value));
	}
	out->gate.fetch_site = copy_custom(wsi, out, fetch_site, sizeof(fetch_site) - 1);
	return true;
}
