/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/settings.h"
#include "http/body.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "http/return_to.h"
#include "store/session.h"
#include "store/user.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <inttypes.h>

enum {
	LOGIN_BODY_MAX = 8 << 10,
};

struct login_request {
	const char *username;
	const char *password;
	const char *return_to;
};

static const struct field login_fields[] = {
	FIELD(TEXT, struct login_request, username, "username",
              .required = true, .min = 1, .max = USER_NAME_MAX),
	FIELD(TEXT, struct login_request, password, "password",
              .required = true, .min = 1, .max = PASSWORD_MAX),
	FIELD(TEXT, struct login_request, return_to, "returnTo", .max = 1024),
	FIELD_END,
};

static const char cookie_attributes[] =
	"; Path=/; Secure; HttpOnly; SameSite=Lax";

static void
set_cookie(struct req *req, const char *secret, int64_t max_age_s)
{
	reply_header(req, "Set-Cookie",
	             SESSION_COOKIE "=%s%s; Max-Age=%" PRId64, secret,
	             cookie_attributes, max_age_s);
}

/* The cookie's session ends, whoever comes after it: no id is used twice. */
static void
end_session(struct req *req)
{
	struct credential credential;

	credential_read(req, &credential);
	if (credential.kind != CREDENTIAL_SESSION)
		return;
	enum db_result result = session_end(req->db, credential.secret);
	if (result != DB_ROW && result != DB_NONE)
		log_warn("session.unended",
		         LOG_STR("reason", db_error(req->db)));
	cache_clear();
}

static enum http_status
deny(struct req *req)
{
	/* No name: it may well be a password in the wrong field. */
	log_warn("login.denied", LOG_STR("address", req->who.address));
	return problem(req, PROBLEM_UNAUTHORIZED,
	               "the name or the password is wrong");
}

static enum http_status
admit(struct req *req, const char *name, const char *hash, const char *go_to)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	const char *secret;

	end_session(req);
	enum db_result made = session_create(req->db, req->arena, name, hash,
	                                     req->who.address, &secret);
	if (made == DB_NONE)
		return deny(req);
	if (made != DB_ROW)
		return problem_db(req, made, "session");
	if (throttle_clear(req->db, name, req->who.address) == DB_ERROR)
		log_warn("throttle.uncleared",
		         LOG_STR("reason", db_error(req->db)));
	log_info("login.done", LOG_STR("user", name),
	         LOG_STR("address", req->who.address));

	set_cookie(req, secret, req->settings->session_max_s);
	json_open(&out, '{');
	json_pair_text(&out, "returnTo", return_to(go_to));
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* POST /auth/login */
enum http_status
login(struct req *req)
{
	struct login_request ask = {0};
	enum http_status answered;
	int64_t wait_s;
	const char *hash;

	/* Or a page elsewhere could sign people in as somebody else. */
	if (!origin_is_ours(req, true))
		return problem(req, PROBLEM_FORBIDDEN,
		               "this request comes from another site");
	if (!body_fields(req, LOGIN_BODY_MAX, login_fields, &ask, &answered))
		return answered;

	enum db_result result = throttle_take(
		req->db, req->arena, ask.username, req->who.address,
		req->settings->login_tries, &wait_s);
	if (result != DB_ROW)
		return problem_db(req, result, "account");
	if (wait_s > 0) {
		log_warn("login.throttled",
		         LOG_STR("address", req->who.address));
		reply_header(req, "Retry-After", "%" PRId64, wait_s);
		return problem(req, PROBLEM_TOO_MANY_REQUESTS,
		               "too many failed sign-ins; try again in %" PRId64
		               " seconds",
		               wait_s);
	}

	result = user_check_password(req->db, req->arena, ask.username,
	                             ask.password, &hash);
	if (result != DB_ROW)
		return problem_db(req, result, "account");
	if (hash == NULL)
		return deny(req);
	return admit(req, ask.username, hash, ask.return_to);
}

/* POST /auth/logout: also for a session that has ended already. */
enum http_status
logout(struct req *req)
{
	if (!origin_is_ours(req, false))
		return problem(req, PROBLEM_FORBIDDEN,
		               "this request comes from another site");
	end_session(req);
	set_cookie(req, "", 0);
	reply_header(req, "Clear-Site-Data", "\"cache\"");
	return reply_no_content(req);
}
