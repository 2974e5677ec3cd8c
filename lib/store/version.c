/* SPDX-License-Identifier: Apache-2.0 */
#include "store/version.h"

#include "db/sql.h"

enum db_result
version_list(struct db *db, struct arena *arena, const char *id, int64_t before,
             int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARG_INT(before),
	                           ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_version_list, args, ret);
}

static const struct column version_columns[] = {
	COL_TEXT(struct version, document),
	COL_TEXT(struct version, spec),
	COL_TEXT(struct version, source),
	COL_TEXT(struct version, changes),
	COLS_END,
};

enum db_result
version_find(struct db *db, struct arena *arena, const char *id, int64_t number,
             struct version *ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARG_INT(number), ARGS_END};

	return db_one(db, arena, &sql_version_find, args, version_columns, ret);
}

static const struct column diff_columns[] = {
	COL_TEXT(struct version_diff, before),
	COL_TEXT(struct version_diff, after),
	COL_TEXT(struct version_diff, changes),
	COL_BOOL(struct version_diff, has_before),
	COL_BOOL(struct version_diff, has_after),
	COLS_END,
};

enum db_result
version_diff(struct db *db, struct arena *arena, const char *id, int64_t before,
             int64_t after, struct version_diff *ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARG_INT(before),
	                           ARG_INT(after), ARGS_END};

	return db_one(db, arena, &sql_version_diff, args, diff_columns, ret);
}
