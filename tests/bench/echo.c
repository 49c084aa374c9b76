/* SPDX-License-Identifier: Apache-2.0 */
/* The yardstick: libwebsockets on libuv with the server's own settings, answering each message with a fixed text and
 * doing nothing else. What a turn costs beyond it is Askwell's. */
#include <getopt.h>
#include <libwebsockets.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define REPLY_MAX ((size_t)256 * 1024)

struct echo {
	size_t reply_bytes;
	unsigned char *reply; /* owned: LWS_PRE bytes of room, then the text */
};

struct echo_connection {
	unsigned waiting; /* answers that are owed */
};

static int refuse(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	if (reason == LWS_CALLBACK_HTTP || reason == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION)
		return -1;
	return lws_callback_http_dummy(wsi, reason, user, in, length);
}

static int write_answer(struct lws *wsi, struct echo_connection *connection)
{
	const struct echo *echo = lws_context_user(lws_get_context(wsi));
	if (connection->waiting == 0)
		return 0;
	connection->waiting--;
	if (lws_write(wsi, echo->reply + LWS_PRE, echo->reply_bytes, LWS_WRITE_TEXT) < 0)
		return -1;
	if (connection->waiting > 0)
		(void)lws_callback_on_writable(wsi);
	return 0;
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct echo_connection *connection = user;
	(void)in;
	(void)length;
	if (reason == LWS_CALLBACK_RECEIVE && lws_is_final_fragment(wsi)) {
		connection->waiting++;
		(void)lws_callback_on_writable(wsi);
	} else if (reason == LWS_CALLBACK_SERVER_WRITEABLE) {
		return write_answer(wsi, connection);
	}
	return 0;
}

static void on_signal(uv_signal_t *handle, int number)
{
	(void)number;
	uv_stop(handle->loop);
}

static int serve(struct echo *echo)
{
	static const struct lws_protocols protocols[] = {
		{.name = "http", .callback = refuse},
		{.name = "askwell.v1",
			.callback = on_event,
			.per_session_data_size = sizeof(struct echo_connection),
			.rx_buffer_size = 2048,
			.tx_packet_size = 65536},
		{0},
	};
	uv_loop_t loop;
	uv_signal_t signals[2];
	const int numbers[2] = {SIGTERM, SIGINT};
	(void)uv_loop_init(&loop);
	for (size_t i = 0; i < 2; i++) {
		(void)uv_signal_init(&loop, &signals[i]);
		(void)uv_signal_start(&signals[i], on_signal, numbers[i]);
	}
	void *loops[] = {&loop};
	const struct lws_context_creation_info info = {.port = 0,
		.iface = "127.0.0.1",
		.protocols = protocols,
		.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_IPV6,
		.foreign_loops = loops,
		.user = echo,
		.gid = -1,
		.uid = -1};
	lws_set_log_level(LLL_ERR, NULL);
	struct lws_context *context = lws_create_context(&info);
	struct lws_vhost *vhost = context ? lws_create_vhost(context, &info) : NULL;
	if (!vhost)
		return 3;
	(void)printf("echo: listening on 127.0.0.1:%d\n", lws_get_vhost_listen_port(vhost));
	(void)fflush(stdout);
	(void)uv_run(&loop, UV_RUN_DEFAULT);
	lws_context_destroy(context);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option known[] = {{"reply-bytes", required_argument, NULL, 'r'}, {NULL, 0, NULL, 0}};
	struct echo echo = {.reply_bytes = 1500};
	for (int letter = 0; (letter = getopt_long(argc, argv, "", known, NULL)) != -1;) {
		if (letter != 'r') {
			(void)puts("usage: bench_echo [--reply-bytes N]\nAnswers every WebSocket message with N bytes "
				   "of text, on a free port that it prints.");
			return 2;
		}
		echo.reply_bytes = strtoul(optarg, NULL, 10);
	}
	if (echo.reply_bytes == 0 || echo.reply_bytes > REPLY_MAX)
		return 2;
	echo.reply = calloc(1, LWS_PRE + echo.reply_bytes);
	if (!echo.reply)
		abort();
	memset(echo.reply + LWS_PRE, 'x', echo.reply_bytes);
	int result = serve(&echo);
	free(echo.reply);
	return result;
}
