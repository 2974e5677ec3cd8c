/* SPDX-License-Identifier: Apache-2.0 */
#include "http/reply.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "http/fcgi.h"
#include "http/req.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	ETAG_BYTES = 16, /* of the hash: enough to tell answers apart */
};

/* RFC 9112, 4: without one nginx would leave out the space before it, too. */
static const char *const reasons[] = {
	[HTTP_OK] = "OK",
	[HTTP_CREATED] = "Created",
	[HTTP_ACCEPTED] = "Accepted",
	[HTTP_NO_CONTENT] = "No Content",
	[HTTP_NOT_MODIFIED] = "Not Modified",
	[HTTP_PERMANENT_REDIRECT] = "Permanent Redirect",
	[HTTP_BAD_REQUEST] = "Bad Request",
	[HTTP_UNAUTHORIZED] = "Unauthorized",
	[HTTP_FORBIDDEN] = "Forbidden",
	[HTTP_NOT_FOUND] = "Not Found",
	[HTTP_METHOD_NOT_ALLOWED] = "Method Not Allowed",
	[HTTP_CONFLICT] = "Conflict",
	[HTTP_GONE] = "Gone",
	[HTTP_PRECONDITION_FAILED] = "Precondition Failed",
	[HTTP_TOO_LARGE] = "Content Too Large",
	[HTTP_UNSUPPORTED_MEDIA_TYPE] = "Unsupported Media Type",
	[HTTP_INVALID_FIELDS] = "Unprocessable Content",
	[HTTP_PRECONDITION_REQUIRED] = "Precondition Required",
	[HTTP_TOO_MANY_REQUESTS] = "Too Many Requests",
	[HTTP_INTERNAL] = "Internal Server Error",
	[HTTP_UNAVAILABLE] = "Service Unavailable",
};

void
reply_header(struct req *req, const char *name, const char *fmt, ...)
{
	struct buf *headers = req->headers;
	va_list args;

	buf_adds(headers, name);
	buf_adds(headers, ": ");
	size_t value = headers->len;
	va_start(args, fmt);
	buf_vprintf(headers, fmt, args);
	va_end(args);
	/* Response splitting must be impossible, whatever the caller forgot. */
	if (strpbrk(headers->data + value, "\r\n") != NULL)
		abort();
	buf_adds(headers, "\r\n");
}

static void
add_head(struct req *req, enum http_status status, size_t len, struct buf *ret)
{
	/* RFC 3875, 6.3.3: nginx makes the status line of it. */
	buf_printf(ret, "Status: %d %s\r\n", (int)status, reasons[status]);
	buf_add(ret, buf_text(req->headers), req->headers->len);
	if (status != HTTP_NO_CONTENT && status != HTTP_NOT_MODIFIED)
		buf_printf(ret, "Content-Length: %zu\r\n", len);
	buf_adds(ret, "\r\n");
}

static enum http_status
send(struct req *req, enum http_status status, const char *bytes, size_t len)
{
	struct buf head = {.arena = req->arena};

	add_head(req, status, len, &head);
	fcgi_write(req->fcgi, head.data, head.len);
	if (!req->head && len > 0)
		fcgi_write(req->fcgi, bytes, len);
	return status;
}

/* RFC 9110, 13.1.2: weak comparison against a list of tags, or "*". */
static bool
has_etag(const char *list, const char *etag)
{
	if (list == NULL)
		return false;
	return strcmp(list, "*") == 0 || strstr(list, etag) != NULL;
}

static enum http_status
reply_tagged(struct req *req, const char *type, const char *before,
             const char *bytes, size_t len)
{
	unsigned char digest[SHA256_BYTES];
	char hash[2 * ETAG_BYTES + 1];

	hash_sha256(bytes, len, digest);
	hash_hex(digest, ETAG_BYTES, hash);
	const char *etag = arena_printf(req->arena, "\"%s%s\"", before, hash);
	/* Weak, since nginx may compress the answer. */
	reply_header(req, "ETag", "W/%s", etag);
	if (has_etag(req_header(req, "HTTP_IF_NONE_MATCH"), etag))
		return send(req, HTTP_NOT_MODIFIED, NULL, 0);
	reply_header(req, "Content-Type", "%s", type);
	return send(req, HTTP_OK, bytes, len);
}

enum http_status
reply_bytes(struct req *req, enum http_status status, const char *type,
            const char *bytes, size_t len)
{
	if (status == HTTP_OK && req->method == GET)
		return reply_tagged(req, type, "", bytes, len);
	reply_header(req, "Content-Type", "%s", type);
	return send(req, status, bytes, len);
}

enum http_status
reply_version(struct req *req, int64_t version, const struct buf *json)
{
	return reply_tagged(req, "application/json",
	                    arena_printf(req->arena, "%" PRId64 ".", version),
	                    buf_text(json), json->len);
}

enum http_status
reply_begin(struct req *req, const char *type, const char *etag, size_t len)
{
	struct buf head = {.arena = req->arena};

	reply_header(req, "ETag", "W/\"%s\"", etag);
	if (has_etag(req_header(req, "HTTP_IF_NONE_MATCH"), etag))
		return send(req, HTTP_NOT_MODIFIED, NULL, 0);
	reply_header(req, "Content-Type", "%s", type);
	add_head(req, HTTP_OK, len, &head);
	fcgi_write(req->fcgi, head.data, head.len);
	return HTTP_OK;
}

void
reply_piece(struct req *req, const void *bytes, size_t len)
{
	if (!req->head)
		fcgi_write(req->fcgi, bytes, len);
}

enum http_status
reply_json(struct req *req, enum http_status status, const struct buf *json)
{
	return reply_bytes(req, status, "application/json", buf_text(json),
	                   json->len);
}

enum http_status
reply_no_content(struct req *req)
{
	return send(req, HTTP_NO_CONTENT, NULL, 0);
}

enum http_status
reply_redirect(struct req *req, enum http_status status, const char *location)
{
	reply_header(req, "Location", "%s", location);
	return send(req, status, NULL, 0);
}
