/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * FastCGI requests from the listening socket on file descriptor 0, one at a
 * time, by libfcgi. SIGTERM and SIGINT end the waiting, never a request.
 */

struct fcgi;

/* NULL when fd 0 is no listening socket. There is one per process. */
struct fcgi *fcgi_open(void);

/* Waits for a request; false when the process was asked to end. */
bool fcgi_next(struct fcgi *fcgi);

/* A parameter of the request; NULL when it was not sent. */
const char *fcgi_param(const struct fcgi *fcgi, const char *name);

/* Reads up to `size` bytes of the body; fewer only at its end. */
MUST_USE size_t fcgi_read(struct fcgi *fcgi, char *bytes, size_t size);

/* Writes a part of the answer; a client that left is no error of ours. */
void fcgi_write(struct fcgi *fcgi, const char *bytes, size_t size);

/* Sends what is left of the answer and ends the request. */
void fcgi_finish(struct fcgi *fcgi);
