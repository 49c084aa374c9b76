/* SPDX-License-Identifier: Apache-2.0 */
/* A request head of any content: the gate decides, and what it lets through keeps the promises that the rest relies
 * on. The input is one header a line, in the order of the table; an empty line is a header that was not sent. */
#include "../../server/net/gate.h"

#include "askwell/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const size_t fields[] = {
	offsetof(struct gate_head, path),
	offsetof(struct gate_head, version),
	offsetof(struct gate_head, host),
	offsetof(struct gate_head, origin),
	offsetof(struct gate_head, fetch_site),
	offsetof(struct gate_head, content_length),
	offsetof(struct gate_head, content_type),
	offsetof(struct gate_head, transfer_encoding),
	offsetof(struct gate_head, expect),
	offsetof(struct gate_head, upgrade),
	offsetof(struct gate_head, connection),
	offsetof(struct gate_head, socket_key),
	offsetof(struct gate_head, socket_version),
	offsetof(struct gate_head, socket_protocols),
	offsetof(struct gate_head, cookie),
	offsetof(struct gate_head, accept_encoding),
};

static const struct gate_policy policies[] = {
	{.port = 8080, .loopback = true},
	{.port = 80, .loopback = true, .origin = "https://practice.example"},
	{.port = 8080},
	{.unix_socket = true},
};

static void must(bool condition)
{
	if (!condition)
		abort();
}

static void check(const struct gate_policy *policy, const struct gate_head *head)
{
	struct gate_verdict verdict;

	gate_judge(policy, head, &verdict);
	if (verdict.action == GATE_REFUSE) {
		must(verdict.status >= 400 && verdict.status < 600 && verdict.key && verdict.text);
		return;
	}
	must(head->host && head->path && head->path[0] == '/' && !head->transfer_encoding);
	must(head->method != GATE_OTHER && verdict.body_bytes <= GATE_BODY_BYTES);
	must(head->method == GATE_POST || verdict.body_bytes == 0);
	if (head->method == GATE_POST && head->origin)
		must(gate_origin(policy, head->origin, head->host));
	if (verdict.action == GATE_UPGRADE) {
		must(head->method == GATE_GET && strcmp(head->path, GATE_SOCKET_PATH) == 0);
		must(head->socket_protocols && (strcmp(head->socket_protocols, GATE_SUBPROTOCOL) == 0 ||
						       strcmp(head->socket_protocols, GATE_SUBPROTOCOL_DEFLATE) == 0));
		must(gate_origin(policy, head->origin, head->host));
	}
}

static void check_cookies(const char *header)
{
	size_t position = 0, length, before = 0;
	const char *value;

	while (gate_cookie(header, "askwell", &position, &value, &length)) {
		must(position > before);
		must(header && value >= header && value + length <= header + strlen(header));
		before = position;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gate_head head = {0};

	if (size < 1)
		return 0;
	char *text = memory_copy((const char *)data + 1, size - 1), *rest = text;

	head.method = (enum gate_method)(data[0] & 3);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]) && rest; i++) {
		const char *value = strsep(&rest, "\n");

		if (value[0] == '\0')
			value = NULL;
		memcpy((char *)&head + fields[i], (const void *)&value, sizeof(value));
	}
	check(&policies[data[0] >> 2 & 3], &head);
	check_cookies(head.cookie);
	gate_lists(head.accept_encoding, "gzip");
	free(text);
	return 0;
}
