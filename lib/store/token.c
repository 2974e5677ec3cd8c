/* SPDX-License-Identifier: Apache-2.0 */
#include "store/token.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/sql.h"
#include "store/secret.h"

#include <string.h>

enum {
	HINT_CHARS = 8, /* of the secret, its prefix included */
};

/* What tokens of each kind may do at most. */
static const struct kind {
	const char *name;
	const char *prefix;
	const char *scopes;
} kinds[] = {
	{"personal", "mdp_",
         "catalog:read events:read ingest:validate ingest:write "
         "todos:read todos:write"},
	{"ci", "mdc_", "catalog:read events:read ingest:validate ingest:write"},
	{"system", "mds_", "catalog:read events:read todos:read todos:write"},
};

static const struct column token_columns[] = {
	COL_INT(struct token, id),
	COL_TEXT(struct token, kind),
	COL_TEXT(struct token, name),
	COL_TEXT(struct token, hint),
	COL_TEXT(struct token, team),
	COL_TEXT(struct token, owner),
	COL_TEXT(struct token, scopes),
	COL_TEXT(struct token, services),
	COL_TEXT(struct token, created_by),
	COL_TEXT(struct token, created_at),
	COL_TEXT(struct token, expires_at),
	COL_TEXT(struct token, last_used_at),
	COL_TEXT(struct token, last_used_from),
	COL_TEXT(struct token, revoked_at),
	COL_INT(struct token, rotated_from),
	COL_TEXT(struct token, state),
	COLS_END,
};

static const struct column holder_columns[] = {
	COL_INT(struct token_holder, id),
	COL_TEXT(struct token_holder, kind),
	COL_TEXT(struct token_holder, name),
	COL_TEXT(struct token_holder, owner),
	COL_TEXT(struct token_holder, scopes),
	COL_TEXT(struct token_holder, teams),
	COL_TEXT(struct token_holder, services),
	COL_TEXT(struct token_holder, expires_at),
	COL_INT(struct token_holder, left_ms),
	COL_BOOL(struct token_holder, revoked),
	COL_BOOL(struct token_holder, disabled),
	COL_BOOL(struct token_holder, stale),
	COLS_END,
};

static const struct kind *
kind_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

const char *
token_kinds(void)
{
	return "personal ci system";
}

const char *
token_scopes(const char *kind)
{
	const struct kind *found = kind_find(kind);

	return found == NULL ? "" : found->scopes;
}

bool
token_may_have(const char *kind, const char *scope)
{
	return str_has_word(token_scopes(kind), scope);
}

bool
token_glob_is_valid(const char *glob)
{
	static const char any[] = "abcdefghijklmnopqrstuvwxyz0123456789-*";
	size_t len = strlen(glob);

	return len >= 1 && len <= 63 && strspn(glob, any) == len;
}

static const char *
hint_of(struct arena *arena, const char *secret)
{
	return arena_printf(arena, "%.*s…", HINT_CHARS, secret);
}

enum db_result
token_create(struct db *db, struct arena *arena,
             const struct token_draft *draft, struct token *ret,
             const char **ret_secret)
{
	const struct kind *kind = kind_find(draft->kind);
	unsigned char digest[SHA256_BYTES];

	if (kind == NULL)
		return DB_ERROR;
	const char *secret = secret_new(arena, kind->prefix);
	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_TEXT(draft->kind),
		ARG_TEXT(draft->name),
		ARG_TEXT(hint_of(arena, secret)),
		ARG_BYTES(digest, sizeof(digest)),
		ARG_TEXT(draft->owner),
		ARG_TEXT(draft->team),
		ARG_TEXT(db_text_array(arena, draft->scopes,
	                               draft->scope_count)),
		ARG_TEXT(db_text_array(arena, draft->services,
	                               draft->service_count)),
		ARG_TEXT(draft->created_by),
		ARG_INT(draft->days),
		ARGS_END,
	};
	enum db_result result =
		db_one(db, arena, &sql_token_create, args, token_columns, ret);
	if (result == DB_ROW)
		*ret_secret = secret;
	return result;
}

enum db_result
token_find(struct db *db, struct arena *arena, int64_t id, struct token *ret)
{
	const struct arg args[] = {ARG_INT(id), ARGS_END};

	return db_one(db, arena, &sql_token_find, args, token_columns, ret);
}

enum db_result
token_list(struct db *db, struct arena *arena, const char *owner,
           const char *teams, struct token **ret, size_t *ret_count)
{
	const struct arg args[] = {
		ARG_TEXT(owner),
		ARG_TEXT(teams),
		ARGS_END,
	};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_token_list, args, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	size_t count = result == DB_ROW ? (size_t)rows.count : 0;
	struct token *tokens = arena_array(arena, count, sizeof(*tokens));
	for (size_t i = 0; i < count; i++)
		rows_read(&rows, (int)i, token_columns, &tokens[i]);
	*ret = tokens;
	*ret_count = count;
	return result;
}

enum db_result
token_revoke(struct db *db, int64_t id)
{
	const struct arg args[] = {ARG_INT(id), ARGS_END};

	return db_run(db, &sql_token_revoke, args);
}

enum db_result
token_rotate(struct db *db, struct arena *arena, int64_t id,
             const char *created_by, struct token *ret, const char **ret_secret)
{
	struct token old;
	unsigned char digest[SHA256_BYTES];
	enum db_result result = token_find(db, arena, id, &old);

	if (result != DB_ROW)
		return result;
	const struct kind *kind = kind_find(old.kind);
	if (kind == NULL)
		return DB_ERROR;
	const char *secret = secret_new(arena, kind->prefix);
	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(hint_of(arena, secret)),
		ARG_BYTES(digest, sizeof(digest)),
		ARG_TEXT(created_by),
		ARG_INT(TOKEN_OVERLAP_H),
		ARGS_END,
	};
	result = db_one(db, arena, &sql_token_rotate, args, token_columns, ret);
	if (result == DB_ROW)
		*ret_secret = secret;
	return result;
}

bool
token_is_wellformed(const char *secret)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (secret_is_wellformed(secret, kinds[i].prefix))
			return true;
	}
	return false;
}

enum db_result
token_use(struct db *db, struct arena *arena, const char *secret,
          struct token_holder *ret)
{
	unsigned char digest[SHA256_BYTES];

	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_BYTES(digest, sizeof(digest)),
		ARGS_END,
	};
	return db_one(db, arena, &sql_token_use, args, holder_columns, ret);
}

enum db_result
token_touch(struct db *db, int64_t id, const char *address)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(address),
		ARGS_END,
	};

	return db_run(db, &sql_token_touch, args);
}
