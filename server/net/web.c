/* SPDX-License-Identifier: Apache-2.0 */
#include "web.h"

#include "askwell/buffer.h"
#include "askwell/file.h"
#include "askwell/log.h"
#include "askwell/memory.h"

#include "deflate.h"
#include "policy.h"
#include "reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES ((size_t)8 << 20)
#define FILES 512

struct web {
	struct web_asset *assets; /* by path */
	size_t count;
};

static const struct {
	const char *suffix;
	const char *type;
	bool text;
} types[] = {
	{".html", "text/html; charset=utf-8", true},
	{".js", "text/javascript; charset=utf-8", true},
	{".mjs", "text/javascript; charset=utf-8", true},
	{".css", "text/css; charset=utf-8", true},
	{".json", "application/json", true},
	{".map", "application/json", true},
	{".webmanifest", "application/manifest+json", true},
	{".svg", "image/svg+xml", true},
	{".txt", "text/plain; charset=utf-8", true},
	{".csv", "text/csv; charset=utf-8", true},
	{".wasm", "application/wasm", true},
	{".png", "image/png", false},
	{".jpg", "image/jpeg", false},
	{".webp", "image/webp", false},
	{".ico", "image/x-icon", false},
	{".woff2", "font/woff2", false},
};

static bool ends_with(const char *text, const char *suffix)
{
	const size_t length = strlen(text), wanted = strlen(suffix);

	return length >= wanted && strcmp(text + length - wanted, suffix) == 0;
}

static const char *type_of(const char *path, bool *text)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (ends_with(path, types[i].suffix)) {
			*text = types[i].text;
			return types[i].type;
		}
	}
	*text = false;
	return "application/octet-stream";
}

/* "name-3f2a9c1b.js": what the bundler names by content never changes under its name. */
static bool named_by_content(const char *path)
{
	const char *file = strrchr(path, '/');
	const char *dash = file ? strrchr(file, '-') : NULL;
	const char *dot = dash ? strchr(dash, '.') : NULL;

	return strncmp(path, "/assets/", 8) == 0 && dot && dot - dash >= 9;
}

static void compress_body(struct web_asset *asset)
{
	asset->gzip = deflate_bytes(asset->body, asset->length, DEFLATE_GZIP, 9, &asset->gzip_length);
}

static bool is_part(const char *path)
{
	return named_by_content(path) && (ends_with(path, ".js") || ends_with(path, ".css"));
}

/* Takes `body`. */
static void add(struct web *web, const char *path, char *body, size_t length)
{
	const struct hash_part part = {body, length};
	char hash[HASH_TEXT_SIZE];
	bool text;

	web->assets = memory_grow(web->assets, web->count + 1, sizeof(*web->assets));
	struct web_asset *asset = &web->assets[web->count++];

	memset(asset, 0, sizeof(*asset));
	asset->path = memory_text(path);
	asset->type = type_of(path, &text);
	asset->cache = named_by_content(path) ? "public, max-age=31536000, immutable" : "no-cache";
	asset->part = is_part(path);
	asset->policy = ends_with(path, ".html") ? policy_of_page(body) : NULL;
	asset->body = body;
	asset->length = length;
	hash_parts(&part, 1, hash);
	/* Weak, because the compressed form has other bytes. */
	snprintf(asset->etag, sizeof(asset->etag), "W/\"%s\"", hash);
	if (text && length > 256)
		compress_body(asset);
}

/* The walk comes to "main.js.br" right after "main.js". Takes `body` when it belongs there. */
static bool add_brotli(struct web *web, const char *path, char *body, size_t length)
{
	struct web_asset *asset = web->count > 0 ? &web->assets[web->count - 1] : NULL;
	const size_t named = asset ? strlen(asset->path) : 0;

	if (!asset || strncmp(path, asset->path, named) != 0 || strcmp(path + named, ".br") != 0)
		return false;
	asset->brotli = body;
	asset->brotli_length = length;
	return true;
}

static enum status visit(void *user, const char *path, const char *relative)
{
	struct web *web = user;
	struct buffer bytes;
	struct error error = {0};
	char name[512];

	if (web->count >= FILES)
		return STATUS_TOO_LARGE;
	buffer_init(&bytes);
	if (file_read(path, FILE_BYTES, &bytes, &error) != STATUS_OK ||
		snprintf(name, sizeof(name), "/%s", relative) >= (int)sizeof(name)) {
		log_event(LOG_WARN_LEVEL, "web_file_skipped", "file", relative, "reason", error.text, NULL);
		buffer_clear(&bytes);
		return STATUS_OK;
	}
	const size_t length = bytes.length;
	char *body = buffer_take(&bytes);

	if (!add_brotli(web, name, body, length))
		add(web, name, body, length);
	return STATUS_OK;
}

static int by_path(const void *a, const void *b)
{
	const struct web_asset *one = a, *other = b;

	return strcmp(one->path, other->path);
}

static void sort(struct web *web)
{
	if (web->count > 0)
		qsort(web->assets, web->count, sizeof(*web->assets), by_path);
}

struct web *web_load(const char *folder)
{
	struct web *web = memory_new(sizeof(*web));
	struct error error = {0};
	enum status status = folder ? file_walk(folder, visit, web, &error) : STATUS_NOT_FOUND;

	sort(web);
	if (status != STATUS_OK)
		log_event(LOG_WARN_LEVEL, "web_folder_unreadable", "folder", folder ? folder : "", "reason", error.text,
			NULL);
	if (!web_find(web, "/")) {
		struct buffer page;

		log_event(LOG_WARN_LEVEL, "web_client_missing", "folder", folder ? folder : "", "remedy",
			"build it with: cd web && npm ci && npm run build", NULL);
		buffer_init(&page);
		reply_page(&page, "The browser client is not built yet",
			"The server runs, but its pages are missing. Build them with <code>cd web &amp;&amp; npm ci "
			"&amp;&amp; npm run "
			"build</code>, then start the server again.");
		const size_t length = page.length;

		add(web, "/index.html", buffer_take(&page), length);
		sort(web);
	}
	return web;
}

void web_free(struct web *web)
{
	if (!web)
		return;
	for (size_t i = 0; i < web->count; i++) {
		free(web->assets[i].path);
		free(web->assets[i].policy);
		free(web->assets[i].body);
		free(web->assets[i].gzip);
		free(web->assets[i].brotli);
	}
	free(web->assets);
	free(web);
}

const struct web_asset *web_find(const struct web *web, const char *path)
{
	const struct web_asset wanted = {.path = (char *)(strcmp(path, "/") == 0 ? "/index.html" : path)};

	if (web->count == 0)
		return NULL;
	return bsearch(&wanted, web->assets, web->count, sizeof(*web->assets), by_path);
}
