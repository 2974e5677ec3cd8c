/* SPDX-License-Identifier: Apache-2.0 */
#include "store/event.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/sql.h"

#include <string.h>

enum {
	TIMELINE_MAX = 32,
};

static const char digits[] = "0123456789";
static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool
event_cursor_read(const char *text, struct arena *arena,
                  struct event_cursor *ret)
{
	size_t timeline = strspn(text, letters);
	int64_t xid;
	int64_t id;

	if (timeline == 0 || timeline > TIMELINE_MAX || text[timeline] != '.')
		return false;
	const char *xid_text = text + timeline + 1;
	size_t xid_len = strspn(xid_text, digits);
	if (xid_text[xid_len] != '.')
		return false;
	const char *xid_only = arena_strndup(arena, xid_text, xid_len);
	const char *id_text = xid_text + xid_len + 1;
	if (!str_to_int64(xid_only, &xid) || !str_to_int64(id_text, &id) ||
	    id < 0)
		return false;
	*ret = (struct event_cursor){
		.timeline = arena_strndup(arena, text, timeline),
		.xid = xid_only,
		.id = id,
	};
	return true;
}

static const char *
cursor_text(struct arena *arena, const char *timeline, const char *place)
{
	return arena_printf(arena, "%s.%s", timeline, place);
}

enum {
	COLUMN_DOCUMENT,
	COLUMN_NEXT,
	COLUMN_TIMELINE,
	COLUMN_PRUNED,
	COLUMN_AHEAD,
};

enum db_result
event_list(struct db *db, struct arena *arena, const struct event_cursor *after,
           int64_t limit, enum event_place *ret_place, struct event_list *ret)
{
	const struct arg none[] = {ARG_NULL, ARG_NULL, ARG_INT(limit),
	                           ARGS_END};
	const struct arg args[] = {
		ARG_TEXT(after == NULL ? NULL : after->xid),
		ARG_INT(after == NULL ? 0 : after->id),
		ARG_INT(limit),
		ARGS_END,
	};
	struct rows rows;
	enum db_result result = db_rows(db, arena, &sql_event_list,
	                                after == NULL ? none : args, &rows);

	if (result != DB_ROW)
		return result;
	const char *timeline = rows_text(&rows, 0, COLUMN_TIMELINE);
	if (after != NULL && (strcmp(after->timeline, timeline) != 0 ||
	                      rows_bool(&rows, 0, COLUMN_AHEAD))) {
		*ret_place = EVENT_PLACE_FOREIGN;
		return result;
	}
	if (rows_bool(&rows, 0, COLUMN_PRUNED)) {
		*ret_place = EVENT_PLACE_PRUNED;
		return result;
	}

	/* Without any event there is one row without a document. */
	*ret_place = EVENT_PLACE_GOOD;
	ret->next = cursor_text(arena, timeline,
	                        rows_text(&rows, rows.count - 1, COLUMN_NEXT));
	if (rows_text(&rows, 0, COLUMN_DOCUMENT) == NULL)
		rows.count = 0;
	ret->rows = rows;
	return result;
}

enum db_result
event_now(struct db *db, struct arena *arena, const char **ret)
{
	struct rows rows;
	enum db_result result = db_rows(db, arena, &sql_event_now, NULL, &rows);

	if (result == DB_ROW)
		*ret = cursor_text(arena, rows_text(&rows, 0, 0),
		                   rows_text(&rows, 0, 1));
	return result;
}

enum db_result
event_activity(struct db *db, struct arena *arena, const char *service,
               int64_t before, int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(service), ARG_INT(before),
	                           ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_event_activity, args, ret);
}

enum db_result
event_feed(struct db *db, struct arena *arena, enum event_feed feed,
           const char *key, int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(key), ARG_INT(limit), ARGS_END};
	const struct statement *statement = feed == EVENT_FEED_TEAM
	                                            ? &sql_event_feed_team
	                                            : &sql_event_feed_service;

	return db_rows(db, arena, statement, args, ret);
}

static const struct column event_columns[] = {
	COL_INT(struct event, id),       COL_TEXT(struct event, type),
	COL_TEXT(struct event, time),    COL_TEXT(struct event, kind),
	COL_TEXT(struct event, subject), COL_TEXT(struct event, actor),
	COL_TEXT(struct event, version), COL_TEXT(struct event, commit),
	COL_TEXT(struct event, run_url), COL_TEXT(struct event, changed),
	COL_TEXT(struct event, faults),  COLS_END,
};

void
event_read(const struct rows *rows, int row, struct event *ret)
{
	rows_read(rows, row, event_columns, ret);
}
