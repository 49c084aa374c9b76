/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"
#include "options.h"
#include "verbs.h"

#include "askwell/log.h"
#include "askwell/net.h"

#include <stdio.h>

static const char about[] =
	"Serves the practice room to browsers. On a loopback address no account is needed: each\n"
	"browser gets a trainee of its own. Stops cleanly on SIGTERM: what was received is saved and\n"
	"answered, browsers are told to reconnect.";

int verb_serve(int argc, char **argv)
{
	struct net_options net;
	struct error error = {0};
	bool json_log = false, verbose = false;
	int result;

	net_options_init(&net);
	net.port = 8080;
	net.data_folder = folders_data();
	net.dialogues_folder = folders_dialogues();
	net.web_folder = folders_web();
	const struct option options[] = {
		{"listen", OPTION_TEXT, &net.listen, 0, 0, "ADDRESS",
			"127.0.0.1, ::1, another address, or unix:/path (127.0.0.1)"},
		{"port", OPTION_NUMBER, &net.port, 0, 65535, "NUMBER", "0 takes any free one and prints it (8080)"},
		{"data", OPTION_TEXT, &net.data_folder, 0, 0, "FOLDER", "where conversations are kept"},
		{"dialogues", OPTION_TEXT, &net.dialogues_folder, 0, 0, "FOLDER",
			"cases, models, temperaments, language packs"},
		{"web", OPTION_TEXT, &net.web_folder, 0, 0, "FOLDER", "the built browser client"},
		{"origin", OPTION_TEXT, &net.origin, 0, 0, "ORIGIN",
			"behind a proxy: what browsers see, https://practice.example"},
		{"anonymous", OPTION_SWITCH, &net.anonymous, 0, 0, NULL,
			"let anyone who reaches the server practise without an account"},
		{"message-bytes", OPTION_NUMBER, &net.message_bytes, 1024, 1 << 20, "BYTES",
			"longest message on the wire (65536)"},
		{"text-characters", OPTION_NUMBER, &net.text_characters, 100, 4000, "NUMBER",
			"longest thing to say (4000)"},
		{"messages-per-second", OPTION_NUMBER, &net.messages_per_second, 1, 1000000, "NUMBER",
			"for each connection (10)"},
		{"messages-burst", OPTION_NUMBER, &net.messages_burst, 1, 1000000, "NUMBER",
			"at once, for each connection (40)"},
		{"connections", OPTION_NUMBER, &net.connections, 1, 1000000, "NUMBER", "in all (20000)"},
		{"connections-per-address", OPTION_NUMBER, &net.connections_per_address, 0, 1000000, "NUMBER",
			"and newcomers an hour; 0: no limit (256)"},
		{"head-seconds", OPTION_NUMBER, &net.head_seconds, 1, 600, "SECONDS", "for a whole request head (10)"},
		{"body-seconds", OPTION_NUMBER, &net.body_seconds, 1, 600, "SECONDS", "for a whole request body (15)"},
		{"idle-seconds", OPTION_NUMBER, &net.idle_seconds, 5, 86400, "SECONDS",
			"a silent WebSocket without sign of life (300)"},
		{"drain-seconds", OPTION_NUMBER, &net.drain_seconds, 1, 600, "SECONDS",
			"at most, from SIGTERM to the end (10)"},
		{"no-sync", OPTION_SWITCH, &net.ephemeral_sync, 0, 0, NULL,
			"for benches only: do not wait for the disk"},
		{"log-json", OPTION_SWITCH, &json_log, 0, 0, NULL, "log lines as JSON"},
		{"verbose", OPTION_SWITCH, &verbose, 0, 0, NULL, "log more"},
	};
	const struct usage usage = {"askwell serve [OPTIONS]", about, options, sizeof options / sizeof *options, 0, 0};

	result = options_parse(&usage, argc, argv);
	if (result < 0)
		return options_exit(result);
	log_configure(verbose ? LOG_DEBUG_LEVEL : LOG_INFO_LEVEL, json_log);
	if (net_serve(&net, &error) == STATUS_OK)
		return 0;
	fprintf(stderr, "askwell: %s [%s]\n", error.text, error.key);
	return 3;
}
