/* SPDX-License-Identifier: Apache-2.0 */
#include "store/reader.h"

#include "base/arena.h"
#include "db/sql.h"

enum {
	COLUMN_TYPE,
	COLUMN_KIND,
	COLUMN_SUBJECT,
	COLUMN_XID,
	COLUMN_ID,
	COLUMN_CURSOR,
};

enum db_result
reader_claim(struct db *db, struct arena *arena, const char *name, bool *ret)
{
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_reader_claim, args, &rows);

	if (result == DB_ROW)
		*ret = rows_bool(&rows, 0, 0);
	return result;
}

enum db_result
reader_start(struct db *db, const char *name)
{
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};

	return db_run(db, &sql_reader_start, args);
}

enum db_result
reader_next(struct db *db, struct arena *arena, const char *name,
            struct reader_batch *ret)
{
	const struct arg args[] = {ARG_TEXT(name), ARG_INT(READER_LIMIT),
	                           ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_reader_next, args, &rows);

	if (result != DB_ROW)
		return result;
	ret->count = (size_t)rows.count;
	ret->items = arena_array(arena, ret->count, sizeof(*ret->items));
	for (int i = 0; i < rows.count; i++)
		ret->items[i] = (struct reader_event){
			.type = rows_text(&rows, i, COLUMN_TYPE),
			.kind = rows_text(&rows, i, COLUMN_KIND),
			.subject = rows_text(&rows, i, COLUMN_SUBJECT),
		};
	ret->xid = rows_text(&rows, rows.count - 1, COLUMN_XID);
	ret->id = rows_int(&rows, rows.count - 1, COLUMN_ID);
	ret->cursor = rows_text(&rows, rows.count - 1, COLUMN_CURSOR);
	return result;
}

enum db_result
reader_move(struct db *db, const char *name, const struct reader_batch *batch)
{
	const struct arg args[] = {ARG_TEXT(name), ARG_TEXT(batch->xid),
	                           ARG_INT(batch->id), ARGS_END};

	return db_run(db, &sql_reader_move, args);
}

static const struct column lag_columns[] = {
	COL_BOOL(struct reader_lag, known),
	COL_INT(struct reader_lag, events),
	COL_INT(struct reader_lag, seconds),
	COLS_END,
};

enum db_result
reader_lag(struct db *db, struct arena *arena, const char *name,
           struct reader_lag *ret)
{
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};

	return db_one(db, arena, &sql_reader_lag, args, lag_columns, ret);
}
