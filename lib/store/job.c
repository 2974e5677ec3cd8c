/* SPDX-License-Identifier: Apache-2.0 */
#include "store/job.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/sql.h"
#include "store/publish.h"
#include "wire/json_out.h"

#include <stddef.h>

static const struct column columns[] = {
	COL_INT(struct job, id),           COL_TEXT(struct job, kind),
	COL_TEXT(struct job, key),         COL_TEXT(struct job, payload),
	COL_TEXT(struct job, target),      COL_INT(struct job, attempts),
	COL_INT(struct job, attempts_max), COL_INT(struct job, fence),
	COL_INT(struct job, parent),       COLS_END,
};

enum db_result
job_claim(struct db *db, struct arena *arena, const char *kinds,
          const char *runner, int64_t lease_ms, struct job **ret)
{
	const struct arg args[] = {ARG_TEXT(kinds), ARG_TEXT(runner),
	                           ARG_INT(lease_ms), ARGS_END};
	struct rows rows;
	enum db_result result = db_rows(db, arena, &sql_job_claim, args, &rows);

	*ret = NULL;
	if (result != DB_ROW)
		return result;
	for (int i = rows.count - 1; i >= 0; i--) {
		struct job *job = arena_alloc(arena, sizeof(*job));

		rows_read(&rows, i, columns, job);
		job->next = *ret;
		*ret = job;
	}
	return result;
}

static const char *const outcomes[] = {
	[JOB_RETURNED] = "returned", [JOB_DONE] = "done",
	[JOB_FAILED] = "failed",     [JOB_DEAD] = "dead",
	[JOB_WAITING] = NULL,
};

static void
outcome_json(struct json_out *out, const struct job *job)
{
	json_pair_text(out, "outcome", outcomes[job->outcome]);
	if (job->outcome == JOB_DONE && job->result != NULL)
		json_pair_raw(out, "result", job->result);
	if (job->error != NULL)
		json_pair_text(out, "error", job->error);
	if (job->delay_ms > 0)
		json_pair_int(out, "delay", job->delay_ms);
}

/* Runs a statement over jobs, which answers the numbers that were held. */
static enum db_result
tell(struct db *db, struct arena *arena, const struct statement *statement,
     struct arg *args, struct job *jobs, bool all, bool ending)
{
	struct buf text = {.arena = arena};
	struct json_out out = {.buf = &text};
	struct rows rows;
	int count = 0;

	json_open(&out, '[');
	for (struct job *job = jobs; job != NULL; job = job->next) {
		/* What has become a run is no longer claimed by anybody. */
		if (job->place == JOB_HELD && job->outcome == JOB_WAITING)
			job->place = JOB_ENDED;
		if (job->place != JOB_HELD ||
		    (!all && job->outcome == JOB_RETURNED))
			continue;
		json_open(&out, '{');
		json_pair_int(&out, "id", job->id);
		json_pair_int(&out, "fence", job->fence);
		if (ending)
			outcome_json(&out, job);
		json_close(&out, '}');
		count++;
	}
	json_close(&out, ']');
	if (count == 0)
		return DB_ROW;

	args[0] = (struct arg)ARG_TEXT(buf_text(&text));
	enum db_result result = db_rows(db, arena, statement, args, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return result;
	for (struct job *job = jobs; job != NULL; job = job->next) {
		int row = 0;

		if (job->place != JOB_HELD ||
		    (!all && job->outcome == JOB_RETURNED))
			continue;
		while (result == DB_ROW && row < rows.count &&
		       rows_int(&rows, row, 0) != job->id)
			row++;
		if (result == DB_NONE || row == rows.count)
			job->place = JOB_LOST;
		else if (ending)
			job->place = JOB_ENDED;
	}
	return DB_ROW;
}

enum db_result
job_end(struct db *db, struct arena *arena, struct job *jobs, bool all)
{
	struct arg args[] = {ARG_NULL, ARGS_END};

	return tell(db, arena, &sql_job_end, args, jobs, all, true);
}

enum db_result
job_renew(struct db *db, struct arena *arena, struct job *jobs,
          int64_t lease_ms)
{
	struct arg args[] = {ARG_NULL, ARG_INT(lease_ms), ARGS_END};

	return tell(db, arena, &sql_job_renew, args, jobs, true, false);
}

static enum db_result
number(struct db *db, struct arena *arena, const struct statement *statement,
       const struct arg *args, int64_t *ret)
{
	struct rows rows;
	enum db_result result = db_rows(db, arena, statement, args, &rows);

	if (result == DB_ROW)
		*ret = rows_int(&rows, 0, 0);
	return result;
}

enum db_result
job_lost(struct db *db, struct arena *arena, const char *runner, int64_t *ret)
{
	const struct arg args[] = {ARG_TEXT(runner), ARGS_END};

	return number(db, arena, &sql_job_lost, args, ret);
}

enum db_result
job_tick(struct db *db, struct arena *arena, int64_t *ret)
{
	const struct arg none[] = {ARGS_END};

	return number(db, arena, &sql_job_tick, none, ret);
}

enum db_result
job_figures(struct db *db, struct arena *arena, struct job_figures *ret)
{
	static const struct column figures[] = {
		COL_INT(struct job_figures, ready),
		COL_INT(struct job_figures, running),
		COL_INT(struct job_figures, dead),
		COL_INT(struct job_figures, delay_s),
		COLS_END,
	};
	const struct arg none[] = {ARGS_END};

	return db_one(db, arena, &sql_job_figures, none, figures, ret);
}

/* --- for people ----------------------------------------------------------- */

enum db_result
job_list(struct db *db, struct arena *arena, const struct job_filter *filter,
         struct rows *ret)
{
	const struct arg parent = ARG_INT(filter->parent);
	const struct arg nothing = ARG_NULL;
	const struct arg args[] = {
		ARG_TEXT(filter->state),
		ARG_TEXT(filter->kind),
		filter->parent != 0 ? parent : nothing,
		ARG_INT(filter->before),
		ARG_INT(filter->limit),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_job_list, args, ret);
}

enum db_result
job_find(struct db *db, struct arena *arena, int64_t id, const char **ret)
{
	const struct arg args[] = {ARG_INT(id), ARGS_END};
	struct rows rows;
	enum db_result result = db_rows(db, arena, &sql_job_find, args, &rows);

	if (result == DB_ROW)
		*ret = rows_text(&rows, 0, 0);
	return result;
}

enum db_result
schedule_list(struct db *db, struct arena *arena, struct rows *ret)
{
	return db_rows(db, arena, &sql_schedule_list, NULL, ret);
}

static enum db_result
ask(struct db *db, struct arena *arena, const struct statement *statement,
    const struct arg *args, struct job_answer *ret)
{
	static const struct column answer[] = {
		COL_INT(struct job_answer, status),
		COL_TEXT(struct job_answer, detail),
		COL_TEXT(struct job_answer, body),
		COLS_END,
	};

	return db_one(db, arena, statement, args, answer, ret);
}

enum db_result
job_retry(struct db *db, struct arena *arena, int64_t id,
          const struct identity *who, struct job_answer *ret)
{
	const struct arg args[] = {
		ARG_INT(id), ARG_TEXT(publish_who_text(arena, who)), ARGS_END};

	return ask(db, arena, &sql_job_retry, args, ret);
}

enum db_result
job_cancel(struct db *db, struct arena *arena, int64_t id,
           const struct identity *who, struct job_answer *ret)
{
	const struct arg args[] = {
		ARG_INT(id), ARG_TEXT(publish_who_text(arena, who)), ARGS_END};

	return ask(db, arena, &sql_job_cancel, args, ret);
}

enum db_result
schedule_run(struct db *db, struct arena *arena, const char *name,
             const struct identity *who, struct job_answer *ret)
{
	const struct arg args[] = {ARG_TEXT(name),
	                           ARG_TEXT(publish_who_text(arena, who)),
	                           ARGS_END};

	return ask(db, arena, &sql_schedule_run, args, ret);
}

enum db_result
schedule_pause(struct db *db, struct arena *arena, const char *name,
               bool paused, const struct identity *who, struct job_answer *ret)
{
	const struct arg args[] = {ARG_TEXT(name), ARG_BOOL(paused),
	                           ARG_TEXT(publish_who_text(arena, who)),
	                           ARGS_END};

	return ask(db, arena, &sql_schedule_pause, args, ret);
}
