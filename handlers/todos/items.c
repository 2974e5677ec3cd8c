/* SPDX-License-Identifier: Apache-2.0 */
/* Items, by when they are due; or by when they changed, for who follows them.
 */
#include "todos.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "store/event.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	NAME_MAX = 63,
	PRINCIPAL_MAX = 100,
	KEY_MAX = 200,
	DAY_CHARS = 10,
};

struct items_query {
	const char *campaign;
	const char *service;
	const char *team;
	const char *assignee;
	bool mine;
	const char *state;
	const char *due;
	bool snoozed;
	const char *source;
	const char *external_id;
	const char *since;
	struct paging page;
};

static const struct query_field fields[] = {
	QUERY(TEXT, struct items_query, campaign, "campaign", .min = 1,
              .max = NAME_MAX),
	QUERY(TEXT, struct items_query, service, "service", .min = 1,
              .max = NAME_MAX),
	QUERY(TEXT, struct items_query, team, "team", .min = 1,
              .max = NAME_MAX),
	QUERY(TEXT, struct items_query, assignee, "assignee", .min = 1,
              .max = PRINCIPAL_MAX),
	QUERY(FLAG, struct items_query, mine, "mine"),
	QUERY(WORD, struct items_query, state, "state",
              .words = "todo open waiting in_review done not_applicable exempt "
                       "cancelled all"),
	QUERY(WORD, struct items_query, due, "due",
              .words = "overdue week later"),
	QUERY(FLAG, struct items_query, snoozed, "snoozed"),
	QUERY(TEXT, struct items_query, source, "source", .min = 1,
              .max = NAME_MAX),
	QUERY(TEXT, struct items_query, external_id, "externalID", .min = 1,
              .max = KEY_MAX),
	QUERY(TEXT, struct items_query, since, "since", .max = CURSOR_MAX),
	QUERY_PAGING(struct items_query, page),
	QUERY_END,
};

static struct todo_filter
filter_of(const struct items_query *query)
{
	/* Who follows items wants to see that they are done; who asks for one
	 * by its key wants it however it is. */
	const char *state = query->since != NULL || query->external_id != NULL
	                            ? "all"
	                            : "todo";

	return (struct todo_filter){
		.campaign = query->campaign,
		.service = query->service,
		.team = query->team,
		.assignee = query->assignee,
		.source = query->source,
		.external_id = query->external_id,
		.state = query->state == NULL ? state : query->state,
		.due = query->due,
		.snoozed = query->snoozed,
		.since = query->since != NULL,
		.mine = query->mine,
	};
}

/* --- by when they are due ------------------------------------------------- */

struct place {
	const char *due;
	int64_t level;
	int64_t id;
};

static const char list_name[] = "todos";

/* The key is "2026-12-24 2": a day, or infinity, and a level. */
static bool
read_place(struct req *req, const char *after, struct place *ret)
{
	const char *key;
	const char *id;

	*ret = (struct place){.due = "-infinity"};
	if (!cursor_read(req, list_name, after, &key, &id))
		return false;
	if (*key == '\0')
		return true;
	size_t len = strcspn(key, " ");
	ret->due = arena_strndup(req->arena, key, len);
	if (strcmp(ret->due, "infinity") != 0)
		check_day(req, "?after", ret->due);
	/* Also of numbers and days anybody can make a cursor. */
	if (key[len] != ' ' || !str_to_int64(key + len + 1, &ret->level) ||
	    ret->level < INT16_MIN || ret->level > INT16_MAX ||
	    !str_to_int64(id, &ret->id))
		faults_add(&req->faults, "?after", 0, 0, "cursor",
		           "must be the `next` of the page before");
	return !faults_any(&req->faults);
}

static const char *
next_item(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list, rows_text(rows, row, TODO_LIST_KEY),
	                   rows_text(rows, row, TODO_LIST_ID));
}

static enum http_status
by_due(struct req *req, const struct items_query *query)
{
	const struct todo_filter filter = filter_of(query);
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct place place;
	const char *groups = NULL;

	if (!read_place(req, query->page.after, &place))
		return problem_query(req);
	int64_t limit = paging_limit(&query->page);
	enum db_result result =
		todo_list(req->db, req->arena, &filter, &req->who, place.due,
	                  place.level, place.id, limit + 1, &rows);
	if (query->mine && (result == DB_ROW || result == DB_NONE))
		result = todo_groups(req->db, req->arena, &filter, &req->who,
		                     &groups);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "item");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_item, list_name);
	if (groups != NULL)
		json_pair_raw(&out, "groups", groups);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- by when they changed ------------------------------------------------- */

static enum http_status
problem_place(struct req *req)
{
	return problem(req, PROBLEM_GONE,
	               "this cursor is of another database, or of one that was "
	               "restored since: read all items again, from since= on");
}

static bool
read_since(struct req *req, const struct items_query *query,
           struct event_cursor *ret)
{
	const char *since = query->since;

	*ret = (struct event_cursor){.xid = "0"};
	if (query->page.after != NULL)
		faults_add(
			&req->faults, "?after", 0, 0, "conflict",
			"is of the list by due date: with `since` go on with "
			"the `cursor` of the answer before");
	else if (*since != '\0' && !event_cursor_read(since, req->arena, ret))
		faults_add(
			&req->faults, "?since", 0, 0, "cursor",
			"must be empty or the `cursor` of an earlier answer");
	return !faults_any(&req->faults);
}

static enum http_status
by_change(struct req *req, const struct items_query *query)
{
	const struct todo_filter filter = filter_of(query);
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct todo_changes changes = {.next = NULL};
	struct event_cursor since;

	if (!read_since(req, query, &since))
		return problem_query(req);
	enum db_result result =
		todo_after(req->db, req->arena, &filter, &req->who, since.xid,
	                   since.id, paging_limit(&query->page), &changes);
	if (result != DB_ROW)
		return problem_db(req, result, "item");
	if (changes.ahead || (since.timeline != NULL &&
	                      strcmp(since.timeline, changes.timeline) != 0))
		return problem_place(req);

	const char *cursor = arena_printf(req->arena, "%s.%s", changes.timeline,
	                                  changes.next);
	json_open(&out, '{');
	write_items(&out, "items", &changes.rows, changes.rows.count);
	json_pair_text(&out, "next", changes.more ? cursor : NULL);
	json_pair_text(&out, "cursor", cursor);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
list_todos(struct req *req)
{
	struct items_query query = {.campaign = NULL};

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (query.external_id != NULL && query.source == NULL) {
		faults_add(&req->faults, "?source", 0, 0, "required",
		           "is required with externalID");
		return problem_query(req);
	}
	return query.since == NULL ? by_due(req, &query)
	                           : by_change(req, &query);
}
