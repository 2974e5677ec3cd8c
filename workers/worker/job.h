/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/settings.h"
#include "store/job.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct net;

/*
 * What runs jobs. Kinds that wait for the same thing share a lane, and each
 * lane is a process of its own: an address that hangs or a file that kills its
 * parser holds up its own lane at most, and never the event stream.
 */

enum job_lane {
	JOB_LANE_DATA,    /* works in the database */
	JOB_LANE_NETWORK, /* talks to others */
	JOB_LANE_FILES,   /* reads what others sent */
	JOB_LANE_END,
};

struct runner {
	const struct settings *settings;
	struct db *db; /* its statements may take half a lease */
	struct net *net;
	struct arena *arena; /* until the jobs at hand have ended */

	/* For jobs.c alone. */
	enum job_lane lane;
	const char *name;
	const struct job_kind *kind;
	struct job *jobs;      /* at hand */
	int64_t renewed_at_us; /* monotonic */
};

/*
 * Does the jobs of a list, all of one kind, and sets the outcome of each. It
 * runs outside any transaction. What it writes to the database it writes in one
 * statement that asks job_mine(id, fence) first, or in a transaction that does:
 * then a runner that was thought dead writes nothing. What must not be done
 * twice also calls job_end() there, and sets the place of the job to JOB_ENDED.
 * A job without an outcome goes back to where it was.
 *
 * One that takes longer than some seconds calls runner_beat() between its steps
 * and leaves jobs alone whose place is JOB_LOST.
 */
typedef void job_run(struct runner *runner, struct job *jobs);

struct job_kind {
	const char *name;
	enum job_lane lane;
	job_run *run;
	int64_t most;        /* that run at once, in all workers */
	int64_t most_target; /* of these, for one target */
	int64_t batch;       /* that run() gets at once, 1 to JOB_BATCH_MAX */
};

/* Keeps the leases alive; call it as often as you like. */
void runner_beat(struct runner *runner);

/* Is the worker asked to end? Then begin nothing new; there are 25 seconds. */
bool runner_ending(const struct runner *runner);

/* Ends those jobs at hand that have an outcome, before run() returns. */
void runner_settle(struct runner *runner);

/*
 * More jobs of the kind that runs, so that one that hangs holds up none of
 * those that came later; NULL when there is none. They are at hand, too.
 */
struct job *runner_more(struct runner *runner);

/* The kinds. */
job_run campaigns_run;
job_run digest_run;
job_run digest_team_run;
job_run expire_run;
job_run report_run;
job_run rules_run;
