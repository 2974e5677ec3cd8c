/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "db/db.h"
#include "store/job.h"
#include "store/reader.h"
#include "store/webhook.h"
#include "worker.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static void
row(struct buf *out, const char *name, const char *type, uint64_t value)
{
	buf_printf(out, "# TYPE %s %s\n%s %" PRIu64 "\n", name, type, name,
	           value);
}

static void
print_webhooks(struct worker *worker, struct buf *out)
{
	struct reader_lag lag;
	struct webhook_figures figures;

	if (reader_lag(worker->db, worker->arena, webhook_reader, &lag) ==
	    DB_ROW)
		row(out, "mdash_webhook_lag_events", "gauge",
		    (uint64_t)lag.events);
	if (webhook_figures(worker->db, worker->arena, &figures) != DB_ROW)
		return;
	row(out, "mdash_webhook_deliveries_waiting", "gauge",
	    (uint64_t)figures.waiting);
	row(out, "mdash_webhook_deliveries_dead", "gauge",
	    (uint64_t)figures.dead);
	row(out, "mdash_webhook_delay_seconds", "gauge",
	    (uint64_t)figures.oldest_s);
	row(out, "mdash_webhooks_disabled", "gauge",
	    (uint64_t)figures.disabled);
}

/* Prometheus text, which metrics_print() takes in as it is. */
static void
print(struct worker *worker, struct buf *out)
{
	const struct worker_counts *c = &worker->counts;
	struct reader_lag lag;
	struct job_figures jobs;

	row(out, "mdash_worker_events_total", "counter", c->events);
	row(out, "mdash_worker_posts_total", "counter", c->posts);
	row(out, "mdash_worker_post_failures_total", "counter",
	    c->post_failures);
	row(out, "mdash_worker_swept_rows_total", "counter", c->swept);
	row(out, "mdash_worker_sweep_failures_total", "counter",
	    c->sweep_failures);
	row(out, "mdash_worker_seen_timestamp_seconds", "gauge",
	    (uint64_t)(clock_wall_us() / 1000000));
	/* Without a database these are not known: then no figure is given. */
	if (db_connect(worker->db) != DB_ROW)
		return;
	if (reader_lag(worker->db, worker->arena, "stream", &lag) == DB_ROW) {
		row(out, "mdash_event_lag_events", "gauge",
		    (uint64_t)lag.events);
		row(out, "mdash_event_lag_seconds", "gauge",
		    (uint64_t)lag.seconds);
	}
	if (job_figures(worker->db, worker->arena, &jobs) == DB_ROW) {
		row(out, "mdash_jobs_ready", "gauge", (uint64_t)jobs.ready);
		row(out, "mdash_jobs_running", "gauge", (uint64_t)jobs.running);
		row(out, "mdash_jobs_dead", "gauge", (uint64_t)jobs.dead);
		row(out, "mdash_job_delay_seconds", "gauge",
		    (uint64_t)jobs.delay_s);
	}
	print_webhooks(worker, out);
}

/* Renamed into place, so that nobody reads half of it. */
void
state_write(struct worker *worker)
{
	struct buf text = {.arena = worker->arena};
	const char *folder = worker->settings.metrics_dir;
	const char *path =
		arena_printf(worker->arena, "%s/worker.prom", folder);
	const char *new =
		arena_printf(worker->arena, "%s/worker.prom.new", folder);

	print(worker, &text);
	FILE *out = fopen(new, "we");
	if (out == NULL)
		return;
	bool good = fwrite(text.data, 1, text.len, out) == text.len;
	good = fclose(out) == 0 && good;
	if (!good || rename(new, path) != 0)
		(void)unlink(new);
}
