/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/str.h"
#include "http/req.h"
#include "store/session.h"
#include "store/token.h"

#include <inttypes.h>
#include <string.h>

#define VIEWER_SCOPES \
	"catalog:read events:read todos:read todos:write tokens:self"
#define ADMIN_SCOPES VIEWER_SCOPES " ingest:validate ingest:write admin"

/* The last use is good to know, and no reason to refuse anybody. */
static void
note_use(struct req *req, enum db_result result)
{
	if (result != DB_ROW && result != DB_NONE)
		log_warn("use.unwritten", LOG_STR("reason", db_error(req->db)));
}

/*
 * Whoever must change the password may do that and nothing else: no scopes, so
 * that no handler can let anything pass.
 */
static const char *
scopes_of(const struct session *session)
{
	if (session->must_change_password)
		return "";
	return strcmp(session->role, "admin") == 0 ? ADMIN_SCOPES
	                                           : VIEWER_SCOPES;
}

static enum db_result
find_session(struct req *req, const char *secret, struct caller *ret,
             const char **ret_reason)
{
	const struct session_life life = {
		.idle_s = req->settings->session_idle_s,
		.max_s = req->settings->session_max_s,
	};
	struct session session;
	enum db_result result =
		session_find(req->db, req->arena, secret, &life, &session);

	if (result == DB_NONE)
		*ret_reason = "the session has ended: sign in again";
	if (result != DB_ROW)
		return result;
	if (session.stale)
		note_use(req, session_touch(req->db, secret));
	*ret = (struct caller){
		.subject =
			arena_printf(req->arena, "user:%s", session.user_name),
		.kind = "session",
		.name = session.user_name,
		.display_name = session.display_name,
		.role = session.role,
		.scopes = scopes_of(&session),
		.teams = session.teams,
		.services = "",
		.expires_at = session.expires_at,
		.left_ms = session.left_ms,
		.must_change_password = session.must_change_password,
	};
	return DB_ROW;
}

static const char *
reason_against(const struct token_holder *token)
{
	if (token->revoked)
		return "the token was revoked";
	if (token->left_ms <= 0)
		return "the token has expired";
	if (token->disabled)
		return "the account of the token is disabled";
	return NULL;
}

static enum db_result
find_token(struct req *req, const char *secret, struct caller *ret,
           const char **ret_reason)
{
	struct token_holder token;
	enum db_result result = token_use(req->db, req->arena, secret, &token);

	if (result == DB_NONE)
		*ret_reason = "the token is not known here";
	if (result != DB_ROW)
		return result;
	*ret_reason = reason_against(&token);
	if (*ret_reason != NULL)
		return DB_NONE;
	if (token.stale)
		note_use(req, token_touch(req->db, token.id, req->who.address));
	*ret = (struct caller){
		/* It becomes a header: a line break in it would be refused. */
		.subject = arena_printf(
			req->arena, "token:%s#%" PRId64,
			str_is_printable(token.name) ? token.name : "",
			token.id),
		.kind = token.kind,
		.name = token.name,
		/* A personal token is less than its person. */
		.role = strcmp(token.kind, "personal") == 0 ? "viewer"
	                                                    : token.kind,
		.scopes = token.scopes,
		.teams = token.teams,
		.services = token.services,
		.expires_at = token.expires_at,
		.left_ms = token.left_ms,
	};
	return DB_ROW;
}

enum db_result
caller_find(struct req *req, const struct credential *credential,
            struct caller *ret, const char **ret_reason)
{
	switch (credential->kind) {
	case CREDENTIAL_TOKEN:
		return find_token(req, credential->secret, ret, ret_reason);
	case CREDENTIAL_SESSION:
		return find_session(req, credential->secret, ret, ret_reason);
	case CREDENTIAL_BAD:
		*ret_reason = credential->fault;
		return DB_NONE;
	case CREDENTIAL_NONE:
		break;
	}
	*ret_reason = "sign in, or send a token";
	return DB_NONE;
}

const char *
user_of(const struct req *req)
{
	static const char prefix[] = "user:";

	if (req->who.subject == NULL || !str_starts(req->who.subject, prefix))
		return NULL;
	return req->who.subject + strlen(prefix);
}
