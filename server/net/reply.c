/* SPDX-License-Identifier: Apache-2.0 */
#include "reply.h"

#include "askwell/json_out.h"

#include "policy.h"

#include <time.h>

#define LINE "\r\n"

static const struct {
	unsigned status;
	const char *phrase;
} phrases[] = {
	{200, "OK"},
	{304, "Not Modified"},
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{409, "Conflict"},
	{411, "Length Required"},
	{413, "Content Too Large"},
	{415, "Unsupported Media Type"},
	{417, "Expectation Failed"},
	{421, "Misdirected Request"},
	{426, "Upgrade Required"},
	{429, "Too Many Requests"},
	{500, "Internal Server Error"},
	{501, "Not Implemented"},
	{503, "Service Unavailable"},
	{505, "HTTP Version Not Supported"},
};

static const char *phrase(unsigned status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		if (phrases[i].status == status)
			return phrases[i].phrase;
	}
	return "Unknown";
}

/* Not strftime: its names follow the locale. */
static void add_date(struct buffer *out, int64_t now_ms)
{
	static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[12][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const time_t seconds = (time_t)(now_ms / 1000);
	struct tm tm;

	if (!gmtime_r(&seconds, &tm))
		return;
	buffer_format(out, "date: %s, %02d %s %d %02d:%02d:%02d GMT" LINE, days[tm.tm_wday], tm.tm_mday,
		months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void reply_head(struct buffer *out, const struct reply *reply)
{
	buffer_format(out, "HTTP/1.1 %u %s" LINE "connection: close" LINE, reply->status, phrase(reply->status));
	add_date(out, reply->now_ms);
	if (reply->type)
		buffer_format(out, "content-type: %s" LINE, reply->type);
	if (reply->status != 304)
		buffer_format(out, "content-length: %zu" LINE, reply->length);
	buffer_format(out, "cache-control: %s" LINE, reply->cache ? reply->cache : "no-store");
	if (reply->etag)
		buffer_format(out, "etag: %s" LINE, reply->etag);
	if (reply->coding)
		buffer_format(out, "content-encoding: %s" LINE, reply->coding);
	if (reply->varies)
		buffer_text(out, "vary: accept-encoding" LINE);
	if (reply->status == 405)
		buffer_text(out, "allow: GET, HEAD, POST" LINE);
	if (reply->status == 426)
		buffer_text(out, "sec-websocket-version: 13" LINE "upgrade: websocket" LINE);
	if (reply->status == 503)
		buffer_text(out, "retry-after: 5" LINE);
	if (reply->extra)
		buffer_text(out, reply->extra);
	if (!reply->part) {
		buffer_format(out, "content-security-policy: %s" LINE, reply->policy ? reply->policy : policy_strict);
		buffer_text(out, "referrer-policy: no-referrer" LINE "cross-origin-opener-policy: same-origin" LINE);
	}
	buffer_text(out, "x-content-type-options: nosniff" LINE "cross-origin-resource-policy: same-origin" LINE LINE);
}

void reply_error_json(struct buffer *out, const char *key, const char *status, const char *text)
{
	struct json_out json;

	json_out_init(&json, out);
	json_out_object(&json);
	json_out_key(&json, "error");
	json_out_object(&json);
	json_out_put_text(&json, "key", key);
	json_out_put_text(&json, "status", status);
	json_out_put_text(&json, "message", text);
	json_out_object_end(&json);
	json_out_object_end(&json);
}

void reply_page(struct buffer *out, const char *title, const char *text)
{
	buffer_format(out,
		"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s · "
		"Askwell</title>\n<main>\n<h1>%s</h1>\n"
		"<p>%s</p>\n</main>\n</html>\n",
		title, title, text);
}
