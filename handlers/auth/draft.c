/* SPDX-License-Identifier: Apache-2.0 */
/* POST /api/v1/tokens: what may be asked for, and who may. */
#include "auth.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "http/body.h"
#include "http/problem.h"
#include "http/req.h"
#include "store/team.h"
#include "store/token.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	DRAFT_BODY_MAX = 32 << 10,
};

struct draft {
	const char *kind;
	const char *name;
	const char *team;
	struct texts scopes;
	struct texts services;
	int64_t days;
};

static const struct field draft_fields[] = {
	FIELD(TEXT, struct draft, kind, "kind", .required = true,
              .words = "personal ci system"),
	FIELD(TEXT, struct draft, name, "name", .required = true, .min = 1,
              .max = TOKEN_NAME_MAX),
	FIELD(TEXT, struct draft, team, "team", .min = 1, .max = 63),
	FIELD(TEXTS, struct draft, scopes, "scopes", .max = 10,
              .words = "catalog:read events:read ingest:validate "
                       "ingest:write todos:read todos:write"),
	FIELD(TEXTS, struct draft, services, "services", .max = 50),
	FIELD(INT, struct draft, days, "days", .min = 1, .max = TOKEN_DAYS_MAX),
	FIELD_END,
};

static bool
is_kind(const struct draft *draft, const char *kind)
{
	return strcmp(draft->kind, kind) == 0;
}

/* What a token gets when the draft names no scopes. */
static void
add_scopes(struct draft *draft)
{
	static const char *personal[] = {"catalog:read", "events:read"};
	static const char *ci[] = {"ingest:write"};
	static const char *outside[] = {"events:read"};

	if (draft->scopes.count > 0)
		return;
	if (is_kind(draft, "personal"))
		draft->scopes = (struct texts){ARRAY_LEN(personal), personal};
	else if (is_kind(draft, "ci"))
		draft->scopes = (struct texts){ARRAY_LEN(ci), ci};
	else
		draft->scopes = (struct texts){ARRAY_LEN(outside), outside};
}

/* What fields alone cannot say. */
static void
check(struct req *req, const struct draft *draft)
{
	struct faults *faults = &req->faults;

	faults_unless_line(faults, "#/name", "format", draft->name);
	if (draft->team != NULL && is_kind(draft, "personal"))
		faults_add(faults, "#/team", 0, 0, "unexpected",
		           "a personal token has the teams of its owner");
	if (draft->team != NULL && !team_name_is_valid(draft->team))
		faults_add(faults, "#/team", 0, 0, "format",
		           "no team has such a name");
	for (size_t i = 0; i < draft->scopes.count; i++) {
		if (token_may_have(draft->kind, draft->scopes.items[i]))
			continue;
		faults_add(faults, arena_printf(req->arena, "#/scopes/%zu", i),
		           0, 0, "enum", "a %s token can have these: %s",
		           draft->kind, token_scopes(draft->kind));
	}
	for (size_t i = 0; i < draft->services.count; i++) {
		if (token_glob_is_valid(draft->services.items[i]))
			continue;
		faults_add(faults,
		           arena_printf(req->arena, "#/services/%zu", i), 0, 0,
		           "format", "a service id, or a part of one with *");
	}
}

static bool
has_scope(const struct draft *draft, const char *scope)
{
	for (size_t i = 0; i < draft->scopes.count; i++) {
		if (strcmp(draft->scopes.items[i], scope) == 0)
			return true;
	}
	return false;
}

/* May the caller make it? False: answered. */
static bool
allow(struct req *req, const struct draft *draft, enum http_status *answered)
{
	if (identity_is_admin(&req->who))
		return true;
	if (is_kind(draft, "system")) {
		*answered = problem_needs(req,
		                          "an admin makes tokens of other "
		                          "systems",
		                          NULL, NULL, "admin");
		return false;
	}
	if (is_kind(draft, "ci") && draft->team == NULL) {
		*answered = problem_needs(req,
		                          "a ci token without a team is for "
		                          "an admin to make",
		                          NULL, NULL, "admin");
		return false;
	}
	if (is_kind(draft, "ci") &&
	    !str_has_word(req->who.teams, draft->team)) {
		*answered = problem_needs(req,
		                          "tokens of a team are made by its "
		                          "members",
		                          NULL, draft->team, "admin");
		return false;
	}
	if (is_kind(draft, "personal") && has_scope(draft, "ingest:write") &&
	    str_empty(req->who.teams)) {
		*answered = problem_needs(req,
		                          "whoever belongs to no team owns no "
		                          "service to publish",
		                          NULL, NULL, "admin");
		return false;
	}
	return true;
}

/* What the audit log keeps of it. */
static const char *
summary(struct req *req, const struct token *token)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_open(&out, '{');
	json_pair_text(&out, "kind", token->kind);
	json_pair_text(&out, "name", token->name);
	json_pair_text(&out, "team", token->team);
	json_pair_text(&out, "owner", token->owner);
	json_pair_text(&out, "scopes", token->scopes);
	json_pair_text(&out, "services", token->services);
	json_pair_text(&out, "expiresAt", token->expires_at);
	json_close(&out, '}');
	return buf_text(&body);
}

static enum http_status
store(struct req *req, const struct token_draft *draft)
{
	struct token made;
	const char *secret;
	enum db_result result = db_begin(req->db);

	if (result == DB_ROW)
		result = token_create(req->db, req->arena, draft, &made,
		                      &secret);
	if (result == DB_ROW)
		result = audit(req, "token.create",
		               arena_printf(req->arena, "token:%lld",
		                            (long long)made.id),
		               summary(req, &made));
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "token");
	return reply_made_token(req, &made, secret);
}

enum http_status
create_token(struct req *req)
{
	struct draft draft = {.days = TOKEN_DAYS};
	enum http_status answered;

	if (user_of(req) == NULL)
		return problem(req, PROBLEM_FORBIDDEN,
		               "tokens are made by people: sign in");
	if (!body_fields(req, DRAFT_BODY_MAX, draft_fields, &draft, &answered))
		return answered;
	add_scopes(&draft);
	check(req, &draft);
	if (faults_any(&req->faults))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the token cannot be made so",
		                      &req->faults);
	if (!allow(req, &draft, &answered))
		return answered;

	const struct token_draft wanted = {
		.kind = draft.kind,
		.name = draft.name,
		.owner = is_kind(&draft, "personal") ? user_of(req) : NULL,
		.team = draft.team,
		.scopes = draft.scopes.items,
		.scope_count = draft.scopes.count,
		.services = draft.services.items,
		.service_count = draft.services.count,
		.created_by = req->who.subject,
		.days = draft.days,
	};
	return store(req, &wanted);
}
