/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/*
 * Reading the event log: in the order of its cursor, where none is missed, or
 * of one service or team, the newest first.
 */

/* A place in the log: "timeline.xid.id". */
struct event_cursor {
	const char *timeline;
	const char *xid;
	int64_t id;
};

/* False when the text is no cursor. */
bool event_cursor_read(const char *text, struct arena *arena,
                       struct event_cursor *ret);

struct event_list {
	struct rows rows; /* column EVENT_LIST_JSON; none when nothing came */
	const char *next; /* cursor */
};

enum {
	EVENT_LIST_JSON, /* Event */
};

enum event_place {
	EVENT_PLACE_GOOD,
	EVENT_PLACE_PRUNED,  /* events after it were swept: begin anew */
	EVENT_PLACE_FOREIGN, /* of another database, or restored since */
};

/* Events after a cursor; NULL is the oldest that is kept. The list is filled
 * when the place is good. */
MUST_USE enum db_result event_list(struct db *db, struct arena *arena,
                                   const struct event_cursor *after,
                                   int64_t limit, enum event_place *ret_place,
                                   struct event_list *ret);

/* The cursor that everything to come is after. */
MUST_USE enum db_result event_now(struct db *db, struct arena *arena,
                                  const char **ret);

/* Columns of event_activity(). */
enum {
	EVENT_ACTIVITY_JSON, /* Event */
	EVENT_ACTIVITY_ID,
};

/* Of one service, of ids below `before`. */
MUST_USE enum db_result event_activity(struct db *db, struct arena *arena,
                                       const char *service, int64_t before,
                                       int64_t limit, struct rows *ret);

/* An event in words for feeds; NULL where it has none. */
struct event {
	int64_t id;
	const char *type;
	const char *time; /* RFC 3339 */
	const char *kind;
	const char *subject;
	const char *actor;
	const char *version;
	const char *commit;
	const char *run_url;
	const char *changed; /* paths, with commas between */
	const char *faults;
};

enum event_feed {
	EVENT_FEED_SERVICE,
	EVENT_FEED_TEAM,
};

/* The newest events of a service or team; read rows by event_read(). */
MUST_USE enum db_result event_feed(struct db *db, struct arena *arena,
                                   enum event_feed feed, const char *key,
                                   int64_t limit, struct rows *ret);

void event_read(const struct rows *rows, int row, struct event *ret);
