/* SPDX-License-Identifier: Apache-2.0 */
#include "http/problem.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/log.h"
#include "http/reply.h"
#include "http/req.h"
#include "wire/json_out.h"

#include <stdarg.h>
#include <string.h>

static const struct {
	enum http_status status;
	const char *slug;
	const char *title;
} problems[PROBLEM_END] = {
	[PROBLEM_BAD_REQUEST] = {HTTP_BAD_REQUEST, "bad-request",
                                 "The request cannot be read"},
	[PROBLEM_UNAUTHORIZED] = {HTTP_UNAUTHORIZED, "unauthorized",
                                  "Sign in first"},
	[PROBLEM_FORBIDDEN] = {HTTP_FORBIDDEN, "forbidden",
                               "You may not do this"},
	[PROBLEM_NOT_FOUND] = {HTTP_NOT_FOUND, "not-found",
                               "There is no such thing"},
	[PROBLEM_METHOD_NOT_ALLOWED] = {HTTP_METHOD_NOT_ALLOWED,
                                        "method-not-allowed",
                                        "This address does not take this "
                                        "method"},
	[PROBLEM_CONFLICT] = {HTTP_CONFLICT, "conflict",
                              "This contradicts what is stored"},
	[PROBLEM_GONE] = {HTTP_GONE, "gone", "This is no longer kept"},
	[PROBLEM_STALE] = {HTTP_PRECONDITION_FAILED, "stale",
                           "This has changed since it was read"},
	[PROBLEM_TOO_LARGE] = {HTTP_TOO_LARGE, "too-large",
                               "The request is too large"},
	[PROBLEM_UNSUPPORTED_MEDIA_TYPE] = {HTTP_UNSUPPORTED_MEDIA_TYPE,
                                            "unsupported-media-type",
                                            "This type of content is not "
                                            "taken here"},
	[PROBLEM_INVALID_FIELDS] = {HTTP_INVALID_FIELDS, "invalid-fields",
                                    "Some fields are not valid"},
	[PROBLEM_PRECONDITION_REQUIRED] = {HTTP_PRECONDITION_REQUIRED,
                                           "precondition-required",
                                           "Say which version is changed"},
	[PROBLEM_TOO_MANY_REQUESTS] = {HTTP_TOO_MANY_REQUESTS,
                                       "too-many-requests",
                                       "Too many requests"},
	[PROBLEM_INTERNAL] = {HTTP_INTERNAL, "internal",
                              "Something went wrong here"},
	[PROBLEM_UNAVAILABLE] = {HTTP_UNAVAILABLE, "unavailable",
                                 "Not available for the moment"},
};

const char *
problem_text(struct req *req, enum problem kind, const char *detail,
             const char *extra)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	enum http_status status = problems[kind].status;

	json_open(&out, '{');
	json_pair_text(
		&out, "type",
		arena_printf(req->arena, "/problems/%s", problems[kind].slug));
	json_pair_text(&out, "title", problems[kind].title);
	json_pair_int(&out, "status", status);
	json_pair_text(&out, "detail", detail);
	json_pair_text(&out, "instance",
	               req->who.request_id == NULL ? "" : req->who.request_id);
	if (extra != NULL && *extra != '\0')
		json_raw(&out, extra, strlen(extra));
	json_close(&out, '}');
	return buf_text(&body);
}

enum http_status
problem_with(struct req *req, enum problem kind, const char *detail,
             const char *extra)
{
	const char *body = problem_text(req, kind, detail, extra);
	enum http_status status = problems[kind].status;

	if (status == HTTP_UNAVAILABLE)
		reply_header(req, "Retry-After", "1");
	if (status == HTTP_UNAUTHORIZED)
		reply_header(req, "WWW-Authenticate", "Bearer");
	return reply_bytes(req, status, "application/problem+json", body,
	                   strlen(body));
}

enum problem
problem_of(int64_t status)
{
	for (int kind = 0; kind < PROBLEM_END; kind++) {
		if ((int64_t)problems[kind].status == status)
			return (enum problem)kind;
	}
	return PROBLEM_INTERNAL;
}

enum http_status
problem(struct req *req, enum problem kind, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const char *detail = arena_vprintf(req->arena, fmt, args);
	va_end(args);
	return problem_with(req, kind, detail, NULL);
}

const char *
problem_errors(struct req *req, const struct faults *faults)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_key(&out, "errors");
	json_open(&out, '[');
	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->items[i];

		json_open(&out, '{');
		json_pair_text(&out, "pointer", f->pointer);
		if (f->line > 0)
			json_pair_int(&out, "line", f->line);
		if (f->column > 0)
			json_pair_int(&out, "column", f->column);
		json_pair_text(&out, "code", f->code);
		json_pair_text(&out, "detail", f->detail);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	if (faults->total > faults->count)
		json_pair_int(&out, "moreErrors",
		              (int64_t)(faults->total - faults->count));
	return buf_text(&body);
}

enum http_status
problem_faults(struct req *req, enum problem kind, const char *detail,
               const struct faults *faults)
{
	return problem_with(req, kind, detail, problem_errors(req, faults));
}

enum http_status
problem_needs(struct req *req, const char *detail, const char *scope,
              const char *team, const char *role)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_key(&out, "needs");
	json_open(&out, '{');
	if (scope != NULL)
		json_pair_text(&out, "scope", scope);
	if (team != NULL)
		json_pair_text(&out, "team", team);
	if (role != NULL)
		json_pair_text(&out, "role", role);
	json_close(&out, '}');
	return problem_with(req, PROBLEM_FORBIDDEN, detail, buf_text(&body));
}

enum http_status
problem_db(struct req *req, enum db_result result, const char *what)
{
	switch (result) {
	case DB_NONE:
		return problem(req, PROBLEM_NOT_FOUND, "there is no such %s",
		               what);
	case DB_CONFLICT:
		return problem(req, PROBLEM_CONFLICT, "the %s exists already",
		               what);
	case DB_AGAIN:
	case DB_DOWN:
	case DB_TIMEOUT:
		log_warn("db.unavailable",
		         LOG_STR("reason", db_error(req->db)));
		return problem(req, PROBLEM_UNAVAILABLE,
		               "the database cannot be asked just now");
	case DB_ROW:
	case DB_ERROR:
	case DB_RESULT_END:
		break;
	}
	log_error("db.failed", LOG_STR("reason", db_error(req->db)),
	          LOG_STR("what", what));
	return problem(req, PROBLEM_INTERNAL,
	               "the request could not be carried out; the log of "
	               "the server names the reason under this id");
}
