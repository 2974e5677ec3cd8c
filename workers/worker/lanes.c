/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "lane.h"
#include "worker.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	AGAIN_US = 1000 * 1000,      /* from an end to the next start */
	DRAIN_US = 25 * 1000 * 1000, /* for what is at hand */
	LOOK_MS = 10,
};

void
lane_give_name(enum job_lane number, char ret[LANE_NAME_MAX])
{
	char host[HOST_NAME_MAX + 1] = "";
	unsigned long chance = 0;

	(void)gethostname(host, sizeof(host) - 1);
	(void)!getrandom(&chance, sizeof(chance), 0);
	/* PostgreSQL shows the first 63 bytes. */
	(void)snprintf(ret, LANE_NAME_MAX, "%s/%016lx/%s", lane_name(number),
	               chance, host);
}

static _Noreturn void
become(const struct worker *worker, const char *lane, const char *name,
       pid_t parent)
{
	/* Killed, the worker still ends its lanes. */
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() == parent)
		(void)execl("/proc/self/exe", worker->program, "--lane", lane,
		            "--runner", name,
		            worker->config != NULL ? "--config" : NULL,
		            worker->config, NULL);
	_exit(EXIT_FAILURE);
}

/* Jobs that a lane had fail now; without a database, with their leases. */
static int64_t
give_back(struct worker *worker, const struct lane *lane)
{
	int64_t jobs = 0;

	if (db_connect(worker->db) != DB_ROW ||
	    job_lost(worker->db, worker->arena, lane->name, &jobs) != DB_ROW)
		jobs = 0;
	return jobs;
}

static void
start(struct worker *worker, enum job_lane number)
{
	struct lane *lane = &worker->lanes[number];
	pid_t parent = getpid();

	/* Again: what it had asked for may have come after it had ended. */
	if (lane->name[0] != '\0')
		(void)give_back(worker, lane);
	lane_give_name(number, lane->name);
	pid_t pid = fork();
	if (pid == 0)
		become(worker, lane_name(number), lane->name, parent);
	lane->pid = pid > 0 ? pid : 0;
	if (pid < 0)
		log_warn("lane.not-started",
		         LOG_STR("lane", lane_name(number)));
}

static void
look(struct worker *worker, enum job_lane number)
{
	struct lane *lane = &worker->lanes[number];
	int status;

	if (lane->pid == 0 || waitpid(lane->pid, &status, WNOHANG) <= 0)
		return;
	lane->pid = 0;
	lane->start_at_us = clock_monotonic_us() + AGAIN_US;

	int64_t jobs = give_back(worker, lane);
	if (!worker->ending || jobs > 0)
		log_warn("lane.ended", LOG_STR("lane", lane_name(number)),
		         LOG_INT("status", status), LOG_INT("jobs", jobs));
}

void
lanes_step(struct worker *worker)
{
	for (enum job_lane i = 0; i < JOB_LANE_END; i++) {
		look(worker, i);
		if (worker->lanes[i].pid == 0 && lane_has_work(i) &&
		    clock_monotonic_us() >= worker->lanes[i].start_at_us)
			start(worker, i);
	}
}

static bool
signal_all(const struct worker *worker, int number)
{
	bool any = false;

	for (enum job_lane i = 0; i < JOB_LANE_END; i++) {
		if (worker->lanes[i].pid != 0)
			any = kill(worker->lanes[i].pid, number) == 0 || any;
	}
	return any;
}

void
lanes_end(struct worker *worker)
{
	const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000};
	int64_t end_us = clock_monotonic_us() + DRAIN_US;
	bool killed = false;

	worker->ending = true;
	(void)signal_all(worker, SIGTERM);
	while (signal_all(worker, 0)) {
		for (enum job_lane i = 0; i < JOB_LANE_END; i++)
			look(worker, i);
		if (!killed && clock_monotonic_us() >= end_us)
			killed = signal_all(worker, SIGKILL);
		(void)nanosleep(&pause, NULL);
	}
}
