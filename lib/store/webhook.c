/* SPDX-License-Identifier: Apache-2.0 */
#include "store/webhook.h"

#include "base/arena.h"
#include "db/sql.h"
#include "store/event.h"
#include "store/publish.h"

const char webhook_reader[] = "webhook";

/* The one text that a statement answers; DB_NONE when it is NULL. */
static enum db_result
one_text(struct db *db, struct arena *arena, const struct statement *statement,
         const struct arg *args, const char **ret)
{
	struct rows rows;
	enum db_result result = db_rows(db, arena, statement, args, &rows);

	if (result != DB_ROW)
		return result;
	*ret = rows_text(&rows, 0, 0);
	return *ret == NULL ? DB_NONE : DB_ROW;
}

enum db_result
webhook_list(struct db *db, struct arena *arena, struct rows *ret)
{
	const struct arg args[] = {ARGS_END};

	return db_rows(db, arena, &sql_webhook_list, args, ret);
}

static const struct column found_columns[] = {
	COL_TEXT(struct webhook_found, document),
	COL_TEXT(struct webhook_found, state),
	COL_INT(struct webhook_found, version),
	COLS_END,
};

enum db_result
webhook_find(struct db *db, struct arena *arena, int64_t id,
             struct webhook_found *ret)
{
	const struct arg args[] = {ARG_INT(id), ARGS_END};

	return db_one(db, arena, &sql_webhook_find, args, found_columns, ret);
}

enum db_result
webhook_create(struct db *db, struct arena *arena, const char *draft,
               const struct identity *who, const char **ret)
{
	const struct arg args[] = {
		ARG_TEXT(draft),
		ARG_INT(WEBHOOKS_MAX),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return one_text(db, arena, &sql_webhook_create, args, ret);
}

static const struct column changed_columns[] = {
	COL_TEXT(struct webhook_changed, document),
	COL_INT(struct webhook_changed, version),
	COLS_END,
};

enum db_result
webhook_change(struct db *db, struct arena *arena, int64_t id, int64_t version,
               const char *draft, const struct identity *who,
               struct webhook_changed *ret)
{
	const struct arg args[] = {
		ARG_INT(id),     ARG_INT(version),
		ARG_TEXT(draft), ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_webhook_change, args, changed_columns,
	              ret);
}

enum db_result
webhook_delete(struct db *db, struct arena *arena, int64_t id, int64_t version,
               const struct identity *who, struct webhook_changed *ret)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_INT(version),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_webhook_delete, args, changed_columns,
	              ret);
}

enum db_result
webhook_rotate(struct db *db, struct arena *arena, int64_t id, int64_t version,
               int64_t overlap_s, const struct identity *who,
               struct webhook_changed *ret)
{
	const struct arg args[] = {
		ARG_INT(id),        ARG_INT(version),
		ARG_INT(overlap_s), ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_webhook_rotate, args, changed_columns,
	              ret);
}

/* --- deliveries ----------------------------------------------------------- */

enum db_result
webhook_test(struct db *db, struct arena *arena, int64_t id,
             const struct identity *who, const char **ret)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return one_text(db, arena, &sql_webhook_test, args, ret);
}

enum db_result
webhook_retry(struct db *db, struct arena *arena, int64_t id, int64_t delivery,
              const struct identity *who, const char **ret)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_INT(delivery),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return one_text(db, arena, &sql_webhook_retry, args, ret);
}

enum db_result
webhook_deliveries(struct db *db, struct arena *arena, int64_t id,
                   const char *state, int64_t before, int64_t limit,
                   struct rows *ret)
{
	const struct arg args[] = {
		ARG_INT(id),    ARG_TEXT(state), ARG_INT(before),
		ARG_INT(limit), ARGS_END,
	};

	return db_rows(db, arena, &sql_webhook_deliveries, args, ret);
}

enum db_result
webhook_replay(struct db *db, struct arena *arena, int64_t id,
               const struct webhook_replay *replay, const struct identity *who,
               const char **ret)
{
	const struct event_cursor *after = replay->after;
	const struct arg args[] = {
		ARG_INT(id),
		ARG_TEXT(after == NULL ? "0" : after->xid),
		ARG_INT(after == NULL ? 0 : after->id),
		ARG_TEXT(replay->since),
		ARG_TEXT(replay->subject),
		ARG_INT(WEBHOOK_REPLAY_MAX),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return one_text(db, arena, &sql_webhook_replay, args, ret);
}

/* --- sending -------------------------------------------------------------- */

enum db_result
webhook_fan_out(struct db *db, struct arena *arena, int64_t limit, int64_t *ret)
{
	const struct arg args[] = {ARG_INT(limit), ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_webhook_fan_out, args, &rows);

	if (result == DB_ROW)
		*ret = rows_int(&rows, 0, 0);
	return result;
}

enum db_result
webhook_figures(struct db *db, struct arena *arena, struct webhook_figures *ret)
{
	static const struct column figures[] = {
		COL_INT(struct webhook_figures, waiting),
		COL_INT(struct webhook_figures, dead),
		COL_INT(struct webhook_figures, disabled),
		COL_INT(struct webhook_figures, oldest_s),
		COLS_END,
	};
	const struct arg none[] = {ARGS_END};

	return db_one(db, arena, &sql_webhook_figures, none, figures, ret);
}

static const struct column attempt_columns[] = {
	COL_INT(struct webhook_attempt, id),
	COL_INT(struct webhook_attempt, fence),
	COL_TEXT(struct webhook_attempt, url),
	COL_TEXT(struct webhook_attempt, message_id),
	COL_INT(struct webhook_attempt, moment),
	COL_TEXT(struct webhook_attempt, signature),
	COL_TEXT(struct webhook_attempt, body),
	COL_TEXT(struct webhook_attempt, media_type),
	COLS_END,
};

enum db_result
webhook_claim(struct db *db, struct arena *arena, const char *origin,
              int64_t room, struct webhook_attempt **ret, size_t *ret_count)
{
	const struct arg args[] = {ARG_TEXT(origin), ARG_INT(room), ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_webhook_claim, args, &rows);

	if (result != DB_ROW)
		return result;
	*ret_count = (size_t)rows.count;
	*ret = arena_array(arena, *ret_count, sizeof(**ret));
	for (int i = 0; i < rows.count; i++)
		rows_read(&rows, i, attempt_columns, &(*ret)[i]);
	return DB_ROW;
}

enum db_result
webhook_outcome(struct db *db, struct arena *arena, int64_t id, int64_t fence,
                const struct webhook_outcome *outcome, const char **ret)
{
	const struct arg args[] = {
		ARG_INT(id),
		ARG_INT(fence),
		ARG_INT(outcome->status),
		ARG_TEXT(outcome->error),
		ARG_TEXT(outcome->answer),
		ARG_INT(outcome->took_ms),
		ARG_INT(outcome->retry_after_s),
		ARGS_END,
	};

	return one_text(db, arena, &sql_webhook_outcome, args, ret);
}

enum db_result
webhook_release(struct db *db, int64_t id, int64_t fence)
{
	const struct arg args[] = {ARG_INT(id), ARG_INT(fence), ARGS_END};

	return db_run(db, &sql_webhook_release, args);
}
