/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "db/db.h"
#include "db/schema.h"
#include "deliver.h"
#include "net/http.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SWEEP_MS = 60 * 1000,
	STATE_MS = 5 * 1000,
	SCHEDULES_MS = 1000,
};

void
worker_database(struct worker *worker, bool down)
{
	if (down && !worker->database_down)
		log_warn("database.away",
		         LOG_STR("reason", db_error(worker->db)));
	if (!down && worker->database_down)
		log_info("database.back");
	worker->database_down = down;
}

/* Signals are blocked but here, so a step is never cut in two. */
static bool
wait_ms(const sigset_t *signals, int64_t ms)
{
	const struct timespec most = {
		.tv_sec = ms / 1000,
		.tv_nsec = (ms % 1000) * 1000000,
	};
	int number = sigtimedwait(signals, NULL, &most);

	return number > 0 && number != SIGCHLD;
}

/* Runs now and then; `at_us` is when the next time is due. */
static bool
due(int64_t *at_us, int64_t every_ms)
{
	int64_t now_us = clock_monotonic_us();

	if (now_us < *at_us)
		return false;
	*at_us = now_us + every_ms * 1000;
	return true;
}

/* Another schema means wrong statements: wait for mdash-migrate. */
static bool
wait_for_schema(struct worker *worker, const sigset_t *signals)
{
	int64_t number = 0;
	int64_t told = -1;

	for (;;) {
		enum db_result result =
			schema_number(worker->db, worker->arena, &number);

		worker_database(worker, result == DB_DOWN);
		if (result == DB_ROW && number == SCHEMA_NUMBER)
			return true;
		if (result != DB_DOWN && told != number) {
			log_warn("schema", LOG_INT("is", number),
			         LOG_INT("needed", SCHEMA_NUMBER),
			         LOG_STR("todo", "run mdash-migrate"));
			told = number;
		}
		arena_reset(worker->arena);
		if (wait_ms(signals, 1000))
			return false;
	}
}

static void
run(struct worker *worker, struct deliver *deliver, const sigset_t *signals)
{
	int64_t sweep_at_us = 0;
	int64_t state_at_us = 0;
	int64_t schedules_at_us = 0;
	bool more = false;

	if (!wait_for_schema(worker, signals))
		return;
	do {
		lanes_step(worker);
		deliver_wait(deliver,
		             more ? 0 : worker->settings.event_poll_ms);
		more = deliver_step(deliver);
		more = stream_step(worker) || more;
		if (due(&schedules_at_us, SCHEDULES_MS))
			schedules_step(worker);
		if (due(&sweep_at_us, SWEEP_MS))
			sweep_step(worker);
		if (due(&state_at_us, STATE_MS))
			state_write(worker);
		arena_reset(worker->arena);
	} while (!wait_ms(signals, 0));
	lanes_end(worker);
}

static void
run_lane(struct worker *worker, struct runner *runner, const sigset_t *signals)
{
	enum db_result result;

	if (!wait_for_schema(worker, signals))
		return;
	do {
		result = lane_step(runner);
		worker_database(worker, result == DB_DOWN);
		arena_reset(worker->arena);
	} while (!wait_ms(signals,
	                  result == DB_ROW ? 0 : worker->settings.job_poll_ms));
}

/* The value behind an option; NULL when it is not there. */
static const char *
option(int argc, char **argv, const char *name)
{
	for (int i = 1; i + 1 < argc; i++) {
		if (strcmp(argv[i], name) == 0)
			return argv[i + 1];
	}
	return NULL;
}

static int
settings_read(const char *path, struct arena *arena, struct settings *ret)
{
	struct fault fault;

	(void)log_init("mdash-worker", "info");
	if (settings_load(ret, path, arena, &fault) != 0) {
		log_error("settings", LOG_STR("reason", fault.detail),
		          LOG_INT("line", fault.line));
		return -1;
	}
	if (!log_init("mdash-worker", ret->log_level)) {
		log_error("settings", LOG_STR("reason", "unknown log_level"));
		return -1;
	}
	return 0;
}

/* As the worker, or as one of its lanes. */
static int
serve(struct worker *worker, struct runner *runner, const sigset_t *signals)
{
	bool lane = runner->name != NULL;
	int64_t longest = worker->settings.statement_timeout_ms;

	if (lane && worker->settings.job_lease_ms / 2 > longest)
		longest = worker->settings.job_lease_ms / 2;

	const struct db_settings db_settings = {
		.conninfo = worker->settings.database,
		.program = lane ? runner->name : "worker",
		.statement_timeout_ms = longest,
		.connect_timeout_ms = worker->settings.connect_timeout_ms,
		.team_limit = worker->settings.todos_team_limit,
	};
	struct db *db AUTO(db_free) = db_new(&db_settings);
	struct net *net AUTO(net_free) = net_new("mdash-worker");

	worker->db = runner->db = db;
	worker->net = runner->net = net;
	if (lane) {
		log_info("start", LOG_STR("lane", lane_name(runner->lane)));
		run_lane(worker, runner, signals);
		log_info("end");
		return EXIT_SUCCESS;
	}
	struct deliver *deliver = deliver_new(worker, signals);
	if (deliver == NULL)
		return EXIT_FAILURE;
	log_info("start");
	run(worker, deliver, signals);
	deliver_end(&deliver);
	log_info("end");
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct arena *forever AUTO(arena_free) = arena_new();
	struct arena *arena AUTO(arena_free) = arena_new();
	const char *lane = option(argc, argv, "--lane");
	struct worker worker = {
		.arena = arena,
		.program = argv[0],
		.config = option(argc, argv, "--config"),
	};
	struct runner runner = {
		.settings = &worker.settings,
		.arena = arena,
		.name = option(argc, argv, "--runner"),
	};
	char name[LANE_NAME_MAX];
	sigset_t signals;

	if (settings_read(worker.config, forever, &worker.settings) != 0)
		return EXIT_FAILURE;
	if (lane != NULL) {
		runner.lane = lane_find(lane);
		if (runner.lane == JOB_LANE_END) {
			log_error("lane.unknown", LOG_STR("lane", lane));
			return EXIT_FAILURE;
		}
		lane_give_name(runner.lane, name);
		if (runner.name == NULL)
			runner.name = name;
	} else {
		runner.name = NULL;
	}
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigaddset(&signals, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);
	return serve(&worker, &runner, &signals);
}
