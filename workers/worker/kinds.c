/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds that are one statement each: expiry, rules that had to wait, digests.
 */
#include "base/arena.h"
#include "base/attr.h"
#include "db/db.h"
#include "db/sql.h"
#include "job.h"

enum {
	ROWS_MAX = 5000, /* of one transaction: the next minute has the rest */
};

/*
 * Runs the statement of a job, which answers one value. False: the job has its
 * outcome. Without a value it was no longer ours, which job_end() will find.
 */
static bool
ask(struct runner *runner, struct job *job, const struct statement *statement,
    const struct arg *args, struct rows *ret)
{
	enum db_result result =
		db_rows(runner->db, runner->arena, statement, args, ret);

	job->outcome = result == DB_ROW ? JOB_DONE : JOB_FAILED;
	if (result != DB_ROW)
		job->error = arena_strdup(runner->arena, db_error(runner->db));
	return result == DB_ROW;
}

/* The same where the value is the result of the job. */
static void
ask_result(struct runner *runner, struct job *job,
           const struct statement *statement, const struct arg *args)
{
	struct rows rows;

	if (ask(runner, job, statement, args, &rows))
		job->result = rows_text(&rows, 0, 0);
}

void
expire_run(struct runner *runner, struct job *jobs)
{
	const struct arg args[] = {ARG_INT(jobs->id), ARG_INT(jobs->fence),
	                           ARG_INT(ROWS_MAX), ARGS_END};

	ask_result(runner, jobs, &sql_job_expire, args);
}

void
campaigns_run(struct runner *runner, struct job *jobs)
{
	const struct arg args[] = {ARG_INT(jobs->id), ARG_INT(jobs->fence),
	                           ARGS_END};

	ask_result(runner, jobs, &sql_job_campaigns, args);
}

/* A rule that never ends is found by the timeout: publishes wait meanwhile. */
void
rules_run(struct runner *runner, struct job *jobs)
{
	const struct arg args[] = {ARG_INT(jobs->id), ARG_INT(jobs->fence),
	                           ARGS_END};
	const struct arg hurry[] = {ARG_TEXT("5s"), ARGS_END};
	const struct arg usual[] = {ARG_NULL, ARGS_END};
	struct rows rows;

	if (!ask(runner, jobs, &sql_job_timeout, hurry, &rows))
		return;
	ask_result(runner, jobs, &sql_job_rules, args);
	if (db_rows(runner->db, runner->arena, &sql_job_timeout, usual,
	            &rows) != DB_ROW)
		db_disconnect(runner->db);
}

void
digest_run(struct runner *runner, struct job *jobs)
{
	const struct arg args[] = {ARG_INT(jobs->id), ARG_INT(jobs->fence),
	                           ARGS_END};
	struct rows rows;

	if (ask(runner, jobs, &sql_job_digest, args, &rows))
		jobs->outcome = JOB_WAITING;
}

void
digest_team_run(struct runner *runner, struct job *jobs)
{
	for (struct job *job = jobs; job != NULL; job = job->next) {
		const struct arg args[] = {
			ARG_INT(job->id),
			ARG_INT(job->fence),
			ARG_TEXT(runner->settings->public_origin),
			ARGS_END,
		};
		struct rows rows;

		runner_beat(runner);
		if (job->place == JOB_LOST || runner_ending(runner))
			continue;
		/* The statement has ended the job, if it was still ours. */
		if (ask(runner, job, &sql_job_digest_team, args, &rows))
			job->place = rows_text(&rows, 0, 0) == NULL ? JOB_LOST
			                                            : JOB_ENDED;
	}
}
