/* SPDX-License-Identifier: Apache-2.0 */
/* What was sent to webhooks, and sending it again. */
#include "jobs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "http/body.h"
#include "store/event.h"
#include "store/webhook.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

enum {
	REPLAY_BODY_MAX = 4 << 10,
	SUBJECT_MAX = 255,
};

enum http_status
test_webhook(struct req *req)
{
	int64_t id;
	const char *made = NULL;
	enum http_status answered;

	if (!webhook_path(req, "id", &id, &answered))
		return answered;
	/* In a transaction, or two might be sent (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result =
			webhook_test(req->db, req->arena, id, &req->who, &made);
	if (result == DB_ROW)
		result = db_commit(req->db);
	return webhook_reply(req, result, HTTP_ACCEPTED, made);
}

/* --- the log -------------------------------------------------------------- */

struct deliveries_query {
	const char *state;
	struct paging page;
};

static const char *
next_delivery(struct req *req, const void *list, const struct rows *rows,
              int row)
{
	return cursor_text(req, list, rows_text(rows, row, WEBHOOK_DELIVERY_ID),
	                   "");
}

enum http_status
list_deliveries(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(WORD, struct deliveries_query, state, "state",
	              .words = "waiting sending delivered dead"),
		QUERY_PAGING(struct deliveries_query, page),
		QUERY_END,
	};
	struct deliveries_query query = {.state = NULL};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t id;
	int64_t before;
	struct webhook_found webhook;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!webhook_path(req, "id", &id, &answered))
		return answered;
	const char *list =
		arena_printf(req->arena, "deliveries-%" PRId64 "-%s", id,
	                     query.state == NULL ? "all" : query.state);
	if (!cursor_read_number(req, list, query.page.after, INT64_MAX,
	                        &before))
		return problem_query(req);
	enum db_result result = webhook_find(req->db, req->arena, id, &webhook);
	if (result != DB_ROW)
		return problem_db(req, result, "webhook");
	int64_t limit = paging_limit(&query.page);
	result = webhook_deliveries(req->db, req->arena, id, query.state,
	                            before, limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "delivery");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_delivery, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- again ---------------------------------------------------------------- */

/* To a webhook that is disabled nothing is sent: false, and it is answered. */
static bool
is_on(struct req *req, int64_t id, enum http_status *answered)
{
	struct webhook_found webhook;
	enum db_result result = webhook_find(req->db, req->arena, id, &webhook);

	if (result != DB_ROW) {
		*answered = problem_db(req, result, "webhook");
		return false;
	}
	if (strcmp(webhook.state, "disabled") == 0) {
		*answered = problem(req, PROBLEM_CONFLICT,
		                    "the webhook is disabled: enable it "
		                    "first");
		return false;
	}
	return true;
}

enum http_status
retry_delivery(struct req *req)
{
	int64_t id;
	int64_t delivery;
	const char *changed = NULL;
	enum http_status answered;

	if (!webhook_path(req, "id", &id, &answered) ||
	    !webhook_path(req, "delivery", &delivery, &answered) ||
	    !is_on(req, id, &answered))
		return answered;
	enum db_result result = webhook_retry(req->db, req->arena, id, delivery,
	                                      &req->who, &changed);
	if (result == DB_NONE)
		return problem(req, PROBLEM_NOT_FOUND,
		               "there is no such delivery");
	return webhook_reply(req, result, HTTP_ACCEPTED, changed);
}

struct replay_draft {
	const char *after;
	const char *since;
	const char *subject;
};

static const struct field replay_fields[] = {
	FIELD(TEXT, struct replay_draft, after, "after", .min = 1, .max = 100),
	FIELD(TEXT, struct replay_draft, since, "since", .min = 1, .max = 64),
	FIELD(TEXT, struct replay_draft, subject, "subject", .min = 1,
              .max = SUBJECT_MAX),
	FIELD_END,
};

static void
check_replay(struct req *req, const struct replay_draft *draft,
             struct event_cursor *cursor, struct webhook_replay *ret)
{
	struct faults *faults = &req->faults;
	int64_t since_us = 0;
	char *text = arena_alloc(req->arena, CLOCK_TEXT);

	if (draft->after == NULL && draft->since == NULL &&
	    draft->subject == NULL)
		faults_add(faults, "#", 0, 0, "required",
		           "must name after, since or subject");
	if (draft->after != NULL) {
		if (!event_cursor_read(draft->after, req->arena, cursor))
			faults_add(faults, "#/after", 0, 0, "cursor",
			           "must be the cursor of an event");
		ret->after = cursor;
	}
	if (draft->since != NULL) {
		if (!clock_parse(draft->since, &since_us))
			faults_add(faults, "#/since", 0, 0, "time",
			           "must be a time as in "
			           "2026-11-24T09:30:00Z");
		clock_format(since_us, text);
		ret->since = text;
	}
	ret->subject = draft->subject;
}

/* Is the cursor one of this log, and does the log still go on from there? */
static bool
is_place(struct req *req, const struct event_cursor *after,
         enum http_status *answered)
{
	struct event_list list = {0};
	enum event_place place = EVENT_PLACE_GOOD;
	enum db_result result =
		event_list(req->db, req->arena, after, 1, &place, &list);

	if (result != DB_ROW) {
		*answered = problem_db(req, result, "event");
		return false;
	}
	if (place == EVENT_PLACE_GOOD)
		return true;
	*answered = problem(req, PROBLEM_GONE,
	                    place == EVENT_PLACE_PRUNED
	                            ? "events that follow this cursor are no "
	                              "longer kept"
	                            : "this cursor is of another database, or "
	                              "of one that was restored since");
	return false;
}

enum http_status
replay_webhook(struct req *req)
{
	struct replay_draft draft = {.after = NULL};
	struct webhook_replay replay = {.after = NULL};
	struct event_cursor cursor;
	int64_t id;
	const char *done = NULL;
	enum http_status answered;

	if (!webhook_path(req, "id", &id, &answered))
		return answered;
	if (!body_fields(req, REPLAY_BODY_MAX, replay_fields, &draft,
	                 &answered))
		return answered;
	check_replay(req, &draft, &cursor, &replay);
	if (faults_any(&req->faults))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the replay is not valid", &req->faults);
	if (!is_on(req, id, &answered) ||
	    (replay.after != NULL && !is_place(req, replay.after, &answered)))
		return answered;
	enum db_result result = webhook_replay(req->db, req->arena, id, &replay,
	                                       &req->who, &done);
	return webhook_reply(req, result, HTTP_ACCEPTED, done);
}
