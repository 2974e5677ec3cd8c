/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Requests that nobody sent, for tests of lib/http: it takes the place of
 * http/fcgi.c, so what is answered can be looked at. All is in the arena.
 */

#include "http/req.h"

#include <stddef.h>

struct arena;

/* GET of "/" without parameters, headers and body. */
struct req *fake_req(struct arena *arena);

/* A parameter of nginx, or a header by its CGI name. */
void fake_param(struct req *req, const char *name, const char *value);

/* The body and its length, as announced. */
void fake_body(struct req *req, const char *bytes, const char *length);

/* Everything answered so far, and of it the status, a header and the body. */
const char *fake_answer(const struct req *req);
int fake_status(const struct req *req);
const char *fake_header(const struct req *req, const char *name);
const char *fake_answer_body(const struct req *req);
