/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "http/req.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Requests that are made of bytes and answered into memory: request.c stands in
 * for http/fcgi.c, so all that is above it is what runs in a handler.
 */

/* A POST without headers and body, from a CI token. */
void request_init(struct req *ret, struct arena *arena);

/* A parameter by its CGI name; borrowed. */
void request_param(struct req *req, const char *name, const char *value);

void request_body(struct req *req, const uint8_t *bytes, size_t len);

/* Lines as in HTTP, "Name: value", up to an empty one, and then the body. */
void request_read(struct req *req, const uint8_t *bytes, size_t len);

/*
 * It was answered once, by `status`, in whole headers; what is JSON parses, a
 * failure is a problem document (RFC 9457), and none is ours.
 */
void request_check_answer(const struct req *req, enum http_status status);
