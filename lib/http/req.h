/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/fault.h"
#include "base/identity.h"
#include "http/route.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct db;
struct fcgi;
struct field;
struct settings;

/*
 * One request. All its memory is in `arena` and gone after the answer. A
 * route's function answers exactly once, by reply_*() or problem*(), and
 * returns what that returned.
 */
struct req {
	struct arena *arena;
	struct db *db;
	const struct settings *settings;
	struct identity who;
	enum method method;
	const char *path;     /* as sent */
	struct faults faults; /* of the query or the body */

	/* For http/ alone. */
	struct fcgi *fcgi;
	struct route_match match;
	struct buf *headers; /* added by reply_header() */
	bool head;           /* HEAD: send no body */
};

/*
 * Who asks. nginx hands it over in FastCGI parameters whose names no client
 * header can have (those become HTTP_*), so a handler trusts them and never
 * reads a cookie or a token itself.
 */
void req_identify(struct identity *ret, const struct fcgi *fcgi);

/* A request header by its CGI name, e.g. HTTP_IF_NONE_MATCH; NULL if not sent.
 */
const char *req_header(const struct req *req, const char *cgi_name);

/* A parameter that nginx sets, e.g. MD_NEED; NULL if not set. */
const char *req_param(const struct req *req, const char *name);

/* A path parameter; it is there, or the route would not have matched. */
const char *req_path(const struct req *req, const char *name);
MUST_USE bool req_path_int(const struct req *req, const char *name,
                           int64_t *ret);

/* --- query ---------------------------------------------------------------- */

enum query_type {
	QUERY_TYPE_END,
	QUERY_TYPE_TEXT, /* const char *; NULL when absent */
	QUERY_TYPE_INT,  /* struct query_int */
	QUERY_TYPE_FLAG, /* bool, from "1" or "0" */
	QUERY_TYPE_WORD, /* const char *, one of `words` */
	QUERY_TYPE_TIME, /* const char *, RFC 3339 */
	QUERY_TYPE_LIST, /* struct query_list */
};

struct query_int {
	bool given;
	int64_t value;
};

enum {
	QUERY_LIST_MAX = 10,
	QUERY_BYTES_MAX = 8192,
};

struct query_list {
	size_t count;
	const char *items[QUERY_LIST_MAX];
};

/*
 * What a route takes from the query string. Lengths are in characters. An
 * unknown or repeated parameter is a fault with the pointer "?name".
 */
struct query_field {
	enum query_type type;
	const char *name;
	size_t offset;
	bool required;
	int64_t min;
	int64_t max;
	const char *words; /* separated by spaces; the first is no default */
};

#define QUERY(type_, struct_, member, name_, ...)                \
	{                                                        \
		.type = QUERY_TYPE_##type_, .name = (name_),     \
		.offset = offsetof(struct_, member), __VA_ARGS__ \
	}
#define QUERY_END                      \
	{                              \
		.type = QUERY_TYPE_END \
	}

/* False when there are faults: answer problem_faults(). */
MUST_USE bool query_read(struct req *req, const struct query_field *fields,
                         void *ret);

/* The same where no parameter is taken. */
MUST_USE bool query_none(struct req *req);

/*
 * Reads one value by the same rules that came otherwise, as an attribute of a
 * message say: valid UTF-8 without control characters. A fault gets `pointer`.
 */
void query_value(struct req *req, const struct query_field *field,
                 const char *pointer, const char *text, void *ret);

/* --- body ----------------------------------------------------------------- */

enum body_result {
	BODY_READ,
	BODY_TOO_LARGE,
	BODY_BROKEN, /* shorter than announced */
};

/* The whole body, NUL terminated, `max` bytes at most. */
MUST_USE enum body_result req_body(struct req *req, size_t max, char **ret,
                                   size_t *ret_len);

/* For a body that is too long to be held: how long it is said to be, and the
 * next bytes of it, fewer than `size` only at its end. */
MUST_USE enum body_result req_body_length(struct req *req, size_t max,
                                          size_t *ret);
MUST_USE size_t req_body_read(struct req *req, void *bytes, size_t size);

/* The media type in lower case without parameters; "" when there is none. */
const char *req_media_type(const struct req *req);
