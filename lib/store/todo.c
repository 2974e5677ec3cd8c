/* SPDX-License-Identifier: Apache-2.0 */
#include "store/todo.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/identity.h"
#include "db/sql.h"
#include "store/publish.h"
#include "wire/json_out.h"

enum {
	PAGE_MOST = 200,       /* transitions and comments of one item */
	LOOKED_AT_MOST = 5000, /* changes, for one page of them */
	CHANGE_MS = 2000,
	BULK_MS = 4000, /* a hundred changes are 1 to 2 s of a busy machine */
};

/* --- reading -------------------------------------------------------------- */

static void
put_given(struct json_out *out, const char *name, const char *text)
{
	if (text != NULL)
		json_pair_text(out, name, text);
}

static const char *
filter_text(struct arena *arena, const struct todo_filter *filter,
            const struct identity *who)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '{');
	put_given(&out, "campaign", filter->campaign);
	put_given(&out, "service", filter->service);
	put_given(&out, "team", filter->team);
	put_given(&out, "assignee", filter->assignee);
	put_given(&out, "source", filter->source);
	put_given(&out, "externalID", filter->external_id);
	put_given(&out, "state", filter->state);
	put_given(&out, "due", filter->due);
	if (filter->snoozed)
		json_pair_bool(&out, "snoozed", true);
	if (filter->since)
		json_pair_bool(&out, "since", true);
	if (filter->mine) {
		json_pair_raw(&out, "mine", publish_who_text(arena, who));
	}
	json_close(&out, '}');
	return buf_text(&buf);
}

enum db_result
todo_list(struct db *db, struct arena *arena, const struct todo_filter *filter,
          const struct identity *who, const char *after_due,
          int64_t after_level, int64_t after_id, int64_t limit,
          struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(filter_text(arena, filter, who)),
		ARG_TEXT(after_due),
		ARG_INT(after_level),
		ARG_INT(after_id),
		ARG_INT(limit),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_todo_list, args, ret);
}

struct document {
	const char *document;
};

enum db_result
todo_groups(struct db *db, struct arena *arena,
            const struct todo_filter *filter, const struct identity *who,
            const char **ret)
{
	static const struct column columns[] = {
		COL_TEXT(struct document, document),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_TEXT(filter_text(arena, filter, who)),
		ARGS_END,
	};
	struct document row = {0};
	enum db_result result =
		db_one(db, arena, &sql_todo_groups, args, columns, &row);

	if (result == DB_ROW)
		*ret = row.document;
	return result;
}

enum {
	AFTER_JSON,
	AFTER_NEXT,
	AFTER_TIMELINE,
	AFTER_MORE,
	AFTER_AHEAD,
};

enum db_result
todo_after(struct db *db, struct arena *arena, const struct todo_filter *filter,
           const struct identity *who, const char *xid, int64_t id,
           int64_t limit, struct todo_changes *ret)
{
	const struct arg args[] = {
		ARG_TEXT(filter_text(arena, filter, who)),
		ARG_TEXT(xid),
		ARG_INT(id),
		ARG_INT(limit),
		ARG_INT(LOOKED_AT_MOST),
		ARGS_END,
	};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_todo_after, args, &rows);

	if (result != DB_ROW)
		return result;
	ret->next = rows_text(&rows, 0, AFTER_NEXT);
	ret->timeline = rows_text(&rows, 0, AFTER_TIMELINE);
	ret->more = rows_bool(&rows, 0, AFTER_MORE);
	ret->ahead = rows_bool(&rows, 0, AFTER_AHEAD);
	/* Without any change there is one row without a document. */
	if (rows_text(&rows, 0, AFTER_JSON) == NULL)
		rows.count = 0;
	ret->rows = rows;
	return result;
}

enum db_result
todo_find(struct db *db, struct arena *arena, int64_t id,
          const struct identity *who, struct todo_page *ret)
{
	static const struct column columns[] = {
		COL_INT(struct todo_page, version),
		COL_TEXT(struct todo_page, document),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(publish_who_text(arena, who)),
		ARG_INT(PAGE_MOST),
		ARGS_END,
	};

	return db_one(db, arena, &sql_todo_find, args, columns, ret);
}

enum db_result
todo_comment_list(struct db *db, struct arena *arena, int64_t id, int64_t after,
                  int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(id), ARG_INT(after), ARG_INT(limit),
	                           ARGS_END};

	return db_rows(db, arena, &sql_todo_comment_list, args, ret);
}

enum db_result
todo_matrix(struct db *db, struct arena *arena, const char *team,
            const char *campaign, const char *after, int64_t limit,
            struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(team), ARG_TEXT(campaign), ARG_TEXT(after),
		ARG_INT(limit), ARGS_END,
	};

	return db_rows(db, arena, &sql_todo_matrix, args, ret);
}

enum db_result
todo_matrix_campaigns(struct db *db, struct arena *arena, struct rows *ret)
{
	return db_rows(db, arena, &sql_todo_matrix_campaigns, NULL, ret);
}

/* --- writing -------------------------------------------------------------- */

#define ANSWER_COLUMNS                                 \
	COL_INT(struct todo_answer, status),           \
		COL_TEXT(struct todo_answer, pointer), \
		COL_TEXT(struct todo_answer, code),    \
		COL_TEXT(struct todo_answer, detail),  \
		COL_TEXT(struct todo_answer, needs),   \
		COL_TEXT(struct todo_answer, body)

static const struct column answer_columns[] = {ANSWER_COLUMNS, COLS_END};

/* Whoever opens an item runs a rule, which somebody wrote: it may take so long
 * while others wait. That the turn came late is not its fault. */
static enum db_result
begin_change(struct db *db, struct arena *arena, int64_t ms)
{
	static const struct column columns[] = {
		COL_INT(struct todo_answer, status),
		COLS_END,
	};
	struct todo_answer turn;
	enum db_result result =
		db_one(db, arena, &sql_write_turn, NULL, columns, &turn);

	return result == DB_ROW ? db_part_begin(db, ms) : result;
}

enum db_result
todo_patch(struct db *db, struct arena *arena, int64_t id, int64_t version,
           const char *change, const struct identity *who,
           struct todo_answer *ret)
{
	const struct arg args[] = {
		ARG_INT(id),      ARG_INT(version),
		ARG_TEXT(change), ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result = begin_change(db, arena, CHANGE_MS);

	if (result == DB_ROW)
		result = db_one(db, arena, &sql_todo_patch, args,
		                answer_columns, ret);
	return result;
}

enum db_result
todo_bulk(struct db *db, struct arena *arena, const char *changes,
          const struct identity *who, struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(changes),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result = begin_change(db, arena, BULK_MS);

	return result == DB_ROW ? db_rows(db, arena, &sql_todo_bulk, args, ret)
	                        : result;
}

void
todo_answer_read(const struct rows *rows, int row, struct todo_answer *ret)
{
	static const struct column columns[] = {
		COL_INT(struct todo_answer, item),
		ANSWER_COLUMNS,
		COLS_END,
	};

	rows_read(rows, row, columns, ret);
}

enum db_result
todo_create(struct db *db, struct arena *arena, const char *draft,
            const struct identity *who, struct todo_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(draft),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_todo_create, args, answer_columns, ret);
}

enum db_result
todo_comment_add(struct db *db, struct arena *arena, int64_t id,
                 const char *text, const struct identity *who,
                 struct todo_answer *ret)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(text),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_todo_comment_add, args, answer_columns,
	              ret);
}
