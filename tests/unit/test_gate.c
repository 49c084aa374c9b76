/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "../../server/net/gate.h"

#include <string.h>

static const struct gate_policy local = {.port = 8080, .loopback = true};
static const struct gate_policy behind_proxy = {.port = 8080, .loopback = true, .origin = "https://practice.example"};
static const struct gate_policy open_network = {.port = 8080};
static const struct gate_policy unix_socket = {.unix_socket = true};

static struct gate_head get(void)
{
	return (struct gate_head){
		.method = GATE_GET, .path = "/", .version = "HTTP/1.1", .host = "localhost:8080", .origin = NULL};
}

static struct gate_head post(void)
{
	struct gate_head head = get();

	head.method = GATE_POST;
	head.path = "/api/sign-in";
	head.content_type = "application/json";
	head.content_length = "2";
	head.origin = "http://localhost:8080";
	return head;
}

static struct gate_head upgrade(void)
{
	struct gate_head head = get();

	head.path = "/ws";
	head.origin = "http://localhost:8080";
	head.upgrade = "websocket";
	head.connection = "keep-alive, Upgrade";
	head.socket_key = "dGhlIHNhbXBsZSBub25jZQ==";
	head.socket_version = "13";
	head.socket_protocols = "askwell.v1";
	return head;
}

/* One change to a head that is fine, and what must come of it. */
struct row {
	size_t field;
	const char *value;
	unsigned status; /* 0: still fine */
};

#define FIELD(name) offsetof(struct gate_head, name)

static void check_rows(const struct row *rows, size_t count, struct gate_head (*fine)(void), enum gate_action when_fine)
{
	for (size_t i = 0; i < count; i++) {
		struct gate_head head = fine();
		struct gate_verdict verdict;

		memcpy((char *)&head + rows[i].field, (const void *)&rows[i].value, sizeof rows[i].value);
		gate_judge(&local, &head, &verdict);
		if (verdict.action != (rows[i].status ? GATE_REFUSE : when_fine) || verdict.status != rows[i].status)
			fail_msg("row %zu (%s): action %d, status %u, %s", i, rows[i].value ? rows[i].value : "absent",
				(int)verdict.action, verdict.status, verdict.key ? verdict.key : "");
		if (rows[i].status) {
			assert_non_null(verdict.key);
			assert_true(strlen(verdict.text) > 10);
		}
	}
}

static void any_request(void **state)
{
	static const struct row rows[] = {
		{FIELD(version), "HTTP/1.0", 0},
		{FIELD(version), "HTTP/9.9", 505},
		{FIELD(version), NULL, 505},
		{FIELD(path), "nothing", 400},
		{FIELD(path), NULL, 400},
		{FIELD(host), NULL, 400},
		{FIELD(host), "", 400},
		{FIELD(host), "localhost:8080,elsewhere", 400},
		{FIELD(host), "localhost:8080 elsewhere", 400},
		{FIELD(host), "user@localhost:8080", 400},
		{FIELD(host), "LOCALHOST:8080", 0},
		{FIELD(host), "127.0.0.1:8080", 0},
		{FIELD(host), "[::1]:8080", 0},
		{FIELD(host), "127.1.2.3:8080", 0},
		{FIELD(host), "127.0.0.1.elsewhere.example:8080", 421},
		{FIELD(host), "localhost.:8080", 421},
		{FIELD(host), "localhost", 421},
		{FIELD(host), "localhost:80", 421},
		{FIELD(host), "localhost:80801", 421},
		{FIELD(host), "elsewhere.example:8080", 421},
		{FIELD(host), "localhost.elsewhere.example:8080", 421},
		{FIELD(transfer_encoding), "chunked", 501},
		{FIELD(transfer_encoding), "identity", 501},
		{FIELD(content_length), "0", 0},
		{FIELD(content_length), "5", 400},
		{FIELD(content_length), "", 400},
		{FIELD(expect), "100-continue", 417},
		{FIELD(origin), "https://elsewhere.example", 0},
		{FIELD(fetch_site), "cross-site", 0},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows, get, GATE_SERVE);
}

static void posts(void **state)
{
	static const struct row rows[] = {
		{FIELD(content_length), NULL, 411},
		{FIELD(content_length), "", 400},
		{FIELD(content_length), "+2", 400},
		{FIELD(content_length), "-2", 400},
		{FIELD(content_length), "2 ", 400},
		{FIELD(content_length), "2, 2", 400},
		{FIELD(content_length), "0x2", 400},
		{FIELD(content_length), "2e3", 400},
		{FIELD(content_length), "4096", 0},
		{FIELD(content_length), "4097", 413},
		{FIELD(content_length), "9223372036854775807", 413},
		{FIELD(content_length), "18446744073709551618", 400},
		{FIELD(content_length), "00000000000000000000000000000000000000002", 400},
		{FIELD(content_type), NULL, 415},
		{FIELD(content_type), "text/plain", 415},
		{FIELD(content_type), "application/jsonx", 415},
		{FIELD(content_type), "Application/JSON; charset=utf-8", 0},
		{FIELD(origin), NULL, 403},
		{FIELD(origin), "null", 403},
		{FIELD(origin), "https://localhost:8080", 403},
		{FIELD(origin), "http://localhost", 403},
		{FIELD(origin), "http://localhost:8081", 403},
		{FIELD(origin), "http://localhost:8080.elsewhere.example", 403},
		{FIELD(origin), "http://localhost:8080/", 403},
		{FIELD(fetch_site), "same-origin", 0},
		{FIELD(fetch_site), "same-site", 403},
		{FIELD(fetch_site), "cross-site", 403},
		{FIELD(fetch_site), "none", 403},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows, post, GATE_SERVE);
}

static void upgrades(void **state)
{
	static const struct row rows[] = {
		{FIELD(upgrade), "WebSocket", 0},
		{FIELD(upgrade), "h2c", 400},
		{FIELD(upgrade), "websocket, h2c", 400},
		{FIELD(upgrade), "", 400},
		{FIELD(connection), NULL, 400},
		{FIELD(connection), "keep-alive", 400},
		{FIELD(connection), "upgraded", 400},
		{FIELD(path), "/", 404},
		{FIELD(path), "/ws/", 404},
		{FIELD(path), "/wsx", 404},
		{FIELD(version), "HTTP/1.0", 505},
		{FIELD(socket_version), NULL, 426},
		{FIELD(socket_version), "8", 426},
		{FIELD(socket_version), "13, 8", 426},
		{FIELD(socket_key), NULL, 400},
		{FIELD(socket_key), "short", 400},
		{FIELD(socket_protocols), NULL, 400},
		{FIELD(socket_protocols), "http", 400},
		{FIELD(socket_protocols), "http, askwell.v1", 400},
		{FIELD(socket_protocols), "askwell.v1, http", 400},
		{FIELD(socket_protocols), "askwell.v2", 400},
		{FIELD(socket_protocols), "askwell.v1.deflate", 0},
		{FIELD(socket_protocols), "askwell.v1.deflate, askwell.v1", 400},
		{FIELD(socket_protocols), "askwell.v1.", 400},
		{FIELD(origin), NULL, 403},
		{FIELD(origin), "null", 403},
		{FIELD(origin), "file://", 403},
		{FIELD(origin), "http://localhost:8081", 403},
		{FIELD(content_length), "0", 0},
	};
	struct gate_head head = upgrade();
	struct gate_verdict verdict;

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows, upgrade, GATE_UPGRADE);
	head.method = GATE_HEAD;
	gate_judge(&local, &head, &verdict);
	assert_int_equal(verdict.status, 405);
	head = post();
	head.upgrade = "websocket";
	gate_judge(&local, &head, &verdict);
	assert_int_equal(verdict.status, 405);
}

static void other_methods_are_refused(void **state)
{
	struct gate_head head = get();
	struct gate_verdict verdict;

	(void)state;
	head.method = GATE_OTHER;
	gate_judge(&local, &head, &verdict);
	assert_int_equal(verdict.status, 405);
	head.method = GATE_HEAD;
	gate_judge(&local, &head, &verdict);
	assert_int_equal(verdict.action, GATE_SERVE);
}

static void hosts_and_origins_by_policy(void **state)
{
	static const struct {
		const struct gate_policy *policy;
		const char *host, *origin;
		unsigned get_status, upgrade_status;
	} rows[] = {
		{&behind_proxy, "practice.example", "https://practice.example", 0, 0},
		{&behind_proxy, "Practice.Example", "https://practice.example", 0, 0},
		{&behind_proxy, "practice.example", "http://practice.example", 0, 403},
		{&behind_proxy, "practice.example", "https://practice.example:444", 0, 403},
		{&behind_proxy, "localhost:8080", "http://localhost:8080", 0, 403},
		{&behind_proxy, "elsewhere.example", "https://practice.example", 421, 421},
		{&open_network, "practice.example:8080", "http://practice.example:8080", 0, 0},
		{&open_network, "practice.example:8080", "http://elsewhere.example:8080", 0, 403},
		{&open_network, "practice.example:8080", "https://practice.example:8080", 0, 403},
		{&unix_socket, "practice.example", "https://practice.example", 0, 0},
		{&unix_socket, "practice.example", "http://practice.example", 0, 0},
		{&unix_socket, "practice.example", "https://elsewhere.example", 0, 403},
		{&unix_socket, "practice.example", "ftp://practice.example", 0, 403},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gate_head plain = get(), socket = upgrade();
		struct gate_verdict verdict;

		plain.host = socket.host = rows[i].host;
		plain.origin = socket.origin = rows[i].origin;
		gate_judge(rows[i].policy, &plain, &verdict);
		if (verdict.status != rows[i].get_status)
			fail_msg("row %zu: GET gave %u", i, verdict.status);
		gate_judge(rows[i].policy, &socket, &verdict);
		if (verdict.status != rows[i].upgrade_status)
			fail_msg("row %zu: upgrade gave %u", i, verdict.status);
	}
}

static void cookies_by_their_whole_name(void **state)
{
	static const struct {
		const char *header;
		const char *values[3];
	} rows[] = {
		{NULL, {NULL}},
		{"", {NULL}},
		{"askwell=abc", {"abc"}},
		{"a=b; askwell=abc; c=d", {"abc"}},
		{"a=b;askwell=abc", {"abc"}},
		{"askwell=one askwell=two", {"one", "two"}}, /* two headers, as the library joins them */
		{"askwell=one; askwell=two", {"one", "two"}},
		{"xaskwell=abc", {NULL}},
		{"askwellx=abc", {NULL}},
		{"__Host-askwell=abc", {NULL}},
		{"askwell", {NULL}},
		{"askwell=", {""}},
		{"ASKWELL=abc", {NULL}},
		{"x=askwell=abc", {NULL}},
		{";;; ;askwell=a=b;", {"a=b"}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t position = 0, length, found = 0;
		const char *value;

		while (gate_cookie(rows[i].header, "askwell", &position, &value, &length)) {
			const char *wanted = found < 3 ? rows[i].values[found++] : NULL;

			if (!wanted || strlen(wanted) != length || memcmp(value, wanted, length) != 0)
				fail_msg("row %zu: %.*s", i, (int)length, value);
		}
		assert_true(found == 3 || rows[i].values[found] == NULL);
	}
}

static void lists(void **state)
{
	static const struct {
		const char *list;
		bool listed;
	} rows[] = {
		{"gzip", true},
		{"GZIP", true},
		{"deflate, gzip;q=0.5", true},
		{"br,gzip ,x", true},
		{"gzip;q=0", false},
		{"gzip;q=0.000", false},
		{"gzip; q=0.001", true},
		{"gzipped", false},
		{"x-gzip", false},
		{"", false},
		{",,;q=0,", false},
		{NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (gate_lists(rows[i].list, "gzip") != rows[i].listed)
			fail_msg("%s", rows[i].list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_request),
		cmocka_unit_test(posts),
		cmocka_unit_test(upgrades),
		cmocka_unit_test(other_methods_are_refused),
		cmocka_unit_test(hosts_and_origins_by_policy),
		cmocka_unit_test(cookies_by_their_whole_name),
		cmocka_unit_test(lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
