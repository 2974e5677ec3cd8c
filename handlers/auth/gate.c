/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/str.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "store/secret.h"
#include "wire/json_out.h"

#include <string.h>

/* What MD_NEED says where any identity will do. */
#define NEED_ANY "any"

/*
 * nginx takes 2xx, 401 and 403 from its subrequest and drops the body; it puts
 * X-MD-Refusal, members of a problem document, into its own.
 */
static enum http_status
refuse(struct req *req, enum http_status status, const char *detail,
       const char *scope)
{
	struct buf members = {.arena = req->arena};
	struct json_out out = {.buf = &members};

	json_pair_text(&out, "detail", detail);
	if (scope != NULL) {
		json_key(&out, "needs");
		json_open(&out, '{');
		json_pair_text(&out, "scope", scope);
		json_close(&out, '}');
	}
	reply_header(req, "X-MD-Refusal", "%s", buf_text(&members));
	if (status == HTTP_UNAUTHORIZED)
		reply_header(req, "WWW-Authenticate", "Bearer");
	return reply_bytes(req, status, "text/plain", "", 0);
}

static enum http_status
admit(struct req *req, const struct caller *caller)
{
	reply_header(req, "X-MD-Sub", "%s", caller->subject);
	reply_header(req, "X-MD-Kind", "%s", caller->kind);
	reply_header(req, "X-MD-Scopes", "%s", caller->scopes);
	reply_header(req, "X-MD-Teams", "%s", caller->teams);
	reply_header(req, "X-MD-Services", "%s", caller->services);
	return reply_no_content(req);
}

/*
 * Asks the cache, then the database. The time of the question counts, not that
 * of the answer: what is kept is never older than it says.
 */
static enum db_result
identify(struct req *req, const struct credential *credential,
         struct caller *ret, const char **ret_reason)
{
	bool known = credential->kind == CREDENTIAL_TOKEN ||
	             credential->kind == CREDENTIAL_SESSION;
	unsigned char digest[SHA256_BYTES] = {0};
	int64_t now_us = clock_monotonic_us();

	if (known) {
		secret_digest(credential->secret, digest);
		if (cache_find(digest, now_us, ret))
			return DB_ROW;
	}
	enum db_result result = caller_find(req, credential, ret, ret_reason);
	if (result != DB_ROW || ret->must_change_password)
		return result;

	int64_t keep_ms = req->settings->gate_cache_ms;
	if (ret->left_ms < keep_ms)
		keep_ms = ret->left_ms;
	if (keep_ms > 0)
		cache_keep(digest, now_us + keep_ms * 1000, ret);
	return result;
}

static bool
changes_something(const struct req *req)
{
	const char *method = req_param(req, "MD_METHOD");

	return method == NULL ||
	       (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0);
}

static bool
may(const struct caller *caller, const char *need)
{
	const struct identity who = {
		.subject = caller->subject,
		.scopes = caller->scopes,
	};

	return strcmp(need, NEED_ANY) == 0 || identity_may(&who, need);
}

enum http_status
gate(struct req *req)
{
	const char *need = req_param(req, "MD_NEED");
	const char *reason = NULL;
	struct credential credential;
	struct caller caller;

	if (str_empty(need))
		return refuse(req, HTTP_FORBIDDEN,
		              "this address is open to nobody", NULL);

	credential_read(req, &credential);
	enum db_result result = identify(req, &credential, &caller, &reason);
	if (result == DB_NONE)
		return refuse(req, HTTP_UNAUTHORIZED, reason, NULL);
	if (result != DB_ROW)
		return problem_db(req, result, "caller");

	if (credential.kind == CREDENTIAL_SESSION && changes_something(req) &&
	    !origin_is_ours(req, false))
		return refuse(req, HTTP_FORBIDDEN,
		              "this request comes from another site", NULL);
	if (!may(&caller, need)) {
		if (caller.must_change_password)
			return refuse(req, HTTP_FORBIDDEN,
			              "change your password first", NULL);
		return refuse(req, HTTP_FORBIDDEN,
		              arena_printf(req->arena,
		                           "this needs the scope %s", need),
		              need);
	}
	return admit(req, &caller);
}
