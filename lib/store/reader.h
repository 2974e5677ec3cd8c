/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Our own readers of the event log: each has a name and a cursor that outlives
 * it. Events come in the order of their transactions and stop where one that
 * may still add some is running, so none is ever passed over.
 */

enum {
	READER_LIMIT = 1000, /* events of one batch */
};

struct reader_event {
	const char *type;
	const char *kind;
	const char *subject;
};

struct reader_batch {
	struct reader_event *items;
	size_t count;
	const char *xid; /* of the last event: what reader_move() wants */
	int64_t id;
	const char *cursor; /* the same for the outside, as in /api/v1/events */
};

/*
 * Only one process at a time may be a reader; the claim ends with the database
 * connection. `ret` tells whether it is ours now.
 */
MUST_USE enum db_result reader_claim(struct db *db, struct arena *arena,
                                     const char *name, bool *ret);

/*
 * Makes the cursor when there is none yet, at the present end of the log; does
 * the same for a cursor of another life of the database, which lies beyond its
 * end. DB_ROW when it did one of them, DB_NONE when the cursor is good.
 */
MUST_USE enum db_result reader_start(struct db *db, const char *name);

/* The next events; DB_NONE when there are none. */
MUST_USE enum db_result reader_next(struct db *db, struct arena *arena,
                                    const char *name, struct reader_batch *ret);

/* Moves the cursor behind a batch; never back. */
MUST_USE enum db_result reader_move(struct db *db, const char *name,
                                    const struct reader_batch *batch);

struct reader_lag {
	bool known;      /* false: the reader has not run yet */
	int64_t events;  /* not read yet; counted up to 10,000 */
	int64_t seconds; /* age of the oldest of them; 0 without any */
};

MUST_USE enum db_result reader_lag(struct db *db, struct arena *arena,
                                   const char *name, struct reader_lag *ret);
