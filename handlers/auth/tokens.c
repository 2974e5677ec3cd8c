/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"
#include "view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "http/list.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "store/token.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

/* Never NULL, which would be everybody. */
static const char *
mine(const struct req *req)
{
	const char *user = user_of(req);

	return user == NULL ? "" : user;
}

/* GET /api/v1/tokens: mine, my teams'; all of them for an admin. */
enum http_status
list_tokens(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	bool all = identity_is_admin(&req->who);
	struct token *tokens;
	size_t count;

	if (!query_none(req))
		return problem_query(req);
	enum db_result result =
		token_list(req->db, req->arena, all ? NULL : mine(req),
	                   all ? NULL : req->who.teams, &tokens, &count);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "token");

	json_open(&out, '{');
	json_key(&out, "items");
	json_open(&out, '[');
	for (size_t i = 0; i < count; i++)
		view_token(&out, req->arena, &tokens[i]);
	json_close(&out, ']');
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- one token ------------------------------------------------------------ */

static bool
may_manage(const struct req *req, const struct token *token)
{
	if (identity_is_admin(&req->who))
		return true;
	if (token->owner != NULL)
		return user_of(req) != NULL &&
		       strcmp(token->owner, user_of(req)) == 0;
	return token->team != NULL && str_has_word(req->who.teams, token->team);
}

/* The token of the path if the caller may manage it, else the answer. */
static bool
find_mine(struct req *req, struct token *ret, enum http_status *answered)
{
	int64_t id;

	if (!req_path_int(req, "id", &id)) {
		*answered = problem(req, PROBLEM_NOT_FOUND,
		                    "there is no such token");
		return false;
	}
	enum db_result found = token_find(req->db, req->arena, id, ret);
	if (found != DB_ROW) {
		*answered = problem_db(req, found, "token");
		return false;
	}
	if (!may_manage(req, ret)) {
		*answered = problem_needs(
			req, "this token is another person's or another team's",
			NULL, ret->team, "admin");
		return false;
	}
	return true;
}

static const char *
object_of(struct req *req, int64_t id)
{
	return arena_printf(req->arena, "token:%" PRId64, id);
}

/* DELETE /api/v1/tokens/{id} */
enum http_status
revoke_token(struct req *req)
{
	struct token token;
	enum http_status answered;

	if (!find_mine(req, &token, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = audit(req, "token.revoke", object_of(req, token.id),
		               "{}");
	if (result == DB_ROW)
		result = token_revoke(req->db, token.id);
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "token");
	cache_clear();
	return reply_no_content(req);
}

enum http_status
reply_made_token(struct req *req, const struct token *token, const char *secret)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_open(&out, '{');
	json_key(&out, "token");
	view_token(&out, req->arena, token);
	json_pair_text(&out, "secret", secret);
	json_close(&out, '}');
	return reply_json(req, HTTP_CREATED, &body);
}

/* POST /api/v1/tokens/{id}/rotate */
enum http_status
rotate_token(struct req *req)
{
	struct token old;
	struct token made;
	const char *secret;
	enum http_status answered;

	if (!find_mine(req, &old, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	/* First: its lock lets one successor be made at a time. */
	if (result == DB_ROW)
		result = audit(req, "token.rotate", object_of(req, old.id),
		               "{}");
	if (result == DB_ROW)
		result = token_rotate(req->db, req->arena, old.id,
		                      req->who.subject, &made, &secret);
	if (result == DB_NONE)
		return problem(req, PROBLEM_CONFLICT,
		               "the token has ended, or has a successor "
		               "already");
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "token");
	cache_clear();
	return reply_made_token(req, &made, secret);
}
