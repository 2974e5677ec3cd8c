/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "db/db.h"
#include "hint.h"
#include "net/http.h"
#include "store/reader.h"
#include "worker.h"

#include <string.h>

/* The cursor's name in the table event_reader. */
static const char reader[] = "stream";

enum {
	POST_MS = 2000,
	ANSWER_MAX = 64 << 10,
	PAUSE_MIN_MS = 200,
	PAUSE_MAX_MS = 5000,
};

static bool
post(struct worker *worker, const char *hint, size_t len, struct fault *fault)
{
	static const char *const headers[] = {
		"Content-Type: application/json",
		"X-EventSource-Event: change",
		NULL,
	};
	const struct net_call call = {
		.method = "POST",
		.url = "http://internal/publish/events",
		.socket = worker->settings.nginx_internal,
		.headers = headers,
		.body = hint,
		.body_len = len,
		.connect_ms = POST_MS,
		.timeout_ms = POST_MS,
		.answer_max = ANSWER_MAX,
	};
	struct net_answer answer;

	if (net_run(worker->net, worker->arena, &call, &answer, fault) !=
	    NET_OK)
		return false;
	if (answer.status < 200 || answer.status > 299) {
		(void)fault_set(fault, "status", "nginx answers %d",
		                answer.status);
		return false;
	}
	return true;
}

/* While nginx is away its tries become rare; the cursor waits. */
static bool
tell(struct worker *worker, const struct reader_batch *batch)
{
	struct fault fault;
	size_t len;
	const char *hint = hint_json(worker->arena, batch, &len);

	worker->counts.posts++;
	if (post(worker, hint, len, &fault)) {
		if (worker->pause_ms > 0)
			log_info("nginx.back");
		worker->pause_ms = 0;
		return true;
	}

	worker->counts.post_failures++;
	if (worker->pause_ms == 0)
		log_warn("nginx.away", LOG_STR("reason", fault.detail));
	worker->pause_ms *= 2;
	if (worker->pause_ms < PAUSE_MIN_MS)
		worker->pause_ms = PAUSE_MIN_MS;
	if (worker->pause_ms > PAUSE_MAX_MS)
		worker->pause_ms = PAUSE_MAX_MS;
	worker->try_at_us = clock_monotonic_us() + worker->pause_ms * 1000;
	return false;
}

/*
 * The claim and the cursor are looked at once per connection: the claim ends
 * with it, and a database that was replaced closes it.
 */
static enum db_result
claim(struct worker *worker)
{
	bool ours;
	enum db_result result = db_connect(worker->db);

	if (result != DB_ROW || worker->claimed == db_generation(worker->db))
		return result;
	result = reader_claim(worker->db, worker->arena, reader, &ours);
	if (result != DB_ROW)
		return result;
	if (!ours)
		return DB_NONE;

	uint64_t generation = db_generation(worker->db);
	result = reader_start(worker->db, reader);
	if (result == DB_ROW) {
		log_info("stream.start");
		if (!tell(worker, NULL))
			return DB_NONE;
	}
	if (result == DB_ROW || result == DB_NONE) {
		worker->claimed = generation;
		result = DB_ROW;
	}
	return result;
}

bool
stream_step(struct worker *worker)
{
	struct reader_batch batch;

	if (worker->pause_ms > 0 && clock_monotonic_us() < worker->try_at_us)
		return false;

	enum db_result result = claim(worker);
	if (result == DB_ROW)
		result = reader_next(worker->db, worker->arena, reader, &batch);
	if (result == DB_NONE) {
		worker_database(worker, false);
		return false;
	}
	if (result != DB_ROW) {
		worker_database(worker, true);
		return false;
	}
	worker_database(worker, false);

	/* Told first, moved after: a crash between tells twice, never not. */
	if (!tell(worker, &batch))
		return false;
	worker->counts.events += batch.count;
	result = reader_move(worker->db, reader, &batch);
	if (result != DB_ROW && result != DB_NONE)
		worker_database(worker, true);
	return batch.count == READER_LIMIT;
}
