/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include "frame.h"
#include "sayings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ADDRESSES 8 /* 127.0.0.1 to 127.0.0.8 */

void client_init(struct client *client, bool active, uint64_t dice)
{
	memset(client, 0, sizeof(*client));
	client->fd = -1;
	client->active = active;
	client->dice = dice * 0x9e3779b97f4a7c15U + 1;
	client->saying = (size_t)client_roll(client);
}

void client_clear(struct client *client)
{
	client_hang_up(client);
	free(client->held);
	client->held = NULL;
	client->held_capacity = 0;
}

uint64_t client_roll(struct client *client)
{
	client->dice ^= client->dice << 13;
	client->dice ^= client->dice >> 7;
	client->dice ^= client->dice << 17;
	return client->dice >> 11;
}

void client_hang_up(struct client *client)
{
	if (client->fd >= 0)
		(void)close(client->fd);
	client->fd = -1;
	client->held_length = 0;
	client->message_open = false;
}

bool client_dial(struct client *client, const struct client_target *target)
{
	const int on = 1;
	struct sockaddr_in from = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(target->index % ADDRESSES))};
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)target->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (client->fd < 0)
		return false;
	(void)setsockopt(client->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
	(void)setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(client->fd, (struct sockaddr *)&from, sizeof(from)) != 0 ||
		connect(client->fd, (struct sockaddr *)&to, sizeof(to)) != 0 ||
		fcntl(client->fd, F_SETFL, O_NONBLOCK) != 0) {
		client_hang_up(client);
		return false;
	}
	return true;
}

static bool send_all(struct client *client, const char *data, size_t length)
{
	return send(client->fd, data, length, MSG_NOSIGNAL) == (ssize_t)length;
}

bool client_send_sign_in(struct client *client, unsigned port)
{
	char text[512];
	int length = snprintf(text, sizeof(text),
		"POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\n"
		"Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
		port, port);
	return send_all(client, text, (size_t)length);
}

bool client_send_upgrade(struct client *client, unsigned port)
{
	char text[768];
	int length = snprintf(text, sizeof(text),
		"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Key: YXNrd2VsbC1iZW5jaC1rZQ==\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: askwell.v1\r\n%s%s\r\n\r\n",
		port, port, client->cookie[0] ? "Cookie: " : "X-Bench: echo", client->cookie);
	return send_all(client, text, (size_t)length);
}

static bool send_frame(struct client *client, char *room, size_t length, unsigned opcode)
{
	size_t size = 0;
	const char *frame = frame_seal(room, length, opcode, (uint32_t)client_roll(client), &size);
	return send_all(client, frame, size);
}

/* A random UUID, as browsers make them. */
static void draw_session(struct client *client)
{
	static const char digits[] = "0123456789abcdef";
	static const char shape[] = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";
	for (size_t i = 0; i < sizeof(shape); i++)
		client->session[i] = shape[i] == 'x' ? digits[client_roll(client) & 15U] : shape[i];
}

bool client_send_start(struct client *client, const char *script)
{
	char room[FRAME_HEAD_MAX + 512];
	draw_session(client);
	client->turn = 0;
	client->request++;
	int length = snprintf(room + FRAME_HEAD_MAX, sizeof(room) - FRAME_HEAD_MAX,
		"{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"session.start\",\"params\":{\"session\":\"%s\","
		"\"script\":\"%s\"}}",
		(unsigned long long)client->request, client->session, script);
	return send_frame(client, room, (size_t)length, FRAME_TEXT);
}

struct writer {
	char *at;
};

static void write_bytes(struct writer *writer, const char *text, size_t length)
{
	memcpy(writer->at, text, length);
	writer->at += length;
}

static void write_number(struct writer *writer, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	write_bytes(writer, digits + at, sizeof(digits) - at);
}

#define WRITE(writer, literal) write_bytes(writer, literal, sizeof(literal) - 1)

/* Written by hand: printf would cost as much as the rest of a turn here, and the server shares the processors. */
bool client_send_turn(struct client *client)
{
	char room[FRAME_HEAD_MAX + 1024];
	struct writer writer = {room + FRAME_HEAD_MAX};
	const struct saying *saying = sayings_at(client->saying++);
	client->request++;
	client->turn++;
	WRITE(&writer, "{\"jsonrpc\":\"2.0\",\"id\":");
	write_number(&writer, client->request);
	WRITE(&writer, ",\"method\":\"turn.say\",\"params\":{\"session\":\"");
	write_bytes(&writer, client->session, sizeof(client->session) - 1);
	WRITE(&writer, "\",\"turn\":");
	write_number(&writer, client->turn);
	WRITE(&writer, ",\"text\":\"");
	write_bytes(&writer, saying->text, saying->length);
	WRITE(&writer, "\"}}");
	return send_frame(client, room, (size_t)(writer.at - room - FRAME_HEAD_MAX), FRAME_TEXT);
}

bool client_send_pong(struct client *client, const char *payload, size_t length)
{
	char room[FRAME_HEAD_MAX + 125];
	if (length > 125)
		return false;
	memcpy(room + FRAME_HEAD_MAX, payload, length);
	return send_frame(client, room, length, FRAME_PONG);
}

bool client_receive(struct client *client, char *inbox, size_t *length)
{
	size_t held = client->held_length;
	*length = held;
	if (held == CLIENT_INBOX_SIZE)
		return false;
	if (held > 0)
		memcpy(inbox, client->held, held);
	client->held_length = 0;
	ssize_t got = recv(client->fd, inbox + held, CLIENT_INBOX_SIZE - held, 0);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR;
	*length += (size_t)got;
	return got > 0;
}

void client_hold(struct client *client, const char *rest, size_t length)
{
	if (length > client->held_capacity) {
		char *grown = realloc(client->held, length * 2);
		if (!grown)
			abort();
		client->held = grown;
		client->held_capacity = length * 2;
	}
	if (length > 0)
		memcpy(client->held, rest, length);
	client->held_length = length;
}
