/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct check {
	bool (*refuses)(
		const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far);
	unsigned status;
	const char *key;
	const char *text;
};

static size_t span_spaces(const char *text)
{
	return strspn(text, " \t");
}

bool gate_lists(const char *list, const char *word)
{
	const size_t wanted = strlen(word);

	while (list && *list) {
		list += span_spaces(list);
		const size_t item = strcspn(list, ",");
		size_t name = strcspn(list, ",; \t");
		const char *parameter = memchr(list, ';', item);
		bool excluded = false;

		if (parameter) {
			parameter += 1 + span_spaces(parameter + 1);
			/* "q=0", "q=0.0", "q=0.000": explicitly not wanted */
			excluded = strncasecmp(parameter, "q=0", 3) == 0 &&
				   strspn(parameter + 3, ".0") == strcspn(parameter + 3, ", \t");
		}
		if (name == wanted && strncasecmp(list, word, wanted) == 0)
			return !excluded;
		list += item;
		list += *list == ',';
	}
	return false;
}

bool gate_cookie(const char *header, const char *name, size_t *position, const char **value, size_t *length)
{
	const size_t wanted = strlen(name);

	if (!header)
		return false;
	/* Several Cookie headers reach us joined by a space, without the semicolon that browsers write. */
	for (const char *at = header + *position; *at;) {
		at += strspn(at, "; \t");
		const size_t pair = strcspn(at, "; \t");

		if (pair > wanted && at[wanted] == '=' && memcmp(at, name, wanted) == 0) {
			*value = at + wanted + 1;
			*length = pair - wanted - 1;
			*position = (size_t)(at + pair - header);
			return true;
		}
		at += pair;
	}
	return false;
}

/* "http://name:port" -> "name:port"; NULL when it is something else. */
static const char *origin_host(const char *origin)
{
	if (strncmp(origin, "http://", 7) == 0)
		return origin + 7;
	if (strncmp(origin, "https://", 8) == 0)
		return origin + 8;
	return NULL;
}

/* Names that always mean this machine: nobody can point them elsewhere. */
static size_t loopback_name_length(const char *host)
{
	static const char *const names[] = {"localhost", "[::1]"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strncasecmp(host, names[i], strlen(names[i])) == 0)
			return strlen(names[i]);
	}
	return strncmp(host, "127.", 4) == 0 ? strspn(host, "0123456789.") : 0;
}

static bool is_loopback_name(const char *host, unsigned port)
{
	const size_t length = loopback_name_length(host);
	char wanted[16];

	if (length == 0)
		return false;
	snprintf(wanted, sizeof(wanted), ":%u", port);
	return strcmp(host + length, wanted) == 0 || (port == 80 && host[length] == '\0');
}

bool gate_origin(const struct gate_policy *policy, const char *origin, const char *host)
{
	if (!origin || !host)
		return false;
	if (policy->origin)
		return strcmp(origin, policy->origin) == 0;
	const char *from = origin_host(origin);

	if (!from || (!policy->unix_socket && strncmp(origin, "http://", 7) != 0))
		return false;
	return strcasecmp(from, host) == 0;
}

static bool bad_version(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !head->version || (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0);
}

static bool bad_path(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !head->path || head->path[0] != '/';
}

static bool no_host(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !head->host || !head->host[0] || strpbrk(head->host, ", \t/@") != NULL;
}

/* A page elsewhere can point a name of its own at our address; the Host header then still carries that name. */
static bool foreign_host(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)so_far;
	const char *ours = policy->origin ? origin_host(policy->origin) : NULL;

	if (ours && strcasecmp(ours, head->host) == 0)
		return false;
	if (policy->loopback)
		return !is_loopback_name(head->host, policy->port);
	return ours != NULL;
}

static bool bad_method(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return head->method == GATE_OTHER;
}

static bool has_coding(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return head->transfer_encoding != NULL;
}

static bool has_expectation(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return head->expect != NULL;
}

static bool no_length(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return head->method == GATE_POST && !head->content_length;
}

static bool bad_length(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	if (!head->content_length)
		return false;
	const size_t digits = strspn(head->content_length, "0123456789");

	/* Longer ones the library would not read, and wait for 100 MB instead. */
	return digits == 0 || digits > 19 || head->content_length[digits] != '\0';
}

static bool long_body(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)head;
	return so_far->body_bytes > GATE_BODY_BYTES;
}

static bool unwanted_body(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy;
	return head->method != GATE_POST && so_far->body_bytes > 0;
}

static bool wrong_type(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	static const char json[] = "application/json";

	if (head->method != GATE_POST)
		return false;
	if (!head->content_type || strncasecmp(head->content_type, json, sizeof(json) - 1) != 0)
		return true;
	const char after = head->content_type[sizeof(json) - 1];

	return after != '\0' && after != ';' && after != ' ';
}

static bool foreign_post(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)so_far;
	if (head->method != GATE_POST)
		return false;
	if (head->fetch_site && strcmp(head->fetch_site, "same-origin") != 0)
		return true;
	if (head->origin)
		return !gate_origin(policy, head->origin, head->host);
	return !head->fetch_site;
}

/* In this order: first what makes the message ambiguous, then what the person may do about it. */
static const struct check request_checks[] = {
	{bad_version, 505, "http_version", "This server speaks HTTP/1.1."},
	{bad_path, 400, "bad_path", "The address must start with a slash."},
	{no_host, 400, "host_missing", "The request must name one host."},
	{has_coding, 501, "transfer_encoding", "Send the body with a Content-Length, not in chunks."},
	{bad_length, 400, "bad_length", "The Content-Length is not a plain number."},
	{has_expectation, 417, "expectation", "Send the body at once; this server makes no promises beforehand."},
	{bad_method, 405, "method_not_allowed", "Use GET, HEAD or POST."},
	{foreign_host, 421, "foreign_host",
		"This server is not called that. Use the address that it printed when it started."},
	{no_length, 411, "length_missing", "A POST must carry a Content-Length."},
	{long_body, 413, "body_too_large", "The body may be at most 4,096 bytes."},
	{unwanted_body, 400, "unexpected_body", "Only a POST may carry a body."},
	{wrong_type, 415, "json_only", "The body must be application/json."},
	{foreign_post, 403, "foreign_origin", "This request must come from a page of this server."},
};

static bool not_a_get(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return head->method != GATE_GET;
}

static bool old_version(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return strcmp(head->version, "HTTP/1.1") != 0;
}

static bool other_upgrade(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return strcasecmp(head->upgrade, "websocket") != 0;
}

static bool not_asked_for(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !gate_lists(head->connection, "upgrade");
}

static bool other_path(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return strcmp(head->path, GATE_SOCKET_PATH) != 0;
}

static bool other_socket(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !head->socket_version || strcmp(head->socket_version, "13") != 0;
}

static bool bad_key(const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	return !head->socket_key || strlen(head->socket_key) != 24;
}

static bool other_protocol(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)policy, (void)so_far;
	/* Exactly one of ours: the library binds by the first name that it knows, and it knows another one. */
	return !head->socket_protocols || (strcmp(head->socket_protocols, GATE_SUBPROTOCOL) != 0 &&
						  strcmp(head->socket_protocols, GATE_SUBPROTOCOL_DEFLATE) != 0);
}

static bool foreign_page(
	const struct gate_policy *policy, const struct gate_head *head, const struct gate_verdict *so_far)
{
	(void)so_far;
	return !gate_origin(policy, head->origin, head->host);
}

static const struct check upgrade_checks[] = {
	{not_a_get, 405, "method_not_allowed", "A WebSocket is opened with GET."},
	{old_version, 505, "http_version", "A WebSocket is opened with HTTP/1.1."},
	{other_upgrade, 400, "upgrade_unknown", "The only upgrade here is to websocket."},
	{not_asked_for, 400, "upgrade_incomplete", "The Connection header must list upgrade."},
	{other_path, 404, "not_found", "The WebSocket is at /ws."},
	{other_socket, 426, "socket_version", "The WebSocket must be of version 13."},
	{bad_key, 400, "socket_key", "The Sec-WebSocket-Key is missing or not 16 bytes."},
	{other_protocol, 400, "subprotocol",
		"Ask for the subprotocol askwell.v1 or askwell.v1.deflate, and only for one of them."},
	{foreign_page, 403, "foreign_origin", "A WebSocket must come from a page of this server."},
};

static bool refused(const struct check *checks, size_t count, const struct gate_policy *policy,
	const struct gate_head *head, struct gate_verdict *out)
{
	for (size_t i = 0; i < count; i++) {
		if (!checks[i].refuses(policy, head, out))
			continue;
		out->action = GATE_REFUSE;
		out->status = checks[i].status;
		out->key = checks[i].key;
		out->text = checks[i].text;
		return true;
	}
	return false;
}

/* Over the cap is all that matters of a longer number, so it stops counting there. */
static size_t body_bytes(const char *digits)
{
	size_t bytes = 0;

	for (; digits && *digits >= '0' && *digits <= '9' && bytes <= GATE_BODY_BYTES; digits++)
		bytes = bytes * 10 + (size_t)(*digits - '0');
	return bytes;
}

void gate_judge(const struct gate_policy *policy, const struct gate_head *head, struct gate_verdict *out)
{
	*out = (struct gate_verdict){.action = GATE_SERVE, .body_bytes = body_bytes(head->content_length)};
	if (refused(request_checks, sizeof(request_checks) / sizeof(request_checks[0]), policy, head, out))
		return;
	if (!head->upgrade)
		return;
	out->action = GATE_UPGRADE;
	refused(upgrade_checks, sizeof(upgrade_checks) / sizeof(upgrade_checks[0]), policy, head, out);
}
