/* SPDX-License-Identifier: Apache-2.0 */
#include "store/user.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/password.h"
#include "db/sql.h"

#include <string.h>

static const struct column user_columns[] = {
	COL_TEXT(struct user, name),
	COL_TEXT(struct user, display_name),
	COL_TEXT(struct user, role),
	COL_TEXT(struct user, teams),
	COL_BOOL(struct user, must_change_password),
	COL_BOOL(struct user, disabled),
	COL_TEXT(struct user, created_at),
	COLS_END,
};

bool
user_name_is_valid(const char *name)
{
	static const char any[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t len = strlen(name);

	return len >= 1 && len <= USER_NAME_MAX && strspn(name, any) == len &&
	       strchr("._-", name[0]) == NULL;
}

enum db_result
user_create(struct db *db, struct arena *arena, const char *name,
            const char *display_name, const char *role, const char *password,
            bool must_change)
{
	const struct arg args[] = {
		ARG_TEXT(name),        ARG_TEXT(display_name),
		ARG_TEXT(role),        ARG_TEXT(password_hash(arena, password)),
		ARG_BOOL(must_change), ARGS_END,
	};

	return db_run(db, &sql_user_create, args);
}

enum db_result
user_find(struct db *db, struct arena *arena, const char *name,
          struct user *ret)
{
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};

	return db_one(db, arena, &sql_user_find, args, user_columns, ret);
}

static enum db_result
end_sessions(struct db *db, const char *name, const unsigned char *keep)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		/* An empty digest is no session's. */
		ARG_BYTES(keep == NULL ? (const void *)"" : keep,
	                  keep == NULL ? 0 : SHA256_BYTES),
		ARGS_END,
	};
	enum db_result result = db_run(db, &sql_session_end_others, args);

	return result == DB_NONE ? DB_ROW : result;
}

enum db_result
user_set_password(struct db *db, struct arena *arena, const char *name,
                  const char *old, const char *password, bool must_change,
                  const unsigned char *keep)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(password_hash(arena, password)),
		ARG_BOOL(must_change),
		ARG_TEXT(old),
		ARGS_END,
	};
	enum db_result result = db_run(db, &sql_user_set_password, args);

	return result == DB_ROW ? end_sessions(db, name, keep) : result;
}

enum db_result
user_set_disabled(struct db *db, const char *name, bool disabled)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_BOOL(disabled),
		ARGS_END,
	};

	enum db_result result = db_run(db, &sql_user_set_disabled, args);

	return result == DB_ROW && disabled ? end_sessions(db, name, NULL)
	                                    : result;
}

enum db_result
user_set_teams(struct db *db, struct arena *arena, const char *name,
               const char *const *teams, size_t count)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(db_text_array(arena, teams, count)),
		ARGS_END,
	};

	return db_run(db, &sql_user_set_teams, args);
}

enum db_result
user_list(struct db *db, struct arena *arena, struct user **ret,
          size_t *ret_count)
{
	const struct arg args[] = {ARGS_END};
	struct rows rows;
	enum db_result result = db_rows(db, arena, &sql_user_list, args, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	size_t count = result == DB_ROW ? (size_t)rows.count : 0;
	struct user *users = arena_array(arena, count, sizeof(*users));
	for (size_t i = 0; i < count; i++)
		rows_read(&rows, (int)i, user_columns, &users[i]);
	*ret = users;
	*ret_count = count;
	return result;
}

enum db_result
user_check_password(struct db *db, struct arena *arena, const char *name,
                    const char *password, const char **ret_hash)
{
	struct hash {
		const char *password_hash;
	} found = {0};
	static const struct column columns[] = {
		COL_TEXT(struct hash, password_hash),
		COLS_END,
	};
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};
	enum db_result result =
		db_one(db, arena, &sql_user_password, args, columns, &found);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	*ret_hash = password_verify(password, found.password_hash)
	                    ? found.password_hash
	                    : NULL;
	return DB_ROW;
}
