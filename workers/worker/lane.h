/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "job.h"

#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct worker;

enum {
	LANE_NAME_MAX = HOST_NAME_MAX + 32,
};

/* A lane as its worker sees it. */
struct lane {
	pid_t pid; /* 0 = it does not run */
	int64_t start_at_us;
	char name[LANE_NAME_MAX]; /* of the runner */
};

/*
 * The lanes of a worker: processes that it starts, starts anew when they end,
 * and ends. A job that a lane had when it ended fails at once, and waits for no
 * lease.
 */

const char *lane_name(enum job_lane lane);

/* JOB_LANE_END when there is none of this name. */
enum job_lane lane_find(const char *name);

/* A name that no other process has, wherever it runs. */
void lane_give_name(enum job_lane lane, char ret[LANE_NAME_MAX]);

/* Has it any kinds? */
bool lane_has_work(enum job_lane lane);

/* Claims and does some jobs; DB_NONE when there was nothing to do. */
MUST_USE enum db_result lane_step(struct runner *runner);

/* --- the side of the worker ----------------------------------------------- */

/* Starts those lanes that do not run, a second after they ended. */
void lanes_step(struct worker *worker);

/* Asks all of them to end, and after 25 seconds does not ask. */
void lanes_end(struct worker *worker);
