/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/status.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct req;

/*
 * Answers. Each sends the whole answer and returns its status, which the
 * route's function returns in turn. A 200 to a GET gets an ETag, the SHA-256 of
 * its body, and is answered by 304 when the client has it already.
 */

/* A header of the answer to come. CR, LF or NUL in it end the process: a value
 * from outside must have been checked before. */
void reply_header(struct req *req, const char *name, const char *fmt, ...)
	PRINTF(3, 4);

MUST_USE enum http_status reply_bytes(struct req *req, enum http_status status,
                                      const char *type, const char *bytes,
                                      size_t len);

/* JSON text, e.g. a rendered document. */
MUST_USE enum http_status reply_json(struct req *req, enum http_status status,
                                     const struct buf *json);

/* 200 to a GET of what is changed under If-Match (precondition.h): the ETag
 * begins with its version. */
MUST_USE enum http_status reply_version(struct req *req, int64_t version,
                                        const struct buf *json);

/*
 * An answer to a GET that is too long to be held: begins it, with an ETag of
 * the caller's, for `len` bytes that reply_piece() sends. HTTP_OK, or 304 or
 * HEAD, after which nothing is sent.
 */
MUST_USE enum http_status reply_begin(struct req *req, const char *type,
                                      const char *etag, size_t len);
void reply_piece(struct req *req, const void *bytes, size_t len);

MUST_USE enum http_status reply_no_content(struct req *req);
MUST_USE enum http_status
reply_redirect(struct req *req, enum http_status status, const char *location);
