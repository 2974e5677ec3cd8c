/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct event_cursor;
struct identity;

/*
 * Webhooks: who is told of events, and their deliveries. Drafts and documents
 * are JSON as in doc/openapi.yaml. A secret is told once, when it is made; the
 * database signs with it, and nobody reads it again.
 */

enum {
	WEBHOOKS_MAX = 100,
	WEBHOOK_REPLAY_MAX = 10000, /* events of one call */
	WEBHOOK_ANY_VERSION = -1,
};

/* Columns of webhook_list() and webhook_deliveries(). */
enum {
	WEBHOOK_DOCUMENT,
	WEBHOOK_DELIVERY_ID,
};

MUST_USE enum db_result webhook_list(struct db *db, struct arena *arena,
                                     struct rows *ret);

struct webhook_found {
	const char *document;
	const char *state;
	int64_t version;
};

MUST_USE enum db_result webhook_find(struct db *db, struct arena *arena,
                                     int64_t id, struct webhook_found *ret);

/* Webhook and secret. DB_CONFLICT for a name that is taken; DB_NONE when there
 * are WEBHOOKS_MAX. In a transaction, or it may be made twice. */
MUST_USE enum db_result webhook_create(struct db *db, struct arena *arena,
                                       const char *draft,
                                       const struct identity *who,
                                       const char **ret);

/* DB_NONE from here on: there is no such webhook, or delivery of it. */

struct webhook_changed {
	const char
		*document; /* NULL: it has another version, nothing is done */
	int64_t version;
};

/* `version` is the one that was seen, or WEBHOOK_ANY_VERSION. In a transaction,
 * or it may be done twice. */
MUST_USE enum db_result webhook_change(struct db *db, struct arena *arena,
                                       int64_t id, int64_t version,
                                       const char *draft,
                                       const struct identity *who,
                                       struct webhook_changed *ret);
MUST_USE enum db_result webhook_delete(struct db *db, struct arena *arena,
                                       int64_t id, int64_t version,
                                       const struct identity *who,
                                       struct webhook_changed *ret);
MUST_USE enum db_result webhook_rotate(struct db *db, struct arena *arena,
                                       int64_t id, int64_t version,
                                       int64_t overlap_s,
                                       const struct identity *who,
                                       struct webhook_changed *ret);

/* --- deliveries ----------------------------------------------------------- */

MUST_USE enum db_result webhook_test(struct db *db, struct arena *arena,
                                     int64_t id, const struct identity *who,
                                     const char **ret);
MUST_USE enum db_result webhook_retry(struct db *db, struct arena *arena,
                                      int64_t id, int64_t delivery,
                                      const struct identity *who,
                                      const char **ret);

/* `state` NULL = all; of ids below `before`. */
MUST_USE enum db_result webhook_deliveries(struct db *db, struct arena *arena,
                                           int64_t id, const char *state,
                                           int64_t before, int64_t limit,
                                           struct rows *ret);

/* What is sent again: all that the webhook wants of the log, after a cursor
 * (NULL = its beginning), since a time (NULL), of a subject (NULL). */
struct webhook_replay {
	const struct event_cursor *after;
	const char *since;
	const char *subject;
};

MUST_USE enum db_result webhook_replay(struct db *db, struct arena *arena,
                                       int64_t id,
                                       const struct webhook_replay *replay,
                                       const struct identity *who,
                                       const char **ret);

/* --- sending -------------------------------------------------------------- */

/* The reader of the event log that deliveries are made by (store/reader.h). */
extern const char webhook_reader[];

/* Makes deliveries of the next events; how many events there were. */
MUST_USE enum db_result webhook_fan_out(struct db *db, struct arena *arena,
                                        int64_t limit, int64_t *ret);

/* For the metrics. */
struct webhook_figures {
	int64_t waiting;
	int64_t dead;
	int64_t disabled; /* webhooks */
	int64_t oldest_s; /* how long the oldest has been due */
};

MUST_USE enum db_result webhook_figures(struct db *db, struct arena *arena,
                                        struct webhook_figures *ret);

/* A delivery that is ours for half a minute. */
struct webhook_attempt {
	int64_t id;
	int64_t fence;
	const char *url;
	const char *message_id;
	int64_t moment; /* seconds since 1970, as signed */
	const char *signature;
	const char *body;
	const char *media_type;
};

/* DB_NONE when nothing is due. */
MUST_USE enum db_result webhook_claim(struct db *db, struct arena *arena,
                                      const char *origin, int64_t room,
                                      struct webhook_attempt **ret,
                                      size_t *ret_count);

struct webhook_outcome {
	int64_t status;     /* 0 = there was no answer */
	const char *error;  /* NULL with an answer */
	const char *answer; /* what it began with */
	int64_t took_ms;
	int64_t retry_after_s; /* -1 = not said */
};

/* DB_NONE: the delivery is no longer ours, and nothing was written. `ret` is
 * its state since. */
MUST_USE enum db_result webhook_outcome(struct db *db, struct arena *arena,
                                        int64_t id, int64_t fence,
                                        const struct webhook_outcome *outcome,
                                        const char **ret);

/* Gives it back untried. */
MUST_USE enum db_result webhook_release(struct db *db, int64_t id,
                                        int64_t fence);
