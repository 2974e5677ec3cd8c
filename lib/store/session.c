/* SPDX-License-Identifier: Apache-2.0 */
#include "store/session.h"

#include "base/arena.h"
#include "db/sql.h"
#include "store/secret.h"

static const struct column session_columns[] = {
	COL_TEXT(struct session, user_name),
	COL_TEXT(struct session, display_name),
	COL_TEXT(struct session, role),
	COL_TEXT(struct session, teams),
	COL_BOOL(struct session, must_change_password),
	COL_TEXT(struct session, expires_at),
	COL_INT(struct session, left_ms),
	COL_BOOL(struct session, stale),
	COLS_END,
};

enum db_result
session_create(struct db *db, struct arena *arena, const char *user_name,
               const char *password_hash, const char *address,
               const char **ret_secret)
{
	unsigned char digest[SHA256_BYTES];
	const char *secret = secret_new(arena, "");

	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_BYTES(digest, sizeof(digest)),
		ARG_TEXT(user_name),
		ARG_TEXT(address),
		ARG_TEXT(password_hash),
		ARGS_END,
	};
	enum db_result result = db_run(db, &sql_session_create, args);
	if (result == DB_ROW)
		*ret_secret = secret;
	return result;
}

enum db_result
session_find(struct db *db, struct arena *arena, const char *secret,
             const struct session_life *life, struct session *ret)
{
	unsigned char digest[SHA256_BYTES];

	if (!secret_is_wellformed(secret, ""))
		return DB_NONE;
	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_BYTES(digest, sizeof(digest)),
		ARG_INT(life->idle_s),
		ARG_INT(life->max_s),
		ARGS_END,
	};
	return db_one(db, arena, &sql_session_find, args, session_columns, ret);
}

enum db_result
session_touch(struct db *db, const char *secret)
{
	unsigned char digest[SHA256_BYTES];

	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_BYTES(digest, sizeof(digest)),
		ARGS_END,
	};
	return db_run(db, &sql_session_touch, args);
}

enum db_result
session_end(struct db *db, const char *secret)
{
	unsigned char digest[SHA256_BYTES];

	secret_digest(secret, digest);
	const struct arg args[] = {
		ARG_BYTES(digest, sizeof(digest)),
		ARGS_END,
	};
	return db_run(db, &sql_session_end, args);
}

enum db_result
throttle_take(struct db *db, struct arena *arena, const char *account,
              const char *address, int64_t tries, int64_t *ret_wait_s)
{
	struct wait {
		int64_t wait_s;
	} wait;
	static const struct column columns[] = {
		COL_INT(struct wait, wait_s),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_TEXT(account),
		ARG_TEXT(address),
		ARG_INT(tries),
		ARGS_END,
	};
	enum db_result result =
		db_one(db, arena, &sql_throttle_take, args, columns, &wait);

	if (result == DB_ROW)
		*ret_wait_s = wait.wait_s;
	return result;
}

enum db_result
throttle_clear(struct db *db, const char *account, const char *address)
{
	const struct arg args[] = {
		ARG_TEXT(account),
		ARG_TEXT(address),
		ARGS_END,
	};

	return db_run(db, &sql_throttle_clear, args);
}
