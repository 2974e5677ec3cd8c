/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"
#include "view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/settings.h"
#include "http/body.h"
#include "http/list.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "store/secret.h"
#include "store/session.h"
#include "store/user.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

enum {
	PASSWORD_BODY_MAX = 8 << 10,
};

/* GET /api/v1/session */
enum http_status
get_session(struct req *req)
{
	struct credential credential;
	struct caller caller;
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	const char *reason;

	if (!query_none(req))
		return problem_query(req);
	credential_read(req, &credential);
	enum db_result result = caller_find(req, &credential, &caller, &reason);
	if (result == DB_NONE)
		return problem(req, PROBLEM_UNAUTHORIZED, "%s", reason);
	if (result != DB_ROW)
		return problem_db(req, result, "caller");

	json_open(&out, '{');
	json_pair_text(&out, "subject", caller.subject);
	json_pair_text(&out, "kind", caller.kind);
	json_pair_text(&out, "name", caller.name);
	if (caller.display_name != NULL)
		json_pair_text(&out, "displayName", caller.display_name);
	json_pair_text(&out, "role", caller.role);
	view_words(&out, req->arena, "scopes", caller.scopes);
	view_words(&out, req->arena, "teams", caller.teams);
	json_pair_text(&out, "expiresAt", caller.expires_at);
	json_pair_bool(&out, "mustChangePassword", caller.must_change_password);
	json_pair_text(&out, "version", PACKAGE_VERSION);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- password ------------------------------------------------------------- */

struct password_change {
	const char *current;
	const char *fresh;
};

static const struct field password_fields[] = {
	FIELD(TEXT, struct password_change, current, "current",
              .required = true, .min = 1, .max = PASSWORD_MAX),
	FIELD(TEXT, struct password_change, fresh, "new", .required = true,
              .min = PASSWORD_MIN, .max = PASSWORD_MAX),
	FIELD_END,
};

static enum http_status
refuse_field(struct req *req, const char *pointer, const char *code,
             const char *detail)
{
	faults_add(&req->faults, pointer, 0, 0, code, "%s", detail);
	return problem_faults(req, PROBLEM_INVALID_FIELDS, detail,
	                      &req->faults);
}

static enum http_status
refuse_current(struct req *req)
{
	return refuse_field(req, "#/current", "wrong",
	                    "the current password is wrong");
}

/*
 * Guessing the password of a session left open counts as signing in does.
 * Without a hash it is answered.
 */
static enum http_status
check_current(struct req *req, const char *name, const char *password,
              const char **ret_hash)
{
	int64_t wait_s;
	enum db_result result =
		throttle_take(req->db, req->arena, name, req->who.address,
	                      req->settings->login_tries, &wait_s);

	*ret_hash = NULL;
	if (result != DB_ROW)
		return problem_db(req, result, "account");
	if (wait_s > 0) {
		reply_header(req, "Retry-After", "%" PRId64, wait_s);
		return problem(req, PROBLEM_TOO_MANY_REQUESTS,
		               "too many wrong passwords; try again in %" PRId64
		               " seconds",
		               wait_s);
	}
	result = user_check_password(req->db, req->arena, name, password,
	                             ret_hash);
	if (result != DB_ROW)
		return problem_db(req, result, "account");
	if (*ret_hash == NULL)
		return refuse_current(req);
	result = throttle_clear(req->db, name, req->who.address);
	if (result != DB_ROW && result != DB_NONE) {
		*ret_hash = NULL;
		return problem_db(req, result, "account");
	}
	return HTTP_OK;
}

static enum http_status
store_password(struct req *req, const char *name, const char *secret,
               const char *old, const char *password)
{
	unsigned char digest[SHA256_BYTES];

	secret_digest(secret, digest);
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = audit(req, "password.change",
		               arena_printf(req->arena, "user:%s", name), "{}");
	if (result == DB_ROW)
		result = user_set_password(req->db, req->arena, name, old,
		                           password, false, digest);
	/* It was changed since it was checked. */
	if (result == DB_NONE)
		return refuse_current(req);
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "account");
	cache_clear();
	return reply_no_content(req);
}

/* PUT /api/v1/session/password */
enum http_status
change_password(struct req *req)
{
	struct credential credential;
	struct caller caller;
	struct password_change ask = {0};
	enum http_status answered;
	const char *reason;
	const char *hash;

	credential_read(req, &credential);
	if (credential.kind != CREDENTIAL_SESSION)
		return problem(req, PROBLEM_FORBIDDEN,
		               "a token has no password: sign in to change "
		               "yours");
	enum db_result result = caller_find(req, &credential, &caller, &reason);
	if (result == DB_NONE)
		return problem(req, PROBLEM_UNAUTHORIZED, "%s", reason);
	if (result != DB_ROW)
		return problem_db(req, result, "caller");
	if (!body_fields(req, PASSWORD_BODY_MAX, password_fields, &ask,
	                 &answered))
		return answered;
	if (strcmp(ask.fresh, ask.current) == 0)
		return refuse_field(req, "#/new", "same",
		                    "the new password is the current one");

	answered = check_current(req, caller.name, ask.current, &hash);
	if (hash == NULL)
		return answered;
	return store_password(req, caller.name, credential.secret, hash,
	                      ask.fresh);
}
