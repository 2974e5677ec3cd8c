/* SPDX-License-Identifier: Apache-2.0 */
#include "deliver.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "db/db.h"
#include "net/multi.h"
#include "store/reader.h"
#include "store/webhook.h"
#include "worker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	AT_ONCE =
		64, /* in all; how many for one webhook is in webhook_claim() */
	CONNECT_MS = 5000,
	TOTAL_MS = 20000,
	ANSWER_MAX = 64 << 10,
	ANSWER_KEPT = 1 << 10,
	DRAIN_MS = 3000,
	EVENTS = 200, /* of one round, and of one statement, at most */
	TRIES = 3,    /* to write an outcome */
};

struct deliver {
	struct worker *worker;
	struct net_multi *multi;
	struct net_rules rules;
	struct arena *forever;
	int signal_fd;
	uint64_t started; /* generation of the connection with a good cursor */
	int64_t look_at_us;
	int64_t events; /* as many as the statement has time for */
};

/* What a transfer is for. */
struct claim {
	int64_t id;
	int64_t fence;
};

struct deliver *
deliver_new(struct worker *worker, const sigset_t *signals)
{
	const struct settings *s = &worker->settings;
	struct arena *forever = arena_new();
	struct deliver *deliver = arena_alloc(forever, sizeof(*deliver));
	struct fault fault;

	*deliver = (struct deliver){
		.worker = worker,
		.forever = forever,
		.signal_fd = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK),
		.events = EVENTS,
	};
	if (net_rules_read(s->webhook_allow, s->webhook_schemes,
	                   s->webhook_ports, forever, &deliver->rules,
	                   &fault) != 0) {
		log_error("settings", LOG_STR("reason", fault.detail));
		arena_free(&forever);
		return NULL;
	}
	deliver->multi = net_multi_new("mdash-webhook/1", &deliver->rules);
	return deliver;
}

/* --- one round ------------------------------------------------------------ */

/* The cursor is looked at once per connection, as in stream.c. */
static enum db_result
start(struct deliver *deliver)
{
	struct db *db = deliver->worker->db;
	enum db_result result = db_connect(db);

	if (result != DB_ROW || deliver->started == db_generation(db))
		return result;
	result = reader_start(db, webhook_reader);
	if (result == DB_ROW)
		log_info("webhooks.start");
	if (result != DB_ROW && result != DB_NONE)
		return result;
	deliver->started = db_generation(db);
	return DB_ROW;
}

static void
begin(struct deliver *deliver, const struct webhook_attempt *attempt)
{
	struct arena *arena = deliver->worker->arena;
	struct claim *claim = arena_must(malloc(sizeof(*claim)));
	const char *const headers[] = {
		arena_printf(arena, "Content-Type: %s", attempt->media_type),
		arena_printf(arena, "webhook-id: %s", attempt->message_id),
		arena_printf(arena, "webhook-timestamp: %" PRId64,
	                     attempt->moment),
		arena_printf(arena, "webhook-signature: %s",
	                     attempt->signature),
		NULL,
	};

	*claim = (struct claim){.id = attempt->id, .fence = attempt->fence};
	const struct net_send send = {
		.url = attempt->url,
		.headers = headers,
		.body = attempt->body,
		.body_len = strlen(attempt->body),
		.connect_ms = CONNECT_MS,
		.timeout_ms = TOTAL_MS,
		.answer_max = ANSWER_MAX,
		.keep_max = ANSWER_KEPT,
		.tag = claim,
	};
	net_multi_add(deliver->multi, &send);
}

/* A lost outcome costs a second delivery when the lease is over, no more. */
static void
end(struct deliver *deliver, const struct net_sent *sent)
{
	struct worker *worker = deliver->worker;
	struct claim *claim = sent->tag;
	const char *state = "unknown";
	const struct webhook_outcome outcome = {
		.status = sent->status,
		.error = sent->error,
		.answer = sent->body,
		.took_ms = sent->took_ms,
		.retry_after_s = sent->retry_after_s,
	};
	enum db_result result = DB_AGAIN;

	for (int i = 0; i < TRIES && result == DB_AGAIN; i++)
		result = webhook_outcome(worker->db, worker->arena, claim->id,
		                         claim->fence, &outcome, &state);
	log_debug("webhook.sent", LOG_INT("delivery", claim->id),
	          LOG_INT("status", sent->status), LOG_STR("state", state),
	          LOG_INT("ms", sent->took_ms));
	if (result != DB_ROW)
		log_warn("webhook.outcome-lost", LOG_INT("delivery", claim->id),
		         LOG_STR("reason", result == DB_NONE
		                                   ? "the lease was over"
		                                   : db_error(worker->db)));
	free(claim);
}

/*
 * Makes deliveries of new events; true when there may be more. How long that
 * takes depends on the webhooks and on the machine: what was too much for the
 * time of a statement is asked for in smaller parts.
 */
static bool
fan_out(struct deliver *deliver, enum db_result *result)
{
	int64_t asked = deliver->events;
	int64_t events = 0;

	*result = webhook_fan_out(deliver->worker->db, deliver->worker->arena,
	                          asked, &events);
	if (*result == DB_TIMEOUT) {
		deliver->events = asked > 1 ? asked / 2 : 1;
		log_warn("webhook.fan-out-slow", LOG_INT("events", asked));
	} else if (events == asked) {
		deliver->events = asked * 2 < EVENTS ? asked * 2 : EVENTS;
	}
	return events == asked;
}

/* Looks for new events and for what is due; true when that was the limit. */
static bool
look(struct deliver *deliver)
{
	struct worker *worker = deliver->worker;
	struct webhook_attempt *attempts;
	size_t count = 0;
	bool more = false;
	size_t room = AT_ONCE - net_multi_busy(deliver->multi);
	enum db_result result = start(deliver);

	if (result == DB_ROW)
		more = fan_out(deliver, &result);
	/* What waits does not wait for what is new. */
	if ((result == DB_ROW || result == DB_TIMEOUT) && room > 0)
		result = webhook_claim(worker->db, worker->arena,
		                       worker->settings.public_origin,
		                       (int64_t)room, &attempts, &count);
	worker_database(worker, result != DB_ROW && result != DB_NONE);
	for (size_t i = 0; i < count; i++)
		begin(deliver, &attempts[i]);
	return more;
}

bool
deliver_step(struct deliver *deliver)
{
	struct net_sent sent;
	bool ended = false;
	bool more = false;

	while (net_multi_next(deliver->multi, &sent)) {
		end(deliver, &sent);
		ended = true;
	}
	/* What has ended makes room, which is filled at once. */
	if (ended || clock_monotonic_us() >= deliver->look_at_us) {
		more = look(deliver);
		deliver->look_at_us =
			more ? 0
			     : clock_monotonic_us() +
					deliver->worker->settings
							.event_poll_ms *
						1000;
	}
	return more;
}

void
deliver_wait(struct deliver *deliver, int64_t ms)
{
	int64_t left_ms =
		(deliver->look_at_us - clock_monotonic_us()) / 1000 + 1;

	net_multi_wait(deliver->multi, deliver->signal_fd,
	               left_ms < 0    ? 0
	               : left_ms < ms ? left_ms
	                              : ms);
}

void
deliver_end(struct deliver **deliver_)
{
	struct deliver *deliver = *deliver_;
	struct net_sent sent;
	struct claim *claim;
	int64_t until_us = clock_monotonic_us() + DRAIN_MS * 1000;

	while (net_multi_busy(deliver->multi) > 0 &&
	       clock_monotonic_us() < until_us) {
		while (net_multi_next(deliver->multi, &sent))
			end(deliver, &sent);
		net_multi_wait(deliver->multi, -1, 100);
	}
	while ((claim = net_multi_drop(deliver->multi)) != NULL) {
		(void)!webhook_release(deliver->worker->db, claim->id,
		                       claim->fence);
		free(claim);
	}
	net_multi_free(&deliver->multi);
	(void)close(deliver->signal_fd);
	struct arena *forever = deliver->forever;
	arena_free(&forever);
	*deliver_ = NULL;
}
