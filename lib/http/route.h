/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "http/status.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct req;

/*
 * The table of what a program answers. A pattern is a path whose segments may
 * be `{name}`, which matches one non-empty segment.
 */

enum method {
	GET,
	POST,
	PUT,
	PATCH,
	DELETE,
	METHOD_END,
};

/* Anybody may call it, signed in or not. */
#define SCOPE_PUBLIC NULL
/* Anybody whom the gate knows. */
#define SCOPE_ANY ""
/* Of admins: it comes with the role, and no token may have it. */
#define SCOPE_ADMIN "admin"

typedef enum http_status route_run(struct req *req);

struct route {
	enum method method;
	const char *pattern;
	route_run *run;
	const char *scope;
};

#define ROUTES_END              \
	{                       \
		.pattern = NULL \
	}

enum {
	ROUTE_PARAMS_MAX = 4,
	PATH_BYTES_MAX = 1024, /* as sent, still encoded */
};

struct route_param {
	const char *name;
	size_t name_len;
	const char *value; /* decoded, valid UTF-8, no control characters */
};

struct route_match {
	const struct route *route;
	struct route_param params[ROUTE_PARAMS_MAX];
	size_t param_count;
	unsigned allow; /* bit per method that the path has */
};

const char *method_name(enum method method);

/* HEAD reads as GET; METHOD_END for anything unknown. */
enum method method_read(const char *name);

/*
 * Finds the route of a path (percent-encoded, without the query). Without one
 * `allow` tells which methods would have matched.
 */
bool route_find(const struct route *routes, enum method method,
                const char *path, struct arena *arena, struct route_match *ret);

/*
 * Decodes %XX; NULL for a malformed escape, NUL, a control character or bytes
 * that are no UTF-8. With `plus` a '+' is a space (query strings).
 */
char *percent_decode(struct arena *arena, const char *text, size_t len,
                     bool plus);
