/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "db/db.h"
#include "db/schema.h"
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

	return sigtimedwait(signals, NULL, &most) > 0;
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
run(struct worker *worker, const sigset_t *signals)
{
	int64_t sweep_at_us = 0;
	int64_t state_at_us = 0;
	bool more;

	if (!wait_for_schema(worker, signals))
		return;
	do {
		more = stream_step(worker);
		if (due(&sweep_at_us, SWEEP_MS))
			sweep_step(worker);
		if (due(&state_at_us, STATE_MS))
			state_write(worker);
		arena_reset(worker->arena);
	} while (!wait_ms(signals, more ? 0 : worker->settings.event_poll_ms));
}

static const char *
config_path(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i++) {
		if (strcmp(argv[i], "--config") == 0)
			return argv[i + 1];
	}
	return NULL;
}

static int
settings_read(int argc, char **argv, struct arena *arena, struct settings *ret)
{
	struct fault fault;

	(void)log_init("mdash-worker", "info");
	if (settings_load(ret, config_path(argc, argv), arena, &fault) != 0) {
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

int
main(int argc, char **argv)
{
	struct arena *forever AUTO(arena_free) = arena_new();
	struct arena *arena AUTO(arena_free) = arena_new();
	struct worker worker = {.arena = arena};
	sigset_t signals;

	if (settings_read(argc, argv, forever, &worker.settings) != 0)
		return EXIT_FAILURE;
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);

	const struct db_settings db_settings = {
		.conninfo = worker.settings.database,
		.program = "worker",
		.statement_timeout_ms = worker.settings.statement_timeout_ms,
		.connect_timeout_ms = worker.settings.connect_timeout_ms,
	};
	struct db *db AUTO(db_free) = db_new(&db_settings);
	struct net *net AUTO(net_free) = net_new("mdash-worker");

	worker.db = db;
	worker.net = net;
	log_info("start");
	run(&worker, &signals);
	log_info("end");
	return EXIT_SUCCESS;
}
