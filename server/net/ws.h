/* SPDX-License-Identifier: Apache-2.0 */
/* The WebSocket side of a connection: assembles messages, hands requests to practice, sends answers. Loop thread. */
#ifndef ASKWELL_NET_WS_H
#define ASKWELL_NET_WS_H

struct conn;
struct server;

/* Tells every open WebSocket; `method` is a notification without parameters. */
void ws_notify_all(struct server *server, const char *method);

/* The second that conn->deadline was set to has come: pings, or ends what shows no life. */
void ws_deadline(struct conn *conn);

/* Sends the oldest message and asks for the callback when there are more; negative when the connection is lost. */
int ws_send_first(struct conn *conn);

#endif
