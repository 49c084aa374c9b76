/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/id.h"
#include "askwell/json_out.h"
#include "askwell/memory.h"

#include "accept.h"
#include "http.h"
#include "policy.h"
#include "rpc.h"
#include "server.h"
#include "web.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT_PATH "/export/"
#define YEAR_SECONDS 31536000

/* Who waits for practice's answer. */
struct waiting {
	struct server *server;
	uint64_t reference;
};

static struct waiting *wait_for(struct conn *conn)
{
	struct waiting *waiting = memory_new(sizeof(*waiting));

	waiting->server = conn->server;
	waiting->reference = conn_reference(conn);
	return waiting;
}

/* The connection again, when it is still there and still waits. */
static struct conn *waiter(struct waiting *waiting)
{
	struct conn *conn = conn_find(&waiting->server->conns, waiting->reference);

	free(waiting);
	return conn && conn->wsi && conn->exchange ? conn : NULL;
}

static void refuse_status(struct conn *conn, enum status status, const struct error *error)
{
	http_refuse(conn, rpc_http_status(status), error && error->key[0] ? error->key : "internal",
		status_name(status), error && error->text[0] ? error->text : "Something went wrong on the server.");
}

static void health(struct conn *conn)
{
	struct practice_figures figures;
	struct buffer *body = &conn->exchange->owned;
	struct json_out json;
	const bool leaving = conn->server->leaving;

	practice_figures(conn->server->practice, &figures);
	json_out_init(&json, body);
	json_out_object(&json);
	json_out_put_text(&json, "status", leaving ? "leaving" : "ok");
	json_out_put_integer(&json, "dialogues", (int64_t)figures.dialogues);
	json_out_put_integer(&json, "connections", conn->server->conns.open);
	json_out_object_end(&json);
	http_answer(conn, (struct reply){.status = leaving ? 503 : 200, .type = "application/json"}, NULL, 0);
}

struct cookie_line {
	char text[256];
};

/* Gone at once with an age of 0. */
static void write_cookie(const struct server *server, const char *token, unsigned seconds, struct cookie_line *out)
{
	snprintf(out->text, sizeof(out->text), "set-cookie: %s=%s; HttpOnly; SameSite=Strict; Path=/; Max-Age=%u%s\r\n",
		server->cookie_name, token, seconds, server->secure_cookie ? "; Secure" : "");
}

/* `new` tells a browser that was here before that its sign-in had ended, and that it is somebody else now. */
static void answer_signed_in(struct conn *conn, const char *cookie)
{
	const char *body = conn->exchange->known ? "{\"ok\":true,\"new\":false}" : "{\"ok\":true,\"new\":true}";

	http_answer(
		conn, (struct reply){.status = 200, .type = "application/json", .extra = cookie}, body, strlen(body));
}

static void signed_in(void *user, enum status status, const struct error *error, const char *token)
{
	struct conn *conn = waiter(user);
	struct cookie_line cookie;

	if (!conn)
		return;
	if (status != STATUS_OK) {
		refuse_status(conn, status, error);
		return;
	}
	write_cookie(conn->server, token, YEAR_SECONDS, &cookie);
	answer_signed_in(conn, cookie.text);
}

/* The body is an empty object, or it is refused. */
static bool asks_for_nothing(struct conn *conn)
{
	const struct buffer *body = &conn->exchange->body;
	json_t *tree = json_loadb(body->data ? body->data : "", body->length, JSON_REJECT_DUPLICATES, NULL);
	const bool acceptable = json_is_object(tree) && json_object_size(tree) == 0;

	json_decref(tree);
	if (!acceptable)
		http_refuse(conn, 400, "bad_body", status_name(STATUS_INVALID),
			"The body must be an empty JSON object: {}.");
	return acceptable;
}

static void sign_in(struct conn *conn)
{
	if (!asks_for_nothing(conn))
		return;
	if (conn->exchange->known && practice_sign_in_due(&conn->person))
		practice_sign_in_again(conn->server->practice, &conn->person, signed_in, wait_for(conn));
	else if (conn->exchange->known)
		answer_signed_in(conn, NULL);
	else if (!accept_admit(conn->server->acceptor, conn->address))
		http_refuse(conn, 429, "too_many_sign_ins", status_name(STATUS_LIMIT),
			"Too many new people came from this address within the hour. Please try again later; whoever "
			"runs this "
			"server can raise --connections-per-address.");
	else
		practice_sign_in_local(conn->server->practice, signed_in, wait_for(conn));
}

/* The cookie is out of reach of the page's scripts, so that only we can take it away. */
static void answer_signed_out(struct conn *conn)
{
	static const char body[] = "{\"ok\":true}";
	struct cookie_line cookie;

	write_cookie(conn->server, "", 0, &cookie);
	http_answer(conn, (struct reply){.status = 200, .type = "application/json", .extra = cookie.text}, body,
		sizeof(body) - 1);
}

static void signed_out(void *user, enum status status, const struct error *error)
{
	struct conn *conn = waiter(user);

	if (!conn)
		return;
	if (status != STATUS_OK) {
		refuse_status(conn, status, error);
		return;
	}
	conns_close_person(&conn->server->conns, &conn->person.id);
	answer_signed_out(conn);
}

static void sign_out(struct conn *conn)
{
	if (!asks_for_nothing(conn))
		return;
	if (conn->exchange->known)
		practice_sign_out(conn->server->practice, &conn->person, signed_out, wait_for(conn));
	else
		answer_signed_out(conn);
}

/* From us, so it should be plain already; but it goes into a header. */
static void safe_name(const char *name, char *out, size_t size)
{
	size_t length = 0;

	for (; *name && length + 1 < size; name++) {
		if ((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
			(*name >= '0' && *name <= '9') || (*name && strchr("._-", *name)))
			out[length++] = *name;
	}
	out[length] = '\0';
}

static void exported(void *user, enum status status, const struct error *error, const char *name, const char *type,
	const char *body, size_t length)
{
	struct conn *conn = waiter(user);
	char safe[128], disposition[192];

	if (!conn)
		return;
	if (status != STATUS_OK) {
		refuse_status(conn, status, error);
		return;
	}
	safe_name(name, safe, sizeof(safe));
	snprintf(disposition, sizeof(disposition), "content-disposition: attachment; filename=\"%s\"\r\n",
		safe[0] ? safe : "transcript");
	buffer_add(&conn->exchange->owned, body, length);
	http_answer(conn,
		(struct reply){.status = 200,
			.type = type,
			.extra = disposition,
			.policy = strncmp(type, "text/html", 9) == 0 ? policy_export : NULL},
		NULL, 0);
}

static void export_transcript(struct conn *conn)
{
	static const char *const formats[] = {"md", "html", "json"};
	const char *id_text = conn->exchange->path + sizeof(EXPORT_PATH) - 1;
	const size_t id_length = ID_TEXT_SIZE - 1;
	struct id session;

	if (!conn->exchange->known) {
		http_refuse(conn, 401, "not_signed_in", status_name(STATUS_DENIED), "Sign in first, then try again.");
		return;
	}
	if (strlen(id_text) > id_length && id_text[id_length] == '.' && id_parse(id_text, id_length, &session)) {
		for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
			if (strcmp(id_text + id_length + 1, formats[i]) != 0)
				continue;
			practice_export(
				conn->server->practice, &conn->person, &session, formats[i], exported, wait_for(conn));
			return;
		}
	}
	http_refuse(conn, 404, "not_found", status_name(STATUS_NOT_FOUND),
		"A transcript is at /export/SESSION.md, .html or .json.");
}

static void socket_without_upgrade(struct conn *conn)
{
	http_refuse(conn, 426, "upgrade_required", status_name(STATUS_INVALID), "This address is for WebSockets.");
}

static void asset(struct conn *conn)
{
	const struct exchange *exchange = conn->exchange;
	const struct web_asset *asset = web_find(conn->server->web, exchange->path);

	if (!asset) {
		http_refuse(conn, 404, "not_found", status_name(STATUS_NOT_FOUND), "There is nothing at this address.");
		return;
	}
	struct reply reply = {.status = 200,
		.type = asset->type,
		.policy = asset->policy,
		.cache = asset->cache,
		.etag = asset->etag,
		.varies = asset->gzip || asset->brotli,
		.part = asset->part};

	if (exchange->if_none_match && strstr(exchange->if_none_match, asset->etag + 2)) {
		reply.status = 304;
		reply.type = NULL;
		http_answer(conn, reply, "", 0);
		return;
	}
	if (asset->brotli && exchange->brotli_accepted) {
		reply.coding = "br";
		http_answer(conn, reply, asset->brotli, asset->brotli_length);
	} else if (asset->gzip && exchange->gzip_accepted) {
		reply.coding = "gzip";
		http_answer(conn, reply, asset->gzip, asset->gzip_length);
	} else {
		http_answer(conn, reply, asset->body, asset->length);
	}
}

/* The first that fits; HEAD goes where GET goes. */
static const struct route routes[] = {
	{"/healthz", false, GATE_GET, health},
	{"/api/sign-in", false, GATE_POST, sign_in},
	{"/api/sign-out", false, GATE_POST, sign_out},
	{EXPORT_PATH, true, GATE_GET, export_transcript},
	{GATE_SOCKET_PATH, false, GATE_GET, socket_without_upgrade},
	{"/", true, GATE_GET, asset},
};

static bool path_fits(const struct route *route, const char *path)
{
	if (route->prefix)
		return strncmp(path, route->path, strlen(route->path)) == 0;
	return strcmp(path, route->path) == 0;
}

const struct route *route_find(const char *path, enum gate_method method, bool *method_wrong)
{
	const enum gate_method wanted = method == GATE_HEAD ? GATE_GET : method;

	*method_wrong = false;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (!path_fits(&routes[i], path))
			continue;
		if (routes[i].method == wanted)
			return &routes[i];
		*method_wrong = true;
		return NULL;
	}
	return NULL;
}
