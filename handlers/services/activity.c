/* SPDX-License-Identifier: Apache-2.0 */
/* What happened to a service, and the event log as a whole. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/event.h"
#include "wire/json_out.h"

#include <string.h>

struct activity_query {
	struct paging page;
};

static const struct query_field activity_fields[] = {
	QUERY_PAGING(struct activity_query, page),
	QUERY_END,
};

static const char *
next_event(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list, rows_text(rows, row, EVENT_ACTIVITY_ID),
	                   "");
}

enum http_status
list_activity(struct req *req)
{
	static const char list[] = "activity";
	const char *id = req_path(req, "id");
	struct activity_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t before;
	enum http_status answered;

	if (!query_read(req, activity_fields, &query) ||
	    !cursor_read_number(req, list, query.page.after, INT64_MAX,
	                        &before))
		return problem_query(req);

	int64_t limit = paging_limit(&query.page);
	enum db_result result = event_activity(req->db, req->arena, id, before,
	                                       limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "event");
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_event, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- the log -------------------------------------------------------------- */

enum {
	EVENTS_DEFAULT = 100,
	EVENTS_MAX = 500,
	EVENT_CURSOR_MAX = 100,
};

struct events_query {
	const char *after;
	struct query_int limit;
};

static const struct query_field events_fields[] = {
	QUERY(TEXT, struct events_query, after, "after", .min = 1,
              .max = EVENT_CURSOR_MAX),
	QUERY(INT, struct events_query, limit, "limit", .min = 1,
              .max = EVENTS_MAX),
	QUERY_END,
};

static enum http_status
reply_events(struct req *req, const struct event_list *list)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_open(&out, '{');
	write_items(&out, "items", &list->rows, list->rows.count);
	json_pair_text(&out, "next", list->next);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

static enum http_status
problem_place(struct req *req, enum event_place place)
{
	return problem(
		req, PROBLEM_GONE,
		place == EVENT_PLACE_PRUNED
			? "events that follow this cursor are no longer "
			  "kept: read everything again, then go on from "
			  "after=now"
			: "this cursor is of another database, or of one "
			  "that was restored since: read everything "
			  "again, then go on from after=now");
}

enum http_status
list_events(struct req *req)
{
	struct events_query query = {0};
	struct event_cursor after;
	struct event_list list = {0};
	enum event_place place = EVENT_PLACE_GOOD;
	enum db_result result;

	if (!query_read(req, events_fields, &query))
		return problem_query(req);
	if (query.after != NULL && strcmp(query.after, "now") == 0) {
		result = event_now(req->db, req->arena, &list.next);
		return result == DB_ROW ? reply_events(req, &list)
		                        : problem_db(req, result, "event");
	}
	if (query.after != NULL &&
	    !event_cursor_read(query.after, req->arena, &after)) {
		faults_add(&req->faults, "?after", 0, 0, "cursor",
		           "must be `now` or the `next` of an earlier answer");
		return problem_query(req);
	}

	int64_t limit = query.limit.given ? query.limit.value : EVENTS_DEFAULT;
	result = event_list(req->db, req->arena,
	                    query.after == NULL ? NULL : &after, limit, &place,
	                    &list);
	if (result != DB_ROW)
		return problem_db(req, result, "event");
	if (place != EVENT_PLACE_GOOD)
		return problem_place(req, place);
	return reply_events(req, &list);
}
