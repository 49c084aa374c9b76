/* SPDX-License-Identifier: Apache-2.0 */
#include "accept.h"

#include "askwell/clock.h"
#include "askwell/log.h"
#include "askwell/memory.h"

#include "addresses.h"
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 1024
#define BATCH 64 /* accepted in one go, so that newcomers do not hold up those who are in */

struct acceptor {
	struct server *server;
	struct addresses *addresses;
	uv_poll_t poll;
	bool polling;
	int fd;
	int spare; /* given up for a moment to refuse somebody when descriptors run out */
	unsigned connections;
	int64_t complained_us;
	char name[sizeof(((struct sockaddr_un *)NULL)->sun_path) + 64];
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)]; /* of the Unix socket, "" for TCP */
};

/* Their end is the end of the connection, so they need no length. */
static const char refusal_full[] = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: "
				   "5\r\ncontent-type: application/json\r\n\r\n"
				   "{\"error\":{\"key\":\"server_full\",\"status\":\"limit\",\"message\":\"The server "
				   "is full. Please try again in a "
				   "moment.\"}}";
static const char refusal_address[] = "HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: "
				      "5\r\ncontent-type: application/json\r\n\r\n"
				      "{\"error\":{\"key\":\"too_many_connections\",\"status\":\"limit\",\"message\":"
				      "\"Too many connections from this "
				      "address are open.\"}}";

bool accept_is_unix(const char *listen)
{
	return strncmp(listen, "unix:", 5) == 0;
}

bool accept_is_loopback(const char *listen)
{
	struct in_addr v4;

	if (strcmp(listen, "localhost") == 0 || strcmp(listen, "::1") == 0)
		return true;
	return inet_pton(AF_INET, listen, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

const char *accept_name(const struct acceptor *acceptor)
{
	return acceptor->name;
}

static enum status cannot_listen(const char *what, unsigned port, int cause, struct error *error)
{
	if (cause == EADDRINUSE)
		return error_set(error, STATUS_UNAVAILABLE, "port_taken",
			"Port %u is taken by another program. Stop that one, or choose another port with --port, or "
			"any free "
			"one with --port 0.",
			port);
	if (cause == EACCES)
		return error_set(error, STATUS_UNAVAILABLE, "port_not_allowed",
			"This user may not listen on %s port %u. Ports below 1024 need a privilege: choose a higher "
			"one.",
			what, port);
	return error_set(error, STATUS_UNAVAILABLE, "cannot_listen", "Cannot listen on %s port %u: %s.", what, port,
		strerror(cause));
}

static enum status listen_tcp(struct acceptor *acceptor, const char *listen_at, unsigned port, struct error *error)
{
	const struct addrinfo hints = {
		.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	struct sockaddr_storage bound = {0};
	socklen_t bound_size = sizeof(bound);
	char port_text[16], host[INET6_ADDRSTRLEN];
	enum status status = STATUS_OK;
	const int on = 1;

	snprintf(port_text, sizeof(port_text), "%u", port);
	if (port > 65535 || getaddrinfo(listen_at, port_text, &hints, &found) != 0)
		return error_set(error, STATUS_INVALID, "bad_address",
			"\"%s\" port %u is not an address to listen on. Examples: 127.0.0.1, ::1, 0.0.0.0, "
			"unix:/run/askwell.sock.",
			listen_at, port);
	acceptor->fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (acceptor->fd < 0 || setsockopt(acceptor->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
		bind(acceptor->fd, found->ai_addr, found->ai_addrlen) != 0 || listen(acceptor->fd, BACKLOG) != 0 ||
		getsockname(acceptor->fd, (struct sockaddr *)&bound, &bound_size) != 0) {
		status = cannot_listen(listen_at, port, errno, error);
		goto out;
	}
	if (getnameinfo((struct sockaddr *)&bound, bound_size, host, sizeof(host), port_text, sizeof(port_text),
		    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
		status = cannot_listen(listen_at, port, EINVAL, error);
		goto out;
	}
	acceptor->server->policy.port = (unsigned)strtoul(port_text, NULL, 10);
	snprintf(acceptor->name, sizeof(acceptor->name),
		bound.ss_family == AF_INET6 ? "http://[%s]:%s" : "http://%s:%s", host, port_text);
out:
	freeaddrinfo(found);
	return status;
}

/* A socket file stays behind after a crash; one that nobody answers on may go. */
static void remove_stale(const struct sockaddr_un *address)
{
	struct stat there;
	const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (probe < 0)
		return;
	if (lstat(address->sun_path, &there) == 0 && S_ISSOCK(there.st_mode) &&
		connect(probe, (const struct sockaddr *)address, sizeof(*address)) != 0 && errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(probe);
}

static enum status listen_unix(struct acceptor *acceptor, const char *path, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (path[0] != '/' || strlen(path) >= sizeof(address.sun_path))
		return error_set(error, STATUS_INVALID, "bad_address",
			"The path of a Unix socket must start with a slash and be shorter than %zu bytes.",
			sizeof(address.sun_path));
	memcpy(address.sun_path, path, strlen(path) + 1);
	remove_stale(&address);
	acceptor->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (acceptor->fd < 0 || bind(acceptor->fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		if (errno == EADDRINUSE)
			return error_set(error, STATUS_UNAVAILABLE, "port_taken",
				"Another program listens on %s. Stop it, or choose another path with --listen "
				"unix:/path.",
				path);
		return error_set(
			error, STATUS_UNAVAILABLE, "cannot_listen", "Cannot listen on %s: %s.", path, strerror(errno));
	}
	memcpy(acceptor->path, path, strlen(path) + 1);
	/* The proxy runs as another user of the same group. */
	if (chmod(path, 0660) != 0 || listen(acceptor->fd, BACKLOG) != 0)
		return error_set(
			error, STATUS_UNAVAILABLE, "cannot_listen", "Cannot listen on %s: %s.", path, strerror(errno));
	snprintf(acceptor->name, sizeof(acceptor->name), "unix:%s", path);
	return STATUS_OK;
}

enum status accept_open(struct server *server, struct acceptor **out, struct error *error)
{
	const struct net_options *options = server->options;
	struct acceptor *acceptor = memory_new(sizeof(*acceptor));
	enum status status;

	acceptor->server = server;
	acceptor->fd = -1;
	acceptor->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	acceptor->addresses = addresses_new();
	if (accept_is_unix(options->listen))
		status = listen_unix(acceptor, options->listen + 5, error);
	else
		status = listen_tcp(acceptor, options->listen, options->port, error);
	if (status != STATUS_OK) {
		accept_close(acceptor);
		acceptor = NULL;
	}
	*out = acceptor;
	return status;
}

static void refuse(int fd, const char *text, size_t length)
{
	/* Best effort: someone who cannot be let in is not waited for either. */
	if (send(fd, text, length, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
		shutdown(fd, SHUT_WR);
	close(fd);
}

static void complain(struct acceptor *acceptor, const char *event, int cause)
{
	const int64_t now = (int64_t)uv_now(&acceptor->server->loop) * 1000;

	if (acceptor->complained_us && now - acceptor->complained_us < 1000000)
		return;
	acceptor->complained_us = now;
	log_event(LOG_WARN_LEVEL, event, "cause", cause ? strerror(cause) : "limit reached", NULL);
}

static void admit(struct acceptor *acceptor, int fd, const struct sockaddr_storage *peer)
{
	struct server *server = acceptor->server;
	const struct net_options *options = server->options;
	struct address *address = NULL;
	const int on = 1;

	if (acceptor->connections >= server->connections_cap) {
		complain(acceptor, "connections_full", 0);
		refuse(fd, refusal_full, sizeof(refusal_full) - 1);
		return;
	}
	if (!addresses_enter(
		    acceptor->addresses, (const struct sockaddr *)peer, options->connections_per_address, &address)) {
		complain(acceptor, "address_full", 0);
		refuse(fd, refusal_address, sizeof(refusal_address) - 1);
		return;
	}
	acceptor->connections++;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	struct conn *conn = conn_new(server, address);
	const lws_adopt_desc_t adoption = {
		.vh = server->vhost, .type = LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP, .fd = {.sockfd = fd}, .opaque = conn};

	wheel_set(&server->wheel, &conn->deadline, server_now(server) + options->head_seconds + 1);
	/* On failure the library closes the socket and reports the end of the connection, which frees it. */
	if (!lws_adopt_descriptor_vhost_via_info(&adoption))
		complain(acceptor, "adoption_failed", 0);
}

/* Without a free descriptor the newcomer would stay in the queue and wake us for ever. */
static void refuse_one(struct acceptor *acceptor)
{
	close(acceptor->spare);
	const int fd = accept4(acceptor->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd >= 0)
		refuse(fd, refusal_full, sizeof(refusal_full) - 1);
	acceptor->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void on_newcomer(uv_poll_t *poll, int status, int events)
{
	struct acceptor *acceptor = poll->data;

	(void)status, (void)events;
	for (unsigned i = 0; i < BATCH && acceptor->polling; i++) {
		struct sockaddr_storage peer = {0};
		socklen_t size = sizeof(peer);
		const int fd = accept4(acceptor->fd, (struct sockaddr *)&peer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0) {
			admit(acceptor, fd, &peer);
			continue;
		}
		if (errno == EMFILE || errno == ENFILE) {
			complain(acceptor, "descriptors_exhausted", errno);
			refuse_one(acceptor);
			continue;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return;
		if (errno != EINTR && errno != ECONNABORTED)
			complain(acceptor, "accept_failed", errno);
	}
}

enum status accept_start(struct acceptor *acceptor, struct error *error)
{
	const int failed = uv_poll_init(&acceptor->server->loop, &acceptor->poll, acceptor->fd);

	if (failed)
		return error_set(error, STATUS_INTERNAL, "cannot_listen", "Cannot watch the listening socket: %s.",
			uv_strerror(failed));
	acceptor->poll.data = acceptor;
	acceptor->polling = true;
	uv_poll_start(&acceptor->poll, UV_READABLE, on_newcomer);
	return STATUS_OK;
}

static void close_listener(struct acceptor *acceptor)
{
	if (acceptor->fd < 0)
		return;
	if (acceptor->path[0])
		unlink(acceptor->path);
	close(acceptor->fd);
	acceptor->fd = -1;
}

void accept_stop(struct acceptor *acceptor)
{
	if (!acceptor || !acceptor->polling)
		return;
	acceptor->polling = false;
	uv_poll_stop(&acceptor->poll);
	uv_close((uv_handle_t *)&acceptor->poll, NULL);
	close_listener(acceptor);
}

void accept_forget(struct acceptor *acceptor, struct address *address)
{
	acceptor->connections--;
	addresses_leave(acceptor->addresses, address);
}

bool accept_admit(struct acceptor *acceptor, const struct address *address)
{
	return addresses_admit(
		acceptor->addresses, address, acceptor->server->options->connections_per_address, clock_monotonic_us());
}

void accept_close(struct acceptor *acceptor)
{
	if (!acceptor)
		return;
	close_listener(acceptor);
	if (acceptor->spare >= 0)
		close(acceptor->spare);
	addresses_free(acceptor->addresses);
	free(acceptor);
}
