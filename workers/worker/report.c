/* SPDX-License-Identifier: Apache-2.0 */
/* Reads reports of CI, each in a process of its own, and keeps what they say.
 */
#include "report/report.h"
#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "job.h"
#include "store/report_job.h"
#include "store/rules.h"

static void
fail(struct job *job, enum job_outcome outcome, const char *why)
{
	job->outcome = outcome;
	job->error = why;
}

/* One transaction: the facts, and what rules make of them. */
static enum db_result
write_facts(struct runner *runner, const struct job *job,
            const struct report_job *report, const char *family,
            const char *facts, enum report_outcome *ret,
            const char **ret_members)
{
	bool follow = false;
	enum db_result result = db_begin(runner->db);

	*ret_members = rules_nothing;
	if (result == DB_ROW)
		result = report_job_write(runner->db, runner->arena, job->id,
		                          job->fence, family, facts, ret,
		                          &follow);
	if (result == DB_ROW && follow)
		result = rules_follow(runner->db, runner->arena,
		                      &report->options, &report->who,
		                      ret_members);
	return result == DB_ROW ? db_commit(runner->db) : result;
}

/* Its bytes stay until it is known what they say. */
static void
forget(struct runner *runner, const struct job *job)
{
	if (report_job_forget(runner->db, runner->arena, job->id) != DB_ROW)
		log_warn("report.kept", LOG_INT("job", job->id),
		         LOG_STR("reason", db_error(runner->db)));
}

static void
keep(struct runner *runner, struct job *job, const struct report_job *report,
     const char *family, const char *facts)
{
	enum report_outcome outcome = REPORT_OUTCOME_END;
	const char *members;
	enum db_result result = write_facts(runner, job, report, family, facts,
	                                    &outcome, &members);

	/* Ends what was not committed. */
	db_rollback(runner->db);
	if (result != DB_ROW) {
		fail(job, JOB_FAILED, db_error(runner->db));
		return;
	}
	job->outcome = JOB_DONE;
	switch (outcome) {
	case REPORT_WRITTEN:
		job->result = rules_answer(runner->arena,
		                           arena_printf(runner->arena,
		                                        "{\"family\":\"%s\"}",
		                                        family),
		                           members);
		break;
	case REPORT_SUPERSEDED:
		job->result = "{\"superseded\":true}";
		break;
	case REPORT_GONE:
		fail(job, JOB_DEAD, "the service is there no more");
		break;
	case REPORT_LOST:
	case REPORT_OUTCOME_END:
		job->place = JOB_LOST;
		return;
	}
	forget(runner, job);
}

static void
read_bytes(struct runner *runner, struct job *job,
           const struct report_job *report, const char *bytes, size_t len)
{
	enum report_format format = report_format_named(report->format);
	const char *facts;
	const char *fault;
	bool again;

	if (format == REPORT_FORMAT_END) {
		fail(job, JOB_DEAD, "no such format is read");
		return;
	}
	if (report_read_apart(bytes, len, format, runner->arena, &facts, &fault,
	                      &again)) {
		keep(runner, job, report, report_family(format), facts);
		return;
	}
	fail(job, again ? JOB_FAILED : JOB_DEAD, fault);
	if (!again)
		forget(runner, job);
}

static void
read_one(struct runner *runner, struct job *job)
{
	struct report_job report;
	const char *bytes;
	size_t len;

	if (!report_job_read(runner->arena, job->payload, &report)) {
		fail(job, JOB_DEAD, "its payload is that of no report");
		return;
	}
	switch (report_job_bytes(runner->db, runner->arena, &report, &bytes,
	                         &len)) {
	case DB_ROW:
		read_bytes(runner, job, &report, bytes, len);
		break;
	case DB_NONE:
		fail(job, JOB_DEAD, "its bytes were read before");
		break;
	case DB_CONFLICT:
	case DB_AGAIN:
	case DB_DOWN:
	case DB_TIMEOUT:
	case DB_ERROR:
	case DB_RESULT_END:
		fail(job, JOB_FAILED, db_error(runner->db));
		break;
	}
}

void
report_run(struct runner *runner, struct job *jobs)
{
	for (struct job *job = jobs; job != NULL; job = job->next) {
		runner_beat(runner);
		if (job->place == JOB_HELD && !runner_ending(runner))
			read_one(runner, job);
	}
}
