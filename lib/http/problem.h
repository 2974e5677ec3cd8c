/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"
#include "http/status.h"

#include <stddef.h>
#include <stdint.h>

struct faults;
struct req;

/*
 * Problem documents (RFC 9457): every answer that is no success. `detail` says
 * in one sentence what is wrong with this request, without a final dot.
 */

enum problem {
	PROBLEM_BAD_REQUEST,
	PROBLEM_UNAUTHORIZED,
	PROBLEM_FORBIDDEN,
	PROBLEM_NOT_FOUND,
	PROBLEM_METHOD_NOT_ALLOWED,
	PROBLEM_CONFLICT,
	PROBLEM_GONE,
	PROBLEM_STALE,
	PROBLEM_TOO_LARGE,
	PROBLEM_UNSUPPORTED_MEDIA_TYPE,
	PROBLEM_INVALID_FIELDS,
	PROBLEM_PRECONDITION_REQUIRED,
	PROBLEM_TOO_MANY_REQUESTS,
	PROBLEM_INTERNAL,
	PROBLEM_UNAVAILABLE,
	PROBLEM_END,
};

MUST_USE enum http_status problem(struct req *req, enum problem kind,
                                  const char *fmt, ...) PRINTF(3, 4);

/* With `extra`, JSON members such as "\"nearest\":[…]"; NULL for none. */
MUST_USE enum http_status problem_with(struct req *req, enum problem kind,
                                       const char *detail, const char *extra);

/* The document alone, for an answer that has several. */
const char *problem_text(struct req *req, enum problem kind, const char *detail,
                         const char *extra);

/* The kind that a status is of. */
enum problem problem_of(int64_t status);

/* All faults with pointer, line and column. */
MUST_USE enum http_status problem_faults(struct req *req, enum problem kind,
                                         const char *detail,
                                         const struct faults *faults);

/* 403 that names who could: each of scope, team and role may be NULL. */
MUST_USE enum http_status problem_needs(struct req *req, const char *detail,
                                        const char *scope, const char *team,
                                        const char *role);

/*
 * The one translation of a database result: no row 404, unique violation 409,
 * lost or stalled 503 with Retry-After, else 500. `what` names the thing.
 */
MUST_USE enum http_status problem_db(struct req *req, enum db_result result,
                                     const char *what);

/* The array "errors" and "moreErrors" as JSON members, for other documents. */
const char *problem_errors(struct req *req, const struct faults *faults);
