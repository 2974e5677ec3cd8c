/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of jobs, and the process of one lane that does them. */
#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "job.h"
#include "lane.h"
#include "wire/json_out.h"

#include <signal.h>
#include <string.h>

static const struct job_kind kinds[] = {
	/* clang-format off */
	/*                               run         most per-target batch */
	{"campaigns",   JOB_LANE_DATA,  campaigns_run,      1,  1,  1},
	{"digest",      JOB_LANE_DATA,  digest_run,         1,  1,  1},
	{"digest-team", JOB_LANE_DATA,  digest_team_run, 1000,  1, 16},
	{"expire",      JOB_LANE_DATA,  expire_run,         1,  1,  1},
	{"report",      JOB_LANE_FILES, report_run,         4,  4,  1},
	{"rules",       JOB_LANE_DATA,  rules_run,          1,  1,  1},
	/* clang-format on */
};

static const char *const names[JOB_LANE_END] = {
	[JOB_LANE_DATA] = "data",
	[JOB_LANE_NETWORK] = "network",
	[JOB_LANE_FILES] = "files",
};

const char *
lane_name(enum job_lane lane)
{
	return names[lane];
}

enum job_lane
lane_find(const char *name)
{
	enum job_lane lane = 0;

	while (lane < JOB_LANE_END && strcmp(names[lane], name) != 0)
		lane++;
	return lane;
}

bool
lane_has_work(enum job_lane lane)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].lane == lane)
			return true;
	}
	return false;
}

/* Of a job that was claimed: it was asked for by the table. */
static const struct job_kind *
find(const char *name)
{
	size_t i = 0;

	while (i + 1 < ARRAY_LEN(kinds) && strcmp(kinds[i].name, name) != 0)
		i++;
	return &kinds[i];
}

/* What job_claim() may choose from: the lane's kinds, or one of them. */
static const char *
wanted(const struct runner *runner, const struct job_kind *only)
{
	struct buf text = {.arena = runner->arena};
	struct json_out out = {.buf = &text};

	json_open(&out, '[');
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const struct job_kind *kind = &kinds[i];

		if (only != NULL ? kind != only : kind->lane != runner->lane)
			continue;
		json_open(&out, '{');
		json_pair_text(&out, "kind", kind->name);
		json_pair_int(&out, "most", kind->most);
		json_pair_int(&out, "mostTarget", kind->most_target);
		json_pair_int(&out, "batch", kind->batch);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	return buf_text(&text);
}

bool
runner_ending(const struct runner *runner)
{
	sigset_t pending;

	(void)runner;
	return sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) ||
	                                     sigismember(&pending, SIGINT));
}

static void
log_lost(const struct job *jobs)
{
	for (const struct job *job = jobs; job != NULL; job = job->next) {
		if (job->place == JOB_LOST)
			log_warn("job.lost", LOG_STR("kind", job->kind),
			         LOG_INT("job", job->id),
			         LOG_INT("fence", job->fence));
	}
}

static enum db_result
claim(struct runner *runner, const struct job_kind *only, struct job **ret)
{
	runner->renewed_at_us = clock_monotonic_us();
	return job_claim(runner->db, runner->arena, wanted(runner, only),
	                 runner->name, runner->settings->job_lease_ms, ret);
}

/*
 * A third of the lease from claim or renewal to renewal. When the database does
 * not answer for another third the jobs are left alone: soon they are others'.
 */
void
runner_beat(struct runner *runner)
{
	int64_t lease_us = runner->settings->job_lease_ms * 1000;
	int64_t now_us = clock_monotonic_us();

	if (now_us - runner->renewed_at_us < lease_us / 3)
		return;

	enum db_result result =
		job_renew(runner->db, runner->arena, runner->jobs,
	                  runner->settings->job_lease_ms);
	if (result == DB_ROW) {
		runner->renewed_at_us = now_us;
		return;
	}
	if (clock_monotonic_us() - runner->renewed_at_us < lease_us * 2 / 3)
		return;
	for (struct job *job = runner->jobs; job != NULL; job = job->next) {
		if (job->place == JOB_HELD)
			job->place = JOB_LOST;
	}
}

static void
settle(struct runner *runner, bool all)
{
	enum db_result result =
		job_end(runner->db, runner->arena, runner->jobs, all);

	if (result != DB_ROW)
		log_warn("job.not-ended",
		         LOG_STR("reason", db_error(runner->db)));
}

void
runner_settle(struct runner *runner)
{
	settle(runner, false);
}

static void
append(struct runner *runner, struct job *jobs)
{
	struct job **end = &runner->jobs;

	while (*end != NULL)
		end = &(*end)->next;
	*end = jobs;
}

struct job *
runner_more(struct runner *runner)
{
	int64_t renewed_at_us = runner->renewed_at_us;
	struct job *jobs;

	if (runner_ending(runner) ||
	    claim(runner, runner->kind, &jobs) != DB_ROW)
		jobs = NULL;
	/* Those that were at hand before are older. */
	runner->renewed_at_us = renewed_at_us;
	append(runner, jobs);
	return jobs;
}

static void
log_ended(const struct job *jobs)
{
	for (const struct job *job = jobs; job != NULL; job = job->next) {
		if (job->outcome == JOB_FAILED || job->outcome == JOB_DEAD)
			log_warn("job.failed", LOG_STR("kind", job->kind),
			         LOG_INT("job", job->id),
			         LOG_INT("attempt", job->attempts),
			         LOG_STR("reason", job->error));
		else
			log_debug("job", LOG_STR("kind", job->kind),
			          LOG_INT("job", job->id),
			          LOG_INT("attempt", job->attempts));
	}
}

enum db_result
lane_step(struct runner *runner)
{
	enum db_result result = claim(runner, NULL, &runner->jobs);

	if (result != DB_ROW)
		return result;
	runner->kind = find(runner->jobs->kind);
	runner->kind->run(runner, runner->jobs);
	settle(runner, true);
	log_ended(runner->jobs);
	log_lost(runner->jobs);
	runner->jobs = NULL;
	return result;
}
