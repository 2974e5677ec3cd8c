/* SPDX-License-Identifier: Apache-2.0 */
#include "base/attr.h"
#include "base/log.h"
#include "db/db.h"
#include "db/sql.h"
#include "worker.h"

static void
sweep(struct worker *worker, const char *what,
      const struct statement *statement, const struct arg *args)
{
	struct rows rows;
	enum db_result result =
		db_rows(worker->db, worker->arena, statement, args, &rows);

	if (result != DB_ROW) {
		worker->counts.sweep_failures++;
		log_warn("sweep.failed", LOG_STR("what", what),
		         LOG_STR("reason", db_error(worker->db)));
		return;
	}
	int64_t count = rows_int(&rows, 0, 0);
	worker->counts.swept += (uint64_t)count;
	if (count > 0)
		log_info("sweep", LOG_STR("what", what),
		         LOG_INT("rows", count));
}

void
sweep_step(struct worker *worker)
{
	const struct settings *s = &worker->settings;
	const struct arg none[] = {ARGS_END};
	const struct arg sessions[] = {
		ARG_INT(s->session_idle_s),
		ARG_INT(s->session_max_s),
		ARGS_END,
	};
	const struct arg events[] = {
		ARG_INT(s->event_keep_s),
		ARGS_END,
	};

	if (db_connect(worker->db) != DB_ROW)
		return;
	sweep(worker, "sessions", &sql_sweep_auth, sessions);
	sweep(worker, "idempotency keys", &sql_sweep_idempotency, none);
	sweep(worker, "events", &sql_sweep_event, events);
	sweep(worker, "failed publishes", &sql_sweep_failure, none);
	sweep(worker, "deliveries", &sql_sweep_webhook, none);
	sweep(worker, "jobs", &sql_sweep_job, none);
}
