/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct identity;

/*
 * Background jobs (sql/functions/job.sql). Who claims one has it for as long as
 * its lease runs by the clock of the database, and ends it under the number of
 * its claim, the fence: a claim that came later makes that number worthless.
 */

enum job_outcome {
	JOB_RETURNED, /* nothing was done: as if it had not been claimed */
	JOB_DONE,
	JOB_FAILED,  /* to be tried again, if not too often yet */
	JOB_DEAD,    /* it would never succeed */
	JOB_WAITING, /* it has become a run of parts: job_fan_out() */
};

/* One that was claimed. The runner fills in what became of it. */
struct job {
	struct job *next;
	int64_t id;
	const char *kind;
	const char *key;     /* NULL = none */
	const char *payload; /* JSON */
	const char *target;  /* NULL = none */
	int64_t attempts;    /* this one counted */
	int64_t attempts_max;
	int64_t fence;
	int64_t parent; /* 0 = none */

	enum job_outcome outcome;
	const char *result; /* JSON, of JOB_DONE; NULL = none */
	const char *error;  /* of JOB_FAILED and JOB_DEAD, in one sentence */
	int64_t delay_ms;   /* of JOB_FAILED; 0 = as the table of pauses says */

	enum {
		JOB_HELD,
		JOB_ENDED, /* the database knows what became of it */
		JOB_LOST,  /* somebody else has it: do nothing more */
	} place;
};

enum {
	JOB_BATCH_MAX = 16, /* of one claim */
};

/*
 * Jobs of one kind that is in `kinds`, a JSON array of {kind, most, mostTarget,
 * batch}; DB_NONE when there is nothing to do.
 */
MUST_USE enum db_result job_claim(struct db *db, struct arena *arena,
                                  const char *kinds, const char *runner,
                                  int64_t lease_ms, struct job **ret);

/*
 * Tells the outcome of those that are held, of all or of those that have one;
 * marks them as ended or lost.
 */
MUST_USE enum db_result job_end(struct db *db, struct arena *arena,
                                struct job *jobs, bool all);

/* Longer leases for those that are held; marks the others as lost. */
MUST_USE enum db_result job_renew(struct db *db, struct arena *arena,
                                  struct job *jobs, int64_t lease_ms);

/* Jobs of a runner that is no more fail; how many. */
MUST_USE enum db_result job_lost(struct db *db, struct arena *arena,
                                 const char *runner, int64_t *ret);

/* Makes the jobs that schedules are due for, and closes runs at their deadline;
 * how many of both. */
MUST_USE enum db_result job_tick(struct db *db, struct arena *arena,
                                 int64_t *ret);

struct job_figures {
	int64_t ready; /* and due */
	int64_t running;
	int64_t dead;
	int64_t delay_s; /* of the oldest that is due */
};

MUST_USE enum db_result job_figures(struct db *db, struct arena *arena,
                                    struct job_figures *ret);

/* --- for people ----------------------------------------------------------- */

struct job_filter {
	const char *state; /* NULL = any */
	const char *kind;  /* NULL = any */
	int64_t parent;    /* parts of a run; 0 = what is no part */
	int64_t before;    /* ids below */
	int64_t limit;
};

/* Columns of job_list(). */
enum {
	JOB_LIST_JSON, /* Job */
	JOB_LIST_ID,
};

MUST_USE enum db_result job_list(struct db *db, struct arena *arena,
                                 const struct job_filter *filter,
                                 struct rows *ret);

/* The rendered JobDetail. */
MUST_USE enum db_result job_find(struct db *db, struct arena *arena, int64_t id,
                                 const char **ret);

/* Column 0 is the rendered Schedule. */
MUST_USE enum db_result schedule_list(struct db *db, struct arena *arena,
                                      struct rows *ret);

/* What came of a wish: 200 with the document, or 404 and 409 with a sentence.
 */
struct job_answer {
	int64_t status;
	const char *detail;
	const char *body;
};

MUST_USE enum db_result job_retry(struct db *db, struct arena *arena,
                                  int64_t id, const struct identity *who,
                                  struct job_answer *ret);
MUST_USE enum db_result job_cancel(struct db *db, struct arena *arena,
                                   int64_t id, const struct identity *who,
                                   struct job_answer *ret);
MUST_USE enum db_result schedule_run(struct db *db, struct arena *arena,
                                     const char *name,
                                     const struct identity *who,
                                     struct job_answer *ret);
MUST_USE enum db_result schedule_pause(struct db *db, struct arena *arena,
                                       const char *name, bool paused,
                                       const struct identity *who,
                                       struct job_answer *ret);
