/* SPDX-License-Identifier: Apache-2.0 */
/* Breaking changes that are let pass: by whom, why, until when. */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "http/body.h"
#include "store/api_policy.h"
#include "wire/field.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <string.h>

enum {
	WAIVER_BODY_MAX = 32 << 10,
	REASON_MAX = 1000,
	RULE_MAX = 100,
	DAYS_MAX = 366,
};

static const struct query_int current = {.given = false};

/* --- the list ------------------------------------------------------------- */

struct waivers_query {
	const char *state;
	struct paging page;
};

static const char *
next_waiver(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list, rows_text(rows, row, API_WAIVER_LIST_ID),
	                   "");
}

enum http_status
list_waivers(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(WORD, struct waivers_query, state, "state",
	              .words = "active past all"),
		QUERY_PAGING(struct waivers_query, page),
		QUERY_END,
	};
	struct waivers_query query = {.state = "active"};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct api_revision at;
	int64_t before;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	const char *list =
		arena_printf(req->arena, "api-waivers-%s", query.state);
	if (!cursor_read_number(req, list, query.page.after, INT64_MAX,
	                        &before))
		return problem_query(req);
	if (!revision_read(req, &current, &at, &answered))
		return answered;
	int64_t limit = paging_limit(&query.page);
	enum db_result result =
		api_waiver_list(req->db, req->arena, at.id, query.state, before,
	                        limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "waiver");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_waiver, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- a new one ------------------------------------------------------------ */

static const struct field draft_fields[] = {
	FIELD(TEXT, struct api_waiver_draft, rule, "rule", .min = 1,
              .max = RULE_MAX),
	FIELD(TEXT, struct api_waiver_draft, subject, "subject",
              .required = true, .min = 1, .max = LIMIT_DESCRIPTOR_PATH),
	FIELD(TEXT, struct api_waiver_draft, reason, "reason", .required = true,
              .min = 1, .max = REASON_MAX),
	FIELD(TEXT, struct api_waiver_draft, until, "until", .required = true,
              .min = 1, .max = 64),
	FIELD_END,
};

/* Of a file it may be any text that could name one. */
static bool
is_subject(const char *text)
{
	size_t len = strlen(text);

	return str_is_line(text) && strchr(" ./", text[0]) == NULL &&
	       strchr(" ./", text[len - 1]) == NULL;
}

static void
check_until(struct req *req, const char *until, int64_t *ret)
{
	struct faults *faults = &req->faults;
	int64_t now = clock_wall_us();

	if (!clock_parse(until, ret))
		faults_add(faults, "#/until", 0, 0, "time",
		           "must be a time as in 2026-11-24T09:30:00Z");
	else if (*ret <= now)
		faults_add(faults, "#/until", 0, 0, "range",
		           "must be in the future");
	else if (*ret - now > INT64_C(1000000) * DAYS_MAX * 24 * 3600)
		faults_add(faults, "#/until", 0, 0, "range",
		           "must be at most %d days ahead", DAYS_MAX);
}

/* What fields alone cannot say. */
static void
check(struct req *req, struct api_waiver_draft *draft)
{
	struct faults *faults = &req->faults;
	char text[CLOCK_TEXT];
	int64_t until = 0;

	if (draft->rule != NULL && !breaking_is_rule(draft->rule))
		faults_add(faults, "#/rule", 0, 0, "enum",
		           "must be the name of a rule, or null for every "
		           "rule");
	if (!is_subject(draft->subject))
		faults_add(faults, "#/subject", 0, 0, "format",
		           "must be the full name of a symbol or a package, "
		           "or the path of a file");
	if (str_is_blank(draft->reason))
		faults_add(faults, "#/reason", 0, 0, "too-short",
		           "must not be blank");
	check_until(req, draft->until, &until);
	clock_format(until, text);
	draft->until = arena_strdup(req->arena, text);
}

enum http_status
grant_waiver(struct req *req)
{
	struct api_waiver_draft draft = {.rule = NULL};
	struct api_revision at;
	const char *waiver;
	enum http_status answered;

	if (!body_fields(req, WAIVER_BODY_MAX, draft_fields, &draft, &answered))
		return answered;
	check(req, &draft);
	if (faults_any(&req->faults))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the waiver is not valid", &req->faults);
	if (!revision_read(req, &current, &at, &answered))
		return answered;
	/* In a transaction, or it might be granted twice (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = api_waiver_grant(req->db, req->arena, at.id, &draft,
		                          &req->who, &waiver);
	if (result == DB_CONFLICT)
		return problem(req, PROBLEM_CONFLICT,
		               "%d waivers are in force in this repository: "
		               "end some of them first",
		               API_WAIVERS_MAX);
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "waiver");
	return reply_bytes(req, HTTP_CREATED, "application/json", waiver,
	                   strlen(waiver));
}

/* --- its end -------------------------------------------------------------- */

enum http_status
end_waiver(struct req *req)
{
	struct api_revision at;
	int64_t id;
	enum http_status answered;

	if (!revision_read(req, &current, &at, &answered))
		return answered;
	if (!req_path_int(req, "id", &id))
		return problem(req, PROBLEM_NOT_FOUND,
		               "there is no such waiver");
	enum db_result result =
		api_waiver_end(req->db, req->arena, at.id, id, &req->who);
	if (result != DB_ROW)
		return problem_db(req, result, "waiver");
	return reply_no_content(req);
}
